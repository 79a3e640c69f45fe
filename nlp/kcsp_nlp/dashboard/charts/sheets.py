"""What a chart shows as a table, on the page and as a file."""

from __future__ import annotations

import csv
import io
from typing import NamedTuple

from kcsp_nlp.dashboard.page import File
from kcsp_nlp.dashboard.wording import money, number
from kcsp_nlp.warehouse.formulas import is_formula

_BOM = "\ufeff"  # Excel reads UTF-8 where the file begins with it


class Cell(NamedTuple):
    """One cell.

    Attributes:
        shown: As the page writes it.
        value: As the file has it: a number, or text.
        href: Where it leads, from the root of the site; None for no link.
    """

    shown: str
    value: str | int | float
    href: str | None = None

    @property
    def is_number(self) -> bool:
        """Whether it stands to the right, as a number or in place of one."""
        return not isinstance(self.value, str) or not self.value


class Sheet(NamedTuple):
    """A table.

    Attributes:
        head: Name of every column.
        rows: One tuple per row, as long as the head; the first cell names the row.
    """

    head: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]


def text(value: str, href: str | None = None) -> Cell:
    """Return a cell of text."""
    return Cell(value, value, href)


def count(value: int | None, href: str | None = None) -> Cell:
    """Return a cell with a count; None, where nothing could be counted, is empty in the file."""
    if value is None:
        return Cell("–", "")
    return Cell(number(value), value, href if value else None)


def pounds(value: float | None) -> Cell:
    """Return a cell with a sum: whole pounds on the page, pence in the file; empty for None."""
    if value is None:
        return Cell("–", "")
    return Cell(money(round(value), "GBP"), round(value, 2))


def sheet_file(path: str, sheet: Sheet) -> File:
    """Return a table as a file of comma-separated values (RFC 4180).

    Text that a spreadsheet would take for a formula begins with an apostrophe.
    """
    written = io.StringIO()
    writer = csv.writer(written, lineterminator="\r\n")
    writer.writerow(safe(name) for name in sheet.head)
    for row in sheet.rows:
        writer.writerow(safe(cell.value) for cell in row)
    return File(path, _BOM + written.getvalue())


def safe(value: str | int | float) -> str | int | float:
    """Return a value that no spreadsheet takes for a formula; numbers are left as they are."""
    return f"'{value}" if isinstance(value, str) and is_formula(value) else value
