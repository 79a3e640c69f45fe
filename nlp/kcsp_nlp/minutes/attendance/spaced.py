"""Columns that stand side by side in plain text, parted by white space."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from kcsp_nlp.minutes.attendance.cells import holds_person
from kcsp_nlp.minutes.attendance.columns import head_words, is_column_head
from kcsp_nlp.minutes.attendance.grids import BODY_HEAD, Cell, mark_of
from kcsp_nlp.minutes.attendance.kinds import kind_of
from kcsp_nlp.minutes.attendance.labels import opens_other_list, read_group, read_label
from kcsp_nlp.minutes.attendance.layout import before_name, opens_with_person
from kcsp_nlp.minutes.lines import Line
from kcsp_nlp.minutes.people.certainty import is_person
from kcsp_nlp.minutes.people.names import is_given_name, parse_name
from kcsp_nlp.minutes.people.words import words
from kcsp_nlp.records import Status

# "Ann Lee|   |Clerk" and a tab, but not "Ann  Lee".
GAP = re.compile(r"[ \x1f]{3,}|[ ]{0,2}\t\s*+")
# "Initials|  |Title", as narrow as columns under heads can stand.
_NARROW = re.compile(r"[ ]{2,}|[ ]?\t\s*+")
# "Name     Initials" opens a table; "Name of the charity" does not.
_HEAD = re.compile(r"\s{0,8}\w{3,12}(?: \w{1,12})?(?:\s{3,}|\t)", re.IGNORECASE)
# "by telephone, |Ann Lee": what stands before a name in its column.
_BEFORE_COMMA = re.compile(r"([^,(]{2,30}),\s++")
# "Community Manager| ✓" but not "✓".
_TICK_BEHIND = re.compile(r"(?<=\S)\s[✓✔√]\Z")
_MAX_LINE = 400
_MAX_ROWS = 120
_FEWEST = 3
_MOST = 0.7
_FEW = 0.2
_PAIR = 2


class Side(NamedTuple):
    """A line whose first column says where the person in the second comes from."""

    line: Line
    body_end: int
    begin: int


def split_line(line: Line, gaps: re.Pattern[str] = GAP) -> list[Cell]:
    """Return the cells of a line: where each begins in the document, and its text."""
    text = line.text[:_MAX_LINE].rstrip()
    cells: list[Cell] = []
    at = len(text) - len(text.lstrip())
    for gap in gaps.finditer(text, at):
        cells.append((line.start + at, text[at : gap.start()].rstrip()))
        at = gap.end()
    cells.append((line.start + at, text[at:]))
    return cells if text else []


def read_headed(lines: Sequence[Line], at: int) -> tuple[list[list[Cell]], int]:
    """Read a table whose columns have heads: "Name     Title     Organisation".

    Args:
        lines: The lines of a part.
        at: Index of the line that may hold the heads.

    Returns:
        The rows, all as long as the first, which holds the heads; and the index of the line
        behind the table. No rows where none begins.
    """
    heads = split_line(lines[at], _NARROW) if _HEAD.match(lines[at].text) else []
    if len(heads) < _PAIR:
        return [], at
    if _head_marks(heads):
        heads = _with_description(heads, lines, at)
    elif not _head_people(heads):
        return [], at
    starts = [start - lines[at].start for start, _ in heads]
    rows, end = _rows(lines, at + 1, starts)
    named = sum(len(row) > 0 and opens_with_person(row[0][1]) for row in rows)
    return ([heads, *rows], end) if named * _PAIR > len(rows) else ([], at)


def _head_people(heads: Sequence[Cell]) -> bool:
    """Whether heads begin with one of names: "Name     Title"."""
    first, second = heads[0][1], heads[1][1]
    beside = is_column_head(second) or (len(heads) > _PAIR and bool(BODY_HEAD.match(second)))
    if not is_column_head(first) or not beside:
        return False
    return not opens_with_person(first) and bool(head_words(first) & words().name_columns)


def _head_marks(heads: Sequence[Cell]) -> bool:
    """Whether all heads but the first say who was there: "HERE    SORRY"."""
    labels = [read_label(text.rstrip(" :?"), known=None) for _, text in heads[1:]]
    told = [label for label in labels if label and label.status]
    return len(told) == len(labels) >= _PAIR and not is_person(heads[0][1])


def _with_description(heads: Sequence[Cell], lines: Sequence[Line], at: int) -> list[Cell]:
    """Add the column without a head that stands between the names and the marks."""
    rows = [split_line(line, _NARROW) for line in lines[at + 1 : at + 1 + _FEWEST]]
    columns = [
        row[1][0] - line.start
        for row, line in zip(rows, lines[at + 1 :], strict=False)
        if len(row) > 1
    ]
    marks = heads[1][0] - lines[at].start
    if not columns or max(columns) >= marks - len(heads[1][1]):
        return list(heads)
    return [heads[0], (lines[at].start + min(columns), ""), *heads[1:]]


def _rows(lines: Sequence[Line], at: int, starts: Sequence[int]) -> tuple[list[list[Cell]], int]:
    """Return the rows from index `at` on, and the index of the line behind the last."""
    rows: list[list[Cell]] = []
    end = at
    for index in range(at, min(len(lines), at + _MAX_ROWS)):
        line = lines[index]
        if not line.stripped:
            continue
        cells = split_line(line, _NARROW)
        if index > end and any(head_words(text) & words().other_tables for _, text in cells):
            break  # the head of another table
        single = len(cells) == 1
        if single and (index > end or not _goes_with_table(cells[0][1])):
            break
        if single and cells[0][0] - line.start > starts[0] + 1:
            end = index + 1
            continue  # a cell's second line
        rows.append(_placed(cells, line, starts))
        end = index + 1
    return rows, end


def _goes_with_table(text: str) -> bool:
    """Whether a line of one cell stands in a table: a name, a heading like "Non-voting"."""
    if opens_other_list(text):
        return False
    return ":" not in text and len(text.split()) < _FEWEST + _PAIR


def _placed(cells: Sequence[Cell], line: Line, starts: Sequence[int]) -> list[Cell]:
    """Put each cell under the nearest head."""
    row: list[Cell] = [(line.end, "")] * len(starts)
    for start, text in _ticks_apart(cells):
        column = start - line.start
        nearest = min(range(len(starts)), key=lambda i: abs(starts[i] - column))
        before, said = row[nearest]
        if not said or (nearest and not mark_of(text)):  # "KCC   Manager" under one head
            row[nearest] = (before, f"{said}, {text}") if said else (start, text)
    return row


def _ticks_apart(cells: Sequence[Cell]) -> Iterator[Cell]:
    """Yield cells, a tick that has run up to the text of one as a cell of its own."""
    for start, text in cells:
        tick = _TICK_BEHIND.search(text)
        if tick:
            yield start, text[: tick.start()]
            yield start + tick.end() - 1, text[tick.end() - 1 :]
        else:
            yield start, text


def read_grouped(lines: Sequence[Line], at: int) -> tuple[list[list[Cell]], int]:
    """Read columns each of which a body or a group heads, its people below.

    Args:
        lines: The lines of a part.
        at: Index of the line that may hold the heads.

    Returns:
        As of `read_headed`; a line that only goes on with the cells above is left out.
    """
    heads = split_line(lines[at])
    if len(heads) < _PAIR:
        return [], at
    if not all(_is_group(text) for _, text in heads) and not _over_people(heads, lines, at):
        return [], at
    starts = [start - lines[at].start for start, _ in heads]
    rows, end = [heads], at + 1
    for index in range(at + 1, min(len(lines), at + _MAX_ROWS)):
        cells = split_line(lines[index])
        row = _placed(cells, lines[index], starts)
        below = _said_below(row, rows[-1])
        if not cells or (len(cells) == 1 and not below and cells[0][0] == lines[index].start):
            break
        if below:
            rows[-1] = below
        else:
            rows.append(row)
        end = index + 1
    people = [text for row in rows[1:] for _, text in row if text]
    named = sum(map(opens_with_person, people))
    return (rows, end) if named >= _PAIR and named > _MOST * len(people) else ([], at)


def heads_people(lines: Sequence[Line], at: int) -> bool:
    """Tell whether several heads stand on a line, surely a person below each."""
    heads = split_line(lines[at])
    return len(heads) >= _PAIR and _over_people(heads, lines, at)


def _over_people(heads: Sequence[Cell], lines: Sequence[Line], at: int) -> bool:
    """Whether people stand below each of several heads that name none."""
    below = split_line(lines[at + 1]) if at + 1 < len(lines) else []
    if len(below) != len(heads) or not all(is_person(text) for _, text in below):
        return False
    return not any(is_person(text) or text.endswith((".", ",", ")")) for _, text in heads)


def _said_below(row: Sequence[Cell], above: Sequence[Cell]) -> list[Cell] | None:
    """Join a row of brackets, "(Chairman)", to the row above; None for another row."""
    if not any(text for _, text in row) or any(text and text[0] != "(" for _, text in row):
        return None
    return [
        (start, f"{text}\t{said}" if said else text)
        for (start, text), (_, said) in zip(above, row, strict=True)
    ]


def _is_group(text: str) -> bool:
    """Whether a cell heads a group of people: a body, or "Parish Members"."""
    label = None if is_sure(text) else read_label(text.rstrip(" :"), known="present")
    if label and label.status:
        return True
    if len(text.split()) < _PAIR or is_sure(text):
        return False
    group = read_group(text.rstrip(" :"))
    return group is not None and (group.role is not None or kind_of(text) == "body")


def read_marked(lines: Sequence[Line]) -> list[tuple[Status, list[Cell]]]:
    """Read columns without heads the last of which says who was there: "Ann Lee   Clerk   A".

    Args:
        lines: The lines of the list that hold text, without heading or label.

    Returns:
        For each person the status and the cells before it; none for no such columns.
    """
    marks = words().marks
    rows = [split_line(line) for line in lines]
    if len(rows) < _FEWEST or any(
        len(row) < _PAIR or row[-1][1].lower() not in marks or not opens_with_person(row[0][1])
        for row in rows
    ):
        return []
    return [(marks[row[-1][1].lower()], row[:-1]) for row in rows]


def are_beside(lines: Sequence[Line]) -> bool:
    """Tell whether people stand side by side: "Ann Lee (Chair)     Cy Dale"."""
    cells = [[text for _, text in split_line(line)] for line in lines if GAP.search(line.text)]
    several = [text for row in cells if len(row) > 1 for text in row]
    if len(several) < _PAIR + _PAIR or not all(map(holds_person, several)):
        return False
    if share_title(several):
        return False
    return any(is_sure(text) for row in cells for text in row[1:])


def share_title(cells: Iterable[str]) -> bool:
    """Tell whether cells stand under one plural title: "Councillors A Ash     B Birch"."""
    names = (parse_name(text, 0, len(text)) for text in cells)
    return any(name is not None and name.plural for name in names)


def read_body_first(lines: Sequence[Line]) -> list[Side]:
    """Read two columns of which the first holds bodies or places and the second people.

    Args:
        lines: The lines of the list that hold text, without heading or label.

    Returns:
        The lines that name somebody; none where the lines are no such columns.
    """
    pairs = [cells for cells in map(split_line, lines) if len(cells) == _PAIR]
    if len(pairs) < max(_FEWEST, _MOST * len(lines)):
        return []
    column = _column(lines)
    found: list[Side] = []
    bodies: list[str] = []
    sure = 0
    for line in lines:
        cells = split_line(line)
        if len(cells) == _PAIR:
            end, begin = cells[0][0] + len(cells[0][1]) - line.start, cells[1][0] - line.start
        else:
            near = [at for at in (column, column + 1, column - 1) if _begins(line.text, at)]
            if len(cells) != 1 or not near:
                return []
            end, begin = len(line.text[: near[0]].rstrip()), near[0]
        bodies.append(line.text[before_name(line.text) : end])
        if not any(map(str.isalpha, line.text[:end])):
            return []  # bullets
        text = line.text[begin:].rstrip()
        lead = _BEFORE_COMMA.match(text)
        text = text[lead.end() :] if lead and _is_aside(lead[1]) else text
        if holds_person(text.split(";", 1)[0]) or is_sure(text):  # "Ann Lee; Cy Dale" of one body
            sure += is_sure(text)
            found.append(Side(line, end, begin))
    if len(found) < max(_FEWEST, _MOST * len(lines)) or sure * _PAIR < len(found):
        return []
    people = sum(map(is_sure, bodies))
    beyond_doubt = sure == len(found) and people * _PAIR < len(bodies)  # "N. Fell    Cllr Ash"
    return found if beyond_doubt or people <= _FEW * len(bodies) else []


def _column(lines: Sequence[Line]) -> int:
    """Return where the second column begins on most lines."""
    starts = [cells[1][0] - line.start for line in lines if len(cells := split_line(line)) > 1]
    return sorted(starts)[len(starts) // 2]


def _begins(text: str, at: int) -> bool:
    return 0 < at < len(text) and text[at - 1].isspace() and not text[at].isspace()


def _is_aside(text: str) -> bool:
    return text.strip().lower() in words().marks or kind_of(text) == "note"


def is_sure(text: str) -> bool:
    """Tell whether a cell begins with a title, an initial or a common given name."""
    name = parse_name(text, 0, len(text))
    if name is None:
        return False
    return name.titled or name.initialled or is_given_name(text[name.start :].split(maxsplit=1)[0])
