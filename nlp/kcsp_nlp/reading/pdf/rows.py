"""Words into rows, and rows into the pieces between wide gaps."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from kcsp_nlp.reading.pdf.markers import is_marker, length_of_number
from kcsp_nlp.reading.pdf.words import Line, Word

_SAME_BASE = 0.4  # of the height
_WIDE = 1.15  # of the height: a gap of columns, not of words
_JUSTIFIED = 2.2  # times the usual gap of a row whose words are spread over it
_FEWEST_GAPS = 4
_TOUCHING = 0.04  # of the height: pieces of one word
_REACH = 6.0  # of the height: from a marker to its text


def find_rows(words: Iterable[Word]) -> list[list[Word]]:
    """Group words by the line they stand on.

    Args:
        words: Words of one page or cell in any order.

    Returns:
        Rows from top to bottom, the words of each from left to right.
    """
    rows: list[list[Word]] = []
    bases: list[tuple[float, float]] = []
    for word in sorted(words, key=lambda word: (word.base, word.x0)):
        # Only the last rows can be near: words come from top to bottom.
        for index in range(len(rows) - 1, max(-1, len(rows) - 4), -1):
            base, size = bases[index]
            if abs(word.base - base) <= _SAME_BASE * max(word.size, size):
                rows[index].append(word)
                if word.size > size:
                    bases[index] = (word.base, word.size)
                break
        else:
            rows.append([word])
            bases.append((word.base, word.size))
    order = sorted(range(len(rows)), key=lambda index: bases[index][0])
    return [_set_gaps(sorted(rows[index], key=lambda word: word.x0)) for index in order]


def _set_gaps(words: list[Word]) -> list[Word]:
    """Note the space before each word, and join pieces of one word."""
    joined = [words[0]]
    words[0].gap = 0.0
    for word in words[1:]:
        before = joined[-1]
        word.gap = word.x0 - before.x1
        is_piece = not word.is_spaced
        if is_piece and -_SAME_BASE * word.size < word.gap < _TOUCHING * word.size:
            before.text += word.text
            before.x1 = max(before.x1, word.x1)
        else:
            joined.append(word)
    return [*_parted(joined[0]), *joined[1:]]


def _parted(word: Word) -> list[Word]:
    """Return the word that opens a row, its number as a word of its own: "23/045Apologies"."""
    length = length_of_number(word.text)
    if not length:
        return [word]
    middle = word.x0 + (word.x1 - word.x0) * length / len(word.text)
    title = replace(word, text=word.text[length:], x0=middle, is_spaced=True)
    return [replace(word, text=word.text[:length], x1=middle), title]


def find_pieces(row: Sequence[Word]) -> list[list[Word]]:
    """Divide a row at its wide gaps: the cells of columns, a marker and its text."""
    gaps = [word.gap for word in row[1:]]
    limit = _WIDE * max(word.size for word in row)
    if len(gaps) >= _FEWEST_GAPS:
        # Of the smaller ones: in a row of cells most gaps may be wide.
        limit = max(limit, _JUSTIFIED * sorted(gaps)[len(gaps) // 4])
    pieces = [[row[0]]]
    for word in row[1:]:
        if word.gap > limit:
            pieces.append([word])
        else:
            pieces[-1].append(word)
    return pieces


def join_marker(pieces: list[list[Word]]) -> list[list[Word]]:
    """Join a marker that opens a row to the text behind it."""
    if len(pieces) > 1 and len(pieces[0]) == 1 and is_marker(pieces[0][0].text):
        first, second = pieces[0][0], pieces[1][0]
        if second.x0 - first.x1 <= _REACH * first.size:
            return [pieces[0] + pieces[1], *pieces[2:]]
    return pieces


def line_of(words: list[Word], page: int, left: float, right: float) -> Line:
    """Return words of a row as a line; its text goes on below where it begins behind its marker."""
    line = Line(words, page, left, right)
    if len(words) > 1 and is_marker(words[0].text):
        line.hang = words[1].x0
    return line
