"""The register of Acts: which titles exist, in which years, under which legislation.gov.uk id."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib import resources
from typing import NamedTuple, TypeVar

from kcsp_nlp.errors import RegisterError
from kcsp_nlp.registers.tables import Source, path_in, read_table, year_in

# matches: what a title may be written without    does not match: letters, digits
_LOOSE = re.compile(r"[^a-z0-9()]+")
# matches: (Scotland)  (Northern Ireland)    does not match: (Amendment)
_NATION = re.compile(r"\((?:scotland|wales|northernireland|englandandwales|england)\)")
# matches: (ni)  (n.i.)    does not match: (nine)
_NI = re.compile(r"\(n\.?i\.?\)")
# matches: the M of Misuse    does not match: the o of of
_INITIAL = re.compile(r"(?<![\w'’])[A-Z]")

ACT_COLUMNS = ("title", "year", "path")

_Key = TypeVar("_Key")


class Statute(NamedTuple):
    """One Act: its title without the year, the year, and the path of its legislation.gov.uk id."""

    title: str
    year: int
    path: str


@dataclass(frozen=True, slots=True, eq=False)
class Statutes:
    """All Acts of a register by the key of their title; each is equal to itself alone."""

    by_title: dict[str, tuple[Statute, ...]]
    by_year: dict[int, tuple[Statute, ...]]
    by_nationless: dict[str, tuple[Statute, ...]]
    by_path: dict[str, Statute]

    def named(self, title: str, year: int | None = None) -> tuple[Statute, ...]:
        """Return the Acts of that title (case, commas and `&` do not matter), oldest first."""
        found = self.by_title.get(title_key(title), ())
        return found if year is None else tuple(act for act in found if act.year == year)

    def is_title(self, title: str) -> bool:
        """Tell whether an Act of any year has that title; its nation may be left off."""
        key = title_key(title)
        return key in self.by_title or key in self.by_nationless

    def nationless(self, title: str, year: int | None = None) -> tuple[Statute, ...]:
        """Return the Acts of that title with a nation after it; none where one has none.

        "Well-being of Future Generations Act" is the Act "(Wales)": no Act has the bare title.
        """
        key = title_key(title)
        if key in self.by_title:
            return ()
        found = self.by_nationless.get(key, ())
        return found if year is None else tuple(act for act in found if act.year == year)

    def abbreviated(self, initials: str, year: int) -> tuple[Statute, ...]:
        """Return the Acts of a year whose initials these are (`LGA` 1972), brackets apart."""
        wanted = re.sub(r"[^A-Z]", "", initials)
        return tuple(act for act in self.by_year.get(year, ()) if _initials(act.title) == wanted)


@lru_cache(maxsize=4096)
def _initials(title: str) -> str:
    return "".join(_INITIAL.findall(title))


def title_key(title: str) -> str:
    """Return what two ways of writing one title have in common: letters, figures, brackets."""
    plain = title.lower().replace("&", "and").replace(" etc.", "").replace(" etc ", " ")
    if "(n" in plain:
        plain = _NI.sub("(northern ireland)", plain)
    return _LOOSE.sub("", plain)


def load_statutes(*sources: Source) -> Statutes:
    """Load a register of Acts: tables of title (year left off), year and path of the id.

    Raises:
        RegisterError: a table does not hold; the message names file, line and what was expected.
    """
    acts: dict[Statute, None] = {}
    for source in sources:
        for row in read_table(source, ACT_COLUMNS, headed=False):
            title, path = row.cells["title"], path_in(row, "path")
            if not title or not path:
                raise RegisterError(
                    f"{row.where}: expected title, year and path, none of them empty"
                )
            acts[Statute(title, year_in(row, "year"), path)] = None
    return _build_statutes(acts)


def extend_statutes(known: Statutes, added: Iterable[Statute]) -> Statutes:
    """Return a register with further Acts; they replace those of the same title and year."""
    new = list(added)
    replaced = {(title_key(act.title), act.year) for act in new}
    kept = [
        act
        for key, acts in known.by_title.items()
        for act in acts
        if (key, act.year) not in replaced
    ]
    return _build_statutes([*kept, *new])


def _build_statutes(acts: Iterable[Statute]) -> Statutes:
    by_title: dict[str, list[Statute]] = {}
    by_year: dict[int, list[Statute]] = {}
    by_nationless: dict[str, list[Statute]] = {}
    by_path: dict[str, Statute] = {}
    for act in sorted(acts):
        by_path[act.path] = act
        key = title_key(act.title)
        by_title.setdefault(key, []).append(act)
        by_year.setdefault(act.year, []).append(act)
        if "(" in key and (bare := _NATION.sub("", key)) != key:
            by_nationless.setdefault(bare, []).append(act)
    return Statutes(_frozen(by_title), _frozen(by_year), _frozen(by_nationless), by_path)


@cache
def statutes() -> Statutes:
    """Load the register that ships with the package, once."""
    folder = resources.files("kcsp_nlp").joinpath("data/legislation")
    return load_statutes(folder.joinpath("acts.tsv"), folder.joinpath("acts_added.tsv"))


def _frozen(groups: dict[_Key, list[Statute]]) -> dict[_Key, tuple[Statute, ...]]:
    return {key: tuple(acts) for key, acts in groups.items()}
