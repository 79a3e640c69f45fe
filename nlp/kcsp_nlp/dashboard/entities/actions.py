"""Actions that somebody owns, and how they stand on a day."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date
from typing import Literal, NamedTuple

from kcsp_nlp.dashboard.addresses import action_anchor
from kcsp_nlp.dashboard.entities.batches import Batch, by_member
from kcsp_nlp.dashboard.source import Row, Source

State = Literal["passed", "later", "none"]

_ACTIONS = """
    SELECT DISTINCT o.{key} AS id, a.action_id, a.text, a.due, a.start_offset, i.position,
        m.meeting_id, m.date, COALESCE(b.name, m.body) AS body
    FROM action_owners o JOIN actions a ON a.action_id = o.action_id
    JOIN items i ON i.item_id = a.item_id JOIN meetings m ON m.meeting_id = a.meeting_id
    LEFT JOIN bodies b ON b.body_id = m.body_id
    WHERE o.{key} BETWEEN ?1 AND ?2
    ORDER BY o.{key}, m.date DESC, m.meeting_id, i.position, a.start_offset
"""
# matches: "2024", "2024-03", "2024-03-15"    does not match: "soon", "2024-3"
_DUE = re.compile(r"\d{4}(?:-\d\d(?:-\d\d)?)?\Z")


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


def state(due: str | None, today: date) -> State:
    """Return how an action stands: its date has passed, is today or later, or is none.

    Args:
        due: ISO 8601, as precise as known: of a month, the last day counts. None, or anything
            else, is no date.
        today: The day that it is compared with.
    """
    if due is None or not _DUE.match(due):
        return "none"
    return "passed" if due < today.isoformat()[: len(due)] else "later"
