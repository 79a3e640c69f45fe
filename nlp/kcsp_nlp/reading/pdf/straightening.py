"""Recognised boxes into words as on any other page: in points, upright, with base line and size."""

from __future__ import annotations

import statistics
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from kcsp_nlp.reading.pdf.tesseract import Box
from kcsp_nlp.reading.pdf.words import Word

_DESCENDERS = frozenset("gjpqyQ,;()[]{}/|_$@")
_LOW = frozenset("acemnorsuvwxz")
# Words of these alone say nothing about the height of letters.
_MARKS = frozenset("'\"‘’“”-–—*^~=+·•°.:,;_«»")
# Heights of letters as shares of their font's size, of "h", of "x", and of the tail of "p".
_ASCENT = 0.69
_X_HEIGHT = 0.46
_DESCENT = 0.21
# Sizes measured so differ by some of a tenth within one font.
_SAME_SIZE = 0.12
_FEWEST_IN_LINE = 4
# 6 degrees: what seems steeper is no line.
_STEEPEST = 0.1


@dataclass(frozen=True, slots=True)
class ScannedWord:
    """A recognised word.

    Attributes:
        word: The word in its place, as on any other page; its font is not known.
        confidence: 0 to 1, as the recogniser gives it.
        line: Block, paragraph and line it stands on, as the recogniser sees it.
    """

    word: Word
    confidence: float
    line: tuple[int, int, int]


def straighten(boxes: Sequence[Box], scale: float, height: float) -> tuple[ScannedWord, ...]:
    """Make words of boxes, level even where the page was scanned askew.

    Args:
        boxes: As recognised, lines together.
        scale: Pixels of a point.
        height: Of the page, in points: what is right in the middle of its left edge stays there.

    Returns:
        The words in the same order; those of one line share base line and size.
    """
    lines = [list(line) for _, line in groupby(boxes, key=lambda box: box.line)]
    slope = _slope(lines)
    sizes = _settle([(_size(line), sum(len(box.text) for box in line)) for line in lines])
    words: list[ScannedWord] = []
    for line, size in zip(lines, sizes, strict=True):
        base = _base(line, slope, size)
        for box in line:
            shift = slope * (box.top + box.height / 2 - height * scale / 2)
            word = Word(
                text=box.text,
                x0=(box.left + shift) / scale,
                x1=(box.left + box.width + shift) / scale,
                base=base / scale,
                size=size / scale,
            )
            words.append(ScannedWord(word, box.confidence, box.line))
    return tuple(words)


def _slope(lines: Iterable[Sequence[Box]]) -> float:
    """Return by how much lines sink from left to right: their median, by their length."""
    slopes: list[tuple[float, int]] = []
    for line in lines:
        standing = [box for box in line if not _says_nothing(box.text)]
        if len(standing) < _FEWEST_IN_LINE or standing[0].left == standing[-1].left:
            continue
        slope = statistics.linear_regression(
            [box.left + box.width / 2 for box in standing],
            [_foot(box, _box_size(box)) for box in standing],
        ).slope
        if abs(slope) <= _STEEPEST:
            slopes.append((slope, len(standing)))
    return _weighted_median(slopes)


def _base(line: Sequence[Box], slope: float, size: float) -> float:
    """Return the base line of a line, made level."""
    standing = [box for box in line if not _says_nothing(box.text)] or line
    return statistics.median(
        _foot(box, size) - slope * (box.left + box.width / 2) for box in standing
    )


def _foot(box: Box, size: float) -> float:
    """Return where the letters of a word stand."""
    tail = _DESCENT * size if not _DESCENDERS.isdisjoint(box.text) else 0.0
    return box.top + box.height - tail


def _size(line: Sequence[Box]) -> float:
    standing = [box for box in line if not _says_nothing(box.text)]
    if not standing:
        return float(max(box.height for box in line))
    return _weighted_median([(_box_size(box), len(box.text)) for box in standing])


def _box_size(box: Box) -> float:
    """Return the size of a word's font, by the letters that make its height."""
    share = _X_HEIGHT if all(one in _LOW or one in _MARKS for one in _stem(box.text)) else _ASCENT
    if not _DESCENDERS.isdisjoint(box.text):
        share += _DESCENT
    return box.height / share


def _stem(text: str) -> Iterator[str]:
    # A "p" is as high as an "x", its tail is counted apart.
    return ("x" if one in "gpqy" else one for one in text)


def _says_nothing(text: str) -> bool:
    return _MARKS.issuperset(text)


def _settle(sizes: Sequence[tuple[float, int]]) -> list[float]:
    """Make sizes that hardly differ from the page's own equal to it; each with its weight."""
    usual = _weighted_median(sizes)
    return [usual if abs(size - usual) <= _SAME_SIZE * usual else size for size, _ in sizes]


def _weighted_median(values: Sequence[tuple[float, int]]) -> float:
    """Return the median of values that count as often as stands beside them; 0 of none."""
    left = sum(weight for _, weight in values) / 2
    for value, weight in sorted(values):
        left -= weight
        if left <= 0:
            return value
    return 0.0
