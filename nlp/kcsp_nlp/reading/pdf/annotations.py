"""What people and programs have put on top of a page: notes, typed text, values of form fields."""

from __future__ import annotations

import ctypes
from collections.abc import Iterator

import pypdfium2.raw as pdfium

_MOST = 500  # of a page
_LONGEST = 20_000  # bytes of one
_SILENT = frozenset((pdfium.FPDF_ANNOT_LINK, pdfium.FPDF_ANNOT_POPUP))


def read_annotations(page: pdfium.FPDF_PAGE) -> Iterator[tuple[str, str]]:
    """Yield the text of each annotation of a page and what it is, in the order of the file."""
    for index in range(min(_MOST, pdfium.FPDFPage_GetAnnotCount(page))):
        annotation = pdfium.FPDFPage_GetAnnot(page, index)
        if not annotation:
            continue
        try:
            kind = pdfium.FPDFAnnot_GetSubtype(annotation)
            if kind in _SILENT:
                continue
            is_field = kind == pdfium.FPDF_ANNOT_WIDGET
            text = _value(annotation, b"V" if is_field else b"Contents").strip()
            if text:
                yield text, "the value of a form field" if is_field else "a note on the page"
        finally:
            pdfium.FPDFPage_CloseAnnot(annotation)


def _value(annotation: pdfium.FPDF_ANNOTATION, key: bytes) -> str:
    length = pdfium.FPDFAnnot_GetStringValue(annotation, key, None, 0)
    if not 2 < length <= _LONGEST:  # noqa: PLR2004 -- an empty text is its end alone
        return ""
    buffer = (ctypes.c_ushort * (length // 2 + 1))()
    pdfium.FPDFAnnot_GetStringValue(annotation, key, buffer, length)
    return bytes(buffer)[: length - 2].decode("utf-16-le", errors="replace")
