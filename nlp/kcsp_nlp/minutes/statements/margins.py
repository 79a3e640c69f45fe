"""Owners in the right margin, parted from the text by white space: "It was paid.      Clerk"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from kcsp_nlp.minutes.statements import owners

# "TLG", "MD/BO"; not "Clerk".
_INITIALS = r"[A-Z]{2,4}(?:\s?[/,&]\s?[A-Z]{2,4}){0,3}"
# "Clerk", "Mr Pym / Bo"; not "clerk".
_NAMES = r"[A-Z][\w.'’-]{0,20}(?:[ /&,]{1,3}[A-Z][\w.'’-]{0,20}){0,3}"
_ONLY_INITIALS = re.compile(_INITIALS)
# Behind a sentence: "trials.            TLG", "paid.     Clerk"; not "by KPMG".
_BESIDE = re.compile(
    r"(?<=[.!?;])[ \t]{3,}(?:(?:ACTION|Action)[ \t]*:?[ \t]+)?"
    rf"(?P<who>{_INITIALS}|{_NAMES})[ \t]*(?=\n|$)"
)
# At the end of a statement, initials behind any word: "the map      TLG", "it.     Clerk"; not "of
# the NHS", "the     Clerk".
_LAST = re.compile(
    rf"\s{{3,}}(?:(?:ACTION|Action):?\s*)?{_INITIALS}$|(?<=[.!?;])[ \t]{{3,}}{_NAMES}$"
)


class Margin(NamedTuple):
    """Owners beside a statement, in offsets into the text that was searched.

    Attributes:
        begin: Where the white space before them begins, behind the statement.
        start: First code point of the owners.
        end: One past their last.
        after: Where the text goes on.
        owners: Who they are, as printed.
    """

    begin: int
    start: int
    end: int
    after: int
    owners: tuple[str, ...]


def find_margins(text: str, start: int, end: int, known: frozenset[str]) -> Iterator[Margin]:
    """Yield the owners that stand beside the lines of `text[start:end]`.

    Args:
        text: The document's text.
        start: First code point.
        end: One past the last.
        known: Words of the names in the document's front matter.
    """
    for found in _BESIDE.finditer(text, start, end):
        who = found["who"]
        named = bool(owners.alone(who)) and owners.is_personal(who, known)
        if named or _ONLY_INITIALS.fullmatch(who):
            yield Margin(found.start(), *found.span("who"), found.end(), owners.names(who))


def before_margin(text: str, start: int, end: int) -> int:
    """Return where `text[start:end]` ends without owners in the margin behind it."""
    margin = _LAST.search(text, start, end)
    return margin.start() if margin else end
