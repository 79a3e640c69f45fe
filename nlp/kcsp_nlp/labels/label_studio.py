"""Label Studio: tasks with predictions out, its JSON and JSON_MIN exports in.

Its editor counts code points (old versions: UTF-16 code units), a carriage return as a
character of its own, and says the words of each region, line ends in them as backslash and n.
Predictions are the model's, drafts are nobody's; only annotations that were submitted count.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from typing import Any
from xml.sax.saxutils import quoteattr

from pydantic import BaseModel, ValidationError

from kcsp_nlp.labels.corpus import Check
from kcsp_nlp.labels.json_lines import read_array
from kcsp_nlp.labels.palette import COLOURS, KEYS
from kcsp_nlp.labels.tasks import (
    META,
    Answer,
    Mark,
    State,
    Task,
    TopicChoice,
    Unreadable,
    explain,
    read_meta,
)

# Names of the controls in the labelling configuration, and so of the results.
_SPANS, _TOPICS, _TEXT = "label", "topics", "text"


class _Value(BaseModel):
    start: int
    end: int
    text: str | None = None
    labels: tuple[str, ...] = ()


class _Choices(BaseModel):
    choices: tuple[str, ...]


class _User(BaseModel):
    id: int | None = None
    email: str | None = None


class _Annotation(BaseModel):
    id: int = 0
    result: tuple[dict[str, Any], ...] = ()
    was_cancelled: bool | None = None
    completed_by: _User | int | None = None


class _Data(BaseModel):
    text: str


class _Exported(BaseModel):
    data: _Data
    annotations: tuple[_Annotation, ...] = ()


class _Flat(BaseModel):
    text: str
    label: tuple[_Value, ...] = ()
    topics: _Choices | str | tuple[str, ...] = ()
    annotator: int | str | None = None


def make_files(
    tasks: Sequence[Task], topics: Sequence[TopicChoice], asked: Sequence[Check]
) -> dict[str, bytes]:
    """Return the files of an export: tasks to import, and the labelling configuration."""
    entries = json.dumps([_entry(task, asked) for task in tasks], ensure_ascii=False, indent=1)
    return {"tasks.json": entries.encode(), "labels.xml": _config(topics, asked).encode()}


def read_answers(text: str) -> Iterator[Answer | Unreadable]:
    """Yield what annotators made of each task of a JSON or JSON_MIN export."""
    for read in read_array(text):
        if isinstance(read, Unreadable):
            yield read
            continue
        place, entry = read
        place = f"task {entry['id']}" if isinstance(entry.get("id"), int) else place
        try:
            yield from _whole(place, entry) if "data" in entry else _flat(place, entry)
        except ValidationError as error:
            yield Unreadable(place, f"not as Label Studio exports a task: {explain(error)}")


def _entry(task: Task, asked: Sequence[Check]) -> dict[str, Any]:
    shown = {"heading": task.meta.title or task.meta.kind, "document": task.meta.source}
    return {
        "data": {"text": task.text, **shown, META: task.meta.to_json()},
        "predictions": [{"model_version": "kcsp-nlp", "result": _result(task, asked)}],
    }


def _result(task: Task, asked: Sequence[Check]) -> list[dict[str, Any]]:
    results: list[dict[str, Any]] = []
    for number, (start, end, label) in enumerate(task.spans if "spans" in asked else ()):
        value = {"start": start, "end": end, "text": task.text[start:end], "labels": [label]}
        results.append({"id": f"span{number}", **_control(_SPANS, "labels"), "value": value})
    if "topics" in asked and task.topics:
        value = {"choices": list(task.topics)}
        results.append({"id": "topics", **_control(_TOPICS, "choices"), "value": value})
    return results


def _control(name: str, kind: str) -> dict[str, str]:
    return {"from_name": name, "to_name": _TEXT, "type": kind}


def _config(topics: Sequence[TopicChoice], asked: Sequence[Check]) -> str:
    """Return the labelling configuration.

    White space is shown as it is, for it counts; words can be cut in two (`£60-70k`), and so the
    granularity is that of symbols.
    """
    labels = [
        f'    <Label value="{label}" background="{colour}" hotkey="{KEYS[label]}"/>'
        for label, colour in COLOURS.items()
    ]
    choices = [
        f"    <Choice value={quoteattr(name)} hint={quoteattr(description or title)}/>"
        for name, title, description in topics
    ]
    to = f'toName="{_TEXT}"'
    lines = ["<View>", "  <Style>.htx-text { white-space: pre-wrap; }</Style>"]
    lines += ['  <Header value="$heading" size="4"/>']
    if "spans" in asked:
        lines += [f'  <Labels name="{_SPANS}" {to}>', *labels, "  </Labels>"]
    lines += [f'  <Text name="{_TEXT}" value="$text" granularity="symbol" saveTextResult="yes"/>']
    if "topics" in asked:
        lines += [f'  <Choices name="{_TOPICS}" {to} choice="multiple" showInline="true">']
        lines += [*choices, "  </Choices>"]
    return "\n".join([*lines, "</View>", ""])


def _whole(place: str, entry: dict[str, Any]) -> Iterator[Answer | Unreadable]:
    task = _Exported.model_validate(entry)
    meta = read_meta(entry["data"].get(META))
    if not task.annotations:
        yield Answer(place, meta, task.data.text, state="unfinished")
    for annotation in sorted(task.annotations, key=lambda each: each.id):
        name = _name(annotation.completed_by)
        if annotation.was_cancelled:
            yield Answer(place, meta, task.data.text, annotator=name, state="skipped")
            continue
        marks: list[Mark] = []
        topics: list[str] = []
        aside = 0
        for result in annotation.result:
            if result.get("type") == "labels":
                marks.extend(_marks(_Value.model_validate(result.get("value"))))
            elif result.get("type") == "choices":
                topics.extend(_Choices.model_validate(result.get("value")).choices)
            else:
                aside += 1
        yield Answer(place, meta, task.data.text, tuple(marks), tuple(topics), name, aside=aside)


def _flat(place: str, entry: dict[str, Any]) -> Iterator[Answer]:
    task = _Flat.model_validate(entry)
    meta = read_meta(entry.get(META))
    chosen = task.topics.choices if isinstance(task.topics, _Choices) else task.topics
    topics = (chosen,) if isinstance(chosen, str) else tuple(chosen)
    marks = tuple(mark for value in task.label for mark in _marks(value))
    name = None if task.annotator is None else str(task.annotator)
    # A task that nobody has submitted stands there too, with no annotation's number.
    state: State = "unfinished" if entry.get("annotation_id") is None else "done"
    yield Answer(place, meta, task.text, marks, topics, name, state)


def _marks(value: _Value) -> Iterator[Mark]:
    # A region whose label was taken away is no span of ours, and not to be lost unseen.
    for label in value.labels or ("",):
        yield Mark(value.start, value.end, label, value.text)


def _name(user: _User | int | None) -> str | None:
    name = (user.email or user.id) if isinstance(user, _User) else user
    return None if name is None else str(name)
