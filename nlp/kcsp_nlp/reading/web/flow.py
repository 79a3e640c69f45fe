"""The content of a page into blocks, as a browser would lay them out."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from kcsp_nlp.reading.blocks import Block, Heading, ListItem, Paragraph, Row, Table
from kcsp_nlp.reading.web.lines import Lines, Stretch, divide
from kcsp_nlp.reading.web.lists import BULLET, Lists
from kcsp_nlp.reading.web.styles import Sheet
from kcsp_nlp.reading.web.tables import Grid, lay_out
from kcsp_nlp.reading.web.tree import Element

_LISTS = frozenset({"ol", "ul", "menu", "dir"})
# A heading with more characters is a paragraph that somebody made large.
_LONGEST_HEADING = 300
# The marker that Word writes before an item of a list: "1.   the", "(a)  a", "·    first"; not
# "1,200 people", "I went"
_WORD_MARKER = re.compile(
    r"(\(?(?:\d{1,3}(?:\.\d{1,3}){0,3}|[a-zA-Z]|[ivxIVX]{1,5})[.)]|[·•§o\uf0b7\uf0a7\uf0d8-])\s+(?=\S)"
)
_WORD_LIST = frozenset(
    {
        "msolistparagraph",
        "msolistparagraphcxspfirst",
        "msolistparagraphcxspmiddle",
        "msolistparagraphcxsplast",
        "msolistbullet",
        "msolistnumber",
    }
)
# "l0 level2 lfo1" -> the level of an item of a list of Word
_WORD_LEVEL = re.compile(r"\blevel(\d)\b")


@dataclass(frozen=True)
class _End:
    """Stands on the stack where an element ends, with what began with it."""

    element: Element
    bold: bool
    kept: bool


def flow(content: Element, sheet: Sheet, *, in_cell: bool = False) -> list[Block]:
    """Lay out an element's text.

    Args:
        content: The element; what is set aside in it is passed over.
        sheet: The page's style sheets.
        in_cell: Whether it is a cell of a table of data, in which every line is a paragraph and
            other tables dissolve.
    """
    return _Flow(sheet, in_cell=in_cell).read(content)


class _Flow:
    """Walks through a page with a stack of its own: pages may be as deep as they like."""

    def __init__(self, sheet: Sheet, *, in_cell: bool) -> None:
        self._sheet = sheet
        self._in_cell = in_cell
        self._blocks: list[Block] = []
        self._lines = Lines()
        self._lists = Lists(sheet)
        self._bold = [False]
        self._kept = [False]
        self._levels = [0]
        self._marker: tuple[str, int] | None = None
        self._word: tuple[int] | None = None
        self._parted = True  # whether white space stands before the next block

    def read(self, root: Element) -> list[Block]:
        stack: list[Element | str | _End] = list(reversed(root.children))
        while stack:
            node = stack.pop()
            if isinstance(node, str):
                self._lines.add(node, bold=self._bold[-1], kept=self._kept[-1])
            elif isinstance(node, _End):
                self._leave(node)
            elif self._enter(node):
                stack.append(self._open(node))
                stack.extend(reversed(node.children))
        self._flush()
        return self._blocks

    def _enter(self, element: Element) -> bool:
        """Begin an element; tell whether its children are to be read."""
        tag = element.tag
        if tag == "br":
            self._lines.end_line()
            return False
        if not element.is_block:
            if tag == "q" and element.aside is None:
                self._lines.add("“", bold=self._bold[-1], kept=True)
            return element.aside is None
        self._flush()
        self._parted |= self._sheet.is_spaced(element)
        if element.aside is not None or tag == "hr":
            return False
        if tag == "table" and not self._in_cell:
            grid = lay_out(element)
            if grid is not None:
                self._add_table(element, grid)
                return False
        self._begin(element)
        return True

    def _begin(self, element: Element) -> None:
        """Note what a block means for the text in it."""
        if element.tag in _LISTS:
            self._lists.begin(element)
        elif element.tag == "li":
            marker = self._lists.mark(element)
            self._marker = (marker, self._lists.depth) if marker else None
        elif level := _level(element):
            self._levels.append(level)
        elif element.tag in {"p", "div"}:
            listed = element.style("mso-list")
            if listed or element.classes & _WORD_LIST:
                match = _WORD_LEVEL.search(listed)
                self._word = (int(match[1]) - 1 if match else 0,)

    def _open(self, element: Element) -> _End:
        bold = self._sheet.boldness(element)
        if bold is not None:
            self._bold.append(bold)
        space = "pre" if element.tag == "pre" else element.style("white-space")
        kept = space.startswith(("pre", "break-spaces")) and space != "pre-line"
        if kept:
            self._kept.append(True)
        return _End(element, bold is not None, kept)

    def _leave(self, end: _End) -> None:
        tag = end.element.tag
        if tag == "q":
            self._lines.add("”", bold=self._bold[-1], kept=True)
        if end.element.is_block:
            self._flush()
            self._parted |= self._sheet.is_spaced(end.element)
            if tag in _LISTS:
                self._lists.end()
            elif tag == "li":
                self._marker = None
            elif _level(end.element):
                self._levels.pop()
            elif tag in {"p", "div"}:
                self._word = None
        if end.bold:
            self._bold.pop()
        if end.kept:
            self._kept.pop()

    def _flush(self) -> None:
        lines = self._lines.take()
        level = self._levels[-1]
        if level:
            text = " ".join(" ".join(line.text for line in lines).split())
            if text and len(text) <= _LONGEST_HEADING:
                self._add_heading(text, level)
                return
        for number, stretch in enumerate(divide(lines)):
            self._parted |= number > 0 or not lines[0].text
            self._add(stretch if not level else replace(stretch, bold=False, strong=()))
        if lines and not lines[-1].text:
            self._parted = True

    def _add_heading(self, text: str, level: int) -> None:
        if self._marker is not None and self._marker[0] != BULLET:
            text = f"{self._marker[0]} {text}"
        self._marker = None
        self._blocks.append(Heading(text, level))

    def _add(self, stretch: Stretch) -> None:
        depth = 0
        marker: str | None = None
        begin = len(stretch.text) - len(stretch.text.lstrip())
        if self._marker is not None:
            marker, depth = self._marker
            self._marker = None
        elif self._word is not None and (match := _WORD_MARKER.match(stretch.text, begin)):
            marker = match[1] if any(map(str.isalnum, match[1])) and match[1] != "o" else BULLET
            begin = match.end()
            depth = self._word[0]
        elif not self._in_cell:
            begin = 0
        text = stretch.text[begin:]
        strong = tuple(
            (max(0, start - begin), end - begin) for start, end in stretch.strong if end > begin
        )
        close = not self._parted
        self._parted = False
        if marker is not None:
            item = ListItem(text, marker, depth, stretch.bold, strong=strong, close=close)
            self._blocks.append(item)
        else:
            self._blocks.append(Paragraph(text, stretch.bold, strong=strong, close=close))

    def _add_table(self, table: Element, grid: Grid) -> None:
        for child in table.elements:
            if child.tag == "caption" and child.aside is None:
                self._blocks.extend(flow(child, self._sheet, in_cell=True))
        rows = tuple(self._rows(grid))
        if rows:
            self._blocks.append(Table(rows))

    def _rows(self, grid: Grid) -> Iterator[Row]:
        for row in grid.rows:
            cells: list[tuple[Block, ...]] = [()] * grid.columns
            for column, cell in row:
                cells[column] = tuple(flow(cell, self._sheet, in_cell=True))
            if any(cells):
                yield Row(tuple(cells))


def _level(element: Element) -> int:
    """Return the level of a heading; 0 for what is none."""
    tag = element.tag
    if len(tag) == 2 and tag[0] == "h" and tag[1] in "123456":  # noqa: PLR2004 -- "h1"
        return int(tag[1])
    if element.attributes.get("role", "").lower() == "heading":
        level = element.attributes.get("aria-level", "2")
        return int(level) if level in {"1", "2", "3", "4", "5", "6"} else 2
    return 0
