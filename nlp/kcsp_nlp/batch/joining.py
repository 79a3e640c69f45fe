"""The journals of a run into its output, whole or not at all."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Sequence
from itertools import chain
from typing import NamedTuple

from kcsp_nlp.batch.facts import FailureLine, FileFacts
from kcsp_nlp.batch.journal import Entry, read_journals
from kcsp_nlp.batch.shards import Sealed
from kcsp_nlp.storage.files import new_file, remove
from kcsp_nlp.storage.places import Place


class Joined(NamedTuple):
    """What was written.

    Attributes:
        sha256: Of the records.
        size: Of them, in bytes.
    """

    sha256: str
    size: int


def join(
    journals: Sequence[Sealed], identity: str, output: Place, check: Callable[[], None]
) -> Joined:
    """Write the records of all shards to one file, in order.

    Args:
        journals: What was kept of each shard.
        identity: As they were written with.
        output: The file; an older one stays until the new one is whole.
        check: Called as the last thing before the new one is there; what it raises prevents it.

    Raises:
        KcspError: it cannot be written, or the journals were changed meanwhile.
        OSError: a journal cannot be read.
    """
    digest = hashlib.sha256()
    size = 0
    with new_file(output) as stream:
        for entry in _entries(journals, identity):
            for chunk in entry.chunks():
                stream.write(chunk)
                digest.update(chunk)
                size += len(chunk)
        check()
    return Joined(digest.hexdigest(), size)


def failures_of(journals: Sequence[Sealed], identity: str) -> Iterator[FailureLine]:
    """Yield what failed, in order.

    Args:
        journals: What was kept of each shard.
        identity: As they were written with.

    Raises:
        KcspError: the journals were changed meanwhile.
        OSError: a journal cannot be read.
    """
    for entry in _entries(journals, identity):
        yield from _failures(entry.facts)


def _entries(journals: Sequence[Sealed], identity: str) -> Iterator[Entry]:
    """Yield what stands in all journals, each proved to be what was written."""
    stems = [sealed.stem for sealed in journals]
    for sealed, (_, entries) in zip(journals, read_journals(stems, identity), strict=True):
        sealed.prove(entries)
        yield from entries


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


def write_failures(failures: Iterator[FailureLine], place: Place) -> None:
    """Write what failed as JSON Lines; where nothing has, an older file goes.

    Raises:
        KcspError: it cannot be written.
    """
    first = next(failures, None)
    if first is None:
        remove(place)
        return
    with new_file(place) as stream:
        for line in chain((first,), failures):
            stream.write(line.model_dump_json(by_alias=True).encode() + b"\n")
