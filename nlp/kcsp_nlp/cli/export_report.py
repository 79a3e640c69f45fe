"""What a user sees while records are exported, and afterwards; all of it on stderr."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Self

from rich.console import Console
from rich.markup import escape
from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

if TYPE_CHECKING:
    from kcsp_nlp.records import Record
    from kcsp_nlp.warehouse.exporting import Exported

_STEP = 200  # records between two looks of the eye


class ExportReport:
    """Shows on a terminal how far an export is, and sums up."""

    def __init__(self, *, quiet: bool) -> None:
        self._quiet = quiet
        self._console = Console(stderr=True, highlight=False, emoji=False, soft_wrap=True)
        self._progress = Progress(
            SpinnerColumn(),
            TextColumn("{task.description}"),
            TimeElapsedColumn(),
            console=self._console,
            transient=True,
            disable=quiet or not self._console.is_terminal,
        )
        self._task = self._progress.add_task("exporting", total=None)
        self._records = 0

    def __enter__(self) -> Self:
        self._progress.start()
        return self

    def __exit__(self, *failure: object) -> None:
        self._progress.stop()

    def follow(self, records: Iterable[Record]) -> Iterator[Record]:
        """Yield records as they come, counting."""
        for record in records:
            self._records += 1
            if not self._records % _STEP:
                self._say(f"exporting, {self._records:,} records read")
            yield record
        self._say(f"exporting, {self._records:,} records read, writing tables")

    def finish(self, exported: Exported, place: str) -> None:
        """Say what was done and what to know, unless the user wants quiet.

        Args:
            exported: What was done.
            place: Where the tables are.
        """
        if self._quiet:
            return
        loaded, written = exported
        for note in (*_notes(exported), *written.notes):
            self._console.print(f"[yellow]note[/yellow] {escape(note)}")
        self._console.print(
            f"{loaded.meetings:,} meetings, {written.replaced:,} of them replaced, in "
            f"{escape(place)}"
        )
        rows = "  ".join(f"{table} {count:,}" for table, count in written.rows.items() if count)
        self._console.print(f"rows  {escape(rows) or 'none'}")

    def _say(self, what: str) -> None:
        self._progress.update(self._task, description=what)


def _notes(exported: Exported) -> Iterator[str]:
    loaded = exported.loaded
    if loaded.repeated:
        yield f"{loaded.repeated:,} documents or records stand once more; the last counts"
    if loaded.withheld:
        yield f"{loaded.withheld:,} restricted items were left out"
    if loaded.changed:
        yield f"{loaded.changed:,} rows held U+0000, and hold U+2400 (\u2400) in its place"
