"""The order of meetings and items: newest first, and items as they stand in their minutes.

Every file of data refers to a meeting or an item by its place in this order.
"""

from __future__ import annotations

from typing import NamedTuple

from kcsp_nlp.dashboard.source import Row, Source

# Meetings without a date come last; the identifier, a hash, parts meetings of one day.
NEWEST_FIRST = "m.date IS NULL, m.date DESC, m.meeting_id"


class Order(NamedTuple):
    """Places.

    Attributes:
        meetings: All meetings, in order.
        places: The place of each item by its identifier.
        firsts: The place of the first item of each meeting by the meeting's identifier: meetings
            of which nothing may be shown have none.
    """

    meetings: tuple[Row, ...]
    places: dict[str, int]
    firsts: dict[str, int]


def find_order(source: Source) -> Order:
    """Return the order of what a warehouse holds."""
    meetings = source.rows(
        "SELECT m.meeting_id, m.body_id, COALESCE(b.name, m.body) AS body, m.date, m.venue "
        f"FROM meetings m LEFT JOIN bodies b ON b.body_id = m.body_id ORDER BY {NEWEST_FIRST}"
    )
    items = source.rows(
        "SELECT i.item_id, i.meeting_id FROM items i "
        "JOIN meetings m ON m.meeting_id = i.meeting_id "
        f"ORDER BY {NEWEST_FIRST}, i.position"
    )
    places: dict[str, int] = {}
    firsts: dict[str, int] = {}
    for place, row in enumerate(items):
        places[row["item_id"]] = place
        firsts.setdefault(row["meeting_id"], place)
    return Order(tuple(meetings), places, firsts)
