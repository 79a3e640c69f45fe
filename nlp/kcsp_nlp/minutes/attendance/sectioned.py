"""Tables whose first column heads the rows below it: "| Staff | Ann Lee |", "| | Cy Dale |"."""

from __future__ import annotations

import re
from collections.abc import Sequence

from kcsp_nlp.minutes.attendance.cells import people_in
from kcsp_nlp.minutes.attendance.columns import is_column_head
from kcsp_nlp.minutes.attendance.grids import Cell, mark_of
from kcsp_nlp.minutes.attendance.kinds import kind_of
from kcsp_nlp.minutes.attendance.labels import Group, read_group, read_label
from kcsp_nlp.minutes.attendance.layout import opens_with_person
from kcsp_nlp.minutes.attendance.stretches import Stretch
from kcsp_nlp.minutes.people.certainty import is_person
from kcsp_nlp.records import Status

# "Ann Lee| (Chair)", "Cy Dale| – until 12.30" but not "Finch-Moss".
_BEHIND = re.compile(r"\s*\(|\s[–—-]\s|,")
_FEWEST = 4
_PAIR = 2
_MOST = 0.75
_HALF = 0.5


def read_sectioned(table: Sequence[Sequence[Cell]], status: Status | None) -> list[Stretch]:
    """Read rows of people whose first cell is a label that holds until the next one.

    Args:
        table: The rows that hold text.
        status: Of the list the table stands in; None outside of one.

    Returns:
        One stretch per row of a person; none where the first column is left empty nowhere, says
        nothing of attendance, or where the second holds other things than people.
    """
    rows = [row for row in table if len(row) > 1 and row[1][1]]
    if rows and not rows[0][0][1] and is_column_head(rows[0][1][1]):
        rows = rows[1:]  # "| | Name | Role |"
    people = [row[1][1] for row in rows if opens_with_person(row[1][1])]
    if len(people) < max(_FEWEST, _MOST * len(rows)):
        return []
    heads = [row[0][1].rstrip(" :") for row in rows]
    if all(heads) or not heads[0] or sum(map(is_person, people)) < _HALF * len(people):
        return []
    labels = [read_label(head, known="present") for head in heads if head]
    told = sum(bool(label and label.status) for label in labels)
    if any(map(is_person, heads)) or told < (1 if status else _PAIR):
        return []
    others = [label for label in labels if label and label.status == "in_attendance"]
    surely = any(not label.weak for label in others)  # then "Staff" is a group of those present
    found: list[Stretch] = []
    current: Status = status or "present"
    group = Group()
    for head, row in zip(heads, rows, strict=True):
        if head:
            current, group = _headed(head, current, surely=surely)
        if opens_with_person(row[1][1]):
            said = [text for _, text in row[_PAIR:] if text and mark_of(text) is None]
            for start, person in people_in(row[1]):
                text = "\t".join([person, *said])
                role, body = group.role, group.organisation
                found.append(Stretch(start, text, current, role, body, row=True))
    return found


def _headed(head: str, current: Status, *, surely: bool) -> tuple[Status, Group]:
    """Return the status of the rows that a cell heads, and what it says of their people."""
    label = read_label(head, known=current)
    if label and label.status and not (surely and label.weak and not label.role):
        return label.status, Group(role=label.role)
    body = read_group(head) if kind_of(head) == "body" else None
    return current, body or Group()


def read_side_by_side(table: Sequence[Sequence[Cell]], status: Status | None) -> list[Stretch]:
    """Read a table every cell of which names a person; else as `read_sectioned`."""
    cells = [cell for row in table for cell in row if cell[1]]
    beside = sum(len([text for _, text in row if text]) > 1 for row in table)
    if status is None or len(cells) < _FEWEST or beside < _HALF * len(table):
        return []
    read = [_labelled(cell, status) for cell in cells]
    if not all(opens_with_person(text) for _, (_, text) in read):
        return []
    sure = sum(is_person(_BEHIND.split(text, maxsplit=1)[0]) for _, (_, text) in read)
    if sure < _MOST * len(read):
        return []
    return [Stretch(start, text, said) for said, (start, text) in read]


def _labelled(cell: Cell, status: Status) -> tuple[Status, Cell]:
    """Split "Apology: Ann Lee" in a cell into the status and the person."""
    start, text = cell
    label, colon, person = text.partition(":")
    group = read_label(label, known=status) if colon else None
    if group is None or group.status is None:
        return status, cell
    begin = len(text) - len(person.lstrip())
    return group.status, (start + begin, text[begin:])
