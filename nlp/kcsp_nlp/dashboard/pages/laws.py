"""A page for each piece of legislation, and the list of them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from kcsp_nlp.dashboard.addresses import address, token
from kcsp_nlp.dashboard.counting.times import Times, times
from kcsp_nlp.dashboard.entities.alphabet import entry, lists
from kcsp_nlp.dashboard.entities.batches import Batch, batches
from kcsp_nlp.dashboard.entities.mentions import Meeting, by_meeting, forms, mention_rows
from kcsp_nlp.dashboard.entities.provisions import (
    law_address,
    law_type,
    provision_address,
    provision_order,
    provision_words,
)
from kcsp_nlp.dashboard.entities.topics import topic_rows
from kcsp_nlp.dashboard.entities.trend import trend
from kcsp_nlp.dashboard.fragments import narrowed
from kcsp_nlp.dashboard.page import File, Options, Page
from kcsp_nlp.dashboard.source import Row, Source

_WORDS = {
    "heading": "Laws",
    "one": "law",
    "many": "laws",
    "sorted_by": "Sorted by short title.",
    "about": "Acts, Orders, Regulations and other legislation of which minutes give a name or "
    "section that can be traced to legislation.gov.uk.",
    "column": "Type",
    "personal": False,
}


class Cited(NamedTuple):
    """A provision: in words, where legislation.gov.uk has it (None: not known), how often cited."""

    words: str
    address: str | None
    mentions: int
    meetings: int


class Met(NamedTuple):
    """A body and at how many of its meetings something is named."""

    body_id: str
    name: str
    meetings: int


def pages(source: Source, options: Options) -> Iterator[Page | File]:
    """Yield the list of laws and a page for each."""
    entries = (
        entry("laws", row["legislation_id"], row["title"], row, more=_type(row["legislation_id"]))
        for row in source.rows("SELECT * FROM legislation ORDER BY legislation_id")
    )
    yield from lists("laws", entries, _WORDS)
    when = times(source)
    for batch in batches(source, "legislation_id"):
        yield from _pages(source, batch, when)


def _pages(source: Source, batch: Batch, when: Times) -> Iterator[Page | File]:
    named, topics = mention_rows(source, batch), topic_rows(source, batch)
    for law in batch.members:
        key = law["legislation_id"]
        mentions = named.get(key, [])
        meetings = by_meeting(mentions)
        figure = trend(when, "law", key, meetings)
        context = {
            "law": law,
            "type": _type(key),
            "link": law_address(key),
            "forms": forms(mentions),
            "provisions": cited(key, mentions),
            "topics": topics.get(key, []),
            "bodies": bodies(meetings),
            "meetings": meetings,
            "narrowed": narrowed("meetings", law=token(key)),
            "figure": figure,
        }
        yield Page(address("laws", key), "law.html", context)
        if figure:
            yield figure.file


def cited(law: str, mentions: Sequence[Row]) -> list[Cited]:
    """Return the provisions that mentions cite, the most cited first.

    A mention of several counts for each of them.

    Args:
        law: Identifier of the law.
        mentions: Its mentions.
    """
    cites: Counter[str] = Counter()
    met: dict[str, set[str]] = {}
    for row in mentions:
        said = (row["provisions"] or row["provision"] or "").split()
        for provision in dict.fromkeys(said):
            cites[provision] += 1
            met.setdefault(provision, set()).add(row["meeting_id"])
    order = sorted(cites, key=lambda each: (-cites[each], provision_order(each)))
    return [
        Cited(provision_words(each), provision_address(law, each), cites[each], len(met[each]))
        for each in order
    ]


def bodies(meetings: Sequence[Meeting]) -> list[Met]:
    """Return the bodies whose minutes name something, those of most meetings first."""
    names = {each.body_id: each.body or "" for each in meetings if each.body_id}
    met = Counter(each.body_id for each in meetings if each.body_id)
    order = sorted(met, key=lambda each: (-met[each], names[each].casefold(), each))
    return [Met(each, names[each], met[each]) for each in order]


def _type(law: str) -> str:
    return law_type(law) or "Type not known"
