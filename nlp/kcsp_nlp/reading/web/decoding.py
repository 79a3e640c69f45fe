"""A page's bytes into characters: byte order mark, then what the page declares, then what fits."""

from __future__ import annotations

import codecs
import re

from kcsp_nlp.errors import ReadingError
from kcsp_nlp.reading.document import Extracted
from kcsp_nlp.reading.encodings import decode

# How far into the page a declaration may stand; browsers look at 1,024 bytes, Word writes more.
_HEAD = 4_096
# '<meta charset="utf-8">', '<?xml version="1.0" encoding="ISO-8859-1"?>' -> the name;
# '<meta name="author">' -> none
_DECLARED = re.compile(
    rb"<(?:meta\b[^>]{0,300}?charset|\?xml\b[^>]{0,100}?encoding)\s*=\s*[\"']?\s*([\w.:-]{1,40})",
    re.IGNORECASE,
)
# Encodings that browsers know and pages are in: "windows-1252", "big5"; not "utf-7", "rot13".
_KNOWN = re.compile(
    r"(?:utf-?8|windows-?\d{3,4}|cp-?\d{3,4}|iso[-_]?8859[-_]?\d{1,2}|latin-?\d|us-ascii|ascii"
    r"|macintosh|x-mac-roman|koi8-[ru]|gb2312|gbk|gb18030|big5|euc-(?:jp|kr)|shift[-_]jis)",
    re.IGNORECASE,
)
# These names mean Windows cp1252 on the web, whatever they mean elsewhere: "iso-8859-1".
_WINDOWS = re.compile(r"(?:iso[-_]?8859[-_]?1|latin-?1|us-ascii|ascii)", re.IGNORECASE)
# UTF-16 without its mark: every page begins with "<", two bytes of which one is 0.
_WIDE = ((b"<\0", "utf-16-le"), (b"\0<", "utf-16-be"))
_MARKS = (codecs.BOM_UTF8, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE, codecs.BOM_UTF32_BE)
# Control characters that no text holds; compressed or random bytes are 10 % of them.
_CONTROLS = re.compile(r"[\x01-\x08\x0e-\x1f\x7f]")
_MOST_CONTROLS = 0.05


def decode_page(data: bytes, where: str) -> Extracted:
    """Decode a page.

    Args:
        data: All of the file.
        where: What messages call the file.

    Returns:
        The page's source without NUL characters, which browsers pass over; its encoding and what
        was not certain about it.

    Raises:
        ReadingError: the file is empty, is binary, or belies its byte order mark.
    """
    if not data.strip():
        raise ReadingError(
            f"{where}: found {'only white space' if data else 'an empty file'}, expected a page of "
            "the web with minutes; save the page anew"
        )
    decoded = _decode(data, where)
    source = decoded.text.replace("\0", "")
    if len(_CONTROLS.findall(source)) > _MOST_CONTROLS * len(source):
        raise ReadingError(
            f"{where}: found more than {_MOST_CONTROLS:.0%} control characters, expected a page of "
            "the web; it looks like a binary file: save the page anew from a browser"
        )
    return decoded.model_copy(update={"text": source})


def _decode(data: bytes, where: str) -> Extracted:
    if data.startswith(_MARKS):
        return decode(data, where)
    for mark, codec in _WIDE:
        if data.startswith(mark):
            return Extracted(text=data.decode(codec, errors="replace"), encoding=codec)
    declared = _declared(data)
    if declared is None or declared == "utf-8":
        return decode(data, where)
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        return _decode_as(data, declared)
    if text.isascii():
        return Extracted(text=text, encoding="utf-8")
    # Other encodings make valid UTF-8 by chance only in theory; programs that save pages forget
    # to change the declaration.
    warning = f"the page says that it is in {declared}, but it is in UTF-8 and was read so"
    return Extracted(text=text, encoding="utf-8", warnings=(warning,))


def _declared(data: bytes) -> str | None:
    """Return the codec that a page declares; None where it declares none that pages are in."""
    match = _DECLARED.search(data[:_HEAD])
    if match is None:
        return None
    label = match[1].decode("ascii", errors="replace")
    if not _KNOWN.fullmatch(label):
        return None
    if _WINDOWS.fullmatch(label):
        return "cp1252"
    try:
        return codecs.lookup(label.removeprefix("x-")).name
    except LookupError:
        return None


def _decode_as(data: bytes, codec: str) -> Extracted:
    text = data.decode(codec, errors="replace")
    lost = text.count("\ufffd")
    warning = f"{lost} byte(s) with no meaning in {codec} were replaced by U+FFFD"
    return Extracted(text=text, encoding=codec, warnings=(warning,) if lost else ())
