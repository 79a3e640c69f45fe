"""Tables without bars: columns that a converter set apart with spaces or tabs.

Only action logs are read: a row of heads with an action and an owner, and the rows under it, or the
rows under a heading such as "ACTIONS". What else stands in columns (attendance, figures) is left to
those who know it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from kcsp_nlp.minutes.lines import Line
from kcsp_nlp.minutes.statements import owners
from kcsp_nlp.minutes.statements.column_heads import Heads, read_heads

# One cell of a row: "By whom"; two spaces or a tab end it.
_CELL = re.compile(r"\S+(?:[ ]\S+)*")
# Parts the cells of a row: "   ", a tab; not " ".
_GAP = re.compile(r"\S(?:[ ]{2}|\t)[ \t]*\S")
_LONGEST_HEAD = 200
_LONGEST_ROW = 400
_FEWEST = 2  # cells of a row
_MOST_OWNERS = 0.7  # share of a column's cells that are owners, at least
# A page's foot among the rows: "Page 2 of 3"; not "Page Green".
_FOOTER = re.compile(r"\bpage\s+\d+(?:\s+of\s+\d+)?", re.IGNORECASE)
# Over a list of actions without heads: "ACTIONS", "9. To be done.", "Summary of actions:"; not
# "Actions from March".
_TITLE = re.compile(
    r"\W*(?:\d[\w/.]*\W+)?(?:(?:summary|list)\s+of\s+)?(?:actions?(?:\s+(?:list|log|points|summary|agreed"
    r"|outstanding|required|arising))?|to\s+(?:be\s+done|do))\W*",
    re.IGNORECASE,
)

Cell = tuple[int, int, int]


def find_aligned(lines: Sequence[Line]) -> dict[int, tuple[Cell, ...]]:
    """Find the rows of action logs that are set in columns.

    Args:
        lines: All lines of the document, in order.

    Returns:
        For each such line, by its index, start, end and column of every cell; offsets into the
        document's text. The row of heads, where there is one, is the first of its table.
    """
    found: dict[int, tuple[Cell, ...]] = {}
    starts: list[int] = []
    is_titled = False
    for index, line in enumerate(lines):
        opens = _is_title(line)
        is_row = not opens and len(line.raw) <= _LONGEST_ROW and _has_gap(line)
        is_row = is_row and not _FOOTER.search(line.text)
        if not starts and (is_row or not is_titled):
            starts = _read_head(line) if is_row else []
            if is_titled and not starts and not line.is_table_row:
                starts = [cell.start() for cell in _CELL.finditer(line.text)]
            if starts:
                found[index] = _cells(line, starts)
            is_titled = opens
        elif is_row:
            found[index] = _cells(line, starts)
        elif line.stripped or (starts and not _goes_on(lines, index)):
            starts, is_titled = [], opens
    return {index: cells for index, cells in found.items() if len(cells) >= _FEWEST}


def guess_heads(rows: Sequence[Sequence[tuple[int, str]]]) -> Heads:
    """Guess which column of a list without heads holds what.

    Args:
        rows: Column and text of each cell, by row.

    Returns:
        Its columns; those of no table where none holds owners beside something longer.
    """
    columns: dict[int, list[str]] = {}
    for row in rows:
        for column, text in row:
            columns.setdefault(column, []).append(text)
    shares = {
        column: sum(bool(owners.alone(text)) for text in cells) / len(rows)
        for column, cells in columns.items()
    }
    who = max(shares, key=lambda column: shares[column], default=None)
    longest = max(columns, key=lambda column: sum(map(len, columns[column])), default=None)
    if who is None or who == longest or shares[who] < _MOST_OWNERS:
        return Heads()
    last = max(columns)
    return Heads(action=longest, owner=who, due=last if last not in (who, longest) else None)


def _is_title(line: Line) -> bool:
    return len(line.raw) <= _LONGEST_HEAD // 2 and _TITLE.fullmatch(line.text) is not None


def _has_gap(line: Line) -> bool:
    return ("  " in line.raw or "\t" in line.raw) and _GAP.search(line.text) is not None


def _read_head(line: Line) -> list[int]:
    """Return where the columns begin that a row of heads names; empty for any other line."""
    if len(line.raw) > _LONGEST_HEAD or line.is_table_row:
        return []
    cells = list(_CELL.finditer(line.text))
    heads = read_heads(enumerate(cell[0] for cell in cells))
    if heads.action is None or heads.owner is None:
        return []
    return [cell.start() for cell in cells]


def _goes_on(lines: Sequence[Line], index: int) -> bool:
    """Say whether a row follows the blank line at `index`: converters set rows apart."""
    return index + 1 < len(lines) and _GAP.search(lines[index + 1].text) is not None


def _cells(line: Line, starts: Sequence[int]) -> tuple[Cell, ...]:
    """Give each cell the column whose head begins nearest to it."""
    cells: list[Cell] = []
    for cell in _CELL.finditer(line.text):
        column = min(range(len(starts)), key=lambda each: abs(starts[each] - cell.start()))
        cells.append((line.start + cell.start(), line.start + cell.end(), column))
    return tuple(cells)
