"""Where a body's name begins and ends: what the words at its sides tell."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from importlib import resources

from kcsp_nlp.registers.pieces import APART, Pieces

# How many words behind a name are looked at for the office that they end in.
_AHEAD = 7
_SMALL = frozenset({"and", "of", "for", "the", ",", "s"})


@dataclass(frozen=True, slots=True)
class BodyWords:
    """Words around names, in lower case.

    Attributes:
        openers: Capitalised where they begin a sentence or heading, no part of a name behind them.
        roles: Titles and offices: a body's name ends before them and begins after them.
        after: What a body has, behind its name: its website, its staff.
        qualifiers: Words before an office or a body, of which either may be meant.
        longer: What makes a name the first half of a longer one, after `and` or a comma.
        place_heads: Words before `of` inside a place's name.
        bodies: Words that end the name of another body, before `and`.
        generic: Words that name no body by themselves.
        groups: Whom a committee may be for, before `'s`: children, residents.
    """

    openers: frozenset[str]
    roles: frozenset[str]
    after: frozenset[str]
    qualifiers: frozenset[str]
    longer: frozenset[str]
    place_heads: frozenset[str]
    bodies: frozenset[str]
    generic: frozenset[str]
    groups: frozenset[str]


@cache
def body_words() -> BodyWords:
    """Return the words around names; they are read at the first call."""
    source = resources.files("kcsp_nlp").joinpath("data/body_words.json")
    lists = json.loads(source.read_text(encoding="utf-8"))
    return BodyWords(**{name: frozenset(entries) for name, entries in lists.items()})


def is_half(pieces: Pieces, end: int) -> bool:
    """Tell whether a name is cut short: `Kent Police` of `Kent Police and Crime Commissioner`."""
    folded = pieces.folded
    if end + 1 >= len(folded) or folded[end] not in ("and", ","):
        return False
    return folded[end - 1] in ("police", "fire") and folded[end + 1] in body_words().longer


def stands_alone(pieces: Pieces, start: int, end: int, *, general: bool) -> bool:
    """Tell whether the words around a name are no part of a longer one.

    Args:
        pieces: The text.
        start: First piece of the name.
        end: Piece behind the name.
        general: Whether longer names are built on this one: then more words count as part of it.
    """
    if not stands_right(pieces, end, general=general) or _joined_left(pieces, start):
        return False
    return not general or _is_particular(pieces, start)


def stands_right(pieces: Pieces, end: int, *, general: bool = False) -> bool:
    """Tell whether a name ends before `end`: no words follow that belong to it.

    Words of an office that follow do not belong to it, unless the name is general.
    """
    folded, printed = pieces.folded, pieces.printed
    if end >= len(folded) or pieces.gap[end] == APART:
        return True
    if folded[end] in ("of", "for"):
        at = end + 1
        if folded[at : at + 1] == ["the"]:
            at += 1
            if folded[at : at + 1] and folded[at] in body_words().generic | body_words().bodies:
                return True
        return at >= len(folded) or not printed[at][0].isupper()
    if len(folded[end]) == 4 and folded[end].isdecimal():  # noqa: PLR2004
        return False
    if not printed[end][0].isupper():
        return True
    return not general and _is_office(pieces, end)


def _is_office(pieces: Pieces, at: int) -> bool:
    """Tell whether the capitalised words from `at` on contain those of an office."""
    folded, printed, words = pieces.folded, pieces.printed, body_words()
    for word in range(at, min(at + _AHEAD, len(folded))):
        if pieces.gap[word] == APART:
            return False
        if not (printed[word][0].isupper() or folded[word] in _SMALL):
            return False
        if folded[word] in words.bodies:
            return False
        if folded[word] in words.roles or folded[word] in words.after:
            return True
    return False


def _joined_left(pieces: Pieces, start: int) -> bool:
    """Tell whether words stand before a name that belong to it."""
    if start == 0 or pieces.gap[start] == APART:
        return False
    words, before = body_words(), pieces.folded[start - 1]
    if before == "of" and start > 1:
        return pieces.folded[start - 2] in words.bodies and pieces.printed[start - 2][0].isupper()
    if not pieces.printed[start - 1][0].isupper():
        return False
    return before not in words.openers and before not in words.roles


def _is_particular(pieces: Pieces, start: int) -> bool:
    """Tell whether a general name stands for one body: not `a Crown Court`, `Head of …`."""
    if start == 0:
        return True
    before = pieces.folded[start - 1]
    if before in ("a", "an", "any", "each", "every", "and", "of", "for"):
        return before == "and" and not pieces.printed[start - 2][0].isupper()
    if pieces.gap[start] == APART and pieces.printed[start - 1][0].isupper():
        return before in body_words().openers or before in body_words().bodies
    return True
