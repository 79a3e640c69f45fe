"""doccano: JSON Lines out, and all the forms in which it gives them back.

Its editor counts UTF-16 code units, as long as "count grapheme clusters as one character" is off
in the project, and says no words: offsets are believed while the text is the one exported. It
guesses encodings, so what it is given is ASCII; and it keeps unknown fields as they are, so the
meta is one text. An export is a ZIP with a file per annotator.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from typing import Any

from pydantic import BaseModel, ValidationError

from kcsp_nlp.errors import CorpusError
from kcsp_nlp.labels.anchoring import from_utf16, to_utf16
from kcsp_nlp.labels.corpus import Check
from kcsp_nlp.labels.json_lines import Entry, read_array, read_lines, write_lines
from kcsp_nlp.labels.palette import COLOURS, KEYS, topic_colours
from kcsp_nlp.labels.tasks import (
    META,
    Answer,
    Mark,
    Meta,
    Task,
    TopicChoice,
    Unreadable,
    explain,
    read_meta,
)


class _Entity(BaseModel):
    start_offset: int
    end_offset: int
    label: str


_Span = _Entity | tuple[int, int, str]


class _Line(BaseModel):
    text: str
    entities: tuple[_Span, ...] | None = None
    cats: tuple[str, ...] | None = None
    label: tuple[str, ...] | tuple[_Span, ...] | None = None
    labels: tuple[str, ...] | tuple[_Span, ...] | None = None


def make_files(
    tasks: Sequence[Task], topics: Sequence[TopicChoice], asked: Sequence[Check]
) -> dict[str, bytes]:
    """Return the files of an export: tasks to import, and the label types of the project."""
    files = {"tasks.jsonl": write_lines((_entry(t, asked) for t in tasks), ascii_only=True)}
    if "spans" in asked:
        files["spans.json"] = _types({label: (c, KEYS[label]) for label, c in COLOURS.items()})
    if "topics" in asked:
        colours = topic_colours([topic.name for topic in topics])
        files["topics.json"] = _types({name: (colour, None) for name, colour in colours.items()})
    return files


def read_answers(text: str) -> Iterator[Answer | Unreadable]:
    """Yield what an annotator made of each task of an export, JSON Lines or JSON."""
    entries = list(read_array(text) if text.lstrip().startswith("[") else read_lines(text))
    held = [entry for _, entry in (each for each in entries if not isinstance(each, Unreadable))]
    checked = _project(held)
    for read in entries:
        if isinstance(read, Unreadable):
            yield read
            continue
        try:
            yield _answer(read, checked)
        except ValidationError as error:
            yield Unreadable(read[0], f"not as doccano exports a task: {explain(error)}")


def _entry(task: Task, asked: Sequence[Check]) -> dict[str, Any]:
    spans = [
        [to_utf16(task.text, start), to_utf16(task.text, end), label]
        for start, end, label in task.spans
    ]
    labels: dict[str, Any] = (
        {"entities": spans, "cats": list(task.topics)}
        if len(asked) > 1
        else {"label": spans if "spans" in asked else list(task.topics)}
    )
    return {"text": task.text, **labels, META: json.dumps(task.meta.to_json())}


def _types(looks: dict[Any, tuple[str, str | None]]) -> bytes:
    types = [
        {"text": text, "suffix_key": key, "background_color": colour, "text_color": "#ffffff"}
        for text, (colour, key) in looks.items()
    ]
    return (json.dumps(types, indent=1) + "\n").encode()


def _project(entries: Sequence[dict[str, Any]]) -> tuple[Check, ...] | None:
    """Return what the project can label, by the fields of its export; None where that is open."""
    if any("cats" in entry for entry in entries):
        return ("spans", "topics")
    if any("entities" in entry for entry in entries):
        return ("spans",)
    for entry in entries:
        for label in entry.get("label") or entry.get("labels") or ():
            return ("topics",) if isinstance(label, str) else ("spans",)
    return None


def _answer(read: Entry, checked: tuple[Check, ...] | None) -> Answer:
    place, entry = read
    line = _Line.model_validate(entry)
    meta = read_meta(entry.get(META))
    held = (*(line.label or ()), *(line.labels or ()))
    spans = (*(line.entities or ()), *(each for each in held if not isinstance(each, str)))
    topics = (*(line.cats or ()), *(each for each in held if isinstance(each, str)))
    found = tuple(
        Mark(each.start_offset, each.end_offset, each.label)
        if isinstance(each, _Entity)
        else Mark(*each)
        for each in spans
    )
    vouched = _vouched(meta, checked)
    try:
        marks = from_utf16(line.text, found)
    except CorpusError as error:
        return Answer(place, meta, line.text, checked=vouched, problem=str(error))
    return Answer(place, meta, line.text, marks, topics, checked=vouched)


def _vouched(meta: Meta | None, project: tuple[Check, ...] | None) -> tuple[Check, ...] | None:
    """Return what was checked: what the task asked for, as far as the project could label it."""
    if project is None or meta is None:
        return project
    return tuple(each for each in project if each in meta.asked) or project
