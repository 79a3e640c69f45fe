"""Everything that the registers know of laws, as one."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from kcsp_nlp.registers.law_words import (
    CommonName,
    Understood,
    common_names,
    understood_provisions,
)
from kcsp_nlp.registers.legislation import Statutes, statutes


@dataclass(frozen=True, slots=True, eq=False)
class Laws:
    """The registers of laws.

    Attributes:
        statutes: The Acts.
        common_names: The meanings of names, by the key of the name.
        understood: The Acts that bare provisions mean, by the path of the provision.
        own_names: Finds the names that a user has added; None where none were.
    """

    statutes: Statutes
    common_names: Mapping[str, tuple[CommonName, ...]]
    understood: Mapping[str, tuple[Understood, ...]]
    own_names: re.Pattern[str] | None = None


@cache
def shipped_laws() -> Laws:
    """Load the registers that ship with the package, once."""
    return Laws(statutes(), common_names(), understood_provisions())
