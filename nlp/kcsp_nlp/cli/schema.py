"""`kcsp-nlp schema`: what records, people and tables hold."""

from __future__ import annotations

import json
from typing import Annotated, Literal

import typer


def schema(
    of: Annotated[
        Literal["record", "person", "warehouse"],
        typer.Argument(
            metavar="[record|person|warehouse]",
            help="A line of `annotate`, one of `people`, or the tables of `export`.",
        ),
    ] = "record",
) -> None:
    """Print the JSON Schema (Draft 2020-12) that every line of `annotate` validates against.

    With `person`, the one of every line of `people`. With `warehouse`, a page of Markdown about the
    tables, columns and views that `export` writes.

    Example: kcsp-nlp schema > record.schema.json
    """
    from kcsp_nlp.cli.writing import open_output

    with open_output(None) as stream:
        stream.write(_page() if of == "warehouse" else _json_schema(of))


def _json_schema(of: Literal["record", "person"]) -> str:
    from kcsp_nlp import records
    from kcsp_nlp.people import person

    found = person.json_schema() if of == "person" else records.json_schema()
    return json.dumps(found, indent=2, ensure_ascii=False) + "\n"


def _page() -> str:
    from kcsp_nlp.warehouse.documentation import page

    return page()
