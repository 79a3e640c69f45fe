"""Whether a sentence deals with what it names, or only mentions it.

"Calls about domestic abuse had risen" deals with it, "the domestic abuse leaflets" does not. A
sentence that holds a term is looked at without the term: what is said of domestic abuse is said
in the same words of suicide, so one model learns from the sentences of all topics together. Sums
and numbers are left out, and topics that are made of them (`Topic.money`) with them.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple, Self

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray
    from sklearn.feature_extraction.text import CountVectorizer

    Floats = NDArray[np.float64]
    Flags = NDArray[np.bool_]

# What stands for the term itself, and for terms of other topics; no word is in capitals.
TERM, OTHER = "TERM", "OTHER"

# Inverse of the penalty on a word's coefficient. Cross-validated macro F1 0.926 with 0.1 and 0.2,
# 0.925 with 0.4; 0.918 without the model.
_STRENGTH = 0.1
# A word or pair counts when so many sentences hold it; fewer where one in a hundred is fewer.
_FEWEST, _PER_SENTENCES = 3, 100

# For each topic, the masked sentences of one item; none where no term of it stands there.
Masked = Sequence[Sequence[Sequence[str]]]


class Hit(NamedTuple):
    """A term in a sentence.

    Attributes:
        start: Index of its first word.
        end: One past the last.
        topic: Index of its topic.
    """

    start: int
    end: int
    topic: int


def mask(tokens: Sequence[str], hits: Iterable[Hit], topic: int) -> list[str]:
    """Return a sentence's words with `TERM` for the terms of a topic and `OTHER` for others'."""
    held: dict[int, str] = {}
    for hit in hits:
        for at in range(hit.start, hit.end):
            if held.get(at) != TERM:
                held[at] = TERM if hit.topic == topic else OTHER
    out: list[str] = []
    for at, token in enumerate(tokens):
        word = held.get(at, token)
        if word in (TERM, OTHER) and out and out[-1] == word:
            continue
        if word[0].isalpha():
            out.append(word)
    return out


class DealingModel:
    """Words and pairs of words with a coefficient each.

    Attributes:
        vectorizer: Knows the words and pairs.
        coefficients: One per word or pair.
        intercept: The log-odds of a sentence of which no word is known.
    """

    def __init__(self, vectorizer: CountVectorizer, coefficients: Floats, intercept: float) -> None:
        self.vectorizer = vectorizer
        self.coefficients = coefficients
        self.intercept = intercept
        self._weights: dict[str, float] = {
            text: float(coefficients[column]) for text, column in vectorizer.vocabulary_.items()
        }

    @classmethod
    def fit(cls, said: Sequence[Masked], truth: Flags) -> Self:
        """Fit a model on items.

        Args:
            said: The masked sentences of each item. Each item counts once for each topic.
            truth: One row per item, one column per topic.
        """
        import numpy as np
        from sklearn.feature_extraction.text import CountVectorizer
        from sklearn.linear_model import LogisticRegression

        texts: list[str] = []
        holds: list[bool] = []
        weights: list[float] = []
        for masked, row in zip(said, truth.tolist(), strict=True):
            for sentences, held in zip(masked, row, strict=True):
                texts += map(" ".join, sentences)
                holds += [held] * len(sentences)
                weights += [1 / max(1, len(sentences))] * len(sentences)
        vectorizer = CountVectorizer(
            token_pattern=r"\S+",  # noqa: S106 -- tokens of a text, no secret
            lowercase=False,
            ngram_range=(1, 2),
            min_df=max(1, min(_FEWEST, len(texts) // _PER_SENTENCES)),
            binary=True,
        )
        matrix = vectorizer.fit_transform(texts or [TERM])
        if len(set(holds)) < 2:  # noqa: PLR2004 nothing to tell apart
            return cls(vectorizer, np.zeros(matrix.shape[1]), 0.0)
        model = LogisticRegression(C=_STRENGTH, max_iter=1000)
        model.fit(matrix, holds, sample_weight=weights)
        return cls(vectorizer, model.coef_[0], float(model.intercept_[0]))

    def score(self, said: Sequence[Masked]) -> Floats:
        """Return, for each item and topic, the log-odds of the sentence that deals with it most.

        Returns:
            Shape (items, topics), (0, 0) for no items; 0 where no term of the topic stands in the
            item.
        """
        import numpy as np

        rows = [
            [max(map(self._decide, sentences), default=0.0) for sentences in masked]
            for masked in said
        ]
        return np.array(rows, dtype=np.float64) if rows else np.zeros((0, 0))

    def _decide(self, words: Sequence[str]) -> float:
        known = self._weights
        texts = dict.fromkeys(words) | dict.fromkeys(map(" ".join, pairwise(words)))
        return self.intercept + sum(known.get(text, 0.0) for text in texts)
