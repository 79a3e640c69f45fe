"""Whether words look like a name, and not like a role, a body or a heading."""

from __future__ import annotations

import re
from collections.abc import Sequence

from kcsp_nlp.minutes.people.titles import Titles
from kcsp_nlp.minutes.people.tokens import Token
from kcsp_nlp.minutes.people.words import is_acronym, words

# "MBC", "CC" end a council's name in capitals; "MAC" ends a person's.
_COUNCIL = re.compile(r"(?:M?B|C|D|T|P)C\Z|CSP\Z|NHS\Z")
# Without a title before it no name holds one of these: "VOTES OF THANKS" but not "Dr J of Ash".
_LINKS = frozenset(["of", "the", "for", "to", "from", "in", "on", "at"])
SHORT_SURNAME = 3  # "MAY": as short as initials
LONG_WORD = 5  # in capitals rather a surname than the short form of a body


def is_name(name: Sequence[Token], titles: Titles) -> bool:
    """Tell whether words behind `titles` look like a name.

    No words are no name.
    """
    if not any(token.is_capital and not token.is_initials for token in name):
        lower = any("-" in token.text and not token.is_capital for token in name)
        return lower or _is_short_surname(name)
    titled = titles.ranked or titles.honoured
    if name[0].plain in words().not_names and not (titled or name[0].is_initials):
        return False
    if not titled and _is_heading(name):
        return False
    if titles.honoured:
        return True
    lists = words()
    known = [
        token
        for token in name
        if (token.plain in lists.roles or token.plain in lists.bodies)
        and token.text != token.plain.title()[:2]
    ]  # "DI" is a rank, "Di" a name
    if known:
        return _is_surname(known, name, titled=titled)
    return titled or _is_written_as_name(name)


def _is_heading(name: Sequence[Token]) -> bool:
    """Whether words read "VOTES OF THANKS", or name a group: "Independent Members"."""
    last = name[-1].plain
    group = len(name) > 1 and last.endswith("s") and last in words().generic_groups
    return group or any(token.plain in _LINKS for token in name)


def _is_short_surname(name: Sequence[Token]) -> bool:
    """Whether one of a name's words only looks like initials: "J MAY", "ASH P"."""
    if len(name) <= 1:
        return False
    long = [token for token in name if len(token.text.rstrip(".")) > 1]
    if len(long) != 1 or long[0] not in (name[0], name[-1]):
        return False
    return len(long[0].text) == SHORT_SURNAME and long[0].text.isalpha()


def _is_surname(known: Sequence[Token], name: Sequence[Token], *, titled: bool) -> bool:
    """Whether the one word of a name that may be a role or body is a name: "Jack Constable"."""
    lists = words()
    first = name[0].plain
    if len(name) == 1:
        surname = first in lists.surnames and first not in lists.roles
        return titled and surname  # "Cllr Church", not "Deputy Head"
    if first in lists.functions or first in lists.councillor_prefixes:
        return False
    if not titled and list(known) == [name[-1]] and name[-1].plain in lists.roles:
        given = is_given(name[0])  # "Jack Constable", not "Footpath Warden"
        return given and name[-1].plain in lists.surnames
    placed = list(known) == [name[-1]] or (
        list(known) == [name[0]] and (titled or first in lists.given_names)
    )
    return placed and known[0].plain in lists.surnames


def _is_written_as_name(name: Sequence[Token]) -> bool:
    """Whether words without a title look like a name and not like a body or a subject."""
    lists = words()
    acronyms = [token for token in name if is_acronym(token.text.rstrip("."))]
    last = name[-1].plain
    if len(name) == 1:
        return not acronyms and last not in lists.functions
    if last in lists.functions and last not in lists.surnames:
        return False
    if name[0].plain in lists.functions and not name[1].is_initials:
        return False
    if all(token.text.isupper() for token in name):
        return not _COUNCIL.match(name[-1].text)
    capitals = list(name[-len(acronyms) :]) if acronyms else []
    if acronyms and acronyms == capitals and name[-1].text.rstrip(".").isalpha():
        # "Doreen LAMPTON", "Ana DE LIMA"
        return len(name[-1].text) >= (SHORT_SURNAME if is_given(name[0]) else LONG_WORD)
    return name[-1] not in acronyms and all(token.is_initials for token in acronyms)


def is_given(token: Token) -> bool:
    """Tell whether a word is an initial or a common given name."""
    initials = token.is_initials and (len(token.text) == 1 or "." in token.text)
    return initials or token.plain in words().given_names
