"""Minute numbers that read like years: 2022/23 between 2022/22 and 2022/24."""

from __future__ import annotations

import re
from collections.abc import Sequence

from kcsp_nlp.minutes.lines import Line

# A year and what may be a number of it at a line's beginning: "**2022/7", "- 2022-107"; not "2022".
_OF_YEAR = re.compile(r"[ \t|(\[•-]{0,8}(20\d\d[/-])(\d{1,4})(?!\d)")
_REACH = 24


def numbers_like_years(lines: Sequence[Line]) -> frozenset[int]:
    """Find the lines whose years are a minute number: the ones before and after it are there.

    Args:
        lines: All lines of the document.

    Returns:
        Indices of lines that open with two years in a row.
    """
    places: dict[tuple[str, int], int] = {}
    doubtful: list[tuple[str, int, int]] = []
    for index, line in enumerate(lines):
        match = _OF_YEAR.match(line.text[:_REACH])
        if match is None:
            continue
        year, number = match[1], int(match[2])
        places.setdefault((year, number), index)
        if number == int(year[2:4]) + 1:
            doubtful.append((year, number, index))
    return frozenset(
        index
        for year, number, index in doubtful
        if places.get((year, number - 1), index) < index < places.get((year, number + 1), -1)
    )
