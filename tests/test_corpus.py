"""The corpus form: verified on load, and every message says where and what."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from kcsp_nlp.errors import CorpusError
from kcsp_nlp.labels.corpus import LabelledMinutes, read, read_all, write
from kcsp_nlp.records import LABELS

ROOT = Path(__file__).parents[1]

TEXT = "Present: Ada Quill\n\n1. Ferry fund\nThe Clerk paid £40. AGREED. Action: Quill to write.\n"
MINUTES: dict[str, Any] = {
    "schema": "kcsp-nlp/labelled/1",
    "id": "quay-1",
    "group": "quay council",
    "format": "txt",
    "text": TEXT,
    "spans": [[9, 18, "PERSON"], [38, 43, "ROLE"], [49, 52, "MONEY"]],
    "meeting": {
        "body": "Quay Council",
        "date": "2024-05-14",
        "venue": None,
        "attendance": [
            {"name": "Ada Quill", "status": "present", "role": None, "organisation": None}
        ],
    },
    "items": [
        {
            "start": 20,
            "number": "1",
            "code": None,
            "title": "Ferry fund",
            "topics": ["funding"],
            "decisions": [[54, 61]],
            "actions": [{"span": [62, 84], "owners": ["Quill"]}, {"span": None, "owners": ["AQ"]}],
        }
    ],
}


def changed(**fields: Any) -> dict[str, Any]:
    return {**MINUTES, **fields}


def item(**fields: Any) -> list[dict[str, Any]]:
    return [{**MINUTES["items"][0], **fields}]


def put(path: Path, *lines: object) -> Path:
    """Write lines: strings as they are, everything else as JSON."""
    written = (line if isinstance(line, str) else json.dumps(line) for line in lines)
    path.write_text("".join(f"{line}\n" for line in written), encoding="utf-8")
    return path


def test_labelled_minutes_load(tmp_path: Path) -> None:
    [held] = read(put(tmp_path / "a.jsonl", MINUTES))
    assert [held.text[start:end] for start, end, _ in held.spans] == ["Ada Quill", "Clerk", "£40"]
    assert held.item_ranges() == [(20, len(TEXT))]
    assert [action.owners for action in held.items[0].actions] == [("Quill",), ("AQ",)]


def test_item_ranges_end_where_the_next_begins(tmp_path: Path) -> None:
    items = [{"start": 0}, {"start": 20}, {"start": 60}]
    [held] = read(put(tmp_path / "a.jsonl", changed(items=items)))
    assert held.item_ranges() == [(0, 20), (20, 60), (60, len(TEXT))]


def test_minutes_without_items_have_no_ranges(tmp_path: Path) -> None:
    [held] = read(put(tmp_path / "a.jsonl", changed(items=[])))
    assert held.item_ranges() == []


def test_labelled_minutes_come_back_as_they_went(tmp_path: Path) -> None:
    held = [
        LabelledMinutes.model_validate(MINUTES),
        LabelledMinutes.model_validate(changed(id="b", text="£ é\r\u2028\n", spans=[], items=[])),
    ]
    write(held, tmp_path / "a.jsonl")
    assert list(read(tmp_path / "a.jsonl")) == held
    write(read_all([tmp_path]), tmp_path / "b.jsonl")
    assert (tmp_path / "b.jsonl").read_bytes() == (tmp_path / "a.jsonl").read_bytes()


@pytest.mark.parametrize(
    ("line", "said"),
    [
        pytest.param("{not json", "not a JSON object", id="bad JSON"),
        pytest.param("[]", "not a JSON object", id="JSON, but no object"),
        pytest.param("", "not a JSON object", id="a blank line"),
        pytest.param({}, "Field required", id="nothing in it"),
        pytest.param(changed(note="x"), "note: Extra inputs", id="unknown field"),
        pytest.param(changed(schema="kcsp-nlp/labelled/2"), "schema: ", id="another version"),
        pytest.param(changed(id=""), "id: ", id="empty id"),
        pytest.param(changed(group=""), "group: ", id="no group"),
        pytest.param(changed(format="pdf"), "format: ", id="unknown format"),
        pytest.param(
            changed(text=TEXT.replace("\n", "\r\n")),
            "text: ",
            id="offsets of a file, not of a text",
        ),
        pytest.param(changed(spans=[[0, 7, "PLACE"]]), "spans.0.2: ", id="unknown label"),
        pytest.param(changed(spans=[[0, 7]]), "spans.0.2: Field required", id="no label"),
        pytest.param(
            changed(spans=[[900, 905, "ORG"]]), "900-905 lies outside the text", id="outside"
        ),
        pytest.param(changed(spans=[[5, 5, "ORG"]]), "5-5 lies outside", id="an empty span"),
        pytest.param(changed(spans=[[9, 3, "ORG"]]), "9-3 lies outside", id="a reversed span"),
        pytest.param(changed(spans=[[-8, -1, "ORG"]]), "lies outside", id="counted from the end"),
        pytest.param(
            changed(spans=[[9, 18, "PERSON"], [13, 18, "PERSON"]]), "13-18 overlaps", id="overlap"
        ),
        pytest.param(
            changed(spans=[[38, 43, "ROLE"], [9, 18, "PERSON"]]), "9-18 overlaps", id="unsorted"
        ),
        pytest.param(
            changed(spans=[[8, 18, "PERSON"]]), "begins or ends with white space", id="drifted"
        ),
        pytest.param(changed(items=item(start=900)), "item at 900", id="an item outside"),
        pytest.param(
            changed(items=item(start=-1)), "items.0.start: ", id="an item before the text"
        ),
        pytest.param(
            changed(items=[{"start": 20}, {"start": 20}]), "item at 20", id="two items in one place"
        ),
        pytest.param(
            changed(items=[{"start": 20}, {"start": 0}]), "item at 0", id="items out of order"
        ),
        pytest.param(
            changed(items=item(decisions=[[0, 7]])), "0-7", id="a decision before its item"
        ),
        pytest.param(
            changed(items=[*item(), {"start": 30}]),
            "lies outside its item",
            id="a decision behind its item",
        ),
        pytest.param(
            changed(items=item(actions=[{"span": [62, 900]}])), "62-900", id="an action outside"
        ),
        pytest.param(
            changed(meeting={"attendance": [{"name": "Ada Quill", "status": "late"}]}),
            "meeting.attendance.0.status: ",
            id="an unknown status",
        ),
    ],
)
def test_a_line_that_does_not_hold_is_named(tmp_path: Path, line: object, said: str) -> None:
    path = put(tmp_path / "a.jsonl", changed(id="good"), line, changed(id="never read"))
    with pytest.raises(CorpusError) as caught:
        list(read(path))
    message = str(caught.value)
    assert message.startswith(f"{path}, line 2: ")
    assert said in message
    assert "\n" not in message
    assert "Quill" not in message, "a message quotes no document"


def test_a_line_that_is_not_utf8_is_named(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    lines = [json.dumps(changed(id=str(n)), ensure_ascii=False).encode() for n in range(30)]
    path.write_bytes(b"\n".join([*lines, lines[0].replace("£".encode(), b"\xa3")]))
    with pytest.raises(CorpusError, match=r"a\.jsonl, line 31: not UTF-8"):
        list(read(path))


def test_an_id_that_stands_twice_is_named_with_both_files(tmp_path: Path) -> None:
    first, second = put(tmp_path / "a.jsonl", MINUTES), put(tmp_path / "b.jsonl", MINUTES)
    with pytest.raises(CorpusError) as caught:
        read_all([tmp_path])
    assert all(each in str(caught.value) for each in (str(first), str(second), "quay-1"))
    with pytest.raises(CorpusError, match="quay-1"):
        read_all([first, first])


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(CorpusError, match=r"gone\.jsonl: cannot be opened"):
        read_all([tmp_path / "gone.jsonl"])


def test_a_folder_without_minutes_is_named(tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("x", encoding="utf-8")
    with pytest.raises(CorpusError, match=r"no \*\.jsonl in this folder"):
        read_all([tmp_path])


def test_files_of_a_folder_are_read_by_name(tmp_path: Path) -> None:
    for name in "cab":
        put(tmp_path / f"{name}.jsonl", changed(id=name))
    assert [each.id for each in read_all([tmp_path])] == ["a", "b", "c"]


def test_the_projects_own_corpus_holds() -> None:
    documents = read_all([ROOT / "corpus"])
    assert {label for each in documents for _, _, label in each.spans} == set(LABELS)
    assert len({each.group for each in documents}) > 1
    topics = {topic for each in documents for item in each.items for topic in item.topics}
    assert topics == {"domestic_abuse", "funding", "mental_health", "violence_reduction"}
    # A label on markup or across a blank line would teach what no record may hold.
    for each in documents:
        for start, end, _ in each.spans:
            held = each.text[start:end]
            assert not any(mark in held for mark in ("**", "|", "#", "\n\n")), (each.id, held)
