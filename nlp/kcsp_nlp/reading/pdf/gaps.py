"""Gaps that go through several rows: what columns without rules leave between them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from kcsp_nlp.reading.pdf.rows import join_marker
from kcsp_nlp.reading.pdf.words import Word

LEAST_GAP = 0.65  # of the height, that goes through all rows of columns
_FEWEST_ROWS = 2
_FAR = 3.2  # heights between rows of one set of columns
_USED = 3  # rows that show a gap to be one of columns

Pieces = list[list[Word]]
Gap = tuple[float, float]


@dataclass
class Run:
    """Rows one under the other whose gaps go through all of them."""

    rows: list[Pieces]
    gaps: list[Gap]


def find_runs(rows: Sequence[Pieces]) -> list[Run]:
    """Divide rows into those with common gaps and those without."""
    runs: list[Run] = []
    index = 0
    while index < len(rows):
        run = _run_at(rows, index)
        if run is None:
            if not runs or runs[-1].gaps:
                runs.append(Run([], []))
            runs[-1].rows.append(rows[index])
            index += 1
        else:
            index += len(run.rows)
            if runs and not runs[-1].gaps:
                run.rows[:0] = _taken_back(runs, run.gaps)
            runs.append(run)
    return runs


def _run_at(rows: Sequence[Pieces], start: int) -> Run | None:
    """Return the longest run of rows with common gaps that begins at a row."""
    gaps = _gaps(join_marker(rows[start]))
    if not gaps:
        return None
    end = last = start + 1
    support = 1
    while end < len(rows):
        row = rows[end]
        if row[0][0].base - rows[end - 1][0][0].base > _FAR * row[0][0].size:
            break
        shared = _common(gaps, row)
        if not shared or (len(shared) < len(gaps) and _is_used(gaps, rows[start:end])):
            break
        gaps = shared
        end += 1
        if sum(map(bool, cut(row, gaps))) > 1:
            support += 1
            last = end
        elif row[0][0].x0 >= gaps[0][1] - 1:
            last = end  # goes on in a column behind the first
    if support < _FEWEST_ROWS:
        return None
    # The first row may be of fewer cells than the others.
    return Run(list(rows[start:last]), _all_gaps(rows[start:last]) or gaps)


def count_over(rows: Sequence[Pieces], gaps: Sequence[Gap]) -> int:
    """Return how many of the first rows of a page go on in the columns of the page before."""
    count = level = 0
    left = list(gaps)
    for row in rows:
        left = _common(left, row)
        if len(left) < len(gaps):
            break
        count += 1
        level += sum(map(bool, cut(row, gaps))) > 1
    return count if level else 0


def _is_used(gaps: Sequence[Gap], rows: Sequence[Pieces]) -> bool:
    """Tell whether rows show that all gaps divide columns: another table begins below them."""
    used = [0] * len(gaps)
    for row in rows:
        cells = cut(row, gaps)
        for index in range(len(gaps)):
            used[index] += bool(cells[index] and cells[index + 1])
    return min(used) >= _USED


def _taken_back(runs: list[Run], gaps: Sequence[Gap]) -> list[Pieces]:
    """Take from the end of rows without gaps those that stand in a column behind the first."""
    rows = runs[-1].rows
    keep = len(rows)
    for index in range(len(rows) - 1, -1, -1):
        if len(_common(gaps, rows[index])) < len(gaps) or _is_far(rows, index):
            break
        if rows[index][0][0].x0 >= gaps[0][1] - 1:
            keep = index
    taken = rows[keep:]
    del rows[keep:]
    if not rows:
        runs.pop()
    return taken


def _is_far(rows: Sequence[Pieces], index: int) -> bool:
    """Tell whether a row stands far above the next."""
    if index + 1 == len(rows):
        return False
    return rows[index + 1][0][0].base - rows[index][0][0].base > _FAR * rows[index][0][0].size


def _gaps(pieces: Pieces) -> list[Gap]:
    return [(max(word.x1 for word in one), other[0].x0) for one, other in pairwise(pieces)]


def _common(gaps: Sequence[Gap], row: Pieces) -> list[Gap]:
    """Return what a row leaves of gaps."""
    left = list(gaps)
    for start, end in spans_of(row):
        left = [part for gap in left for part in _without(gap, start, end)]
    return [gap for gap in left if gap[1] - gap[0] >= LEAST_GAP * row[0][0].size]


def _without(gap: Gap, start: float, end: float) -> Iterator[Gap]:
    """Yield the parts of a gap that a span leaves; what it cuts in two is no gap any more."""
    if end <= gap[0] or start >= gap[1]:
        yield gap
    elif start <= gap[0]:
        yield end, gap[1]
    elif end >= gap[1]:
        yield gap[0], start


def spans_of(row: Pieces) -> list[Gap]:
    """Return where a row says something; what stands close together is one span."""
    words = [word for piece in row for word in piece]
    spans = [(words[0].x0, words[0].x1)]
    for word in words[1:]:
        start, end = spans[-1]
        if word.x0 - end < LEAST_GAP * word.size:
            spans[-1] = start, max(end, word.x1)
        else:
            spans.append((word.x0, word.x1))
    return spans


def _all_gaps(rows: Sequence[Pieces]) -> list[Gap]:
    """Return the gaps that go through all of some rows."""
    spans = sorted(span for row in rows for span in spans_of(row))
    gaps = []
    behind = spans[0][1]
    for start, end in spans[1:]:
        if start - behind >= LEAST_GAP * rows[0][0][0].size:
            gaps.append((behind, start))
        behind = max(behind, end)
    return gaps


def cut(row: Pieces, gaps: Sequence[Gap]) -> Pieces:
    """Divide a row's words at gaps; a column without words is empty."""
    cells: Pieces = [[] for _ in range(len(gaps) + 1)]
    for piece in row:
        for word in piece:
            cells[sum(word.x0 >= end - 1 for _, end in gaps)].append(word)
    return cells
