"""By when something is to be done, where a plain date says so."""

from __future__ import annotations

import re

from kcsp_nlp.minutes.front.dates import find_dates

# Leads in to a date by which: "by ", "before the end of "; not "on ", "dated ".
_LEAD = re.compile(
    r"\b(?:by|before|until|no\s+later\s+than|due|deadline:?)\s+(?:\w+\s+){0,2}$", re.IGNORECASE
)
_REACH = 40
_FIGURE = re.compile(r"\d")
_WHOLE = len("2024-12-22")


def find_due(text: str) -> str | None:
    """Return the date that "by" or "before" leads in to, as ISO 8601; None where there is none."""
    if not _FIGURE.search(text):
        return None
    for dated in find_dates(text):
        before = text[max(0, dated.start - _REACH) : dated.start]
        if len(dated.iso) == _WHOLE and _LEAD.search(before):
            return dated.iso
    return None


def read_date(text: str) -> str | None:
    """Return the first whole date in a table cell, as ISO 8601; None where there is none."""
    whole = (dated.iso for dated in find_dates(text) if len(dated.iso) == _WHOLE)
    return next(whole, None) if text else None
