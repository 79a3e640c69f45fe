"""How alike items are: their words, their body and their layout, as sparse vectors."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

_WORD = re.compile(r"[^\W\d_]{3,}")
_FEATURES = 2**16
# Several times, as one word among hundreds says nothing.
_TIMES = 3
_LAYOUTS = {
    "table": re.compile(r"^\s*\|", re.MULTILINE),
    "list": re.compile(r"^\s*[-*•]\s", re.MULTILINE),
    "marks": re.compile(r"\*\*|^#", re.MULTILINE),
    "capitals": re.compile(r"^[A-Z .,'&-]{8,}$", re.MULTILINE),
    "tabs": re.compile(r"\t|\S {3,}\S"),
    "indented": re.compile(r"^ {4,}\S", re.MULTILINE),
}


class Looks(NamedTuple):
    """What likeness is judged by; `body` is None where it is not known."""

    text: str
    body: str | None


class Likeness:
    """How like each candidate is to what has been labelled or chosen, from 0 to 1."""

    def __init__(self, candidates: Sequence[Looks], labelled: Sequence[Looks]) -> None:
        import numpy as np
        from sklearn.feature_extraction.text import HashingVectorizer, TfidfTransformer

        hashing = HashingVectorizer(
            analyzer=_features, n_features=_FEATURES, alternate_sign=False, norm=None
        )
        weighing = TfidfTransformer(sublinear_tf=True)
        self._vectors: Any = weighing.fit_transform(hashing.transform(candidates))
        self.most: NDArray[np.float64] = np.zeros(len(candidates))
        if labelled:
            vectors = weighing.transform(hashing.transform(labelled))
            for at in range(0, vectors.shape[0], 256):  # as one product it would be large
                alike = (self._vectors @ vectors[at : at + 256].T).max(axis=1)
                self.most = np.maximum(self.most, alike.toarray().ravel())

    def choose(self, at: int) -> None:
        """Take a candidate among what has been chosen."""
        import numpy as np

        alike = (self._vectors @ self._vectors[at].T).toarray().ravel()
        self.most = np.minimum(1.0, np.maximum(self.most, alike))


def _features(looks: Looks) -> Iterator[str]:
    yield from (word.lower() for word in _WORD.findall(looks.text))
    for name, pattern in _LAYOUTS.items():
        if pattern.search(looks.text):
            yield from [f"layout={name}"] * _TIMES
    if looks.body:
        yield from [f"body={' '.join(looks.body.lower().split())}"] * _TIMES
