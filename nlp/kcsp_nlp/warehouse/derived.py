"""What is counted from the facts: the dimensions, as statements that every database understands.

They are made anew at each load: they depend on the facts that are there and on nothing else.
"""

from __future__ import annotations

from typing import NamedTuple


class _Naming(NamedTuple):
    """Where a dimension's members are named: table, key, name, whether it is a mention, weight.

    A name of weight 0 counts only where there is no other: owners and purposes are as printed.
    """

    table: str
    key: str
    name: str
    mention: int
    weight: int


_PEOPLE = (
    _Naming("mentions", "person_id", "COALESCE(canonical, text)", 1, 1),
    _Naming("attendance", "person_id", "name", 0, 1),
    _Naming("affiliations", "person_id", "name", 0, 1),
    _Naming("action_owners", "person_id", "owner", 0, 0),
)
_ORGANISATIONS = (
    _Naming("mentions", "organisation_id", "COALESCE(canonical, text)", 1, 1),
    _Naming("attendance", "organisation_id", "COALESCE(organisation, name)", 0, 0),
    _Naming("affiliations", "organisation_id", "COALESCE(organisation, name)", 0, 0),
    _Naming("action_owners", "organisation_id", "owner", 0, 0),
    _Naming("money", "organisation_id", "COALESCE(purpose, text)", 0, 0),
)
_LEGISLATION = (_Naming("mentions", "legislation_id", "COALESCE(canonical, text)", 1, 1),)

# The year of https://www.legislation.gov.uk/id/ukpga/2021/17; none of .../ukpga/Geo6/12-13-14/87.
_YEAR = "split_part(c.id, '/', 6)"
_LAW = (
    "NULLIF(split_part(c.id, '/', 5), ''), "
    f"CASE WHEN length({_YEAR}) = 4 AND ltrim({_YEAR}, '0123456789') = '' AND {_YEAR} >= '1000' "
    f"THEN CAST({_YEAR} AS INTEGER) END, "
)


def _named(places: tuple[_Naming, ...]) -> str:
    return " UNION ALL ".join(
        f"SELECT {each.key} AS id, meeting_id, {each.name} AS name, {each.mention} AS mention, "
        f"{each.weight} AS weight FROM {each.table} WHERE {each.key} IS NOT NULL"
        for each in places
    )


def _fill(table: str, places: tuple[_Naming, ...], more: str = "") -> str:
    """Return the statement that fills a dimension of what is named: the commonest name stands.

    Figures and name come together by UNION and not by JOIN: SQLite would compare each with each.
    """
    return f"""
        INSERT INTO {table}
        WITH told AS MATERIALIZED (
            SELECT id, meeting_id, name, SUM(mention) AS mentions, SUM(weight) AS weight
            FROM ({_named(places)}) AS named GROUP BY id, meeting_id, name
        ),
        ranked AS (
            SELECT id, name, ROW_NUMBER() OVER (
                PARTITION BY id ORDER BY SUM(weight) DESC, LENGTH(name) DESC, name
            ) AS place FROM told GROUP BY id, name
        ),
        said AS (
            SELECT t.id, NULL AS name, COUNT(DISTINCT t.meeting_id) AS meetings,
                SUM(t.mentions) AS mentions, MIN(m.date) AS first_date, MAX(m.date) AS last_date
            FROM told t JOIN meetings m ON m.meeting_id = t.meeting_id GROUP BY t.id
            UNION ALL
            SELECT id, name, 0, 0, NULL, NULL FROM ranked WHERE place = 1
        )
        SELECT c.id, MAX(c.name), {more}SUM(c.meetings), SUM(c.mentions),
            MIN(c.first_date), MAX(c.last_date)
        FROM said c GROUP BY c.id ORDER BY c.id
    """


_BODIES = """
    INSERT INTO bodies
    WITH ranked AS (
        SELECT body_id, body, ROW_NUMBER() OVER (
            PARTITION BY body_id ORDER BY COUNT(*) DESC, body DESC
        ) AS place FROM meetings WHERE body_id IS NOT NULL GROUP BY body_id, body
    )
    SELECT m.body_id, r.body, COUNT(*), MIN(m.date), MAX(m.date)
    FROM meetings m JOIN ranked r ON r.body_id = m.body_id AND r.place = 1
    GROUP BY m.body_id, r.body ORDER BY m.body_id
"""
_TOPICS = """
    INSERT INTO topics
    SELECT topic_id, UPPER(SUBSTR(topic_id, 1, 1)) || REPLACE(SUBSTR(topic_id, 2), '_', ' ')
    FROM (SELECT topic_id FROM item_topics UNION SELECT topic_id FROM evidence) AS found
    ORDER BY topic_id
"""

# In order: what each dimension but the dates is emptied and filled by. `split_part` is known to
# PostgreSQL and DuckDB; the SQLite warehouse brings it.
STATEMENTS: tuple[str, ...] = (
    "DELETE FROM bodies",
    _BODIES,
    "DELETE FROM topics",
    _TOPICS,
    "DELETE FROM people",
    _fill("people", _PEOPLE),
    "DELETE FROM organisations",
    _fill("organisations", _ORGANISATIONS),
    "DELETE FROM legislation",
    _fill("legislation", _LEGISLATION, _LAW),
)

# The first and the last day that the date dimension must hold; both null where there is none.
REACH = """
    SELECT MIN(day), MAX(day) FROM (
        SELECT date_key AS day FROM meetings UNION ALL SELECT due_key FROM actions
    ) AS days
"""
