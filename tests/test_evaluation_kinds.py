"""Kinds of documents, of errors and of scores, on documents that can be counted by hand."""

from __future__ import annotations

from typing import Any

import pytest

from kcsp_nlp.evaluation.calibration import calibrate, calibrate_spans, calibrate_topics
from kcsp_nlp.evaluation.layouts import by_layout, layouts
from kcsp_nlp.evaluation.mistakes import count_mistakes, find_mistakes
from kcsp_nlp.labels.corpus import LabelledMinutes
from kcsp_nlp.records import Record

TEXT = "1. Quay\nBo Lund of Ferry Trust paid £40 to Wick Harbour Trust.\n"


def minutes(**fields: Any) -> LabelledMinutes:
    held = {"id": "e12-quay", "group": "quay", "format": "md", "text": TEXT}
    empty: dict[str, Any] = {"spans": [], "meeting": {}, "items": []}
    return LabelledMinutes.model_validate({**held, **empty, **fields})


def at(words: str, label: str) -> tuple[int, int, str]:
    return TEXT.index(words), TEXT.index(words) + len(words), label


def record(*spans: tuple[int, int, str], **fields: Any) -> Record:
    return Record.model_validate(
        {
            "id": "x:0",
            "meeting": {"id": "x", "source": "e12-quay", "sha256": "x"},
            "item": {"index": 0, "kind": "item", "number": "1"},
            "offset": 0,
            "text": TEXT,
            "spans": [
                {"start": start, "end": end, "label": label, "text": TEXT[start:end]}
                for start, end, label in spans
            ],
            "model": {"name": "test", "version": "0"},
            **fields,
        }
    )


def item(number: str | None, start: int = 0, **fields: Any) -> dict[str, Any]:
    return {"start": start, "number": number, **fields}


# Kinds of documents.


@pytest.mark.parametrize(
    ("items", "kind"),
    [
        ([], "none"),
        ([item("1")], "numbered"),
        ([item(None)], "unnumbered"),
        ([item("1"), item(None, 3)], "partly numbered"),
    ],
)
def test_headings_are_told_by_their_numbers(items: list[Any], kind: str) -> None:
    assert layouts(minutes(items=items))["headings"] == kind


@pytest.mark.parametrize(
    ("group", "kind", "reason"),
    [
        ("dowsdike parish council", "parish, town or community council", "the longer name first"),
        ("Halesmere Town Council", "parish, town or community council", "whatever the case"),
        ("saltmere county council cabinet", "committee", "a body of a council"),
        ("saltmere health and wellbeing board", "board", "by its word"),
        ("safer saltmere partnership", "partnership", "by its word"),
        ("marshalls of saltmere", "other", "no hall in it"),
    ],
)
def test_bodies_are_told_by_their_words(group: str, kind: str, reason: str) -> None:
    assert layouts(minutes(group=group))["body"] == kind, reason


@pytest.mark.parametrize(
    ("name", "kind"),
    [("e12-quay", "e"), ("p1-02-surrey", "p"), ("quay", "other"), ("2019-05", "other")],
)
def test_files_are_told_by_the_start_of_an_id(name: str, kind: str) -> None:
    assert layouts(minutes(id=name))["file"] == kind


def test_every_document_is_of_one_kind_in_each_aspect() -> None:
    documents = [minutes(), minutes(format="txt", text="x" * 6_000), minutes(text="x" * 20_000)]
    tables = by_layout(documents)
    assert tables["format"] == {"md": [0, 2], "txt": [1]}
    assert list(tables["length"].values()) == [[0], [1], [2]]
    for kinds in tables.values():
        assert sorted(at for places in kinds.values() for at in places) == [0, 1, 2]


# Kinds of errors.

BO, FERRY = at("Bo Lund", "PERSON"), at("Ferry Trust", "ORG")
HARBOUR, WICK = at("Wick Harbour Trust", "ORG"), at("Wick", "ORG")


@pytest.mark.parametrize(
    ("wanted", "found", "expected", "reason"),
    [
        ([BO, FERRY], [BO, FERRY], [], "nothing wrong"),
        ([BO], [], [("PERSON", "missed", None, 1)], "nothing there"),
        ([], [BO], [("PERSON", "spurious", None, 1)], "nothing labelled there"),
        ([HARBOUR], [WICK], [("ORG", "boundary", None, 1)], "one error, not two"),
        ([FERRY], [at("Ferry Trust", "PERSON")], [("ORG", "label", "PERSON", 1)], "same ends"),
        ([FERRY], [at("Ferry", "PERSON")], [("ORG", "label", "PERSON", 1)], "other ends"),
        (
            [HARBOUR],
            [WICK, at("Harbour Trust", "ORG")],
            [("ORG", "boundary", None, 1), ("ORG", "spurious", None, 1)],
            "each is paired once",
        ),
        (
            [HARBOUR],
            [at("Wick", "ORG"), at("Harbour Trust", "PERSON")],
            [("ORG", "boundary", None, 1), ("PERSON", "spurious", None, 1)],
            "the same label is the better pair",
        ),
    ],
)
def test_errors_are_of_four_kinds(
    wanted: list[Any], found: list[Any], expected: list[Any], reason: str
) -> None:
    mistakes = list(find_mistakes(minutes(spans=wanted), [record(*found)]))
    assert count_mistakes(mistakes) == expected, reason


def test_a_piece_that_shares_more_is_the_pair() -> None:
    pieces = [at("Wick", "ORG"), at("Harbour Trust", "ORG")]
    mistakes = list(find_mistakes(minutes(spans=[HARBOUR]), [record(*pieces)]))
    assert {each.kind: each.found for each in mistakes} == {
        "boundary": pieces[1],
        "spurious": pieces[0],
    }


def test_an_error_is_written_with_its_words() -> None:
    (mistake,) = find_mistakes(minutes(spans=[HARBOUR]), [record(WICK)])
    written: dict[str, Any] = mistake.to_json(TEXT)
    assert written["document"] == "e12-quay"
    assert written["wanted"] == {
        "start": HARBOUR[0],
        "end": HARBOUR[1],
        "label": "ORG",
        "text": "Wick Harbour Trust",
    }
    assert written["found"]["text"] == "Wick"
    assert written["before"] + "Wick Harbour Trust" + written["after"] == TEXT


# Kinds of scores.


def test_bins_compare_scores_with_shares() -> None:
    held = calibrate([(0.05, False), (0.05, True), (0.95, True), (1.0, True)])
    assert [(each.mean_score, each.share_right, each.count) for each in held.bins] == [
        (0.05, 0.5, 2),
        (0.975, 1.0, 2),
    ]
    assert held.count == 4
    assert held.ece == pytest.approx((0.45 * 2 + 0.025 * 2) / 4)


def test_nothing_scored_is_nothing_wrong() -> None:
    assert (calibrate([]).count, calibrate([]).ece) == (0, 0)
    assert calibrate_topics([], ["funding"]) == {}
    assert calibrate_spans([(minutes(spans=[BO]), [record(BO)])]) == {}, "no scores, no table"


def test_topics_are_calibrated_over_the_items_that_were_found() -> None:
    labelled = minutes(items=[item("1", topics=["funding"]), item("2", 40)])
    scored = record(scores={"funding": 0.8, "mental_health": 0.1})
    tables = calibrate_topics([(labelled, [scored])], ["funding", "mental_health"])
    assert {name: each.count for name, each in tables.items()} == {
        "funding": 1,
        "mental_health": 1,
        "all": 2,
    }
    assert tables["funding"].bins[0].share_right == 1
    assert tables["mental_health"].ece == pytest.approx(0.1)


def test_spans_are_calibrated_by_label_and_source() -> None:
    spans = []
    for span, score, source in zip(
        record(BO, WICK).spans, (0.9, 0.6), ("rule", "model"), strict=True
    ):
        spans.append(span.model_copy(update={"score": score, "source": source}))
    found = record().model_copy(update={"spans": tuple(spans)})
    tables = calibrate_spans([(minutes(spans=[BO, HARBOUR]), [found])])
    assert {name: (each.count, each.bins[0].share_right) for name, each in tables.items()} == {
        "ORG": (1, 0.0),
        "PERSON": (1, 1.0),
        "all": (2, 0.0),
        "source model": (1, 0.0),
        "source rule": (1, 1.0),
    }
