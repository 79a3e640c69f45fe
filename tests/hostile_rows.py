"""Warehouses that tests write to targets: every table, with values that are hard to carry."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from itertools import count
from pathlib import Path

from kcsp_nlp.warehouse import sqlite
from kcsp_nlp.warehouse.loading import loading
from kcsp_nlp.warehouse.rows import Row, Value
from kcsp_nlp.warehouse.sheets import Sheet
from kcsp_nlp.warehouse.table import Column, Table, Type

TEXTS = (
    "Plain words",
    "",
    'He said "no", twice',
    "One line\nand another\r\nand a third\rend",
    "commas, semicolons; tabs\tand | pipes",
    "  space before and behind  ",
    "\\N \\n \\x00 C:\\new",
    "=1+1",
    "+44 20 7946 0000",
    "-5% against last year",
    "@SUM(1;2)",
    "\t=1+1",
    "\r=1+1",
    ' "=1+1"',
    "'=1+1",
    "'=cmd|' /C calc'!A0",
    '=HYPERLINK("https://example.invalid/?"&A1,"Open")',
    "＝1+1",
    "\ufeff=1+1",
    "a;=1+1",
    "NULL",
    "None",
    "nan",
    "true",
    "2021-11-18",
    "007",
    "1e5",
    "😀 emoji, 👩‍👩‍👧 joined",
    "e\u0301 is not é",
    "\u202eright to left\u202c and \u200f marks",
    "עברית and العربية",
    "\u2028 and \u0085 end lines for some",
    "<r><t>&amp; <b>markup</b></t></r>",
    "<r>not markup</r>",
    "_x0041_ and _x000D_",
    "bell \x07 and escape \x1b[31m",
    "https://example.invalid/ and mailto:nobody@example.invalid",
    "{=1+1}",
    "'quoted' text; DROP TABLE items; --",
)
NUMBERS = (0.1 + 0.2, 1e300, -0.0, 5e-324, 1 / 3, -1.5, 2.0**53 + 2, 730000.0, 0.0)
INTEGERS = (0, 1, 7, 2**31, 2**40, -3)
DATES = ("2021-11-18", None, "1999-12-31", "2024-02-29")
KNOWN_DATES = ("2021-11-18", "2021-11", None, "2021", "1899-06-01", "2024-02-29")
LABELS = ("PERSON", "ORG", "LEGISLATION", "MONEY", "ROLE")


class HostileRows:
    """Facts whose keys hold and whose other values are taken from lists in turn.

    Args:
        texts: What columns of text hold.
        numbers: What columns of numbers hold.
        meetings: Ids of the meetings.
        items: Items of each, and other facts of each item's.
    """

    def __init__(
        self,
        *,
        texts: Sequence[str] = TEXTS,
        numbers: Sequence[float] = NUMBERS,
        meetings: Sequence[str] = ("00000000000000a1", "00000000000000b2"),
        items: int = 12,
    ) -> None:
        self.texts = texts
        self.numbers = numbers
        self.meetings = meetings
        self.items = items

    def rows(self, table: Table, *, restricted: bool = True) -> Iterator[Row]:
        """Yield the rows of a fact, as the loading of a warehouse asks for them."""
        assert restricted
        turns = count()
        for number, meeting in enumerate(self.meetings):
            for item in range(1 if table.name == "meetings" else self.items):
                values = iter(range(next(turns) * len(table.columns), 10**9))
                yield tuple(
                    self._value(column, place, meeting, item, next(values) + number)
                    for place, column in enumerate(table.columns)
                )

    def _value(self, column: Column, place: int, meeting: str, item: int, turn: int) -> Value:
        key = f"{meeting}:{item}"
        fixed: dict[str, Value] = {
            "meeting_id": meeting,
            "item_id": key,
            "mention_id": f"{key}:{item}",
            "action_id": f"{key}:{item}",
            "decision_id": f"{key}:{item}",
            "position": item,
            "topic_id": ("funding", "domestic_abuse")[item % 2],
            "label": LABELS[item % len(LABELS)],
            "date": KNOWN_DATES[turn % len(KNOWN_DATES)],
            "due": KNOWN_DATES[turn % len(KNOWN_DATES)],
            "body_id": "met:1",
            "legislation_id": "https://www.legislation.gov.uk/id/ukpga/2021/17",
        }
        if column.null and turn % 5 == 4:
            return None
        if column.name in fixed:
            return fixed[column.name]
        several: dict[Type, Sequence[Value]] = {
            "text": self.texts,
            "real": self.numbers,
            "integer": INTEGERS,
            "boolean": (True, False),
            "date": DATES,
        }
        values = several[column.type]
        return values[(turn + place) % len(values)]


def fill(connection: sqlite3.Connection, rows: HostileRows) -> None:
    """Load facts into a warehouse, and derive its dimensions."""
    with loading(connection) as under_way:
        under_way.copy(rows)


@contextmanager
def warehouse(folder: Path, rows: HostileRows | None = None) -> Iterator[sqlite3.Connection]:
    """Open a new warehouse that holds rows."""
    folder.mkdir(parents=True, exist_ok=True)
    number = sum(1 for _ in folder.glob("*.sqlite"))
    with sqlite.connect(folder / f"{number}.sqlite") as connection:
        fill(connection, rows or HostileRows())
        yield connection


def held(connection: sqlite3.Connection, sheet: Sheet) -> list[Row]:
    """Return what SQLite holds of a table or view, sorted, without the code that targets use."""
    cursor = connection.execute(f"SELECT * FROM {sheet.name}")  # noqa: S608
    assert tuple(column[0] for column in cursor.description) == sheet.names
    return in_order(cursor.fetchall())


def in_order(rows: Sequence[Row]) -> list[Row]:
    """Sort rows whose values are of several types; nothing is equal to what it is not."""
    return sorted((tuple(row) for row in rows), key=repr)


def as_python(row: Row, sheet: Sheet) -> tuple[object, ...]:
    """Return a row of SQLite as databases with types give it."""
    return tuple(
        None
        if value is None
        else bool(value)
        if column.type == "boolean"
        else date.fromisoformat(str(value))
        if column.type == "date"
        else value
        for value, column in zip(row, sheet.columns, strict=True)
    )
