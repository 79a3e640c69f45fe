"""Which of the candidate headings are a document's agenda items.

A line cannot be judged alone: "1. The Chair said" opens an item in one document and a paragraph
in the next. So candidates are taken together: the numbers of one family that ascend through the
document and look like headings win; where no numbers do, the look that most headings share.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from kcsp_nlp.minutes.items.chains import best_family, group
from kcsp_nlp.minutes.items.headings import Heading
from kcsp_nlp.minutes.items.looks import (
    best_look,
    common_look,
    lines_of,
    weigh,
    with_last,
    with_log,
    with_unnumbered,
)
from kcsp_nlp.minutes.items.nesting import as_codes, without_lists
from kcsp_nlp.minutes.items.restarts import in_sections, numbered_paragraphs
from kcsp_nlp.minutes.items.wording import is_next_meeting, is_not_title

_LEAST = 2.0  # score below which a run of numbers is not a document's items
_OFTEN = 3  # times that a running header or a recurring sub-heading stands, at least


def choose_items(headings: Sequence[Heading], body: range) -> list[Heading]:
    """Choose the headings that begin agenda items.

    Args:
        headings: Candidates in reading order.
        body: Lines between the head of the minutes and their closing lines: outside them only
            a number makes an item.

    Returns:
        Headings in reading order, none of them starting where another does.
    """
    return as_codes(with_log(headings, _choose(without_lists(headings), body)))


def _choose(headings: Sequence[Heading], body: range) -> list[Heading]:
    families = group(headings)
    often = Counter(_unpaged(heading.title) for heading in headings if heading.label is None)
    unnumbered = [
        heading
        for heading in map(_unglued, headings)
        if _may_stand_alone(heading, body) and often[_unpaged(heading.title)] < _OFTEN
    ]
    score, family, chain = best_family(families, body)
    is_run = len(chain) > 1
    covered = lines_of(heading for heading in chain if is_run and not heading.may_be_page)
    coded = [h for h in unnumbered if h.code and h.line not in covered]
    if len(coded) > max(1, len(chain) // 2) and len(coded) * 2.5 > score:
        return coded
    plain = best_look([h for h in unnumbered if h.line not in covered], body)
    if not is_run or score < _LEAST or _beats(plain, chain, score):
        if len(chain) > 2 and plain and plain[0].is_marked and common_look(chain) == plain[0].look:  # noqa: PLR2004
            plain = _joined(plain, chain)
        plain = plain or numbered_paragraphs(families, body)
        return with_last(unnumbered, plain, numbered=False)
    items = in_sections(headings, families[family], chain)
    return with_last(unnumbered, with_unnumbered(unnumbered, items), numbered=True)


def _unglued(heading: Heading) -> Heading:
    """A heading whose first word may begin with its figures: "4Children"."""
    if heading.label is None or not heading.label.is_glued:
        return heading
    return replace(heading, label=None, title=heading.label.number + heading.title)


def _unpaged(title: str) -> str:
    """A title without the page number that ends a running header."""
    return title.rstrip("0123456789").rstrip()


def _joined(plain: list[Heading], chain: Sequence[Heading]) -> list[Heading]:
    """Add the few numbered headings among others of their look, unless they are one item's list."""
    between = {bisect_right(plain, heading.start, key=_start) for heading in chain}
    if len(between) == 1 and 0 not in between and all(heading.has_text for heading in chain):
        return plain
    return sorted([*plain, *chain], key=_start)


def _start(heading: Heading) -> int:
    return heading.start


def _may_stand_alone(heading: Heading, body: range) -> bool:
    """Whether a heading without a number could be an item where it stands."""
    if heading.label or is_not_title(heading.title) or heading.line < body.start:
        return False
    return heading.line < body.stop or is_next_meeting(heading.title)


def _beats(plain: Sequence[Heading], chain: Sequence[Heading], score: float) -> bool:
    """Whether headings without numbers make better items than a run of numbers.

    Sub-headings often outnumber numbered items; titles that agendas have tell them apart.
    """
    if plain and plain[-1].line < chain[0].line and not plain[-1].is_marked:
        return False  # all of them stand over the first number
    usual = sum(heading.is_usual for heading in plain)
    numbered = sum(heading.is_usual for heading in chain)
    return weigh(plain) > score * (0.8 if usual > numbered else 4.0)
