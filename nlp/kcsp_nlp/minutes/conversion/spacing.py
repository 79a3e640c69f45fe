"""Blank lines that converters put after every line."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from kcsp_nlp.minutes.conversion.view import Edit

# Columns set with spaces: "Ash      Leader", "          Ash"; not "Ash Leader".
_COLUMNS = re.compile(r"\S[ ]{3,}\S|[ ]{8,}\S")
_ADJACENT = 0.05  # share of lines that follow another without a blank line, at most


def find_spacing(text: str) -> Iterator[Edit]:
    """Yield the blank lines between the rows of columns; offsets into `text`."""
    rows: list[tuple[int, str, int]] = []  # where a line begins, the line, blank lines before it
    at = blank = 0
    for line in text.split("\n"):
        if line.strip():
            rows.append((at, line.rstrip(), blank))
            blank = 0
        else:
            blank += 1
        at += len(line) + 1
    tight = sum(not blank for _, line, blank in rows[1:] if line[:1] != "|")
    if tight > _ADJACENT * len(rows):
        return
    for (start, above, _), (begin, below, blanks) in pairwise(rows):
        if blanks == 1 and _COLUMNS.search(above) and _COLUMNS.search(below):
            yield Edit(start + len(above), begin, "\n")
