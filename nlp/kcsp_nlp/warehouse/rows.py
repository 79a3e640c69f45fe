"""One record as the rows of the tables of facts."""

from __future__ import annotations

import hashlib
import math
import re
from collections.abc import Iterator
from datetime import date

from kcsp_nlp.linking.bodies.names import name_key
from kcsp_nlp.records import Meeting, Record, Span

Value = str | int | float | bool | None
Row = tuple[Value, ...]

# matches: "2021-11-18", "2021-11", "2021"    does not match: "18/11/2021", "2021-11-18T10:00"
_DATE = re.compile(r"\d{4}(-\d\d(-\d\d)?)?", re.ASCII)
_DAY = len("2021-11-18")
_YEARS = range(1800, 2200)  # beyond them a date of minutes is misread


def meeting_row(record: Record) -> Row:
    """Return the row of `meetings` that a record belongs to."""
    meeting = record.meeting
    return (
        meeting.id,
        body_id(meeting),
        meeting.body,
        known_date(meeting.date),
        whole_day(meeting.date),
        meeting.venue,
        meeting.source,
        meeting.sha256,
        record.model.name,
        record.model.version,
    )


def record_rows(record: Record) -> Iterator[tuple[str, Row]]:
    """Yield the rows of one record: the name of the table, and its values in the order of columns.

    The meeting itself is none of them: all records of a document share it.
    """
    item, meeting = record.id, record.meeting.id
    yield "items", _item_row(record)
    topics = dict.fromkeys((*record.scores, *record.topics))
    for topic in topics:
        assigned = topic in record.topics
        yield "item_topics", (item, topic, meeting, _finite(record.scores.get(topic)), assigned)
    for topic, found in (record.evidence or {}).items():
        for position, each in enumerate(found):
            said = each.start, each.end, each.text, _finite(each.weight)
            yield "evidence", (item, topic, position, meeting, *said)
    for span in record.spans:
        yield from _mention_rows(span, item, meeting)
    for decision in record.decisions:
        place = decision.start, decision.end, decision.page
        yield "decisions", (f"{item}:{decision.start}", item, meeting, *place, decision.text)
    yield from _action_rows(record)
    yield from _people_rows(record)


def body_id(meeting: Meeting) -> str | None:
    """Return what all ways of writing the name of a meeting's body share; None where not known."""
    key = name_key(meeting.body)
    return "met:" + hashlib.sha256(key.encode()).hexdigest()[:16] if key else None


def known_date(written: str | None) -> str | None:
    """Return a date that is a day, month or year of the calendar; None for any other."""
    if written is None or not _DATE.fullmatch(written):
        return None
    try:
        date.fromisoformat(written + "0001-01-01"[len(written) :])
    except ValueError:
        return None
    return written


def whole_day(written: str | None) -> str | None:
    """Return a date that is one day of the calendar; None for any other, and for None."""
    known = known_date(written)
    return known if known and len(known) == _DAY and int(known[:4]) in _YEARS else None


def _finite(number: float | None) -> float | None:
    """Return a number as every database holds it; None for what none of them agree on."""
    try:
        return float(number) if number is not None and math.isfinite(number) else None
    except OverflowError:  # an integer beyond all floating point
        return None


def _item_row(record: Record) -> Row:
    item, restriction = record.item, record.restriction
    return (
        record.id,
        record.meeting.id,
        item.index,
        item.kind,
        item.number,
        item.code,
        item.title,
        record.page,
        record.offset,
        restriction.kind if restriction else None,
        restriction.said_by if restriction else None,
        restriction.text if restriction else None,
        record.text,
    )


def _mention_rows(span: Span, item: str, meeting: str) -> Iterator[tuple[str, Row]]:
    mention = f"{item}:{span.start}"
    law = span if span.label == "LEGISLATION" else None
    known = span.id or None
    yield (
        "mentions",
        (
            mention,
            item,
            meeting,
            span.label,
            span.start,
            span.end,
            span.page,
            span.text,
            span.canonical,
            known if span.label == "PERSON" else None,
            known if span.label == "ORG" else None,
            known if law else None,
            law.provision if law else None,
            " ".join(law.provisions) or None if law else None,
            span.source,
            span.score,
        ),
    )
    if span.label == "MONEY":
        purpose = span.purpose
        said = (purpose.text, purpose.id or None) if purpose else (None, None)
        sum_ = _finite(span.amount), span.currency, span.period, span.hedge
        yield "money", (mention, item, meeting, span.text, *sum_, *said)


def _action_rows(record: Record) -> Iterator[tuple[str, Row]]:
    item, meeting = record.id, record.meeting.id
    for action in record.actions:
        key = f"{item}:{action.start}"
        place = action.start, action.end, action.page
        owners = "; ".join(action.owners) or None
        due = known_date(action.due), whole_day(action.due)
        yield "actions", (key, item, meeting, *place, action.text, owners, *due)
        for position, owner in enumerate(action.owners):
            known = action.owner_ids[position] if position < len(action.owner_ids) else None
            person = known if known and known.startswith("person:") else None
            body = None if person else known or None
            yield "action_owners", (key, position, meeting, owner, person, body, item)


def _people_rows(record: Record) -> Iterator[tuple[str, Row]]:
    item, meeting = record.id, record.meeting.id
    for position, who in enumerate(record.attendance):
        said = who.name, who.role, who.organisation, who.person or None, who.organisation_id or None
        place = who.start, who.end, who.page
        yield "attendance", (item, position, meeting, who.status, *said, *place)
    for position, held in enumerate(record.affiliations):
        said = held.person, held.name, held.role, held.organisation, held.organisation_id or None
        place = held.start, held.end, held.page
        yield "affiliations", (item, position, meeting, *said, *place)
