"""Whether scores mean what they say: of all with 0.8, four in five should be right."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

from pydantic import BaseModel, ConfigDict, Field

from kcsp_nlp.evaluation.scores import Pair, gold_spans, pair_items, shaved
from kcsp_nlp.labels.corpus import LabelledItem, LabelledMinutes
from kcsp_nlp.records import Record
from kcsp_nlp.topics.calibration import measure

Scored = tuple[float, bool]


class Bin(BaseModel):
    """Scores of about the same size, as files of results hold them."""

    model_config = ConfigDict(frozen=True, extra="forbid", allow_inf_nan=False)

    mean_score: float = Field(description="Mean of the scores.")
    share_right: float = Field(description="Share of them that are right.")
    count: int = Field(description="How many there are.")


class Calibration(BaseModel):
    """How far scores are from being probabilities, as files of results hold it."""

    model_config = ConfigDict(frozen=True, extra="forbid", allow_inf_nan=False)

    bins: tuple[Bin, ...] = Field(description="Ten of equal width over 0-1; empty ones left out.")
    ece: float = Field(
        description="Expected calibration error: mean distance of score and share, by count."
    )
    count: int


def calibrate(scored: Iterable[Scored]) -> Calibration:
    """Sort scores into bins and compare each bin's mean with its share of right ones."""
    held = list(scored)
    measured = measure([score for score, _ in held], [right for _, right in held])
    bins = tuple(
        Bin(mean_score=each.mean, share_right=each.share, count=each.count)
        for each in measured.bins
    )
    return Calibration(bins=bins, ece=measured.error, count=len(held))


def calibrate_topics(pairs: Sequence[Pair], topics: Sequence[str]) -> dict[str, Calibration]:
    """Return the calibration of each topic's scores over the items that were found, and of all."""
    scored: dict[str, list[Scored]] = {topic: [] for topic in topics}
    for gold, records in pairs:
        for labelled, record, found in _checked_items(gold, records):
            if record is not None and found:
                for topic in topics:
                    scored[topic].append((record.scores[topic], topic in labelled.topics))
    return _tables(scored)


def calibrate_spans(pairs: Sequence[Pair]) -> dict[str, Calibration]:
    """Return the calibration of span scores by label, by source, and of all.

    Spans without a score are left out; the table is empty where none has one. A span is right
    where start, end and label are.
    """
    scored: dict[str, list[Scored]] = defaultdict(list)
    for gold, records in pairs:
        for label, source, score, right in _spans(gold, records):
            scored[label].append((score, right))
            if source is not None:
                scored[f"source {source}"].append((score, right))
    labels = {name: held for name, held in sorted(scored.items()) if " " not in name}
    sources = {name: held for name, held in sorted(scored.items()) if " " in name}
    tables = _tables(labels)
    return {**tables, **{name: calibrate(held) for name, held in sources.items()}}


def _tables(scored: dict[str, list[Scored]]) -> dict[str, Calibration]:
    everything = [each for held in scored.values() for each in held]
    if not everything:
        return {}
    tables = {name: calibrate(held) for name, held in scored.items()}
    return {**tables, "all": calibrate(everything)}


def _checked_items(
    gold: LabelledMinutes, records: Sequence[Record]
) -> list[tuple[LabelledItem, Record | None, bool]]:
    return pair_items(gold, records)[0] if "topics" in gold.checked else []


def _spans(
    gold: LabelledMinutes, records: Sequence[Record]
) -> Iterator[tuple[str, str | None, float, bool]]:
    wanted = gold_spans(gold)
    for record in records if "spans" in gold.checked else ():
        for span in record.spans:
            if span.score is None:
                continue
            start, end = record.offset + span.start, record.offset + span.end
            right = shaved(gold.text, start, end, span.label) in wanted
            yield span.label, span.source, span.score, right
