"""Everything that a document's mentions stand for, and what joins them.

Found is not known: what is not certain stays None.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from functools import cache
from importlib import resources
from typing import NamedTuple

from kcsp_nlp.linking.affiliations import find_affiliations, list_entries
from kcsp_nlp.linking.bodies.identifying import Organisations, identify_organisations
from kcsp_nlp.linking.bodies.names import name_key
from kcsp_nlp.linking.laws.legislation import Link, link_legislation
from kcsp_nlp.linking.owners import Owners
from kcsp_nlp.linking.people.identifying import People, Person, identify_people
from kcsp_nlp.linking.sums.describing import Sum, describe_sums
from kcsp_nlp.minutes.outline import Outline
from kcsp_nlp.records import (
    Action,
    Affiliation,
    Attendee,
    LegislationSpan,
    MoneySpan,
    PersonSpan,
    Purpose,
    RoleSpan,
    Span,
)
from kcsp_nlp.registers.extending import Registers
from kcsp_nlp.values import parse_money

Offsets = tuple[int, int]

# How much of the text around an amount may settle its scale: "£60-70k", "£2 to £3 million".
_AROUND = 60


@dataclass(frozen=True)
class Linked:
    """A document's mentions with what they stand for; all offsets point into its text.

    Attributes:
        spans: The mentions, as they were given, with `canonical`, `id` and the fields of their
            label filled in where they are certain.
        attendance: The attendance list, with the identities of people and bodies.
        actions: The actions, with the identities of their owners.
        affiliations: Who is stated to be what, each once, where it is first stated.
    """

    spans: tuple[Span, ...]
    attendance: tuple[Attendee, ...]
    actions: tuple[Action, ...]
    affiliations: tuple[Affiliation, ...]


def link_document(
    text: str,
    outline: Outline,
    spans: Sequence[Span],
    *,
    sha256: str,
    registers: Registers | None = None,
) -> Linked:
    """Resolve the mentions of a document.

    Args:
        text: The document's text.
        outline: As `parse` returns it for this text.
        spans: The mentions, sorted, never overlapping; offsets into `text`.
        sha256: Of the text: makes identities of a document whose body is not known its own.
        registers: Those to link to; None for those that ship with the package.
    """
    scope = name_key(outline.front.body) or sha256
    people = identify_people(text, outline, spans, scope=scope)
    organisations = identify_organisations(
        text, outline, spans, scope=scope, known=registers.bodies if registers else None
    )
    known = _Known(
        people,
        organisations,
        link_legislation(text, outline.front.date, registers.laws if registers else None),
        describe_sums(text, outline, spans),
    )
    owners = Owners(spans, outline.attendance, people, organisations)
    return Linked(
        spans=tuple(_span(text, span, known) for span in spans),
        attendance=tuple(_attendee(each, people, organisations) for each in outline.attendance),
        actions=tuple(
            action.model_copy(update={"owner_ids": owners.identify(action)})
            for action in outline.actions
        ),
        affiliations=tuple(_affiliations(text, outline, spans, people, organisations)),
    )


class _Known(NamedTuple):
    """What the mentions of a document stand for, by their half-open offsets."""

    people: People
    organisations: Organisations
    laws: Mapping[Offsets, Link]
    sums: Mapping[Offsets, Sum]


def _span(text: str, span: Span, known: _Known) -> Span:
    place = (span.start, span.end)
    if isinstance(span, MoneySpan):
        return _money(text, span, known.sums[place], known.organisations)
    if isinstance(span, RoleSpan):
        return span.model_copy(update={"canonical": _role(span.text)})
    if isinstance(span, LegislationSpan):
        link = known.laws.get(place)
        return span.model_copy(update=asdict(link)) if link else span
    people, bodies = known.people.by_place, known.organisations
    found = people.get(place) if isinstance(span, PersonSpan) else bodies.get(place)
    return span.model_copy(update=found._asdict()) if found else span


def _money(text: str, span: MoneySpan, said: Sum, organisations: Organisations) -> MoneySpan:
    before = text[max(0, span.start - _AROUND) : span.start]
    money = parse_money(span.text, text[span.end : span.end + _AROUND], before)
    purpose = None
    if said.purpose is not None:
        start, end = said.purpose
        body = organisations.get(said.purpose)
        purpose = Purpose(start=start, end=end, text=text[start:end], id=body.id if body else None)
    known: dict[str, object] = {"period": said.period, "hedge": said.hedge, "purpose": purpose}
    if money is not None and money.amount is not None:
        known |= {
            "amount": money.amount,
            "currency": money.currency,
            "canonical": f"{money.currency} {money.amount}",
        }
    return span.model_copy(update=known)


def _attendee(attendee: Attendee, people: People, organisations: Organisations) -> Attendee:
    person = people.by_place.get((attendee.start, attendee.end))
    body = organisations.identify_name(attendee.organisation) if attendee.organisation else None
    return attendee.model_copy(
        update={
            "person": person.id if person else None,
            "organisation_id": body.id if body else None,
        }
    )


def _affiliations(
    text: str,
    outline: Outline,
    spans: Sequence[Span],
    people: People,
    organisations: Organisations,
) -> Iterator[Affiliation]:
    """Yield what is stated of people, in reading order, each statement once."""
    starts = [part.start for part in outline.parts]
    stated = [
        *list_entries(outline.attendance),
        *find_affiliations(text, spans, starts),
    ]
    said: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for place, role, body in sorted(stated, key=lambda each: each[0][0]):
        person = people.by_place.get(place)
        if person is None:
            continue
        found = organisations.identify_name(body) if body else None
        known = said[person.id]
        new = (
            _role(role).casefold() if role else "",
            found.id if found else " ".join((body or "").split()).casefold(),
        )
        if not any(_says(earlier, new) for earlier in known):
            known.append(new)
            yield _affiliation(place, person, role, body, found.id if found else None)


def _says(earlier: tuple[str, str], new: tuple[str, str]) -> bool:
    """Tell whether a statement says nothing that an earlier one of the same person did not.

    Either is an office and a body, folded; empty for none. One office of several that a list gives
    together is a statement of its own: people are told by it at other meetings.
    """
    return new[0] in {"", earlier[0]} and new[1] in {"", earlier[1]}


def _affiliation(
    place: Offsets, person: Person, role: str | None, body: str | None, body_id: str | None
) -> Affiliation:
    return Affiliation(
        start=place[0],
        end=place[1],
        person=person.id,
        name=person.canonical,
        role=_role(role) if role else None,
        organisation=" ".join(body.split()) if body else None,
        organisation_id=body_id,
    )


@cache
def _role_forms() -> Mapping[str, str]:
    source = resources.files("kcsp_nlp") / "data" / "role_forms.json"
    forms: dict[str, str] = json.loads(source.read_text(encoding="utf-8"))
    return forms


def _role(printed: str) -> str:
    """Return an office as printed with single spaces, a short form spelt out."""
    plain = " ".join(printed.split())
    return _role_forms().get(plain.casefold().replace(".", ""), plain)
