"""Where a name ends among the words behind its titles."""

from __future__ import annotations

import re
from collections.abc import Sequence

from kcsp_nlp.minutes.people.plausibility import LONG_WORD, is_given, is_name
from kcsp_nlp.minutes.people.titles import Titles
from kcsp_nlp.minutes.people.tokens import Token, repeats_initials
from kcsp_nlp.minutes.people.words import is_acronym, words

# "d'Arcy", "ul-Haq" but not "vice-chair".
_LOWER_FIRST = re.compile(r"[a-z]{1,4}[-'’][A-Z]")
# "“Dodo”", "'Nobby'" inside of a name.
_NICKNAME = re.compile(r"[\"“'‘][^\W\d_a-z][^\W\d_]*[\"”'’]\Z")
_MAX_NAME = 6
FULL_NAME = 2


def name_tokens(tokens: Sequence[Token], at: int, titles: Titles) -> Sequence[Token]:
    """Return the tokens of the name that begins at `at`; none where none does."""
    lists = words()
    stop = at
    while stop < len(tokens) and stop - at < _MAX_NAME and _goes_on(tokens, at, stop):
        if _is_possessive(tokens[stop]):
            if stop - at < FULL_NAME:
                return ()
            break  # "Mel Oke Pete's Dragons"
        stop += 1
        if _ends_sentence(tokens[stop - 1], first=stop - 1 == at):
            break
    while (
        stop > at and not tokens[stop - 1].is_capital and tokens[stop - 1].plain in lists.particles
    ):
        stop -= 1
    while stop - at > FULL_NAME and tokens[stop - 1].plain in lists.functions:
        initialled = all(token.is_initials for token in tokens[at : stop - 1])
        if initialled and tokens[stop - 1].plain in lists.surnames:
            break  # "C L Young"
        stop -= 1  # "Rob Nixon Environmental Health"
    name = tokens[at:stop]
    full = _full_name(name)
    if len(full) < len(name) and (titles.honoured or titles.ranked or is_given(name[0])):
        after = tokens[stop].plain if stop < len(tokens) else ""
        heads = name[-1].plain in lists.roles and after in ("of", "for")  # "Head of"
        ends = len(name) > len(full) + 1 and stop == len(tokens) and name[-1].plain in lists.roles
        if ends or heads or any(map(_is_no_name, name[len(full) :])):
            name = full
    return name if is_name(name, titles) else ()


def _full_name(name: Sequence[Token]) -> Sequence[Token]:
    """Return a given name or initials and one surname, the shortest name in full."""
    stop = 1
    while stop < len(name) and (name[stop].is_initials or not name[stop].is_capital):
        stop += 1
    return name[: stop + 1]


def _is_no_name(token: Token) -> bool:
    """Whether a word behind a full name says that a role or a body begins."""
    lists = words()
    if token.plain in lists.surnames:
        return False
    known = token.plain in lists.roles or token.plain in lists.bodies
    acronym = is_acronym(token.text.rstrip(".")) and len(token.text) < LONG_WORD
    return known or acronym or token.plain in lists.functions


def _is_possessive(token: Token) -> bool:
    return token.text.endswith(("'s", "’s")) and not token.text.isupper()


def _ends_sentence(token: Token, *, first: bool) -> bool:
    """Whether a full stop ends more than the word: "Lee." but not "Wm." or "St."."""
    if not token.text.endswith(".") or token.is_initials:
        return False
    return not (token.is_short and (first or token.plain in words().particles))


def _goes_on(tokens: Sequence[Token], at: int, index: int) -> bool:
    """Whether the token at `index` can belong to a name that begins at `at`."""
    token = tokens[index]
    if _NICKNAME.match(token.text):
        return index > at and index + 1 < len(tokens) and tokens[index + 1].is_capital
    if not token.is_word or repeats_initials(tokens[at : index + 1]):
        return False
    if token.is_capital:
        return not (index > at and token.is_post_nominal)
    if _LOWER_FIRST.match(token.text):
        return True
    following = tokens[index + 1] if index + 1 < len(tokens) else None
    particles = words().particles
    return token.plain in particles and bool(
        following and (following.is_capital or following.plain in particles)
    )
