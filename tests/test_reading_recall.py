"""Real documents against a second extractor: every word of the minutes, and no other."""

from __future__ import annotations

import re
import shutil
import subprocess
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest

from kcsp_nlp.reading import Document, read
from rendering import convert

DOCUMENTS = Path(__file__).parents[2] / "shared" / "documents"
LEAST = 0.985

pytestmark = pytest.mark.skipif(
    not DOCUMENTS.is_dir(), reason="the real documents lie outside the project"
)


def words(text: str) -> Counter[str]:
    return Counter(re.findall(r"\w+", text))


def poppler(path: Path, _: Path) -> str:
    command = ["pdftotext", "-enc", "UTF-8", str(path), "-"]
    return subprocess.run(command, check=True, capture_output=True, timeout=60).stdout.decode()


def libreoffice(path: Path, folder: Path) -> str:
    made = convert(path, "txt:Text (encoded):UTF8", folder)
    return made.read_text(encoding="utf-8-sig")


SECOND: dict[str, tuple[str, str, Callable[[Path, Path], str]]] = {
    ".pdf": ("pdftotext", "poppler-utils", poppler),
    ".docx": ("soffice", "libreoffice-writer-nogui", libreoffice),
}


@pytest.mark.parametrize(
    "path",
    sorted(path for path in DOCUMENTS.glob("*") if path.suffix in SECOND),
    ids=lambda path: str(path.name),
)
def test_words_are_those_of_a_second_extractor(path: Path, tmp_path: Path) -> None:
    program, package, extract = SECOND[path.suffix]
    if shutil.which(program) is None:
        pytest.skip(f"{program} is not installed; on Debian: apt-get install {package}")
    document = read(path)
    assert isinstance(document, Document)
    theirs = words(extract(path, tmp_path))
    # What was set aside is not in the text, and must be no more than furniture.
    aside = sum((words(each.text) for each in document.aside), Counter[str]())
    ours = words(document.text)
    assert (ours & theirs).total() >= LEAST * ours.total(), "precision"
    assert ((ours + aside) & theirs).total() >= LEAST * theirs.total(), "nothing is lost"
    assert (ours & theirs).total() >= LEAST * (theirs - aside).total(), "recall"
    assert aside.total() < 0.1 * theirs.total(), "what is set aside is furniture"
