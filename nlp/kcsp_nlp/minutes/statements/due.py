"""By when something is to be done, where a plain date says so."""

from __future__ import annotations

import re
from datetime import date, timedelta

from kcsp_nlp.minutes.front.dates import find_dates

# Leads in to a date by which: "by ", "before the end of ", "Deadline: "; not "on ", "dated ".
_LEAD = re.compile(
    r"\b(?:by|before|until|no\s+later\s+than|due|deadline)[:\s]\s*(?:\w+,?\s+){0,2}$", re.IGNORECASE
)
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
# A day of a month without its year: "31 March", "9th Aug"; not "31 March 2024", "March".
_DAY = re.compile(
    r"(?<![\d/])(?P<day>\d{1,2})(?:st|nd|rd|th)?\s{1,3}(?:of\s)?(?P<month>jan|feb|mar|apr|may|june?|july?"
    r"|aug|sept?|oct|nov|dec)(?:uary|ch|il|ust|ember|tember|ober)?\b(?!\.?,?\s{1,3}[’'‘]?\d{2})",
    re.IGNORECASE,
)
# The same in figures, alone in a cell: "31/3"; not "31/3/24".
_FIGURES = re.compile(r"\s*(?P<day>\d{1,2})[/.](?P<month>\d{1,2})\s*")
_REACH = 40
_FIGURE = re.compile(r"\d")
_WHOLE = len("2024-12-22")
# A day further ahead may as well be one gone by: what is overdue stands in action logs too.
_FURTHEST = timedelta(days=240)


def find_due(text: str, met: str | None = None) -> str | None:
    """Find the date that "by" or "before" leads in to.

    Args:
        text: What is to be done.
        met: Date of the meeting as ISO 8601, for dates without a year; None where not known.

    Returns:
        ISO 8601; None where no such date stands, or its year is not certain.
    """
    if not _FIGURE.search(text):
        return None
    for dated in find_dates(text):
        if len(dated.iso) == _WHOLE and _is_led(text, dated.start):
            return dated.iso
    days = (found for found in _DAY.finditer(text) if _is_led(text, found.start()))
    return next(filter(None, (_read_day(found, met) for found in days)), None)


def read_date(text: str, met: str | None = None) -> str | None:
    """Read the first date in a table cell; arguments and result as those of `find_due`."""
    if not _FIGURE.search(text):
        return None
    whole = next((each.iso for each in find_dates(text) if len(each.iso) == _WHOLE), None)
    day = _DAY.search(text) or _FIGURES.fullmatch(text)
    return whole or (_read_day(day, met) if day else None)


def _is_led(text: str, at: int) -> bool:
    return _LEAD.search(text[max(0, at - _REACH) : at]) is not None


def _read_day(found: re.Match[str], met: str | None) -> str | None:
    """Give a day of a month the year in which it next comes after the meeting."""
    if met is None or len(met) != _WHOLE:
        return None
    meeting, name = date.fromisoformat(met), found["month"].lower()
    month = int(name) if name.isdigit() else _MONTHS.index(name[:3]) + 1
    for year in (meeting.year, meeting.year + 1):
        try:
            day = date(year, month, int(found["day"]))
        except ValueError:  # "31/13": no date
            continue
        if meeting <= day <= meeting + _FURTHEST:
            return day.isoformat()
    return None
