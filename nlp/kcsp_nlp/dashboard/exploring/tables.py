"""Meetings, items, actions and sums as compact tables: one string or list for each column."""

from __future__ import annotations

from collections.abc import Iterator

from kcsp_nlp.dashboard.addresses import token
from kcsp_nlp.dashboard.exploring.named import Named
from kcsp_nlp.dashboard.exploring.order import NEWEST_FIRST, Order
from kcsp_nlp.dashboard.exploring.packing import Distinct, data_file, integers
from kcsp_nlp.dashboard.page import File
from kcsp_nlp.dashboard.source import Row, Source

_KINDS = {"front": "f", "item": "i", "back": "b"}
_COUNTED = ("decisions", "actions", "money")


def meetings_file(source: Source, order: Order) -> File:
    """Return `data/meetings.js`: topics, bodies by name, and meetings in their order."""
    bodies = list(source.rows("SELECT body_id, name FROM bodies ORDER BY name, body_id"))
    places = {body["body_id"]: place for place, body in enumerate(bodies, 1)}
    venues: Distinct[str] = Distinct()
    meetings = order.meetings
    value = {
        "topics": [
            [topic["topic_id"], topic["title"], token(topic["topic_id"])]
            for topic in source.topics()
        ],
        "bodies": [body["name"] for body in bodies],
        "bodyTokens": "".join(token(body["body_id"]) for body in bodies),
        "tokens": "".join(token(meeting["meeting_id"]) for meeting in meetings),
        "dates": [meeting["date"] or "" for meeting in meetings],
        "body": integers(places.get(meeting["body_id"], 0) for meeting in meetings),
        "venue": integers(venues.place(meeting["venue"]) for meeting in meetings),
        "venues": venues.members(),
    }
    return data_file("meetings", value)


def items_file(source: Source, order: Order) -> File:
    """Return `data/items.js`: items in their order, with how much of each thing they hold."""
    titles: Distinct[str] = Distinct()
    numbers: Distinct[str] = Distinct()
    topics: Distinct[tuple[int, ...]] = Distinct()
    known = _topics(source)
    counts = {table: _counts(source, table) for table in _COUNTED}
    sizes = dict.fromkeys((meeting["meeting_id"] for meeting in order.meetings), 0)
    rows = []
    for item in _items(source):
        sizes[item["meeting_id"]] += 1
        rows.append(
            (
                item["position"],
                _KINDS[item["kind"]],
                numbers.place(item["number"]),
                titles.place(item["title"]),
                topics.place(known.get(item["item_id"])),
                item["restriction"],
                *(counts[table].get(item["item_id"], 0) for table in _COUNTED),
            )
        )
    columns = list(zip(*rows, strict=True)) or [()] * (6 + len(_COUNTED))
    restricted = enumerate(columns[5])
    value = {
        "sizes": integers(sizes.values()),
        "position": integers(columns[0]),
        "kind": "".join(columns[1]),
        "number": integers(columns[2]),
        "numbers": numbers.members(),
        "title": integers(columns[3]),
        "titles": titles.members(),
        "topics": integers(columns[4]),
        "topicSets": topics.members(),
        "restrictions": [[place, kind] for place, kind in restricted if kind],
        **{name: integers(columns[6 + i]) for i, name in enumerate(_COUNTED)},
    }
    return data_file("items", value)


def actions_file(source: Source, order: Order, people: Named, bodies: Named) -> File:
    """Return `data/actions.js`: actions, newest first, with those of their owners that are known.

    Args:
        source: The warehouse.
        order: The places of items.
        people: The places of people; none where a site names none.
        bodies: The places of organisations.
    """
    owners: Distinct[str] = Distinct()
    known = _owners(source, people, bodies)
    rows = list(_things(source, "actions", "action_id, x.text, x.owners, x.due, x.start_offset"))
    value = {
        "item": integers(order.places[row["item_id"]] for row in rows),
        "start": integers(row["start_offset"] for row in rows),
        "text": [row["text"] for row in rows],
        "owner": integers(owners.place(row["owners"]) for row in rows),
        "owners": owners.members(),
        "due": [row["due"] or "" for row in rows],
        "people": [known.get(row["action_id"], ([], []))[0] for row in rows],
        "organisations": [known.get(row["action_id"], ([], []))[1] for row in rows],
    }
    return data_file("actions", value)


def money_file(source: Source, order: Order, bodies: Named) -> File:
    """Return `data/money.js`: mentions of sums, newest first.

    Args:
        source: The warehouse.
        order: The places of items.
        bodies: The places of organisations.
    """
    what = "mention_id, x.text, x.amount, x.currency, x.period, x.hedge, x.purpose"
    rows = list(_things(source, "money", f"{what}, x.organisation_id, n.start_offset"))
    value: dict[str, object] = {
        "item": integers(order.places[row["item_id"]] for row in rows),
        "start": integers(row["start_offset"] for row in rows),
        "amount": [_short(row["amount"]) for row in rows],
        "organisation": integers(bodies.places.get(row["organisation_id"], 0) for row in rows),
    }
    for column in ("text", "currency", "period", "hedge", "purpose"):
        said: Distinct[str] = Distinct()
        value[column] = integers(said.place(row[column]) for row in rows)
        value[f"{column}s"] = said.members()
    return data_file("money", value)


def _items(source: Source) -> Iterator[Row]:
    return source.rows(
        "SELECT i.item_id, i.meeting_id, i.position, i.kind, i.number, i.title, i.restriction "
        "FROM items i JOIN meetings m ON m.meeting_id = i.meeting_id "
        f"ORDER BY {NEWEST_FIRST}, i.position"
    )


def _things(source: Source, table: str, columns: str) -> Iterator[Row]:
    offset = (
        "JOIN mentions n ON n.mention_id = x.mention_id ORDER BY {}, i.position, n.start_offset"
        if table == "money"
        else "ORDER BY {}, i.position, x.start_offset"
    )
    return source.rows(
        f"SELECT x.item_id, x.{columns} FROM {table} x "
        "JOIN items i ON i.item_id = x.item_id "
        f"JOIN meetings m ON m.meeting_id = x.meeting_id {offset.format(NEWEST_FIRST)}"
    )


def _topics(source: Source) -> dict[str, tuple[int, ...]]:
    """Return the topics that each item has, as places from 0 in the order of topics."""
    places = {topic["topic_id"]: place for place, topic in enumerate(source.topics())}
    found: dict[str, tuple[int, ...]] = {}
    for row in source.rows(
        "SELECT item_id, topic_id FROM item_topics WHERE assigned ORDER BY item_id, topic_id"
    ):
        found[row["item_id"]] = (*found.get(row["item_id"], ()), places[row["topic_id"]])
    return found


def _counts(source: Source, table: str) -> dict[str, int]:
    rows = source.rows(f"SELECT item_id, COUNT(*) AS many FROM {table} GROUP BY item_id")
    return {row["item_id"]: row["many"] for row in rows}


def _owners(source: Source, people: Named, bodies: Named) -> dict[str, tuple[list[int], list[int]]]:
    found: dict[str, tuple[list[int], list[int]]] = {}
    for row in source.rows(
        "SELECT action_id, person_id, organisation_id FROM action_owners "
        "ORDER BY action_id, position"
    ):
        of_action = found.setdefault(row["action_id"], ([], []))
        for places, mine, identifier in (
            (people.places, of_action[0], row["person_id"]),
            (bodies.places, of_action[1], row["organisation_id"]),
        ):
            if identifier in places:
                mine.append(places[identifier])
    return found


def _short(amount: float | None) -> float | int | None:
    """Return a number that is written without needless decimals."""
    return int(amount) if amount is not None and amount == int(amount) else amount
