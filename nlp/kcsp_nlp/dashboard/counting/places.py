"""Meetings, items, sums and actions with the place that they stand at."""

from __future__ import annotations

from collections.abc import Iterator

from kcsp_nlp.dashboard.counting.sums import COUNTED
from kcsp_nlp.dashboard.source import Row, Source

_NEWEST = "m.date IS NULL, m.date DESC, m.meeting_id"
_MEETING = "m.meeting_id, m.date, COALESCE(b.name, m.body) AS body, m.body_id"
_COUNTS = ", ".join(
    f"(SELECT COUNT(*) FROM {table} y WHERE y.meeting_id = m.meeting_id{more}) AS {table}"
    for table, more in (("items", " AND y.kind = 'item'"), ("decisions", ""), ("actions", ""))
)


def meetings(source: Source, *, body: str | None = None, limit: int = -1) -> list[Row]:
    """Return meetings, newest first, with how many `items`, `decisions` and `actions` they have.

    Args:
        source: The warehouse.
        body: Only of this body; None for all.
        limit: How many at most; below 0 for all.
    """
    where = "WHERE m.body_id = ?" if body else ""
    return list(
        source.rows(
            f"SELECT {_MEETING}, {_COUNTS} FROM meetings m "
            f"LEFT JOIN bodies b ON b.body_id = m.body_id {where} "
            f"ORDER BY {_NEWEST} LIMIT {limit}",
            *([body] if body else []),
        )
    )


def topics_of_meetings(source: Source, body: str) -> dict[str, dict[str, int]]:
    """Return for each meeting of a body how many of its agenda items have each topic."""
    found: dict[str, dict[str, int]] = {}
    for row in source.rows(
        "SELECT t.meeting_id, t.topic_id, COUNT(*) n FROM meetings m "
        "JOIN item_topics t ON t.meeting_id = m.meeting_id "
        "JOIN items i ON i.item_id = t.item_id AND i.kind = 'item' "
        "WHERE m.body_id = ? AND t.assigned GROUP BY 1, 2",
        body,
    ):
        found.setdefault(row["meeting_id"], {})[row["topic_id"]] = row["n"]
    return found


def newest_items(source: Source, topic: str, limit: int) -> list[Row]:
    """Return the newest agenda items with a topic, with their `probability`."""
    return list(
        source.rows(
            f"SELECT {_MEETING}, i.position, i.number, i.title, t.probability FROM item_topics t "
            "JOIN items i ON i.item_id = t.item_id AND i.kind = 'item' "
            "JOIN meetings m ON m.meeting_id = t.meeting_id "
            "LEFT JOIN bodies b ON b.body_id = m.body_id WHERE t.topic_id = ? AND t.assigned "
            f"ORDER BY {_NEWEST}, i.position LIMIT {limit}",
            topic,
        )
    )


def largest_sums(
    source: Source, limit: int, *, topic: str | None = None, body: str | None = None
) -> list[Row]:
    """Return the largest sums that are counted, with where they stand; one of topic and body.

    A figure that a meeting names more than once under one item stands once, at its first place.
    """
    if topic is not None:
        scope = (
            "JOIN item_topics t ON t.item_id = x.item_id AND t.assigned AND t.topic_id = ? "
            "AND i.kind = 'item'"
        )
    else:
        scope = "AND m.body_id = ?"
    return list(
        source.rows(
            f"SELECT {_MEETING}, i.position, i.title, n.start_offset, x.text, x.amount, x.purpose, "
            "x.currency, MIN(n.start_offset) FROM money x "
            "JOIN mentions n ON n.mention_id = x.mention_id "
            "JOIN items i ON i.item_id = x.item_id "
            f"JOIN meetings m ON m.meeting_id = x.meeting_id {scope} "
            f"LEFT JOIN bodies b ON b.body_id = m.body_id WHERE {COUNTED} "
            "GROUP BY x.item_id, x.amount "
            f"ORDER BY x.amount DESC, {_NEWEST}, i.position LIMIT {limit}",
            topic if topic is not None else body,
        )
    )


def actions(source: Source, body: str) -> Iterator[Row]:
    """Yield the actions of a body's meetings, newest meeting first."""
    yield from source.rows(
        f"SELECT {_MEETING}, i.position, a.start_offset, a.text, a.owners, a.due "
        "FROM meetings m JOIN actions a ON a.meeting_id = m.meeting_id "
        "JOIN items i ON i.item_id = a.item_id "
        "LEFT JOIN bodies b ON b.body_id = m.body_id WHERE m.body_id = ? "
        f"ORDER BY {_NEWEST}, i.position, a.start_offset",
        body,
    )
