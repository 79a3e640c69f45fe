"""How an action stands on a day: its due date has passed, is today or later, or is none."""

from __future__ import annotations

import re
from datetime import date
from typing import Literal

State = Literal["passed", "later", "none"]

STATES: tuple[State, ...] = ("passed", "later", "none")
WORDS: dict[State, str] = {
    "passed": "Due date passed",
    "later": "Due today or later",
    "none": "No due date stated",
}
# The classes of `.state` in the style sheet.
LOOKS: dict[State, str] = {"passed": "state-overdue", "later": "state-open", "none": "state-done"}

# matches: "2024", "2024-03", "2024-03-15"    does not match: "soon", "2024-3"
_DUE = re.compile(r"\d{4}(?:-\d\d(?:-\d\d)?)?\Z")


def state(due: str | None, today: date) -> State:
    """Return how an action stands.

    Args:
        due: ISO 8601, as precise as known: of a month, the last day counts. None, or anything
            else, is no date.
        today: The day that it is compared with.
    """
    if due is None or not _DUE.match(due):
        return "none"
    return "passed" if due < today.isoformat()[: len(due)] else "later"
