"""The target DuckDB: it holds what the warehouse holds; a load adds to it, or nothing happens."""

from __future__ import annotations

import importlib
import random
import re
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

import duckdb
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from hostile_rows import HostileRows, as_python, fill, held, warehouse
from kcsp_nlp.errors import KcspError
from kcsp_nlp.warehouse import sqlite
from kcsp_nlp.warehouse.schema import BY_NAME, TABLES
from kcsp_nlp.warehouse.sheets import SHEETS, Sheet
from kcsp_nlp.warehouse.table import Column
from kcsp_nlp.warehouse.targets import duckdb_file, duckdb_tables

A, B, C = "00000000000000a1", "00000000000000b2", "00000000000000c3"
KILLER = Path(__file__).with_name("export_kills.py")


def rows(file: duckdb.DuckDBPyConnection, sheet: Sheet) -> list[str]:
    return sorted(map(repr, file.execute(f"SELECT * FROM {sheet.name}").fetchall()))  # noqa: S608


def holds(place: Path, sheet: Sheet) -> list[str]:
    with duckdb.connect(place, read_only=True) as file:
        return rows(file, sheet)


def wanted(connection: sqlite3.Connection, sheet: Sheet) -> list[str]:
    return sorted(repr(as_python(row, sheet)) for row in held(connection, sheet))


def everything(place: Path) -> dict[str, list[str]]:
    with duckdb.connect(place, read_only=True) as file:
        return {sheet.name: rows(file, sheet) for sheet in SHEETS}


def copied(source: Path, place: Path) -> Path:
    shutil.copy(source, place)
    return place


def small(*meetings: str, texts: Sequence[str] = ("x",)) -> HostileRows:
    return HostileRows(texts=texts, numbers=(1.0,), meetings=meetings, items=3)


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[sqlite3.Connection, Path]]:
    folder = tmp_path_factory.mktemp("duckdb")
    with warehouse(folder) as connection:
        duckdb_file.write(connection, folder / "out.duckdb")
        yield connection, folder / "out.duckdb"


@pytest.mark.parametrize("sheet", SHEETS, ids=lambda sheet: sheet.name)
def test_duckdb_holds_what_the_warehouse_holds(
    sheet: Sheet, written: tuple[sqlite3.Connection, Path]
) -> None:
    connection, place = written
    assert holds(place, sheet) == wanted(connection, sheet)


@pytest.mark.parametrize("sheet", SHEETS, ids=lambda sheet: sheet.name)
def test_sqlite_holds_it_again(
    sheet: Sheet, written: tuple[sqlite3.Connection, Path], tmp_path: Path
) -> None:
    connection, place = written
    with sqlite.connect(tmp_path / "back.sqlite") as back:
        duckdb_file.read_into(place, back)
        assert list(map(repr, held(back, sheet))) == list(map(repr, held(connection, sheet)))


def test_types_and_comments_are_those_of_the_schema(
    written: tuple[sqlite3.Connection, Path],
) -> None:
    _, place = written
    with duckdb.connect(place, read_only=True) as file:
        columns = file.execute(
            "SELECT table_name, column_name, data_type, is_nullable, comment FROM duckdb_columns()"
        ).fetchall()
        said = {(table, column): rest for table, column, *rest in columns}
        tables = dict(file.execute("SELECT table_name, comment FROM duckdb_tables()").fetchall())
        views = dict(file.execute("SELECT view_name, comment FROM duckdb_views()").fetchall())
    kinds = dict.fromkeys(["text"], "VARCHAR") | {
        "integer": "BIGINT",
        "real": "DOUBLE",
        "boolean": "BOOLEAN",
        "date": "DATE",
    }
    for table in TABLES:
        assert tables[table.name] == f"{table.description} Key: {', '.join(table.key)}."
        for column in table.columns:
            kind, null, comment = said[table.name, column.name]
            assert (kind, null) == (kinds[column.type], column.null)
            assert comment.startswith(column.description)
            if column.references:
                assert comment.endswith(f"References {column.references}.{key(column)}.")
    assert all(views[sheet.name] for sheet in SHEETS if sheet.kind == "view")


def key(column: Column) -> str:
    assert column.references
    return BY_NAME[column.references].key[0]


@given(
    st.lists(
        st.tuples(
            st.none() | st.text(max_size=8),
            st.none() | st.floats(allow_nan=False),
            st.none() | st.integers(-(2**63), 2**63 - 1),
            st.none() | st.booleans(),
            st.none() | st.dates().map(str),
        ),
        max_size=8,
    )
)
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_every_value_goes_in_exactly(
    rows: list[tuple[str | None, float | None, int | None, bool | None, str | None]],
) -> None:
    columns = (
        Column("a", "text", "", null=True),
        Column("b", "real", "", null=True),
        Column("c", "integer", "", null=True),
        Column("d", "boolean", "", null=True),
        Column("e", "date", "", null=True),
    )
    with duckdb_tables.connect(Path(":memory:")) as file:
        duckdb_tables.create(file, "t", columns)
        assert duckdb_tables.insert(file, "t", columns, rows) == len(rows)
        found = file.execute("SELECT a, b, c, d, CAST(e AS VARCHAR) FROM t").fetchall()
    assert repr(found) == repr(rows)


def test_rows_beyond_one_batch_go_in(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(duckdb_tables, "_BATCH", 3)
    columns = (Column("a", "text", "", null=True),)
    rows = [(None if place == 4 else str(place),) for place in range(7)]
    with duckdb_tables.connect(Path(":memory:")) as file:
        duckdb_tables.create(file, "t", columns)
        assert duckdb_tables.insert(file, "t", columns, iter(rows)) == 7
        assert file.execute("SELECT a FROM t").fetchall() == rows


def test_the_same_rows_twice_change_nothing(tmp_path: Path) -> None:
    place = tmp_path / "out.duckdb"
    with warehouse(tmp_path) as connection:
        first = duckdb_file.write(connection, place)
        before = everything(place)
        second = duckdb_file.write(connection, place)
    assert everything(place) == before
    assert (first.meetings, first.replaced) == (2, 0)
    assert (second.meetings, second.replaced) == (2, 2)
    assert first.rows == second.rows


def test_documents_replace_their_own_rows_and_others_stay(tmp_path: Path) -> None:
    place = tmp_path / "out.duckdb"
    with warehouse(tmp_path, small(A, B)) as connection:
        duckdb_file.write(connection, place)
    with warehouse(tmp_path, small(B, C, texts=("new",))) as connection:
        done = duckdb_file.write(connection, place)
    # A warehouse that was loaded with both, one after the other, is what SQLite makes of it.
    with warehouse(tmp_path, small(A, B)) as connection:
        fill(connection, small(B, C, texts=("new",)))
        assert everything(place) == {sheet.name: wanted(connection, sheet) for sheet in SHEETS}
    assert (done.meetings, done.replaced, done.rows["meetings"]) == (2, 1, 2)


def test_documents_of_which_nothing_may_be_kept_go(tmp_path: Path) -> None:
    place = tmp_path / "out.duckdb"
    with warehouse(tmp_path, small(A, B)) as connection:
        duckdb_file.write(connection, place)
    with warehouse(tmp_path, small(B)) as connection:
        connection.execute("INSERT INTO temp.brought (meeting_id) VALUES (?)", (A,))
        assert duckdb_file.write(connection, place).replaced == 2
        assert everything(place) == {sheet.name: wanted(connection, sheet) for sheet in SHEETS}


def test_what_was_replaced_is_not_in_the_file_any_more(tmp_path: Path) -> None:
    place = tmp_path / "out.duckdb"
    words = "Quaint Zebra 4711 "
    with warehouse(tmp_path, small(A, B, texts=[f"{words}{i}" for i in range(9)])) as connection:
        duckdb_file.write(connection, place)
    assert words.encode() in place.read_bytes()
    with warehouse(tmp_path, small(A, B)) as connection:
        duckdb_file.write(connection, place)
    assert words.encode() not in place.read_bytes()
    assert not [path for path in tmp_path.iterdir() if path.name.startswith((".", "out.duckdb."))]


def test_what_users_put_beside_our_tables_stays(tmp_path: Path) -> None:
    place = tmp_path / "out.duckdb"
    with warehouse(tmp_path, small(A)) as connection:
        duckdb_file.write(connection, place)
        with duckdb.connect(place) as file:
            file.execute("CREATE TABLE notes AS SELECT 'mine' AS note")
            file.execute("CREATE VIEW titles AS SELECT DISTINCT title FROM items")
        place.chmod(0o600)
        duckdb_file.write(connection, place)
    with duckdb.connect(place, read_only=True) as file:
        assert file.execute("SELECT * FROM notes").fetchall() == [("mine",)]
        assert file.execute("SELECT COUNT(*) FROM titles").fetchall() != [(0,)]
    assert sys.platform == "win32" or place.stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize(
    ("statements", "found"),
    [
        pytest.param(["CREATE TABLE accounts (a INTEGER)"], "other tables", id="other tables"),
        pytest.param(["CREATE VIEW v_items AS SELECT 1 AS a"], "other tables", id="only a view"),
        pytest.param(
            ["DROP TABLE people", "CREATE VIEW people AS SELECT * FROM organisations"],
            "other tables",
            id="a view in place of a table",
        ),
        pytest.param(
            ["UPDATE warehouse SET value = 'kcsp-nlp/warehouse/0'"],
            "kcsp-nlp/warehouse/0",
            id="another version",
        ),
    ],
)
def test_a_file_of_others_is_refused(statements: list[str], found: str, tmp_path: Path) -> None:
    place = tmp_path / "out.duckdb"
    with warehouse(tmp_path, small(A)) as connection:
        if "warehouse" in statements[0] or "DROP" in statements[0]:
            duckdb_file.write(connection, place)
        with duckdb.connect(place) as file:
            for statement in statements:
                file.execute(statement)
        for act in (duckdb_file.write, lambda there, path: duckdb_file.read_into(path, there)):
            with pytest.raises(KcspError, match=f"out.duckdb: holds {found}, expected kcsp-nlp/"):
                act(connection, place)


@pytest.mark.parametrize(
    "data",
    [
        pytest.param(b"SQLite format 3\0" + bytes(84), id="SQLite"),
        pytest.param(b"a" * 5000, id="text"),
    ],
)
def test_a_file_that_is_no_duckdb_is_refused(data: bytes, tmp_path: Path) -> None:
    place = tmp_path / "out.duckdb"
    place.write_bytes(data)
    with (
        warehouse(tmp_path, small(A)) as connection,
        pytest.raises(KcspError, match=r"out\.duckdb"),
    ):
        duckdb_file.write(connection, place)
    assert place.read_bytes() == data


def test_nothing_to_read_is_no_warehouse(tmp_path: Path) -> None:
    with (
        sqlite.connect(tmp_path / "back.sqlite") as back,
        pytest.raises(KcspError, match=r"none\.duckdb"),
    ):
        duckdb_file.read_into(tmp_path / "none.duckdb", back)
    assert not (tmp_path / "none.duckdb").exists()


def test_what_fails_leaves_what_was_there(tmp_path: Path) -> None:
    place, other = tmp_path / "out.duckdb", tmp_path / "other.duckdb"
    with warehouse(tmp_path, small(A, B)) as connection:
        duckdb_file.write(connection, place)
        before = everything(place)
        connection.execute("UPDATE attendance SET page = 'Quaint'")
        for path in (place, other):
            with pytest.raises(KcspError, match="DuckDB says ConversionException") as caught:
                duckdb_file.write(connection, path)
            assert "Quaint" not in str(caught.value)
    assert everything(place) == before
    assert not other.exists()


def test_a_view_that_reads_files_is_not_followed(tmp_path: Path) -> None:
    place, other = tmp_path / "out.duckdb", tmp_path / "other.csv"
    other.write_text("a\nhidden\n", encoding="utf-8")
    with warehouse(tmp_path, small(A)) as connection:
        duckdb_file.write(connection, place)
    with duckdb.connect(place) as file:
        file.execute(f"CREATE VIEW hidden AS FROM read_csv('{other}')")
    with duckdb_tables.connect(place) as file, pytest.raises(duckdb.PermissionException):
        file.execute("SELECT * FROM hidden")


@pytest.mark.skipif(sys.platform == "win32", reason="needs SIGKILL")
def test_a_kill_leaves_the_old_or_the_new(tmp_path: Path) -> None:
    old, new = small(A, B), HostileRows(texts=("new",), meetings=(B, C), items=400)
    place = tmp_path / "out.duckdb"
    with warehouse(tmp_path, old) as connection:
        duckdb_file.write(connection, place)
    before = everything(place)
    with warehouse(tmp_path, new) as connection:
        duckdb_file.write(connection, copied(place, tmp_path / "after.duckdb"))
    after = everything(tmp_path / "after.duckdb")
    moments = random.Random(4711)
    killed = 0
    for _ in range(5):
        victim = copied(place, tmp_path / "victim.duckdb")
        with subprocess.Popen(
            [sys.executable, KILLER, tmp_path / "1.sqlite", victim],
            stdout=subprocess.PIPE,
            text=True,
        ) as program:
            assert program.stdout is not None
            assert program.stdout.readline() == "begun\n"
            time.sleep(moments.uniform(0, 1.2))
            program.send_signal(signal.SIGKILL)
            finished = program.stdout.read() == "done\n"
        killed += not finished
        found = everything(victim)
        assert found in (before, after)
        assert found == after or not finished
        # The next load finds a file that it can go on with, and a kill leaves nothing in its way.
        with sqlite.connect(tmp_path / "1.sqlite", read_only=True) as connection:
            duckdb_file.write(connection, victim)
        assert everything(victim) == after
    assert killed


def test_a_missing_library_names_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "duckdb", None)
    for name in ("parquet", "duckdb_file"):
        monkeypatch.delitem(sys.modules, f"kcsp_nlp.warehouse.targets.{name}", raising=False)
        monkeypatch.delitem(sys.modules, "kcsp_nlp.warehouse.targets.duckdb_tables", raising=False)
        with pytest.raises(KcspError, match=re.escape("pip install 'kcsp-nlp[duckdb]'")):
            importlib.import_module(f"kcsp_nlp.warehouse.targets.{name}")
