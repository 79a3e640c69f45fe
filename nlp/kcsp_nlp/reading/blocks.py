"""What formats with a layout are made of before they are text: the blocks of a page, in order."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Heading:
    """A heading.

    Attributes:
        text: One line, its number included ("4. Domestic Abuse Strategy").
        level: 1 for the title of the document to 6.
        page: Page it begins on, from 1; None where the format has no pages.
    """

    text: str
    level: int
    page: int | None = None


@dataclass(frozen=True)
class Paragraph:
    """A paragraph.

    Attributes:
        text: Its lines joined; a newline stands only where the author ended a line on purpose.
        bold: Whether all of it is bold: authors mark headings, decisions and actions so.
        page: Page it begins on, from 1; None where the format has no pages.
        turns: Where in `text` further pages begin, as (offset in code points, page).
        strong: Which stretches of `text` are bold where not all of it is, as (start, end).
        close: Whether no white space parts it from the paragraph or list item right before it:
            lines of an address, names of a list.
    """

    text: str
    bold: bool = False
    page: int | None = None
    turns: tuple[tuple[int, int], ...] = ()
    strong: tuple[tuple[int, int], ...] = ()
    close: bool = False


@dataclass(frozen=True)
class ListItem:
    """An item of a list.

    Attributes:
        text: Without its marker; as `Paragraph.text`.
        marker: As displayed: "3.", "(a)", "iv)" or "•".
        depth: 0 for an outermost list.
        bold: As of a paragraph.
        page: As of a paragraph.
        turns: As of a paragraph, in `text`.
        strong: As of a paragraph, in `text`.
        close: As of a paragraph.
    """

    text: str
    marker: str
    depth: int = 0
    bold: bool = False
    page: int | None = None
    turns: tuple[tuple[int, int], ...] = ()
    strong: tuple[tuple[int, int], ...] = ()
    close: bool = False


@dataclass(frozen=True)
class Row:
    """A row of a table.

    Attributes:
        cells: For each column its blocks, in order; an empty cell has none. A merged cell stands
            in its first column, the others are empty.
        page: Page it begins on, from 1; None where the format has no pages.
    """

    cells: tuple[tuple[Block, ...], ...]
    page: int | None = None


@dataclass(frozen=True)
class Table:
    """A table; its rows have equally many cells."""

    rows: tuple[Row, ...]

    @property
    def page(self) -> int | None:
        """Page it begins on, from 1; None where the format has no pages."""
        return self.rows[0].page if self.rows else None


Block = Heading | Paragraph | ListItem | Table
