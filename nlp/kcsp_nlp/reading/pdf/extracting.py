"""PDF files into the text of minutes: the only module that knows every step."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

import pypdfium2 as pdfium

from kcsp_nlp.errors import ReadingError
from kcsp_nlp.reading.composing import compose
from kcsp_nlp.reading.document import Aside, Extracted
from kcsp_nlp.reading.limits import Limits
from kcsp_nlp.reading.pdf import doubts
from kcsp_nlp.reading.pdf.annotations import read_annotations
from kcsp_nlp.reading.pdf.bookmarks import read_bookmarks
from kcsp_nlp.reading.pdf.building import build
from kcsp_nlp.reading.pdf.file import open_page, open_pdf
from kcsp_nlp.reading.pdf.fonts import Fonts
from kcsp_nlp.reading.pdf.furniture import set_aside
from kcsp_nlp.reading.pdf.packs import Bookmark, Found, find_minutes
from kcsp_nlp.reading.pdf.rows import find_rows
from kcsp_nlp.reading.pdf.scans import needs_recognition, read_scans
from kcsp_nlp.reading.pdf.sheets import CrowdedPageError, read_sheet
from kcsp_nlp.reading.pdf.tables import arrange_page
from kcsp_nlp.reading.pdf.words import Cells, Line, Sheet, text_of


@dataclass
class _File:
    """What was read of a file.

    Attributes:
        sheets: Its pages, in order.
        bookmarks: Its bookmarks.
        notes: What stands on top of its pages, or astray on them.
        warnings: What was not certain.
    """

    sheets: list[Sheet]
    bookmarks: list[Bookmark]
    notes: list[Aside] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)


def extract(data: bytes, where: str, limits: Limits) -> Sequence[Extracted]:
    """Read a PDF file.

    Args:
        data: All of the file.
        where: What messages call the file.
        limits: Bounds of reading.

    Returns:
        One document; of an agenda pack one for each of the minutes in it.

    Raises:
        ReadingError: it is encrypted, broken, too large or holds no text.
    """
    with open_pdf(data, where, limits) as document:
        file = _read_file(document, where, limits)
        _recognise(document, file, where, limits)
    texts = [_plain(sheet) for sheet in file.sheets]
    found = find_minutes(texts, file.bookmarks)
    parts = [_compose(file, part, len(texts)) for part in found or [Found(1, len(texts), "")]]
    if not any(part.text for part in parts):
        raise ReadingError(
            f"{where}: found no text on {len(texts)} pages, expected minutes; the pages are empty"
        )
    rest = _set_rest_aside(texts, found)
    return (parts[0].model_copy(update={"aside": parts[0].aside + rest}), *parts[1:])


def _read_file(document: pdfium.PdfDocument, where: str, limits: Limits) -> _File:
    """Read every page's own text."""
    fonts = Fonts()
    file = _File([], read_bookmarks(document))
    characters = 0
    for number in range(1, len(document) + 1):
        with open_page(document, number - 1) as page:
            if page is None:
                file.warnings.append(f"page {number} is broken and was not read")
                file.sheets.append(Sheet(number, 1.0, 1.0, [], [], []))
                continue
            try:
                sheet = read_sheet(page, number, fonts)
            except CrowdedPageError as error:
                raise ReadingError(
                    f"{where}: found {error} characters on page {number}, expected a page that "
                    "people can read; print it to a new PDF"
                ) from error
            file.sheets.append(sheet)
            for text, reason in read_annotations(page):
                file.notes.append(Aside(kind="comment", text=text, page=number, reason=reason))
        file.notes += _astray(sheet)
        characters += sum(len(word.text) for word in sheet.words)
        if characters > limits.characters:
            raise ReadingError(
                f"{where}: found more than {limits.characters} characters up to page {number}, "
                "expected the minutes of one meeting; split the file or raise the limit "
                "`characters`"
            )
    if len(file.warnings) == len(file.sheets):
        raise ReadingError(
            f"{where}: found no page that can be read, expected minutes; the file is broken: fetch "
            "it anew, or open it in a PDF viewer and save a copy"
        )
    return file


def _astray(sheet: Sheet) -> Iterator[Aside]:
    for text, reason in sheet.astray:
        kind = "watermark" if "upright" in reason else "hidden"
        yield Aside.model_validate(
            {"kind": kind, "text": text, "page": sheet.number, "reason": reason}
        )


def _recognise(document: pdfium.PdfDocument, file: _File, where: str, limits: Limits) -> None:
    """Read the pages that are pictures of text."""
    numbers = [
        sheet.number
        for sheet in file.sheets
        if needs_recognition(document, sheet.number, " ".join(word.text for word in sheet.words))
    ]
    pages, warnings = read_scans(document, numbers, where, limits)
    file.warnings += warnings
    for page in pages:
        for scanned in page.words:
            doubts.mark(scanned.word, scanned.confidence)
        words = [scanned.word for scanned in page.words]
        file.sheets[page.number - 1] = Sheet(page.number, page.width, page.height, words, [], [])


def _plain(sheet: Sheet) -> str:
    """Return all text of a page, line by line."""
    return doubts.unmark("\n".join(text_of(row) for row in find_rows(sheet.words)))


def _compose(file: _File, part: Found, count: int) -> Extracted:
    """Build the text of some pages."""
    sheets = file.sheets[part.first - 1 : part.last]
    rows, pieces = set_aside(sheets)
    parts: list[Line | Cells] = []
    for sheet, page in zip(sheets, rows, strict=True):
        parts += arrange_page(sheet, page, parts[-1] if parts else None)
    blocks = build(parts, [(mark.level + 1, mark.title, mark.page) for mark in file.bookmarks])
    text, pages, doubtful = doubts.take_out(*compose(blocks))
    aside = [
        Aside(kind=piece.kind, text=doubts.unmark(piece.text), page=piece.page, reason=piece.reason)
        for piece in pieces
    ]
    aside += [note for note in file.notes if part.first <= (note.page or 0) <= part.last]
    is_all = part.first == 1 and part.last == count
    warnings = [*file.warnings, *([part.warning] if part.warning else [])]
    if not is_all:
        warnings.append(
            f"of {count} pages only {part.first} to {part.last} were read: {part.reason}"
        )
    return Extracted(
        text=text,
        warnings=tuple(warnings),
        pages=pages,
        aside=tuple(sorted(aside, key=lambda note: note.page or 0)),
        doubts=doubtful,
        part=None if is_all else f"page={part.first}",
    )


def _set_rest_aside(texts: Sequence[str], found: Sequence[Found]) -> tuple[Aside, ...]:
    """Set aside the pages of a pack that are no minutes."""
    if not found:
        return ()
    inside = {number for part in found for number in range(part.first, part.last + 1)}
    return tuple(
        Aside(kind="not_minutes", text=text, page=number, reason="another part of an agenda pack")
        for number, text in enumerate(texts, start=1)
        if number not in inside and text
    )
