"""The pages on tools for dashboards: every SQL block of theirs is run on the sample minutes."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing
from datetime import date, datetime
from pathlib import Path

import psycopg
import pytest

import kcsp_nlp
from kcsp_nlp.annotator import Annotator
from kcsp_nlp.records import Record
from kcsp_nlp.warehouse import sqlite
from kcsp_nlp.warehouse.loading import loading
from kcsp_nlp.warehouse.schema import TABLES
from kcsp_nlp.warehouse.sheets import SHEETS, Sheet
from kcsp_nlp.warehouse.targets import postgresql
from postgresql_server import Server, running

DOCS = Path(__file__).parents[1] / "docs"
_BLOCK = re.compile(r"^```sql\n(.*?)^```$", re.DOTALL | re.MULTILINE)
# As pkg/tsdb/grafana-postgresql-datasource/macros.go of Grafana has it.
_FILTER = re.compile(r"\$__timeFilter\(([^)]*)\)")
_RANGE = r"\1 BETWEEN '2001-01-01T00:00:00Z' AND '2099-12-31T23:59:59.999Z'"
# What the named parameters of docs/datasette.md are given.
ASKED = {"words": "abuse", "owner": "a", "law": "Act"}


def blocks(page: str) -> list[str]:
    return _BLOCK.findall((DOCS / page).read_text(encoding="utf-8"))


def cases(*pages: str) -> list[object]:
    return [
        pytest.param(block, id=f"{page} {number}")
        for page in pages
        for number, block in enumerate(blocks(page), 1)
        if block.startswith("SELECT")
    ]


@pytest.fixture(scope="module")
def records(annotator: Annotator, samples: Sequence[Path]) -> list[Record]:
    return [record for path in samples for record in kcsp_nlp.annotate(path, annotator)]


@pytest.fixture(scope="module")
def server() -> Iterator[Server]:
    with running() as each:
        yield each


@pytest.fixture(scope="module")
def minutes(server: Server, records: list[Record]) -> str:
    """The address of the samples, loaded and granted as docs/postgresql.md says."""
    address = server.database()
    before, after = (block for block in blocks("postgresql.md") if block.startswith("CREATE"))
    with psycopg.connect(address, autocommit=True) as connection:
        connection.execute(before)
        with sqlite.scratch() as warehouse:
            sqlite.load(warehouse, records)
            postgresql.write(warehouse, address.replace("user=kcsp", "user=loader"))
        connection.execute(after)
    return address.replace("user=kcsp", "user=dashboards")


def test_the_samples_are_there_as_in_sqlite(minutes: str, records: list[Record]) -> None:
    with sqlite.scratch() as warehouse, psycopg.connect(minutes) as connection:
        sqlite.load(warehouse, records)
        for sheet in SHEETS:
            select = f"SELECT {', '.join(sheet.names)} FROM {sheet.name}"  # noqa: S608
            there = [
                tuple(str(v) if isinstance(v, date) else v for v in row)
                for row in connection.execute(select)
            ]
            assert sorted(there, key=repr) == sorted(_plain(warehouse, sheet), key=repr), sheet.name


def _plain(warehouse: sqlite3.Connection, sheet: Sheet) -> Iterator[tuple[object, ...]]:
    """Yield the rows of SQLite, which has numbers for booleans."""
    truths = {place for place, column in enumerate(sheet.columns) if column.type == "boolean"}
    for row in sheet.rows(warehouse):
        yield tuple(bool(v) if place in truths else v for place, v in enumerate(row))


def test_pages_have_queries() -> None:
    for page in ("postgresql.md", "superset.md", "metabase.md", "grafana.md", "datasette.md"):
        assert len(cases(page)) >= 2, page


@pytest.mark.parametrize(
    "query", cases("postgresql.md", "superset.md", "metabase.md", "grafana.md")
)
def test_queries_find_something_as_the_role_of_dashboards(minutes: str, query: str) -> None:
    with psycopg.connect(minutes) as connection:
        cursor = connection.execute(_FILTER.sub(_RANGE, query))
        rows = cursor.fetchall()
    assert rows
    names = [column.name for column in cursor.description or ()]
    if "time" in names:
        times = [row[names.index("time")] for row in rows]
        assert all(isinstance(time, datetime) for time in times)
        assert times == sorted(times)


def test_the_filter_of_grafana_keeps_first_and_last_day(minutes: str) -> None:
    with psycopg.connect(minutes) as connection:
        (first, last) = connection.execute(
            "SELECT MIN(date_key), MAX(date_key) FROM meetings"
        ).fetchone() or (None, None)
        kept = connection.execute(
            f"SELECT COUNT(*) FROM meetings WHERE date_key BETWEEN '{first}T00:00:00Z' "  # noqa: S608
            f"AND '{last}T23:59:59.999Z'"
        ).fetchone()
        assert kept == connection.execute("SELECT COUNT(date_key) FROM meetings").fetchone()


def test_the_role_of_dashboards_reads_and_does_nothing_else(minutes: str) -> None:
    with psycopg.connect(minutes, autocommit=True) as connection:
        for table in TABLES:
            assert connection.execute(f"SELECT COUNT(*) FROM {table.name}").fetchone()  # noqa: S608
        connection.execute("SET default_transaction_read_only = off")
        for statement in (
            "DELETE FROM items",
            "UPDATE people SET name = ''",
            "DROP VIEW v_items",
            "CREATE TABLE kcsp_nlp.mine (x int)",
        ):
            with pytest.raises(psycopg.errors.InsufficientPrivilege):
                connection.execute(statement)


@pytest.fixture(scope="module")
def searchable(records: list[Record]) -> Iterator[sqlite3.Connection]:
    with sqlite.scratch() as warehouse:
        with loading(warehouse, search=True) as under_way:
            for record in records:
                under_way.add(record)
        yield warehouse


@pytest.mark.parametrize("query", cases("datasette.md"))
def test_queries_for_datasette_find_something(searchable: sqlite3.Connection, query: str) -> None:
    asked = {name: value for name, value in ASKED.items() if f":{name}" in query}
    with closing(searchable.execute(query, asked)) as cursor:
        assert cursor.fetchall()
