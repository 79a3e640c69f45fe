"""Who was there: the people of the attendance list and of the item on apologies."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from kcsp_nlp.minutes.attendance_blocks import find_stretches
from kcsp_nlp.minutes.attendance_entries import read_stretch
from kcsp_nlp.minutes.lines import Line
from kcsp_nlp.minutes.outline import Part
from kcsp_nlp.records import Attendee


def find_attendance(lines: Sequence[Line], parts: Sequence[Part]) -> tuple[Attendee, ...]:
    """Find the people whom the minutes list as present, in attendance, absent or excused.

    Args:
        lines: All lines of the document.
        parts: The document's parts in order. The list is looked for in the front, in items whose
            title speaks of attendance, and in sentences that report apologies.

    Returns:
        Attendees in reading order, nobody twice with one status; offsets are those of the name in
        the document's text, they never overlap and none crosses a part's end.
    """
    found: list[Attendee] = []
    for stretch in find_stretches(lines, parts):
        found += read_stretch(stretch)
    return _settled(found)


def _named_before(attendee: Attendee, kept: Iterable[Attendee]) -> bool:
    """Whether "A Rao" was listed as "Anjali Rao" before, with another status."""
    tokens = attendee.name.split()
    if len(tokens) < 2 or len(tokens[0].rstrip(".")) > 1:
        return False
    return any(
        other.status != attendee.status
        and other.name[0] == tokens[0][0]
        and len(other.name.split()[0]) > 2
        and other.name.split()[-1] == tokens[-1]
        for other in kept
    )


def _settled(found: list[Attendee]) -> tuple[Attendee, ...]:
    """Drop repeats and overlaps; a repeat gives the first mention what it lacks."""
    kept: dict[str, Attendee] = {}
    end = 0
    for attendee in sorted(found, key=lambda a: (a.start, -a.end)):
        key = f"{attendee.name.casefold()} {attendee.organisation or ''}"
        if attendee.start < end or _named_before(attendee, kept.values()):
            continue
        first = kept.get(attendee.name.casefold())
        if first and first.status == "absent" and attendee.status == "apologies":
            kept[attendee.name.casefold()] = attendee
            continue
        if first and (
            first.organisation in (None, attendee.organisation) or not attendee.organisation
        ):
            if first.role is None and attendee.role and first.status != "apologies":
                kept[attendee.name.casefold()] = first.model_copy(update={"role": attendee.role})
            continue
        kept[attendee.name.casefold() if not first else key] = attendee
        end = attendee.end
    return tuple(sorted(kept.values(), key=lambda a: a.start))
