"""Agenda packs: one file with an agenda, the minutes of earlier meetings, reports and appendices.

Only a file whose first pages call a meeting that is still to come is a pack; minutes with an
agenda, a decision sheet or an action log behind them are not, and are never cut.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from kcsp_nlp.reading.pdf import signs

_FRONT = 3  # pages that an agenda's cover may take before it says so
_CALL_LINES = 8
_NO_MINUTES = (
    "this is the agenda, and perhaps the reports, of a meeting to come: no minutes were found in it"
)


@dataclass(frozen=True, slots=True)
class Bookmark:
    """An entry of a file's outline.

    Attributes:
        title: As shown.
        page: Page it leads to, from 1.
        level: 0 for an outermost entry.
    """

    title: str
    page: int
    level: int = 0


@dataclass(frozen=True, slots=True)
class Found:
    """Pages of a pack that are to be read as one document.

    Attributes:
        first: First page, from 1.
        last: Last page, which belongs to it.
        reason: How the pages were found, in a few words.
        warning: What a reader of the text should know; None where they are minutes.
    """

    first: int
    last: int
    reason: str
    warning: str | None = None


@dataclass(frozen=True, slots=True)
class _Begun:
    """Minutes whose end is not found yet: first page, its stamp, where the next bookmark leads."""

    first: int
    stamp: str | None
    mark: int | None

    def up_to(self, last: int, end: str) -> Found:
        return Found(self.first, last, f"minutes in an agenda pack, up to {end}")


def find_minutes(pages: Sequence[str], bookmarks: Sequence[Bookmark]) -> Sequence[Found]:
    """Find the minutes inside an agenda pack.

    Args:
        pages: Text of every page, in reading order.
        bookmarks: Outline of the file, in its order; empty where there is none.

    Returns:
        The minutes, in order, not overlapping. Empty where the file is no pack and is to be read
        as it is; all pages, with a warning, where it is a pack without minutes.
    """
    sheets = [signs.clean(page) for page in pages]
    front = _front(sheets)
    if front == 0:
        return ()
    marked = {mark.page for mark in bookmarks if signs.names_minutes(mark.title)}
    found: list[Found] = []
    begun: _Begun | None = None
    for number, lines in enumerate(sheets[front:], start=front + 1):
        before = sheets[number - 2]
        if begun is not None and (end := _what_ends(begun, number, lines, before)):
            found.append(begun.up_to(number - 1, end))
            begun = None
        inside = begun is not None and not signs.closes(before)
        if signs.begins_minutes(lines, is_marked=number in marked, is_inside=inside):
            if begun is not None:
                found.append(begun.up_to(number - 1, "the next minutes"))
            begun = _Begun(number, signs.stamp(lines), _next_mark(bookmarks, number))
    if begun is not None:
        found.append(begun.up_to(len(sheets), "the end of the file"))
    return tuple(found) or (Found(1, len(sheets), "an agenda without minutes", _NO_MINUTES),)


def _front(sheets: Sequence[Sequence[str]]) -> int:
    """Return which of the first pages calls a meeting; 0 where none does."""
    called = False
    for number, lines in enumerate(sheets[:_FRONT], start=1):
        if signs.is_minutes(lines):
            return 0
        if signs.is_cover_of_minutes(lines):
            return number
        called = called or any(map(signs.is_call, lines))
        if called and signs.calls_meeting(lines):
            return number
    return 0


def _next_mark(bookmarks: Sequence[Bookmark], start: int) -> int | None:
    """Return where the bookmark behind that of a document leads; None where it has none."""
    levels = [mark.level for mark in bookmarks if mark.page == start]
    if not levels:
        return None
    pages = [mark.page for mark in bookmarks if mark.page > start and mark.level <= min(levels)]
    return min(pages, default=None)


def _what_ends(
    begun: _Begun, number: int, lines: Sequence[str], before: Sequence[str]
) -> str | None:
    """Return what ends minutes in front of a page; None where they go on."""
    if number == begun.mark:
        return "the next bookmark"
    if signs.closes(before) and signs.opens_document(lines):
        return "the close of the meeting"
    return _what_begins(lines, begun.stamp)


def _what_begins(lines: Sequence[str], own: str | None) -> str | None:
    """Return what begins on a page, if it is not minutes that are stamped with their own item."""
    if signs.is_divider(lines):
        return "a page that divides"
    item = signs.stamp(lines)
    # Minutes too have headings "Agenda item 5": a stamp is one where their first page has one.
    if own is not None and item is not None and item != own:
        return "the next agenda item"
    if any(map(signs.is_call, lines[:_CALL_LINES])):
        return "another agenda"
    return "a report" if signs.is_report(lines) else None
