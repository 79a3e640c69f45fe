"""A trend in the room of a word: columns without an axis, told in words."""

from __future__ import annotations

from collections.abc import Sequence

from markupsafe import Markup

from kcsp_nlp.dashboard.charts.markup import element, share

_HEIGHT = 24  # pixels
_FILL = 0.8  # share of its place that a column fills


def spark(values: Sequence[float | None], told: str, look: str = "", most: float = 0) -> Markup:
    """Return a trend.

    Args:
        values: One per period; None is a gap.
        told: What it shows, in words: its accessible name.
        look: Class, for its colour.
        most: What the whole height stands for, where trends are compared; else their largest.
    """
    top = max([most, *(value or 0.0 for value in values)]) or 1.0
    count = max(1, len(values))
    parts = [element("line", class_="chart-grid", x1="0%", x2="100%", y1=_HEIGHT, y2=_HEIGHT)]
    for place, value in enumerate(values):
        if value:
            height = value / top * _HEIGHT
            parts.append(
                element(
                    "rect",
                    class_=f"chart-bar {look}".rstrip(),
                    x=share((place + (1 - _FILL) / 2) / count),
                    y=_HEIGHT - height,
                    width=share(_FILL / count),
                    height=height,
                )
            )
    return element(
        "svg",
        parts,
        class_="chart-spark",
        role="img",
        aria_label=told,
        width="100%",
        height=_HEIGHT,
    )
