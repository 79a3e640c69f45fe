"""Many documents: in order, each on its own, by one process or several."""

from __future__ import annotations

import multiprocessing
import signal
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import AbstractContextManager
from dataclasses import dataclass, replace
from functools import partial
from multiprocessing.util import Finalize
from pathlib import Path
from typing import NamedTuple

from kcsp_nlp.annotator import Annotator
from kcsp_nlp.errors import KcspError, ReadingError
from kcsp_nlp.pipeline.loading import model_folder
from kcsp_nlp.reading import Document, Limits, Notice, Reader
from kcsp_nlp.records import Record
from kcsp_nlp.registers.user_tables import UserTables

# Documents that wait at each worker: enough to keep it busy, few enough to bound memory.
_AHEAD = 4


class Setup(NamedTuple):
    """What an annotator is made of; travels to the workers.

    Attributes:
        model: A model folder; None for the shipped model.
        tables: A user's own registers; None for none.
        limits: Bounds of reading.
    """

    model: Path | None = None
    tables: UserTables | None = None
    limits: Limits = Limits()

    def load(self) -> Annotator:
        """Load the annotator.

        Raises:
            ModelError: the model cannot be loaded.
        """
        annotator = Annotator.load(self.model)
        return annotator.with_registers(self.tables) if self.tables else annotator


@dataclass(frozen=True)
class Outcome:
    """What became of one document.

    Attributes:
        source: The document, as it was named.
        records: Its records; empty where it failed.
        failure: Why there are none, in one line; None where there are.
        warnings: What was doubtful in reading it.
        first: Whether it is the first of its file; an archive, message or pack holds several.
    """

    source: str
    records: tuple[Record, ...] = ()
    failure: str | None = None
    warnings: tuple[str, ...] = ()
    first: bool = True


def annotate_document(
    annotator: Annotator, where: str, document: Document, *, explain: bool = False
) -> Outcome:
    """Annotate one document; whatever goes wrong with it stays with it.

    Args:
        annotator: A loaded model.
        where: What to call the document in a message.
        document: The document.
        explain: Whether records say what speaks for their topics.
    """
    try:
        records = tuple(annotator.annotate(document, explain=explain))
    except KcspError as error:
        return Outcome(where, failure=str(error))
    except Exception as error:
        # No message of the error: it may quote the document.
        return Outcome(
            where,
            failure=f"{where}: {type(error).__name__} while annotating, expected minutes as text; "
            "the other documents are not affected; please report it with the file",
        )
    return Outcome(where, records, warnings=document.warnings)


def annotate_readings(
    annotator: Annotator,
    where: Path,
    readings: Iterable[Document | ReadingError | Notice],
    *,
    explain: bool = False,
) -> Iterator[Outcome]:
    """Annotate what one file was read into, and yield what became of each document.

    Args:
        annotator: A loaded model.
        where: The file, as it was named.
        readings: Its documents, why what could not be read could not, and what was left out.
        explain: Whether records say what speaks for their topics.
    """
    first = True
    for each in readings:
        if isinstance(each, ReadingError):
            outcome = Outcome(str(where), failure=str(each))
        elif isinstance(each, Notice):
            outcome = Outcome(each.where, warnings=(each.text,))
        else:
            named = str(where.parent / each.source)
            outcome = annotate_document(annotator, named, each, explain=explain)
        yield replace(outcome, first=first)
        first = False


def annotate_files(
    paths: Sequence[Path], setup: Setup, *, workers: int = 1, explain: bool = False
) -> Iterator[Outcome]:
    """Annotate files, and yield what became of each document in them, in the order of `paths`.

    Args:
        paths: The files.
        setup: What the annotator is made of.
        workers: Number of processes; 1 works in this one. The records do not depend on it.
        explain: Whether records say what speaks for their topics.

    Raises:
        ModelError: the model cannot be loaded.
    """
    if workers <= 1 or len(paths) <= 1:
        annotator = setup.load()
        with _one_thread(), Reader(setup.limits) as reader:
            for path in paths:
                yield from annotate_readings(annotator, path, reader.read(path), explain=explain)
        return
    model_folder(setup.model)  # a missing model is one clear error, not one per worker
    done = 0
    while done < len(paths):
        try:
            for outcomes in _annotate_in_order(paths[done:], setup, workers, explain):
                done += 1
                yield from outcomes
        except BrokenProcessPool:
            # A worker has died. Any of the documents under way may be why: the next one goes alone.
            yield from _annotate_alone(paths[done], setup, explain)
            done += 1


def _annotate_in_order(
    paths: Sequence[Path], setup: Setup, workers: int, explain: bool
) -> Iterator[list[Outcome]]:
    with _start_workers(min(workers, len(paths)), setup) as pool:
        waiting: deque[Future[list[Outcome]]] = deque()
        try:
            for path in paths:
                waiting.append(pool.submit(partial(_annotate, explain=explain), path))
                if len(waiting) >= workers * _AHEAD:
                    yield waiting.popleft().result()
            while waiting:
                yield waiting.popleft().result()
        finally:
            pool.shutdown(cancel_futures=True)


def _annotate_alone(path: Path, setup: Setup, explain: bool) -> list[Outcome]:
    try:
        with _start_workers(1, setup) as pool:
            return pool.submit(partial(_annotate, explain=explain), path).result()
    except BrokenProcessPool:
        failure = (
            f"{path}: the process that annotated it died, expected it to fit into memory; "
            "split the file or use fewer workers"
        )
        return [Outcome(str(path), failure=failure)]


def _start_workers(number: int, setup: Setup) -> ProcessPoolExecutor:
    # Spawned, as Windows and macOS do it: a fork of a process with numpy's threads can hang.
    context = multiprocessing.get_context("spawn")
    return ProcessPoolExecutor(number, mp_context=context, initializer=_load, initargs=(setup,))


def _one_thread() -> AbstractContextManager[object]:
    """Keep numpy to one thread, at once and until the context ends.

    More bring nothing on an idle machine and wait for each other on a busy one.
    """
    from threadpoolctl import threadpool_limits

    limits: AbstractContextManager[object] = threadpool_limits(1)
    return limits


class _Worker(NamedTuple):
    """What a worker holds for its life."""

    annotator: Annotator
    reader: Reader


# In a process that is a worker: what it holds, or why it holds nothing.
_worker: _Worker | KcspError | None = None


def _load(setup: Setup) -> None:
    """Load the model once in a worker, which keeps to one thread."""
    global _worker  # noqa: PLW0603 -- an initializer has nowhere else to leave it
    signal.signal(signal.SIGINT, signal.SIG_DFL)  # Ctrl-C ends a worker at once and without a word
    _one_thread()
    try:
        _worker = _Worker(setup.load(), Reader(setup.limits))
    except KcspError as error:
        _worker = error  # raised here it would reach nobody
    else:
        # What `multiprocessing` runs at a worker's end; `atexit` is not.
        Finalize(None, _worker.reader.close, exitpriority=1)


def _annotate(path: Path, *, explain: bool) -> list[Outcome]:
    if not isinstance(_worker, _Worker):
        raise _worker or RuntimeError("the worker has not been initialised")
    readings = _worker.reader.read(path)
    return list(annotate_readings(_worker.annotator, path, readings, explain=explain))
