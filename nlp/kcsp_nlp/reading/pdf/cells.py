"""Rows in columns into the cells of a table: which lines are the rest of the row above them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from kcsp_nlp.reading.pdf.gaps import Gap, Pieces
from kcsp_nlp.reading.pdf.rows import line_of
from kcsp_nlp.reading.pdf.words import Cells, Line, Word

_LOOSE = 1.15  # times the step of lines: the step of rows
_NEAR = 1.6  # heights from one line of a cell to the next


@dataclass(frozen=True)
class Area:
    """Where the text of a page or cell stands.

    Attributes:
        page: Page, from 1.
        left: Left edge.
        right: Right edge.
        depth: Columns that it is part of, one inside the other.
    """

    page: int
    left: float
    right: float
    depth: int = 0


def bounds(gaps: Sequence[Gap], area: Area) -> list[tuple[float, float]]:
    """Return the left and right edge of each column."""
    edges = [area.left, *(end for _, end in gaps)]
    return list(zip(edges, [*(start for start, _ in gaps), area.right], strict=True))


def table_of(columns: Sequence[Pieces], gaps: Sequence[Gap], area: Area) -> Cells:
    """Return rows as a table: a row without a first cell goes on in that above it."""
    edges = bounds(gaps, area)
    rows: list[list[list[Line]]] = []
    before: Pieces | None = None
    leading = _leading(columns)
    for row in columns:
        cells = [
            [line_of(piece, area.page, left, right)] if piece else []
            for piece, (left, right) in zip(row, edges, strict=True)
        ]
        if before is not None and _goes_on(row, before, edges, leading):
            for cell, more in zip(rows[-1], cells, strict=True):
                cell.extend(more)
        else:
            rows.append(cells)
        before = row
    return Cells(rows, area.page, is_ruled=False, gaps=tuple(gaps))


def _goes_on(
    row: Pieces, before: Pieces, bounds: Sequence[tuple[float, float]], leading: float | None
) -> bool:
    """Tell whether a row is the rest of wrapped cells above it.

    Args:
        row: Words of each column.
        before: As `row`, of the line above.
        bounds: Edges of the columns.
        leading: Step of the lines of one cell; None where rows stand no further apart.
    """
    size = height(row)
    step = _base(row) - _base(before)
    if step > _NEAR * size or (leading is not None and step > _LOOSE * leading):
        return False
    wrapped = [
        bool(other) and right - max(word.x1 for word in other) <= _room(piece)
        for piece, other, (_, right) in zip(row, before, bounds, strict=True)
        if piece
    ]
    if row[0]:
        return leading is not None and any(wrapped) and (all(wrapped) or len(wrapped) < len(row))
    return any(wrapped) or len(wrapped) == 1


def _room(piece: Sequence[Word]) -> float:
    """Return how much room the first word of a piece needs."""
    return piece[0].x1 - piece[0].x0 + piece[0].size


def height(row: Pieces) -> float:
    """Return the height of the largest letters of a row."""
    return max(word.size for piece in row for word in piece)


def _base(row: Pieces) -> float:
    return next(piece[0].base for piece in row if piece)


def _leading(columns: Sequence[Pieces]) -> float | None:
    """Return the step of lines where rows stand further apart; None where they do not."""
    steps = sorted(_base(row) - _base(above) for above, row in pairwise(columns))
    if not steps:
        return None
    low, high = steps[0], steps[-1]
    tight = sum(step <= _LOOSE * low for step in steps)
    return low if high > _LOOSE * low and tight < len(steps) else None
