"""Attendance in markdown tables, and in columns that a converter has set one under the other."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from kcsp_nlp.minutes.attendance_labels import read_label
from kcsp_nlp.minutes.attendance_layout import before_name, opens_with_person
from kcsp_nlp.minutes.attendance_stretches import Stretch
from kcsp_nlp.minutes.lines import Line
from kcsp_nlp.minutes.names import parse_name
from kcsp_nlp.minutes.people import words
from kcsp_nlp.records import Status

# "| --- | :--: |" but not "| - | Ward |".
_RULE = re.compile(r"[\s|:=-]+\Z")
# "(Chair)", "[PB]" and "✓" after a name.
_REST = re.compile(r"[(\[][^()\[\]]{0,60}[)\]]|[✓✔√]")
# " (from 4)" and "." after a mark, but not "Apols".
_AFTER_MARK = re.compile(r"\s*+\(.*|\.")
# "Job", "Rôl" but not "21/03".
_WORDS = re.compile(r"[^\W\d_]+")
_DASHES = "–—- "
_PAIR = 2
_MAX_CELL = 200
_FEWEST = 3

Cell = tuple[int, str]


def cells_of(line: Line) -> list[Cell]:
    """Return the cells of a table row: where each begins in the document, and its text."""
    text = line.text.rstrip()
    first = text.find("|") + 1
    last = len(text) - 1 if text.endswith("|") and len(text) > first else len(text)
    found: list[Cell] = []
    at = first
    for part in text[first:last].split("|"):
        lead = len(part) - len(part.lstrip())
        found.append((line.start + at + lead, part.strip()))
        at += len(part) + 1
    return found


def read_table(rows: Sequence[Line], status: Status | None) -> list[Stretch]:
    """Read a table as an attendance list.

    Args:
        rows: Consecutive table rows.
        status: Of the list the table stands in; None outside of one.

    Returns:
        One stretch per person; none where the table is something else.
    """
    table = [cells_of(row) for row in rows if not _RULE.match(row.text)]
    table = [row for row in table if any(text for _, text in row)]
    return list(_label_rows(table)) or list(_people_rows(table, status))


def _label_rows(table: Sequence[Sequence[Cell]]) -> Iterator[Stretch]:
    """Read rows such as `| **Apologies** | Harriet Lo, Colin Pescod |`."""
    known: Status | None = None
    for row in table:
        filled = [cell for cell in row if cell[1]]
        if len(filled) != _PAIR or is_column_head(filled[1][1]):
            continue
        group = read_label(filled[0][1].rstrip(" :"), known=known)
        if group and group.status and opens_with_person(filled[1][1]):
            known = group.status
            yield Stretch(*filled[1], group.status, group.role)


def _people_rows(table: Sequence[Sequence[Cell]], status: Status | None) -> Iterator[Stretch]:
    """Read rows of a name and what describes it, under a header where there is one."""
    if not table:
        return
    header = [set(_WORDS.findall(text.lower())) for _, text in table[0]]
    name_at = next((i for i, cell in enumerate(header) if cell & words().name_columns), None)
    describing = [i for i, cell in enumerate(header) if i != name_at and cell & words().columns]
    body = table[1:]
    if name_at is None:
        if status is None or not table[0] or not opens_with_person(table[0][0][1]):
            return
        name_at, body, describing = 0, table, list(range(1, len(table[0])))
    elif status is None and not describing and "name" not in header[name_at]:
        return
    titled = read_label(table[0][name_at][1].rstrip(" :"), known=status)
    current: Status = (titled.status if titled else None) or status or "present"
    for row in body:
        filled = [text for _, text in row if text]
        if len(filled) == 1:
            group = read_label(filled[0].rstrip(" :"), known=current)
            current = (group.status if group else None) or current
        elif name_at < len(row) and row[name_at][1]:
            marks = [
                _mark(text) for i, (_, text) in enumerate(row) if i not in (name_at, *describing)
            ]
            mark = next((mark for mark in marks if mark), None)
            said = [row[i][1] for i in describing if i < len(row) and row[i][1].strip(_DASHES)]
            start, name = row[name_at]
            yield Stretch(start, "\t".join([name, *said]), mark or current, row=True)


def _mark(text: str) -> Status | None:
    return words().marks.get(_AFTER_MARK.sub("", text).strip().lower())


def is_column_head(text: str) -> bool:
    """Tell whether a line or cell heads columns: "Name", "Job Title", "Rôl / Role"."""
    found = set(_WORDS.findall(text[:_MAX_CELL].lower()))
    lists = words()
    return bool(found) and found <= lists.name_columns | lists.columns | lists.other_columns


def read_columns(lines: Sequence[Line]) -> list[list[Line]]:
    """Pair up columns that stand one under the other.

    Args:
        lines: The lines of the list that hold text, without heading or label.

    Returns:
        For each person the line of the name and those that describe it, the name first; empty
        where the lines are no such columns.
    """
    first = 0
    while first < len(lines) and is_column_head(lines[first].stripped):
        first += 1
    at = first
    while at < len(lines) and _is_name_line(lines[at]):
        at += 1
    names = lines[first:at]
    if len(names) < _FEWEST:
        return []
    columns = _columns(lines[at:], len(names))
    if not columns:
        return []
    kept = [column for head, column in columns if not head & words().ward_columns]
    if any(sum(map(_is_name_line, column)) * 2 > len(names) for column in kept):
        return []
    return [[name, *(column[i] for column in kept)] for i, name in enumerate(names)]


def _columns(lines: Sequence[Line], size: int) -> list[tuple[set[str], Sequence[Line]]]:
    """Cut lines into columns of `size`, each with its head's words; none if they do not fit."""
    found: list[tuple[set[str], Sequence[Line]]] = []
    while lines:
        head: set[str] = set()
        if is_column_head(lines[0].stripped) and len(lines) % size != 0:
            head = set(_WORDS.findall(lines[0].stripped.lower()))
            lines = lines[1:]
        if len(lines) < size:
            return []
        found.append((head, lines[:size]))
        lines = lines[size:]
    return found


def _is_name_line(line: Line) -> bool:
    text = line.text[:_MAX_CELL]
    name = parse_name(text, before_name(text), len(text))
    if name is None or is_column_head(text):
        return False
    if name.size == 1 and not name.titled and "(" not in text:
        return False
    return not _REST.sub("", text[name.rest :]).strip()
