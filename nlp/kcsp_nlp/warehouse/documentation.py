"""The page about the tables, written from the schema."""

from __future__ import annotations

from collections.abc import Iterator

from kcsp_nlp.warehouse.schema import DIMENSIONS, FACTS, SCHEMA_VERSION
from kcsp_nlp.warehouse.sheets import VIEWS, Sheet
from kcsp_nlp.warehouse.table import Table

_OPENING = f"""\
# The tables

`kcsp-nlp export` turns records into these tables, the same in every target (`{SCHEMA_VERSION}`).
This page is what `kcsp-nlp schema warehouse` prints.

It is a star schema. Facts say what stands in minutes, one grain each, and are keyed by where it
stands: a key stays the same however often a document is exported. Dimensions say what it stands
for, and are counted anew from the facts by every export. For people who want one sheet, each flat
view has everything about an item, a mention, an action or a sum of money, without a join.

- What was found by a program may be wrong. `text` is what stands on the page; an id or canonical
  form is what it was resolved to, and null where that is not certain.
- Offsets count Unicode code points, half-open, from the start of the item's text:
  `items.document_offset + start_offset` counts from the start of the document. U+0000, which
  databases take for the end of a text, is written as U+2400.
- Dates are ISO 8601, as precise as they are known (`2021-11`); a `date_key` is a whole day, to
  join with `dates`.
- SQLite, DuckDB and PostgreSQL keep what they hold: a document replaces its own rows, in one
  transaction. CSV, Parquet and Excel hold what one run was given.
- SQLite also has `items_fts`, an index for search over titles and texts (FTS5); the table
  `warehouse` says which version of the tables a database holds.
"""
_TYPES = {
    "text": "text",
    "integer": "integer",
    "real": "number",
    "boolean": "true or false",
    "date": "date",
}


# Tried on every target's SQL: the tests run them.
QUERIES = {
    "Items by topic and financial year": """\
SELECT t.title, d.financial_year, COUNT(*) AS items
FROM item_topics f
JOIN topics t ON t.topic_id = f.topic_id
JOIN meetings m ON m.meeting_id = f.meeting_id
JOIN dates d ON d.date_key = m.date_key
WHERE f.assigned
GROUP BY t.title, d.financial_year
ORDER BY t.title, d.financial_year""",
    "Sums of money about domestic abuse, the largest first": """\
SELECT v.amount, v.currency, v.period, v.purpose, v.body, v.date, v.source
FROM v_money v
JOIN item_topics f ON f.item_id = v.item_id
WHERE f.topic_id = 'domestic_abuse' AND f.assigned AND v.amount IS NOT NULL
ORDER BY v.amount DESC""",
    "Actions by owner and due date": """\
SELECT COALESCE(p.name, o.owner) AS owner, a.due, a.text
FROM actions a
JOIN action_owners o ON o.action_id = a.action_id
LEFT JOIN people p ON p.person_id = o.person_id
ORDER BY owner, a.due""",
}


def page() -> str:
    """Return the page as Markdown."""
    return "\n".join([_OPENING, *_references(), *_questions(), *_tables()])


def _references() -> Iterator[str]:
    """Draw who refers to whom: each fact with the tables that its columns lead to."""
    yield "## Who refers to whom\n"
    yield "```text"
    width = max(len(table.name) for table in FACTS)
    for table in FACTS:
        targets = dict.fromkeys(column.references for column in table.columns if column.references)
        yield f"{table.name:{width}}  ->  {', '.join(targets)}"
    yield "```\n"
    names = ", ".join(f"`{table.name}`" for table in DIMENSIONS)
    yield f"{names} refer to nothing: they are the dimensions.\n"


def _questions() -> Iterator[str]:
    yield "## Questions to begin with\n"
    for question, query in QUERIES.items():
        yield f"{question}:\n"
        yield f"```sql\n{query};\n```\n"


def _tables() -> Iterator[str]:
    for heading, tables in (("Dimensions", DIMENSIONS), ("Facts", FACTS)):
        yield f"## {heading}\n"
        for table in tables:
            yield from _table(table)
    yield "## Flat views\n"
    for sheet in VIEWS:
        yield from _view(sheet)


def _table(table: Table) -> Iterator[str]:
    yield f"### {table.name}\n"
    yield f"{table.description} Key: {', '.join(f'`{name}`' for name in table.key)}.\n"
    yield "| column | type | meaning |"
    yield "| --- | --- | --- |"
    for column in table.columns:
        leads = f" Refers to `{column.references}`." if column.references else ""
        yield f"| `{column.name}` | {_TYPES[column.type]} | {column.description}{leads} |"
    yield ""


def _view(sheet: Sheet) -> Iterator[str]:
    yield f"### {sheet.name}\n"
    yield f"{sheet.description}\n"
    yield "| column | type | meaning |"
    yield "| --- | --- | --- |"
    for column in sheet.columns:
        yield f"| `{column.name}` | {_TYPES[column.type]} | {column.description} |"
    yield ""
