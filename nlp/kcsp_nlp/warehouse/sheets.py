"""What files hold: a sheet per flat view and per table, read row by row in an order of its own.

The order depends on the rows alone, not on the loads that brought them: the same rows give the
same files.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from typing import Literal, NamedTuple

from kcsp_nlp.warehouse.rows import Row, Value
from kcsp_nlp.warehouse.schema import BY_NAME, TABLES
from kcsp_nlp.warehouse.table import Column, Table

_TOPICS = Column("topics", "text", "Titles of its topics, parted by semicolons; null: none.", True)
_DATE = Column("date", "text", "Date of the meeting as precise as known; null if not.", null=True)
_BODY = Column("body", "text", "Name of the body; null if not known.", null=True)
_NUMBER = Column("item_number", "text", "Number of the item as printed; null: none.", null=True)
_TITLE = Column("item_title", "text", "Heading of the item; null for none.", null=True)
_ENTITY = Column("entity_id", "text", "Person, organisation or law; null: not known.", null=True)
_YEAR = Column("financial_year", "text", "Of the meeting: 2021/22; null if not known.", null=True)
_COUNTS = {
    name: Column(name, "integer", f"How many {words} it has.")
    for name, words in {
        "mentions": "mentions",
        "decisions": "decisions",
        "actions": "actions",
        "money": "mentions of money",
    }.items()
}
_OWN = {column.name: column for column in (_DATE, _BODY, _NUMBER, _TITLE, _TOPICS, _ENTITY, _YEAR)}
# Ids that end in a number: a shorter one stands before a longer one (m:2 before m:10).
_NUMBERED = ("item_id", "mention_id", "decision_id", "action_id")


class Sheet(NamedTuple):
    """One table or view as a file has it.

    Attributes:
        name: Its name, which is the name of the file or sheet.
        kind: A view, a dimension or a fact.
        description: What one row is.
        columns: In order.
        key: The columns that tell rows apart.
    """

    name: str
    kind: Literal["view", "dimension", "fact"]
    description: str
    columns: tuple[Column, ...]
    key: tuple[str, ...]

    @property
    def names(self) -> tuple[str, ...]:
        """The names of all columns."""
        return tuple(column.name for column in self.columns)

    def rows(self, warehouse: sqlite3.Connection) -> Iterator[Row]:
        """Yield its rows, a meeting at a time, the earliest first; dimensions by their key."""
        columns = ", ".join(self.names)
        if self.kind == "dimension":
            order = ", ".join(self.key)
            yield from _select(warehouse, f"SELECT {columns} FROM {self.name} ORDER BY {order}")
            return
        each = f"SELECT {columns} FROM {self.name} WHERE meeting_id = ? ORDER BY {self._order()}"
        for (meeting,) in _select(warehouse, "SELECT meeting_id FROM meetings ORDER BY date, 1"):
            yield from _select(warehouse, each, meeting)

    def count(self, warehouse: sqlite3.Connection) -> int:
        """Return how many rows it has."""
        row = warehouse.execute(f"SELECT COUNT(*) FROM {self.name}").fetchone()
        return int(row[0])

    def _order(self) -> str:
        names = dict.fromkeys((*(["item_id"] if "item_id" in self.names else []), *self.key))
        return ", ".join(f"LENGTH({name}), {name}" if name in _NUMBERED else name for name in names)


def _select(warehouse: sqlite3.Connection, statement: str, *values: Value) -> Iterator[Row]:
    cursor = warehouse.cursor()
    cursor.row_factory = None
    yield from cursor.execute(statement, values)


def _view(name: str, table: str, description: str, columns: str, counted: bool = False) -> Sheet:
    known = {
        **{column.name: column for column in BY_NAME["items"].columns},
        **{column.name: column for column in BY_NAME["meetings"].columns},
        **{column.name: column for column in BY_NAME[table].columns},
        **_OWN,
        **(_COUNTS if counted else {}),
    }
    chosen = tuple(known[column]._replace(references=None) for column in columns.split())
    return Sheet(name, "view", description, chosen, BY_NAME[table].key)


def _table(table: Table) -> Sheet:
    return Sheet(table.name, table.kind, table.description, table.columns, table.key)


VIEWS: tuple[Sheet, ...] = (
    _view(
        "v_items",
        "items",
        "One agenda item with its meeting, its topics and how much it has of everything.",
        "item_id meeting_id body date source venue kind item_number item_title restriction page "
        "topics mentions decisions actions money text",
        counted=True,
    ),
    _view(
        "v_mentions",
        "mentions",
        "One mention with its item and meeting.",
        "mention_id item_id meeting_id body date source item_number item_title restriction page "
        "label text canonical entity_id provision found_by score topics",
    ),
    _view(
        "v_actions",
        "actions",
        "One action with its item and meeting.",
        "action_id item_id meeting_id body date source item_number item_title restriction page "
        "text owners due topics",
    ),
    _view(
        "v_money",
        "money",
        "One mention of a sum of money with its item and meeting.",
        "mention_id item_id meeting_id body date source financial_year item_number item_title "
        "restriction text amount currency period hedge purpose topics",
    ),
)
TABLE_SHEETS: tuple[Sheet, ...] = tuple(map(_table, TABLES))
SHEETS: tuple[Sheet, ...] = (*VIEWS, *TABLE_SHEETS)
