"""How the topic model is fitted: one calibrated logistic regression per topic.

Every figure and every threshold comes from documents that the model at hand had not seen. What
the words of an item say, which are features of it, comes from models that had not seen it
either; but those of the items it is compared with had, which makes figures up to 0.005 too good.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, NamedTuple, Self

from kcsp_nlp.errors import CorpusError
from kcsp_nlp.topics.calibration import Calibration, measure
from kcsp_nlp.topics.features import (
    Features,
    Lexicon,
    Offsets,
    Topic,
    TopicItem,
    without_money,
)
from kcsp_nlp.topics.learnt import Learnt

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray
    from sklearn.pipeline import Pipeline

    Floats = NDArray[np.float64]
    Flags = NDArray[np.bool_]

Figures = dict[str, float]

_FOLDS = 8
# Inverse of the penalty on a topic's coefficients, and on those of its calibration. Cross-validated
# macro F1: 0.919 with 1, 0.923 with 6, 0.926 with 12; held down, as terms that writers of labelled
# minutes avoid get weights against them.
_STRENGTH = 6.0
_CALIBRATION_STRENGTH = 10.0
# Labelled minutes name a sum in 99 of 100 items whose subject is money, real ones in 4 of 10.
# Items with sums are therefore shown twice, with their sums and without: this share without.
# Cross-validated F1 of funding where sums are as rare as in real minutes: 0.901 with a share of
# 0.3, 0.912 with 0.5, 0.913 with 0.6, 0.911 with 0.75, 0.902 with 0.9.
_SUMS_HIDDEN = 0.6
# Labelled items are short and many real ones long: neighbours of one document are also shown
# joined, as a single item that has the topics of all.
_JOINED = 4
_JOINED_WEIGHT = 0.7
# Thresholds whose F1 is within this of the best are held equal; the prior decides among them.
_INDIFFERENCE = 0.01
_LOWEST, _HIGHEST, _STEPS = 0.2, 0.7, 51


class Fitted(NamedTuple):
    """A pipeline and what feeds it, with thresholds and what cross-validation said of them."""

    pipeline: Pipeline
    learnt: Learnt
    thresholds: dict[str, float]
    figures: dict[str, Figures]
    calibration: dict[str, Calibration]


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
    truth = np.array([[topic.name in item.topics for topic in topics] for item in items])
    folds = _folds(groups, seed)
    shown, learnt = _show(items, _join(items, groups), lexicon, truth, folds)
    features = [example.features for example in shown[: len(items)]]
    vectorizer = DictVectorizer()
    classifier = OneVsRestClassifier(LogisticRegression(C=_STRENGTH, max_iter=2000))
    pipeline = Pipeline([("features", vectorizer), ("topics", classifier)])
    pipeline.fit(features, truth.astype(int))
    names = vectorizer.get_feature_names_out()
    thresholds: dict[str, float] = {}
    held_out = np.zeros(truth.shape, dtype=bool)
    calibration: dict[str, Calibration] = {}
    for at, topic in enumerate(topics):
        own = np.flatnonzero([name.startswith(f"{topic.name}:") for name in names])
        rows = _rows(shown, topic, vectorizer, own)
        coefficients, intercept, probability = _fit_topic(rows, folds)
        estimator = classifier.estimators_[at]
        estimator.coef_ = np.zeros((1, len(names)))
        estimator.coef_[0, own] = coefficients
        estimator.intercept_ = np.array([intercept])
        thresholds[topic.name] = _threshold(rows, probability)
        judged = probability[: len(items)]
        held_out[:, at] = judged >= thresholds[topic.name]
        calibration[topic.name] = measure(judged.tolist(), truth[:, at].tolist())
    figures = _figures(truth, held_out, [topic.name for topic in topics])
    return Fitted(pipeline, learnt, thresholds, figures, calibration)


def _show(
    items: Sequence[TopicItem],
    joined: Sequence[tuple[int, TopicItem]],
    lexicon: Lexicon,
    truth: Flags,
    fold: NDArray[np.int64],
) -> tuple[list[_Shown], Learnt]:
    """Return the examples, items first, and the models that learnt from all items.

    The features of an item come from models that had not seen its fold.
    """
    import numpy as np

    said = [lexicon.read(item) for item in items]
    long = [lexicon.read(item) for _, item in joined]
    first = np.array([at for at, _ in joined], dtype=np.int64)
    rows: list[Features] = [{} for _ in said]
    long_rows: list[Features] = [{} for _ in long]
    for number in range(int(fold.max()) + 1):
        seen = np.flatnonzero(fold != number)
        learnt = Learnt.fit([said[at] for at in seen], truth[seen])
        for held, out, unseen in (
            (said, rows, np.flatnonzero(fold == number)),
            (long, long_rows, np.flatnonzero(fold[first] == number)),
        ):
            found = learnt.features([held[at] for at in unseen], lexicon.topics)
            for at, features in zip(unseen, found, strict=True):
                out[at] = features
    shown = [_Shown(at, row, items[at].topics) for at, row in enumerate(rows)]
    shown += [
        _Shown(at, row, item.topics, _JOINED_WEIGHT, 0.0)
        for (at, item), row in zip(joined, long_rows, strict=True)
    ]
    return shown, Learnt.fit(said, truth)


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
    for at, example in enumerate(shown if topic.money else ()):
        hidden = without_money(example.features, topic)
        # An item that speaks of money in sums alone says nothing once they are hidden.
        speaks = f"{topic.name}:any" in hidden or topic.name not in example.topics
        if example.judged and speaks and hidden != example.features:
            kept = 1 - _SUMS_HIDDEN
            examples[at] = example._replace(weight=kept, judged=kept)
            examples.append(
                _Shown(example.item, hidden, example.topics, _SUMS_HIDDEN, _SUMS_HIDDEN)
            )
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
