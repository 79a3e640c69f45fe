"""Runs of many documents: killed, resumed, out of room, told to stop, two at once."""

from __future__ import annotations

import errno
import json
import os
import random
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import psutil
import pytest
from jsonschema import Draft202012Validator

import trying_annotator
from kcsp_nlp.batch.facts import FailureLine
from kcsp_nlp.batch.folder import hold_folder
from kcsp_nlp.batch.joining import join
from kcsp_nlp.batch.reporting import RunReport

if TYPE_CHECKING:
    from running_here import Here

pytest_plugins = ["running_here"]

pytestmark = pytest.mark.alone  # limits of time and memory: not beside other tests

PROGRAM = Path(trying_annotator.__file__)


def start(*arguments: str | Path, **options: Any) -> subprocess.Popen[bytes]:
    """Start a run as a shell does, in a group of its own."""
    ignored = signal.signal(signal.SIGINT, signal.default_int_handler)
    try:
        return subprocess.Popen(
            [sys.executable, PROGRAM, *arguments],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            start_new_session=True,
            **options,
        )
    finally:
        signal.signal(signal.SIGINT, ignored)


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    """A hundred documents that say when they are annotated, in the file `said`."""
    folder = tmp_path / "in"
    folder.mkdir()
    for number in range(100):
        text = f"say {tmp_path / 'said'} {number}\n" + f"Line of {number}\n" * (number % 7)
        (folder / f"{number:03}.md").write_text(text, encoding="utf-8")
    return folder


def said(archive: Path) -> int:
    """Return how many documents were annotated since this was asked last."""
    path = archive.parent / "said"
    if not path.exists():
        return 0
    number = path.read_text(encoding="utf-8").count("\n")
    path.unlink()
    return number


def names(folder: Path) -> set[str]:
    return {path.name for path in folder.iterdir()} - {"in", "said"}


# Killed.


def slow(archive: Path) -> None:
    """Have some documents take their time, and one kill its process."""
    for number in range(0, 100, 4):
        (archive / f"{number:03}.md").write_text(f"rest 0.15\nLine {number}\n", encoding="utf-8")
    (archive / "050.md").write_text("abort", encoding="utf-8")


@pytest.mark.skipif(os.name == "nt", reason="kills as Unix does it")
def test_a_run_that_is_killed_ends_with_the_same_bytes(archive: Path, tmp_path: Path) -> None:
    slow(archive)
    whole, out = tmp_path / "whole.jsonl", tmp_path / "out.jsonl"
    with start(archive, "-o", whole, "-q") as process:
        process.communicate()
    assert process.returncode == 1
    chance = random.Random(8)
    kills = 0
    for attempt in range(40):
        with start(archive, "-o", out, "-q", "--resume", "--workers", "2") as process:
            time.sleep(chance.uniform(0.3, 1.3) if attempt < 8 else 0)
            children = psutil.Process(process.pid).children() if process.poll() is None else []
            victim = process if attempt % 3 else chance.choice([*children, process])
            if attempt < 8 and process.poll() is None:
                kills += 1
                victim.kill()
            process.communicate()
        if process.returncode == 1:
            assert out.read_bytes() == whole.read_bytes()
            if attempt >= 8:
                break
    assert kills >= 4
    failures = [
        json.loads(line)
        for line in (tmp_path / "out.failures.jsonl").read_text(encoding="utf-8").splitlines()
    ]
    assert [(Path(each["file"]).name, each["kind"]) for each in failures] == [("050.md", "crash")]
    assert names(tmp_path) == {
        *("out.jsonl", "out.failures.jsonl", "out.jsonl.run"),
        *("whole.jsonl", "whole.failures.jsonl"),
    }


@pytest.mark.skipif(os.name == "nt", reason="kills as Unix does it")
def test_processes_end_when_the_command_is_killed(archive: Path, tmp_path: Path) -> None:
    (archive / "000.md").write_text(f"say {tmp_path / 'said'}\n", encoding="utf-8")
    (archive / "001.md").write_text("hang", encoding="utf-8")
    with start(archive, "-o", tmp_path / "out.jsonl", "--workers", "1") as process:
        while not (tmp_path / "said").exists():
            time.sleep(0.05)
        children = psutil.Process(process.pid).children(recursive=True)
        assert children
        process.kill()
        process.communicate()
    gone, alive = psutil.wait_procs(children, timeout=20)
    assert len(gone) == len(children)
    assert not alive


@pytest.mark.skipif(os.name == "nt", reason="signals as Unix sends them")
@pytest.mark.parametrize(("number", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
def test_what_is_told_to_stop_says_how_to_go_on(
    number: signal.Signals, code: int, here: Here, archive: Path, tmp_path: Path
) -> None:
    (archive / "060.md").write_text(f"say {tmp_path / 'there'}\n", encoding="utf-8")
    (archive / "061.md").write_text("hang", encoding="utf-8")
    out, report = tmp_path / "out.jsonl", tmp_path / "report.json"
    with start(archive, "-o", out, "--report", report, "--workers", "1") as process:
        while not (tmp_path / "there").exists():
            time.sleep(0.05)
        os.killpg(process.pid, number) if number == signal.SIGINT else process.send_signal(number)
        err = process.communicate(timeout=30)[1].decode()
    assert process.returncode == code
    assert "--resume" in err
    assert "Traceback" not in err
    assert not out.exists()
    state = json.loads(report.read_bytes())
    assert (state["state"], state["counts"]["files"]) == ("interrupted", 100)
    (archive / "061.md").write_text("Item\n", encoding="utf-8")
    said(archive)
    assert here(archive, "-o", out) == 1, "the work of the earlier run is not thrown away"
    assert "--fresh" in here.err
    assert here(archive, "-o", out, "--resume") == 0
    assert said(archive) < 60
    assert out.read_bytes().count(b"\n") == sum(
        path.read_bytes().count(b"\n") for path in archive.iterdir()
    )


# Resumed.


def expect_same(here: Here, archive: Path, out: Path) -> None:
    """A run that was never interrupted gives the same bytes."""
    fresh = out.with_name("fresh.jsonl")
    here(archive, "-o", fresh)
    assert out.read_bytes() == fresh.read_bytes()
    fresh.unlink()
    said(archive)


def change(archive: Path) -> int:
    (archive / "040.md").write_text("Changed\n", encoding="utf-8")
    return 0  # it says nothing any more


def add(archive: Path) -> int:
    (archive / "040a.md").write_text((archive / "041.md").read_text(encoding="utf-8") + "more\n")
    return 1


def remove(archive: Path) -> int:
    (archive / "040.md").unlink()
    return 0


def rename(archive: Path) -> int:
    (archive / "040.md").rename(archive / "z.md")
    return 1


def touch(archive: Path) -> int:
    os.utime(archive / "040.md", (0, 0))
    return 0


@pytest.mark.parametrize("do", [change, add, remove, rename, touch])
def test_only_what_changed_is_annotated_again(
    do: Callable[[Path], int], here: Here, archive: Path, tmp_path: Path
) -> None:
    out = tmp_path / "out.jsonl"
    assert here(archive, "-o", out, "--resume") == 0
    assert said(archive) == 100
    again = do(archive)
    assert here(archive, "-o", out, "--resume") == 0
    assert said(archive) == again
    expect_same(here, archive, out)
    assert here(archive, "-o", out, "--resume") == 0
    assert said(archive) == 0


def test_another_model_annotates_everything_again(
    here: Here, archive: Path, tmp_path: Path
) -> None:
    out = tmp_path / "out.jsonl"
    here(archive, "-o", out, "--resume")
    said(archive)
    here.version = "1"
    assert here(archive, "-o", out, "--resume") == 0
    assert said(archive) == 100
    here(archive, "-o", out, "--resume", "--explain")
    assert said(archive) == 100


def test_a_model_that_is_replaced_meanwhile_spoils_the_run(
    here: Here, archive: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def finish(*_: object) -> None:
        here.version = "1"

    monkeypatch.setattr("kcsp_nlp.batch.journal.Journal.sync", finish)
    assert here(archive, "-o", tmp_path / "out.jsonl", "--resume") == 1
    assert "replaced" in here.err
    assert names(tmp_path) == set()


def test_what_failed_is_tried_again(here: Here, archive: Path, tmp_path: Path) -> None:
    out = tmp_path / "out.jsonl"
    (archive / "007.md").write_bytes(b"")
    assert here(archive, "-o", out, "--resume") == 1
    [line] = (tmp_path / "out.failures.jsonl").read_bytes().splitlines()
    failure = FailureLine.model_validate_json(line)
    assert (Path(failure.file).name, failure.kind) == ("007.md", "reading")
    said(archive)
    (archive / "007.md").write_text("Item\n", encoding="utf-8")
    assert here(archive, "-o", out, "--resume") == 0
    assert said(archive) == 0
    assert "out.failures.jsonl" not in names(tmp_path)


@pytest.mark.parametrize(
    "damage",
    [
        pytest.param(lambda data: data[: len(data) // 2], id="cut"),
        pytest.param(lambda data: data.replace(b"Line", b"Lime"), id="other"),
        pytest.param(lambda data: b"", id="empty"),
        pytest.param(lambda data: data + b'{"half":', id="longer"),
    ],
)
@pytest.mark.parametrize("suffix", [".jsonl", ".facts"])
def test_what_a_power_cut_leaves_is_not_believed(
    damage: Callable[[bytes], bytes], suffix: str, here: Here, archive: Path, tmp_path: Path
) -> None:
    out = tmp_path / "out.jsonl"
    here(archive, "-o", out, "--resume")
    expected = out.read_bytes()
    for path in sorted((tmp_path / "out.jsonl.run").glob(f"*{suffix}"))[::2]:
        path.write_bytes(damage(path.read_bytes()))
    assert here(archive, "-o", out, "--resume") == 0
    assert out.read_bytes() == expected


def test_fresh_begins_anew(here: Here, archive: Path, tmp_path: Path) -> None:
    out = tmp_path / "out.jsonl"
    here(archive, "-o", out, "--resume")
    said(archive)
    assert here(archive, "-o", out, "--fresh") == 0
    assert said(archive) == 100
    assert names(tmp_path) == {"out.jsonl"}


@pytest.mark.parametrize(
    "options", [["--resume", "--fresh", "-o", "x"], ["--resume"]], ids=["both", "no output"]
)
def test_options_that_make_no_sense_are_wrong_usage(
    options: list[str], here: Here, archive: Path
) -> None:
    assert here(archive, *options) == 2


@pytest.mark.parametrize(
    ("output", "report"),
    [
        pytest.param("in/001.md", None, id="the records over a document of the folder"),
        pytest.param("out.jsonl", "in/001.md", id="the report over a document of the folder"),
        pytest.param("link.jsonl", None, id="by a link"),
        pytest.param("out.jsonl", "out.jsonl", id="the report over the records"),
        pytest.param("out.jsonl", "in/../out.jsonl", id="by another path"),
        pytest.param("out.jsonl", "out.failures.jsonl", id="the report over what failed"),
    ],
)
def test_nothing_is_written_over_what_is_read_or_written(
    output: str, report: str | None, here: Here, archive: Path, tmp_path: Path
) -> None:
    if output.startswith("link"):
        (tmp_path / output).symlink_to(archive / "001.md")
    before = {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()}
    options = [] if report is None else ["--report", f"{tmp_path}/{report}"]
    assert here(archive, "-o", tmp_path / output, *options) == 2
    after = {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()}
    assert after == before


def test_a_report_that_cannot_be_written_does_not_hide_how_the_run_ended(
    here: Here, archive: Path, tmp_path: Path
) -> None:
    (tmp_path / "file").write_text("in the way", encoding="utf-8")
    given = ["-o", f"{tmp_path}/out.jsonl", "--report", f"{tmp_path}/file/run.json"]
    assert here(archive, *given) == 1
    assert (tmp_path / "out.jsonl").exists()
    assert "run.json: cannot be written" in here.err
    assert "Traceback" not in here.err
    assert here(tmp_path / "none.md", *given) == 1
    assert "no document could be annotated" in here.err
    assert "run.json: cannot be written" in here.err


# At the same time, and without room.


@pytest.mark.skipif(os.name == "nt", reason="ends a process as Unix does")
def test_the_second_of_two_runs_is_refused(here: Here, archive: Path, tmp_path: Path) -> None:
    (archive / "010.md").write_text("hang", encoding="utf-8")
    out = tmp_path / "out.jsonl"
    with start(archive, "-o", out, "--workers", "1") as process:
        while not (tmp_path / "said").exists():
            time.sleep(0.05)
        for options in ([], ["--resume"], ["--fresh"]):
            assert here(archive, "-o", out, *options) == 1
            assert "another run" in here.err
        process.kill()
        process.communicate()
    (archive / "010.md").write_text("Item\n", encoding="utf-8")
    assert here(archive, "-o", out, "--resume") == 0


@pytest.fixture
def small(tmp_path: Path) -> Iterator[Path]:
    """A file system of a few hundred kilobytes."""
    folder = tmp_path / "small"
    folder.mkdir()
    mount = shutil.which("mount")
    mounted = (
        mount
        and not subprocess.run(
            [mount, "-t", "tmpfs", "-o", "size=400k", "tmpfs", folder],
            capture_output=True,
            check=False,
        ).returncode
    )
    if not mounted:
        pytest.skip("needs to mount a small file system: run as root on Linux")
    yield folder
    subprocess.run([shutil.which("umount") or "umount", folder], check=True)


def test_a_full_file_system_stops_the_run_and_it_goes_on(
    here: Here, archive: Path, small: Path, tmp_path: Path
) -> None:
    for path in archive.iterdir():
        path.write_text(path.read_text(encoding="utf-8") * 2, encoding="utf-8")
    out = small / "out.jsonl"
    filler = small / "filler"
    filler.write_bytes(b"x" * (300 << 10))
    assert here(archive, "-o", out) == 1
    assert "No space left" in here.err
    assert "--resume" in here.err
    assert not out.exists()
    assert 0 < said(archive) < 100
    filler.unlink()
    assert here(archive, "-o", out, "--resume") in {0, 1}
    shutil.copytree(small / "out.jsonl.run", tmp_path / "large.jsonl.run")
    large = tmp_path / "large.jsonl"
    said(archive)
    assert here(archive, "-o", large, "--resume") == 0
    assert said(archive) < 100
    expect_same(here, archive, large)


# Journals that are not what was written.


def lose_a_line(journal: Path) -> None:
    journal.write_bytes(b"".join(journal.read_bytes().splitlines(keepends=True)[:-1]))


def be_of_another_run(journal: Path) -> None:
    journal.write_bytes(journal.read_bytes().replace(b'"setup":"', b'"setup":"0', 1))


def hold_other_records(journal: Path) -> None:
    records = journal.with_suffix(".jsonl")
    records.write_bytes(records.read_bytes().replace(b"trying", b"crying", 1))


@pytest.mark.parametrize(
    "damage", [Path.unlink, lose_a_line, be_of_another_run, hold_other_records]
)
def test_nothing_is_left_out_where_a_journal_was_changed(
    here: Here,
    archive: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    damage: Callable[[Path], None],
) -> None:
    out = tmp_path / "out.jsonl"
    out.write_bytes(b"older\n")

    def join_later(journals: Any, *given: Any) -> Any:
        damage(journals[-1].stem.with_name(f"{journals[-1].stem.name}.facts"))
        return join(journals, *given)

    with monkeypatch.context() as patch:
        patch.setattr("kcsp_nlp.cli.annotating.join", join_later)
        assert here(archive, "-o", out) == 1
    assert "was changed by another program" in here.err
    assert out.read_bytes() == b"older\n"
    assert here(archive, "-o", out, "--resume") == 0
    expect_same(here, archive, out)


def test_no_two_runs_write_to_the_same_journal(tmp_path: Path) -> None:
    place = tmp_path / "out.jsonl"
    stems = []
    for _ in range(2):  # the first one has not written anything that the second could see
        with hold_folder(place) as folder:
            (tmp_path / "out.jsonl.run" / "left.mark").touch()
            stems += [folder.begin("key")[1], folder.begin("key")[1]]
            folder.keeps = True
    assert len(set(stems)) == 4
    assert stems == sorted(stems, key=lambda stem: int(stem.name.partition(".")[2]))
    with hold_folder(place):  # what works for a run that died finds no mark
        assert names(tmp_path / "out.jsonl.run") == {"lock"}


def test_journals_that_cannot_be_read_are_kept(
    here: Here, archive: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    out = tmp_path / "out.jsonl"
    assert here(archive, "-o", out, "--resume") == 0
    kept = names(tmp_path / "out.jsonl.run")

    def refuse(*_: object) -> Any:
        raise OSError(errno.EIO, os.strerror(errno.EIO))

    with monkeypatch.context() as patch:
        patch.setattr("kcsp_nlp.batch.journal.open_file", refuse)
        for fresh in ([], ["--resume"]):
            assert here(archive, "-o", out, *fresh) == 1
            assert "Traceback" not in here.err
    assert names(tmp_path / "out.jsonl.run") == kept
    said(archive)
    assert here(archive, "-o", out, "--resume") == 0
    assert said(archive) == 0


# What is said.


def test_the_report_says_what_was_done(here: Here, archive: Path, tmp_path: Path) -> None:
    out, place = tmp_path / "out.jsonl", tmp_path / "report.json"
    (archive / "007.md").write_bytes(b"")
    here(archive, "-o", out, "--resume")
    here(archive, "-o", out, "--resume", "--report", place)
    data = json.loads(place.read_bytes())
    schema = RunReport.model_json_schema(by_alias=True, mode="serialization")
    Draft202012Validator(schema).validate(data)
    report = RunReport.model_validate(data)
    assert report.state == "finished"
    assert report.output is not None
    assert report.output.bytes == out.stat().st_size
    counts = report.counts
    assert (counts.files, counts.files_done, counts.files_taken_over) == (100, 100, 99)
    assert (counts.documents, counts.failures) == (99, {"reading": 1})
    assert counts.records == out.read_bytes().count(b"\n")


def test_the_log_can_be_read_by_programs(here: Here, archive: Path, tmp_path: Path) -> None:
    (archive / "007.md").write_bytes(b"")
    (archive / "008.md").write_text("raise", encoding="utf-8")
    assert here(archive, "-o", tmp_path / "out.jsonl", "--log-format", "json") == 1
    lines = [json.loads(line) for line in here.err.splitlines()]
    assert [line["event"] for line in lines] == ["failed", "failed", "finished"]
    assert [line.get("kind") for line in lines] == ["reading", "annotating", None]
    assert "the text of the document" not in here.err
    here(tmp_path / "in" / "007.md", "-o", tmp_path / "none.jsonl", "--log-format", "json")
    assert [json.loads(line)["event"] for line in here.err.splitlines()] == ["failed", "error"]
