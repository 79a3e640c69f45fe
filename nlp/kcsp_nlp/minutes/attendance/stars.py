"""Lists of members in which a star says who was there, or who was not."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence

from kcsp_nlp.minutes.lines import Line
from kcsp_nlp.records import Attendee, Status

# "* denotes attendance", "(* = absent)", "(* present)" but not "* Present: Cllr Ash".
_LEGEND = re.compile(
    r"(?:[\s(\[]*\\?\*\s*(?:=|-|–|denotes|indicates|means|shows)|\s*[(\[]\s*\\?\*)"
    r"\s*(?:that )?(?:the )?"
    r"(?:(?:those|members?|councillors?|persons?|was|were) ){0,3}"
    r"(?:(?P<present>present|attend|in attendance)|(?P<apologies>apolog)"
    r"|(?P<absent>absen|not present))",
    re.IGNORECASE,
)
# A star that stands alone; not the two of bold print.
_STAR = re.compile(r"(?<!\*)\*(?!\*)")
_BETWEEN = ",;|\t"
_NEAR = 80


def read_stars(lines: Sequence[Line], found: Sequence[Attendee]) -> Sequence[Attendee]:
    """Set each status by the star beside the name, where a legend says what stars mean.

    Args:
        lines: The lines that hold the list and its legend.
        found: The people of the list.

    Returns:
        The same people in the same order. Without a legend, or where stars mark everybody or
        nobody, nothing is changed.
    """
    legend = next((match for match in map(read_legend, lines) if match), None)
    if legend is None:
        return found
    starts = [line.start for line in lines]
    listed = [each.status == "present" for each in found]
    starred = [
        on_list and _is_starred(lines[bisect_right(starts, each.start) - 1], each)
        for each, on_list in zip(found, listed, strict=True)
    ]
    if not any(starred) or starred == listed:
        return found
    others: Status = "absent" if legend == "present" else "present"
    return [
        each.model_copy(update={"status": legend if star else others}) if on_list else each
        for each, on_list, star in zip(found, listed, starred, strict=True)
    ]


def read_legend(line: Line) -> Status | None:
    """Read "* denotes attendance" as what a star says; None for no such line."""
    match = _LEGEND.match(line.raw)
    if match is None:
        return None
    kinds: tuple[Status, ...] = ("present", "apologies", "absent")
    return next(kind for kind in kinds if match[kind])


def _is_starred(line: Line, attendee: Attendee) -> bool:
    """Whether a star stands in the entry of a person."""
    begin, end = attendee.start - line.start, attendee.end - line.start
    while begin > 0 and line.raw[begin - 1] not in _BETWEEN:
        begin -= 1
    stop = min(len(line.raw), end + _NEAR)
    while end < stop and line.raw[end] not in _BETWEEN:
        end += 1
    return _STAR.search(line.raw, begin, end) is not None
