"""What is said of a sum of money beside it: how often, how exactly, and what it is for."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from kcsp_nlp.linking.sums.purposes import purpose_of
from kcsp_nlp.linking.sums.sentences import Offsets, Sentence, Sentences
from kcsp_nlp.linking.sums.terms import hedge_of, period_of
from kcsp_nlp.minutes.outline import Outline
from kcsp_nlp.records import Hedge, Period, Span

# matches: "-"  " to "  "–"    does not match: " and "  ", "
_RANGE = re.compile(r"\s{0,3}(?:\\?[-–—]|to|or)\s{0,3}")
_AND = re.compile(r"\s{1,3}and\s{1,3}")
_BETWEEN = re.compile(r"\bbetween\s{1,3}\Z", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Sum:
    """What its sentence says of a sum; None where it does not say it, or not clearly.

    Attributes:
        period: How often it is paid.
        hedge: How exact it is.
        purpose: Where the name of what it is for stands: half-open offsets into the text.
    """

    period: Period | None
    hedge: Hedge | None
    purpose: Offsets | None


def describe_sums(text: str, outline: Outline, spans: Sequence[Span]) -> dict[Offsets, Sum]:
    """Describe every sum of money of a document.

    What follows a range is said of both its ends; `about` before it too.

    Args:
        text: The document's text.
        outline: Its parts; what is said of a sum stands in the same part.
        spans: Its mentions, sorted, with offsets into `text`.

    Returns:
        For each MONEY of `spans`, by its half-open offsets, what is said of it.
    """
    starts = [part.start for part in outline.parts]
    sums = [span for span in spans if span.label == "MONEY"]
    sentences = Sentences(text, spans, 0, len(text) if sums else 0)
    described: dict[Offsets, Sum] = {}
    for each in sums:
        part = outline.parts[bisect_right(starts, each.start) - 1]
        sentence = sentences.around(each.start, each.end, (part.start, part.end))
        described[each.start, each.end] = _describe(sentence, each.start, each.end)
    return described


def _describe(sentence: Sentence, start: int, end: int) -> Sum:
    first, last = _range(sentence, start, end)
    hedge = hedge_of(sentence, start, end)
    if hedge is None and first < start and hedge_of(sentence, first, first) == "about":
        hedge = "about"
    return Sum(
        period=period_of(sentence, first, last),
        hedge=hedge,
        purpose=purpose_of(sentence, first, last),
    )


def _range(sentence: Sentence, start: int, end: int) -> Offsets:
    """Return the range of which the sum is an end; the sum's own offsets where it is none."""
    index = sentence.index(start)
    for at in (index - 1, index + 1):
        other = sentence.spans[at] if 0 <= at < len(sentence.spans) else None
        if other is None or other.label != "MONEY":
            continue
        if other.end <= start and _joined(sentence, (other.start, other.end), start):
            return other.start, end
        if other.start >= end and _joined(sentence, (start, end), other.start):
            return start, other.end
    return start, end


def _joined(sentence: Sentence, first: Offsets, following: int) -> bool:
    """Tell whether two sums are the ends of one range."""
    if _RANGE.fullmatch(sentence.text, first[1], following):
        return True
    between = _AND.fullmatch(sentence.text, first[1], following)
    return bool(between and _BETWEEN.search(sentence.before(first[0], 12)))
