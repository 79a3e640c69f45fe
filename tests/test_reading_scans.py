"""Scanned pages: which need recognition, what recognition makes of them, what is said if it cannot.

`scanning.py` makes the scans from text written here.
"""

from __future__ import annotations

import os
import subprocess
from collections import Counter
from itertools import pairwise
from pathlib import Path

import numpy as np
import pypdfium2 as pdfium
import pytest

from kcsp_nlp.errors import ReadingError
from kcsp_nlp.reading import progress
from kcsp_nlp.reading.limits import Limits
from kcsp_nlp.reading.pdf import tesseract
from kcsp_nlp.reading.pdf.scans import ScannedPage, is_garbage, needs_recognition, read_scans
from kcsp_nlp.reading.pdf.straightening import straighten
from kcsp_nlp.reading.pdf.tesseract import Box
from scanning import scan, scan_page, text_page, write_pdf

LIMITS = Limits(scan_seconds=120)  # a busy machine must not fail the tests
TEXT = """Minutes of the meeting of Ashby Fold Parish Council held in the Jubilee Room on
Wednesday 6 March 2024 at 7.30 pm
Present: Councillors Ruth Tanner (Chair), Owen Blythe, Priya Nair and Gwen Astley
In attendance: Helen Marsh (Clerk), two members of the public
1. Apologies for absence were received from Councillor Douglas Fenn.
2. Declarations of interest
Councillor Blythe declared an interest in item 5 as a trustee of the village hall.
3. The minutes of the meeting held on 7 February 2024 were approved and signed.
4. Police report
The Clerk read the report. Eleven crimes had been recorded, among them two burglaries,
three thefts from vehicles and one case of criminal damage to the bus shelter.
It was resolved that the Clerk write to the inspector about speeding on Mill Lane.
5. Village hall
A grant of five hundred pounds towards the new boiler was proposed by Councillor Nair,
seconded by Councillor Astley and agreed. Councillor Blythe did not vote.
6. Finance
The payments listed were approved. The balance at the end of February was noted.
7. Highways
The county council had promised to mend the potholes in Church Street before Easter.
Members regretted that the drain near the school was still blocked after four months.
8. Date of the next meeting: Wednesday 3 April 2024
The meeting closed at nine o'clock.""".splitlines()
WORDS = " ".join(TEXT).split()
needs_tesseract = pytest.mark.skipif(
    tesseract.find_program() is None,
    reason="tesseract is not installed (apt-get install tesseract-ocr tesseract-ocr-eng)",
)
needs_posix = pytest.mark.skipif(os.name != "posix", reason="the stand-in is a script with a #!")


def read(data: bytes) -> ScannedPage:
    """Read the only page of a file."""
    document = pdfium.PdfDocument(data)
    (page,), warnings = read_scans(document, [1], "minutes.pdf", LIMITS)
    document.close()
    assert not warnings
    return page


def agreement(page: ScannedPage) -> tuple[float, float]:
    """Recall and precision of the words of a page."""
    found = Counter(word.word.text.replace("’", "'") for word in page.words)
    same = sum((found & Counter(WORDS)).values())
    return same / len(WORDS), same / sum(found.values())


@needs_tesseract
@pytest.mark.parametrize(
    ("dpi", "angle", "noise", "least"),
    [
        pytest.param(200, 0.0, 0.0, 0.97, id="clean"),
        pytest.param(300, 0.0, 0.0, 0.97, id="finer than needed"),
        pytest.param(200, 0.5, 0.0, 0.97, id="half a degree askew"),
        pytest.param(200, -0.5, 12.0, 0.95, id="askew and with noise"),
        pytest.param(200, 2.0, 0.0, 0.95, id="two degrees askew"),
        pytest.param(100, 0.0, 0.0, 0.90, id="a fax"),
    ],
)
def test_words_are_recognised(dpi: int, angle: float, noise: float, least: float) -> None:
    page = read(write_pdf([scan_page(scan(TEXT, dpi=dpi, angle=angle, noise=noise))]))
    recall, precision = agreement(page)
    assert recall >= least
    assert precision >= least


@needs_tesseract
@pytest.mark.parametrize("turns", [1, 2, 3], ids=["left", "upside down", "right"])
def test_pages_scanned_the_wrong_way_up_are_turned(turns: int) -> None:
    picture = np.ascontiguousarray(np.rot90(scan(TEXT), turns))
    page = read(write_pdf([scan_page(picture)]))
    assert agreement(page)[0] >= 0.9
    first = next(word.word for word in page.words if word.word.text == "Minutes")
    assert first.x0 < page.width / 2
    assert first.base < page.height / 3


@needs_tesseract
@pytest.mark.parametrize("angle", [0.0, 0.7, -2.0])
def test_lines_are_level_and_in_points(angle: float) -> None:
    page = read(write_pdf([scan_page(scan(TEXT, angle=angle))]))
    bases = sorted({word.word.base for word in page.words})
    assert len(bases) == len(TEXT)
    gaps = [after - before for before, after in pairwise(bases)]
    assert all(gap == pytest.approx(14, abs=0.7) for gap in gaps)
    assert {round(word.word.size) for word in page.words} <= {11, 12}
    if not angle:
        assert bases[0] == pytest.approx(842 - 770, abs=1)
        assert min(word.word.x0 for word in page.words) == pytest.approx(72, abs=1.5)
    assert all(word.word.x0 < word.word.x1 for word in page.words)
    assert all(0 <= word.confidence <= 1 for word in page.words)


@needs_tesseract
def test_the_same_scan_gives_the_same_words() -> None:
    data = write_pdf([scan_page(scan(TEXT[:5], noise=20.0))])
    assert read(data) == read(data)


# Some hundred letters L.
DRAWN = b"".join(
    b"%d %d m %d %d l %d %d l S\n" % (x, y + 8, x, y, x + 5, y)
    for y in range(100, 700, 60)
    for x in range(80, 480, 10)
)
BLANK_PICTURE = np.full((1100, 850), 225, dtype=np.uint8)
SPECKLED = np.clip(
    BLANK_PICTURE + np.random.default_rng(2).normal(0, 6, BLANK_PICTURE.shape), 0, 255
).astype(np.uint8)


@pytest.mark.parametrize(
    ("page", "needed"),
    [
        pytest.param(text_page(TEXT), False, id="a page of text"),
        pytest.param(text_page(["7"]), False, id="a page number alone"),
        pytest.param(text_page(["Appendices"]), False, id="a page that divides"),
        pytest.param((b"", b"", b"null"), False, id="an empty page"),
        pytest.param((b"72 72 m 500 72 l S", b"", b"null"), False, id="an empty page with a rule"),
        pytest.param((b"0 g 40 400 500 300 re f", b"", b"null"), False, id="a black box"),
        pytest.param((DRAWN, b"", b"null"), True, id="letters drawn as shapes"),
        pytest.param(scan_page(scan(TEXT)), True, id="a scan"),
        pytest.param(scan_page(scan(TEXT, noise=15.0)), True, id="a scan with noise"),
        pytest.param(scan_page(scan(TEXT[:1])), True, id="a scan of one line"),
        pytest.param(scan_page(scan(TEXT), stamp="Page 3 of 9"), True, id="a stamp over a scan"),
        pytest.param(scan_page(BLANK_PICTURE), False, id="a scan of an empty page"),
        pytest.param(scan_page(SPECKLED), False, id="a scan of an empty page with noise"),
    ],
)
def test_pages_that_need_recognition(page: tuple[bytes, bytes, bytes], needed: bool) -> None:
    document = pdfium.PdfDocument(write_pdf([page]))
    textpage = document[0].get_textpage()
    assert needs_recognition(document, 1, textpage.get_text_bounded()) is needed
    document.close()


SHIFTED = "".join(chr(ord(one) - 29) if one > " " else one for one in " ".join(TEXT))


@pytest.mark.parametrize(
    ("text", "garbage"),
    [
        pytest.param(" ".join(TEXT), False, id="English"),
        pytest.param("", False, id="nothing"),
        pytest.param("\n \n", False, id="white space"),
        pytest.param("Cafodd y cofnodion eu cymeradwyo gan y cyngor. " * 9, False, id="Welsh"),
        pytest.param("Bhí an cruinniú ar siúl sa halla. " * 9, False, id="Irish"),
        pytest.param("DC/2018/00554 BH/23/0117 TR/19 " * 20, False, id="references"),
        pytest.param("12 450 3,204.54 18.20 " * 20, False, id="figures"),
        pytest.param("RESOLVED THAT THE REPORT BE NOTED. " * 9, False, id="capitals"),
        pytest.param("Agreed \uf0b7 noted \uf0b7 closed", False, id="bullets of a symbol font"),
        pytest.param("\uf0b7", False, id="a bullet alone"),
        pytest.param("\ue001\ue002 \ue003\ue004" * 9, True, id="private characters"),
        pytest.param("•••• ••• •••••" * 9, True, id="private characters, made bullets"),
        pytest.param("• Agreed\n• Noted\n• To be reported\n" * 9, False, id="a list"),
        pytest.param("(cid:31)(cid:5) (cid:77)" * 9, True, id="numbers of glyphs"),
        pytest.param("\ufffd" * 30, True, id="replacement characters"),
        pytest.param("\x01\x02\x03\x04 " * 9, True, id="control characters"),
        pytest.param(SHIFTED, True, id="shifted letters"),
    ],
)
def test_text_layers_that_are_garbage(text: str, garbage: bool) -> None:
    assert is_garbage(text) is garbage


def three_pages() -> pdfium.PdfDocument:
    pages = [text_page(TEXT), scan_page(scan(TEXT[:3])), text_page(TEXT)]
    return pdfium.PdfDocument(write_pdf(pages))


def test_without_tesseract_a_scan_is_an_error_that_tells_the_way_out(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(tesseract, "find_program", lambda: None)
    document = pdfium.PdfDocument(write_pdf([scan_page(scan(["a"]))] * 4))
    with pytest.raises(ReadingError) as caught:
        read_scans(document, [1, 2, 4], "may.pdf", LIMITS)
    message = str(caught.value)
    for said in ("may.pdf", "pages 1-2, 4 of 4", "apt-get install tesseract-ocr", "Windows"):
        assert said in message


def test_without_tesseract_a_few_scans_are_a_warning(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tesseract, "find_program", lambda: None)
    pages, (warning,) = read_scans(three_pages(), [2], "may.pdf", LIMITS)
    assert pages == ()
    assert warning.startswith("page 2 of 3")
    assert "install" in warning


def stand_in(path: Path, script: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Put a shell script in tesseract's place."""
    path.write_text(f"#!/bin/sh\n{script}\n", encoding="utf-8")
    path.chmod(0o755)
    monkeypatch.setattr(tesseract, "find_program", lambda: str(path))


@needs_posix
@pytest.mark.parametrize(
    ("script", "message"),
    [
        pytest.param("exec sleep 100", "took more than 0.5 seconds", id="it hangs"),
        pytest.param("cat > /dev/null; exit 1", "lacks its English data", id="it fails"),
    ],
)
def test_a_tesseract_that_does_not_work(
    script: str,
    message: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    stand_in(tmp_path / "tesseract", script, monkeypatch)
    limits = Limits(scan_seconds=0.5)
    pages, (warning,) = read_scans(three_pages(), [2], "may.pdf", limits)
    assert pages == ()
    assert message in warning
    with pytest.raises(ReadingError, match=message):
        read_scans(three_pages(), [1, 2, 3], "may.pdf", limits)


@needs_posix
def test_scans_are_announced(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    told: list[int] = []
    monkeypatch.setattr(progress, "_listeners", [told.append])
    stand_in(tmp_path / "tesseract", "cat > /dev/null", monkeypatch)
    pages, warnings = read_scans(three_pages(), [1, 2], "may.pdf", LIMITS)
    assert told == [2]
    assert [(page.number, page.words) for page in pages] == [(1, ()), (2, ())]
    assert warnings == ()


def test_nothing_to_recognise_needs_no_program(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tesseract, "find_program", lambda: None)
    assert read_scans(three_pages(), [], "may.pdf", LIMITS) == ((), ())


def test_the_table_of_tesseract_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    table = (
        "level\tpage_num\tblock_num\tpar_num\tline_num\tword_num\tleft\ttop\twidth\theight\tconf\t"
        "text\n"
        "4\t1\t2\t1\t3\t0\t10\t20\t300\t40\t-1\t\n"
        '5\t1\t2\t1\t3\t1\t10\t20\t30\t40\t96.5\t"Noted\n'
        "5\t1\t2\t1\t3\t2\t50\t20\t2\t40\t30.0\t|\n"
        "5\t1\t2\t1\t3\t3\t60\t20\t30\t40\t95.0\t \n"
    )
    answer = subprocess.CompletedProcess([], 0, table.encode(), b"")
    monkeypatch.setattr(subprocess, "run", lambda *_, **__: answer)
    (box,) = tesseract.recognise("tesseract", b"", 200, 1.0)
    assert box == Box('"Noted', 10, 20, 30, 40, 0.965, (2, 1, 3))


@pytest.mark.parametrize(
    ("texts", "tops"),
    [
        pytest.param(["high", "gap", "non", "Top"], [0, 23, 23, 0], id="tails and low letters"),
        pytest.param(["high", "—", "Top", "..."], [0, 40, 0, 66], id="marks say nothing"),
    ],
)
def test_words_of_a_line_share_its_base(texts: list[str], tops: list[int]) -> None:
    # Letters of a font of 100 pixels whose base line is 69.
    heights = {"high": 90, "gap": 67, "non": 46, "Top": 90, "—": 5, "...": 3}
    boxes = [
        Box(text, 100 * number, top, 90, heights[text], 0.9, (1, 1, 1))
        for number, (text, top) in enumerate(zip(texts, tops, strict=True))
    ]
    words = straighten(boxes, 2.0, 842)
    assert {round(word.word.base, 1) for word in words} == {34.5}
    assert {round(word.word.size) for word in words} == {50}


def test_no_boxes_are_no_words() -> None:
    assert straighten([], 2.0, 842) == ()
