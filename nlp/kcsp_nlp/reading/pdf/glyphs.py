"""A page of PDFium as words with their places.

PDFium is asked for each word, not for each character: a call costs a microsecond, and a page has
thousands of characters.
"""

from __future__ import annotations

import ctypes
import math
import re
from collections.abc import Iterator
from dataclasses import dataclass

import pypdfium2.raw as pdfium

from kcsp_nlp.reading.pdf.fonts import Fonts
from kcsp_nlp.reading.pdf.letters import HYPHEN, clean
from kcsp_nlp.reading.pdf.words import Word

# PDFium ends a line that was divided with U+0002 or U+FFFE instead of hyphen and line end.
_WORD = re.compile("[^\\s\x00\x02\ufffe\u00a0]+[\x02\ufffe]?|[\x02\ufffe]")
_DIVIDED = "\x02\ufffe"
_SPACES = " \u00a0"
_INVISIBLE = 3  # render mode
_STROKED = 2
_UPRIGHT = 0.05  # most slope of text that stands upright
_JUMP = 1.6  # width of a character against its height, from where a word is looked into
_LONGEST_WORD = 400


@dataclass(frozen=True, slots=True)
class _Style:
    """What the characters of one text object have in common."""

    size: float
    bold: bool
    font: int
    symbols: bool
    hidden: bool
    along: tuple[float, float]


@dataclass(frozen=True, slots=True)
class Frame:
    """How the page is shown: its edges in its own coordinates and its rotation.

    Attributes:
        left: Edge in the page's own coordinates, as the others.
        bottom: As `left`.
        right: As `left`.
        top: As `left`.
        turns: Quarter turns clockwise.
    """

    left: float
    bottom: float
    right: float
    top: float
    turns: int

    @property
    def width(self) -> float:
        """Width as shown, in points."""
        return self.top - self.bottom if self.turns % 2 else self.right - self.left

    @property
    def height(self) -> float:
        """Height as shown, in points."""
        return self.right - self.left if self.turns % 2 else self.top - self.bottom

    def place(self, x: float, y: float) -> tuple[float, float]:
        """Return where a point of the page is shown, from the upper left corner."""
        if self.turns == 1:
            return y - self.bottom, x - self.left
        if self.turns == 2:  # noqa: PLR2004
            return self.right - x, y - self.bottom
        if self.turns == 3:  # noqa: PLR2004
            return self.top - y, self.right - x
        return x - self.left, self.top - y

    def turn(self, x: float, y: float) -> tuple[float, float]:
        """Return a direction of the page as it is shown, y downwards."""
        return ((x, -y), (y, x), (-x, y), (-y, -x))[self.turns]


def frame_of(page: pdfium.FPDF_PAGE, quarter_turns: int = 0) -> Frame:
    """Return how a page is shown, turned by some further quarters clockwise."""
    box = pdfium.FS_RECTF()
    pdfium.FPDF_GetPageBoundingBox(page, ctypes.byref(box))
    turns = (pdfium.FPDFPage_GetRotation(page) + quarter_turns) % 4
    return Frame(box.left, box.bottom, box.right, box.top, turns)


class Glyphs:
    """The characters of one page; its text page is open from `open` to `close`."""

    def __init__(self, page: pdfium.FPDF_PAGE, fonts: Fonts) -> None:
        self._text = pdfium.FPDFText_LoadPage(page)
        self._fonts = fonts
        self._styles: dict[int, _Style] = {}
        self.count = max(0, pdfium.FPDFText_CountChars(self._text)) if self._text else 0

    def close(self) -> None:
        """Free what PDFium holds for the page's text."""
        if self._text:
            pdfium.FPDFText_ClosePage(self._text)

    def text(self) -> str:
        """Return the page's characters, one code point for each that PDFium counts."""
        buffer = (ctypes.c_ushort * (self.count + 1))()
        length = pdfium.FPDFText_GetText(self._text, 0, self.count, buffer)
        text = bytes(buffer)[: 2 * max(0, length - 1)].decode("utf-16-le", errors="replace")
        if len(text) == self.count:
            return text
        # Characters beyond the first plane, or without a Unicode value: one by one.
        get = pdfium.FPDFText_GetUnicode
        return "".join(_character(get(self._text, index)) for index in range(self.count))

    def words(self, frame: Frame) -> Iterator[tuple[Word, tuple[float, float]]]:
        """Yield the page's words in the order of the file, each with the direction it runs in."""
        text = self.text()
        for match in _WORD.finditer(text):
            is_spaced = text[max(0, match.start() - 1) : match.start()] in _SPACES
            for start, end in self._pieces(match.start(), match.end(), frame):
                word = self._word(
                    match[0][start - match.start() : end - match.start()], start, end, frame
                )
                if word is not None:
                    word[0].is_spaced = is_spaced and start == match.start()
                    yield word

    def _word(
        self, text: str, start: int, end: int, frame: Frame
    ) -> tuple[Word, tuple[float, float]] | None:
        style = self._style(start)
        divided = text[-1] in _DIVIDED
        text = clean(text.rstrip(_DIVIDED), symbols=style.symbols) + (HYPHEN if divided else "")
        if not text:
            return None
        last = max(start, end - 1 - divided)
        x0, y0 = self._edge(start, frame, last=False)
        x1, y1 = self._edge(last, frame, last=True)
        along = frame.turn(*style.along)
        word = Word(
            text,
            min(x0, x1),
            max(x0, x1),
            (y0 + y1) / 2,
            style.size,
            style.bold,
            style.font,
            style.hidden,
        )
        if along[0] > 0:
            word.base = y0
        return word, along

    def _edge(self, index: int, frame: Frame, *, last: bool) -> tuple[float, float]:
        """Return where the pen stands before a character, or behind it: x, and its base line."""
        box = pdfium.FS_RECTF()
        pdfium.FPDFText_GetLooseCharBox(self._text, index, ctypes.byref(box))
        ax, ay = frame.place(box.left, box.bottom)
        bx, by = frame.place(box.right, box.top)
        x = max(ax, bx) if last else min(ax, bx)
        if not math.isfinite(x + ay + by):
            return 0.0, 0.0
        if last:
            return x, max(ay, by)
        across, up = ctypes.c_double(), ctypes.c_double()
        if not pdfium.FPDFText_GetCharOrigin(
            self._text, index, ctypes.byref(across), ctypes.byref(up)
        ):
            return x, max(ay, by)
        base = frame.place(across.value, up.value)[1]
        return x, base if math.isfinite(base) else max(ay, by)

    def _pieces(self, start: int, end: int, frame: Frame) -> list[tuple[int, int]]:
        """Divide a word where its characters stand apart: PDFium sees no space in a jump."""
        if end - start == 1:
            return [(start, end)]
        size = self._style(start).size
        x0, _ = self._edge(start, frame, last=False)
        x1, _ = self._edge(end - 1, frame, last=True)
        width = x1 - x0
        if 0 < width < _JUMP * size * (end - start) and end - start < _LONGEST_WORD:
            return [(start, end)]
        return self._split(start, end, frame)

    def _split(self, start: int, end: int, frame: Frame) -> list[tuple[int, int]]:
        pieces = []
        begin = start
        behind = self._edge(start, frame, last=True)[0]
        base = self._edge(start, frame, last=False)[1]
        for index in range(start + 1, end):
            x, y = self._edge(index, frame, last=False)
            size = max(1.0, self._style(index).size)
            if abs(x - behind) > size or abs(y - base) > size or index - begin >= _LONGEST_WORD:
                pieces.append((begin, index))
                begin = index
            behind = self._edge(index, frame, last=True)[0]
            base = y
        return [*pieces, (begin, end)]

    def _style(self, index: int) -> _Style:
        thing = pdfium.FPDFText_GetTextObject(self._text, index)
        key = ctypes.cast(thing, ctypes.c_void_p).value or 0
        style = self._styles.get(key)
        if style is None:
            style = self._styles[key] = self._look_up(thing, index)
        return style

    def _look_up(self, thing: pdfium.FPDF_PAGEOBJECT, index: int) -> _Style:
        matrix = pdfium.FS_MATRIX()
        known = pdfium.FPDFText_GetMatrix(self._text, index, ctypes.byref(matrix))
        # Broken files turn and scale text by what is no number.
        if not known or not math.isfinite(matrix.a + matrix.b + matrix.c + matrix.d):
            matrix = pdfium.FS_MATRIX(1.0, 0.0, 0.0, 1.0, 0.0, 0.0)
        size = pdfium.FPDFText_GetFontSize(self._text, index) * math.hypot(matrix.c, matrix.d)
        size = size if math.isfinite(size) else 0.0
        length = math.hypot(matrix.a, matrix.b) or 1.0
        along = (matrix.a / length, matrix.b / length)
        if not thing:
            return _Style(abs(size) or 10.0, False, -1, False, False, along)
        number, bold, symbols = self._fonts.look_up(pdfium.FPDFTextObj_GetFont(thing))
        mode = pdfium.FPDFTextObj_GetTextRenderMode(thing)
        return _Style(
            abs(size) or 10.0, bold or mode == _STROKED, number, symbols, mode == _INVISIBLE, along
        )


def _character(code: int) -> str:
    """Return a character that takes one place, whatever PDFium says it is."""
    if code == 0 or 0xD800 <= code <= 0xDFFF or code > 0x10FFFF:  # noqa: PLR2004
        return " " if code == 0 else "\N{REPLACEMENT CHARACTER}"
    return chr(code)


def is_upright(along: tuple[float, float]) -> bool:
    """Tell whether a direction is that of ordinary text: from left to right."""
    return along[0] > 0 and abs(along[1]) < _UPRIGHT
