"""A run of `annotate`: where its records go, what is said of it, how it ends."""

from __future__ import annotations

import os
from collections.abc import Generator, Iterator, Sequence
from contextlib import closing, contextmanager
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import IO, TYPE_CHECKING, NamedTuple

import typer

from kcsp_nlp.batch.annotating import Run
from kcsp_nlp.batch.cores import usual_workers
from kcsp_nlp.batch.crew import Crew
from kcsp_nlp.batch.earlier import holds_work
from kcsp_nlp.batch.folder import RunFolder, hold_folder
from kcsp_nlp.batch.identity import Identity, identify
from kcsp_nlp.batch.joining import failures_of, join, write_failures
from kcsp_nlp.batch.messages import Ask
from kcsp_nlp.batch.reporting import Machines, OutputFacts, State, describe_run
from kcsp_nlp.batch.scheduling import annotate_in_order
from kcsp_nlp.batch.setup import Setup
from kcsp_nlp.batch.shards import Done
from kcsp_nlp.cli.engine import Engine
from kcsp_nlp.cli.inputs import STDIN, annotate_here, find_inputs, load_setup, refuse_overwriting
from kcsp_nlp.cli.interrupting import Interruption, terminable
from kcsp_nlp.cli.log_format import LogFormat
from kcsp_nlp.cli.report import Report
from kcsp_nlp.cli.writing import is_device, open_place, refuse_unwritable
from kcsp_nlp.errors import KcspError
from kcsp_nlp.record_lines import write
from kcsp_nlp.storage.files import new_file, real
from kcsp_nlp.storage.places import Place

if TYPE_CHECKING:
    from kcsp_nlp.cluster.run import ClusterRun

_SUFFIX = ".jsonl"


class Wanted(NamedTuple):
    """What was asked for; each as the option of `annotate` of that name."""

    output: Place | None
    model: Path | None
    registers: Path | None
    limits: Path | None
    workers: int | None
    engine: Engine
    explain: bool
    resume: bool
    fresh: bool
    report: Place | None
    log_format: LogFormat
    quiet: bool


def annotate_to(inputs: Sequence[Place], wanted: Wanted) -> int:
    """Annotate files, and return the exit code.

    Raises:
        BadParameter: options exclude each other.
        KcspError: the run cannot begin or go on; what was done is kept.
    """
    _refuse_contradictions(inputs, wanted)
    run = _Command(wanted)
    with terminable() as interruption, run.described(interruption):
        places = find_inputs(inputs)
        refuse_overwriting(places, *_outputs(wanted))
        run.report.files = len(places)
        setup = load_setup(wanted.model, wanted.registers, wanted.limits)
        run.annotate(places, setup)
    return run.code


def _refuse_contradictions(inputs: Sequence[Place], wanted: Wanted) -> None:
    output = wanted.output
    outputs = _outputs(wanted)
    refuse_overwriting(inputs, *outputs)
    if len(set(map(real, outputs))) < len(outputs):
        raise typer.BadParameter(
            f"{wanted.report or output}: found one place for two of the records, what failed "
            f"(OUT.failures{_SUFFIX}) and the report; give each another"
        )
    if wanted.resume and wanted.fresh:
        raise typer.BadParameter("--resume goes on and --fresh begins anew; give one or the other")
    if wanted.resume and (output is None or STDIN in inputs):
        raise typer.BadParameter("--resume needs files to read, and a file to write with -o")
    if wanted.engine is Engine.ray:
        if output is None or STDIN in inputs or is_device(output):
            raise typer.BadParameter(
                "--engine ray needs files to read, and a file to write with -o"
            )
        if wanted.workers == 0:
            raise typer.BadParameter("--engine ray needs at least one of --workers")


def _outputs(wanted: Wanted) -> list[Place]:
    output = wanted.output
    failures = failures_path(output) if output is not None else None
    return [place for place in (output, failures, wanted.report) if place is not None]


def failures_path(output: Place) -> Place:
    """Return where what failed is listed: `OUT.failures.jsonl`, beside the records."""
    return output.with_name(f"{output.name.removesuffix(_SUFFIX)}.failures{_SUFFIX}")


class _Command:
    """A run, and what is to be said of it at its end.

    Attributes:
        report: Counts.
        code: Exit code.
    """

    def __init__(self, wanted: Wanted) -> None:
        self._wanted = wanted
        self._began = datetime.now(UTC)
        self._workers = wanted.workers
        self._nodes = 1
        self._identity: Identity | None = None
        self._output: OutputFacts | None = None
        self._kept: Place | None = None
        self.report = Report(quiet=wanted.quiet, log_format=wanted.log_format)
        self.code = 0

    @contextmanager
    def described(self, interruption: Interruption) -> Iterator[None]:
        """Say how the run ended, however it did."""
        state: State | None = "failed"
        try:
            yield
            self.report.finish(self._wanted.output)
            self.code = 1 if self.report.failures else 0
            state = "finished"
        except KeyboardInterrupt:
            state = "interrupted"
            self.code = interruption.exit_code
            self._say_how_to_go_on()
        except KcspError as error:
            self.code = 1
            if self._wanted.log_format is LogFormat.text:
                raise
            self.report.log.say("error", str(error))
        except typer.BadParameter:
            state = None  # no run; and the report's place may be what is wrong
            raise
        finally:
            if state is not None:
                self._write_report(state)

    def annotate(self, places: Sequence[Place], setup: Setup) -> None:
        """Annotate files to where their records are wanted.

        Raises:
            KcspError: as of `annotate_to`.
        """
        output = self._wanted.output
        if self._wanted.engine is Engine.local:
            most = usual_workers() if self._workers is None else self._workers
            self._workers = min(most, len(places))
        if STDIN in places:
            self._workers = 0
            with open_place(output) as stream:
                outcomes = annotate_here([STDIN], setup, explain=self._wanted.explain)
                for outcome in self.report.follow(1, outcomes):
                    write(outcome.records, stream)
                self._refuse_nothing()
        elif output is None or is_device(output):
            with (
                open_place(output) as stream,
                closing(self._stream(places, setup, stream)) as files,
            ):
                self.report.follow_files(len(places), files)
        else:
            refuse_unwritable(output)
            with _unwritable(output), hold_folder(output) as folder:
                self._keep(places, setup, folder, output)

    def _stream(self, places: Sequence[Place], setup: Setup, stream: IO[str]) -> Generator[Done]:
        """Write records as they come, whole files in order."""
        crew = Crew(setup, workers=self._workers or 0, explain=self._wanted.explain)
        with crew, closing(annotate_in_order(map(Ask, places), crew)) as tasks:
            for task in tasks:
                with closing(task):
                    for line in task.lines():
                        stream.write(line.decode())
                    yield Done(task.facts, is_new=True)

    def _keep(
        self, places: Sequence[Place], setup: Setup, folder: RunFolder, output: Place
    ) -> None:
        """Have the work lie in a folder until all is done, then write the output."""
        wanted = self._wanted
        if wanted.fresh:
            folder.clear()
        has_work = holds_work(folder)
        if has_work and not wanted.resume:
            raise KcspError(
                f"{folder.path}: holds the work of an earlier run, expected none; go on with it "
                "with --resume, or throw it away with --fresh"
            )
        is_finished = False
        try:
            self._identity = identify(setup, explain=wanted.explain)
            identity = self._identity.digest
            run = self._run(folder, setup, identity)
            try:
                with closing(run.annotate(places)) as files:
                    self.report.follow_files(len(places), files)
            finally:
                self._workers, self._nodes = run.workers, run.nodes
            if identify(setup, explain=wanted.explain) != self._identity:
                folder.clear()  # of which model each record is nobody knows
                raise KcspError(
                    f"{output}: not written, the model was replaced during the run; expected one "
                    "that stays; run again"
                )
            folder.check()
            write_failures(failures_of(run.journals, identity), failures_path(output))
            self._refuse_nothing()
            joined = join(run.journals, identity, output, folder.check)
            self._output = OutputFacts(path=str(output), sha256=joined.sha256, bytes=joined.size)
            folder.keep_only(sealed.stem for sealed in run.journals)
            is_finished = True
        finally:
            folder.keeps = wanted.resume if is_finished else _may_hold_work(folder)
            self._kept = folder.path if folder.keeps else None

    def _run(self, folder: RunFolder, setup: Setup, identity: str) -> Run | ClusterRun:
        explain = self._wanted.explain
        if self._wanted.engine is Engine.local:
            return Run(folder, setup, identity, workers=self._workers or 0, explain=explain)
        try:
            from kcsp_nlp.cluster.run import ClusterRun
        except ModuleNotFoundError as error:
            raise KcspError(
                f"--engine ray: found no module {error.name}, expected Ray; pip install "
                "'kcsp-nlp[ray]', here and on the machines of the cluster"
            ) from error
        asked = partial(identify, setup, explain=explain)
        return ClusterRun(folder, setup, asked, workers=self._workers, explain=explain)

    def _refuse_nothing(self) -> None:
        output = self._wanted.output
        if output is not None and not self.report.documents:
            raise KcspError(f"{output}: not written, no document could be annotated")

    def _say_how_to_go_on(self) -> None:
        report = self.report
        line = f"stopped: {report.files_done} of {report.files} files were done"
        if self._kept is not None:
            line += f" and are kept in {self._kept}; the same command with --resume goes on"
        report.log.say(
            "stopped",
            line,
            files=report.files,
            files_done=report.files_done,
            kept=str(self._kept) if self._kept else None,
        )

    def _write_report(self, state: State) -> None:
        place = self._wanted.report
        if place is None:
            return
        described = describe_run(
            state,
            self._began,
            counts=self.report.counts(),
            output=self._output,
            identity=self._identity,
            machines=Machines(self._wanted.engine.value, self._workers or 0, self._nodes),
        )
        try:
            with new_file(place) as stream:
                stream.write(described.model_dump_json(by_alias=True, indent=2).encode() + b"\n")
        except (KcspError, OSError) as error:  # not raised: what ended the run is to be told
            cause = error if isinstance(error, OSError) else error.__cause__
            reason = f"{place}: cannot be written ({getattr(cause, 'strerror', error)})"
            self.report.log.say("error", f"{reason}; give another place with --report")
            self.code = self.code or 1


def _may_hold_work(folder: RunFolder) -> bool:
    try:
        return holds_work(folder)
    except OSError:
        return True


@contextmanager
def _unwritable(output: Place) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise KcspError(
            f"{output}: cannot be written ({error.strerror or os.strerror(error.errno or 0)}); "
            "expected a folder that may be written to and has room; make room and go on with "
            "--resume: what was done is kept"
        ) from error
