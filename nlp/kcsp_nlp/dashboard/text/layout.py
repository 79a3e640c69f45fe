"""What stands in a text one below the other: headings, paragraphs, lists, tables, as ranges."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from itertools import pairwise
from typing import Literal, NamedTuple

from kcsp_nlp.dashboard.text.lines import Line, Look, soft_ends, split

Kind = Literal["title", "heading", "paragraph", "typed", "rule", "list", "numbered", "table"]

_MARK = re.compile(r"\\.|\|")  # in a row of a table: something escaped, or the edge of a cell
# matches: "| --- | :-: |"    does not match: "| - | Ward |"
_DELIMITERS = re.compile(r"[\s|:]*-[\s|:-]*\Z")
# Letters and digits that a heading may have before its title, and behind it: "PCP 12/22", "(B1)".
_BEFORE, _BEHIND = 24, 10


class Range(NamedTuple):
    """A stretch of the text, half-open."""

    start: int
    end: int


class Block(NamedTuple):
    """One thing of the text.

    Attributes:
        kind: What it is. `typed` is set in columns with spaces; `title` is the item's own heading.
        rows: Of a table its rows of cells; of a list its items; else what it says, once.
        heads: Whether the first row names the columns.
    """

    kind: Kind
    rows: list[list[Range]]
    heads: bool = False


class Layout(NamedTuple):
    """A text laid out.

    Attributes:
        blocks: In order, which never overlap.
        soft: Newlines that only broke a line to fit a page.
    """

    blocks: list[Block]
    soft: set[int]


def lay_out(text: str, title: str | None = None) -> Layout:
    """Lay a text out.

    Args:
        text: As a record has it.
        title: The heading of the item, found again at its beginning; None where it has none.
    """
    lines = split(text)
    soft = soft_ends(text, lines)
    blocks: list[Block] = []
    at = _title_lines(text, lines, title) if title else 0
    if at:
        first = next(i for i, line in enumerate(lines) if line.look != "blank")
        blocks.append(Block("title", [[_content(text, lines[first], lines[at - 1])]]))
    while at < len(lines):
        block, at = _SHAPES[lines[at].look](text, lines, at, soft)
        if block is not None:
            blocks.append(block)
    return Layout(blocks, soft)


def _title_lines(text: str, lines: list[Line], title: str) -> int:
    """Return how many lines the item's own heading takes; 0 where the text does not begin so."""
    wanted = _letters(title)
    said = ""
    for number, line in enumerate(lines, start=1):
        said += _letters(text[line.start : min(line.end, line.start + 1000)])
        if len(said) > len(wanted) + _BEFORE + _BEHIND or (said and line.look == "table"):
            return 0
        if wanted and wanted in said:
            before, _, behind = said.partition(wanted)
            return number if len(before) <= _BEFORE and len(behind) <= _BEHIND else 0
    return 0


def _letters(text: str) -> str:
    return "".join(filter(str.isalnum, text)).casefold()


def _content(text: str, first: Line, last: Line) -> Range:
    end = last.end
    if last.look == "heading":  # "## Title ##"
        end = last.content + len(text[last.content : end].rstrip().rstrip("#").rstrip())
    return Range(first.content, end)


_Made = tuple[Block | None, int]


def _blank(text: str, lines: list[Line], at: int, soft: set[int]) -> _Made:
    return None, at + 1


def _rule(text: str, lines: list[Line], at: int, soft: set[int]) -> _Made:
    return Block("rule", []), at + 1


def _heading(text: str, lines: list[Line], at: int, soft: set[int]) -> _Made:
    return Block("heading", [[_content(text, lines[at], lines[at])]]), at + 1


def _table(text: str, lines: list[Line], at: int, soft: set[int]) -> _Made:
    end = _run_end(lines, at, ("table",))
    rows = lines[at:end]
    rules = [bool(_DELIMITERS.match(text, row.start, row.end)) for row in rows]
    cells = [list(_cells(text, row)) for row, rule in zip(rows, rules, strict=True) if not rule]
    heads = len(rules) > 1 and rules[1] and not rules[0]
    return (Block("table", cells, heads) if cells else None), end


def _cells(text: str, row: Line) -> Iterator[Range]:
    edges = [m.start() for m in _MARK.finditer(text, row.start, row.end) if m.group() == "|"]
    if not edges or text[edges[-1] + 1 : row.end].strip():
        edges.append(row.end)  # a last cell that nothing closes
    for left, right in pairwise(edges):
        yield _stripped(text, left + 1, right)


def _stripped(text: str, start: int, end: int) -> Range:
    said = text[start:end]
    start += len(said) - len(said.lstrip())
    return Range(start, max(start, start + len(said.strip())))


def _tabbed(text: str, lines: list[Line], at: int, soft: set[int]) -> _Made:
    end = _run_end(lines, at, ("tabbed",))
    if end - at < 2:  # noqa: PLR2004 - one line is no table
        return _paragraph(text, lines, at, soft)
    rows = []
    for line in lines[at:end]:
        edges = [m.start() for m in re.finditer("\t", text[line.start : line.end])]
        places = [line.start - 1, *(line.start + edge for edge in edges), line.end]
        cells = pairwise(places)
        rows.append([_stripped(text, left + 1, right) for left, right in cells])
    return Block("table", rows), end


def _run_end(lines: list[Line], at: int, looks: tuple[Look, ...]) -> int:
    while at < len(lines) and lines[at].look in looks:
        at += 1
    return at


def _paragraph(text: str, lines: list[Line], at: int, soft: set[int]) -> _Made:
    end = _paragraph_end(lines, at, soft)
    typed = any(line.gap for line in lines[at:end])
    said = Range(lines[at].start, lines[end - 1].end)
    return Block("typed" if typed else "paragraph", [[said]]), end


def _paragraph_end(lines: list[Line], at: int, soft: set[int]) -> int:
    """Return the line behind a paragraph or an item of a list, which other shapes end."""
    at += 1
    while at < len(lines):
        look = lines[at].look
        wrapped = lines[at - 1].end in soft
        if look not in ("plain", "tabbed") and not (look == "numbered" and wrapped):
            break
        at += 1
    return at


def _list(text: str, lines: list[Line], at: int, soft: set[int]) -> _Made:
    look = lines[at].look
    items = []
    while at < len(lines) and lines[at].look == look:
        end = _paragraph_end(lines, at, soft)
        items.append([Range(lines[at].content, lines[end - 1].end)])
        at = _run_end(lines, end, ("blank",))
    return Block("list" if look == "bullet" else "numbered", items), at


_SHAPES: dict[Look, Callable[[str, list[Line], int, set[int]], _Made]] = {
    "blank": _blank,
    "heading": _heading,
    "rule": _rule,
    "table": _table,
    "bullet": _list,
    "numbered": _list,
    "tabbed": _tabbed,
    "plain": _paragraph,
}
