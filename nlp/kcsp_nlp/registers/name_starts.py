"""Where a body's name begins: the words before its head, one step to the left after another."""

from __future__ import annotations

import re

from kcsp_nlp.registers.bodies import register
from kcsp_nlp.registers.name_edges import body_words
from kcsp_nlp.registers.name_heads import Kind, heads
from kcsp_nlp.registers.pieces import APART, Pieces

# A name of more pieces is a row of a table.
LONGEST = 10

# What a step may say: the name begins behind this piece, or it is in doubt where it begins.
_STOP, _DOUBT = 0, -1

# Small words inside place names: "Stow cum Quy", "Sutton-on-Sea", "Blackburn with Darwen".
_INSIDE = frozenset({"with", "upon", "on", "in", "under", "next", "cum", "le", "en"})
_THE_AFTER = frozenset({"on", "in", "under", "next", "upon"})
_SMALL = _INSIDE | {"and", "of", "the", "s", ","}
# Behind these a class of bodies is spoken of, or one that is not yet: "a Combined Authority".
_INDEFINITE = frozenset({"a", "an", "any", "each", "every", "no", "another"})
# A name may run across these, so that behind them it is in doubt: "Violence against Women Panel".
_ACROSS = frozenset({"of", "for", "against", "to", "in", "the", "from", "with", "on"})
# Before a comma a place of two words begins with one of these; else it may be a person.
_COMPASS = frozenset({"north", "south", "east", "west", "mid", "central", "st", "great", "isle"})
_LONGEST_PART = 3
# matches: 1st    does not match: 2019
_ORDINAL = re.compile(r"\d{1,3}(?:st|nd|rd|th)")


def find_start(pieces: Pieces, head: int, limit: int, kind: Kind) -> int | None:
    """Find where the name begins whose head begins at piece `head`.

    Args:
        pieces: The text.
        head: First piece of the head.
        limit: First piece that may belong to the name.
        kind: The head's kind.

    Returns:
        The first piece, which is `head` where nothing belongs to it; None where it is in doubt.
    """
    start, listed = head, False
    while start > limit and pieces.gap[start] != APART:
        step = _step(pieces, start - 1, kind, listed=listed)
        if step == _STOP:
            break
        if step == _DOUBT:
            return None
        listed = listed or pieces.folded[start - 1] == "and"
        start -= step
        if pieces.folded[start] == "nhs":
            break
    if start <= head - LONGEST or (start > 0 and _is_doubtful(pieces, start, kind)):
        return None
    return start


def is_name_word(pieces: Pieces, at: int) -> bool:
    """Tell whether a word may be part of a name: capitalised, no office, no opening word."""
    word, printed, words = pieces.folded[at], pieces.printed[at], body_words()
    if not printed[0].isupper():
        return _ORDINAL.fullmatch(printed) is not None
    if word in words.roles or word == "the":
        return False
    if word not in words.openers or word == "new":
        return True
    opens = at == 0 or pieces.gap[at] == APART or not pieces.printed[at - 1][0].isalnum()
    shouted = len(printed) > 1 and printed.isupper()
    return not (opens or shouted)


def _step(pieces: Pieces, at: int, kind: Kind, *, listed: bool) -> int:
    """Return how many pieces up to `at` belong to the name, `_STOP` or `_DOUBT`."""
    word = pieces.folded[at]
    if word not in _SMALL:
        return int(is_name_word(pieces, at))
    if at == 0 or pieces.gap[at] == APART or (word == "," and not listed):
        return _STOP
    if word != "the" and not is_name_word(pieces, at - 1):
        return _STOP
    return _JUDGES.get(word, _step_inside)(pieces, at, kind)


def _step_inside(pieces: Pieces, at: int, kind: Kind) -> int:
    """Judge a small word that only place names have inside: `Barrow-in-Furness`."""
    return 2 if kind == "place" and not _is_initials(pieces, at - 1) else _STOP


def _step_of(pieces: Pieces, at: int, _: Kind) -> int:
    """Judge an `of`: it belongs to `Isle of Wight`, not to `Chair of Ryde`."""
    return 2 if pieces.folded[at - 1] in body_words().place_heads else _STOP


def _step_the(pieces: Pieces, at: int, kind: Kind) -> int:
    """Judge a `the`: it belongs to `Stow on the Wold` alone."""
    if kind != "place" or at < 2 or pieces.folded[at - 1] not in _THE_AFTER:  # noqa: PLR2004
        return _STOP
    return 3 if is_name_word(pieces, at - 2) and not _is_initials(pieces, at - 2) else _STOP


def _step_possessive(pieces: Pieces, at: int, kind: Kind) -> int:
    """Judge an `'s`: it belongs to `King's Lynn` and `Women's Network`, not to `London's`."""
    words, before = body_words(), pieces.folded[at - 1]
    if kind == "proper" or before in words.groups:
        return 2
    if kind == "function":
        return _STOP if before in words.bodies else _DOUBT
    return 2 if pieces.folded[at + 1] not in heads().ends else _DOUBT


def _step_and(pieces: Pieces, at: int, kind: Kind) -> int:
    """Judge an `and` before the last part of a name: another body may stand before it."""
    if pieces.printed[at] == "&" and kind == "proper":
        return 2
    before = pieces.folded[at - 1]
    is_other = (
        before in body_words().bodies
        or (before,) in register().forms
        or _is_initials(pieces, at - 1)
    )
    if kind == "place":
        return _STOP if is_other else 2
    return _DOUBT if is_other or kind == "proper" else 2


def _step_comma(pieces: Pieces, at: int, kind: Kind) -> int:
    """Judge a comma in a list of places or duties: a person's name may stand before it."""
    size = 1
    while (
        size <= _LONGEST_PART
        and at - size > 0
        and pieces.gap[at - size] != APART
        and is_name_word(pieces, at - size - 1)
    ):
        size += 1
    if kind == "proper" or size > _LONGEST_PART:
        return _DOUBT
    first = pieces.folded[at - size]
    if kind == "function" or size == 1 or first in _COMPASS or first == "nhs":
        return size + 1
    return _DOUBT


_JUDGES = {
    "the": _step_the,
    "s": _step_possessive,
    "and": _step_and,
    ",": _step_comma,
    "of": _step_of,
}


def _is_initials(pieces: Pieces, at: int) -> bool:
    """Tell whether a short form stands there, in a line that is not all capitals."""
    around = pieces.printed[at + 1 : at + 5]
    return pieces.printed[at].isupper() and any(
        word.islower() and len(word) > len("of") for word in around
    )


def _is_doubtful(pieces: Pieces, start: int, kind: Kind) -> bool:
    """Tell whether the words before `start` may belong to the name, or make it a class."""
    before, words = start - 1, body_words()
    word = pieces.folded[before]
    if pieces.gap[start] == APART:
        wrapped = pieces.folded[max(before - 1, 0)] == "and"
        return wrapped or word in ("and", "of", "the", "for")
    if word in _INDEFINITE or word in words.qualifiers:
        return True
    if word == "the":
        before -= 1
        word = pieces.folded[before] if pieces.folded[before] == "of" else ""
    if word not in _ACROSS or before <= 0 or not pieces.printed[before - 1][0].isupper():
        return False
    further = pieces.folded[before - 1]
    return further in words.bodies if kind == "place" else further not in words.openers
