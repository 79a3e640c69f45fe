"""What a training is made of at one step, in a file: a killed training goes on from there.

One `.npz` of plain arrays, read without pickle: weights, the optimizer's moments and averages,
the states of every source of chance, and how far the training is. It is written beside its place
and moved there, so that a kill leaves the older one. A training that goes on from it gives the
same bytes as one that was never interrupted.
"""

from __future__ import annotations

import json
import random
import zipfile
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from spacy.language import Language
from thinc.api import Model, Optimizer

from kcsp_nlp.errors import KcspError

FILE = "checkpoint.npz"

# What of an optimizer is an array for each parameter.
_ARRAYS = ("mom1", "mom2", "averages")

Averages = dict[Any, Any]


class Position(NamedTuple):
    """How far a training is.

    Attributes:
        step: Number of updates made.
        epoch: Number of passes over the documents finished.
        batch: Number of batches of this pass learnt from.
        reader: State of the reader's own chance when this pass began.
        losses: Sum of losses since the last report.
        scores: Held-out scores as (score, step), in order.
    """

    step: int
    epoch: int
    batch: int
    reader: Any
    losses: float
    scores: list[tuple[float, int]]


def parameters(nlp: Language) -> Iterator[tuple[Model[Any, Any], str]]:
    """Yield the layers of the trained components with the names of their parameters, in order."""
    for _, component in nlp.pipeline:
        model = getattr(component, "model", None)
        if isinstance(model, Model):
            for layer in model.walk():
                for name in layer.param_names:
                    if layer.has_param(name):
                        yield layer, name


def save(
    folder: Path,
    key: str,
    *,
    nlp: Language,
    optimizer: Optimizer,
    best: Averages | None,
    position: Position,
) -> None:
    """Write a checkpoint.

    Args:
        folder: Where to; it is made where it is missing.
        key: Digest of everything that the training depends on.
        nlp: The pipeline in training.
        optimizer: Its optimizer.
        best: The averages that did best on what is held out; None where nothing is.
        position: How far the training is.

    Raises:
        KcspError: it cannot be written.
    """
    arrays: dict[str, Any] = {}
    updates = {}
    for at, (layer, name) in enumerate(parameters(nlp)):
        arrays[f"weights:{at}"] = layer.get_param(name)
        held = layer.id, name
        updates[at] = optimizer.nr_update[held]
        for kind in _ARRAYS:
            if held in (table := getattr(optimizer, kind) or {}):
                arrays[f"{kind}:{at}"] = table[held]
        if best is not None and held in best:
            arrays[f"best:{at}"] = best[held]
    kind, words, *rest = np.random.get_state(legacy=True)
    state = {
        "key": key,
        "position": position._asdict(),
        "updates": updates,
        "best": best is not None,
        # White space where examples were cut is in no other place, and is stored with a pipeline.
        "strings": sorted(nlp.vocab.strings),
        "random": random.getstate(),
        "numpy": [kind, np.asarray(words).tolist(), *rest],
    }
    arrays["state"] = np.frombuffer(json.dumps(state).encode(), dtype=np.uint8)
    part = folder / f"{FILE}.part"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with part.open("wb") as stream:
            np.savez(stream, **arrays)
        part.replace(folder / FILE)
    except OSError as error:
        raise KcspError(
            f"{folder}: cannot be written ({error.strerror}); expected a place for what a killed "
            "training goes on from"
        ) from error


class Checkpoint:
    """A checkpoint as read; `restore` puts it into a pipeline and its optimizer."""

    def __init__(self, arrays: Mapping[str, Any], state: Mapping[str, Any]) -> None:
        self._arrays, self._state = arrays, state
        held = state["position"]
        self.position = Position(
            **{**held, "scores": [(score, step) for score, step in held["scores"]]}
        )

    @classmethod
    def load(cls, folder: Path, key: str) -> Checkpoint | None:
        """Read the checkpoint of a folder; None where there is none of this training.

        One that is damaged, or of other documents, settings or versions, is none.
        """
        try:
            # Opened here, as numpy would leave a damaged file open.
            with (
                (folder / FILE).open("rb") as stream,
                np.load(stream, allow_pickle=False) as stored,
            ):
                arrays = {name: stored[name] for name in stored.files}
            state = json.loads(arrays.pop("state").tobytes())
            return cls(arrays, state) if state["key"] == key else None
        except (OSError, ValueError, KeyError, EOFError, zipfile.BadZipFile):
            return None

    def restore(self, nlp: Language, optimizer: Optimizer) -> Averages | None:
        """Put weights and moments back, and return the best averages; None where there are none.

        Chance is put back apart, by `restore_chance`, once nothing else is drawn from it.
        """
        best: Averages | None = {} if self._state["best"] else None
        for string in self._state["strings"]:
            nlp.vocab.strings.add(string)
        for at, (layer, name) in enumerate(parameters(nlp)):
            held = layer.id, name
            layer.set_param(name, self._arrays[f"weights:{at}"])
            optimizer.nr_update[held] = self._state["updates"][str(at)]
            for kind in _ARRAYS:
                if f"{kind}:{at}" in self._arrays:
                    getattr(optimizer, kind)[held] = self._arrays[f"{kind}:{at}"]
            if best is not None and f"best:{at}" in self._arrays:
                best[held] = self._arrays[f"best:{at}"]
        for _ in range(self.position.step):
            optimizer.step_schedules()  # type: ignore[no-untyped-call]
        return best

    def restore_chance(self) -> None:
        """Put Python's and numpy's sources of chance back."""
        version, words, gauss = self._state["random"]
        random.setstate((version, tuple(words), gauss))
        kind, state, *rest = self._state["numpy"]
        np.random.set_state((kind, np.array(state, dtype=np.uint32), *rest))
