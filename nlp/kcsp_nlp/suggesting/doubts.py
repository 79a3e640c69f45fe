"""How much of a record is likely to be wrong: its spans, what they leave out, its topics.

Everything is in one currency, the expected number of corrections that an annotator would make:
a span with a score of 0.7 counts 0.3, a topic with a probability of 0.4 that is not given counts
0.4, a capitalised run that no span touches counts a small fixed share.
"""

from __future__ import annotations

import re
from calendar import day_name, month_name
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from kcsp_nlp.records import Record, Source

# What a span without a score counts as: shares of right spans by source, cross-validated.
_UNMEASURED: Mapping[Source | None, float] = {
    "rule": 0.97,
    "document": 0.9,
    "model": 0.85,
    None: 0.85,
}
# Share of runs like those of `untagged` that are in truth spans: 0.12 to 0.14 with models trained
# on 12 to 20 documents, on documents that they had not seen (benchmarks/suggesting.py).
MISSED = 0.13
# Where a threshold is taken to be that records do not narrow down to so little.
_THRESHOLD, _NARROW = 0.5, 0.2

# "met Safer Streets Fund today" holds "Safer Streets Fund"; "of the board" holds none.
_RUN = re.compile(r"\b[A-Z][\w'’&-]*(?:[ \t](?:(?:of|and|for|the|&)[ \t])?[A-Z][\w'’&-]*)*")
# Ends of sentences, lines, marks of lists and cells: a single capital behind them says nothing.
_OPENING = re.compile(r"(?:^|[.!?:;|\n\-–•*#_>\d)\]\"“‘])[\s*_#>\"“‘(]*\Z")
_BEFORE = 12
# Capitalised everywhere, never a span.
_ORDINARY = frozenset([*month_name, *day_name, "I", "Members", "Mr", "Mrs", "Ms", "Miss", "Dr"])


class Doubt(NamedTuple):
    """What is doubtful about one record.

    Attributes:
        spans: Number of spans.
        wrong: Expected number of wrong ones among them.
        weakest: The least sure of them as (label, text, score), least sure first.
        untagged: Capitalised runs that no span touches, as printed.
        topics: Expected number of wrong topics.
        close: The topics nearest to their thresholds as (name, probability, threshold).
    """

    spans: int
    wrong: float
    weakest: tuple[tuple[str, str, float], ...]
    untagged: tuple[str, ...]
    topics: float
    close: tuple[tuple[str, float, float], ...]

    @property
    def in_spans(self) -> float:
        """Expected corrections of spans, wrong and missed ones."""
        return self.wrong + MISSED * len(self.untagged)


def doubt(record: Record, thresholds: Mapping[str, float]) -> Doubt:
    """Work out what is doubtful about a record.

    Args:
        record: As `annotate` wrote it.
        thresholds: By topic, as `Thresholds` finds them.
    """
    scored = [
        (span.label, span.text, _UNMEASURED[span.source] if span.score is None else span.score)
        for span in record.spans
    ]
    weakest = sorted((each for each in scored if each[2] < 0.8), key=lambda each: each[2])  # noqa: PLR2004
    topics = 0.0
    close = []
    for name, probability in record.scores.items():
        wrong = 1 - probability if name in record.topics else probability
        topics += wrong
        threshold = thresholds.get(name, _THRESHOLD)
        if abs(probability - threshold) < 0.3:  # noqa: PLR2004
            close.append((name, probability, threshold))
    return Doubt(
        spans=len(scored),
        wrong=sum(1 - score for _, _, score in scored),
        weakest=tuple(weakest[:3]),
        untagged=tuple(untagged(record)),
        topics=topics,
        close=tuple(sorted(close, key=lambda each: abs(each[1] - each[2]))),
    )


def untagged(record: Record) -> Iterable[str]:
    """Yield the capitalised runs of a record that no span touches, each spelling once.

    A single capitalised word at the start of a sentence, line or cell is none.
    """
    seen = set()
    for match in _RUN.finditer(record.text):
        run = match.group()
        start, end = match.span()
        if run in seen or run in _ORDINARY or not any(char.islower() for char in run):
            continue
        if any(span.start < end and start < span.end for span in record.spans):
            continue
        if " " not in run and _OPENING.search(record.text[max(0, start - _BEFORE) : start]):
            continue
        seen.add(run)
        yield run


class Thresholds:
    """Finds where topics begin to hold: between what is given and what is not.

    Records state probabilities and topics, not thresholds.
    """

    def __init__(self) -> None:
        self._given: dict[str, float] = {}
        self._withheld: dict[str, float] = {}

    def see(self, record: Record) -> None:
        """Take a record into account."""
        for name, probability in record.scores.items():
            if name in record.topics:
                self._given[name] = min(probability, self._given.get(name, 1.0))
            else:
                self._withheld[name] = max(probability, self._withheld.get(name, 0.0))

    def found(self) -> dict[str, float]:
        """Return the thresholds that records narrow down, by topic."""
        found = {}
        for name, given in self._given.items():
            withheld = self._withheld.get(name, 0.0)
            if given - withheld <= _NARROW:
                found[name] = (given + withheld) / 2
        return found
