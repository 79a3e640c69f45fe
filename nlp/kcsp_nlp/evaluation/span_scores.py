"""Fit the scores of spans on what cross-validation found, and measure what they mean.

How a score is worked out is in `kcsp_nlp.confidence`; here are its weights: one logistic
regression per label over all spans that models found on documents they had not seen.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from math import log

from kcsp_nlp.confidence import BIAS, Confidence, Found, features
from kcsp_nlp.evaluation.scores import Pair, gold_spans, shaved
from kcsp_nlp.records import Label, Record

# Right or wrong finds below which a label has one score for all: their share that was right.
_FEWEST = 50
# Parts of the bodies; each part is scored by weights of the others.
_FOLDS = 5
# Strength of the regressions' penalty, as scikit-learn counts it: smaller is stronger.
_C = 0.5


@dataclass
class _Finds:
    """Spans of one label: their features, and whether start, end and label were right."""

    names: list[list[str]] = field(default_factory=list)
    right: list[bool] = field(default_factory=list)


def fit_confidence(pairs: Iterable[Pair]) -> Confidence:
    """Return scores fitted on documents with records of models that had not seen them."""
    finds: dict[Label, _Finds] = defaultdict(_Finds)
    for gold, records in pairs:
        if "spans" not in gold.checked:
            continue
        found = _found(records)
        wanted = gold_spans(gold)
        for each, names in zip(found, features(gold.text, found), strict=True):
            held = finds[each.label]
            held.names.append(names)
            held.right.append(shaved(gold.text, each.start, each.end, each.label) in wanted)
    return Confidence({label: _fit(held) for label, held in sorted(finds.items())})


def cross_scored(pairs: Sequence[Pair]) -> list[Pair]:
    """Return the pairs with scores in their records, none fitted on the body that it is for.

    Bodies are dealt into parts by their names, in turn. A single body is left without scores.
    """
    groups = sorted({gold.group for gold, _ in pairs})
    part = {group: at % _FOLDS for at, group in enumerate(groups)}
    scored: list[Pair] = list(pairs)
    for fold in range(min(_FOLDS, len(groups)) if len(groups) > 1 else 0):
        confidence = fit_confidence(pair for pair in pairs if part[pair[0].group] != fold)
        for at, (gold, records) in enumerate(pairs):
            if part[gold.group] == fold:
                scored[at] = gold, _with_scores(gold.text, records, confidence.scores)
    return scored


def _with_scores(
    text: str,
    records: Sequence[Record],
    score: Callable[[str, Sequence[Found]], list[float | None]],
) -> list[Record]:
    scores = iter(score(text, _found(records)))
    return [
        record.model_copy(
            update={
                "spans": tuple(
                    span.model_copy(update={"score": next(scores)}) for span in record.spans
                )
            }
        )
        for record in records
    ]


def _found(records: Sequence[Record]) -> list[Found]:
    return [
        Found(
            record.offset + span.start,
            record.offset + span.end,
            span.label,
            span.source or "model",
        )
        for record in records
        for span in record.spans
    ]


def _fit(finds: _Finds) -> dict[str, float]:
    right = sum(finds.right)
    wrong = len(finds.right) - right
    if min(right, wrong) < _FEWEST:
        # Laplace's rule of succession: never quite certain, however few there were.
        return {BIAS: round(log((right + 1) / (wrong + 1)), 4)}
    from sklearn.feature_extraction import DictVectorizer
    from sklearn.linear_model import LogisticRegression

    vectorizer = DictVectorizer()
    samples = vectorizer.fit_transform([dict.fromkeys(names, 1.0) for names in finds.names])
    model = LogisticRegression(C=_C, max_iter=2000).fit(samples, finds.right)
    weights = zip(vectorizer.get_feature_names_out(), model.coef_[0], strict=True)
    return {
        **{str(name): round(float(weight), 4) for name, weight in weights},
        BIAS: round(float(model.intercept_[0]), 4),
    }
