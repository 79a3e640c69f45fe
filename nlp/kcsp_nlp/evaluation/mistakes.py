"""What goes wrong with mentions, by kind: missed, spurious, another boundary, another label."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from kcsp_nlp.evaluation.scores import LabelSpan, found_spans, gold_spans
from kcsp_nlp.labels.corpus import LabelledMinutes
from kcsp_nlp.records import Record

ErrorKind = Literal["missed", "spurious", "boundary", "label"]

# How much of the text on either side is shown to whoever owns the labels, in code points.
_AROUND = 60


@dataclass(frozen=True)
class Mistake:
    """One mention that is not as labelled.

    Attributes:
        document: Id of the document.
        kind: `missed`: nothing found there. `spurious`: nothing labelled there. `boundary`: the
            same label, other ends. `label`: another label, whatever the ends.
        wanted: The labelled span; None where spurious.
        found: The span that was found; None where missed.
    """

    document: str
    kind: ErrorKind
    wanted: LabelSpan | None
    found: LabelSpan | None

    @property
    def labels(self) -> tuple[str, str | None]:
        """The label concerned, and what was found for it where that is another."""
        if self.wanted is None:
            return (self.found or (0, 0, ""))[2], None
        return self.wanted[2], self.found[2] if self.found and self.kind == "label" else None

    def to_json(self, text: str) -> dict[str, object]:
        """Return the mistake with the words concerned and some around them.

        Args:
            text: The document's.
        """
        start = min(span[0] for span in (self.wanted, self.found) if span)
        end = max(span[1] for span in (self.wanted, self.found) if span)

        def shown(span: LabelSpan | None) -> dict[str, object] | None:
            if span is None:
                return None
            return {
                "start": span[0],
                "end": span[1],
                "label": span[2],
                "text": text[span[0] : span[1]],
            }

        return {
            "document": self.document,
            "kind": self.kind,
            "wanted": shown(self.wanted),
            "found": shown(self.found),
            "before": text[max(0, start - _AROUND) : start],
            "after": text[end : end + _AROUND],
        }


def find_mistakes(gold: LabelledMinutes, records: Sequence[Record]) -> Iterator[Mistake]:
    """Yield the mistakes in one document's mentions, in reading order.

    A labelled and a found span that overlap are one mistake: each is paired once, with the same
    label first, then by how much they share. Where spans are not checked there are none.
    """
    if "spans" not in gold.checked:
        return
    wanted, found = gold_spans(gold), found_spans(gold, records)
    missed, spurious = sorted(wanted - found), sorted(found - wanted)
    pairs = sorted(
        (
            (one[2] != other[2], max(one[0], other[0]) - min(one[1], other[1]), one, other)
            for one, other in _overlapping(missed, spurious)
        ),
    )
    taken: dict[LabelSpan, LabelSpan] = {}
    used: set[LabelSpan] = set()
    for _, _, one, other in pairs:
        if one not in taken and other not in used:
            taken[one] = other
            used.add(other)
    mistakes = [_paired(gold.id, one, other) for one, other in taken.items()]
    mistakes += [Mistake(gold.id, "missed", one, None) for one in missed if one not in taken]
    mistakes += [Mistake(gold.id, "spurious", None, one) for one in spurious if one not in used]
    yield from sorted(mistakes, key=lambda each: each.wanted or each.found or (0, 0, ""))


def count_mistakes(
    mistakes: Iterable[Mistake],
) -> list[tuple[str, ErrorKind, str | None, int]]:
    """Return label, kind, the label found instead, and how often; the commonest first."""
    counts = Counter((each.labels[0], each.kind, each.labels[1]) for each in mistakes)
    rows = [(label, kind, found, number) for (label, kind, found), number in counts.items()]
    return sorted(rows, key=lambda row: (-row[3], row[0], row[1], row[2] or ""))


def _paired(document: str, wanted: LabelSpan, found: LabelSpan) -> Mistake:
    kind: ErrorKind = "boundary" if wanted[2] == found[2] else "label"
    return Mistake(document, kind, wanted, found)


def _overlapping(
    ones: Sequence[LabelSpan], others: Sequence[LabelSpan]
) -> Iterator[tuple[LabelSpan, LabelSpan]]:
    """Yield which spans share text; within either list none overlap, and both are sorted."""
    first = 0
    for one in ones:
        while first < len(others) and others[first][1] <= one[0]:
            first += 1
        at = first
        while at < len(others) and others[at][0] < one[1]:
            yield one, others[at]
            at += 1
