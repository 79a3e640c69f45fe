"""Bodies and laws as ranked tables."""

from __future__ import annotations

from collections.abc import Sequence

from kcsp_nlp.dashboard.addresses import address, token
from kcsp_nlp.dashboard.charts.ranked import Ranked, named, ranked_rows
from kcsp_nlp.dashboard.charts.sheets import count
from kcsp_nlp.dashboard.counting.times import Topic
from kcsp_nlp.dashboard.fragments import narrowed
from kcsp_nlp.dashboard.source import Row


def most_minutes(bodies: Sequence[Row], limit: int, path: str) -> Ranked:
    """Return the bodies of most meetings; the table lies at `path`."""
    first = sorted(bodies, key=lambda row: (-row["meetings"], -row["items"]))[:limit]
    entries = [
        named(
            row["name"],
            address("bodies", row["id"]),
            (
                count(row["meetings"], narrowed("meetings", body=token(row["id"]))),
                count(row["items"], narrowed("items", body=token(row["id"]))),
            ),
        )
        for row in first
    ]
    head = ("Body", "Meetings", "Agenda items")
    return Ranked("bodies", "Bodies with most meetings here", head, ranked_rows(entries), path)


def of_topic(bodies: Sequence[Row], topic: str, path: str) -> Ranked:
    """Return the bodies with most items of a topic; the table lies at `path`."""
    entries = [
        named(
            row["name"],
            address("bodies", row["id"]),
            (
                count(row["items"], narrowed("items", topic=topic, body=token(row["id"]))),
                count(row["meetings"]),
            ),
        )
        for row in bodies
    ]
    head = ("Body", "Agenda items", "Meetings")
    return Ranked("bodies", "Bodies with most items of the topic", head, ranked_rows(entries), path)


def cited_laws(laws: Sequence[Row], path: str) -> Ranked:
    """Return the laws that most places name; the table lies at `path`."""
    entries = [
        named(
            row["name"],
            address("laws", row["id"]),
            (
                count(row["mentions"]),
                count(row["meetings"], narrowed("meetings", law=token(row["id"]))),
            ),
        )
        for row in laws
    ]
    head = ("Law", "Mentions", "Meetings")
    return Ranked("laws", "Laws named most often", head, ranked_rows(entries), path)


def topics_of_body(counts: dict[str, int], topics: Sequence[Topic], body: str, path: str) -> Ranked:
    """Return how many agenda items of a body have each topic; the table lies at `path`."""
    entries = [
        named(
            topic.title,
            address("topics", topic.id),
            (
                count(
                    counts.get(topic.id, 0),
                    narrowed("items", topic=topic.id, body=token(body)),
                ),
            ),
        )
        for topic in topics
    ]
    looks = [topic.look for topic in topics]
    rows = ranked_rows(entries, looks)
    head = ("Topic", "Agenda items")
    return Ranked("topics", "Agenda items that the program gave each topic", head, rows, path)
