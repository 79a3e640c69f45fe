"""Stretches of time that things are counted by: quarters, years or decades."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Literal, NamedTuple

Unit = Literal["quarter", "year", "decade"]

# matches: "2021", "2021-11", "2021-11-18"    does not match: "21-11-18", "2021/22"
_DATE = re.compile(r"(\d{4})(?:-(\d\d)(?:-\d\d)?)?\Z", re.ASCII)
_SANE = range(1800, 2200)  # beyond them a date of minutes is misread
_MONTHS = range(1, 13)
_QUARTERS = 12  # most quarters that are shown one by one
_YEARS = 70  # most years
_WORDS = ("January to March", "April to June", "July to September", "October to December")
_ENDS = (("01-01", "03-31"), ("04-01", "06-30"), ("07-01", "09-30"), ("10-01", "12-31"))
_NOUNS: dict[Unit, str] = {"quarter": "quarter", "year": "calendar year", "decade": "decade"}


class Period(NamedTuple):
    """One stretch of time.

    Attributes:
        label: In words: 2021, April to June 2021, 1990s.
        tick: What stands under its column: 2021, Q2, 1990s.
        year: Its first calendar year.
        opens: Whether a year begins with it.
        first: Its first day, ISO 8601.
        last: Its last day.
    """

    label: str
    tick: str
    year: int
    opens: bool
    first: str
    last: str


class Periods(NamedTuple):
    """Stretches of time that follow each other, from the first date to the last.

    Attributes:
        unit: How long each is.
        first: Its number: years, quarters or decades since the year 0.
        members: All of them; empty where no date is known.
    """

    unit: Unit
    first: int
    members: tuple[Period, ...]

    @property
    def noun(self) -> str:
        """What one of them is called: calendar year."""
        return _NOUNS[self.unit]

    def place(self, written: str | None) -> int | None:
        """Return which one a date falls in; None where it cannot be told."""
        number = _number(written, self.unit)
        if number is None or not 0 <= number - self.first < len(self.members):
            return None
        return number - self.first

    def fold(self, counted: Iterable[tuple[str | None, int]]) -> list[int]:
        """Return what falls into each; dates that fall into none are left out.

        Args:
            counted: Dates, and how much each counts for.
        """
        folded = [0] * len(self.members)
        for written, count in counted:
            place = self.place(written)
            if place is not None:
                folded[place] += count
        return folded


def choose(dates: Iterable[str | None]) -> Periods:
    """Return the periods that dates are best counted by.

    Quarters for up to three years, decades beyond seventy years, and years for all between.
    Where a date says no month, quarters are not used.

    Args:
        dates: ISO 8601 of any precision; those that are none, and None, are left out.
    """
    known = [found for written in dates if (found := _read(written))]
    if not known:
        return Periods("year", 0, ())
    unit: Unit = "year"
    years = [year for year, _ in known]
    if max(years) - min(years) >= _YEARS:
        unit = "decade"
    elif all(month for _, month in known):
        quarters = [_count(year, month, "quarter") for year, month in known]
        if max(quarters) - min(quarters) < _QUARTERS:
            unit = "quarter"
    numbers = [_count(year, month, unit) for year, month in known]
    first, last = min(numbers), max(numbers)
    return Periods(unit, first, tuple(_period(each, unit) for each in range(first, last + 1)))


def _read(written: str | None) -> tuple[int, int] | None:
    """Return year and month, 0 where it is not said; None for what is no date."""
    found = _DATE.match(written or "")
    if not found or int(found[1]) not in _SANE:
        return None
    month = int(found[2] or 0)
    return (int(found[1]), month) if not found[2] or month in _MONTHS else None


def _count(year: int, month: int, unit: Unit) -> int:
    if unit == "quarter":
        return year * 4 + (month - 1) // 3
    return year if unit == "year" else year // 10


def _number(written: str | None, unit: Unit) -> int | None:
    found = _read(written)
    if found is None or (unit == "quarter" and not found[1]):
        return None
    return _count(*found, unit)


def _period(number: int, unit: Unit) -> Period:
    if unit == "quarter":
        year, quarter = divmod(number, 4)
        label, tick = f"{_WORDS[quarter]} {year}", f"Q{quarter + 1}"
        first, last = (f"{year}-{day}" for day in _ENDS[quarter])
        return Period(label, tick, year, quarter == 0, first, last)
    if unit == "year":
        return Period(str(number), str(number), number, True, f"{number}-01-01", f"{number}-12-31")
    year = number * 10
    return Period(f"{year}s", f"{year}s", year, True, f"{year}-01-01", f"{year + 9}-12-31")
