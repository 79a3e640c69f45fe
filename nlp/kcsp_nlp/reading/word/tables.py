"""A table while it is read, and the block that it becomes."""

from __future__ import annotations

from dataclasses import dataclass, field

from kcsp_nlp.reading.blocks import Block, Row, Table

MOST_COLUMNS = 63  # as many as Word allows


@dataclass
class Cell:
    """A cell: its blocks, and the columns of the grid that it takes up."""

    span: int = 1
    blocks: list[Block] = field(default_factory=list)


@dataclass
class TableDraft:
    """A table while it is read: its rows, each with the grid's columns before its first cell."""

    rows: list[tuple[int, list[Cell]]] = field(default_factory=list)
    pages: list[int | None] = field(default_factory=list)

    def begin_row(self, before: int, page: int | None) -> None:
        """Begin a row that leaves so many columns empty."""
        self.rows.append((min(max(before, 0), MOST_COLUMNS), []))
        self.pages.append(page)

    def add(self, cell: Cell) -> None:
        """Add a cell to the row."""
        if not self.rows:
            self.begin_row(0, None)
        self.rows[-1][1].append(cell)

    def finish(self) -> Table | None:
        """Make a block of it; None where nothing stands in it."""
        lay = _side_by_side if self._is_even() else _in_grid
        laid = [lay(before, cells) for before, cells in self.rows]
        held = [(cells, page) for cells, page in zip(laid, self.pages, strict=True) if any(cells)]
        width = max((len(cells) for cells, _ in held), default=0)
        used = [
            at for at in range(width) if any(at < len(cells) and cells[at] for cells, _ in held)
        ]
        if not used:
            return None
        return Table(
            tuple(
                Row(tuple(tuple(cells[at]) if at < len(cells) else () for at in used), page)
                for cells, page in held
            )
        )

    def _is_even(self) -> bool:
        """Whether all rows have as many cells, but for titles across the table.

        Whoever drags a border in one row leaves a grid in which no columns meet.
        """
        counts = {len(cells) for _, cells in self.rows if len(cells) > 1}
        return len(counts) <= 1 and not any(before for before, _ in self.rows)


def _side_by_side(_: int, cells: list[Cell]) -> list[list[Block]]:
    return [cell.blocks for cell in cells[:MOST_COLUMNS]]


def _in_grid(before: int, cells: list[Cell]) -> list[list[Block]]:
    row: list[list[Block]] = [[] for _ in range(before)]
    for cell in cells[:MOST_COLUMNS]:
        row.append(cell.blocks)
        row.extend([] for _ in range(min(cell.span, MOST_COLUMNS) - 1))
    return row[:MOST_COLUMNS]
