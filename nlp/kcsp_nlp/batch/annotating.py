"""A run: shards planned, what earlier runs have done taken over, the rest annotated and kept."""

from __future__ import annotations

from collections.abc import Generator, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from kcsp_nlp.batch.earlier import Earlier, covers
from kcsp_nlp.batch.facts import FileFacts
from kcsp_nlp.batch.folder import RunFolder
from kcsp_nlp.batch.journal import Entry, Journal
from kcsp_nlp.batch.planning import Shard, plan
from kcsp_nlp.batch.scheduling import annotate_in_order
from kcsp_nlp.batch.setup import Loads
from kcsp_nlp.batch.task import Task


class Done(NamedTuple):
    """What became of one file.

    Attributes:
        facts: All but its records.
        is_new: Whether this run has annotated it, rather than an earlier one.
    """

    facts: FileFacts
    is_new: bool


class Run:
    """A run of many files, whose work lies in a folder until it is joined.

    Attributes:
        stems: The journals of its shards, in order, as far as it has come.
    """

    def __init__(
        self,
        folder: RunFolder,
        setup: Loads,
        identity: str,
        *,
        workers: int,
        explain: bool = False,
    ) -> None:
        """Prepare it.

        Args:
            folder: Where its work goes, and that of earlier runs is found.
            setup: What the annotator is made of.
            identity: Digest of all that records depend on besides the files.
            workers: As of `annotate_in_order`.
            explain: Whether records say what speaks for their topics.
        """
        self._folder = folder
        self._setup = setup
        self._identity = identity
        self._workers = workers
        self._explain = explain
        self._earlier = Earlier(folder, identity)
        self.stems: list[Path] = []

    def annotate(self, paths: Sequence[Path]) -> Generator[Done]:
        """Annotate files, and yield what became of each, in order, once it is kept.

        Raises:
            KcspError: the model cannot be loaded.
            OSError: the folder cannot be written.
        """
        results = annotate_in_order(
            (self._earlier.find(path) or path for path in paths),
            self._setup,
            workers=self._workers,
            explain=self._explain,
        )
        try:
            for shard in plan(paths):
                yield from self._write(shard, results)
        finally:
            results.close()

    def remove_others(self) -> None:
        """Remove the journals of files that this run was not given."""
        for stem in set(self._folder.stems()) - set(self.stems):
            self._folder.remove(stem)

    def _write(self, shard: Shard, results: Iterator[Task | Entry]) -> Iterator[Done]:
        """Keep the next files, those of a shard."""
        older = self._folder.stems_of(shard.key)
        held: list[Entry] = []
        for result in results:
            if isinstance(result, Task):
                yield from self._write_anew(shard, held, result, results)
                break
            held.append(result)
            if len(held) == len(shard.paths):
                yield from self._keep(shard, held)
                break
        for stem in older:
            if stem != self.stems[-1]:
                self._folder.remove(stem)

    def _keep(self, shard: Shard, held: list[Entry]) -> Iterator[Done]:
        """Keep a shard of which nothing is to be done."""
        stem = held[0].records.with_suffix("")
        if stem in self._folder.stems_of(shard.key) and covers(held, stem, self._identity):
            yield from (Done(entry.facts, is_new=False) for entry in held)
            self.stems.append(stem)
            return
        yield from self._write_anew(shard, held, None, iter(()))

    def _write_anew(
        self,
        shard: Shard,
        held: Sequence[Entry],
        first: Task | None,
        results: Iterator[Task | Entry],
    ) -> Iterator[Done]:
        """Write a new journal of a shard.

        Args:
            shard: The shard.
            held: Its first files, done by an earlier run.
            first: The one behind them.
            results: The others.
        """
        stem = self._folder.new_stem(shard.key)
        written = 0
        with Journal(stem, self._identity) as journal:
            for entry in held:
                yield _write_entry(journal, entry)
                written += 1
            result: Task | Entry | None = first
            while result is not None:
                yield _write_result(journal, result)
                written += 1
                result = next(results) if written < len(shard.paths) else None
            journal.sync()
        self.stems.append(stem)


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
