"""Records as JSON Lines, one per line: what `annotate` writes and every other command reads."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import IO, Any, cast

import jsonlines

from kcsp_nlp.jsonl import read_models
from kcsp_nlp.jsonl import read_stream as models_of
from kcsp_nlp.records import SCHEMA_VERSION, Record

_EXPECTED = (
    f"expected a record of {SCHEMA_VERSION} as `kcsp-nlp annotate` writes it "
    "(see `kcsp-nlp schema`)"
)


def _dumps(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(", ", ": "))


def write(records: Iterable[Record], stream: IO[str]) -> int:
    """Write records as JSON Lines, one per line, and return how many there were."""
    writer = jsonlines.Writer(cast(Any, stream), dumps=_dumps)
    written = 0
    for record in records:
        writer.write(record.to_json())
        written += 1
    return written


def read(path: Path) -> Iterator[Record]:
    """Read the records of a JSON Lines file, in order.

    Raises:
        CorpusError: the file cannot be opened or a line is not a record; the message names file
            and line.
    """
    return read_models(path, Record, _EXPECTED)


def read_stream(stream: IO[bytes], name: str) -> Iterator[Record]:
    """Read the records of an open stream, in order.

    Args:
        stream: It is left open.
        name: What messages call it.

    Raises:
        CorpusError: a line is not a record; the message says which.
    """
    return models_of(stream, name, Record, _EXPECTED)
