"""The project's own form of labelled minutes: JSON Lines, one document per line.

A line holds the text, its spans as `[start, end, label]`, the meeting's facts and its agenda
items. All offsets are half-open, in code points of `text`. Everything is verified on load: a
corpus that has drifted from its texts would train a model on noise.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from pathlib import Path
from typing import IO, Any, Literal, Self, cast

import jsonlines
from pydantic import BaseModel, ConfigDict, Field, field_validator, model_validator

from kcsp_nlp.errors import CorpusError
from kcsp_nlp.jsonl import read_models
from kcsp_nlp.records import LABELS, Label, Status

SCHEMA: Literal["kcsp-nlp/labelled/1"] = "kcsp-nlp/labelled/1"

Offsets = tuple[int, int]
Check = Literal["spans", "topics", "structure"]
CHECKED: tuple[Check, ...] = ("spans", "topics", "structure")


def _is_all(checked: object) -> bool:
    return checked == CHECKED


class _Strict(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class LabelledAttendee(_Strict):
    """One line of the attendance list, as an annotator wrote it down."""

    name: str
    status: Status
    role: str | None = None
    organisation: str | None = None


class LabelledMeeting(_Strict):
    """The meeting's facts, as an annotator wrote them down."""

    body: str | None = None
    date: str | None = None
    venue: str | None = None
    attendance: tuple[LabelledAttendee, ...] = ()


class LabelledAction(_Strict):
    """An action: where it stands and who is to do it; `span` is null for an owner without text."""

    span: Offsets | None = None
    owners: tuple[str, ...] = ()


class LabelledItem(_Strict):
    """One agenda item; `start` is where its heading begins."""

    start: int = Field(ge=0)
    number: str | None = None
    code: str | None = None
    title: str | None = None
    topics: tuple[str, ...] = ()
    decisions: tuple[Offsets, ...] = ()
    actions: tuple[LabelledAction, ...] = ()


class LabelledMinutes(_Strict):
    """One labelled document."""

    schema_: Literal["kcsp-nlp/labelled/1"] = Field(default=SCHEMA, alias="schema")
    id: str = Field(min_length=1, description="Unique in the corpus.")
    group: str = Field(min_length=1, description="The body: a document's group is never split.")
    format: Literal["md", "txt"]
    text: str
    spans: tuple[tuple[int, int, Label], ...]
    meeting: LabelledMeeting
    items: tuple[LabelledItem, ...]
    checked: tuple[Check, ...] = Field(
        default=CHECKED,
        min_length=1,
        exclude_if=_is_all,
        description="What an annotator has vouched for: `structure` is the meeting's facts, "
        "attendance, headings, decisions and actions. What is not checked says nothing.",
    )

    model_config = ConfigDict(frozen=True, extra="forbid", validate_by_name=True)

    @field_validator("checked")
    @classmethod
    def _in_order(cls, checked: tuple[Check, ...]) -> tuple[Check, ...]:
        return tuple(each for each in CHECKED if each in checked)

    @field_validator("text")
    @classmethod
    def _as_read(cls, text: str) -> str:
        if "\r\n" in text or text.startswith("\ufeff"):
            raise ValueError("holds what reading takes away, \\r\\n or a byte order mark")
        return text

    @model_validator(mode="after")
    def _offsets_hold(self) -> Self:
        last = 0
        for start, end, label in self.spans:
            held = self.text[start:end]
            if not 0 <= start < end <= len(self.text):
                raise ValueError(f"{label} {start}-{end} lies outside the text")
            if start < last:
                raise ValueError(f"{label} {start}-{end} overlaps or precedes the span before it")
            if held != held.strip():
                raise ValueError(f"{label} {start}-{end} begins or ends with white space")
            last = end
        at = -1
        for item in self.items:
            if not at < item.start < len(self.text):
                raise ValueError(f"item at {item.start} lies outside the text or out of order")
            at = item.start
        for item, (first, last) in zip(self.items, self.item_ranges(), strict=True):
            ranges = [*item.decisions, *(a.span for a in item.actions if a.span)]
            for start, end in ranges:
                if not first <= start < end <= last:
                    raise ValueError(f"decision or action {start}-{end} lies outside its item")
        return self

    def item_ranges(self) -> list[Offsets]:
        """Return where each item begins and ends, in order of `items`."""
        starts = [item.start for item in self.items]
        return list(pairwise([*starts, len(self.text)]))


def read(path: Path) -> Iterator[LabelledMinutes]:
    """Read one corpus file.

    Raises:
        CorpusError: the file cannot be opened or a line does not hold; the message names file,
            line and what is wrong.
    """
    return read_models(
        path,
        LabelledMinutes,
        f"expected labelled minutes, labels of {', '.join(LABELS)} and offsets in code points "
        "(corpus/README.md describes the form)",
    )


def read_all(paths: Sequence[Path]) -> list[LabelledMinutes]:
    """Read corpus files and folders of them (every `*.jsonl`, by name), ids unique throughout.

    Raises:
        CorpusError: nothing to read, a line that does not hold, or an id that stands twice.
    """
    documents: list[LabelledMinutes] = []
    seen: dict[str, Path] = {}
    for path in paths:
        files = sorted(path.glob("*.jsonl")) if path.is_dir() else [path]
        if not files:
            raise CorpusError(f"{path}: no *.jsonl in this folder; expected labelled minutes")
        for file in files:
            for document in read(file):
                if document.id in seen:
                    raise CorpusError(
                        f"{file}: id {document.id!r} stands in {seen[document.id]} already; "
                        "give each document an id of its own"
                    )
                seen[document.id] = file
                documents.append(document)
    return documents


def write(documents: Iterable[LabelledMinutes], path: Path) -> None:
    """Write labelled minutes as JSON Lines."""
    with path.open("w", encoding="utf-8", newline="\n") as stream:
        write_to(documents, stream)


def write_to(documents: Iterable[LabelledMinutes], stream: IO[str]) -> None:
    """Write labelled minutes as JSON Lines to an open stream."""
    writer = jsonlines.Writer(cast(Any, stream), compact=True)
    for document in documents:
        writer.write(document.model_dump(mode="json", by_alias=True))
