"""Heads of the columns in which minutes keep what is to be done, by whom and by when."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

# Heads of columns: "Action", "What", "Actions agreed", "Action/Owner"; not "Action log".
_ACTION_HEAD = re.compile(
    r"(?:agreed\s+|outstanding\s+)?(?:actions?|what|tasks?)"
    r"(?:\(s\))?(?:\s+(?:summary|required|points?|agreed|needed|items?|to\s+be\s+taken)"
    r"|\s*(?:/|and|&)\s*(?:owners?|leads?|who|responsib\w+))?$",
    re.IGNORECASE,
)
# "Owner", "Who", "By whom", "To be progressed by", "Person responsible"; not "Organisation".
_OWNER_HEAD = re.compile(
    r"(?:(?:action\s+)?owners?|who|leads?|lead\s+officer|officer|assigned(?:\s+to)?"
    r"|(?:to\s+be\s+)?(?:action(?:ed)?\s+|progressed\s+)?by(?:\s+whom)?"
    r"|(?:person\s+|officer\s+)?responsib\w+(?:\s+\w+)?)$",
    re.IGNORECASE,
)
# "Due", "By when", "Deadline"; not "Dates of meetings".
_DUE_HEAD = re.compile(
    r"(?:due|when|by|by\s+when|deadline|target|timescale|completion)(?:\s+date)?$|date\s+due$|date$",
    re.IGNORECASE,
)

# Opens the heads of a forward plan: "Date", "Meeting"; not "Item", "Due".
_MEETING_HEAD = re.compile(r"(?:dates?|meetings?)(?:\s+of\s+meetings?|\s+dates?)?", re.IGNORECASE)

# Heads that head anything: "What", "Who"; with others beside them they make no action log.
_VAGUE = re.compile(r"what|tasks?", re.IGNORECASE)
# What else action logs hold: "No.", "Ref", "Status", "RAG"; not "Asked", "Amount".
_USUAL = re.compile(
    r"(?:\w+\s+)?(?:nos?|ref\w*|number|items?|min\w*|id|#|dates?|status|updates?|progress|rag|done|notes?"
    r"|comments?|outcome|priority|raised|closed|open)?\W*",
    re.IGNORECASE,
)


@dataclass(slots=True)
class Heads:
    """Which column holds what; None for no such column.

    Attributes:
        action: What is to be done.
        owner: Who is to do it.
        due: By when.
        is_plan: Whether the rows are items of coming meetings, and their owners report on them.
    """

    action: int | None = None
    owner: int | None = None
    due: int | None = None
    is_plan: bool = False


def read_heads(cells: Iterable[tuple[int, str]]) -> Heads:
    """Read a table's first row.

    Args:
        cells: Index and text of each cell; of two that say the same the first counts.
    """
    heads = Heads()
    first = ""
    is_vague = has_others = False
    for column, text in cells:
        held = text.strip(" :*")
        first = first or held
        if heads.action is None and _ACTION_HEAD.match(held):
            heads.action = column
            is_vague = _VAGUE.fullmatch(held) is not None
        elif heads.owner is None and _OWNER_HEAD.match(held):
            heads.owner = column
        elif heads.due is None and _DUE_HEAD.match(held):
            heads.due = column
        elif not _USUAL.fullmatch(held):
            has_others = True
    heads.is_plan = heads.action is None and _MEETING_HEAD.fullmatch(first) is not None
    return Heads() if is_vague and has_others else heads
