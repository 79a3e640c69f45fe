"""Lists in which a body stands on a line of its own and its people below, set in further."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from kcsp_nlp.minutes.attendance.grids import Cell
from kcsp_nlp.minutes.attendance.labels import Group, is_others, read_group, read_label
from kcsp_nlp.minutes.attendance.layout import before_name, is_prose, opens_with_person
from kcsp_nlp.minutes.attendance.posts import body_name
from kcsp_nlp.minutes.attendance.spaced import split_line
from kcsp_nlp.minutes.attendance.stretches import Stretch
from kcsp_nlp.minutes.lines import Line
from kcsp_nlp.minutes.people.certainty import is_person
from kcsp_nlp.minutes.people.names import parse_name
from kcsp_nlp.minutes.people.words import words
from kcsp_nlp.records import Status

# "Jack Stobbart| JS", "Hazel Young| T": initials or a mark at the end; not "Head of IT".
_TRAILING = re.compile(r"\s+(?P<letters>[A-Z]{1,4})\Z")
# "1. ", "2.1 " open a paragraph; "2nd Lt" does not.
_NUMBERED = re.compile(r"\s*+\(?\d{1,3}[.)]")
_MAX_LINES = 120
_MAX_HEAD = 75
_GROUPS = 2
_PEOPLE = 3
_GROUPS_UNLABELLED = 3
_PEOPLE_UNLABELLED = 5
_MOST = 0.7
_HALF = 0.5
_BLANKS = 2


@dataclass
class _Nest:
    """What has been read of a list: its rows, and how well its lines fit."""

    rows: list[Stretch] = field(default_factory=list)
    groups: set[str] = field(default_factory=set)
    sure: int = 0
    odd: int = 0


def read_nested(lines: Sequence[Line], at: int, status: Status | None) -> tuple[list[Stretch], int]:
    """Read bodies and under each of them, set in, its people.

    Args:
        lines: The lines of a part.
        at: Index of the line that may name the first body.
        status: Of the list; None where no label announces it: then more must speak for it.

    Returns:
        One stretch for each person or two who stand on a line, and the index of the line behind
        them; none where no such list begins.
    """
    margin = _indent(lines[at])
    if not _heads(lines, at, margin):
        return [], at
    nest, end = _Nest(), at
    head, current = Group(), status or "present"
    for index in range(at, min(len(lines), at + _MAX_LINES)):
        line = lines[index]
        if not line.stripped:
            if index - end > _BLANKS:
                break
            continue
        if _indent(line) <= margin:
            told = _category(lines, index, margin, current)
            if told:
                current = told
            elif _heads(lines, index, margin):
                head = _group(line)
            else:
                break
        elif not _take(nest, line, head, current):
            break
        end = index + 1
    if not _holds(nest, labelled=status is not None):
        return [], at
    trailing = sum(_TRAILING.search(row.text) is not None for row in nest.rows)
    usual = trailing > _HALF * len(nest.rows)
    return [replace(row, text=_untrailed(row.text, usual=usual)) for row in nest.rows], end


def _holds(nest: _Nest, *, labelled: bool) -> bool:
    """Whether enough speaks for a list of people under their bodies."""
    groups, people = len(nest.groups), len(nest.rows)
    if nest.odd > (1 - _MOST) * people:
        return False
    if labelled:
        return groups >= _GROUPS and people >= _PEOPLE and nest.sure >= _HALF * people
    enough = groups >= _GROUPS_UNLABELLED and people >= _PEOPLE_UNLABELLED
    return enough and nest.sure >= _MOST * people


def _indent(line: Line) -> int:
    return len(line.text) - len(line.text.lstrip())


def _heads(lines: Sequence[Line], at: int, margin: int) -> bool:
    """Whether a line can name a body, with people below it that are set in further."""
    line = lines[at]
    bare = line.stripped.rstrip(" :")
    if _indent(line) != margin or not 0 < len(bare) <= _MAX_HEAD or line.heading_level:
        return False
    if len(split_line(line)) > 1 or ":" in bare:
        return False
    if not bare[0].isupper() or bare[-1] in ".;," or is_person(bare) or _NUMBERED.match(bare):
        return False
    label = read_label(bare, known="present")
    if (label and label.status and not is_others(bare)) or is_prose(bare):
        return False
    below = lines[at + 1] if at + 1 < len(lines) else None
    return below is not None and bool(below.stripped) and _indent(below) > margin


def _category(lines: Sequence[Line], at: int, margin: int, status: Status) -> Status | None:
    """Read a line over further bodies: "INVITED MEMBERS"; the status of those below it."""
    following = [line for line in lines[at + 1 : at + _BLANKS + 2] if line.stripped]
    nearest = next((i for i in range(at + 1, len(lines)) if lines[i].stripped), len(lines))
    if not following or nearest >= len(lines) or not _heads(lines, nearest, margin):
        return None
    bare = lines[at].stripped.rstrip(" :")
    if len(bare) > _MAX_HEAD or is_prose(bare) or is_person(bare):
        return None
    label = read_label(bare, known=status)
    return (label.status if label else None) or (status if bare.isupper() else None)


def _group(line: Line) -> Group:
    bare = line.stripped.rstrip(" :")
    group = Group() if is_others(bare) else read_group(bare) or Group()
    return Group(role=group.role, organisation=body_name(group.organisation or "") or None)


def _take(nest: _Nest, line: Line, head: Group, status: Status) -> bool:
    """Read the people of a line; False where the line belongs to no list."""
    if is_prose(line.stripped):
        return False
    cells = _people(line)
    if not cells:
        nest.odd += 1
        return len(line.stripped) <= _MAX_HEAD
    nest.groups.add(head.organisation or head.role or "")
    for start, text in cells:
        nest.sure += is_person(text)
        nest.rows.append(Stretch(start, text, status, head.role, head.organisation))
    return True


def _people(line: Line) -> list[Cell]:
    """Return the people of a line, who may stand side by side; none where it opens with none."""
    cells = [_unmarked(cell) for cell in split_line(line)]
    if not cells or not opens_with_person(cells[0][1]):
        return []
    found: list[Cell] = []
    for cell in cells:
        if opens_with_person(cell[1]) and (not found or is_person(cell[1])):
            found.append(cell)
        elif not _are_letters(cell[1]):
            start, text = found[-1]
            gap = cell[0] - start - len(text)
            found[-1] = (start, f"{text}{chr(9).ljust(gap, chr(31))}{cell[1]}")
    return found


def _unmarked(cell: Cell) -> Cell:
    start, text = cell
    begin = before_name(text)
    return start + begin, text[begin:]


def _are_letters(text: str) -> bool:
    return text.isupper() and text.isalpha() and len(text) <= len("ABCD")


def _untrailed(text: str, *, usual: bool) -> str:
    """Return an entry without the person's initials, or a mark, at its end.

    Args:
        text: The entry.
        usual: Whether most entries of the list end so.
    """
    match = _TRAILING.search(text)
    if match is None or match["letters"].lower() in words().post_nominals:
        return text
    name = parse_name(text, 0, len(text))
    letters = match["letters"]
    if name is None or match.start() < name.start:
        return text
    capitals = {character for character in text[: match.start()] if character.isupper()}
    capitals |= {word[0].upper() for word in text[: match.start()].split()}
    own = set(letters) <= capitals and letters[0] in text[name.start : name.end]
    return text[: match.start()] if usual or own or len(letters) == 1 else text
