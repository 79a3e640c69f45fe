"""A chart with everything around it: what it counts, what it shows in words, its table and file."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple

from markupsafe import Markup

from kcsp_nlp.dashboard.charts.columns import Drawing, Series, columns, totals
from kcsp_nlp.dashboard.charts.periods import Periods
from kcsp_nlp.dashboard.charts.scales import scale
from kcsp_nlp.dashboard.charts.sheets import Sheet, sheet_file
from kcsp_nlp.dashboard.charts.words import trend
from kcsp_nlp.dashboard.page import File

_PANEL = 112  # pixels: height of a chart that stands beside others


class Panel(NamedTuple):
    """One chart of a figure.

    Attributes:
        anchor: Its id on the page.
        title: What it shows; empty where the title of the figure says it.
        href: Where its title leads, from the root of the site; None for nowhere.
        look: Class, for the colour of its title's mark.
        words: What it shows, computed.
        svg: The chart.
    """

    anchor: str
    title: str
    href: str | None
    look: str
    words: str
    svg: Markup


class Figure(NamedTuple):
    """A chart, or several that share their axes, and the same as a table.

    Attributes:
        anchor: Its id on the page.
        title: What it counts.
        panels: The charts.
        keys: What is stacked, from the foot up: class and name; empty for a single series.
        sheet: The table.
        path: Where the table lies as a file.
        note: What a reader must know to read it rightly; empty for nothing.
    """

    anchor: str
    title: str
    panels: tuple[Panel, ...]
    sheet: Sheet
    path: str
    keys: tuple[tuple[str, str], ...] = ()
    note: str = ""

    @property
    def file(self) -> File:
        """The table as a file."""
        return sheet_file(self.path, self.sheet)


class Shown(NamedTuple):
    """One chart to be: what is counted, and how it is introduced.

    Attributes:
        series: What is stacked in its columns; one, where nothing is.
        title: As `Panel.title`.
        href: As `Panel.href`.
    """

    series: tuple[Series, ...]
    title: str = ""
    href: str | None = None


def panels(
    anchor: str,
    periods: Periods,
    shown: Sequence[Shown],
    *,
    write: Callable[[float], str],
    tell: Callable[[float], str],
    exact: Callable[[float], str] | None = None,
    whole: bool = True,
    shared: bool = True,
) -> tuple[Panel, ...]:
    """Draw charts of the same periods.

    Args:
        anchor: Id of the figure, from which those of the charts are made.
        periods: The columns.
        shown: The charts.
        write: How a value is written in a chart: "41".
        tell: How a value is written in a sentence: "41 agenda items".
        exact: How it is written there, where it is clear what is counted; None: as in the chart.
        whole: Whether values are whole numbers.
        shared: Whether all have the same axis of values; else each has its own.
    """
    drawn = []
    alone = len(shown) == 1
    everything = [value for each in shown for value in totals(each.series)]
    for place, each in enumerate(shown):
        values = everything if shared else totals(each.series)
        axis = scale(values, about=4 if alone else 3, whole=whole)
        drawing = Drawing(axis, write) if alone else Drawing(axis, write, _PANEL)
        own = f"{anchor}-{place}"
        named = f"{anchor}-title" + (f" {own}-title" if each.title else "")
        told = f"{own}-words"
        drawn.append(
            Panel(
                anchor=own,
                title=each.title,
                href=each.href,
                look=each.series[0].look if len(each.series) == 1 else "",
                words=trend(periods, totals(each.series), tell, exact or write),
                svg=columns(periods, each.series, drawing, named, told),
            )
        )
    return tuple(drawn)
