"""The trainings and annotations of a plan: in processes, each kept once it is finished.

A folder of runs holds `models/DIGEST/`, with the documents and configs that a model was trained
from, the model and the log of its training, and `records/DIGEST.jsonl`. Digests cover everything
that a step depends on: what is there is right, and a killed run goes on where it was.
"""

from __future__ import annotations

import multiprocessing
import os
import shutil
import signal
import threading
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from concurrent.futures.process import BrokenProcessPool
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import NamedTuple

from threadpoolctl import threadpool_limits

from kcsp_nlp.annotator import Annotator
from kcsp_nlp.errors import KcspError
from kcsp_nlp.evaluation.plan import Run, Training
from kcsp_nlp.evaluation.scores import Pair
from kcsp_nlp.labels import corpus
from kcsp_nlp.labels.corpus import LabelledMinutes
from kcsp_nlp.reading import read_bytes
from kcsp_nlp.record_lines import read as read_records
from kcsp_nlp.record_lines import write as write_records
from kcsp_nlp.records import Record
from kcsp_nlp.training.models import train_models

Log = Callable[[str], None]

# Hex digits of a digest that name a step's place.
_DIGITS = 16


class Job(NamedTuple):
    """One piece of work for a process: a function of this module and what it takes."""

    title: str
    work: Callable[..., None]
    arguments: tuple[object, ...]


class Runs:
    """A folder in which finished steps are kept."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def model(self, training: Training) -> Path:
        """Return where a model is, once trained."""
        return self.folder / "models" / training.sha256[:_DIGITS] / "model"

    def records(self, run: Run) -> Path:
        """Return where the records of a run are, once annotated."""
        return self.folder / "records" / f"{run.sha256[:_DIGITS]}.jsonl"

    def complete(self, plan: Sequence[Run], *, workers: int, log: Log) -> None:
        """Do what has not been done: train, then annotate.

        Args:
            plan: All runs.
            workers: Number of processes; 1 works in this one. The records do not depend on it.
            log: Receives lines of progress.

        Raises:
            KcspError: a training failed, or a process died.
        """
        wanted = {
            run.training.sha256: run for run in reversed(plan) if not self.records(run).exists()
        }
        missing = [run for run in wanted.values() if not self.model(run.training).is_dir()]
        log(f"{len(plan)} runs, {len(missing)} models to be trained")
        if missing:
            log(f"how each of them fares: {self.folder / 'models' / '*' / 'training.log'}")
        try:
            _work([self._training(run) for run in missing], workers, log)
            _work([self._annotation(run) for run in self._unannotated(plan)], workers, log)
        except OSError as error:
            raise KcspError(
                f"{self.folder}: cannot be written ({error.strerror}); expected a folder for "
                "finished steps; give another with --runs"
            ) from error

    def read(self, run: Run) -> list[Pair]:
        """Return each held-out document of a finished run with its records."""
        records: dict[str, list[Record]] = defaultdict(list)
        for record in read_records(self.records(run)):
            records[record.meeting.source].append(record)
        return [(document, records[document.id]) for document in run.held]

    def _training(self, run: Run) -> Job:
        folder = self.model(run.training).parent
        shutil.rmtree(folder, ignore_errors=True)  # a training that was killed
        folder.mkdir(parents=True)
        corpus.write(run.training.documents, folder / "corpus.jsonl")
        (folder / "pipeline.cfg").write_text(run.training.config, encoding="utf-8")
        (folder / "topics.toml").write_text(run.training.taxonomy, encoding="utf-8")
        return Job(f"training for {run.title}", train, (folder,))

    def _unannotated(self, plan: Iterable[Run]) -> Iterator[Run]:
        seen = set()
        for run in plan:
            if run.sha256 not in seen and not self.records(run).exists():
                seen.add(run.sha256)
                yield run

    def _annotation(self, run: Run) -> Job:
        path = self.records(run)
        path.parent.mkdir(parents=True, exist_ok=True)
        arguments = (self.model(run.training), run.held, run.disabled, path)
        return Job(f"annotation for {run.title}", annotate, arguments)


def annotated(annotator: Annotator, documents: Iterable[LabelledMinutes]) -> Iterator[Pair]:
    """Annotate labelled minutes as `kcsp-nlp annotate` would: from their text alone."""
    for document in documents:
        data = document.text.encode()
        yield document, annotator.annotate(read_bytes(data, document.id, f".{document.format}"))


def train(folder: Path) -> None:
    """Train the model that a folder describes; the work of one process."""
    with (
        threadpool_limits(1),
        (folder / "training.log").open("w", encoding="utf-8", buffering=1) as stream,
    ):

        def log(line: str) -> None:
            stream.write(f"{line}\n")

        train_models(
            [folder / "corpus.jsonl"],
            folder / "model",
            config=folder / "pipeline.cfg",
            topics=folder / "topics.toml",
            version=f"0+{folder.name}",
            log=log,
        )


def annotate(
    model: Path, documents: Sequence[LabelledMinutes], disabled: Sequence[str], path: Path
) -> None:
    """Annotate held-out documents and write their records; the work of one process."""
    with threadpool_limits(1):
        annotator = Annotator.load(model)
        beside = path.with_suffix(f".{os.getpid()}.part")
        with (
            annotator.nlp.select_pipes(disable=list(disabled)),
            beside.open("w", encoding="utf-8", newline="\n") as stream,
        ):
            for _, records in annotated(annotator, documents):
                write_records(records, stream)
        beside.replace(path)


def _work(jobs: Sequence[Job], workers: int, log: Log) -> None:
    """Do all jobs; whatever is finished when one fails is kept."""
    done = 0
    if workers <= 1 or len(jobs) <= 1:
        for done, job in enumerate(jobs, start=1):
            job.work(*job.arguments)
            log(f"{job.title}: done ({done} of {len(jobs)})")
        return
    # Spawned, as Windows and macOS do it: a fork of a process with numpy's threads can hang.
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(
        min(workers, len(jobs)), mp_context=context, initializer=_end_with_parent
    ) as pool:
        titles = {pool.submit(job.work, *job.arguments): job.title for job in jobs}
        try:
            for done, future in enumerate(as_completed(titles), start=1):
                future.result()
                log(f"{titles[future]}: done ({done} of {len(jobs)})")
        except BrokenProcessPool as error:
            raise KcspError(
                f"a process died after {done} of {len(jobs)} steps, expected them to fit into "
                "memory; give fewer --workers; the same command goes on with what is missing"
            ) from error
        finally:
            pool.shutdown(cancel_futures=True)


def _end_with_parent() -> None:
    """Let Ctrl-C end a process at once, and its parent's death too, however that came about."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    parent = multiprocessing.parent_process()
    if parent is not None:
        threading.Thread(target=_follow, args=(parent,), daemon=True).start()


def _follow(parent: BaseProcess) -> None:
    parent.join()
    os._exit(1)
