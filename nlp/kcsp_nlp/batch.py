"""Many documents: in order, each on its own, by one process or several."""

from __future__ import annotations

import multiprocessing
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from kcsp_nlp.annotate import Annotator
from kcsp_nlp.errors import KcspError
from kcsp_nlp.pipeline.loading import model_folder
from kcsp_nlp.reading import Document, read
from kcsp_nlp.records import Record

# Documents that wait at each worker: enough to keep it busy, few enough to bound memory.
_AHEAD = 4


@dataclass(frozen=True)
class Outcome:
    """What became of one document.

    Attributes:
        source: The document, as it was named.
        records: Its records; empty where it failed.
        failure: Why there are none, in one line; None where there are.
        warnings: What was doubtful in reading it.
    """

    source: str
    records: tuple[Record, ...] = ()
    failure: str | None = None
    warnings: tuple[str, ...] = ()


def annotate_document(
    annotator: Annotator, source: str, reading: Callable[[], Document]
) -> Outcome:
    """Read and annotate one document; whatever goes wrong with it stays with it.

    Args:
        annotator: A loaded model.
        source: What to call the document in a message.
        reading: Reads it.
    """
    try:
        document = reading()
        records = tuple(annotator.annotate(document))
    except KcspError as error:
        return Outcome(source, failure=str(error))
    except Exception as error:
        # No message of the error: it may quote the document.
        return Outcome(
            source,
            failure=f"{source}: {type(error).__name__} while annotating, expected minutes as text; "
            "the other documents are not affected; please report it with the file",
        )
    return Outcome(source, records, warnings=document.warnings)


def annotate_files(
    paths: Sequence[Path], *, model: Path | None = None, workers: int = 1
) -> Iterator[Outcome]:
    """Annotate files, and yield what became of each in the order of `paths`.

    Args:
        paths: The files.
        model: A model folder; None for the shipped model.
        workers: Number of processes; 1 works in this one. The records do not depend on it.

    Raises:
        ModelError: the model cannot be loaded.
    """
    if workers <= 1 or len(paths) <= 1:
        annotator = Annotator.load(model)
        for path in paths:
            yield annotate_document(annotator, str(path), partial(read, path))
        return
    model_folder(model)  # a missing model is one clear error, not one per worker
    # Spawned, as Windows and macOS do it: a fork of a process with numpy's threads can hang.
    with ProcessPoolExecutor(
        min(workers, len(paths)),
        mp_context=multiprocessing.get_context("spawn"),
        initializer=_load,
        initargs=(model,),
    ) as pool:
        waiting: deque[Future[Outcome]] = deque()
        left = iter(paths)
        try:
            for path in left:
                waiting.append(pool.submit(_annotate, path))
                if len(waiting) >= workers * _AHEAD:
                    yield waiting.popleft().result()
            while waiting:
                yield waiting.popleft().result()
        finally:
            pool.shutdown(cancel_futures=True)


_annotator: Annotator | None = None


def _load(model: Path | None) -> None:
    """Load the model once in a worker, and keep numpy from starting threads beside it."""
    from threadpoolctl import threadpool_limits

    global _annotator  # noqa: PLW0603 -- a worker process holds one model for its life
    threadpool_limits(1)
    _annotator = Annotator.load(model)


def _annotate(path: Path) -> Outcome:
    if _annotator is None:
        raise RuntimeError("the worker has no model")
    return annotate_document(_annotator, str(path), partial(read, path))
