"""The list of people as tables for a terminal, one for each body."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby
from typing import IO

from rich import box
from rich.console import Console
from rich.table import Table
from rich.text import Text

from kcsp_nlp.people.person import Person, Role


def print_people(people: Sequence[Person], stream: IO[str]) -> None:
    """Print people, sorted by body, as tables as wide as the terminal.

    Args:
        people: Who; their order is kept.
        stream: Where to.
    """
    console = Console(file=stream, highlight=False, emoji=False)
    for bodies, members in groupby(people, key=lambda person: person.bodies):
        title = _plain(" · ".join(bodies) or "body not known")
        table = Table(title=title, title_justify="left", box=box.SIMPLE_HEAD, pad_edge=False)
        for heading in ("name", "role at last", "meetings", "first", "last"):
            table.add_column(heading, justify="right" if heading == "meetings" else "left")
        table.add_column("id", no_wrap=True)
        for person in members:
            table.add_row(
                _plain(person.name),
                _plain(_role(person.roles)),
                str(person.meetings),
                _plain(person.first or "-"),
                _plain(person.last or "-"),
                _plain(person.id),
            )
        console.print(table)


def _role(roles: Sequence[Role]) -> str:
    """Return what somebody was last; a dash where nothing is stated."""
    if not roles:
        return "-"
    latest = max(roles, key=lambda role: (role.last or "", role.first or ""))
    return ", ".join(filter(None, (latest.role, latest.organisation)))


def _plain(printed: str) -> Text:
    """Return text as it is: no markup, and nothing that would command a terminal."""
    return Text("".join(char if char.isprintable() else " " for char in printed))
