"""Invented records to be labelled, and what tools make of an export once all is accepted."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from typing import Any

from kcsp_nlp.labels.exporting import make_export
from kcsp_nlp.labels.tasks import LabelSpan, Tool, TopicChoice
from kcsp_nlp.records import Record

TOPICS = (
    TopicChoice("funding", "Funding", 'Money asked for & "received"'),
    TopicChoice("mental_health", "Mental health"),
)
NAMES = tuple(topic.name for topic in TOPICS)

FRONT = "Quay Council 🏛\nPresent: Ada Quill (Clerk)\n\n"
FERRY = (
    "1. Ferry fund 🚢🚢\nThe Home\u00a0Office paid £40k. Cafe\u0301 Quay, KCC/NHS: José asked.\n\n"
)
LIGHTS = "2. Lights\nThe Clerk\t spoke.  Nothing agreed.\n"
CLOSE = "Signed: Ada Quill\n"


def spans_at(text: str, *marked: tuple[str, str]) -> list[tuple[int, int, str]]:
    """Return where words stand for the first time, with their labels."""
    found = [(text.index(words), len(words), label) for words, label in marked]
    return sorted((start, start + length, label) for start, length, label in found)


# Kind, text, spans, topics.
Minute = tuple[str, str, Sequence[LabelSpan], Sequence[str]]

MINUTES: tuple[Minute, ...] = (
    ("front", FRONT, spans_at(FRONT, ("Ada Quill", "PERSON"), ("Clerk", "ROLE")), ()),
    (
        "item",
        FERRY,
        spans_at(
            FERRY,
            ("Home\u00a0Office", "ORG"),
            ("£40k", "MONEY"),
            ("Cafe\u0301 Quay", "ORG"),
            ("KCC", "ORG"),
            ("NHS", "ORG"),
            ("José", "PERSON"),
        ),
        ("funding",),
    ),
    ("item", LIGHTS, spans_at(LIGHTS, ("Clerk", "ROLE")), ()),
    ("back", CLOSE, spans_at(CLOSE, ("Ada Quill", "PERSON")), ()),
)


def make_records(
    minutes: Sequence[Minute] = MINUTES,
    source: str = "quay.md",
) -> list[Record]:
    """Return the records of one document, as `annotate` would write them."""
    whole = "".join(text for _, text, _, _ in minutes)
    sha256 = hashlib.sha256(whole.encode()).hexdigest()
    records = []
    offset = 0
    for index, (kind, text, spans, topics) in enumerate(minutes):
        records.append(
            Record.model_validate(
                {
                    "id": f"{sha256[:16]}:{index}",
                    "meeting": {
                        "id": sha256[:16],
                        "source": source,
                        "sha256": sha256,
                        "body": "Quay Council",
                        "date": "2024-05-14",
                    },
                    "item": {"index": index, "kind": kind, "title": text.split("\n")[0] or None},
                    "offset": offset,
                    "text": text,
                    "spans": [
                        {"start": start, "end": end, "label": label, "text": text[start:end]}
                        for start, end, label in spans
                    ],
                    "topics": tuple(topics),
                    "model": {"name": "kcsp", "version": "1"},
                }
            )
        )
        offset += len(text)
    return records


def exported(records: Sequence[Record], tool: Tool, **options: Any) -> bytes:
    """Return the tasks of an export."""
    files = make_export(records, tool, **{"topics": TOPICS, **options})
    (name,) = (name for name in files if name.startswith("tasks."))
    return files[name]


def answered(records: Sequence[Record], tool: Tool, **options: Any) -> bytes:
    """Return what a tool gives back where an annotator has accepted everything."""
    data = exported(records, tool, **options)
    if tool == "label-studio":
        return dump(accept_all(json.loads(data)))
    if tool == "prodigy":
        lines = [{**json.loads(line), "answer": "accept"} for line in data.split(b"\n") if line]
        return "".join(json.dumps(line) + "\n" for line in lines).encode()
    return data


def accept_all(tasks: list[dict[str, Any]], user: int = 1) -> list[dict[str, Any]]:
    """Return Label Studio's tasks with every prediction submitted as it is."""
    return [
        {
            "id": number,
            "data": task["data"],
            "annotations": [
                {
                    "id": number,
                    "completed_by": user,
                    "was_cancelled": False,
                    "result": task["predictions"][0]["result"],
                }
            ],
            "drafts": [],
            "predictions": [number],
        }
        for number, task in enumerate(tasks, start=1)
    ]


def dump(value: object) -> bytes:
    """Return a value as JSON in UTF-8."""
    return json.dumps(value, ensure_ascii=False).encode()
