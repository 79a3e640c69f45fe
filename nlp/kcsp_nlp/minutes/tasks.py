"""Things to do in running text: "Clerk to write", "Mr Read offered to come back", "AM will ask"."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from functools import cache
from importlib import resources

from kcsp_nlp.minutes import owners

_ADVERB = (
    r"(?:(?:also|then|now|hopefully|therefore|again|kindly|please|both|further|formally)\s+){0,2}"
)
# What may stand before the owners: a sentence's beginning, a comma, "and", "A4/13 ".
_CLAUSE = re.compile(
    r"(?:^|[;:,.(–—>→-]\s*|\b(?:and|but|so|therefore|then)\s+|\b[A-Z]{0,4}\d[\w/.]*\s+)[\"'“‘(\s]*$",
    re.IGNORECASE,
)
# "agreed that", "RESOLVED: That the": owners follow, then what they are to do.
_THAT = re.compile(
    r"\b(?:agreed|resolved|decided|requested|asked)\b[^.;]{0,60}[\s:–—-]that\s+(?:the\s+)?$|^[\"“‘]*That\s+(?:the\s+)?$",
    re.IGNORECASE,
)
_SAID = re.compile(r"\b(?:said|advised|stated|confirmed|noted)(?:\s+that)?\s+$", re.IGNORECASE)
_SHORT_LEAD = 40
_NEAR = 200


@dataclass(frozen=True, slots=True)
class Task:
    """Something somebody is to do.

    Attributes:
        start: Where it begins in the text that was searched.
        owners: Who is to do it, as printed; empty where only a pronoun says so.
    """

    start: int
    owners: tuple[str, ...]


# After "would" these tell what happens and not what is to be done: "it would give", "he would pay".
_VAGUE = "have|do|give|keep|cut|pay|stop|set|make|leave|lead|work|cost|show|open|close|join|run"


@cache
def _verbs() -> str:
    file = resources.files("kcsp_nlp") / "data" / "action_verbs.json"
    verbs = sorted(json.loads(file.read_text(encoding="utf-8")), key=len, reverse=True)
    return "|".join(verb.replace(" ", r"\s+") for verb in verbs)


@cache
def _bare() -> re.Pattern[str]:
    """Return what follows owners in "Clerk to write"."""
    return re.compile(rf"\s+(?:is\s+|are\s+)?to\s+{_ADVERB}(?:{_verbs()})\b")


@cache
def _will() -> re.Pattern[str]:
    """Return what follows owners in "the Chair will write"."""
    return re.compile(
        rf"\s+(?:will|would|shall|'ll|’ll)\s+{_ADVERB}(?!(?:{_VAGUE})\b)(?:{_verbs()})\b"
    )


@cache
def _shall() -> re.Pattern[str]:
    """Return what follows "that" and owners in "RESOLVED that the Chair write"."""
    return re.compile(rf"\s+(?:{_verbs()})s?\b")


# "Mr Read agreed to report", "the Clerk was asked to", "PW has kindly offered to set up"
_AGREED = re.compile(
    rf"\s+(?:(?:has|have|had|who)\s+)?{_ADVERB}(?:agreed|offered|undertook|undertaken|promised"
    rf"|volunteered|committed|(?:was|were)\s+(?:asked|requested|tasked|instructed|delegated))"
    rf"\s+(?:by\s+the\s+\w+\s+)?to\s+{_ADVERB}(?!(?:the|an?|this|these|that|it|his|her|be|leave)\b)[a-z]+"
)
# "asked the Clerk to", "requested that the Parish Clerk confirms".
_ASKED = re.compile(
    r"\b(?:asked|requested|instructed|tasked)\s+(?:that\s+)?(?P<who>(?:[Tt]he\s+)?[A-Z][\w'’.-]*"
    r"(?:\s+(?:of\s+|for\s+)?[A-Z][\w'’.-]*){0,5}|the\s+(?:\w+\s+){0,2}(?:clerk|chairman|chair"
    r"|secretary|treasurer|officer))\s+(?:to\s+)?(?P<verb>[a-z-]+)"
)
# "Members requested that the presentation be circulated": to do, by nobody named.
_BODY_ASKED = re.compile(
    r"\b(?:members|committee|panel|board|partnership|councillors|council|group|meeting|chair|chairman"
    r"|governors|trustees)\s+(?:[^.;]{0,120}?\sand\s+)?(?:also\s+|then\s+)?(?:asked|requested)\s+that\s[^.;]{3,120}?\s"
    r"be\s+(?:\w+ed|put|brought|made|sent|written|given|taken|shown)\b",
    re.IGNORECASE,
)
_NOT_A_VERB = frozenset(
    "if whether what why how about for when where who be on was and which that present".split()
)


def find_task(text: str, start: int, end: int, known: frozenset[str]) -> Task | None:
    """Return the first thing that somebody is to do in the sentence `text[start:end]`.

    Args:
        text: The document's text.
        start: Where the sentence begins.
        end: Where it ends.
        known: Words of the names in the document's front matter.
    """
    for anchor, is_bare in ((_AGREED, False), (_bare(), True), (_will(), False), (_shall(), False)):
        for hit in anchor.finditer(text, start, end):
            task = _task(
                text, start, hit.start(), known, is_bare=is_bare, needs_that=anchor is _shall()
            )
            if task is not None:
                return task
    asked = _ASKED.search(text, start, end)
    if (
        asked is not None
        and asked["verb"] not in _NOT_A_VERB
        and owners.is_personal(asked["who"], known)
    ):
        return Task(_clause(text, start, asked.start()), owners.names(asked["who"]))
    if _BODY_ASKED.search(text, start, end):
        return Task(start, ())
    return None


def _task(
    text: str, start: int, at: int, known: frozenset[str], *, is_bare: bool, needs_that: bool
) -> Task | None:
    found = owners.before(text, start, at)
    if found is None:
        return None if is_bare or needs_that else _shared_subject(text, start, at, known)
    begin, who = found
    lead = text[max(start, begin - 100) : begin]
    follows_that = _THAT.search(lead) is not None
    if needs_that and not follows_that:
        return None
    if not (
        follows_that or _CLAUSE.search(lead) or (owners.is_pronoun(who) and _SAID.search(lead))
    ):
        return None
    if is_bare and (owners.is_pronoun(who) or who.islower()):
        return None
    if not is_bare and not owners.is_personal(who, known):
        return None
    if follows_that:
        return Task(begin, owners.names(who))
    return Task(_clause(text, start, begin), () if owners.is_pronoun(who) else owners.names(who))


def _shared_subject(text: str, start: int, at: int, known: frozenset[str]) -> Task | None:
    """Read "The Chair thanked him and would write": the sentence's subject is the owner."""
    if at - start > _NEAR or not text[start:at].endswith(" and"):
        return None
    who = owners.first(text, start, at)
    if who is None or not owners.is_personal(who, known):
        return None
    return Task(start, () if owners.is_pronoun(who) else owners.names(who))


def _clause(text: str, start: int, at: int) -> int:
    return start if at - start <= _SHORT_LEAD else at
