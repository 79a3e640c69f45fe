"""A shard on its way to a machine of the cluster, and what comes back."""

from __future__ import annotations

from typing import NamedTuple

from kcsp_nlp.batch.journal import Entry
from kcsp_nlp.batch.shards import Done, Work
from kcsp_nlp.storage.places import Place


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
        stem: Its journal.
        files: What became of its files, in order.
    """

    stem: Place
    files: tuple[Done, ...]


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
