"""What a file is, by its first bytes: people rename files, and programs lie about suffixes."""

from __future__ import annotations

import io
import re
import zipfile
from typing import Literal

Kind = Literal["pdf", "docx", "odt", "doc", "rtf", "html", "zip", "eml", "msg", "unread", "text"]

_HEAD = 1_024
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
# Names of streams stand in UTF-16 in the directory of an OLE file.
_WORD_STREAM = "WordDocument".encode("utf-16-le")
_ENCRYPTED_STREAM = "EncryptedPackage".encode("utf-16-le")
_MESSAGE_STREAM = "__substg1.0_".encode("utf-16-le")
# The part that holds the text: "word/document.xml", "word/document2.xml"; not "word/styles.xml".
_WORD_PART = re.compile(r"/?word[/\\]document\d{0,4}\.xml", re.IGNORECASE)
_ODT = b"application/vnd.oasis.opendocument.text"
# How files begin, what they are, and what a message calls them.
_MARKS: tuple[tuple[bytes, Kind, str], ...] = (
    (b"%PDF-", "pdf", "a PDF document"),
    (b"{\\rtf", "rtf", "a rich text (RTF) document"),
    (b"\x1f\x8b\x08", "unread", "a gzip archive"),
    (b"7z\xbc\xaf\x27\x1c", "unread", "a 7z archive"),
    (b"Rar!\x1a\x07", "unread", "a RAR archive"),
    (b"\x89PNG\r\n", "unread", "a PNG image"),
    (b"\xff\xd8\xff", "unread", "a JPEG image"),
    (b"GIF8", "unread", "a GIF image"),
    (b"II*\x00", "unread", "a TIFF image"),
    (b"MM\x00*", "unread", "a TIFF image"),
)
# A page of the web, whatever stands before its root: "<!DOCTYPE html>", "<html lang='en'>";
# not "<hr>" in a markdown file.
_PAGE = re.compile(
    rb"\s*(?:<\?xml[^>]{0,200}>\s*)?(?:<!--.{0,500}?-->\s*)?<(?:!doctype\s+html|html)\b",
    re.IGNORECASE | re.DOTALL,
)


def sniff(data: bytes) -> tuple[Kind, str]:
    """Tell what a file is.

    Args:
        data: All of the file.

    Returns:
        The kind, `text` where no mark says otherwise and `unread` for what no reader takes; and
        what a message calls it ("a PDF document").
    """
    if data.startswith(b"PK\x03\x04"):
        return _package(data)
    if data.startswith(_OLE):
        return _old_office(data)
    head = data[:_HEAD].lstrip()
    for mark, kind, name in _MARKS:
        if head.startswith(mark):
            return kind, name
    if _PAGE.match(head.removeprefix(b"\xef\xbb\xbf")):
        return "html", "a page of the web (HTML)"
    return "text", "text"


def _old_office(data: bytes) -> tuple[Kind, str]:
    if _ENCRYPTED_STREAM in data:
        return "unread", "an Office document encrypted with a password (save it without one)"
    if _WORD_STREAM in data:
        return "doc", "an old Word document"
    if _MESSAGE_STREAM in data:
        return "msg", "an Outlook message"
    return "unread", "an old Excel or PowerPoint document"


def _package(data: bytes) -> tuple[Kind, str]:
    """Tell what a ZIP file holds: Word and OpenDocument files are ZIP files."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            names = set(package.namelist())
    except (zipfile.BadZipFile, ValueError, NotImplementedError, EOFError):
        return "zip", "a ZIP archive"
    if any(map(_WORD_PART.fullmatch, names)):
        return "docx", "a Word document"
    if data[30:100].startswith(b"mimetype" + _ODT):
        return "odt", "an OpenDocument text"
    if "[Content_Types].xml" in names:
        return "unread", "an Excel, PowerPoint or other Office document"
    if data[30:100].startswith(b"mimetype"):
        return "unread", "an OpenDocument or e-book file that is no text document"
    return "zip", "a ZIP archive"
