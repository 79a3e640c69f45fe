"""Which labelled minutes a model was trained on, kept with the model as digests.

A model is judged on minutes it has not seen, and whoever holds a model alone must be able to tell.
`trained_on.json` in a model folder holds a digest of each document's text and of the text of each
of its items, white space aside: a document is known again under another id, with other labels, or
in part. Digests say nothing to anybody who does not hold the text.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from kcsp_nlp.errors import ModelError
from kcsp_nlp.labels.corpus import LabelledMinutes

FILE = "trained_on.json"

# Hex digits of a digest that are kept: chance makes one in 10^19 agree.
_DIGITS = 16
# Share of a document's items, by length, from which on it counts as seen: formal items are worded
# alike everywhere.
_SEEN = 0.5


class TrainedOn(BaseModel):
    """Digests of the labelled minutes that a model was trained on; sorted."""

    model_config = ConfigDict(frozen=True, extra="forbid", validate_by_name=True)

    schema_: Literal["kcsp-nlp/trained-on/1"] = Field(
        default="kcsp-nlp/trained-on/1", alias="schema"
    )
    documents: tuple[str, ...]
    items: tuple[str, ...]

    def find(self, documents: Iterable[LabelledMinutes]) -> Iterator[LabelledMinutes]:
        """Yield the documents that were trained on, whole or for the better part."""
        known, items = frozenset(self.documents), frozenset(self.items)
        for document in documents:
            texts = list(_items(document))
            held = sum(len(text) for text in texts if _digest(text) in items)
            if _digest(document.text) in known or held > _SEEN * sum(map(len, texts)):
                yield document


def trained_on(documents: Iterable[LabelledMinutes]) -> TrainedOn:
    """Return what a model that learns from these documents is to keep."""
    whole: set[str] = set()
    items: set[str] = set()
    for document in documents:
        whole.add(_digest(document.text))
        items.update(_digest(text) for text in _items(document))
    return TrainedOn(documents=tuple(sorted(whole)), items=tuple(sorted(items)))


def write_trained_on(documents: Iterable[LabelledMinutes], folder: Path) -> None:
    """Write the file into a model folder; the same documents give the same bytes."""
    text = trained_on(documents).model_dump_json(by_alias=True, indent=1) + "\n"
    (folder / FILE).write_text(text, encoding="utf-8", newline="\n")


def read_trained_on(folder: Path) -> TrainedOn | None:
    """Read the file of a model folder; None for a model that was trained without it.

    Raises:
        ModelError: the file is damaged.
    """
    path = folder / FILE
    try:
        return TrainedOn.model_validate_json(path.read_bytes())
    except FileNotFoundError:
        return None
    except (OSError, ValidationError) as error:
        raise ModelError(
            f"{path}: not what training wrote ({type(error).__name__}), expected digests of "
            "labelled minutes; train the model again"
        ) from error


def _items(document: LabelledMinutes) -> Iterator[str]:
    for start, end in document.item_ranges():
        yield document.text[start:end]


def _digest(text: str) -> str:
    return hashlib.sha256(" ".join(text.split()).encode()).hexdigest()[:_DIGITS]
