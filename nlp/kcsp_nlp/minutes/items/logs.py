"""Rows of action logs: the numbers in them are actions', not items'."""

from __future__ import annotations

import re
from collections.abc import Sequence

from kcsp_nlp.minutes.lines import Line
from kcsp_nlp.minutes.statements.column_heads import read_heads

_LONGEST_HEAD = 320
# Over the numbers of an action log: "No.", "Ref", "", "Min."; not "Discussion".
_NUMBER_HEAD = re.compile(
    r"(?:action |item |min\w* )?(?:nos?|number|ref\w*|item|min\w*|id|#)?\W*", re.IGNORECASE
)


def log_rows(lines: Sequence[Line]) -> set[int]:
    """Return the indices of the rows of action logs among all lines of a document."""
    found: set[int] = set()
    is_table = is_log = False
    for index, line in enumerate(lines):
        if line.is_table_row:
            is_log = is_log or (not is_table and _heads_log(line))
            if is_log:
                found.add(index)
        else:
            is_log = False
        is_table = line.is_table_row
    return found


def _heads_log(line: Line) -> bool:
    """Whether a table's first row names what is to be done, right behind a number, and by whom."""
    if len(line.raw) > _LONGEST_HEAD:
        return False
    cells = [cell.strip() for cell in line.text.strip().strip("|").split("|")]
    heads = read_heads(enumerate(cells))
    is_numbered = _NUMBER_HEAD.fullmatch(cells[0]) is not None
    return heads.action == 1 and heads.owner is not None and is_numbered
