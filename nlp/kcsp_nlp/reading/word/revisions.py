"""Tracked changes, read as accepted: what was deleted is told apart here."""

from __future__ import annotations

from xml.etree.ElementTree import Element

# What was taken out, by why; what was moved stands where it was moved to.
REMOVED = {"del": "deletion", "moveFrom": "moved"}


def is_end_deleted(paragraph: Element) -> bool:
    """Whether the end of a paragraph was deleted, so that the next one goes on with it."""
    mark = paragraph.find("pPr/rPr")
    return mark is not None and any(mark.find(name) is not None for name in REMOVED)


def is_deleted_row(row: Element) -> bool:
    """Whether a row of a table was deleted."""
    return row.find("trPr/del") is not None


def is_deleted_cell(cell: Element) -> bool:
    """Whether a cell of a table was deleted."""
    return cell.find("tcPr/cellDel") is not None
