"""Cross-validation on a tiny corpus: what is trained on what, end to end, and after a kill."""

from __future__ import annotations

import io
import json
import shutil
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from kcsp_nlp.annotator import Annotator
from kcsp_nlp.cli.main import app
from kcsp_nlp.confidence import BIAS, Confidence
from kcsp_nlp.errors import CorpusError, KcspError
from kcsp_nlp.evaluation import running
from kcsp_nlp.evaluation.ablation import VARIANTS
from kcsp_nlp.evaluation.folds import divide, part
from kcsp_nlp.evaluation.plan import Run, Setup, make_plan, parse_config
from kcsp_nlp.evaluation.results import Results, read_results
from kcsp_nlp.evaluation.running import Runs
from kcsp_nlp.evaluation.summary import cross_validation_results
from kcsp_nlp.labels import corpus
from kcsp_nlp.labels.corpus import LabelledMinutes
from kcsp_nlp.topics.model import read_topics
from kcsp_nlp.training.models import train_topics

ROOT = Path(__file__).parents[1]
CONFIG = ROOT / "configs" / "pipeline.cfg"
TAXONOMY = """
[topics.lamps]
title = "Lamps"
description = "Lamps."
terms = ["lamp", "wick", "oil"]
"""


def minutes(number: int, *, group: str | None = None, length: int = 0) -> LabelledMinutes:
    """Return a small document with a person, a sum, and two items of which one is on lamps."""
    front = f"Present: Cllr Ada Quill{'abcdefghijklmnop'[number]}\n\n"
    lamps = f"1. Lamps\nThe lamp oil cost £{number + 2}. RESOLVED to buy a wick.\n\n"
    boats = "2. Boats\nThe boats were painted." + " It rained." * length + "\n"
    name, cost = f"Ada Quill{'abcdefghijklmnop'[number]}", f"£{number + 2}"
    text = front + lamps + boats
    spans = [(text.index(name), text.index(name) + len(name), "PERSON")]
    spans.append((text.index(cost), text.index(cost) + len(cost), "MONEY"))
    return LabelledMinutes.model_validate(
        {
            "id": f"q{number}-quay",
            "group": group or f"quay {number}",
            "format": "txt",
            "text": text,
            "spans": spans,
            "meeting": {},
            "items": [
                {"start": len(front), "number": "1", "topics": ["lamps"]},
                {"start": len(front + lamps), "number": "2"},
            ],
        }
    )


DOCUMENTS = [minutes(number) for number in range(8)]
MANY = [minutes(number) for number in range(16)]


@pytest.fixture(scope="module")
def taxonomy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("taxonomy") / "topics.toml"
    path.write_text(TAXONOMY, encoding="utf-8")
    return path


@pytest.fixture(scope="module")
def quick(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The shipped config, stopped after a few steps."""
    config: Any = parse_config(CONFIG.read_text(encoding="utf-8"))
    config["training"].update(max_steps=8, eval_frequency=4)
    path = tmp_path_factory.mktemp("config") / "quick.cfg"
    config.to_disk(path, interpolate=False)
    return path


def setup(taxonomy: Path, config: Path = CONFIG, **options: Any) -> Setup:
    return Setup.read(config, taxonomy, **{"folds": 2, **options})


def plan_of(asked: Setup, documents: Sequence[LabelledMinutes] = DOCUMENTS) -> list[Run]:
    return make_plan(documents, asked, lambda line: None)


def ids(documents: Sequence[LabelledMinutes]) -> list[str]:
    return [document.id for document in documents]


# Who learns from what.


def test_a_body_is_never_split_and_folds_are_of_a_size() -> None:
    documents = [
        minutes(0, group="long", length=90),
        minutes(1, group="twice"),
        minutes(2),
        minutes(3, group="twice"),
        minutes(4),
    ]
    folds = divide(documents, 2)
    assert [ids(fold) for fold in folds] == [
        ["q0-quay"],
        ["q1-quay", "q2-quay", "q3-quay", "q4-quay"],
    ]
    assert [set(ids(fold)) for fold in divide(documents[::-1], 2)] == [
        set(ids(fold)) for fold in folds
    ], "the order of the documents has no part in it"


def test_fewer_bodies_than_folds_are_refused() -> None:
    with pytest.raises(CorpusError, match="of 1 bodies, expected at least 2"):
        divide([minutes(0, group="one"), minutes(1, group="one")], 2)


def test_smaller_parts_are_in_larger_ones() -> None:
    parts = [set(ids(part(DOCUMENTS, share))) for share in (0.25, 0.5, 0.75, 1)]
    assert [len(each) for each in parts] == [2, 4, 6, 8]
    assert parts[0] < parts[1] < parts[2] < parts[3]
    assert set(ids(part(DOCUMENTS[::-1], 0.5))) == parts[1]


def test_no_run_is_judged_on_what_it_learnt(taxonomy: Path) -> None:
    plan = plan_of(setup(taxonomy, curve=True, ablation=True, all_folds=True, folds=3), MANY)
    for run in plan:
        learnt = {document.group for document in run.training.documents}
        assert not learnt & {document.group for document in run.held}, run.title
    judged = [name for run in plan if run.kind == "fold" for name in ids(run.held)]
    assert sorted(judged) == sorted(ids(MANY)), "every document once"


def test_steps_are_in_proportion(taxonomy: Path) -> None:
    steps = parse_config(CONFIG.read_text(encoding="utf-8"))["training"]["max_steps"]
    for run in plan_of(setup(taxonomy, curve=True), MANY):
        expected = round(steps * len(run.training.documents) / len(MANY))
        assert run.training.steps == expected
        assert parse_config(run.training.config)["training"]["max_steps"] == expected


def test_only_what_must_be_trained_is(taxonomy: Path) -> None:
    def models(**options: Any) -> int:
        return len({run.training.sha256 for run in plan_of(setup(taxonomy, **options), MANY)})

    config = parse_config(CONFIG.read_text(encoding="utf-8"))
    trained = sum(bool(each.changes) and not each.lacks(config) for each in VARIANTS)
    assert models() == 2
    assert models(curve=True) == 2 + 3
    assert models(curve=True, all_folds=True) == 2 + 6
    assert models(ablation=True) == 2 + trained
    assert models(ablation=True, all_folds=True) == 2 + 2 * trained


def test_a_variant_that_the_config_gives_no_occasion_for_is_named(
    taxonomy: Path, tmp_path: Path
) -> None:
    config: Any = parse_config(CONFIG.read_text(encoding="utf-8"))
    config["nlp"]["pipeline"].remove("kcsp_memory")
    config.to_disk(tmp_path / "own.cfg", interpolate=False)
    said: list[str] = []
    plan = make_plan(DOCUMENTS, setup(taxonomy, tmp_path / "own.cfg", ablation=True), said.append)
    assert "without document memory" not in {run.name for run in plan}
    assert any("kcsp_memory" in line for line in said)


def test_a_topic_of_too_few_bodies_is_refused_before_any_training(taxonomy: Path) -> None:
    with pytest.raises(CorpusError, match=r"25%.*'lamps' is labelled for 1"):
        plan_of(setup(taxonomy, curve=True), DOCUMENTS)
    stray = DOCUMENTS[0].model_copy(
        update={"items": (DOCUMENTS[0].items[0].model_copy(update={"topics": ("boats",)}),)}
    )
    with pytest.raises(CorpusError, match="'boats' is not in the taxonomy"):
        plan_of(setup(taxonomy), [stray, *DOCUMENTS[1:]])


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[nlp", "not a config"),
        ("[a]\n[a]", "not a config"),
        ("[nlp]\npipeline = []", "lacks"),
        ("[paths]\nbase = 3", "lacks base"),
        ("[paths]\nbase = null\n[nlp]\npipeline = 1", "lacks pipeline"),
        (
            '[paths]\nbase = null\n[nlp]\npipeline = []\n[training]\nmax_steps = "many"',
            "lacks max_steps",
        ),
        (None, "own.cfg"),
    ],
)
def test_a_config_that_is_none_is_named(
    taxonomy: Path, tmp_path: Path, text: str | None, said: str
) -> None:
    if text is not None:
        (tmp_path / "own.cfg").write_text(text, encoding="utf-8")
    with pytest.raises(KcspError, match=said):
        plan_of(setup(taxonomy, tmp_path / "own.cfg"))


# From the command to the results, with models that are trained.


@pytest.fixture(scope="module")
def done(
    taxonomy: Path, quick: Path, tmp_path_factory: pytest.TempPathFactory
) -> tuple[Path, list[str]]:
    """A folder with all that the command writes, and what it was called with."""
    folder = tmp_path_factory.mktemp("cross-validation")
    corpus.write(DOCUMENTS, folder / "corpus.jsonl")
    arguments = ["evaluate", str(folder / "corpus.jsonl"), "--cross-validate", "--folds", "2"]
    arguments += ["--config", str(quick), "--topics", str(taxonomy)]
    arguments += ["-o", str(folder / "results.json"), "--records", str(folder / "records")]
    arguments += ["--errors", str(folder / "errors.jsonl"), "--runs", str(folder / "runs")]
    arguments += ["--confidence", str(folder / "confidence.json")]
    app(arguments, standalone_mode=False)
    return folder, arguments


def test_the_command_writes_results(done: tuple[Path, list[str]]) -> None:
    results = read_results(done[0] / "results.json")
    assert results.protocol.kind == "cross-validation"
    assert [fold.held_out.documents for fold in results.protocol.folds] == [4, 4]
    assert [fold.trained_on.documents for fold in results.protocol.folds] == [4, 4]
    assert [fold.steps for fold in results.protocol.folds] == [4, 4]
    assert results.protocol.base_sha256
    assert results.protocol.versions["spacy"]
    assert results.scores.documents == len(results.per_document) == 8
    assert results.scores.spans["MONEY"].f1 == 1, "the rules find all of it"
    assert results.scores.spans["MONEY"].ci95 == (1, 1)
    assert set(results.scores.topics) == {"lamps", "micro"}
    assert sum(each.count for each in results.topic_calibration["all"].bins) == 16
    assert {(each.aspect, each.kind) for each in results.layouts} >= {("format", "txt")}
    summed = sum(counted.counts["structure"]["items"][0] for counted in results.per_document)
    assert results.scores.structure["items"].recall == round(summed / 16, 4)


def test_the_scores_of_spans_are_written_and_measured(done: tuple[Path, list[str]]) -> None:
    weights = Confidence.load(done[0] / "confidence.json").weights
    assert set(weights["MONEY"]) == {BIAS}, "all of it right: one score"
    results = read_results(done[0] / "results.json")
    assert results.span_calibration["MONEY"].count == results.scores.spans["MONEY"].support
    assert results.span_calibration["source rule"].count


def test_results_come_back_as_they_were_written(done: tuple[Path, list[str]]) -> None:
    text = (done[0] / "results.json").read_text(encoding="utf-8")
    assert read_results(done[0] / "results.json").to_text() == text
    assert max(map(len, text.splitlines())) < 600, "the command is the longest line"
    assert Results.model_json_schema()["properties"]["errors"]


def test_records_of_held_out_documents_are_kept(done: tuple[Path, list[str]]) -> None:
    held = [
        json.loads(line)
        for path in sorted((done[0] / "records").iterdir())
        for line in path.read_text(encoding="utf-8").splitlines()
    ]
    texts: dict[str, str] = {}
    for record in held:
        source = record["meeting"]["source"]
        texts[source] = texts.get(source, "") + record["text"]
    assert texts == {document.id: document.text for document in DOCUMENTS}
    assert len({record["model"]["version"] for record in held}) == 2, "a model for each fold"


def test_errors_are_written_for_the_owner_of_the_labels(done: tuple[Path, list[str]]) -> None:
    lines = (done[0] / "errors.jsonl").read_text(encoding="utf-8").splitlines()
    counted = sum(each.count for each in read_results(done[0] / "results.json").errors)
    assert len(lines) == counted
    assert all(json.loads(line)["kind"] for line in lines)


def test_finished_steps_are_not_done_again(
    done: tuple[Path, list[str]], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    folder, arguments = done
    again = [*arguments]
    again[again.index("-o") + 1] = str(tmp_path / "results.json")
    trained: list[Path] = []
    monkeypatch.setattr(running, "train", trained.append)
    app(again, standalone_mode=False)
    assert not trained
    first, second = (read_results(each / "results.json") for each in (folder, tmp_path))
    assert first.scores == second.scores


# After a kill, in several processes, and with everything asked for: models that need no training.


@pytest.fixture(scope="module")
def model(taxonomy: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The shipped tagger with a small topic model."""
    folder = tmp_path_factory.mktemp("model") / "model"
    leave_out = shutil.ignore_patterns("topics")
    shutil.copytree(ROOT / "models" / "kcsp", folder, ignore=leave_out)
    train_topics(DOCUMENTS, read_topics(taxonomy), "").save(folder / "topics")
    return folder


@pytest.fixture
def placed(monkeypatch: pytest.MonkeyPatch, model: Path) -> list[Path]:
    """Let training put that model in place, and keep where; it is loaded once in this process."""
    folders: list[Path] = []

    def train(folder: Path) -> None:
        folders.append(folder)
        (folder / "model").symlink_to(model)

    loaded = Annotator.load(model)
    monkeypatch.setattr(running, "train", train)
    monkeypatch.setattr(Annotator, "load", lambda folder: loaded)
    return folders


def complete(folder: Path, plan: Sequence[Run], workers: int = 1) -> list[str]:
    said: list[str] = []
    Runs(folder).complete(plan, workers=workers, log=said.append)
    return said


def test_a_killed_run_goes_on(
    placed: list[Path], taxonomy: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    plan = plan_of(setup(taxonomy))
    whole = running.train

    def killed(folder: Path) -> None:
        if placed:
            (folder / "half").touch()
            raise KeyboardInterrupt
        whole(folder)

    monkeypatch.setattr(running, "train", killed)
    with pytest.raises(KeyboardInterrupt):
        complete(tmp_path, plan)
    monkeypatch.setattr(running, "train", whole)
    said = complete(tmp_path, plan)
    assert "1 models to be trained" in said[0]
    assert len(set(placed)) == 2
    assert not list(tmp_path.rglob("half")), "what was begun is begun anew"
    assert all(Runs(tmp_path).records(run).exists() for run in plan)


def test_processes_change_no_record(placed: list[Path], taxonomy: Path, tmp_path: Path) -> None:
    plan = plan_of(setup(taxonomy))
    complete(tmp_path, plan)
    alone = [Runs(tmp_path).records(run).read_bytes() for run in plan]
    shutil.rmtree(tmp_path / "records")
    said = complete(tmp_path, plan, workers=2)
    assert len(said) == 1 + len(plan)
    assert [Runs(tmp_path).records(run).read_bytes() for run in plan] == alone


def test_a_folder_that_cannot_be_written_is_named(taxonomy: Path, tmp_path: Path) -> None:
    (tmp_path / "runs").touch()
    with pytest.raises(KcspError, match="runs: cannot be written"):
        complete(tmp_path / "runs", plan_of(setup(taxonomy)))


@pytest.mark.parametrize("option", ["-o", "--errors", "--confidence", "--records"])
def test_places_are_tried_before_any_training(
    option: str, taxonomy: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def train(folder: Path) -> None:
        raise AssertionError

    monkeypatch.setattr(running, "train", train)
    corpus.write(DOCUMENTS, tmp_path / "corpus.jsonl")
    (tmp_path / "file").touch()
    arguments = ["evaluate", str(tmp_path / "corpus.jsonl"), "--cross-validate", "--folds", "2"]
    arguments += ["--topics", str(taxonomy), "--runs", str(tmp_path / "runs")]
    for place in ("file/own", *([] if option == "--records" else ["", "gone/own"])):
        with pytest.raises(KcspError, match="cannot be written"):
            app([*arguments, option, str(tmp_path / place)], standalone_mode=False)
    assert not (tmp_path / "runs").exists()
    assert not list(tmp_path.rglob("*.part"))


def test_a_body_without_items_is_no_obstacle(
    placed: list[Path], taxonomy: Path, tmp_path: Path
) -> None:
    bare = DOCUMENTS[0].model_copy(update={"items": ()})
    asked = setup(taxonomy)
    plan = plan_of(asked, [bare, *DOCUMENTS[1:]])
    complete(tmp_path, plan)
    results = cross_validation_results(
        plan, Runs(tmp_path).read, asked, command="kcsp-nlp", title="quays"
    )
    assert results.scores.documents == len(DOCUMENTS)
    assert ("headings", "none") in {(each.aspect, each.kind) for each in results.layouts}


def test_curve_and_ablation_are_summed_up(
    placed: list[Path], taxonomy: Path, tmp_path: Path
) -> None:
    asked = setup(taxonomy, curve=True, ablation=True)
    plan = plan_of(asked, MANY)
    complete(tmp_path, plan)
    results = cross_validation_results(
        plan, Runs(tmp_path).read, asked, command="kcsp-nlp", title="quays"
    )
    assert [point.share for point in results.curve] == [0.25, 0.5, 0.75, 1.0]
    assert [point.training_documents for point in results.curve] == [
        (2,),
        (4,),
        (6,),
        (8,),
    ]
    rows = {row.name: row for row in results.ablation}
    assert rows["rules alone"].disabled == ("ner",)
    assert rows["rules alone"].folds == (0, 1)
    assert not rows["rules alone"].retrained
    assert "ner" not in rows["tagger alone"].disabled
    alone = rows["tagger alone"]
    assert alone.scores.spans["MONEY"].f1 == 0, "sums are for the rules"
    assert alone.whole.spans["MONEY"].f1 == 1
    assert alone.differences["spans"]["MONEY"].difference == -1
    assert rows["without signs"].retrained
    assert rows["without signs"].folds == (0,)
    assert rows["without signs"].scores.documents == 8


# Usage.


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (["--folds", "3"], "--folds is for --cross-validate"),
        (["--curve"], "--curve is for --cross-validate"),
        (["--confidence", "x"], "--confidence is for --cross-validate"),
        (["--all-folds"], "--all-folds is for --cross-validate"),
        (["--cross-validate", "--model", "x"], "--model has no part in --cross-validate"),
        (["--cross-validate", "--folds", "1"], "--folds"),
        (["--cross-validate", "--all-folds"], "--all-folds is for --curve and --ablation"),
        (["-o", "corpus.jsonl"], "is to be read"),
        (["--errors", "./corpus.jsonl"], "is to be read"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else None,
)
def test_options_that_have_no_part_are_refused(
    options: list[str], said: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    error = io.StringIO()
    monkeypatch.setattr("sys.stderr", error)
    with pytest.raises(SystemExit) as leaving:
        app(["evaluate", "corpus.jsonl", *options])
    assert leaving.value.code == 2
    assert said in " ".join(error.getvalue().split())
