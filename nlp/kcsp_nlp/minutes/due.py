"""By when something is to be done, where a plain date says so."""

from __future__ import annotations

import re
from datetime import date

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
# "22 December 2024", "3rd May, 2019", "22.12.24", "2024-12-22"; not "22 December".
_DATE = re.compile(
    r"\b(?:(?P<iso>\d{4}-\d{2}-\d{2})"
    r"|(?P<day>\d{1,2})(?:st|nd|rd|th)?\s+(?:of\s+)?(?P<month>[A-Za-z]{3,9}),?\s+(?P<year>\d{4})"
    r"|(?P<d>\d{1,2})[/.](?P<m>\d{1,2})[/.](?P<y>\d{4}|\d{2}))\b"
)
_LEAD = re.compile(
    r"\b(?:by|before|until|no\s+later\s+than|due|deadline:?|for)\s+(?:\w+\s+){0,2}$", re.IGNORECASE
)


def find_due(text: str) -> str | None:
    """Return the date that "by" or "before" leads in to, as ISO 8601; None where there is none."""
    for found in _DATE.finditer(text):
        if _LEAD.search(text[max(0, found.start() - 40) : found.start()]):
            return _iso(found)
    return None


def read_date(text: str) -> str | None:
    """Return the first whole date in a cell, as ISO 8601; None where there is none."""
    found = _DATE.search(text)
    return _iso(found) if found else None


def _iso(found: re.Match[str]) -> str | None:
    try:
        if found["iso"]:
            return date.fromisoformat(found["iso"]).isoformat()
        if found["day"]:
            month = _MONTHS.index(found["month"][:3].lower()) + 1
            return date(int(found["year"]), month, int(found["day"])).isoformat()
        year = int(found["y"])
        return date(
            year + 2000 if year < 100 else year, int(found["m"]), int(found["d"])
        ).isoformat()  # noqa: PLR2004
    except ValueError:
        return None
