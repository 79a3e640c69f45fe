"""What a mention of legislation stands for: its legislation.gov.uk id, its title, its provision.

Only what is certain is linked; a wrong link is worse than none:

- a title with its year, where exactly one Act of the register has both;
- a title without a year, where the document has the same title with one year elsewhere;
- an abbreviation with a year ("LGA 1972") whose initials exactly one Act of that year has;
- an instrument by its number ("SI 2007/1830").
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from kcsp_nlp.pipeline.legislation import Citation, find_legislation
from kcsp_nlp.registers.legislation import Statute, statutes, title_key

_ID = "https://www.legislation.gov.uk/id/"

# Matches "SI 2007/1830", "S.I. 2007 No. 1830"; not "SI units", "minute 2007/18".
_INSTRUMENT = re.compile(
    r"S\.?\s?I\.?\s{0,2}(?P<year>(?:19|20)\d\d)(?:/|\s{1,2}No\.?\s?)(?P<n>\d{1,4})\Z"
)

# Matches "LGA", "PACE"; not "Theft Act".
_INITIALS = re.compile(r"[A-Z][A-Za-z&()]{1,7}\Z")

Offsets = tuple[int, int]


@dataclass(frozen=True)
class Link:
    """What one mention of legislation was resolved to; None where it is not certain.

    Attributes:
        id: legislation.gov.uk id of the Act or instrument.
        canonical: Its title in the register, with the year.
        provision: The deepest provision named, as a path: `section/17/1`. It is what stands on
            the page and does not depend on the Act being known.
    """

    id: str | None
    canonical: str | None
    provision: str | None


def link_legislation(text: str) -> dict[Offsets, Link]:
    """Resolve the mentions of legislation in a document.

    Args:
        text: The document's text.

    Returns:
        For each mention, by its half-open offsets into `text`, what it stands for.
    """
    citations = find_legislation(text)
    known = _known_titles(citations)
    links: dict[Offsets, Link] = {}
    for citation in citations:
        act = _act(citation, known)
        identifier = _ID + act.path if act else _instrument(citation)
        links[citation.start, citation.end] = Link(
            id=identifier,
            canonical=f"{act.title} {act.year}" if act else None,
            provision=citation.provision,
        )
    return links


def _known_titles(citations: Sequence[Citation]) -> dict[str, Statute | None]:
    """Return the Acts that the document names with their year; None where one title has two."""
    named: dict[str, set[Statute]] = defaultdict(set)
    for citation in citations:
        if citation.title and citation.year:
            named[title_key(citation.title)].update(_named(citation.title, citation.year))
    return {key: acts.pop() if len(acts) == 1 else None for key, acts in named.items()}


def _act(citation: Citation, known: Mapping[str, Statute | None]) -> Statute | None:
    if citation.title is None:
        return None
    if citation.year is None:
        return known.get(title_key(citation.title))
    found = _named(citation.title, citation.year)
    return found[0] if len(found) == 1 else None


def _named(title: str, year: int) -> tuple[Statute, ...]:
    """Return the Acts that a title and a year may mean."""
    plain = " ".join(title.split())
    if _INITIALS.match(plain):
        return statutes().abbreviated(plain, year)
    return statutes().named(plain, year)


def _instrument(citation: Citation) -> str | None:
    match = _INSTRUMENT.match(" ".join((citation.title or "").split()))
    return f"{_ID}uksi/{match['year']}/{match['n']}" if match else None
