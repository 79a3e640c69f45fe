"""The record contract: what a record refuses, its published schema, and JSON Lines in and out."""

from __future__ import annotations

import io
import json
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator
from pydantic import ValidationError

from kcsp_nlp.errors import CorpusError
from kcsp_nlp.record_lines import read, write
from kcsp_nlp.records import LABELS, Action, Decision, PersonSpan, Record, json_schema

VALIDATOR = Draft202012Validator(json_schema())

# A record as the contract shows one, every field filled that can be.
TEXT = (
    "3. Night bus\n\n"
    "Ms Ada Quill (Clerk, Harbour Board) cited s.17 of an Act and paid £4.50. AGREED."
)
RECORD: dict[str, Any] = {
    "schema": "kcsp-nlp/record/1",
    "id": "0123456789abcdef:1",
    "meeting": {
        "id": "0123456789abcdef",
        "source": "harbour.md",
        "sha256": "0" * 64,
        "body": "Harbour Board",
        "date": "2024-05",
        "venue": None,
    },
    "item": {"index": 1, "kind": "item", "number": "3", "code": "B1", "title": "Night bus"},
    "offset": 40,
    "page": 2,
    "restriction": {"kind": "exempt", "said_by": "item", "text": "EXEMPT"},
    "text": TEXT,
    "spans": [
        {"start": 17, "end": 26, "page": 2, "label": "PERSON", "text": "Ada Quill",
         "canonical": "A Quill", "id": "person:1", "source": "document", "score": 0.97},
        {"start": 28, "end": 33, "page": 2, "label": "ROLE", "text": "Clerk",
         "canonical": None, "id": None, "source": "model", "score": None},
        {"start": 35, "end": 48, "page": 2, "label": "ORG", "text": "Harbour Board",
         "canonical": "Harbour Board", "id": None, "source": "rule", "score": 0.5},
        {"start": 56, "end": 60, "page": 2, "label": "LEGISLATION", "text": "s.17",
         "canonical": None, "id": None, "source": "rule", "score": None, "provision": "section/17",
         "provisions": ["section/17"]},
        {"start": 80, "end": 85, "page": 2, "label": "MONEY", "text": "£4.50",
         "canonical": "GBP 4.5", "id": None, "source": "rule", "score": None, "amount": 4.5,
         "currency": "GBP",
         "period": "one_off", "hedge": "about",
         "purpose": {"start": 35, "end": 48, "text": "Harbour Board", "id": "body:harbour"}},
    ],
    "topics": ["funding"],
    "scores": {"funding": 0.9},
    "attendance": [
        {"name": "Ada Quill", "status": "in_attendance", "role": "Clerk", "organisation": None,
         "organisation_id": None, "person": None, "start": 17, "end": 26,
         "page": None}
    ],
    "affiliations": [
        {"start": 17, "end": 26, "page": 2, "person": "person:1", "name": "A Quill",
         "role": "Clerk", "organisation": "Harbour Board", "organisation_id": "body:harbour"}
    ],
    "decisions": [{"start": 87, "end": 94, "page": 3, "text": "AGREED."}],
    "actions": [{"start": 0, "end": 2, "page": 2, "text": "3.", "owners": ["Ada Quill"],
                 "owner_ids": ["person:1"], "due": "2024-06-01"}],
    "model": {"name": "kcsp", "version": "1.0.0"},
}  # fmt: skip


def test_a_record_as_the_contract_shows_it_is_valid() -> None:
    VALIDATOR.validate(RECORD)
    assert Record.model_validate(RECORD).to_json() == RECORD


def test_the_schema_is_one_of_draft_2020_12() -> None:
    schema = json_schema()
    Draft202012Validator.check_schema(schema)
    assert schema["$schema"] == "https://json-schema.org/draft/2020-12/schema"


def changed(path: str, value: Any) -> dict[str, Any]:
    """Return the record with one field set (`spans/4/amount`), or taken away for `...`."""
    record: dict[str, Any] = json.loads(json.dumps(RECORD))
    *outer, last = path.split("/")
    held: Any = record
    for name in outer:
        held = held[int(name)] if isinstance(held, list) else held[name]
    if value is ...:
        del held[last]
    else:
        held[last] = value
    return record


@pytest.mark.parametrize(
    ("path", "value", "reason"),
    [
        ("colour", "red", "an unknown field"),
        ("meeting/chair", None, "an unknown field of the meeting"),
        ("item/level", 1, "an unknown field of the item"),
        ("spans/0/colour", "red", "an unknown field of a span"),
        ("spans/0/score", 1.5, "a score that is no share"),
        ("spans/0/source", "ner", "an unknown source"),
        ("spans/0/amount", 4.5, "a field of another label"),
        ("attendance/0/initials", "AQ", "an unknown field of an attendee"),
        ("decisions/0/votes", 3, "an unknown field of a decision"),
        ("actions/0/done", False, "an unknown field of an action"),
        ("spans/0/label", "PLACE", "an unknown label"),
        ("attendance/0/status", "late", "an unknown status"),
        ("item/kind", "annex", "an unknown kind"),
        ("schema", "kcsp-nlp/record/2", "another version"),
        ("restriction/kind", "secret", "an unknown kind of restriction"),
        ("restriction/said_by", "chair", "an unknown place of a restriction"),
        ("offset", -1, "an offset before the text"),
        ("offset", "40", "a number as a string"),
        ("spans/0/end", 0, "an empty span"),
        ("text", ..., "no text"),
        ("model", ..., "no model"),
        ("meeting/sha256", None, "null where something is always known"),
    ],
)
def test_the_schema_refuses(path: str, value: Any, reason: str) -> None:
    assert not VALIDATOR.is_valid(changed(path, value)), reason


@pytest.mark.parametrize(
    ("path", "value", "reason"),
    [
        ("colour", "red", "an unknown field"),
        ("spans/0/amount", 4.5, "a field of another label"),
        ("spans/0/text", "Ada", "a text that is not what stands there"),
        ("spans/0/end", 17, "an empty span"),
        ("spans/1/start", 25, "a span that overlaps the one before it"),
        ("spans/0/start", -1, "a span before the text"),
        ("spans/4/end", 8000, "a span behind the text"),
        ("decisions/0/text", "agreed", "a decision that is not what stands there"),
        ("actions/0/end", 3, "an action that is not what stands there"),
    ],
)
def test_a_record_refuses(path: str, value: Any, reason: str) -> None:
    with pytest.raises(ValidationError):
        Record.model_validate(changed(path, value))


def test_records_do_not_change() -> None:
    record = Record.model_validate(RECORD)
    with pytest.raises(ValidationError):
        record.text = ""


def test_every_label_has_a_model_of_its_own() -> None:
    spans = Record.model_validate(RECORD).spans
    assert {span.label for span in spans} == set(LABELS)
    assert len({type(span) for span in spans}) == len(LABELS)


def test_shifting_moves_both_ends_and_nothing_else() -> None:
    span = PersonSpan(start=5, end=8, text="Ada", canonical="A Quill")
    assert span.shifted(-5) == PersonSpan(start=0, end=3, text="Ada", canonical="A Quill")
    assert span.shifted(0) == span
    assert Decision(start=1, end=2, text="x").shifted(3) == Decision(start=4, end=5, text="x")
    owned = Action(start=1, end=2, text="x", owners=("Ada",), due="2024-06")
    assert owned.shifted(1).model_dump() == {**owned.model_dump(), "start": 2, "end": 3}


def records(*texts: str) -> list[Record]:
    bare: dict[str, Any] = {**RECORD, "spans": [], "decisions": [], "actions": []}
    return [
        Record.model_validate({**bare, "id": f"0:{index}", "text": text})
        for index, text in enumerate(texts)
    ]


def test_records_come_back_as_they_went(tmp_path: Path) -> None:
    held = [Record.model_validate(RECORD), *records("£ é\r\u2028\u0085 \n\n", "x")]
    path = tmp_path / "records.jsonl"
    with path.open("w", encoding="utf-8", newline="\n") as stream:
        assert write(held, stream) == len(held)
    assert list(read(path)) == held
    lines = path.read_bytes().split(b"\n")
    assert [json.loads(line)["id"] for line in lines[:-1]] == [each.id for each in held]
    assert lines[-1] == b""
    assert "£ é" in path.read_text(encoding="utf-8")


def test_fields_stand_in_the_order_of_the_contract() -> None:
    stream = io.StringIO()
    write([Record.model_validate(RECORD)], stream)
    written = json.loads(stream.getvalue())
    assert list(written) == list(RECORD)
    assert list(written["meeting"]) == list(RECORD["meeting"])
    assert list(written["item"]) == list(RECORD["item"])


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("{", "not a JSON object"),
        ("[1]", "not a JSON object"),
        ('{"schema": "kcsp-nlp/record/1"}', "id: Field required"),
        (json.dumps(changed("spans/0/text", "Secretive Name")), "is not what the record says"),
        (json.dumps(changed("spans/4/purpose/text", "Secret Fund")), "is not what the record says"),
        (json.dumps(changed("item/kind", "annex")), "item.kind"),
        ("", "not a JSON object"),
    ],
)
def test_a_line_that_is_no_record_is_named(tmp_path: Path, line: str, said: str) -> None:
    path = tmp_path / "records.jsonl"
    path.write_text(json.dumps(RECORD) + "\n" + line + "\n", encoding="utf-8")
    with pytest.raises(CorpusError) as caught:
        list(read(path))
    message = str(caught.value)
    assert message.startswith(f"{path}, line 2: ")
    assert said in message
    assert "Secretive" not in message


def test_a_file_that_is_not_there_is_an_error_of_ours(tmp_path: Path) -> None:
    with pytest.raises(CorpusError, match=r"gone\.jsonl"):
        list(read(tmp_path / "gone.jsonl"))


def test_a_file_that_is_not_utf8_is_an_error_of_ours(tmp_path: Path) -> None:
    path = tmp_path / "records.jsonl"
    path.write_bytes(json.dumps(RECORD, ensure_ascii=False).encode("cp1252") + b"\n")
    with pytest.raises(CorpusError, match="line 1: not UTF-8"):
        list(read(path))
