"""Features that were learnt from labelled items, beside those that are counted."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple, Self

from kcsp_nlp.topics.dealing import DealingModel
from kcsp_nlp.topics.features import Features, Said, Topic
from kcsp_nlp.topics.words import WordModel

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Flags = NDArray[np.bool_]

# The feature that says what the words say, and its value per unit of their log-odds. Small, so
# that the penalty lets the taxonomy decide: words learnt from labelled minutes carry over to
# other writers less well than terms do.
WORDS = "words"
WORDS_VALUE = 0.25
# The same of what the sentences with a term say of it. Cross-validated macro F1 is the same with
# 0.25 and 1.
DEALING = "dealing"
_DEALING_VALUE = 0.5


class Learnt(NamedTuple):
    """The models that features come from.

    Attributes:
        words: What the words of an item say of each topic.
        dealing: Whether its sentences deal with their terms.
    """

    words: WordModel
    dealing: DealingModel

    @classmethod
    def fit(cls, said: Sequence[Said], truth: Flags) -> Self:
        """Fit both models on items.

        Args:
            said: What each item says.
            truth: One row per item, one column per topic.
        """
        return cls(
            WordModel.fit([each.sentences for each in said], truth),
            DealingModel.fit([each.masked for each in said], truth),
        )

    def features(self, said: Sequence[Said], topics: Sequence[Topic]) -> list[Features]:
        """Return the features of items, counted and learnt.

        Args:
            said: What each item says.
            topics: The taxonomy that it was read with.
        """
        words = self.words.score([each.sentences for each in said]).tolist()
        dealing = self.dealing.score([each.masked for each in said]).tolist()
        out = []
        for each, by_words, by_dealing in zip(said, words, dealing, strict=True):
            features = dict(each.features)
            for topic, word, dealt in zip(topics, by_words, by_dealing, strict=True):
                features[f"{topic.name}:{WORDS}"] = WORDS_VALUE * word
                if dealt:
                    features[f"{topic.name}:{DEALING}"] = _DEALING_VALUE * dealt
            out.append(features)
        return out

    def parts(self) -> dict[str, Any]:
        """Return what is stored of the models, by name."""
        return {
            "words": self.words.vectorizer,
            "coefficients": self.words.coefficients,
            "intercepts": self.words.intercepts,
            "dealing": self.dealing.vectorizer,
            "dealing_coefficients": self.dealing.coefficients,
            "dealing_intercept": self.dealing.intercept,
        }

    @classmethod
    def of_parts(cls, parts: Mapping[str, Any]) -> Self:
        """Build the models from what `parts` returned; further parts are passed over.

        Raises:
            KeyError, TypeError, AttributeError: parts are missing or something else.
            ValueError: parts do not fit each other.
        """
        words, dealing = parts["words"], parts["dealing"]
        for vectorizer, coefficients, rest in (
            (words, parts["coefficients"], parts["intercepts"].shape),
            (dealing, parts["dealing_coefficients"], ()),
        ):
            if coefficients.shape != (len(vectorizer.vocabulary_), *rest):
                raise ValueError("words and coefficients do not agree")
        return cls(
            WordModel(words, parts["coefficients"], parts["intercepts"]),
            DealingModel(dealing, parts["dealing_coefficients"], parts["dealing_intercept"]),
        )

    @property
    def topics(self) -> int:
        """How many topics the words speak of."""
        return len(self.words.intercepts)
