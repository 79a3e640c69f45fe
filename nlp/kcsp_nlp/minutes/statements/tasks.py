"""Things to do in running text: "Clerk to write", "Mr Read offered to come back", "AM will ask"."""

from __future__ import annotations

import re
from dataclasses import dataclass

from kcsp_nlp.minutes.statements import owners, vocabulary

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
    r"\b(?:agreed|resolved|decided|requested|asked)\b[^.;]{0,60}[\s:–—-]that\s+(?:the\s+)?$"
    r"|^[\"“‘]*That\s+(?:the\s+)?$",
    re.IGNORECASE,
)
# Before a pronoun: "she said "; not "she heard".
_SAID = re.compile(r"\b(?:said|advised|stated|confirmed|noted)(?:\s+that)?\s+$", re.IGNORECASE)
_SHORT_LEAD = 40
_NEAR = 200
_REACH = 100
_QUOTES = '“‘"'


@dataclass(frozen=True, slots=True)
class Task:
    """Something somebody is to do.

    Attributes:
        start: Where it begins in the text that was searched.
        owners: Who is to do it, as printed; empty where only a pronoun says so.
    """

    start: int
    owners: tuple[str, ...]


# What a task hangs on: "to write", "will bring", "would also ask"; the verb is looked up.
_ANCHOR = re.compile(rf"\s(?P<aux>to|will|would|shall)\s+{_ADVERB}(?P<verb>[a-z-]+)")
# Ends right before such a "to": " agreed", " has kindly offered", " was asked by the Chair".
_AGREED = re.compile(
    rf"\s+(?:(?:has|have|had|who)\s+)?{_ADVERB}(?:agreed|offered|undertook|undertaken|promised"
    r"|volunteered|committed|(?:was|were)\s+(?:asked|requested|tasked|instructed|delegated))"
    r"(?:\s+by\s+the\s+\w+)?$"
)
# "The Clerk is" before "to follow up"; not "was".
_IS = re.compile(r"\s+(?:is|are)$")
# "RESOLVED that the Chair write", "agreed that Ken ask"; not "that it rained".
_SHALL = re.compile(r"\bthat\s+(?P<who>[^.,;:]{2,80}?)\s+(?P<verb>[a-z-]+?)s?\b(?=\s)")
# "RESOLVED", "That the"; not "the fact that".
_DECIDED = re.compile(r"\b(?:agreed|resolved|decided|requested)\b|^That\b", re.IGNORECASE)
# After a verb: " this up", " up"; not " this".
_UP = re.compile(r"\s+(?:\w+\s+)?up\b")
# "asked the Clerk to", "requested that the Parish Clerk confirms"; not "asked for".
_ASKED = re.compile(
    r"\b(?:asked|requested|instructed|tasked)\s+(?:that\s+)?(?P<who>(?:[Tt]he\s+)?[A-Z][\w'’.-]*"
    r"(?:\s+(?:of\s+|for\s+)?[A-Z][\w'’.-]*){0,5}|the\s+(?:\w+\s+){0,2}(?:clerk|chairman|chair"
    r"|secretary|treasurer|officer))\s+(?:to\s+)?(?P<verb>[a-z-]+)"
)
# "asked", "tasked"; not "task".
_REQUEST = re.compile(r"(?:ask|request|instruct|task)ed\b")
# "Members requested that the presentation be circulated": to do, by nobody named;
# not "Cllr May requested that".
_BODY_ASKED = re.compile(
    r"\b(?:members|committee|panel|board|partnership|councillors|council|group|meeting|chair|chairman"
    r"|governors|trustees)\s+(?![^.;]{0,40}\bsaid\b)(?:[^.;]{0,120}?\sand\s+)?(?:also\s+|then\s+)?"
    r"(?:asked|requested)\s+that\s[^.;]{3,120}?\s"
    r"be\s+(?:\w+ed|put|brought|made|sent|written|given|taken|shown)\b",
    re.IGNORECASE,
)


def find_task(text: str, start: int, end: int, known: frozenset[str]) -> Task | None:
    """Return the first thing that somebody is to do in the sentence `text[start:end]`.

    Args:
        text: The document's text.
        start: Where the sentence begins.
        end: Where it ends.
        known: Words of the names in the document's front matter.
    """
    if text[start] in _QUOTES:
        return None
    later: Task | None = None
    for hit in _ANCHOR.finditer(text, start, end):
        task = _read_anchor(text, start, hit, known)
        if task is not None and hit["aux"] == "to":
            return task
        later = later or task
    return later or _find_shall(text, start, end, known) or _find_asked(text, start, end, known)


def _find_asked(text: str, start: int, end: int, known: frozenset[str]) -> Task | None:
    if not _REQUEST.search(text, start, end):
        return None
    asked = _ASKED.search(text, start, end)
    if (
        asked is not None
        and asked["verb"] not in vocabulary.words("question_words")
        and owners.is_personal(asked["who"], known)
    ):
        return Task(_clause(text, start, asked.start()), owners.names(asked["who"]))
    if _BODY_ASKED.search(text, start, end):
        return Task(start, ())
    return None


def _read_anchor(text: str, start: int, hit: re.Match[str], known: frozenset[str]) -> Task | None:
    verb, at = hit["verb"], hit.start()
    is_task = verb in vocabulary.words("action_verbs") or (
        verb == "follow" and _UP.match(text, hit.end()) is not None
    )
    if hit["aux"] != "to":
        is_vague = verb in vocabulary.words("vague_verbs") and not _UP.match(text, hit.end())
        return _owned(text, start, at, known) if is_task and not is_vague else None
    low = max(start, at - _REACH)
    agreed = _AGREED.search(text[low:at])
    if agreed is not None:
        if verb in vocabulary.words("no_verbs"):
            return None
        return _owned(text, start, low + agreed.start(), known, anywhere=True)
    if not is_task:
        return None
    is_ = _IS.search(text[low:at])
    return _bare(text, start, low + is_.start() if is_ else at)


def _bare(text: str, start: int, at: int) -> Task | None:
    """Read "Clerk to write": anything that opens its clause may be the owner."""
    found = owners.before(text, start, at)
    if found is None or owners.is_pronoun(found[1]) or found[1].islower():
        return None
    begin, who = found
    if not _CLAUSE.search(text[max(start, begin - _REACH) : begin]):
        return None
    return Task(_clause(text, start, begin), owners.names(who))


def _owned(
    text: str, start: int, at: int, known: frozenset[str], *, anywhere: bool = False
) -> Task | None:
    """Read "Mr Read offered to" and "the Chair would": the owner is a person or an office."""
    found = owners.before(text, start, at)
    if found is None:
        return _shared_subject(text, start, at, known)
    begin, who = found
    if not owners.is_personal(who, known):
        return None
    lead = text[max(start, begin - _REACH) : begin]
    if _THAT.search(lead):
        return Task(begin, () if owners.is_pronoun(who) else owners.names(who))
    if anywhere or _CLAUSE.search(lead):
        return Task(
            _clause(text, start, begin), () if owners.is_pronoun(who) else owners.names(who)
        )
    if owners.is_pronoun(who) and _SAID.search(lead):
        return Task(_clause(text, start, begin), ())
    return None


def _find_shall(text: str, start: int, end: int, known: frozenset[str]) -> Task | None:
    """Read "RESOLVED that the Chair write"."""
    if not _DECIDED.search(text[start:end]):
        return None
    for hit in _SHALL.finditer(text, start, end):
        if hit["verb"] in vocabulary.words("action_verbs") and owners.is_personal(
            hit["who"], known
        ):
            return Task(hit.start("who"), owners.names(hit["who"]))
    return None


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
