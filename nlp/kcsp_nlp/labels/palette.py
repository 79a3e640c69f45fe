"""What labels and topics look like in labelling tools: colours and keys."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import cycle

from kcsp_nlp.records import Label

COLOURS: dict[Label, str] = {
    "PERSON": "#4e79a7",
    "ROLE": "#f28e2b",
    "ORG": "#59a14f",
    "MONEY": "#edc948",
    "LEGISLATION": "#b07aa1",
}
# The key that gives a label; digits are free in every tool.
KEYS: dict[Label, str] = {"PERSON": "1", "ROLE": "2", "ORG": "3", "MONEY": "4", "LEGISLATION": "5"}

_TOPIC_COLOURS = ("#9c755f", "#76b7b2", "#e15759", "#bab0ac", "#ff9da7", "#86bcb6")


def topic_colours(names: Sequence[str]) -> dict[str, str]:
    """Return a colour for each topic; they repeat where there are many."""
    return dict(zip(names, cycle(_TOPIC_COLOURS), strict=False))
