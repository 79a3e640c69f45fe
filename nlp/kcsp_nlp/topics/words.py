"""What the words of an item say of each topic, beyond the terms of the taxonomy.

A linear model over words and pairs of words is trained on whole items. A long item is judged by
the passage that speaks most for a topic, which is about as long as the items it was trained on.
Sums of money and numbers are left out: labelled minutes name a sum nearly whenever money is the
subject, real ones do not.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import chain, pairwise
from typing import TYPE_CHECKING, Any, NamedTuple, Self

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray
    from scipy.sparse import csr_array
    from sklearn.feature_extraction.text import TfidfVectorizer

    Floats = NDArray[np.float64]
    Flags = NDArray[np.bool_]

# Words of a passage. Cross-validation: macro F1 0.916 with 50, 0.922 with 80, 0.919 with 120.
_PASSAGE = 80
# Inverse of the penalty on a word's coefficient.
_STRENGTH = 10.0
# A word counts when this many items hold it; fewer where one in a hundred items is fewer.
_FEWEST, _PER_ITEMS = 5, 100

Sentences = Sequence[Sequence[str]]


class Passage(NamedTuple):
    """Neighbouring sentences: the words that count, and where each stands.

    Attributes:
        words: The words.
        places: Sentence and token of each word, as indices.
    """

    words: list[str]
    places: list[tuple[int, int]]


class WordModel:
    """Words and pairs of words with a coefficient for every topic.

    Attributes:
        vectorizer: Weighs the words of a text.
        coefficients: One row per word or pair, one column per topic.
        intercepts: One per topic.
    """

    def __init__(
        self, vectorizer: TfidfVectorizer, coefficients: Floats, intercepts: Floats
    ) -> None:
        self.vectorizer = vectorizer
        self.coefficients = coefficients
        self.intercepts = intercepts

    @classmethod
    def fit(cls, said: Sequence[Sentences], truth: Flags) -> Self:
        """Fit a model on items.

        Args:
            said: The sentences of each item.
            truth: One row per item, one column per topic. A topic that all items have, or none,
                gets no coefficients.
        """
        import numpy as np
        from sklearn.feature_extraction.text import TfidfVectorizer
        from sklearn.linear_model import LogisticRegression

        vectorizer = TfidfVectorizer(
            token_pattern=r"\S+",  # noqa: S106 -- tokens of a text, no secret
            lowercase=False,
            ngram_range=(1, 2),
            min_df=max(1, min(_FEWEST, len(said) // _PER_ITEMS)),
            sublinear_tf=True,
        )
        matrix = vectorizer.fit_transform(
            " ".join(word for _, word in _words(sentences)) for sentences in said
        )
        coefficients = np.zeros((matrix.shape[1], truth.shape[1]))
        intercepts = np.zeros(truth.shape[1])
        for at in range(truth.shape[1]):
            held = truth[:, at]
            if held.any() and not held.all():
                model = LogisticRegression(
                    C=_STRENGTH, class_weight="balanced", solver="liblinear", max_iter=500
                ).fit(matrix, held)
                coefficients[:, at] = model.coef_[0]
                intercepts[at] = model.intercept_[0]
        return cls(vectorizer, coefficients, intercepts)

    def score(self, said: Sequence[Sentences]) -> Floats:
        """Return the log-odds of every topic in the passage of each item that speaks most for it.

        Args:
            said: The sentences of each item.
        """
        import numpy as np

        if not said:
            return np.zeros((0, len(self.intercepts)))
        found = [list(passages(sentences)) for sentences in said]
        starts = np.cumsum([0, *map(len, found)])[:-1]
        words = [passage.words for passage in chain.from_iterable(found)]
        return np.maximum.reduceat(self._decide(words), starts, axis=0)

    def speaking(self, sentences: Sentences, topic: int) -> Iterator[tuple[int, int, float]]:
        """Yield what speaks for a topic in the passage that speaks most for it.

        Yields:
            Sentence and token of a word, as indices, and its share in the log-odds; only
            shares above 0. A pair of words shares alike between the two.
        """
        held = list(passages(sentences))
        decided = self._decide([passage.words for passage in held])
        words, places = held[int(decided[:, topic].argmax())]
        row = self._weigh([words])
        shares = dict(
            zip(row.indices, row.data * self.coefficients[row.indices, topic], strict=True)
        )
        known = self.vectorizer.vocabulary_
        counts: dict[str, list[int]] = {}
        for at, word in enumerate(words):
            counts.setdefault(word, []).append(at)
            counts.setdefault(" ".join(words[at : at + 2]), []).append(at)
        weights = [0.0] * (len(words) + 1)
        for text, starts in counts.items():
            share = float(shares.get(known.get(text, -1), 0.0)) / len(starts)
            length = text.count(" ") + 1
            for at in chain.from_iterable(range(start, start + length) for start in starts):
                weights[at] += share / length
        for (sentence, token), weight in zip(places, weights, strict=False):
            if weight > 0:
                yield sentence, token, weight

    def _decide(self, passages: Sequence[Sequence[str]]) -> Any:
        return self._weigh(passages) @ self.coefficients + self.intercepts

    def _weigh(self, passages: Sequence[Sequence[str]]) -> csr_array:
        """Return what the vectorizer makes of texts, given as words: it would cut them anew."""
        import numpy as np
        from scipy.sparse import csr_array
        from sklearn.preprocessing import normalize

        known = self.vectorizer.vocabulary_
        columns: list[int] = []
        counts: list[int] = []
        bounds = [0]
        for words in passages:
            pairs = map(" ".join, pairwise(words))
            found = Counter(known[each] for each in chain(words, pairs) if each in known)
            for column in sorted(found):
                columns.append(column)
                counts.append(found[column])
            bounds.append(len(columns))
        weights = np.log(np.array(counts, dtype=np.float64))
        weights += 1.0
        weights *= self.vectorizer.idf_[columns]
        shape = (len(passages), len(known))
        return normalize(csr_array((weights, columns, bounds), shape=shape), copy=False)


def passages(sentences: Sentences) -> Iterator[Passage]:
    """Cut sentences into passages; each begins with the last sentence of the one before.

    Yields:
        At least one passage, empty where there are no words.
    """
    held: list[list[tuple[tuple[int, int], str]]] = []
    length = 0
    for number, sentence in enumerate(sentences):
        words = list(_words([sentence], number))
        if held and length + len(words) > _PASSAGE:
            yield _passage(held)
            held = held[-1:] if len(held) > 1 else []
            length = sum(map(len, held))
        held.append(words)
        length += len(words)
    yield _passage(held)


def _passage(held: Sequence[Sequence[tuple[tuple[int, int], str]]]) -> Passage:
    flat = [pair for words in held for pair in words]
    return Passage([word for _, word in flat], [place for place, _ in flat])


def _words(sentences: Sentences, first: int = 0) -> Iterator[tuple[tuple[int, int], str]]:
    """Yield the words of sentences, without sums and numbers, and where they stand."""
    for number, sentence in enumerate(sentences, first):
        for at, word in enumerate(sentence):
            if word[:1].isalpha():
                yield (number, at), word
