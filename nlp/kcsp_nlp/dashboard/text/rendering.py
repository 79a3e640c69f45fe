"""A text as HTML."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from markupsafe import Markup, escape

from kcsp_nlp.dashboard.text.layout import Block, Range, lay_out
from kcsp_nlp.dashboard.text.marks import Mark, Writer

_ELEMENTS = {
    "heading": (Markup("<h4>"), Markup("</h4>\n")),
    "paragraph": (Markup("<p>"), Markup("</p>\n")),
    "typed": (Markup('<p class="typed">'), Markup("</p>\n")),
}
_PADDED = 100  # columns; a hostile table of one long row is not made a square
_HEAD = (Markup('<th scope="col">'), Markup("</th>"))
_CELL = (Markup("<td>"), Markup("</td>"))
_LISTS = {"list": Markup("<ul>"), "numbered": Markup('<ul class="numbered" role="list">')}


class Rendered(NamedTuple):
    """A text as HTML.

    Attributes:
        title: The item's own heading, for a heading of the page; None where it has none.
        body: Everything else, with headings of the fourth level.
        tables: How many tables are in it.
    """

    title: Markup | None
    body: Markup
    tables: int


def render(
    text: str, layers: Sequence[Sequence[Mark]], *, title: str | None = None, tables: int = 0
) -> Rendered:
    """Return a text as HTML; every mark is in it, and its anchor exactly once.

    Args:
        text: As a record has it; it may be hostile.
        layers: What is marked, the outermost kind first.
        title: The item's heading as the record has it; None where it has none.
        tables: How many tables the page has before it, for their names.
    """
    layout = lay_out(text, title)
    writer = Writer(text, layers, layout.soft)
    heading = None
    parts: list[Markup] = []
    number = tables
    for block in layout.blocks:
        if block.kind == "title":
            heading = writer.inline(*block.rows[0][0])
        elif block.kind == "rule":
            parts.append(Markup("<hr>\n"))
        elif block.kind == "table":
            number += 1
            parts.append(_table(writer, block, f"Table {number} of the minutes"))
        elif block.kind in _LISTS:
            parts.append(_list(writer, block))
        else:
            opening, closing = _ELEMENTS[block.kind]
            said = writer.inline(*block.rows[0][0], typed=block.kind == "typed")
            parts.append(opening + said + closing)
    parts.append(writer.rest())
    return Rendered(heading, Markup().join(parts), number - tables)


def _list(writer: Writer, block: Block) -> Markup:
    items = [Markup("<li>") + writer.inline(*row[0]) + Markup("</li>\n") for row in block.rows]
    return _LISTS[block.kind] + Markup("\n") + Markup().join(items) + Markup("</ul>\n")


def _table(writer: Writer, block: Block, label: str) -> Markup:
    width = max(map(len, block.rows))
    parts = [
        Markup('<div class="table" role="region" aria-label="')
        + escape(label)
        + Markup('" tabindex="0">\n<table>\n')
    ]
    rows = block.rows
    if block.heads:
        parts.append(
            Markup("<thead>\n") + _row(writer, rows[0], width, "th") + Markup("</thead>\n")
        )
        rows = rows[1:]
    parts.append(Markup("<tbody>\n"))
    parts.extend(_row(writer, row, width, "td") for row in rows)
    parts.append(Markup("</tbody>\n</table>\n</div>\n"))
    return Markup().join(parts)


def _row(writer: Writer, cells: list[Range], width: int, element: str) -> Markup:
    parts = [Markup("<tr>")]
    for cell in cells:
        # A column without a name has no heading to be read out.
        named = element == "th" and cell.start < cell.end
        opening, closing = _HEAD if named else _CELL
        parts.append(opening + writer.inline(*cell) + closing)
    if len(cells) < width < _PADDED:
        parts.append(Markup("<td></td>") * (width - len(cells)))
    parts.append(Markup("</tr>\n"))
    return Markup().join(parts)
