"""`kcsp-nlp dashboard` as people run it."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterable
from http.client import HTTPConnection
from pathlib import Path

import pytest
from selectolax.lexbor import LexborHTMLParser
from typer.testing import CliRunner, Result

from invented_minutes import invented_records
from kcsp_nlp.cli.main import app
from kcsp_nlp.errors import KcspError
from kcsp_nlp.record_lines import write
from kcsp_nlp.records import Record
from kcsp_nlp.warehouse.sqlite import connect, load
from site_making import all_said, meeting, record, said, span


def one(name: str = "may", body: str | None = "Ashby Forum") -> Record:
    text = "Ms Wick was asked to trim the lamps by 1 June 2024."
    return record(
        meeting(name, "2024-05-02", body),
        0,
        text,
        title="Lamps",
        spans=[span("PERSON", "Wick", "person:wick")],
        actions=[{"text": text, "owners": ["Ms Wick"], "due": "2024-06-01"}],
    )


def lines(path: Path, records: Iterable[Record]) -> Path:
    with path.open("w", encoding="utf-8", newline="\n") as stream:
        write(records, stream)
    return path


def dashboard(*arguments: str | Path) -> Result:
    return CliRunner().invoke(app, ["dashboard", *map(str, arguments)])


def title(site: Path) -> str:
    page = LexborHTMLParser((site / "about.html").read_text(encoding="utf-8"))
    return said(page.css_first(".site-title"))


def test_records_become_a_site(tmp_path: Path) -> None:
    file = lines(tmp_path / "records.jsonl", [one()])
    result = dashboard(file, "-o", tmp_path / "out" / "site")
    assert result.exit_code == 0
    assert result.stdout == ""
    assert "pages, " in result.stderr
    assert "index.html" in result.stderr
    assert (tmp_path / "out" / "site" / "index.html").is_file()


def test_a_folder_standard_input_and_a_warehouse_give_the_same_site(tmp_path: Path) -> None:
    (tmp_path / "records").mkdir()
    file = lines(tmp_path / "records" / "a.jsonl", [one()])
    with connect(tmp_path / "w.sqlite") as connection:
        load(connection, [one()])
    for name, place in (("folder", file.parent), ("db", tmp_path / "w.sqlite")):
        assert dashboard(place, "-o", tmp_path / name, "--today", "2024-06-15").exit_code == 0
    arguments = ["dashboard", "-", "-o", str(tmp_path / "stdin"), "--today", "2024-06-15"]
    assert CliRunner().invoke(app, arguments, input=file.read_bytes()).exit_code == 0
    held = [_bytes(tmp_path / name) for name in ("folder", "db", "stdin")]
    assert held[0] == held[1] == held[2]


def _bytes(folder: Path) -> dict[str, bytes]:
    files = (path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in files}


@pytest.mark.parametrize(
    ("bodies", "arguments", "expected"),
    [
        pytest.param(["Ashby Forum"], [], "Ashby Forum", id="one body gives the title"),
        pytest.param(["Ashby Forum", "Tallow Council"], [], "Minutes", id="two bodies"),
        pytest.param([None], [], "Minutes", id="no body known"),
        pytest.param(["Ashby Forum"], ["--title", "A & <b>"], "A & <b>", id="a title of one's own"),
    ],
)
def test_the_title(
    tmp_path: Path, bodies: list[str | None], arguments: list[str], expected: str
) -> None:
    file = lines(tmp_path / "r.jsonl", [one(str(body), body) for body in bodies])
    assert dashboard(file, "-o", tmp_path / "site", *arguments).exit_code == 0
    assert title(tmp_path / "site") == expected


def test_the_day_is_stated_and_what_is_overdue_depends_on_it(tmp_path: Path) -> None:
    file = lines(tmp_path / "r.jsonl", [one()])
    dashboard(file, "-o", tmp_path / "site", "--today", "2024-05-31")
    about = LexborHTMLParser((tmp_path / "site" / "about.html").read_text(encoding="utf-8"))
    assert "31 May 2024" in all_said(about, "time")
    before = _bytes(tmp_path / "site")
    dashboard(file, "-o", tmp_path / "site", "--today", "2024-06-02")
    assert _bytes(tmp_path / "site") != before


def test_people_are_left_out_of_every_file(tmp_path: Path) -> None:
    file = lines(tmp_path / "r.jsonl", [one()])
    assert dashboard(file, "-o", tmp_path / "site", "--no-people").exit_code == 0
    assert not [name for name, data in _bytes(tmp_path / "site").items() if b"Wick" in data]


def test_what_is_not_for_the_public_is_left_out_unless_asked_for(tmp_path: Path) -> None:
    file = lines(tmp_path / "r.jsonl", invented_records())
    result = dashboard(file, "-o", tmp_path / "site")
    assert "left out as not for the public: 1 items" in result.stderr
    assert not [name for name, data in _bytes(tmp_path / "site").items() if b"zebrafinch" in data]
    dashboard(file, "-o", tmp_path / "site", "--include-restricted")
    assert [name for name, data in _bytes(tmp_path / "site").items() if b"zebrafinch" in data]


def test_nothing_to_show_is_an_error_and_leaves_the_old_site(tmp_path: Path) -> None:
    dashboard(lines(tmp_path / "r.jsonl", [one()]), "-o", tmp_path / "site")
    before = _bytes(tmp_path / "site")
    empty = lines(tmp_path / "empty.jsonl", [])
    result = dashboard(empty, "-o", tmp_path / "site")
    assert isinstance(result.exception, KcspError)
    assert "no meeting to show" in str(result.exception)
    assert _bytes(tmp_path / "site") == before


def test_a_folder_of_something_else_is_refused(tmp_path: Path) -> None:
    file = lines(tmp_path / "r.jsonl", [one()])
    result = dashboard(file, "-o", tmp_path)
    assert isinstance(result.exception, KcspError)
    assert file.is_file()


def test_quiet_says_nothing(tmp_path: Path) -> None:
    result = dashboard(lines(tmp_path / "r.jsonl", [one()]), "-o", tmp_path / "site", "--quiet")
    assert (result.exit_code, result.output) == (0, "")


@pytest.mark.skipif(sys.platform == "win32", reason="no SIGINT for another process on Windows")
def test_the_site_is_served_until_control_c(tmp_path: Path) -> None:
    file = lines(tmp_path / "r.jsonl", [one()])
    command = [sys.executable, "-m", "kcsp_nlp", "dashboard", str(file), "-o", "site", "--quiet"]
    with subprocess.Popen(
        [*command, "--serve", "--port", "0"],
        cwd=tmp_path,
        stderr=subprocess.PIPE,
        env={**os.environ, "PYTHONUNBUFFERED": "1"},
    ) as process:
        assert process.stderr is not None
        address = process.stderr.readline().decode().split()[0]
        connection = HTTPConnection(address.removeprefix("http://").strip("/"), timeout=10)
        connection.request("GET", "/")
        assert b"Ashby Forum" in connection.getresponse().read()
        connection.close()
        process.send_signal(signal.SIGINT)
        assert process.wait(20) == 0
        assert process.stderr.read() == b""
