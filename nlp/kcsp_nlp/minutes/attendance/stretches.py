"""Stretches of an attendance list into attendees."""

from __future__ import annotations

import re
from dataclasses import dataclass

from kcsp_nlp.minutes.attendance.affiliation import describe
from kcsp_nlp.minutes.attendance.entries import EntryReader, Person
from kcsp_nlp.minutes.attendance.fragments import entries_of, is_bare_word, is_comma_list
from kcsp_nlp.minutes.people.words import words
from kcsp_nlp.records import Attendee, Status

# "(notes)", "took these minutes" but not "Minutes Secretary".
_MINUTES = re.compile(
    r"(?:\A|\b(?:taking|took)\s)(?:the\s|these\s)?(?:minutes|notes)\Z", re.IGNORECASE
)


@dataclass(frozen=True)
class Stretch:
    r"""A stretch of an attendance list in which status, role and body hold throughout.

    Attributes:
        start: Where `text` begins in the document.
        text: As long as it is in the document, but for a `row`; line ends that end an entry
            are `\n`, all others and markdown marks are other white space.
        status: Of everyone in it.
        role: Of everyone whose entry gives none; None for none.
        organisation: Of everyone whose entry gives none; None for none.
        row: Whether it is the row of a table: a name, and behind tabs what describes it. What
            stands behind the first tab need not stand there in the document.
    """

    start: int
    text: str
    status: Status
    role: str | None = None
    organisation: str | None = None
    row: bool = False


def read_stretch(stretch: Stretch) -> list[Attendee]:
    """Return the people of a stretch in reading order, offsets in the document."""
    entries = list(entries_of(stretch.text))
    people: list[Person] = []
    found: list[Attendee] = []
    for entry in entries:
        alone = not stretch.row and (len(entries) == 1 or is_comma_list(stretch.text, entry))
        if not alone and is_bare_word(stretch.text, entry):
            continue
        reader = EntryReader(stretch.text, entry, alone=alone)
        for person in people:
            person.organisation = person.organisation or reader.of_all
        people += reader.people
        found += [_excused(Person(name), stretch) for name in reader.substituted]
    found += [_attendee(person, stretch) for person in people]
    if stretch.row:
        limit = stretch.start + len(stretch.text.split("\t", 1)[0])
        found = [attendee for attendee in found if attendee.end <= limit]
    return sorted(found, key=lambda attendee: attendee.start)


def _attendee(person: Person, stretch: Stretch) -> Attendee:
    name = person.name
    placed = name.is_member or stretch.organisation is not None
    own, organisation = describe(stretch.text, person.pieces, placed=placed)
    organisation = organisation or name.body
    if stretch.row and stretch.role and stretch.role not in (own or ""):
        own = f"{own}, {stretch.role}" if own else stretch.role
    role = person.role or own
    if role and name.role and not name.is_member and not person.role_first:
        role = f"{name.role}, {role}"  # "Supt Helen Wood – District Commander"
    if name.is_member or not name.role:
        role = role or stretch.role  # "In the chair: Cllr Wood"
    return Attendee(
        start=stretch.start + name.start,
        end=stretch.start + name.end,
        name=_printed(person, stretch),
        status=_status(person, stretch, role),
        role=role or name.role or name.seat,
        organisation=organisation or person.organisation or stretch.organisation,
    )


def _excused(person: Person, stretch: Stretch) -> Attendee:
    name = person.name
    return Attendee(
        start=stretch.start + name.start,
        end=stretch.start + name.end,
        name=_printed(person, stretch),
        status="apologies",
        role=name.role,
    )


def _printed(person: Person, stretch: Stretch) -> str:
    return " ".join(stretch.text[person.name.start : person.name.end].split())


def _status(person: Person, stretch: Stretch, role: str | None) -> Status:
    """Return the stretch's status; who is there for the minutes alone is in attendance."""
    if stretch.status != "present" or stretch.row:
        return stretch.status
    if person.besides:
        return "in_attendance"
    said = [stretch.text[piece.start : piece.end].strip(" \t\x1f.") for piece in person.pieces]
    marks = [words().marks.get(text.lower()) for text in said if len(text) == 1]
    if any(marks):
        return next(mark for mark in marks if mark)  # "Cllr Jones   A"
    if not role and any(_MINUTES.search(text) for text in said):
        return "in_attendance"
    return stretch.status
