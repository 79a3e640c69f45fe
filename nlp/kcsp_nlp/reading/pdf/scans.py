"""Pages that are pictures of text: which they are, and their words by character recognition.

Recognised words look like those of any other page (`Word`), straightened where the page was
scanned askew, so that the same code makes lines and blocks of them.
"""

from __future__ import annotations

import math
import re
import time
import unicodedata
from collections import Counter
from collections.abc import Iterable, Sequence
from contextlib import closing
from dataclasses import dataclass
from itertools import islice, pairwise

import pypdfium2 as pdfium
from pypdfium2 import raw

from kcsp_nlp.errors import ReadingError
from kcsp_nlp.reading.limits import Limits
from kcsp_nlp.reading.pdf import tesseract
from kcsp_nlp.reading.pdf.straightening import ScannedWord, straighten
from kcsp_nlp.reading.progress import announce_scans

# Words below it are doubtful. Of the 14,625 words of 35 synthetic scans 1 % were wrong: 2 % of all
# words lie below it, among them 55 % of the wrong ones. At 0.9 it would be 3 % and 68 %.
DOUBTFUL = 0.85

_POINTS = 72  # in an inch
# Scans are best read as they are: drawn larger, their noise becomes letters.
_LEAST_DPI, _MOST_DPI = 100, 250
_MOST_PIXELS = 25_000_000
_MOST_OBJECTS = 1_000
# How much of a page's time its runs may take; the rest is for everything about them.
_SHARE = 0.9

# --- does a page need recognition?
_LOOK_DPI = 36
_FEWEST_CHARACTERS = 5  # a page number alone is no text layer
_FEW_CHARACTERS = 100  # a stamp or a running header over a scan
# Share of the page that is black, were all its grey ink black: a page with one line of text has
# 0.002, a full one 0.03 to 0.09; a blank page that was scanned has below 0.0002.
_SOME_INK = 0.0008
_MUCH_INK = 0.015
_SHOWN = (raw.FPDF_PAGEOBJ_IMAGE, raw.FPDF_PAGEOBJ_TEXT)
_FEWEST_DRAWN = 20  # fewer shapes are a frame and some rules
_SPECKLE = 30  # how much darker than paper is not noise, of 255
_JUNK_SHARE = 0.3
# What stands for glyphs that have no character: U+FFFD, and the bullets that `letters` makes.
_STAND_INS = "\ufffd•"
_FEWEST_JUDGED = 20
# What some converters write for glyphs they cannot name: "(cid:31)"; not "(Cid)".
_CID = re.compile(r"\(cid:\d{1,6}\)")
_LETTERS_JUDGED = 200
# English, Welsh and Irish have 0.35 and more; a font whose letters are shifted has below 0.15.
_FEWEST_VOWELS = 0.18

# Below this mean confidence a page may stand on its side or its head.
_UNSURE = 0.7
_LONG_WORD = 4  # letters: wider than high, unless it runs up or down
_ON_ITS_SIDE = (90, 270)
# What PDFium's library raises of broken pages, and of pages without an area.
_NOT_DRAWN = (pdfium.PdfiumError, ValueError)

_GET_IT = (
    "install it (Debian: apt-get install tesseract-ocr tesseract-ocr-eng; macOS: brew install "
    "tesseract; Windows: the installer of UB Mannheim), or recognise the text with another program"
)


@dataclass(frozen=True, slots=True)
class ScannedPage:
    """A page read by recognition.

    Attributes:
        number: From 1.
        width: In points, as it was read: turned, where it was scanned on its side.
        height: In points, as it was read.
        words: In reading order, as the recogniser sees it.
    """

    number: int
    width: float
    height: float
    words: tuple[ScannedWord, ...]


def needs_recognition(pdf: pdfium.PdfDocument, number: int, text: str) -> bool:
    """Tell whether a page shows text that its text layer does not hold.

    Args:
        pdf: The document.
        number: The page, from 1.
        text: What its text layer holds.
    """
    if is_garbage(text):
        return True
    characters = sum(not character.isspace() for character in text)
    if characters >= _FEW_CHARACTERS:
        return False
    try:
        with closing(pdf[number - 1]) as page:
            ink = _ink(page) if _may_show_text(page) else 0.0
    except _NOT_DRAWN:
        return False
    return ink >= (_SOME_INK if characters < _FEWEST_CHARACTERS else _MUCH_INK)


def is_garbage(text: str) -> bool:
    """Tell whether a text layer is none: glyphs without a character, or letters all shifted."""
    named = _CID.sub("\ufffd", text)
    counts = Counter(named)
    visible = sum(count for one, count in counts.items() if not one.isspace())
    junk = sum(count for one, count in counts.items() if _is_junk(one))
    if visible >= _FEWEST_JUDGED and junk >= _JUNK_SHARE * visible:
        return True
    letters = sum(count for one, count in counts.items() if one.isascii() and one.isalpha())
    vowels = sum(counts[one] for one in "aeiouAEIOU")
    return letters >= _LETTERS_JUDGED and vowels < _FEWEST_VOWELS * letters


def read_scans(
    pdf: pdfium.PdfDocument, numbers: Sequence[int], where: str, limits: Limits
) -> tuple[tuple[ScannedPage, ...], tuple[str, ...]]:
    """Read pages by character recognition.

    Args:
        pdf: The document.
        numbers: Which pages, from 1, ascending.
        where: What messages call the file.
        limits: Bounds of reading; each page gets `scan_seconds`.

    Returns:
        The pages that could be read, and a warning for those that could not.

    Raises:
        ReadingError: at least half of the document would be lost, because tesseract is missing, is
            broken or takes too long.
    """
    if not numbers:
        return (), ()
    program = tesseract.find_program()
    if program is None:
        return (), _lost(numbers, len(pdf), where, f"found no tesseract to read them; {_GET_IT}")
    announce_scans(len(numbers))
    pages = []
    lost = []
    for number in numbers:
        try:
            with closing(pdf[number - 1]) as page:
                pages.append(_read(page, number, program, limits))
        except (tesseract.TimeoutExpired, *_NOT_DRAWN):
            lost.append(number)
        except tesseract.RecognitionError:
            why = f"found a tesseract that fails, or lacks its English data; {_GET_IT}"
            return (), _lost(numbers, len(pdf), where, why)
    if lost:
        why = (
            f"recognition failed, or took more than {limits.scan_seconds:g} seconds for each; "
            "raise the limit `scan_seconds`, or scan them anew"
        )
        return tuple(pages), _lost(lost, len(pdf), where, why)
    return tuple(pages), ()


def _lost(numbers: Sequence[int], count: int, where: str, why: str) -> tuple[str]:
    """Return the warning for pages that are lost.

    Raises:
        ReadingError: too much is lost for the rest to stand for the document.
    """
    pages = f"{'page' if len(numbers) == 1 else 'pages'} {_ranges(numbers)}"
    if 2 * len(numbers) >= count:
        raise ReadingError(
            f"{where}: {pages} of {count}: found scanned images without text, expected text; {why}"
        )
    return (f"{pages} of {count}: scanned images without text, which were not read; {why}",)


def _read(page: pdfium.PdfPage, number: int, program: str, limits: Limits) -> ScannedPage:
    """Read a page, turned upright where that makes it legible."""
    end = time.monotonic() + _SHARE * limits.scan_seconds
    width, height = page.get_size()
    dpi = _resolution(page)
    image, scale = _picture(page, dpi, 0)
    dots = round(scale * _POINTS)
    boxes = tesseract.recognise(program, image, dots, _left(end))
    sideways = _quarters(boxes)
    if sideways or _confidence(boxes) < _UNSURE:
        turn = tesseract.find_turn(program, image, dots, _left(end)) or sideways
        if turn:
            image, _ = _picture(page, dpi, turn)
            turned = tesseract.recognise(program, image, dots, _left(end))
            if sideways or _confidence(turned) > _confidence(boxes):
                boxes = turned
                if turn in _ON_ITS_SIDE:
                    width, height = height, width
    return ScannedPage(number, width, height, straighten(boxes, scale, height))


def _quarters(boxes: Sequence[tesseract.Box]) -> int:
    """Return by how many degrees, clockwise, to turn a page whose words run up or down; else 0."""
    long = [box for box in boxes if len(box.text) >= _LONG_WORD]
    if 2 * sum(box.height > box.width for box in long) <= len(long):
        return 0
    rising = [later.top < box.top for box, later in pairwise(boxes) if later.line == box.line]
    return 90 if 2 * sum(rising) > len(rising) else 270


def _left(end: float) -> float:
    """Return how much time is left; a little, where none is, for it to be noticed."""
    return max(end - time.monotonic(), 0.01)


def _confidence(boxes: Sequence[tesseract.Box]) -> float:
    """Return the mean confidence of the letters of a page; 0 where there are none."""
    letters = sum(len(box.text) for box in boxes)
    return sum(box.confidence * len(box.text) for box in boxes) / letters if letters else 0.0


def _resolution(page: pdfium.PdfPage) -> float:
    """Return the pixels per inch of the images of a page, within what recognition can use."""
    width, height = page.get_size()
    pixels = 0
    for image in islice(page.get_objects(filter=[raw.FPDF_PAGEOBJ_IMAGE]), _MOST_OBJECTS):
        across, down = image.get_px_size()
        pixels += across * down
    dpi = _POINTS * math.sqrt(pixels / max(width * height, 1.0))
    if dpi < _POINTS:  # they do not cover it: its letters are drawn
        return _MOST_DPI
    return min(max(dpi, _LEAST_DPI), _MOST_DPI)


def _ranges(numbers: Iterable[int]) -> str:
    """Write page numbers in words: "1-3, 5"."""
    runs: list[list[int]] = []
    for number in numbers:
        if runs and number == runs[-1][-1] + 1:
            runs[-1] = [runs[-1][0], number]
        else:
            runs.append([number])
    return ", ".join("-".join(map(str, run)) for run in runs)


def _is_junk(character: str) -> bool:
    if character.isspace():
        return False
    return character in _STAND_INS or unicodedata.category(character) in {"Co", "Cc", "Cn", "Cs"}


def _may_show_text(page: pdfium.PdfPage) -> bool:
    """Tell whether there is a picture on a page, text without characters, or drawn letters."""
    for drawn, thing in enumerate(islice(page.get_objects(), _MOST_OBJECTS), start=1):
        if thing.type in _SHOWN or drawn >= _FEWEST_DRAWN:
            return True
    return False


def _ink(page: pdfium.PdfPage) -> float:
    """Return which share of a page is ink, seen from afar; paper may be grey."""
    image, _ = _picture(page, _LOOK_DPI, 0)
    counts = sorted(Counter(image[image.index(b"255\n") + 4 :]).items())
    pixels = sum(count for _, count in counts)
    light = 0
    paper = 0
    for level, count in reversed(counts):
        light += count
        paper = level
        if 2 * light >= pixels:
            break
    edge = paper - _SPECKLE
    ink = sum(count * (paper - level) for level, count in counts if level < edge)
    return ink / (pixels * max(paper, 1))


def _picture(page: pdfium.PdfPage, dpi: float, turn: int) -> tuple[bytes, float]:
    """Draw a page in shades of grey; return it as PGM, and how many pixels a point has."""
    width, height = page.get_size()
    scale = min(dpi / _POINTS, math.sqrt(_MOST_PIXELS / max(width * height, 1.0)))
    bitmap = page.render(scale=scale, rotation=turn, grayscale=True)
    try:
        rows = bytes(bitmap.buffer)
        stride, across, down = bitmap.stride, bitmap.width, bitmap.height
    finally:
        bitmap.close()
    if stride != across:
        rows = b"".join(rows[row * stride : row * stride + across] for row in range(down))
    return b"P5 %d %d 255\n" % (across, down) + rows, scale
