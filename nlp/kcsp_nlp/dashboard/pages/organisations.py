"""A page for each organisation, and the list of them."""

from __future__ import annotations

from collections.abc import Iterator

from kcsp_nlp.dashboard.addresses import address, mention_anchor, token
from kcsp_nlp.dashboard.counting.times import Times, times
from kcsp_nlp.dashboard.entities.actions import action_rows, owned
from kcsp_nlp.dashboard.entities.alphabet import entry, lists
from kcsp_nlp.dashboard.entities.batches import Batch, batches, by_member
from kcsp_nlp.dashboard.entities.mentions import by_meeting, forms, mention_rows
from kcsp_nlp.dashboard.entities.offices import office_rows, offices
from kcsp_nlp.dashboard.entities.register import identity
from kcsp_nlp.dashboard.entities.topics import topic_rows
from kcsp_nlp.dashboard.entities.trend import trend
from kcsp_nlp.dashboard.fragments import narrowed
from kcsp_nlp.dashboard.page import File, Options, Page
from kcsp_nlp.dashboard.source import Row, Source

_SUMS = """
    SELECT s.organisation_id AS id, s.text, s.amount, s.currency, s.period, s.hedge, s.purpose,
        i.position, x.start_offset, m.meeting_id, m.date, COALESCE(b.name, m.body) AS body
    FROM money s JOIN mentions x ON x.mention_id = s.mention_id
    JOIN items i ON i.item_id = s.item_id JOIN meetings m ON m.meeting_id = s.meeting_id
    LEFT JOIN bodies b ON b.body_id = m.body_id
    WHERE s.organisation_id BETWEEN ?1 AND ?2
    ORDER BY s.organisation_id, m.date DESC, m.meeting_id, i.position, x.start_offset
"""
_HEDGES = {
    "about": "about",
    "at_least": "at least",
    "at_most": "at most",
    "more_than": "more than",
    "less_than": "less than",
}
_PERIODS = {
    "one_off": "once",
    **{each: f"each {each}" for each in ("hour", "day", "week", "month", "quarter", "year")},
}
_WORDS = {
    "heading": "Organisations",
    "one": "organisation",
    "many": "organisations",
    "sorted_by": "Sorted by name; a “The” in front does not count.",
    "about": "Councils, services, companies, charities and groups that minutes name.",
    "column": None,
    "personal": False,
}


def pages(source: Source, options: Options) -> Iterator[Page | File]:
    """Yield the list of organisations and a page for each."""
    entries = (
        entry("organisations", row["organisation_id"], row["name"], row)
        for row in source.rows("SELECT * FROM organisations ORDER BY organisation_id")
    )
    yield from lists("organisations", entries, _WORDS)
    when = times(source)
    for batch in batches(source, "organisation_id"):
        yield from _pages(source, batch, options, when)


def _pages(source: Source, batch: Batch, options: Options, when: Times) -> Iterator[Page | File]:
    named, topics = mention_rows(source, batch), topic_rows(source, batch)
    held = office_rows(source, batch) if options.people else {}
    actions, sums = action_rows(source, batch), by_member(source, batch, _SUMS)
    for organisation in batch.members:
        key = organisation["organisation_id"]
        mentions = named.get(key, [])
        meetings = by_meeting(mentions)
        figure = trend(when, "organisation", key, meetings)
        context = {
            "organisation": organisation,
            "identity": identity(key),
            "forms": forms(mentions),
            "people": offices(held.get(key, [])),
            "topics": topics.get(key, []),
            "sums": [_sum(row) for row in sums.get(key, [])],
            "actions": owned(actions.get(key, []), options.today),
            "meetings": meetings,
            "narrowed": narrowed("meetings", organisation=token(key)),
            "figure": figure,
        }
        yield Page(address("organisations", key), "organisation.html", context)
        if figure:
            yield figure.file


def _sum(row: Row) -> dict[str, object]:
    said = filter(None, (_HEDGES.get(row["hedge"]), _PERIODS.get(row["period"])))
    anchor = mention_anchor(row["position"], row["start_offset"])
    return {**dict(row), "anchor": anchor, "said": ", ".join(said)}
