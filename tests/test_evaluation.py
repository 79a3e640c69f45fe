"""Scores on minutes labelled by hand, where every count can be checked on paper."""

from __future__ import annotations

from typing import Any

import pytest

from kcsp_nlp.evaluation import Evaluation, Score, evaluate, key
from kcsp_nlp.evaluation.summary import tables as summed_up
from kcsp_nlp.labels.corpus import LabelledMinutes
from kcsp_nlp.records import Record

TOPICS = ("funding", "mental_health")

FRONT = "Present: Ada Quill (Clerk), Bo Lund\n\n"
FERRY = "**1. Ferry fund**\nThe Trust paid £40. AGREED to pay the ferry fund in full. "
FERRY += "Action: Bo Lund to write to the ferry company at once.\n\n"
LIGHTS = "2. Lights\nThe Home Office wrote. RESOLVED to buy two lamps. Quill to act.\n"
TEXT = FRONT + FERRY + LIGHTS
STARTS = {"front": 0, "ferry": len(FRONT), "lights": len(FRONT + FERRY)}


def at(words: str) -> tuple[int, int]:
    """Return where words stand in the text; they stand there once."""
    assert TEXT.count(words) == 1
    return TEXT.index(words), TEXT.index(words) + len(words)


def gold(**fields: Any) -> LabelledMinutes:
    minutes = {
        "id": "quay",
        "group": "quay",
        "format": "md",
        "text": TEXT,
        "spans": [
            (*at("Clerk"), "ROLE"),
            (*at("Trust"), "ORG"),
            (*at("£40"), "MONEY"),
            (*at("Home Office"), "ORG"),
        ],
        "meeting": {
            "attendance": [
                {"name": "Ada Quill", "status": "present", "role": "Clerk"},
                {"name": "Bo Lund", "status": "present"},
            ]
        },
        "items": [
            {
                "start": STARTS["ferry"],
                "number": "1",
                "topics": ["funding"],
                "decisions": [at("AGREED to pay the ferry fund in full.")],
                "actions": [
                    {"span": at("Bo Lund to write to the ferry company"), "owners": ["Bo Lund"]}
                ],
            },
            {
                "start": STARTS["lights"],
                "number": "2",
                "decisions": [at("RESOLVED to buy two lamps.")],
                "actions": [{"span": None, "owners": ["Ada Quill"]}],
            },
        ],
    }
    return LabelledMinutes.model_validate({**minutes, **fields})


def span(words: str, label: str, offset: int) -> dict[str, Any]:
    start, end = at(words)
    return {"start": start - offset, "end": end - offset, "label": label, "text": words}


def record(kind: str, index: int, start: int, end: int, **fields: Any) -> Record:
    number = fields.pop("number", None)
    return Record.model_validate(
        {
            "id": f"x:{index}",
            "meeting": {"id": "x", "source": "quay.md", "sha256": "x"},
            "item": {"index": index, "kind": kind, "number": number},
            "offset": start,
            "text": TEXT[start:end],
            "model": {"name": "test", "version": "0"},
            **fields,
        }
    )


def statement(words: str, offset: int, owners: tuple[str, ...] | None = None) -> dict[str, Any]:
    start, end = at(words)
    held: dict[str, Any] = {"start": start - offset, "end": end - offset, "text": words}
    return held if owners is None else {**held, "owners": owners}


def attendee(name: str, status: str = "present", role: str | None = None) -> dict[str, Any]:
    return {"start": 0, "end": 1, "name": name, "status": status, "role": role}


def found(front: dict[str, Any], ferry: dict[str, Any], lights: dict[str, Any]) -> list[Record]:
    return [
        record("front", 0, 0, STARTS["ferry"], **front),
        record("item", 1, STARTS["ferry"], STARTS["lights"], **{"number": "1", **ferry}),
        record("item", 2, STARTS["lights"], len(TEXT), **{"number": "2", **lights}),
    ]


ALL = found(
    {
        "spans": [span("Clerk", "ROLE", 0)],
        "attendance": [attendee("Ada Quill", role="Clerk"), attendee("Bo Lund")],
    },
    {
        "spans": [span("Trust", "ORG", STARTS["ferry"]), span("£40", "MONEY", STARTS["ferry"])],
        "topics": ["funding"],
        "decisions": [statement("AGREED to pay the ferry fund in full.", STARTS["ferry"])],
        "actions": [
            statement("Bo Lund to write to the ferry company", STARTS["ferry"], ("Bo Lund",))
        ],
    },
    {
        "spans": [span("Home Office", "ORG", STARTS["lights"])],
        "decisions": [statement("RESOLVED to buy two lamps.", STARTS["lights"])],
        "actions": [statement("Quill to act.", STARTS["lights"], ("Quill",))],
    },
)


def counts(score: Score) -> tuple[int, int, int]:
    return score.right, score.wrong, score.missed


def scored(records: list[Record], **fields: Any) -> Evaluation:
    return evaluate([(gold(**fields), records)], TOPICS)


def test_everything_found_is_everything_right() -> None:
    result = scored(ALL)
    assert result.documents == 1
    assert counts(result.micro(result.spans)) == (4, 0, 0)
    assert {name: counts(score) for name, score in result.structure.items()} == {
        "items": (2, 0, 0),
        "attendance": (2, 0, 0),
        "attendance_full": (2, 0, 0),
        "decisions": (2, 0, 0),
        "actions": (2, 0, 0),
    }
    assert counts(result.topics["funding"]) == (1, 0, 0)
    assert counts(result.topics["mental_health"]) == (0, 0, 0)
    assert result.micro(result.spans).f1 == 1


def test_nothing_found_is_everything_missed() -> None:
    result = scored([record("front", 0, 0, len(TEXT))])
    assert counts(result.micro(result.spans)) == (0, 0, 4)
    assert {name: counts(score) for name, score in result.structure.items()} == {
        "items": (0, 0, 2),
        "attendance": (0, 0, 2),
        "attendance_full": (0, 0, 2),
        "decisions": (0, 0, 2),
        "actions": (0, 0, 2),
    }
    assert counts(result.topics["funding"]) == (0, 0, 1)
    assert result.micro(result.spans).f1 == 0
    assert counts(scored([]).structure["items"]) == (0, 0, 2), "no records at all"


def test_nothing_labelled_is_everything_wrong() -> None:
    result = scored(ALL, spans=[], items=[], meeting={})
    assert counts(result.micro(result.spans)) == (0, 4, 0)
    assert counts(result.structure["items"]) == (0, 2, 0)
    assert counts(result.structure["attendance"]) == (0, 2, 0)
    assert result.micro(result.spans).recall == 0


def with_ferry_spans(*spans: tuple[str, str]) -> list[Record]:
    held = [span(words, label, STARTS["ferry"]) for words, label in spans]
    return found({}, {"spans": held}, {})


@pytest.mark.parametrize(
    ("spans", "label", "expected", "reason"),
    [
        ([("£40", "MONEY")], "MONEY", (1, 0, 0), "the same place and label"),
        ([("£40.", "MONEY")], "MONEY", (1, 0, 0), "a final full stop is nobody's error"),
        ([("paid £40", "MONEY")], "MONEY", (0, 1, 1), "another start is wrong and missed"),
        ([("Trust", "PERSON")], "ORG", (0, 0, 2), "another label is missed here"),
        ([("Trust", "PERSON")], "PERSON", (0, 1, 0), "and wrong there"),
    ],
)
def test_spans_are_counted_by_place_and_label(
    spans: list[tuple[str, str]], label: str, expected: tuple[int, int, int], reason: str
) -> None:
    result = scored(with_ferry_spans(*spans))
    assert counts(result.spans[label]) == expected, reason


@pytest.mark.parametrize(
    ("attendance", "expected", "full", "reason"),
    [
        (
            [attendee("ADA  QUILL.", role="clerk"), attendee("Bo Lund")],
            (2, 0, 0),
            (2, 0, 0),
            "case, spaces and punctuation do not count",
        ),
        ([attendee("Ada Quill")], (1, 0, 1), (0, 1, 2), "a role is missing"),
        ([attendee("Bo Lund", role="Chair")], (1, 0, 1), (0, 1, 2), "a role is invented"),
        ([attendee("Bo Lund", "apologies")], (0, 1, 2), (0, 1, 2), "the status is another"),
        (
            [attendee("Bo Lund"), attendee("Bo Lund")],
            (1, 0, 1),
            (1, 0, 1),
            "one person counts once",
        ),
    ],
)
def test_attendance_is_counted_by_name_and_status(
    attendance: list[dict[str, Any]],
    expected: tuple[int, int, int],
    full: tuple[int, int, int],
    reason: str,
) -> None:
    result = scored(found({"attendance": attendance}, {}, {}))
    assert counts(result.structure["attendance"]) == expected, reason
    assert counts(result.structure["attendance_full"]) == full, reason


def cut_at(ferry: int, number: str | None = "1") -> list[Record]:
    return [
        record("front", 0, 0, ferry),
        record("item", 1, ferry, STARTS["lights"], number=number, topics=["funding"]),
        record("item", 2, STARTS["lights"], len(TEXT), number="2"),
    ]


@pytest.mark.parametrize(
    ("records", "expected", "reason"),
    [
        (cut_at(STARTS["ferry"]), (2, 0, 0), "where it is labelled"),
        (cut_at(STARTS["ferry"] + 2), (2, 0, 0), "behind the markup of the heading"),
        (cut_at(STARTS["ferry"] + 12), (2, 0, 0), "as far as it may be"),
        (cut_at(STARTS["ferry"] + 13), (1, 1, 1), "too far: one wrong, one missed"),
        (cut_at(STARTS["ferry"], "1."), (2, 0, 0), "punctuation of a number does not count"),
        (cut_at(STARTS["ferry"], "11"), (1, 0, 1), "another number is not found, and not invented"),
        (cut_at(STARTS["ferry"], None), (1, 0, 1), "no number where one is labelled"),
    ],
)
def test_items_are_counted_by_start_and_number(
    records: list[Record], expected: tuple[int, int, int], reason: str
) -> None:
    assert counts(scored(records).structure["items"]) == expected, reason


def test_one_record_answers_for_one_item() -> None:
    near = [{"start": STARTS["lights"] - 2, "number": "1"}, {"start": STARTS["lights"] + 2}]
    result = scored(ALL, items=near)
    assert counts(result.structure["items"]) == (0, 1, 2), "found once, by another number"


def test_topics_of_an_unfound_item_are_judged_where_it_lies() -> None:
    whole = [record("item", 0, 0, len(TEXT), number="9", topics=["funding"])]
    result = scored(whole)
    assert counts(result.structure["items"]) == (0, 1, 2)
    # Right for the ferry fund, wrong for the lights: one record holds both.
    assert counts(result.topics["funding"]) == (1, 1, 0)


def with_decisions(*words: str) -> list[Record]:
    held = [statement(each, STARTS["ferry"]) for each in words]
    return found({}, {"decisions": held}, {})


@pytest.mark.parametrize(
    ("decisions", "expected", "reason"),
    [
        (["AGREED to pay the ferry fund in full."], (1, 0, 1), "word for word"),
        (["pay the ferry fund"], (1, 0, 1), "half of the words"),
        (["AGREED to pay"], (0, 1, 2), "less than half"),
        (["AGREED to pay the ferry fund", "in full."], (1, 1, 1), "one piece is one too many"),
    ],
)
def test_decisions_are_counted_by_their_words(
    decisions: list[str], expected: tuple[int, int, int], reason: str
) -> None:
    assert counts(scored(with_decisions(*decisions)).structure["decisions"]) == expected, reason


@pytest.mark.parametrize(
    ("owners", "expected", "reason"),
    [
        (("A Quill",), (1, 0, 1), "the last name is the same"),
        (("Quill", "Lund"), (1, 0, 1), "one of the owners is enough"),
        (("Lund",), (0, 1, 2), "somebody else"),
        ((), (0, 1, 2), "nobody"),
    ],
)
def test_actions_without_words_are_counted_by_owner(
    owners: tuple[str, ...], expected: tuple[int, int, int], reason: str
) -> None:
    records = found({}, {}, {"actions": [statement("Quill to act.", STARTS["lights"], owners)]})
    assert counts(scored(records).structure["actions"]) == expected, reason


def test_documents_are_summed_up_before_dividing() -> None:
    none = [record("front", 0, 0, len(TEXT))]
    result = evaluate([(gold(), ALL), (gold(), none)], TOPICS)
    total = result.micro(result.spans)
    assert result.documents == 2
    assert counts(total) == (4, 0, 4)
    assert (total.precision, total.recall, round(total.f1, 4)) == (1.0, 0.5, 0.6667)
    assert total.support == 8


def test_macro_is_the_mean_over_topics() -> None:
    assert Evaluation.macro({"a": Score(1, 0, 0), "b": Score(0, 1, 1)}) == 0.5
    assert Evaluation.macro({}) == 0


def test_json_names_every_score() -> None:
    tables: dict[str, Any] = summed_up(scored(ALL)).to_json()
    assert list(tables) == ["documents", "spans", "structure", "topics"]
    figures = {"f1": 1.0, "precision": 1.0, "recall": 1.0, "support": 4, "ci95": None}
    assert tables["spans"]["micro"] == figures, "no interval from one document"
    assert tables["topics"]["macro_f1"] == 0.5, "a topic that nobody has scores 0"
    assert set(tables["topics"]) == {*TOPICS, "micro", "macro_f1", "macro_f1_ci95"}


def test_documents_are_kept_apart_as_well() -> None:
    none = [record("front", 0, 0, len(TEXT))]
    result = evaluate([(gold(), ALL), (gold(), none)], TOPICS)
    assert [counts(each.micro(each.spans)) for each in result.per_document] == [
        (4, 0, 0),
        (0, 0, 4),
    ]
    first = Evaluation.of(result.per_document[:1], TOPICS)
    assert first == evaluate([(gold(), ALL)], TOPICS)


@pytest.mark.parametrize(
    ("text", "expected"),
    [("12.1)", "12 1"), ("O’Neill-Day", "o neill day"), ("ﬁre", "fire"), (None, ""), ("—", "")],
)
def test_key_is_what_is_compared(text: str | None, expected: str) -> None:
    assert key(text) == expected
