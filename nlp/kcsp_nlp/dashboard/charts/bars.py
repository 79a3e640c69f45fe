"""One bar of a ranked table. The number stands beside it, so that it is no picture by itself."""

from __future__ import annotations

from markupsafe import Markup

from kcsp_nlp.dashboard.charts.markup import element, share

_HEIGHT = 8  # pixels


def bar(value: float, most: float, look: str = "") -> Markup:
    """Return a bar as long as a value is beside the largest one.

    Args:
        value: What is drawn; not below 0.
        most: The largest of the table; where it is 0, nothing is drawn.
        look: Class of the bar, for its colour: topic-2.
    """
    length = min(1.0, value / most) if most > 0 else 0.0
    rect = element(
        "rect",
        class_=f"chart-bar {look}".rstrip(),
        x="0%",
        y=0,
        width=share(length),
        height=_HEIGHT,
    )
    return element(
        "svg",
        [rect] if length else [],
        class_="chart-row",
        aria_hidden="true",
        width="100%",
        height=_HEIGHT,
    )
