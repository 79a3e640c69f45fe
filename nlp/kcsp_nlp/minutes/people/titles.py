"""What stands before a name: honorifics, ranks, and the titles of councils' members."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from kcsp_nlp.minutes.people.tokens import Token
from kcsp_nlp.minutes.people.words import words

# "1146" and "412YR" after a constable's rank, but not "PC".
_COLLAR_NUMBER = re.compile(r"[A-Z]{0,2}\d{1,5}[A-Z]{0,2}\Z")
# Honorifics of several people.
_PLURALS = frozenset(["messrs", "mesdames", "drs"])
_MAX_RANK = 5
_SHORT_RANK = 2


@dataclass(frozen=True)
class Titles:
    """Titles read before a name.

    Attributes:
        stop: Index of the first token behind them.
        role: Tokens that are a rank or a member's title, not an honorific.
        plural: The singular of a plural title ("Councillors"), empty where it is no role
            ("Messrs"); None for a singular one.
        ranked: Whether there is a rank or a member's title.
        honoured: Whether there is an honorific.
    """

    stop: int
    role: tuple[Token, ...]
    plural: str | None
    ranked: bool
    honoured: bool


def read_titles(tokens: Sequence[Token], at: int) -> Titles:
    """Read the titles that begin at a token; `stop` is `at` where none does."""
    lists = words()
    role: list[Token] = []
    plural: str | None = None
    honoured = False
    while at < len(tokens):
        stop = _rank_end(tokens, at)
        if stop > at:
            plural = plural or _singular(tokens[at:stop])
            role += tokens[at:stop]
            at = stop
        elif tokens[at].plain in lists.honorifics:
            plural = "" if tokens[at].plain in _PLURALS and plural is None else plural
            at, honoured = at + 1, True
        elif role and (_COLLAR_NUMBER.match(tokens[at].text) or _parts_titles(tokens, at)):
            at += 1
        else:
            break
    return Titles(at, tuple(role), plural, bool(role), honoured)


def _singular(rank: Sequence[Token]) -> str | None:
    """Return "County Councillor" for "County Councillors"; None for a singular."""
    single = words().councillors.get(rank[-1].plain)
    return " ".join([*(token.text for token in rank[:-1]), single]) if single else None


def _parts_titles(tokens: Sequence[Token], at: int) -> bool:
    """Whether a slash stands between one title in two languages: "Sarjant / Sgt"."""
    return tokens[at].text == "/" and _rank_end(tokens, at + 1) > at + 1


def _rank_end(tokens: Sequence[Token], at: int) -> int:
    """Return the index after a rank or member's title that begins at `at`; `at` for none."""
    lists = words()
    for index in range(at, min(len(tokens), at + _MAX_RANK)):
        token = tokens[index]
        head = token.plain.rsplit("/", 1)[-1]  # "T/Supt" is a superintendent for the time being
        following = tokens[index + 1].plain if index + 1 < len(tokens) else ""
        if head in lists.services and following in lists.service_heads:
            return index + 2
        if not token.is_capital:
            return at
        short = head in lists.short_ranks and index == at and _is_short_rank(tokens, index)
        if short or (head in lists.ranks and _is_written_as_rank(token, head)):
            return index + 1
        prefix = head in lists.rank_prefixes or head in lists.councillor_prefixes
        if head in lists.councillors and not (prefix and _rank_end(tokens, index + 1) > index + 1):
            return index + 1
        if not prefix:
            return at
    return at


def _is_short_rank(tokens: Sequence[Token], at: int) -> bool:
    """Whether "GM" stands before a name in full: "GM Ann Dale" but not "GM Police"."""
    following = tokens[at + 1 : at + 3]
    if not tokens[at].text.isupper() or len(following) < len(("Ann", "Dale")):
        return False
    first, second = following
    named = first.is_initials or first.plain in words().given_names
    return named and second.is_capital and second.plain not in words().bodies


def _is_written_as_rank(token: Token, head: str) -> bool:
    """Whether a short rank stands in capitals: "DI Kent" but not "Di Kent"."""
    return len(head) > _SHORT_RANK or token.text.strip(".")[-1:].isupper()
