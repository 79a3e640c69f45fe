"""Which records one model annotates better or worse than another, and by what.

A span or topic is right or wrong for each model: labelled and found, or not labelled and not found,
is right. What the new model has right and the old one had wrong is fixed; the reverse is broken.
What a document's annotator has not checked is neither.
Both models see the same records: where they begin is decided by rules.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Literal

from pydantic import Field

from kcsp_nlp.evaluation.scores import LabelSpan, Pair, found_spans, gold_spans, pair_items
from kcsp_nlp.labels.corpus import LabelledMinutes
from kcsp_nlp.records import LABELS, Label, Record
from kcsp_nlp.versions.comparison import ChangedItems
from kcsp_nlp.versions.facts import Frozen


class ChangedSpan(Frozen):
    """A span that one model has right and the other has not; offsets into the document's text."""

    start: int
    end: int
    label: Label
    text: str
    labelled: bool = Field(description="Whether it is to be found, or not to be.")


class Changed(Frozen):
    """One record that the two models annotate differently, as far as labels can tell."""

    id: str = Field(description="Of the record.")
    document: str = Field(description="Id of the labelled document.")
    number: str | None = Field(description="Of the agenda item, as printed.")
    change: Literal["better", "worse", "mixed"]
    fixed: tuple[ChangedSpan, ...] = ()
    broken: tuple[ChangedSpan, ...] = ()
    topics_fixed: tuple[str, ...] = ()
    topics_broken: tuple[str, ...] = ()


def find_changes(
    old: Sequence[Pair], new: Sequence[Pair], topics: Sequence[str]
) -> Iterator[Changed]:
    """Yield the records that changed, in the order of the corpus.

    Args:
        old: Each document with the old model's records.
        new: The same documents, in the same order, with the new model's.
        topics: Those that are compared.
    """
    for (gold, before), (_, after) in zip(old, new, strict=True):
        fixed, broken = _spans(gold, before, after)
        topics_fixed, topics_broken = _topics(gold, before, after, topics)
        for record in after:
            changed = Changed(
                id=record.id,
                document=gold.id,
                number=record.item.number,
                change="mixed",
                fixed=_within(record, gold.text, fixed),
                broken=_within(record, gold.text, broken),
                topics_fixed=topics_fixed.get(record.id, ()),
                topics_broken=topics_broken.get(record.id, ()),
            )
            gained = len(changed.fixed) + len(changed.topics_fixed)
            lost = len(changed.broken) + len(changed.topics_broken)
            if gained == lost == 0:
                continue
            if gained != lost:
                way = "better" if gained > lost else "worse"
                changed = changed.model_copy(update={"change": way})
            yield changed


def sum_up(changes: Iterable[Changed], records: int) -> ChangedItems:
    """Return the ids of changed records by how they changed.

    Args:
        changes: As `find_changes` yields them.
        records: How many records there are.
    """
    ids: dict[str, list[str]] = {"better": [], "worse": [], "mixed": []}
    for each in changes:
        ids[each.change].append(each.id)
    return ChangedItems(
        better=tuple(ids["better"]),
        worse=tuple(ids["worse"]),
        mixed=tuple(ids["mixed"]),
        records=records,
    )


# Each with whether it is labelled.
_Found = Sequence[tuple[LabelSpan, bool]]


def _spans(
    gold: LabelledMinutes, before: Sequence[Record], after: Sequence[Record]
) -> tuple[_Found, _Found]:
    if "spans" not in gold.checked:
        return (), ()
    wanted = gold_spans(gold)
    # A span that one model alone found is to that one's credit where it is labelled.
    only_old = found_spans(gold, before) - found_spans(gold, after)
    only_new = found_spans(gold, after) - found_spans(gold, before)
    fixed = (only_new & wanted) | (only_old - wanted)
    broken = (only_old & wanted) | (only_new - wanted)
    return (
        [(span, span in wanted) for span in sorted(fixed)],
        [(span, span in wanted) for span in sorted(broken)],
    )


def _within(record: Record, text: str, spans: _Found) -> tuple[ChangedSpan, ...]:
    end = record.offset + len(record.text)
    return tuple(
        ChangedSpan(
            start=span[0],
            end=span[1],
            label=next(label for label in LABELS if label == span[2]),
            text=text[span[0] : span[1]],
            labelled=labelled,
        )
        for span, labelled in spans
        if record.offset <= span[0] < end
    )


_Topics = Mapping[str, tuple[str, ...]]


def _topics(
    gold: LabelledMinutes,
    before: Sequence[Record],
    after: Sequence[Record],
    topics: Sequence[str],
) -> tuple[_Topics, _Topics]:
    """Return, by record, the topics that were put right and those that were broken."""
    fixed: dict[str, tuple[str, ...]] = {}
    broken: dict[str, tuple[str, ...]] = {}
    if "topics" not in gold.checked:
        return fixed, broken
    old, _ = pair_items(gold, before)
    new, _ = pair_items(gold, after)
    for (labelled, was, _), (_, now, _) in zip(old, new, strict=True):
        if was is None or now is None:
            continue
        other = [topic for topic in topics if (topic in was.topics) != (topic in now.topics)]
        right = tuple(t for t in other if (t in now.topics) == (t in labelled.topics))
        wrong = tuple(t for t in other if t not in right)
        if right:
            fixed[now.id] = fixed.get(now.id, ()) + right
        if wrong:
            broken[now.id] = broken.get(now.id, ()) + wrong
    return fixed, broken
