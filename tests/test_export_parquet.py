"""The target Parquet: what DuckDB reads is what the warehouse holds, with its types."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest

from hostile_rows import HostileRows, as_python, held, warehouse
from kcsp_nlp.errors import KcspError
from kcsp_nlp.warehouse.schema import SCHEMA_VERSION
from kcsp_nlp.warehouse.sheets import SHEETS, TABLE_SHEETS, Sheet
from kcsp_nlp.warehouse.targets import parquet

TYPES = {
    "text": "VARCHAR",
    "integer": "BIGINT",
    "real": "DOUBLE",
    "boolean": "BOOLEAN",
    "date": "DATE",
}


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[sqlite3.Connection, Path]]:
    folder = tmp_path_factory.mktemp("parquet")
    with warehouse(folder) as connection:
        parquet.write(connection, folder / "it's out")
        yield connection, folder / "it's out"


@pytest.mark.parametrize("sheet", SHEETS, ids=lambda sheet: sheet.name)
def test_duckdb_reads_what_the_warehouse_holds(
    sheet: Sheet, written: tuple[sqlite3.Connection, Path]
) -> None:
    connection, folder = written
    file = duckdb.read_parquet(str(folder / f"{sheet.name}.parquet"))
    assert list(zip(file.columns, map(str, file.types), strict=True)) == [
        (column.name, TYPES[column.type]) for column in sheet.columns
    ]
    wanted = [as_python(row, sheet) for row in held(connection, sheet)]
    assert sorted(map(repr, file.fetchall())) == sorted(map(repr, wanted))


def test_files_are_packed_and_say_what_they_are(written: tuple[sqlite3.Connection, Path]) -> None:
    _, folder = written
    assert sorted(path.stem for path in folder.glob("*.parquet")) == sorted(
        sheet.name for sheet in SHEETS
    )
    file = str(folder / "mentions.parquet")
    codecs = duckdb.execute("SELECT DISTINCT compression FROM parquet_metadata(?)", [file])
    assert codecs.fetchall() == [("ZSTD",)]
    said = duckdb.execute("SELECT key, value FROM parquet_kv_metadata(?)", [file]).fetchall()
    assert (b"schema", SCHEMA_VERSION.encode()) in said


def test_the_same_rows_are_the_same_bytes(tmp_path: Path) -> None:
    with warehouse(tmp_path) as connection:
        first = parquet.write(connection, tmp_path / "one")
        parquet.write(connection, tmp_path / "other")
        assert first.rows == {sheet.name: len(held(connection, sheet)) for sheet in TABLE_SHEETS}
    for path in (tmp_path / "one").iterdir():
        assert path.read_bytes() == (tmp_path / "other" / path.name).read_bytes(), path.name


def test_tables_without_rows_have_their_columns(tmp_path: Path) -> None:
    with warehouse(tmp_path, HostileRows(meetings=())) as connection:
        done = parquet.write(connection, tmp_path / "out")
    assert set(done.rows.values()) == {0}
    file = duckdb.read_parquet(str(tmp_path / "out" / "v_items.parquet"))
    assert (tuple(file.columns), file.fetchall()) == (SHEETS[0].names, [])


def test_what_was_there_is_replaced_and_what_is_of_others_refused(tmp_path: Path) -> None:
    place, other = tmp_path / "out", tmp_path / "other"
    other.mkdir()
    (other / "mentions.parquet").write_bytes(b"mine")
    with warehouse(tmp_path) as connection:
        parquet.write(connection, place)
        (place / "left over.parquet").touch()
        parquet.write(connection, place)
        with pytest.raises(KcspError, match="no folder of Parquet files of `kcsp-nlp export`"):
            parquet.write(connection, other)
    assert not (place / "left over.parquet").exists()
    assert [path.name for path in other.iterdir()] == ["mentions.parquet"]
    assert not [path for path in tmp_path.iterdir() if path.name.startswith(".")]


def test_what_fails_leaves_what_was_there(tmp_path: Path) -> None:
    place = tmp_path / "out"
    with warehouse(tmp_path) as connection:
        parquet.write(connection, place)
        before = {path.name: path.read_bytes() for path in place.iterdir()}
        # SQLite lets a text stand among numbers, Parquet does not.
        connection.execute("UPDATE attendance SET page = 'iv'")
        with pytest.raises(KcspError, match="DuckDB says ConversionException"):
            parquet.write(connection, place)
    assert {path.name: path.read_bytes() for path in place.iterdir()} == before
