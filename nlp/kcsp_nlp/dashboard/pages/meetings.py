"""A page for each meeting: who was there, what was decided, and the minutes with what was found."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from typing import NamedTuple

from markupsafe import Markup

from kcsp_nlp.dashboard.addresses import action_anchor, address, decision_anchor, root
from kcsp_nlp.dashboard.page import File, Options, Page
from kcsp_nlp.dashboard.source import Row, Source
from kcsp_nlp.dashboard.tags import action_marks, decision_marks, mention_marks
from kcsp_nlp.dashboard.text.inline import seen
from kcsp_nlp.dashboard.text.rendering import Rendered, render

# A body's meetings one after the other; those without a date after the others.
_MEETINGS = """
    SELECT m.*, COALESCE(b.name, m.body) AS body_name,
        LAG(meeting_id) OVER body AS before_id, LAG(date) OVER body AS before_date,
        LEAD(meeting_id) OVER body AS after_id, LEAD(date) OVER body AS after_date
    FROM meetings m LEFT JOIN bodies b ON b.body_id = m.body_id
    WINDOW body AS (PARTITION BY m.body_id ORDER BY m.date IS NULL, m.date, m.meeting_id)
    ORDER BY m.meeting_id
"""
_ITEMS = "SELECT * FROM items WHERE meeting_id = ? ORDER BY position"
_PLACED = "SELECT * FROM {} WHERE meeting_id = ? ORDER BY item_id, start_offset"
_TOPICS = """
    SELECT item_id, topic_id, probability, assigned FROM item_topics WHERE meeting_id = ?
    ORDER BY item_id, assigned DESC, probability DESC, topic_id
"""
_EVIDENCE = """
    SELECT item_id, topic_id, text FROM evidence WHERE meeting_id = ?
    ORDER BY item_id, topic_id, position
"""
_OWNERS = "SELECT * FROM action_owners WHERE meeting_id = ? ORDER BY action_id, position"
_ATTENDANCE = "SELECT * FROM attendance WHERE meeting_id = ? ORDER BY position"
_STATUSES = {
    "present": "Present",
    "in_attendance": "In attendance",
    "apologies": "Apologies for absence",
    "absent": "Absent",
}
_UNNAMED = {"front": "Opening of the minutes", "back": "End of the minutes"}


class Topic(NamedTuple):
    """A topic of an item: whether it has it, how sure that is, and the words that speak for it."""

    id: str
    probability: float | None
    assigned: bool
    words: list[str]


class Item(NamedTuple):
    """One item of the minutes.

    Attributes:
        row: Its row.
        title: What it is called in lists.
        text: The text as HTML.
        topics: Every topic that it was compared with, those that it has first.
        decisions: What was decided: where it stands, and the words.
        actions: What is to be done.
    """

    row: Row
    title: str
    text: Rendered
    topics: list[Topic]
    decisions: list[tuple[str, str]]
    actions: list[Action]

    @property
    def heading(self) -> Markup | str:
        """Its own heading with what was found in it; else what it is called in lists."""
        return self.text.title or self.title

    @property
    def chips(self) -> list[tuple[str, float | None]]:
        """The topics that the item has, with their probability."""
        return [(topic.id, topic.probability) for topic in self.topics if topic.assigned]


class Action(NamedTuple):
    """Something to be done: where it stands, the words, who, and by when."""

    anchor: str
    text: str
    owners: list[Row]
    due: str | None


def pages(source: Source, options: Options) -> Iterator[Page | File]:
    """Yield a page for each meeting."""
    for meeting in source.rows(_MEETINGS):
        path = address("meetings", meeting["meeting_id"])
        items = list(_items(source, meeting["meeting_id"], root(path), options.people))
        context = {
            "meeting": meeting,
            "attendance": _attendance(source, meeting["meeting_id"]),
            "items": items,
            "agenda": sum(item.row["kind"] == "item" for item in items),
            "decided": sum(len(item.decisions) for item in items),
            "to_do": sum(len(item.actions) for item in items),
            "withheld": sum(item.row["restriction"] is not None for item in items),
        }
        yield Page(path, "meeting.html", context)


def _attendance(source: Source, meeting: str) -> list[tuple[str, list[Row]]]:
    rows = list(source.rows(_ATTENDANCE, meeting))
    by_status = {status: [row for row in rows if row["status"] == status] for status in _STATUSES}
    return [(_STATUSES[status], found) for status, found in by_status.items() if found]


class _Found:
    """What was found in the minutes of a meeting, by item."""

    def __init__(self, source: Source, meeting: str) -> None:
        def by(key: str, statement: str) -> dict[str, list[Row]]:
            found = defaultdict(list)
            for row in source.rows(statement, meeting):
                found[row[key]].append(row)
            return found

        self.mentions = by("item_id", _PLACED.format("mentions"))
        self.decisions = by("item_id", _PLACED.format("decisions"))
        self.actions = by("item_id", _PLACED.format("actions"))
        self.owners = by("action_id", _OWNERS)
        self.topics = by("item_id", _TOPICS)
        self.words: dict[tuple[str, str], list[str]] = defaultdict(list)
        for row in source.rows(_EVIDENCE, meeting):
            self.words[row["item_id"], row["topic_id"]].append(row["text"])


def _items(source: Source, meeting: str, way: str, people: bool) -> Iterator[Item]:
    found = _Found(source, meeting)
    tables = 0
    for row in source.rows(_ITEMS, meeting):
        item, position = row["item_id"], row["position"]
        decisions, actions = found.decisions[item], found.actions[item]
        layers = (
            decision_marks(position, decisions),
            action_marks(position, actions),
            mention_marks(position, found.mentions[item], way, people),
        )
        text = render(row["text"], layers, title=row["title"], tables=tables)
        tables += text.tables
        yield Item(
            row=row,
            title=title(row),
            text=text,
            topics=[
                Topic(each["topic_id"], each["probability"], bool(each["assigned"]), words)
                for each in found.topics[item]
                for words in [found.words[item, each["topic_id"]]]
            ],
            decisions=[
                (decision_anchor(position, each["start_offset"]), seen(each["text"]))
                for each in decisions
            ],
            actions=[
                Action(
                    anchor=action_anchor(position, each["start_offset"]),
                    text=seen(each["text"]),
                    owners=found.owners[each["action_id"]],
                    due=each["due"],
                )
                for each in actions
            ],
        )


def title(item: Row) -> str:
    """Return what an item is called: its number and its title, or where it stands."""
    said = " ".join(part for part in (item["number"], item["title"]) if part)
    return said or _UNNAMED.get(item["kind"], "Item without a title")
