"""The shipped model is replaced where the new one is no worse, and comes back when asked for."""

from __future__ import annotations

import hashlib
import inspect
import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import skops.io
from typer.testing import CliRunner

from kcsp_nlp.annotator import Annotator
from kcsp_nlp.cli import promote as promote_command
from kcsp_nlp.cli import rollback as rollback_command
from kcsp_nlp.cli.main import app
from kcsp_nlp.errors import KcspError, ModelError
from kcsp_nlp.labels import corpus
from kcsp_nlp.pipeline.loading import model_folder
from kcsp_nlp.training.models import corpus_sha256
from kcsp_nlp.versions.comparing import Judged, load_judged
from kcsp_nlp.versions.facts import model_sha256, read_facts
from kcsp_nlp.versions.history import Entry, read_history
from kcsp_nlp.versions.judging import MARGIN
from kcsp_nlp.versions.placing import Place
from kcsp_nlp.versions.promoting import KEEP, promote, roll_back
from version_models import DOCUMENTS, SHIPPED, copy_model


@pytest.fixture(scope="module")
def good(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The shipped model, as version 2."""
    return copy_model(tmp_path_factory.mktemp("good") / "m", version="2.0", seen=DOCUMENTS[:2])


@pytest.fixture(scope="module")
def weak(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A model without sums and funding, as version 1."""
    folder = tmp_path_factory.mktemp("weak") / "m"
    return copy_model(
        folder, without="kcsp_money", thresholds={"funding": 1.1}, version="1.0", seen=[]
    )


@pytest.fixture(scope="module")
def loaded() -> dict[str, Annotator]:
    """Models that have been loaded, by their digests."""
    return {}


@pytest.fixture(autouse=True)
def load_once(loaded: dict[str, Annotator], monkeypatch: pytest.MonkeyPatch) -> None:
    """Load each model once, whatever folders it is copied to."""

    def load(model: Path) -> Judged:
        facts = read_facts(model_folder(model))
        if facts.sha256 not in loaded:
            loaded[facts.sha256] = load_judged(model).annotator
        return Judged(model_folder(model), facts, loaded[facts.sha256])

    monkeypatch.setattr("kcsp_nlp.versions.promoting.load_judged", load)


@pytest.fixture
def over(tmp_path: Path, weak: Path) -> Path:
    """A place with the weak model."""
    folder = tmp_path / "models" / "ours"
    shutil.copytree(weak, folder)
    return folder


@pytest.fixture
def labelled(tmp_path: Path) -> Path:
    path = tmp_path / "held-out.jsonl"
    corpus.write(DOCUMENTS, path)
    return path


Run = Callable[..., Any]


@pytest.fixture
def run() -> Run:
    def run(*arguments: object) -> Any:
        return CliRunner().invoke(app, [str(each) for each in arguments])

    return run


def quiet(_: str) -> None:
    pass


def history(over: Path) -> list[Entry]:
    return read_history(Place(over).history)


def test_a_better_model_is_promoted_and_comes_back(
    run: Run, over: Path, good: Path, weak: Path, labelled: Path
) -> None:
    result = run("promote", good, "--over", over, "--on", labelled)
    assert result.exit_code == 0, result.output
    assert "now 2.0" in result.stderr
    assert "2 documents are left out, a model was trained on them: v0-quay, v1" in result.stderr
    assert model_sha256(over) == model_sha256(good)
    (entry,) = history(over)
    assert (entry.action, entry.forced, entry.against) == ("promote", False, ())
    assert entry.model.sha256 == model_sha256(good)
    assert entry.replaced is not None
    assert (entry.replaced.sha256, entry.replaced.version) == (model_sha256(weak), "1.0")
    assert entry.comparison is not None
    assert entry.comparison.spans["MONEY"].difference == 1
    assert entry.comparison.corpus_sha256 == corpus_sha256(DOCUMENTS[2:])
    config = hashlib.sha256((good / "config.cfg").read_bytes()).hexdigest()
    assert entry.model.config_sha256 == config
    assert entry.model.config_sha256 != entry.replaced.config_sha256

    back = run("rollback", "--over", over)
    assert back.exit_code == 0, back.output
    assert model_sha256(over) == model_sha256(weak)
    assert [each.action for each in history(over)] == ["promote", "rollback"]
    assert history(over)[0] == entry
    again = run("rollback", "--over", over)
    assert "does not say which model the present one replaced" in str(again.exception)
    forth = run("rollback", "--over", over, "--to", model_sha256(good)[:8])
    assert forth.exit_code == 0, forth.output
    assert model_sha256(over) == model_sha256(good)
    Annotator.load(over)


def test_a_worse_model_is_refused_with_reasons(
    run: Run, tmp_path: Path, good: Path, weak: Path, labelled: Path
) -> None:
    over = tmp_path / "models" / "ours"
    shutil.copytree(good, over)
    before = model_sha256(over)
    result = run("promote", weak, "--over", over, "--on", labelled)
    assert result.exit_code == 1
    assert "not promoted" in str(result.exception)
    marked = [line.split()[0] for line in result.stdout.splitlines() if line.endswith(" !")]
    assert marked == ["MONEY", "spans", "funding", "topics", "topics"]
    assert "against  spans MONEY falls by 1.000, more than 0.02" in result.stdout
    assert "against  spans micro is worse beyond noise" in result.stdout
    assert model_sha256(over) == before
    assert history(over) == []

    forced = run("promote", weak, "--over", over, "--on", labelled, "--force")
    assert forced.exit_code == 0, forced.output
    assert "forced" in forced.stderr
    assert model_sha256(over) == model_sha256(weak)
    (entry,) = history(over)
    assert entry.forced
    assert "spans MONEY falls by 1.000, more than 0.02" in entry.against


def test_a_margin_that_allows_everything_allows_noise_alone(
    tmp_path: Path, good: Path, weak: Path
) -> None:
    over = tmp_path / "ours"
    shutil.copytree(good, over)
    outcome = promote(weak, over, DOCUMENTS, margin=1.0, log=quiet)
    assert outcome.entry is None
    assert {(each.table, each.name) for each in outcome.objections} == {
        ("spans", "micro"),
        ("topics", "micro"),
        ("topics", "macro"),
    }


def test_the_same_model_is_not_promoted_again(over: Path, weak: Path) -> None:
    assert promote(weak, over, [], log=quiet) == (None, None, (), ())
    assert history(over) == []


def test_without_minutes_to_judge_on_nothing_is_replaced(
    over: Path, weak: Path, good: Path, tmp_path: Path
) -> None:
    assert [each.says for each in promote(good, over, [], log=quiet).objections] == [
        "nothing to judge on; give labelled minutes with --on that neither was trained on"
    ]
    seen = promote(good, over, DOCUMENTS[:2], log=quiet)
    assert "trained on all 2 documents" in seen.objections[0].says
    few = promote(good, over, DOCUMENTS[:6], log=quiet)
    assert all("4 documents that neither" in each.says for each in few.objections)
    assert few.left_out == ("v0-quay", "v1-quay")
    assert model_sha256(over) == model_sha256(weak)


def test_the_first_model_needs_no_comparison(tmp_path: Path, good: Path) -> None:
    over = tmp_path / "new" / "place"
    outcome = promote(good, over, [], log=quiet)
    assert outcome.entry is not None
    assert outcome.entry.replaced is None
    assert not outcome.entry.forced
    assert model_sha256(over) == model_sha256(good)


def test_a_model_that_is_broken_can_be_replaced_by_force(over: Path, good: Path) -> None:
    (over / "ner" / "model").write_bytes(b"")
    refused = promote(good, over, DOCUMENTS, log=quiet)
    assert refused.entry is None
    assert refused.objections[0].says.startswith("nothing to compare with: ")
    assert promote(good, over, DOCUMENTS, force=True, log=quiet).entry is not None
    assert model_sha256(over) == model_sha256(good)


class _Untrusted:
    """Something that skops builds only when told to."""


def _untrusted(folder: Path) -> None:
    stored = skops.io.dumps({"topics": _Untrusted()})
    (folder / "topics" / "model.skops").write_bytes(stored)
    path = folder / "topics" / "card.json"
    card = json.loads(path.read_text(encoding="utf-8"))
    card["model_sha256"] = hashlib.sha256(stored).hexdigest()
    path.write_text(json.dumps(card), encoding="utf-8")


def _no_network(folder: Path) -> None:
    (folder / "ner" / "model").write_bytes(b"")


def _other_features(folder: Path) -> None:
    path = folder / "topics" / "card.json"
    card = json.loads(path.read_text(encoding="utf-8"))
    path.write_text(json.dumps({**card, "feature_version": 0}), encoding="utf-8")


def _no_topics(folder: Path) -> None:
    shutil.rmtree(folder / "topics")


@pytest.mark.parametrize(
    ("damage", "says"),
    [
        (_untrusted, "types that are not trusted"),
        (_no_network, "the pipeline cannot be loaded"),
        (_other_features, "version 0 of the features"),
        (_no_topics, "not a whole model"),
    ],
)
def test_what_cannot_be_loaded_is_never_promoted(
    damage: Callable[[Path], None], says: str, over: Path, weak: Path, tmp_path: Path
) -> None:
    new = copy_model(tmp_path / "new", version="3.0")
    damage(new)
    with pytest.raises(ModelError, match=says):
        promote(new, over, DOCUMENTS, force=True, log=quiet)
    assert model_sha256(over) == model_sha256(weak)
    assert history(over) == []


def test_a_place_that_holds_something_else_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "thesis.txt").write_text("mine", encoding="utf-8")
    with pytest.raises(KcspError, match="something other than a model"):
        promote(SHIPPED, tmp_path, [], force=True, log=quiet)
    assert [path.name for path in tmp_path.iterdir()] == ["thesis.txt"]


def test_a_replacement_during_the_comparison_is_noticed(
    over: Path, good: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The second of two that promote at once has compared with a model that is gone."""

    def meanwhile(_: str) -> None:
        (over / "meta.json").write_bytes((SHIPPED / "meta.json").read_bytes())

    with pytest.raises(ModelError, match="replaced meanwhile"):
        promote(good, over, DOCUMENTS, force=True, log=meanwhile)
    assert history(over) == []


def test_an_older_model_that_was_damaged_does_not_come_back(
    over: Path, good: Path, weak: Path
) -> None:
    promote(good, over, DOCUMENTS, log=quiet)
    (kept,) = Place(over).kept()
    (kept / "meta.json").write_bytes((SHIPPED / "meta.json").read_bytes())
    with pytest.raises(ModelError, match="damaged"):
        roll_back(over)
    assert model_sha256(over) == model_sha256(good)


def test_going_back_needs_something_to_go_back_to(run: Run, over: Path) -> None:
    result = run("rollback", "--over", over, "--to", "abcd1234")
    assert "0 older models begin so, expected one; kept here: none" in str(result.exception)


def test_the_commands_have_the_same_defaults() -> None:
    options = inspect.signature(promote_command.promote).parameters
    assert options["margin"].default == MARGIN
    assert options["keep"].default == KEEP
    assert inspect.signature(rollback_command.rollback).parameters["keep"].default == KEEP
