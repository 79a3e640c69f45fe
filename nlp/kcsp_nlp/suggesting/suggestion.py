"""One suggestion: which item, and why, in plain words and figures."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import IO, Any, Literal, cast

import jsonlines
from pydantic import BaseModel, ConfigDict, Field

from kcsp_nlp.records import Kind, Record
from kcsp_nlp.suggesting.doubts import Doubt

# Items less like those before than this are called unlike.
_UNLIKE = 0.2


class Suggestion(BaseModel):
    """An item that is worth labelling."""

    schema_: Literal["kcsp-nlp/suggestion/1"] = Field(
        default="kcsp-nlp/suggestion/1", alias="schema"
    )
    id: str = Field(description="Of the record.")
    source: str = Field(description="Name of the file.")
    body: str | None = None
    date: str | None = None
    kind: Kind
    number: str | None = None
    title: str | None = None
    characters: int = Field(ge=0, description="Of the record's text: what there is to read.")
    spans: int = Field(ge=0, description="Spans that the record has.")
    wrong_spans: float = Field(ge=0, description="Expected number of wrong ones among them.")
    untagged: int = Field(ge=0, description="Capitalised runs that no span touches.")
    wrong_topics: float = Field(ge=0, description="Expected number of wrong topics.")
    per_thousand: float = Field(
        ge=0, description="Expected corrections of spans per 1,000 characters."
    )
    likeness: float = Field(
        ge=0, le=1, description="To the likest item labelled or suggested before; 0 for none."
    )
    reasons: tuple[str, ...]

    model_config = ConfigDict(frozen=True, extra="forbid", validate_by_name=True)


def suggestion(record: Record, doubt: Doubt, aim: str, likeness: float) -> Suggestion:
    """Return the suggestion of a record, with the reasons that count for the aim."""
    reasons: list[str] = []
    if aim != "topics":
        reasons += _of_spans(doubt)
    if aim != "spans":
        reasons += _of_topics(doubt)
    length = len(record.text)
    rate = 1000 * doubt.in_spans / max(1, length)
    reasons.append(f"{length:,} characters, {rate:.1f} corrections of spans expected per 1,000")
    if likeness < _UNLIKE:
        reasons.append(f"unlike what is labelled or stands above (likeness {likeness:.2f})")
    return Suggestion(
        id=record.id,
        source=record.meeting.source,
        body=record.meeting.body,
        date=record.meeting.date,
        kind=record.item.kind,
        number=record.item.number,
        title=record.item.title,
        characters=length,
        spans=doubt.spans,
        wrong_spans=round(doubt.wrong, 2),
        untagged=len(doubt.untagged),
        wrong_topics=round(doubt.topics, 2),
        per_thousand=round(rate, 2),
        likeness=round(likeness, 3),
        reasons=tuple(reasons),
    )


def _of_spans(doubt: Doubt) -> Iterator[str]:
    if doubt.spans:
        least = ", ".join(
            f"{label} {_short(text)} {score:.2f}" for label, text, score in doubt.weakest
        )
        tail = f"; least sure: {least}" if least else ""
        yield f"{doubt.wrong:.1f} of {doubt.spans} spans expected wrong{tail}"
    if doubt.untagged:
        first = ", ".join(map(_short, doubt.untagged[:3]))
        many = len(doubt.untagged)
        yield f"{many} capitalised run{'s' if many > 1 else ''} without a span: {first}"


def _of_topics(doubt: Doubt) -> Iterator[str]:
    for name, probability, threshold in doubt.close[:2]:
        yield f"{name} at {probability:.2f}, given from about {threshold:.2f}"
    if not doubt.close:
        yield f"{doubt.topics:.2f} topics expected wrong"


def _short(text: str) -> str:
    """Return what stands on the page on one line, cut where it is long."""
    line = " ".join(text.split())
    return f"“{line[:40]}…”" if len(line) > 40 else f"“{line}”"  # noqa: PLR2004


def write(suggestions: Iterable[Suggestion], stream: IO[str]) -> None:
    """Write suggestions as JSON Lines."""
    writer = jsonlines.Writer(cast(Any, stream))
    for each in suggestions:
        writer.write(each.model_dump(mode="json", by_alias=True))
