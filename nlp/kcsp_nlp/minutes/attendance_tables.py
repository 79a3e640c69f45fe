"""Attendance in markdown tables, and in columns that a converter has set one under the other."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from kcsp_nlp.minutes.attendance_entries import Stretch
from kcsp_nlp.minutes.attendance_labels import read_label
from kcsp_nlp.minutes.attendance_layout import before_name
from kcsp_nlp.minutes.lines import Line
from kcsp_nlp.minutes.names import parse_name
from kcsp_nlp.records import Status

_NAME = frozenset(
    "name names present attendees attendee member members councillor councillors who trustee "
    "governor apologies attended attending".split()
)
_DESCRIBES = frozenset(
    "title role post job designation capacity office position representing organisation "
    "organization agency body school service company partner".split()
)
_OTHER_HEADS = frozenset("ward division initials and or enw rôl sefydliad teitl swydd".split())
_MARKS: dict[str, Status] = {
    "✓": "present", "✔": "present", "√": "present", "p": "present", "y": "present",
    "yes": "present", "present": "present", "attended": "present", "a": "apologies",
    "apologies": "apologies", "apols": "apologies", "apology": "apologies", "ap": "apologies",
    "x": "absent", "✗": "absent", "✘": "absent", "n": "absent", "no": "absent",
    "absent": "absent", "in attendance": "in_attendance", "in att": "in_attendance",
    "did not attend": "absent", "ab": "absent", "part": "present",
}  # fmt: skip
# "| --- | :--: |" but not "| - | Ward |".
_RULE = re.compile(r"[\s|:=-]+\Z")
_CELL = re.compile(r"(?:^|(?<=\|))([^|\n]*)(?=\||$)")
# "(Chair)", "[PB]" and "✓" after a name.
_REST = re.compile(r"[(\[][^()\[\]]{0,60}[)\]]|[✓✔√]")
_MAX_CELL = 200
_FEWEST = 3
_WORDS = re.compile(r"[^\W\d_]+")

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
    if not table:
        return []
    pairs = list(_label_rows(table))
    if pairs:
        return pairs
    header = [set(_WORDS.findall(text.lower())) for _, text in table[0]]
    return list(_people_rows(table, header, status))


def _label_rows(table: Sequence[Sequence[Cell]]) -> Iterator[Stretch]:
    """Read rows such as `| **Apologies** | Harriet Lo, Colin Pescod |`."""
    known: Status | None = None
    for row in table:
        filled = [cell for cell in row if cell[1]]
        if len(filled) != 2:
            continue
        group = read_label(filled[0][1].rstrip(" :"), known_status=known)
        if group and group.status and parse_name(filled[1][1], 0, len(filled[1][1])):
            if _is_header(filled):
                continue
            known = group.status
            yield Stretch(*filled[1], group.status, group.role)


def _is_header(cells: Sequence[Cell]) -> bool:
    seconds = {word for _, text in cells[1:] for word in _WORDS.findall(text.lower())}
    return bool(seconds) and seconds <= _DESCRIBES | {"ward", "initials", "group"}


def _people_rows(
    table: Sequence[Sequence[Cell]], header: list[set[str]], status: Status | None
) -> Iterator[Stretch]:
    name_at = next((i for i, cell in enumerate(header) if cell & _NAME), None)
    titled = read_label(table[0][name_at or 0][1].rstrip(" :"), known_status=status)
    if name_at is None or (
        titled is None
        and "name" not in str(table[0][name_at][1]).lower()
        and status is None
        and not any(c & _DESCRIBES for c in header)
    ):
        return
    if len(header) == 1 and status is None:
        return
    current: Status = status or "present"
    if titled and titled.status:
        current = titled.status
    kept = [i for i, cell in enumerate(header) if i != name_at and cell & _DESCRIBES]
    for row in table[1:]:
        filled = [cell for cell in row if cell[1]]
        if len(filled) == 1:
            group = read_label(filled[0][1].rstrip(" :"), known_status=current)
            if group and group.status:
                current = group.status
            continue
        if name_at >= len(row) or not row[name_at][1]:
            continue
        marks = [_mark(text) for i, (_, text) in enumerate(row) if i != name_at and i not in kept]
        mark = next((m for m in marks if m), None)
        described = [row[i][1] for i in kept if i < len(row) and row[i][1].strip("–—- ")]
        start, name = row[name_at]
        yield Stretch(start, "\t".join([name, *described]), mark or current, row=True)


def _mark(text: str) -> Status | None:
    bare = re.sub(r"\(.*|[.\s]+$", "", text).strip().lower().rstrip(".")
    return _MARKS.get(bare)


def read_columns(lines: Sequence[Line]) -> list[list[Line]]:
    """Pair up columns that stand one under the other.

    Args:
        lines: The lines of the list that hold text, without heading or label.

    Returns:
        For each person the line of the name and those that describe it, the name first; empty
        where the lines are no such columns.
    """
    body = [line for line in lines]
    names: list[Line] = []
    at = 0
    while at < len(body) and not _is_name_line(body[at]) and is_column_head(body[at].stripped):
        at += 1
    while at < len(body) and _is_name_line(body[at]) and not is_column_head(body[at].stripped):
        names.append(body[at])
        at += 1
    if len(names) < _FEWEST:
        return []
    wards = False
    columns: list[list[Line]] = []
    rest = [line for line in body[at:]]
    while rest:
        ward = False
        if is_column_head(rest[0].stripped) and (len(rest) - 1) % len(names) in (0, *range(1, 3)):
            ward = bool({"ward", "initials"} & _head_words(rest[0]))
            rest = rest[1:]
        if len(rest) < len(names):
            return []
        wards = wards or ward
        if not ward:
            columns.append(rest[: len(names)])
        rest = rest[len(names) :]
    if any(sum(_is_name_line(line) for line in column) * 2 > len(names) for column in columns):
        return []
    if not columns and not wards:
        return []
    return [[name, *(column[i] for column in columns)] for i, name in enumerate(names)]


def _head_words(line: Line) -> set[str]:
    return set(_WORDS.findall(line.stripped.lower()))


def is_column_head(text: str) -> bool:
    """Tell whether a line heads columns: "Name", "Job Title", "Rôl / Role"."""
    found = set(_WORDS.findall(text.lower()))
    return bool(found) and found <= _NAME | _DESCRIBES | _OTHER_HEADS


def _is_name_line(line: Line) -> bool:
    text = line.text[:_MAX_CELL]
    name = parse_name(text, before_name(text), len(text))
    if name is None or (name.size == 1 and not name.titled and "(" not in text):
        return False
    return not _REST.sub("", text[name.rest :]).strip()
