"""Who is to do something: names, initials and offices before a verb or after a label."""

from __future__ import annotations

import re
from calendar import month_name
from functools import cache

from kcsp_nlp.minutes.statements import vocabulary

# The same before anything is split; "&amp;" is what converters leave.
_JOIN = r"(?:\s*(?:&amp;|[/&+,])\s*(?:(?:and|with)\s+)?|\s+(?:and|with)\s+)"
_JOINT = re.compile(_JOIN)
# Between two owners: "/", ", ", " and "; not "of".
_SPLIT = re.compile(
    r"\s*&amp;\s*|\s*[/&+;]\s*|\s*,\s*(?:and\s+|with\s+)?|\s+(?:and|with)\s+|\s+\\?\+\s+"
)
# "SPD"; not "Spd".
_INITIALS = re.compile(r"[A-Z]{2,4}$")
# "she"; not "her".
_PRONOUN = re.compile(r"(?:he|she|they)$", re.IGNORECASE)
_REACH = 100
# "the Clerk"; not "then".
_ARTICLE = re.compile(r"^(?:the|our)\s+", re.IGNORECASE)
# Behind a name: " (Mill Lane)", " (RH)".
_BRACKETS = re.compile(r"\s*\([^()]{1,40}\)")
# "Gemma Lutterodt", "Mary-Jane O’Neill"; not "tenancy manager".
_RUN = re.compile(r"[A-ZÀ-Þ][\w'’]*(?:[ -][A-ZÀ-Þ][\w'’-]*){0,4}")
# Initials given with a name: "Gemma Lutterodt GL", "(GL)"; not "in KCC offices".
_PRINTED = re.compile(r"(?<=[a-z] )[A-Z]{2,4}\b(?=[,;\n]|$)|(?<=\()[A-Z]{2,4}(?=\))")
_MARKS = ("", ",", ".", ";", ")")  # what may stand behind a word
_CALENDAR = frozenset(month_name[1:])


@cache
def _one() -> str:
    """Return the pattern of one owner: "Mr Pym", "the Town Clerk", "DL", "all"."""
    name = r"[A-ZÀ-Þ][\w'’.-]*"
    more = rf"(?:\s+(?:(?:of|for|the)\s+){{0,2}}(?:{name}|\([\w ]{{1,12}}\))){{0,6}}"
    kind = r"(?:(?:parish|town|deputy|assistant|minute|locum|vice|lead)\s+){0,2}"
    office = f"{kind}{vocabulary.either('offices')}s?"
    return rf"(?:(?:[Tt]he|[Oo]ur)\s+)?(?:{name}{more}|{office}|all(?:\s+[a-z]+)?)"


@cache
def _several() -> str:
    return rf"{_one()}(?:{_JOIN}{_one()}){{0,5}}"


@cache
def _several_only() -> re.Pattern[str]:
    return re.compile(_several())


@cache
def _before() -> re.Pattern[str]:
    """Return what stands right before a verb: "the Clerk", "Cllr Wood and Cllr Green", "she"."""
    return re.compile(
        rf"(?<![\w'’.-])(?P<who>{_several()}|[Hh]e|[Ss]he|[Tt]hey)\s*(?:,[^,]{{2,40}},|\([^()]{{2,40}}\))?$"
    )


@cache
def _first() -> re.Pattern[str]:
    """Return what opens a sentence whose verb follows: "The Chair thanked"."""
    return re.compile(rf"(?P<who>{_several()}|He|She)\s+[a-z]")


@cache
def _subject() -> re.Pattern[str]:
    """Return the subject and verb that may follow "that": "the Chair write", "Ada and Bo ask"."""
    return re.compile(rf"(?P<who>{_several()})\s+(?P<verb>[a-z-]+)(?=\s|\.?$)")


@cache
def _alone() -> re.Pattern[str]:
    """Return what is owners and nothing else: "Mr Pym/ Ms Yıldız", "the Clerk by 20 May"."""
    return re.compile(
        rf"(?P<who>{_one()}(?:(?:{_JOIN}|\s*;\s*){_one()}){{0,7}})"
        r"(?:,?\s+(?:jointly|both|to\s+action)|,\s+(?:all|with|cleared)\b[^.]{0,40}"
        r"|\s+\([^()]{1,30}\)?)?"
        r"(?:,?\s+(?:by|before|asap|ASAP)\b[^.;]{0,30})?[\s.)\]*]*$"
    )


@cache
def _title() -> re.Pattern[str]:
    return re.compile(rf"(?:the\s+)?{vocabulary.either('titles')}\b\.?\s+[A-Z]")


@cache
def _office_last() -> re.Pattern[str]:
    return re.compile(rf"\b{vocabulary.either('offices')}s?(?:$|\s+(?:of|for)\s)", re.IGNORECASE)


@cache
def _organisation() -> re.Pattern[str]:
    return re.compile(rf"\b{vocabulary.either('organisations')}\b")


@cache
def _nobody() -> re.Pattern[str]:
    return re.compile(rf"\b{vocabulary.either('not_owners')}\b")


def before(text: str, start: int, at: int) -> tuple[int, str] | None:
    """Return where the owners that end at `at` begin, and their text; None for none."""
    low = max(start, at - _REACH)
    found = _before().search(text[low:at])
    if found is None:
        return None
    begin, who = low + found.start("who"), found["who"]
    if _nobody().search(who):  # "on 26 April and the Clerk": the last one may do
        joins = list(_JOINT.finditer(who))
        if not joins or _nobody().search(who, joins[-1].end()):
            return None
        begin, who = begin + joins[-1].end(), who[joins[-1].end() :]
    return begin, who


def first(text: str, start: int, end: int) -> str | None:
    """Return who opens the sentence as its subject; None where nobody does."""
    found = _first().match(text, start, min(end, start + _REACH))
    return None if found is None or _nobody().search(found["who"]) else found["who"]


def subject(text: str, at: int, end: int) -> tuple[str, str] | None:
    """Return the owners that stand at `at` and the word behind them; None where none do."""
    found = _subject().match(text, at, end)
    if found is None or _nobody().search(found["who"]):
        return None
    return found["who"], found["verb"]


def after(text: str, at: int, end: int) -> str | None:
    """Return the owners that stand at `at`; None where none do."""
    found = _several_only().match(text, at, min(end, at + _REACH))
    return None if found is None or _nobody().search(found[0]) else found[0].rstrip(".")


def persons_of(begin: int, who: str, known: frozenset[str]) -> tuple[int, str]:
    """Return the owners without what stands before them in a list: "Civic Centre, Ada" is Ada."""
    joins = list(_JOINT.finditer(who))
    if joins and not is_personal(who, known) and is_personal(who[joins[-1].end() :], known):
        return begin + joins[-1].end(), who[joins[-1].end() :]
    return begin, who


def alone(text: str) -> tuple[str, ...]:
    """Return the owners where `text` names owners and nothing else; empty otherwise."""
    found = _alone().match(text) if len(text) <= 2 * _REACH else None
    return () if found is None or _nobody().search(found["who"]) else names(found["who"])


def names(text: str) -> tuple[str, ...]:
    """Cut a list of owners into its names, as printed, without articles."""
    pieces = _SPLIT.split(_BRACKETS.sub("", text))
    cut = (_ARTICLE.sub("", " ".join(piece.split())) for piece in pieces)
    return tuple(dict.fromkeys(name.rstrip(".") for name in cut if name.strip(". ")))


def may_be(initials: tuple[str, ...], named: tuple[str, ...]) -> bool:
    """Say whether initials may stand for the people or offices that a statement names."""
    if not all(_INITIALS.match(each) for each in initials):
        return False
    lasts = {each[-1] for each in initials}
    words = [name.split()[-1] for name in named if name]
    return any(
        word in initials
        or (not _INITIALS.match(word) and (word[0] in lasts or _office_last().search(word)))
        for word in words
    )


def is_pronoun(text: str) -> bool:
    """Say whether the owner is "he", "she" or "they"."""
    return _PRONOUN.match(text) is not None


def is_personal(text: str, known: frozenset[str]) -> bool:
    """Say whether the owner reads like a person or office and not like a body.

    Args:
        text: The owners as printed.
        known: What `known_names` found in the document's front matter.
    """
    first = _BRACKETS.sub("", _ARTICLE.sub("", text))
    if is_pronoun(text) or _title().match(first) or _office_last().search(first):
        return True
    words = [word.rstrip(".,") for word in re.split(r"[\s/&,+]+|\band\b", first)]
    words = [word for word in words if word[:1].isupper()]
    if words and all(_INITIALS.match(word) for word in words):
        return all(len(word) == 2 or word in known for word in words)  # noqa: PLR2004
    if not words or _organisation().search(first):
        return False
    return all(word in known or len(word) == 1 for word in words) and len(words[-1]) > 1


def known_names(front: str, text: str) -> frozenset[str]:
    """Return words that are names in a document's front matter, and the initials they make.

    Args:
        front: The text before the first item, with the attendance list.
        text: The whole document's text; what it also writes in lower case is no name.
    """
    found: set[str] = set(_PRINTED.findall(front))
    candidates: set[str] = set()
    for run in _RUN.findall(front):
        words = [word for word in re.split(r"[\s-]+", run) if word[:1].isupper()]
        initials = "".join(word[0] for word in words)
        for length in range(2, min(len(words), 4) + 1):  # most runs are one word
            found.update(initials[at : at + length] for at in range(len(words) - length + 1))
        candidates.update(words, run.split())
    common = set(text.split())
    for word in candidates:
        if word.isupper() or not common.isdisjoint(map(word.lower().__add__, _MARKS)):
            continue
        if not _organisation().search(word):
            found.add(word)
    return frozenset(found - _CALENDAR)
