"""Action logs at the end of minutes that say again what the items have said."""

from __future__ import annotations

import re
from collections.abc import Sequence

from kcsp_nlp.records import Action

_SHARE = 0.5  # of a log's rows with owners who have something to do already: then it repeats
_FEWEST = 2
# "KO"; not "Kelechi".
_INITIALS = re.compile(r"[A-Z]{2,4}$")


def without_repeats(found: Sequence[Action], logged: frozenset[int]) -> list[Action]:
    """Leave out a log at the end whose owners have been given their tasks above it.

    Args:
        found: Actions in reading order.
        logged: Where those begin that are rows of a log; offsets into the document's text.
    """
    tail: list[Action] = []
    for action in reversed(found):
        if action.start not in logged:
            break
        tail.append(action)
    above = [owner for action in found[: len(found) - len(tail)] for owner in action.owners]
    known = sum(any(_is_one(a, b) for a in action.owners for b in above) for action in tail)
    if len(tail) < _FEWEST or known < _SHARE * len(tail):
        return list(found)
    return list(found[: len(found) - len(tail)])


def _is_one(name: str, other: str) -> bool:
    """Say whether two owners, as printed, may be one person: "KO", "Kelechi", "Kelechi Obi"."""
    if _INITIALS.match(name) or _INITIALS.match(other):
        return _initials(name) == _initials(other)
    return bool(set(name.casefold().split()) & set(other.casefold().split()))


def _initials(name: str) -> str:
    return name if _INITIALS.match(name) else "".join(word[0] for word in name.split())
