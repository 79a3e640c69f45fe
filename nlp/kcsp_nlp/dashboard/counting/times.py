"""Meetings and agenda items by date."""

from __future__ import annotations

from collections import defaultdict
from typing import NamedTuple

from kcsp_nlp.dashboard.charts.periods import Periods, choose
from kcsp_nlp.dashboard.source import Source

Counted = list[tuple[str | None, int]]
_COLOURS = 8  # classes topic-1 to topic-8 of site.css


class Topic(NamedTuple):
    """A topic: its identifier, its title in words, and the class that gives its colour."""

    id: str
    title: str
    look: str


class Times(NamedTuple):
    """When meetings were, and what their agendas held.

    Attributes:
        periods: What time is counted by.
        meetings: Meetings in each period.
        items: Agenda items in each period; None where there was no meeting.
        topics: The same, of the items that have the topic, by its identifier.
        undated: Meetings that fall into none.
    """

    periods: Periods
    meetings: tuple[int, ...]
    items: tuple[int | None, ...]
    topics: dict[str, tuple[int | None, ...]]
    undated: int


def topics(source: Source) -> list[Topic]:
    """Return the topics, in the order in which they have their colours."""
    return [
        Topic(row["topic_id"], row["title"], f"topic-{place % _COLOURS + 1}")
        for place, row in enumerate(source.topics())
    ]


def times(source: Source, body: str | None = None) -> Times:
    """Return how meetings and agenda items lie in time.

    Args:
        source: The warehouse.
        body: Only meetings of this body; None for all.
    """
    where, values = ("WHERE m.body_id = ?", [body]) if body else ("", [])
    dated = "FROM items i JOIN meetings m ON m.meeting_id = i.meeting_id"
    met = [
        (row["date"], row["n"])
        for row in source.rows(
            f"SELECT m.date, COUNT(*) n FROM meetings m {where} GROUP BY m.date", *values
        )
    ]
    and_ = f"{where} AND" if where else "WHERE"
    items = [
        (row["date"], row["n"])
        for row in source.rows(
            f"SELECT m.date, COUNT(*) n {dated} {and_} i.kind = 'item' GROUP BY m.date", *values
        )
    ]
    by_topic: dict[str, Counted] = defaultdict(list)
    for row in source.rows(
        f"SELECT t.topic_id, m.date, COUNT(*) n {dated} "
        f"JOIN item_topics t ON t.item_id = i.item_id {and_} i.kind = 'item' "
        "AND t.assigned GROUP BY t.topic_id, m.date",
        *values,
    ):
        by_topic[row["topic_id"]].append((row["date"], row["n"]))
    periods = choose(date for date, _ in met)
    meetings = periods.fold(met)
    return Times(
        periods=periods,
        meetings=tuple(meetings),
        items=_where_met(meetings, periods.fold(items)),
        topics={
            topic.id: _where_met(meetings, periods.fold(by_topic[topic.id]))
            for topic in topics(source)
        },
        undated=sum(count for _, count in met) - sum(meetings),
    )


def _where_met(meetings: list[int], counts: list[int]) -> tuple[int | None, ...]:
    return tuple(count if met else None for met, count in zip(meetings, counts, strict=True))
