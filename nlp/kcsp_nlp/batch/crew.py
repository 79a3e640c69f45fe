"""Who annotates: processes that are watched, or this one; kept from some files to the next."""

from __future__ import annotations

from contextlib import ExitStack
from types import TracebackType
from typing import Self

from kcsp_nlp.batch.setup import Annotates, Loads, keep_to_one_thread
from kcsp_nlp.batch.worker import StoppedError, Worker
from kcsp_nlp.errors import KcspError
from kcsp_nlp.reading import Reader

# How many processes in a row may die before they have loaded the model.
_MOST_DEAD_STARTS = 3


class Crew:
    """The processes, started as they are needed; use it in a `with` statement, which ends them.

    Attributes:
        most: Number of processes at most; 0 for this one alone, where nothing is watched.
        explain: Whether records say what speaks for their topics.
        workers: The processes that are there.
    """

    def __init__(self, setup: Loads, *, workers: int, explain: bool = False) -> None:
        """Prepare it; nothing is started yet.

        Args:
            setup: What the annotator is made of.
            workers: Number of processes at most; 0 works in this one. The records do not depend
                on it.
            explain: Whether records say what speaks for their topics.
        """
        self.most = max(workers, 0)
        self.explain = explain
        self.workers: list[Worker] = []
        self._setup = setup
        self._here: tuple[Annotates, Reader] | None = None
        self._opened = ExitStack()
        self._dead_starts = 0

    def __enter__(self) -> Self:
        """Return the crew itself."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """End the processes: those with nothing to do by themselves, unless something failed."""
        self._opened.close()
        at_once = error is not None
        for worker in () if at_once else self.workers:
            worker.dismiss()
        while self.workers:
            self.workers.pop().stop(at_once=at_once)

    def work_here(self) -> tuple[Annotates, Reader]:
        """Return what annotates in this process and what reads for it, made the first time.

        Raises:
            KcspError: the model cannot be loaded.
        """
        if self._here is None:
            annotator = self._setup.load()
            self._opened.enter_context(keep_to_one_thread())
            self._here = annotator, self._opened.enter_context(Reader(self._setup.limits))
        return self._here

    def hire(self) -> None:
        """Start one more process.

        Raises:
            KcspError: the system starts no process.
        """
        self.workers.append(Worker(self._setup, explain=self.explain))

    def dismiss(self, worker: Worker) -> None:
        """End a process at once."""
        self.workers.remove(worker)
        worker.stop()

    def lose(self, worker: Worker, stopped: StoppedError) -> None:
        """Go on without a process that died or has to be stopped.

        Raises:
            KcspError: processes die before they have loaded the model, one after the other.
        """
        self.dismiss(worker)
        self._dead_starts = 0 if worker.is_ready else self._dead_starts + 1
        if self._dead_starts >= _MOST_DEAD_STARTS:
            raise KcspError(
                f"found that {_MOST_DEAD_STARTS} processes in a row ended before the model was "
                "loaded, expected memory for it; use fewer --workers or close other programs"
            ) from stopped

    def note_ready(self) -> None:
        """Note that a process has loaded the model."""
        self._dead_starts = 0
