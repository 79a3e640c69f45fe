"""What a chart shows, in words: computed, so that they are as true as the chart."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from kcsp_nlp.dashboard.charts.periods import Periods

_SIZES = ((1e9, "bn"), (1e6, "m"), (1e3, "k"))
_ROUNDED = 0.9995  # £999,500 would be £1000k: it is £1m
_TENS = 9.95  # from here on, no decimals
_NAMED = 2  # equal largest ones that are named


def trend(
    periods: Periods,
    values: Sequence[float | None],
    tell: Callable[[float], str],
    write: Callable[[float], str],
) -> str:
    """Return what is largest, first and last, and where nothing was counted.

    Args:
        periods: What is counted by.
        values: One per period; None where there was no meeting.
        tell: How a value is written by itself: "41 agenda items".
        write: How it is written where it is clear what is counted: "41".
    """
    known = [(place, value) for place, value in enumerate(values) if value is not None]
    if not known:
        return "There is nothing to show: no date is known."
    labels = [each.label for each in periods.members]
    first, last = known[0], known[-1]
    most = max(value for _, value in known)
    if len(known) == 1:
        return f"{labels[first[0]]}: {tell(first[1])}. There is no other {periods.noun}."
    if not most:
        return f"{tell(0)} from {labels[first[0]]} to {labels[last[0]]}."
    top = [place for place, value in known if value == most]
    said = [
        f"Most in {_where([labels[place] for place in top])}: {tell(most)}.",
        f"First, {labels[first[0]]}: {write(first[1])}; last, {labels[last[0]]}: {write(last[1])}.",
        _gaps(labels, values),
    ]
    return " ".join(filter(None, said))


def brief_money(amount: float) -> str:
    """Return a sum of pounds as axes and labels have it: £950, £12k, £1.5m, £20bn."""
    for size, sign in _SIZES:
        if amount >= size * _ROUNDED:
            return f"£{_digits(amount / size)}{sign}"
    return f"£{amount:.0f}"


def _digits(value: float) -> str:
    return f"{value:.1f}".removesuffix(".0") if value < _TENS else f"{value:.0f}"


def _where(labels: Sequence[str]) -> str:
    if len(labels) <= _NAMED:
        return " and ".join(labels)
    return f"{labels[0]} and {len(labels) - 1} others"


def _gaps(labels: Sequence[str], values: Sequence[float | None]) -> str:
    """Return the runs of periods without a meeting."""
    runs: list[list[str]] = []
    before = False
    for label, value in zip(labels, values, strict=True):
        if value is None:
            if before:
                runs[-1].append(label)
            else:
                runs.append([label])
        before = value is None
    if not runs:
        return ""
    said = [run[0] if len(run) == 1 else f"{run[0]} to {run[-1]}" for run in runs]
    joined = said[0] if len(said) == 1 else f"{', '.join(said[:-1])} and {said[-1]}"
    return f"No dated meetings in {joined}."
