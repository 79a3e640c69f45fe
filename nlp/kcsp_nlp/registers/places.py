"""Names that are a place's, a council's or a settlement's: by themselves they are no body."""

from __future__ import annotations

import re
from functools import cache

from kcsp_nlp.registers.bodies import register
from kcsp_nlp.registers.name_words import is_settlement

_COUNCILS = frozenset({"council", "irish_council"})

# What a council's name says besides the place: "London Borough of Ealing", "Kent County Council".
_KIND = re.compile(
    r"\b(?:City and County|County Borough|Metropolitan Borough|London Borough|Royal Borough"
    r"|Metropolitan District|Borough|District|County|City|Council|Corporation|of)\b"
)

# What joins several: "Kent and Medway", "Kent, Surrey & Sussex".
_JOINED = re.compile(r"\s*(?:,|&|\band\b)\s*")


@cache
def _places() -> frozenset[str]:
    names = (body.name for body in register().bodies if body.kind in _COUNCILS)
    bare = [" ".join(_KIND.sub(" ", name).split()) for name in names if "Authority" not in name]
    parts = {part for name in bare for part in _JOINED.split(name)}
    return frozenset(name for name in (*bare, *parts) if name)


def is_place(name: str) -> bool:
    """Tell whether a name is that of a place, or of several, and nothing else."""
    spelt = " ".join(name.split())
    return spelt in _places() or all(_is_one(part) for part in _JOINED.split(spelt))


def _is_one(name: str) -> bool:
    return name in _places() or is_settlement(name)
