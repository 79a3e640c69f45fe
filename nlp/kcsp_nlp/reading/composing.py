"""Blocks into the text that every later stage reads: structure marked as in Markdown.

A heading stands behind `#`, bold text between `**`, a row of a table between `|`, and tables that
only place text on a page are the text they place. Nothing else is added but white space, and
nothing is escaped but a bar inside a cell: the marks help to find the structure, the text is to be
read.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from kcsp_nlp.reading.blocks import Block, Heading, ListItem, Paragraph, Row, Table
from kcsp_nlp.reading.document import PageStart
from kcsp_nlp.reading.layouts import unwrap

_INDENT = "  "
_BOLD = "**"
# Between the paragraphs of one cell of a row: a name and, below it, a role.
_IN_CELL = "\t"
# Code points of a line that may stand right below another without a blank line between: a name, an
# address, an item of a list; longer ones are paragraphs, and their ends are to be seen.
_SHORT = 160

_Turns = Sequence[tuple[int, int]]


@dataclass
class _Sheet:
    """The text so far, and where its pages begin."""

    pieces: list[str] = field(default_factory=list)
    length: int = 0
    pages: list[PageStart] = field(default_factory=list)

    def add(self, text: str) -> None:
        self.pieces.append(text)
        self.length += len(text)

    def turn(self, page: int | None, start: int) -> None:
        if page is not None and (not self.pages or page > self.pages[-1].number):
            # What stands before the first block, nothing, belongs to its page.
            self.pages.append(PageStart(number=page, start=start if self.pages else 0))


def compose(blocks: Iterable[Block]) -> tuple[str, tuple[PageStart, ...]]:
    """Write blocks as text.

    Args:
        blocks: In reading order, pages ascending.

    Returns:
        The text, ending in one newline (empty for no blocks), and where each page begins in it, in
        code points; a page without a block of its own has no entry.
    """
    sheet = _Sheet()
    before: Block | None = None
    for block in unwrap(blocks):
        if before is not None:
            sheet.add("\n" if _are_together(before, block) else "\n\n")
        for line, page, turns in _lines(block):
            start = sheet.length
            sheet.turn(page, start)
            for offset, turned in turns:
                sheet.turn(turned, start + offset)
            sheet.add(line)
        before = block
    if sheet.pieces:
        sheet.add("\n")
    return "".join(sheet.pieces), tuple(sheet.pages)


def _are_together(before: Block, block: Block) -> bool:
    """Whether no blank line parts two blocks: short items of a list, lines of an address."""
    if isinstance(before, Heading | Table) or isinstance(block, Heading | Table):
        return False
    if max(len(before.text), len(block.text)) > _SHORT:
        return False
    if isinstance(before, ListItem) and isinstance(block, ListItem):
        # Bold items with numbers are headings, with bullets a list of something bold.
        return before.marker == block.marker or not (before.bold or block.bold)
    # What is bold heads what is below it, or says that something was decided.
    return block.close and not (before.bold or block.bold)


def _lines(block: Block) -> Iterator[tuple[str, int | None, _Turns]]:
    """Yield the lines of a block, with the page of each and further pages that begin in it."""
    if isinstance(block, Table):
        for number, row in enumerate(block.rows):
            yield ("\n" if number else "") + _row(row), row.page, ()
    elif isinstance(block, Heading):
        yield f"{'#' * block.level} {block.text}", block.page, ()
    else:
        marker = f"{_INDENT * block.depth}{block.marker} " if isinstance(block, ListItem) else ""
        text, turns = _marked(block)
        yield marker + text, block.page, [(len(marker) + at, page) for at, page in turns]


def _marked(block: Paragraph | ListItem) -> tuple[str, _Turns]:
    """Return a text with marks around what is bold, and where pages begin in that."""
    text = block.text
    marks = sorted(
        at for start, end in _strong(block) for at in _trimmed(text, start, end) if end > start
    )
    if not marks:
        return text, block.turns
    bounds = [0, *marks, len(text)]
    pieces = (text[start:end] for start, end in pairwise(bounds))
    shifts = [(at + len(_BOLD) * bisect_left(marks, at), page) for at, page in block.turns]
    return _BOLD.join(pieces), shifts


def _strong(block: Paragraph | ListItem) -> Iterator[tuple[int, int]]:
    """Yield the stretches of a text that are bold, no line end in them, with a letter in each."""
    for first, last in ((0, len(block.text)),) if block.bold else block.strong:
        start = first
        for line in block.text[first:last].split("\n"):
            if any(map(str.isalnum, line)):
                yield start, start + len(line)
            start += len(line) + 1


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    """Return bounds without the white space at either end, which marks may not touch."""
    held = text[start:end]
    return start + len(held) - len(held.lstrip()), start + len(held.rstrip())


def _row(row: Row) -> str:
    """Return a row as one line."""
    return f"| {' | '.join(map(_cell, row.cells))} |"


def _cell(cell: Iterable[Block]) -> str:
    """Return a cell as a stretch of a line."""
    lines = (line for block in _inner(cell) for line in _marked(block)[0].split("\n"))
    said = (" ".join(line.split()) for line in lines)
    return _IN_CELL.join(line for line in said if line).replace("|", "\\|")


def _inner(cell: Iterable[Block]) -> Iterator[Paragraph | ListItem]:
    """Yield what a cell says, tables inside of it row by row, to any depth."""
    stack = [iter(cell)]
    while stack:
        block = next(stack[-1], None)
        if block is None:
            stack.pop()
        elif isinstance(block, Table):
            stack.append(inner for row in block.rows for each in row.cells for inner in each)
        elif isinstance(block, Heading):
            yield Paragraph(block.text, bold=True)
        elif isinstance(block, ListItem):
            yield Paragraph(f"{block.marker} {_marked(block)[0]}")
        else:
            yield block
