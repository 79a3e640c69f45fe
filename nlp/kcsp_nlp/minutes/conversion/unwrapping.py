"""Minutes in a table as the lines that they are: number, title, text, and who is to act."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from kcsp_nlp.minutes.conversion.layouts import LINE_END, Kind, Layout, Row, find_layouts, is_number
from kcsp_nlp.minutes.conversion.view import Edit

# Bold that a cell begins with: "**Minutes**"; not "Minutes".
_BOLD = re.compile(r"\*\*(?P<held>[^*\n|]{1,200})\*\*[ :]{0,2}")
# In the action column where there is none: "None", "N/A", "–"; not "None to attend".
_NOTHING = re.compile(r"[\W_]*(?:(?:none|nil|n/?a|no actions?|dim)[\W_]*)?", re.IGNORECASE)
# A decision in the action column: "Noted", "Agreed: yes", "Approved"; not "Agreed actions".
_DECIDED = re.compile(
    r"[\W_]*(?:(?:all |be |to be )?(?:noted|agreed|approved|endorsed|resolved|ratified|accepted"
    r"|adopted|carried|discussed|for (?:info\w*|noting)|completed?|closed|ongoing|verbal|see "
    r"|as above)|(?:actions?|to do|decision|resolved)\b)",
    re.IGNORECASE,
)
# A number before what is to be done: "6.4 TH to", "1) ", "•"; not "14 copies".
_REFERENCE = re.compile(
    r"(?:[•·▪●*-][ \t]+|[\W_]{0,4}\(?\d{1,3}(?:(?:\.\d{1,3}){1,3}[.):]?|[.):])[\W_]{0,4}(?=[A-Z]))"
)
# Opens what somebody is to do: "KN to write", "Bo Ash – dates", "KN/TA"; not "SARA template".
_TASK = re.compile(r"[*_]*(?:[A-Z][^.;:]{1,40}?\s(?:to\s[a-z]|[–-]\s)|[A-Z]{2,4}(?:\W|\Z))")
# Says by when: "3 May", "31/3/24", "ASAP"; not "By 3.5.24; see above".
_WHEN = re.compile(r"(?!by\b)[\w /’'-]{2,28}", re.IGNORECASE)
# Ends a sentence: "noted.", "were:**"; not "of the".
_ENDED = re.compile(r"[.!?:][*_)\]’”\"]{0,4}\Z")
_LONGEST_TITLE = 110
# A number that a stop closes in minutes: "4", "B"; not "4.1".
_OPEN = re.compile(r"\d{1,3}|[A-Za-z]")
# Initials right before what is to be done: "JA Knife bin"; not "PC Hay", "KCC Legal".
_INITIALS = re.compile(
    r"(?!(?:PC|PS|DS|DI|DC|CI|CC|MP|NW|SE|SW|NE|IT|HR)\b)[A-Z]{2} (?=[A-Z][a-z])"
)
_MARKS = " *_#"
_FEWEST = 3  # lines that are wrapped, for a column of such lines
_SHARE = 0.2
_LABEL = "Action: "
_DECISION = "Decision: "


class _Piece(NamedTuple):
    """A stretch of a row that is kept, and what is put before and behind it."""

    start: int
    end: int
    before: str
    behind: str = ""


def find_unwrapped(text: str) -> Iterator[Edit]:
    """Yield edits that put minutes in tables into lines; offsets into `text`."""
    if "|" not in text:
        return
    for layout in find_layouts(text):
        widths = _widths(text, layout)
        for index, row in enumerate(layout.rows):
            pieces = [] if index in layout.heads else list(_pieces(text, row, layout, widths))
            yield from _edits(text, row, pieces)


def _edits(text: str, row: Row, pieces: list[_Piece]) -> Iterator[Edit]:
    """Yield the edits of one row: what is not kept of it goes."""
    end = min(row.end + 1, len(text))
    if not pieces:
        yield Edit(row.start, end)
        return
    at, behind = row.start, ""
    for piece in pieces:
        yield Edit(at, piece.start, behind + piece.before)
        at, behind = piece.end, piece.behind
    yield Edit(at, end, behind + "\n\n")


def _pieces(text: str, row: Row, layout: Layout, widths: Sequence[int]) -> Iterator[_Piece]:
    main = layout.kinds.index(Kind.TEXT)
    lead = [cell for cell in row.cells[:main] if cell[0] < cell[1]]
    lines = list(_lines(text, row.cells[main]))
    parted = False
    for piece in _headed(text, lead, lines, widths[main]):
        yield piece
        parted = True
    for piece in _beside(text, row, layout, widths):
        yield piece._replace(before=piece.before if parted else piece.before.lstrip())
        parted = True


def _beside(text: str, row: Row, layout: Layout, widths: Sequence[int]) -> Iterator[_Piece]:
    """Yield what stands beside the minutes of a row; owners in brackets behind what they are to do.

    By when stands behind the owners: "Action: send the dates (KN by 3 May)".
    """
    is_task = False
    for at in range(layout.kinds.index(Kind.TEXT) + 1, len(row.cells)):
        kind = layout.kinds[at]
        pieces = list(_margin(text, row.cells[at], kind, widths[at]))
        if kind is Kind.OWNER and pieces:
            due = _due(text, row, layout, at + 1)
            if is_task:
                pieces = [_Piece(*piece[:2], ", ") for piece in pieces]
                pieces[0] = pieces[0]._replace(before=" (")
            pieces += [_Piece(*due, " by ")] if due else []
            pieces[-1] = pieces[-1]._replace(behind=")" if is_task else "")
        is_task = kind is Kind.ACTION and bool(pieces)
        yield from pieces


def _due(text: str, row: Row, layout: Layout, at: int) -> tuple[int, int] | None:
    """Return the cell behind the owners that says by when; None for none."""
    if at >= len(row.cells) or layout.kinds[at] is not Kind.DUE:
        return None
    return row.cells[at] if _WHEN.fullmatch(text, *row.cells[at]) else None


def _headed(
    text: str, lead: list[tuple[int, int]], lines: list[tuple[int, int]], width: int
) -> Iterator[_Piece]:
    """Yield number and title on one line, then the lines of the text."""
    number = lead[0] if lead and is_number(text[slice(*lead[0])]) else None
    titles = [line for cell in lead[number is not None :] for line in _lines(text, cell)]
    if not titles and not lines:
        if number is not None:
            yield _Piece(*number, "")
        return
    first, *rest = [*titles, *lines]
    is_title = bool(titles) or (number is not None and _is_title(text, first, rest))
    yield from _first(text, number, first, is_title=is_title)
    above = first
    for line in rest:
        if above is first and is_title:
            between = "\n\n"
        elif _goes_on(text, above, line, width):
            between = " "
        else:
            between = "\n\n" if _ENDED.search(text[slice(*above)]) else "\n"
        yield from _unmarked(text, line, between)
        above = line


def _goes_on(text: str, above: tuple[int, int], line: tuple[int, int], width: int) -> bool:
    """Whether a line of a cell goes on with the one above, which had no room for its first word."""
    held, below = text[slice(*above)], text[slice(*line)]
    if _ENDED.search(held) or not (below[0].isalnum() or below[0] in "£“‘("):
        return False
    word = below.split(None, 1)[0]
    return below[0].islower() or (width > 0 and len(held) + 1 + len(word) > width)


def _widths(text: str, layout: Layout) -> list[int]:
    """Return how wide the lines of each column are; 0 for one whose lines are not wrapped."""
    found: list[int] = []
    body = [row for index, row in enumerate(layout.rows) if index not in layout.heads]
    for at in range(len(layout.kinds)):
        cells = [list(_lines(text, row.cells[at])) for row in body]
        breaks = [pair for lines in cells for pair in pairwise(lines)]
        wrapped = sum(_goes_on(text, *pair, 0) for pair in breaks)
        longest = max((end - start for lines in cells for start, end in lines), default=0)
        found.append(longest if wrapped >= max(_FEWEST, _SHARE * len(breaks)) else 0)
    return found


def _unmarked(text: str, line: tuple[int, int], before: str) -> Iterator[_Piece]:
    """Yield a line below a title; bold words that open it would be a title's in the open."""
    bold = _BOLD.match(text, *line)
    if bold and text[bold.end("held") + 2 : line[1]].strip():
        yield _Piece(*bold.span("held"), before)
        yield _Piece(bold.end("held") + 2, line[1], "")
    else:
        yield _Piece(*line, before)


def _is_title(text: str, first: tuple[int, int], rest: list[tuple[int, int]]) -> bool:
    """Whether the line behind a number is a title and no sentence."""
    held = text[slice(*first)]
    if _BOLD.match(held):
        return True
    below = text[slice(*rest[0])].lstrip(_MARKS) if rest else ""
    is_short = first[1] - first[0] <= _LONGEST_TITLE and held.strip(_MARKS)[-1:] not in (
        ".",
        ",",
        ";",
    )
    return is_short and bool(below) and not below[0].islower()


def _first(
    text: str, number: tuple[int, int] | None, first: tuple[int, int], *, is_title: bool
) -> Iterator[_Piece]:
    """Yield the first line of a row, with the number that stands in a cell of its own."""
    bold = _BOLD.match(text, *first)
    mark = "**" if is_title else ""
    start, end = first
    if is_title:
        start, end = _bare(text, *(bold.span("held") if bold else first))
    if number is not None:
        left, right = _bare(text, *number)
        closed = "." if _OPEN.fullmatch(text, left, right) else ""
        yield _Piece(left, right, mark, closed + " ")
        yield _Piece(start, end, "", mark)
    else:
        yield _Piece(start, end, mark, mark)
    if bold and is_title and bold.end() < first[1]:
        yield _Piece(bold.end(), first[1], "\n\n")


def _bare(text: str, start: int, end: int) -> tuple[int, int]:
    """Return bounds without marks at either end."""
    held = text[start:end]
    left = start + len(held) - len(held.lstrip(_MARKS))
    return left, max(left, start + len(held.rstrip(_MARKS)))


def _lines(text: str, cell: tuple[int, int]) -> Iterator[tuple[int, int]]:
    """Yield the bounds of the lines of a cell that hold something."""
    at = cell[0]
    held = text[slice(*cell)]
    breaks = LINE_END.finditer(text, *cell) if "<" in held or "\t" in held else ()
    for match in breaks:
        if text[at : match.start()].strip(_MARKS):
            yield at, match.start()
        at = match.end()
    if text[at : cell[1]].strip(_MARKS):
        yield at, cell[1]


def _margin(text: str, cell: tuple[int, int], kind: Kind, width: int) -> Iterator[_Piece]:
    """Yield the lines of a cell beside the minutes, labelled by what its column holds."""
    above: tuple[int, int] | None = None
    for line in _lines(text, cell) if kind is not Kind.DUE else ():
        held = text[slice(*line)]
        if above is not None and not _TASK.match(held) and _goes_on(text, above, line, width):
            yield _Piece(*line, " ")
        elif _NOTHING.fullmatch(held):
            continue
        elif kind is Kind.DECISION:
            yield _Piece(*line, "\n\n" + _DECISION)
        elif kind is Kind.TEXT or _DECIDED.match(held):
            yield _Piece(*line, "\n\n")
        else:
            yield from _labelled(text, line)
        above = line


def _labelled(text: str, line: tuple[int, int]) -> Iterator[_Piece]:
    """Yield what is to be done behind a label, a dash behind the initials of who is to do it."""
    start, end = line
    if reference := _REFERENCE.match(text, start, end):
        start = reference.end()
    start, end = _bare(text, start, end)
    before = "\n\n" + _LABEL
    if initials := _INITIALS.match(text, start, end):
        yield _Piece(start, initials.end() - 1, before, " – ")
        start, before = initials.end(), ""
    yield _Piece(start, end, before)
