"""The model card: the same results give the same text and the same pictures.

python tests/test_card.py     # writes the golden card anew; read the difference
"""

from __future__ import annotations

import json
import re
import shutil
import sys
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest

from kcsp_nlp.cli.main import run
from kcsp_nlp.errors import KcspError, ModelError
from kcsp_nlp.evaluation.card import Development, main_results, render_card
from kcsp_nlp.evaluation.figures import draw_figures
from kcsp_nlp.evaluation.model_facts import model_facts
from kcsp_nlp.evaluation.results import Results, read_results
from kcsp_nlp.shipped import shipped

ROOT = Path(__file__).parents[1]
GOLDEN = ROOT / "tests" / "golden" / "card"
RESULTS = GOLDEN / "results.json"
FACTS = {
    "name": "quay",
    "version": "9.9.9",
    "corpus": "0123456789abcdef",
    "labels": "ORG, PERSON, ROLE",
    "vectors": "20,000",
    "vectors_size": "13",
    "size": "20",
    "width": "96",
    "depth": "4",
    "steps": "2,200",
    "thresholds": "lamps 0.45",
    "topic_ece": "lamps 0.040",
}
SCORES: dict[str, Any] = {
    "spans": {"PERSON": [0.95, 0.9, 1.0, 12], "ORG": [0.8, 0.8, 0.8, 5]},
    "spans_micro": [0.9, 0.9, 0.9],
    "topics": {"lamps": [0.7, 0.7, 0.7, 3]},
    "topics_micro": [0.7, 0.7, 0.7],
    "topics_macro": 0.7,
    "items": [1.0, 1.0, 1.0],
    "attendance": [0.9, 0.9, 0.9],
    "attendance_with_role_and_organisation": [0.85, 0.9, 0.8],
    "decisions": [0.8, 0.8, 0.8],
    "actions": [0.6, 0.6, 0.6],
    "meeting": {"docs": 2, "date_ok": 2, "body_ok": 2},
}


@pytest.fixture
def development(tmp_path: Path) -> Path:
    path = tmp_path / "development.json"
    path.write_text(json.dumps(SCORES), encoding="utf-8")
    return path


def evaluation() -> Results:
    """The golden results as if they were those of one model."""
    whole = read_results(RESULTS)
    protocol = whole.protocol.model_copy(update={"kind": "evaluation", "folds": ()})
    return whole.model_copy(
        update={"title": "other quays", "protocol": protocol, "curve": (), "ablation": ()}
    )


def golden(development: Path) -> str:
    results = [read_results(RESULTS), evaluation()]
    return render_card(results, FACTS, Development.read(development))


def test_a_card_is_as_it_was(development: Path) -> None:
    assert golden(development) == (GOLDEN / "card.md").read_text(encoding="utf-8")


def test_nothing_of_the_template_is_left(development: Path) -> None:
    text = golden(development)
    assert "${" not in text
    assert re.findall(r"<!-- /?\w+ -->", text) == []
    pictures = set(re.findall(r"\(figures/(.+?)\)", text))
    assert pictures == set(draw_figures(read_results(RESULTS)))


def test_sections_without_results_are_left_out() -> None:
    bare = evaluation().model_copy(update={"errors": (), "layouts": (), "topic_calibration": {}})
    text = render_card([bare], FACTS)
    for heading in ("More data", "What each part", "Kinds of documents", "Scores"):
        assert f"## {heading}" not in text
    assert "Cross-validated" not in text
    assert "Development set" not in text
    assert "(figures/" not in text.replace("(figures/f1-by-label.svg)", "")
    assert set(draw_figures(bare)) == {"f1-by-label.svg"}


def test_spans_with_scores_have_a_table_of_their_own() -> None:
    whole = read_results(RESULTS)
    scored = whole.model_copy(update={"span_calibration": whole.topic_calibration})
    assert "The same of mentions" in render_card([scored], FACTS)
    assert "The same of mentions" not in render_card([whole], FACTS)


def test_a_cross_validation_comes_before_others() -> None:
    assert main_results([evaluation(), read_results(RESULTS)]).protocol.folds
    with pytest.raises(KcspError, match="no results"):
        main_results([])


def test_pictures_are_the_same_every_time() -> None:
    first, second = (draw_figures(read_results(RESULTS)) for _ in range(2))
    assert first == second
    for name, picture in first.items():
        ElementTree.fromstring(picture)  # noqa: S314 -- our own
        assert "<dc:date>" not in picture, name
        assert "<text" in picture, "text stays text"
        assert str(ROOT) not in picture


def test_matplotlib_is_asked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "matplotlib", None)
    with pytest.raises(KcspError, match=r"pip install 'kcsp-nlp\[card\]'"):
        draw_figures(read_results(RESULTS))


def test_facts_come_from_the_model() -> None:
    facts = model_facts(shipped("models/kcsp"))
    assert set(facts) == set(FACTS)
    assert facts["name"] == "kcsp"
    assert 1 < int(facts["vectors_size"]) < int(facts["size"])


def copied_model(tmp_path: Path) -> Path:
    model = tmp_path / "model"
    shutil.copytree(shipped("models/kcsp"), model, ignore=shutil.ignore_patterns("vocab", "ner"))
    (model / "vocab").mkdir()
    for name in ("vectors", "key2row"):
        (model / "vocab" / name).touch()
    return model


def test_calibration_is_that_of_the_topic_model(tmp_path: Path) -> None:
    model = copied_model(tmp_path)
    path = model / "topics" / "card.json"
    card = json.loads(path.read_text(encoding="utf-8"))
    bins = [{"mean": 0.1, "share": 0.12, "count": 9}]
    card["calibration"] = {"mental_health": {"bins": bins, "error": 0.0213}}
    path.write_text(json.dumps(card), encoding="utf-8")
    assert model_facts(model)["topic_ece"] == "mental health 0.021"


@pytest.mark.parametrize(
    ("file", "text"),
    [
        ("meta.json", "[]"),
        ("topics/card.json", '{"thresholds": []}'),
        ("config.cfg", "[a]\n[a]"),
        ("config.cfg", "no section"),
    ],
)
def test_a_damaged_model_is_named(tmp_path: Path, file: str, text: str) -> None:
    model = copied_model(tmp_path)
    (model / file).write_text(text, encoding="utf-8")
    with pytest.raises(ModelError, match="cannot be described"):
        model_facts(model)


@pytest.mark.parametrize("text", [None, "[]", "{", '{"spans_micro": []}', '{"spans": 1}'])
def test_what_is_no_input_is_named(tmp_path: Path, text: str | None) -> None:
    path = tmp_path / "own.json"
    if text is not None:
        path.write_text(text, encoding="utf-8")
    for read in (read_results, Development.read):
        with pytest.raises(KcspError, match=r"own\.json"):
            read(path)
    with pytest.raises(ModelError, match="cannot be described"):
        model_facts(tmp_path)


@pytest.mark.parametrize(
    "changes",
    [
        {"spans": 1},
        {"spans_micro": ["much"]},
        {"spans_micro": [10**400]},
        {"topics": {"lamps": [None, 0, 0, 0]}},
        {"meeting": []},
    ],
)
def test_damaged_scores_are_named(tmp_path: Path, changes: dict[str, Any]) -> None:
    path = tmp_path / "own.json"
    path.write_text(json.dumps({**SCORES, **changes}), encoding="utf-8")
    with pytest.raises(KcspError, match=r"own\.json: no scores"):
        Development.read(path)


@pytest.mark.parametrize(
    ("place", "value"),
    [
        ("scores.spans.micro", None),
        ("scores.spans.ROLE", None),
        ("scores.structure.items", None),
        ("scores.topics.micro", None),
        ("scores.topics_macro_f1", float("nan")),
        ("topic_calibration.all.ece", float("inf")),
        ("curve.0.steps", []),
        ("ablation.0.differences.spans", {}),
        ("errors.0.count", 0),
        ("errors.0.kind", "mood"),
    ],
)
def test_damaged_results_are_named(tmp_path: Path, place: str, value: Any) -> None:
    results = json.loads(RESULTS.read_text(encoding="utf-8"))
    *path, last = place.split(".")
    at = results
    for part in path:
        at = at[int(part) if part.isdigit() else part]
    del at[last]
    if value is not None:
        at[last] = value
    own = tmp_path / "own.json"
    own.write_text(json.dumps(results), encoding="utf-8")
    with pytest.raises(KcspError, match=rf"own\.json: no results \({path[0]}"):
        read_results(own)


def test_results_are_not_overwritten(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    own = tmp_path / "own.json"
    shutil.copy(RESULTS, own)
    for output, code in ((own, 2), (tmp_path, 1)):
        monkeypatch.setattr(sys, "argv", ["kcsp-nlp", "card", str(own), "-o", str(output)])
        with pytest.raises(SystemExit) as leaving:
            run()
        assert leaving.value.code == code
    assert own.read_bytes() == RESULTS.read_bytes()
    assert not list(tmp_path.rglob("*.svg")), "no pictures without a card"


def test_the_command_writes_card_and_pictures(
    development: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    card = tmp_path / "models" / "README.md"
    arguments = [RESULTS, "-o", card, "--development", development]
    for _ in range(2):
        monkeypatch.setattr(sys, "argv", ["kcsp-nlp", "card", *map(str, arguments)])
        with pytest.raises(SystemExit) as leaving:
            run()
        assert not leaving.value.code
    assert card.read_text(encoding="utf-8").count("| development set, 2 documents |") == 1
    names = sorted(path.name for path in card.parent.rglob("*.*"))
    assert names == sorted(["README.md", *draw_figures(read_results(RESULTS))])


COMMITTED = ROOT / "models" / "results" / "cross-validation.json"


@pytest.mark.skipif(not COMMITTED.exists(), reason="no results are committed yet")
def test_the_committed_card_is_what_the_committed_results_say() -> None:
    scores = COMMITTED.with_name("development.json")
    others = sorted(set(COMMITTED.parent.glob("*.json")) - {COMMITTED, scores})
    text = render_card(
        [read_results(path) for path in (COMMITTED, *others)],
        model_facts(shipped("models/kcsp")),
        Development.read(scores) if scores.exists() else None,
    )
    assert (ROOT / "models" / "README.md").read_text(encoding="utf-8") == text


if __name__ == "__main__":
    given = GOLDEN / "development.json"
    given.write_text(json.dumps(SCORES), encoding="utf-8")
    (GOLDEN / "card.md").write_text(golden(given), encoding="utf-8")
    given.unlink()
