"""What a mention of legislation stands for: its legislation.gov.uk id, its title, its provision.

Only what is certain is linked; a wrong link is worse than none:

- a title with its year, where exactly one Act of the register has both, or nearly both;
- a title without a year, where the document has it with one year elsewhere, or where at the
  meeting's date it can mean but one Act;
- an abbreviation with a year ("LGA 1972") whose initials exactly one Act of that year has, and a
  common name ("GDPR", "Seni's Law") that the register of names knows;
- an instrument by its number ("SI 2007/1830"), and the title before a number in brackets;
- a provision without an Act ("Section 136") by what is around it (`linking.laws.antecedents`).
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from kcsp_nlp.linking.laws.antecedents import Antecedents
from kcsp_nlp.linking.laws.instruments import instrument_path
from kcsp_nlp.linking.laws.nations import nation_of
from kcsp_nlp.linking.laws.titles import Law, TitleReader, law_at
from kcsp_nlp.pipeline.legislation import Citation, find_legislation
from kcsp_nlp.registers.laws import Laws, shipped_laws
from kcsp_nlp.registers.legislation import title_key

_ID = "https://www.legislation.gov.uk/id/"

# matches: " ("  ", "  " (as amended by "    does not match: " and "
_BEFORE_NUMBER = re.compile(r"(?:,?\s{1,3}[(\[]?|\s?[–-]\s?)")
# How far a number may stand behind its title, and how much after it may say what series it is of.
_REACH, _AFTER = 6, 14

Offsets = tuple[int, int]


@dataclass(frozen=True)
class Link:
    """What one mention of legislation was resolved to; None where it is not certain.

    Attributes:
        id: legislation.gov.uk id of the Act or instrument.
        canonical: Its title in the register, with the year; of an instrument known by its number,
            the title that the document gives it.
        provision: The deepest provision named, as a path: `section/17/1`; the first of several. It
            is what stands on the page and does not depend on the Act being known.
        provisions: The paths of all provisions named, those of a range among them.
    """

    id: str | None
    canonical: str | None
    provision: str | None
    provisions: tuple[str, ...] = ()


def link_legislation(
    text: str, date: str | None = None, known: Laws | None = None
) -> dict[Offsets, Link]:
    """Resolve the mentions of legislation in a document.

    Args:
        text: The document's text.
        date: When the meeting was, ISO 8601, as precise as the document is; None where it does
            not say.
        known: The registers; None for those that ship with the package.

    Returns:
        For each mention, by its half-open offsets into `text`, what it stands for.
    """
    citations = find_legislation(text, known.own_names if known else None)
    if not citations:
        return {}
    nation = nation_of(text)
    known = known or shipped_laws()
    reader = TitleReader(text, date, nation, known)
    laws = _named_laws(text, citations, reader)
    antecedents = Antecedents(citations, laws, reader)
    for at, citation in enumerate(citations):
        if citation.title is None:
            laws[at] = antecedents.law_of(citation)
    return {
        (citation.start, citation.end): Link(
            id=_ID + law.path if law else None,
            canonical=law.title if law else None,
            provision=citation.provision,
            provisions=citation.paths,
        )
        for citation, law in zip(citations, laws, strict=True)
    }


def _named_laws(text: str, citations: Sequence[Citation], reader: TitleReader) -> list[Law | None]:
    """Return the law of each mention that names one: by number, by year, then without a year."""
    laws, numbered = _numbered_laws(text, citations, reader)
    dated: dict[str, set[Law | None]] = defaultdict(set)
    for at, citation in enumerate(citations):
        if citation.title and citation.year:
            key = title_key(citation.title)
            laws[at] = reader.dated(citation) or numbered.get((key, citation.year))
            dated[key].add(laws[at])
    for at, citation in enumerate(citations):
        if citation.title and not citation.year and laws[at] is None:
            named_here = dated.get(title_key(citation.title))
            if named_here is None:
                laws[at] = reader.undated(citation)
            elif len(named_here) == 1:
                laws[at] = next(iter(named_here))
    return laws


def _numbered_laws(
    text: str, citations: Sequence[Citation], reader: TitleReader
) -> tuple[list[Law | None], dict[tuple[str, int], Law | None]]:
    """Return the law of each number, and of the titles and years that numbers stand behind.

    A title with two numbers means none.
    """
    laws: list[Law | None] = [None] * len(citations)
    titled: dict[tuple[str, int], Law | None] = {}
    for at, citation in enumerate(citations):
        plain = " ".join((citation.title or "").split())
        path = instrument_path(plain, text[citation.end : citation.end + _AFTER])
        if not path:
            continue
        laws[at] = law_at(path, reader.known.statutes) or Law(None, path)
        before = citations[at - 1] if at and _numbers(text, citations[at - 1], citation) else None
        if before and before.title and before.year == _year(path) and not reader.dated(before):
            named = Law(f"{' '.join(before.title.split())} {before.year}", path)
            laws[at] = law_at(path, reader.known.statutes) or named
            same = titled.setdefault((title_key(before.title), before.year), named)
            if not same or same.path != path:
                titled[title_key(before.title), before.year] = None
    return laws, titled


def _numbers(text: str, title: Citation, number: Citation) -> bool:
    """Tell whether a number stands right behind a title, as its number."""
    gap = text[title.end : number.start]
    return len(gap) <= _REACH and bool(_BEFORE_NUMBER.fullmatch(gap))


def _year(path: str) -> int:
    return int(path.split("/")[1])
