"""The warehouse as pages read it: rows by name, and nothing is written."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from typing import NamedTuple

Row = sqlite3.Row


class Counts(NamedTuple):
    """How much a site is made of."""

    meetings: int
    items: int
    bodies: int
    people: int
    first_date: str | None
    last_date: str | None


class Source:
    """A warehouse of what may be shown.

    Args:
        connection: Opened as `kcsp_nlp.warehouse.sqlite.connect` does.
    """

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def rows(self, statement: str, *values: object) -> Iterator[Row]:
        """Yield the rows of a SELECT, which are read by the names of their columns."""
        cursor = self._connection.cursor()
        cursor.row_factory = sqlite3.Row
        yield from cursor.execute(statement, values)

    def row(self, statement: str, *values: object) -> Row | None:
        """Return the first row of a SELECT; None where there is none."""
        return next(self.rows(statement, *values), None)

    def topics(self) -> list[Row]:
        """Return the topics, in the order in which they have their colours."""
        return list(self.rows("SELECT topic_id, title FROM topics ORDER BY topic_id"))

    def only_body(self) -> str | None:
        """Return the name of the body that met; None where there are several, or none is known."""
        names = [row["name"] for row in self.rows("SELECT name FROM bodies LIMIT 2")]
        return names[0] if len(names) == 1 else None

    def counts(self) -> Counts:
        """Return how much there is."""
        reach = next(self.rows("SELECT MIN(date) first_date, MAX(date) last_date FROM meetings"))
        return Counts(
            meetings=self._count("meetings"),
            items=self._count("items WHERE kind = 'item'"),
            bodies=self._count("bodies"),
            people=self._count("people"),
            first_date=reach["first_date"],
            last_date=reach["last_date"],
        )

    def _count(self, what: str) -> int:
        return int(next(self.rows(f"SELECT COUNT(*) FROM {what}"))[0])
