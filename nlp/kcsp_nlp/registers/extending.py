"""The shipped registers with a user's own entries in them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from kcsp_nlp.registers.bodies import Register, build_register, extend_register, register
from kcsp_nlp.registers.law_words import Understood
from kcsp_nlp.registers.laws import Laws, shipped_laws
from kcsp_nlp.registers.legislation import extend_statutes
from kcsp_nlp.registers.user_tables import UserTables


@dataclass(frozen=True, slots=True, eq=False)
class Registers:
    """All that mentions are linked to, a user's entries among it.

    Attributes:
        bodies: The bodies.
        laws: The laws.
        own_bodies: The user's bodies alone: the tagger looks for their forms besides the shipped.
        digest: Tells these entries from any other user's.
    """

    bodies: Register
    laws: Laws
    own_bodies: Register
    digest: str


def extend_registers(tables: UserTables) -> Registers:
    """Return the shipped registers with a user's entries; those of the same name are replaced.

    An Act is replaced by one of the same title and year, a name with all its meanings, an
    understood provision where it is of the same Act.

    Raises:
        RegisterError: two bodies would have one id; `load_tables` lets no such tables pass.
    """
    shipped = shipped_laws()
    laws = Laws(
        extend_statutes(shipped.statutes, tables.acts) if tables.acts else shipped.statutes,
        {**shipped.common_names, **tables.common_names},
        _extend_understood(shipped.understood, tables.understood),
        _any_of(tables.names),
    )
    bodies = extend_register(register(), tables.bodies) if tables.bodies else register()
    return Registers(bodies, laws, build_register(tables.bodies), tables.digest)


def _extend_understood(
    known: Mapping[str, tuple[Understood, ...]], added: Mapping[str, tuple[Understood, ...]]
) -> dict[str, tuple[Understood, ...]]:
    extended = dict(known)
    for provision, meanings in added.items():
        replaced = {meaning.path for meaning in meanings}
        kept = (each for each in known.get(provision, ()) if each.path not in replaced)
        extended[provision] = (*kept, *meanings)
    return extended


def _any_of(names: Iterable[str]) -> re.Pattern[str] | None:
    """Return a pattern for names as whole words, the longest first; None for no names."""
    forms = [r"\s{1,3}".join(map(re.escape, name.split())) for name in names]
    if not forms:
        return None
    forms.sort(key=lambda form: (-len(form), form))
    return re.compile(rf"(?<![\w-])(?:{'|'.join(forms)})(?![\w-])")
