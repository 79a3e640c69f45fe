"""The target XLSX: a workbook with a sheet per flat view and per table, the views first."""

from __future__ import annotations

import sqlite3
import zipfile
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from functools import partial
from itertools import islice
from pathlib import Path
from typing import Any

from kcsp_nlp.errors import KcspError
from kcsp_nlp.replacing import new_file
from kcsp_nlp.warehouse.schema import SCHEMA_VERSION
from kcsp_nlp.warehouse.sheets import SHEETS, TABLE_SHEETS, Sheet
from kcsp_nlp.warehouse.table import Column
from kcsp_nlp.warehouse.targets.cells import Cells
from kcsp_nlp.warehouse.targets.written import Written

try:
    import xlsxwriter
    from xlsxwriter.exceptions import XlsxWriterException
except ImportError as error:
    raise KcspError(
        f"Workbooks are written with XlsxWriter, which cannot be imported ({error}); "
        "pip install 'kcsp-nlp[xlsx]'"
    ) from error

README = "Read me"
# https://support.microsoft.com, "Excel specifications and limits": 1,048,576 rows with the header
ROWS = 1_048_575

_AUTHOR = "kcsp-nlp export"
_MADE = datetime(2000, 1, 1)  # not the day it was written: the same rows give the same bytes
_PROPERTIES = "docProps/core.xml"
_WIDTHS = {"integer": 12, "real": 12, "boolean": 10, "date": 12}
_WIDTHS_OF_TEXT = {
    "text": 80,
    "title": 48,
    "item_title": 48,
    "body": 36,
    "topics": 32,
    "owners": 32,
    "canonical": 32,
    "purpose": 32,
    "date": 12,
    "due": 12,
    "first_date": 12,
    "last_date": 12,
    "sha256": 16,
}
_WIDTH = 22  # of any other text


def write(warehouse: sqlite3.Connection, place: Path, *, rows_per_sheet: int = ROWS) -> Written:
    """Write a warehouse as a workbook.

    Args:
        warehouse: As `sqlite.connect` opens it.
        place: The file; an older workbook of this target is replaced when the new one is whole.
        rows_per_sheet: Rows after which a table goes on in another sheet.

    Raises:
        KcspError: the place holds something else, or cannot be written.
    """
    _refuse_other(place)
    counts: Counter[str] = Counter()
    with new_file(place) as path, _workbook(path, place) as book:
        cells = Cells(book)
        notes: list[str] = []
        for sheet in SHEETS:
            rows = sheet.rows(warehouse)
            for number in range(1, max(1, -(-sheet.count(warehouse) // rows_per_sheet)) + 1):
                name = sheet.name if number == 1 else f"{sheet.name} ({number})"
                page = _add_page(book, sheet, name)
                written = cells.write(page, sheet, islice(rows, rows_per_sheet))
                page.autofilter(0, 0, written, len(sheet.columns) - 1)
                counts[sheet.name] += written
                if number > 1:
                    notes.append(f"{sheet.name} goes on in the sheet {name}")
        notes += cells.notes()
        _write_readme(book, counts, notes)
    return Written(
        rows={sheet.name: counts[sheet.name] for sheet in TABLE_SHEETS},
        meetings=counts["meetings"],
        notes=tuple(notes),
    )


@contextmanager
def _workbook(path: Path, place: Path) -> Iterator[Any]:
    """Open a workbook that keeps no more than a row in memory, and write it at the end."""
    book = xlsxwriter.Workbook(
        str(path),
        {
            "constant_memory": True,
            "tmpdir": str(path.parent),
            "strings_to_formulas": False,
            "strings_to_urls": False,
            "strings_to_numbers": False,
        },
    )
    book.use_zip64()  # where a sheet needs it, and only there
    book.set_properties({"title": "Minutes as tables", "author": _AUTHOR, "created": _MADE})
    try:
        yield book
        book.close()
    except XlsxWriterException as error:
        raise KcspError(
            f"{place}: cannot be written ({type(error).__name__}); expected a place with room"
        ) from error
    finally:
        # An exception leaves its temporary files open, and Windows removes no such file.
        for page in book.worksheets():
            if page.row_data_fh is not None and not page.row_data_fh.closed:
                page.row_data_fh.close()


def _add_page(book: Any, sheet: Sheet, name: str) -> Any:
    page = book.add_worksheet(name)
    heading = book.add_format({"bold": True, "bottom": 1})
    for place, column in enumerate(sheet.columns):
        page.set_column(place, place, _width(column))
        page.write_string(0, place, column.name, heading)
    page.freeze_panes(1, 0)
    return page


def _width(column: Column) -> int:
    if column.type != "text":
        return max(_WIDTHS[column.type], len(column.name) + 4)
    return _WIDTHS_OF_TEXT.get(column.name, _WIDTH)


def _write_readme(book: Any, counts: Counter[str], notes: list[str]) -> None:
    page = book.add_worksheet(README)
    page.set_column(0, 1, 24)
    page.set_column(2, 2, 12)
    page.set_column(3, 3, 100)
    heading = book.add_format({"bold": True})
    lines = iter(range(1_000_000))
    put: Callable[..., None] = partial(_put, page)
    put(next(lines), ("Minutes of public bodies as tables",), heading)
    put(next(lines), ("Found by a program, which may be wrong. What stands in `text` decides.",))
    put(
        next(lines), (f"Written by kcsp-nlp export, {SCHEMA_VERSION}. An empty cell is not known.",)
    )
    for note in notes:
        put(next(lines), (f"Note: {note}.",))
    next(lines)
    put(next(lines), ("sheet", "", "rows", "what a row is"), heading)
    for sheet in SHEETS:
        put(next(lines), (sheet.name, "", f"{counts[sheet.name]:,}", sheet.description))
    next(lines)
    put(next(lines), ("sheet", "column", "type", "what it means"), heading)
    for sheet in SHEETS:
        for column in sheet.columns:
            put(next(lines), (sheet.name, column.name, column.type, column.description))


def _put(page: Any, line: int, texts: tuple[str, ...], form: Any = None) -> None:
    for place, text in enumerate(texts):
        page.write_string(line, place, text, form)


def _refuse_other(place: Path) -> None:
    """Refuse to replace what is no workbook of ours."""
    if not place.exists():
        return
    ours = False
    try:
        with zipfile.ZipFile(place) as file, file.open(_PROPERTIES) as properties:
            ours = _AUTHOR.encode() in properties.read(10_000)
    except (OSError, zipfile.BadZipFile, KeyError, NotImplementedError, RuntimeError):
        ours = False  # no workbook at all
    if not ours:
        raise KcspError(
            f"{place}: holds something that is no workbook of `kcsp-nlp export`, expected such a "
            "file or a new one; give another place with -o"
        )
