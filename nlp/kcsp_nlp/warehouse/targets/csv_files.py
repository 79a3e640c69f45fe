"""The target CSV: a folder with a file per table and flat view, and a description of them all.

Written so that Excel opens it right: UTF-8 with a byte order mark, ISO dates, and texts that it
would take for formulas begin with an apostrophe.
"""

from __future__ import annotations

import hashlib
import json
import math
import sqlite3
from codecs import BOM_UTF8
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from kcsp_nlp.replacing import new_folder
from kcsp_nlp.warehouse.formulas import is_formula
from kcsp_nlp.warehouse.rows import Row, Value
from kcsp_nlp.warehouse.sheets import SHEETS, TABLE_SHEETS, Sheet
from kcsp_nlp.warehouse.targets.datapackage import FileFacts, describe
from kcsp_nlp.warehouse.targets.written import Written

MARK = ".kcsp-nlp-csv"  # in every such folder: what is not ours is never replaced
_LINES = 500  # that are encoded at once


@dataclass
class _Lines:
    """Rows as lines of a file; counts the cells that were given an apostrophe."""

    booleans: frozenset[int]
    disarmed: int = 0

    def line(self, row: Row) -> str:
        cells = list(map(self._cell, row))
        for place in self.booleans:
            cells[place] = "" if row[place] is None else "true" if row[place] else "false"
        return ",".join(cells) + "\r\n"

    def _cell(self, value: Value) -> str:
        """Return a cell: null is nothing at all, an empty text is two quotes."""
        if value is None:
            return ""
        if isinstance(value, int):
            return str(value)
        if isinstance(value, float):
            return repr(value) if math.isfinite(value) else str(value).upper()
        # By what it is, not by its column: SQLite lets a text stand among numbers.
        text = str(value)
        if is_formula(text):
            self.disarmed += 1
            text = "'" + text
        return '"' + text.replace('"', '""') + '"'


def write(warehouse: sqlite3.Connection, place: Path) -> Written:
    """Write a warehouse as CSV files, with a `datapackage.json` that describes them.

    Args:
        warehouse: As `sqlite.connect` opens it.
        place: The folder; an older one of this target is replaced when the new one is whole.

    Raises:
        KcspError: the place holds something else, or cannot be written.
    """
    with new_folder(place, mark=MARK, what="folder of CSV files of `kcsp-nlp export`") as folder:
        facts: dict[str, FileFacts] = {}
        disarmed = 0
        for sheet in SHEETS:
            booleans = frozenset(
                place for place, column in enumerate(sheet.columns) if column.type == "boolean"
            )
            lines = _Lines(booleans)
            facts[sheet.name] = _write_file(
                folder / f"{sheet.name}.csv", sheet, lines, sheet.rows(warehouse)
            )
            disarmed += lines.disarmed
        package = json.dumps(describe(facts), ensure_ascii=False, indent=2) + "\n"
        (folder / "datapackage.json").write_bytes(package.encode())
    rows = {sheet.name: facts[sheet.name].rows for sheet in TABLE_SHEETS}
    notes = (
        (
            f"cells that begin with an apostrophe, so that no program takes them for formulas: "
            f"{disarmed}",
        )
        if disarmed
        else ()
    )
    return Written(rows=rows, meetings=rows["meetings"], notes=notes)


def _write_file(path: Path, sheet: Sheet, lines: _Lines, rows: Iterable[Row]) -> FileFacts:
    digest = hashlib.sha256()
    count = size = 0
    with path.open("wb") as file:

        def put(data: bytes) -> None:
            nonlocal size
            file.write(data)
            digest.update(data)
            size += len(data)

        put(BOM_UTF8 + (",".join(sheet.names) + "\r\n").encode())
        waiting: list[str] = []
        for row in rows:
            count += 1
            waiting.append(lines.line(row))
            if len(waiting) == _LINES:
                put("".join(waiting).encode())
                waiting.clear()
        put("".join(waiting).encode())
    return FileFacts(rows=count, size=size, sha256=digest.hexdigest())
