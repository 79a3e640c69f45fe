"""A text in words and what stands between them, no span cutting a word."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import chain
from typing import NamedTuple

from kcsp_nlp.labels.tasks import LabelSpan

# Letters and figures together, every mark alone. Finds "Annan", "-", "Veitch" in "Annan-Veitch".
_WORD = re.compile(r"\w+|[^\w\s]")


class Word(NamedTuple):
    """A word, and the white space behind it."""

    start: int
    end: int
    gap: str


def divide(text: str, spans: Sequence[LabelSpan]) -> list[Word]:
    """Divide a text into words; the ends of spans divide words too.

    What stands before the first word is white space and no part of the result.
    """
    cuts = sorted(set(chain.from_iterable(span[:2] for span in spans)))
    pieces = list(_pieces(text, cuts))
    ends = [*(start for start, _ in pieces[1:]), len(text)]
    return (
        [
            Word(start, end, text[end:after])
            for (start, end), after in zip(pieces, ends, strict=True)
        ]
        if pieces
        else []
    )


def _pieces(text: str, cuts: Sequence[int]) -> Iterator[tuple[int, int]]:
    at = 0
    for match in _WORD.finditer(text):
        start, end = match.span()
        while at < len(cuts) and cuts[at] <= start:
            at += 1
        while at < len(cuts) and cuts[at] < end:
            yield start, cuts[at]
            start = cuts[at]
            at += 1
        yield start, end
