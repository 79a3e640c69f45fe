"""The sentence round a mention: how far what is said of it may stand from it."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from kcsp_nlp.records import Span

Offsets = tuple[int, int]

_REACH = 600  # characters of a sentence on either side that count: lists of grants are long
# Where a sentence, a cell, a column or an entry ends. The lookbehinds keep `c. £5`, `Mr. Hill`.
# matches: ". The"  blank lines  "\n- "  "|"    does not match: "approx. £5"  "No. 4"
_BREAK = re.compile(
    r"[.!?](?<![\s.(][A-Za-z].)(?<!\bMr.)(?<!\bDr.)(?<!\bSt.)(?<!\bNo.)(?<!\bMrs.)(?<!Cllr.)"
    r"(?<!pprox.)[\"'”’)*_]{0,3}\s{1,20}(?=[\"'“‘(*_]{0,3}[A-Z£€])"
    r"|\n[ \t]{0,40}(?:\n|(?:[-*•–]|\(?\w{1,3}[.)])[ \t])|\||\t|[ ]{4}"
)


@dataclass(frozen=True, slots=True)
class Sentence:
    """The sentence that a mention stands in.

    Attributes:
        text: The document's text.
        spans: The document's mentions, sorted, with offsets into `text`.
        begin: Where the sentence begins, or as far back as it counts.
        stop: One past its end, or as far on as it counts.
    """

    text: str
    spans: Sequence[Span]
    begin: int
    stop: int

    def before(self, at: int, reach: int) -> str:
        """Return the last `reach` characters of the sentence before `at`."""
        return self.text[max(self.begin, at - reach) : at]

    def index(self, at: int) -> int:
        """Return the place in `spans` of the first mention that begins at `at` or later."""
        return bisect_left(self.spans, at, key=lambda span: span.start)


class Sentences:
    """The sentences of a text, found once for all its mentions."""

    def __init__(self, text: str, spans: Sequence[Span], begin: int, stop: int) -> None:
        self._text, self._spans = text, spans
        breaks = [match.span() for match in _BREAK.finditer(text, begin, stop)]
        self._ends = [end for _, end in breaks]
        self._starts = [start for start, _ in breaks]

    def around(self, start: int, end: int, within: Offsets) -> Sentence:
        """Return the sentence round a mention, cut to a part of the document and to its reach.

        Args:
            start: Where the mention begins.
            end: One past its end.
            within: The part of the document that it stands in.
        """
        begin, stop = max(within[0], start - _REACH), min(within[1], end + _REACH)
        before = bisect_right(self._ends, start)
        if before:
            begin = max(begin, self._ends[before - 1])
        after = bisect_left(self._starts, end)
        if after < len(self._starts):
            stop = min(stop, self._starts[after])
        return Sentence(self._text, self._spans, begin, stop)
