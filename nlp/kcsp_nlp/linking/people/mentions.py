"""The mentions of people in a document, each with its name read and how it is addressed."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from kcsp_nlp.linking.people.given_names import Gender, given_names
from kcsp_nlp.linking.people.honorifics import Address, classes_of, read_address
from kcsp_nlp.linking.people.names import Name, read_name
from kcsp_nlp.minutes.outline import Outline
from kcsp_nlp.records import Attendee, Span

Offsets = tuple[int, int]

# What is no part of the name. Matches " Snr", ", Junior", " (Sen.)"; not "Senior".
_AGE = re.compile(r",?\s+\(?(?:[Ss]enior|[Jj]unior|S(?:nr|en)|J(?:nr|un))\.?\)?\Z")


@dataclass(slots=True, eq=False)
class Mention:
    """One place where a person's name stands.

    Attributes:
        start: First code point in the document's text.
        end: One past the last.
        text: As printed.
        name: Its parts.
        address: What stands around it.
        classes: Kinds of office that stand before it, in the list of attendance, or both.
        attendee: Its entry in the list of attendance; None where it stands elsewhere.
        unsure: Whether it may be two people's, so that it is nobody's.
        tag: Which of the namesakes in the list of attendance is meant; empty for no namesakes.
        after: The mention before it in one list of names: "Maud" of "Maud and Rose"; None for none.
        kin_of: The mention before it of a relation: "Ed Hill" of "Ed Hill, with his son Bob"; None
            for none.
    """

    start: int
    end: int
    text: str
    name: Name
    address: Address
    classes: frozenset[str]
    attendee: Attendee | None = None
    unsure: bool = False
    tag: str = ""
    after: Mention | None = None
    kin_of: Mention | None = None

    @property
    def gender(self) -> Gender | None:
        """What the honorific says, else the given name; None where neither does."""
        said = self.address.gender or self.address.kin
        if said or not self.name.given:
            return said
        return given_names().genders.get(self.name.given[0].split("-")[0])


@dataclass(slots=True)
class Mentions:
    """The mentions of a document in order, and which attendees stand at one of them."""

    found: list[Mention]
    attendees: dict[Offsets, Mention] = field(default_factory=dict)


def collect_mentions(text: str, outline: Outline, spans: Sequence[Span]) -> Mentions:
    """Return the mentions of people in a document, those of the attendance list among them.

    Args:
        text: The document's text.
        outline: Its outline; offsets into `text`.
        spans: Its spans, sorted; offsets into `text`.
    """
    people = [span for span in spans if span.label == "PERSON"]
    starts = [span.start for span in people]
    at_span: dict[int, Attendee] = {}
    alone: list[Attendee] = []
    holders: dict[Offsets, int] = {}
    torn: set[int] = set()
    for attendee in outline.attendance:
        stop = bisect_left(starts, attendee.end)
        first = stop
        while first > 0 and people[first - 1].end > attendee.start:
            first -= 1
            at_span.setdefault(people[first].start, attendee)
        if first == stop:
            alone.append(attendee)
        else:
            holders[attendee.start, attendee.end] = people[first].start
        if stop - first > 1:
            torn.update(starts[first:stop])
    places = [(span.start, span.end, at_span.get(span.start)) for span in people]
    places += [(each.start, each.end, each) for each in alone]
    places.sort(key=lambda place: place[:2])
    found = [_mention(text, *place) for place in places]
    _find_residents(outline, found)
    by_start = {mention.start: mention for mention in found}
    for start in torn:
        mention = by_start[start]
        if mention.attendee:
            mention.name = read_name(mention.attendee.name)
    attendees = {place: by_start[start] for place, start in holders.items()}
    return Mentions(found, attendees)


def _find_residents(outline: Outline, found: Sequence[Mention]) -> None:
    """Tell those of the public from members by where they live; a front gives the clerk's."""
    starts = [part.start for part in outline.parts]
    for mention in found:
        if mention.address.resident and not mention.attendee and not mention.classes:
            part = bisect_right(starts, mention.start) - 1
            if part >= 0 and outline.parts[part].kind == "item":
                mention.address = replace(mention.address, unrelated=True)


def _mention(text: str, start: int, stop: int, attendee: Attendee | None) -> Mention:
    held = text[start:stop]
    aged = _AGE.search(held)
    held = held[: aged.start()] if aged else held
    end = start + len(held)
    address = read_address(text, start, end)
    classes = address.classes
    if attendee and attendee.role:
        classes |= classes_of(attendee.role)
    name = read_name(held, address.bracketed)
    if name.cut and address.titled:  # "Mr. Kieran P": he is Mr Kieran
        surname = name.given[0]
        name = Name((name.cut,), surname, "", held.split()[-1], name.printed_given)
    return Mention(
        start=start,
        end=stop,
        text=held,
        name=name,
        address=address,
        classes=classes,
        attendee=attendee,
        unsure=address.two,
    )
