"""`kcsp-nlp schema`: the published JSON Schema of a record."""

from __future__ import annotations

import json


def schema() -> None:
    """Print the JSON Schema (Draft 2020-12) that every line of `annotate` validates against.

    Example: kcsp-nlp schema > record.schema.json
    """
    from kcsp_nlp.cli.writing import open_output
    from kcsp_nlp.records import json_schema

    with open_output(None) as stream:
        stream.write(json.dumps(json_schema(), indent=2, ensure_ascii=False) + "\n")
