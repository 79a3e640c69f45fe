"""What a user sees while documents are annotated, and afterwards; all of it on stderr."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from rich.console import Console
from rich.markup import escape
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from kcsp_nlp.records import LABELS

if TYPE_CHECKING:
    from kcsp_nlp.batch import Outcome


class Report:
    """Counts what goes by, shows progress on a terminal, and sums up.

    Attributes:
        failures: Number of documents that gave no records.
        documents: Number of documents that did.
    """

    def __init__(self, *, quiet: bool) -> None:
        self._console = Console(stderr=True, highlight=False, emoji=False, soft_wrap=True)
        self._quiet = quiet
        self._counts: Counter[str] = Counter()
        self.failures = 0
        self.documents = 0

    def follow(self, total: int, outcomes: Iterator[Outcome]) -> Iterator[Outcome]:
        """Yield the outcomes as they come, counting, reporting failures and moving a bar."""
        shown = self._console.is_terminal and not self._quiet
        columns = (
            TextColumn("annotating"),
            BarColumn(),
            MofNCompleteColumn(),
            TimeRemainingColumn(),
        )
        with Progress(*columns, console=self._console, transient=True, disable=not shown) as bar:
            task = bar.add_task("", total=total)
            for outcome in outcomes:
                self._count(outcome)
                bar.advance(task, outcome.first)
                yield outcome

    def _count(self, outcome: Outcome) -> None:
        if outcome.failure is not None:
            self.failures += 1
            self._say(f"[red]failed[/red] {escape(outcome.failure)}")
            return
        for warning in () if self._quiet else outcome.warnings:
            self._say(f"[yellow]note[/yellow] {escape(outcome.source)}: {escape(warning)}")
        self.documents += bool(outcome.records)  # none for a notice of what was left out
        for record in outcome.records:
            self._counts["items"] += record.item.kind == "item"
            self._counts.update(f"label {span.label}" for span in record.spans)
            self._counts.update(f"topic {topic}" for topic in record.topics)
            self._counts["decisions"] += len(record.decisions)
            self._counts["actions"] += len(record.actions)
            self._counts["attendees"] += len(record.attendance)

    def finish(self, output: Path | None) -> None:
        """Print the summary."""
        if self._quiet:
            return
        counts = self._counts
        self._say(
            f"{self.documents} documents, {counts['items']} items, "
            f"{counts['attendees']} attendees, {counts['decisions']} decisions, "
            f"{counts['actions']} actions, {self.failures} failed"
        )
        self._say("spans   " + "  ".join(f"{name} {counts[f'label {name}']}" for name in LABELS))
        topics = sorted(key for key in counts if key.startswith("topic "))
        if topics:
            named = (f"{key.removeprefix('topic ')} {counts[key]}" for key in topics)
            self._say("topics  " + "  ".join(named))
        if output is not None:
            self._say(f"records in {escape(str(output))}")

    def _say(self, line: str) -> None:
        self._console.print(line)
