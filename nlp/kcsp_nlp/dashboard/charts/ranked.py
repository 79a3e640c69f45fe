"""A ranked table: a name, its numbers, and a bar as long as the first of them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from markupsafe import Markup

from kcsp_nlp.dashboard.charts.bars import bar
from kcsp_nlp.dashboard.charts.sheets import Cell, Sheet, sheet_file, text
from kcsp_nlp.dashboard.page import File


class Row(NamedTuple):
    """One row: the cell that names it, its numbers, and its bar."""

    name: Cell
    numbers: tuple[Cell, ...]
    bar: Markup


class Ranked(NamedTuple):
    """A ranked table.

    Attributes:
        anchor: Its id on the page.
        title: What it counts.
        head: Name of every column.
        rows: In order.
        path: Where it lies as a file; None where it is too small to be one.
        note: What a reader must know to read it rightly; empty for nothing.
    """

    anchor: str
    title: str
    head: tuple[str, ...]
    rows: tuple[Row, ...]
    path: str | None = None
    note: str = ""

    @property
    def file(self) -> File:
        """The table as a file; only where it has a path."""
        return sheet_file(
            self.path or "", Sheet(self.head, tuple((row.name, *row.numbers) for row in self.rows))
        )


def ranked_rows(
    entries: Iterable[tuple[Cell, tuple[Cell, ...]]], looks: Sequence[str] = ()
) -> tuple[Row, ...]:
    """Return rows whose bars are as long as their first number.

    Args:
        entries: What names each row, and its numbers, the first of which is drawn.
        looks: Class of every bar, for its colour; empty where all are alike.
    """
    held = list(entries)
    drawn = [float(numbers[0].value) for _, numbers in held]
    most = max(drawn, default=0.0)
    return tuple(
        Row(name, numbers, bar(value, most, looks[place] if looks else ""))
        for place, ((name, numbers), value) in enumerate(zip(held, drawn, strict=True))
    )


def named(name: str, href: str | None, numbers: Iterable[Cell]) -> tuple[Cell, tuple[Cell, ...]]:
    """Return one entry of `ranked_rows`."""
    return text(name, href), tuple(numbers)
