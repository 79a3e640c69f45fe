"""Rows of columns without heads into stretches: bodies, roles or marks beside the people."""

from __future__ import annotations

from collections.abc import Sequence

from kcsp_nlp.minutes.attendance.affiliation import Piece, describe
from kcsp_nlp.minutes.attendance.grids import Cell
from kcsp_nlp.minutes.attendance.kinds import kind_of
from kcsp_nlp.minutes.attendance.labels import Group
from kcsp_nlp.minutes.attendance.layout import before_name
from kcsp_nlp.minutes.attendance.posts import body_name
from kcsp_nlp.minutes.attendance.spaced import read_body_first, read_marked
from kcsp_nlp.minutes.attendance.stretches import Stretch
from kcsp_nlp.minutes.lines import Line
from kcsp_nlp.minutes.people.words import words
from kcsp_nlp.records import Status


def of_pair(cells: Sequence[Cell], group: Group, status: Status) -> Stretch:
    """Put the cells together as they stand in the document, whatever their gaps are."""
    text = cells[0][1]
    for start, cell in cells[1:]:
        text += "\t".ljust(start - cells[0][0] - len(text), "\x1f") + cell
    return Stretch(cells[0][0], text, status, group.role, group.organisation)


def _in_row(cells: Sequence[Cell], group: Group, status: Status) -> Stretch:
    text = "\t".join(cell for _, cell in cells)
    return Stretch(cells[0][0], text, status, group.role, group.organisation, row=True)


def _first_column(text: str, start: int, end: int) -> tuple[str | None, str | None]:
    """Return the role and the body that stand before a person."""
    said = text[start:end]
    if kind_of(said.split(",", 1)[0]) != "role":
        return None, body_name(said)
    pieces = []
    for part in said.split(","):
        pieces.append(Piece(start, start + len(part), False))
        start += len(part) + 1
    role, body = describe(text, pieces)
    return (role, body) if role else (" ".join(said.split()), None)


def read_rows(lines: Sequence[Line], group: Group, status: Status) -> list[Stretch]:
    """Read columns without heads: bodies before their people, or marks behind them."""
    found: list[Stretch] = []
    for line, end, begin in read_body_first(lines):
        role, body = _first_column(line.text, before_name(line.text), end)
        text = line.text[begin:].rstrip()
        said = words().marks.get(text.split(",", 1)[0].lower(), status)
        found.append(
            Stretch(
                line.start + begin,
                text,
                said,
                role or group.role,
                body or group.organisation,
                row=True,
            )
        )
    for mark, cells in [] if found else read_marked(lines):
        found.append(_in_row(cells, group, mark))
    return found
