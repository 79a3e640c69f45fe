"""Choose the items most worth labelling: much in doubt, little to read, unlike one another.

An item's worth is its expected corrections (`doubts`) divided by what labelling it costs: its
characters, and as much again as `OVERHEAD` characters for opening it. Items are taken one after
the other, the best first; after each, those like it (`likeness`) and those of the same document
are worth less, so that neither one subject nor one document dominates.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Literal, NamedTuple

from kcsp_nlp.records import Record
from kcsp_nlp.suggesting.doubts import Doubt, Thresholds, doubt
from kcsp_nlp.suggesting.likeness import Likeness, Looks
from kcsp_nlp.suggesting.suggestion import Suggestion, suggestion

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

Aim = Literal["spans", "topics", "both"]

# What an item costs besides its characters: finding one's way in it, and its topics.
OVERHEAD = 300
# Shorter ones hold a heading and nothing to learn from.
_FEWEST = 80
# So many of the best are compared with one another for each one wanted, and at least so many.
_COMPARED, _COMPARED_LEAST = 50, 2000


class Candidate(NamedTuple):
    """A record that could be chosen, with what is doubtful about it."""

    record: Record
    doubt: Doubt


def find_candidates(records: Sequence[Record]) -> list[Candidate]:
    """Return the records that have something to label, with their doubts, in order."""
    thresholds = Thresholds()
    for record in records:
        thresholds.see(record)
    found = thresholds.found()
    return [
        Candidate(record, doubt(record, found))
        for record in records
        if len(record.text.strip()) >= _FEWEST
    ]


def choose(
    candidates: Sequence[Candidate],
    *,
    aim: Aim,
    wanted: int,
    characters: int | None = None,
    labelled: Sequence[Looks] = (),
) -> list[Suggestion]:
    """Choose the items most worth labelling, the best first.

    Args:
        candidates: What to choose from.
        aim: What is to get better; `both` weighs spans and topics by their means.
        wanted: At most so many.
        characters: At most so many characters of text in all; None for no limit.
        labelled: Items labelled already: what is like them is worth less.
    """
    import numpy as np

    if not candidates:
        return []
    worth = _worth(candidates, aim)
    best = np.argsort(-worth, kind="stable")[: max(_COMPARED * wanted, _COMPARED_LEAST)]
    pool, worth = [candidates[at] for at in best], worth[best]
    looks = [Looks(each.record.text, each.record.meeting.body) for each in pool]
    likeness = Likeness(looks, labelled)
    documents = np.array(_numbers(each.record.meeting.id for each in pool))
    taken: Counter[int] = Counter()
    shares = np.ones(len(pool))
    left = characters
    chosen: list[Suggestion] = []
    open_ = np.ones(len(pool), dtype=bool)
    while len(chosen) < wanted and open_.any():
        now = np.where(open_, worth * shares * (1 - likeness.most), -1.0)
        at = int(now.argmax())
        open_[at] = False
        each = pool[at]
        if left is not None:
            if len(each.record.text) > left:
                continue
            left -= len(each.record.text)
        chosen.append(suggestion(each.record, each.doubt, aim, float(likeness.most[at])))
        likeness.choose(at)
        taken[int(documents[at])] += 1
        shares[documents == documents[at]] = 1 / (1 + taken[int(documents[at])])
    return chosen


def _worth(candidates: Sequence[Candidate], aim: Aim) -> NDArray[np.float64]:
    """Return the expected corrections of each candidate per character of cost."""
    import numpy as np

    cost = np.array([OVERHEAD + len(each.record.text) for each in candidates], dtype=np.float64)
    spans = np.array([each.doubt.in_spans for each in candidates]) / cost
    topics = np.array([each.doubt.topics for each in candidates]) / cost
    if aim == "spans":
        return spans
    if aim == "topics":
        return topics
    return spans / max(float(spans.mean()), 1e-9) + topics / max(float(topics.mean()), 1e-9)


def _numbers(names: Iterable[str]) -> list[int]:
    seen: dict[str, int] = {}
    return [seen.setdefault(name, len(seen)) for name in names]
