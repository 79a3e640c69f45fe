"""Who was there: the people of the attendance list and of the item on apologies."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence

from kcsp_nlp.minutes.attendance.blocks import Block
from kcsp_nlp.minutes.attendance.labels import read_label
from kcsp_nlp.minutes.attendance.layout import Layout
from kcsp_nlp.minutes.attendance.sentences import reported_apologies
from kcsp_nlp.minutes.attendance.stretches import Stretch, read_stretch
from kcsp_nlp.minutes.lines import Line
from kcsp_nlp.minutes.outline import Part
from kcsp_nlp.records import Attendee

# Attendance stands at the beginning: of the minutes, and of an item.
_MAX_PARTS = 16
_MAX_LINES = 250
_MAX_LINE = 8_000


def find_attendance(lines: Sequence[Line], parts: Sequence[Part]) -> tuple[Attendee, ...]:
    """Find the people whom the minutes list as present, in attendance, absent or excused.

    Args:
        lines: All lines of the document.
        parts: The document's parts in order. The list is looked for in the front, in items whose
            title speaks of attendance, and in sentences that report apologies.

    Returns:
        Attendees in reading order, nobody twice; offsets are those of the name in the document's
        text, they never overlap and none crosses a part's end.
    """
    found: list[Attendee] = []
    for stretch in _stretches(lines, parts):
        found += read_stretch(stretch)
    return _settled(found)


def _stretches(lines: Sequence[Line], parts: Sequence[Part]) -> Iterator[Stretch]:
    layout = Layout.of(lines)
    starts = [line.start for line in lines]
    for part in parts[:_MAX_PARTS]:
        own = _lines_of(lines, starts, part)
        if part.kind == "front":
            yield from Block(own, layout).read()
        elif part.title:
            group = read_label(part.title, known=None)
            if group and group.status:
                yield from Block(own[1:], layout, group).read()
        yield from reported_apologies(own, layout)


def _lines_of(lines: Sequence[Line], starts: Sequence[int], part: Part) -> list[Line]:
    """Return the first lines of a part, cut to it: a line can hold several parts."""
    first = max(0, bisect_right(starts, part.start) - 1)
    own: list[Line] = []
    for line in lines[first : first + _MAX_LINES]:
        if line.start >= part.end:
            break
        begin, end = max(0, part.start - line.start), min(len(line.raw), part.end - line.start)
        end = min(end, begin + _MAX_LINE)
        text = line.text[begin:end]
        if text.endswith("\\"):  # markdown's hard line break
            text = text[:-1] + " "
        if text == line.text:
            own.append(line)
        elif begin < end:
            own.append(Line(line.start + begin, line.raw[begin:end], text))
    return own


def _named_before(attendee: Attendee, kept: Iterable[Attendee]) -> bool:
    """Whether "A Rao" was listed as "Anjali Rao" before, with another status."""
    first, *others = attendee.name.split()
    if not others or len(first.rstrip(".")) > 1:
        return False
    return any(
        other.status != attendee.status
        and other.name[0] == first[0]
        and len(other.name.split()[0].rstrip(".")) > 1
        and other.name.split()[-1] == others[-1]
        for other in kept
    )


def _settled(found: Sequence[Attendee]) -> tuple[Attendee, ...]:
    """Drop repeats and overlaps; a repeat gives the first mention the role it lacks."""
    kept: dict[str, Attendee] = {}
    end = 0
    for attendee in sorted(found, key=lambda each: (each.start, -each.end)):
        if attendee.start < end or _named_before(attendee, kept.values()):
            continue
        name = attendee.name.casefold()
        first = kept.get(name)
        if first is None or (first.status, attendee.status) == ("absent", "apologies"):
            kept[name] = attendee
            end = attendee.end
        elif first.organisation and attendee.organisation not in (None, first.organisation):
            kept[f"{name} {attendee.organisation}"] = attendee  # two of one name
            end = attendee.end
        elif first.role is None and attendee.role and first.status != "apologies":
            kept[name] = first.model_copy(update={"role": attendee.role})
    return tuple(sorted(kept.values(), key=lambda each: each.start))
