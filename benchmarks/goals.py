"""What is aimed at, and whether the figures of one run of `benchmarks.run` reach it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import NamedTuple


class Goal(NamedTuple):
    """A bound on one figure.

    Attributes:
        what: In words.
        figure: Its name.
        bound: What it is to be at least, or at most.
        is_least: Whether it is to be at least that.
        is_judged: Whether the aim is this one; else the line stands beside it for comparison.
    """

    what: str
    figure: str
    bound: float
    is_least: bool = True
    is_judged: bool = True


GOALS = (
    Goal("tokens/s, times en_core_web_sm in spaCy's own batches", "ratio", 3.0),
    Goal("  the same in the batches that suit it best", "ratio_best_batch", 3.0, is_judged=False),
    Goal("tokens/s, times its `ner` alone in spaCy's own batches", "ner_ratio", 1.5),
    Goal(
        "  the same in the batches that suit it best", "ner_ratio_best_batch", 1.5, is_judged=False
    ),
    Goal("two workers, times one (by the clock, without start)", "speedup", 1.8),
    Goal(
        "  the same by CPU time: two cores that do nothing else",
        "speedup_on_free_cores",
        1.8,
        is_judged=False,
    ),
    Goal("most memory of a worker, MB", "worker_most_mb", 500, is_least=False),
    Goal("memory after 20,000 documents, times that after 2,000 *", "soak_ratio", 1.15, False),
    Goal(
        "  the same after 2,000, times that after 200",
        "short_soak_ratio",
        1.15,
        is_least=False,
        is_judged=False,
    ),
    Goal("a character of 5 MB, times one of 50 kB", "long_ratio", 1.2, is_least=False),
)


def lines(figures: Mapping[str, float | None]) -> Iterator[str]:
    """Yield a line for each goal: the figure, the bound, whether it is met.

    Args:
        figures: By name; None for one that was not measured.
    """
    yield f"{'goal':58}{'figure':>8}  {'bound':8}"
    for goal in GOALS:
        figure = figures.get(goal.figure)
        bound = f"{'>=' if goal.is_least else '<='} {goal.bound:g}"
        if figure is None:
            said = "not measured"
        else:
            is_met = figure >= goal.bound if goal.is_least else figure <= goal.bound
            said = "met" if is_met else "not met"
            said = said if goal.is_judged else f"({said})"
        shown = "-" if figure is None else f"{figure:.2f}"
        yield f"{goal.what:58}{shown:>8}  {bound:8}{said}"
    yield "in brackets: for comparison;  *: of the last `benchmarks.soak`, in docs/soak.json"
