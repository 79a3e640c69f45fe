"""A run over a cluster: its shards to the actors of a pool, and in order into the run's folder."""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Callable, Generator, Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import Any

import ray

from kcsp_nlp.batch.earlier import Earlier, taken_over
from kcsp_nlp.batch.folder import RunFolder
from kcsp_nlp.batch.identity import Identity
from kcsp_nlp.batch.journal import Entry
from kcsp_nlp.batch.messages import Ask
from kcsp_nlp.batch.planning import Shard, plan
from kcsp_nlp.batch.setup import Loads
from kcsp_nlp.batch.shards import Done, Sealed, Work, keep_shard
from kcsp_nlp.batch.task import Task
from kcsp_nlp.cluster.annotator import ShardAnnotator
from kcsp_nlp.cluster.connecting import connected, cores
from kcsp_nlp.cluster.jobs import Job, Kept, kept_whole
from kcsp_nlp.cluster.pool import Pool
from kcsp_nlp.storage.listing import kind_of
from kcsp_nlp.storage.places import Place

# Memory that a machine must have free for an actor, its process with the model and what reads.
_MEMORY = 1 << 30
# Shards for each actor between the first that is not done and the last that is given out.
_AHEAD = 8
# How often a shard is begun whose actors are lost. A document seldom ends an actor, as it is
# watched in a process of its own: where a machine is so short of memory that Ray ends actors.
_MOST_TRIES = 5
# How often the cluster is asked for its size, in seconds.
_PERIOD = 5.0


class ClusterRun:
    """A run of many files over a cluster, whose work lies in a folder until it is joined.

    Attributes:
        journals: What was kept of its shards, in order, as far as it has come.
        workers: The largest number of actors that worked at the same time.
        nodes: Number of machines that have worked.
    """

    def __init__(
        self,
        folder: RunFolder,
        setup: Loads,
        identify: Callable[[], Identity],
        *,
        workers: int | None,
        explain: bool = False,
    ) -> None:
        """Prepare it.

        Args:
            folder: Where its work goes, and that of earlier runs is found: a folder that all
                machines share, or one in an object store.
            setup: What the annotator is made of, on each machine.
            identify: Tells what records depend on besides the files, where it is called.
            workers: Number of actors, one core each; None for as many as the cluster has cores.
            explain: Whether records say what speaks for their topics.
        """
        self._folder = folder
        self._setup = setup
        self._identify = identify
        self._identity = identify()
        self._workers = workers
        self._explain = explain
        self._earlier = Earlier(folder, self._identity.digest)
        self.journals: list[Sealed] = []
        self.workers = 0
        self.nodes = 0

    def annotate(self, places: Sequence[Place]) -> Generator[Done]:
        """Annotate files, and yield what became of each, in order, once its shard is kept.

        Raises:
            KcspError: there is no cluster, or a machine of it cannot work.
            OSError: the folder cannot be written.
        """
        # An input that is there, for other machines to see; where none is, reading them says so.
        there = next((place for place in places if kind_of(place) != "missing"), None)
        with connected(), self._folder.marked() as mark:
            sights = [mark] if there is None else [mark, there]
            pool: Pool[_Pending] = Pool(self._start, partial(self._look, sights))
            try:
                yield from self.keep(places, pool)
            finally:
                pool.close()

    def _start(self) -> Any:  # a handle of the actor
        actor = ray.remote(ShardAnnotator).options(
            num_cpus=1, memory=_MEMORY, max_restarts=0, scheduling_strategy="SPREAD"
        )
        return actor.remote(self._setup, self._identify, explain=self._explain)

    def _look(self, sights: Sequence[Place], actor: Any) -> Any:  # a reference to its `Site`
        return actor.look_around.remote(Path.cwd(), sights, self._identity)

    def keep(self, places: Sequence[Place], pool: Pool[_Pending]) -> Iterator[Done]:
        """Have a pool annotate files; as `annotate`, which makes one."""
        shards = plan(places)
        window: deque[_Pending] = deque()
        waiting: deque[_Pending] = deque()
        wanted, until = 0, 0.0
        while True:
            if time.monotonic() >= until:
                wanted, until = self._workers or cores(), time.monotonic() + _PERIOD
            while len(window) < wanted * _AHEAD and (shard := next(shards, None)):
                window.append(_Pending(self._begin(shard)))
                waiting.append(window[-1])
            if not window:
                return
            pool.grow(min(wanted, len(window)))
            while waiting and pool.has_room():
                pending = waiting.popleft()
                pool.give(pending, self._job(pending.work))
            while window and (kept := window[0].kept):
                yield from self._keep(window.popleft().work, kept)
            if not window:
                continue
            for pending, kept, was_waiting in pool.answers():
                pending.tries += not was_waiting
                pending.kept = kept or self._lose(pending)
                if pending.kept is None:
                    waiting.appendleft(pending)
            self.workers, self.nodes = pool.most, len(pool.nodes)

    def _begin(self, shard: Shard) -> Work:
        return Work(shard, *self._folder.begin(shard.key), self._identity.digest)

    def _job(self, work: Work) -> Job:
        return Job(work, tuple(self._earlier.find(place) for place in work.shard.places))

    def _lose(self, pending: _Pending) -> Kept | None:
        """Note that a machine was lost with a shard; what it gives where it is given up.

        It may be that the machine goes on unseen, so nobody else writes to its journal.
        """
        pending.work = self._begin(pending.work.shard)
        if pending.tries < _MOST_TRIES:
            return None
        why = (
            f"found that {pending.tries} machines of the cluster were lost over it, expected them "
            "to stay and to have memory; run again with --resume, or with --engine local, which "
            "tells a document that takes too much"
        )
        return kept_whole(keep_shard(pending.work, self._given_up(pending.work, why)))

    def _given_up(self, work: Work, why: str) -> Iterator[Task | Entry]:
        """Yield the files of a shard as failed, but those that an earlier run has done."""
        for place in work.shard.places:
            found = taken_over(place, self._earlier.find(place))
            if isinstance(found, Ask):
                task = Task(place)
                task.give_up("crash", why)
                yield task
            else:
                yield found

    def _keep(self, work: Work, kept: Kept) -> Iterator[Done]:
        self.journals.append(kept.sealed)
        self._folder.end(work.shard.key, kept.sealed.stem, work.stem)
        yield from kept.files


class _Pending:
    """A shard that is not done, or whose turn has not come.

    Attributes:
        work: The shard, and where its journals are.
        kept: What it gave; None until then.
        tries: How often an actor has begun it.
    """

    def __init__(self, work: Work) -> None:
        self.work = work
        self.kept: Kept | None = None
        self.tries = 0
