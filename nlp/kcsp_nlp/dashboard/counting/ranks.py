"""What is named most, and the words that speak for a topic."""

from __future__ import annotations

from typing import Literal

from kcsp_nlp.dashboard.source import Row, Source

Kind = Literal["people", "organisations", "laws"]

# Table, key, and column of the name.
_TABLES: dict[Kind, tuple[str, str, str]] = {
    "people": ("people", "person_id", "name"),
    "organisations": ("organisations", "organisation_id", "name"),
    "laws": ("legislation", "legislation_id", "title"),
}
_ITEMS = "JOIN items i ON i.item_id = t.item_id AND i.kind = 'item'"


def under_topic(source: Source, kind: Kind, topic: str, limit: int) -> list[Row]:
    """Return who or what agenda items with a topic name most: `id`, `name`, `items`, `mentions`.

    Those that most items name come first: one long item does not outweigh the others.
    """
    table, key, name = _TABLES[kind]
    return list(
        source.rows(
            f"SELECT d.{key} AS id, d.{name} AS name, n.items, n.mentions FROM ("
            f"SELECT x.{key} AS id, COUNT(DISTINCT x.item_id) items, COUNT(*) mentions "
            f"FROM item_topics t {_ITEMS} JOIN mentions x ON x.item_id = t.item_id "
            f"WHERE t.topic_id = ? AND t.assigned AND x.{key} IS NOT NULL GROUP BY x.{key} "
            f"ORDER BY 2 DESC, 3 DESC, 1 LIMIT {limit}) n "
            f"JOIN {table} d ON d.{key} = n.id ORDER BY 3 DESC, 4 DESC, 2, 1",
            topic,
        )
    )


def of_body(source: Source, kind: Kind, body: str, limit: int) -> list[Row]:
    """Return who or what the minutes of a body name most: `id`, `name`, `meetings`, `mentions`."""
    table, key, name = _TABLES[kind]
    return list(
        source.rows(
            f"SELECT d.{key} AS id, d.{name} AS name, COUNT(DISTINCT x.meeting_id) meetings, "
            "COUNT(*) mentions FROM meetings m JOIN mentions x ON x.meeting_id = m.meeting_id "
            f"JOIN {table} d ON d.{key} = x.{key} WHERE m.body_id = ? "
            f"GROUP BY d.{key} ORDER BY 4 DESC, 3 DESC, 2, 1 LIMIT {limit}",
            body,
        )
    )


def laws(source: Source, limit: int) -> list[Row]:
    """Return the laws that most places name: `id`, `name`, `mentions`, `meetings`."""
    return list(
        source.rows(
            "SELECT legislation_id AS id, title AS name, mentions, meetings FROM legislation "
            f"WHERE mentions > 0 ORDER BY mentions DESC, meetings DESC, title, 1 LIMIT {limit}"
        )
    )


def bodies(source: Source) -> list[Row]:
    """Return all bodies by name: `id`, `name`, `meetings`, `items`, `first_date`, `last_date`."""
    return list(
        source.rows(
            "SELECT b.body_id AS id, b.name, b.meetings, b.first_date, b.last_date, "
            "(SELECT COUNT(*) FROM meetings m JOIN items i ON i.meeting_id = m.meeting_id "
            "AND i.kind = 'item' WHERE m.body_id = b.body_id) AS items "
            "FROM bodies b ORDER BY LOWER(b.name), b.body_id"
        )
    )


def bodies_of_topic(source: Source, topic: str, limit: int) -> list[Row]:
    """Return the bodies with most items of a topic: `id`, `name`, `items`, `meetings`."""
    return list(
        source.rows(
            "SELECT b.body_id AS id, b.name, COUNT(*) items, COUNT(DISTINCT m.meeting_id) meetings "
            f"FROM item_topics t {_ITEMS} JOIN meetings m ON m.meeting_id = t.meeting_id "
            "JOIN bodies b ON b.body_id = m.body_id WHERE t.topic_id = ? AND t.assigned "
            f"GROUP BY b.body_id ORDER BY 3 DESC, 4 DESC, LOWER(b.name), 1 LIMIT {limit}",
            topic,
        )
    )


def evidence(source: Source, topic: str, limit: int) -> list[Row]:
    """Return the words that spoke most for a topic: `words`, `items`.

    Counted where the item has the topic, and ranked by what they added in all.
    """
    return list(
        source.rows(
            "SELECT words, items FROM (SELECT LOWER(e.text) words, "
            "COUNT(DISTINCT e.item_id) items, SUM(e.weight) weight FROM evidence e "
            "JOIN item_topics t ON t.item_id = e.item_id AND t.topic_id = e.topic_id "
            f"WHERE e.topic_id = ? AND t.assigned GROUP BY 1) ORDER BY weight DESC, words "
            f"LIMIT {limit}",
            topic,
        )
    )


def attendance(source: Source, body: str, limit: int) -> list[Row]:
    """Return who was at most meetings of a body: `id`, `name`, `attended`, `apologies`."""
    return list(
        source.rows(
            "SELECT p.person_id AS id, p.name, "
            "COUNT(DISTINCT CASE WHEN a.status IN ('present', 'in_attendance') "
            "THEN a.meeting_id END) attended, "
            "COUNT(DISTINCT CASE WHEN a.status = 'apologies' THEN a.meeting_id END) apologies "
            "FROM meetings m JOIN attendance a ON a.meeting_id = m.meeting_id "
            "JOIN people p ON p.person_id = a.person_id WHERE m.body_id = ? "
            f"GROUP BY p.person_id HAVING attended > 0 ORDER BY 3 DESC, 4, 2, 1 LIMIT {limit}",
            body,
        )
    )
