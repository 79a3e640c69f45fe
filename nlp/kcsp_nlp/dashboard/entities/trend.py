"""How often something is named over time."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from kcsp_nlp.dashboard.addresses import token
from kcsp_nlp.dashboard.charted.items import noun
from kcsp_nlp.dashboard.charts.columns import Series
from kcsp_nlp.dashboard.charts.figures import Figure, Shown, panels
from kcsp_nlp.dashboard.charts.sheets import Sheet, count, text
from kcsp_nlp.dashboard.counting.times import Times
from kcsp_nlp.dashboard.entities.mentions import Meeting
from kcsp_nlp.dashboard.fragments import narrowed
from kcsp_nlp.dashboard.wording import number, plural

Filter = Literal["person", "organisation", "law"]

_ENOUGH = 10  # meetings: fewer are seen at once in the list of them


def trend(times: Times, filter_: Filter, key: str, meetings: Sequence[Meeting]) -> Figure | None:
    """Return the meetings that name something as a chart; None where they are few.

    Args:
        times: When all meetings were; every chart has their periods.
        filter_: Which filter of the list of meetings narrows it to those that name it.
        key: Its key.
        meetings: The meetings that name it.
    """
    periods = times.periods
    if len(meetings) < _ENOUGH or len(periods.members) < 2:  # noqa: PLR2004 - one has no course
        return None
    counts = periods.fold((each.date, 1) for each in meetings)
    shown = tuple(value if met else None for value, met in zip(counts, times.meetings, strict=True))
    rows = tuple(
        (
            text(period.label),
            count(
                value,
                narrowed("meetings", **{filter_: token(key)}, from_=period.first, to=period.last),
            ),
            count(met, narrowed("meetings", from_=period.first, to=period.last)),
        )
        for period, value, met in zip(periods.members, shown, times.meetings, strict=True)
    )
    named = f"Meetings that name {'them' if filter_ == 'person' else 'it'}"
    undated = len(meetings) - sum(counts)
    notes = ["More of them may only mean that there are minutes of more meetings."]
    if undated:
        verb = "is" if undated == 1 else "are"
        notes.append(f"{plural(undated, 'meeting')} without a known date {verb} left out.")
    return Figure(
        "meetings-over-time",
        f"{named}, by {periods.noun}",
        panels(
            "meetings-over-time",
            periods,
            [Shown((Series("meetings", "", shown),))],
            write=number,
            tell=noun("meeting"),
        ),
        Sheet((periods.noun.capitalize(), named, "Meetings in all"), rows),
        f"data/{filter_}-{token(key)}-meetings.csv",
        note=" ".join(notes),
    )
