"""Tables without bars: columns that a converter set apart with spaces or tabs.

Only action logs are read: a row of heads with an action and an owner, and the rows under it. What
else stands in columns (attendance, figures) is left to those who know it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from kcsp_nlp.minutes.lines import Line
from kcsp_nlp.minutes.statements.column_heads import read_heads

# One cell of a row: "By whom"; two spaces or a tab end it.
_CELL = re.compile(r"\S+(?:[ ]\S+)*")
# Parts the cells of a row: "   ", a tab; not " ".
_GAP = re.compile(r"\S(?:[ ]{2}|\t)[ \t]*\S")
_LONGEST_HEAD = 200
_LONGEST_ROW = 400
_FEWEST = 2  # cells of a row

Cell = tuple[int, int, int]


def find_aligned(lines: Sequence[Line]) -> dict[int, tuple[Cell, ...]]:
    """Find the rows of action logs that are set in columns.

    Args:
        lines: All lines of the document, in order.

    Returns:
        For each such line, by its index, start, end and column of every cell; offsets into the
        document's text. The row of heads is the first of its table.
    """
    found: dict[int, tuple[Cell, ...]] = {}
    starts: list[int] = []
    for index, line in enumerate(lines):
        if not starts:
            starts = _read_head(line)
            if starts:
                found[index] = _cells(line, starts)
        elif line.stripped and len(line.raw) <= _LONGEST_ROW and _GAP.search(line.text):
            found[index] = _cells(line, starts)
        elif line.stripped or not _goes_on(lines, index):
            starts = []
    return {index: cells for index, cells in found.items() if len(cells) >= _FEWEST}


def _read_head(line: Line) -> list[int]:
    """Return where the columns begin that a row of heads names; empty for any other line."""
    if len(line.raw) > _LONGEST_HEAD or not ("  " in line.raw or "\t" in line.raw):  # as most
        return []
    if line.is_table_row or not _GAP.search(line.text):
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
