"""Cut minutes into front, agenda items and back."""

from __future__ import annotations

import re
from collections.abc import Sequence

from kcsp_nlp.minutes.front.dates import find_dates
from kcsp_nlp.minutes.items.headings import Heading, find_headings
from kcsp_nlp.minutes.items.schemes import choose_items
from kcsp_nlp.minutes.items.wording import has_verb, is_closing, opens_attendance
from kcsp_nlp.minutes.lines import Line
from kcsp_nlp.minutes.outline import Part

_HEAD = 60  # lines in which an attendance list begins
_LONGEST_BACK = 2000  # code points: an item that was held in private follows, if more
_TAIL = 40  # lines in which minutes are closed
_MOST_RULES = 2  # under a signature

# Headings of attendance lists that may look like items: "## Apologies for Absence".
_PEOPLE = re.compile(r"apolog|absen|present|attend", re.IGNORECASE)


def find_parts(lines: Sequence[Line]) -> tuple[Part, ...]:
    """Cut a document into what precedes its agenda items, the items, and what follows them.

    Args:
        lines: All lines of the document, in order.

    Returns:
        Parts that tile the document's text: the first starts at 0, each ends where the next
        begins. Empty for an empty text; one `front` part where no items are found.
    """
    end = lines[-1].end if lines else 0
    if end == 0:
        return ()
    items = choose_items(find_headings(lines), _body(lines))
    while len(items) > 1 and _lists_people(lines, items[0], items[1]):
        items = items[1:]
    if not items:
        return (Part(0, end, "front"),)
    back = _find_back(lines, items[-1])
    starts = [heading.start for heading in items]
    ends = [*starts[1:], back if back is not None else end]
    parts = [Part(0, starts[0], "front")] if starts[0] else []
    parts.extend(
        _part(heading, start, stop)
        for heading, start, stop in zip(items, starts, ends, strict=True)
    )
    if back is not None:
        parts.append(Part(back, end, "back"))
    return tuple(parts)


def _body(lines: Sequence[Line]) -> range:
    """Lines between the head of the minutes and the lines that close them."""
    start = 0
    end = lines[-1].end
    for index, line in enumerate(lines[:_HEAD]):
        if line.start > end // 2:  # some minutes end with who was there
            break
        if opens_attendance(line.text):
            start = index + 1
            break
        if index < _HEAD // 3 and line.start <= end // 4 and find_dates(line.text[:200]):
            start = index + 1
    stop = len(lines)
    are_between = sum(_is_rule(line) for line in lines) > _MOST_RULES
    for index in range(len(lines) - 1, max(start, len(lines) - _TAIL), -1):
        if is_closing(lines[index].text) and not (are_between and _is_rule(lines[index])):
            stop = index
    return range(start, stop)


def _is_rule(line: Line) -> bool:
    """Whether a line is a rule: one closes minutes, many stand between their items."""
    return line.raw[:3] == "___" and not line.stripped.strip("_")


def _lists_people(lines: Sequence[Line], heading: Heading, following: Heading) -> bool:
    """Whether a heading without a number opens a list of names rather than an item."""
    if heading.label or heading.code or not _PEOPLE.match(heading.title):
        return False
    held = [line.stripped for line in lines[heading.last + 1 : following.line] if line.stripped]
    listed = held[: next((i for i, text in enumerate(held) if not text.strip("-* _")), len(held))]
    return bool(listed) and not any(has_verb(text) or len(text) > 120 for text in listed)  # noqa: PLR2004


def _part(heading: Heading, start: int, end: int) -> Part:
    number = heading.label.number if heading.label else None
    code = heading.code
    if number is None and code is not None and code.isdigit():
        number, code = code, None  # "(Item 4)" under a title is its number where it has no other
    return Part(start, end, "item", number, code, heading.title or None)


def _find_back(lines: Sequence[Line], last: Heading) -> int | None:
    """Where the closing lines after the last item begin; None where there are none."""
    end = lines[-1].end
    for line in lines[last.last + 1 :]:
        if is_closing(line.text) and end - line.start <= _LONGEST_BACK:
            return line.start
    return None
