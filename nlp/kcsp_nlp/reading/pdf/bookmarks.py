"""The bookmarks of a PDF file: its own list of headings."""

from __future__ import annotations

import pypdfium2 as pdfium

from kcsp_nlp.reading.pdf.packs import Bookmark

_MOST = 2_000
_DEEPEST = 8


def read_bookmarks(document: pdfium.PdfDocument) -> list[Bookmark]:
    """Read bookmarks.

    Args:
        document: The document.

    Returns:
        The bookmarks that lead to a page, in order.
    """
    found: list[Bookmark] = []
    try:
        for count, bookmark in enumerate(document.get_toc(max_depth=_DEEPEST)):
            if count >= _MOST:
                break
            target = bookmark.get_dest()
            page = target.get_index() if target is not None else None
            title = " ".join(bookmark.get_title().split())
            if page is not None and title:
                found.append(Bookmark(title, page + 1, bookmark.level))
    except (pdfium.PdfiumError, UnicodeDecodeError):
        return found  # a broken list of bookmarks is no reason not to read the text
    return found
