"""`annotate` from and to object stores: the same records as from and to folders."""

from __future__ import annotations

import json
import socket
import subprocess
import sys
from collections.abc import Iterator
from io import BytesIO, TextIOWrapper
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

import trying_annotator

pytest.importorskip("upath", reason="needs universal-pathlib: pip install 'kcsp-nlp[s3]'")

from upath import UPath

from kcsp_nlp.storage.files import real
from kcsp_nlp.storage.places import parse_place

if TYPE_CHECKING:
    from running_here import Here

pytest_plugins = ["running_here", "s3_server"]


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    """Documents in folders whose order by name is not that of their addresses as texts."""
    folder = tmp_path / "in"
    for name in ("a/2.md", "a/10.md", "a.md", "b.txt", "b/.hidden.md", "b/README.md", "Z.md"):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(f"Line of {name}\n" * 3, encoding="utf-8")
    (folder / "c.bin").write_bytes(b"\0")
    (folder / "empty.md").write_bytes(b"")
    return folder


@pytest.fixture(params=["memory", "s3"])
def store(request: pytest.FixtureRequest) -> UPath:
    """An empty bucket."""
    if request.param == "s3":
        return UPath(request.getfixturevalue("s3")) / "test"
    bucket = UPath("memory://bucket/test")
    bucket.fs.store.clear()
    bucket.fs.pseudo_dirs[:] = [""]
    return bucket


def put(folder: Path, place: UPath) -> UPath:
    for path in folder.rglob("*"):
        if path.is_file():
            name = path.relative_to(folder).as_posix()
            place.fs.pipe_file(f"{place.path}/{name}", path.read_bytes())
    return place


def records(place: Path | UPath) -> list[str]:
    """Return the lines, without the name of the folder."""
    return place.read_bytes().decode().splitlines()


def test_a_store_gives_the_records_of_a_folder(
    here: Here, store: UPath, archive: Path, tmp_path: Path
) -> None:
    put(archive, store / "in")
    assert here(archive, "-o", tmp_path / "out.jsonl") == 1  # one is empty
    assert here(f"{store}/in", "-o", f"{store}/out.jsonl", "--report", f"{store}/run.json") == 1
    assert records(store / "out.jsonl") == records(tmp_path / "out.jsonl")
    failures = [json.loads(line) for line in records(store / "out.failures.jsonl")]
    assert [failure["file"] for failure in failures] == [f"{store}/in/empty.md"]
    counts = json.loads((store / "run.json").read_text())["counts"]
    assert (counts["documents"], counts["failures"]) == (5, {"reading": 1})
    assert {path.name for path in store.iterdir()} == {
        *("in", "out.jsonl", "out.failures.jsonl", "run.json")
    }


def test_the_address_of_a_folder_is_its_path(here: Here, archive: Path, tmp_path: Path) -> None:
    output = tmp_path / "out é.jsonl"
    assert here(archive.as_uri(), "-o", output.as_uri(), "--resume") == 1
    here(archive, "-o", tmp_path / "other.jsonl")
    assert records(output) == records(tmp_path / "other.jsonl")
    assert (tmp_path / "out é.failures.jsonl").exists()
    assert (tmp_path / "out é.jsonl.run" / "lock").exists()


def test_a_folder_can_be_written_to_a_store_and_the_other_way(
    here: Here, store: UPath, archive: Path, tmp_path: Path
) -> None:
    (archive / "empty.md").unlink()
    put(archive, store / "in")
    assert here(archive, "-o", f"{store}/out.jsonl") == 0
    assert here(f"{store}/in", "-o", tmp_path / "out.jsonl") == 0
    assert here(f"{store}/in/a.md", archive / "Z.md", "-o", tmp_path / "two.jsonl") == 0
    assert records(store / "out.jsonl") == records(tmp_path / "out.jsonl")
    assert len(records(tmp_path / "two.jsonl")) == 6


def test_what_has_not_changed_is_not_done_again(here: Here, store: UPath, archive: Path) -> None:
    (archive / "empty.md").unlink()
    place = put(archive, store / "in")
    given = [f"{place}", "-o", f"{store}/out.jsonl", "--resume", "--report", f"{store}/run.json"]
    assert here(*given) == 0
    (place / "a.md").write_bytes(b"Another line\n")
    (place / "b.txt").unlink()
    assert here(*given) == 0
    counts = json.loads((store / "run.json").read_text())["counts"]
    assert (counts["files"], counts["files_taken_over"]) == (4, 3)
    assert sum("Another line" in line for line in records(store / "out.jsonl")) == 1
    here.version = "1"
    assert here(*given) == 0
    assert json.loads((store / "run.json").read_text())["counts"]["files_taken_over"] == 0
    assert here(f"{place}", "-o", f"{store}/out.jsonl") == 1
    assert "holds the work of an earlier run" in here.err


def test_the_second_of_two_runs_is_refused(
    here: Here, store: UPath, archive: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from kcsp_nlp.storage.leases import leased

    folder = store / "out.jsonl.run"
    place = put(archive, store / "in")
    with leased(folder, seconds=2.0):
        assert here(f"{place}", "-o", f"{store}/out.jsonl") == 1
    assert "another run is writing it" in here.err
    assert here(f"{place}", "-o", f"{store}/out.jsonl") == 1
    assert "another run" not in here.err


def test_processes_read_from_a_store_too(s3: str, archive: Path, tmp_path: Path) -> None:
    (archive / "empty.md").unlink()
    put(archive, UPath(f"{s3}/in"))
    given = [f"{s3}/in", "-o", f"{s3}/out.jsonl", "--workers", "2"]
    program = [sys.executable, trying_annotator.__file__, *given]
    subprocess.run(program, check=True, capture_output=True, timeout=60)
    subprocess.run(
        [*program[:2], archive, "-o", tmp_path / "out.jsonl"], check=True, capture_output=True
    )
    assert records(UPath(f"{s3}/out.jsonl")) == records(tmp_path / "out.jsonl")


@pytest.mark.parametrize(
    ("given", "said"),
    [
        pytest.param("s3://no-such-bucket/in", "not there", id="nothing there"),
        pytest.param("http://localhost/a.md", "begins with http://", id="no object store"),
        pytest.param("s3:///in", "without a bucket", id="no bucket"),
        pytest.param("s3://bucket//in", "found two slashes", id="joined by hand"),
    ],
)
def test_an_address_that_leads_nowhere_is_told(
    here: Here, s3: str, tmp_path: Path, given: str, said: str
) -> None:
    assert here(given, "-o", tmp_path / "out.jsonl") in {1, 2}
    assert said in " ".join(here.err.replace("│", " ").split())
    assert not (tmp_path / "out.jsonl").exists()


def test_a_bucket_that_is_not_there_is_told(here: Here, s3: str, archive: Path) -> None:
    assert here(archive, "-o", "s3://no-such-bucket/out.jsonl") == 1
    assert "s3://no-such-bucket/out.jsonl" in here.err
    assert "Traceback" not in here.err


def flat(text: str) -> str:
    """Return what is said without the box that Typer draws around it."""
    return " ".join(text.replace("│", " ").split())


@pytest.mark.parametrize(
    ("name", "code"),
    [
        pytest.param("", 2, id="a bucket"),
        pytest.param("/", 2, id="a bucket, with a slash"),
        pytest.param("/new/", 2, id="a folder that is not there yet"),
        pytest.param("/in/", 2, id="a folder"),
        pytest.param("/in", 1, id="a name below which others lie"),
    ],
)
def test_records_are_not_written_over_a_folder(
    here: Here, s3: str, archive: Path, name: str, code: int
) -> None:
    place = put(archive, UPath(f"{s3}/in"))
    before = place.fs.find(s3)
    assert here(archive, "-o", f"{s3}{name}") == code
    assert "expected" in flat(here.err)
    assert "name" in flat(here.err)
    assert "Traceback" not in here.err
    assert place.fs.find(s3) == before


@pytest.fixture
def unreachable(monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """The address of a bucket of a store that does not answer."""
    from s3_server import environment_of

    s3fs = pytest.importorskip("s3fs", reason="needs s3fs: pip install 'kcsp-nlp[s3]'")
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
    monkeypatch.setenv("AWS_MAX_ATTEMPTS", "1")
    for name, value in environment_of(f"http://127.0.0.1:{port}").items():
        monkeypatch.setenv(name, value)
    monkeypatch.setattr(s3fs.S3FileSystem, "retries", 1)
    s3fs.S3FileSystem.clear_instance_cache()
    yield "s3://bucket"
    s3fs.S3FileSystem.clear_instance_cache()


def test_a_store_that_does_not_answer_is_told(
    here: Here, unreachable: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.stdin", TextIOWrapper(BytesIO(b"Line\n")))
    assert here("-", "-o", f"{unreachable}/out.jsonl") == 1
    assert "the store cannot be reached" in here.err
    assert "Traceback" not in here.err


def test_a_report_that_cannot_be_sent_does_not_hide_how_the_run_ended(
    here: Here, unreachable: str, archive: Path, tmp_path: Path
) -> None:
    (archive / "empty.md").unlink()
    given = ["-o", f"{tmp_path}/out.jsonl", "--report", f"{unreachable}/run.json"]
    assert here(archive, *given, "--log-format", "json") == 1
    lines = [json.loads(line) for line in here.err.splitlines()]
    assert [line["event"] for line in lines] == ["finished", "error"]
    assert "run.json: cannot be written (the store cannot be reached" in lines[-1]["message"]
    assert records(tmp_path / "out.jsonl")
    assert here(tmp_path / "none", *given) == 1
    assert "Traceback" not in here.err
    assert "the store cannot be reached" in here.err
    assert "no document could be annotated" in here.err


@pytest.mark.parametrize(
    ("one", "other", "are_same"),
    [
        pytest.param("s3://bucket/a", "s3a://bucket/a", True, id="S3"),
        pytest.param("s3://bucket/a", "s3://bucket/b", False, id="two objects"),
        pytest.param("memory://bucket/a", "s3://bucket/a", False, id="two stores"),
    ],
)
def test_an_object_is_known_by_each_of_its_addresses(one: str, other: str, are_same: bool) -> None:
    pytest.importorskip("s3fs", reason="needs s3fs: pip install 'kcsp-nlp[s3]'")
    assert (real(parse_place(one)) == real(parse_place(other))) is are_same


def test_an_object_is_not_written_over_by_its_other_address(
    here: Here, s3: str, archive: Path
) -> None:
    place = put(archive, UPath(f"{s3}/in"))
    before = (place / "a.md").read_bytes()
    assert here(f"{s3}/in", "-o", f"{s3}/in/a.md".replace("s3:", "s3a:")) == 2
    assert (place / "a.md").read_bytes() == before
