"""The date dimension: one row per day of every year from the first to the last."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from kcsp_nlp.warehouse.rows import Row

# Written here, not by `strftime`: tables do not depend on the machine's language.
_MONTHS = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
]
_WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_APRIL = 4  # financial years of UK public bodies begin on 1 April


def days(first: int, last: int) -> Iterator[Row]:
    """Yield the rows of `dates` for whole years, in order.

    Args:
        first: The first calendar year.
        last: The last one, itself among them.
    """
    day, end = date(first, 1, 1), date(last, 12, 31)
    while day <= end:
        yield _row(day)
        day += timedelta(days=1)


def _row(day: date) -> Row:
    iso = day.isocalendar()
    opening = day.year if day.month >= _APRIL else day.year - 1
    return (
        day.isoformat(),
        day.year,
        (day.month - 1) // 3 + 1,
        day.month,
        _MONTHS[day.month - 1],
        day.day,
        iso.weekday,
        _WEEKDAYS[iso.weekday - 1],
        iso.year,
        iso.week,
        f"{opening}/{(opening + 1) % 100:02}",
        (day.month - _APRIL) % 12 // 3 + 1,
    )
