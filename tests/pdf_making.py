"""Small PDF files made by hand: pages of text in place, rules, bookmarks, a password."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, field

_PADDING = bytes.fromhex("28BF4E5E4E758A4164004E56FFFA01082E2E00B6D0683E802F0CA9FE6453697A")
_OWNER = bytes(range(32))
_ID = b"0123456789abcdef"
_ALL_ALLOWED = -4
REGULAR, BOLD, SYMBOL = "F1", "F2", "F3"
_FONTS = (
    b"<< /F1 << /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>"
    b" /F2 << /Type /Font /Subtype /Type1 /BaseFont /Helvetica-Bold /Encoding /WinAnsiEncoding >>"
    b" /F3 << /Type /Font /Subtype /Type1 /BaseFont /Symbol >> >>"
)


@dataclass
class Page:
    """A page of A4; places are in points from the upper left corner."""

    content: list[bytes] = field(default_factory=list)
    rotation: int = 0
    height: float = 842.0

    def text(
        self, x: float, y: float, text: str, font: str = REGULAR, size: float = 11, mode: int = 0
    ) -> Page:
        """Set a piece of text with its base line at `y`."""
        return self.turned((1, 0, 0, 1), x, y, text, font, size, mode)

    def turned(
        self,
        matrix: tuple[float, float, float, float],
        x: float,
        y: float,
        text: str,
        font: str = REGULAR,
        size: float = 11,
        mode: int = 0,
    ) -> Page:
        """Set a piece of text that runs in another direction."""
        shown = text.encode("cp1252").translate(None)
        shown = shown.replace(b"\\", b"\\\\").replace(b"(", b"\\(").replace(b")", b"\\)")
        a, b, c, d = matrix
        self.content.append(
            f"BT /{font} {size} Tf {mode} Tr {a} {b} {c} {d} {x} {self.height - y} Tm (".encode()
            + shown
            + b") Tj ET"
        )
        return self

    def lines(self, x: float, y: float, lines: Sequence[str], leading: float = 13) -> Page:
        """Set lines one under the other."""
        for number, line in enumerate(lines):
            self.text(x, y + number * leading, line)
        return self

    def rule(self, x0: float, y0: float, x1: float, y1: float) -> Page:
        """Draw a line."""
        high = self.height
        self.content.append(f"0.5 w {x0} {high - y0} m {x1} {high - y1} l S".encode())
        return self

    def grid(self, xs: Sequence[float], ys: Sequence[float]) -> Page:
        """Rule a table."""
        for x in xs:
            self.rule(x, ys[0], x, ys[-1])
        for y in ys:
            self.rule(xs[0], y, xs[-1], y)
        return self


def make_pdf(
    pages: Sequence[Page],
    *,
    bookmarks: Sequence[tuple[str, int]] = (),
    password: str | None = None,
    annotations: Sequence[bytes] = (),
) -> bytes:
    """Make a file of pages.

    Args:
        pages: Its pages.
        bookmarks: Title and page, from 1, of each bookmark.
        password: Encrypt the file with this user password; None for none.
        annotations: Dictionaries of annotations on the first page.
    """
    key = _key(password) if password is not None else None
    objects = [b"<< /Type /Catalog /Pages 2 0 R /Outlines 3 0 R >>", b"", b""]
    kids = []
    for number, page in enumerate(pages):
        content = b"\n".join(page.content)
        if key is not None:
            content = _encrypt(content, key, len(objects) + 1)
        objects.append(b"<< /Length %d >>\nstream\n" % len(content) + content + b"\nendstream")
        notes = b" ".join(annotations) if number == 0 else b""
        objects.append(
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Rotate %d /Contents %d 0 R"
            b" /Annots [%s] /Resources << /Font %s >> >>"
            % (page.rotation, len(objects), notes, _FONTS)
        )
        kids.append(len(objects))
    objects[1] = b"<< /Type /Pages /Kids [%s] /Count %d >>" % (
        b" ".join(b"%d 0 R" % kid for kid in kids),
        len(kids),
    )
    objects[2] = _outline(objects, kids, bookmarks)
    trailer = b""
    if key is not None:
        objects.append(
            b"<< /Filter /Standard /V 1 /R 2 /P %d /O <%s> /U <%s> >>"
            % (_ALL_ALLOWED, _OWNER.hex().encode(), _rc4(key, _PADDING).hex().encode())
        )
        identity = _ID.hex().encode()
        trailer = b" /Encrypt %d 0 R /ID [<%s> <%s>]" % (len(objects), identity, identity)
    return join_objects(objects, trailer)


def _outline(
    objects: list[bytes], kids: Sequence[int], bookmarks: Sequence[tuple[str, int]]
) -> bytes:
    first = len(objects) + 1
    for number, (title, page) in enumerate(bookmarks):
        follows = b" /Next %d 0 R" % (first + number + 1) if number + 1 < len(bookmarks) else b""
        objects.append(
            b"<< /Title (%s) /Parent 3 0 R /Dest [%d 0 R /Fit]%s >>"
            % (title.encode("cp1252"), kids[page - 1], follows)
        )
    if not bookmarks:
        return b"<< /Type /Outlines >>"
    return b"<< /Type /Outlines /First %d 0 R /Last %d 0 R /Count %d >>" % (
        first,
        len(objects),
        len(bookmarks),
    )


def join_objects(objects: Sequence[bytes], trailer: bytes = b"") -> bytes:
    """Join the bodies of objects, numbered from 1, the first the catalogue, to a file."""
    data = b"%PDF-1.4\n"
    starts = []
    for number, body in enumerate(objects, start=1):
        starts.append(len(data))
        data += b"%d 0 obj\n" % number + body + b"\nendobj\n"
    table = b"".join(b"%010d 00000 n \n" % start for start in starts)
    size = len(objects) + 1
    return (
        data
        + b"xref\n0 %d\n0000000000 65535 f \n" % size
        + table
        + b"trailer\n<< /Size %d /Root 1 0 R%s >>\n" % (size, trailer)
        + b"startxref\n%d\n%%%%EOF\n" % len(data)
    )


def _key(password: str) -> bytes:
    padded = (password.encode() + _PADDING)[:32]
    allowed = _ALL_ALLOWED.to_bytes(4, "little", signed=True)
    return hashlib.md5(padded + _OWNER + allowed + _ID, usedforsecurity=False).digest()[:5]


def _encrypt(data: bytes, key: bytes, number: int) -> bytes:
    salted = key + number.to_bytes(3, "little") + b"\0\0"
    return _rc4(hashlib.md5(salted, usedforsecurity=False).digest()[:10], data)


def _rc4(key: bytes, data: bytes) -> bytes:
    state = list(range(256))
    j = 0
    for i in range(256):
        j = (j + state[i] + key[i % len(key)]) % 256
        state[i], state[j] = state[j], state[i]
    result = bytearray()
    i = j = 0
    for byte in data:
        i = (i + 1) % 256
        j = (j + state[i]) % 256
        state[i], state[j] = state[j], state[i]
        result.append(byte ^ state[(state[i] + state[j]) % 256])
    return bytes(result)
