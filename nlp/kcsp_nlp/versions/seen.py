"""Which labelled minutes a model was trained on: scores on those say nothing about new ones."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from kcsp_nlp.labels.corpus import LabelledMinutes
from kcsp_nlp.training.models import corpus_sha256
from kcsp_nlp.training.trained_on import read_trained_on
from kcsp_nlp.versions.facts import ModelFacts


def seen_documents(
    folder: Path, facts: ModelFacts, documents: Sequence[LabelledMinutes]
) -> tuple[str, ...] | None:
    """Return the ids of the documents that a model was trained on, in their order.

    A model says so itself, in `trained_on.json`. One that was trained before that file was written
    holds the digest of its whole corpus: where that is the digest of just these documents, it was
    trained on all of them.

    Returns:
        None where it cannot be told.

    Raises:
        ModelError: the model's own file is damaged.
    """
    held = read_trained_on(folder)
    if held is not None:
        return tuple(document.id for document in held.find(documents))
    if facts.corpus_sha256 == corpus_sha256(documents):
        return tuple(document.id for document in documents)
    return None
