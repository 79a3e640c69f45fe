"""A person's name as minutes print it: what stands before it, the name itself, what follows."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from kcsp_nlp.minutes.people.titles import Titles, read_titles
from kcsp_nlp.minutes.people.tokens import Token, repeats_initials, tokens_of
from kcsp_nlp.minutes.people.words import is_acronym, plain, words

# "O’Dowd", "St.", "J.J.", "ul-Haq" but not "3VA" or "a/b".
_WORD = re.compile(r"[^\W\d_][^\W\d_'’‘`.\-]*(?:['’‘`.\-][^\W\d_'’‘`.\-]*)*\Z")
# "Collins (B)" and "Rees (MJ)" but not "Ravi (DPT)".
_INITIAL_AFTER = re.compile(r"\s{1,40}\((?:[A-Z]\.? ?){1,2}\)")
_LEADS = frozenset(
    ["with", "together", "and", "also", "plus", "both", "namely", "from", "by", "&", "via"]
)
# "d'Arcy", "ul-Haq" but not "vice-chair".
_LOWER_FIRST = re.compile(r"[a-z]{1,4}[-'’][A-Z]")
# "of Councillor Ash", "the Rev Ash" name people; "of Fell" and "Y Fell" need not.
_LEADS_TO_TITLE = frozenset({"of", "for", "the", "y", "yr"})
# "MBC", "CC" end a council's name in capitals; "MAC" ends a person's.
_COUNCIL = re.compile(r"(?:M?B|C|D|T|P)C\Z|CSP\Z|NHS\Z")
# Given names that are roles as well.
_GIVEN = frozenset({"dean", "page"})
# Words of headings in capitals, which no name holds: "VOTES OF THANKS".
_LINKS = frozenset(["of", "the", "for", "to", "from", "in", "on", "at"])
# "Eleven members of the public" opens with no name; "Tennant" does.
_COUNT = re.compile(r"(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|some)\Z")
# With "Lord" before them these are an office.
_LORDS = frozenset(["mayor", "provost", "lieutenant"])
_MAX_NAME = 6
_FULL_NAME = 2
_SHORT_SURNAME = 3
_SURNAME = 5


@dataclass(frozen=True)
class PersonName:
    """A name found at the beginning of a piece of text.

    Attributes:
        start: Where the name begins, honorific and rank left out.
        end: Where it ends, post-nominals left out.
        rest: Where what follows the name begins, post-nominals passed over.
        role: Title before the name that is a role ("Cllr", "DCI", "Clerk"), as printed;
            the singular for a plural; None where there is none.
        seat: Letters after the name that are a role ("MSP"); None where there are none.
        plural: Whether the title is a plural, so that further names stand under it.
        titled: Whether an honorific, a rank or a member's title stands before the name.
        size: Words and initials of the name.
        initialled: Whether the name begins with an initial.
        body: Short form of a body before the title ("PSNI Supt Orr"); None for none.
    """

    start: int
    end: int
    rest: int
    role: str | None
    seat: str | None
    plural: bool
    titled: bool
    size: int
    initialled: bool
    body: str | None = None

    @property
    def is_member(self) -> bool:
        """Whether `role` is the title of a council's member."""
        if self.role is None:
            return False
        last = re.split(r"[\s/]", self.role)[-1]  # "Cyng./Cllr"
        return plain(last) in words().councillors


@lru_cache(maxsize=512)  # the readers of one entry ask for the same names
def parse_name(text: str, start: int, end: int) -> PersonName | None:
    """Read a person's name at the beginning of `text[start:end]`.

    Returns:
        The name with offsets into `text`; None where no name begins there.
    """
    tokens = list(tokens_of(text, start, end))
    at = 0
    while at < len(tokens) and tokens[at].plain in _LEADS:
        at += 1
    if at < len(tokens) and tokens[at].plain in _LEADS_TO_TITLE:
        found = _name_at(text, tokens, at + 1, end)
        return found if found and found.titled else _name_at(text, tokens, at, end)
    return _name_at(text, tokens, at, end)


def _name_at(text: str, tokens: Sequence[Token], at: int, end: int) -> PersonName | None:
    if at >= len(tokens):
        return None
    if _initials_before(tokens, at):
        at += 1
    if any(token.plain == "mayor" for token in tokens[at + 1 : at + 3]):
        after = _name_after_role(text, tokens, at, end)  # "Deputy Lord Mayor Ann Dale"
        if after:
            return after
    found = _plural_role(text, tokens, at, end) or _ranked_name(text, tokens, at, end)
    found = found or _titled_name(text, tokens, at, end)
    return found or _name_after_role(text, tokens, at, end)


def _plural_role(text: str, tokens: Sequence[Token], at: int, end: int) -> PersonName | None:
    """Read "Commissioners A Dale", of whom more follow."""
    lists = words()
    title = tokens[at]
    if title.plain[-1:] != "s" or title.plain[:-1] not in lists.roles or not title.is_capital:
        return None
    found = None if title.plain in lists.councillors else _titled_name(text, tokens, at + 1, end)
    if found is None or not (found.initialled or _is_given(tokens[at + 1]) or found.titled):
        after = tokens[at + 2 : at + 4]
        joined = len(after) > 1 and after[0].plain in ("and", "&") and after[1].is_capital
        alone = not after and title.plain not in lists.not_names
        if found is None or found.size > 1 or not (joined or alone):
            return None
    role = None if title.plain in lists.not_names else title.text[:-1]
    return replace(found, role=role or found.role, plural=True, titled=True)


def _initials_before(tokens: Sequence[Token], at: int) -> bool:
    """Whether a person's initials stand before the name: "BM Bob Marsh"."""
    short = tokens[at].text
    following = tokens[at + 1 : at + 1 + len(short)]
    if len(short) < _FULL_NAME or not short.isupper() or len(following) < len(short):
        return False
    return all(
        token.text[0] == letter and not token.is_initials
        for token, letter in zip(following, short, strict=True)
    )


def parse_surname(text: str, start: int, end: int) -> PersonName | None:
    """Read a single word as a surname, where a plural title before it says that it is one.

    Returns:
        As of `parse_name`; None for several words and for what no surname looks like.
    """
    tokens = list(tokens_of(text, start, end))
    if len(tokens) != 1 or not tokens[0].is_capital or not _WORD.match(tokens[0].text):
        return None
    word = tokens[0]
    capitals = word.text.isupper() and len(word.text) > _SHORT_SURNAME
    if not capitals and word.plain not in words().surnames:
        return None
    return PersonName(word.start, word.end, word.end, None, None, False, True, 1, False)


def is_given_name(word: str) -> bool:
    """Tell whether a word is a common given name."""
    return plain(word) in words().given_names


def is_post_nominals(text: str) -> bool:
    """Tell whether a piece of text is nothing but letters after a name: "OBE", "T.D."."""
    tokens = list(tokens_of(text, 0, len(text)))
    return bool(tokens) and all(token.is_post_nominal for token in tokens)


def _ranked_name(text: str, tokens: Sequence[Token], at: int, end: int) -> PersonName | None:
    """Read "PSNI Supt M Orr": a body's short form, a rank, a name."""
    if not is_acronym(tokens[at].text) or read_titles(tokens, at).stop > at:
        return None
    if not read_titles(tokens, at + 1).ranked:
        return None
    found = _titled_name(text, tokens, at + 1, end)
    return replace(found, body=tokens[at].text) if found else None


def _titled_name(text: str, tokens: Sequence[Token], at: int, end: int) -> PersonName | None:
    titles = read_titles(tokens, at)
    name = _name_tokens(tokens, titles.stop, titles)
    if not name:
        return None
    stop = name[-1].end
    if text[stop - 1] == "." and not name[-1].is_initials:
        stop -= 1
    while text[stop - 1] in "'’‘`-":
        stop -= 1
    rest, seat = _past_letters(tokens, titles.stop + len(name), stop)
    if repeats_initials(tokens[titles.stop : titles.stop + len(name) + 1]):
        rest = tokens[titles.stop + len(name)].end
    bracket = _INITIAL_AFTER.match(text, stop, end)
    if len(name) == 1 and rest == stop and bracket and bracket[0].strip()[1] != name[0].text[0]:
        stop = rest = bracket.end()
    return PersonName(
        start=name[0].start,
        end=stop,
        rest=rest,
        role=titles.plural or _run(text, titles.role) or None,
        seat=seat,
        plural=titles.plural is not None,
        titled=titles.ranked or titles.honoured,
        size=len(name),
        initialled=name[0].is_initials and len(name) > 1,
    )


def _run(text: str, tokens: Sequence[Token]) -> str | None:
    if not tokens:
        return None
    return " ".join(text[tokens[0].start : tokens[-1].end].split()).rstrip(".")


def _name_tokens(tokens: Sequence[Token], at: int, titles: Titles) -> Sequence[Token]:
    """Return the tokens of the name that begins at `at`; none where none does."""
    lists = words()
    stop = at
    while stop < len(tokens) and stop - at < _MAX_NAME and _goes_on(tokens, at, stop):
        if _is_possessive(tokens[stop]):
            if stop - at < _FULL_NAME:
                return ()
            break  # "Mel Oke Pete's Dragons"
        stop += 1
        if _ends_sentence(tokens[stop - 1], first=stop - 1 == at):
            break
    while (
        stop > at and not tokens[stop - 1].is_capital and tokens[stop - 1].plain in lists.particles
    ):
        stop -= 1
    while stop - at > _FULL_NAME and tokens[stop - 1].plain in lists.functions:
        stop -= 1  # "Rob Nixon Environmental Health"
    name = tokens[at:stop]
    full = _full_name(name)
    if len(full) < len(name) and (titles.honoured or titles.ranked or _is_given(name[0])):
        after = tokens[stop].plain if stop < len(tokens) else ""
        heads = name[-1].plain in lists.roles and after in ("of", "for")  # "Head of"
        if heads or any(map(_is_no_name, name[len(full) :])):
            name = full
    return name if _is_name(name, titles) else ()


def _full_name(name: Sequence[Token]) -> Sequence[Token]:
    """Return a given name or initials and one surname, the shortest name in full."""
    stop = 1
    while stop < len(name) and (name[stop].is_initials or not name[stop].is_capital):
        stop += 1
    return name[: stop + 1]


def _is_given(token: Token) -> bool:
    initials = token.is_initials and (len(token.text) == 1 or "." in token.text)
    return initials or token.plain in words().given_names


def _is_no_name(token: Token) -> bool:
    """Whether a word behind a full name says that a role or a body begins."""
    lists = words()
    if token.plain in lists.surnames:
        return False
    known = token.plain in lists.roles or token.plain in lists.bodies
    acronym = is_acronym(token.text.rstrip(".")) and len(token.text) < _SURNAME
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
    if not _WORD.match(token.text) or repeats_initials(tokens[at : index + 1]):
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


def _is_name(name: Sequence[Token], titles: Titles) -> bool:
    if not any(token.is_capital and not token.is_initials for token in name):
        lower = any("-" in token.text and not token.is_capital for token in name)
        return lower or _is_short_surname(name)
    titled = titles.ranked or titles.honoured
    first = name[0].plain
    odd = first in words().not_names or _COUNT.match(first)
    if odd and not (titled or name[0].is_initials):
        return False
    if not titled and any(token.plain in _LINKS for token in name):
        return False  # "VOTES OF THANKS"
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


def _is_short_surname(name: Sequence[Token]) -> bool:
    """Whether one of a name's words only looks like initials: "J MAY", "ASH P"."""
    if len(name) <= 1:
        return False
    long = [token for token in name if len(token.text.rstrip(".")) > 1]
    if len(long) != 1 or long[0] not in (name[0], name[-1]):
        return False
    return len(long[0].text) == _SHORT_SURNAME and long[0].text.isalpha()


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
        given = _is_given(name[0])  # "Jack Constable", not "Footpath Warden"
        return given and name[-1].plain in lists.surnames
    placed = list(known) == [name[-1]] or (list(known) == [name[0]] and (titled or first in _GIVEN))
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
        return len(name[-1].text) >= (_SHORT_SURNAME if _is_given(name[0]) else _SURNAME)
    return name[-1] not in acronyms and all(token.is_initials for token in acronyms)


def _past_letters(tokens: Sequence[Token], index: int, stop: int) -> tuple[int, str | None]:
    """Return where post-nominals end, and the one among them that is a seat."""
    seat = None
    while index < len(tokens) and tokens[index].is_post_nominal:
        if tokens[index].plain.replace(".", "") in words().legislators:
            seat = tokens[index].text.strip(".")
        stop = tokens[index].end
        index += 1
    return stop, seat


def _name_after_role(text: str, tokens: Sequence[Token], at: int, end: int) -> PersonName | None:
    """Read "Clerk J Dow" and "Member of the Public Mr M Eade"."""
    lists = words()
    if not tokens[at].is_capital and tokens[at].text != "the":
        return None
    first = at + (tokens[at].plain == "the")
    for index in range(first + 1, len(tokens)):
        before = tokens[index - 1]
        honoured = tokens[index].plain in lists.honorifics
        if tokens[index].plain == "lord" and any(t.plain in _LORDS for t in tokens[index + 1 :]):
            continue
        if before.plain not in lists.roles and not (honoured and before.is_capital):
            continue
        if not any(token.plain in lists.roles for token in tokens[first:index]):
            continue
        found = _titled_name(text, tokens, index, end)
        if found and (honoured or found.size > 1):
            return PersonName(
                start=found.start,
                end=found.end,
                rest=found.rest,
                role=_run(text, tokens[first:index]),
                seat=found.seat,
                plural=False,
                titled=True,
                size=found.size,
                initialled=found.initialled,
            )
    return None
