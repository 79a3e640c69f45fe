"""Runs of numbers that ascend through a document, whatever their form."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace

from kcsp_nlp.minutes.items.headings import Heading
from kcsp_nlp.minutes.items.looks import spread
from kcsp_nlp.minutes.items.nesting import (
    may_be_parents,
    nested_starts,
    stands_over,
    with_sections,
)

STEP = 0.5  # what a number earns that follows its predecessor by one
_AGAIN = 0.5  # what a number loses for each other one that is the same and looks the same
_MOST_TIMES = 3  # of these that count
_UNLIKE = 0.7  # what it costs that a number looks unlike its predecessor
_TWICE = -2.5  # what a number costs that stands twice: rather a list's within an item
_OVER = 2.0  # what a number earns for sub-items of its number below it
_FAR = 20  # a gap between two numbers that costs most
_LOOK_BACK = 8  # ranks a run may skip
_WITH_YEARS = {"slash", "coded", "dated"}  # kinds of number that may end in the year's


def group(headings: Iterable[Heading]) -> dict[str, list[Heading]]:
    """Group numbered headings by numbering scheme; "(i)" may follow "(h)" or be a numeral.

    Args:
        headings: Candidates in reading order; those without a number are left out.

    Returns:
        Headings in reading order, by the family of their label.
    """
    families: dict[str, list[Heading]] = defaultdict(list)
    for heading in headings:
        label = heading.label
        if label is None:
            continue
        families[label.family].append(heading)
        if label.kind == "roman" and len(label.number) == 1:
            family = label.family.replace("roman", "letter")
            as_letter = replace(label, kind="letter", family=family)
            families[family].append(replace(heading, label=as_letter))
    return with_sections(families)


def best_family(
    families: dict[str, list[Heading]], body: range
) -> tuple[float, str, list[Heading]]:
    """Find the numbering scheme whose ascending run looks most like a document's items.

    Args:
        families: Numbered headings by scheme.
        body: Lines between the head of the minutes and their closing lines.

    Returns:
        The run's score, its scheme and its headings; 0, "" and none where nothing is numbered.
    """
    best: tuple[float, str, list[Heading]] = (0.0, "", [])
    for family, members in families.items():
        score, chain = best_chain(members)
        score *= spread(chain, body)
        if score > best[0]:
            best = (score, family, chain)
    sections = best_chain(families.get("section", []))[1]
    if {heading.start for heading in best[2]} < {heading.start for heading in sections}:
        best = (best[0], "section", sections)
    while above := _above(families, best[1], best[2]):
        best = above
    return best


def _above(
    families: dict[str, list[Heading]], child: str, children: Sequence[Heading]
) -> tuple[float, str, list[Heading]] | None:
    """Find the run of numbers that a run of sub-items belongs to: 3, 4 over 3.1, 3.2, 4.1."""
    best: tuple[float, str, list[Heading]] | None = None
    for family, members in families.items():
        if not may_be_parents(family, child):
            continue
        score, chain = best_chain(members, nested_starts(members, children))
        if stands_over(chain, children) and (best is None or score > best[0]):
            best = (score, family, chain)
    return best


def order(members: Sequence[Heading]) -> list[tuple[int, ...]]:
    """Values for comparison, the part that changes least first: 118/18 by 18, 24/041 by 24."""
    values = [heading.label.value for heading in members if heading.label]
    kinds = {heading.label.kind for heading in members if heading.label}
    lengths = {len(value) for value in values}
    if not kinds <= _WITH_YEARS or len(lengths) != 1 or min(lengths) < 3:  # noqa: PLR2004
        return values
    if len({value[0] for value in values}) > len({value[-2] for value in values}):
        return [(*value[1:-1], value[0], value[-1]) for value in values]
    return values


def best_chain(
    members: Sequence[Heading], nested: frozenset[int] = frozenset()
) -> tuple[float, list[Heading]]:
    """Find the ascending run of numbers with the highest score, and that score.

    Args:
        members: Headings of one numbering scheme in reading order.
        nested: Starts of those that have sub-items of their number below them.
    """
    values = order(members)
    ranks = {value: rank for rank, value in enumerate(sorted(set(values)))}
    times = Counter(
        (value, heading.look, heading.is_caps)
        for heading, value in zip(members, values, strict=True)
    )
    ends: dict[int, int] = {}  # rank -> the member that ends the best run there
    scores: list[float] = []
    before: list[int | None] = []
    for index, (heading, value) in enumerate(zip(members, values, strict=True)):
        rank = ranks[value]
        score, previous = 0.0, None
        for back in range(_LOOK_BACK + 1):
            other = ends.get(rank - back)
            if other is not None:
                through = scores[other] + step(values[other], value)
                through -= _UNLIKE * (members[other].look != heading.look)
                if through > score:
                    score, previous = through, other
        again = min(times[(value, heading.look, heading.is_caps)] - 1, _MOST_TIMES)
        own = heading.weight + _OVER * (heading.start in nested) - _AGAIN * again
        scores.append(score + own)
        before.append(previous)
        if rank not in ends or scores[ends[rank]] < scores[index]:
            ends[rank] = index
    at: int | None = max(range(len(scores)), key=scores.__getitem__, default=None)
    total = scores[at] if at is not None else 0.0
    chain: list[Heading] = []
    while at is not None:
        chain.append(members[at])
        at = before[at]
    chain.reverse()
    taken = {heading.start for heading in chain}
    looks = {heading.look for heading in chain}
    rivals = sum(h.start not in taken and h.look in looks and h.weight > 0 for h in members)
    return total - 0.4 * rivals, chain


def step(before: tuple[int, ...], after: tuple[int, ...]) -> float:
    """What it is worth that one number follows another."""
    if before == after:
        return _TWICE
    if before[:-2] != after[:-2]:
        return 0.0
    gap = after[-2] - before[-2]
    return STEP if gap <= 1 else -0.2 * min(gap, _FAR)
