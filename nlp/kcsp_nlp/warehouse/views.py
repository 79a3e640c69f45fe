"""Flat views: everything about an item, mention, action or sum in one sheet, without a join."""

from __future__ import annotations

_WHERE = "m.meeting_id, COALESCE(b.name, m.body) AS body, m.date, m.source"
_JOINS = (
    "JOIN items i ON i.item_id = x.item_id JOIN meetings m ON m.meeting_id = x.meeting_id "
    "LEFT JOIN bodies b ON b.body_id = m.body_id"
)
_ITEM = "i.number AS item_number, i.title AS item_title, i.restriction"


def _topics(join: str) -> str:
    return (
        f"(SELECT {join}(t.title, '; ') FROM (SELECT o.title FROM item_topics y "
        "JOIN topics o ON o.topic_id = y.topic_id WHERE y.item_id = i.item_id AND y.assigned "
        "ORDER BY o.topic_id) AS t) AS topics"
    )


def _count(table: str) -> str:
    return f"(SELECT COUNT(*) FROM {table} y WHERE y.item_id = i.item_id) AS {table}"


def views(join: str) -> dict[str, str]:
    """Return the SELECT of each view by name.

    Args:
        join: The database's function that joins texts: `group_concat` or `string_agg`.
    """
    topics = _topics(join)
    return {
        "v_items": f"""
            SELECT i.item_id, {_WHERE}, m.venue, i.kind, {_ITEM}, i.page, {topics},
                {_count("mentions")}, {_count("decisions")}, {_count("actions")},
                {_count("money")}, i.text
            FROM items i JOIN meetings m ON m.meeting_id = i.meeting_id
            LEFT JOIN bodies b ON b.body_id = m.body_id
        """,
        "v_mentions": f"""
            SELECT x.mention_id, x.item_id, {_WHERE}, {_ITEM}, x.page, x.label, x.text, x.canonical,
                COALESCE(x.person_id, x.organisation_id, x.legislation_id) AS entity_id,
                x.provision, x.found_by, x.score, {topics}
            FROM mentions x {_JOINS}
        """,
        "v_actions": f"""
            SELECT x.action_id, x.item_id, {_WHERE}, {_ITEM}, x.page, x.text, x.owners, x.due,
                {topics}
            FROM actions x {_JOINS}
        """,
        "v_money": f"""
            SELECT x.mention_id, x.item_id, {_WHERE}, d.financial_year, {_ITEM}, x.text, x.amount,
                x.currency, x.period, x.hedge, x.purpose, {topics}
            FROM money x {_JOINS} LEFT JOIN dates d ON d.date_key = m.date_key
        """,
    }
