"""Files to processes and back in order: who works on what, what is tried again, what is given up.

A file whose process died or had to be stopped is tried once more in another process, with no other
file beside it: it may have been the others' memory.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Generator, Iterator
from multiprocessing.connection import wait
from pathlib import Path
from typing import Generic, TypeVar

from kcsp_nlp.batch.messages import Ask
from kcsp_nlp.batch.serving import work_on
from kcsp_nlp.batch.setup import Loads, keep_to_one_thread
from kcsp_nlp.batch.task import Task
from kcsp_nlp.batch.worker import StoppedError, Worker
from kcsp_nlp.errors import KcspError
from kcsp_nlp.reading import Reader

Kept = TypeVar("Kept")

# Files for each process between the first that is not done and the last that is asked for: so
# far may the others run ahead of a slow one.
_AHEAD = 16
# How often time and memory of the processes are looked at, in seconds.
_PERIOD = 0.1
# How many processes in a row may die before they have loaded the model.
_MOST_DEAD_STARTS = 3


def annotate_in_order(
    files: Iterator[Path | Kept], setup: Loads, *, workers: int, explain: bool = False
) -> Generator[Task | Kept]:
    """Annotate files, in order.

    Args:
        files: The files; whatever else stands between them is passed on in its place. They are
            asked for as they are needed.
        setup: What the annotator is made of.
        workers: Number of processes at most; 0 works in this one, where nothing is watched. The
            records do not depend on it.
        explain: Whether records say what speaks for their topics.

    Yields:
        What became of each file, in the order of `files`; to be closed by whoever takes it.

    Raises:
        KcspError: the model cannot be loaded, or processes die before they have.
    """
    if workers <= 0:
        yield from _annotate_here(files, setup, explain)
        return
    schedule = _Schedule(files, setup, workers, explain)
    try:
        yield from schedule.run()
        schedule.stop(at_once=False)
    finally:
        schedule.stop()


def _annotate_here(
    files: Iterator[Path | Kept], setup: Loads, explain: bool
) -> Iterator[Task | Kept]:
    annotator = None
    with keep_to_one_thread(), Reader(setup.limits) as reader:
        for file in files:
            if not isinstance(file, Path):
                yield file
                continue
            annotator = annotator or setup.load()
            task = Task(file)
            try:
                for message in work_on(annotator, reader, Ask(file), explain=explain):
                    task.take(message)
            except BaseException:
                task.close()
                raise
            yield task


class _Schedule(Generic[Kept]):
    """Files between their first and their last sight, and the processes that work on them."""

    def __init__(
        self, files: Iterator[Path | Kept], setup: Loads, workers: int, explain: bool
    ) -> None:
        self._files = files
        self._setup = setup
        self._most = workers
        self._ahead = workers * _AHEAD
        self._explain = explain
        self._window: deque[Task | Kept] = deque()
        self._waiting: deque[Task] = deque()
        self._again: deque[Task] = deque()
        self._alone: Task | None = None
        self._workers: list[Worker] = []
        self._dead_starts = 0

    def run(self) -> Iterator[Task | Kept]:
        """Yield what becomes of the files."""
        while True:
            self._look_ahead()
            if not self._window:
                return
            first = self._window[0]
            if not isinstance(first, Task) or first.is_done:
                self._assign()  # they work while the caller writes
                yield self._window.popleft()
                continue
            self._assign()
            self._listen()
            self._watch()

    def stop(self, *, at_once: bool = True) -> None:
        """End the processes."""
        for worker in () if at_once else self._workers:
            worker.dismiss()
        while self._workers:
            self._workers.pop().stop(at_once=at_once)
        for each in self._window:
            if isinstance(each, Task):
                each.close()

    def _look_ahead(self) -> None:
        while len(self._window) < self._ahead:
            try:
                file = next(self._files)
            except StopIteration:
                return
            if not isinstance(file, Path):
                self._window.append(file)
                continue
            task = Task(file)
            self._window.append(task)
            self._waiting.append(task)

    def _assign(self) -> None:
        for worker in [each for each in self._workers if each.is_idle and each.is_sated]:
            self._end(worker)
        busy = [worker.task for worker in self._workers if worker.task is not None]
        if busy and (self._again or self._alone in busy):
            return  # what is tried again has the machine for itself
        queue = self._again or self._waiting
        for worker in reversed(self._workers):  # the newest first
            if queue and worker.is_idle:
                task = queue.popleft()
                worker.give(task)
                if queue is self._again:
                    self._alone = task
                    return
        loading = sum(not worker.is_ready for worker in self._workers)
        while len(self._workers) < self._most and loading < len(queue):
            self._workers.append(Worker(self._setup, explain=self._explain))
            loading += 1

    def _listen(self) -> None:
        heard = wait([worker.connection for worker in self._workers], timeout=_PERIOD)
        for worker in [each for each in self._workers if each.connection in heard]:
            try:
                worker.receive()
                while worker.connection.poll():
                    worker.receive()
            except StoppedError as stopped:
                self._lose(worker, stopped)
            if worker.is_ready:
                self._dead_starts = 0

    def _watch(self) -> None:
        for worker in list(self._workers):
            try:
                worker.check()
            except StoppedError as stopped:
                self._lose(worker, stopped)

    def _lose(self, worker: Worker, stopped: StoppedError) -> None:
        """Go on without a process; its file is tried again, or has failed."""
        task = worker.task
        self._end(worker)
        if not worker.is_ready:
            self._dead_starts += 1
            if self._dead_starts >= _MOST_DEAD_STARTS:
                raise KcspError(
                    f"found that {_MOST_DEAD_STARTS} processes in a row ended before the model was "
                    "loaded, expected memory for it; use fewer --workers or close other programs"
                ) from stopped
        if task is not None and not task.is_done and task.stop(stopped.kind, str(stopped)):
            self._again.append(task)

    def _end(self, worker: Worker) -> None:
        self._workers.remove(worker)
        worker.stop()
