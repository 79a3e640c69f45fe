"""Registers kept as tables that a user may extend: read line by line and checked."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import NamedTuple

from kcsp_nlp.errors import RegisterError

Source = Path | Traversable

# matches: ukpga/1998/37  ukpga/Eliz2/8-9/67    does not match: https://x  ukpga/1998
_PATH = re.compile(r"[a-z]{2,5}(?:/[A-Za-z0-9-]{1,20}){2,4}")
_YEAR = re.compile(r"1[2-9]\d\d|20\d\d")
_LAST = "9999-12-31"


class Row(NamedTuple):
    """One line of a table: where it stands, for messages, and its cells by column."""

    where: str
    cells: dict[str, str]


class Days(NamedTuple):
    """The days on which something holds, both included, as ISO 8601; None where it is open."""

    since: str | None
    until: str | None

    def holds(self, day: str | None) -> bool:
        """Tell whether it holds on all of `day` (or year, or month); always where it is None."""
        if day is None:
            return True
        first, last = day + "0000-01-01"[len(day) :], day + _LAST[len(day) :]
        return (self.since or "") <= first and last <= (self.until or _LAST)


def read_table(source: Source, columns: Sequence[str], *, headed: bool = True) -> Iterator[Row]:
    """Yield the lines of a tab-separated table; blank lines and `#` comments are passed over.

    Args:
        source: The table, UTF-8.
        columns: What its columns are called, in their order.
        headed: Whether the first line names the columns.

    Raises:
        RegisterError: it cannot be read, its head is another, or a line has other cells.
    """
    expected = f"expected the columns {', '.join(columns)}, separated by tabs"
    try:
        lines = source.read_text(encoding="utf-8").removeprefix("\ufeff").splitlines()
    except OSError as error:
        raise RegisterError(f"{source}: cannot be opened ({error.strerror}); {expected}") from error
    except UnicodeDecodeError as error:
        raise RegisterError(f"{source}: not UTF-8; {expected}, saved as UTF-8") from error
    due = headed
    for number, line in enumerate(lines, 1):
        if not line.strip() or line.startswith("#"):
            continue
        cells = [cell.strip() for cell in line.split("\t")]
        where = f"{source}, line {number}"
        if due:
            if cells != list(columns):
                raise RegisterError(f"{where}: the head is {', '.join(cells)}; {expected}")
            due = False
            continue
        if len(cells) != len(columns):
            raise RegisterError(f"{where}: {len(cells)} cells; {expected}")
        yield Row(where, dict(zip(columns, cells, strict=True)))


def year_in(row: Row, column: str) -> int:
    """Return a year.

    Raises:
        RegisterError: the cell holds none.
    """
    if not _YEAR.fullmatch(row.cells[column]):
        raise RegisterError(
            f"{row.where}: {column} is {row.cells[column]!r}; expected a year of four figures"
        )
    return int(row.cells[column])


def path_in(row: Row, column: str) -> str | None:
    """Return the path of a legislation.gov.uk id (`ukpga/1998/37`); None for an empty cell.

    Raises:
        RegisterError: the cell holds something else.
    """
    path = row.cells[column]
    if path and not _PATH.fullmatch(path):
        raise RegisterError(
            f"{row.where}: {column} is {path!r}; expected what follows `/id/` in a "
            "legislation.gov.uk id, as ukpga/1998/37"
        )
    return path or None


def days_in(row: Row, since: str, until: str) -> Days:
    """Return the days between two columns, both of which may be empty.

    Raises:
        RegisterError: a cell holds no day, or the first is after the last.
    """
    days = Days(_day_in(row, since), _day_in(row, until))
    if days.since and days.until and days.until < days.since:
        raise RegisterError(f"{row.where}: {until} lies before {since}; expected it after")
    return days


def words_in(row: Row, column: str) -> re.Pattern[str] | None:
    """Return a pattern for words parted by `|`; None for an empty cell.

    A word may have a plural s; `detain*` is every word that begins so; case does not matter.
    """
    words = [word.strip() for word in row.cells[column].split("|") if word.strip(" *")]
    if not words:
        return None
    forms = (
        re.escape(word[:-1]) if word.endswith("*") else rf"{re.escape(word)}s?(?!\w)"
        for word in words
    )
    spaced = (form.replace(r"\ ", r"\s") for form in forms)
    return re.compile(rf"(?i)(?<!\w)(?:{'|'.join(spaced)})")


def _day_in(row: Row, column: str) -> str | None:
    cell = row.cells[column]
    if not cell:
        return None
    try:
        return date.fromisoformat(cell).isoformat()
    except ValueError as error:
        raise RegisterError(
            f"{row.where}: {column} is {cell!r}; expected a day as 2014-10-20, or nothing"
        ) from error
