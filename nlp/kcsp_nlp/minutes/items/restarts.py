"""Numbers that break the order of a run: typing errors, second sections, paragraphs."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import pairwise

from kcsp_nlp.minutes.items.chains import STEP, best_chain, order, step
from kcsp_nlp.minutes.items.headings import Heading
from kcsp_nlp.minutes.items.looks import are_capitals, common_look, spread

_LEAST_PARAGRAPHS = 3
_BELOW = 3  # lines from a section's heading to its first item, at most

# A section of minutes in which numbers may begin again: "PART TWO", "Section B - Exempt",
# "Confidential items"; not "Partners".
_SECTION = re.compile(
    r"(?:part|section|schedule|rhan|cuid)\b"
    r"|(?:\w+ ){0,4}(?:confidential|exempt|private|closed|restricted)\b",
    re.IGNORECASE,
)


def in_sections(
    headings: Iterable[Heading], members: Sequence[Heading], chain: list[Heading]
) -> list[Heading]:
    """Add the runs of other sections whose numbers begin again at 1, and typing errors.

    Args:
        headings: All candidates in reading order.
        members: Those of the numbering scheme that the items have.
        chain: The best run among them.

    Returns:
        Headings in reading order, those of `chain` among them unless runs of sections are.
    """
    look = common_look(chain)
    alike = [heading for heading in members if heading.look == look]
    pieces: list[list[Heading]] = [[]]
    begins = _begins(headings, alike)
    for heading in alike:
        if heading.start in begins and pieces[-1]:
            pieces.append([])
        pieces[-1].append(heading)
    runs = [best_chain(piece)[1] for piece in pieces]
    if not _is_unbroken(runs[0]):  # numbers above the first section
        runs = runs[1:]
    found = [heading for run in runs for heading in run]
    if len(runs) < 2 or len(found) <= len(chain) or not all(map(_is_unbroken, runs)):  # noqa: PLR2004
        return _with_strays(members, chain)
    return found


def _begins(headings: Iterable[Heading], members: Sequence[Heading]) -> set[int]:
    """Where a number 1 starts right below the heading of a section."""
    found: set[int] = set()
    head: Heading | None = None
    ones = {heading.start: heading for heading in members if _last(heading) == 1}
    for heading in headings:
        if heading.start in ones:
            if head and heading.line - head.last <= _BELOW:
                found.add(heading.start)
            head = None
        elif heading.label is None:
            is_higher = members and 0 < heading.level < members[0].level
            head = heading if is_higher or _SECTION.match(heading.title) else None
    return found


def _is_unbroken(run: Sequence[Heading]) -> bool:
    """Whether a run counts 1, 2, 3 without a gap."""
    return bool(run) and _last(run[0]) == 1 and _follow(run)


def _follow(run: Sequence[Heading]) -> bool:
    """Whether each number of a run is one more than that before it."""
    return all(one < other and step(one, other) == STEP for one, other in pairwise(order(run)))


def _last(heading: Heading) -> int:
    """The last part of a heading's number, a letter behind it not counted."""
    return heading.label.value[-2] if heading.label else 0


def numbered_paragraphs(families: Mapping[str, list[Heading]], body: range) -> list[Heading]:
    """Find the paragraphs that a document without headings numbers from its first to its last.

    They have titles where most of them begin with one: "1 Bins. Two were full".

    Args:
        families: Numbered headings by scheme.
        body: Lines between the head of the minutes and their closing lines.

    Returns:
        At least `_LEAST_PARAGRAPHS` in reading order; none where numbers are missing, stand twice
        or stop before the end.
    """
    best: list[Heading] = []
    for members in families.values():
        whole = [each for each in members if not each.title[:1].islower()]
        chain = [each for each in whole if each.label and (each.label.is_closed or each.has_text)]
        unbroken = _follow(chain) and len(chain) == len(whole)
        if unbroken and spread(chain, body) == 1.0 and len(chain) > len(best):
            best = chain
    if len(best) < _LEAST_PARAGRAPHS or any(heading.is_row for heading in best):
        return []
    if sum(heading.has_text for heading in best) * 2 > len(best):
        return best
    return [replace(heading, title="") for heading in best]


def _with_strays(members: Sequence[Heading], chain: list[Heading]) -> list[Heading]:
    """Add numbered headings that break the order but look like the rest: typing errors."""
    if len(chain) < 3:  # noqa: PLR2004
        return chain
    look, caps = common_look(chain), are_capitals(chain)
    strong = look[0] > 0 or look[1]
    numbers = {each.start: value[-2] for each, value in zip(members, order(members), strict=True)}
    taken = {heading.start for heading in chain}
    strays = [
        heading
        for heading in members
        if heading.start not in taken
        and heading.look == look
        and (strong or not caps or heading.is_caps or heading.is_usual)
        and heading.weight >= (1.2 if strong else 0.5 if _fits(heading, chain, numbers) else 1.9)
    ]
    kept = {each.start: each for each in _without_lists(strays, chain, numbers)}
    alike = [each for each in members if each.look == look]
    kept |= {each.start: each for each in _lacking(alike, chain, numbers)}
    return sorted([*chain, *kept.values()], key=_start)


def _lacking(
    alike: Sequence[Heading], chain: Sequence[Heading], numbers: Mapping[int, int]
) -> Iterator[Heading]:
    """Find what a run lacks: between 7 and 10 only 8 and 9, however little they look like items.

    Args:
        alike: Numbered headings of the run's look.
        chain: The run.
        numbers: Of all of these, by where they start.
    """
    for before, after in pairwise(chain):
        first = bisect_right(alike, before.start, key=_start)
        between = alike[first : bisect_left(alike, after.start, key=_start)]
        lacks = range(numbers[before.start] + 1, numbers[after.start])
        if len(between) != len(lacks):  # cheaper to see
            continue
        if [numbers[heading.start] for heading in between] == list(lacks):
            yield from between


def _without_lists(
    strays: Iterable[Heading], chain: Sequence[Heading], numbers: Mapping[int, int]
) -> list[Heading]:
    """Leave out numbers that count from 1 or are none of the run's, but for as many as it lacks.

    Args:
        strays: Numbered headings outside the run.
        chain: The run.
        numbers: Of all of these, by where they start.
    """
    run = range(numbers[chain[0].start], numbers[chain[-1].start] + 1)
    gaps: dict[int, list[Heading]] = defaultdict(list)
    for stray in strays:
        gaps[bisect_left(chain, stray.start, key=_start)].append(stray)
    kept: list[Heading] = []
    for place, group in gaps.items():
        lacks = 0
        if 0 < place < len(chain):
            lacks = numbers[chain[place].start] - numbers[chain[place - 1].start] - 1
        values = [numbers[stray.start] for stray in group]
        if (values[0] != 1 and all(value in run for value in values)) or len(group) <= lacks:
            kept.extend(group)
    return kept


def _fits(stray: Heading, chain: Sequence[Heading], numbers: Mapping[int, int]) -> bool:
    """Whether a number's last part is what its place calls for: 6.5.3 after 16.5.2, 12 after 12."""
    place = bisect_left(chain, stray.start, key=_start)
    if place == 0:
        return False
    value, before = numbers[stray.start], numbers[chain[place - 1].start]
    if place == len(chain):
        return value == before
    return before <= value < numbers[chain[place].start]


def _start(heading: Heading) -> int:
    return heading.start
