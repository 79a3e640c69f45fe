"""The first page: what is there, at a glance."""

from __future__ import annotations

from collections.abc import Iterator

from kcsp_nlp.dashboard.charted import actions, bodies, items, money
from kcsp_nlp.dashboard.charts.files import files
from kcsp_nlp.dashboard.counting import places, ranks, states, sums
from kcsp_nlp.dashboard.counting.times import times, topics
from kcsp_nlp.dashboard.page import File, Options, Page
from kcsp_nlp.dashboard.source import Source

_RANKED = 10  # rows of a ranked table
_LATEST = 8  # meetings
_DATA = "data/overview"

# What is counted: the word for one and for many, what it is counted in, and where it is listed.
_COUNTS = (
    ("meeting", "meetings", "meetings", "meetings.html"),
    ("agenda item", "agenda items", "items WHERE kind = 'item'", "items.html"),
    ("body that met", "bodies that met", "bodies", "bodies.html"),
    ("person named", "people named", "people", "people.html"),
    ("organisation named", "organisations named", "organisations", "organisations.html"),
    ("law named", "laws named", "legislation", "laws.html"),
    ("mention of a sum of money", "mentions of sums of money", "money", "money.html"),
    ("action recorded", "actions recorded", "actions", "actions.html"),
)


def pages(source: Source, options: Options) -> Iterator[Page | File]:
    """Yield the overview, and the tables of its charts as files."""
    held, when = topics(source), times(source)
    found = sums.by_topic(source)
    known = states.actions(source, options.today)
    figures = [actions.over_time(when, known, f"{_DATA}-actions.csv")]
    if held:
        figures.append(items.by_topic(when, held, "topics", f"{_DATA}-topics.csv"))
    if found:
        path = f"{_DATA}-money.csv"
        figures.append(money.mentions(when, held, found, path))
        figures.append(money.amounts(when, held, found, path))
    all_bodies = ranks.bodies(source)
    ranked = [
        bodies.most_minutes(all_bodies, _RANKED, f"{_DATA}-bodies.csv"),
        bodies.cited_laws(ranks.laws(source, _RANKED), f"{_DATA}-laws.csv"),
        actions.by_state(known, options.today),
    ]
    context = {
        "figures": {figure.anchor: figure for figure in figures},
        "ranked": {each.anchor: each for each in ranked},
        "sums": money.summary(held, found),
        "sums_words": money.told(sums.under_topics(source), sums.left_out(source)),
        "key_figures": _key_figures(source, options),
        "latest": places.meetings(source, limit=_LATEST),
        "more_bodies": len(all_bodies) > _RANKED,
    }
    yield Page("index.html", "overview.html", context)
    yield from files(figures, ranked)


def _key_figures(source: Source, options: Options) -> list[tuple[int, str, str]]:
    """Return how many there are of everything, what it is called, and where it is listed."""
    found = []
    for one, many, table, href in _COUNTS:
        if table == "people" and not options.people:
            continue
        row = source.row(f"SELECT COUNT(*) n FROM {table}")
        count = int(row["n"]) if row else 0
        found.append((count, one if count == 1 else many, href))
    return found
