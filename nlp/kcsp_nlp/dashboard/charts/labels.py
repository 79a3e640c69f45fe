"""Which labels of a chart show, so that none lies on another, for each width it may have."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from kcsp_nlp.dashboard.charts.periods import Period, Periods

# The least room between the axis and the right edge, in CSS pixels, for each level. The classes
# at-narrow, at-middle and at-wide of `assets/charts.css` show what each level has.
LEVELS: dict[str, int] = {"narrow": 232, "middle": 420, "wide": 660}
_DIGIT = 8.4  # pixels; DejaVu Sans, the widest of our letters, at 13 px
_APART = 6.0  # least pixels between two labels
_STEPS = (1, 2, 5, 10, 20, 50, 100)


class Label(NamedTuple):
    """A label over or under a column.

    Attributes:
        place: Which column, from 0.
        text: What it says.
        classes: The levels that it shows at: `at-narrow at-wide`.
    """

    place: int
    text: str
    classes: str


def width(text: str) -> float:
    """Return how wide a label is at most, in pixels."""
    return len(text) * _DIGIT


def ticks(periods: Periods) -> list[Label]:
    """Return what stands under the columns."""
    shown = {level: _ticks_at(periods, room) for level, room in LEVELS.items()}
    return _joined({place: each.tick for place, each in enumerate(periods.members)}, shown)


def years(periods: Periods) -> list[Label]:
    """Return the years under quarters; nothing for longer periods."""
    if periods.unit != "quarter":
        return []
    texts = {place: str(each.year) for place, each in enumerate(periods.members)}
    first = [place for place, each in enumerate(periods.members) if each.opens]
    shown = {
        level: _fitting([*first, 0], texts, room / len(texts)) for level, room in LEVELS.items()
    }
    return _joined(texts, shown)


def values(
    heights: Sequence[float | None], texts: Sequence[str], height: float, line: float
) -> list[Label]:
    """Return what stands over the columns: every value where all fit, else the largest and last.

    Args:
        heights: How high each column is, in pixels; None is a gap, which has no label.
        texts: What each label would say.
        height: How high the highest may be, in pixels.
        line: How high a label is, in pixels.
    """
    known = [place for place, each in enumerate(heights) if each is not None]
    if not known:
        return []
    largest = max(known, key=lambda place: (heights[place], -place))
    by_place = {place: texts[place] for place in known}
    shown = {}
    for level, room in LEVELS.items():
        pitch = room / len(heights)
        if all(width(text) + _APART <= pitch for text in by_place.values()):
            shown[level] = set(known)
            continue
        wanted = [
            place
            for place in (largest, known[-1])
            if _is_clear(heights, place, width(texts[place]) / 2 / pitch, line)
        ]
        shown[level] = _fitting(wanted, by_place, pitch)
    return _joined(by_place, shown)


def _is_clear(heights: Sequence[float | None], place: int, reach: float, line: float) -> bool:
    """Return whether no neighbour rises into the label over a column; `reach` is in columns."""
    foot = heights[place] or 0.0
    first, last = int(place - reach), int(place + reach + 1)
    near = heights[max(0, first) : last + 1]
    return all((each or 0.0) <= foot + line / 4 for each in near)


def _ticks_at(periods: Periods, room: float) -> set[int]:
    pitch = room / max(1, len(periods.members))
    texts = {place: each.tick for place, each in enumerate(periods.members)}
    if periods.unit == "quarter":
        widest = max((width(text) for text in texts.values()), default=0.0)
        return set(texts) if widest + 1 <= pitch else set()
    length = 10 if periods.unit == "decade" else 1
    for step in _STEPS:
        wanted = [
            place
            for place, each in enumerate(periods.members)
            if len(texts) == 1 or _is_round(each, step * length)
        ]
        if wanted and len(fitting := _fitting(wanted, texts, pitch)) == len(wanted):
            return fitting
    return {0} if texts else set()


def _is_round(period: Period, step: int) -> bool:
    return period.year % step == 0


def _fitting(wanted: Iterable[int], texts: dict[int, str], pitch: float) -> set[int]:
    """Return those that fit beside each other; the first ones go first."""
    taken: dict[int, float] = {}
    for place in wanted:
        half = (width(texts[place]) + _APART) / 2
        if all(abs(place - other) * pitch >= half + there for other, there in taken.items()):
            taken[place] = half
    return set(taken)


def _joined(texts: dict[int, str], shown: dict[str, set[int]]) -> list[Label]:
    labels = []
    for place, text in texts.items():
        classes = [f"at-{level}" for level, places in shown.items() if place in places]
        if classes:
            labels.append(Label(place, text, " ".join(classes)))
    return labels
