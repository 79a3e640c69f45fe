"""What a table is: its columns and keys, whatever the target."""

from __future__ import annotations

from typing import Literal, NamedTuple

Type = Literal["text", "integer", "real", "boolean", "date"]


class Column(NamedTuple):
    """One column.

    Attributes:
        name: Its name, the same in every target.
        type: What it holds. A date is a whole day, written as ISO 8601 where a target has no dates;
            an integer has at most 64 bits, and text no U+0000: U+2400 stands in its place.
        description: What it means, and what null means where it may be null.
        null: Whether it may be null.
        references: The table whose key it holds; None where it is no reference.
    """

    name: str
    type: Type
    description: str
    null: bool = False
    references: str | None = None


class Table(NamedTuple):
    """One table.

    Attributes:
        name: Its name.
        kind: A dimension, or a fact, which belongs to a meeting and goes with it. Every fact but
            `meetings` itself has the columns `item_id` and `meeting_id`.
        description: What one row is.
        columns: In order; the first `keys` of them are the primary key.
        keys: How many columns the primary key has.
    """

    name: str
    kind: Literal["dimension", "fact"]
    description: str
    columns: tuple[Column, ...]
    keys: int = 1

    @property
    def key(self) -> tuple[str, ...]:
        """The names of the columns of the primary key."""
        return tuple(column.name for column in self.columns[: self.keys])

    @property
    def names(self) -> tuple[str, ...]:
        """The names of all columns."""
        return tuple(column.name for column in self.columns)
