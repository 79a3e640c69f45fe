"""The register of Acts: which titles exist, in which years, under which legislation.gov.uk id."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib import resources
from itertools import groupby
from typing import NamedTuple

# matches: what a title may be written without    does not match: letters, digits
_LOOSE = re.compile(r"[^a-z0-9()]+")
# matches: (Scotland)  (Northern Ireland)    does not match: (Amendment)
_NATION = re.compile(r"\((?:scotland|wales|northernireland|englandandwales|england)\)")
# matches: the M of Misuse    does not match: the o of of
_INITIAL = re.compile(r"(?<![\w'’])[A-Z]")


class Statute(NamedTuple):
    """One Act: its title without the year, the year, and the path of its legislation.gov.uk id."""

    title: str
    year: int
    path: str


@dataclass(frozen=True, slots=True)
class Statutes:
    """All Acts of the register by the key of their title."""

    by_title: dict[str, tuple[Statute, ...]]
    by_year: dict[int, tuple[Statute, ...]]
    nationless: frozenset[str]

    def named(self, title: str, year: int | None = None) -> tuple[Statute, ...]:
        """Return the Acts of that title (case, commas and `&` do not matter), oldest first."""
        found = self.by_title.get(title_key(title), ())
        return found if year is None else tuple(act for act in found if act.year == year)

    def is_title(self, title: str) -> bool:
        """Tell whether an Act of any year has that title; its nation may be left off."""
        key = title_key(title)
        return key in self.by_title or key in self.nationless

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
    return _LOOSE.sub("", plain)


@cache
def statutes() -> Statutes:
    """Load the register that ships with the package, once."""
    source = resources.files("kcsp_nlp").joinpath("data/legislation/acts.tsv")
    fields = (line.split("\t") for line in source.read_text(encoding="utf-8").splitlines())
    acts = [Statute(title, int(year), path) for title, year, path in fields]
    by_title: dict[str, list[Statute]] = {}
    by_year: dict[int, list[Statute]] = {}
    for title, same in groupby(acts, key=lambda act: act.title):
        by_title.setdefault(title_key(title), []).extend(same)
    for act in acts:
        by_year.setdefault(act.year, []).append(act)
    return Statutes(
        {key: tuple(acts) for key, acts in by_title.items()},
        {key: tuple(acts) for key, acts in by_year.items()},
        frozenset(_NATION.sub("", key) for key in by_title if "(" in key),
    )
