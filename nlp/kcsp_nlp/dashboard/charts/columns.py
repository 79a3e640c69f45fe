"""Values over time as columns; several series are stacked, and a gap stays empty."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple

from markupsafe import Markup

from kcsp_nlp.dashboard.charts import labels
from kcsp_nlp.dashboard.charts.markup import element, share
from kcsp_nlp.dashboard.charts.periods import Periods
from kcsp_nlp.dashboard.charts.scales import Scale

Value = float | None
_HEAD = 20  # pixels over the highest mark: a label fits
_FOOT = 22  # pixels for what stands under the columns
_LINE = 17  # pixels of one line
_FILL = 0.76  # share of its place that a column fills
_WIDEST = 0.07  # of the chart: a single column is no wall
_FEW = (3, 6, 12)  # classes few-3 … keep charts of few columns narrow


class Series(NamedTuple):
    """What is stacked in every column.

    Attributes:
        name: What it is, in words.
        look: Its class: topic-2, state-overdue.
        values: One per period; None where nothing was counted because there was no meeting.
    """

    name: str
    look: str
    values: tuple[Value, ...]


class Drawing(NamedTuple):
    """How columns are drawn.

    Attributes:
        scale: The axis of values; shared by charts that are compared.
        write: How a value is written over its column and at the axis.
        height: Pixels from the foot of the columns to the highest mark.
    """

    scale: Scale
    write: Callable[[float], str]
    height: int = 168


def columns(
    periods: Periods, series: Sequence[Series], drawing: Drawing, named_by: str, told_by: str
) -> Markup:
    """Return a chart.

    Args:
        periods: The columns.
        series: What is stacked in them, from the foot up; of equal length.
        drawing: How.
        named_by: Id of the element that is the chart's accessible name.
        told_by: Id of the element that tells in words what it shows.
    """
    sums = totals(series)
    heights = [
        None if each is None else drawing.scale.place(each) * drawing.height for each in sums
    ]
    texts = ["" if each is None else drawing.write(each) for each in sums]
    foot = _HEAD + drawing.height
    parts = [
        *_grid(drawing),
        *_all_columns(periods, series, drawing),
        *(
            _text(each, len(sums), foot - (heights[each.place] or 0.0) - 5, "chart-value")
            for each in labels.values(heights, texts, drawing.height, _LINE)
        ),
        *(_text(each, len(sums), foot + 16, "chart-label") for each in labels.ticks(periods)),
        *(
            _text(each, len(sums), foot + 16 + _LINE, "chart-label")
            for each in labels.years(periods)
        ),
    ]
    height = foot + _FOOT + (_LINE if periods.unit == "quarter" else 0)
    looks = ["chart-columns", f"gutter-{_gutter(drawing)}", *_few(len(sums))]
    return element(
        "svg",
        parts,
        class_=" ".join(looks),
        role="img",
        aria_labelledby=named_by,
        aria_describedby=told_by,
        width="100%",
        height=height,
    )


def totals(series: Sequence[Series]) -> list[Value]:
    """Return what every column holds in all; None for a gap."""
    return [
        None if all(each is None for each in parts) else sum(each or 0.0 for each in parts)
        for parts in zip(*(each.values for each in series), strict=True)
    ]


def _few(count: int) -> list[str]:
    return [f"few-{most}" for most in _FEW if count <= most][:1]


def _gutter(drawing: Drawing) -> int:
    """Return how many characters the axis needs: 2 to 6."""
    return min(6, max(2, *(len(drawing.write(mark)) for mark in drawing.scale.marks)))


def _grid(drawing: Drawing) -> list[Markup]:
    parts = []
    for mark in drawing.scale.marks:
        y = _HEAD + (1 - drawing.scale.place(mark)) * drawing.height
        if mark:
            parts.append(element("line", class_="chart-grid", x1="0%", x2="100%", y1=y, y2=y))
        text = drawing.write(mark)
        parts.append(
            element("text", text, class_="chart-label", x=-8, y=y + 4.5, text_anchor="end")
        )
    return parts


def _all_columns(periods: Periods, series: Sequence[Series], drawing: Drawing) -> list[Markup]:
    parts: list[Markup] = []
    count = len(periods.members)
    foot = _HEAD + drawing.height
    filled = min(_FILL / max(1, count), _WIDEST)
    for place, period in enumerate(periods.members):
        held = [(each, each.values[place]) for each in series]
        if all(value is None for _, value in held):
            continue
        left = (place + 0.5) / count - filled / 2
        told = f"{period.label}: " + ", ".join(
            (f"{each.name} " if len(series) > 1 else "") + drawing.write(value or 0.0)
            for each, value in held
        )
        column = [element("title", told)]
        reached = 0.0
        for each, value in held:
            height = drawing.scale.place(value or 0.0) * drawing.height
            if height:
                y = foot - reached - height
                column.append(
                    element(
                        "rect",
                        class_=f"chart-bar {each.look}".rstrip(),
                        x=share(left),
                        y=y,
                        width=share(filled),
                        height=height,
                    )
                )
            reached += height
        ends = {"x1": share(place / count), "x2": share((place + 1) / count)}
        column.append(element("line", class_="chart-axis", y1=foot, y2=foot, **ends))
        parts.append(element("g", column))
    return parts


def _text(label: labels.Label, count: int, y: float, look: str) -> Markup:
    x = share((label.place + 0.5) / count)
    return element(
        "text", label.text, class_=f"{look} at {label.classes}", x=x, y=y, text_anchor="middle"
    )
