"""SQLite files: what is none is refused, a kill leaves the old content, search finds items."""

from __future__ import annotations

import os
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from kcsp_nlp.errors import KcspError
from kcsp_nlp.records import Record
from kcsp_nlp.warehouse.loading import loading
from kcsp_nlp.warehouse.sqlite import connect, explained, load, scratch
from warehousing import at, loaded, meeting, record, tables

# Loads the same meetings with other text, and is killed at a moment that it is told.
CHILD = """
import os, signal, sys
from itertools import count
from pathlib import Path
from test_warehouse_files import many
from kcsp_nlp.warehouse.loading import loading
from kcsp_nlp.warehouse.sqlite import connect

path, kind, moment = Path(sys.argv[1]), sys.argv[2], sys.argv[3]
calls = count()

def die():
    os.kill(os.getpid(), signal.SIGKILL)

def see(statement):
    if kind == "statement" and moment in statement:
        die()
    if kind == "commit" and statement == "COMMIT":
        signal.setitimer(signal.ITIMER_REAL, float(moment))

with connect(path) as connection:
    connection.execute("PRAGMA cache_size = 5")  # pages are written long before the end
    connection.set_trace_callback(see)
    if kind == "instructions":
        connection.set_progress_handler(lambda: next(calls) == int(moment) and die(), 100)
    if kind == "clock":
        signal.setitimer(signal.ITIMER_REAL, float(moment))
    with loading(connection, search=True) as under_way:
        for number, record in enumerate(many("new")):
            if kind == "record" and number == int(moment):
                die()
            under_way.add(record)
"""


posix = pytest.mark.skipif(os.name != "posix", reason="Windows has no signals that kill")


def many(word: str) -> list[Record]:
    """Return records of forty meetings."""
    text = f"Ann Wick spoke of {word} lamps. " * 20
    who = at(text, "Ann Wick", label="PERSON", id="person:w")
    return [
        record(meeting(f"m{number}"), index, text=text, spans=[who])
        for number in range(40)
        for index in range(3)
    ]


def killed(path: Path, kind: str, moment: str) -> int:
    """Run a load that is killed at a moment, and return its exit code."""
    return subprocess.run(
        [sys.executable, "-c", CHILD, path, kind, moment],
        env={**os.environ, "PYTHONPATH": str(Path(__file__).parent)},
        check=False,
    ).returncode


@posix
@pytest.mark.parametrize(
    ("kind", "moment"),
    [
        pytest.param("record", "0", id="before the first record"),
        pytest.param("record", "70", id="between records"),
        pytest.param("instructions", "9", id="early, inside a statement"),
        pytest.param("instructions", "300", id="later, inside a statement"),
        pytest.param("statement", "INSERT INTO people", id="while dimensions are derived"),
        pytest.param("statement", "'rebuild'", id="while the index for search is made"),
        pytest.param("statement", "COMMIT", id="before the commit"),
    ],
)
def test_a_kill_leaves_the_old_content_whole(tmp_path: Path, kind: str, moment: str) -> None:
    path = tmp_path / "w.sqlite"
    before = loaded(path, many("old"))
    assert killed(path, kind, moment) == -signal.SIGKILL
    with connect(path) as connection:
        assert tables(connection) == before
        assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    assert loaded(path, many("new"))["items"] != before["items"]


@posix
@pytest.mark.parametrize(
    ("kind", "moment"),
    [
        pytest.param("commit", "0.00001", id="as the commit begins"),
        pytest.param("commit", "0.001", id="within the commit"),
        pytest.param("clock", "0.003", id="any time"),
        pytest.param("clock", "0.02", id="any later time"),
    ],
)
def test_a_kill_leaves_the_old_or_the_new_content(tmp_path: Path, kind: str, moment: str) -> None:
    path = tmp_path / "w.sqlite"
    after = loaded(tmp_path / "other.sqlite", many("new"))
    before = loaded(path, many("old"))
    assert killed(path, kind, moment) in {0, -signal.SIGALRM}
    with connect(path) as connection:
        assert tables(connection) in (before, after)
        assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]


def other_database(path: Path) -> None:
    with sqlite3.connect(path) as connection:
        connection.execute("CREATE TABLE meetings (name TEXT)")
    connection.close()


def other_version(path: Path) -> None:
    loaded(path, [record()])
    with sqlite3.connect(path) as connection:
        connection.execute("UPDATE warehouse SET value = 'kcsp-nlp/warehouse/0'")
    connection.close()


def damaged(path: Path) -> None:
    loaded(path, [record()])
    data = bytearray(path.read_bytes())
    data[100:] = b"\xff" * (len(data) - 100)
    path.write_bytes(data)


@pytest.mark.parametrize(
    ("make", "said"),
    [
        pytest.param(
            lambda path: path.write_text("Minutes of a meeting. " * 99, encoding="utf-8"),
            "file is not a database",
            id="text",
        ),
        pytest.param(other_database, "holds other tables", id="another database"),
        pytest.param(other_version, "holds kcsp-nlp/warehouse/0", id="another version"),
        pytest.param(damaged, "malformed", id="a damaged file"),
        pytest.param(Path.mkdir, "is a folder", id="a folder"),
    ],
)
def test_what_is_no_warehouse_is_refused_and_stays(
    tmp_path: Path, make: Callable[[Path], object], said: str
) -> None:
    path = tmp_path / "w.sqlite"
    make(path)
    before = path.read_bytes() if path.is_file() else None
    for read_only in (False, True):
        with (
            pytest.raises(KcspError, match=said) as raised,
            connect(path, read_only=read_only) as connection,
        ):
            load(connection, [record()])
        assert str(path) in str(raised.value)
        assert "expected" in str(raised.value)
    assert (path.read_bytes() if path.is_file() else None) == before


def test_a_place_that_cannot_be_written_is_refused(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    for path in (tmp_path / "file" / "w.sqlite", tmp_path / "nowhere" / "w.sqlite"):
        with pytest.raises(KcspError, match="unable to open"), connect(path):
            pass


def test_what_is_only_read_must_be_there_and_hold_something(tmp_path: Path) -> None:
    path = tmp_path / "w.sqlite"
    with pytest.raises(KcspError, match="unable to open"), connect(path, read_only=True):
        pass
    path.touch()
    with pytest.raises(KcspError, match="holds nothing"), connect(path, read_only=True):
        pass


def test_what_is_only_read_is_not_written(tmp_path: Path) -> None:
    path = tmp_path / "w.sqlite"
    loaded(path, [record()])
    with (
        pytest.raises(KcspError, match="readonly"),
        connect(path, read_only=True) as connection,
    ):
        load(connection, [record(meeting("barn"))])


@pytest.mark.parametrize("lock", ["BEGIN IMMEDIATE", "BEGIN; SELECT * FROM items"])
def test_a_file_that_another_program_holds_stays_as_it_was(tmp_path: Path, lock: str) -> None:
    path = tmp_path / "w.sqlite"
    before = loaded(path, [record()])
    with (
        closing(sqlite3.connect(path, isolation_level=None)) as other,
        connect(path) as connection,
    ):
        for statement in lock.split("; "):
            other.execute(statement).fetchall()
        connection.execute("PRAGMA busy_timeout = 0")
        with pytest.raises(sqlite3.OperationalError) as raised:
            load(connection, [record(meeting("barn"))])
    assert "in use by another program" in str(explained(path, raised.value))
    assert loaded(path, []) == before


def test_nothing_is_left_where_a_first_load_fails(tmp_path: Path) -> None:
    path = tmp_path / "w.sqlite"
    with pytest.raises(KcspError), connect(path) as connection:
        load(connection, [record(id="elsewhere:0")])
    assert not list(tmp_path.iterdir())


def test_names_of_files_may_hold_what_addresses_may_not(tmp_path: Path) -> None:
    path = tmp_path / "a?b#c%41 ü.sqlite"
    loaded(path, [record()])
    assert [each.name for each in tmp_path.iterdir()] == [path.name]
    with connect(path, read_only=True) as connection:
        assert connection.execute("SELECT COUNT(*) FROM items").fetchone() == (1,)


def test_a_temporary_warehouse_is_gone_and_was_nobody_elses() -> None:
    with scratch() as connection:
        load(connection, [record()])
        (path,) = [Path(row[2]) for row in connection.execute("PRAGMA database_list") if row[2]]
        if os.name == "posix":
            assert path.parent.stat().st_mode & 0o077 == 0
    assert not path.parent.exists()


# Search.


def found(connection: sqlite3.Connection, words: str) -> list[str]:
    select = (
        "SELECT item_id FROM items WHERE rowid IN "
        "(SELECT rowid FROM items_fts WHERE items_fts MATCH ?) ORDER BY 1"
    )
    return [item for (item,) in connection.execute(select, (words,))]


def test_search_finds_titles_and_texts_by_stem_and_without_accents(tmp_path: Path) -> None:
    with connect(tmp_path / "w.sqlite") as connection:
        with loading(connection, search=True) as under_way:
            under_way.add(record(item={"title": "Café strategies"}))
            under_way.add(record(index=1, text="A strategy for lamps."))
        hall = meeting()["id"]
        assert found(connection, "strategy") == [f"{hall}:0", f"{hall}:1"]
        assert found(connection, "cafe") == [f"{hall}:0"]


def test_search_follows_what_is_replaced(tmp_path: Path) -> None:
    with connect(tmp_path / "w.sqlite") as connection:
        with loading(connection, search=True) as under_way:
            under_way.add(record(text="The quetzal."))
            under_way.add(record(meeting("barn"), text="A heron."))
        load(connection, [record(text="The heron.")])
        assert found(connection, "quetzal") == []
        assert len(found(connection, "heron")) == 2
        connection.execute("INSERT INTO items_fts (items_fts) VALUES ('integrity-check')")
