"""How the topic model is fitted: one calibrated logistic regression per topic.

Every figure and every threshold comes from documents that the model at hand had not seen.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, NamedTuple, Self

from kcsp_nlp.errors import CorpusError
from kcsp_nlp.topics.features import Features, Lexicon, Offsets, Topic, TopicItem, without_money

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray
    from sklearn.pipeline import Pipeline

    Floats = NDArray[np.float64]
    Flags = NDArray[np.bool_]

Figures = dict[str, float]

_FOLDS = 8
# Inverse of the penalty on a topic's coefficients, and on those of its calibration.
_STRENGTH = 1.0
_CALIBRATION_STRENGTH = 10.0
# Labelled minutes name a sum whenever money is the subject; many real ones report a grant and
# name none. Items are therefore shown a second time with their sums hidden, at this weight.
_HIDDEN_MONEY_WEIGHT = 0.5
# Labelled items are short and many real ones long: neighbours of one document are also shown
# joined, as a single item that has the topics of all.
_JOINED = 4
_JOINED_WEIGHT = 0.7
# Thresholds whose F1 is within this of the best are held equal; the prior decides among them.
_INDIFFERENCE = 0.01
_LOWEST, _HIGHEST, _STEPS = 0.2, 0.7, 51


class Fitted(NamedTuple):
    """A pipeline with its thresholds and what cross-validation said of it."""

    pipeline: Pipeline
    thresholds: dict[str, float]
    figures: dict[str, Figures]


class _Shown(NamedTuple):
    """One example.

    Attributes:
        item: Which item it shows; the first, where it shows several.
        features: What there is to learn from.
        topics: The topics that hold.
        weight: In training.
        judged: Weight in calibration and in the choice of thresholds.
    """

    item: int
    features: Features
    topics: tuple[str, ...]
    weight: float = 1.0
    judged: float = 1.0


class _Rows(NamedTuple):
    """Examples of one topic as columns, with the topic's own features alone."""

    matrix: Any
    truth: Flags
    item: NDArray[np.int64]
    weight: Floats
    judged: Floats

    def among(self, items: Flags) -> Self:
        """Return the rows that show one of these items."""
        at = items[self.item].nonzero()[0]
        return type(self)(
            matrix=self.matrix[at],
            truth=self.truth[at],
            item=self.item[at],
            weight=self.weight[at],
            judged=self.judged[at],
        )


def fit(
    items: Sequence[TopicItem], topics: Sequence[Topic], groups: Sequence[str], seed: int
) -> Fitted:
    """Fit, calibrate and judge one classifier per topic.

    Args:
        items: Items with their `topics`.
        topics: The taxonomy, in the order in which labels are given.
        groups: The document or body of each item; folds never split a group.
        seed: Decides which groups share a fold.

    Raises:
        CorpusError: an item has a topic outside the taxonomy, or a topic has examples or
            counterexamples in fewer than two groups.
    """
    import numpy as np
    from sklearn.feature_extraction import DictVectorizer
    from sklearn.linear_model import LogisticRegression
    from sklearn.multiclass import OneVsRestClassifier
    from sklearn.pipeline import Pipeline

    _check(items, topics, groups)
    lexicon = Lexicon(topics)
    shown = [_Shown(at, lexicon.features(item), item.topics) for at, item in enumerate(items)]
    features = [example.features for example in shown]
    shown += [
        _Shown(at, lexicon.features(item), item.topics, _JOINED_WEIGHT, 0.0)
        for at, item in _join(items, groups)
    ]
    truth = np.array([[topic.name in item.topics for topic in topics] for item in items])
    vectorizer = DictVectorizer()
    classifier = OneVsRestClassifier(LogisticRegression(C=_STRENGTH, max_iter=2000))
    pipeline = Pipeline([("features", vectorizer), ("topics", classifier)])
    pipeline.fit(features, truth.astype(int))
    names = vectorizer.get_feature_names_out()
    folds = _folds(groups, seed)
    thresholds: dict[str, float] = {}
    held_out = np.zeros(truth.shape, dtype=bool)
    for at, topic in enumerate(topics):
        own = np.flatnonzero([name.startswith(f"{topic.name}:") for name in names])
        rows = _rows(shown, topic, vectorizer, own)
        coefficients, intercept, probability = _fit_topic(rows, folds)
        estimator = classifier.estimators_[at]
        estimator.coef_ = np.zeros((1, len(names)))
        estimator.coef_[0, own] = coefficients
        estimator.intercept_ = np.array([intercept])
        thresholds[topic.name] = _threshold(rows, probability)
        held_out[:, at] = (probability >= thresholds[topic.name])[: len(items)]
    return Fitted(pipeline, thresholds, _figures(truth, held_out, [t.name for t in topics]))


def _check(items: Sequence[TopicItem], topics: Sequence[Topic], groups: Sequence[str]) -> None:
    known = {topic.name for topic in topics}
    for at, item in enumerate(items):
        if unknown := sorted(set(item.topics) - known):
            raise CorpusError(
                f"item {at} of {groups[at]}: topic {unknown[0]!r} is not in the taxonomy "
                f"({', '.join(sorted(known))}); correct the label, or give it a table in "
                "configs/topics.toml"
            )
    for topic in topics:
        for wanted in (True, False):
            held = {
                group
                for item, group in zip(items, groups, strict=True)
                if (topic.name in item.topics) is wanted
            }
            if len(held) < 2:  # noqa: PLR2004 one group to learn from, one to judge by
                kind = "with" if wanted else "without"
                raise CorpusError(
                    f"topic {topic.name!r}: items {kind} it in {len(held)} group(s), expected "
                    "at least 2; label more items, or take its table out of configs/topics.toml"
                )


def _folds(groups: Sequence[str], seed: int) -> NDArray[np.int64]:
    """Return the fold of each item; a fold holds whole groups."""
    import numpy as np
    from sklearn.model_selection import GroupKFold

    count = min(_FOLDS, len(set(groups)))
    fold = np.zeros(len(groups), dtype=np.int64)
    splitter = GroupKFold(count, shuffle=True, random_state=seed)
    for number, (_, held) in enumerate(splitter.split(fold, groups=groups)):
        fold[held] = number
    return fold


def _join(items: Sequence[TopicItem], groups: Sequence[str]) -> list[tuple[int, TopicItem]]:
    """Join neighbours of one group; return the long items with the index of their first."""
    joined: list[tuple[int, TopicItem]] = []
    at = 0
    while at + _JOINED <= len(items):
        if len(set(groups[at : at + _JOINED])) > 1:
            at += 1
            continue
        text = ""
        spans: list[Offsets] = []
        topics: list[str] = []
        for item in items[at : at + _JOINED]:
            spans += [(a + len(text), b + len(text), label) for a, b, label in item.spans]
            text += f"{item.text}\n\n"
            topics += item.topics
        joined.append((at, TopicItem(items[at].title, text, spans, tuple(topics))))
        at += _JOINED
    return joined


def _rows(shown: Sequence[_Shown], topic: Topic, vectorizer: Any, own: Any) -> _Rows:
    import numpy as np

    examples = list(shown)
    for example in shown if topic.money else ():
        hidden = without_money(example.features, topic)
        # An item that speaks of money in sums alone says nothing once they are hidden.
        speaks = f"{topic.name}:any" in hidden or topic.name not in example.topics
        if example.judged and speaks and hidden != example.features:
            weight = _HIDDEN_MONEY_WEIGHT
            examples.append(_Shown(example.item, hidden, example.topics, weight, weight))
    return _Rows(
        matrix=vectorizer.transform([example.features for example in examples])[:, own],
        truth=np.array([topic.name in example.topics for example in examples]),
        item=np.array([example.item for example in examples]),
        weight=np.array([example.weight for example in examples]),
        judged=np.array([example.judged for example in examples]),
    )


def _fit_topic(rows: _Rows, fold: NDArray[np.int64]) -> tuple[Floats, float, Floats]:
    """Fit a topic; return its coefficients, its intercept and its out-of-fold probabilities.

    The calibration is a line through the out-of-fold decision values, and a line of a line is
    a line: it is folded into coefficients and intercept.
    """
    import numpy as np
    from scipy.special import expit
    from sklearn.linear_model import LogisticRegression

    def learn(part: _Rows) -> Any:
        model = LogisticRegression(C=_STRENGTH, max_iter=2000)
        return model.fit(part.matrix, part.truth, sample_weight=part.weight)

    decision = np.zeros(len(rows.truth))
    for number in range(int(fold.max()) + 1):
        held = fold == number
        training = rows.among(~held)
        at = held[rows.item]
        if training.truth.any() and not training.truth.all():
            decision[at] = learn(training).decision_function(rows.matrix[at])
        else:
            decision[at] = 8.0 if training.truth.all() else -8.0
    model = learn(rows)
    line = LogisticRegression(C=_CALIBRATION_STRENGTH)
    judged = rows.judged > 0
    line.fit(decision[judged, None], rows.truth[judged], sample_weight=rows.judged[judged])
    slope, offset = float(line.coef_[0, 0]), float(line.intercept_[0])
    if slope <= 0:  # too few items for the folds to agree on anything
        slope, offset = 1.0, 0.0
    probability = expit(slope * decision + offset)
    return model.coef_[0] * slope, float(model.intercept_[0]) * slope + offset, probability


def _threshold(rows: _Rows, probability: Floats) -> float:
    """Choose the threshold with the best F1, where several are as good the expected one.

    For probabilities that mean what they say the best threshold is half the best F1.
    """
    import numpy as np

    grid = np.linspace(_LOWEST, _HIGHEST, _STEPS)
    wanted = float((rows.judged * rows.truth).sum())
    scores = []
    for threshold in grid:
        held = probability >= threshold
        hits = float((rows.judged * (held & rows.truth)).sum())
        scores.append(2 * hits / max(wanted + float((rows.judged * held).sum()), 1e-9))
    smooth = np.convolve(np.pad(scores, 2, mode="edge"), np.full(5, 0.2), mode="valid")
    best = smooth.max()
    good = grid[smooth >= best - _INDIFFERENCE]
    return round(float(good[np.abs(good - best / 2).argmin()]), 2)


def _figures(truth: Flags, held: Flags, names: Sequence[str]) -> dict[str, Figures]:
    hits = (truth & held).sum(axis=0)
    wanted, given = truth.sum(axis=0), held.sum(axis=0)
    figures = {name: _scores(hits[at], wanted[at], given[at]) for at, name in enumerate(names)}
    micro = _scores(hits.sum(), wanted.sum(), given.sum())
    keys = ("precision", "recall", "f1")
    macro = {key: round(sum(figures[n][key] for n in names) / len(names), 4) for key in keys}
    return {**figures, "micro": micro, "macro": macro}


def _scores(hits: Any, wanted: Any, given: Any) -> Figures:
    return {
        "precision": round(float(hits) / max(int(given), 1), 4),
        "recall": round(float(hits) / max(int(wanted), 1), 4),
        "f1": round(2 * float(hits) / max(int(wanted) + int(given), 1), 4),
        "support": int(wanted),
    }
