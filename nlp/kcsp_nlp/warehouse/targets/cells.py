"""Rows as cells of a workbook: texts are texts, days are days, and nothing is a formula."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable
from datetime import datetime
from typing import Any

from kcsp_nlp.warehouse.formulas import is_formula
from kcsp_nlp.warehouse.rows import Row, Value, whole_day
from kcsp_nlp.warehouse.sheets import Sheet

# https://support.microsoft.com, "Excel specifications and limits"; counted in UTF-16
LONGEST = 32_767
CUT = " […cut: the cell is full]"
# Spreadsheet programs disagree about days before this one: Excel has a 29 February 1900.
_FIRST_DAY = "1900-03-01"
# Columns of dates as precise as known: those that are whole days become days.
_DATES = {"date", "due", "first_date", "last_date"}
_EXACT = 2**53  # a workbook's numbers are floating point
# What XML cannot hold even as `_x0000_`; other control characters are written like that.
_ILLEGAL = re.compile("[\x00\ufffe\uffff]")
_STAND_INS = {"\0": "\u2400"}
_WIDE = re.compile("[\U00010000-\U0010ffff]")  # code points that are two units of UTF-16


class Cells:
    """Writes rows to pages of one workbook, and counts what could not be written as it was.

    Args:
        book: Of XlsxWriter.
    """

    def __init__(self, book: Any) -> None:
        self._day = book.add_format({"num_format": "yyyy-mm-dd"})
        # Excel shows such a cell as text even after somebody has edited it.
        self._quoted = book.add_format({"quote_prefix": True})
        self._plain = book.add_format()
        self._cut = 0
        self._replaced = 0

    def write(self, page: Any, sheet: Sheet, rows: Iterable[Row]) -> int:
        """Write rows below the first line of a page, and return how many they were."""
        count = 0
        kinds = [self._kind(column.name, column.type) for column in sheet.columns]
        for count, row in enumerate(rows, 1):
            for place, (value, kind) in enumerate(zip(row, kinds, strict=True)):
                if value is not None:
                    self._put(page, count, place, value, kind)
        return count

    def notes(self) -> list[str]:
        """Return what a reader should know."""
        notes = []
        if self._cut:
            notes.append(
                f"texts that were cut to the {LONGEST:,} characters of a cell: {self._cut}"
            )
        if self._replaced:
            notes.append(f"texts with characters that no workbook can hold: {self._replaced}")
        return notes

    @staticmethod
    def _kind(name: str, type_: str) -> str:
        return "date" if name in _DATES else type_

    def _put(self, page: Any, line: int, place: int, value: Value, kind: str) -> None:
        """Write a value by what it is: SQLite lets a text stand among numbers."""
        if not isinstance(value, int | float):
            value = str(value)
        if isinstance(value, str):
            day = whole_day(value) if kind == "date" else None
            if day and day >= _FIRST_DAY:
                page.write_datetime(line, place, datetime.fromisoformat(day), self._day)
            else:
                self._put_text(page, line, place, value)
        elif kind == "boolean":
            page.write_boolean(line, place, bool(value))
        elif math.isfinite(value) and (isinstance(value, float) or abs(value) <= _EXACT):
            page.write_number(line, place, value)
        else:
            self._put_text(page, line, place, str(value))

    def _put_text(self, page: Any, line: int, place: int, text: str) -> None:
        text, replaced = _ILLEGAL.subn(lambda found: _STAND_INS.get(found[0], "\ufffd"), text)
        self._replaced += replaced > 0
        if len(text) > LONGEST // 2 and _length(text) > LONGEST:
            self._cut += 1
            text = _fitting(text, LONGEST - _length(CUT)) + CUT
        form = self._quoted if is_formula(text) else None
        if text.startswith("<r>") and text.endswith("</r>"):
            # XlsxWriter takes such a text for its own markup, and would write it as it is.
            page.write_rich_string(line, place, text[:3], self._plain, text[3:])
        else:
            page.write_string(line, place, text, form)


def _length(text: str) -> int:
    return len(text) + len(_WIDE.findall(text))


def _fitting(text: str, length: int) -> str:
    """Return the longest beginning of a text of so many units of UTF-16 at most."""
    cut = text[:length]
    return cut.encode("utf-16-le")[: 2 * length].decode("utf-16-le", "ignore")
