"""Tables whose cells are ruled: which lines cross, and which cells they leave."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field

from kcsp_nlp.reading.pdf.words import Rule, Word

_NEAR = 3.0  # points: lines that meet, or are one
_MOST_RULES = 4_000
_MOST_COLUMNS = 40
_MOST_ROWS = 600
_COVERED = 0.6  # share of a cell's edge that is drawn, at least


@dataclass
class Grid:
    """A ruled table on one page.

    Attributes:
        xs: Left edges of its columns and the right edge of the last.
        ys: Upper edges of its rows and the lower edge of the last.
        owners: For each row and column the row and column of the cell that it is part of.
        cells: The words of each cell, by its row and column.
    """

    xs: list[float]
    ys: list[float]
    owners: dict[tuple[int, int], tuple[int, int]]
    cells: dict[tuple[int, int], list[Word]] = field(default_factory=dict)

    @property
    def top(self) -> float:
        """Its upper edge."""
        return self.ys[0]

    @property
    def bottom(self) -> float:
        """Its lower edge."""
        return self.ys[-1]

    def take(self, word: Word) -> bool:
        """Put a word into its cell; tell whether it stands in the table at all."""
        x = (word.x0 + word.x1) / 2
        y = word.base - 0.3 * word.size
        if not (self.xs[0] <= x <= self.xs[-1] and self.ys[0] <= y <= self.ys[-1]):
            return False
        column = _index(self.xs, x)
        if word.x0 < self.xs[column] - _NEAR:  # a long word starts in the cell it belongs to
            column = _index(self.xs, word.x0 + _NEAR)
        cell = self.owners[_index(self.ys, y), column]
        self.cells.setdefault(cell, []).append(word)
        return True


def _index(edges: Sequence[float], at: float) -> int:
    return max(0, min(len(edges) - 2, bisect_right(edges, at) - 1))


def find_grids(rules: Sequence[Rule]) -> list[Grid]:
    """Find the ruled tables of a page.

    Args:
        rules: Lines drawn on the page, in any order.

    Returns:
        Tables of two columns or more, from top to bottom.
    """
    if len(rules) > _MOST_RULES:
        return []
    merged = _merge(rules)
    grids = [grid for part in _connected(merged) if (grid := _grid(part)) is not None]
    return sorted(grids, key=lambda grid: (grid.top, grid.xs[0]))


def _merge(rules: Sequence[Rule]) -> list[Rule]:
    """Join lines that go on in each other: borders are drawn cell by cell."""
    merged: list[Rule] = []
    for is_level in (True, False):
        same = sorted(
            (rule for rule in rules if rule.is_level == is_level), key=lambda rule: rule.at
        )
        band: list[Rule] = []
        for rule in same:
            if band and rule.at - band[0].at > _NEAR:
                merged += _merge_band(band)
                band = []
            band.append(rule)
        merged += _merge_band(band)
    return merged


def _merge_band(band: Sequence[Rule]) -> list[Rule]:
    """Join lines at one place."""
    merged: list[Rule] = []
    for rule in sorted(band, key=lambda rule: rule.start):
        if merged and rule.start <= merged[-1].end + _NEAR:
            last = merged[-1]
            merged[-1] = Rule(last.is_level, last.at, last.start, max(last.end, rule.end))
        else:
            merged.append(rule)
    return merged


def _connected(rules: Sequence[Rule]) -> list[list[Rule]]:
    """Group lines that cross or touch."""
    level = [rule for rule in rules if rule.is_level]
    upright = [rule for rule in rules if not rule.is_level]
    group = list(range(len(level) + len(upright)))

    def root(index: int) -> int:
        while group[index] != index:
            group[index] = group[group[index]]
            index = group[index]
        return index

    for one, across in enumerate(level):
        for other, down in enumerate(upright, len(level)):
            if (
                across.start - _NEAR <= down.at <= across.end + _NEAR
                and down.start - _NEAR <= across.at <= down.end + _NEAR
            ):
                group[root(one)] = root(other)
    groups: dict[int, list[Rule]] = {}
    for index, rule in enumerate([*level, *upright]):
        groups.setdefault(root(index), []).append(rule)
    return [part for part in groups.values() if len(part) > 3]  # noqa: PLR2004


def _grid(rules: Sequence[Rule]) -> Grid | None:
    """Return the table that crossing lines make; None where they make none."""
    level = [rule for rule in rules if rule.is_level]
    upright = [rule for rule in rules if not rule.is_level]
    xs = _edges(
        [rule.at for rule in upright] + [e for rule in level for e in (rule.start, rule.end)]
    )
    ys = _edges(
        [rule.at for rule in level] + [e for rule in upright for e in (rule.start, rule.end)]
    )
    if not (2 < len(xs) <= _MOST_COLUMNS and 1 < len(ys) <= _MOST_ROWS):  # noqa: PLR2004
        return None
    owners = _owners(xs, ys, level, upright)
    if len({owner[1] for owner in owners.values()}) < 2:  # noqa: PLR2004
        return None
    return Grid(xs, ys, owners)


def _edges(places: Sequence[float]) -> list[float]:
    """Return places in order, those that are near each other once."""
    edges: list[float] = []
    for place in sorted(places):
        if not edges or place - edges[-1] > 2 * _NEAR:
            edges.append(place)
    return edges


def _owners(
    xs: Sequence[float], ys: Sequence[float], level: Sequence[Rule], upright: Sequence[Rule]
) -> dict[tuple[int, int], tuple[int, int]]:
    """Find merged cells: for each row and column the first that no line divides it from."""
    owners: dict[tuple[int, int], tuple[int, int]] = {}
    for row in range(len(ys) - 1):
        for column in range(len(xs) - 1):
            owner = (row, column)
            if column and not _is_drawn(upright, xs[column], ys[row], ys[row + 1]):
                owner = owners[row, column - 1]
            elif row and not _is_drawn(level, ys[row], xs[column], xs[column + 1]):
                owner = owners[row - 1, column]
            owners[row, column] = owner
    return owners


def _is_drawn(rules: Sequence[Rule], at: float, start: float, end: float) -> bool:
    """Tell whether lines cover most of an edge."""
    covered = sum(
        max(0.0, min(rule.end, end) - max(rule.start, start))
        for rule in rules
        if abs(rule.at - at) <= 2 * _NEAR
    )
    return covered >= _COVERED * (end - start)
