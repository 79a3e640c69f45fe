"""Where records and rows come from: records files, folders of them, standard input, warehouses."""

from __future__ import annotations

import sqlite3
import sys
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Literal, NamedTuple

from kcsp_nlp.errors import CorpusError, KcspError
from kcsp_nlp.record_lines import read, read_stream
from kcsp_nlp.records import Record
from kcsp_nlp.warehouse.loading import Warehouse
from kcsp_nlp.warehouse.rows import Row
from kcsp_nlp.warehouse.sqlite import explained, open_file, scratch
from kcsp_nlp.warehouse.table import Table

STDIN = Path("-")
_SUFFIXES = {".sqlite": "sqlite", ".sqlite3": "sqlite", ".db": "sqlite", ".duckdb": "duckdb"}
# How files begin, whatever their names; DuckDB's mark stands behind a checksum.
_SQLITE, _DUCKDB, _DUCKDB_AT = b"SQLite format 3\0", b"DUCK", 8


class Source(NamedTuple):
    """Something to read.

    Attributes:
        path: The file; `-` for standard input.
        kind: What it holds.
    """

    path: Path
    kind: Literal["records", "sqlite", "duckdb"]


def find_sources(paths: Sequence[Path]) -> list[Source]:
    """Return what paths stand for: files, `-`, and every `*.jsonl` of a folder, in order.

    Raises:
        CorpusError: a folder holds none.
        KcspError: a file cannot be opened.
    """
    found: list[Source] = []
    for path in paths:
        files = sorted(path.glob("*.jsonl")) if path.is_dir() else [path]
        if not files:
            raise CorpusError(
                f"{path}: no *.jsonl in this folder; expected records as `kcsp-nlp annotate` "
                "writes them"
            )
        found += [Source(file, _kind(file)) for file in files]
    return found


def read_records(path: Path) -> Iterator[Record]:
    """Read the records of a file, or of standard input.

    Raises:
        CorpusError: it cannot be opened, or a line is not a record; the message names file and
            line.
    """
    return read_stream(sys.stdin.buffer, "-") if path == STDIN else read(path)


@contextmanager
def open_warehouse(source: Source) -> Iterator[Warehouse]:
    """Open a warehouse file to be read.

    Raises:
        KcspError: it is none of this version, cannot be opened, or DuckDB is not installed.
    """
    if source.kind == "sqlite":
        with closing(open_file(source.path, read_only=True)) as connection:
            yield _Sqlite(connection, source.path)
        return
    from kcsp_nlp.warehouse.targets.duckdb_file import read_into

    with scratch() as connection:
        read_into(source.path, connection)
        yield _Sqlite(connection, source.path)


def selection(table: Table, columns: Sequence[str], *, restricted: bool) -> str:
    """Return the SELECT of the rows of a fact, with or without those of restricted items."""
    statement = f"SELECT {', '.join(columns)} FROM {table.name}"
    if restricted:
        return statement
    if table.name == "meetings":
        kept = "SELECT meeting_id FROM items WHERE restriction IS NULL"
        return f"{statement} WHERE meeting_id IN ({kept})"
    kept = "SELECT item_id FROM items WHERE restriction IS NULL"
    return f"{statement} WHERE item_id IN ({kept})"


class _Sqlite:
    def __init__(self, connection: sqlite3.Connection, path: Path) -> None:
        self._connection = connection
        self._path = path

    def rows(self, table: Table, *, restricted: bool = True) -> Iterator[Row]:
        try:
            yield from self._connection.execute(
                selection(table, table.names, restricted=restricted)
            )
        except sqlite3.DatabaseError as error:
            raise explained(self._path, error) from error


def _kind(path: Path) -> Literal["records", "sqlite", "duckdb"]:
    if path == STDIN:
        return "records"
    head = b""
    try:
        # A pipe is read once, as records: nothing may be taken from it here.
        if path.is_file():
            with path.open("rb") as stream:
                head = stream.read(len(_SQLITE))
    except OSError as error:
        raise KcspError(
            f"{path}: cannot be opened ({error.strerror}); expected records as `kcsp-nlp annotate` "
            "writes them, or a warehouse of `kcsp-nlp export`"
        ) from error
    if head == _SQLITE or (not head and _SUFFIXES.get(path.suffix.lower()) == "sqlite"):
        return "sqlite"
    if head[_DUCKDB_AT:].startswith(_DUCKDB) or _SUFFIXES.get(path.suffix.lower()) == "duckdb":
        return "duckdb"
    return "records"
