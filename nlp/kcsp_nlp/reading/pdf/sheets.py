"""A page of the file as a sheet: its words in place, each once, and the rules drawn on it."""

from __future__ import annotations

from collections import Counter

import pypdfium2.raw as pdfium

from kcsp_nlp.reading.pdf.drawings import find_drawings
from kcsp_nlp.reading.pdf.fonts import Fonts
from kcsp_nlp.reading.pdf.glyphs import Frame, Glyphs, frame_of, is_upright
from kcsp_nlp.reading.pdf.words import Sheet, Word

_MARGIN = 3.0  # points that a word may stand over the edge
_NEAR = 0.3  # of the height: closer copies are one word printed twice
_MOST_CHARACTERS = 150_000
_SCAN = 0.5  # share of the page that the picture of a scan covers, at least

_Direction = tuple[float, float]


class CrowdedPageError(Exception):
    """A page holds more characters than any that people read."""


def read_sheet(page: pdfium.FPDF_PAGE, number: int, fonts: Fonts) -> Sheet:
    """Read a page.

    Args:
        page: The page, loaded.
        number: Its number, from 1.
        fonts: The document's fonts as far as known.

    Raises:
        CrowdedPageError: too many characters to be a page.
    """
    glyphs = Glyphs(page, fonts)
    try:
        if glyphs.count > _MOST_CHARACTERS:
            raise CrowdedPageError(str(glyphs.count))
        frame = frame_of(page)
        found = list(glyphs.words(frame))
        turns = _turns(found)
        if turns:
            frame = frame_of(page, turns)
            found = list(glyphs.words(frame))
    finally:
        glyphs.close()
    rules, image = find_drawings(page, frame)
    words, astray = _sort(found, frame, image)
    return Sheet(number, frame.width, frame.height, words, rules, astray, image)


def _turns(found: list[tuple[Word, _Direction]]) -> int:
    """Return by how many quarters to turn the page so that most of its words stand upright."""
    ways = Counter((round(along[0]), round(along[1])) for _, along in found)
    if not ways:
        return 0
    (x, y), _ = ways.most_common(1)[0]
    # Text that runs downwards has to be turned three quarters clockwise, upwards one.
    return {(0, 1): 3, (-1, 0): 2, (0, -1): 1}.get((x, y), 0)


def _sort(
    found: list[tuple[Word, _Direction]], frame: Frame, image: float
) -> tuple[list[Word], list[tuple[str, str]]]:
    """Divide words into those to be read and those that are set aside, joined by their reason."""
    words: list[Word] = []
    astray: dict[str, list[str]] = {}
    copies: dict[str, list[Word]] = {}
    if all(word.is_hidden for word, _ in found):
        image = 1.0  # nothing else is to be read: a scan, however it was drawn
    for word, along in found:
        reason = _reason(word, along, frame, image)
        if reason:
            astray.setdefault(reason, []).append(word.text)
        elif not _is_copy(word, copies.setdefault(word.text, [])):
            words.append(word)
    return words, [(" ".join(texts), reason) for reason, texts in astray.items()]


def _reason(word: Word, along: _Direction, frame: Frame, image: float) -> str:
    if not is_upright(along):
        return "it does not stand upright"
    middle = (word.x0 + word.x1) / 2
    if not (
        -_MARGIN <= middle <= frame.width + _MARGIN and 0 <= word.base <= frame.height + _MARGIN
    ):
        return "it stands outside the page"
    if word.is_hidden and image < _SCAN:
        return "it is not drawn"
    return ""


def _is_copy(word: Word, others: list[Word]) -> bool:
    """Tell whether a word was printed in this place before, to look bold; else note it."""
    near = _NEAR * word.size
    for other in others[-8:]:
        if abs(other.x0 - word.x0) < near and abs(other.base - word.base) < near:
            other.bold = other.bold or other.is_hidden == word.is_hidden
            return True
    others.append(word)
    return False
