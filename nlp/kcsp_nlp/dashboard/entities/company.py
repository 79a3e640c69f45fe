"""Who else is named in the same agenda items."""

from __future__ import annotations

from typing import NamedTuple

from kcsp_nlp.dashboard.entities.batches import Batch, by_member
from kcsp_nlp.dashboard.source import Source

_MOST = 8
# Items proper only: an attendance list names everybody beside everybody.
_TOGETHER = """
    WITH named AS (
        SELECT DISTINCT x.person_id, x.item_id FROM mentions x
        JOIN items i ON i.item_id = x.item_id AND i.kind = 'item'
        WHERE x.person_id BETWEEN ?1 AND ?2
    ),
    counted AS (
        SELECT n.person_id AS id, y.person_id AS other, COUNT(DISTINCT n.item_id) AS items
        FROM named n JOIN mentions y ON y.item_id = n.item_id
        WHERE y.person_id IS NOT NULL AND y.person_id <> n.person_id GROUP BY 1, 2
    )
    SELECT c.id, c.other, p.name, c.items FROM counted c JOIN people p ON p.person_id = c.other
    ORDER BY c.id, c.items DESC, p.name, c.other
"""


class Other(NamedTuple):
    """Somebody else, and the agenda items that name both."""

    person_id: str
    name: str
    items: int


def company(source: Source, batch: Batch) -> dict[str, list[Other]]:
    """Return for each person those whom most of the same agenda items name, at most eight."""
    rows = by_member(source, batch, _TOGETHER)
    return {
        member: [Other(row["other"], row["name"], row["items"]) for row in others[:_MOST]]
        for member, others in rows.items()
    }
