"""How far a figure can be trusted: intervals and tests by resampling documents.

Mentions of one document are alike, so documents are drawn, never mentions. Counts are added up
over the documents drawn and divided once, as the figures themselves are.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, TypeVar

from kcsp_nlp.evaluation.results import Difference, Interval
from kcsp_nlp.evaluation.scores import Evaluation

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

# Per table (spans, structure, topics) and name, the 95 % interval of its F1; None where there is
# none. Topics and spans have "micro" too, topics "macro".
Intervals = Mapping[str, Mapping[str, Interval | None]]
_Value = TypeVar("_Value")

RESAMPLES = 1_000
SEED = 0

# The interval between these percentiles of the resampled figures holds 95 % of them.
_PERCENTILES = (2.5, 97.5)
# From fewer documents an interval would look surer than it is.
_FEWEST = 5


def confidence_intervals(
    documents: Sequence[Evaluation], *, resamples: int = RESAMPLES, seed: int = SEED
) -> Intervals:
    """Return the 95 % interval of every F1 (percentile method), four decimals.

    Args:
        documents: The scores of each document, as `Evaluation.per_document` keeps them.
        resamples: How many times as many documents are drawn, with replacement.
        seed: Of the draws.

    Returns:
        None for an interval where there are fewer than five documents, or nothing was labelled or
        found in any draw.
    """
    names = _names(documents)
    if len(documents) < _FEWEST:
        return _by_table(names, [None] * len(names))
    figures = _figures(documents, _draw(len(documents), resamples, seed) @ _counts(documents))
    return _by_table(names, [_interval(column) for column in figures.T])


def paired_differences(
    ours: Sequence[Evaluation],
    theirs: Sequence[Evaluation],
    *,
    resamples: int = RESAMPLES,
    seed: int = SEED,
) -> dict[str, dict[str, Difference]]:
    """Compare two systems on the same documents, figure by figure.

    Args:
        ours: The first system's scores of each document.
        theirs: The second's, of the same documents in the same order.
        resamples: Number of draws, for the intervals and for the tests.
        seed: Of the draws.

    Raises:
        ValueError: they are not scores of as many documents and the same topics.
    """
    import numpy as np

    names = _names(ours)
    if len(ours) != len(theirs) or names != _names(theirs):
        raise ValueError("systems can be compared on the same documents and topics alone")
    one, other = _counts(ours), _counts(theirs)
    whole = np.ones((1, len(ours)))
    observed = (_figures(ours, whole @ one) - _figures(ours, whole @ other))[0]
    draws = _draw(len(ours), resamples, seed)
    drawn = _figures(ours, draws @ one) - _figures(ours, draws @ other)
    # Under the hypothesis of no difference, either system could have given either result.
    swaps = np.random.default_rng(seed).integers(0, 2, (resamples, len(ours))) @ (one - other)
    exchanged = _figures(ours, whole @ one - swaps) - _figures(ours, whole @ other + swaps)
    observed = np.nan_to_num(observed)
    as_large = np.abs(np.nan_to_num(exchanged)) >= np.abs(observed) - 1e-12
    p = (1 + as_large.sum(axis=0)) / (1 + resamples)
    return _by_table(
        names,
        [
            Difference(
                difference=round(float(observed[at]), 4),
                ci95=_interval(drawn[:, at]) if len(ours) >= _FEWEST else None,
                p=round(float(p[at]), 4),
            )
            for at in range(len(names))
        ],
    )


def _draw(documents: int, resamples: int, seed: int) -> Floats:
    """Return how often each document was drawn; one row per resample."""
    import numpy as np

    drawn = np.random.default_rng(seed).integers(0, documents, (resamples, documents))
    counts = [np.bincount(row, minlength=documents) for row in drawn]
    return np.asarray(counts, dtype=np.float64)


def _counts(documents: Sequence[Evaluation]) -> Floats:
    """Return right, wrong and missed of every name in turn; one row per document."""
    import numpy as np

    return np.array(
        [
            [
                count
                for table in document.tables().values()
                for score in table.values()
                for count in (score.right, score.wrong, score.missed)
            ]
            for document in documents
        ],
        dtype=np.float64,
    )


def _names(documents: Sequence[Evaluation]) -> list[tuple[str, str]]:
    """Return table and name of every figure, in the order of `_figures`."""
    shape = documents[0] if documents else Evaluation()
    return [
        *(("spans", name) for name in (*shape.spans, "micro")),
        *(("structure", name) for name in shape.structure),
        *(("topics", name) for name in (*shape.topics, "micro", "macro")),
    ]


def _figures(documents: Sequence[Evaluation], sums: Floats) -> Floats:
    """Return every F1 of every row of summed counts; NaN where nothing was labelled or found."""
    import numpy as np

    cube = sums.reshape(len(sums), -1, 3)
    spans, structure = len(documents[0].spans), len(documents[0].structure)
    of_spans, of_topics = cube[:, :spans], cube[:, spans + structure :]
    topics = _f1(of_topics)
    macro = np.nan_to_num(topics).sum(axis=1, keepdims=True) / max(1, topics.shape[1])
    return np.hstack(
        [
            _f1(of_spans),
            _f1(of_spans.sum(axis=1, keepdims=True)),
            _f1(cube[:, spans : spans + structure]),
            topics,
            _f1(of_topics.sum(axis=1, keepdims=True)),
            macro,
        ]
    )


def _f1(counts: Floats) -> Floats:
    import numpy as np

    right, wrong, missed = counts[..., 0], counts[..., 1], counts[..., 2]
    below = 2 * right + wrong + missed
    return np.divide(2 * right, below, out=np.full_like(right, np.nan), where=below > 0)


def _interval(figures: Floats) -> Interval | None:
    import numpy as np

    held = figures[~np.isnan(figures)]
    if not held.size:
        return None
    low, high = np.percentile(held, _PERCENTILES)
    return round(float(low), 4), round(float(high), 4)


def _by_table(
    names: Sequence[tuple[str, str]], values: Sequence[_Value]
) -> dict[str, dict[str, _Value]]:
    tables: dict[str, dict[str, _Value]] = {}
    for (table, name), value in zip(names, values, strict=True):
        tables.setdefault(table, {})[name] = value
    return tables
