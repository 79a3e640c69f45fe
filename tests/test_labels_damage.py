"""Exports that were damaged on the way: put right where that is certain, else refused."""

from __future__ import annotations

import io
import json
import unicodedata
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from kcsp_nlp.labels.anchoring import to_utf16
from kcsp_nlp.labels.importing import Reading, choose, read_versions
from kcsp_nlp.labels.joining import join_documents
from kcsp_nlp.labels.tasks import TOOLS, Tool
from labelling import (
    FERRY,
    MINUTES,
    NAMES,
    Minute,
    accept_all,
    answered,
    dump,
    exported,
    make_records,
    spans_at,
)

Entries = list[dict[str, Any]]

LONG = (
    "1. Boats 🚢🚢\nAda Quill spoke.\nBo Lund paid £40 to Café Quay 🚢.\n"
    "Kent Police, then Ada Quill.\n"
)
MARKED = spans_at(
    LONG, ("Ada Quill", "PERSON"), ("Bo Lund", "PERSON"), ("£40", "MONEY"), ("Kent Police", "ORG")
)


def read(data: bytes, folder: Path, name: str = "export.json", **options: Any) -> Reading:
    path = folder / name
    path.write_bytes(data)
    return read_versions([path], NAMES, **options)


def only_task(text: str = LONG, tool: Tool = "label-studio") -> Entries:
    data = answered(make_records([("item", text, MARKED, ["funding"])]), tool)
    if tool == "label-studio":
        return list(json.loads(data))
    return [json.loads(line) for line in data.decode().splitlines()]


def lines(entries: Entries) -> bytes:
    return "".join(json.dumps(entry) + "\n" for entry in entries).encode()


def values(entries: Entries) -> Entries:
    results = entries[0]["annotations"][0]["result"]
    return [result["value"] for result in results if "labels" in result["value"]]


def in_units(entries: Entries, units: Callable[[int], int]) -> None:
    for value in values(entries):
        value["start"], value["end"] = units(value["start"]), units(value["end"])


def with_text(entries: Entries, text: str) -> None:
    entries[0]["data"]["text"] = text


def change_units(entries: Entries) -> None:
    in_units(entries, lambda at: to_utf16(LONG, at))


def count_returns(entries: Entries) -> None:
    in_units(entries, lambda at: at + LONG[:at].count("\n"))


def gain_returns(entries: Entries) -> None:
    with_text(entries, LONG.replace("\n", "\r\n"))


def count_a_mark(entries: Entries) -> None:
    in_units(entries, lambda at: at + 1)


def decompose(entries: Entries) -> None:
    with_text(entries, unicodedata.normalize("NFD", LONG))


def trim(entries: Entries) -> None:
    with_text(entries, LONG.strip())


def move_one(entries: Entries) -> None:
    value = next(value for value in values(entries) if value["text"] == "£40")
    value["start"] += 7
    value["end"] += 7


@pytest.mark.parametrize(
    ("damage", "changed", "moved"),
    [
        pytest.param(change_units, 0, 4, id="offsets in UTF-16"),
        pytest.param(count_returns, 0, 4, id="offsets of a text with \\r\\n"),
        pytest.param(gain_returns, 1, 4, id="a text that has got \\r\\n"),
        pytest.param(count_a_mark, 0, 4, id="a byte order mark lost"),
        pytest.param(decompose, 1, 1, id="another form of accents"),
        pytest.param(trim, 1, 0, id="a text without its last line end"),
        pytest.param(move_one, 0, 1, id="one span shifted, its words once near by"),
    ],
)
def test_what_is_certain_is_put_right(
    damage: Callable[[Entries], None], changed: int, moved: int, tmp_path: Path
) -> None:
    entries = only_task()
    damage(entries)
    reading = read(dump(entries), tmp_path)
    assert reading.rejections == []
    assert reading.counts["texts changed in white space or form alone"] == changed
    assert reading.counts["spans moved to where their words stand"] == moved
    (document,) = join_documents(choose(reading), reading)
    assert [
        (unicodedata.normalize("NFC", document.text[start:end]), label)
        for start, end, label in document.spans
    ] == [(LONG[start:end], label) for start, end, label in MARKED]


def nowhere(entries: Entries) -> None:
    values(entries)[0]["text"] = "Cy Moor"


def twice(entries: Entries) -> None:
    value = values(entries)[0]
    value["start"], value["end"] = 45, 54


def outside(entries: Entries) -> None:
    value = values(entries)[0]
    value["start"], value["end"] = 9000, 9009
    del value["text"]


def reversed_ends(entries: Entries) -> None:
    value = values(entries)[0]
    value["start"], value["end"] = value["end"], value["start"]
    del value["text"]


def overlap(entries: Entries) -> None:
    value = values(entries)[0]
    results = entries[0]["annotations"][0]["result"]
    inside = {**value, "end": value["end"] - 6, "text": "Ada", "labels": ["ORG"]}
    results.append({"type": "labels", "value": inside})


def strange_label(entries: Entries) -> None:
    values(entries)[0]["labels"] = ["PLACE"]


def no_label(entries: Entries) -> None:
    values(entries)[0]["labels"] = []


def strange_topic(entries: Entries) -> None:
    results = entries[0]["annotations"][0]["result"]
    results.append({"type": "choices", "value": {"choices": ["boats"]}})


def another_text(entries: Entries) -> None:
    with_text(entries, LONG.replace("Lund", "Land"))


def no_meta(entries: Entries) -> None:
    del entries[0]["data"]["kcsp"]


def meta_damaged(entries: Entries) -> None:
    entries[0]["data"]["kcsp"] = {**entries[0]["data"]["kcsp"], "index": -1}


def text_as_offset(entries: Entries) -> None:
    values(entries)[0]["start"] = "/div[1]/text()[1]"


def without_words(entries: Entries) -> None:
    with_text(entries, LONG.strip())
    del values(entries)[0]["text"]


@pytest.mark.parametrize(
    ("damage", "said"),
    [
        (nowhere, "its words stand 0 times near there"),
        (twice, "its words stand 2 times near there"),
        (outside, "not inside the text"),
        (reversed_ends, "not inside the text"),
        (overlap, "overlap"),
        (strange_label, "label 'PLACE' is not in the guideline (PERSON, ROLE"),
        (no_label, "label '' is not in the guideline"),
        (strange_topic, "topic 'boats' is not in the taxonomy (funding, mental_health)"),
        (another_text, "the text is not the one that was exported"),
        (no_meta, "does not say which record it is"),
        (meta_damaged, "does not say which record it is"),
        (text_as_offset, "not as Label Studio exports a task: start"),
        (without_words, "the mark does not say its words"),
    ],
)
def test_what_is_not_certain_is_refused_and_named(
    damage: Callable[[Entries], None], said: str, tmp_path: Path
) -> None:
    other = make_records([("item", "2. Lights\nThe Clerk spoke.\n", [], [])], source="other.md")
    entries = only_task() + accept_all(json.loads(exported(other, "label-studio")))
    entries[1]["id"] = 2
    damage(entries)
    reading = read(dump(entries), tmp_path)
    (rejection,) = reading.rejections
    assert said in rejection.why
    assert (rejection.file, rejection.place) == (str(tmp_path / "export.json"), "task 1")
    assert not any(words in str(rejection) for words in ("Quill", "Lund", "Moor", "Land"))
    assert len(choose(reading)) == 1, "the other task is imported"


def test_white_space_and_repetitions_are_taken_away_and_counted(tmp_path: Path) -> None:
    entries = only_task(tool="prodigy")
    spans = entries[0]["spans"]
    spans.append({**spans[0]})
    spans[1] = {**spans[1], "start": spans[1]["start"] - 1}
    spans.append({"start": LONG.index("\n"), "end": LONG.index("\n") + 1, "label": "ORG"})
    reading = read(lines(entries), tmp_path)
    (version,) = choose(reading)
    assert list(version.spans) == MARKED
    counts = reading.counts
    assert counts["spans freed of white space at their ends"] == 1
    assert counts["spans marked twice"] == 1
    assert counts["spans of nothing but white space"] == 1


def test_what_annotators_added_for_themselves_can_be_left_out(tmp_path: Path) -> None:
    entries = only_task()
    strange_label(entries)
    strange_topic(entries)
    entries[0]["annotations"][0]["result"].append({"type": "textarea", "value": {"text": ["?"]}})
    reading = read(dump(entries), tmp_path, left_out=["PLACE", "boats"])
    assert reading.rejections == []
    assert reading.counts["labels and topics left out, as asked"] == 2
    assert reading.counts["results that are neither spans nor topics"] == 1
    assert choose(reading)[0].topics == ("funding",)


@pytest.mark.parametrize("tool", ["doccano", "prodigy"])
@pytest.mark.parametrize(
    ("line", "said"),
    [
        (b'{"text": "cut off, "label"', "not a JSON object"),
        (b'{"text": "caf\xe9", "label": [], "answer": "accept", "spans": []}', "which record"),
        (b'["no", "object"]', "not a JSON object"),
        (b'{"text": 7, "label": [], "spans": []}', "text: "),
        (b'{"label": [[1, 2]], "text": "x", "spans": 3}', "not as"),
        (b"[" * 100_000, "not a JSON object"),
    ],
)
def test_a_bad_line_stops_no_other(line: bytes, said: str, tool: Tool, tmp_path: Path) -> None:
    good = answered(make_records(), tool)
    reading = read(good + line + b"\n", tmp_path)
    (rejection,) = reading.rejections
    assert rejection.place == f"line {len(MINUTES) + 1}"
    assert said in rejection.why
    assert len(reading.versions) == len(MINUTES)


@pytest.mark.parametrize(
    ("entry", "said"),
    [
        ({"entities": [{"start_offset": "a", "end_offset": 2, "label": "ORG"}]}, "not as doccano"),
        ({"label": [[11, 12, "ORG"]]}, "not between two characters of the text, in UTF-16"),
        ({"label": [[0, 900, "ORG"]]}, "not between two characters of the text, in UTF-16"),
    ],
)
def test_doccano_counts_utf16(entry: dict[str, Any], said: str, tmp_path: Path) -> None:
    (line,) = only_task(tool="doccano")
    kept = {key: line[key] for key in ("text", "kcsp")}
    start = LONG.index("🚢") + 1
    reading = read(lines([{**kept, **entry}]), tmp_path)
    assert said in reading.rejections[0].why
    pair = [[to_utf16(LONG, start), to_utf16(LONG, start) + 2, "ORG"]]
    (version,) = choose(read(lines([{**kept, "label": pair}]), tmp_path))
    assert version.spans == ((start, start + 1, "ORG"),)


def test_doccanos_forms_say_what_was_checked(tmp_path: Path) -> None:
    (line,) = only_task(tool="doccano")
    kept = {key: line[key] for key in ("text", "kcsp")}
    entity = {"id": 1, "label": "PERSON", "start_offset": 16, "end_offset": 25}
    for fields, checked, spans, topics in (
        ({"label": [[16, 25, "PERSON"]]}, ("spans",), 1, ()),
        ({"entities": [entity], "relations": []}, ("spans",), 1, ()),
        ({"label": ["funding"]}, ("topics",), 0, ("funding",)),
        ({"entities": [[16, 25, "PERSON"]], "cats": ["funding"]}, None, 1, ("funding",)),
    ):
        (version,) = choose(read(lines([{**kept, **fields, "Comments": []}]), tmp_path))
        assert version.checked == (checked or ("spans", "topics")), fields
        assert (len(version.spans), version.topics) == (spans, topics)


@pytest.mark.parametrize(
    ("answer", "count"),
    [
        ("reject", "refused tasks"),
        ("ignore", "skipped tasks"),
        (None, "unfinished tasks"),
    ],
)
def test_prodigys_answers_are_heeded(answer: str | None, count: str, tmp_path: Path) -> None:
    (line,) = only_task(tool="prodigy")
    reading = read(lines([{**line, "answer": answer, "_input_hash": -7}]), tmp_path)
    assert reading.counts[count] == 1
    assert reading.versions == {}


def test_label_studios_json_min(tmp_path: Path) -> None:
    (task,) = only_task()
    flat = {**task["data"], "id": 1, "annotation_id": 4, "annotator": "ann@example.org"}
    flat |= {"label": values([task]), "topics": {"choices": ["funding", "mental_health"]}}
    nobody = {**flat, "annotation_id": None, "annotator": None}
    reading = read(dump([flat, nobody]), tmp_path)
    (version,) = choose(reading)
    assert list(version.spans) == MARKED
    assert (version.topics, version.annotator) == (NAMES, "ann@example.org")
    assert reading.counts["unfinished tasks"] == 1


def test_drafts_and_skipped_tasks_are_counted(tmp_path: Path) -> None:
    (task,) = only_task()
    skipped = {**task, "annotations": [{**task["annotations"][0], "was_cancelled": True}]}
    draft = {**task, "annotations": [], "drafts": [{"result": []}]}
    reading = read(dump([skipped, draft]), tmp_path)
    assert (reading.counts["skipped tasks"], reading.counts["unfinished tasks"]) == (1, 1)
    assert reading.versions == {}


def test_tasks_that_were_cut_from_the_export_are_counted(tmp_path: Path) -> None:
    held = json.loads(answered(make_records(), "label-studio"))
    reading = read(dump(held[:2]), tmp_path)
    assert reading.counts["tasks that are in no file"] == 2


def test_records_that_do_not_follow_each_other_do_not_run_together(tmp_path: Path) -> None:
    minutes: list[Minute] = [
        ("item", "1. A", [], []),
        ("item", "\n2. B\n", [], []),
        ("item", "3. C", [], []),
    ]
    held = json.loads(answered(make_records(minutes), "label-studio"))
    reading = read(dump([held[0], held[2]]), tmp_path)
    (document,) = join_documents(
        choose(reading), reading, taken={held[0]["data"]["kcsp"]["document"]}
    )
    assert document.text == "1. A\n3. C"
    assert [item.start for item in document.items] == [0, 5]
    assert document.id.endswith("-2"), "the id stands in the corpus already"


def test_topics_of_what_is_no_item_are_counted(tmp_path: Path) -> None:
    reading = read(
        answered(make_records([("front", "Quay\n", [], ["funding"])]), "doccano"), tmp_path
    )
    assert reading.counts["topics of what is no agenda item"] == 1


@pytest.mark.parametrize("tool", TOOLS)
def test_a_file_that_is_cut_off_is_named(tool: Tool, tmp_path: Path) -> None:
    data = answered(make_records(), tool)
    reading = read(data[: len(data) - 20], tmp_path)
    assert len(reading.rejections) == 1
    for versions in reading.versions.values():
        for version in versions:
            assert (version.text, list(version.spans)) in [(m[1], m[2]) for m in MINUTES]


@pytest.mark.parametrize(
    "data",
    [
        pytest.param(b"", id="nothing"),
        pytest.param(bytes(range(256)) * 40_000, id="10 MB of bytes"),
        pytest.param(b"Ada Quill { spoke. \xff\n" * 500_000, id="10 MB of prose"),
        pytest.param(b"{" * 10_000_000, id="10 MB of braces"),
        pytest.param(b"[1, " * 2_500_000, id="10 MB of brackets"),
        pytest.param(b'{"a": 1}\n' * 1000, id="other JSON Lines"),
        pytest.param(b"x\x9c" + b"\0" * 99, id="a bad zlib"),
        pytest.param(b"PK\x05\x06" + b"\0" * 18, id="an empty ZIP"),
        pytest.param(b"Kent\tNNP\tB-LOC\n\n" * 9, id="another CoNLL"),
    ],
)
def test_nonsense_is_one_rejection_or_none(data: bytes, tmp_path: Path) -> None:
    reading = read(data, tmp_path)
    assert reading.versions == {}
    assert len(reading.rejections) == (0 if data[:2] == b"PK" else 1)
    for rejection in reading.rejections:
        assert len(rejection.why) < 300
        assert "Quill" not in rejection.why


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    (rejection,) = read_versions([tmp_path / "gone.json"], NAMES).rejections
    assert "cannot be opened" in rejection.why


def test_a_conll_file_without_spacing_or_comments_is_refused(tmp_path: Path) -> None:
    data = answered(make_records(), "conll")
    narrow = b"\n".join(
        b"\t".join([row.split(b"\t")[0], row.split(b"\t")[-1]]) if b"\t" in row else row
        for row in data.split(b"\n")
    )
    reading = read(narrow, tmp_path)
    assert len(reading.rejections) == len(MINUTES)
    assert "expected word, spacing, _ and label" in reading.rejections[0].why
    bare = b"\n".join(row for row in data.split(b"\n") if not row.startswith(b"# kcsp"))
    assert "keep the comments" in read(bare, tmp_path).rejections[0].why


def test_conll_of_other_taggers(tmp_path: Path) -> None:
    data = exported(make_records(), "conll").decode()
    data = data.replace("Ada\t_\t_\tB-PERSON\nQuill\t", "Ada\t_\t_\tB-PERSON\nQuill\t", 1)
    bilou = data.replace("I-PERSON", "L-PERSON").replace("\n", "\r\n")
    reading = read(bilou.encode(), tmp_path, "export.conll")
    assert reading.rejections == []
    assert [list(each.spans) for each in choose(reading)] == [spans for _, _, spans, _ in MINUTES]
    plain = data.replace("B-PERSON", "PERSON")
    assert "label 'PERSON'" not in str(read(plain.encode(), tmp_path).rejections)


def test_a_zip_is_opened_and_each_file_is_an_annotators(tmp_path: Path) -> None:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as archive:
        for name in ("ann.jsonl", "ben.jsonl"):
            archive.writestr(name, answered(make_records(), "doccano"))
        archive.writestr("cy.jsonl", "\n")  # who has approved nothing
    reading = read(data.getvalue(), tmp_path, "export")
    assert {v.annotator for held in reading.versions.values() for v in held} == {"ann", "ben"}
    assert reading.rejections == []


def test_utf16_and_a_byte_order_mark_are_read(tmp_path: Path) -> None:
    text = answered(make_records(), "prodigy").decode()
    for encoding in ("utf-16", "utf-8-sig"):
        reading = read(text.encode(encoding), tmp_path)
        assert len(reading.versions) == len(MINUTES), encoding


def test_the_sample_has_what_it_needs() -> None:
    assert any(character > "\uffff" for character in FERRY)
    assert unicodedata.normalize("NFC", FERRY) != FERRY
