"""The record contract: what `annotate` writes, one record per agenda item, as frozen models.

Offsets count Unicode code points and are half-open. Inside a `Record` they point into
`Record.text`; `Record.offset + start` points into the document's text. Stages that look at a
whole document return the same models with offsets into the document's text, and `annotate`
moves them into their record with `shifted`.
"""

from __future__ import annotations

from itertools import chain
from typing import Annotated, Any, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

SCHEMA_VERSION: Literal["kcsp-nlp/record/1"] = "kcsp-nlp/record/1"

Label = Literal["PERSON", "ROLE", "ORG", "MONEY", "LEGISLATION"]
LABELS: tuple[Label, ...] = ("PERSON", "ROLE", "ORG", "MONEY", "LEGISLATION")
Status = Literal["present", "in_attendance", "apologies", "absent"]
Kind = Literal["front", "item", "back"]
Source = Literal["rule", "model", "document"]
Period = Literal["hour", "day", "week", "month", "quarter", "year", "one_off"]
Hedge = Literal["about", "at_least", "at_most", "more_than", "less_than"]
RestrictionKind = Literal["exempt", "confidential", "restricted"]
RestrictionPlace = Literal["item", "resolution", "document"]


def _is_none(value: object) -> bool:
    return value is None


class _Frozen(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Ranged(_Frozen):
    """Anything that stands at a place in a text: half-open offsets in code points."""

    start: int = Field(ge=0, description="First code point, counted from the start of the text.")
    end: int = Field(gt=0, description="One past the last code point.")

    @model_validator(mode="after")
    def _not_empty(self) -> Self:
        if self.end <= self.start:
            raise ValueError(f"span {self.start}-{self.end} is empty or reversed")
        return self

    def shifted(self, by: int) -> Self:
        """Return the same thing `by` code points further on (negative: further back)."""
        return self.model_copy(update={"start": self.start + by, "end": self.end + by})


class _Placed(Ranged):
    page: int | None = Field(
        default=None,
        ge=1,
        description="Page of the file it begins on, from 1; null where the file has no pages.",
    )


class _Mention(_Placed):
    text: str = Field(description="What stands on the page: text[start:end].")
    canonical: str | None = Field(
        default=None, description="What it was resolved to; null where not known."
    )
    id: str | None = Field(
        default=None, description="Identifier in a register; null where not known."
    )
    source: Source | None = Field(
        default=None,
        description="What found it: a rule or register, the trained model, or what the same "
        "document says elsewhere; null where not known.",
    )
    score: float | None = Field(
        default=None,
        ge=0,
        le=1,
        description="Share of such spans that were right on documents held out; null where that "
        "was not measured.",
    )


class PersonSpan(_Mention):
    """A person's name, without honorific or post-nominals; `id` is that of the person."""

    label: Literal["PERSON"] = "PERSON"


class RoleSpan(_Mention):
    """An office, job title, rank or meeting role held by a person."""

    label: Literal["ROLE"] = "ROLE"


class OrgSpan(_Mention):
    """A named body that can act; `id` is a GSS code (`gss:`) or the body's own (`body:`)."""

    label: Literal["ORG"] = "ORG"


class LegislationSpan(_Mention):
    """An Act, Bill, Order, Regulations or a provision of one; `id` is its legislation.gov.uk id."""

    label: Literal["LEGISLATION"] = "LEGISLATION"
    provision: str | None = Field(
        default=None, description="Deepest provision as a path: section/17/1."
    )
    provisions: tuple[str, ...] = Field(
        default=(),
        description="Every provision that the mention names, those of a range among them; "
        "empty where it names none.",
    )


class Purpose(Ranged):
    """What a sum of money is for: the fund, body or service that its sentence names."""

    text: str = Field(description="As printed.")
    id: str | None = Field(default=None, description="Of a body; null where it is none.")


class MoneySpan(_Mention):
    """An amount of currency."""

    label: Literal["MONEY"] = "MONEY"
    amount: float | int | None = Field(
        default=None,
        description="In major units (50p is 0.5); null where the figure is not certain.",
    )
    currency: str | None = Field(default=None, description="ISO 4217 code; null where not certain.")
    period: Period | None = Field(
        default=None, description="How often, where it is stated; null where it is not."
    )
    hedge: Hedge | None = Field(
        default=None, description="How exact, where it is stated; null where it is not."
    )
    purpose: Purpose | None = Field(
        default=None, description="What it is for; null where the sentence does not say clearly."
    )

    def shifted(self, by: int) -> Self:
        """Return the same sum, and what it is for, `by` code points further on."""
        moved = super().shifted(by)
        purpose = self.purpose.shifted(by) if self.purpose else None
        return moved.model_copy(update={"purpose": purpose})


Span = Annotated[
    PersonSpan | RoleSpan | OrgSpan | LegislationSpan | MoneySpan, Field(discriminator="label")
]


SPANS: dict[Label, type[Span]] = {
    "PERSON": PersonSpan,
    "ROLE": RoleSpan,
    "ORG": OrgSpan,
    "MONEY": MoneySpan,
    "LEGISLATION": LegislationSpan,
}


class Attendee(_Placed):
    """One person of the attendance list; the offsets are those of the name."""

    name: str = Field(description="As printed, without honorific or post-nominals.")
    status: Status
    role: str | None = Field(
        default=None, description="As the list gives it; null where it gives none."
    )
    organisation: str | None = Field(
        default=None, description="As the list gives it; null for none."
    )
    organisation_id: str | None = Field(
        default=None, description="Identity of the organisation; null where not known."
    )
    person: str | None = Field(
        default=None, description="Identity of the person; null where not known."
    )


class Affiliation(_Placed):
    """Who somebody is at this meeting; the offsets are those of the person's mention."""

    person: str = Field(description="Identity of the person.")
    name: str = Field(description="The person's name, as `canonical` of the mention has it.")
    role: str | None = Field(default=None, description="As printed; null where none is stated.")
    organisation: str | None = Field(
        default=None, description="As printed; null where none is stated."
    )
    organisation_id: str | None = Field(
        default=None, description="Identity of the organisation; null where not known."
    )


class Decision(_Placed):
    """A resolution, or a statement that something was agreed."""

    text: str


class Action(_Placed):
    """Something somebody is to do."""

    text: str
    owners: tuple[str, ...] = Field(
        default=(), description="Who is to do it, as printed; may be empty."
    )
    owner_ids: tuple[str | None, ...] = Field(
        default=(),
        description="For each of `owners` the identity of the person or body; null where not "
        "known.",
    )
    due: str | None = Field(
        default=None, description="Date as ISO 8601; null where none is stated."
    )


class Evidence(Ranged):
    """What speaks for a topic."""

    text: str
    weight: float = Field(gt=0, description="Its share in the log-odds of the topic.")


class Item(_Frozen):
    """Where a record stands in its document."""

    index: int = Field(ge=0, description="Position of the record in its document, from 0.")
    kind: Kind
    number: str | None = Field(
        default=None, description="As printed, without punctuation: 42, 2.1, 12/17."
    )
    code: str | None = Field(default=None, description="Agenda code where printed: B1.")
    title: str | None = Field(
        default=None, description="Heading without markup; null where there is none."
    )


class Meeting(_Frozen):
    """The meeting that a document records."""

    id: str = Field(description="First 16 hex digits of the sha256 of the document's text.")
    source: str = Field(
        description="Name of the file, or '-' for standard input; behind it the member of an "
        "archive or message (notes.zip/may.docx) and the part of a pack (#page=5)."
    )
    sha256: str = Field(description="Of the document's text, UTF-8.")
    body: str | None = None
    date: str | None = Field(default=None, description="ISO 8601, as precise as the document is.")
    venue: str | None = None


class Restriction(_Frozen):
    """Why a record is not, or may not be, for the public."""

    kind: RestrictionKind = Field(
        description="exempt: information under Schedule 12A or its like; confidential: so called "
        "by law or by the minutes; restricted: a protective marking."
    )
    said_by: RestrictionPlace = Field(
        description="item: the record itself; resolution: one to exclude the public, or a heading "
        "over items that are not for it, elsewhere in the document; document: a marking of all of "
        "it."
    )
    text: str = Field(description="The words that say so, on one line and without markup.")


class Model(_Frozen):
    """Which model wrote the record."""

    name: str
    version: str


class Record(_Frozen):
    """One agenda item of one meeting, or what stands before the first or after the last."""

    schema_: Literal["kcsp-nlp/record/1"] = Field(default=SCHEMA_VERSION, alias="schema")
    id: str = Field(description="Meeting id, colon, index of the record.")
    meeting: Meeting
    item: Item
    offset: int = Field(ge=0, description="Where `text` begins in the document's text.")
    page: int | None = Field(
        default=None,
        ge=1,
        description="Page of the file that `text` begins on, from 1; null where it has no pages.",
    )
    restriction: Restriction | None = Field(
        default=None, description="Why it is not for the public; null where nothing says so."
    )
    text: str
    spans: tuple[Span, ...] = Field(default=(), description="Sorted, never overlapping.")
    topics: tuple[str, ...] = ()
    scores: dict[str, float] = Field(
        default_factory=dict, description="Calibrated probability per topic; empty for front/back."
    )
    evidence: dict[str, tuple[Evidence, ...]] | None = Field(
        default=None,
        exclude_if=_is_none,
        description="What speaks for each topic, heaviest first; only where it was asked for.",
    )
    attendance: tuple[Attendee, ...] = ()
    affiliations: tuple[Affiliation, ...] = Field(
        default=(), description="Who is stated to hold which office in which body, in order."
    )
    decisions: tuple[Decision, ...] = ()
    actions: tuple[Action, ...] = ()
    model: Model

    model_config = ConfigDict(frozen=True, extra="forbid", validate_by_name=True)

    @model_validator(mode="after")
    def _offsets_hold(self) -> Self:
        last = 0
        for span in self.spans:
            if span.start < last:
                raise ValueError(f"span at {span.start} overlaps or precedes the one before it")
            last = span.end
        evidence = chain.from_iterable((self.evidence or {}).values())
        purposes = [s.purpose for s in self.spans if s.label == "MONEY" and s.purpose]
        for held in (*self.spans, *self.decisions, *self.actions, *evidence, *purposes):
            if self.text[held.start : held.end] != held.text:
                raise ValueError(f"text at {held.start}-{held.end} is not what the record says")
        return self

    def to_json(self) -> dict[str, Any]:
        """Return the record as the JSON object that the contract describes."""
        return self.model_dump(mode="json", by_alias=True)


def json_schema() -> dict[str, Any]:
    """Return the published JSON Schema (Draft 2020-12) of one line."""
    schema = Record.model_json_schema(by_alias=True, mode="serialization")
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": "https://kcsp-nlp.invalid/schema/record-1.json",
        **schema,
    }
