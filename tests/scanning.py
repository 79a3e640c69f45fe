"""PDF files for the tests of recognition: pages of text, and what a scanner makes of them."""

from __future__ import annotations

import math
import zlib
from collections.abc import Sequence

import numpy as np
import pypdfium2 as pdfium
from numpy.typing import NDArray

WIDTH, HEIGHT = 595, 842
Picture = NDArray[np.uint8]


def write_pdf(pages: Sequence[tuple[bytes, bytes, bytes]]) -> bytes:
    """Write a PDF file.

    Args:
        pages: Of each page its content, its resources, and an object that they name `{0} 0 R`.
    """
    first = 3
    objects = [b"<< /Type /Catalog /Pages 2 0 R >>"]
    kids = b" ".join(b"%d 0 R" % (first + 3 * number) for number in range(len(pages)))
    objects.append(b"<< /Type /Pages /Kids [%s] /Count %d >>" % (kids, len(pages)))
    for number, (content, resources, extra) in enumerate(pages):
        own = first + 3 * number
        objects += [
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 %d %d] /Contents %d 0 R "
            b"/Resources << %s >> >>"
            % (WIDTH, HEIGHT, own + 1, resources.replace(b"{0}", b"%d" % (own + 2))),
            b"<< /Length %d >>\nstream\n%s\nendstream" % (len(content), content),
            extra,
        ]
    out = b"%PDF-1.5\n"
    starts = []
    for number, body in enumerate(objects, start=1):
        starts.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    table = b"".join(b"%010d 00000 n \n" % start for start in starts)
    return (
        out
        + b"xref\n0 %d\n0000000000 65535 f \n%strailer\n<< /Size %d /Root 1 0 R >>\n"
        % (
            len(objects) + 1,
            table,
            len(objects) + 1,
        )
        + b"startxref\n%d\n%%%%EOF" % len(out)
    )


def text_page(lines: Sequence[str], *, angle: float = 0.0) -> tuple[bytes, bytes, bytes]:
    """Return a page of text in Times of 11 points, turned against the clock by degrees."""
    turn = math.radians(angle)
    rows = b"".join(
        b"(%s) Tj T*\n"
        % line.encode("cp1252").replace(b"\\", rb"\\").replace(b"(", rb"\(").replace(b")", rb"\)")
        for line in lines
    )
    content = b"q %.6f %.6f %.6f %.6f 0 0 cm BT /F1 11 Tf 1 0 0 1 72 770 Tm 14 TL\n%sET Q" % (
        math.cos(turn),
        math.sin(turn),
        -math.sin(turn),
        math.cos(turn),
        rows,
    )
    font = b"<< /Type /Font /Subtype /Type1 /BaseFont /Times-Roman /Encoding /WinAnsiEncoding >>"
    return content, b"/Font << /F1 {0} 0 R >>", font


def scan_page(picture: Picture, *, stamp: str = "") -> tuple[bytes, bytes, bytes]:
    """Return a page that is a picture, with a line of text printed over it."""
    data = zlib.compress(picture.tobytes())
    image = (
        b"<< /Type /XObject /Subtype /Image /Width %d /Height %d /ColorSpace /DeviceGray "
        b"/BitsPerComponent 8 /Filter /FlateDecode /Length %d >>\nstream\n%s\nendstream"
    ) % (picture.shape[1], picture.shape[0], len(data), data)
    text = b"BT /F1 8 Tf 1 0 0 1 30 20 Tm (%s) Tj ET" % stamp.encode("ascii")
    font = b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>"
    return (
        b"q %d 0 0 %d 0 0 cm /I Do Q\n" % (WIDTH, HEIGHT) + (text if stamp else b""),
        b"/XObject << /I {0} 0 R >> /Font << /F1 %s >>" % font,
        image,
    )


def scan(
    lines: Sequence[str], *, dpi: int = 200, angle: float = 0.0, noise: float = 0.0
) -> Picture:
    """Return what a scanner makes of a page of text: askew, in shades of grey, with noise."""
    document = pdfium.PdfDocument(write_pdf([text_page(lines, angle=angle)]))
    bitmap = document[0].render(scale=dpi / 72, grayscale=True)
    picture = bitmap.to_numpy().reshape(bitmap.height, -1)[:, : bitmap.width].astype(float)
    document.close()
    if noise:
        chance = np.random.default_rng(1)
        picture = picture + chance.normal(0, noise, picture.shape)
        picture[chance.random(picture.shape) < 0.0005] = 0  # specks of dust
    made: Picture = np.clip(picture, 0, 255).astype(np.uint8)
    return made
