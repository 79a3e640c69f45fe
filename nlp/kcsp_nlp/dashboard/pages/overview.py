"""The first page: what is there, at a glance."""

from __future__ import annotations

from collections.abc import Iterator

from kcsp_nlp.dashboard.page import File, Options, Page
from kcsp_nlp.dashboard.source import Source


def pages(source: Source, options: Options) -> Iterator[Page | File]:
    """Yield the overview."""
    yield Page("index.html", "overview.html", {})
