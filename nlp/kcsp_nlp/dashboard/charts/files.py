"""The tables of a page's charts as files."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from kcsp_nlp.dashboard.charts.figures import Figure
from kcsp_nlp.dashboard.charts.ranked import Ranked
from kcsp_nlp.dashboard.page import File


def files(figures: Sequence[Figure], ranked: Sequence[Ranked]) -> Iterator[File]:
    """Yield every table that has a path, once: charts may share one."""
    written: set[str] = set()
    tables: list[Figure | Ranked] = [*figures, *ranked]
    for each in tables:
        if each.path and each.path not in written:
            written.add(each.path)
            yield each.file
