"""Suggestions as a table for a terminal."""

from __future__ import annotations

from collections.abc import Sequence
from typing import IO

from rich import box
from rich.console import Console
from rich.table import Table
from rich.text import Text

from kcsp_nlp.suggesting.suggestion import Suggestion


def print_suggestions(suggestions: Sequence[Suggestion], stream: IO[str]) -> None:
    """Print suggestions, their order kept, as a table as wide as the terminal."""
    console = Console(file=stream, highlight=False, emoji=False)
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False)
    table.add_column("", justify="right")
    for heading in ("item", "why"):
        table.add_column(heading)
    table.add_column("id", no_wrap=True)
    for at, each in enumerate(suggestions, start=1):
        named = " ".join(filter(None, (each.number, each.title))) or each.kind
        where = " · ".join(filter(None, (each.body, each.date))) or each.source
        table.add_row(
            str(at),
            _plain(f"{named} — {where}"),
            _plain("; ".join(each.reasons)),
            _plain(each.id),
        )
    console.print(table)


def _plain(printed: str) -> Text:
    """Return text as it is: no markup, and nothing that would command a terminal."""
    return Text("".join(char if char.isprintable() else " " for char in printed))
