"""Actions by how they stand on a day, and when they were recorded."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date

from kcsp_nlp.dashboard.charted.items import noun
from kcsp_nlp.dashboard.charts.columns import Series
from kcsp_nlp.dashboard.charts.figures import Figure, Shown, panels
from kcsp_nlp.dashboard.charts.ranked import Ranked, named, ranked_rows
from kcsp_nlp.dashboard.charts.sheets import Sheet, count, text
from kcsp_nlp.dashboard.counting.states import Action
from kcsp_nlp.dashboard.counting.times import Times
from kcsp_nlp.dashboard.fragments import narrowed
from kcsp_nlp.dashboard.standing import STATES, WORDS, State
from kcsp_nlp.dashboard.wording import day, number

_LOOKS: dict[State, str] = {
    "passed": "chart-passed",
    "later": "chart-later",
    "none": "chart-none",
}


def register(state: State | None = None, **filters: str | None) -> str:
    """Return the address of the register, narrowed to a state and to other filters."""
    return narrowed("actions", state=state, **filters)


def by_state(actions: Sequence[Action], today: date, topic: str | None = None) -> Ranked:
    """Return how many actions stand how.

    Args:
        actions: Those that are counted.
        today: The day that due dates are compared with.
        topic: Where they are those of a topic's items; None for all.
    """
    counts = Counter(each.state for each in actions)
    entries = [
        named(WORDS[state], register(state, topic=topic), (count(counts[state]),))
        for state in STATES
    ]
    looks = [_LOOKS[state] for state in STATES]
    return Ranked(
        "action-states",
        f"Actions {'of these items ' if topic else ''}by due date, as of {day(today.isoformat())}",
        ("Due date", "Actions"),
        ranked_rows(entries, looks),
        note="Minutes do not say whether an action was done: one whose date has passed may be "
        "finished long since.",
    )


def over_time(times: Times, actions: Sequence[Action], path: str) -> Figure:
    """Return when actions were recorded, stacked by how they stand; the table lies at `path`."""
    periods = times.periods
    by_kind = {
        state: periods.fold([(each.date, 1) for each in actions if each.state == state])
        for state in STATES
    }
    series = tuple(
        Series(
            WORDS[state][0].lower() + WORDS[state][1:],
            _LOOKS[state],
            tuple(
                value if met else None
                for value, met in zip(by_kind[state], times.meetings, strict=True)
            ),
        )
        for state in STATES
        if any(by_kind[state])
    ) or (Series("actions", "", tuple(0 if met else None for met in times.meetings)),)
    rows = tuple(
        (text(period.label), *(count(by_kind[state][place]) for state in STATES))
        for place, period in enumerate(periods.members)
    )
    return Figure(
        "actions-over-time",
        f"Actions recorded, by {periods.noun} of the meeting",
        panels("actions-over-time", periods, [Shown(series)], write=number, tell=noun("action")),
        Sheet((periods.noun.capitalize(), *(WORDS[state] for state in STATES)), rows),
        path,
        keys=tuple((_LOOKS[state], WORDS[state]) for state in STATES if any(by_kind[state])),
    )
