"""Isolation: whatever a parser does, the other files are read, and nothing of it is left."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import tempfile
import textwrap
import time
import zipfile
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest

import hostile_format
from kcsp_nlp.errors import ReadingError
from kcsp_nlp.reading import Document, Limits, Reader, watching
from kcsp_nlp.reading.events import Result
from kcsp_nlp.reading.frames import receive, send
from kcsp_nlp.reading.unpacking import File

pytestmark = pytest.mark.alone  # limits of time and memory: not beside other tests

LIMITS = Limits(seconds=2, memory_megabytes=300, scan_seconds=0.1)
# Long enough for a busy machine; nothing waits so long that ends as it should.
PATIENCE = 60
ROOT = Path(__file__).parents[1]


@pytest.fixture(autouse=True)
def _hostile(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Have the process that reads be one that knows the hostile format, and files be counted."""
    hostile_format.install(monkeypatch.setitem)
    program = str(Path(hostile_format.__file__))
    monkeypatch.setattr(watching, "_command", lambda folder: [sys.executable, program, folder])
    monkeypatch.setenv("PYTHONPATH", str(ROOT / "nlp"))
    folder = tmp_path / "temporary"
    folder.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(folder))


@pytest.fixture
def reader(tmp_path: Path, others: None) -> Iterator[Reader]:
    """A reader that leaves neither a process nor a file."""
    with Reader(LIMITS) as reader:
        yield reader
    assert living() == []
    assert list((tmp_path / "temporary").iterdir()) == []


# Processes that other tests of the same run have left: Python keeps one for its worker pools.
OTHERS: set[int] = set()


@pytest.fixture(autouse=True)
def others() -> None:
    OTHERS.clear()
    OTHERS.update(each.pid for each in psutil.Process().children(recursive=True))


def living() -> list[psutil.Process]:
    """Return the processes that this test started and that have not ended."""
    processes = psutil.Process().children(recursive=True)
    return [
        each
        for each in processes
        if each.pid not in OTHERS and each.status() != psutil.STATUS_ZOMBIE
    ]


def file(text: str, name: str = "a.hostile") -> File:
    return File(text.encode(), name, Path(name).suffix, f"folder/{name}")


def read(reader: Reader, text: str, name: str = "a.hostile") -> list[str]:
    return [told(each) for each in reader.read_file(file(text, name))]


def told(result: Result) -> str:
    return result.text if isinstance(result, Document) else str(result)


def is_gone(pid: int) -> bool:
    """Wait for a process to end."""
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        if not psutil.pid_exists(pid) or psutil.Process(pid).status() == psutil.STATUS_ZOMBIE:
            return True
        time.sleep(0.02)
    return False


HARM = [
    pytest.param("hang", "takes more than 2 seconds", id="a parser that hangs"),
    pytest.param("hang_with_lock", "takes more than 2 seconds", id="one that keeps Python's lock"),
    pytest.param("eat", "takes more than 300 MB", id="one that eats memory"),
    pytest.param("eat_in_child", "takes more than 300 MB", id="one whose program eats memory"),
    pytest.param("abort", "ended the process", id="one that crashes the interpreter"),
    pytest.param("leave", "ended the process", id="one that ends it"),
    pytest.param("interrupt", "ended the process", id="one that raises what is no Exception"),
    pytest.param("start_and_abort", "ended the process", id="a crash beside a program it started"),
    pytest.param("close_pipes", "", id="one that closes all files"),
    pytest.param("fail", "(RuntimeError)", id="an exception, whose message is not told"),
    pytest.param("fail_oddly", "(OddError)", id="an exception without a message"),
    pytest.param("recurse", "(RecursionError)", id="nesting"),
    pytest.param("surrogate", "(", id="text that no file can hold"),
    pytest.param("wrong", "(", id="text that is none"),
    pytest.param("nothing", "no document in it", id="neither a document nor an error"),
    pytest.param("refuse", "found nothing, expected something", id="an error as it should be"),
]
if hasattr(os, "fork"):
    HARM.append(pytest.param("fork_and_hang", "takes more than 2", id="a copy with the same pipes"))
HARMLESS = [
    pytest.param("speak", id="one that prints, and starts what prints"),
    pytest.param("listen", id="one that starts what listens to standard input"),
    pytest.param("litter", id="one that leaves files"),
    pytest.param("remove_folder", id="one that removes the folder for files"),
    pytest.param("start", id="one that leaves a program running"),
    pytest.param("start_thread", id="one that leaves a thread running"),
    pytest.param("announce", id="one that announces more pages than there may be"),
]


@pytest.mark.parametrize(("harm", "message"), HARM)
def test_a_harmful_file_costs_itself_alone(reader: Reader, harm: str, message: str) -> None:
    assert read(reader, "before") == ["before"]
    (failure,) = reader.read_file(file(harm))
    assert isinstance(failure, ReadingError)
    assert message in str(failure)
    assert "text of the document" not in str(failure)
    assert read(reader, "behind") == ["behind"]


@pytest.mark.parametrize("harm", HARMLESS)
def test_a_file_that_misbehaves_is_read(
    reader: Reader, harm: str, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    assert read(reader, harm) == [harm]
    left = [path for path in (tmp_path / "temporary").rglob("*") if path.is_file()]
    assert (left, len(living()) <= 1) == ([], True)
    assert read(reader, "behind") == ["behind"]
    assert capfd.readouterr() == ("", "")


@pytest.mark.parametrize(("harm", "message"), [HARM[0], HARM[2], HARM[4], HARM[9]])
def test_the_other_members_are_read(reader: Reader, harm: str, message: str) -> None:
    one, failure, three = read(reader, f"one {harm} three", "a.container")
    assert (one, three) == ("one", "three")
    assert failure.startswith("folder/a.container/1.hostile: found ")
    assert message in failure


@pytest.mark.parametrize(
    ("text", "results"),
    [
        pytest.param(
            "one !abort two", ["one", "folder/a.container: found a file that ended"], id="crash"
        ),
        pytest.param("!abort one", ["folder/a.container: found a file that ended"], id="at once"),
        pytest.param("one two !hang three", ["one", "two", "folder/a.container: found"], id="hang"),
    ],
)
def test_a_container_that_harms_between_members_is_given_up(
    reader: Reader, text: str, results: list[str]
) -> None:
    found = read(reader, text, "a.container")
    assert [each[: len(wanted)] for each, wanted in zip(found, results, strict=True)] == results


def test_many_members_that_harm_are_not_all_tried(reader: Reader) -> None:
    results = read(reader, "good " + "abort " * 50, "a.container")
    assert results[0] == "good"
    assert "those behind them were not read" in results[-1]
    assert len(results) == 12


def test_what_an_earlier_file_took_is_not_held_against_the_next(reader: Reader) -> None:
    assert read(reader, "keep") == ["keep"]
    assert read(reader, "keep") == ["keep"]
    assert read(reader, "keep keep keep", "a.container") == ["keep", "keep", "keep"]


def test_a_process_serves_many_files(reader: Reader) -> None:
    read(reader, "one")
    (before,) = living()
    read(reader, "two")
    assert living() == [before]


def test_what_is_not_waited_for_is_not_taken_for_the_next_file(reader: Reader) -> None:
    first = reader.read_file(file("one two three", "a.container"))
    assert told(next(first)) == "one"
    assert read(reader, "other") == ["other"]
    assert [told(each) for each in first] == ["two", "three"]
    abandoned = reader.read_file(file("one two three", "a.container"))
    next(abandoned)
    abandoned.close()  # type: ignore[attr-defined]
    assert read(reader, "other") == ["other"]


def test_closing_ends_a_file_that_is_being_read() -> None:
    reader = Reader(LIMITS)
    found = reader.read_file(file("one two three", "a.container"))
    next(found)
    reader.close()
    assert living() == []
    reader.close()


def test_a_process_that_does_not_start_is_a_failure(
    reader: Reader, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(watching, "_command", lambda folder: [f"{folder}/no such program"])
    (failure,) = read(reader, "one")
    assert "found no way to start the process" in failure


def test_a_process_that_says_nonsense_is_a_failure(
    reader: Reader, monkeypatch: pytest.MonkeyPatch
) -> None:
    for program in ("print('x' * 100)", "import sys; sys.stdin.read()", "1 / 0", "print()"):
        monkeypatch.setattr(watching, "_START", 2)
        monkeypatch.setattr(
            watching, "_command", lambda folder, program=program: [sys.executable, "-c", program]
        )
        (failure,) = read(reader, "one" * 1_000_000)
        assert failure.startswith("folder/a.hostile: found ")


def test_an_archive_is_looked_into_by_the_process_alone(
    reader: Reader, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(zipfile, "ZipFile", None)
    (failure,) = reader.read_file(File(b"PK\x03\x04", "a.zip", ".zip", "a.zip"))
    assert "found a ZIP archive that is cut off" in str(failure)


@pytest.mark.skipif(os.name == "nt", reason="Windows knows no names that are not text")
def test_a_name_that_is_not_utf8(reader: Reader, tmp_path: Path) -> None:
    path = Path(os.fsdecode(os.fsencode(tmp_path) + b"/\xff.hostile"))
    path.write_bytes(b"text")
    (document,) = reader.read(path)
    assert isinstance(document, Document)
    assert document.source == "\ufffd.hostile"
    path.write_bytes(b"fail")
    (failure,) = reader.read(path)
    assert str(path) in str(failure)


def start_program(body: str, folder: Path, text: str = "one two hang") -> subprocess.Popen[str]:
    """Start a program that reads; it says the number of its process that reads."""
    program = f"""
        import sys, tempfile
        sys.path.insert(0, {str(Path(__file__).parent)!r})
        import hostile_format, psutil
        from kcsp_nlp.reading import Limits, Reader, watching
        from kcsp_nlp.reading.unpacking import File
        hostile_format.install(lambda mapping, key, value: mapping.__setitem__(key, value))
        watching._command = lambda folder: [sys.executable, hostile_format.__file__, folder]
        tempfile.tempdir = {str(folder)!r}
        reader = Reader(Limits(seconds={1 if "lock" in text else 3_600}))
        def read(text):
            return reader.read_file(File(text.encode(), "a", ".container", "a"))
        found = read({text!r})
        next(found)
        print(reader._busy[0]._process.pid, flush=True)
    """
    return subprocess.Popen(
        [sys.executable, "-c", textwrap.dedent(program) + textwrap.dedent(body)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


@pytest.mark.parametrize(
    ("text", "body"),
    [
        pytest.param("one hang", "list(found)", id="while it hangs"),
        pytest.param("one two three", "sys.stdin.read()", id="while it has more to say"),
        pytest.param("one start hang", "list(found)", id="with a program that it started"),
    ],
)
def test_killed_it_leaves_no_process_and_no_file(text: str, body: str, tmp_path: Path) -> None:
    with start_program(body, tmp_path, text) as program:
        assert program.stdout is not None
        child = int(program.stdout.readline())
        program.kill()
        program.communicate()
    assert is_gone(child)
    assert [path for path in tmp_path.iterdir() if path.name != "temporary"] == []


def test_killed_it_leaves_no_process_that_keeps_the_lock(tmp_path: Path) -> None:
    """No other thread runs then: only the clock of `faulthandler` ends the process."""
    with start_program("list(found)", tmp_path, "one hang_with_lock") as program:
        assert program.stdout is not None
        child = int(program.stdout.readline())
        program.kill()
        program.communicate()
    assert is_gone(child)


@pytest.mark.skipif(os.name == "nt", reason="Windows sends Ctrl-C to consoles alone")
def test_interrupted_it_leaves_no_process_and_no_file(tmp_path: Path) -> None:
    body = """
        try:
            list(found)
        except KeyboardInterrupt:
            print("interrupted", psutil.Process().children(), flush=True)
            raise SystemExit(3)
    """
    with start_program(body, tmp_path) as program:
        assert program.stdout is not None
        child = int(program.stdout.readline())
        time.sleep(0.5)
        program.send_signal(signal.SIGINT)
        out, _ = program.communicate(timeout=PATIENCE)
    assert (out, program.returncode) == ("interrupted []\n", 3)
    assert is_gone(child)
    assert [path for path in tmp_path.iterdir() if path.name != "temporary"] == []


def test_the_process_has_the_package_of_the_one_that_started_it(tmp_path: Path) -> None:
    """Neither the working folder nor another installed package comes before it."""
    (tmp_path / "kcsp_nlp").mkdir()
    (tmp_path / "kcsp_nlp" / "__init__.py").write_text("raise SystemExit('the wrong package')")
    (tmp_path / "json.py").write_text("raise SystemExit('the wrong module')")
    program = f"""
        import sys
        sys.path[:] = [path for path in sys.path if path]
        sys.path.insert(0, {str(ROOT / "nlp")!r})
        from kcsp_nlp.reading import Reader
        from kcsp_nlp.reading.unpacking import File
        sys.path.insert(0, "")
        with Reader() as reader:
            for each in reader.read_file(File(b"PK\\5\\6", "a", ".zip", "a")):
                print(each)
    """
    environment = {name: os.environ[name] for name in os.environ if name != "PYTHONPATH"}
    done = subprocess.run(
        [sys.executable, "-c", textwrap.dedent(program)],
        cwd=tmp_path,
        env=environment,
        capture_output=True,
        text=True,
        timeout=PATIENCE,
        check=False,
    )
    assert done.stdout.startswith("a: found a ZIP archive that is cut off")


def test_messages_arrive_as_they_were_sent(tmp_path: Path) -> None:
    path = tmp_path / "messages"
    message = {"where": "£ \udcff \u2028", "number": 1.5}
    with path.open("wb") as stream:
        send(stream, message, b"\0bytes")
    with path.open("rb") as stream:
        assert receive(stream) == (message, b"\0bytes")
        assert receive(stream) == (None, b"")


@pytest.mark.parametrize(
    "data",
    [
        pytest.param(b"\xff" * 16, id="a length beyond all documents"),
        pytest.param(b"\0" * 7 + b"\x02" + b"\0" * 8 + b"[]", id="no object"),
        pytest.param(b"\0" * 7 + b"\x02" + b"\0" * 8 + b"{]", id="no JSON"),
        pytest.param(b"\0" * 7 + b"\x02" + b"\0" * 8 + b'"\xff', id="no text"),
    ],
)
def test_what_is_no_message_is_refused(data: bytes, tmp_path: Path) -> None:
    path = tmp_path / "messages"
    path.write_bytes(data)
    with path.open("rb") as stream, pytest.raises(ValueError):  # noqa: PT011
        receive(stream)


def test_half_a_message_is_none(tmp_path: Path) -> None:
    path = tmp_path / "messages"
    path.write_bytes(b"\0" * 7 + b"\x09" + b"\0" * 8 + b"{}")
    with path.open("rb") as stream:
        assert receive(stream) == (None, b"")
