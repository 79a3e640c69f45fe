"""Pages set in two columns: the gutter between them, where each is read from top to bottom."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from kcsp_nlp.reading.pdf.gaps import LEAST_GAP, Gap, Pieces, cut, spans_of
from kcsp_nlp.reading.pdf.words import Word
from kcsp_nlp.reading.pdf.wrapping import ends_sentence

_MIDDLE = (0.38, 0.62)  # of the width, where the gutter of two columns stands
_FEWEST = 10  # lines of each column
_MOSTLY = 0.4  # share of the page's rows that stand beside a gutter, at least
_LEVEL = 0.6  # share of the lines of the shorter column that stand beside one of the other
_EXACT = 0.08  # heights
_GOES_ON = 0.15  # share of a column's lines that go on in a sentence, in running text
_CROSSED = 0.25
_MOST = 12  # places that a gutter may have

Pair = tuple[list[Word], list[Word]]


@dataclass(frozen=True, slots=True)
class Gutter:
    """Rows of a page between which and beside which two columns run.

    Attributes:
        first: Number of the first row.
        last: One past the number of the last.
        gap: Between the columns, from and to.
    """

    first: int
    last: int
    gap: Gap


def find_gutters(rows: Sequence[Pieces], left: float, right: float) -> list[Gutter]:
    """Find where a page is set in two columns that are read one after the other.

    Rows that pair up, such as names and roles, are no such columns.

    Args:
        rows: All of the page, from top to bottom.
        left: Left edge of its text.
        right: Right edge of its text.
    """
    width = right - left
    middle = (left + _MIDDLE[0] * width, left + _MIDDLE[1] * width)
    found: list[Gutter] = []
    first = 0
    while first < len(rows):
        gaps = [middle]
        last = first
        while last < len(rows) and (rest := _left_free(gaps, rows[last])):
            gaps = rest
            last += 1
        if last - first >= max(_FEWEST, _MOSTLY * len(rows)):
            widest = max(gaps, key=lambda gap: gap[1] - gap[0])
            pairs = [_pair(row, widest) for row in rows[first:last]]
            if _is_newspaper(pairs):
                found.append(Gutter(first, last, widest))
        first = max(last, first + 1)
    return found


def _left_free(gaps: Sequence[Gap], row: Pieces) -> list[Gap]:
    """Return what a row leaves free of where a gutter may stand, the widest parts of it."""
    left = list(gaps)
    for start, end in spans_of(row):
        left = [
            part
            for gap in left
            for part in (
                (gap[0], min(gap[1], start)),
                (max(gap[0], end), gap[1]),
            )
            if part[1] - part[0] >= LEAST_GAP * row[0][0].size
        ]
    return sorted(set(left), key=lambda gap: gap[0] - gap[1])[:_MOST]


def _pair(row: Pieces, gap: Gap) -> Pair:
    left, right = cut(row, [gap])
    return left, right


def _is_newspaper(pairs: Sequence[Pair]) -> bool:
    """Tell whether two columns are running text of their own, and not cells of rows."""
    lefts = [left for left, _ in pairs if left]
    rights = [right for _, right in pairs if right]
    fewest = min(len(lefts), len(rights))
    if fewest < _FEWEST:
        return False
    if sum(map(_is_level, pairs)) < _LEVEL * fewest:
        return True  # their lines do not stand at the same height
    return all(_share_going_on(side) >= _GOES_ON for side in (lefts, rights)) and _is_crossed(pairs)


def _is_level(pair: Pair) -> bool:
    left, right = pair
    if not left or not right:
        return False
    return abs(left[0].base - right[0].base) <= _EXACT * max(left[0].size, right[0].size)


def _share_going_on(lines: Sequence[list[Word]]) -> float:
    """Return how many of a column's lines go on in the sentence of the line above."""
    return sum(_goes_on(above, line) for above, line in pairwise(lines)) / len(lines)


def _goes_on(above: Sequence[Word], line: Sequence[Word]) -> bool:
    return line[0].text[0].islower() and not ends_sentence(above[-1].text)


def _is_crossed(pairs: Sequence[Pair]) -> bool:
    """Tell whether one column goes on where the other begins anew: cells begin together."""
    begun = crossed = 0
    for (above_left, above_right), (left, right) in pairwise(pairs):
        if left and right and bool(above_left) != bool(above_right):
            begun += 1
            crossed += _goes_on(above_left or above_right, left if above_left else right)
    return crossed >= _CROSSED * begun
