"""What Datasette shows about a SQLite warehouse: `metadata.json`, which stands beside it.

https://docs.datasette.io/en/stable/metadata.html
"""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any, NamedTuple

from kcsp_nlp.errors import KcspError
from kcsp_nlp.replacing import new_file
from kcsp_nlp.warehouse.sheets import SHEETS, Sheet

NAME = "metadata.json"
_DESCRIPTION = (
    "Minutes of public bodies as tables. What they say was found by a program, which may be wrong: "
    "text and offsets lead back to the page."
)


class _Look(NamedTuple):
    """How a table is shown.

    Attributes:
        title: Its heading.
        label: The column that stands for a row where another table refers to it.
        facets: The columns that are counted beside it.
        sort: The column that rows are sorted by, the largest first; None for the order of loading.
    """

    title: str
    label: str | None = None
    facets: tuple[str, ...] = ()
    sort: str | None = None


# Not sorted: views and what has most rows, which Datasette would give up on after a second.
_LOOKS = {
    "v_items": _Look("Agenda items, one sheet", None, ("body", "kind", "restriction")),
    "v_mentions": _Look("Mentions, one sheet", None, ("label", "body")),
    "v_actions": _Look("Actions, one sheet", None, ("body", "topics")),
    "v_money": _Look("Money, one sheet", None, ("body", "financial_year", "currency")),
    "dates": _Look("Dates", None, ("year", "financial_year", "weekday_name")),
    "bodies": _Look("Bodies that met", "name", (), "meetings"),
    "topics": _Look("Topics", "title"),
    "people": _Look("People", "name", (), "mentions"),
    "organisations": _Look("Organisations", "name", (), "mentions"),
    "legislation": _Look("Legislation", "title", ("type", "year"), "mentions"),
    "meetings": _Look("Meetings", "source", ("body_id", "model_version"), "date"),
    "items": _Look("Agenda items", "title", ("kind", "restriction")),
    "item_topics": _Look("Topics of items", None, ("topic_id", "assigned")),
    "evidence": _Look("What speaks for topics", None, ("topic_id",)),
    "mentions": _Look("Mentions", "text", ("label", "found_by", "organisation_id")),
    "money": _Look("Money", None, ("currency", "period", "hedge"), "amount"),
    "decisions": _Look("Decisions", "text"),
    "actions": _Look("Actions", "text", (), "due_key"),
    "action_owners": _Look("Owners of actions", None, ("person_id", "organisation_id")),
    "attendance": _Look("Attendance", None, ("status", "organisation_id")),
    "affiliations": _Look("Offices and bodies of people", None, ("organisation_id",)),
}


def describe(database: str) -> dict[str, Any]:
    """Return the metadata of one warehouse.

    Args:
        database: What Datasette calls it: the name of the file without its suffix.
    """
    tables: dict[str, Any] = {sheet.name: _table(sheet) for sheet in SHEETS}
    tables["warehouse"] = {"hidden": True}
    about = {"title": "Minutes as tables", "description": _DESCRIPTION}
    return {**about, "databases": {database: {**about, "tables": tables}}}


def write(warehouse: Path) -> str | None:
    """Write the metadata of a SQLite warehouse beside it, for `datasette FOLDER`.

    What stands there of other databases stays, and so does what somebody has changed of this one.

    Args:
        warehouse: The SQLite file.

    Returns:
        What a user should know; None where all is as it should be.

    Raises:
        KcspError: it cannot be written.
    """
    place = warehouse.parent / NAME
    said = describe(warehouse.stem)
    try:
        there = json.loads(place.read_text(encoding="utf-8")) if os.path.lexists(place) else {}
        known = there.get("databases", {})
        mine = known.get(warehouse.stem)
    except OSError as error:
        raise KcspError(
            f"{place}: cannot be read ({error.strerror}); expected a file of metadata for "
            "Datasette, or none; move it away"
        ) from error
    except (ValueError, AttributeError):
        return f"{place} is no metadata of Datasette and stays as it was; move it away to get one"
    if mine == said["databases"][warehouse.stem]:
        return None
    if mine is not None:
        return (
            f"{place} says something else of {warehouse.stem} and stays as it was; move it away to "
            "get a new one"
        )
    merged = {**said, **there, "databases": {**known, **said["databases"]}}
    with new_file(place) as new:
        new.write_text(json.dumps(merged, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    return None


def _table(sheet: Sheet) -> dict[str, Any]:
    look = _LOOKS[sheet.name]
    held: dict[str, Any] = {
        "title": look.title,
        "description": sheet.description,
        "columns": {column.name: column.description for column in sheet.columns},
        "label_column": look.label,
        "facets": list(look.facets),
        "sort_desc": look.sort,
    }
    return {key: value for key, value in held.items() if value}
