"""Which fonts are bold: said by their names, else by the tables of the font program itself."""

from __future__ import annotations

import ctypes
import re
import struct

import pypdfium2.raw as pdfium

# "Arial-BoldMT", "Calibri,Bold", "HelveticaNeue-Heavy", "TimesNewRomanPS-BdIt"; not "Arialbody".
_BOLD = re.compile(r"bold|black|heavy|semi-?bd|demi|[-,_]bd|(?<=[a-z])Bd(?![a-z])", re.IGNORECASE)
# Names that say nothing: "CIDFont+F1", "F12", "T3_0", "ABCDEF+TT4".
_NAMELESS = re.compile(r"(?:.*\+)?(?:CIDFont|[A-Z]{1,3}\d?_?\d{1,4}|font\d*|)\Z", re.IGNORECASE)
_SYMBOLS = re.compile(r"symbol|wingdings|webdings|dingbats", re.IGNORECASE)
_LONGEST_NAME = 200
_LARGEST = 20_000_000
_MAC_STYLE = 44  # offset in the table "head"
_BOLD_WEIGHT = 600
_MAX_WEIGHT = 1_000
_FORCE_BOLD = 1 << 18
_TABLES = 64


class Fonts:
    """The fonts of a document: each is looked at once."""

    def __init__(self) -> None:
        self._known: dict[tuple[str, int, int, int], tuple[int, bool, bool]] = {}

    def look_up(self, font: pdfium.FPDF_FONT) -> tuple[int, bool, bool]:
        """Return a font's number, whether it is bold, and whether its letters are symbols."""
        name = _name(font)
        # Not by its address: a font may be freed with its page, and another stand there then.
        key = (name, pdfium.FPDFFont_GetFlags(font), pdfium.FPDFFont_GetWeight(font), _size(font))
        if key not in self._known:
            symbols = bool(_SYMBOLS.search(name))
            self._known[key] = (len(self._known), _is_bold(font, name), symbols)
        return self._known[key]


def _name(font: pdfium.FPDF_FONT) -> str:
    buffer = ctypes.create_string_buffer(_LONGEST_NAME)
    pdfium.FPDFFont_GetBaseFontName(font, buffer, _LONGEST_NAME)
    return buffer.value.decode("utf-8", errors="replace")


def _size(font: pdfium.FPDF_FONT) -> int:
    """Return the length of an embedded font in bytes; 0 for none."""
    size = ctypes.c_size_t()
    pdfium.FPDFFont_GetFontData(font, None, 0, ctypes.byref(size))
    return size.value


def _is_bold(font: pdfium.FPDF_FONT, name: str) -> bool:
    if _BOLD.search(name):
        return True
    flags = pdfium.FPDFFont_GetFlags(font)
    if flags > 0 and flags & _FORCE_BOLD:
        return True
    if not _NAMELESS.match(name):
        return False
    style = _style(font)
    if style is not None:
        return style
    return bool(_BOLD_WEIGHT <= pdfium.FPDFFont_GetWeight(font) <= _MAX_WEIGHT)


def _style(font: pdfium.FPDF_FONT) -> bool | None:
    """Read from an embedded TrueType font whether it is bold; None where it does not say."""
    length = _size(font)
    if not 0 < length <= _LARGEST:
        return None
    buffer = (ctypes.c_ubyte * length)()
    pdfium.FPDFFont_GetFontData(font, buffer, length, ctypes.byref(ctypes.c_size_t()))
    data = bytes(buffer)
    if data[:4] not in (b"\0\1\0\0", b"true", b"OTTO"):
        return None
    (count,) = struct.unpack_from(">H", data, 4)
    for number in range(min(count, _TABLES)):
        entry = data[12 + 16 * number : 28 + 16 * number]
        if entry[:4] == b"head" and len(entry) == 16:  # noqa: PLR2004
            at = struct.unpack_from(">I", entry, 8)[0] + _MAC_STYLE
            if at + 2 <= len(data):
                return bool(struct.unpack_from(">H", data, at)[0] & 1)
    return None
