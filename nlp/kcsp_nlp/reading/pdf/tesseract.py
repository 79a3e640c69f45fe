"""Character recognition by the program tesseract: an image in, words with their boxes out."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass

# Where it is installed without being on the path, on Windows and macOS.
_FOLDERS = (
    "C:/Program Files/Tesseract-OCR",
    "C:/Program Files (x86)/Tesseract-OCR",
    "/opt/homebrew/bin",
    "/usr/local/bin",
)
_LANGUAGE = "eng"
_WHOLE_PAGE = "3"  # find columns, tables and lines oneself; the page stands upright
_WHICH_WAY_UP = "0"
_WORD = "5"  # the level of a line about a word; 1 to 4 are page, block, paragraph and line
_COLUMNS = 12
# "Rotate: 180"; not "Orientation in degrees: 180".
_ROTATE = re.compile(rb"^Rotate: (90|180|270)\s*$", re.MULTILINE)
# "Orientation confidence: 5.27"; not "Script confidence: 2.4".
_SURE = re.compile(rb"^Orientation confidence: (\d+\.\d+)\s*$", re.MULTILINE)
# Pages of text that stand upright have been said to be turned with 0.3, turned ones score above 3.
_SURE_ENOUGH = 1.0

# What a page raises that takes too long: those who call start no programs themselves.
TimeoutExpired = subprocess.TimeoutExpired


class RecognitionError(Exception):
    """Tesseract did not do its work: it is broken or lacks the data of its language."""


@dataclass(frozen=True, slots=True)
class Box:
    """A word as recognised.

    Attributes:
        text: Without white space, not empty.
        left: In pixels from the left edge of the image.
        top: In pixels from its upper edge.
        width: In pixels.
        height: In pixels.
        confidence: 0 to 1, as tesseract gives it.
        line: Block, paragraph and line it stands on.
    """

    text: str
    left: int
    top: int
    width: int
    height: int
    confidence: float
    line: tuple[int, int, int]


def find_program() -> str | None:
    """Return tesseract's program: on the path, else where it is usually installed; or None."""
    return shutil.which("tesseract") or shutil.which("tesseract", path=os.pathsep.join(_FOLDERS))


def recognise(program: str, image: bytes, dpi: int, seconds: float) -> list[Box]:
    """Recognise the words of a page.

    Args:
        program: As `find_program` returns it.
        image: The page in one of tesseract's formats, such as PGM.
        dpi: Its pixels per inch.
        seconds: After which to stop it.

    Returns:
        The words in reading order, as tesseract sees it.

    Raises:
        RecognitionError: it does not start, or ends with an error.
        subprocess.TimeoutExpired: it took too long.
    """
    options = ["--dpi", str(dpi), "-l", _LANGUAGE, "--psm", _WHOLE_PAGE, "tsv"]
    answer = _run(program, image, options, seconds)
    return list(_boxes(answer.decode("utf-8", errors="replace")))


def find_turn(program: str, image: bytes, dpi: int, seconds: float) -> int:
    """Find out by how many degrees, clockwise, a page must be turned to stand upright.

    Args:
        program: As `find_program` returns it.
        image: As of `recognise`.
        dpi: As of `recognise`.
        seconds: As of `recognise`.

    Returns:
        90, 180 or 270; 0 where it stands upright, it is not certain, or the data that this needs is
        not installed.

    Raises:
        subprocess.TimeoutExpired: it took too long.
    """
    try:
        options = ["--dpi", str(dpi), "-l", "osd", "--psm", _WHICH_WAY_UP]
        answer = _run(program, image, options, seconds)
    except RecognitionError:
        return 0  # no data, or too few letters on the page
    turn, sure = _ROTATE.search(answer), _SURE.search(answer)
    if turn is None or sure is None or float(sure[1]) < _SURE_ENOUGH:
        return 0
    return int(turn[1])


def _run(program: str, image: bytes, options: list[str], seconds: float) -> bytes:
    try:
        return subprocess.run(  # noqa: S603 -- the program found on this machine, no shell
            [program, "-", "-", *options],
            input=image,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            timeout=seconds,
            check=True,
            # Several threads for one page are slower than one when documents are read side by side.
            env={**os.environ, "OMP_THREAD_LIMIT": "1"},
        ).stdout
    except (OSError, subprocess.CalledProcessError) as error:
        raise RecognitionError from error


def _boxes(table: str) -> Iterator[Box]:
    # A word may hold any character but these two, a quotation mark among them: no CSV.
    for line in table.split("\n"):
        cells = line.split("\t")
        if len(cells) != _COLUMNS or cells[0] != _WORD:
            continue
        text = "".join(cells[11].split())
        # What it makes of the vertical rules of a table.
        if not text or not text.strip("|"):
            continue
        block, paragraph, row = map(int, cells[2:5])
        left, top, width, height = map(int, cells[6:10])
        confidence = min(1.0, max(0.0, float(cells[10]) / 100))
        yield Box(text, left, top, width, height, confidence, (block, paragraph, row))
