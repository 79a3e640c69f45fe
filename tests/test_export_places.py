"""Where targets stand: what cannot be written is refused before anything is lost."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest

from hostile_rows import HostileRows, warehouse
from kcsp_nlp.errors import KcspError
from kcsp_nlp.warehouse.targets import csv_files, duckdb_file, parquet, workbook
from kcsp_nlp.warehouse.targets.written import Written

Write = Callable[[sqlite3.Connection, Path], Written]
TARGETS = [
    pytest.param(csv_files.write, "out", id="CSV"),
    pytest.param(parquet.write, "out", id="Parquet"),
    pytest.param(workbook.write, "out.xlsx", id="XLSX"),
    pytest.param(duckdb_file.write, "out.duckdb", id="DuckDB"),
]
ROWS = HostileRows(texts=("x",), numbers=(1.0,), meetings=("00000000000000a1",), items=2)


@pytest.mark.parametrize(("write", "name"), TARGETS)
def test_folders_on_the_way_are_made(write: Write, name: str, tmp_path: Path) -> None:
    with warehouse(tmp_path, ROWS) as connection:
        done = write(connection, tmp_path / "a" / "b" / name)
    assert [path.name for path in (tmp_path / "a" / "b").iterdir()] == [name]
    assert (done.meetings, done.rows["items"]) == (1, 2)


@pytest.mark.parametrize(("write", "name"), TARGETS)
def test_a_file_on_the_way_is_named(write: Write, name: str, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("mine", encoding="utf-8")
    with (
        warehouse(tmp_path, ROWS) as connection,
        pytest.raises(KcspError, match=rf"file.{name}: cannot be written \("),
    ):
        write(connection, tmp_path / "file" / name)
    assert (tmp_path / "file").read_text(encoding="utf-8") == "mine"


@pytest.mark.parametrize(("write", "name"), TARGETS)
def test_a_file_or_folder_of_others_stays(write: Write, name: str, tmp_path: Path) -> None:
    place = tmp_path / name
    if "." in name:
        place.mkdir()
    else:
        place.write_text("mine", encoding="utf-8")
    with warehouse(tmp_path, ROWS) as connection, pytest.raises(KcspError, match=f"{name}: "):
        write(connection, place)
    assert place.is_dir() or place.read_text(encoding="utf-8") == "mine"


@pytest.mark.parametrize(("write", "name"), TARGETS)
def test_a_link_leads_to_what_is_replaced(write: Write, name: str, tmp_path: Path) -> None:
    link, place = tmp_path / f"link-{name}", tmp_path / name
    try:
        link.symlink_to(place)
    except OSError:
        pytest.skip("needs the right to make links; on Windows, developer mode")
    with warehouse(tmp_path, ROWS) as connection:
        write(connection, link)
        write(connection, link)
    assert link.is_symlink()
    assert place.exists()
    assert not place.is_symlink()
