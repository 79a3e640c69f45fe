"""Members of a dimension, some hundreds at a time: a query for each page would be too many."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from typing import Literal, NamedTuple

from kcsp_nlp.dashboard.source import Row, Source

Key = Literal["person_id", "organisation_id", "legislation_id"]

_SIZE = 250  # members; their mentions, with the text that they stand in, are a few megabytes
_TABLES: dict[Key, str] = {
    "person_id": "people",
    "organisation_id": "organisations",
    "legislation_id": "legislation",
}


class Batch(NamedTuple):
    """Members that follow each other in the order of their keys.

    Attributes:
        key: The column that holds their keys, here and in the facts.
        members: Their rows.
    """

    key: Key
    members: list[Row]

    @property
    def reach(self) -> tuple[str, str]:
        """The first and the last key."""
        return self.members[0][self.key], self.members[-1][self.key]


def batches(source: Source, key: Key, size: int = _SIZE) -> Iterator[Batch]:
    """Yield all members of the dimension that has `key`, at most `size` at a time."""
    last: str | None = None
    statement = (
        f"SELECT * FROM {_TABLES[key]} WHERE ?1 IS NULL OR {key} > ?1 ORDER BY {key} LIMIT ?2"
    )
    while members := list(source.rows(statement, last, size)):
        yield Batch(key, members)
        last = members[-1][key]


def by_member(source: Source, batch: Batch, statement: str) -> dict[str, list[Row]]:
    """Return the rows of a SELECT by member; their order is kept.

    Args:
        source: The warehouse.
        batch: The members; the first and the last key are `?1` and `?2` of the statement.
        statement: Its column `id` is the member's key. `{key}` stands for the key's column.
    """
    rows: dict[str, list[Row]] = defaultdict(list)
    for row in source.rows(statement.format(key=batch.key), *batch.reach):
        rows[row["id"]].append(row)
    return rows
