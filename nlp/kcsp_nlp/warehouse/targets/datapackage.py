"""The description beside CSV files: a Tabular Data Package, which tells programs types and keys.

https://specs.frictionlessdata.io/tabular-data-package/
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

from kcsp_nlp.warehouse.schema import BY_NAME, SCHEMA_VERSION
from kcsp_nlp.warehouse.sheets import SHEETS, Sheet
from kcsp_nlp.warehouse.table import Column

_TYPES = {
    "text": "string",
    "integer": "integer",
    "real": "number",
    "boolean": "boolean",
    "date": "date",
}
_DIALECT = {
    "delimiter": ",",
    "quoteChar": '"',
    "doubleQuote": True,
    "lineTerminator": "\r\n",
    "skipInitialSpace": False,
    "header": True,
}
_DESCRIPTION = (
    "Minutes of public bodies as tables: what stands in them, found by a program that may be "
    "wrong. A null is an empty cell without quotes, an empty text is two quotes. A text that a "
    "spreadsheet program would take for a formula has an apostrophe in front."
)


class FileFacts(NamedTuple):
    """A file that was written: its rows without the header, its size in bytes, its digest."""

    rows: int
    size: int
    sha256: str


def describe(facts: Mapping[str, FileFacts]) -> dict[str, Any]:
    """Return the description of a folder of CSV files.

    Args:
        facts: What was written for each sheet, by name.
    """
    return {
        "profile": "tabular-data-package",
        "name": "kcsp-nlp-warehouse",
        "title": "Minutes as tables",
        "description": _DESCRIPTION,
        "version": SCHEMA_VERSION,
        "resources": [_resource(sheet, facts[sheet.name]) for sheet in SHEETS],
    }


def _resource(sheet: Sheet, facts: FileFacts) -> dict[str, Any]:
    schema: dict[str, Any] = {
        "fields": [_field(column) for column in sheet.columns],
        "missingValues": [""],
        "primaryKey": list(sheet.key),
    }
    references = [
        _reference(column.name, column.references) for column in sheet.columns if column.references
    ]
    if references:
        schema["foreignKeys"] = references
    return {
        "profile": "tabular-data-resource",
        "name": sheet.name,
        "path": f"{sheet.name}.csv",
        "description": sheet.description,
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "bytes": facts.size,
        "hash": f"sha256:{facts.sha256}",
        "rows": facts.rows,
        "dialect": _DIALECT,
        "schema": schema,
    }


def _field(column: Column) -> dict[str, Any]:
    field: dict[str, Any] = {
        "name": column.name,
        "type": _TYPES[column.type],
        "description": column.description,
    }
    # An empty text counts as missing to readers of packages, so only other types can be required.
    if not column.null and column.type != "text":
        field["constraints"] = {"required": True}
    return field


def _reference(column: str, table: str) -> dict[str, Any]:
    (key,) = BY_NAME[table].key
    return {"fields": column, "reference": {"resource": table, "fields": key}}
