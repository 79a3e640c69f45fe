"""Scores of spans: what they are worked out from, how they are fitted, what they mean."""

from __future__ import annotations

from pathlib import Path

import pytest

from kcsp_nlp.confidence import BIAS, Confidence, Found, features
from kcsp_nlp.errors import ModelError
from kcsp_nlp.evaluation.span_scores import cross_scored, fit_confidence
from kcsp_nlp.labels.corpus import LabelledMinutes
from kcsp_nlp.records import Item, Meeting, Model, OrgSpan, Record, Source


def _found(text: str, *names: tuple[str, Source]) -> list[Found]:
    found, at = [], 0
    for name, source in names:
        at = text.index(name, at)
        found.append(Found(at, at + len(name), "ORG", source))
        at += len(name)
    return found


@pytest.mark.parametrize(
    ("text", "name", "has", "why"),
    [
        ("from the KCC today", "KCC", {"acronym", "after the", "words=1"}, "capitals, article"),
        ("by Kent Police's men", "Kent Police", {"after by", "possessive", "words=2"}, "actor"),
        ("the community\nteam met", "community\nteam", {"small", "line end"}, "small, wrapped"),
        ("| Wisbech | 3 |", "Wisbech", {"table", "place"}, "a place in a table"),
        ("Hill\n\nOkafor\n", "Okafor", {"line start", "line finish", "surname"}, "alone on a line"),
        ("at Club 60 Wisbech", "Club 60", {"digit", "before capital"}, "figures"),
    ],
)
def test_features(text: str, name: str, has: set[str], why: str) -> None:
    (names,) = features(text, _found(text, (name, "model")))
    assert has <= set(names), why


def test_features_of_names_found_often() -> None:
    text = "Ongo, Ongo and Ongo; Pym"
    names = list(
        features(text, _found(text, ("Ongo", "rule"), ("Ongo", "model"), ("Pym", "model")))
    )
    assert "found=few" in names[0]
    assert "source=rule" in names[0]
    assert "found=once" in names[2]


def _pair(
    group: str, text: str, right: bool, source: Source
) -> tuple[LabelledMinutes, list[Record]]:
    gold = LabelledMinutes.model_validate(
        {
            "schema": "kcsp-nlp/labelled/1",
            "id": f"{group}-{len(text)}",
            "group": group,
            "format": "txt",
            "text": text,
            "spans": [(0, 4, "ORG")] if right else [],
            "meeting": {},
            "items": [],
        }
    )
    record = Record(
        id="0:0",
        meeting=Meeting(id="0", source="x.txt", sha256="0"),
        item=Item(index=0, kind="front"),
        offset=0,
        text=text,
        spans=(OrgSpan(start=0, end=4, text=text[:4], source=source),),
        model=Model(name="m", version="0"),
    )
    return gold, [record]


def _pairs(
    rule_right: int, model_right: int, of: int = 60
) -> list[tuple[LabelledMinutes, list[Record]]]:
    sources: tuple[tuple[Source, int], ...] = (("rule", rule_right), ("model", model_right))
    return [
        _pair(f"body {at % 12}", f"Ongo wrote{' ' * at}", at < right, source)
        for source, right in sources
        for at in range(of)
    ]


def test_fitted_scores_are_the_shares_that_were_right() -> None:
    confidence = fit_confidence(_pairs(rule_right=57, model_right=12))
    text = "Ongo wrote "
    rule, model = (
        confidence.scores(text, _found(text, ("Ongo", source)))[0] for source in ("rule", "model")
    )
    assert rule == pytest.approx(0.95, abs=0.06)
    assert model == pytest.approx(0.2, abs=0.06)


def test_a_label_with_too_little_to_fit_has_one_score() -> None:
    confidence = fit_confidence(_pairs(rule_right=60, model_right=58))
    assert set(confidence.weights) == {"ORG"}
    assert set(confidence.weights["ORG"]) == {BIAS}
    assert confidence.scores("Ongo", [Found(0, 4, "ORG", "rule")]) == [
        pytest.approx(0.975, abs=0.01)
    ]


def test_no_figure_where_none_was_measured() -> None:
    assert fit_confidence(_pairs(50, 10)).scores("Hill", [Found(0, 4, "PERSON", "rule")]) == [None]


def test_no_score_is_fitted_on_its_own_body() -> None:
    pairs = _pairs(rule_right=57, model_right=12)
    # One body's labels turned round: its own scores must not know.
    turned = [
        (gold.model_copy(update={"spans": () if gold.spans else ((0, 4, "ORG"),)}), records)
        if gold.group == "body 3"
        else (gold, records)
        for gold, records in pairs
    ]

    def scores(held: list[tuple[LabelledMinutes, list[Record]]]) -> list[float | None]:
        return [
            records[0].spans[0].score
            for gold, records in cross_scored(held)
            if gold.group == "body 3"
        ]

    assert scores(pairs) == scores(turned)
    assert all(score is not None for score in scores(pairs))


def test_weights_go_to_a_file_and_back(tmp_path: Path) -> None:
    confidence = fit_confidence(_pairs(57, 12))
    path = tmp_path / "confidence.json"
    path.write_text(confidence.to_text(), encoding="utf-8")
    assert Confidence.load(path).weights == confidence.weights


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "JSON"),
        ("[]", "object"),
        ("[" * 100_000, "JSON"),
        ('{"ORG": 3}', "ORG"),
        ('{"ORG": [1]}', "ORG"),
        ('{"THING": {"bias": 1}}', "THING"),
        ('{"ORG": {"bias": "1.5"}}', "ORG.bias"),
        ('{"ORG": {"bias": true}}', "ORG.bias"),
        ('{"ORG": {"bias": null}}', "ORG.bias"),
        ('{"ORG": {"bias": NaN}}', "finite"),
        ('{"ORG": {"bias": Infinity}}', "finite"),
        ('{"ORG": {"bias": -Infinity}}', "finite"),
        ('{"ORG": {"bias": 1e999}}', "finite"),
        (f'{{"ORG": {{"bias": 1{"0" * 400}}}}}', "finite"),
        (f'{{"ORG": {{"bias": 1{"0" * 5000}}}}}', "number"),
    ],
    ids=lambda value: value[:30],
)
def test_a_damaged_file_is_named(tmp_path: Path, text: str, said: str) -> None:
    path = tmp_path / "confidence.json"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(ModelError, match=rf"confidence\.json: not the weights.*{said}"):
        Confidence.load(path)


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match=r"confidence\.json: not the weights.*No such file"):
        Confidence.load(tmp_path / "confidence.json")


def test_the_largest_weights_give_a_score() -> None:
    confidence = Confidence({"ORG": {BIAS: -1e308, "words=1": -1e308, "source=rule": 1e308}})
    assert confidence.scores("Ongo", [Found(0, 4, "ORG", "rule")]) == [0]
