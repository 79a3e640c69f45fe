"""Files of every format through the command: read, annotate, limits, archives."""

from __future__ import annotations

import json
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1] / "corpus" / "formats"
NAME = "kilkenny-jpc_2018-11-26"
PDF = ROOT / f"{NAME}.pdf"


def run(*arguments: str | Path, stdin: bytes | None = None) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        [sys.executable, "-m", "kcsp_nlp", *map(str, arguments)],
        input=stdin,
        capture_output=True,
        check=False,
    )


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An archive with minutes, minutes that are broken, and what is no minutes."""
    path = tmp_path_factory.mktemp("archive") / "june.zip"
    with zipfile.ZipFile(path, "w") as packed:
        packed.write(PDF, "may/minutes.pdf")
        packed.writestr("broken.docx", b"PK\x03\x04 not a document")
        packed.writestr("logo.png", b"\x89PNG\r\n\x1a\n")
        packed.writestr("note.txt", "1. Apologies\n\nNone were received.\n")
    return path


@pytest.mark.parametrize("suffix", [".pdf", ".docx", ".html"])
def test_read_shows_text_pages_and_what_was_set_aside(suffix: str) -> None:
    path = ROOT / f"{NAME}{suffix}"
    text = run("read", path)
    assert (text.returncode, text.stderr) == (0, b"")
    shown = json.loads(run("read", path, "--json").stdout)
    assert shown["text"] == text.stdout.decode()
    assert (shown["source"], shown["format"]) == (path.name, suffix[1:])
    assert set(shown) == {
        *("text", "source", "sha256", "format", "encoding"),
        *("warnings", "pages", "aside", "doubts"),
    }
    numbers = [page["number"] for page in shown["pages"]]
    assert numbers == list(range(1, len(numbers) + 1))
    if suffix == ".pdf":
        assert len(numbers) > 1


def test_standard_input_is_what_its_bytes_say() -> None:
    assert run("read", "-", stdin=PDF.read_bytes()).stdout == run("read", PDF).stdout


def test_an_archive_is_read_member_by_member(archive: Path) -> None:
    shown = run("read", archive, "--json")
    sources = [json.loads(line)["source"] for line in shown.stdout.splitlines()]
    assert sources == ["june.zip/may/minutes.pdf", "june.zip/note.txt"]
    said = shown.stderr.decode()
    assert shown.returncode == 1
    assert "june.zip/broken.docx: found " in said
    assert "logo.png" in said


def test_records_say_their_page_and_their_member(archive: Path, tmp_path: Path) -> None:
    out = tmp_path / "records.jsonl"
    done = run("annotate", archive, "-o", out)
    assert done.returncode == 1
    said = done.stderr.decode()
    assert "2 documents" in said
    assert "1 failed" in said
    assert "logo.png" in said
    records = [json.loads(line) for line in out.read_text(encoding="utf-8").splitlines()]
    assert {record["meeting"]["source"] for record in records} == {
        "june.zip/may/minutes.pdf",
        "june.zip/note.txt",
    }
    paged = [record for record in records if "pdf" in record["meeting"]["source"]]
    pages = [record["page"] for record in paged]
    assert pages == sorted(pages)
    assert pages[0] == 1 < pages[-1]
    for record in paged:
        for span in record["spans"]:
            assert span["page"] >= record["page"]
    assert all(record["page"] is None for record in records if record not in paged)


def test_limits_come_from_a_file(tmp_path: Path) -> None:
    limits = tmp_path / "limits.toml"
    limits.write_text("pages = 1\n", encoding="utf-8")
    done = run("read", PDF, "--limits", limits)
    assert done.returncode == 1
    assert "`pages`" in done.stderr.decode()


@pytest.mark.parametrize(
    ("text", "found"),
    [
        pytest.param(None, "found no file", id="not there"),
        pytest.param("pages = -1", "found pages", id="no positive number"),
        pytest.param("minutes = 3", "found minutes", id="no limit of ours"),
        pytest.param("pages = ", "found no TOML", id="no TOML"),
        pytest.param(b"\xff\xfe", "found no TOML", id="no text"),
    ],
)
def test_limits_that_do_not_hold_are_named(
    tmp_path: Path, text: str | bytes | None, found: str
) -> None:
    limits = tmp_path / "limits.toml"
    if text is not None:
        limits.write_bytes(text.encode() if isinstance(text, str) else text)
    done = run("read", PDF, "--limits", limits)
    said = done.stderr.decode()
    assert (done.returncode, done.stdout) == (1, b"")
    assert str(limits) in said
    assert found in said
    assert "Traceback" not in said
