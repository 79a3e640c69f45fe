"""Headings by their look: those without a number that are items, and what sets items off."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from itertools import pairwise

from kcsp_nlp.minutes.items.headings import Heading
from kcsp_nlp.minutes.items.wording import is_log, is_next_meeting

_DENSE = 100  # code points from one row of a list or table to the next, if not more
_RUN_IN = 0.8  # what titles with text on their lines count against those with a line each
_LEAST_USUAL = 2  # of them are titles that agendas have, at least: "Action:" and names run in too
_LOOSE = 3  # levels of headings, and the jumps between them, that say nothing of what is below what
_LEAST_JUMPS = 2
_JUMPS = 0.1
_MOST = 0.7  # share of items that makes a look the document's


def common_look(items: Sequence[Heading]) -> tuple[int, bool, bool, bool]:
    """Return the look that most of some headings, at least one, have."""
    return Counter(heading.look for heading in items).most_common(1)[0][0]


def are_capitals(items: Sequence[Heading]) -> bool:
    """Whether most of some headings are in capitals."""
    return sum(heading.is_caps for heading in items) > _MOST * len(items)


def lines_of(items: Iterable[Heading]) -> set[int]:
    """Return the indices of all lines that some headings take up."""
    return {line for heading in items for line in range(heading.line, heading.last + 1)}


def spread(chain: Sequence[Heading], body: range) -> float:
    """How far headings reach over a document, 0 to 1: an action log fills only its end."""
    if len(chain) < 2:  # noqa: PLR2004
        return 1.0
    covered = (body.stop - chain[0].line) / max(1, len(body))
    gaps = sorted(after.start - before.start for before, after in pairwise(chain))
    bare = sum(after.line - before.last <= 1 + after.is_spaced for before, after in pairwise(chain))
    run_in = sum(heading.has_text and heading.is_usual for heading in chain) >= _LEAST_USUAL
    dense = gaps[len(gaps) // 2] < _DENSE and bare > len(gaps) // 2 and not run_in
    return min(1.0, max(0.0, covered) / 0.6) * (0.4 if dense else 1.0)


def best_look(headings: Sequence[Heading], body: range) -> list[Heading]:
    """Find the look that most headings without a number share, usual titles counting most."""
    groups: dict[tuple[object, ...], list[Heading]] = defaultdict(list)
    run_in: dict[tuple[object, ...], list[Heading]] = defaultdict(list)
    is_loose = _are_loose(headings)
    for heading in headings:
        look = _leveled(heading.look) if is_loose else heading.look
        if (heading.has_text or heading.is_field) and not is_next_meeting(heading.title):
            if heading.is_marked or heading.is_caps:
                run_in[(look, heading.is_caps)].append(heading)
            continue
        if heading.is_marked or heading.is_caps or heading.is_before_prose or heading.is_usual:
            groups[(look, False)].append(heading)
            if heading.is_caps:
                groups[(look, True)].append(heading)
    alike = [_capitals_alone(members) for members in groups.values()]
    scored = [(weigh(members) * spread(members, body), members) for members in alike]
    scored += [
        (_RUN_IN * weigh(members) * spread(members, body), members)
        for members in run_in.values()
        if sum(heading.is_usual for heading in members) >= _LEAST_USUAL
    ]
    best = max(scored, key=lambda pair: pair[0], default=(0.0, []))[1]
    while best and not (best[0].is_usual or best[0].is_before_prose):
        best = best[1:]
    return best


def _are_loose(headings: Sequence[Heading]) -> bool:
    """Whether the levels of headings say nothing: converters guess them by the size of letters.

    Authors go down one level at a time.
    """
    levels = [heading.level for heading in headings if heading.level]
    jumps = sum(below - above > 1 for above, below in pairwise(levels))
    return len(set(levels)) >= _LOOSE and jumps >= max(_LEAST_JUMPS, _JUMPS * len(levels))


def _leveled(look: tuple[int, bool, bool, bool]) -> tuple[int, bool, bool, bool]:
    """A look without the level of the heading."""
    return (min(look[0], 1), *look[1:])


def _capitals_alone(members: list[Heading]) -> list[Heading]:
    """Leave out sub-headings in small letters where most headings of one look are in capitals."""
    if members[0].is_marked or not are_capitals(members):
        return members
    return [heading for heading in members if heading.is_caps or heading.is_usual]


def weigh(members: Sequence[Heading]) -> float:
    """How much headings of one look look like items; lines without a mark hardly count."""
    return sum(
        heading.weight if heading.is_marked or heading.is_caps or heading.is_usual else 0.3
        for heading in members
    )


def with_unnumbered(unnumbered: Sequence[Heading], items: list[Heading]) -> list[Heading]:
    """Add headings without a number that look like the numbered ones, if they are few."""
    look, caps = common_look(items), are_capitals(items)
    if not (look[0] or look[1] or caps):
        opening = _opening(unnumbered, items)
        return [*opening, *items]
    taken = lines_of(items)
    more = [
        heading
        for heading in unnumbered
        if heading.line not in taken
        and heading.look == look
        and (heading.is_caps or not caps)
        and len(heading.title) > 6  # noqa: PLR2004
        and not heading.has_text
        and _stands_among(heading, items)
        and not _stands_over(heading, items)
    ]
    inside = [heading for heading in more if heading.line > items[0].line]
    if look[0] == 0 and len(inside) > max(1, len(items) // 6):
        repeated = Counter(heading.title for heading in inside)
        more = [
            heading
            for heading in more
            if (heading.is_usual and repeated[heading.title] == 1) or heading.line < items[0].line
        ]
    return sorted([*items, *more], key=lambda heading: heading.start)


def _opening(unnumbered: Iterable[Heading], items: Sequence[Heading]) -> list[Heading]:
    """Items before the first number: usual titles; others in small letters only among such."""
    above = [
        heading
        for heading in unnumbered
        if heading.line < items[0].line
        and heading.is_spaced
        and not heading.is_marked
        and _opens(heading)
        and not _stands_over(heading, items)
    ]
    are_plain = any(heading.is_usual and not heading.is_caps for heading in above)
    return [each for each in above if each.is_usual or (are_plain and not each.is_caps)]


def _stands_among(heading: Heading, items: Sequence[Heading]) -> bool:
    """Whether a heading's place among the numbered ones lets it be an item.

    Behind the last number, a line with no sentence below it is a signature: "COUNTY SECRETARY".
    """
    if heading.line < items[0].line:
        return _opens(heading)
    may_sign = heading.line > items[-1].last and heading.level == 0
    return heading.is_spaced and (not may_sign or heading.is_before_prose or heading.is_usual)


def _stands_over(heading: Heading, items: Sequence[Heading]) -> bool:
    """Whether an item follows a heading at once: it is the heading of a section of items."""
    place = bisect_left(items, heading.line, key=lambda item: item.line)
    if place == len(items):
        return False
    return items[place].line - heading.last <= 1 + items[place].is_spaced


def _opens(heading: Heading) -> bool:
    """Whether a heading before the first number is an item: "OPEN FORUM" and what was said."""
    apologies = heading.title.casefold().startswith("apolog")
    return heading.is_before_prose and not heading.has_text and not apologies


def with_log(headings: Sequence[Heading], items: list[Heading]) -> list[Heading]:
    """Add the list of actions behind the last item: "ACTIONS" in capitals."""
    for heading in reversed(headings):
        if not items or heading.line <= items[-1].last:
            break
        if (
            heading.label is None
            and heading.is_caps
            and heading.is_spaced
            and is_log(heading.title)
        ):
            return [*items, heading]
    return items


def with_last(
    unnumbered: Sequence[Heading], items: list[Heading], *, numbered: bool
) -> list[Heading]:
    """Add the date of the next meeting, which often stands without number or mark at the end."""
    if not items or any(is_next_meeting(heading.title) for heading in items):
        return items
    for heading in unnumbered:
        if heading.line <= items[-1].last or not heading.is_spaced:
            continue
        plain = heading.is_caps or heading.title.casefold().startswith("date") or not numbered
        if plain and is_next_meeting(heading.title):
            return [*items, heading]
    return items
