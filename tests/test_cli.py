"""The command as people run it: in a shell, in a pipe, on files that are not what they seem."""

from __future__ import annotations

import io
import json
import os
import signal
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from kcsp_nlp.annotator import Annotator
from kcsp_nlp.cli.main import app, run
from kcsp_nlp.errors import KcspError, ModelError
from kcsp_nlp.reading import read

ROOT = Path(__file__).parents[1]
SAMPLES = ROOT / "corpus" / "samples"
SAMPLE = SAMPLES / "hadlow-pc_2019-05-13.txt"
COMMANDS = [
    "annotate",
    "export",
    "people",
    "dashboard",
    "show",
    "read",
    "schema",
    "suggest",
    "train",
    "evaluate",
    "card",
    "compare",
    "promote",
    "rollback",
    "package",
]
MINUTES = "1. Lamp oil\n\nMrs Wick asked for £40. RESOLVED to buy two casks.\n"


def start(*arguments: str | Path, **options: Any) -> subprocess.Popen[bytes]:
    """Start the command as a process of its own, as a shell does."""
    return subprocess.Popen(
        [sys.executable, "-m", "kcsp_nlp", *arguments],
        stdin=options.pop("stdin", subprocess.DEVNULL),
        stdout=options.pop("stdout", subprocess.PIPE),
        stderr=subprocess.PIPE,
        **options,
    )


@dataclass
class Result:
    code: int
    out: bytes
    err: str

    @property
    def records(self) -> list[dict[str, Any]]:
        return [json.loads(line) for line in self.out.split(b"\n") if line]

    @property
    def text(self) -> str:
        return "".join(record["text"] for record in self.records)


def in_shell(*arguments: str | Path, stdin: bytes = b"", **options: Any) -> Result:
    """Run the command in a process of its own."""
    with start(*arguments, stdin=subprocess.PIPE, **options) as process:
        out, err = process.communicate(stdin)
    return Result(process.returncode, out, err.decode("utf-8"))


@dataclass
class Command:
    """The command in this process, with the model that is loaded already."""

    monkeypatch: pytest.MonkeyPatch
    capture: pytest.CaptureFixture[bytes]

    def __call__(self, *arguments: str | Path, stdin: bytes = b"") -> Result:
        self.monkeypatch.setattr(sys, "argv", ["kcsp-nlp", *map(str, arguments)])
        self.monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(stdin)))
        try:
            run()
            code = 0
        except SystemExit as leaving:
            code = leaving.code if isinstance(leaving.code, int) else 0
        out, err = self.capture.readouterr()
        assert b"Traceback" not in err
        return Result(code, out, err.decode("utf-8"))


@pytest.fixture
def command(
    annotator: Annotator, monkeypatch: pytest.MonkeyPatch, capfdbinary: pytest.CaptureFixture[bytes]
) -> Command:
    def load(model: Path | None = None) -> Annotator:
        if model is not None:
            raise ModelError(f"{model}: a test loads no model but the shipped one")
        return annotator

    monkeypatch.setattr(Annotator, "load", load)
    monkeypatch.setattr("kcsp_nlp.cli.annotating.usual_workers", lambda: 0)  # this process alone
    return Command(monkeypatch, capfdbinary)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Good minutes among files that cannot be read."""
    files: Mapping[str, bytes] = {
        "a.md": MINUTES.encode(),
        "b.txt": b"\x00\x01\x02" * 200,
        "c.txt": b"",
        "sub/d.txt": b"\xef\xbb\xbf" + MINUTES.replace("\n", "\r\n").encode(),
        "notes.csv": b"not,minutes",
    }
    for name, data in files.items():
        (tmp_path / "in" / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "in" / name).write_bytes(data)
    return tmp_path / "in"


# Annotating.


def test_a_file_goes_to_stdout(command: Command) -> None:
    result = command("annotate", SAMPLE)
    assert result.code == 0
    assert result.text == SAMPLE.read_text(encoding="utf-8")
    assert "1 documents" in result.err
    assert "0 failed" in result.err
    assert result.out.endswith(b"}\n")


def test_a_folder_is_read_by_name(command: Command) -> None:
    result = command("annotate", SAMPLES, "--quiet")
    sources = [record["meeting"]["source"] for record in result.records]
    assert (result.code, result.err) == (0, "")
    assert sources == sorted(sources)
    assert set(sources) == {path.name for path in SAMPLES.glob("*_*")}


def test_standard_input_is_a_document(command: Command) -> None:
    result = command("annotate", "-", stdin=MINUTES.encode())
    assert result.code == 0
    assert result.text == MINUTES
    assert {record["meeting"]["source"] for record in result.records} == {"-"}


def test_several_inputs_keep_their_order_and_each_is_read_once(
    command: Command, folder: Path
) -> None:
    result = command("annotate", folder / "sub" / "d.txt", folder / "a.md", folder / "sub")
    sources = [record["meeting"]["source"] for record in result.records]
    assert result.code == 0
    assert list(dict.fromkeys(sources)) == ["d.txt", "a.md"]
    assert result.text == MINUTES * 2


def test_records_go_to_a_file(command: Command, tmp_path: Path) -> None:
    out = tmp_path / "records.jsonl"
    result = command("annotate", SAMPLE, "-o", out)
    assert (result.code, result.out) == (0, b"")
    assert f"records in {out}" in result.err
    assert out.read_bytes() == command("annotate", SAMPLE).out
    assert [path.name for path in tmp_path.iterdir()] == ["records.jsonl"], (
        "nothing else is left behind"
    )


def test_quiet_says_nothing_when_all_is_well(command: Command, tmp_path: Path) -> None:
    stray = tmp_path / "stray.md"
    stray.write_bytes("Cost £5, the clerk’s.".encode() + b" Also \xa36.\n")
    assert "stray.md: 1 byte(s)" in command("annotate", stray).err
    assert command("annotate", stray, "--quiet").err == ""


def test_bad_documents_among_good_ones_are_reported_and_skipped(
    command: Command, folder: Path, tmp_path: Path
) -> None:
    out = tmp_path / "records.jsonl"
    missing = folder / "missing.md"
    result = command("annotate", folder, missing, "-q", "-o", out)
    assert result.code == 1
    lines = result.err.splitlines()
    assert [line.split(":")[0] for line in lines] == [
        f"failed {folder / 'b.txt'}",
        f"failed {folder / 'c.txt'}",
        f"failed {missing}",
    ]
    written = [json.loads(line) for line in out.read_text(encoding="utf-8").splitlines()]
    assert "".join(record["text"] for record in written) == MINUTES * 2
    assert "3 failed" in command("annotate", folder, missing).err


@pytest.mark.parametrize(
    ("name", "data", "said"),
    [
        pytest.param("missing.md", None, "found no file that can be read", id="missing"),
        pytest.param("a.txt", b"", "an empty file", id="empty"),
        pytest.param("a.txt", b" \r\n\t", "only white space", id="blank"),
        pytest.param("a.md", b"\x89PNG\r\n\x1a\n", "a PNG image", id="renamed image"),
        pytest.param("a.md", b"Mrs Wick\0" * 9, "NUL characters", id="binary"),
        pytest.param("a.xyz", b"Mrs Wick", "the suffix .xyz", id="unknown suffix"),
        pytest.param("minutes", b"Mrs Wick", "no suffix", id="no suffix"),
    ],
)
def test_a_document_that_cannot_be_read_is_one_line(
    command: Command, tmp_path: Path, name: str, data: bytes | None, said: str
) -> None:
    path = tmp_path / name
    if data is not None:
        path.write_bytes(data)
    for verb in ("annotate", "read"):
        result = command(verb, path, *(["-q"] if verb == "annotate" else []))
        assert (result.code, result.out) == (1, b"")
        assert result.err.count("\n") == 1
        assert str(path) in result.err
        assert said in result.err
        assert "expected" in result.err
        assert "Wick" not in result.err, "a message quotes no document"


def test_a_folder_without_minutes_is_an_error(command: Command, tmp_path: Path) -> None:
    (tmp_path / "README.md").write_text("not minutes", encoding="utf-8")
    result = command("annotate", tmp_path)
    assert (result.code, result.out) == (1, b"")
    assert result.err.startswith(f"kcsp-nlp: {tmp_path}: found a folder without minutes")


def test_a_bug_stays_with_its_document(
    command: Command, annotator: Annotator, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    annotate = type(annotator).annotate

    def fail(self: Annotator, document: Any, *, explain: bool) -> Any:
        if document.source == "a.md":
            raise IndexError(document.text)
        return annotate(self, document, explain=explain)

    monkeypatch.setattr(Annotator, "annotate", fail)
    result = command("annotate", folder / "a.md", folder / "sub", "-q")
    assert (result.code, result.text) == (1, MINUTES)
    assert result.err.startswith(f"failed {folder / 'a.md'}: IndexError while annotating")
    assert "Wick" not in result.err


@pytest.mark.parametrize("name", ["[red]a.md", "a:warning:.md", "a\\.md", "ä ö.md"])
def test_names_of_files_are_shown_as_they_are(command: Command, tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    assert f"failed {path}: " in command("annotate", path).err
    path.write_bytes(MINUTES.encode())
    assert command("annotate", path).records[0]["meeting"]["source"] == name


@pytest.mark.skipif(sys.platform != "linux", reason="other systems refuse such names")
def test_a_name_that_is_not_utf8_is_no_obstacle(command: Command, tmp_path: Path) -> None:
    path = Path(os.fsdecode(os.fsencode(tmp_path) + b"/f\xfcr.md"))
    assert command("annotate", path).code == 1
    path.write_bytes(MINUTES.encode())
    result = command("annotate", path)
    assert (result.code, result.text) == (0, MINUTES)
    assert result.records[0]["meeting"]["source"] == "f\ufffdr.md"


# Where records go.


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


@pytest.fixture
def older(tmp_path: Path) -> Path:
    path = tmp_path / "records.jsonl"
    path.write_bytes(b"older\n")
    return path


def test_an_older_file_stays_where_nothing_can_be_annotated(
    command: Command, folder: Path, older: Path
) -> None:
    for arguments in (
        [folder / "b.txt", folder / "c.txt"],
        [folder / "missing"],
        [folder / "a.md", "--model", folder],
    ):
        result = command("annotate", *arguments, "-o", older)
        assert result.code == 1
        assert older.read_bytes() == b"older\n"
        older.with_name("records.failures.jsonl").unlink(missing_ok=True)
        assert names(older.parent) == ["in", "records.jsonl"]


def test_an_older_file_stays_until_all_is_written(
    command: Command, folder: Path, older: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[bytes] = []

    def annotate(self: Annotator, document: Any, **_: Any) -> Any:
        seen.append(older.read_bytes())
        raise KeyboardInterrupt

    monkeypatch.setattr(Annotator, "annotate", annotate)
    result = command("annotate", folder / "a.md", "-o", older)
    assert result.code != 0
    assert [*seen, older.read_bytes()] == [b"older\n", b"older\n"]
    assert names(older.parent) == ["in", "records.jsonl"]


def test_a_new_file_has_the_permissions_of_the_older(
    command: Command, folder: Path, older: Path
) -> None:
    older.chmod(0o640)
    assert command("annotate", folder / "a.md", "-o", older).code == 0
    assert older.stat().st_mode & 0o777 == 0o640
    old_mask = os.umask(0o027)
    try:
        assert command("annotate", folder / "a.md", "-o", older.with_name("new")).code == 0
    finally:
        os.umask(old_mask)
    assert older.with_name("new").stat().st_mode & 0o777 == 0o640


def test_a_link_is_written_through(command: Command, folder: Path, older: Path) -> None:
    link = folder.parent / "link.jsonl"
    link.symlink_to(older)
    assert command("annotate", folder / "a.md", "-o", link).code == 0
    assert link.is_symlink()
    assert older.read_bytes() == command("annotate", folder / "a.md").out


@pytest.mark.skipif(not Path("/dev/null").exists(), reason="a device of Unix")
def test_a_device_stays_a_device(command: Command, folder: Path) -> None:
    assert command("annotate", folder / "a.md", "-o", "/dev/null").code == 0
    assert not Path("/dev/null").is_file()


@pytest.mark.parametrize("place", ["no/such/folder/records.jsonl", "in"])
def test_a_place_that_cannot_be_written_is_one_line(
    command: Command, folder: Path, place: str
) -> None:
    result = command("annotate", folder / "a.md", "-q", "-o", folder.parent / place)
    assert result.code == 1
    assert result.err.startswith(f"kcsp-nlp: {folder.parent / place}: cannot be written")
    assert result.err.count("\n") == 1


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="a device of Linux")
def test_a_full_disk_is_one_line(folder: Path) -> None:
    commands: list[list[str | Path]] = [["annotate", SAMPLE, "-q"], ["schema"], ["read", SAMPLE]]
    for arguments in commands:
        with Path("/dev/full").open("wb") as full, start(*arguments, stdout=full) as process:
            err = process.communicate()[1].decode("utf-8")
        assert process.returncode == 1, arguments
        assert err.count("\n") == 1
        assert "No space left" in err


def test_a_closed_stdout_is_one_line(command: Command, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdout", None)
    for verb in ("annotate", "read"):
        result = command(verb, SAMPLE)
        assert (result.code, result.err.splitlines()[-1]) == (
            1,
            "kcsp-nlp: standard output: it is closed; give a file with -o",
        )


def test_minutes_are_not_overwritten(command: Command, folder: Path) -> None:
    result = command("annotate", folder / "a.md", "-o", folder / "sub" / ".." / "a.md")
    assert result.code == 2
    assert (folder / "a.md").read_bytes() == MINUTES.encode()


def test_head_is_no_error(tmp_path: Path) -> None:
    # More than a pipe holds, so that the command must notice that nobody reads on.
    large = tmp_path / "large.txt"
    large.write_text("The lamp was lit. " * 6_000, encoding="utf-8")
    for verb in ("annotate", "read"):
        with start(verb, large) as process:
            assert process.stdout
            assert process.stderr
            process.stdout.read(10)
            process.stdout.close()
            err = process.stderr.read().decode("utf-8")
            process.wait()
        assert "Traceback" not in err
        assert "Error" not in err
        assert "Exception" not in err


# Workers.


def test_workers_change_no_byte(command: Command, folder: Path) -> None:
    arguments: list[str | Path] = ["annotate", SAMPLE, folder]
    alone = command(*arguments)
    several = in_shell(*arguments, "--workers", "2")
    assert (several.code, several.err) == (alone.code, alone.err)
    assert several.out == alone.out


def test_workers_without_a_model_are_one_line(folder: Path, tmp_path: Path) -> None:
    damaged = tmp_path / "damaged"
    damaged.mkdir()
    (damaged / "config.cfg").write_text("[nlp]\nlang = 'xx", encoding="utf-8")
    result = in_shell("annotate", folder, "--model", damaged, "--workers", "2")
    assert (result.code, result.out) == (1, b"")
    assert result.err.startswith(f"kcsp-nlp: {damaged}: ")
    assert result.err.count("\n") == 1


@pytest.mark.skipif(os.name == "nt", reason="Ctrl-C is sent as Unix sends it")
def test_ctrl_c_stops_at_once(folder: Path, older: Path) -> None:
    (folder / "d.txt").write_text("The lamp was lit. " * 100_000, encoding="utf-8")
    arguments: list[str | Path] = [folder / name for name in ("b.txt", "d.txt", "a.md")]
    arguments += ["-o", older, "--workers", "2"]
    # A shell's `pytest &` leaves the signal ignored, and children inherit that.
    ignored = signal.signal(signal.SIGINT, signal.default_int_handler)
    with start("annotate", *arguments, start_new_session=True) as process:
        signal.signal(signal.SIGINT, ignored)
        assert process.stderr
        assert process.stderr.readline().startswith(b"failed"), "the workers are at work"
        os.killpg(process.pid, signal.SIGINT)
        process.communicate(timeout=60)  # the large document is not waited for
    assert process.returncode != 0
    assert older.read_bytes() == b"older\n"
    assert names(older.parent) == ["in", "records.jsonl"]


# Usage, models, and the smaller commands.


@pytest.mark.parametrize(
    "arguments",
    [
        ["annotate"],
        ["annotate", "a.md", "--colour"],
        ["annotate", "a.md", "--workers", "-1"],
        ["annotate", "a.md", "--workers", "many"],
        ["annotate", "-", "a.md"],
        ["annotate", "a.md", "-o"],
        ["read"],
        ["read", "a.md", "b.md"],
        ["schema", "x"],
        ["train"],
        ["evaluate"],
        ["anotate", "a.md"],
    ],
    ids=" ".join,
)
def test_wrong_usage_is_exit_code_2(command: Command, arguments: list[str]) -> None:
    result = command(*arguments)
    assert (result.code, result.out) == (2, b"")
    assert "Error: " in result.err


@pytest.mark.parametrize("verb", ["annotate", "evaluate"])
def test_a_folder_without_a_model_is_named(
    verb: str, tmp_path: Path, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "argv", ["kcsp-nlp", verb, str(SAMPLE), "--model", str(tmp_path)])
    with pytest.raises(SystemExit) as leaving:
        run()
    assert leaving.value.code == 1
    err = capfd.readouterr().err
    assert err.startswith(f"kcsp-nlp: {tmp_path}: no model here")
    assert "--model" in err
    assert err.count("\n") == 1


def test_read_prints_the_text_that_offsets_count(command: Command, folder: Path) -> None:
    assert command("read", folder / "sub" / "d.txt").out == MINUTES.encode()
    assert command("read", "-", stdin=b"a\rb\r\nc").out == b"a\rb\nc"
    windows = SAMPLES / "portobello-cc_2016-09-26.txt"
    printed = command("read", windows)
    assert printed.out.decode("utf-8") == read(windows).text
    assert (printed.code, printed.err) == (0, "")


def test_schema_prints_what_a_run_says_of_itself(command: Command, tmp_path: Path) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "a.md").write_bytes(SAMPLE.read_bytes())
    (folder / "empty.md").write_bytes(b"")
    written = {"run": tmp_path / "run.json", "failure": tmp_path / "out.failures.jsonl"}
    output: list[str | Path] = ["-o", tmp_path / "out.jsonl", "--report", written["run"]]
    assert command("annotate", folder, *output, "--workers", "0").code == 1
    for of, path in written.items():
        schema = json.loads(command("schema", of).out)
        Draft202012Validator.check_schema(schema)
        Draft202012Validator(schema).validate(json.loads(path.read_bytes()))
        assert schema["additionalProperties"] is False


def test_schema_prints_what_records_validate_against(command: Command) -> None:
    result = command("schema")
    schema = json.loads(result.out)
    Draft202012Validator.check_schema(schema)
    validator = Draft202012Validator(schema)
    for record in command("annotate", SAMPLE).records:
        validator.validate(record)


def test_evaluate_prints_a_table_or_json(command: Command, tmp_path: Path) -> None:
    labelled = {
        "schema": "kcsp-nlp/labelled/1", "id": "wick", "group": "wick", "format": "txt",
        "text": MINUTES, "spans": [[MINUTES.index("£40"), MINUTES.index("£40") + 3, "MONEY"]],
        "meeting": {}, "items": [{"start": 0, "number": "1"}],
    }  # fmt: skip
    corpus = tmp_path / "wick.jsonl"
    corpus.write_text(json.dumps(labelled) + "\n", encoding="utf-8")
    table = command("evaluate", corpus)
    assert table.code == 0
    assert [line.split()[:4] for line in table.out.decode().splitlines() if "MONEY" in line] == [
        ["MONEY", "1.000", "1.000", "1.000"]
    ]
    scores = json.loads(command("evaluate", corpus, "--json").out)
    assert scores["documents"] == 1
    figures = {"f1": 1, "precision": 1, "recall": 1, "support": 1, "ci95": None}
    assert scores["spans"]["MONEY"] == figures
    assert set(scores) == {"documents", "spans", "structure", "topics"}


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["evaluate", "{}/gone.jsonl"], "gone.jsonl: cannot be opened"),
        (["evaluate", "{}"], "no *.jsonl in this folder"),
        (["train", "--corpus", "{}", "-o", "{}/model"], "no *.jsonl in this folder"),
        (["train", "--corpus", "{}/gone.jsonl", "-o", "{}/model"], "gone.jsonl: cannot be opened"),
        (["train", "--corpus", "{}/x.jsonl", "-o", "{}"], "something other than a model"),
        (["train", "--corpus", "{}/x.jsonl", "-o", "{}/x.jsonl"], "something other than a model"),
        (["train", "--corpus", "{}/x.jsonl", "-o", "{}/x.jsonl/model"], "cannot be written"),
        (["read", "{}"], "expected minutes"),
    ],
)
def test_what_cannot_be_done_is_one_line(
    command: Command, tmp_path: Path, arguments: list[str], said: str
) -> None:
    if "x.jsonl" in " ".join(arguments):
        (tmp_path / "x.jsonl").write_text("{}\n", encoding="utf-8")
    result = command(*(argument.format(tmp_path) for argument in arguments))
    assert (result.code, result.out) == (1, b"")
    assert result.err.startswith("kcsp-nlp: ")
    assert said in result.err
    assert result.err.count("\n") == 1


def test_any_error_of_ours_is_one_line(command: Command, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail() -> None:
        raise KcspError("what is wrong; what to do")

    monkeypatch.setattr("kcsp_nlp.records.json_schema", fail)
    result = command("schema")
    assert (result.code, result.err) == (1, "kcsp-nlp: what is wrong; what to do\n")


def test_version_is_the_distributions(command: Command) -> None:
    result = command("--version")
    assert (result.code, result.out.decode()) == (0, f"kcsp-nlp {version('kcsp-nlp')}\n")


@pytest.mark.parametrize("name", ["", *COMMANDS])
def test_help_has_an_example(command: Command, name: str) -> None:
    result = command(*([name] if name else []), "--help")
    assert result.code == 0
    out = result.out.decode("utf-8")
    assert f"kcsp-nlp {name or 'annotate'} " in out.split("Options:")[0]


def test_every_command_has_its_help_tested() -> None:
    names = [command.callback.__name__ for command in app.registered_commands if command.callback]
    assert names == COMMANDS


def test_help_imports_nothing_heavy() -> None:
    code = (
        "import sys\n"
        "from kcsp_nlp.cli.main import run\n"
        "for name in sys.argv[1:]:\n"
        "    sys.argv = ['kcsp-nlp', name, '--help']\n"
        "    try:\n"
        "        run()\n"
        "    except SystemExit as leaving:\n"
        "        assert not leaving.code\n"
        "heavy = {'spacy', 'thinc', 'sklearn', 'skops', 'numpy', 'scipy'} & set(sys.modules)\n"
        "sys.exit(f'imported {heavy}' if heavy else 0)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, *COMMANDS], capture_output=True, encoding="utf-8", check=False
    )
    assert (done.returncode, done.stderr) == (0, "")
