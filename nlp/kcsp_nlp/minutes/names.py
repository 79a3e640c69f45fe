"""A person's name as minutes print it: what stands before it, the name itself, what follows."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from kcsp_nlp.minutes.people import is_acronym, plain, words

# "Annan-Vetch", "P.", "T/Supt" but not "," or "(PB)".
_TOKEN = re.compile(r"\s*([^\s,;:()\[\]|]+)")
# Three spaces or a tab part columns; two spaces are only careless.
_COLUMN = re.compile(r"[ ]{3}|[ ]*\t")
# "O’Dowd", "St.", "J.J.", "ul-Haq" but not "3VA" or "a/b".
_WORD = re.compile(r"[^\W\d_](?:[^\W\d_]|['’‘`.\-])*\Z")
# "P", "P.", "J.J.", "C-A" but not "Pam".
_INITIALS = re.compile(r"(?:[^\W\d_a-z]\.?-?){1,3}\Z")
# "Wm.", "Rh.", "St." end in a full stop and do not end a sentence; "Bloom." does.
_SHORT = re.compile(r"[^\W\d_a-z][^\W\d_]{1,2}\.\Z")
# "1146" and "412YR" after a constable's rank, but not "PC".
_COLLAR_NUMBER = re.compile(r"[A-Z]{0,2}\d{1,5}[A-Z]{0,2}\Z")
# "Collins (B)" and "Rees (MJ)" but not "Ravi (DPT)".
_INITIAL_AFTER = re.compile(r"\s+\((?:[A-Z]\.?\s?){1,2}\)")
_LEADS = frozenset({"with", "and", "also", "plus", "both", "namely", "from", "by", "&", "via"})
_GIVEN = frozenset({"dean", "page"})
_MAX_TOKENS = 14
_MAX_NAME = 6


@dataclass(frozen=True)
class PersonName:
    """A name found at the beginning of a piece of text.

    Attributes:
        start: Where the name begins, honorific and rank left out.
        end: Where it ends, post-nominals left out.
        rest: Where what follows the name begins, post-nominals passed over.
        role: Title before the name that is a role ("Cllr", "DCI", "Clerk"), as printed;
            the singular for a plural; None where there is none.
        plural: Whether that title is a plural, so that further names stand under it.
        titled: Whether an honorific, a rank or a member's title stands before the name.
        size: Words and initials of the name.
        initialled: Whether the name begins with an initial.
    """

    start: int
    end: int
    rest: int
    role: str | None
    plural: bool
    titled: bool
    size: int
    initialled: bool


@dataclass(frozen=True)
class _Token:
    start: int
    end: int
    text: str
    plain: str


def parse_name(text: str, start: int, end: int) -> PersonName | None:
    """Read a person's name at the beginning of `text[start:end]`.

    Returns:
        The name with offsets into `text`; None where no name begins there.
    """
    tokens = list(_tokens(text, start, end))
    at = 0
    while at < len(tokens) and tokens[at].plain in _LEADS:
        at += 1
    if at == len(tokens):
        return None
    found = _titled_name(text, tokens, at, end)
    return found or _name_after_role(text, tokens, at, end)


def _tokens(text: str, start: int, end: int) -> Iterator[_Token]:
    """Yield words up to the first mark of punctuation between two of them."""
    at = start
    for _ in range(_MAX_TOKENS):
        match = _TOKEN.match(text, at, end)
        if match is None or (at > start and _COLUMN.match(text, at, end)):
            return
        yield _Token(match.start(1), match.end(1), match[1], plain(match[1]))
        at = match.end()


def _titled_name(text: str, tokens: list[_Token], at: int, end: int) -> PersonName | None:
    lists = words()
    role: list[_Token] = []
    first = at
    ranked = plural = honoured = False
    while at < len(tokens):
        stop = _rank_end(tokens, at)
        if stop > at:
            singular = lists.councillors.get(tokens[stop - 1].plain)
            plural = plural or singular is not None
            role += tokens[at:stop]
            at, ranked = stop, True
        elif ranked and _COLLAR_NUMBER.match(tokens[at].text):
            at += 1
        elif tokens[at].plain in lists.honorifics:
            at, honoured = at + 1, True
        else:
            break
    titled = at > first
    last = _name_end(tokens, at, titled=titled, honoured=honoured)
    if last == at:
        return None
    return _found(text, tokens, (at, last), _role_text(text, role, plural), titled, plural, end)


def _found(
    text: str,
    tokens: list[_Token],
    span: tuple[int, int],
    role: str | None,
    titled: bool,
    plural: bool,
    end: int,
) -> PersonName | None:
    at, last = span
    stop = tokens[last - 1].end
    if text[stop - 1] == "." and not _keeps_stop(tokens[last - 1].text):
        stop -= 1
    while text[stop - 1] in "'’‘-":
        stop -= 1
    if last < len(tokens) and _repeats_initials(tokens[at : last + 1]):
        rest, legislator = tokens[last].end, None
    else:
        rest, legislator = _after_post_nominals(tokens, last, stop)
    size = last - at
    if size == 1 and rest == stop:
        bracket = _INITIAL_AFTER.match(text, stop, end)
        if bracket and plain(bracket[0])[0] != tokens[at].plain[0]:
            stop = rest = bracket.end()
    initialled = bool(_INITIALS.match(tokens[at].text)) and size > 1
    return PersonName(
        tokens[at].start, stop, rest, role or legislator, plural, titled, size, initialled
    )


def _repeats_initials(name: list[_Token]) -> bool:
    """Whether the last word is the name's own initials: "Errol Frater EF"."""
    initials = "".join(token.text[0] for token in name[:-1])
    return len(name) > 2 and len(name[-1].text) > 1 and name[-1].text == initials.upper()


def _rank_end(tokens: list[_Token], at: int) -> int:
    """Return the index after a rank or member's title that begins at `at`; `at` for none."""
    lists = words()
    index = at
    while index < len(tokens) and index < at + 5:
        token = tokens[index]
        head = token.plain.rsplit("/", 1)[-1] if "/" in token.plain else token.plain
        following = tokens[index + 1].plain if index + 1 < len(tokens) else ""
        if head in lists.services and following in lists.service_heads:
            return index + 2
        if token.text[0].islower():
            return at
        if head in lists.ranks and (len(head) > 2 or token.text.strip(".")[-1:].isupper()):
            return index + 1
        prefix = head in lists.rank_prefixes or head in lists.councillor_prefixes
        if head in lists.councillors and not (prefix and _rank_end(tokens, index + 1) > index + 1):
            return index + 1
        if not prefix:
            return at
        index += 1
    return at


def _name_end(tokens: list[_Token], at: int, *, titled: bool, honoured: bool) -> int:
    """Return the index after the name that begins at `at`; `at` where none does."""
    lists = words()
    index = at
    solid = 0
    while index < len(tokens) and index - at < _MAX_NAME:
        token = tokens[index]
        if token.text.endswith(("'s", "’s")) and not token.text.isupper():
            return at
        if _repeats_initials(tokens[at : index + 1]):
            break
        if not _WORD.match(token.text) or _is_post_nominal(token, index - at):
            break
        if token.text[0].islower():
            following = tokens[index + 1].text if index + 1 < len(tokens) else ""
            joined = "-" in token.text and any(c.isupper() for c in token.text)
            leads_on = following[:1].isupper() or following in lists.particles
            if not joined and (token.plain not in lists.particles or not leads_on):
                break
        elif not _INITIALS.match(token.text):
            solid += 1
        index += 1
        if token.text.endswith(".") and not _keeps_stop(token.text):
            break
    while index > at and tokens[index - 1].plain in lists.particles:
        if tokens[index - 1].text[0].isupper():
            break
        index -= 1
    while index - at > 2 and tokens[index - 1].plain in lists.functions:
        index -= 1
    name = tokens[at:index]
    return index if name and _is_name(name, solid, titled=titled, honoured=honoured) else at


def _is_name(name: list[_Token], solid: int, *, titled: bool, honoured: bool) -> bool:
    lists = words()
    if solid == 0:
        return False
    initial = bool(_INITIALS.match(name[0].text))
    if name[0].plain in lists.not_names and not initial and not titled:
        return False
    if honoured:
        return True
    known = [t for t in name if t.plain in lists.roles or t.plain in lists.bodies]
    if known:
        first = name[0].plain
        given = first not in lists.functions and first not in lists.councillor_prefixes
        placed = known == [name[-1]] or (known == [name[0]] and (titled or first in _GIVEN))
        return len(name) > 1 and given and placed and known[0].plain in lists.surnames
    if titled:
        return True
    shouted = [t for t in name if is_acronym(t.text.rstrip("."))]
    if len(name) == 1:
        return not shouted and name[0].plain not in lists.functions
    last = name[-1].plain
    if last in lists.functions and last not in lists.surnames:
        return False
    quiet = any(not t.text.isupper() for t in name)
    foreign = any(not _INITIALS.match(t.text) for t in shouted) or name[-1] in shouted
    return not (quiet and foreign)


def _is_post_nominal(token: _Token, position: int) -> bool:
    lists = words()
    bare = token.plain.replace(".", "")
    known = bare in lists.post_nominals or bare in lists.legislators
    return (
        position > 0
        and known
        and token.text.replace(".", "").upper() == bare.upper()
        and (
            token.text.replace(".", "")[1:].isupper()
            or bare in {"phd", "bsc", "msc"}
            or len(bare) > 4
        )
    )


def _after_post_nominals(tokens: list[_Token], last: int, stop: int) -> tuple[int, str | None]:
    legislator = None
    index = last
    while index < len(tokens) and _is_post_nominal(tokens[index], 1):
        if tokens[index].plain.replace(".", "") in words().legislators:
            legislator = tokens[index].text.strip(".")
        stop = tokens[index].end
        index += 1
    return stop, legislator


def _keeps_stop(token: str) -> bool:
    return bool(_INITIALS.match(token) or _SHORT.match(token))


def _role_text(text: str, role: list[_Token], plural: bool) -> str | None:
    if not role:
        return None
    if plural:
        singular = words().councillors.get(role[-1].plain)
        return singular or role[-1].text
    return " ".join(text[role[0].start : role[-1].end].split()).rstrip(".")


def _name_after_role(text: str, tokens: list[_Token], at: int, end: int) -> PersonName | None:
    """Read "Clerk J Connelly" and "Member of the Public Mr M Joyce"."""
    lists = words()
    if tokens[at].text[0].islower() and tokens[at].text != "the":
        return None
    for index in range(at + 1, len(tokens)):
        before = tokens[index - 1]
        honoured = tokens[index].plain in lists.honorifics
        if not (before.plain in lists.roles or (honoured and before.text[0].isupper())):
            continue
        if not any(token.plain in lists.roles for token in tokens[at:index]):
            continue
        found = _titled_name(text, tokens, index, end)
        if found and (honoured or found.size > 1):
            role = " ".join(text[tokens[at].start : before.end].split())
            role = role.removeprefix("the ").removeprefix("The ")
            return PersonName(
                found.start, found.end, found.rest, role, False, True, found.size, found.initialled
            )
    return None
