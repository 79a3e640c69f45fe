"""Text in columns without rules: which gaps go through several rows, and what they divide."""

from __future__ import annotations

import re
from collections.abc import Sequence
from statistics import median

from kcsp_nlp.reading.pdf.cells import Area, bounds, height, table_of
from kcsp_nlp.reading.pdf.gaps import Gap, Pieces, Run, count_over, cut, find_runs
from kcsp_nlp.reading.pdf.labels import WORDS, are_lists, by_label, is_label, join_labels
from kcsp_nlp.reading.pdf.markers import is_marker
from kcsp_nlp.reading.pdf.rows import find_pieces, find_rows, join_marker, line_of
from kcsp_nlp.reading.pdf.words import Cells, Line, Word

_NARROW = 0.22  # of the width: a column of initials beside the text
_SPARSE = 0.55  # share of rows in which such a column says something, at most
_FULL = 0.8  # share of its column that a line of running text fills
_PROSE = 5  # words of such a line
_FEWEST_LINES = 5
_DENSE = 0.6
_DEEPEST = 3
_EXACT = 0.08  # heights
_MOSTLY = 0.5
_BESIDE = 0.6  # share of the lines of the shorter column that stand beside one of another
_LONGEST_MARGIN = 40
_EDGE = 2.5  # heights
_APART = 1.8  # heights
# "....", "____": to be filled in, or leading to a page number; not "...and".
_LEADER = re.compile(r"[._…-]{3,}\Z|…+\.?\Z")
# "KC", "JF/HL", "AB & CD", "All"; not "2019", "Chair".
_INITIALS = re.compile(r"(?:[A-Z][A-Za-z]?[A-Z]{1,2}|All|ALL)(?:\s?[/,&+]\s?[A-Z]{2,4})*\Z")


def arrange(
    rows: Sequence[list[Word]], area: Area, before: Cells | None = None
) -> list[Line | Cells]:
    """Put rows into reading order: as lines, and as tables where columns belong together.

    Args:
        rows: From top to bottom, words from left to right.
        area: Where they stand.
        before: Table without rules that ends the page before; None where none does.

    Returns:
        Lines and tables in reading order.
    """
    result: list[Line | Cells] = []
    pieces = [find_pieces(row) for row in rows]
    if before is not None and (count := count_over(pieces, before.gaps)):
        result.append(
            table_of([cut(row, before.gaps) for row in pieces[:count]], before.gaps, area)
        )
        pieces = pieces[count:]
    return [*result, *_read_rows(pieces, area)]


def _read_rows(rows: Sequence[Pieces], area: Area) -> list[Line | Cells]:
    """Read rows by the gaps that go through several of them."""
    result: list[Line | Cells] = []
    for run in find_runs(rows) if area.depth < _DEEPEST else [Run(list(rows), [])]:
        if run.gaps:
            result.extend(_read_run(run, area))
        else:
            result.extend(_line(pieces, area) for pieces in run.rows)
    return result


def _line(pieces: Pieces, area: Area) -> Line:
    """Return a row as a line; initials at its right end stand beside it."""
    pieces = join_marker(pieces)
    margin = ""
    if len(pieces) > 1 and _is_margin(pieces[-1], pieces[-2], area):
        margin = " ".join(word.text for word in pieces[-1])
        pieces = pieces[:-1]
    for piece in pieces[1:]:
        piece[0].is_apart = piece[0].gap > _APART * piece[0].size
    line = line_of([word for piece in pieces for word in piece], area.page, area.left, area.right)
    line.margin = margin
    return line


def _is_margin(piece: Sequence[Word], before: Sequence[Word], area: Area) -> bool:
    """Tell whether the last piece of a row says who is to do what the text before it says."""
    last = piece[-1]
    if last.x1 < area.right - _EDGE * last.size or piece[0].gap < _EDGE * last.size:
        return False
    return _INITIALS.match(" ".join(word.text for word in piece)) is not None and len(before) > 1


def _read_run(run: Run, area: Area) -> list[Line | Cells]:
    """Read rows of columns in the way their columns ask for."""
    columns = [cut(row, run.gaps) for row in run.rows]
    join_labels(columns)
    if len(run.gaps) > 1 and are_lists(columns):
        return _list_by_list(columns, run.gaps, area)
    margins = _margins(columns, area)
    whole = columns
    if margins is not None:
        columns = [row[:-1] for row in columns]
        gaps = run.gaps[:-1]
    else:
        gaps = run.gaps
    if gaps and _is_newspaper(columns, gaps):
        return _column_by_column(columns, gaps, area)
    if not gaps or _is_labelled(columns) or _is_numbered(columns) or _has_leaders(columns):
        return _beside([_row_line(row, area) for row in columns], margins or [])
    if margins is not None:
        columns = whole
        gaps = run.gaps
    return [table_of(columns, gaps, area)]


def _margins(columns: Sequence[Pieces], area: Area) -> list[str] | None:
    """Return what the last column says beside the text; None where it is no margin."""
    texts = [" ".join(word.text for word in row[-1]) for row in columns]
    held = [text for text in texts if text]
    starts = [row[-1][0].x0 for row in columns if row[-1]]
    if len(held) > _SPARSE * len(columns) or max(map(len, held)) > _LONGEST_MARGIN:
        return None
    if area.right - min(starts) > _NARROW * (area.right - area.left):
        return None
    if len(columns[0]) > 2 and not _is_numbered([row[:-1] for row in columns]):  # noqa: PLR2004
        return None
    prose = sum(len(row[-2]) >= _PROSE - 1 for row in columns)
    return texts if prose >= _SPARSE * len(columns) else None


def _list_by_list(columns: Sequence[Pieces], gaps: Sequence[Gap], area: Area) -> list[Line | Cells]:
    """Read lists in columns behind labels: each label on a line of its own, then its list."""
    result: list[Line | Cells] = []
    inner = Area(area.page, gaps[0][1], area.right, area.depth + 1)
    for label, rows in by_label(columns):
        result.append(_line([label], area))
        result += arrange(find_rows(word for row in rows for cell in row for word in cell), inner)
    return result


def _row_line(row: Pieces, area: Area) -> Line | None:
    held = [piece for piece in row if piece]
    if not held:
        return None
    line = _line(held, area)
    if len(held) > 1 and row[0]:
        line.hang = held[1][0].x0
    return line


def _beside(lines: Sequence[Line | None], margins: Sequence[str]) -> list[Line | Cells]:
    """Note for each line what stands beside it."""
    result: list[Line | Cells] = []
    last: Line | None = None
    for index, line in enumerate(lines):
        if line is not None:
            last = line
            result.append(line)
        if last is not None and index < len(margins) and margins[index]:
            last.margin = f"{last.margin} {margins[index]}".strip()
    return result


def _is_labelled(columns: Sequence[Pieces]) -> bool:
    """Tell whether the first column labels what stands in the second: "PRESENT:", "Venue"."""
    labels = [row[0] for row in columns if row[0]]
    if any(len(row) > 2 and row[2] for row in columns):  # noqa: PLR2004
        return False
    colons = sum(map(is_label, labels))
    if colons >= _DENSE * len(labels):
        return True
    return len(labels) <= (1 - _DENSE) * len(columns) and all(
        len(label) <= WORDS for label in labels
    )


def _is_numbered(columns: Sequence[Pieces]) -> bool:
    """Tell whether the first column only numbers paragraphs."""
    firsts = [row[0] for row in columns if row[0]]
    return len(columns[0]) == 2 and all(  # noqa: PLR2004
        len(first) == 1 and is_marker(first[0].text) for first in firsts
    )


def _has_leaders(columns: Sequence[Pieces]) -> bool:
    """Tell whether rows are forms to be signed, or lead to page numbers."""
    led = sum(any(_LEADER.match(word.text) for piece in row for word in piece) for row in columns)
    return led >= _DENSE * len(columns)


def _is_newspaper(columns: Sequence[Pieces], gaps: Sequence[Gap]) -> bool:
    """Tell whether columns are read one after the other: each is running text of its own."""
    held = [[row[number] for row in columns if row[number]] for number in range(len(gaps) + 1)]
    fewest = min(map(len, held))
    if fewest < _FEWEST_LINES:
        return False
    beside = sum(_is_level(row) for row in columns)
    if beside < _BESIDE * fewest:
        return True  # their lines do not stand at the same height
    return len(gaps) == 1 and all(map(_is_prose, held))


def _is_level(row: Pieces) -> bool:
    """Tell whether cells of a row stand at exactly one height, as those of tables do."""
    bases = [piece[0].base for piece in row if piece]
    return len(bases) > 1 and max(bases) - min(bases) <= _EXACT * height(row)


def _is_prose(pieces: Sequence[Sequence[Word]]) -> bool:
    """Tell whether the lines of a column are running text: long, and most of them full."""
    left = min(piece[0].x0 for piece in pieces)
    width = max(word.x1 for piece in pieces for word in piece) - left
    full = sum(piece[-1].x1 - left >= _FULL * width for piece in pieces)
    return full >= _MOSTLY * len(pieces) and median(len(piece) for piece in pieces) >= _PROSE


def _column_by_column(
    columns: Sequence[Pieces], gaps: Sequence[Gap], area: Area
) -> list[Line | Cells]:
    """Read each column as a page of its own."""
    result: list[Line | Cells] = []
    for number, (left, right) in enumerate(bounds(gaps, area)):
        inner = Area(area.page, left, right, area.depth + 1)
        rows = find_rows(word for row in columns for word in row[number])
        result += arrange(rows, inner)
    return result
