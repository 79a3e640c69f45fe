"""Stretches of an attendance list into attendees."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from kcsp_nlp.minutes.attendance.affiliation import describe
from kcsp_nlp.minutes.attendance.entries import EntryReader
from kcsp_nlp.minutes.attendance.fragments import entries_of, is_bare_word, is_comma_list
from kcsp_nlp.minutes.attendance.person import Person, is_stationed
from kcsp_nlp.minutes.people.certainty import is_inverted
from kcsp_nlp.minutes.people.words import plain, words
from kcsp_nlp.records import Attendee, Status

# "Chair", "Vice-Chairman" but not "Chair of Governors".
_CHAIR = re.compile(r"(?:(?:vice|deputy|co)[ -]?)?chair(?:man|woman|person)?", re.IGNORECASE)
# "The Mayor", as whose role "Mayor" stands; not "Theatre Manager".
_THE = re.compile(r"\A[Tt]he\s")
# What an entry of those present says of who only attended.
_BESIDES = "in attendance"
# "minutes" behind one of those in attendance.
_WROTE = re.compile(r"(?:minutes|notes|minute[- ]?taker|note[- ]?taker)\Z", re.IGNORECASE)
# "✓ Ann Lee", "· ✗ Cy Dale" but not "Ann Lee ✓".
_TICK = re.compile(r"(?:(?<=\A)|(?<=[·•\n;,]\s)|(?<=[·•\n;,]))[✓✔√✗✘](?=\s)")
# "McElduff, Bríd (SF)", "Rainey, A" but not "Ann Lee, Clerk" or "Lee, Clerk to the Board".
_INVERTED = re.compile(
    r"[ \t\x1f]{0,200}([^\W\d_a-z][\w'’-]+), ([^\W\d_a-z][\w'’.-]*)(?: [A-Z]\.?)?"
    r"(?=[ \t\x1f]*(?:[(,;]|\Z))"
)
_FEWEST = 3
_MOST = 0.75
_HALF = 0.5
_TICKS = "✓✔√"
_LETTERS = 2


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
    if stretch.row and is_inverted(stretch.text.split("\t", 1)[0].strip()):
        return _read_inverted(stretch)
    if not stretch.row and (joined := _joined_names(stretch.text)) != stretch.text:
        inverted = read_stretch(replace(stretch, text=joined))
        return [_reprinted(each, stretch) for each in inverted]
    stretch, ticks = _unticked(stretch)
    entries = list(entries_of(stretch.text))
    members = plain((stretch.role or "").rsplit(" ", 1)[-1]) in words().councillors
    people: list[Person] = []
    found: list[Attendee] = []
    for entry in entries:
        alone = not stretch.row and (len(entries) == 1 or is_comma_list(stretch.text, entry))
        if not alone and is_bare_word(stretch.text, entry):
            continue
        reader = EntryReader(stretch.text, entry, alone=alone, members=members)
        for person in people:
            person.organisation = person.organisation or reader.of_all
        people += reader.people
        found += [_excused(Person(name), stretch) for name in reader.substituted]
    listed = _statused([_attendee(person, stretch) for person in people], people, stretch)
    found += [_ticked(each, stretch, ticks) for each in listed]
    if stretch.row:
        limit = stretch.start + len(stretch.text.split("\t", 1)[0])
        found = [attendee for attendee in found if attendee.end <= limit]
    return sorted(found, key=lambda attendee: attendee.start)


def _read_inverted(stretch: Stretch) -> list[Attendee]:
    """Read a row whose name has the surname first, the comma a part of it."""
    joined = replace(stretch, text=stretch.text.replace(",", "\x1f", 1))
    return [_reprinted(each, stretch) for each in read_stretch(joined)]


def _reprinted(attendee: Attendee, stretch: Stretch) -> Attendee:
    begin, end = attendee.start - stretch.start, attendee.end - stretch.start
    return attendee.model_copy(update={"name": " ".join(stretch.text[begin:end].split())})


def _joined_names(text: str) -> str:
    """Blank the commas of names whose surnames stand first, one of them on a line."""
    lines = [line for line in text.split("\n") if line.strip(" \t\x1f")]
    inverted = [match for line in lines if (match := _INVERTED.match(line))]
    sure = sum(is_inverted(f"{match[1]}, {match[2]}") for match in inverted)
    if len(inverted) < max(_FEWEST, _MOST * len(lines)) or sure <= _HALF * len(inverted):
        return text
    return "\n".join(
        line[: match.end(1)] + "\x1f" + line[match.end(1) + 1 :]
        if (match := _INVERTED.match(line))
        else line
        for line in text.split("\n")
    )


def _unticked(stretch: Stretch) -> tuple[Stretch, list[tuple[int, bool]]]:
    """Blank the ticks and crosses before the people of a list.

    Returns:
        The stretch, and where each mark stood and whether it was a tick; no marks where they
        are not of both kinds.
    """
    marks = [(mark.start(), mark[0] in _TICKS) for mark in _TICK.finditer(stretch.text)]
    if len({ticked for _, ticked in marks}) < len(("tick", "cross")):
        return stretch, []
    return replace(stretch, text=_TICK.sub("\x1f", stretch.text)), marks


def _ticked(attendee: Attendee, stretch: Stretch, marks: list[tuple[int, bool]]) -> Attendee:
    """Say of who stands behind a cross that he was not there."""
    before = [ticked for at, ticked in marks if at + stretch.start < attendee.start]
    if not before or before[-1] or attendee.status != "present":
        return attendee
    return attendee.model_copy(update={"status": "absent"})


def _attendee(person: Person, stretch: Stretch) -> Attendee:
    name = person.name
    placed = name.is_member or is_stationed(person) or stretch.organisation is not None
    own, organisation = describe(stretch.text, person.pieces, placed=placed)
    organisation = organisation or name.body
    if stretch.row and stretch.role and stretch.role not in (own or ""):
        own = f"{own}, {stretch.role}" if own else stretch.role
    role = person.role or own
    if role and name.role and not name.is_member and _CHAIR.fullmatch(role):
        role = f"{name.role}, {role}"  # "Supt Helen Wood (Chair)"; a job takes a rank's place
    if name.is_member or not name.role:
        role = role or stretch.role  # "In the chair: Cllr Wood"
    return Attendee(
        start=stretch.start + name.start,
        end=stretch.start + name.end,
        name=_printed(person, stretch),
        status=_status(person, stretch),
        role=_THE.sub("", role or name.role or name.seat or "") or None,
        organisation=organisation or person.organisation or stretch.organisation,
    )


def _statused(found: list[Attendee], people: list[Person], stretch: Stretch) -> list[Attendee]:
    """Put "minutes" among those who attended where others of the list say "in attendance"."""
    if stretch.status != "present" or all(each.status == "present" for each in found):
        return found
    wrote = [any(_WROTE.match(text) for text in _said(person, stretch)) for person in people]
    if not any(_BESIDES in map(str.lower, _said(person, stretch)) for person in people):
        return found
    return [
        each.model_copy(update={"status": "in_attendance"}) if taken else each
        for each, taken in zip(found, wrote, strict=True)
    ]


def _said(person: Person, stretch: Stretch) -> list[str]:
    return [stretch.text[piece.start : piece.end].strip(" \t\x1f.") for piece in person.pieces]


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


def _status(person: Person, stretch: Stretch) -> Status:
    """Return the stretch's status, or the one that the person's own entry gives."""
    if stretch.status not in ("present", "absent") or stretch.row:
        return stretch.status
    if person.besides and stretch.status == "present":
        return "in_attendance"
    for text in _said(person, stretch):
        mark = words().marks.get(text.lower())
        if mark and (len(text) <= _LETTERS or mark == "apologies" or text.lower() == _BESIDES):
            return mark  # "Cllr Jones   A", "Cllr Jones (sent apologies)"
    return stretch.status
