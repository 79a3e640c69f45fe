"""The lines of a text, and what each of them looks like."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import Literal, NamedTuple

Look = Literal["blank", "heading", "rule", "table", "bullet", "numbered", "tabbed", "plain"]

# matches: "##### **42. Strategy**", "# A #"    does not match: "#5 bus", "###"
_HEADING = re.compile(r" {0,3}#{1,6}[ \t]+(?=[^\s#])")
# matches: "---", "* * *", "______"    does not match: "--", "Signed ____"
_RULE = re.compile(r"[ \t]*([-*_])(?:[ \t]*\1){2,}[ \t]*\Z")
# matches: "- a", "•\ta", "\- a"    does not match: "-a", "**a**", "- "
_BULLET = re.compile(r"[ \t]*(?:\\?[-*]|[•▪◦·])[ \t]+(?=\S)")
# matches: "1. a", "(ii) a", "b) a", "1\. a"    does not match: "2018. a", "1.5 a"
_NUMBERED = re.compile(r"[ \t]*\(?(?:[0-9]{1,3}|[A-Za-z]|[ivx]{1,5})(?:\\?[.)])[ \t]+(?=\S)")
# matches: "7.1 a"    does not match: "7.1", "7.15.2023 a": a date
_DECIMAL = re.compile(r"[ \t]*[0-9]{1,3}(?:\.[0-9]{1,2}){1,2}\.?[ \t]+(?=\S)")
# matches: "Applicant\tProject", "Present:     Cllr"    does not match: "    a b"
_GAP = re.compile(r"\S(?: {3}|\t)")
_PATTERNS: tuple[tuple[Look, re.Pattern[str]], ...] = (
    ("rule", _RULE),
    ("heading", _HEADING),
    ("bullet", _BULLET),
    ("numbered", _NUMBERED),
    ("numbered", _DECIMAL),
)
_WRAPPED = range(60, 121)  # width of a text whose lines were broken to fit a page


class Line(NamedTuple):
    """One line.

    Attributes:
        start: Where it begins in the text.
        end: Where it ends, before its newline.
        look: What it is like by itself.
        content: Where what it says begins: behind the marks of a heading or of a list.
        gap: Whether something in it is set apart by spaces or a tab.
    """

    start: int
    end: int
    look: Look
    content: int
    gap: bool


def split(text: str) -> list[Line]:
    """Return the lines of a text."""
    lines = []
    start = 0
    for written in text.split("\n"):
        lines.append(_line(written, start))
        start += len(written) + 1
    return lines


def soft_ends(text: str, lines: list[Line]) -> set[int]:
    """Return the offsets of the newlines that only break a line to fit a page.

    A newline is one where the next word would not have fitted before it. A text with longer
    lines than a page has was not broken so.
    """
    width = max((line.end - line.start for line in lines), default=0)
    if width not in _WRAPPED:
        return set()
    soft = set()
    for line, after in pairwise(lines):
        word = text[after.start : min(after.end, after.start + 2 * width)].split(maxsplit=1)
        length = line.end - line.start
        if word and length >= _WRAPPED.start - 10 and length + 1 + len(word[0]) > width:
            soft.add(line.end)
    return soft


def _line(written: str, start: int) -> Line:
    look, content = _look(written)
    gap = look in ("plain", "tabbed") and _GAP.search(written) is not None
    return Line(start, start + len(written), look, start + content, gap)


def _look(written: str) -> tuple[Look, int]:
    """Return what a line looks like, and how many characters of it are marks of that."""
    stripped = written.strip()
    if not stripped:
        return "blank", 0
    if stripped.startswith("|") and stripped.count("|") > 1:
        return "table", 0
    for look, pattern in _PATTERNS:
        if found := pattern.match(written):
            return look, found.end() if look in ("heading", "bullet") else 0
    return ("tabbed" if "\t" in stripped else "plain"), 0
