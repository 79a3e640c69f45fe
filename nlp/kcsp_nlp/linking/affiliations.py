"""Who somebody is at a meeting: person, role and organisation, where the page joins them.

Joined are a name and what stands behind it in brackets or as an apposition ("Ms Westlake
(Commissioner, Kent County Council)", "Jo Pym, Head of Legal at Dartford BC"), a name and the office
directly before it ("Chief Constable Pym"), and what the attendance list says. What a verb says
("was elected Chair") is not read: it may be of another day.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from kcsp_nlp.records import Attendee, OrgSpan, RoleSpan, Span

Offsets = tuple[int, int]

_JUNK = r"[\s*_\\]"
# How far behind a name its affiliation may reach, in code points and mentions.
_REACH = 240
_MOST = 7
# What opens an affiliation behind a name.
# matches: " ("  ", the "  " - "  ", our new "    does not match: " and "  ", while "
_OPENS = re.compile(
    rf"(?:,?{_JUNK}{{1,2}}[A-Z]{{2,4}}(?=[\s,(*_]))?{_JUNK}{{0,3}}"
    rf"(?P<mark>[,(\[–—]|-(?=\s))?{_JUNK}{{0,4}}(?:(?:the|an?|our|its|new|current){_JUNK}{{1,3}}){{0,2}}"
)
# What stands before a body that a name belongs to without an office.
# matches: " of "  " from the "    does not match: ", "  " and "
_FROM = re.compile(
    rf"{_JUNK}{{1,3}}(?:of|from|representing|for){_JUNK}{{1,3}}(?:the{_JUNK}{{1,3}})?"
)
# Between an office and its body, either first.
# matches: ", "  " of the "  "'s "  " at "    does not match: "; "  ", and the "
_JOINS = re.compile(
    rf"(?:['’]s)?{_JUNK}{{0,3}}[,:/–—-]?{_JUNK}{{0,4}}"
    rf"(?:(?:of|for|at|from|with|in|to|on|representing){_JUNK}{{1,3}})?(?:the{_JUNK}{{1,3}})?"
)
# Between two offices of one person.
# matches: " and "  " & "  " / "  ", and the "    does not match: "; "
_ALSO = re.compile(
    rf"{_JUNK}{{0,3}}(?:,|/|&|and|also){_JUNK}{{0,4}}(?:(?:and|also|the){_JUNK}{{1,3}}){{0,2}}"
)
# Between an office and the name behind it; on another line it may be the office of the name above.
# matches: " "  " Mr "  "* "    does not match: ", "  "\n"
_TITLES = re.compile(r"[ *_\\]{1,4}(?:(?:Mr|Mrs|Ms|Miss|Dr|Sir|Dame|Rev)\.?[ *_\\]{1,3})?")
# Matches "Cllr", "Det Supt": a full stop behind them ends no sentence; not "Clerk".
_SHORT = re.compile(r"(?:[\w/ ]{1,40}[ /])?(?:Cllr|Ald|Dep|Sen|Fr|Rev|Supt|Insp|Sgt|Const)\Z")
# Where the next entry of a list begins. Matches "\n- ", "\n\n"; not "\n  ".
_ENTRY = re.compile(r"\n[ \t]{0,40}(?:[-*•–—][ \t]|\n)")
# Behind a name at the head of its own entry. Matches "**:", ":"; not ",".
_HEADS = re.compile(r"[ *_]{0,4}:")
_CLOSES = frozenset(")]")
_OPENING = frozenset("([")


class Stated(NamedTuple):
    """One statement that somebody holds an office, belongs to a body, or both.

    Attributes:
        place: Half-open offsets of the person's mention.
        role: The office as printed; None where none is stated.
        organisation: The body as printed; None where none is stated.
    """

    place: Offsets
    role: str | None
    organisation: str | None


def find_affiliations(text: str, spans: Sequence[Span], starts: Sequence[int]) -> Iterator[Stated]:
    """Find who is stated to be what, in reading order.

    Args:
        text: The document's text.
        spans: Its mentions, sorted; offsets into `text`.
        starts: Where its parts begin, sorted: no statement reaches from one into the next.
    """
    for at, person in enumerate(spans):
        if person.label != "PERSON":
            continue
        part = bisect_left(starts, person.end)
        limit = min(starts[part] if part < len(starts) else len(text), person.end + _REACH)
        place = (person.start, person.end)
        before = spans[at - 1] if at else None
        if isinstance(before, RoleSpan) and _leads(text, before, person):
            yield Stated(place, before.text, None)
        following = spans[at + 1 : at + 1 + _MOST]
        for role, body in _behind(text, person, following, limit):
            yield Stated(place, role.text if role else None, body.text if body else None)


def list_entries(attendance: Sequence[Attendee]) -> Iterator[Stated]:
    """Yield what the attendance list says of each person that it says something of."""
    for attendee in attendance:
        if attendee.role or attendee.organisation:
            place = (attendee.start, attendee.end)
            yield Stated(place, attendee.role, attendee.organisation)


def _behind(
    text: str, person: Span, following: Sequence[Span], limit: int
) -> Iterator[tuple[Span | None, Span | None]]:
    """Yield office and body of each statement that stands behind a name."""
    opened = _OPENS.match(text, person.end, limit)
    if opened is None or not following:
        return
    mark = opened["mark"]
    if _ENTRY.search(text, person.end, opened.end()):
        return
    bracketed = mark is not None and mark in _OPENING
    end = _closing(text, opened.end("mark"), limit) if bracketed else limit
    first = following[0]
    if mark is None or first.start != opened.end():
        joined = _FROM.fullmatch(text, person.end, first.start) if first.start < limit else None
        if joined and isinstance(first, OrgSpan):
            yield None, first
        return
    held = [span for span in following if span.end <= end]
    yield from _statements(text, _same_entry(text, person, held), bracketed)


def _leads(text: str, office: Span, person: Span) -> bool:
    """Whether an office stands directly before a name: "Chief Constable Pym", "Cllr. Pym"."""
    short = text.startswith(".", office.end) and _SHORT.match(office.text)
    return bool(_TITLES.fullmatch(text, office.end + bool(short), person.start))


def _same_entry(text: str, person: Span, held: Sequence[Span]) -> Sequence[Span]:
    """Return the spans behind a name up to the next entry of a list.

    "Ann Rao, Cllr Pym": the office is that of the name behind it. So is a body at the head of the
    next line: "Ely BC: Jo Pym".
    """
    end = person.end
    for index, span in enumerate(held):
        wrapped = "\n" in text[end : span.start]
        if _ENTRY.search(text, end, span.start) or (wrapped and _HEADS.match(text, span.end)):
            return held[:index]
        if span.label == "PERSON" and index and _leads(text, held[index - 1], span):
            return held[: index - 1]
        end = span.end
    return held


def _closing(text: str, start: int, limit: int) -> int:
    """Return where a bracket that opens before `start` closes; `start` where it does not."""
    depth = 1
    for at in range(start, limit):
        depth += (text[at] in _OPENING) - (text[at] in _CLOSES)
        if depth == 0:
            return at
    return start


def _statements(
    text: str, held: Sequence[Span], bracketed: bool
) -> Iterator[tuple[Span | None, Span | None]]:
    """Read offices and bodies that follow each other into pairs."""
    at = 0
    paired = False
    while at < len(held):
        first = held[at]
        second = held[at + 1] if at + 1 < len(held) else None
        joined = second is not None and _JOINS.fullmatch(text, first.end, second.start) is not None
        if isinstance(first, RoleSpan):
            body = second if joined and isinstance(second, OrgSpan) else None
            yield first, body
            at += 1 if body is None else 2
        elif isinstance(first, OrgSpan) and joined and isinstance(second, RoleSpan):
            yield second, first
            at += 2
        elif isinstance(first, OrgSpan) and bracketed and not paired:
            yield None, first
            at += 1
        else:
            return
        paired = True
        if at < len(held) and not _ALSO.fullmatch(text, held[at - 1].end, held[at].start):
            return
