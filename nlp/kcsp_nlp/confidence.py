"""How sure a span is: the share of spans like it that were right on documents held out.

A logistic regression per label over yes-or-no features of the span, its source and its document,
fitted on what cross-validation found (`kcsp_nlp.evaluation.span_scores`). A model folder without
`confidence.json` gives no scores: a figure that was not measured is none.
"""

from __future__ import annotations

import json
import math
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from pydantic import FiniteFloat, TypeAdapter, ValidationError

from kcsp_nlp.errors import ModelError
from kcsp_nlp.records import Label, Source
from kcsp_nlp.registers.name_words import name_words

FILE = "confidence.json"
BIAS = "bias"

_MOST_WORDS = 4
_CONTEXT = 12
_ACRONYM = 6


class Found(NamedTuple):
    """A span before it is written: offsets into the document's text."""

    start: int
    end: int
    label: Label
    source: Source


class Confidence:
    """Scores spans with weights that were fitted on held-out documents.

    Attributes:
        weights: For each label the weight of each feature, `BIAS` among them.
    """

    def __init__(self, weights: Mapping[Label, Mapping[str, float]]) -> None:
        self.weights = weights

    @classmethod
    def load(cls, path: Path) -> Confidence:
        """Read a file of weights.

        Raises:
            ModelError: it is missing, or does not hold finite numbers by label and feature.
        """
        try:
            weights = TypeAdapter(dict[Label, dict[str, FiniteFloat]]).validate_json(
                path.read_bytes(), strict=True
            )
        except (OSError, ValidationError) as error:
            raise ModelError(
                f"{path}: not the weights of span scores ({_reason(error)}); expected a file "
                "that `kcsp-nlp evaluate --cross-validate --confidence` wrote; a model folder "
                "without it has no scores"
            ) from error
        return cls(weights)

    def to_text(self) -> str:
        """Return the text of the file that `load` reads; the same weights give the same text."""
        return json.dumps(self.weights, indent=1, sort_keys=True) + "\n"

    def scores(self, text: str, found: Sequence[Found]) -> list[float | None]:
        """Return for each span of a document how likely it is right; None where not measured.

        Args:
            text: The document's text.
            found: Its spans, all of them: a name that is found often is surer.
        """
        return [
            self._score(each.label, names)
            for each, names in zip(found, features(text, found), strict=True)
        ]

    def _score(self, label: Label, names: Sequence[str]) -> float | None:
        weights = self.weights.get(label)
        if weights is None:
            return None
        total = sum(weights.get(name, 0.0) for name in names) + weights.get(BIAS, 0.0)
        # Beyond 30 the figure is 1 or 0 to thirteen digits, and exp stays in bounds.
        return round(1 / (1 + math.exp(-max(-30.0, min(30.0, total)))), 3)


def _reason(error: OSError | ValidationError) -> str:
    if isinstance(error, OSError):
        return error.strerror or type(error).__name__
    first = error.errors(include_input=False, include_url=False)[0]
    return ": ".join(filter(None, (".".join(map(str, first["loc"])), first["msg"])))


def features(text: str, found: Sequence[Found]) -> Iterator[list[str]]:
    """Yield the names of each span's features that hold."""
    labels: dict[str, Counter[str]] = {}
    for each in found:
        labels.setdefault(_spelt(text, each), Counter())[each.label] += 1
    for each in found:
        votes = labels[_spelt(text, each)]
        yield [
            f"source={each.source}",
            *_repeats(votes, each.label, each.source),
            *_looks(text[each.start : each.end]),
            *_around(text, each.start, each.end),
        ]


def _spelt(text: str, each: Found) -> str:
    return " ".join(text[each.start : each.end].split())


def _repeats(votes: Counter[str], label: str, source: str) -> Iterator[str]:
    same = votes[label]
    times = "once" if same == 1 else "few" if same <= 4 else "often"  # noqa: PLR2004
    yield f"found={times}"
    yield f"found={times} source={source}"
    if len(votes) > 1:
        yield "other label"


def _looks(name: str) -> Iterator[str]:
    words = name.split()
    yield f"words={min(len(words), _MOST_WORDS)}"
    if name.isupper():
        yield "acronym" if len(name) <= _ACRONYM else "capitals"
    elif not any(word[0].isupper() for word in words):
        yield "small"
    if "\n" in name:
        yield "line end"
    if any(char.isdigit() for char in name):
        yield "digit"
    lists = name_words()
    first, last = words[0].lower().strip(".,"), words[-1].lower().strip(".,")
    if first in lists.given:
        yield "given name"
    if last in lists.surnames:
        yield "surname"
    if first in lists.places:
        yield "place"


def _around(text: str, start: int, end: int) -> Iterator[str]:
    before, after = text[max(0, start - _CONTEXT) : start], text[end : end + _CONTEXT]
    if not before.strip(" \t*_#|") or before.rstrip(" \t*_#|").endswith("\n"):
        yield "line start"
    if not after.strip(" \t*_#|") or after.lstrip(" \t*_#|").startswith("\n"):
        yield "line finish"
    if "|" in before or "|" in after:
        yield "table"
    if before.endswith(("the ", "The ", "by ", "from ", "of ")):
        yield f"after {before.split()[-1].lower()}"
    if before.endswith(("(", "/")):
        yield "after mark"
    if after.startswith(("'s", "’s")):
        yield "possessive"
    if after[:2].strip()[:1].isupper():
        yield "before capital"
