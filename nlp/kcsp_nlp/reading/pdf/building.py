"""Lines and tables of all pages into blocks: paragraphs, headings, lists, tables."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

from kcsp_nlp.reading.blocks import Block, Heading, ListItem, Paragraph, Row, Table
from kcsp_nlp.reading.pdf.headings import Headings
from kcsp_nlp.reading.pdf.hyphens import Vocabulary
from kcsp_nlp.reading.pdf.joining import join
from kcsp_nlp.reading.pdf.markers import is_bullet, is_list_marker
from kcsp_nlp.reading.pdf.paragraphs import Leadings, Passage, find_passages
from kcsp_nlp.reading.pdf.words import Cells, Line

_INDENT = 6.0  # points from one depth of a list to the next, at least
_DEEPEST = 5


def build(parts: Sequence[Line | Cells], bookmarks: Sequence[tuple[int, str, int]]) -> list[Block]:
    """Build the blocks of a document.

    Args:
        parts: Lines and tables of all pages, in reading order.
        bookmarks: Level from 1, title and page of each bookmark.
    """
    lines = list(_all_lines(parts))
    builder = _Builder(lines, bookmarks)
    blocks: list[Block] = []
    for is_table, group in groupby(parts, key=lambda part: isinstance(part, Cells)):
        members = list(group)
        if is_table:
            blocks += builder.tables([part for part in members if isinstance(part, Cells)])
        else:
            blocks += builder.flow([part for part in members if isinstance(part, Line)])
    return blocks


def _all_lines(parts: Sequence[Line | Cells]) -> Iterator[Line]:
    for part in parts:
        if isinstance(part, Line):
            yield part
        else:
            for row in part.rows:
                for cell in row:
                    yield from cell


class _Builder:
    """What is known of the whole document while its blocks are built."""

    def __init__(self, lines: Sequence[Line], bookmarks: Sequence[tuple[int, str, int]]) -> None:
        self._vocabulary = Vocabulary(line.text for line in lines)
        self._leadings = Leadings(lines)
        self._headings = Headings(lines, bookmarks)

    def flow(self, lines: Sequence[Line]) -> Iterator[Block]:
        """Yield the blocks of running text."""
        indents: list[float] = []
        for passage in find_passages(lines, self._leadings):
            level = self._headings.level(passage)
            if level:
                title = join(passage, self._vocabulary, 0).text
                yield Heading(title, level, passage.first.page)
                indents = []
            else:
                block = self._block(passage, indents)
                if not isinstance(block, ListItem):
                    indents = []
                yield block

    def _block(self, passage: Passage, indents: list[float]) -> Paragraph | ListItem:
        """Return a paragraph or an item of a list.

        Args:
            passage: Its lines.
            indents: Left edges of the lists that are open, the outermost first; kept up to date.
        """
        first = passage.first
        marker = first.words[0].text
        bold = passage.bold
        page = passage.first.page
        whole = join(passage, self._vocabulary, 0)
        if len(first.words) == 1 or not is_list_marker(
            marker, whole.text, is_bold=first.words[1].bold
        ):
            strong = () if bold else whole.strong
            return Paragraph(whole.text, bold, page, whole.turns, strong, passage.is_close)
        item = join(passage, self._vocabulary, 1)
        while indents and first.x0 < indents[-1] - _INDENT:
            indents.pop()
        if not indents or first.x0 > indents[-1] + _INDENT:
            indents.append(first.x0)
        depth = min(len(indents) - 1, _DEEPEST)
        words = [word for line in passage.lines for word in line.words]
        bold = all(word.bold for word in words if not is_bullet(word.text))
        strong = () if bold else item.strong
        return ListItem(item.text, marker, depth, bold, page, item.turns, strong, passage.is_close)

    def tables(self, tables: Sequence[Cells]) -> Iterator[Table]:
        """Yield tables; one that goes on at the top of the next page is one."""
        rows: list[tuple[int, list[list[Line]]]] = []
        before: Cells | None = None
        for cells in tables:
            added = cells.rows
            if before is not None and not _is_one(before, cells):
                yield self._table(rows)
                rows = []
            elif before is not None and _texts(added[0]) == _texts(before.rows[0]):
                added = added[1:]  # the heads of the columns, again
            elif before is not None and _goes_on(rows[-1][1], added[0]):
                for cell, more in zip(rows[-1][1], added[0], strict=True):
                    cell.extend(more)
                added = added[1:]
            rows += [(cells.page, [list(cell) for cell in row]) for row in added]
            before = cells
        if rows:
            yield self._table(rows)

    def _table(self, rows: Sequence[tuple[int, Sequence[Sequence[Line]]]]) -> Table:
        return Table(tuple(self._row(row, page) for page, row in rows))

    def _row(self, row: Sequence[Sequence[Line]], page: int) -> Row:
        return Row(tuple(tuple(self._cell(cell)) for cell in row), page)

    def _cell(self, lines: Sequence[Line]) -> Iterator[Block]:
        indents: list[float] = []
        for passage in find_passages(lines, self._leadings):
            yield self._block(passage, indents)


def _is_one(above: Cells, below: Cells) -> bool:
    """Tell whether a table goes on in another."""
    return (
        below.page == above.page + 1
        and len(above.rows[0]) == len(below.rows[0])
        and above.is_ruled == below.is_ruled
    )


def _goes_on(above: Sequence[Sequence[Line]], row: Sequence[Sequence[Line]]) -> bool:
    """Tell whether the first row of a page is the rest of the last row of the page before."""
    if row[0]:
        return False
    return any(
        cell
        and rest
        and (rest[0].text[:1].islower() or not cell[-1].text.endswith((".", ":", "?")))
        for cell, rest in zip(above, row, strict=True)
    )


def _texts(row: Sequence[Sequence[Line]]) -> list[str]:
    return [" ".join(line.text for line in cell) for cell in row]
