"""`kcsp-nlp schema`: what records, people, runs and tables hold."""

from __future__ import annotations

import json
from typing import Annotated, Any, Literal

import typer


def schema(
    of: Annotated[
        Literal["record", "person", "run", "failure", "warehouse"],
        typer.Argument(
            metavar="[record|person|run|failure|warehouse]",
            help="A line of `annotate`, one of `people`; the report of a run, a line of its "
            "failures; or the tables of `export`.",
        ),
    ] = "record",
) -> None:
    """Print the JSON Schema (Draft 2020-12) that every line of `annotate` validates against.

    With `person`, the one of every line of `people`; with `run`, of the report of `annotate
    --report`; with `failure`, of a line of OUT.failures.jsonl. With `warehouse`, a page of Markdown
    about the tables, columns and views that `export` writes.

    Example: kcsp-nlp schema > record.schema.json
    """
    from kcsp_nlp.cli.writing import open_output

    with open_output(None) as stream:
        stream.write(_page() if of == "warehouse" else _json_schema(of))


def _json_schema(of: Literal["record", "person", "run", "failure"]) -> str:
    found: dict[str, Any]
    match of:
        case "person":
            from kcsp_nlp.people import person

            found = person.json_schema()
        case "run":
            from kcsp_nlp.batch.reporting import RunReport, published

            found = published(RunReport)
        case "failure":
            from kcsp_nlp.batch.facts import FailureLine
            from kcsp_nlp.batch.reporting import published

            found = published(FailureLine)
        case "record":
            from kcsp_nlp import records

            found = records.json_schema()
    return json.dumps(found, indent=2, ensure_ascii=False) + "\n"


def _page() -> str:
    from kcsp_nlp.warehouse.documentation import page

    return page()
