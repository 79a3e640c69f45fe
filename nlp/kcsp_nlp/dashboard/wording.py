"""Numbers, dates and money as a British reader expects them."""

from __future__ import annotations

import re
from datetime import date

_SYMBOLS = {"GBP": "£", "EUR": "€", "USD": "$"}
_LETTERED = 3  # letters that a numbered part may have: section/17/a, paragraph/iii
_MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)
# matches: "2021-11-18", "2021-11", "2021"    does not match: "18 November", "2021-1"
_ISO_DATE = re.compile(r"[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?\Z")
_PARTS = {"year": 4, "month": 7, "day": 10}  # characters of an ISO date that say so much


def number(value: float) -> str:
    """Return a number with commas, without decimals where it has none: 12,345 or 0.5."""
    whole = int(value)
    return f"{whole:,}" if value == whole else f"{value:,.2f}".rstrip("0").rstrip(".")


def percent(value: float) -> str:
    """Return a probability as whole per cent; what is not certain is never 0 or 100."""
    if 0 < value < 1:
        return f"{min(99, max(1, round(value * 100)))}%"
    return f"{round(value * 100)}%"


def money(amount: float, currency: str | None) -> str:
    """Return a sum: £1,250 or £12.50; the code stands behind where there is no sign for it."""
    digits = f"{amount:,.0f}" if amount == int(amount) else f"{amount:,.2f}"
    sign = _SYMBOLS.get(currency or "")
    return f"{sign}{digits}" if sign else f"{digits} {currency or ''}".rstrip()


def day(written: str | None) -> str:
    """Return an ISO date in words, as precise as it is: 18 November 2021, November 2021, 2021."""
    if not written:
        return "date not known"
    if len(written) == _PARTS["year"]:
        return written
    try:
        known = date.fromisoformat(written if len(written) == _PARTS["day"] else f"{written}-01")
    except ValueError:
        return written
    month = f"{_MONTHS[known.month - 1]} {known.year}"
    return month if len(written) == _PARTS["month"] else f"{known.day} {month}"


def is_iso_date(written: str | None) -> bool:
    """Say whether a date is one that `<time datetime>` may hold."""
    return written is not None and _ISO_DATE.match(written) is not None


def plural(count: int, one: str, many: str | None = None) -> str:
    """Return a count with its noun: 1 meeting, 1,204 meetings."""
    return f"{number(count)} {one if count == 1 else many or one + 's'}"


def provision(path: str) -> str:
    """Return a provision as it is spoken of: section/17/1 is section 17(1)."""
    said = ""
    for part in path.split("/"):
        if not said or (part.isalpha() and len(part) > _LETTERED):
            said = f"{said} {part}".strip()  # section, schedule, paragraph
        elif said.rsplit(" ", 1)[-1].isalpha():
            said = f"{said} {part}"
        else:
            said = f"{said}({part})"
    return said
