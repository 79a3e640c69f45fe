"""Owners in brackets behind a statement: "[CBW]", "(Lee Tran)", "[KW to take it]"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from kcsp_nlp.minutes.statements import owners
from kcsp_nlp.minutes.statements.sentences import sentences

_REACH = 200
# Closes a statement: "[CBW]", "(Lee Tran)."; not "(Item 4) was".
_LAST = re.compile(r"[\[(][ ]*(?P<held>[^\[\]()]{2,160}?)[ ]*[\])][\s.]*$")
# The same before a statement: "[KN to do] The chairs".
_FIRST = re.compile(r"\[[^\[\]()]{2,160}\](?=\s+[A-Z])")
# "Cy to row"; not "to row".
_TO_DO = re.compile(r"(?P<who>[^.;:–—]{2,70}?)\s+to\s+[a-z]")
# In brackets that say where something is from: "Report of the Clerk", "Paper 4".
_SOURCE = re.compile(
    r"\W*(?:(?:verbal|oral|joint)\s+)?(?:reports?|papers?|updates?|items?|minutes?|pages?|appendix|see|by)\b",
    re.IGNORECASE,
)
# "CBW"; not "Appendix".
_INITIALS = re.compile(r"[A-Z]{2,4}")


@dataclass(frozen=True, slots=True)
class Bracket:
    """Owners in brackets at the end of a statement.

    Attributes:
        begin: Where the bracket opens, in the text that was searched.
        start: First code point in the bracket.
        end: One past the last code point in it.
        owners: Who is to act, as printed.
        has_task: Whether the bracket says what they are to do.
    """

    begin: int
    start: int
    end: int
    owners: tuple[str, ...]
    has_task: bool


def read_last(
    text: str, start: int, end: int, known: frozenset[str], *, is_labelled: bool = False
) -> Bracket | None:
    """Read the brackets at the end of `text[start:end]`.

    Args:
        text: The document's text.
        start: Where the statement begins.
        end: Where it ends.
        known: Words of the names in the document's front matter.
        is_labelled: Whether a label says that the statement is to be done: any initials are
            owners then, as they are in square brackets.

    Returns:
        None where no person or office stands there.
    """
    if text[start:end].rstrip(" \t\n.")[-1:] not in (")", "]"):  # as most
        return None
    found = _LAST.search(text, max(start, end - _REACH), end)
    if found is None or _SOURCE.match(found["held"]):
        return None
    to_do = _TO_DO.match(found["held"])
    who = owners.alone(to_do["who"] if to_do else found["held"])
    may_be_initials = is_labelled or text[found.start()] == "["
    if not any(
        owners.is_personal(name, known) or (may_be_initials and _INITIALS.fullmatch(name))
        for name in who
    ):
        return None
    return Bracket(found.start(), *found.span("held"), who, has_task=to_do is not None)


def cut_sentences(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Cut `text[start:end]` into sentences; square brackets before one are one of their own."""
    for first, last in sentences(text, start, end):
        bracket = _FIRST.match(text, first, last)
        if bracket is not None:
            yield first, bracket.end()
            first = bracket.end() + 1  # noqa: PLW2901
        yield first, last


def trim(text: str, start: int, end: int) -> int:
    """Return the end of `text[start:end]` without stops and brackets that open nowhere."""
    held = text[start:end]
    while held and (held[-1] in ";,.: \t\n" or _is_stray(held)):
        held = held[:-1]
    return start + len(held)


def _is_stray(held: str) -> bool:
    closing = held[-1]
    opening = {")": "(", "]": "["}.get(closing)
    return opening is not None and held.count(opening) < held.count(closing)
