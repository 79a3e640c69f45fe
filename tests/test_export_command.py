"""`kcsp-nlp export` as people run it: targets, summaries, mistakes, and what is left behind."""

from __future__ import annotations

import io
import os
import pty
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import NamedTuple

import pytest

from kcsp_nlp.cli.main import run
from kcsp_nlp.record_lines import write
from kcsp_nlp.warehouse.documentation import QUERIES
from kcsp_nlp.warehouse.exporting import TARGETS, target_of
from kcsp_nlp.warehouse.schema import TABLES
from warehousing import at, meeting, record

PAGE = Path(__file__).parents[1] / "docs" / "schema.md"
SECRET = "hunter2"  # noqa: S105
TEXT = "Ann Wick asked for £5,000."


class Result(NamedTuple):
    code: int
    out: str
    err: str


Command = Callable[..., Result]


@pytest.fixture
def command(monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]) -> Command:
    def command(*arguments: str | Path) -> Result:
        monkeypatch.setattr(sys, "argv", ["kcsp-nlp", *map(str, arguments)])
        code = 0
        try:
            run()
        except SystemExit as leaving:
            code = leaving.code if isinstance(leaving.code, int) else 0
        out, err = capfd.readouterr()
        assert "Traceback" not in err
        return Result(code, out, err)

    return command


@pytest.fixture
def records(tmp_path: Path) -> Path:
    """A file of three records of two meetings, one of them exempt."""
    who = at(TEXT, "Ann Wick", label="PERSON", id="person:w")
    sum_ = at(TEXT, "£5,000", label="MONEY", amount=5000, currency="GBP")
    exempt = {"kind": "exempt", "said_by": "item", "text": "EXEMPT"}
    held = [
        record(text=TEXT, spans=[who, sum_], topics=["funding"]),
        record(index=1, text="EXEMPT. " + TEXT, restriction=exempt, offset=len(TEXT)),
        record(meeting("barn")),
    ]
    path = tmp_path / "records.jsonl"
    with path.open("w", encoding="utf-8") as stream:
        write(held, stream)
    return path


def count(path: Path, table: str) -> int:
    with closing(sqlite3.connect(path)) as connection:
        return int(connection.execute(f"SELECT COUNT(*) FROM {table}").fetchone()[0])  # noqa: S608


def test_records_become_tables_and_stdout_stays_empty(
    command: Command, records: Path, tmp_path: Path
) -> None:
    place = tmp_path / "new" / "minutes.sqlite"
    result = command("export", records, "-o", place)
    assert (result.code, result.out) == (0, "")
    assert f"2 meetings, 0 of them replaced, in {place}" in result.err
    assert "meetings 2  items 3  item_topics 1  mentions 2  money 1" in result.err
    assert (count(place, "items"), count(place, "people")) == (3, 1)
    assert sorted(each.name for each in place.parent.iterdir()) == [
        "metadata.json",
        "minutes.sqlite",
    ]
    again = command("export", records, "-o", place, "--quiet")
    assert again == Result(0, "", "")
    assert count(place, "items") == 3
    assert "2 of them replaced" in command("export", records, "-o", place).err


@pytest.mark.parametrize(
    ("name", "arguments"),
    [
        pytest.param("minutes.db", [], id="sqlite by another suffix"),
        pytest.param("minutes", ["--to", "sqlite"], id="sqlite without suffix"),
        pytest.param("minutes.duckdb", [], id="duckdb"),
        pytest.param("minutes.XLSX", [], id="xlsx in capitals"),
        pytest.param("tables", ["--to", "csv"], id="csv"),
        pytest.param("tables", ["--to", "parquet"], id="parquet"),
    ],
)
def test_every_target_is_written_and_says_its_rows(
    command: Command, records: Path, tmp_path: Path, name: str, arguments: list[str]
) -> None:
    place = tmp_path / name
    result = command("export", records, "-o", place, *arguments)
    assert (result.code, result.out) == (0, "")
    assert place.exists()
    assert "2 meetings" in result.err
    for each in ("meetings 2", "items 3", "mentions 2", "people 1"):
        assert f"  {each}  " in result.err


def test_standard_input_folders_and_warehouses_are_records(
    command: Command, records: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    stdin = io.TextIOWrapper(io.BytesIO(records.read_bytes()), encoding="utf-8")
    monkeypatch.setattr(sys, "stdin", stdin)
    first, second, third = (tmp_path / f"{name}.sqlite" for name in "abc")
    assert command("export", "-", "-o", first).code == 0
    assert command("export", records.parent, "-o", second).code == 0
    assert command("export", first, "-o", third).code == 0
    assert [count(path, "items") for path in (first, second, third)] == [3, 3, 3]


def test_people_and_restricted_items_are_left_out_where_asked(
    command: Command, records: Path, tmp_path: Path
) -> None:
    place = tmp_path / "minutes.sqlite"
    result = command("export", records, "-o", place, "--no-people", "--no-restricted")
    assert result.code == 0
    assert "note 1 restricted items were left out" in result.err
    assert "stays" not in result.err
    assert (count(place, "people"), count(place, "items")) == (0, 2)
    assert b"Wick" not in place.read_bytes()


def test_what_an_older_run_left_in_the_target_is_said(
    command: Command, records: Path, tmp_path: Path
) -> None:
    place = tmp_path / "minutes.sqlite"
    command("export", records, "-o", place)
    whole = command("export", records, "-o", place, "--no-people")
    assert "stays" not in whole.err
    lines = records.read_text(encoding="utf-8").splitlines(keepends=True)
    one = tmp_path / "one.jsonl"
    one.write_text(lines[-1], encoding="utf-8")
    result = command("export", one, "-o", place, "--no-people")
    assert "note meetings of earlier runs" in result.err
    assert count(place, "meetings") == 2


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        pytest.param(["records.jsonl", "-o", "out.txt"], "--to", id="a name that says nothing"),
        pytest.param(["records.jsonl", "-o", "out"], "--to", id="no suffix"),
        pytest.param(["records.jsonl"], "--output", id="no place"),
        pytest.param(["-o", "a.sqlite"], "RECORDS", id="no records"),
        pytest.param(["-", "records.jsonl", "-o", "a.sqlite"], "mixed", id="stdin among files"),
        pytest.param(["records.jsonl", "-o", "a", "--to", "xml"], "xml", id="no such target"),
        pytest.param(
            ["records.jsonl", "-o", "records.jsonl", "--to", "sqlite"],
            "to be read",
            id="the place is what is read",
        ),
        pytest.param(
            ["records.jsonl", "-o", f"postgresql://a:{SECRET}@h/d", "--to", "sqlite"],
            "not an address",
            id="an address for a file",
        ),
        pytest.param(
            ["records.jsonl", "-o", f"mysql://a:{SECRET}@h/d"], "--to", id="another database"
        ),
        pytest.param(
            [f"postgresql://a:{SECRET}@h/d", "-o", "a.sqlite"],
            "not addresses",
            id="an address to read",
        ),
    ],
)
def test_a_mistake_in_the_command_is_2_and_shows_no_password(
    command: Command,
    records: Path,
    monkeypatch: pytest.MonkeyPatch,
    arguments: list[str],
    said: str,
) -> None:
    monkeypatch.chdir(records.parent)
    result = command("export", *arguments)
    assert result.code == 2
    assert said in result.err
    assert SECRET not in result.err
    assert [each.name for each in records.parent.iterdir()] == ["records.jsonl"]


@pytest.mark.parametrize(
    ("name", "content", "place", "said"),
    [
        pytest.param(
            "missing.jsonl", None, "w.sqlite", "missing.jsonl: cannot be opened", id="missing"
        ),
        pytest.param("bad.jsonl", "{}\n", "w.sqlite", "bad.jsonl, line 1", id="no record"),
        pytest.param("none.sqlite", "", "w.sqlite", "none.sqlite: holds nothing", id="no tables"),
        pytest.param("none.duckdb", "DUCK", "w.sqlite", "none.duckdb", id="no DuckDB file"),
        pytest.param("e.jsonl", "", "e.jsonl/w.sqlite", "e.jsonl/w.sqlite: cannot", id="no folder"),
        pytest.param("e.jsonl", "", ".", "is a folder", id="a folder as file"),
    ],
)
def test_what_cannot_be_read_or_written_is_1_and_named(
    command: Command, tmp_path: Path, name: str, content: str | None, place: str, said: str
) -> None:
    if content is not None:
        (tmp_path / name).write_text(content, encoding="utf-8")
    before = sorted(tmp_path.iterdir())
    result = command("export", tmp_path / name, "-o", tmp_path / place, "--to", "sqlite")
    assert (result.code, result.out) == (1, "")
    assert said in result.err
    assert "expected" in result.err
    assert sorted(tmp_path.iterdir()) == before


def test_people_cannot_be_taken_out_of_a_warehouse(
    command: Command, records: Path, tmp_path: Path
) -> None:
    command("export", records, "-o", tmp_path / "a.sqlite")
    result = command("export", tmp_path / "a.sqlite", "-o", tmp_path / "b.sqlite", "--no-people")
    assert result.code == 1
    assert "give those that it was exported from" in result.err
    assert not (tmp_path / "b.sqlite").exists()


def test_a_password_is_never_shown(command: Command, records: Path) -> None:
    place = f"postgresql://ann:{SECRET}@127.0.0.1:1/minutes"
    result = command("export", records, "-o", place)
    assert result.code == 1
    assert SECRET not in result.out + result.err


@pytest.mark.skipif(os.name != "posix", reason="terminals of Windows are no ptys")
def test_progress_is_shown_on_a_terminal_alone(records: Path, tmp_path: Path) -> None:
    place = str(tmp_path / "w.sqlite")
    arguments = [sys.executable, "-m", "kcsp_nlp", "export", str(records), "-o", place]
    ours, theirs = pty.openpty()
    with subprocess.Popen(arguments, stderr=theirs) as running:
        os.close(theirs)
        shown = b""
        try:
            while piece := os.read(ours, 4096):
                shown += piece
        except OSError:  # Linux says so at the end
            pass
    os.close(ours)
    assert running.returncode == 0
    assert b"exporting" in shown
    piped = subprocess.run(arguments, capture_output=True, check=True)
    assert b"exporting" not in piped.stderr


def test_targets_are_told_by_names() -> None:
    assert {target_of(f"x{s}") for each in TARGETS.values() for s in each.suffixes} == {
        "sqlite",
        "duckdb",
        "xlsx",
    }
    assert target_of("postgres://h/d") == target_of("postgresql://h/d") == "postgresql"
    assert target_of("C:/minutes.sqlite") == "sqlite"
    assert target_of("https://h/minutes.sqlite") is None


# The page about the tables.


def test_the_page_about_the_tables_is_what_the_command_prints(command: Command) -> None:
    assert command("schema", "warehouse").out == PAGE.read_text(encoding="utf-8")


def test_the_page_says_every_table_and_column() -> None:
    page = PAGE.read_text(encoding="utf-8")
    for table in TABLES:
        part = page.split(f"### {table.name}\n")[1].split("\n### ")[0]
        assert table.description in part
        for column in table.columns:
            assert f"| `{column.name}` |" in part


@pytest.mark.parametrize("query", QUERIES.values(), ids=QUERIES.keys())
def test_the_questions_of_the_page_have_answers(
    command: Command, records: Path, tmp_path: Path, query: str
) -> None:
    place = tmp_path / "w.sqlite"
    command("export", records, "-o", place)
    with closing(sqlite3.connect(place)) as connection:
        connection.execute(query).fetchall()
