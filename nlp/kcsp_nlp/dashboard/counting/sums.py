"""Sums of money: which of them can be added up, and what they come to.

A sum is counted wherever it is named: minutes that repeat it count it again. Added up are sums in
pounds whose figure is certain and which are no rate (so much a week, a year): rates and sums do
not add. Sums of £100 million or more are kept apart: they are mostly national figures, and a few
of them outweigh all the rest.
"""

from __future__ import annotations

import math
import statistics
from collections.abc import Iterable
from typing import NamedTuple

from kcsp_nlp.dashboard.source import Source

LARGE = 100_000_000
_ABSURD = 1e15  # no sum of a public body; added up with others it would leave nothing of them
# Of a row `x` of `money`, as CASE: why it is left out; null where it is counted.
_WHY = f"""
    CASE WHEN x.amount IS NULL OR x.currency IS NULL THEN 'uncertain'
    WHEN x.amount < 0 OR x.amount > {_ABSURD} THEN 'uncertain'
    WHEN x.currency <> 'GBP' THEN 'foreign'
    WHEN x.period IS NOT NULL AND x.period <> 'one_off' THEN 'rates' END
"""
COUNTED = f"({_WHY}) IS NULL"


class Sum(NamedTuple):
    """One mention of a sum that is counted: the date of the meeting, and pounds."""

    date: str | None
    amount: float


class Tally(NamedTuple):
    """What mentions of sums come to.

    Attributes:
        mentions: How many are counted.
        total: Pounds of those below £100 million.
        large: How many of them are £100 million or more.
        large_total: Pounds of these.
        median: The one in the middle of all; None where there is none.
        largest: The largest of all; None where there is none.
    """

    mentions: int
    total: float
    large: int
    large_total: float
    median: float | None
    largest: float | None


class LeftOut(NamedTuple):
    """Mentions that are not counted.

    Attributes:
        uncertain: Without a certain figure or currency.
        foreign: In another currency.
        rates: So much an hour, a week, a year.
    """

    uncertain: int
    foreign: int
    rates: int


def tally(amounts: Iterable[float]) -> Tally:
    """Return what sums come to."""
    held = sorted(amounts)
    large = [amount for amount in held if amount >= LARGE]
    return Tally(
        mentions=len(held),
        total=math.fsum(held[: len(held) - len(large)]),
        large=len(large),
        large_total=math.fsum(large),
        median=statistics.median(held) if held else None,
        largest=held[-1] if held else None,
    )


def by_topic(source: Source) -> dict[str, list[Sum]]:
    """Return the mentions that are counted, of agenda items with a topic, by topic.

    One of an item with two topics stands under both.
    """
    found: dict[str, list[Sum]] = {}
    for row in source.rows(
        "SELECT t.topic_id, m.date, x.amount FROM money x "
        "JOIN items i ON i.item_id = x.item_id AND i.kind = 'item' "
        "JOIN item_topics t ON t.item_id = x.item_id AND t.assigned "
        f"JOIN meetings m ON m.meeting_id = x.meeting_id WHERE {COUNTED} "
        "ORDER BY t.topic_id, m.date, x.mention_id"
    ):
        found.setdefault(row["topic_id"], []).append(Sum(row["date"], row["amount"]))
    return found


def under_topics(source: Source, topic: str | None = None) -> Tally:
    """Return what the mentions of agenda items with a topic come to, each counted once.

    Args:
        source: The warehouse.
        topic: Only of items with this one; None for those with any.
    """
    scope, values = _under(topic)
    return tally(
        row["amount"]
        for row in source.rows(f"SELECT x.amount FROM money x {scope} AND {COUNTED}", *values)
    )


def left_out(source: Source, topic: str | None = None, body: str | None = None) -> LeftOut:
    """Return how many mentions are not counted.

    Args:
        source: The warehouse.
        topic: Only of agenda items with this topic; None for those with any.
        body: Of all items of this body's meetings, whatever their topics; None for topics.
    """
    scope, values = _under(topic)
    if body is not None:
        scope = "JOIN meetings m ON m.meeting_id = x.meeting_id WHERE m.body_id = ?"
        values = [body]
    counts = {
        row["why"]: row["n"]
        for row in source.rows(
            f"SELECT {_WHY} AS why, COUNT(*) n FROM money x {scope} GROUP BY 1", *values
        )
    }
    return LeftOut(*(counts.get(why, 0) for why in LeftOut._fields))


def of_body(source: Source, body: str) -> Tally:
    """Return what the mentions in a body's minutes come to, whatever topics their items have."""
    return tally(
        row["amount"]
        for row in source.rows(
            "SELECT x.amount FROM meetings m JOIN money x ON x.meeting_id = m.meeting_id "
            f"WHERE m.body_id = ? AND {COUNTED}",
            body,
        )
    )


def _under(topic: str | None) -> tuple[str, list[str]]:
    has = "SELECT 1 FROM item_topics t WHERE t.item_id = x.item_id AND t.assigned"
    has += " AND t.topic_id = ?" if topic is not None else ""
    scope = f"JOIN items i ON i.item_id = x.item_id AND i.kind = 'item' WHERE EXISTS ({has})"
    return scope, [topic] if topic is not None else []
