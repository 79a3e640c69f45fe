"""Labels set in a margin of their own, beside the people they announce, over two lines."""

from __future__ import annotations

import re
from collections.abc import Sequence

from kcsp_nlp.minutes.attendance.kinds import kind_of
from kcsp_nlp.minutes.attendance.labels import read_group, read_label
from kcsp_nlp.minutes.attendance.layout import opens_with_person
from kcsp_nlp.minutes.attendance.sideheads import SideHead, read_sideheads
from kcsp_nlp.minutes.lines import Line
from kcsp_nlp.minutes.people.words import words

# "Also        Cllr Ash", "and Rescue:   Mr Dale", "Members of the" but not "Cllr Ash, Mr Dale".
_MARGIN = re.compile(
    r"(?P<label>[^\s,;.|][^,;.|\t]{0,38}?)(?P<colon>\s?:-?)?(?:\s{2,}(?=\S)|\s*\Z)"
)
# "    Mr Dale" goes on under what stands beside a label.
_INDENT = re.compile(r"\s{6,}(?=\S)")
_NARROWEST = 6
_WIDEST = 45
_MAX_WORDS = 7
_GAP = 3


def read_margins(lines: Sequence[Line]) -> tuple[list[Line], dict[int, SideHead]]:
    """Read the labels that stand in a margin, the people beside them.

    Args:
        lines: The lines of a part.

    Returns:
        The lines, what stands of such a label on another line than its first blanked; and the
        labels by the index of the line on which they begin.
    """
    kept = list(lines)
    found: dict[int, SideHead] = {}
    end = 0
    for at, line in enumerate(lines):
        if at < end:
            continue
        second = _MARGIN.match(line.text) if at else None
        if second and second["colon"] and at - 1 not in found:
            margin = _read(lines, at - 1, second)
            if margin:
                found[at - 1] = margin
                kept[at] = _blanked(line, second.end())
                continue
        heads, margins = read_sideheads(lines, at)
        found |= heads
        for index in margins.keys() - heads.keys():
            kept[index] = _blanked(lines[index], margins[index])
        end = max(margins, default=at) + 1
    return kept, found


def _blanked(line: Line, column: int) -> Line:
    """Return a line without what stands in its margin."""
    end = min(column, len(line.text))
    blank = " " * end
    return Line(line.start, blank + line.raw[end:], blank + line.text[end:])


def _read(lines: Sequence[Line], at: int, second: re.Match[str]) -> SideHead | None:
    """Read the label that begins in a line and ends in the next."""
    first = _MARGIN.match(lines[at].text)
    column = second.end()
    people = lines[at + 1].text[column:]
    if first is None or first["colon"] or not people or not _NARROWEST <= column <= _WIDEST:
        return None
    label = f"{first['label']} {second['label']}"
    if len(label.split()) > _MAX_WORDS:
        return None
    group = read_label(label, known="present")
    alone = first.end() == len(lines[at].text)
    if alone:
        apart = column - second.end("label") > _GAP and opens_with_person(people)
        return SideHead(group, first.end()) if apart and group else None
    after = _INDENT.match(lines[at + 2].text) if at + 2 < len(lines) else None
    if abs(first.end() - column) > 1 and not (after and after.end() == first.end()):
        return None
    if group is None and (label.lower() in words().group_roles or kind_of(label) == "body"):
        group = read_group(label)
    return SideHead(group, first.end()) if group else None
