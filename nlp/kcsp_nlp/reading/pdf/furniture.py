"""Running headers, footers and page numbers: what stands on page after page at one place."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from kcsp_nlp.reading.pdf.rows import find_rows
from kcsp_nlp.reading.pdf.words import Sheet, Word

_ZONE = 0.22  # of the page's height, from its edges
_DEEPEST = 6  # rows from an edge
_SAME_PLACE = 4.0  # points
_WINDOW = 3  # pages before and behind
_FEWEST = 3
_FEW_PAGES = 5
_NEW_WORDS = 0.5
_LONG = 4  # letters of a word that tells something
_FRONT = 14  # rows of the first page that name the body and the meeting
_LARGE = 1.9  # times the usual height: a watermark
# "3", "Page 3 of 12", "- 3 -", "3 | Page", "iv", "Page No 3"; not "3 May".
_PAGE_NUMBER = re.compile(
    r"\W*(?:page|p\.?|pg\.?)?\W*(?:no\.?\s*)?(?:\d{1,4}|[ivxl]{1,6})\W*(?:(?:of|/)\s*\d{1,4})?\W*(?:page)?\W*\Z",
    re.IGNORECASE,
)
_SAYS_PAGE = re.compile(r"\W*page\b|.*\d\s*(?:of|/)\s*\d+\W*\Z|\W*\d+\W+page\b", re.IGNORECASE)
# "Signed ____ Dated ____", "Chairman's initials ....."; not "Signed by the Chair".
_SIGNATURE = re.compile(
    r"\b(?:signed|signature|chair\w{0,8}|initials?|dated?)\b[^_.…]{0,40}(?:_{3}|\.{4}|…)",
    re.IGNORECASE,
)
_SIGNED_PLACE = 60.0
_NUMBER_ALONE = "0"
_LONGEST_NUMBER = 9  # digits
_DIGITS = re.compile(r"\d+")
_LEADERS = re.compile(r"[_.…·-]{3,}|\s+")
_NOT_WORDS = re.compile(r"[\W_]+")

Kind = Literal["header", "footer", "page_number", "watermark"]


@dataclass(frozen=True)
class Piece:
    """A row that is set aside.

    Attributes:
        kind: What it is.
        text: As it stands.
        page: From 1.
        reason: Why.
    """

    kind: Kind
    text: str
    page: int
    reason: str


@dataclass
class _Row:
    """A row near an edge of a page."""

    words: list[Word]
    text: str
    key: str
    numbers: tuple[int, ...]
    page: int
    place: float  # from the edge, in points
    size: float


def set_aside(sheets: Sequence[Sheet]) -> tuple[list[list[list[Word]]], list[Piece]]:
    """Divide the rows of pages into those of the text and those that only furnish pages.

    Args:
        sheets: All pages of the document, in order.

    Returns:
        For each page its rows from top to bottom without what is set aside, and what is set aside.
    """
    rows = [find_rows(sheet.words) for sheet in sheets]
    pieces: list[Piece] = []
    for is_top in (True, False):
        edges = [_edge(page, sheet, is_top) for page, sheet in zip(rows, sheets, strict=True)]
        known = _places(edges)
        for index, edge in enumerate(edges):
            taken = _furniture(edge, known, index, len(sheets), is_top)
            if index == 0 and is_top:
                taken = _without_title(taken, rows[0])
            gone = {id(row.words) for row in taken}
            rows[index] = [words for words in rows[index] if id(words) not in gone]
            pieces += [_piece(row, sheets[index].number, is_top) for row in taken]
    return rows, sorted(pieces, key=lambda piece: piece.page)


def _edge(rows: Sequence[list[Word]], sheet: Sheet, is_top: bool) -> list[_Row]:
    """Return the rows near the top or bottom of a page, the outermost first."""
    found: list[_Row] = []
    for words in rows[:_DEEPEST] if is_top else rows[: -_DEEPEST - 1 : -1]:
        base = max(word.base for word in words)
        place = base if is_top else sheet.height - base
        if place > _ZONE * sheet.height:
            break
        text = " ".join(word.text for word in words)
        key, numbers = _key(text)
        size = max(word.size for word in words)
        found.append(_Row(words, text, key, numbers, sheet.number, place, size))
    return found


def _key(text: str) -> tuple[str, tuple[int, ...]]:
    """Return a text without its numbers, and these; of a page number only that it is one."""
    if _PAGE_NUMBER.match(text):
        return _NUMBER_ALONE, ()
    numbers = tuple(int(number[-_LONGEST_NUMBER:]) for number in _DIGITS.findall(text))
    return _LEADERS.sub(" ", _DIGITS.sub("0", text.casefold())).strip(), numbers


def _places(edges: Sequence[Sequence[_Row]]) -> dict[str, list[_Row]]:
    """Return for each text without its numbers where it stands."""
    known: dict[str, list[_Row]] = defaultdict(list)
    for edge in edges:
        for row in edge:
            known[row.key].append(row)
    return known


def _furniture(
    edge: Sequence[_Row],
    known: dict[str, list[_Row]],
    index: int,
    pages: int,
    is_top: bool,
) -> list[_Row]:
    """Return the outermost rows that only furnish the page; a place to sign may stand between."""
    taken: list[_Row] = []
    for row in edge:
        if _is_repeated(row, known[row.key], index, pages) or (
            not taken and _is_number(row, index, is_top)
        ):
            taken.append(row)
        elif not _SIGNATURE.search(row.text):
            break
    return taken


def _is_repeated(row: _Row, others: Sequence[_Row], index: int, pages: int) -> bool:
    """Tell whether a row stands on pages near its own, at the same place."""
    if not row.key:
        return False
    signed = _SIGNATURE.search(row.text) is not None
    if signed and index == pages - 1:
        return False  # where the minutes are signed
    near = _SIGNED_PLACE if signed else _SAME_PLACE
    here = {
        other.page
        for other in others
        if abs(other.page - row.page) <= _WINDOW
        and abs(other.place - row.place) <= near
        and _counts_pages(row, other)
    }
    return len(here) >= (2 if pages <= _FEW_PAGES else _FEWEST)


def _counts_pages(one: _Row, other: _Row) -> bool:
    """Tell whether the numbers of two rows are the same, or go with the pages."""
    step = other.page - one.page
    return len(one.numbers) == len(other.numbers) and all(
        b - a in (0, step) for a, b in zip(one.numbers, other.numbers, strict=True)
    )


def _is_number(row: _Row, index: int, is_top: bool) -> bool:
    """Tell whether an outermost row is a page number that stands on one page alone."""
    if not _PAGE_NUMBER.match(row.text):
        return False
    if _SAYS_PAGE.match(row.text):
        return True
    return not is_top and row.text.strip(" -–|") == str(index + 1)


def _without_title(taken: Sequence[_Row], rows: Sequence[list[Word]]) -> list[_Row]:
    """Leave on the first page what names the body or meeting and is said nowhere else there."""
    held = {id(row.words) for row in taken}
    front = {
        word
        for words in rows[: _FRONT + len(taken)]
        if id(words) not in held
        for word in _words(" ".join(word.text for word in words))
    }
    usual = max((word.size for words in rows for word in words if id(words) not in held), default=0)
    left: list[_Row] = []
    for row in taken:
        words = [word for word in _words(row.text) if len(word) >= _LONG and word.isalpha()]
        new = sum(word not in front for word in words)
        is_title = new > _NEW_WORDS * len(words) or row.size > max(usual, 1) * 1.05
        if not words or not is_title or _PAGE_NUMBER.match(row.text):
            left.append(row)
    return left


def _words(text: str) -> list[str]:
    return _NOT_WORDS.sub(" ", text.casefold()).split()


def _piece(row: _Row, page: int, is_top: bool) -> Piece:
    if _PAGE_NUMBER.match(row.text):
        return Piece("page_number", row.text, page, "a number at the edge of the page")
    kind: Kind = "header" if is_top else "footer"
    place = "top" if is_top else "bottom"
    return Piece(kind, row.text, page, f"it is repeated at the {place} of pages")
