"""One person's part in one document, read from records; of the text nothing is kept but names."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

from kcsp_nlp.errors import CorpusError
from kcsp_nlp.linking.bodies.names import name_key
from kcsp_nlp.linking.people.given_names import Gender, given_names
from kcsp_nlp.linking.people.honorifics import classes_of, read_address
from kcsp_nlp.linking.people.names import Name, read_name
from kcsp_nlp.record_lines import read
from kcsp_nlp.records import Affiliation, Attendee, Meeting, PersonSpan, Record

# Matches "person:0123456789abcdef"; not "gss:E10000016". No quote or backslash: JSON writes it as
# it is, which relinking relies on.
_PERSON_ID = re.compile(r"person:[0-9A-Za-z._~-]{1,64}\Z")

_Place = PersonSpan | Attendee | Affiliation


class Document(NamedTuple):
    """The document that somebody is named in.

    Attributes:
        id: Identifier of the meeting.
        source: Name of the file.
        body: The body that met, as printed; None where not known.
        scope: The folded name of the body; where that is not known, something only this document
            has.
        date: ISO 8601, as precise as known; None where not known.
    """

    id: str
    source: str
    body: str | None
    scope: str
    date: str | None


class Post(NamedTuple):
    """What somebody is at a meeting, as printed; None for what is not stated."""

    role: str | None
    organisation: str | None
    organisation_id: str | None


@dataclass(slots=True)
class Appearance:
    """One person of one document.

    Attributes:
        id: Identity in the records.
        document: The document.
        member: Identity that the list of people knows it by: `id` unless an analyst split it off.
        printed: Written forms with how often each stands there.
        names: Those forms, and the canonical one, that say given name and surname; else the one
            name that stands alone.
        genders: What honorifics and given names say.
        classes: Kinds of office: `councillor`, `sergeant`.
        generations: `s` or `j` where senior or junior stands behind the name.
        posts: Roles and organisations.
        titled: Whether an honorific or office stands before the name.
        attended: Whether the person is in the list of attendance.
        mentions: Number of places.
    """

    id: str
    document: Document
    member: str
    canonical: str = ""
    printed: Counter[str] = field(default_factory=Counter)
    names: frozenset[Name] = frozenset()
    genders: frozenset[Gender] = frozenset()
    classes: frozenset[str] = frozenset()
    generations: frozenset[str] = frozenset()
    posts: frozenset[Post] = frozenset()
    titled: bool = False
    attended: bool = False
    mentions: int = 0


class Reading(NamedTuple):
    """What records files hold: appearances, sorted; documents; records that stood twice."""

    appearances: list[Appearance]
    documents: int
    repeated: int


def is_person(identifier: str | None) -> bool:
    """Tell whether an identifier is that of a person."""
    return identifier is not None and _PERSON_ID.match(identifier) is not None


def find_files(paths: Sequence[Path]) -> list[Path]:
    """Return the records files that paths stand for: files, and every `*.jsonl` of a folder.

    Raises:
        CorpusError: a folder holds none.
    """
    found: list[Path] = []
    for path in paths:
        files = sorted(path.glob("*.jsonl")) if path.is_dir() else [path]
        if not files:
            raise CorpusError(
                f"{path}: no *.jsonl in this folder; expected records as `kcsp-nlp annotate` "
                "writes them"
            )
        found += files
    return found


def read_appearances(files: Sequence[Path]) -> Reading:
    """Read who appears in the documents of records files, record by record.

    A record that stands in the files twice counts once.

    Raises:
        CorpusError: a file cannot be opened or a line is no record; the message names both.
    """
    documents: dict[str, Document] = {}
    seen: dict[str, set[int]] = {}
    held: dict[tuple[str, str], Appearance] = {}
    repeated = 0
    for record in (record for path in files for record in read(path)):
        document = documents.setdefault(record.meeting.id, _document(record.meeting))
        indices = seen.setdefault(document.id, set())
        if record.item.index in indices:
            repeated += 1
            continue
        indices.add(record.item.index)
        for identifier, found in _people(record):
            appearance = held.setdefault(
                (document.id, identifier), Appearance(identifier, document, identifier)
            )
            _add(appearance, found, record.text)
    for appearance in held.values():
        _finish(appearance)
    return Reading([held[key] for key in sorted(held)], len(documents), repeated)


def _document(meeting: Meeting) -> Document:
    # No name of a body holds a line break: a body that is not known is nobody else's.
    scope = name_key(meeting.body) or f"\n{meeting.id}"
    return Document(meeting.id, meeting.source, meeting.body, scope, meeting.date)


def _people(record: Record) -> Iterator[tuple[str, _Place]]:
    """Yield whom a record names, place by place."""
    spans = [span for span in record.spans if span.label == "PERSON"]
    starts = {(span.id, span.start) for span in spans}
    places: list[_Place] = [*spans, *record.attendance, *record.affiliations]
    for found in places:
        identifier = found.id if isinstance(found, PersonSpan) else found.person
        if identifier is None or not is_person(identifier):
            continue
        yield identifier, found
        if isinstance(found, Attendee) and (identifier, found.start) not in starts:
            # In the list only: a place of its own.
            yield identifier, PersonSpan(start=found.start, end=found.end, text=found.name)


def _add(appearance: Appearance, found: _Place, text: str) -> None:
    if isinstance(found, PersonSpan):
        _add_mention(appearance, found, text)
        return
    appearance.canonical = appearance.canonical or found.name
    appearance.attended |= isinstance(found, Attendee)
    if found.role:
        appearance.classes |= classes_of(found.role)
    if found.role or found.organisation:
        appearance.posts |= {Post(found.role, found.organisation, found.organisation_id)}


def _add_mention(appearance: Appearance, span: PersonSpan, text: str) -> None:
    address = read_address(text, span.start, span.end)
    appearance.mentions += 1
    appearance.printed[" ".join(span.text.split())] += 1
    appearance.names |= {read_name(span.text, address.bracketed)}
    appearance.classes |= address.classes
    appearance.titled |= address.titled
    if span.canonical:
        appearance.canonical = span.canonical
    if address.gender:
        appearance.genders |= {address.gender}
    if address.generation:
        appearance.generations |= {address.generation}


def _finish(appearance: Appearance) -> None:
    """Keep the names that tell who somebody is: in full, else a surname.

    A part of a name says nothing beside the name in full: "Mike" is no surname.
    """
    names = appearance.names
    if appearance.canonical:
        names = names | {read_name(appearance.canonical)}
    full = frozenset(name for name in names if name.given and name.key)
    common = given_names().common
    alone = frozenset(
        name
        for name in names
        if name.is_single and (appearance.titled or name.surname.split("-")[0] not in common)
    )
    appearance.names = full or alone
    for name in full:
        gender = given_names().genders.get(name.given[0].split("-")[0])
        if gender:
            appearance.genders |= {gender}
