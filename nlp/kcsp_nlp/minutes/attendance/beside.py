"""Lists that stand side by side, and two people on a line, parted by white space."""

from __future__ import annotations

import re
from collections.abc import Sequence

from kcsp_nlp.minutes.attendance.grids import Cell
from kcsp_nlp.minutes.attendance.kinds import kind_of
from kcsp_nlp.minutes.attendance.labels import read_group, read_label
from kcsp_nlp.minutes.attendance.layout import Held, opens_with_person
from kcsp_nlp.minutes.attendance.spaced import is_sure, share_title, split_line
from kcsp_nlp.minutes.lines import Line

# "Ann Lee|  |Lamp Trust     " as narrow as the columns of a pair can stand; not "Ann Lee".
_NARROW = re.compile(r"[ \x1f]{2,}|[ ]?\t\s*+")
# "Ann Lee," and "Ann Lee and" go on; "Ann Lee" ends a cell.
_GOES_ON = re.compile(r"(?:[,;:&–—-]|\b(?:and|of|for|the))\Z")
# "Where from", "Representing" head a column beside the people; not "Where".
_BESIDE_HEAD = re.compile(
    r"(?:where from|from where|from|representing|on behalf of|who for|for|of)\Z", re.IGNORECASE
)
_MAX_LINES = 60
_MAX_HEAD = 40
_NEAR = 3
_UNEVEN = 10
_PAIRS = 2
_MOST = 0.6


def is_column_beside(text: str) -> bool:
    """Tell whether what stands beside a list's label heads a column: "Where from"."""
    return bool(_BESIDE_HEAD.match(text.strip()))


def read_blocks(lines: Sequence[Line], at: int) -> tuple[list[list[Line]], int]:
    """Cut lists that stand side by side, each under a label of its own, into one after another.

    Args:
        lines: The lines of a part.
        at: Index of the line that may hold the labels: "Present        Apologies".

    Returns:
        For each list its lines, the label first, offsets as in the document; and the index of
        the line behind the lists. No lists where none begin.
    """
    heads = split_line(lines[at]) if len(lines[at].stripped) <= _MAX_HEAD * 4 else []
    if len(heads) < _PAIRS or not all(_is_label(text) for _, text in heads):
        return [], at
    starts = [start - lines[at].start for start, _ in heads]
    starts[0] = 0
    blocks = [[line] for line in _cut(lines[at], starts)]
    end = at + 1
    for index in range(at + 1, min(len(lines), at + _MAX_LINES)):
        line = lines[index]
        if not line.stripped:
            continue
        bounds = _bounds(line, starts)
        beside = bounds is not None and bool(line.text[bounds[1] :].strip())
        if bounds is None or (not beside and not _stays(line, apart=index > end)):
            break
        for block, piece in zip(blocks, _cut(line, bounds), strict=True):
            if piece.stripped:
                block.append(piece)
        end = index + 1
    opened = [len(block) > 1 and opens_with_person(block[1].text) for block in blocks]
    return (blocks, end) if opened[0] and sum(opened) >= _PAIRS else ([], at)


def _is_label(text: str) -> bool:
    group = read_label(text.rstrip(" :-–"), known=None) if len(text) <= _MAX_HEAD else None
    return group is not None and group.status is not None


def _stays(line: Line, *, apart: bool) -> bool:
    """Whether a line that fills the first column alone belongs to the lists."""
    if opens_with_person(line.text):
        return not apart
    group = read_label(line.stripped.rstrip(" :"), known="present")
    group = group or read_group(line.stripped.rstrip(" :"))
    return group is not None and not apart


def _bounds(line: Line, starts: Sequence[int]) -> list[int] | None:
    """Return where the columns begin on a line; None where text runs across them."""
    bounds = [0]
    cells = split_line(line, _NARROW)
    for start in starts[1:]:
        near = [at - line.start for at, _ in cells if abs(at - line.start - start) <= _NEAR]
        if not near and line.text[start - 1 : start + 1].strip():
            return None
        bounds.append(near[0] if near else min(start, len(line.text)))
    return bounds


def _cut(line: Line, bounds: Sequence[int]) -> list[Line]:
    ends = [*bounds[1:], len(line.text)]
    return [
        Line(line.start + start, line.raw[start:end], line.text[start:end])
        for start, end in zip(bounds, ends, strict=True)
    ]


def read_pairs(lines: Sequence[Held]) -> list[list[Cell]]:
    """Read lines that name two people each, what describes them behind their names.

    Args:
        lines: The lines of the list that hold text; labels left out.

    Returns:
        For each person the cell of the name and those that describe it; none where the lines
        are not set so.
    """
    rows = [_cells(held) for held in lines]
    if len(rows) < _PAIRS or not all(row and opens_with_person(row[0][1]) for row in rows):
        return []
    if share_title(row[0][1] for row in rows):
        return []
    seconds = [_second(row) for row in rows]
    columns = sorted(
        row[at][0] - held.line.start
        for row, at, held in zip(rows, seconds, lines, strict=True)
        if at is not None
    )
    if len(columns) < _PAIRS or len(columns) < _MOST * len(rows):
        return []
    middle = columns[len(columns) // 2]
    if columns[-1] - columns[0] > _UNEVEN:
        return []
    people: list[list[Cell]] = []
    for cells, held, at in zip(rows, lines, seconds, strict=True):
        row = cells
        second = at if at is not None else _at_column(row, held, middle)
        if second is None:
            people.append(row)
            continue
        if _GOES_ON.search(row[second - 1][1]):
            return []
        while second:
            people.append(row[:second])
            row = row[second:]
            second = _second(row)
        people.append(row)
    return people


def _cells(held: Held) -> list[Cell]:
    line = held.line
    text, raw = line.text[held.start : held.end], line.raw[held.start : held.end]
    return split_line(Line(line.start + held.start, raw, text), _NARROW)


def _second(row: Sequence[Cell]) -> int | None:
    """Return the index of the cell that surely names a second person."""
    for index, (_, text) in enumerate(row[1:], start=1):
        if is_sure(text) and kind_of(text) not in ("role", "body") and opens_with_person(text):
            return index
    return None


def _at_column(row: Sequence[Cell], held: Held, column: int) -> int | None:
    """Return the index of the cell that opens with a person where others name theirs."""
    for index, (start, text) in enumerate(row[1:], start=1):
        if abs(start - held.line.start - column) <= _NEAR and opens_with_person(text):
            return index
    return None
