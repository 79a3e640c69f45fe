"""Cells of a table's row, and the people that one cell names."""

from __future__ import annotations

import re

from kcsp_nlp.minutes.attendance.grids import Cell
from kcsp_nlp.minutes.attendance.kinds import kind_of
from kcsp_nlp.minutes.attendance.layout import opens_with_person
from kcsp_nlp.minutes.lines import Line
from kcsp_nlp.minutes.people.names import parse_name

# What converters leave between the people of one cell; not "<b>".
_BREAK = re.compile(r"<br ?/?>", re.IGNORECASE)
# "Ann Lee|; Cy Dale"
_SEMICOLON = re.compile(";")
# What parts people outside of brackets: a comma, a semicolon, "and"; the comma and the semicolon
# behind the brackets of "Ann Lee (A, B), Cy Dale; Di Orr", not the comma in them.
_OUTSIDE = re.compile(r"(?:[,;]|\s(?:and|&)(?=\s))(?![^()]{0,200}\))")
# "Town Mayor: Cllr Ash" but not "Apologies 7:30".
_OFFICE = re.compile(r"(?P<office>[^:;,|\n]{3,40}?)\s?:\s+(?=[A-Z])")


def cells_of(line: Line) -> list[Cell]:
    """Return the cells of a table row: where each begins in the document, and its text.

    A break inside of a cell is a line end in its text.
    """
    text = line.text.rstrip()
    for mark in _BREAK.finditer(line.raw):
        text = text[: mark.start()] + "\n" * len(mark[0]) + text[mark.end() :]
    first = text.find("|") + 1
    last = len(text) - 1 if text.endswith("|") and len(text) > first else len(text)
    found: list[Cell] = []
    at = first
    for part in text[first:last].split("|"):
        lead = len(part) - len(part.lstrip())
        found.append((line.start + at + lead, part.strip()))
        at += len(part) + 1
    return found


def holds_person(text: str) -> bool:
    """Tell whether a cell is a person's name, with nothing but brackets behind it."""
    name = parse_name(text, 0, len(text))
    rest = text[name.rest :].strip() if name else ""
    full = name is not None and (name.size > 1 or name.titled)
    return full and rest[:1] in ("", "(")


def people_in(cell: Cell) -> list[Cell]:
    """Cut a cell at its line ends, and at commas where each piece is a person."""
    at, text = cell
    people: list[Cell] = []
    for line in text.split("\n"):
        people += [(start, piece) for start, piece in _people_of(at, line) if piece]
        at += len(line) + 1
    return people


def led_by_office(text: str) -> tuple[str, int] | None:
    """Return the office in "Town Mayor: Cllr Ash" and where its holder begins; else None."""
    match = _OFFICE.match(text)
    if match is None or kind_of(match["office"]) != "role":
        return None
    return (match["office"], match.end()) if opens_with_person(text[match.end() :]) else None


def _people_of(at: int, line: str) -> list[Cell]:
    entries = _pieces(at, line, _SEMICOLON)
    if len(entries) > 1 and all(opens_with_person(text) for _, text in entries):
        return entries
    pieces = _pieces(at, line, _OUTSIDE)
    name = parse_name(line, 0, len(line))
    if name and name.plural:  # "Cllrs Ash, Birch", whose title is that of all
        return _pieces(at, line, None)
    several = len(pieces) > 1 and all(holds_person(text) for _, text in pieces)
    return pieces if several else _pieces(at, line, None)


def _pieces(at: int, line: str, mark: re.Pattern[str] | None) -> list[Cell]:
    """Return the pieces between marks, each with where it begins."""
    found: list[Cell] = []
    start = 0
    ends = [(match.start(), match.end()) for match in mark.finditer(line)] if mark else []
    for end, after in [*ends, (len(line), len(line))]:
        piece = line[start:end]
        lead = len(piece) - len(piece.lstrip())
        found.append((at + start + lead, piece.strip()))
        start = after
    return found
