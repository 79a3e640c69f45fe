"""Text files, plain and markdown: the file itself is the text."""

from __future__ import annotations

from kcsp_nlp.errors import ReadingError
from kcsp_nlp.reading.document import Extracted
from kcsp_nlp.reading.encodings import decode
from kcsp_nlp.reading.limits import Limits

# Control characters that text holds: tab, newline, vertical tab, form feed, carriage return.
_CONTROLS = bytes(set(range(32)) - set(b"\t\n\v\f\r")) + b"\x7f"
# Compressed or random bytes are 10 % control characters; text with Word's cell marks is below 3 %.
_MOST_CONTROLS = 0.05
_WAY_OUT = "export it as plain text in UTF-8 from the program that made it"


def extract(data: bytes, where: str, limits: Limits) -> tuple[Extracted]:
    r"""Decode a text file; only a byte order mark and the `\r` of `\r\n` are read away.

    Args:
        data: All of the file.
        where: What messages call the file.
        limits: Not needed: the text is no longer than the file.

    Raises:
        ReadingError: the file is empty, is not text, or belies its byte order mark.
    """
    extracted = decode(data, where)
    text = extracted.text.replace("\r\n", "\n")
    if not text.strip():
        raise ReadingError(
            f"{where}: found {'only white space' if data else 'an empty file'}, expected the text "
            "of minutes; a scanned document needs character recognition first"
        )
    _refuse_binary(text, where)
    warnings = extracted.warnings
    if "\r" in text and "\n" not in text:
        warnings += (r"every line ends in \r alone, so that the document is one line here",)
    return (Extracted(text=text, encoding=extracted.encoding, warnings=warnings),)


def _refuse_binary(text: str, where: str) -> None:
    if "\0" in text:
        raise ReadingError(
            f"{where}: found NUL characters, expected text; it is a binary file or UTF-16 without "
            f"a byte order mark: {_WAY_OUT}"
        )
    raw = text.encode()
    controls = len(raw) - len(raw.translate(None, _CONTROLS))
    if controls > _MOST_CONTROLS * len(raw):
        raise ReadingError(
            f"{where}: found {controls} control characters in {len(raw)} bytes, expected text; "
            f"it looks like a binary file: {_WAY_OUT}"
        )
