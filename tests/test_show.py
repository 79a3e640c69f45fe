"""`kcsp-nlp show`: a document and its page."""

from __future__ import annotations

import tempfile
import webbrowser
import zipfile
from pathlib import Path

import pytest
from selectolax.lexbor import LexborHTMLParser
from typer.testing import CliRunner, Result

from kcsp_nlp.annotator import Annotator
from kcsp_nlp.cli.main import app
from kcsp_nlp.errors import KcspError
from site_making import all_said, said

MINUTES = "# Tallow Parish Council\n\n1. Lamp oil\n\nMrs Ada Wick asked for £40. RESOLVED to buy.\n"


@pytest.fixture
def opened(annotator: Annotator, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The addresses that a browser was asked to open; the model is loaded already."""
    monkeypatch.setattr(Annotator, "load", lambda model=None: annotator)
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "tmp"))
    (tmp_path / "tmp").mkdir()
    addresses: list[str] = []
    monkeypatch.setattr(webbrowser, "open", lambda address: not addresses.append(address))  # type: ignore[func-returns-value]
    return addresses


def show(*arguments: str | Path) -> Result:
    return CliRunner().invoke(app, ["show", *map(str, arguments)])


def document(folder: Path, name: str = "minutes.md", text: str = MINUTES) -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def test_a_document_is_annotated_and_its_page_opened(tmp_path: Path, opened: list[str]) -> None:
    result = show(document(tmp_path), "-q")
    assert result.exit_code == 0
    page = Path(result.stdout.strip())
    assert opened == [page.as_uri()]
    assert page.is_relative_to(tmp_path / "tmp")
    tree = LexborHTMLParser(page.read_text(encoding="utf-8"))
    assert said(tree.css_first("h1")) == "Tallow Parish Council"
    assert "£40" in all_said(tree, ".tag-money")
    # With the words that speak for a topic.
    assert [words for words in all_said(tree, "details td:last-child") if "“" in words]


def test_nobody_else_may_read_a_page_in_the_temporary_folder(
    tmp_path: Path, opened: list[str]
) -> None:
    page = Path(show(document(tmp_path), "-q").stdout.strip())
    own = next(path for path in page.parents if path.parent == tmp_path / "tmp")
    assert own.stat().st_mode & 0o077 == 0


def test_a_folder_may_be_given_and_nothing_opened(tmp_path: Path, opened: list[str]) -> None:
    result = show(document(tmp_path), "-o", tmp_path / "site", "--no-open", "-q")
    assert Path(result.stdout.strip()).parent == tmp_path / "site" / "meetings"
    assert opened == []


def test_several_documents_open_as_a_list(tmp_path: Path, opened: list[str]) -> None:
    with zipfile.ZipFile(tmp_path / "both.zip", "w") as archive:
        archive.writestr("may.md", MINUTES)
        archive.writestr("june.md", MINUTES.replace("£40", "£50"))
        archive.writestr("blank.md", "")
    result = show(tmp_path / "both.zip")
    assert Path(result.stdout.strip()).name == "meetings.html"
    assert result.exit_code == 1  # one of them could not be read
    assert "failed" in result.stderr


def test_without_a_browser_the_path_is_told(
    tmp_path: Path, opened: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(webbrowser, "open", lambda address: False)
    result = show(document(tmp_path), "-q")
    assert result.exit_code == 0
    assert Path(result.stdout.strip()).is_file()
    assert "open the page yourself" in result.stderr


def test_a_document_that_cannot_be_read_leaves_no_folder(tmp_path: Path, opened: list[str]) -> None:
    result = show(document(tmp_path, text=""), "-q")
    assert isinstance(result.exception, KcspError)
    assert opened == []
    assert list((tmp_path / "tmp").iterdir()) == []


def test_what_is_not_for_the_public_is_shown_when_asked_for(
    tmp_path: Path, opened: list[str]
) -> None:
    text = MINUTES + "\n2. Tender (exempt under paragraph 3 of Schedule 12A)\n\nBeeswax was let.\n"
    file = document(tmp_path, text=text)
    without = show(file, "-q", "-o", tmp_path / "a").stdout.strip()
    asked = show(file, "-q", "-o", tmp_path / "b", "--include-restricted").stdout.strip()
    assert "Beeswax" not in Path(without).read_text(encoding="utf-8")
    assert "Beeswax" in Path(asked).read_text(encoding="utf-8")
