"""Marks of a tool onto a text: verified, put right where that is certain, else refused.

A mark that says which words it stands on is held against the text. Where they do not agree, the
offsets of a whole task are tried in the units and line ends that tools and editors are known to
mix up; failing that, a mark is moved to where its words stand exactly once near by. A mark that
does not say its words is believed only while the text is the very one that was exported.
"""

from __future__ import annotations

import unicodedata
from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence
from itertools import accumulate, pairwise
from typing import NamedTuple

from kcsp_nlp.errors import CorpusError
from kcsp_nlp.labels.tasks import LabelSpan, Mark

# How far from its place a mark's words are looked for, besides what units and line ends explain.
_NEAR = 40
_Map = Callable[[int], int | None]


class Anchored(NamedTuple):
    """Spans that hold, and what had to be done for them.

    Attributes:
        spans: In order, not overlapping, without white space at their ends; in code points.
        moved: How many stood elsewhere than their offsets said.
        trimmed: How many had white space at their ends.
        repeated: How many stood there twice with the same label.
        blank: How many held nothing but white space, and are gone.
    """

    spans: tuple[LabelSpan, ...]
    moved: int = 0
    trimmed: int = 0
    repeated: int = 0
    blank: int = 0


def anchor(text: str, marks: Sequence[Mark], *, intact: bool) -> Anchored:
    """Place the marks of one task.

    Args:
        text: The task's text, as the export has it.
        marks: What was marked, in no order; offsets meant as code points of `text`.
        intact: Whether `text` is the very one that was exported.

    Raises:
        CorpusError: a mark has no certain place, or two marks overlap.
    """
    if not intact:
        for mark in marks:
            if mark.own is None:
                raise CorpusError(
                    f"{_named(mark)}: the text is not the one that was exported, and the mark does "
                    "not say its words"
                )
    places = _placed(text, marks)
    moved = sum((mark.start, mark.end) != at for mark, at in zip(marks, places, strict=True))
    trimmed = blank = 0
    spans = []
    for mark, (start, end) in zip(marks, places, strict=True):
        first, last = _trim(text, start, end)
        if first == last:
            blank += 1
            continue
        trimmed += (first, last) != (start, end)
        spans.append((first, last, mark.label))
    single = sorted(set(spans))
    _refuse_overlaps(single)
    return Anchored(tuple(single), moved, trimmed, len(spans) - len(single), blank)


def from_utf16(text: str, marks: Sequence[Mark]) -> tuple[Mark, ...]:
    """Return marks whose offsets count UTF-16 code units, as JavaScript does, in code points.

    Raises:
        CorpusError: an offset lies inside a character, or outside the text.
    """
    if text.isascii():
        return tuple(marks)
    places = _from_utf16(text)
    moved = []
    for mark in marks:
        start, end = places(mark.start), places(mark.end)
        if start is None or end is None:
            raise CorpusError(f"{_named(mark)}: not between two characters of the text, in UTF-16")
        moved.append(mark._replace(start=start, end=end))
    return tuple(moved)


def to_utf16(text: str, offset: int) -> int:
    """Return an offset in code points as one in UTF-16 code units."""
    return len(text[:offset].encode("utf-16-le", "surrogatepass")) // 2


def _placed(text: str, marks: Sequence[Mark]) -> list[tuple[int, int]]:
    """Return where each mark stands."""
    if all(_holds(text, mark.start, mark.end, mark.own) for mark in marks):
        return [(mark.start, mark.end) for mark in marks]
    readings = {tuple(read) for way in _ways(text) if (read := _read(text, marks, way))}
    if len(readings) == 1:
        return list(readings.pop())
    return [_place(text, mark) for mark in marks]


def _holds(text: str, start: int, end: int, own: str | None) -> bool:
    if not 0 <= start < end <= len(text):
        return False
    return own is None or _folded(text[start:end]) == _folded(own)


def _folded(text: str) -> str:
    """Return words as browsers, editors and their exports may have changed them."""
    return " ".join(unicodedata.normalize("NFC", text.replace("\\n", "\n")).split())


def _ways(text: str) -> Iterator[_Map]:
    """Yield how offsets may have been meant that are not code points of this text."""
    yield _from_utf16(text)
    yield _shifted(len(text), -1)  # a byte order mark that the text has lost
    yield _shifted(len(text), 1)  # one that it has gained
    leading = len(text) - len(text.lstrip())
    if leading:
        yield _shifted(len(text), leading)
    yield _inverted([2 if each == "\n" else 1 for each in text])  # \r\n has become \n
    returns = [after == "\n" and each == "\r" for each, after in pairwise(text + " ")]
    yield _inverted([0 if gone else 1 for gone in returns])  # \n has become \r\n
    yield _inverted([len(unicodedata.normalize("NFD", each)) for each in text])


def _read(text: str, marks: Sequence[Mark], way: _Map) -> list[tuple[int, int]] | None:
    """Return where all marks stand in one way of reading; None where not all have their words."""
    places = []
    for mark in marks:
        start, end = way(mark.start), way(mark.end)
        if mark.own is None or start is None or end is None:
            return None
        if not _holds(text, start, end, mark.own):
            return None
        places.append((start, end))
    return places


def _from_utf16(text: str) -> _Map:
    return _inverted([2 if each > "\uffff" else 1 for each in text])


def _shifted(length: int, by: int) -> _Map:
    return lambda offset: offset + by if 0 <= offset + by <= length else None


def _inverted(widths: Sequence[int]) -> _Map:
    """Return what leads from offsets in units to code points, each of which is so many units."""
    starts = [0, *accumulate(widths)]

    def find(offset: int) -> int | None:
        at = bisect_right(starts, offset) - 1
        return at if at >= 0 and starts[at] == offset else None

    return find


def _place(text: str, mark: Mark) -> tuple[int, int]:
    """Return where a mark stands by itself."""
    if _holds(text, mark.start, mark.end, mark.own):
        return mark.start, mark.end
    if mark.own is None:
        raise CorpusError(f"{_named(mark)}: not inside the text, which has {len(text)} characters")
    found = _occurrences(text, mark)
    if len(found) != 1:
        raise CorpusError(
            f"{_named(mark)}: its words stand {len(found)} times near there, expected once"
        )
    return found[0]


def _occurrences(text: str, mark: Mark) -> list[tuple[int, int]]:
    """Return where a mark's words stand near its place, in the forms that they may have."""
    near = _NEAR + text.count("\n") + sum(each > "\u02ff" for each in text)
    first = max(0, mark.start - near)
    last = max(0, mark.end + near)
    own = (mark.own or "").replace("\\n", "\n").strip()
    forms = {own, *(unicodedata.normalize(form, own) for form in ("NFC", "NFD"))} - {""}
    found = set()
    for form in forms:
        at = text.find(form, first, last)
        while at >= 0:
            found.add((at, at + len(form)))
            at = text.find(form, at + 1, last)
    return sorted(found)


def _trim(text: str, start: int, end: int) -> tuple[int, int]:
    held = text[start:end]
    start += len(held) - len(held.lstrip())
    return start, max(start, start + len(held.strip()))


def _refuse_overlaps(spans: Sequence[LabelSpan]) -> None:
    for (start, end, label), (after, last, other) in pairwise(spans):
        if after < end:
            raise CorpusError(f"{label} {start}-{end} and {other} {after}-{last} overlap")


def _named(mark: Mark) -> str:
    return f"{_short(mark.label)} {mark.start}-{mark.end}"


def _short(label: str) -> str:
    return label if len(label) <= 40 and label.isprintable() else "a label"  # noqa: PLR2004
