"""Kinds of documents, told from the labelled minutes alone."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from kcsp_nlp.labels.corpus import LabelledMinutes

# The file that a document is from, by the start of its id. Matches "e12" in "e12-03-exmoor-ccg";
# nothing in "quay".
_FILE = re.compile(r"\A([A-Za-z]+)\d*-")

# What a body is, by words of its name; the first that holds decides, for "health and wellbeing
# board" is a board and "parish council" is more than a council.
_BODIES: Mapping[str, tuple[str, ...]] = {
    "parish, town or community council": (
        "parish council",
        "parish meeting",
        "town council",
        "community council",
    ),
    "partnership": ("partnership", "csp", "safer"),
    "panel, forum or group": ("panel", "forum", "liaison", "group"),
    "board": ("board",),
    "committee": ("committee", "cabinet", "scrutiny"),
    "council": ("council", "authority", "district"),
    "trust or association": ("trust", "association", "charity", "hall", "society"),
}
_LENGTHS = {5_000: "1-5 thousand characters", 9_000: "5-9 thousand characters"}
_LONG = "over 9 thousand characters"


def layouts(document: LabelledMinutes) -> dict[str, str]:
    """Return, for each aspect, what kind of document this is.

    Returns:
        `format`: md or txt; `headings`: whether all, some or none have a number; `body`; `length`;
        `file`: the series of corpus files, "other" where the id does not begin with one.
    """
    series = _FILE.match(document.id)
    body = f" {document.group.lower()} "
    return {
        "format": document.format,
        "headings": _headings(document),
        "body": next(
            (kind for kind, words in _BODIES.items() if any(f" {w} " in body for w in words)),
            "other",
        ),
        "length": next(
            (name for limit, name in _LENGTHS.items() if len(document.text) <= limit), _LONG
        ),
        "file": series[1] if series else "other",
    }


def by_layout(documents: Sequence[LabelledMinutes]) -> dict[str, dict[str, list[int]]]:
    """Return, for each aspect and kind, which documents are of it, by position."""
    tables: dict[str, dict[str, list[int]]] = {}
    for at, document in enumerate(documents):
        for aspect, kind in layouts(document).items():
            tables.setdefault(aspect, {}).setdefault(kind, []).append(at)
    return {aspect: dict(sorted(kinds.items())) for aspect, kinds in tables.items()}


def _headings(document: LabelledMinutes) -> str:
    numbered = sum(item.number is not None for item in document.items)
    if numbered == len(document.items):
        return "numbered" if numbered else "none"
    return "partly numbered" if numbered else "unnumbered"
