"""A person's name as minutes print it: what stands before it, the name itself, what follows."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from kcsp_nlp.minutes.people.boundaries import FULL_NAME, name_tokens
from kcsp_nlp.minutes.people.known import names_person
from kcsp_nlp.minutes.people.plausibility import SHORT_SURNAME, is_given
from kcsp_nlp.minutes.people.titles import read_titles
from kcsp_nlp.minutes.people.tokens import Token, repeats_initials, tokens_of
from kcsp_nlp.minutes.people.words import is_acronym, plain, words

# "Collins (B)" and "Rees (MJ)" but not "Ravi (DPT)".
_INITIAL_AFTER = re.compile(r"\s{1,40}\((?:[A-Z]\.? ?){1,2}\)")
# "and Mr Ash", "from Ann Lee": what leads to a name and is no part of it; not "Andy".
_LEADS = frozenset(
    ["with", "together", "and", "also", "plus", "both", "namely", "from", "by", "&", "via"]
)
# "of Councillor Ash", "the Rev Ash" name people; "of Fell" and "Y Fell" need not.
_LEADS_TO_TITLE = frozenset({"of", "for", "the", "y", "yr"})
# What may stand inside of a post: "Head of Policy and Research".
_LINKS = frozenset(["of", "and", "for", "the", "&", "to", "in", "at"])
# With "Lord" before them these are an office.
_LORDS = frozenset(["mayor", "provost", "lieutenant"])


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


def parse_surname(text: str, start: int, end: int) -> PersonName | None:
    """Read a single word as a surname, where a plural title before it says that it is one.

    Returns:
        As of `parse_name`; None for several words and for what no surname looks like.
    """
    tokens = list(tokens_of(text, start, end))
    if len(tokens) != 1 or not tokens[0].is_capital or not tokens[0].is_word:
        return None
    word = tokens[0]
    capitals = word.text.isupper() and len(word.text) > SHORT_SURNAME
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
    if found is None or not (found.initialled or is_given(tokens[at + 1]) or found.titled):
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
    if len(short) < FULL_NAME or not short.isupper() or len(following) < len(short):
        return False
    return all(
        token.text[0] == letter and not token.is_initials
        for token, letter in zip(following, short, strict=True)
    )


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
    name = name_tokens(tokens, titles.stop, titles)
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
            return replace(found, role=_run(text, tokens[first:index]), plural=False, titled=True)
    return _name_after_post(text, tokens[first:])


def _name_after_post(text: str, tokens: Sequence[Token]) -> PersonName | None:
    """Read "Head of Adult Social Care Tessa Moss", where no comma parts post and name."""
    lists = words()
    tokens = list(tokens)
    while tokens and tokens[-1].is_post_nominal:
        tokens.pop()
    for size in (2, 3):
        post, name = tokens[:-size], tokens[-size:]
        if len(post) < FULL_NAME or not any(token.plain in lists.roles for token in post):
            continue
        if not all(token.is_capital or token.plain in _LINKS for token in post):
            return None
        initialled = all(map(_is_initial, name[:-1])) and not _is_initial(name[-1])
        known = initialled or names_person(name[0].text, name[-1].text)
        if not known or post[-1].plain in _LINKS or not all(map(_may_name, name)):
            continue
        end = name[-1].end - name[-1].text.endswith(".")
        role = _run(text, post)
        return PersonName(name[0].start, end, end, role, None, False, True, size, initialled)
    return None


def _is_initial(token: Token) -> bool:
    """Whether a token is "P." or "P", but not the short form of a body."""
    return token.is_initials and len(token.text.rstrip(".")) == 1


def _may_name(token: Token) -> bool:
    lists = words()
    if _is_initial(token):
        return True
    if not token.is_capital or not token.is_word or token.plain in lists.surnames:
        return token.plain in lists.surnames
    other = lists.roles | lists.bodies | lists.functions
    return token.plain not in other and not is_acronym(token.text)
