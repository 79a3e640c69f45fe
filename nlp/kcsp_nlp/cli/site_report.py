"""What a user sees while a site is made, and afterwards; all of it on stderr."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Self

from rich.console import Console
from rich.markup import escape
from rich.progress import Progress, SpinnerColumn, TextColumn

if TYPE_CHECKING:
    from kcsp_nlp.dashboard.site import Built
    from kcsp_nlp.records import Record

_MEGABYTE = 1_000_000
_SHOWN = 100  # records or pages between two looks at the line


class SiteReport:
    """Shows on a terminal how far it is, and sums up.

    Args:
        quiet: Whether to say nothing at all.
    """

    def __init__(self, *, quiet: bool) -> None:
        self._console = Console(stderr=True, highlight=False, emoji=False, soft_wrap=True)
        self._quiet = quiet
        self._progress = Progress(
            SpinnerColumn(),
            TextColumn("{task.description}"),
            console=self._console,
            transient=True,
            disable=quiet or not self._console.is_terminal,
        )
        self._task = self._progress.add_task("")

    def __enter__(self) -> Self:
        self._progress.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._progress.stop()

    def reading(self, records: Iterable[Record]) -> Iterator[Record]:
        """Pass records on, and show how many there were."""
        for number, record in enumerate(records, start=1):
            yield record
            if not number % _SHOWN:
                self._progress.update(self._task, description=f"reading: {number:,} records")

    def writing(self, pages: int) -> None:
        """Show how many pages are written."""
        if not pages % _SHOWN:
            self._progress.update(self._task, description=f"writing: {pages:,} pages")

    def finish(self, built: Built, output: Path, left_out: int) -> None:
        """Print the summary."""
        if self._quiet:
            return
        if left_out:
            self._console.print(
                f"left out as not for the public: {left_out:,} items or other parts of minutes "
                "(--include-restricted brings them in)"
            )
        self._console.print(
            f"{built.pages:,} pages, {built.files:,} files, {built.size / _MEGABYTE:,.1f} MB; "
            f"open {escape(str(output / 'index.html'))}"
        )
