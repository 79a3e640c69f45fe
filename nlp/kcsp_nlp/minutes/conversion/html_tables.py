"""Tables in HTML as tables with bars."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kcsp_nlp.minutes.conversion.view import Edit

# "<table border=1>" and what ends it; not "<tablet>".
_TABLE = re.compile(r"<table\b[^<>]{0,300}>", re.IGNORECASE)
_END = re.compile(r"</table\s*>", re.IGNORECASE)
# Begins or ends a row or cell: "<td colspan='2'>", "</tr>"; not "<br>".
_PART = re.compile(
    r"</?(?P<tag>t[rdh]|thead|tbody|tfoot|caption|colgroup|col)\b[^<>]{0,300}>", re.IGNORECASE
)
# Parts paragraphs inside a cell: "</p><p>", "</li>"; not "<br>".
_BREAK = re.compile(r"\s*</(?:p|li|div)>\s*(?:<(?:p|li|div)\b[^<>]{0,200}>)\s*", re.IGNORECASE)
_SPACE = re.compile(r"[ \t]*\n\s*")
_LONGEST = 200_000  # code points of a table


def find_html_tables(text: str) -> Iterator[Edit]:
    """Yield edits that put every table in HTML into rows with bars; offsets into `text`."""
    if "<t" not in text and "<T" not in text:
        return
    at = 0
    for table in _TABLE.finditer(text):
        if table.start() < at:
            continue
        end = _END.search(text, table.end(), table.end() + _LONGEST)
        if end is None:
            return
        yield from _rows(text, table, end)
        at = end.end()


def _rows(text: str, table: re.Match[str], end: re.Match[str]) -> Iterator[Edit]:
    cells = list(_cells(text, table.end(), end.start()))
    at = table.start()
    for number, (left, right, opens_row) in enumerate(cells):
        row = text.rfind("<", at, text.rfind("<", at, left)) if opens_row and number else -1
        if row > 0:
            yield Edit(at, row, " |\n")
            yield Edit(row, left, "| ")
        else:
            yield Edit(at, left, " | " if number else "| ")
        for match in _BREAK.finditer(text, left, right):
            yield Edit(*match.span(), "<br>")
        for match in _SPACE.finditer(text, left, right):
            yield Edit(*match.span(), " ")
        at = right
    if cells:
        yield Edit(at, end.end(), " |")


def _cells(text: str, begin: int, end: int) -> Iterator[tuple[int, int, bool]]:
    """Yield where each cell's text begins and ends, and whether the cell opens a row."""
    opened: int | None = None
    new_row = True
    for part in _PART.finditer(text, begin, end):
        tag, closes = part["tag"].lower(), text[part.start() + 1] == "/"
        if opened is not None:
            held = text[opened : part.start()]
            lead = len(held) - len(held.lstrip())
            left = opened + lead
            yield left, max(left, opened + len(held.rstrip())), new_row
            opened, new_row = None, False
        if tag == "tr":
            new_row = True
        elif tag in ("td", "th") and not closes:
            opened = part.end()
