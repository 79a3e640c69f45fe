"""Lines and pictures drawn on a page: the rules of tables, and scans."""

from __future__ import annotations

import ctypes
from collections.abc import Iterator

import pypdfium2.raw as pdfium

from kcsp_nlp.reading.pdf.glyphs import Frame
from kcsp_nlp.reading.pdf.words import Rule

_THIN = 2.6  # points: thicker is no rule but a bar or a box
_SHORT = 4.0
_MOST_OBJECTS = 20_000
_MOST_SEGMENTS = 400
_DEEPEST = 3

_Matrix = tuple[float, float, float, float, float, float]
_SAME: _Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)


def find_drawings(page: pdfium.FPDF_PAGE, frame: Frame) -> tuple[list[Rule], float]:
    """Find the rules on a page, and how much of it pictures cover.

    Args:
        page: The page.
        frame: How it is shown.

    Returns:
        Rules in the order of the file, the edges of boxes among them, and a share from 0 to 1.
    """
    rules: list[Rule] = []
    image = 0.0
    whole = max(1.0, frame.width * frame.height)
    for thing, matrix in _objects(page):
        kind = pdfium.FPDFPageObj_GetType(thing)
        if kind == pdfium.FPDF_PAGEOBJ_PATH:
            rules.extend(_rules(thing, matrix, frame))
        elif kind == pdfium.FPDF_PAGEOBJ_IMAGE:
            x0, y0, x1, y1 = _bounds(thing, matrix, frame)
            image += (x1 - x0) * (y1 - y0) / whole  # scanners cut pages into strips
    return rules, min(1.0, image)


def _objects(page: pdfium.FPDF_PAGE) -> Iterator[tuple[pdfium.FPDF_PAGEOBJECT, _Matrix]]:
    """Yield the objects of a page and of the forms on it, with the forms' matrix."""
    count = pdfium.FPDFPage_CountObjects(page)
    waiting = [
        (pdfium.FPDFPage_GetObject(page, index), _SAME, 0)
        for index in range(min(count, _MOST_OBJECTS))
    ]
    waiting.reverse()
    seen = 0
    while waiting and seen < _MOST_OBJECTS:
        thing, matrix, depth = waiting.pop()
        seen += 1
        if pdfium.FPDFPageObj_GetType(thing) != pdfium.FPDF_PAGEOBJ_FORM:
            yield thing, matrix
        elif depth < _DEEPEST:
            inner = _times(_matrix(thing), matrix)
            count = min(pdfium.FPDFFormObj_CountObjects(thing), _MOST_OBJECTS)
            waiting.extend(
                (pdfium.FPDFFormObj_GetObject(thing, index), inner, depth + 1)
                for index in range(count)
            )


def _matrix(thing: pdfium.FPDF_PAGEOBJECT) -> _Matrix:
    found = pdfium.FS_MATRIX()
    if not pdfium.FPDFPageObj_GetMatrix(thing, ctypes.byref(found)):
        return _SAME
    return found.a, found.b, found.c, found.d, found.e, found.f


def _times(one: _Matrix, other: _Matrix) -> _Matrix:
    a, b, c, d, e, f = one
    p, q, r, s, t, u = other
    return (
        a * p + b * r, a * q + b * s, c * p + d * r, c * q + d * s,
        e * p + f * r + t, e * q + f * s + u,
    )  # fmt: skip


def _bounds(
    thing: pdfium.FPDF_PAGEOBJECT, matrix: _Matrix, frame: Frame
) -> tuple[float, float, float, float]:
    """Return the box around an object as shown: left, top, right, bottom; nothing for none."""
    edges = [ctypes.c_float() for _ in range(4)]
    if not pdfium.FPDFPageObj_GetBounds(thing, *map(ctypes.byref, edges)):
        return 0.0, 0.0, 0.0, 0.0
    left, bottom, right, top = (edge.value for edge in edges)
    ax, ay = _place(left, bottom, matrix, frame)
    bx, by = _place(right, top, matrix, frame)
    return min(ax, bx), min(ay, by), max(ax, bx), max(ay, by)


def _place(x: float, y: float, matrix: _Matrix, frame: Frame) -> tuple[float, float]:
    a, b, c, d, e, f = matrix
    return frame.place(a * x + c * y + e, b * x + d * y + f)


def _rules(thing: pdfium.FPDF_PAGEOBJECT, matrix: _Matrix, frame: Frame) -> Iterator[Rule]:
    x0, y0, x1, y1 = _bounds(thing, matrix, frame)
    wide, high = x1 - x0, y1 - y0
    if high <= _THIN and wide >= _SHORT:
        yield Rule(True, (y0 + y1) / 2, x0, x1)
    elif wide <= _THIN and high >= _SHORT:
        yield Rule(False, (x0 + x1) / 2, y0, y1)
    elif wide > _THIN and high > _THIN:
        yield from _strokes(thing, matrix, frame)


def _strokes(thing: pdfium.FPDF_PAGEOBJECT, matrix: _Matrix, frame: Frame) -> Iterator[Rule]:
    """Yield the level and upright lines of a path that is drawn, not filled: boxes and grids."""
    fill, stroke = ctypes.c_int(), ctypes.c_int()
    pdfium.FPDFPath_GetDrawMode(thing, ctypes.byref(fill), ctypes.byref(stroke))
    count = pdfium.FPDFPath_CountSegments(thing)
    if not stroke.value or not 0 < count <= _MOST_SEGMENTS:
        return
    # A path has a matrix of its own, which its bounds know already and its points do not.
    whole = _times(_matrix(thing), matrix)
    x, y = ctypes.c_float(), ctypes.c_float()
    first = before = (0.0, 0.0)
    for index in range(count):
        segment = pdfium.FPDFPath_GetPathSegment(thing, index)
        pdfium.FPDFPathSegment_GetPoint(segment, ctypes.byref(x), ctypes.byref(y))
        point = _place(x.value, y.value, whole, frame)
        kind = pdfium.FPDFPathSegment_GetType(segment)
        if kind == pdfium.FPDF_SEGMENT_MOVETO:
            first = point
        elif kind == pdfium.FPDF_SEGMENT_LINETO:
            yield from _rule(before, point)
            if pdfium.FPDFPathSegment_GetClose(segment):
                yield from _rule(point, first)
        before = point


def _rule(one: tuple[float, float], other: tuple[float, float]) -> Iterator[Rule]:
    wide, high = abs(one[0] - other[0]), abs(one[1] - other[1])
    if high <= 1 and wide >= _SHORT:
        yield Rule(True, one[1], min(one[0], other[0]), max(one[0], other[0]))
    elif wide <= 1 and high >= _SHORT:
        yield Rule(False, one[0], min(one[1], other[1]), max(one[1], other[1]))
