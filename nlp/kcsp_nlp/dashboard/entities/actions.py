"""Actions that somebody owns, and how they stand on a day."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

from kcsp_nlp.dashboard.addresses import action_anchor
from kcsp_nlp.dashboard.entities.batches import Batch, by_member
from kcsp_nlp.dashboard.source import Row, Source
from kcsp_nlp.dashboard.standing import State, state

_ACTIONS = """
    SELECT DISTINCT o.{key} AS id, a.action_id, a.text, a.due, a.start_offset, i.position,
        m.meeting_id, m.date, COALESCE(b.name, m.body) AS body
    FROM action_owners o JOIN actions a ON a.action_id = o.action_id
    JOIN items i ON i.item_id = a.item_id JOIN meetings m ON m.meeting_id = a.meeting_id
    LEFT JOIN bodies b ON b.body_id = m.body_id
    WHERE o.{key} BETWEEN ?1 AND ?2
    ORDER BY o.{key}, m.date DESC, m.meeting_id, i.position, a.start_offset
"""


class Owned(NamedTuple):
    """An action: its text, when it is due, how it stands, and the meeting that recorded it."""

    text: str
    due: str | None
    state: State
    meeting_id: str
    anchor: str
    date: str | None
    body: str | None


def action_rows(source: Source, batch: Batch) -> dict[str, list[Row]]:
    """Return the actions that each member owns, those of the newest meeting first."""
    return by_member(source, batch, _ACTIONS)


def owned(rows: Iterable[Row], today: date) -> list[Owned]:
    """Return actions with how they stand on a day."""
    return [
        Owned(
            text=" ".join(row["text"].split()),
            due=row["due"],
            state=state(row["due"], today),
            meeting_id=row["meeting_id"],
            anchor=action_anchor(row["position"], row["start_offset"]),
            date=row["date"],
            body=row["body"],
        )
        for row in rows
    ]
