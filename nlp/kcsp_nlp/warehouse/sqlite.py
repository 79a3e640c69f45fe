"""The warehouse as a SQLite file: what every other target is written from."""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from kcsp_nlp.errors import CorpusError, KcspError
from kcsp_nlp.records import Record
from kcsp_nlp.warehouse.calendar import days
from kcsp_nlp.warehouse.derived import REACH, STATEMENTS
from kcsp_nlp.warehouse.rows import Row, meeting_row, record_rows
from kcsp_nlp.warehouse.schema import FACTS, SCHEMA_VERSION, TABLES, Column, Table
from kcsp_nlp.warehouse.views import views

_BATCH = 2000  # rows that wait for their table
_TYPES = {
    "text": "TEXT",
    "integer": "INTEGER",
    "real": "REAL",
    "boolean": "INTEGER",
    "date": "TEXT",
}


@dataclass
class Loaded:
    """What a load did.

    Attributes:
        meetings: Documents that were loaded.
        replaced: Those among them that were there before.
        repeated: Documents that stood more than once in what was read; the last one counts.
        records: Records that are there now of what was loaded.
    """

    meetings: int = 0
    replaced: int = 0
    repeated: int = 0
    records: int = 0


@dataclass
class _Load:
    """A load under way."""

    connection: sqlite3.Connection
    loaded: Loaded = field(default_factory=Loaded)
    waiting: dict[str, list[Row]] = field(default_factory=lambda: defaultdict(list))
    rows: int = 0
    meeting: str | None = None
    indices: set[int] = field(default_factory=set)

    def add(self, record: Record) -> None:
        meeting = record.meeting.id
        if meeting != self.meeting or record.item.index in self.indices:
            self._open(record)
        self.indices.add(record.item.index)
        self.loaded.records += 1
        for table, row in record_rows(record):
            self.waiting[table].append(row)
            self.rows += 1
        if self.rows >= _BATCH:
            self.flush()

    def _open(self, record: Record) -> None:
        """Begin with the records of a document, which may be there or have been read already."""
        self.flush()
        meeting = self.meeting = record.meeting.id
        self.indices = set()
        execute = self.connection.execute
        if execute("SELECT 1 FROM temp.loaded WHERE meeting_id = ?", (meeting,)).fetchone():
            known = execute(
                "SELECT position FROM items WHERE meeting_id = ?", (meeting,)
            ).fetchall()
            self.indices = {position for (position,) in known}
            if record.item.index not in self.indices:
                return  # more of a document whose records do not follow each other
            self.loaded.repeated += 1
            self.loaded.records -= len(self.indices)
            self.indices = set()
        else:
            execute("INSERT INTO temp.loaded VALUES (?)", (meeting,))
            self.loaded.meetings += 1
            there = execute("SELECT 1 FROM meetings WHERE meeting_id = ?", (meeting,)).fetchone()
            self.loaded.replaced += there is not None
        for table in FACTS:
            execute(f"DELETE FROM {table.name} WHERE meeting_id = ?", (meeting,))
        self.waiting["meetings"].append(meeting_row(record))

    def flush(self) -> None:
        for table in FACTS:
            rows = self.waiting.pop(table.name, [])
            if rows:
                marks = ", ".join("?" * len(table.columns))
                self.connection.executemany(
                    f"INSERT INTO {table.name} VALUES ({marks})",
                    rows,
                )
        self.rows = 0


@contextmanager
def connect(path: Path) -> Iterator[sqlite3.Connection]:
    """Open a warehouse, made where there is none, and close it at the end.

    Raises:
        KcspError: the file is no warehouse of this version or cannot be opened.
    """
    try:
        with closing(sqlite3.connect(path, isolation_level=None)) as connection:
            connection.create_function("split_part", 3, _split_part, deterministic=True)
            _refuse_other(connection, path)
            yield connection
    except sqlite3.Error as error:
        raise KcspError(
            f"{path}: {error}; expected a SQLite file of `kcsp-nlp export`, or a place where one "
            "can be written"
        ) from error


def load(connection: sqlite3.Connection, records: Iterable[Record]) -> Loaded:
    """Load records in one transaction; what is there of their documents is replaced.

    Args:
        connection: As `connect` opens it.
        records: Those of a document follow each other; read one by one.

    Returns:
        What was done. Nothing was, where an exception is raised.

    Raises:
        CorpusError: two records, or two things in one, claim the same place.
    """
    connection.execute("BEGIN IMMEDIATE")
    try:
        _create(connection)
        connection.execute("CREATE TEMP TABLE loaded (meeting_id TEXT PRIMARY KEY)")
        under_way = _Load(connection)
        for record in records:
            under_way.add(record)
        under_way.flush()
        _derive(connection)
        connection.execute("DROP TABLE temp.loaded")
    except sqlite3.IntegrityError as error:
        connection.execute("ROLLBACK")
        raise CorpusError(
            f"records of meeting {under_way.meeting}, or shortly before: {error}; expected one "
            "thing of a kind at one place; annotate the document again"
        ) from error
    except BaseException:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise
    connection.execute("COMMIT")
    return under_way.loaded


def _create(connection: sqlite3.Connection) -> None:
    for table in TABLES:
        connection.execute(_table_sql(table))
        for column in table.columns:
            if column.references and column.name not in table.key[:1]:
                connection.execute(
                    f"CREATE INDEX IF NOT EXISTS {table.name}_{column.name} "
                    f"ON {table.name} ({column.name})"
                )
    for name, select in views("group_concat").items():
        connection.execute(f"CREATE VIEW IF NOT EXISTS {name} AS {select}")
    connection.execute("CREATE TABLE IF NOT EXISTS warehouse (key TEXT PRIMARY KEY, value TEXT)")
    connection.execute("INSERT OR IGNORE INTO warehouse VALUES ('schema', ?)", (SCHEMA_VERSION,))


def _table_sql(table: Table) -> str:
    columns = [_column_sql(column) for column in table.columns]
    columns.append(f"PRIMARY KEY ({', '.join(table.key)})")
    return f"CREATE TABLE IF NOT EXISTS {table.name} ({', '.join(columns)})"


def _column_sql(column: Column) -> str:
    parts = [column.name, _TYPES[column.type], "" if column.null else "NOT NULL"]
    if column.references:
        parts.append(f"REFERENCES {column.references}")
    return " ".join(filter(None, parts))


def _derive(connection: sqlite3.Connection) -> None:
    for statement in STATEMENTS:
        connection.execute(statement)
    first, last = connection.execute(REACH).fetchone()
    connection.execute("DELETE FROM dates")
    if first:
        years = date.fromisoformat(first).year, date.fromisoformat(last).year
        marks = ", ".join("?" * 12)
        connection.executemany(f"INSERT INTO dates VALUES ({marks})", days(*years))


def _refuse_other(connection: sqlite3.Connection, path: Path) -> None:
    """Refuse a file that is something else, before anything is written to it."""
    names = {name for (name,) in connection.execute("SELECT name FROM sqlite_master")}
    if not names:
        return
    found = "other tables"
    if "warehouse" in names:
        row = connection.execute("SELECT value FROM warehouse WHERE key = 'schema'").fetchone()
        found = str(row[0]) if row else found
    if found != SCHEMA_VERSION:
        raise KcspError(
            f"{path}: holds {found}, expected {SCHEMA_VERSION}; give another file, or export the "
            "records anew"
        )


def _split_part(text: str, mark: str, place: int) -> str:
    parts = text.split(mark)
    return parts[place - 1] if place <= len(parts) else ""
