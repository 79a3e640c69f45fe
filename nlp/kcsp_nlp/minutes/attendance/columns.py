"""Attendance in columns that a converter has set one under the other."""

from __future__ import annotations

import re
from collections.abc import Sequence

from kcsp_nlp.minutes.attendance.layout import before_name
from kcsp_nlp.minutes.lines import Line
from kcsp_nlp.minutes.people.names import parse_name
from kcsp_nlp.minutes.people.words import words

# "(Chair)", "[PB]" and "✓" after a name.
_REST = re.compile(r"[(\[][^()\[\]]{0,60}[)\]]|[✓✔√]")
# "Job", "Rôl" but not "21/03".
_WORDS = re.compile(r"[^\W\d_]+")
_MAX_CELL = 200
_FEWEST = 3
_CELLS = 2


def head_words(text: str) -> set[str]:
    """Return the words of a column's head in lower case: "Job Title", "Rôl / Role"."""
    return set(_WORDS.findall(text[:_MAX_CELL].lower()))


def is_column_head(text: str) -> bool:
    """Tell whether a line or cell heads columns: "Name", "Job Title", "Rôl / Role"."""
    found = head_words(text)
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
    headed = _headed_rows(lines, first)
    if headed:
        return headed
    at = first
    while at < len(lines) and _is_name_line(lines[at]):
        at += 1
    names = lines[first:at]
    if len(names) < _FEWEST:
        return _alternating(lines[first:])
    columns = _columns(lines[at:], len(names))
    if not columns:
        return []
    kept = [column for head, column in columns if not head & words().ward_columns]
    if any(sum(map(_is_name_line, column)) * 2 > len(names) for column in kept):
        return []
    return [[name, *(column[i] for column in kept)] for i, name in enumerate(names)]


def _headed_rows(lines: Sequence[Line], size: int) -> list[list[Line]]:
    """Read rows whose cells stand one under the other, below heads that do so too."""
    if size < _CELLS or (len(lines) % size) or len(lines) < _FEWEST * size:
        return []
    rows = [list(lines[i : i + size]) for i in range(size, len(lines), size)]
    heads = [head_words(line.stripped) for line in lines[:size]]
    if not heads[0] & words().name_columns or not all(_is_name_line(row[0]) for row in rows):
        return []
    kept = [i for i, head in enumerate(heads) if i == 0 or head & words().columns]
    return [[row[i] for i in kept] for row in rows]


def _alternating(lines: Sequence[Line]) -> list[list[Line]]:
    """Read rows whose cells stand one under the other: a name, a role, a name, a role."""
    for size in (2, 3):
        if len(lines) % size or len(lines) < _FEWEST * size:
            continue
        named = [_is_name_line(line) for line in lines]
        if all(is_name == (i % size == 0) for i, is_name in enumerate(named)):
            return [list(lines[i : i + size]) for i in range(0, len(lines), size)]
    return []


def _columns(lines: Sequence[Line], size: int) -> list[tuple[set[str], Sequence[Line]]]:
    """Cut lines into columns of `size`, each with its head's words; none if they do not fit."""
    found: list[tuple[set[str], Sequence[Line]]] = []
    while lines:
        head: set[str] = set()
        if is_column_head(lines[0].stripped) and len(lines) % size != 0:
            head = head_words(lines[0].stripped)
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
