"""The target CSV: what other readers of CSV find is what the warehouse holds."""

from __future__ import annotations

import csv
import hashlib
import json
import re
import sqlite3
from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest
from hypothesis import given
from hypothesis import strategies as st

from hostile_rows import HostileRows, held, in_order, warehouse
from kcsp_nlp.errors import KcspError
from kcsp_nlp.warehouse.formulas import is_formula
from kcsp_nlp.warehouse.rows import Row, Value
from kcsp_nlp.warehouse.schema import BY_NAME, TABLES
from kcsp_nlp.warehouse.sheets import SHEETS, TABLE_SHEETS, VIEWS, Sheet
from kcsp_nlp.warehouse.table import Column
from kcsp_nlp.warehouse.targets import csv_files


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[sqlite3.Connection, Path]]:
    folder = tmp_path_factory.mktemp("csv")
    with warehouse(folder) as connection:
        csv_files.write(connection, folder / "out")
        yield connection, folder / "out"


def restored(text: str) -> str:
    return text[1:] if text.startswith("'") and is_formula(text[1:]) else text


def value_of(cell: str | None, column: Column) -> Value:
    if cell is None:
        return None
    if column.type in {"integer", "real"}:
        return int(cell) if column.type == "integer" else float(cell)
    if column.type == "boolean":
        return {"true": 1, "false": 0}[cell]
    return restored(cell)


def with_duckdb(path: Path, sheet: Sheet) -> list[Row]:
    """Read a file with a reader that tells an empty text from nothing at all."""
    names = ", ".join(f"'{name}': 'VARCHAR'" for name in sheet.names)
    rows = duckdb.execute(
        f"SELECT * FROM read_csv('{path}', header = true, auto_detect = false, delim = ',', "  # noqa: S608
        "quote = '\"', escape = '\"', new_line = '\\r\\n', nullstr = '', "
        f"allow_quoted_nulls = false, parallel = false, columns = {{{names}}})"
    ).fetchall()
    return [
        tuple(value_of(cell, column) for cell, column in zip(row, sheet.columns, strict=True))
        for row in rows
    ]


def with_python(path: Path, sheet: Sheet) -> list[Row]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        header, *rows = csv.reader(file, strict=True)
    assert tuple(header) == sheet.names
    return [
        tuple(
            None if cell == "" else value_of(cell, column)
            for cell, column in zip(row, sheet.columns, strict=True)
        )
        for row in rows
    ]


@pytest.mark.parametrize("sheet", SHEETS, ids=lambda sheet: sheet.name)
def test_duckdb_reads_what_the_warehouse_holds(
    sheet: Sheet, written: tuple[sqlite3.Connection, Path]
) -> None:
    connection, folder = written
    found = with_duckdb(folder / f"{sheet.name}.csv", sheet)
    assert repr(in_order(found)) == repr(held(connection, sheet))


@pytest.mark.parametrize("sheet", SHEETS, ids=lambda sheet: sheet.name)
def test_python_reads_what_the_warehouse_holds(
    sheet: Sheet, written: tuple[sqlite3.Connection, Path]
) -> None:
    connection, folder = written
    kept = [
        tuple(None if value == "" else value for value in row) for row in held(connection, sheet)
    ]
    found = with_python(folder / f"{sheet.name}.csv", sheet)
    assert repr(in_order(found)) == repr(in_order(kept))


def test_no_cell_is_a_formula(written: tuple[sqlite3.Connection, Path]) -> None:
    _, folder = written
    armed = 0
    for sheet in SHEETS:
        with (folder / f"{sheet.name}.csv").open(encoding="utf-8-sig", newline="") as file:
            for row in csv.reader(file):
                for cell, column in zip(row, sheet.columns, strict=True):
                    if column.type == "text":
                        assert not re.match(r"[\s\"\ufeff]*[=+\-@＝＋－＠]", cell), sheet.name
                        armed += cell.startswith("'") and is_formula(cell[1:])
    assert armed > 50


@pytest.mark.parametrize(
    ("text", "formula"),
    [
        pytest.param("=1+1", True, id="formula"),
        pytest.param("+1", True, id="plus"),
        pytest.param("-1", True, id="minus"),
        pytest.param("@A1", True, id="at"),
        pytest.param("\tx", True, id="tab that programs drop"),
        pytest.param("\rx", True, id="carriage return"),
        pytest.param("\nx", True, id="newline"),
        pytest.param("\0x", True, id="NUL"),
        pytest.param(" =1", True, id="space in front"),
        pytest.param("\u00a0=1", True, id="no-break space in front"),
        pytest.param('"=1"', True, id="quote in front"),
        pytest.param("“=1”", True, id="curly quote in front"),
        pytest.param("'=1", True, id="apostrophe in front: ours must be told from it"),
        pytest.param("\u200b=1", True, id="zero-width space in front"),
        pytest.param("＝1", True, id="full-width"),
        pytest.param("﹣1", True, id="small form"),
        pytest.param("- to note the report", True, id="bullet"),
        pytest.param("", False, id="empty"),
        pytest.param("a=1", False, id="sign inside"),
        pytest.param("'tis", False, id="apostrophe of a word"),
        pytest.param("7-9 High Street", False, id="range"),
        pytest.param("– a dash", False, id="en dash"),
        pytest.param("(=1)", False, id="bracket in front: a text to every program"),
    ],
)
def test_what_is_taken_for_a_formula(text: str, formula: bool) -> None:
    assert is_formula(text) is formula


@given(st.text(alphabet=st.sampled_from("'\"=+-@＝\t\r\n a1\ufeff"), max_size=6))
def test_the_apostrophe_can_be_taken_away_again(text: str) -> None:
    cell = "'" + text if is_formula(text) else text
    assert restored(cell) == text
    assert not re.match(r"[\s\"]*[=+\-@＝]", cell)


def test_files_are_as_excel_wants_them(written: tuple[sqlite3.Connection, Path]) -> None:
    _, folder = written
    data = (folder / "dates.csv").read_bytes()
    lines = data.decode("utf-8-sig").split("\r\n")
    assert data.startswith(b"\xef\xbb\xbfdate_key,year,")
    assert lines[1].startswith('"2024-01-01",2024,1,1,"January",1,1,"Monday",')
    assert lines[-1] == ""
    assert "\n" not in "".join(lines)


def test_numbers_and_nothing_have_no_quotes(tmp_path: Path) -> None:
    rows = HostileRows(texts=("x",), numbers=(-2.5,), meetings=("00000000000000a1",), items=1)
    with warehouse(tmp_path, rows) as connection:
        connection.execute("UPDATE money SET amount = -2.5, currency = NULL, text = ''")
        csv_files.write(connection, tmp_path / "out")
    line = (tmp_path / "out" / "money.csv").read_text(encoding="utf-8-sig").splitlines()[1]
    assert line.split(",")[3:6] == ['""', "-2.5", ""]


def test_a_text_among_numbers_is_no_formula(tmp_path: Path) -> None:
    with warehouse(tmp_path) as connection:
        connection.execute("UPDATE items SET page = '=1+1' WHERE position = 0")
        csv_files.write(connection, tmp_path / "out")
    assert '"\'=1+1"' in (tmp_path / "out" / "items.csv").read_text(encoding="utf-8-sig")


def test_the_package_describes_the_files(written: tuple[sqlite3.Connection, Path]) -> None:
    connection, folder = written
    package = json.loads((folder / "datapackage.json").read_text(encoding="utf-8"))
    resources = {each["name"]: each for each in package["resources"]}
    assert {path.stem for path in folder.glob("*.csv")} == set(resources)
    for sheet in SHEETS:
        resource = resources[sheet.name]
        data = (folder / resource["path"]).read_bytes()
        assert resource["bytes"] == len(data)
        assert resource["hash"] == "sha256:" + hashlib.sha256(data).hexdigest()
        assert resource["rows"] == len(held(connection, sheet))
        assert [field["name"] for field in resource["schema"]["fields"]] == list(sheet.names)
    for table in TABLES:
        schema = resources[table.name]["schema"]
        assert schema["primaryKey"] == list(table.key)
        assert {
            key["fields"]: key["reference"]["resource"] for key in schema.get("foreignKeys", [])
        } == {column.name: column.references for column in table.columns if column.references}


def test_views_have_every_column_that_sqlite_has(tmp_path: Path) -> None:
    with warehouse(tmp_path) as connection:
        views = connection.execute("SELECT name FROM sqlite_master WHERE type = 'view'").fetchall()
    assert {name for (name,) in views} == {sheet.name for sheet in VIEWS}
    assert {sheet.name for sheet in SHEETS} == {*BY_NAME, *(sheet.name for sheet in VIEWS)}


def test_rows_stand_as_they_were_held_and_read(tmp_path: Path) -> None:
    later, earlier = "00000000000000a1", "00000000000000b2"
    with warehouse(tmp_path, HostileRows(texts=("x",), meetings=(later, earlier))) as connection:
        connection.execute("UPDATE meetings SET date = '2020-01-01'")
        connection.execute("UPDATE meetings SET date = '1999-01' WHERE meeting_id = ?", (earlier,))
        csv_files.write(connection, tmp_path / "out")
    wanted = [f"{meeting}:{place}" for meeting in (earlier, later) for place in range(12)]
    for name in ("v_items", "items", "decisions", "attendance", "v_mentions"):
        with (tmp_path / "out" / f"{name}.csv").open(encoding="utf-8-sig", newline="") as file:
            assert [row["item_id"] for row in csv.DictReader(file)] == wanted, name


def test_the_same_rows_are_the_same_bytes_whatever_order_they_came_in(tmp_path: Path) -> None:
    ids = ("00000000000000a1", "00000000000000b2")
    for name, meetings in (("one", ids), ("other", ids[::-1])):
        with warehouse(
            tmp_path, HostileRows(texts=("x",), numbers=(1.0,), meetings=ids)
        ) as connection:
            for table in ("meetings", "items", "mentions"):
                for meeting in meetings:  # those of the second come to stand before the first
                    rows = f"SELECT * FROM {table} WHERE meeting_id = ?"  # noqa: S608
                    connection.execute(f"CREATE TEMP TABLE moved AS {rows}", (meeting,))
                    connection.execute(f"DELETE FROM {table} WHERE meeting_id = ?", (meeting,))  # noqa: S608
                    connection.execute(f"INSERT INTO {table} SELECT * FROM moved")  # noqa: S608
                    connection.execute("DROP TABLE moved")
            csv_files.write(connection, tmp_path / name)
    for path in (tmp_path / "one").iterdir():
        assert path.read_bytes() == (tmp_path / "other" / path.name).read_bytes(), path.name


def test_what_was_there_is_replaced(tmp_path: Path) -> None:
    place = tmp_path / "out"
    with warehouse(tmp_path) as connection:
        first = csv_files.write(connection, place)
        (place / "left over.csv").touch()
        second = csv_files.write(connection, place)
        assert second == first
        assert second.rows == {sheet.name: len(held(connection, sheet)) for sheet in TABLE_SHEETS}
        assert (second.meetings, second.replaced) == (2, 0)
        assert "cells that begin with an apostrophe" in second.notes[0]
    assert not (place / "left over.csv").exists()
    assert not [path for path in tmp_path.iterdir() if path.name.startswith(".")]


def test_a_folder_of_others_is_refused(tmp_path: Path) -> None:
    place = tmp_path / "out"
    place.mkdir()
    (place / "accounts.csv").write_text("mine", encoding="utf-8")
    with (
        warehouse(tmp_path) as connection,
        pytest.raises(KcspError, match=r"out: holds something that is no folder of CSV files"),
    ):
        csv_files.write(connection, place)
    assert [path.name for path in place.iterdir()] == ["accounts.csv"]


def test_what_fails_leaves_what_was_there(tmp_path: Path) -> None:
    place = tmp_path / "out"
    with warehouse(tmp_path) as connection:
        csv_files.write(connection, place)
        before = {path.name: path.read_bytes() for path in place.iterdir()}
        connection.execute("DROP TABLE affiliations")
        with pytest.raises(sqlite3.OperationalError):
            csv_files.write(connection, place)
    assert {path.name: path.read_bytes() for path in place.iterdir()} == before
    assert not [path for path in tmp_path.iterdir() if path.name.startswith(".out")]
