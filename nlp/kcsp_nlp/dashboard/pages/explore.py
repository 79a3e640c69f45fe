"""Lists of all meetings, items, actions and sums, with filters, and the data that they read."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from kcsp_nlp.dashboard.addresses import token
from kcsp_nlp.dashboard.exploring import named, order, tables
from kcsp_nlp.dashboard.page import File, Options, Page
from kcsp_nlp.dashboard.source import Source


class _List(NamedTuple):
    """One list.

    Attributes:
        kind: What it lists; its page and its data are called so.
        title: The heading.
        lead: What it says and what it counts.
        filters: What it can be narrowed by besides body, date and text.
        text: What the field for text is called.
    """

    kind: str
    title: str
    lead: str
    filters: tuple[str, ...]
    text: str


_LISTS = (
    _List(
        "meetings",
        "Meetings",
        "One row for each set of minutes. A meeting has a topic, or names a person, an "
        "organisation or a law, where one of its items does.",
        ("topic", "person", "organisation", "law"),
        "Words of body or venue",
    ),
    _List(
        "items",
        "Agenda items",
        "One row for each item of an agenda. An item names a person, an organisation or a law "
        "where the program found it in the text.",
        ("topic", "person", "organisation", "law"),
        "Words of the title",
    ),
    _List(
        "actions",
        "Actions register",
        "One row for each thing that somebody undertook to do. Minutes seldom say whether it was "
        "done: the state only compares the due date with the day this site is made for.",
        ("topic", "state", "person", "organisation"),
        "Words of the action",
    ),
    _List(
        "money",
        "Money",
        "One row for each place that names a sum. One sum may be named in many places, so the rows "
        "are not to be added up.",
        ("topic", "organisation"),
        "Words of the purpose",
    ),
)


def pages(source: Source, options: Options) -> Iterator[Page | File]:
    """Yield the four lists and their data."""
    bodies = list(source.rows("SELECT body_id, name FROM bodies ORDER BY name, body_id"))
    topics = source.topics()
    for each in _LISTS:
        filters = [name for name in each.filters if options.people or name != "person"]
        context = {
            "listing": each,
            "filters": filters,
            "topics": topics,
            "bodies": [(token(body["body_id"]), body["name"]) for body in bodies],
        }
        yield Page(f"{each.kind}.html", "explore.html", context)
    yield from _data(source, options)


def _data(source: Source, options: Options) -> Iterator[File]:
    places = order.find_order(source)
    people = named.find_named(source, "people") if options.people else named.NOBODY
    organisations = named.find_named(source, "organisations")
    laws = named.find_named(source, "laws")
    yield tables.meetings_file(source, places)
    yield tables.items_file(source, places)
    yield tables.actions_file(source, places, people, organisations)
    yield tables.money_file(source, places, organisations)
    if options.people:
        yield from named.named_files(source, places, "people", people)
    yield from named.named_files(source, places, "organisations", organisations)
    yield from named.named_files(source, places, "laws", laws)
