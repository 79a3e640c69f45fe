"""Which law a title means: by its year, or at the meeting's date."""

from __future__ import annotations

import re
from typing import NamedTuple

from kcsp_nlp.linking.laws.near_titles import near_title
from kcsp_nlp.pipeline.legislation import Citation
from kcsp_nlp.registers.law_words import CommonName
from kcsp_nlp.registers.laws import Laws
from kcsp_nlp.registers.legislation import Statute, Statutes, title_key

# matches: "LGA"  "PACE"  "DVCV Act"    does not match: "Theft Act"
_INITIALS = re.compile(r"(?P<initials>[A-Z][A-Za-z&()]{0,6}[A-Z)])(?P<act> Act)?")
# Before this year an Irish Act is one of the United Kingdom too.
_IRISH_STATE = 1922
# The register holds all public general Acts from here on; before it only a long title is one alone.
_COMPLETE = 1963
_LONG = 5
# How far around a mention stand the words that settle what it means, in code points.
NEARBY = 300


class Law(NamedTuple):
    """A law: its title with the year (None where the register has none), and its path."""

    title: str | None
    path: str


class TitleReader:
    """Reads the titles of one document.

    Attributes:
        text: Its text.
        date: When its meeting was, ISO 8601 in any precision; None where it does not say.
        nation: As `nations.nation_of` tells.
        known: The registers.
    """

    def __init__(self, text: str, date: str | None, nation: str, known: Laws) -> None:
        self.known = known
        self.text = text
        self.date = date
        self.nation = nation

    def dated(self, citation: Citation) -> Law | None:
        """Return the law that a title with a year means; None where none does, or two do."""
        title, year = " ".join((citation.title or "").split()), citation.year
        if not year or (self.nation == "ireland" and year >= _IRISH_STATE):
            return None  # Irish Acts bear the titles of the United Kingdom's
        initials = _INITIALS.fullmatch(title)
        found: tuple[Statute | None, ...]
        if initials:
            letters = initials["initials"] + ("A" if initials["act"] else "")
            found = self.known.statutes.abbreviated(letters, year)
        else:
            acts = self.known.statutes
            found = acts.named(title, year) or acts.nationless(title, year)
        if len(found) > 1:
            return None
        act = found[0] if found else None
        if act is None and not initials:
            act = near_title(title, year, self.known.statutes)
        return _law(act) if act else self._named_in(title, year)

    def undated(self, citation: Citation) -> Law | None:
        """Return the law that a title without a year means when the document was written."""
        title = " ".join((citation.title or "").split())
        meanings = self.known.common_names.get(title_key(title))
        if meanings is not None:
            return self._meant(citation, meanings)
        if self.nation == "ireland":
            return None
        acts = self.known.statutes
        found = acts.named(title) or acts.nationless(title)
        if self._has_its_own(title):
            return None
        before = [act for act in found if not self.date or act.year <= int(self.date[:4])]
        if len(before) != 1 or (not self.date and len(found) > 1):
            return None
        alone = before[0].year >= _COMPLETE or len(before[0].title.split()) >= _LONG
        return _law(before[0]) if alone else None

    def _has_its_own(self, title: str) -> bool:
        """Tell whether the document's nation has an Act of that title besides the bare one."""
        if self.nation not in ("scotland", "northern-ireland", "wales"):
            return False
        mark = "(" + self.nation.replace("-", " ") + ")"
        key, acts = title_key(title), self.known.statutes
        return key in acts.by_title and any(
            mark in act.title.lower() for act in acts.by_nationless.get(key, ())
        )

    def _named_in(self, title: str, year: int) -> Law | None:
        """Return the law of a common name with a year (`PACE 1984`)."""
        laws = {
            Law(meaning.title, meaning.path)
            for meaning in self.known.common_names.get(title_key(title), ())
            if meaning.path and meaning.title and meaning.title.endswith(str(year))
        }
        return laws.pop() if len(laws) == 1 else None

    def _meant(self, citation: Citation, meanings: tuple[CommonName, ...]) -> Law | None:
        around = self.text[max(0, citation.start - NEARBY) : citation.end + NEARBY]
        laws = {
            Law(meaning.title, meaning.path) if meaning.path else None
            for meaning in meanings
            if meaning.days.holds(self.date)
            and self.nation not in meaning.not_in
            and (meaning.near is None or meaning.near.search(around))
        }
        return laws.pop() if len(laws) == 1 else None


def law_at(path: str, known: Statutes) -> Law | None:
    """Return the law of the register whose id has that path; None where it has none."""
    act = known.by_path.get(path)
    return _law(act) if act else None


def _law(act: Statute) -> Law:
    return Law(f"{act.title} {act.year}", act.path)
