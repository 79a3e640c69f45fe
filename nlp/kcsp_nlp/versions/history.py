"""What became of the shipped model: which replaced which, when, and by what figures.

A file of JSON Lines beside the model folder, `kcsp.history.jsonl` for `kcsp`. Lines are added and
never changed; the file is replaced as a whole, so a kill leaves it with the new line or without.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import Literal

from pydantic import Field

from kcsp_nlp.errors import KcspError
from kcsp_nlp.jsonl import read_models
from kcsp_nlp.versions.comparison import Comparison
from kcsp_nlp.versions.facts import Frozen, ModelFacts


class Entry(Frozen):
    """One replacement of the shipped model."""

    schema_: Literal["kcsp-nlp/history/1"] = Field(default="kcsp-nlp/history/1", alias="schema")
    at: str = Field(description="When, UTC, ISO 8601.")
    action: Literal["promote", "rollback"]
    by: str = Field(description="Version of kcsp-nlp.")
    model: ModelFacts = Field(description="The model that is shipped from now on.")
    replaced: ModelFacts | None = Field(description="The model before; null where there was none.")
    forced: bool = Field(description="Whether --force was given and needed.")
    against: tuple[str, ...] = Field(description="What spoke against it; empty unless forced.")
    margin: float | None = Field(description="How much a label might fall; null for a rollback.")
    comparison: Comparison | None = Field(description="Null where nothing was compared.")

    def to_line(self) -> bytes:
        """Return the entry as one line of JSON."""
        return self.model_dump_json(by_alias=True).encode() + b"\n"


def read_history(path: Path) -> list[Entry]:
    """Read a history, oldest first; empty where there is none yet.

    Raises:
        KcspError: a line is no entry; the message names file and line.
    """
    if not path.exists():
        return []
    return list(
        read_models(
            path,
            Entry,
            "expected what `kcsp-nlp promote` writes; bring the file back from version control, "
            "or put it aside",
        )
    )


def append(path: Path, entry: Entry) -> None:
    """Add an entry; one that is there already, as the last, is not added again.

    Raises:
        KcspError: the history cannot be written.
    """
    line = entry.to_line()
    try:
        held = path.read_bytes() if path.exists() else b""
        if held.endswith(line):
            return
        if held and not held.endswith(b"\n"):
            held += b"\n"
        write_whole(path, held + line)
    except OSError as error:
        raise KcspError(
            f"{path}: cannot be written ({error.strerror}); expected a file in a folder that may "
            "be written to"
        ) from error


def write_whole(path: Path, data: bytes) -> None:
    """Write a file that is seen whole or not at all, even where the power fails.

    Raises:
        OSError: it cannot be written.
    """
    part = unfinished(path)
    with part.open("wb") as stream:
        stream.write(data)
        stream.flush()
        os.fsync(stream.fileno())
    part.replace(path)


def unfinished(path: Path) -> Path:
    """Return where `write_whole` writes before the file takes its place; a kill leaves it there."""
    return path.with_name(f".{path.name}.part")
