"""Our own labelled minutes as Word documents: their structure is found as in the text."""

from __future__ import annotations

import io
import re
import shutil
import subprocess
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import docx
import pytest
from docx.shared import Pt
from docx.text.paragraph import Paragraph

from kcsp_nlp.labels.corpus import LabelledMinutes, read_all
from kcsp_nlp.minutes.parsing import parse
from kcsp_nlp.reading import Limits
from kcsp_nlp.reading.word.extracting import extract

SOFFICE = shutil.which("soffice")
CORPUS = Path(__file__).parents[1] / "corpus"
BOLD = re.compile(r"(\*\*.+?\*\*)")
WORD = re.compile(r"\w+")
MOST_APART = 0.02


def documents() -> Sequence[LabelledMinutes]:
    """Every sixteenth of our minutes that are not too long: 20."""
    return [each for each in read_all([CORPUS]) if len(each.text) < 14_000][3::16][:20]


def add_text(paragraph: Paragraph, text: str) -> None:
    for piece in BOLD.split(text):
        is_bold = BOLD.fullmatch(piece) is not None
        paragraph.add_run(piece.strip("*") if is_bold else piece).bold = is_bold


def made(text: str) -> bytes:
    """Make a Word document of markdown: headings, tables and bold text as Word has them."""
    document = docx.Document()
    table = None
    for line, following in zip(*(text.split("\n"), [*text.split("\n")[1:], ""]), strict=True):
        heading = re.match(r"(#{1,6})\s+(.*)", line)
        if line.startswith("|"):
            cells = [cell.strip() for cell in line.strip().strip("|").split("|")]
            if table is None:
                table = document.add_table(0, len(cells))
            if not re.fullmatch(r"[\s|:=-]+", line):
                for cell, held in zip(table.add_row().cells, cells, strict=False):
                    add_text(cell.paragraphs[0], held.replace("<br>", "\n"))
            continue
        table = None
        if heading:
            add_text(document.add_paragraph(style=f"Heading {len(heading[1])}"), heading[2])
        elif line.strip():
            paragraph = document.add_paragraph()
            paragraph.paragraph_format.space_after = Pt(0 if following.strip() else 10)
            add_text(paragraph, line)
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def found(text: str) -> dict[str, Counter[str]]:
    """Return what the structure stage finds, as words."""
    outline = parse(text)

    def words(start: int, end: int) -> str:
        return " ".join(WORD.findall(text[start:end]))[:60]

    return {
        "items": Counter(f"{part.number} {part.title}" for part in outline.parts[1:]),
        "attendance": Counter(f"{each.name} {each.status}" for each in outline.attendance),
        "decisions": Counter(words(each.start, each.end) for each in outline.decisions),
        "actions": Counter(words(each.start, each.end) for each in outline.actions),
    }


def agreement(pairs: Sequence[tuple[str, str]]) -> dict[str, float]:
    """Return F1 of what is found in second texts against first ones, per kind."""
    same: Counter[str] = Counter()
    sizes: Counter[str] = Counter()
    for original, read in pairs:
        one, other = found(original), found(read)
        for kind, expected in one.items():
            same[kind] += 2 * (expected & other[kind]).total()
            sizes[kind] += expected.total() + other[kind].total()
    return {kind: same[kind] / sizes[kind] for kind in sizes}


def read(data: bytes) -> str:
    return extract(data, "minutes.docx", Limits())[0].text


def test_structure_survives_word() -> None:
    pairs = [(each.text, read(made(each.text))) for each in documents()]
    assert len(pairs) == 20
    for kind, share in agreement(pairs).items():
        assert share > 1 - 2 * MOST_APART, kind


@pytest.mark.skipif(SOFFICE is None, reason="needs LibreOffice: apt-get install libreoffice-writer")
def test_no_word_is_lost_or_added_against_libreoffice(tmp_path: Path) -> None:
    files = []
    for number, each in enumerate(documents()[:6]):
        file = tmp_path / f"{number}.docx"
        file.write_bytes(made(each.text))
        files.append(file)
    subprocess.run(
        [str(SOFFICE), f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}", "--headless",
         "--convert-to", "txt:Text (encoded):UTF8", "--outdir", tmp_path, *files],
        check=True, capture_output=True, timeout=300,
    )  # fmt: skip
    for file in files:
        second = file.with_suffix(".txt").read_text(encoding="utf-8-sig")
        mine, theirs = (
            Counter(WORD.findall(text.replace("\\|", "|")))
            for text in (read(file.read_bytes()), second)
        )
        assert (mine & theirs).total() >= 0.998 * max(mine.total(), theirs.total()), file.name
