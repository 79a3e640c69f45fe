"""Files to processes and back in order: who works on what, what is tried again, what is given up.

A file whose process died or had to be stopped is tried once more in another process, with no other
file beside it: it may have been the others' memory.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Generator, Iterator
from multiprocessing.connection import wait
from typing import Generic, TypeVar

from kcsp_nlp.batch.crew import Crew
from kcsp_nlp.batch.messages import Ask
from kcsp_nlp.batch.serving import work_on
from kcsp_nlp.batch.task import Task
from kcsp_nlp.batch.worker import StoppedError, Worker

Kept = TypeVar("Kept")

# Files for each process between the first that is not done and the last that is asked for: so
# far may the others run ahead of a slow one.
_AHEAD = 16
# How often time and memory of the processes are looked at, in seconds.
_PERIOD = 0.1


def annotate_in_order(files: Iterator[Ask | Kept], crew: Crew) -> Generator[Task | Kept]:
    """Annotate files, in order.

    Args:
        files: The files; whatever else stands between them is passed on in its place. They are
            asked for as they are needed.
        crew: Who annotates.

    Yields:
        What became of each file, in the order of `files`; to be closed by whoever takes it.

    Raises:
        KcspError: the model cannot be loaded, or processes die before they have.
    """
    if not crew.most:
        yield from _annotate_here(files, crew)
        return
    schedule = _Schedule(files, crew)
    try:
        yield from schedule.run()
    finally:
        schedule.abandon()


def _annotate_here(files: Iterator[Ask | Kept], crew: Crew) -> Iterator[Task | Kept]:
    for asked in files:
        if not isinstance(asked, Ask):
            yield asked
            continue
        annotator, reader = crew.work_here()
        task = Task(asked.place)
        try:
            for message in work_on(annotator, reader, asked, explain=crew.explain):
                task.take(message)
        except BaseException:
            task.close()
            raise
        yield task


class _Schedule(Generic[Kept]):
    """Files between their first and their last sight, and who works on them."""

    def __init__(self, files: Iterator[Ask | Kept], crew: Crew) -> None:
        self._files = files
        self._crew = crew
        self._ahead = crew.most * _AHEAD
        self._window: deque[Task | Kept] = deque()
        self._waiting: deque[Task] = deque()
        self._again: deque[Task] = deque()
        self._alone: Task | None = None

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

    def abandon(self) -> None:
        """Let go of what is not done, and end the processes that work on it."""
        for worker in [each for each in self._crew.workers if each.task is not None]:
            self._crew.dismiss(worker)
        for each in self._window:
            if isinstance(each, Task):
                each.close()

    def _look_ahead(self) -> None:
        while len(self._window) < self._ahead:
            try:
                file = next(self._files)
            except StopIteration:
                return
            if not isinstance(file, Ask):
                self._window.append(file)
                continue
            task = Task(file.place)
            self._window.append(task)
            self._waiting.append(task)

    def _assign(self) -> None:
        crew = self._crew
        for worker in [each for each in crew.workers if each.is_idle and each.is_sated]:
            crew.dismiss(worker)
        busy = [worker.task for worker in crew.workers if worker.task is not None]
        if busy and (self._again or self._alone in busy):
            return  # what is tried again has the machine for itself
        queue = self._again or self._waiting
        for worker in reversed(crew.workers):  # the newest first
            if queue and worker.is_idle:
                task = queue.popleft()
                worker.give(task)
                if queue is self._again:
                    self._alone = task
                    return
        loading = sum(not worker.is_ready for worker in crew.workers)
        while len(crew.workers) < crew.most and loading < len(queue):
            crew.hire()
            loading += 1

    def _listen(self) -> None:
        workers = self._crew.workers
        heard = wait([worker.connection for worker in workers], timeout=_PERIOD)
        for worker in [each for each in workers if each.connection in heard]:
            try:
                worker.receive()
                while worker.connection.poll():
                    worker.receive()
            except StoppedError as stopped:
                self._lose(worker, stopped)
            else:
                if worker.is_ready:
                    self._crew.note_ready()

    def _watch(self) -> None:
        for worker in list(self._crew.workers):
            try:
                worker.check()
            except StoppedError as stopped:
                self._lose(worker, stopped)

    def _lose(self, worker: Worker, stopped: StoppedError) -> None:
        """Go on without a process; its file is tried again, or has failed."""
        task = worker.task
        self._crew.lose(worker, stopped)
        if task is not None and not task.is_done and task.stop(stopped.kind, str(stopped)):
            self._again.append(task)
