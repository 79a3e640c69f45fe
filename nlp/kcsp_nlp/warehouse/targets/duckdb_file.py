"""The target DuckDB: a file that each load adds to, in one transaction.

It has no PRIMARY KEY and no FOREIGN KEY. What is written comes from a warehouse whose keys are
checked; here they would double the file, hold an index of every key in memory, and refuse to
replace what is still referred to within the transaction. The comments say which columns are keys.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

from kcsp_nlp.errors import KcspError
from kcsp_nlp.replacing import new_file
from kcsp_nlp.warehouse.calendar import days
from kcsp_nlp.warehouse.definition import create_indexes, create_tables
from kcsp_nlp.warehouse.derived import REACH, STATEMENTS
from kcsp_nlp.warehouse.rows import Row
from kcsp_nlp.warehouse.schema import BY_NAME, FACTS, SCHEMA_VERSION, TABLES
from kcsp_nlp.warehouse.sheets import SHEETS, TABLE_SHEETS, Sheet
from kcsp_nlp.warehouse.table import Column, Table
from kcsp_nlp.warehouse.targets.duckdb_tables import Connection, connect, create, insert
from kcsp_nlp.warehouse.targets.written import Written
from kcsp_nlp.warehouse.views import views

_ROWS = 5000  # that are read at once
# What SQLite holds in their place.
_AS_SQLITE = {"date": "CAST({} AS VARCHAR)", "boolean": "CAST({} AS INTEGER)"}


def write(warehouse: sqlite3.Connection, place: Path) -> Written:
    """Write a warehouse to a DuckDB file; documents that it has are replaced, others stay.

    Whatever is killed on the way leaves the file as it was. What users have put into the file
    besides, tables and views of their own, stays in it.

    Args:
        warehouse: As `sqlite.connect` opens it.
        place: The file; made where there is none.

    Returns:
        The rows that `warehouse` holds of each fact, and those of each dimension afterwards.

    Raises:
        KcspError: the file is no warehouse of this version, or cannot be written.
    """
    made = not place.exists()
    try:
        place.parent.mkdir(parents=True, exist_ok=True)
        with connect(place) as file:
            written = _write(file, warehouse, place)
    except OSError as error:
        raise KcspError(
            f"{place}: cannot be written ({error.strerror}); expected a place that may be"
        ) from error
    except BaseException:
        if made:
            place.unlink(missing_ok=True)
        raise
    return _compacted(place, written) if written.replaced else written


def read_into(place: Path, warehouse: sqlite3.Connection) -> None:
    """Copy a DuckDB warehouse into an empty SQLite one.

    Args:
        place: A file that `write` wrote.
        warehouse: As `sqlite.connect` opens it, where there is nothing yet.

    Raises:
        KcspError: the file is no warehouse of this version, or cannot be read.
    """
    with connect(place, read_only=True) as file:
        if not _is_warehouse(file, place):
            raise KcspError(
                f"{place}: holds no tables, expected a DuckDB file of `kcsp-nlp export`; export "
                "the records again"
            )
        warehouse.execute("BEGIN IMMEDIATE")
        try:
            create_tables(warehouse)
            for table in TABLES:
                marks = ", ".join("?" * len(table.columns))
                warehouse.executemany(
                    f"INSERT INTO {table.name} VALUES ({marks})", _read(file, table)
                )
            create_indexes(warehouse)
        except BaseException:
            warehouse.execute("ROLLBACK")
            raise
        warehouse.execute("COMMIT")


def _write(file: Connection, warehouse: sqlite3.Connection, place: Path) -> Written:
    file.execute("BEGIN")
    if not _is_warehouse(file, place):
        _create(file)
    replaced = _make_room(file, warehouse)
    counts = {
        sheet.name: insert(file, sheet.name, sheet.columns, sheet.rows(warehouse))
        for sheet in TABLE_SHEETS
        if sheet.kind == "fact"
    }
    _derive(file)
    rows = {
        table.name: counts[table.name] if table in FACTS else _count(file, table)
        for table in TABLES
    }
    file.execute("COMMIT")
    return Written(rows=rows, meetings=counts["meetings"], replaced=replaced)


def _compacted(place: Path, written: Written) -> Written:
    """Write the file once more: what was replaced would stay in it, unused but readable."""
    address = _quoted(os.path.realpath(place))
    try:
        with new_file(place) as path, connect(path, files=True) as file:
            file.execute(f"ATTACH {address} AS whole (READ_ONLY)")
            file.execute(f'COPY FROM DATABASE whole TO "{path.stem}"')
    except KcspError:
        note = "what was replaced may still be read from the file, which another program has open"
        return replace(written, notes=(*written.notes, note))
    return written


def _read(file: Connection, table: Table) -> Iterator[Row]:
    columns = ", ".join(
        _AS_SQLITE.get(column.type, "{}").format(column.name) for column in table.columns
    )
    answer = file.execute(f"SELECT {columns} FROM {table.name}")
    while rows := answer.fetchmany(_ROWS):
        yield from rows


def _is_warehouse(file: Connection, place: Path) -> bool:
    """Return whether the tables are there, False where nothing is; refuse anything else."""
    named = "SELECT table_name FROM duckdb_tables() UNION SELECT view_name FROM duckdb_views()"
    if file.execute(f"{named} WHERE NOT internal").fetchone() is None:
        return False
    found = "other tables"
    # Tables, not views of such names, which may say anything.
    tables = {row[0] for row in file.execute("SELECT table_name FROM duckdb_tables()").fetchall()}
    if {"warehouse", *BY_NAME} <= tables:
        row = file.execute("SELECT value FROM warehouse WHERE key = 'schema'").fetchone()
        found = str(row[0]) if row else found
    if found != SCHEMA_VERSION:
        raise KcspError(
            f"{place}: holds {found}, expected {SCHEMA_VERSION}; give another file, or export the "
            "records anew"
        )
    return True


def _create(file: Connection) -> None:
    for table in TABLES:
        create(file, table.name, table.columns)
    for name, select in views("string_agg").items():
        file.execute(f"CREATE VIEW {name} AS {select}")
    for sheet in SHEETS:
        _comment(file, sheet)
    file.execute("CREATE TABLE warehouse (key VARCHAR NOT NULL, value VARCHAR NOT NULL)")
    file.execute("INSERT INTO warehouse VALUES ('schema', ?)", [SCHEMA_VERSION])


def _comment(file: Connection, sheet: Sheet) -> None:
    kind = "VIEW" if sheet.kind == "view" else "TABLE"
    key = ", ".join(sheet.key)
    said = f"{sheet.description} Key: {key}."
    file.execute(f"COMMENT ON {kind} {sheet.name} IS {_quoted(said)}")
    for column in sheet.columns:
        said = _quoted(_described(column))
        file.execute(f'COMMENT ON COLUMN {sheet.name}."{column.name}" IS {said}')


def _described(column: Column) -> str:
    if not column.references:
        return column.description
    (key,) = BY_NAME[column.references].key
    return f"{column.description} References {column.references}.{key}."


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"


def _make_room(file: Connection, warehouse: sqlite3.Connection) -> int:
    """Delete what the documents that arrive have there, and return how many of them have."""
    file.execute("CREATE TEMP TABLE arriving (meeting_id VARCHAR NOT NULL)")
    arriving = "SELECT meeting_id FROM meetings"
    # Those of which nothing may be kept, too.
    if warehouse.execute("SELECT 1 FROM sqlite_temp_master WHERE name = 'brought'").fetchone():
        arriving += " UNION SELECT meeting_id FROM temp.brought"
    insert(file, "arriving", BY_NAME["meetings"].columns[:1], warehouse.execute(arriving))
    there = "meeting_id IN (SELECT meeting_id FROM arriving)"
    replaced = file.execute(f"SELECT COUNT(*) FROM meetings WHERE {there}").fetchone()
    for table in FACTS:
        file.execute(f"DELETE FROM {table.name} WHERE {there}")
    file.execute("DROP TABLE arriving")
    return int(replaced[0]) if replaced else 0


def _derive(file: Connection) -> None:
    for statement in STATEMENTS:
        file.execute(statement)
    first, last = file.execute(REACH).fetchone() or (None, None)
    file.execute("DELETE FROM dates")
    if isinstance(first, date) and isinstance(last, date):
        insert(file, "dates", BY_NAME["dates"].columns, days(first.year, last.year))


def _count(file: Connection, table: Table) -> int:
    row = file.execute(f"SELECT COUNT(*) FROM {table.name}").fetchone()
    return int(row[0]) if row else 0
