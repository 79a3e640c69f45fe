"""How a reader says that it needs longer: recognition takes a second or more for each page."""

from __future__ import annotations

from collections.abc import Callable

from kcsp_nlp.reading.limits import Limits

_listeners: list[Callable[[int], None]] = []


def announce_to(listener: Callable[[int], None]) -> None:
    """Have a listener told how many scanned pages are about to be read."""
    _listeners.append(listener)


def announce_scans(pages: int) -> None:
    """Say that so many scanned pages are about to be read."""
    for listener in _listeners:
        listener(pages)


def allowed(limits: Limits, pages: int) -> float:
    """Return the seconds that a document with so many scanned pages may take."""
    return limits.seconds + limits.scan_seconds * min(max(pages, 0), limits.pages)
