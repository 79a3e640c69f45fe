"""Meetings and agenda items over time."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from kcsp_nlp.dashboard.addresses import address
from kcsp_nlp.dashboard.charts.columns import Series
from kcsp_nlp.dashboard.charts.figures import Figure, Shown, panels
from kcsp_nlp.dashboard.charts.periods import Period
from kcsp_nlp.dashboard.charts.sheets import Cell, Sheet, count, text
from kcsp_nlp.dashboard.counting.times import Times, Topic
from kcsp_nlp.dashboard.fragments import narrowed
from kcsp_nlp.dashboard.wording import number, plural


def noun(one: str) -> Callable[[float], str]:
    """Return how counts of something are written in a sentence."""
    return lambda value: plural(int(value), one)


def by_topic(times: Times, topics: Sequence[Topic], anchor: str, path: str) -> Figure:
    """Return a chart for each topic, which share their axes.

    Args:
        times: What is counted.
        topics: Those that are shown.
        anchor: Id of the figure.
        path: Where its table lies as a file.
    """
    shown = [
        Shown(
            (Series("agenda items", topic.look, times.topics[topic.id]),),
            topic.title,
            address("topics", topic.id),
        )
        for topic in topics
    ]
    head = (_column(times), "Meetings", "Agenda items", *(topic.title for topic in topics))
    rows = tuple(
        (
            *_opening(times, place, period),
            *(
                count(
                    times.topics[topic.id][place],
                    narrowed("items", topic=topic.id, from_=period.first, to=period.last),
                )
                for topic in topics
            ),
        )
        for place, period in enumerate(times.periods.members)
    )
    return Figure(
        anchor,
        f"Agenda items that the program gave each topic, by {times.periods.noun}",
        panels(anchor, times.periods, shown, write=number, tell=noun("agenda item")),
        Sheet(head, rows),
        path,
        note=" ".join(
            filter(
                None,
                (
                    "An item with two topics counts under both. More items in a period may only "
                    "mean that there are minutes of more meetings: the table has both.",
                    undated(times),
                ),
            )
        ),
    )


def of_topic(times: Times, topic: Topic, path: str) -> Figure:
    """Return the chart of one topic; its table lies at `path`."""
    counts = times.topics[topic.id]
    rows = tuple(
        (
            *_opening(times, place, period),
            count(
                counts[place],
                narrowed("items", topic=topic.id, from_=period.first, to=period.last),
            ),
        )
        for place, period in enumerate(times.periods.members)
    )
    shown = [Shown((Series("agenda items", topic.look, counts),))]
    return Figure(
        "items",
        f"Agenda items that the program gave the topic, by {times.periods.noun}",
        panels("items", times.periods, shown, write=number, tell=noun("agenda item")),
        Sheet((_column(times), "Meetings", "Agenda items", "With the topic"), rows),
        path,
        note=undated(times),
    )


def meetings(times: Times, body: str, path: str) -> Figure:
    """Return the meetings of a body over time; the table lies at `path`."""
    counts = tuple(each or None for each in times.meetings)
    rows = tuple(
        _opening(times, place, period, body) for place, period in enumerate(times.periods.members)
    )
    shown = [Shown((Series("meetings", "", counts),))]
    return Figure(
        "meetings-over-time",
        f"Meetings with minutes here, by {times.periods.noun}",
        panels("meetings-over-time", times.periods, shown, write=number, tell=noun("meeting")),
        Sheet((_column(times), "Meetings", "Agenda items"), rows),
        path,
        note=undated(times),
    )


def undated(times: Times) -> str:
    """Return the sentence on meetings that fall into no period; empty where there are none."""
    if not times.undated:
        return ""
    verb = "is" if times.undated == 1 else "are"
    return f"{plural(times.undated, 'meeting')} without a known date {verb} left out."


def _column(times: Times) -> str:
    return times.periods.noun.capitalize()


def _opening(times: Times, place: int, period: Period, body: str | None = None) -> tuple[Cell, ...]:
    days = {"from_": period.first, "to": period.last, "body": body}
    return (
        text(period.label),
        count(times.meetings[place], narrowed("meetings", **days)),
        count(times.items[place], narrowed("items", **days)),
    )
