"""A page for each person, and the list of them; none where people are left out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from kcsp_nlp.dashboard.addresses import address, token
from kcsp_nlp.dashboard.counting.times import Times, times
from kcsp_nlp.dashboard.entities.actions import action_rows, owned
from kcsp_nlp.dashboard.entities.alphabet import entry, lists
from kcsp_nlp.dashboard.entities.batches import Batch, batches, by_member
from kcsp_nlp.dashboard.entities.company import company
from kcsp_nlp.dashboard.entities.mentions import Meeting, by_meeting, forms, mention_rows
from kcsp_nlp.dashboard.entities.offices import office_rows, offices
from kcsp_nlp.dashboard.entities.topics import topic_rows
from kcsp_nlp.dashboard.entities.trend import trend
from kcsp_nlp.dashboard.fragments import narrowed
from kcsp_nlp.dashboard.page import File, Options, Page
from kcsp_nlp.dashboard.source import Row, Source

_LISTED = """
    SELECT h.person_id AS id, h.status, h.name, m.meeting_id, m.date, m.body_id,
        COALESCE(b.name, m.body) AS body
    FROM attendance h JOIN meetings m ON m.meeting_id = h.meeting_id
    LEFT JOIN bodies b ON b.body_id = m.body_id
    WHERE h.person_id BETWEEN ?1 AND ?2
    ORDER BY h.person_id, m.date DESC, m.meeting_id, h.position
"""
_ATTENDED = {"present", "in_attendance"}
_WORDS = {
    "heading": "People",
    "one": "person",
    "many": "people",
    "sorted_by": "Sorted by the last word of the name.",
    "about": "Everybody whom minutes name, as far as the program can tell people apart.",
    "column": None,
    "personal": True,
}


class Attended(NamedTuple):
    """At how many meetings somebody was, or was said to be, for each kind of listing."""

    present: int
    apologies: int
    absent: int


def pages(source: Source, options: Options) -> Iterator[Page | File]:
    """Yield the list of people and a page for each; nothing where people are left out."""
    if not options.people:
        return
    entries = (
        entry("people", row["person_id"], row["name"], row, by_last_word=True)
        for row in source.rows("SELECT * FROM people ORDER BY person_id")
    )
    yield from lists("people", entries, _WORDS)
    when = times(source)
    for batch in batches(source, "person_id"):
        yield from _pages(source, batch, options, when)


def _pages(source: Source, batch: Batch, options: Options, when: Times) -> Iterator[Page | File]:
    named, listed = mention_rows(source, batch), by_member(source, batch, _LISTED)
    held, topics = office_rows(source, batch), topic_rows(source, batch)
    actions, others = action_rows(source, batch), company(source, batch)
    for person in batch.members:
        key = person["person_id"]
        mentions, attendance = named.get(key, []), listed.get(key, [])
        meetings = _with_listed(by_meeting(mentions), attendance)
        figure = trend(when, "person", key, meetings)
        context = {
            "person": person,
            "forms": forms(mentions),
            "attended": _attended(attendance),
            "offices": offices(held.get(key, [])),
            "topics": topics.get(key, []),
            "actions": owned(actions.get(key, []), options.today),
            "meetings": meetings,
            "narrowed": narrowed("meetings", person=token(key)),
            "figure": figure,
            "statuses": _statuses(attendance),
            "others": others.get(key, []),
        }
        yield Page(address("people", key), "person.html", context)
        if figure:
            yield figure.file


def _attended(rows: Sequence[Row]) -> Attended:
    """Count meetings: somebody listed twice at one is there once, and is there if listed so."""
    present = {row["meeting_id"] for row in rows if row["status"] in _ATTENDED}
    apologies = {row["meeting_id"] for row in rows if row["status"] == "apologies"} - present
    absent = {row["meeting_id"] for row in rows if row["status"] == "absent"}
    return Attended(len(present), len(apologies), len(absent - present - apologies))


def _statuses(rows: Sequence[Row]) -> dict[str, list[str]]:
    """Return how somebody is listed at each meeting, in the order of the list."""
    statuses: dict[str, list[str]] = {}
    for row in rows:
        said = statuses.setdefault(row["meeting_id"], [])
        if row["status"] not in said:
            said.append(row["status"])
    return statuses


def _with_listed(meetings: list[Meeting], rows: Sequence[Row]) -> list[Meeting]:
    """Add the meetings whose attendance list has the person and whose text names them nowhere."""
    there = {meeting.meeting_id for meeting in meetings}
    added = {
        row["meeting_id"]: Meeting(row["meeting_id"], row["date"], row["body_id"], row["body"], [])
        for row in rows
        if row["meeting_id"] not in there
    }
    together = sorted([*meetings, *added.values()], key=lambda each: each.meeting_id)
    return sorted(together, key=lambda each: each.date or "", reverse=True)
