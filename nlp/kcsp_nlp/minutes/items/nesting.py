"""Numbers within numbers: sub-items below items, codes below sections, agendas before minutes."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from kcsp_nlp.minutes.items.headings import Heading

_LEAST_LISTED = 3  # entries of an agenda that stands before the minutes
_LEAST_PARENTS = 3  # items of which only one has sub-items
_MOST = 0.8  # share of sub-items that stand below the item their number names

# A number whose letter may be its section's: "A1", "B.2"; not "AB1", "E.31/18".
_OF_SECTION = re.compile(r"[A-Z]\.?\d{1,3}")
_MAY_BE_SECTIONS = ("prefixed", "coded")


def with_sections(families: Mapping[str, list[Heading]]) -> dict[str, list[Heading]]:
    """Add to numbering schemes that of codes which begin again in each section: A1, A2, B1.

    Args:
        families: Headings in reading order by numbering scheme; not changed.
    """
    letters: dict[str, list[Heading]] = defaultdict(list)
    for members in families.values():
        for heading in members:
            label = heading.label
            if label and _OF_SECTION.fullmatch(label.number) and label.kind in _MAY_BE_SECTIONS:
                section = replace(label, kind="section", family="section")
                letters[label.number[0]].append(replace(heading, label=section))
    begun = [held for held in letters.values() if any(_last(each) == 1 for each in held)]
    if sum(len(held) > 1 for held in begun) < 2:  # noqa: PLR2004
        return dict(families)
    merged = sorted((each for held in begun for each in held), key=lambda each: each.start)
    return {**families, "section": merged}


def _last(heading: Heading) -> int:
    """The last part of a heading's number, a letter behind it not counted."""
    return heading.label.value[-2] if heading.label else 0


def as_codes(items: Iterable[Heading]) -> list[Heading]:
    """Take the numbers of items for agenda codes where their letters name sections."""
    return [
        replace(item, label=None, code=item.code or item.label.number)
        if item.label and item.label.kind == "section"
        else item
        for item in items
    ]


def stands_over(parents: Sequence[Heading], children: Sequence[Heading]) -> bool:
    """Whether nearly all of some headings follow the one that their number names: 6.1 behind 6."""
    starts = [heading.start for heading in parents]
    held = 0
    for child in children:
        place = bisect_right(starts, child.start) - 1
        held += place >= 0 and _names(parents[place], child)
    groups = {child.label.value[:-2] for child in children if child.label}
    # all under one number: it may be the year's or the meeting's, as in 14.87, 14.88
    least = _LEAST_PARENTS if len(groups) == 1 else 2
    look_like = sum(parent.weight > 0 for parent in parents)
    return look_like >= max(least, len(parents) / 2) and held >= _MOST * len(children)


def nested_starts(members: Iterable[Heading], children: Sequence[Heading]) -> frozenset[int]:
    """Where headings start that a sub-item names and that stand between it and the one before."""
    first: dict[tuple[int, ...], tuple[int, int]] = {}
    before = -1
    for child in children:
        if child.label:
            first.setdefault(child.label.value[:-2], (before, child.start))
        before = child.start
    found = set()
    for heading in members:
        after, until = first.get(heading.label.value[:-1] if heading.label else (), (0, 0))
        if after < heading.start < until:
            found.add(heading.start)
    return frozenset(found)


def may_be_parents(family: str, child: str) -> bool:
    """Whether numbers of one scheme can stand over those of another: 6 over 6.1, 6.1 over 6.1.1."""
    if not child.startswith("dotted"):
        return False
    if child.startswith("dotted1"):
        return family.startswith(("int", "zero"))
    return family.startswith(f"dotted{int(child[len('dotted')]) - 1}")


def _names(parent: Heading, child: Heading) -> bool:
    if parent.label is None or child.label is None:
        return False
    return parent.label.value[:-1] == child.label.value[:-2]


def without_lists(headings: Sequence[Heading]) -> list[Heading]:
    """Leave out entries of an agenda or a table of contents whose items stand again below it."""
    left_out: set[int] = set()
    places: dict[tuple[str, str], int] = {}  # where each number and title stands last
    for heading in headings:
        if heading.label:
            places[_entry(heading)] = heading.start
    for block in _blocks(headings):
        if len(block) < _LEAST_LISTED:
            continue
        again = sum(places[_entry(heading)] > block[-1].start for heading in block)
        if again * 2 >= len(block):
            left_out.update(heading.start for heading in block)
    return [heading for heading in headings if heading.start not in left_out]


def _entry(heading: Heading) -> tuple[str, str]:
    """What an entry shares with its item: number and first words, without a page number."""
    title = heading.title.casefold().rstrip("0123456789. \t")
    return heading.label.number if heading.label else "", title[:20]


def _blocks(headings: Sequence[Heading]) -> Iterable[list[Heading]]:
    """Runs of numbered headings that ascend with nothing between them."""
    block: list[Heading] = []
    value: tuple[int, ...] = ()
    for heading in headings:
        if heading.label is None:
            continue
        is_apart = bool(block) and heading.line - block[-1].last > 1 + heading.is_spaced
        if is_apart or heading.label.value <= value:
            yield block
            block = []
        block.append(heading)
        value = heading.label.value
    yield block
