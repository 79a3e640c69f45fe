"""Tables that are no tables: boxes, columns of names, and minutes laid out in three columns.

Authors use tables to place text on a page. What is read from cell to cell like a page becomes the
paragraphs that it is; what is looked up by row and column stays a table.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from kcsp_nlp.reading.blocks import Block, Heading, ListItem, Paragraph, Row, Table

# What stands alone in the column "No.": "4.", "12/17", "Item 3", "(a)"; not "Present", "2 August".
_NUMBER = re.compile(
    r"(?:[A-Za-z]{1,7}[. ]{0,2})?[(\[]?\d[\w./-]{0,10}[.):\]]{0,2}|\(?[A-Za-z][.)]"
)
_MANY = 2  # lines of one cell, as written; more are read like a page
_LONG = 1_000  # code points of a column that is read like a page
_MOST = 0.8  # its share of the table's text
_HALF = 0.5
_QUARTER = 0.25
_HEAD = 40  # code points of a column's head
_PAIR = 2


def unwrap(blocks: Iterable[Block]) -> Iterator[Block]:
    """Yield blocks in order, with the contents of tables used for layout in their place.

    Args:
        blocks: In reading order; tables may be nested to any depth.
    """
    stack = [iter(blocks)]
    while stack:
        block = next(stack[-1], None)
        if block is None:
            stack.pop()
        elif isinstance(block, Table) and (inner := _contents(block)) is not None:
            stack.append(inner)
        else:
            yield block


def _contents(table: Table) -> Iterator[Block] | None:
    """Return what a table used for layout holds; None for a table to be looked up."""
    width = max((len(row.cells) for row in table.rows), default=0)
    if width <= 1:
        return (block for row in table.rows for cell in row.cells for block in cell)
    table = Table(tuple(_widened(row, width) for row in table.rows))
    lists = _lists(table)
    if lists is not None:
        return lists
    sizes = [sum(_size(row.cells[at]) for row in table.rows) for at in range(width)]
    main = sizes.index(max(sizes))
    if not _is_page(table, main, sizes):
        return None
    return _rows(table, main)


def _widened(row: Row, width: int) -> Row:
    """Return a row with empty cells at its end where others have more."""
    missing: tuple[tuple[Block, ...], ...] = ((),) * (width - len(row.cells))
    return replace(row, cells=row.cells + missing) if missing else row


def _lists(table: Table) -> Iterator[Block] | None:
    """Return lists that stand side by side, one after another; None where there are none."""
    *heads, last = table.rows
    if len(heads) > 1 or (heads and _heads(table) is None):
        return None  # rows of people, or of anything else
    filled = [cell for cell in last.cells if cell]
    several = sum(_height(cell) > 1 for cell in filled)
    enough = several > 0 if heads else several == len(filled)
    if len(filled) < _PAIR or not enough or any(map(_is_long, filled)):
        return None
    return (
        block
        for at, cell in enumerate(last.cells)
        for part in (*(row.cells[at] for row in heads), cell)
        for block in part
    )


def _is_long(cell: Sequence[Block]) -> bool:
    return any(isinstance(block, Table) or len(block.text) > _HEAD * 3 for block in cell)


def _is_page(table: Table, main: int, sizes: Sequence[int]) -> bool:
    """Whether one column of a table is read from top to bottom like a page."""
    tall = sum(any(_height(cell) > _MANY for cell in row.cells) for row in table.rows)
    is_broad = sizes[main] > _LONG and sizes[main] > _MOST * sum(sizes)
    if tall > 0:
        return is_broad or tall >= _QUARTER * len(table.rows)
    beside = [row for row in table.rows if any(row.cells[main + 1 :])]
    return is_broad and len(beside) < _HALF * len(table.rows)


def _rows(table: Table, main: int) -> Iterator[Block]:
    """Yield what a table holds, row by row: number or title, text, what stands in the margin."""
    heads = _heads(table)
    if heads:
        yield Table(table.rows[:1])
    for row in table.rows[1:] if heads else table.rows:
        numbers = [block for cell in row.cells[:main] for block in cell]
        body = list(row.cells[main])
        if len(numbers) == 1 and (number := _number(numbers[0])):
            yield from _numbered(number, body, numbers[0].page)
        else:
            yield from numbers
            yield from body
        for at in range(main + 1, len(row.cells)):
            head = heads[at] if heads else ""
            yield from (_labelled(block, head) for block in row.cells[at])


def _heads(table: Table) -> list[str] | None:
    """Return the heads of a table's columns; None where the first row is none."""
    if len(table.rows) < _PAIR:
        return None
    heads: list[str] = []
    for cell in table.rows[0].cells:
        if len(cell) > 1 or any(isinstance(block, Table) for block in cell):
            return None
        heads.append(cell[0].text if cell and not isinstance(cell[0], Table) else "")
    are_short = all(len(head) <= _HEAD and not _NUMBER.fullmatch(head.strip()) for head in heads)
    return heads if are_short and sum(map(bool, heads)) > 1 else None


def _number(block: Block) -> str | None:
    """Return the number of an item that stands in a cell of its own; None for anything else."""
    if isinstance(block, Table):
        return None
    text = f"{block.marker} {block.text}" if isinstance(block, ListItem) else block.text
    return text.strip() if _NUMBER.fullmatch(text.strip()) else None


def _numbered(number: str, body: Sequence[Block], page: int | None) -> Iterator[Block]:
    """Yield the blocks of an item, its number before the first."""
    first, rest = (body[0], body[1:]) if body else (None, ())
    if first is None or isinstance(first, Table | ListItem):
        yield Paragraph(number, page=page)
        rest = body
    elif isinstance(first, Heading):
        yield replace(first, text=f"{number} {first.text}")
    else:
        shift = len(number) + 1
        yield replace(
            first,
            text=f"{number} {first.text}",
            turns=tuple((at + shift, turned) for at, turned in first.turns),
            strong=tuple((start + shift, end + shift) for start, end in first.strong),
        )
    yield from rest


def _labelled(block: Block, head: str) -> Block:
    """Say by the head of its column what a block is: "Action: KN"."""
    if not head or isinstance(block, Table | Heading):
        return block
    label = f"{head.partition('/')[0].strip(' :')}: "  # of "Action/Owner" the first
    lines = (label + line.strip() for line in block.text.split("\n") if line.strip())
    return replace(block, text="\n".join(lines), turns=(), strong=(), bold=False)


def _size(cell: Iterable[Block]) -> int:
    return sum(len(block.text) for block in cell if not isinstance(block, Table))


def _height(cell: Iterable[Block]) -> int:
    """How many lines the author wrote in a cell."""
    return sum(1 if isinstance(block, Table) else block.text.count("\n") + 1 for block in cell)
