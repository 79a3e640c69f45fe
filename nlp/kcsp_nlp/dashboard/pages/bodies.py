"""A page for each body that met, and the list of them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import NamedTuple

from markupsafe import Markup

from kcsp_nlp.dashboard.addresses import action_anchor, address, token
from kcsp_nlp.dashboard.charted import actions, bodies, items, money
from kcsp_nlp.dashboard.charts.files import files
from kcsp_nlp.dashboard.charts.periods import Periods
from kcsp_nlp.dashboard.charts.spark import spark
from kcsp_nlp.dashboard.counting import places, ranks, sums
from kcsp_nlp.dashboard.counting.times import Topic, times, topics
from kcsp_nlp.dashboard.fragments import narrowed
from kcsp_nlp.dashboard.page import File, Options, Page
from kcsp_nlp.dashboard.source import Row, Source
from kcsp_nlp.dashboard.standing import STATES, State, state

_ATTENDANCE = 15  # rows
_NAMED = 10  # laws, sums, organisations
_ACTIONS = 10


class _Open(NamedTuple):
    """An action on the page of a body: how it stands, and where."""

    state: State
    text: str
    owners: str | None
    due: str | None
    date: str | None
    href: str


class _Entry(NamedTuple):
    """A body in the list, with its meetings over time as a picture."""

    row: Row
    trend: Markup


def pages(source: Source, options: Options) -> Iterator[Page | File]:
    """Yield the list of bodies, and their pages with the tables of their charts as files."""
    held, everything = topics(source), ranks.bodies(source)
    when = times(source).periods
    dates: dict[str, list[str | None]] = {}
    for row in source.rows("SELECT body_id, date FROM meetings ORDER BY meeting_id"):
        dates.setdefault(row["body_id"], []).append(row["date"])
    letters: dict[str, list[_Entry]] = {}
    for row in everything:
        letter = _letter(row["name"])
        letters.setdefault(letter, []).append(_Entry(row, _trend(when, dates[row["id"]])))
    reach = [when.members[0].label, when.members[-1].label] if when.members else []
    context = {"letters": sorted(letters.items()), "reach": reach, "noun": when.noun}
    yield Page("bodies.html", "bodies.html", {**context, "bodies": len(everything)})
    for row in everything:
        yield from _body(source, options, row, held)


def _letter(name: str) -> str:
    """Return what a name is listed under: its first letter, or # where it begins with none."""
    first = name[:1].upper()
    return first if first.isalpha() else "#"


def _trend(periods: Periods, dates: list[str | None]) -> Markup:
    counts = periods.fold((date, 1) for date in dates)
    told = "; ".join(
        f"{period.label}: {count}"
        for period, count in zip(periods.members, counts, strict=True)
        if count
    )
    return spark(counts, f"Meetings by {periods.noun}: {told or 'no date known'}")


def _body(source: Source, options: Options, row: Row, held: list[Topic]) -> Iterator[Page | File]:
    body, data = row["id"], f"data/body-{token(row['id'])}"
    met = places.meetings(source, body=body)
    per_meeting = places.topics_of_meetings(source, body)
    counts: Counter[str] = Counter()
    for found in per_meeting.values():
        counts.update(found)
    figure = items.meetings(times(source, body), token(body), f"{data}-meetings.csv")
    by_topic = bodies.topics_of_body(counts, held, body, f"{data}-topics.csv")
    to_do = _open(source, body, options)
    tally = sums.of_body(source, body)
    context = {
        "body": row,
        "narrowed": narrowed,
        "token": token,
        "meetings": met,
        "decisions": sum(each["decisions"] for each in met),
        "topics": held,
        "per_meeting": per_meeting,
        "figure": figure,
        "by_topic": by_topic,
        "attendance": ranks.attendance(source, body, _ATTENDANCE) if options.people else [],
        "organisations": ranks.of_body(source, "organisations", body, _NAMED),
        "laws": ranks.of_body(source, "laws", body, _NAMED),
        "sums": tally,
        "left_out": money.left_out_words(sums.left_out(source, body=body)),
        "largest": places.largest_sums(source, _NAMED, body=body),
        "states": Counter(each.state for each in to_do),
        "actions": to_do[:_ACTIONS],
        "all_actions": len(to_do),
        "hrefs": {
            "items": narrowed("items", body=token(body)),
            "money": narrowed("money", body=token(body)),
            "actions": actions.register(body=token(body)),
        },
    }
    yield Page(address("bodies", body), "body.html", context)
    yield from files([figure], [by_topic] if held else [])


def _open(source: Source, body: str, options: Options) -> list[_Open]:
    """Return the actions of a body: those whose date passed first, those without a date last."""
    found = []
    for row in places.actions(source, body):
        stands = state(row["due"], options.today)
        anchor = action_anchor(row["position"], row["start_offset"])
        place = f"{address('meetings', row['meeting_id'])}#{anchor}"
        text = " ".join(row["text"].split())
        found.append(_Open(stands, text, row["owners"], row["due"], row["date"], place))
    return sorted(found, key=lambda each: (STATES.index(each.state), each.due or ""))
