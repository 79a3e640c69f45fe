"""Who held which office in which body, when: from attendance lists and from what is stated."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import NamedTuple

from kcsp_nlp.dashboard.entities.batches import Batch, by_member
from kcsp_nlp.dashboard.source import Row, Source

_PERSON = "LEFT JOIN people p ON p.person_id = h.person_id"
_HELD = """
    SELECT h.{{key}} AS id, h.person_id, {name} AS person, h.role, h.organisation,
        h.organisation_id, o.name AS organisation_name, h.meeting_id, m.date
    FROM {table} h JOIN meetings m ON m.meeting_id = h.meeting_id
    LEFT JOIN organisations o ON o.organisation_id = h.organisation_id {join}
    WHERE h.{{key}} BETWEEN ?1 AND ?2
    ORDER BY h.{{key}}, m.date, h.meeting_id, h.position
"""
_TABLES = ("attendance", "affiliations")


class Stated(NamedTuple):
    """A meeting that states something, and its date; None where not known."""

    meeting_id: str
    date: str | None


@dataclass
class Office:
    """Somebody in an office or body.

    Attributes:
        person_id: The person; None where not known.
        person: The name.
        role: As printed first; None where none is stated.
        organisation_id: The body; None where not known.
        organisation: Its name; None where none is stated.
        meetings: Meetings that state it.
    """

    person_id: str | None
    person: str
    role: str | None
    organisation_id: str | None
    organisation: str | None
    meetings: set[Stated] = field(default_factory=set)

    @property
    def first(self) -> Stated:
        """The first such meeting; one without a date where no date is known."""
        return min(self.meetings, key=lambda each: (each.date or "9999", each.meeting_id))

    @property
    def last(self) -> Stated:
        """The last such meeting; one without a date where no date is known."""
        return max(self.meetings, key=lambda each: (each.date or "", each.meeting_id))


def office_rows(source: Source, batch: Batch) -> dict[str, list[Row]]:
    """Return what attendance lists, then statements, say of each member, the oldest first."""
    rows: dict[str, list[Row]] = defaultdict(list)
    for table in _TABLES:
        statement = _HELD.format(table=table, name="COALESCE(p.name, h.name)", join=_PERSON)
        for member, held in by_member(source, batch, statement).items():
            rows[member] += held
    return rows


def offices(rows: Iterable[Row]) -> list[Office]:
    """Return each office once, whichever way it is written; the latest and most stated first.

    What states neither a role nor a body is left out.
    """
    found: dict[tuple[str, ...], Office] = {}
    for row in rows:
        if not (row["role"] or row["organisation"] or row["organisation_id"]):
            continue
        body = row["organisation_id"] or _folded(row["organisation"])
        key = row["person_id"] or _folded(row["person"]), _folded(row["role"]), body
        office = found.setdefault(
            key,
            Office(
                row["person_id"],
                row["person"],
                row["role"],
                row["organisation_id"],
                row["organisation_name"] or row["organisation"],
            ),
        )
        office.meetings.add(Stated(row["meeting_id"], row["date"]))
    order = sorted(found.values(), key=lambda each: (each.person, each.role or ""))
    order.sort(key=lambda each: (each.last.date or "", len(each.meetings)), reverse=True)
    return order


def _folded(text: str | None) -> str:
    return " ".join((text or "").casefold().split())
