"""One shard: what became of its files into a journal, unless one holds just that already."""

from __future__ import annotations

import hashlib
from collections.abc import Generator, Iterable, Iterator, Sequence
from contextlib import closing, nullcontext
from typing import NamedTuple

from kcsp_nlp.batch.earlier import covers
from kcsp_nlp.batch.facts import FileFacts
from kcsp_nlp.batch.journal import Entry, Journal, changed
from kcsp_nlp.batch.planning import Shard
from kcsp_nlp.batch.task import Task
from kcsp_nlp.storage.places import Place


class Done(NamedTuple):
    """What became of one file.

    Attributes:
        facts: All but its records.
        is_new: Whether this run has annotated it, rather than an earlier one.
    """

    facts: FileFacts
    is_new: bool


class Work(NamedTuple):
    """A shard, and where its journals are.

    Attributes:
        shard: The shard.
        older: Its journals of earlier runs.
        stem: Where a new one goes.
        identity: Digest of all that records depend on besides the files.
    """

    shard: Shard
    older: tuple[Place, ...]
    stem: Place
    identity: str


class Sealed(NamedTuple):
    """A journal, and what must stand in it.

    Attributes:
        stem: The journal.
        digest: SHA-256 of its facts.
    """

    stem: Place
    digest: str

    def prove(self, entries: Iterable[Entry]) -> None:
        """Prove that a journal holds what was written, but for the records themselves.

        Raises:
            KcspError: it does not.
        """
        if seal(self.stem, (entry.facts for entry in entries)) != self:
            raise changed(self.stem)


def seal(stem: Place, files: Iterable[FileFacts]) -> Sealed:
    """Note what must stand in a journal."""
    digest = hashlib.sha256()
    for facts in files:
        digest.update(facts.model_dump_json().encode() + b"\n")
    return Sealed(stem, digest.hexdigest())


def keep_shard(work: Work, results: Iterator[Task | Entry]) -> Generator[Done, None, Sealed]:
    """Keep what became of the files of a shard.

    Args:
        work: The shard.
        results: What became of its files, in order; what stands behind them is left.

    Yields:
        What became of each file, once it is kept.

    Returns:
        The journal that holds it: a new one, or that of an earlier run that holds just this.

    Raises:
        OSError: the journal cannot be written.
    """
    facts: list[FileFacts] = []
    with closing(_keep(work, results)) as keeping:
        while True:
            try:
                done = next(keeping)
            except StopIteration as end:
                return seal(end.value, facts)
            facts.append(done.facts)
            yield done


def _keep(work: Work, results: Iterator[Task | Entry]) -> Generator[Done, None, Place]:
    held: list[Entry] = []
    while len(held) < len(work.shard.places):
        result = next(results)
        if isinstance(result, Task):
            return (yield from _write(work, held, result, results))
        held.append(result)
    stem = held[0].stem
    if stem in work.older and covers(held, stem, work.identity):
        yield from (Done(entry.facts, is_new=False) for entry in held)
        return stem
    return (yield from _write(work, held, None, results))


def _write(
    work: Work, held: Sequence[Entry], first: Task | None, results: Iterator[Task | Entry]
) -> Generator[Done, None, Place]:
    """Write a new journal.

    Args:
        work: The shard.
        held: Its first files, done by an earlier run.
        first: The one behind them; None where they are all.
        results: The others.
    """
    with closing(first) if first else nullcontext(), Journal(work.stem, work.identity) as journal:
        for entry in held:
            yield _write_entry(journal, entry)
        written = len(held)
        result: Task | Entry | None = first
        while result is not None:
            yield _write_result(journal, result)
            written += 1
            result = next(results) if written < len(work.shard.places) else None
        journal.sync()
    return work.stem


def _write_result(journal: Journal, result: Task | Entry) -> Done:
    if isinstance(result, Entry):
        return _write_entry(journal, result)
    try:
        result.write_to(journal.lines)
        journal.note(result.facts)
        return Done(result.facts, is_new=True)
    finally:
        result.close()


def _write_entry(journal: Journal, entry: Entry) -> Done:
    for chunk in entry.chunks():
        journal.lines.write(chunk)
    journal.note(entry.facts)
    return Done(entry.facts, is_new=False)
