"""Bold and italic words of a stretch of text, without the marks that say so."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

# matches: "**", "\." (of which only the backslash is markup), "<br>"    does not match: "<b>", "a"
_TOKEN = re.compile(r"\\(?=[!-/:-@\[-`{-~])|\*+|<br ?/?>")
_OPENS, _CLOSES, _BREAKS, _HIDES = 1, -1, 2, 0
_EMPHASIS = {1: (False, True), 2: (True, False), 3: (True, True)}  # asterisks: bold, italic


class Run(NamedTuple):
    """A stretch that is seen, in one style.

    Attributes:
        start: Its first code point.
        end: One past the last.
        bold: Whether it is bold.
        italic: Whether it is italic.
        broken: Whether a new line begins with it.
    """

    start: int
    end: int
    bold: bool
    italic: bool
    broken: bool


def runs(text: str, start: int, end: int) -> Iterator[Run]:
    """Yield what is seen of text[start:end], in order; what lies between is only markup."""
    at = start
    bold = italic = 0
    broken = False
    for left, right, does in _marks(text, start, end):
        if at < left:
            yield Run(at, left, bold > 0, italic > 0, broken)
            broken = False
        at = right
        if does == _BREAKS:
            broken = True
        elif does:
            bold += does * _EMPHASIS[right - left][0]
            italic += does * _EMPHASIS[right - left][1]
    if at < end:
        yield Run(at, end, bold > 0, italic > 0, broken)


def seen(text: str) -> str:
    """Return a short text as it is seen, on one line: without marks, newlines and double spaces."""
    found = runs(text, 0, len(text))
    parts = (" " * run.broken + text[run.start : run.end] for run in found)
    return " ".join("".join(parts).split())


def _marks(text: str, start: int, end: int) -> list[tuple[int, int, int]]:
    """Return the marks that are not seen: start, end, and what they do."""
    marks: list[tuple[int, int, int]] = []
    waiting: dict[int, int] = {}  # asterisks: where in `marks` an opening is that may be none
    escaped = -1
    for found in _TOKEN.finditer(text, start, end):
        left, right = found.span()
        if left == escaped:  # what a backslash stands before is no mark
            if text[left] != "*":
                continue
            left += 1
        if left == right:
            continue
        if text[left] != "*":
            escaped = right if text[left] == "\\" else -1
            marks.append((left, right, _HIDES if text[left] == "\\" else _BREAKS))
            continue
        stars = right - left
        before = text[left - 1] if left > start else " "
        after = text[right] if right < end else " "
        if stars in waiting and not before.isspace() and not after.isalnum():
            opened = waiting.pop(stars)
            marks[opened] = (*marks[opened][:2], _OPENS)
            marks.append((left, right, _CLOSES))
        elif stars in _EMPHASIS and not after.isspace() and not before.isalnum():
            waiting[stars] = len(marks)
            marks.append((left, right, _HIDES))
    return [mark for mark in marks if mark[2] != _HIDES or text[mark[0]] == "\\"]
