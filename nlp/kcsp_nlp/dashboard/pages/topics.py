"""A page for each topic, and the list of them."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from kcsp_nlp.dashboard.addresses import address, token
from kcsp_nlp.dashboard.charted import actions, bodies, items, money
from kcsp_nlp.dashboard.charts.files import files
from kcsp_nlp.dashboard.charts.spark import spark
from kcsp_nlp.dashboard.counting import places, ranks, states, sums
from kcsp_nlp.dashboard.counting.times import Times, Topic, times, topics
from kcsp_nlp.dashboard.fragments import narrowed
from kcsp_nlp.dashboard.page import File, Options, Page
from kcsp_nlp.dashboard.source import Source
from kcsp_nlp.shipped import shipped

_RANKED = 15  # rows of a ranked table
_NEWEST = 50  # items
_SUMS = 10
_WORDS = 24  # of evidence


class _Entry(NamedTuple):
    """A topic in the list: how many items have it, in how many meetings, and its trend."""

    topic: Topic
    description: str | None
    items: int
    meetings: int
    trend: str


def pages(source: Source, options: Options) -> Iterator[Page | File]:
    """Yield the list of topics, and their pages with the tables of their charts as files."""
    held, when = topics(source), times(source)
    described = _descriptions()
    entries = [_entry(source, topic, when, described.get(topic.id)) for topic in held]
    reach = (
        [when.periods.members[0].label, when.periods.members[-1].label]
        if when.periods.members
        else []
    )
    context = {"entries": entries, "reach": reach, "noun": when.periods.noun}
    yield Page("topics.html", "topics.html", context)
    for entry in entries:
        yield from _topic(source, options, entry, when)


def _descriptions() -> dict[str, str]:
    """Return what the topics of the shipped taxonomy are; a user's own have no description."""
    taxonomy = tomllib.loads(shipped("configs/topics.toml").read_text(encoding="utf-8"))
    return {name: topic["description"] for name, topic in taxonomy["topics"].items()}


def _entry(source: Source, topic: Topic, when: Times, description: str | None) -> _Entry:
    row = source.row(
        "SELECT COUNT(*) items, COUNT(DISTINCT t.meeting_id) meetings FROM item_topics t "
        "JOIN items i ON i.item_id = t.item_id AND i.kind = 'item' "
        "WHERE t.topic_id = ? AND t.assigned",
        topic.id,
    )
    counts = when.topics[topic.id]
    most = max((each or 0 for values in when.topics.values() for each in values), default=0)
    told = "; ".join(
        f"{period.label}: {count}"
        for period, count in zip(when.periods.members, counts, strict=True)
        if count
    )
    return _Entry(
        topic,
        description,
        row["items"] if row else 0,
        row["meetings"] if row else 0,
        spark(counts, f"Agenda items by {when.periods.noun}: {told or 'none'}", topic.look, most),
    )


def _topic(source: Source, options: Options, entry: _Entry, when: Times) -> Iterator[Page | File]:
    topic = entry.topic
    data = f"data/topic-{token(topic.id)}"
    figure = items.of_topic(when, topic, f"{data}-items.csv")
    found = ranks.bodies_of_topic(source, topic.id, _RANKED)
    by_body = bodies.of_topic(found, topic.id, f"{data}-bodies.csv")
    known = states.actions(source, options.today, topic.id)
    tally = sums.under_topics(source, topic.id)
    context: Mapping[str, object] = {
        "entry": entry,
        "figure": figure,
        "bodies": by_body,
        "people": ranks.under_topic(source, "people", topic.id, _RANKED) if options.people else [],
        "organisations": ranks.under_topic(source, "organisations", topic.id, _RANKED),
        "laws": ranks.under_topic(source, "laws", topic.id, _RANKED),
        "sums": tally,
        "left_out": money.left_out_words(sums.left_out(source, topic.id)),
        "large": money.large_words(tally),
        "largest": places.largest_sums(source, _SUMS, topic=topic.id),
        "actions": len(known),
        "states": actions.by_state(known, options.today, topic.id),
        "evidence": ranks.evidence(source, topic.id, _WORDS),
        "newest": places.newest_items(source, topic.id, _NEWEST),
        "narrowed": narrowed,
        "token": token,
        "all_items": narrowed("items", topic=topic.id),
        "all_money": narrowed("money", topic=topic.id),
    }
    yield Page(address("topics", topic.id), "topic.html", context)
    yield from files([figure], [by_body])
