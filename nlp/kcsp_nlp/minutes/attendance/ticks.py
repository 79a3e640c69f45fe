"""Lists in which a mark before each name says who was there: "✓ Ann Lee", "A Cy Dale"."""

from __future__ import annotations

import re
from collections.abc import Sequence

from kcsp_nlp.minutes.attendance.layout import Held, opens_with_person
from kcsp_nlp.minutes.people.names import parse_name
from kcsp_nlp.minutes.people.words import words
from kcsp_nlp.records import Status

# "- ✓ Ann Lee", "A  Cllr Ash", "– Cy Dale", "[x] Di Orr" but not "Ann Lee ✓".
_MARK = re.compile(
    r"\s*+(?:[-*•·+]\s++)?[\[(]?(?P<mark>[✓✔√✗✘✕×xX–—-]|A|N|P|Ap|AP|Apols?|Ab|AB)[\])]?\s++(?=[^\W\d_a-z])"
)
_TICKS = "✓✔√"
# "✓   Farida Chowdhury": a tick for who was there.
_TICK = re.compile(rf"\s*+[{_TICKS}]\s*+\w")
_NONE = "–—-✕×"
_PAIR = 2
_NEAR = 120


def is_ticked(text: str) -> bool:
    """Tell whether a line opens with a tick and a word."""
    return _TICK.match(text) is not None


def read_ticked(lines: Sequence[Held]) -> list[tuple[Status, list[Held]]]:
    """Read the mark before each person of a list.

    Args:
        lines: The lines of the list, at least one.

    Returns:
        For each person the status and his lines, the first cut to what stands behind the mark;
        none where marks are not of two kinds, one of them a tick, or where a person has none.
    """
    found: list[tuple[Status, list[Held]]] = []
    kinds: set[str] = set()
    for held in lines:
        match = _MARK.match(held.line.text, held.start, held.end)
        if match and _names(held.line.text, match.end()):
            kinds.add(match["mark"])
            found.append((_status(match["mark"]), [Held(held.line, match.end(), held.end)]))
        elif not found or opens_with_person(held.text):
            return []
        else:
            found[-1][1].append(held)
    ticked = any(mark in _TICKS for mark in kinds)
    return found if ticked and len({status for status, _ in found}) >= _PAIR else []


def _names(text: str, start: int) -> bool:
    """Whether a person in full or with a title stands behind a mark."""
    name = parse_name(text, start, min(len(text), start + _NEAR))
    return name is not None and (name.titled or name.size > 1)


def _status(mark: str) -> Status:
    return "absent" if mark in _NONE else words().marks.get(mark.lower(), "apologies")
