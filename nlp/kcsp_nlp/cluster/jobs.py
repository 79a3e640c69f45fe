"""A shard on its way to a machine of the cluster, and what comes back."""

from __future__ import annotations

from collections.abc import Generator
from typing import NamedTuple

from kcsp_nlp.batch.journal import Entry
from kcsp_nlp.batch.shards import Done, Sealed, Work


class Job(NamedTuple):
    """A shard to be annotated and kept.

    Attributes:
        work: The shard, and where its journals are.
        earlier: What an earlier run has done with each of its files; None for nothing. Whether it
            holds still is not known.
    """

    work: Work
    earlier: tuple[Entry | None, ...]


class Kept(NamedTuple):
    """A shard that is kept.

    Attributes:
        sealed: Its journal.
        files: What became of its files, in order.
    """

    sealed: Sealed
    files: tuple[Done, ...]


def kept_whole(keeping: Generator[Done, None, Sealed]) -> Kept:
    """Keep all of a shard: what `keep_shard` yields and returns."""
    files = []
    while True:
        try:
            files.append(next(keeping))
        except StopIteration as end:
            return Kept(end.value, tuple(files))


class Site(NamedTuple):
    """Where an annotator runs.

    Attributes:
        node: Ray's id of the machine.
        name: The machine's own.
        problem: Why it cannot work there; None where it can.
    """

    node: str
    name: str
    problem: str | None
