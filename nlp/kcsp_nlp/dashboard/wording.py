"""Numbers, dates and money as a British reader expects them."""

from __future__ import annotations

from datetime import date

_SYMBOLS = {"GBP": "£", "EUR": "€", "USD": "$"}
_MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)
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


def plural(count: int, one: str, many: str | None = None) -> str:
    """Return a count with its noun: 1 meeting, 1,204 meetings."""
    return f"{number(count)} {one if count == 1 else many or one + 's'}"
