"""What the site is, what it counts, what it can get wrong, and who can use it."""

from __future__ import annotations

from collections.abc import Iterator

from kcsp_nlp.dashboard.page import File, Options, Page
from kcsp_nlp.dashboard.source import Source

_COUNTS = {
    "meetings": ("meetings", "sets of minutes that were read"),
    "items WHERE kind = 'item'": (
        "agenda items",
        "not counted: what stands before the first item and after the last",
    ),
    "decisions": ("decisions", "resolutions, and statements that something was agreed"),
    "actions": ("actions", "things that somebody is to do"),
    "money": ("sums of money", "each place that names one; the same sum may be named twice"),
    "people": ("people", "one person may be counted twice where names do not fit together"),
    "organisations": ("organisations", "only those that could be told apart for certain"),
    "legislation": ("laws", "only those that could be told apart for certain"),
    "mentions": ("mentions", "places that name a person, role, organisation, sum or law"),
}


def pages(source: Source, options: Options) -> Iterator[Page | File]:
    """Yield the page."""
    counted = []
    for what, (called, meaning) in _COUNTS.items():
        if what == "people" and not options.people:
            continue
        row = source.row(f"SELECT COUNT(*) AS number FROM {what}")
        counted.append((called, row["number"] if row else 0, meaning))
    models = [
        f"{row['model']} {row['model_version']}"
        for row in source.rows(
            "SELECT DISTINCT model, model_version FROM meetings ORDER BY model, model_version"
        )
    ]
    flagged = source.row("SELECT COUNT(*) AS number FROM items WHERE restriction IS NOT NULL")
    context = {
        "counted": counted,
        "models": models,
        "flagged": flagged["number"] if flagged else 0,
        "explained": source.row("SELECT 1 FROM evidence LIMIT 1") is not None,
    }
    yield Page("about.html", "about.html", context)
