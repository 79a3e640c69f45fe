"""Where lines end: at the edge of their column, where an author broke them, or with a sentence."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from kcsp_nlp.reading.pdf.markers import is_marker
from kcsp_nlp.reading.pdf.words import Line

SLACK = 0.6  # of the height that a line may leave free behind its last word
_WIDE = 0.55  # share of its column that an indented paragraph takes, at least
_HALF = 0.5  # share of the widest line, below which a line is an entry of a list
_FEWEST = 2
_OFTEN = 0.3
_HAND = 0.1  # share of sentences going on below lines that end early, where authors broke them
_LONG = 0.75  # share of the usual width of lines that were broken by hand
_SLOPPY = 0.1  # share of the width by which such lines differ
# Ends a sentence: "done.", "done.”"; not "Mr".
END = re.compile(r"[.!?:;][”’\"')\]]*\Z")
# Ends with a full stop, but no sentence: "Mr.", "Cllrs.", "Sgt.", "J.", "St."; not "done.".
_SHORTENED = re.compile(
    r"(?:^|[\s(])(?:[A-Z]|Mr|Mrs|Ms|Dr|Cllrs?|Prof|Rev|Revd|Supt|Insp|Sgt|Hon|St|Nos?|Ald)\.\Z"
)
# Does not end a line that says all: "of the", "and", "Ms"; not "in hand".
_OPEN = re.compile(
    r"(?:^|[\s(])(?:an?|the|of|and|or|to|in|on|at|for|by|with|from|that|"
    r"(?:Cllr|Mr|Mrs|Ms|Dr)\.?|Councillor)\Z"
)


@dataclass(frozen=True, slots=True)
class Edge:
    """How far lines reach.

    Attributes:
        at: Right edge.
        far: How far the lines around this one do reach.
        is_hard: Whether authors broke the lines around this one, all at about the edge.
    """

    at: float
    far: float
    is_hard: bool = False


@dataclass(slots=True)
class _Column:
    """What the lines of one column show: how far they reach, and where sentences go on."""

    wide: float = 0.0
    going_on: int = 0
    early: int = 0
    usual: float = 0.0


def ends_sentence(text: str) -> bool:
    """Tell whether a line ends with a sentence; no line does that ends in "Mr."."""
    return END.search(text) is not None and not _SHORTENED.search(text)


def is_early(above: Line, line: Line, edge: float) -> bool:
    """Tell whether a line ends before its edge although the next one's first word would fit."""
    needed = line.words[0].x1 - line.words[0].x0 + SLACK * line.size
    return edge - above.x1 > needed


def is_open(above: Line, line: Line, far: float) -> bool:
    """Tell whether the sentence of a line goes on in the next, whatever room there was.

    Args:
        above: The line.
        line: The next one.
        far: How far the lines around them reach: short ones are entries of lists.
    """
    if ends_sentence(above.text) or len(above.words) == 1:
        return False
    if is_marker(line.words[0].text) or above.x1 - above.x0 < _HALF * (far - above.x0):
        return False
    text = above.text
    return bool(line.text[:1].islower() or _OPEN.search(text) or text.rfind("(") > text.rfind(")"))


def find_edges(blocks: Iterable[Sequence[Line]]) -> list[Edge]:
    """Return for each line how far to the right its paragraph may reach.

    Args:
        blocks: The lines of a flow of text; those of a block follow each other without a gap.
    """
    blocks = list(blocks)
    columns: dict[tuple[float, float], _Column] = {}
    for block in blocks:
        for line in block:
            column = columns.setdefault(_key(line), _Column())
            column.wide = max(column.wide, line.x1)
    for block in blocks:
        _count_early(block, columns)
    edges: list[Edge] = []
    for block in blocks:
        edges.extend([_edge_of(block, columns[_key(block[0])])] * len(block))
    return edges


def _key(line: Line) -> tuple[float, float]:
    return round(line.left), round(line.right)


def _count_early(block: Sequence[Line], columns: dict[tuple[float, float], _Column]) -> None:
    far = max(line.x1 for line in block)
    for above, line in pairwise(block):
        if is_open(above, line, far):
            column = columns[_key(above)]
            column.going_on += 1
            column.early += is_early(above, line, column.wide)
            column.usual += above.x1


def _edge_of(block: Sequence[Line], column: _Column) -> Edge:
    """Return the edge of lines that follow each other without a gap."""
    far = max(line.x1 for line in block)
    left = min(line.x0 for line in block)
    goes_on = any(is_open(above, line, far) for above, line in pairwise(block))
    is_hard = goes_on and column.early >= max(_FEWEST, _HAND * column.going_on)
    if is_hard and far - left >= _LONG * (column.usual / column.going_on - left):
        return Edge(far, far, is_hard=True)
    # Two lines or more end at one edge: that of an indented or justified paragraph.
    full = sum(line.x1 > far - line.size for line in block)
    is_wide = far - left >= _WIDE * (column.wide - block[0].left)
    is_edge = is_wide and full > 1 and full >= _OFTEN * len(block)
    return Edge(far if is_edge else column.wide, far)


def goes_on(above: Line, line: Line, edge: Edge) -> bool:
    """Tell whether a line's end is none of its author's, but that of its column or of habit."""
    if not is_early(above, line, edge.at):
        return True
    if ends_sentence(above.text):
        return False
    return is_open(above, line, edge.far) or (edge.is_hard and _is_about(above, line, edge))


def _is_about(above: Line, line: Line, edge: Edge) -> bool:
    """Tell whether a line of running text ends about where others that were broken by hand do."""
    if any(word.is_apart for word in (*above.words, *line.words)):
        return False
    return not is_early(above, line, edge.at - _SLOPPY * (edge.at - above.x0))
