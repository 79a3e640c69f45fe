"""What is labelled: one task per record, and what an annotator made of it.

A task carries everything that an import needs, so that a tool's export is enough to make labelled
minutes of: whose text it is, where it stands, and a digest that proves that it is unchanged.
"""

from __future__ import annotations

import hashlib
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby
from pathlib import PurePosixPath
from typing import Any, Literal, NamedTuple, get_args

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from kcsp_nlp.labels.corpus import CHECKED, Check
from kcsp_nlp.records import Kind, Record

# The key under which every tool is given a task's meta, and gives it back.
META = "kcsp"

LabelSpan = tuple[int, int, str]
Tool = Literal["label-studio", "doccano", "prodigy", "conll", "docbin"]
TOOLS: tuple[Tool, ...] = get_args(Tool)
# `done`: labelled, if only with nothing. `skipped`: the annotator passed it over. `refused`: marked
# as wrong without being put right. `unfinished`: nobody has submitted it.
State = Literal["done", "skipped", "refused", "unfinished"]

# Formats whose text is markdown; that of all others is plain.
_MARKDOWN = frozenset({".md", ".markdown"})


class TopicChoice(NamedTuple):
    """A topic as annotators are offered it."""

    name: str
    title: str
    description: str = ""


class Meta(BaseModel):
    """Whose text a task is and where it stands; it survives every tool."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    schema_: Literal["kcsp-nlp/task/1"] = Field(default="kcsp-nlp/task/1", alias="schema")
    id: str = Field(min_length=1, description="Id of the record.")
    document: str = Field(min_length=1, description="Id of the meeting.")
    source: str
    group: str = Field(min_length=1, description="The body, as a corpus groups documents.")
    body: str | None = None
    date: str | None = None
    venue: str | None = None
    format: Literal["md", "txt"]
    kind: Kind
    index: int = Field(ge=0, description="Position of the record in its document.")
    records: int = Field(ge=1, description="How many records of the document were exported.")
    number: str | None = None
    code: str | None = None
    title: str | None = None
    offset: int = Field(ge=0, description="Where the text begins in the document's text.")
    sha256: str = Field(description="Of the task's text, UTF-8.")
    words: str = Field(description="Digest of what is left of it without white space, in NFC.")
    asked: tuple[Check, ...] = Field(min_length=1, description="What is to be checked.")

    def to_json(self) -> dict[str, Any]:
        """Return the meta as the JSON object that tools are given."""
        return self.model_dump(mode="json", by_alias=True)


class Task(NamedTuple):
    """One record to be labelled.

    Attributes:
        meta: Whose text it is.
        text: The record's text; offsets count its code points.
        spans: What the model found, in order.
        topics: What the model found.
    """

    meta: Meta
    text: str
    spans: tuple[LabelSpan, ...]
    topics: tuple[str, ...]


class Mark(NamedTuple):
    """A span as a tool gives it back.

    Attributes:
        start: First unit, in the units of the tool that read it: code points if not said else.
        end: One past the last.
        label: As the tool has it.
        own: The words that the tool says stand there; None where it does not say.
    """

    start: int
    end: int
    label: str
    own: str | None = None


@dataclass(frozen=True)
class Answer:
    """What one annotator made of one task, as it stands in a tool's export.

    Attributes:
        place: Where in the file: a line, or the tool's number of the task.
        meta: Whose text it is; None where the export no longer says.
        text: The text as the export has it.
        marks: The spans, in no order.
        topics: The topics.
        annotator: Who; None where the export does not say.
        state: What became of the task.
        checked: What the annotator has vouched for; None for what the task asked for.
        aside: How many results the tool has besides spans and topics.
        problem: Why it cannot be taken, where that is plain already; None where it is not.
    """

    place: str
    meta: Meta | None
    text: str
    marks: tuple[Mark, ...] = ()
    topics: tuple[str, ...] = ()
    annotator: str | None = None
    state: State = "done"
    checked: tuple[Check, ...] | None = None
    aside: int = 0
    problem: str | None = None


class Unreadable(NamedTuple):
    """A part of an export that is no task at all.

    Attributes:
        place: Where in the file.
        why: What was found, and what was expected.
    """

    place: str
    why: str


def make_tasks(records: Iterable[Record], asked: tuple[Check, ...]) -> Iterator[Task]:
    """Make a task of every record that has words in it.

    Args:
        records: Of any number of documents, those of each document together.
        asked: What annotators are asked to check: spans, topics or both.
    """
    for _, group in groupby(records, key=lambda record: record.meeting.id):
        held = [record for record in group if record.text.strip()]
        for record in held:
            yield _make_task(record, len(held), asked)


def read_meta(value: object) -> Meta | None:
    """Read a task's meta as a tool gives it back: an object, or its JSON as text; None for none."""
    try:
        if isinstance(value, str):
            return Meta.model_validate_json(value)
        return Meta.model_validate(value)
    except ValidationError:
        return None


def digest(text: str) -> str:
    """Return the sha256 of a text in UTF-8, as hex digits; lone surrogates count too."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def digest_words(text: str) -> str:
    """Return a digest that line ends, white space, byte order marks and NFC do not change."""
    bare = "".join(text.replace("\ufeff", "").split())
    return digest(unicodedata.normalize("NFC", bare))


def explain(error: ValidationError) -> str:
    """Say what is wrong with a tool's entry without quoting it."""
    first = error.errors(include_input=False, include_url=False)[0]
    return ": ".join(filter(None, (".".join(map(str, first["loc"])), first["msg"])))


def _make_task(record: Record, records: int, asked: tuple[Check, ...]) -> Task:
    meeting, item = record.meeting, record.item
    meta = Meta(
        id=record.id,
        document=meeting.id,
        source=meeting.source,
        group=" ".join((meeting.body or meeting.source).lower().split()) or meeting.id,
        body=meeting.body,
        date=meeting.date,
        venue=meeting.venue,
        format="md" if _suffix(meeting.source) in _MARKDOWN else "txt",
        kind=item.kind,
        index=item.index,
        records=records,
        number=item.number,
        code=item.code,
        title=item.title,
        offset=record.offset,
        sha256=digest(record.text),
        words=digest_words(record.text),
        asked=tuple(each for each in CHECKED if each in asked),
    )
    spans = tuple((span.start, span.end, span.label) for span in record.spans)
    return Task(meta, record.text, spans, record.topics)


def _suffix(source: str) -> str:
    return PurePosixPath(source.partition("#")[0]).suffix.lower()
