"""Attendance lists that stand behind the text: on a last sheet, in an annex, at the foot."""

from __future__ import annotations

import re
from collections.abc import Sequence

from kcsp_nlp.minutes.attendance.blocks import Block
from kcsp_nlp.minutes.attendance.fragments import entries_of, is_comma_list
from kcsp_nlp.minutes.attendance.labels import Group, Situation
from kcsp_nlp.minutes.attendance.layout import Layout, is_prose, opens_with_person
from kcsp_nlp.minutes.attendance.leads import find_labels, is_rule
from kcsp_nlp.minutes.attendance.spaced import read_headed
from kcsp_nlp.minutes.attendance.stretches import Stretch, read_stretch
from kcsp_nlp.minutes.lines import Line
from kcsp_nlp.minutes.people.certainty import is_inverted, is_person
from kcsp_nlp.minutes.people.words import words

# "Signed the Book: ", "Trustees attending: " before people; not "Mr Ash reported: ".
_LABEL = re.compile(r"[\s*_>]*+(?P<label>[A-Z][^:.;,|\n]{2,45}?)[\s*_]*+:[\s*_]*+(?=\S)")
# "Annex A: Attendance", "ATTENDANCE LIST" but not "Attendance at school".
_SHEET = re.compile(
    r"[\W_]*(?:(?:annex|appendix|schedule|sheet)\b[\w ]{0,4}[\W_]*)?"
    r"(?:list of (?:those )?|record of |members' |members )?"
    r"(?:attendance|attendees|those present|present)"
    r"(?: (?:list|sheet|register|record))?[\W_]*\Z",
    re.IGNORECASE,
)
# Besides the heads of other tables these head no attendance list.
_OTHERS_LISTS = frozenset(
    ["distribution", "circulation", "copies", "cc", "contacts", "next", "speakers", "minutes"]
)
# "Signed", "Book" but not "12".
_WORD = re.compile(r"[^\W\d_]+")
_MAX_LINES = 160
_MAX_TRIES = 12
_MAX_WRAPPED = 5
_MAX_HEADING = 70
_FEWEST = 3
_SURE = 0.6
_MAX_LINE = 4000


def find_late(lines: Sequence[Line], layout: Layout) -> list[Stretch]:
    """Find the attendance list behind the items, where none stands before them.

    Args:
        lines: The lines behind the front.
        layout: Of the document.

    Returns:
        Stretches in reading order; none where no list of three people or more is found.
    """
    tail = [line for line in lines[-_MAX_LINES:] if len(line.raw) <= _MAX_LINE]
    headed = next((at for at, line in enumerate(tail) if _heads_list(line)), None)
    if headed is not None:
        found = list(Block(tail[headed:], layout, _group_below(tail, headed)).read())
        if _is_list(found):
            return found
    tries = 0
    for at, line in enumerate(tail):
        if not line.stripped or tries == _MAX_TRIES:
            continue
        found = _labelled(tail, at, layout) or _headed(tail, at, layout)
        tries += bool(found)
        if _is_list(found):
            return found
    return []


def _heads_list(line: Line) -> bool:
    """Whether a line that stands out reads "Annex: Attendance" or "LIST OF THOSE PRESENT"."""
    apart = line.heading_level or line.is_bold or line.stripped.isupper()
    return bool(apart) and len(line.stripped) <= _MAX_HEADING and bool(_SHEET.match(line.text))


def _group_below(lines: Sequence[Line], at: int) -> Group | None:
    """Return the list in which people stand who follow a heading at once; None for a table."""
    below = next((line for line in lines[at + 1 :] if line.stripped), None)
    return Group("present") if below and opens_with_person(below.text) else None


def _labelled(lines: Sequence[Line], at: int, layout: Layout) -> list[Stretch]:
    """Read from a line on that a label of attendance opens, known or not."""
    labels = find_labels(lines, at, Situation())
    if labels and labels[0][0].status in ("present", "in_attendance"):
        return list(Block(lines[at:], layout).read())
    match = _LABEL.match(lines[at].text)
    if match is None or _heads_others(match["label"]):
        return []
    content = lines[at].text[match.end() :]
    below = "".join(f" {line.stripped}" for line in lines[at + 1 : _paragraph_end(lines, at)])
    if is_prose(content) or not (_names_several(content) or _names_several(content + below)):
        return []
    cut = Line(lines[at].start + match.end(), lines[at].raw[match.end() :], content)
    return list(Block([cut, *lines[at + 1 :]], layout, Group("present")).read())


def _paragraph_end(lines: Sequence[Line], at: int) -> int:
    """Return the index behind the last line of a paragraph, few of whose lines count."""
    end = at + 1
    while end < min(len(lines), at + _MAX_WRAPPED) and lines[end].stripped:
        end += 1
    return end


def _heads_others(text: str) -> bool:
    held = set(_WORD.findall(text.lower()))
    return bool(held & _OTHERS_LISTS or held & words().other_tables)


def _names_several(text: str) -> bool:
    entries = list(entries_of(text))
    if len(entries) >= _FEWEST:
        return sum(is_person(text[each[0].start : each[0].end]) for each in entries) >= _FEWEST
    return any(is_comma_list(text, entry) for entry in entries)


def _headed(lines: Sequence[Line], at: int, layout: Layout) -> list[Stretch]:
    """Read people below a line that heads them and says no word of presence."""
    if read_headed(lines, at)[0]:
        return list(Block(lines[at:], layout).read())
    line = lines[at]
    text = line.stripped
    if len(text) > 2 * _MAX_HEADING or opens_with_person(text) or is_prose(text):
        return []
    if is_rule(line) or _heads_others(text):
        return []
    below = [each for each in lines[at + 1 : at + 1 + 2 * _FEWEST] if each.stripped][:_FEWEST]
    if len(below) < _FEWEST or not all(is_person(each.stripped.lstrip("|✓✔√✗ ")) for each in below):
        return []
    return list(Block(lines[at + 1 :], layout, Group("present")).read())


def _is_list(found: Sequence[Stretch]) -> bool:
    """Whether stretches name three people or more who were there, most of them surely."""
    people = [each for stretch in found for each in read_stretch(stretch)]
    there = [each for each in people if each.status == "present"]
    sure = sum(_is_sure(each.name, each.role) for each in people)
    return len(there) >= _FEWEST and sure >= _SURE * len(people)


def _is_sure(name: str, role: str | None) -> bool:
    return role is not None or is_person(name) or is_inverted(name) or name.isupper()
