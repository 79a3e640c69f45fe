"""Columns of labels: "Present:" beside a list, "Also in / attendance:" beside a text."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from kcsp_nlp.reading.pdf.gaps import Pieces
from kcsp_nlp.reading.pdf.words import Word

WORDS = 4  # of a label
# "PRESENT:", "In attendance –"; not "10:30".
_COLON = re.compile(r"[A-Za-z)][^:]{0,60}[:–-]\Z")
# Ends the first line of a label: "Also in", "APOLOGIES FOR"; not "ABSENT".
_OPEN = re.compile(r"(?:also|and|for|from|in|of|with|&)\Z", re.IGNORECASE)
_LINES = 3  # of a label
_HALF = 0.5
_NEAR = 1.6  # heights from one line of a label to the next
_SPACE = 0.25  # of the height


def is_label(words: Sequence[Word]) -> bool:
    """Tell whether words are a label: "PRESENT:"."""
    return len(words) > 0 and _COLON.match(" ".join(word.text for word in words)) is not None


def join_labels(rows: Sequence[Pieces]) -> None:
    """Put labels that go over several rows into the first, in place: "Also in / attendance:".

    Args:
        rows: Words of each column; a label stands in the first.
    """
    for number, row in enumerate(rows):
        label = row[0]
        if not label or is_label(label) or not any(row[1:]):
            continue
        below = rows[number + 1 : number + _LINES]
        count = next((n for n, other in enumerate(below, start=1) if is_label(other[0])), 0)
        more = [other[0] for other in below[:count]]
        if count and _are_one([label, *more]):
            for other in below[:count]:
                label += [_moved(word, label[0]) for word in other[0]]
                other[0] = []


def _are_one(lines: Sequence[Sequence[Word]]) -> bool:
    """Tell whether lines are those of one label."""
    if not all(lines) or sum(map(len, lines)) > 2 * WORDS:
        return False
    steps = [other[0].base - one[0].base for one, other in pairwise(lines)]
    return max(steps) <= _NEAR * lines[0][0].size and all(
        other[0].text[0].islower() or _OPEN.match(one[-1].text) for one, other in pairwise(lines)
    )


def _moved(word: Word, first: Word) -> Word:
    """Return a word as one that stands on the line of another."""
    word.base = first.base
    word.gap = _SPACE * word.size
    return word


def are_lists(rows: Sequence[Pieces]) -> bool:
    """Tell whether labels stand before lists in several columns, further rows below the first."""
    labels = [row[0] for row in rows if row[0]]
    if not labels or not rows[0][0] or not all(map(is_label, labels)):
        return False
    if len(labels) > _HALF * len(rows):
        return False
    return any(not row[0] and sum(map(bool, row)) > 1 for row in rows)


def by_label(rows: Sequence[Pieces]) -> Iterator[tuple[list[Word], list[Pieces]]]:
    """Yield each label, and the rows beside and below it without it."""
    held: list[Pieces] = []
    label: list[Word] = []
    for row in rows:
        if row[0] and held:
            yield label, held
            held = []
        label = row[0] or label
        held.append(row[1:])
    if held:
        yield label, held
