"""Opens PDF files: what PDFium says of those it cannot, as errors that tell the way out."""

from __future__ import annotations

import ctypes
from collections.abc import Iterator
from contextlib import contextmanager

import pypdfium2 as pdfium
from pypdfium2 import raw

from kcsp_nlp.errors import ReadingError
from kcsp_nlp.reading.limits import Limits

_PASSWORD = raw.FPDF_ERR_PASSWORD
_SECURITY = raw.FPDF_ERR_SECURITY


@contextmanager
def open_pdf(data: bytes, where: str, limits: Limits) -> Iterator[pdfium.PdfDocument]:
    """Open a PDF file; one whose password is empty opens like one without.

    Args:
        data: All of the file.
        where: What messages call the file.
        limits: Bounds of reading.

    Raises:
        ReadingError: it cannot be opened, has no pages, or too many.
    """
    try:
        document = pdfium.PdfDocument(data)
    except pdfium.PdfiumError as error:
        raise ReadingError(f"{where}: {_why(error.err_code)}") from error
    try:
        pages = len(document)
        if pages < 1:
            raise ReadingError(
                f"{where}: found a PDF without pages, expected minutes; it is broken: make it anew "
                "from the document it came from"
            )
        if pages > limits.pages:
            raise ReadingError(
                f"{where}: found {pages} pages, expected at most {limits.pages}; split the file or "
                "raise the limit `pages`"
            )
        yield document
    finally:
        document.close()


def _why(code: int | None) -> str:
    """Return why a file cannot be opened, as the end of a message."""
    if code in (_PASSWORD, _SECURITY):
        return (
            "found an encrypted PDF, expected one that opens without a password; save a copy "
            "without password from a PDF viewer"
        )
    return (
        "found a broken or truncated PDF, expected a whole one; fetch the file anew, or open it "
        "in a PDF viewer and save a copy"
    )


@contextmanager
def open_page(document: pdfium.PdfDocument, index: int) -> Iterator[raw.FPDF_PAGE | None]:
    """Load a page; None where it is broken.

    Args:
        document: The document.
        index: Page, from 0.
    """
    page = raw.FPDF_LoadPage(document.raw, index)
    if not page or not ctypes.cast(page, ctypes.c_void_p).value:
        yield None
        return
    try:
        yield page
    finally:
        raw.FPDF_ClosePage(page)
