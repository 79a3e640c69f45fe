"""Which documents a model learns from, and which it is judged on: bodies are never split."""

from __future__ import annotations

import hashlib
import math
from collections import defaultdict
from collections.abc import Sequence

from kcsp_nlp.errors import CorpusError
from kcsp_nlp.labels.corpus import LabelledMinutes

Documents = tuple[LabelledMinutes, ...]


def divide(documents: Sequence[LabelledMinutes], folds: int) -> list[Documents]:
    """Divide documents into folds of about as many characters each, a body's all in one.

    Bodies are dealt out by size, the largest first, each to the smallest fold. Neither chance nor
    the order of the documents has a part in it.

    Args:
        documents: Labelled minutes.
        folds: Number of folds, at least 2.

    Returns:
        The documents of each fold, in the order of `documents`.

    Raises:
        CorpusError: there are fewer bodies than folds.
    """
    sizes: dict[str, int] = defaultdict(int)
    for document in documents:
        sizes[document.group] += len(document.text)
    if len(sizes) < folds:
        raise CorpusError(
            f"cross-validation: the labelled minutes are of {len(sizes)} bodies, expected at "
            f"least {folds}, one for each fold; give fewer --folds or more documents"
        )
    held = [0] * folds
    place: dict[str, int] = {}
    for group in sorted(sizes, key=lambda each: (-sizes[each], each)):
        place[group] = held.index(min(held))
        held[place[group]] += sizes[group]
    return [
        tuple(document for document in documents if place[document.group] == number)
        for number in range(folds)
    ]


def part(documents: Sequence[LabelledMinutes], share: float) -> Documents:
    """Return the documents of a share of the bodies; a smaller share is part of a larger one.

    Bodies come in the order of a digest of their names, which stays when others are added.
    """
    groups = sorted(
        {document.group for document in documents},
        key=lambda group: hashlib.sha256(group.encode()).digest(),
    )
    chosen = set(groups[: math.ceil(share * len(groups))])
    return tuple(document for document in documents if document.group in chosen)
