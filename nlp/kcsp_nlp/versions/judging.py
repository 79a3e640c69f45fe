"""Whether a new model may replace the one in use.

It may where, on labelled minutes that neither was trained on, all of this holds:

1. No label and no topic that is labelled there at all has an F1 lower by more than the margin.
2. No whole (spans micro, topics micro, topics macro) has an F1 lower by more than the margin,
   or lower beyond noise: with the 95 % interval of its difference, by paired bootstrap over
   documents, lying below zero as a whole.
3. Each whole can be judged: at least five documents, and something labelled.
4. It knows every topic that the old one knows.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from kcsp_nlp.versions.comparison import Compared, Comparison, Table

MARGIN = 0.02
# Differences have four decimals: one of just the margin is not more than it.
_ROUNDING = 1e-9

_WHOLES: tuple[tuple[Table, str], ...] = (
    ("spans", "micro"),
    ("topics", "micro"),
    ("topics", "macro"),
)


class Objection(NamedTuple):
    """What speaks against a model.

    Attributes:
        table: `spans` or `topics`; None where it is no figure that speaks.
        name: The label, topic or whole; None likewise.
        says: Why, in words.
    """

    table: Table | None
    name: str | None
    says: str


def judge(comparison: Comparison, margin: float = MARGIN) -> list[Objection]:
    """Return what speaks against the new model; nothing where it may replace the old one.

    Args:
        comparison: Of both models, on minutes that neither was trained on.
        margin: How much the F1 of a label, topic or whole may fall.
    """
    found = [
        Objection("topics", topic, f"topic {topic} is known to the old model alone")
        for topic in comparison.topics_lost
    ]
    for table, figures in comparison.tables().items():
        for name, figure in figures.items():
            if figure.support and figure.difference < -margin - _ROUNDING:
                says = f"{table} {name} falls by {-figure.difference:.3f}, more than {margin:g}"
                found.append(Objection(table, name, says))
    for table, name in _WHOLES:
        figure = comparison.tables()[table][name]
        found.extend(
            Objection(table, name, f"{table} {name} {says}") for says in _whole(figure, comparison)
        )
    return found


def _whole(figure: Compared, comparison: Comparison) -> Iterator[str]:
    if not figure.support:
        yield "cannot be judged: nothing of the kind is labelled"
    elif figure.ci95 is None:
        yield (
            f"cannot be judged: {comparison.documents} documents that neither model was trained "
            "on, expected at least five"
        )
    elif figure.ci95[1] < 0:
        low, high = figure.ci95
        yield f"is worse beyond noise: 95 % interval of the difference {low:+.3f} to {high:+.3f}"
