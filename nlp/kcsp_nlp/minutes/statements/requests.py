"""Requests in running text: "asked the Clerk to write", "Members asked that it be sent"."""

from __future__ import annotations

import re

from kcsp_nlp.minutes.statements import owners, vocabulary

# "asked the Clerk to", "requested that the Parish Clerk confirms"; not "asked for", "had asked",
# "asked the Councillors present".
_ASKED = re.compile(
    r"(?<!had )(?<!has )\b(?:asked|requested|instructed|tasked|(?:remit|delegat)(?:ted|ed)\s+to"
    r"|(?P<plan>[Tt]o\s+(?:ask|instruct)))\s+(?:that\s+)?"
    r"(?P<who>(?:[Tt]he\s+)?[A-Z][\w'’.-]*"
    r"(?:\s+(?:of\s+|for\s+|and\s+|&\s+)?[A-Z][\w'’.-]*){0,5}|the\s+(?:\w+\s+){0,2}(?:clerk|chairman|chair"
    r"|secretary|treasurer|officer))\s+(?(plan)to\s+|(?:(?P<to>to)\s+|(?!present\b)))(?P<verb>[a-z-]+)"
)
_REQUESTS = ("ask", "request", "instruct", "remit", "delegat")
# "Members requested that the presentation be circulated": to do, by nobody named;
# not "Cllr May requested that".
_BODY_ASKED = re.compile(
    r"\b(?:members|committee|panel|board|partnership|councillors|council|group|meeting|chair|chairman"
    r"|governors|trustees)\s+(?![^.;]{0,40}\bsaid\b)(?:[^.;]{0,120}?\sand\s+)?(?:also\s+|then\s+)?"
    r"(?:asked|requested)\s+that\s[^.;]{2,120}?\s"
    r"be\s+(?:\w+ed|put|brought|made|sent|written|given|taken|shown)\b",
    re.IGNORECASE,
)


def find_request(
    text: str, start: int, end: int, known: frozenset[str]
) -> tuple[int, tuple[str, ...]] | None:
    """Find what somebody is asked to do in the sentence `text[start:end]`.

    Args:
        text: The document's text.
        start: Where the sentence begins.
        end: Where it ends.
        known: Words of the names in the document's front matter.

    Returns:
        Where the asking begins, and who is asked; nobody where a body asks for something to be
        done. None for no request.
    """
    held = text[start:end]
    if not any(word in held for word in _REQUESTS):
        return None
    asked = _ASKED.search(text, start, end)
    if asked is not None and _is_task(asked) and owners.is_personal(asked["who"], known):
        return asked.start(), owners.names(asked["who"])
    return (start, ()) if _BODY_ASKED.search(text, start, end) else None


def _is_task(asked: re.Match[str]) -> bool:
    """Say whether a deed follows: behind "to" any verb that is neither vague nor none at all."""
    verb = asked["verb"]
    if vocabulary.is_deed(verb):
        return True
    if not (asked["to"] or asked["plan"]):
        return False
    return verb not in vocabulary.words("no_verbs") | vocabulary.words("vague_verbs")
