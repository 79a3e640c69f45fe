"""The actors of a run: started as the cluster grows, given jobs, replaced where machines fail."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from typing import Any, Generic, NamedTuple, TypeVar

import ray
from ray.exceptions import RayError, RayTaskError

from kcsp_nlp.cluster.jobs import Job, Kept, Site
from kcsp_nlp.errors import KcspError

Key = TypeVar("Key")

# Jobs that an actor holds: one is under way while the next one waits.
_HELD = 2
# How long answers are waited for before the cluster is looked at again, in seconds.
_PERIOD = 1.0
# How long no actor at all may find room before the run ends, in seconds: a cluster that grows by
# itself takes minutes for a machine.
_LONGEST_WAIT = 900.0
# How many actors in a row may die before they have begun, for each that is wanted.
_MOST_DEAD_STARTS = 3


class Answer(NamedTuple, Generic[Key]):
    """What became of a job.

    Attributes:
        key: The job's.
        kept: What it gave; None where the actor was lost that had it.
        was_waiting: Whether it had not begun when the actor was lost.
    """

    key: Key
    kept: Kept | None
    was_waiting: bool = False


class _Member(Generic[Key]):
    """An actor, and the jobs that it holds."""

    def __init__(self, actor: Any) -> None:
        self.actor = actor
        self.is_ready = False
        self.held: dict[Any, Key] = {}  # answers to come


class Pool(Generic[Key]):
    """The actors; `close` ends them.

    Attributes:
        nodes: Ids of the machines that have worked.
        most: The largest number of actors that worked at the same time.
    """

    def __init__(self, start: Callable[[], Any], look: Callable[[Any], Any]) -> None:
        """Prepare it; nothing is started yet.

        Args:
            start: Starts an actor and returns its handle.
            look: Asks an actor for its `Site` and returns the answer to come.
        """
        self.nodes: set[str] = set()
        self.most = 0
        self._start = start
        self._look = look
        self._members: list[_Member[Key]] = []
        self._looking: dict[Any, _Member[Key]] = {}
        self._dead_starts = 0
        self._until = time.monotonic() + _LONGEST_WAIT

    def grow(self, wanted: int) -> None:
        """Start actors until there are as many as wanted; those that find no room yet wait."""
        while len(self._members) < wanted:
            member: _Member[Key] = _Member(self._start())
            self._members.append(member)
            self._looking[self._look(member.actor)] = member

    def has_room(self) -> bool:
        """Tell whether an actor would take a job at once."""
        return any(member.is_ready and len(member.held) < _HELD for member in self._members)

    def give(self, key: Key, job: Job) -> None:
        """Give a job to the actor that holds fewest; there is one with room."""
        ready = [member for member in self._members if member.is_ready]
        member = min(ready, key=lambda each: len(each.held))
        member.held[member.actor.annotate.remote(job)] = key

    def answers(self) -> Iterator[Answer[Key]]:
        """Wait a while, and yield what came in.

        Raises:
            KcspError: a machine cannot work, or the work of one failed for good.
        """
        if any(member.is_ready for member in self._members):
            self._until = time.monotonic() + _LONGEST_WAIT
        elif time.monotonic() > self._until:
            raise KcspError(
                f"found no room in the cluster for {_LONGEST_WAIT:.0f} seconds, expected a machine "
                "with a free core and 1 GB of free memory; add machines or end other work"
            )
        waiting = [*self._looking]
        for member in self._members:
            waiting.extend(member.held)
        came, _ = ray.wait(waiting, num_returns=1, timeout=_PERIOD)
        for answer in came:
            if answer in self._looking:
                yield from self._welcome(answer)
            else:
                yield from self._take(answer)

    def close(self) -> None:
        """End all actors, and what they have begun."""
        for member in self._members:
            with suppress(RayError):
                ray.kill(member.actor)
        self._members.clear()
        self._looking.clear()

    def _welcome(self, answer: Any) -> Iterator[Answer[Key]]:
        member = self._looking.pop(answer)
        try:
            site: Site = ray.get(answer)
        except RayError as error:
            self._dead_starts += 1
            if self._dead_starts > _MOST_DEAD_STARTS * max(1, len(self._members)):
                raise KcspError(
                    f"found that {self._dead_starts} processes of the cluster ended before they "
                    "had begun, expected kcsp-nlp and its libraries on each of its machines, of "
                    "the same version as here; install them and run again with --resume"
                ) from error
            yield from self._lose(member)
            return
        if site.problem is not None:
            raise KcspError(
                f"{site.name}: {site.problem}, expected the same as where the run was begun; "
                "mend it there or take the machine out of the cluster, and run again with --resume"
            )
        self._dead_starts = 0
        self.nodes.add(site.node)
        member.is_ready = True
        self.most = max(self.most, sum(each.is_ready for each in self._members))

    def _take(self, answer: Any) -> Iterator[Answer[Key]]:
        member = next((each for each in self._members if answer in each.held), None)
        if member is None:
            return  # lost with its actor a moment ago
        try:
            kept: Kept = ray.get(answer)
        except RayTaskError as error:
            cause = error.cause
            if isinstance(cause, KcspError | OSError):
                raise cause from None
            # No message of the error: it may quote a document.
            raise KcspError(
                f"found {type(cause).__name__} on a machine of the cluster, expected none; please "
                "report it"
            ) from None
        except RayError:
            yield from self._lose(member)
            return
        yield Answer(member.held.pop(answer), kept)

    def _lose(self, member: _Member[Key]) -> Iterator[Answer[Key]]:
        """Go on without an actor; others do what it held."""
        self._members.remove(member)
        with suppress(RayError):
            ray.kill(member.actor)
        for at, key in enumerate(member.held.values()):  # in the order in which they are done
            yield Answer(key, None, was_waiting=at > 0)
