"""The journals of a run into its output, whole or not at all."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from kcsp_nlp.batch.facts import FailureLine, FileFacts
from kcsp_nlp.batch.journal import read_journal
from kcsp_nlp.errors import KcspError
from kcsp_nlp.replacing import new_file


class Joined(NamedTuple):
    """What was written.

    Attributes:
        sha256: Of the records.
        size: Of them, in bytes.
    """

    sha256: str
    size: int


def join(stems: Sequence[Path], identity: str, output: Path) -> Joined:
    """Write the records of all shards to one file, in order.

    Args:
        stems: The journals.
        identity: As they were written with.
        output: The file; an older one stays until the new one is whole.

    Raises:
        KcspError: it cannot be written, or the journals were changed meanwhile.
    """
    digest = hashlib.sha256()
    size = 0
    with new_file(output) as path, path.open("wb") as stream:
        for stem in stems:
            for entry in read_journal(stem, identity):
                held = 0
                for chunk in entry.chunks():
                    stream.write(chunk)
                    digest.update(chunk)
                    held += len(chunk)
                if held != entry.facts.size:
                    raise KcspError(
                        f"{entry.records}: was changed by another program, expected it as it was "
                        "written; run again with --resume"
                    )
                size += held
        stream.flush()
        os.fsync(stream.fileno())
    return Joined(digest.hexdigest(), size)


def failures_of(stems: Iterable[Path], identity: str) -> Iterator[FailureLine]:
    """Yield what failed, in order.

    Args:
        stems: The journals.
        identity: As they were written with.
    """
    for stem in stems:
        for entry in read_journal(stem, identity):
            yield from _failures(entry.facts)


def _failures(facts: FileFacts) -> Iterator[FailureLine]:
    for document in facts.documents:
        if document.failure is not None:
            yield FailureLine(
                source=document.source,
                file=facts.name,
                sha256=facts.sha256,
                kind=document.failure.kind,
                reason=document.failure.reason,
            )


def write_failures(failures: Iterator[FailureLine], path: Path) -> None:
    """Write what failed as JSON Lines; where nothing has, an older file goes.

    Raises:
        KcspError: it cannot be written.
    """
    first = next(failures, None)
    if first is None:
        path.unlink(missing_ok=True)
        return
    with new_file(path) as new, new.open("w", encoding="utf-8", newline="\n") as stream:
        for line in (first, *failures):
            stream.write(line.model_dump_json(by_alias=True) + "\n")
