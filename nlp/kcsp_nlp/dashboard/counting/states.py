"""Actions by how they stand on a day."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from kcsp_nlp.dashboard.source import Source
from kcsp_nlp.dashboard.standing import State, state


class Action(NamedTuple):
    """An action: the date of the meeting that recorded it, and how it stands."""

    date: str | None
    state: State


def actions(source: Source, today: date, topic: str | None = None) -> list[Action]:
    """Return how actions stand on a day.

    Args:
        source: The warehouse.
        today: The day.
        topic: Only of agenda items with this topic; None for all.
    """
    where = (
        "JOIN item_topics t ON t.item_id = a.item_id AND t.assigned AND t.topic_id = ?"
        if topic
        else ""
    )
    return [
        Action(row["date"], state(row["due"], today))
        for row in source.rows(
            "SELECT a.due, m.date FROM actions a "
            f"JOIN meetings m ON m.meeting_id = a.meeting_id {where} ORDER BY a.action_id",
            *([topic] if topic else []),
        )
    ]
