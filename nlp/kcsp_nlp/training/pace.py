"""How long to train, and which bodies judge where training may stop early."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from pathlib import Path
from typing import Any, NamedTuple

from kcsp_nlp.errors import CorpusError
from kcsp_nlp.labels.corpus import LabelledMinutes

# One body in so many judges where training may stop early.
_HELD_OUT = 16


class Pace(NamedTuple):
    """How long to train, where not as the config says.

    Attributes:
        steps: Updates; None as the config says.
        every: Updates between two scores; None as the config says.
        patience: Updates without a better score on held-out bodies after which training stops
            with the best state; 0 holds nothing out and takes the last state.
    """

    steps: int | None = None
    every: int | None = None
    patience: int = 0


FULL = Pace()
# Under five minutes on two cores, for the whole corpus.
QUICK = Pace(steps=400, every=50, patience=150)


def held_out(documents: Sequence[LabelledMinutes]) -> frozenset[str]:
    """Return the bodies that judge training which may stop early: one in 16, by their names.

    A body stays what it is when others are added; one is held out of however few.

    Raises:
        CorpusError: there is one body alone.
    """
    numbers = {}
    for group in {document.group for document in documents}:
        digest = hashlib.sha256(" ".join(group.lower().split()).encode()).digest()
        numbers[group] = int.from_bytes(digest[:4], "big")
    if len(numbers) < 2:  # noqa: PLR2004 one to learn from, one to judge by
        raise CorpusError(
            "training: the labelled minutes are of one body, expected at least 2 where training "
            "stops early, one of them to judge by; add another body's, or leave out --patience "
            "and --quick"
        )
    held = {group for group, number in numbers.items() if number % _HELD_OUT == 0}
    return frozenset(held or {min(numbers, key=lambda group: (numbers[group], group))})


def overrides(corpus: Sequence[Path], pace: Pace) -> dict[str, Any]:
    """Return what of a training config is not as its file has it, by dotted names."""
    changed: dict[str, Any] = {"paths.corpus": [str(path) for path in corpus]}
    if pace.steps is not None:
        changed["training.max_steps"] = pace.steps
    if pace.every is not None:
        changed["training.eval_frequency"] = pace.every
    if pace.patience:
        changed["training.patience"] = pace.patience
    return changed
