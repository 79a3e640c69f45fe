"""Tables of a page: their grid, and whether they hold data or only arrange the page."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from kcsp_nlp.reading.web.tree import Element

# Browsers let no cell span more.
_MOST_COLUMNS = 1_000
_MOST_ROWS = 65_534
# Columns that cells of earlier rows reach into, at most: real tables have a few dozen.
_MOST_TAKEN = 500
# A table with more empty places than this for each cell that is there is no table.
_MOST_EMPTY = 40
_ALWAYS_FINE = 20_000
_CELLS = frozenset({"td", "th"})
_SECTIONS = ("thead", "tbody", "tfoot")
# A table that arranges a page has few rows and most of the text in one cell.
_FEW_ROWS = 3
_MOST_OF = 0.7
_LONG = 400

# A row: each cell with the column it begins in.
PlacedRow = list[tuple[int, Element]]


@dataclass(frozen=True)
class Grid:
    """A table's cells by row and column.

    Attributes:
        rows: Of each row its cells with the column they begin in, from 0, ascending.
        columns: Number of columns in which any cell begins.
    """

    rows: tuple[tuple[tuple[int, Element], ...], ...]
    columns: int


def lay_out(table: Element) -> Grid | None:
    """Return the grid of a table that holds data; None where it only arranges what is in it.

    A table in whose cells other tables stand arranges them, unless it has many rows of its own.

    Args:
        table: The element; what is set aside in it is passed over.
    """
    if table.attributes.get("role", "").lower() in {"presentation", "none"}:
        return None
    rows = [[cell for cell in row.elements if _is_cell(cell)] for row in _rows(table)]
    rows = [row for row in rows if row]
    if not rows or _arranges(table, rows):
        return None
    placed = _place(rows)
    if placed is None:
        return None
    begun = sorted({column for row in placed for column, _ in row})
    cells = sum(map(len, placed))
    if len(begun) < 2 or len(begun) * len(placed) > max(_ALWAYS_FINE, _MOST_EMPTY * cells):  # noqa: PLR2004 -- a single column is no table
        return None
    # Columns that are only spanned hold nothing.
    order = {column: place for place, column in enumerate(begun)}
    return Grid(
        tuple(tuple((order[column], cell) for column, cell in row) for row in placed), len(begun)
    )


def _is_cell(element: Element) -> bool:
    return element.tag in _CELLS and element.aside is None


def _rows(table: Element) -> Iterator[Element]:
    """Yield a table's own rows as displayed: those of its foot last."""
    feet: list[Element] = []
    for child in table.elements:
        if child.aside is not None:
            continue
        if child.tag == "tr":
            yield child
        elif child.tag in _SECTIONS:
            found = [row for row in child.elements if row.tag == "tr" and row.aside is None]
            if child.tag == "tfoot":
                feet.extend(found)
            else:
                yield from found
    yield from feet


def _arranges(table: Element, rows: list[list[Element]]) -> bool:
    nested = headed = blocks = 0
    for row in rows:
        for cell in row:
            headed += cell.tag == "th"
            tables, others = _inside(cell)
            nested += tables
            blocks += others
    if nested:
        return not headed and nested * _FEW_ROWS > len(rows)
    if headed or any(child.tag in {"caption", "thead"} for child in table.elements):
        return False
    if len(rows) == 1:
        return blocks > len(rows[0]) or any(cell.weight > _LONG for cell in rows[0])
    heaviest = max(cell.weight for row in rows for cell in row)
    return len(rows) <= _FEW_ROWS and heaviest > _LONG and heaviest > _MOST_OF * table.weight


def _inside(cell: Element) -> tuple[int, int]:
    """Count the tables in a cell, not those in them, and its lines beyond the first."""
    tables = lines = 0
    stack = [cell]
    while stack:
        for child in stack.pop().elements:
            if child.aside is not None:
                continue
            if child.tag == "table":
                tables += 1
                continue
            lines += child.tag == "br" or (child.is_block and child.weight > 0)
            stack.append(child)
    return tables, lines


def _place(rows: list[list[Element]]) -> list[PlacedRow] | None:
    """Give each cell its column, as cells of earlier rows leave it free; None for nonsense."""
    placed: list[PlacedRow] = []
    # Of each column that an earlier row spans into: the row from which it is free again.
    taken: dict[int, int] = {}
    for number, row in enumerate(rows):
        taken = {column: end for column, end in taken.items() if end > number}
        cells: PlacedRow = []
        column = 0
        for cell in row:
            while column in taken:
                column += 1
            cells.append((column, cell))
            width = _span(cell, "colspan", _MOST_COLUMNS)
            height = _span(cell, "rowspan", _MOST_ROWS)
            if height == 0:  # to the end of the table
                height = len(rows)
            if height > 1:
                taken.update(dict.fromkeys(range(column, column + width), number + height))
            column += width
        placed.append(cells)
        if len(taken) > _MOST_TAKEN:
            return None
    return placed


def _span(cell: Element, name: str, most: int) -> int:
    value = cell.attributes.get(name, "1").strip()
    if not value.isascii() or not value.isdigit():
        return 1
    span = min(int(value[:9]), most)
    return span if span or name == "rowspan" else 1
