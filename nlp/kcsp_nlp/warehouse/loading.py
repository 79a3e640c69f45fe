"""A load of a SQLite warehouse: one transaction, in which documents replace what was there."""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from kcsp_nlp.errors import CorpusError
from kcsp_nlp.records import Meeting, Model, Record
from kcsp_nlp.warehouse.calendar import days
from kcsp_nlp.warehouse.definition import create_indexes, create_tables, empty
from kcsp_nlp.warehouse.derived import REACH, STATEMENTS
from kcsp_nlp.warehouse.rows import Row, meeting_row, record_rows
from kcsp_nlp.warehouse.schema import BY_NAME, FACTS
from kcsp_nlp.warehouse.searching import index_items, searchable
from kcsp_nlp.warehouse.table import Table

_BATCH = 5000  # rows that wait for their table
# SQL takes U+0000 for the end of a text. One code point stands for the other: offsets still hold.
_NUL, _VISIBLE = "\0", "\u2400"
# What SQLite and its driver say of values that no table holds: keys that stand twice, integers of
# more than 64 bits, halves of surrogate pairs, texts of gigabytes.
_REFUSED = (sqlite3.IntegrityError, sqlite3.DataError, OverflowError, UnicodeEncodeError)
_BROUGHT = (
    "DROP TABLE IF EXISTS temp.brought",
    "DROP TABLE IF EXISTS temp.brought_records",
    "CREATE TEMP TABLE brought (meeting_id TEXT PRIMARY KEY, first INTEGER) WITHOUT ROWID",
    "CREATE TEMP TABLE brought_records (meeting_id TEXT, position INTEGER, "
    "PRIMARY KEY (meeting_id, position)) WITHOUT ROWID",
)


@dataclass
class Loaded:
    """What a load did.

    Attributes:
        meetings: Documents that were loaded.
        replaced: Those among them that were there before.
        repeated: Documents, and records alone, that stood once more; the last one counts.
        records: Records that are there now of what was loaded.
        withheld: Records that were left out, being restricted.
        changed: Rows that held U+0000, and hold U+2400 now.
    """

    meetings: int = 0
    replaced: int = 0
    repeated: int = 0
    records: int = 0
    withheld: int = 0
    changed: int = 0


class Warehouse(Protocol):
    """Where rows of another warehouse come from."""

    def rows(self, table: Table, *, restricted: bool = True) -> Iterator[Row]:
        """Yield the rows of a fact in the order of its columns, with or without restricted ones."""


class Loading:
    """A load under way.

    The temporary table `brought` holds the meetings whose rows this load replaces, those among them
    of which nothing may be kept, until the connection closes or loads again.
    """

    def __init__(self, connection: sqlite3.Connection, *, restricted: bool) -> None:
        self.loaded = Loaded()
        self._connection = connection
        self._restricted = restricted
        self._waiting: dict[str, list[Row]] = defaultdict(list)
        self._count = 0
        self._meeting: tuple[Meeting, Model] | None = None
        self._named = False  # whether the meeting itself has its row
        for statement in _BROUGHT:
            connection.execute(statement)
        # Indexes of many rows are made quicker than they are kept.
        self._indexed = not empty(connection)
        create_tables(connection)

    def add(self, record: Record) -> None:
        """Add one record; those of a document follow each other, in any order.

        Raises:
            CorpusError: two records, or two things in one, claim the same place, or a value is none
                that a table can hold.
        """
        try:
            self._open(record)
            if self._restricted or record.restriction is None:
                self._add(record)
        except _REFUSED as error:
            raise _refusal(record.meeting.id, error) from error
        if self._count >= _BATCH:
            self._flush()

    def copy(self, warehouse: Warehouse) -> None:
        """Add what another warehouse holds.

        Raises:
            CorpusError: it holds two things with one key.
        """
        self._flush()
        for row in warehouse.rows(BY_NAME["meetings"]):
            if not self._begin(str(row[0]), 0):
                self._start_over(str(row[0]))
        items = BY_NAME["items"]
        place = items.names.index("meeting_id"), items.names.index("position")
        self._connection.executemany(
            "INSERT OR IGNORE INTO temp.brought_records VALUES (?, ?)",
            ((row[place[0]], row[place[1]]) for row in warehouse.rows(items)),
        )
        for table in FACTS:
            self._insert(table, warehouse.rows(table, restricted=self._restricted))
        self._meeting = None

    def finish(self, *, search: bool) -> None:
        """Derive the dimensions and make the indexes.

        Args:
            search: Whether to make an index for search; one that is there is always brought up.
        """
        self._flush()
        _derive(self._connection)
        create_indexes(self._connection)
        if search or searchable(self._connection):
            index_items(self._connection)
        self.loaded.records = self._number(
            "items WHERE meeting_id IN (SELECT meeting_id FROM temp.brought)"
        )
        self.loaded.withheld = self._number("temp.brought_records") - self.loaded.records

    def _open(self, record: Record) -> None:
        """Make way for a record: for the first of a document, and for what stands twice."""
        meeting, position = record.meeting.id, record.item.index
        if record.id != f"{meeting}:{position}":
            raise CorpusError(
                f"meeting {meeting}: its record {position} has another id, expected meeting id, "
                "colon, index; annotate the document again"
            )
        said = record.meeting, record.model
        if self._meeting is None or self._meeting[0].id != meeting:
            self._named = False
            self._begin(meeting, position)
            self._meeting = said
        if not self._bring(meeting, position):
            self._repeat(record)
            self._meeting = said
        if said != self._meeting:
            raise CorpusError(
                f"meeting {meeting}: its records disagree about source, body, date, venue or "
                "model, expected one document; annotate it again"
            )

    def _begin(self, meeting: str, first: int) -> bool:
        """Begin with a meeting, and return whether it is the first time."""
        execute = self._connection.execute
        new = execute("INSERT OR IGNORE INTO temp.brought VALUES (?, ?)", (meeting, first))
        if not new.rowcount:
            return False
        self.loaded.meetings += 1
        if execute("SELECT 1 FROM meetings WHERE meeting_id = ?", (meeting,)).fetchone():
            self.loaded.replaced += 1
            self._delete("meeting_id", meeting)
        return True

    def _bring(self, meeting: str, position: int) -> bool:
        """Note a record, and return whether it is the first time."""
        statement = "INSERT OR IGNORE INTO temp.brought_records VALUES (?, ?)"
        return bool(self._connection.execute(statement, (meeting, position)).rowcount)

    def _repeat(self, record: Record) -> None:
        """Make way for what stands once more: a document that begins anew, or a record alone."""
        meeting, position = record.meeting.id, record.item.index
        (first,) = self._connection.execute(
            "SELECT first FROM temp.brought WHERE meeting_id = ?", (meeting,)
        ).fetchone()
        if position == first:
            self._start_over(meeting)
            self._bring(meeting, position)
        else:
            self.loaded.repeated += 1
            self._flush()
            self._delete("item_id", record.id)

    def _start_over(self, meeting: str) -> None:
        self.loaded.repeated += 1
        self._named = False
        self._flush()
        self._delete("meeting_id", meeting)
        self._connection.execute(
            "DELETE FROM temp.brought_records WHERE meeting_id = ?", (meeting,)
        )

    def _delete(self, column: str, key: str) -> None:
        if not self._indexed:
            create_indexes(self._connection)
            self._indexed = True
        for table in FACTS:
            if column in table.names:
                self._connection.execute(f"DELETE FROM {table.name} WHERE {column} = ?", (key,))

    def _add(self, record: Record) -> None:
        if not self._named:
            self._name(meeting_row(record))
        for table, row in record_rows(record):
            self._wait(table, row)

    def _name(self, row: Row) -> None:
        """Give the meeting its row, once however often its records are come back to."""
        marks = ", ".join("?" * len(row))
        self._connection.execute(
            f"INSERT OR IGNORE INTO meetings VALUES ({marks})", self._holdable(row)
        )
        self._named = True

    def _wait(self, table: str, row: Row) -> None:
        self._waiting[table].append(self._holdable(row))
        self._count += 1

    def _holdable(self, row: Row) -> Row:
        if any(type(value) is str and _NUL in value for value in row):
            self.loaded.changed += 1
            return tuple(v.replace(_NUL, _VISIBLE) if isinstance(v, str) else v for v in row)
        return row

    def _flush(self) -> None:
        for table in FACTS:
            rows = self._waiting.pop(table.name, None)
            if rows:
                self._insert(table, rows)
        self._count = 0

    def _insert(self, table: Table, rows: Iterable[Row]) -> None:
        last: Row = ()

        def followed() -> Iterator[Row]:
            nonlocal last
            for row in rows:
                last = row
                yield row

        marks = ", ".join("?" * len(table.columns))
        try:
            self._connection.executemany(f"INSERT INTO {table.name} VALUES ({marks})", followed())
        except _REFUSED as error:
            raise _refusal(str(last[table.names.index("meeting_id")]), error) from error

    def _number(self, what: str) -> int:
        return int(self._connection.execute(f"SELECT COUNT(*) FROM {what}").fetchone()[0])


@contextmanager
def loading(
    connection: sqlite3.Connection, *, restricted: bool = True, search: bool = False
) -> Iterator[Loading]:
    """Load what is added inside; all of it is there at the end, or nothing where it fails.

    Args:
        connection: As `sqlite.connect` opens it.
        restricted: Whether records with a restriction are kept.
        search: Whether to make an index for search.
    """
    connection.execute("BEGIN IMMEDIATE")
    try:
        under_way = Loading(connection, restricted=restricted)
        yield under_way
        under_way.finish(search=search)
        connection.execute("COMMIT")
    except BaseException:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise


def _derive(connection: sqlite3.Connection) -> None:
    for statement in STATEMENTS:
        connection.execute(statement)
    first, last = connection.execute(REACH).fetchone()
    connection.execute("DELETE FROM dates")
    if first:
        years = date.fromisoformat(first).year, date.fromisoformat(last).year
        marks = ", ".join("?" * len(BY_NAME["dates"].columns))
        connection.executemany(f"INSERT INTO dates VALUES ({marks})", days(*years))


def _refusal(meeting: str, error: Exception) -> CorpusError:
    found: Sequence[object] = error.args
    what = error.reason if isinstance(error, UnicodeEncodeError) else found[0] if found else error
    return CorpusError(
        f"meeting {meeting}: {what}; expected one thing of a kind at one place, and values that a "
        "table can hold; annotate the document again"
    )
