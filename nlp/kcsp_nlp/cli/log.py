"""What happens during a run, on stderr: lines for people, or JSON objects for programs."""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Protocol

from rich.console import Console
from rich.markup import escape
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

if TYPE_CHECKING:
    from kcsp_nlp.batch.facts import Failure

# How often JSON lines tell the progress, in seconds.
_PERIOD = 30.0


class Log(Protocol):
    """Where a run says what happens."""

    def failed(self, source: str, failure: Failure) -> None:
        """Say that a document gave no records."""

    def note(self, source: str, text: str) -> None:
        """Say what was doubtful in a document."""

    def say(self, event: str, line: str, **facts: object) -> None:
        """Say anything else: as a line, or as an event with its facts."""

    def progress(self, total: int) -> AbstractContextManager[Callable[[int], None]]:
        """Show how many of so many files are done, as what the context gives is told."""
        ...


class TextLog:
    """Lines for people; on a terminal a bar that moves."""

    def __init__(self, *, quiet: bool) -> None:
        self._console = Console(stderr=True, highlight=False, emoji=False, soft_wrap=True)
        self._quiet = quiet

    def failed(self, source: str, failure: Failure) -> None:
        """Say that a document gave no records; the reason names it."""
        self._console.print(f"[red]failed[/red] {escape(failure.reason)}")

    def note(self, source: str, text: str) -> None:
        """Say what was doubtful in a document."""
        self._console.print(f"[yellow]note[/yellow] {escape(source)}: {escape(text)}")

    def say(self, event: str, line: str, **_: object) -> None:
        """Say anything else."""
        if line:
            self._console.print(escape(line))

    @contextmanager
    def progress(self, total: int) -> Iterator[Callable[[int], None]]:
        """Show how many of so many files are done: on a terminal alone."""
        shown = self._console.is_terminal and not self._quiet
        columns = (
            TextColumn("annotating"),
            BarColumn(),
            MofNCompleteColumn(),
            TextColumn("{task.fields[rate]:.1f} files/s"),
            TimeRemainingColumn(),
        )
        began = time.monotonic()
        with Progress(*columns, console=self._console, transient=True, disable=not shown) as bar:
            task = bar.add_task("", total=total, rate=0.0)

            def move(done: int) -> None:
                bar.update(task, completed=done, rate=_rate(done, began))

            yield move


class JsonLog:
    """JSON Lines for programs: `time`, `event` and its facts; no text of documents."""

    def failed(self, source: str, failure: Failure) -> None:
        """Say that a document gave no records."""
        self.say("failed", "", source=source, kind=failure.kind, reason=failure.reason)

    def note(self, source: str, text: str) -> None:
        """Say what was doubtful in a document."""
        self.say("note", "", source=source, note=text)

    def say(self, event: str, line: str, **facts: object) -> None:
        """Say anything else, by its facts; by its line where it has none."""
        now = datetime.now(UTC).isoformat(timespec="milliseconds")
        told = facts or {"message": line}
        sys.stderr.write(json.dumps({"time": now, "event": event, **told}) + "\n")
        sys.stderr.flush()

    @contextmanager
    def progress(self, total: int) -> Iterator[Callable[[int], None]]:
        """Say now and then how many of so many files are done."""
        began = said = time.monotonic()

        def move(done: int) -> None:
            nonlocal said
            if time.monotonic() < said + _PERIOD:
                return
            said = time.monotonic()
            rate = _rate(done, began)
            self.say(
                "progress",
                "",
                files=total,
                files_done=done,
                files_per_second=round(rate, 2),
                seconds_left=round((total - done) / rate) if rate else None,
            )

        yield move


def _rate(done: int, began: float) -> float:
    passed = time.monotonic() - began
    return done / passed if passed > 0 else 0.0
