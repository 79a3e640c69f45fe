"""A mention with the words around it."""

from __future__ import annotations

import re
from typing import NamedTuple

_WORDS = 12
_REACH = 160  # characters on either side: a text without spaces must not be copied whole

# matches: "end.\n\nNext", "end.\n  \nNext"    does not match: "one\ntwo"
_PARAGRAPH = re.compile(r"\n[^\S\n]*\n")
_SPOKEN = re.compile(r"\w")


class Snippet(NamedTuple):
    """A mention and what surrounds it, white space made single spaces; the parts join as they are.

    Attributes:
        before: Words before it, with the space that parts them from it, if there is one.
        mention: The mention.
        after: Words after it, with the space before them, if there is one.
        more_before: Whether its paragraph says more before.
        more_after: Whether its paragraph says more after.
    """

    before: str
    mention: str
    after: str
    more_before: bool
    more_after: bool


def snippet(text: str, start: int, end: int) -> Snippet:
    """Return a mention with about twelve words of its paragraph on each side, cut between words.

    A paragraph that holds nothing else, as in a list of names, gives way to those around it.

    Args:
        text: The item's text.
        start: First code point of the mention.
        end: One past its last.
    """
    mention = " ".join(text[start:end].split())
    for within in (True, False):
        before, more_before = _before(text, start, within=within)
        after, more_after = _after(text, end, within=within)
        if _SPOKEN.search(before) or _SPOKEN.search(after):
            break
    return Snippet(before, mention, after, more_before, more_after)


def _before(text: str, start: int, *, within: bool) -> tuple[str, bool]:
    first = max(0, start - _REACH)
    window, whole = text[first:start], first == 0
    breaks = list(_PARAGRAPH.finditer(window)) if within else []
    if breaks:
        window, whole = window[breaks[-1].end() :], True
    words = window.split()
    cut = not whole and not (text[first - 1].isspace() or window[:1].isspace())
    if cut and (len(words) > 1 or window[-1:].isspace()):
        words = words[1:]  # its beginning is out of reach
    kept = words[-_WORDS:]
    space = " " if kept and window[-1:].isspace() else ""
    return " ".join(kept) + space, not whole or len(kept) < len(words)


def _after(text: str, end: int, *, within: bool) -> tuple[str, bool]:
    last = min(len(text), end + _REACH)
    window, whole = text[end:last], last == len(text)
    found = _PARAGRAPH.search(window) if within else None
    if found:
        window, whole = window[: found.start()], True
    words = window.split()
    cut = not whole and not (text[last].isspace() or window[-1:].isspace())
    if cut and (len(words) > 1 or window[:1].isspace()):
        words = words[:-1]
    kept = words[:_WORDS]
    space = " " if kept and window[:1].isspace() else ""
    return space + " ".join(kept), not whole or len(kept) < len(words)
