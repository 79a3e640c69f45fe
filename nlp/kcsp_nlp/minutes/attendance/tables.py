"""Attendance in markdown tables."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from kcsp_nlp.minutes.attendance.cells import cells_of, holds_person, led_by_office, people_in
from kcsp_nlp.minutes.attendance.columns import is_column_head
from kcsp_nlp.minutes.attendance.grids import (
    Cell,
    Columns,
    infer_columns,
    mark_of,
)
from kcsp_nlp.minutes.attendance.kinds import is_body_alone, kind_of
from kcsp_nlp.minutes.attendance.labels import Group, read_group, read_label
from kcsp_nlp.minutes.attendance.layout import opens_with_person
from kcsp_nlp.minutes.attendance.posts import body_name
from kcsp_nlp.minutes.attendance.sectioned import read_sectioned, read_side_by_side
from kcsp_nlp.minutes.attendance.stretches import Stretch
from kcsp_nlp.minutes.lines import Line
from kcsp_nlp.minutes.people.certainty import is_person
from kcsp_nlp.minutes.people.names import parse_name
from kcsp_nlp.minutes.people.words import words
from kcsp_nlp.records import Status

# "| --- | :--: |" but not "| - | Ward |".
_RULE = re.compile(r"[\s|:=-]+\Z")
# "(minutes)", "(joined 13:40)" behind a role or a body, but not "(Operations)".
_ASIDE = re.compile(
    r"\s*\((?:the )?(?:minutes?|notes?|note ?taker|minute ?taker|in the chair|observ(?:ing|er)"
    r"|(?:joined|left|until|till|from|to) [^()]{0,12}\d[^()]{0,8})\)",
    re.IGNORECASE,
)
_DASHES = "–—- "
_NOT_THERE = frozenset("–—-")
_PAIR = 2
_FEWEST = 3


def read_table(
    rows: Sequence[Line], status: Status | None, *, unmarked: bool = False
) -> list[Stretch]:
    """Read a table as an attendance list.

    Args:
        rows: Consecutive table rows.
        status: Of the list the table stands in; None outside of one.
        unmarked: Whether people beside their bodies are a list though no word says so.

    Returns:
        One stretch per person; none where the table is something else.
    """
    cells = [cells_of(row) for row in rows if not _RULE.match(row.text)]
    return read_cells(cells, status, unmarked=unmarked)


def read_cells(
    rows: Sequence[Sequence[Cell]], status: Status | None, *, unmarked: bool = False
) -> list[Stretch]:
    """Read the cells of a table as an attendance list; else as `read_table`."""
    table = [row for row in rows if any(text for _, text in row)]
    shaped = read_sectioned(table, status) or read_side_by_side(table, status)
    if shaped:
        return shaped
    found = list(_label_rows(table)) or list(_people_rows(table, status))
    if len(found) * _PAIR < len(table):
        inferred = list(_inferred_rows(table, status, unmarked=unmarked))
        found = inferred if len(inferred) > len(found) else found
    return found or list(_grouped_columns(table, status))


def read_groups(rows: Sequence[Sequence[Cell]], status: Status | None) -> list[Stretch]:
    """Read columns each of which a group heads, its people below; else as `read_table`."""
    return list(_grouped_columns(rows, status))


def _inferred_rows(
    table: Sequence[Sequence[Cell]], status: Status | None, *, unmarked: bool
) -> Iterator[Stretch]:
    """Read rows of a table whose columns nothing but their cells explain."""
    inferred = infer_columns(table, status, unmarked=unmarked)
    if inferred is None:
        return
    columns, body = inferred
    columns = columns.with_crosses(body)
    for row in body:
        if columns.name >= len(row) or not row[columns.name][1]:
            continue
        told = [
            read_label(text, known=status or "present")
            for i, (_, text) in enumerate(row)
            if i in columns.describing
        ]
        label = next((each for each in told if each and each.status and not each.role), None)
        if label and label.status:
            yield from _cell(row[columns.name], [], label.status, None, None)
        else:
            yield from _row(row, columns, status or "present")


def _grouped_columns(table: Sequence[Sequence[Cell]], status: Status | None) -> Iterator[Stretch]:
    """Read columns of people, each with the group they belong to as a head of its own."""
    cells = [text for row in table for _, text in row if text]
    if status is None or sum(map(opens_with_person, cells)) * _PAIR < len(cells):
        return
    groups: dict[int, Group] = {}
    for row in table:
        for i, (start, text) in enumerate(row):
            group = groups.get(i, Group())
            head = _group_of(text)
            if head:
                groups[i] = head
            elif opens_with_person(text):
                name, _, said = text.partition("\t")
                role = None if said else group.role
                there = group.status or status
                told = [said] * bool(said)
                yield from _cell((start, name), told, there, role, group.organisation)


def _label_rows(table: Sequence[Sequence[Cell]]) -> Iterator[Stretch]:
    """Read rows such as `| **Apologies** | Harriet Lo, Colin Pescod |`.

    Where the table's only head is "Present", rows of a name stand before them.
    """
    known: Status | None = None
    role: str | None = None
    if not any(map(_is_label_row, table)):
        return
    for row in table:
        filled = [cell for cell in row if cell[1]]
        titled = _plural_title(filled[0][1]) if filled else None
        role, filled = (titled, filled[1:]) if titled else (role, filled)
        if filled and row is not table[0] and known and opens_with_person(filled[0][1]):
            if len(filled) > 1 and all(holds_person(text) for _, text in filled):
                for cell in filled:
                    yield from _cell(cell, [], known, role, None)
                continue
            yield from _cell(filled[0], [text for _, text in filled[1:]], known, role, None)
            continue
        if len(filled) == 1 and row is table[0]:
            head = read_label(filled[0][1].rstrip(" :"), known=None)
            known = head.status if head else None
        if len(filled) != _PAIR or is_column_head(filled[1][1]):
            continue
        group = read_label(filled[0][1].rstrip(" :"), known=known)
        if group and group.status and opens_with_person(filled[1][1]):
            known = group.status
            yield Stretch(*filled[1], group.status, group.role)


def _plural_title(text: str) -> str | None:
    """Return "Cllr" for "Cllrs.", which stands beside the people it is the title of."""
    return words().councillors.get(text.strip(" .:").lower())


def _is_label_row(row: Sequence[Cell]) -> bool:
    filled = [text for _, text in row if text]
    group = read_label(filled[0].rstrip(" :"), known=None) if len(filled) == _PAIR else None
    return bool(group and group.status) and opens_with_person(filled[1])


def _people_rows(table: Sequence[Sequence[Cell]], status: Status | None) -> Iterator[Stretch]:
    """Read rows of a name and what describes it, under a header where there is one."""
    if not table:
        return
    columns = Columns.headed(table[0])
    body = table[1:]
    if columns is None:
        if status is None or not opens_with_person(table[0][0][1]):
            return
        columns, body = Columns(0, range(1, len(table[0]))), table
    elif status is None and not _heads_people(table, columns):
        return
    titled = read_label(table[0][columns.name][1].rstrip(" :"), known=status)
    current: Status = (titled.status if titled else None) or status or "present"
    columns = columns.with_unheaded(body).with_crosses(body)
    for row in body:
        filled = [text for _, text in row if text]
        if len(filled) == 1 and not opens_with_person(filled[0]):
            group = read_label(filled[0].rstrip(" :"), known=current)
            current = (group.status if group else None) or current
        elif columns.name < len(row) and row[columns.name][1]:
            yield from _row(row, columns, current)


def _heads_people(table: Sequence[Sequence[Cell]], columns: Columns) -> bool:
    """Whether a header outside of any list announces people: "Name", or "Present" above one."""
    if columns.describing or "name" in table[0][columns.name][1].lower():
        return True
    first = [row[columns.name][1] for row in table[1 : 1 + _FEWEST] if columns.name < len(row)]
    opening = [opens_with_person(text) or led_by_office(text) is not None for text in first]
    return bool(columns.statuses) and any(opening)


def _row(row: Sequence[Cell], columns: Columns, current: Status) -> Iterator[Stretch]:
    """Read one row: a cell of names, which may hold several, and what is said of them."""
    lone = len(columns.statuses) == 1
    marks = [
        _mark(text, columns.statuses.get(i), crossed=columns.crossed, lone=lone)
        for i, (_, text) in enumerate(row)
        if i not in (columns.name, *columns.describing, *columns.initials)
    ]
    status = next((mark for mark in reversed(marks) if mark), None) or current
    if status == "present" and current == "in_attendance":
        status = current  # ticked below a row that reads "Officers"
    if columns.dated is not None and columns.dated < len(row):
        status = mark_of(row[columns.dated][1]) or status
    said = {
        i: row[i][1].replace(";", ",")
        for i in columns.describing
        if i < len(row) and row[i][1].strip(_DASHES)
    }
    body = role = None
    if columns.body in said and (columns.role in said or is_body_alone(said[columns.body])):
        cell = said.pop(columns.body)
        seen = cell.lower() in words().marks  # "Observer"
        body = (
            None
            if seen or kind_of(cell) == "note" or _ASIDE.fullmatch(cell)
            else body_name(_ASIDE.sub("", cell))
        )
        if columns.role in said and kind_of(said[columns.role]) != "note":
            role = " ".join(_ASIDE.sub("", said.pop(columns.role)).split())
            if columns.sectors:
                role, body = _split_post(role, body)
    yield from _cell(row[columns.name], list(said.values()), status, role, body)
    for i, headed in columns.statuses.items():
        if i < len(row) and i != columns.name and opens_with_person(row[i][1]):
            yield from _cell(row[i], [], headed, None, None)
    titled = _is_titled(row[columns.name][1])
    for i in columns.bare:
        if i < len(row) and opens_with_person(row[i][1]) and titled <= _is_titled(row[i][1]):
            yield from _cell(row[i], [], status, None, None)


def _split_post(cell: str, sector: str | None) -> tuple[str, str | None]:
    """Split "Headteacher, Fell Juniors" into role and body, which goes before a mere sector."""
    role, comma, rest = cell.partition(", ")
    if not comma or "," in rest or kind_of(role) != "role":
        return cell, sector
    named = rest[:1].isupper() and kind_of(rest) in ("body", "unknown")
    return (role, body_name(rest)) if named else (cell, sector)


def _is_titled(text: str) -> bool:
    name = parse_name(text, 0, len(text))
    return name is not None and name.titled


def _cell(
    cell: Cell, said: Sequence[str], status: Status, role: str | None, body: str | None
) -> Iterator[Stretch]:
    """Read a cell of names, one on each of its lines."""
    for at, name in people_in(cell):
        office = led_by_office(name)
        start = office[1] if office else 0
        text = "\t".join([name[start:], *said])
        yield Stretch(at + start, text, status, office[0] if office else role, body, row=True)


def _group_of(text: str) -> Group | None:
    """Read a cell that heads the people below it: "Parish Members", "Fell Council"."""
    name = parse_name(text, 0, len(text))
    if "," in text and is_person(text.split(",", 1)[0]):
        return None
    if not text or (name and (name.titled or (kind_of(text) != "body" and text[-1:] != "s"))):
        return None
    label = read_label(text.rstrip(" :"), known="present")
    if label and label.status:
        return label  # "Members" and, beside it, "Officers"
    group = read_group(text.rstrip(" :"))
    return Group() if group is None or text.lower().startswith("secretary of state") else group


def _mark(text: str, headed: Status | None, *, crossed: bool, lone: bool) -> Status | None:
    """Read a cell: a letter or a tick, which says "present" or what heads its column."""
    mark = mark_of(text)
    if headed == "present" and text in _NOT_THERE and lone:
        return "absent"
    if crossed and headed and mark == "absent":
        return headed
    return headed if mark == "present" and headed else mark
