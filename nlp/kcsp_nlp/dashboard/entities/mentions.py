"""Every mention of something, by meeting and item, the newest meeting first."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import groupby
from operator import itemgetter
from typing import NamedTuple

from kcsp_nlp.dashboard.addresses import item_anchor, mention_anchor
from kcsp_nlp.dashboard.entities.batches import Batch, by_member
from kcsp_nlp.dashboard.entities.snippets import Snippet, snippet
from kcsp_nlp.dashboard.source import Row, Source

_MENTIONS = """
    SELECT x.{key} AS id, x.start_offset, x.end_offset, x.provision, x.provisions,
        i.position, i.kind, i.number, i.title, i.text,
        m.meeting_id, m.date, m.body_id, COALESCE(b.name, m.body) AS body
    FROM mentions x JOIN items i ON i.item_id = x.item_id
    JOIN meetings m ON m.meeting_id = x.meeting_id LEFT JOIN bodies b ON b.body_id = m.body_id
    WHERE x.{key} BETWEEN ?1 AND ?2
    ORDER BY x.{key}, m.date DESC, m.meeting_id, i.position, x.start_offset
"""
_PARTS = {"front": "Opening of the minutes", "back": "Close of the minutes"}


class Place(NamedTuple):
    """One mention: the name of its place on the meeting's page, and the words around it."""

    anchor: str
    words: Snippet


class Item(NamedTuple):
    """An item that holds mentions: what it is called, its place on the page, the mentions."""

    name: str
    anchor: str
    places: list[Place]


class Meeting(NamedTuple):
    """A meeting that something is named at, or that a person is listed at.

    Attributes:
        meeting_id: The meeting.
        date: ISO 8601; None where not known.
        body_id: Who met; None where not known.
        body: Its name; None where not known.
        items: Items that hold mentions; none where only the attendance list has the name.
    """

    meeting_id: str
    date: str | None
    body_id: str | None
    body: str | None
    items: list[Item]


def mention_rows(source: Source, batch: Batch) -> dict[str, list[Row]]:
    """Return the mentions of each member, in the order in which pages show them."""
    return by_member(source, batch, _MENTIONS)


def by_meeting(rows: Sequence[Row]) -> list[Meeting]:
    """Group the mentions of one member; a meeting and an item stand where their first one does."""
    meetings = []
    for meeting_id, told in groupby(rows, key=itemgetter("meeting_id")):
        held = list(told)
        first = held[0]
        meetings.append(
            Meeting(meeting_id, first["date"], first["body_id"], first["body"], list(_items(held)))
        )
    return meetings


def forms(rows: Sequence[Row]) -> list[tuple[str, int]]:
    """Return the forms in which mentions are printed, with how often, the commonest first."""
    printed = (row["text"][row["start_offset"] : row["end_offset"]] for row in rows)
    counted = Counter(" ".join(form.split()) for form in printed)
    return sorted(counted.items(), key=lambda form: (-form[1], form[0]))


def item_name(item: Row) -> str:
    """Return what to call an item: its number and heading, or which part of the minutes it is."""
    part = _PARTS.get(item["kind"])
    if part:
        return part
    number = f"Item {item['number']}" if item["number"] else ""
    return ". ".join(filter(None, (number, item["title"]))) or f"Item at place {item['position']}"


def _items(rows: Sequence[Row]) -> Iterator[Item]:
    for position, told in groupby(rows, key=itemgetter("position")):
        held = list(told)
        places = [
            Place(
                mention_anchor(position, row["start_offset"]),
                snippet(row["text"], row["start_offset"], row["end_offset"]),
            )
            for row in held
        ]
        yield Item(item_name(held[0]), item_anchor(position), places)
