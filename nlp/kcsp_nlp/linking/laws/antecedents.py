"""Which law a provision without one is of: `Section 17 of the 1998 Act`, `Section 136`.

In this order, and only where it is certain: the Act that the words after it point to; what people
who know the subject understand, where the words near it bear them out; the Act of which the
document names the same provision; the one Act that its paragraph names before it.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Mapping, Sequence

from kcsp_nlp.linking.laws.titles import NEARBY, Law, TitleReader
from kcsp_nlp.pipeline.act_titles import GAP
from kcsp_nlp.pipeline.legislation import Citation
from kcsp_nlp.registers.law_words import Understood
from kcsp_nlp.registers.legislation import title_key

_WHAT = r"(?P<what>Act|Order|Regulations|Measure|Rules)(?![\w-])"
# matches: " of the 1998 Act"  " (fees) of the 2012 Regulations"    does not match: " of the Act"
_OF_YEAR = re.compile(
    rf"(?:{GAP}\([^()\n]{{1,60}}\))?{GAP}(?:of|to|in|under){GAP}(?:the|that){GAP}"
    rf"(?P<year>(?:1[89]|20)\d\d){GAP}{_WHAT}"
)
# matches: " of the Act"  " to that Act"    does not match: " of the Theft Act"  " of the 1998 Act"
_OF_IT = re.compile(
    rf"(?:{GAP}\([^()\n]{{1,60}}\))?{GAP}(?:of|to|in|under){GAP}(?:(?:the|that|this|said|same){GAP}){{1,2}}"
    rf"{_WHAT}(?!\s(?:1[89]|20)\d\d)"
)
# What points to something else: another paper, an Act by initials, a year.
# matches: " of our"  " to the Police"  " TCPA"  ", 1925"    does not match: " to custody"
_OF_OTHER = re.compile(
    r"\s{1,30}of\b(?! £)|\s{1,30}(?:to|in)\s{1,3}the\s{1,30}[A-Z]|\s[A-Z]{2,8}A\b"
    r"|,?\s\(?(?:1[89]|20)\d\d\b"
)
# matches: " (“the Act”)"  ' ("the 1998 Act")'    does not match: " (the Board)"
_DEFINED = re.compile(
    r"\s{1,3}\((?:hereafter\s|hereinafter\s)?(?:referred\sto\sas\s)?[\"“‘']the\s"
    r"(?:(?:1[89]|20)\d\d\s)?(?:Act|Order|Regulations)[\"”’']\)"
)
# matches: a blank line, the start of a point    does not match: a line's end
_BREAK = re.compile(r"\n[ \t]*\n|\n[ \t]*(?:[-*•#|]|\(?[a-z0-9]{1,4}[.)])[ \t]")
# matches: the Act of "Theft Act"    does not match: LGA
_FULL = re.compile(r"(?i)\b(?:act|order|regulations|regs|measure|rules)$")
# How far back in its paragraph the Act of a bare provision may stand, in code points.
_BACK = 300
_FEWEST = 2
# What each kind of provision is a part of.
_INSTRUMENTS = frozenset({"uksi", "ssi", "wsi", "nisr", "nisi"})
_EUROPEAN = frozenset({"eur", "eudr", "eudn"})


class Antecedents:
    """The laws that one document names, in order, to which its bare provisions point.

    Args:
        citations: The mentions in it, in order.
        laws: The law of each; None where it is not known or the mention names none.
        reader: What read their titles: has the text, the date, the nation and the registers.
    """

    def __init__(
        self, citations: Sequence[Citation], laws: Sequence[Law | None], reader: TitleReader
    ) -> None:
        self._text, self._date, self._nation = reader.text, reader.date, reader.nation
        self._known = reader.known.understood
        self._named = [
            (citation, law if citation.year or reader.date else None)  # no guess upon a guess
            for citation, law in zip(citations, laws, strict=True)
            if citation.title
        ]
        self._starts = [citation.start for citation, _ in self._named]
        self._of_year: dict[tuple[int, str], set[Law | None]] = defaultdict(set)
        self._of_part: dict[str, set[Law | None]] = defaultdict(set)
        self._defined: set[Law | None] = set()
        for citation, law in self._named:
            year = citation.year or (_year_of(law) if law else None)
            if year:
                self._of_year[year, _noun(citation, law)].add(law)
            for path in citation.paths:
                self._of_part[_outer(path)].add(law)
            if _DEFINED.match(reader.text, citation.end):
                self._defined.add(law)
        self._first: dict[Law | str, int] = {}
        for citation, law in self._named:
            self._first.setdefault(law or title_key(citation.title or ""), citation.start)
        self._alone = {what: self._alone_of(what) for what in ("Act", "Order")}

    def law_of(self, citation: Citation) -> Law | None:
        """Return the law of a provision that names none; None where it is not certain."""
        law = self._law_of(citation)
        return law if law and all(_may_hold(law, path) for path in citation.paths) else None

    def _law_of(self, citation: Citation) -> Law | None:
        end = citation.end
        dated = _OF_YEAR.match(self._text, end)
        if dated:
            return self._of_dated(citation, int(dated["year"]), dated["what"])
        pointing = _OF_IT.match(self._text, end)
        if pointing:
            return self._pointed_at(citation, pointing["what"])
        if _OF_OTHER.match(self._text, end):
            return None
        known, understood = self._understood(citation)
        if known:
            return understood
        return self._of_same_part(citation) or self._in_paragraph(citation, _BACK)

    def _pointed_at(self, citation: Citation, what: str) -> Law | None:
        """Return what `of the Act` means: as defined, or the one named before, near or anywhere."""
        if self._defined:
            return _only(self._defined)
        near = self._in_paragraph(citation, 2 * _BACK)
        if near:
            return near
        alone = self._alone["Act" if what in ("Act", "Measure") else "Order"]
        return alone if alone and self._first[alone] < citation.start else None

    def _alone_of(self, what: str) -> Law | None:
        """Return the one law of its kind that the document names; None where it names others."""
        named = [law for law in self._first if not isinstance(law, Law) or _is_a(law, what)]
        only = named[0] if len(named) == 1 else None
        return only if isinstance(only, Law) else None

    def _of_dated(self, citation: Citation, year: int, what: str) -> Law | None:
        """Return what `of the 1998 Act` means: the one named, else the one understood."""
        named = self._of_year.get((year, what))
        if named:
            return _only(named)
        law = self._understood(citation)[1]
        return law if law and _year_of(law) == year else None

    def _in_paragraph(self, citation: Citation, back: int) -> Law | None:
        """Return the Act that the paragraph names before the mention, if it names no other."""
        low, high = max(0, citation.start - back), min(len(self._text), citation.end + back)
        for gap in _BREAK.finditer(self._text, low, citation.start):
            low = gap.end()
        after = _BREAK.search(self._text, citation.end, high)
        high = after.start() if after else high
        first = bisect_left(self._starts, low)
        held = self._named[first : bisect_left(self._starts, high)]
        if not held or held[0][0].start > citation.start:
            return None
        # a title in full; initials are passed over as too faint
        return _only({law if _FULL.search(each.title or "") else None for each, law in held})

    def _of_same_part(self, citation: Citation) -> Law | None:
        """Return the law of which the document names the same provision, if it names one."""
        parts = {_outer(path) for path in citation.paths}
        held = [self._of_part.get(part, set()) for part in parts]
        telling = all(
            part.startswith("part/") or len(part.split("/")[1]) >= _FEWEST for part in parts
        )
        laws = set().union(*held)
        return _only(laws) if telling and all(held) else None

    def _understood(self, citation: Citation) -> tuple[bool, Law | None]:
        """Return whether the register of understood provisions knows them, and their Act."""
        meanings = [_meanings(self._known, path) for path in citation.paths]
        if not any(meanings):
            return False, None
        laws: set[Law | None] = {
            Law(meaning.title, meaning.path)
            for each in meanings
            for meaning in each
            if self._holds(citation, meaning)
        }
        agreed = all(
            any(Law(meaning.title, meaning.path) in laws for meaning in each) for each in meanings
        )
        law = _only(laws) if agreed else None
        elsewhere = set().union(
            *(self._of_part.get(_outer(path), set()) for path in citation.paths)
        )
        if elsewhere:  # the document's own word goes before what is understood
            said = _only(elsewhere)
            return True, said if law is None or said is None or said.path == law.path else None
        near = self._in_paragraph(citation, _BACK) if law is None else None
        meant = {meaning.path for each in meanings for meaning in each}
        return True, law or (near if near and near.path in meant else None)

    def _holds(self, citation: Citation, meaning: Understood) -> bool:
        around = self._text[max(0, citation.start - NEARBY) : citation.end + NEARBY]
        return (
            self._nation in meaning.only_in
            and meaning.days.holds(self._date)
            and bool(meaning.near.search(around))
            and not (meaning.unless and meaning.unless.search(around))
        )


def _meanings(table: Mapping[str, tuple[Understood, ...]], path: str) -> tuple[Understood, ...]:
    """Return what the register has for a provision, or for one around it."""
    steps = path.split("/")
    for end in range(len(steps), 1, -1):
        found = table.get("/".join(steps[:end]))
        if found:
            return found
    return ()


def _only(laws: set[Law | None]) -> Law | None:
    """Return the one law of a set; None where it holds two, or one that is not known."""
    if len({law and law.path for law in laws}) != 1:
        return None
    # The document may give the title of an instrument in several ways: the fullest is taken.
    return max(laws, key=lambda law: (len(law.title), law.title) if law and law.title else (0, ""))


def _outer(path: str) -> str:
    return "/".join(path.split("/")[:2])


def _year_of(law: Law) -> int | None:
    figures = (law.title or "")[-4:]
    return int(figures) if figures.isdigit() else None


def _noun(citation: Citation, law: Law | None) -> str:
    title = (law.title if law else None) or citation.title or ""
    for noun in ("Regulations", "Order", "Measure", "Rules"):
        if noun in title.split():
            return noun
    return "Act"


def _is_a(law: Law, what: str) -> bool:
    return (what in ("Act", "Measure")) == (law.path.split("/")[0] not in _INSTRUMENTS | _EUROPEAN)


def _may_hold(law: Law, path: str) -> bool:
    """Tell whether a law of this kind has such provisions: sections in Acts, regulations not."""
    kind, series = path.partition("/")[0], law.path.partition("/")[0]
    if kind == "section":
        return series not in _INSTRUMENTS | _EUROPEAN
    if kind in ("regulation", "rule"):
        return series in _INSTRUMENTS
    if kind == "article":
        return series in _INSTRUMENTS | _EUROPEAN
    return True
