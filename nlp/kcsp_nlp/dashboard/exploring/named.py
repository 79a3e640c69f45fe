"""People, organisations and laws, those of most meetings first, and the items that name them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal, NamedTuple

from kcsp_nlp.dashboard.addresses import token
from kcsp_nlp.dashboard.exploring.order import Order
from kcsp_nlp.dashboard.exploring.packing import data_file, integers, postings
from kcsp_nlp.dashboard.page import File
from kcsp_nlp.dashboard.source import Row, Source

Kind = Literal["people", "organisations", "laws"]

# Table, key, name, and what besides mentions names one: attendance counts for the first item.
_TABLES: dict[Kind, tuple[str, str, str]] = {
    "people": ("people", "person_id", "name"),
    "organisations": ("organisations", "organisation_id", "name"),
    "laws": ("legislation", "legislation_id", "title"),
}
_YEAR = 4  # characters of an ISO date


class Named(NamedTuple):
    """All members of a dimension.

    Attributes:
        rows: Them, in order: `id`, `name`, `meetings`, `first_date`, `last_date`.
        places: The place of each by its identifier, from 1.
    """

    rows: tuple[Row, ...]
    places: dict[str, int]


NOBODY = Named((), {})


def find_named(source: Source, kind: Kind) -> Named:
    """Return people, organisations or laws, those of most meetings first."""
    table, key, name = _TABLES[kind]
    rows = tuple(
        source.rows(
            f"SELECT {key} AS id, {name} AS name, meetings, first_date, last_date FROM {table} "
            "ORDER BY meetings DESC, name, id"
        )
    )
    return Named(rows, {row["id"]: place for place, row in enumerate(rows, 1)})


def named_files(source: Source, order: Order, kind: Kind, named: Named) -> Iterator[File]:
    """Yield `data/<kind>.js`, who there is, and `data/<kind>-items.js`, where they are named.

    Args:
        source: The warehouse.
        order: The places of items.
        kind: What is listed.
        named: As `find_named` returns them.
    """
    rows = named.rows
    value = {
        "names": [row["name"] for row in rows],
        "tokens": "".join(token(row["id"]) for row in rows),
        "meetings": integers(row["meetings"] for row in rows),
        "first": integers(_year(row["first_date"]) for row in rows),
        "last": integers(_year(row["last_date"]) for row in rows),
    }
    yield data_file(kind, value)
    found: list[set[int]] = [set() for _ in rows]
    for identifier, place in _places(source, order, kind):
        found[named.places[identifier] - 1].add(place)
    yield data_file(f"{kind}-items", [postings(sorted(places)) for places in found])


def _places(source: Source, order: Order, kind: Kind) -> Iterator[tuple[str, int]]:
    key = _TABLES[kind][1]
    for row in source.rows(f"SELECT {key}, item_id FROM mentions WHERE {key} IS NOT NULL"):
        yield row[key], order.places[row["item_id"]]
    if kind == "laws":
        return
    for row in source.rows(f"SELECT {key}, meeting_id FROM attendance WHERE {key} IS NOT NULL"):
        if row["meeting_id"] in order.firsts:
            yield row[key], order.firsts[row["meeting_id"]]


def _year(written: str | None) -> int:
    return int(written[:_YEAR]) if written and written[:_YEAR].isdigit() else 0
