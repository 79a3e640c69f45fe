"""Prodigy: tasks as JSON Lines out, `prodigy db-out` in.

Offsets count code points. A task holds its tokens, so that Prodigy asks no pipeline for them; they
are cut where our spans begin and end. `answer` says what became of a task: one without it was
never answered.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from importlib import resources
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from kcsp_nlp.labels.corpus import Check
from kcsp_nlp.labels.json_lines import Entry, read_array, read_lines, write_lines
from kcsp_nlp.labels.palette import COLOURS
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
from kcsp_nlp.labels.words import divide

_STATES: dict[str | None, State] = {
    "accept": "done",
    "reject": "refused",
    "ignore": "skipped",
    None: "unfinished",
}


class _Span(BaseModel):
    start: int
    end: int
    label: str
    text: str | None = None


class _Line(BaseModel):
    model_config = ConfigDict(populate_by_name=True)

    text: str
    spans: tuple[_Span, ...] = ()
    accept: tuple[str, ...] = ()
    answer: Literal["accept", "reject", "ignore"] | None = None
    annotator: str | None = Field(default=None, alias="_annotator_id")
    session: str | None = Field(default=None, alias="_session_id")


def make_files(
    tasks: Sequence[Task], topics: Sequence[TopicChoice], asked: Sequence[Check]
) -> dict[str, bytes]:
    """Return the files of an export: tasks, Prodigy's configuration, a recipe."""
    looks = {
        "labels": list(COLOURS),
        "custom_theme": {"labels": dict(COLOURS)},
        "choice_style": "multiple",
        "blocks": [
            *([{"view_id": "ner_manual"}] if "spans" in asked else []),
            *([{"view_id": "choice", "text": None}] if "topics" in asked else []),
        ],
    }
    recipe = resources.files("kcsp_nlp") / "data" / "labels" / "prodigy_recipe.txt"
    return {
        "tasks.jsonl": write_lines(_entry(task, topics, asked) for task in tasks),
        "prodigy.json": (json.dumps(looks, indent=1) + "\n").encode(),
        "recipe.py": recipe.read_bytes(),
    }


def read_answers(text: str) -> Iterator[Answer | Unreadable]:
    """Yield what an annotator made of each task."""
    for read in read_array(text) if text.lstrip().startswith("[") else read_lines(text):
        if isinstance(read, Unreadable):
            yield read
            continue
        try:
            yield _answer(read)
        except ValidationError as error:
            yield Unreadable(read[0], f"not as Prodigy exports a task: {explain(error)}")


def _entry(task: Task, topics: Sequence[TopicChoice], asked: Sequence[Check]) -> dict[str, Any]:
    entry: dict[str, Any] = {"text": task.text}
    if "spans" in asked:
        entry |= _tokens(task)
    if "topics" in asked:
        entry["options"] = [{"id": topic.name, "text": topic.title} for topic in topics]
        entry["accept"] = list(task.topics)
    shown = {"document": task.meta.source, "item": task.meta.title or task.meta.kind}
    return {**entry, "meta": shown, META: task.meta.to_json()}


def _tokens(task: Task) -> dict[str, Any]:
    """Return tokens and spans; white space that is more than one blank is a token of its own."""
    places: list[tuple[int, int]] = []
    words = divide(task.text, task.spans)
    lead = words[0].start if words else len(task.text)
    if lead:
        places.append((0, lead))
    for start, end, gap in words:
        places.append((start, end))
        if gap not in {"", " "}:
            places.append((end, end + len(gap)))
    tokens = [
        {
            "text": task.text[start:end],
            "start": start,
            "end": end,
            "id": number,
            "ws": number + 1 < len(places) and places[number + 1][0] > end,
        }
        for number, (start, end) in enumerate(places)
    ]
    first = {start: number for number, (start, _) in enumerate(places)}
    last = {end: number for number, (_, end) in enumerate(places)}
    spans = [
        {
            "start": start,
            "end": end,
            "label": label,
            "token_start": first.get(start),
            "token_end": last.get(end),
        }
        for start, end, label in task.spans
    ]
    return {"tokens": tokens, "spans": spans}


def _answer(read: Entry) -> Answer:
    place, entry = read
    line = _Line.model_validate(entry)
    return Answer(
        place,
        read_meta(entry.get(META)),
        line.text,
        tuple(Mark(each.start, each.end, each.label, each.text) for each in line.spans),
        line.accept,
        line.annotator or line.session,
        _STATES[line.answer],
    )
