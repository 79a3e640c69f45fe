"""A page in reading order: its text above, between and below the tables that are ruled on it."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import chain

from kcsp_nlp.reading.pdf.cells import Area
from kcsp_nlp.reading.pdf.columns import arrange
from kcsp_nlp.reading.pdf.gaps import Gap
from kcsp_nlp.reading.pdf.grids import Grid, find_grids
from kcsp_nlp.reading.pdf.gutters import find_gutters
from kcsp_nlp.reading.pdf.rows import find_pieces, find_rows
from kcsp_nlp.reading.pdf.words import Cells, Line, Sheet, Word

_MOST = 0.97  # share of a table's words in one column: it is a frame around text


def arrange_page(
    sheet: Sheet, rows: Sequence[list[Word]], before: Line | Cells | None = None
) -> list[Line | Cells]:
    """Put a page's text into reading order.

    Args:
        sheet: The page.
        rows: Its rows from top to bottom, without headers and footers.
        before: What stands last on the page before; None for nothing.

    Returns:
        Lines and tables, in reading order.
    """
    words = [word for row in rows for word in row]
    if not words:
        return []
    left, right = min(word.x0 for word in words), max(word.x1 for word in words)
    grids = find_grids(sheet.rules)
    over = before if not grids and isinstance(before, Cells) and before.gaps else None
    result: list[Line | Cells] = []
    done = 0
    for gutter in find_gutters([find_pieces(row) for row in rows], left, right):
        beside = rows[gutter.first : gutter.last]
        if any(_is_across(grid, gutter.gap, beside) for grid in grids):
            continue
        area = Area(sheet.number, left, right)
        result += _arrange_part(rows[done : gutter.first], grids, area, over)
        middle = gutter.gap[1]
        for column in (
            Area(sheet.number, left, gutter.gap[0], depth=1),
            Area(sheet.number, middle, right, depth=1),
        ):
            held = [
                word
                for row in beside
                for word in row
                if (word.x0 < middle - 1) == (column.left == left)
            ]
            result += _arrange_part(find_rows(held), grids, column, None)
        done, over = gutter.last, None
    return result + _arrange_part(rows[done:], grids, Area(sheet.number, left, right), over)


def _is_across(grid: Grid, gap: Gap, rows: Sequence[list[Word]]) -> bool:
    """Tell whether a ruled table stands on both sides of a gutter."""
    is_level = grid.ys[0] < rows[-1][0].base and grid.ys[-1] > rows[0][0].base
    return is_level and grid.xs[0] < gap[0] and grid.xs[-1] > gap[1]


def _arrange_part(
    rows: Sequence[list[Word]], grids: Sequence[Grid], area: Area, over: Cells | None
) -> list[Line | Cells]:
    """Put rows of a page or column into reading order, and the ruled tables between them."""
    rest = [word for row in rows for word in row if not any(grid.take(word) for grid in grids)]
    grids = [grid for grid in grids if grid.cells]
    if not grids:
        return arrange(rows, area, over)
    bands: list[list[Word]] = [[] for _ in range(len(grids) + 1)]
    for word in rest:
        bands[sum(grid.top < word.base for grid in grids)].append(word)
    result = arrange(find_rows(bands[0]), area)
    for grid, band in zip(grids, bands[1:], strict=True):
        result += _read_grid(grid, area)
        grid.cells.clear()  # what it holds is read once
        result += arrange(find_rows(band), area)
    return result


def _read_grid(grid: Grid, area: Area) -> list[Line | Cells]:
    """Return a ruled table; as lines where it is only a frame."""
    rows: list[list[list[Line]]] = []
    for row in range(len(grid.ys) - 1):
        owned = [
            column
            for column in range(len(grid.xs) - 1)
            if grid.owners[row, column] == (row, column)
        ]
        if not owned:
            continue
        rows.append([_cell(grid, row, column, area.page) for column in range(len(grid.xs) - 1)])
    rows = _without_empty(rows)
    widest = max(
        (
            sum(len(line.words) for row in rows for line in row[column])
            for column in range(len(rows[0]))
        ),
        default=0,
    )
    if len(rows[0]) == 1 or widest > _MOST * sum(map(len, grid.cells.values())):
        return list(chain.from_iterable(chain.from_iterable(rows)))
    return [Cells(rows, area.page, is_ruled=True)]


def _cell(grid: Grid, row: int, column: int, page: int) -> list[Line]:
    """Return the lines of a cell, in reading order."""
    words = grid.cells.get((row, column), [])
    if not words:
        return []
    last = column
    while last + 1 < len(grid.xs) - 1 and grid.owners[row, last + 1] == (row, column):
        last += 1
    found = arrange(find_rows(words), Area(page, grid.xs[column], grid.xs[last + 1]))
    lines: list[Line] = []
    for part in found:
        if isinstance(part, Line):
            lines.append(part)
        else:
            lines += chain.from_iterable(chain.from_iterable(part.rows))
    return lines


def _without_empty(rows: list[list[list[Line]]]) -> list[list[list[Line]]]:
    """Leave out columns and rows that hold nothing."""
    held = [column for column in range(len(rows[0])) if any(row[column] for row in rows)]
    return [[row[column] for column in held] for row in rows if any(row[column] for column in held)]
