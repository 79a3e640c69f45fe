"""What a bare label such as "Action: KN" owns: one of the statements before it."""

from __future__ import annotations

import re
from collections.abc import Sequence

_NEAREST = 5
_OPENING = 3  # words in which a statement names who it is about
_FEWEST_WORDS = 4  # of a resolution that says what is to be done: "Agreed." does not
# "are to be telephoned", "to be sent"; not "to be opened by".
_TO_BE = re.compile(r"\bto\s+be\s+\w+(?:ed|en|t)\b(?!\s+(?:on|by)\b)")
# Records a decision: "RESOLVED", "That the", "To ask", "agreed"; not "asked".
_RESOLVED = re.compile(
    r"\W*(?:That|To)\b|.*?\b(?:[Rr]esolved|RESOLVED|[Aa]greed|AGREED)\b", re.DOTALL
)


def is_resolved(text: str, start: int, end: int) -> bool:
    """Say whether `text[start:end]` records a decision: "RESOLVED that", "(b) That the"."""
    return _RESOLVED.match(text, start, end) is not None


def find_antecedent(
    text: str, before: Sequence[tuple[int, int]], opened: int, words: set[str]
) -> tuple[int, int] | None:
    """Return the statement that a label with nothing but owners is said of.

    What its owners open is theirs; what is to be done goes before an account, and so does a
    whole resolution of the label's own paragraph.

    Args:
        text: The document's text.
        before: Bounds of the statements since the last label, in reading order.
        opened: Where the paragraph before the label begins.
        words: Last names of the owners.

    Returns:
        None where nothing stands before the label.
    """
    if not before:
        return None
    last = before[-1]
    if words.intersection(text[slice(*last)].split(None, _OPENING)[:_OPENING]):
        return last
    for start, end in reversed(before[-_NEAREST:]):
        if is_resolved(text, start, end):
            is_whole = start >= opened and text[end - 1] == "."
            enough = len(text[start:end].split()) >= _FEWEST_WORDS
            return (start, end) if is_whole and enough else last
        if _TO_BE.search(text, start, end):
            return start, end
    return last
