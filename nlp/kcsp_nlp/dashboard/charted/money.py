"""Sums of money by topic and year, and what is left out of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from kcsp_nlp.dashboard.addresses import address
from kcsp_nlp.dashboard.charted.items import noun
from kcsp_nlp.dashboard.charts.columns import Series
from kcsp_nlp.dashboard.charts.figures import Figure, Shown, panels
from kcsp_nlp.dashboard.charts.periods import Periods
from kcsp_nlp.dashboard.charts.sheets import Cell, Sheet, count, pounds, text
from kcsp_nlp.dashboard.charts.words import brief_money
from kcsp_nlp.dashboard.counting.sums import LeftOut, Sum, Tally, tally
from kcsp_nlp.dashboard.counting.times import Times, Topic
from kcsp_nlp.dashboard.fragments import narrowed
from kcsp_nlp.dashboard.wording import money, number, plural

_HEAD = ("Mentions", "Below £100m, added up", "£100m or more", "These added up")

_ALMOST = 0.995  # beyond it a share would round to all of it


def mentions(
    times: Times, topics: Sequence[Topic], sums: Mapping[str, Sequence[Sum]], path: str
) -> Figure:
    """Return how often sums are named, by topic and year; the table, with totals, lies at `path`.

    Args:
        times: The meetings.
        topics: Those that are shown.
        sums: Mentions by topic.
        path: Where the table lies as a file.
    """
    shown = []
    for topic in topics:
        counts = [len(each) for each in _folded(times.periods, sums.get(topic.id, ()))]
        series = Series("mentions", topic.look, _where_met(times, counts))
        shown.append(Shown((series,), topic.title, address("topics", topic.id)))
    return Figure(
        "money-mentions",
        f"How often items with each topic name a sum in pounds, by {times.periods.noun}",
        panels("money-mentions", times.periods, shown, write=number, tell=noun("mention")),
        sheet(times, topics, sums),
        path,
    )


def amounts(
    times: Times, topics: Sequence[Topic], sums: Mapping[str, Sequence[Sum]], path: str
) -> Figure:
    """Return what sums below £100 million come to, by topic and year; arguments as `mentions`."""
    shown = []
    for topic in topics:
        folded = _folded(times.periods, sums.get(topic.id, ()))
        series = Series("", topic.look, _where_met(times, [tally(each).total for each in folded]))
        shown.append(Shown((series,), topic.title, address("topics", topic.id)))
    return Figure(
        "money-amounts",
        f"Sums below £100 million that items with each topic name, added up, by "
        f"{times.periods.noun}",
        panels(
            "money-amounts",
            times.periods,
            shown,
            write=brief_money,
            tell=_whole_pounds,
            exact=_whole_pounds,
            whole=False,
            shared=False,
        ),
        sheet(times, topics, sums),
        path,
        note="Each chart has a scale of its own. A sum that is named twice is added twice, and a "
        "budget beside the grants that it is made of adds up to more than anybody spent. Read this "
        "as how much money was talked about.",
    )


def sheet(times: Times, topics: Sequence[Topic], sums: Mapping[str, Sequence[Sum]]) -> Sheet:
    """Return sums by topic and year as a table; years in which nothing is named are left out."""
    rows = []
    for topic in topics:
        folded = _folded(times.periods, sums.get(topic.id, ()))
        for period, found in zip(times.periods.members, folded, strict=True):
            if found:
                href = narrowed("money", topic=topic.id, from_=period.first, to=period.last)
                cells = text(f"{topic.title}, {period.label}"), *numbers(tally(found), href)
                rows.append(cells)
    return Sheet((f"Topic and {times.periods.noun}", *_HEAD), tuple(rows))


def summary(topics: Sequence[Topic], sums: Mapping[str, Sequence[Sum]]) -> Sheet:
    """Return what the sums of each topic come to."""
    rows = []
    for topic in topics:
        found = tally(each.amount for each in sums.get(topic.id, ()))
        first, *rest = numbers(found, narrowed("money", topic=topic.id))
        cells = text(topic.title, address("topics", topic.id)), first, pounds(found.median), *rest
        rows.append(cells)
    head = ("Topic", "Mentions", "Median", *_HEAD[1:])
    return Sheet(head, tuple(rows))


def numbers(found: Tally, href: str | None = None) -> tuple[Cell, ...]:
    """Return the cells that say what sums come to, in the order of the table's head."""
    return (
        count(found.mentions, href),
        pounds(found.total),
        count(found.large),
        pounds(found.large_total),
    )


def told(found: Tally, out: LeftOut) -> str:
    """Return what is counted, what is left out, and what outweighs the rest, in words."""
    counted = plural(found.mentions, "mention")
    verb = "is" if found.mentions == 1 else "are"
    said = [
        f"{counted} of a sum in pounds {verb} counted: those in agenda items with at least one "
        "topic. A sum that is named twice counts twice, and one in an item with two topics counts "
        "under both.",
        left_out_words(out),
        large_words(found),
    ]
    return " ".join(filter(None, said))


def left_out_words(out: LeftOut) -> str:
    """Return the sentence on mentions that are not counted; empty where all are."""
    if not sum(out):
        return ""
    parts = [
        f"{number(out.rates)} at a rate, such as a year or an hour" if out.rates else "",
        f"{number(out.foreign)} in another currency" if out.foreign else "",
        f"{number(out.uncertain)} whose figure or currency is not certain" if out.uncertain else "",
    ]
    return f"Left out here, though the list of sums has them: {'; '.join(filter(None, parts))}."


def large_words(found: Tally) -> str:
    """Return the sentence on sums of £100 million or more; empty where there are none."""
    if not found.large:
        return ""
    share = found.large_total / (found.total + found.large_total)
    said = f"{share:.0%}" if share < _ALMOST else "almost all"
    count_said = plural(found.large, "mention")
    verb = "is" if found.large == 1 else "are"
    return (
        f"{count_said} of {number(found.mentions)} {verb} of £100 million or more and would make "
        f"up {said} of the total: mostly national figures, so they are counted apart."
    )


def _whole_pounds(value: float) -> str:
    return money(round(value), "GBP")


def _folded(periods: Periods, sums: Sequence[Sum]) -> list[list[float]]:
    folded: list[list[float]] = [[] for _ in periods.members]
    for each in sums:
        place = periods.place(each.date)
        if place is not None:
            folded[place].append(each.amount)
    return folded


def _where_met(times: Times, values: Sequence[float]) -> tuple[float | None, ...]:
    return tuple(value if met else None for met, value in zip(times.meetings, values, strict=True))
