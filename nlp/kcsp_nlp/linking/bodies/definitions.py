"""Short forms that a document defines: `Kent County Council (KCC)`, `(hereafter "the PCSP")`."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise

from kcsp_nlp.linking.bodies.names import BodyName, may_stand_for, read_name, split_bracket

Offsets = tuple[int, int]

# matches: ' (KCC)', ' (hereafter "the PCSP")', ' (known as the Hub)'    does not match: ' ()'
_SHORT = re.compile(
    r"\s{0,3}[(\[]\s?(?P<says>(?:herein)?(?:after|before)?(?:hereafter|henceforth)?,?\s?"
    r"(?:(?:referred to|known|abbreviated)\s(?:as|to)\s|called\s|or\s)?)"
    r"(?:the\s)?(?P<quote>[\"“‘'])?(?P<short>[^()\[\]\"”’'\n]{2,40})[\"”’']?\s?[)\]]"
)
# matches: " (" of "KCC (Kent County Council)"; " – ", " = " in a list of short forms
_BETWEEN = re.compile(r"\s{0,3}(?:\(|[–—=:-]\s)\s{0,2}(?:the\s)?")
_AHEAD = 120  # characters behind a name that can hold its definition


def find_definitions(
    text: str, mentions: Sequence[tuple[Offsets, BodyName]]
) -> Iterator[tuple[BodyName, BodyName]]:
    """Yield short forms with the names that a document puts them beside, in either order.

    Args:
        text: The document's text.
        mentions: The mentions of bodies, sorted; half-open offsets into `text`.
    """
    for (_, end), name in mentions:
        match = _SHORT.match(text, end, end + _AHEAD)
        short = read_name(match["short"]) if match else None
        if match is None or short is None or short == name:
            continue
        said = bool(match["says"].strip()) or bool(match["quote"])
        if may_stand_for(short.letters, name.words) or (said and not name.letters):
            yield short, name
    for ((_, end), first), ((start, _), second) in pairwise(mentions):
        if start - end > _AHEAD or not _BETWEEN.fullmatch(text, end, start):
            continue
        for short, name in ((first, second), (second, first)):
            if not name.letters and may_stand_for(short.letters, name.words):
                yield short, name
    for _, name in mentions:
        yield from within(name)


def within(name: BodyName) -> Iterator[tuple[BodyName, BodyName]]:
    """Yield the short form that a name itself holds in brackets: `Kent County Council (KCC)`."""
    parts = split_bracket(name)
    if parts:
        full, short = read_name(parts[0]), read_name(parts[1])
        if full and short and may_stand_for(short.letters, full.words):
            yield short, full


def settle(
    definitions: Iterator[tuple[BodyName, BodyName]],
) -> Mapping[str, frozenset[BodyName]]:
    """Return the names of each short form as printed; several where a document is at odds."""
    held: dict[str, set[BodyName]] = defaultdict(set)
    for short, name in definitions:
        held[short.letters or short.printed].add(name)
    return {short: frozenset(names) for short, names in held.items()}
