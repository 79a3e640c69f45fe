"""`kcsp-nlp schema`: the published JSON Schema of a record, or of a person."""

from __future__ import annotations

import json
from typing import Annotated, Literal

import typer


def schema(
    of: Annotated[
        Literal["record", "person"],
        typer.Argument(metavar="[record|person]", help="A line of `annotate`, or one of `people`."),
    ] = "record",
) -> None:
    """Print the JSON Schema (Draft 2020-12) that every line of `annotate` validates against.

    With `person`, the one of every line of `people`.

    Example: kcsp-nlp schema > record.schema.json
    """
    from kcsp_nlp import records
    from kcsp_nlp.cli.writing import open_output
    from kcsp_nlp.people import person

    found = person.json_schema() if of == "person" else records.json_schema()
    with open_output(None) as stream:
        stream.write(json.dumps(found, indent=2, ensure_ascii=False) + "\n")
