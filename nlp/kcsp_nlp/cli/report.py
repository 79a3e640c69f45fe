"""What a user sees while documents are annotated, and afterwards; all of it on stderr."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from kcsp_nlp.cli.log import JsonLog, Log, TextLog
from kcsp_nlp.cli.log_format import LogFormat
from kcsp_nlp.records import LABELS

if TYPE_CHECKING:
    from kcsp_nlp.batch.facts import DocumentFacts, Kind
    from kcsp_nlp.batch.outcomes import Outcome
    from kcsp_nlp.batch.reporting import Counts
    from kcsp_nlp.batch.shards import Done
    from kcsp_nlp.storage.places import Place


class Report:
    """Counts what goes by, shows progress, and sums up.

    Attributes:
        log: Where it says so.
        failures: Number of documents that gave no records.
        documents: Number of documents that did.
        files: Number of files that were given.
        files_done: Number of those that are done.
    """

    def __init__(self, *, quiet: bool, log_format: LogFormat = LogFormat.text) -> None:
        self.log: Log = JsonLog() if log_format is LogFormat.json else TextLog(quiet=quiet)
        self._quiet = quiet
        self._counts: Counter[str] = Counter()
        self._kinds: Counter[Kind] = Counter()
        self._records = self._notes = self._taken_over = 0
        self.documents = self.files = self.files_done = 0

    @property
    def failures(self) -> int:
        """Number of documents that gave no records."""
        return self._kinds.total()

    def follow(self, total: int, outcomes: Iterable[Outcome]) -> Iterator[Outcome]:
        """Yield the outcomes as they come, counting, reporting failures and showing progress."""
        self.files = total
        with self.log.progress(total) as move:
            for outcome in outcomes:
                self._count(outcome.facts)
                self.files_done += outcome.first
                move(self.files_done)
                yield outcome

    def follow_files(self, total: int, files: Iterable[Done]) -> None:
        """Take what becomes of files as it comes, as `follow` does."""
        self.files = total
        with self.log.progress(total) as move:
            for done in files:
                for facts in done.facts.documents:
                    self._count(facts)
                self.files_done += 1
                self._taken_over += not done.is_new
                move(self.files_done)

    def counts(self) -> Counts:
        """Return all numbers."""
        from kcsp_nlp.batch.reporting import Counts

        return Counts(
            files=self.files,
            files_done=self.files_done,
            files_taken_over=self._taken_over,
            documents=self.documents,
            records=self._records,
            notes=self._notes,
            failures=dict(self._kinds),
            found=dict(sorted(self._counts.items())),
        )

    def _count(self, facts: DocumentFacts) -> None:
        if facts.failure is not None:
            self._kinds[facts.failure.kind] += 1
            self.log.failed(facts.source, facts.failure)
            return
        self._notes += len(facts.notes)
        for note in () if self._quiet else facts.notes:
            self.log.note(facts.source, note)
        self.documents += bool(facts.records)  # none for a notice of what was left out
        self._records += facts.records
        self._counts.update(facts.tally)

    def finish(self, output: Place | None) -> None:
        """Print the summary."""
        if self._quiet:
            return
        counts = self._counts
        summary = (
            f"{self.documents} documents, {counts['items']} items, "
            f"{counts['attendees']} attendees, {counts['decisions']} decisions, "
            f"{counts['actions']} actions, {self.failures} failed"
        )
        lines = [summary]
        lines.append("spans   " + "  ".join(f"{name} {counts[f'label {name}']}" for name in LABELS))
        topics = sorted(key for key in counts if key.startswith("topic "))
        if topics:
            named = (f"{key.removeprefix('topic ')} {counts[key]}" for key in topics)
            lines.append("topics  " + "  ".join(named))
        if output is not None:
            lines.append(f"records in {output}")
        self.log.say("finished", "\n".join(lines), **self.counts().model_dump())
