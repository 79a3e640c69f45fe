"""The meeting's facts, from what precedes its agenda items."""

from __future__ import annotations

import re
from collections.abc import Sequence

from kcsp_nlp.minutes.front.bodies import find_body
from kcsp_nlp.minutes.front.dates import Dated, find_dates
from kcsp_nlp.minutes.front.venues import find_venue
from kcsp_nlp.minutes.items.wording import opens_attendance
from kcsp_nlp.minutes.lines import Line
from kcsp_nlp.minutes.outline import Front, Part

_HEAD = 30  # lines, at most
_WIDTH = 600  # code points of a line
_REACH = 2000  # lines in which the body's name is looked for

# What comes before a date that is not the meeting's: "Published: 3 May", "minutes of 3 May".
_OTHER = re.compile(
    r"(?:published|updated|posted|approved|confirmed|next[ ]meeting|previous|last|adopted|"
    r"circulated|printed|review)\b[^.\n]{0,40}$",
    re.IGNORECASE,
)

# Words before the meeting's date: "Minutes of the meeting held on".
_MEETING = re.compile(r"(?:meeting|held|minutes?|notes?|date)\b[^.]{0,200}$", re.IGNORECASE)


def find_front(lines: Sequence[Line], parts: Sequence[Part]) -> Front:
    """Find which body met, when and where.

    Args:
        lines: All lines of the document, in order.
        parts: Its parts; the facts are looked for in the `front` part, or at the document's
            beginning where it has none.

    Returns:
        The facts as the document states them, None for what it does not state.
    """
    end = parts[0].end if parts and parts[0].kind == "front" else 0
    front = [line for line in lines if line.start < end] or list(lines[:_HEAD])
    header, body = _part_header(front)
    stripped = [" ".join(line.text[:_WIDTH].split()) for line in body[: 4 * _HEAD]]
    nonblank = [line for line in stripped if re.search(r"\w", line)]
    head = _above_attendance(nonblank)
    return Front(
        body=find_body(
            [*head, *_titles(header)], "\n".join(line.text[:_WIDTH] for line in lines[:_REACH])
        ),
        date=_find_date(header, head, nonblank, lines),
        venue=find_venue(head),
    )


def _part_header(front: list[Line]) -> tuple[list[str], list[Line]]:
    """Part YAML front matter, as its lines, from the rest."""
    if front and front[0].stripped == "---":
        for index, line in enumerate(front[1:], start=1):
            if line.stripped == "---":
                return [held.raw for held in front[1:index]], front[index + 1 :]
    return [], front


def _titles(header: Sequence[str]) -> list[str]:
    """The titles that YAML front matter states."""
    return [line.partition(":")[2].strip(" \"'") for line in header if line.startswith("title:")]


def _above_attendance(nonblank: list[str]) -> list[str]:
    head: list[str] = []
    for line in nonblank[:_HEAD]:
        if head and opens_attendance(line):
            break
        if not line.startswith(("[Skip", "![", "Home »")):
            head.append(line)
    return head


def _find_date(
    header: list[str], head: list[str], nonblank: list[str], lines: Sequence[Line]
) -> str | None:
    """The meeting's date: where the minutes say so before where a file's header does."""
    for text in ("\n".join(head), "\n".join(nonblank[: 2 * _HEAD])):
        dated = _best(text)
        if dated:
            return dated
    ranked = sorted(header, key=_header_rank)
    for line in ranked:
        found = find_dates(line)
        if found:
            return found[0].iso
    return _best("\n".join(line.text[:_WIDTH] for line in lines[-_HEAD:]))


def _header_rank(line: str) -> int:
    key = line.split(":", maxsplit=1)[0].strip().lower()
    return 0 if "meeting" in key else 1 if key == "title" else 2 if key == "date" else 3


def _best(text: str) -> str | None:
    """The date that is most likely the meeting's: full, in its statement, first."""
    found = [
        dated
        for dated in find_dates(text)
        if not _OTHER.search(text[max(0, dated.start - 60) : dated.start])
    ]

    def rank(dated: Dated) -> tuple[bool, bool, int]:
        context = text[max(0, dated.start - 220) : dated.start]
        return (len(dated.iso) < 10, not _MEETING.search(context), dated.start)  # noqa: PLR2004

    return min(found, key=rank).iso if found else None
