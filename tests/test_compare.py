"""Two models on the same labelled minutes: figures, what changed, and what was trained on."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from kcsp_nlp.annotator import Annotator
from kcsp_nlp.cli.main import app
from kcsp_nlp.errors import CorpusError, KcspError, ModelError
from kcsp_nlp.evaluation.running import annotated
from kcsp_nlp.evaluation.scores import Evaluation, evaluate
from kcsp_nlp.labels import corpus
from kcsp_nlp.labels.corpus import LabelledMinutes
from kcsp_nlp.topics.features import Topic
from kcsp_nlp.training.models import corpus_sha256, train_models, train_topics
from kcsp_nlp.training.trained_on import FILE, read_trained_on, trained_on, write_trained_on
from kcsp_nlp.versions.comparing import Judged, Result, compare, load_judged
from kcsp_nlp.versions.comparison import ChangedItems, Compared, Comparison
from kcsp_nlp.versions.facts import ModelFacts, read_facts
from kcsp_nlp.versions.judging import judge
from kcsp_nlp.versions.seen import seen_documents
from version_models import DOCUMENTS, ROOT, SHIPPED, copy_model, minutes


@pytest.fixture(scope="module")
def shipped(annotator: Annotator) -> Judged:
    return Judged(SHIPPED, read_facts(SHIPPED), annotator)


@pytest.fixture(scope="module")
def weaker(tmp_path_factory: pytest.TempPathFactory) -> Judged:
    """The shipped model that finds no sums and no funding."""
    folder = tmp_path_factory.mktemp("models") / "weaker"
    copy_model(folder, without="kcsp_money", thresholds={"funding": 1.1}, seen=DOCUMENTS[:2])
    return load_judged(folder)


@pytest.fixture(scope="module")
def worse(shipped: Judged, weaker: Judged) -> Result:
    return compare(shipped, weaker, DOCUMENTS)


def test_a_model_does_not_differ_from_itself(shipped: Judged) -> None:
    comparison, changes = compare(shipped, shipped, DOCUMENTS)
    assert changes == []
    assert comparison.changed == ChangedItems(better=(), worse=(), mixed=(), records=32)
    for figures in comparison.tables().values():
        for figure in figures.values():
            assert (figure.difference, figure.p, figure.old) == (0, 1, figure.new)
    assert comparison.corpus_sha256 == corpus_sha256(DOCUMENTS)
    assert comparison.old.sha256 == comparison.new.sha256 == shipped.facts.sha256


def test_what_falls_is_measured_and_named(worse: Result) -> None:
    comparison, changes = worse
    money = comparison.spans["MONEY"]
    assert (money.old, money.new, money.difference, money.support) == (1, 0, -1, 16)
    assert money.ci95 == (-1, -1)
    assert money.p < 0.05
    assert comparison.spans["PERSON"].difference == 0
    assert comparison.spans["micro"].difference < 0
    assert comparison.topics["funding"].difference == -1
    assert comparison.topics["domestic_abuse"].difference == 0
    assert comparison.topics["macro"].difference == pytest.approx(-0.25)
    assert comparison.spans["ROLE"].support == 0
    assert [each.document for each in changes] == [document.id for document in DOCUMENTS]
    for each, document in zip(changes, DOCUMENTS, strict=True):
        assert (each.change, each.number, each.fixed, each.topics_fixed) == ("worse", "1", (), ())
        assert each.topics_broken == ("funding",)
        assert [(span.label, span.labelled) for span in each.broken] == [("MONEY", True)] * 2
        for span in each.broken:
            assert document.text[span.start : span.end] == span.text
            assert span.text.startswith("£")
    assert comparison.changed.worse == tuple(each.id for each in changes)


def test_the_other_way_round_everything_is_reversed(
    shipped: Judged, weaker: Judged, worse: Result
) -> None:
    comparison, changes = compare(weaker, shipped, DOCUMENTS)
    assert comparison.changed.better == worse.comparison.changed.worse
    assert [each.fixed for each in changes] == [each.broken for each in worse.changes]
    assert [each.topics_fixed for each in changes] == [("funding",)] * 8
    for name, figure in comparison.spans.items():
        other = worse.comparison.spans[name]
        assert (figure.difference, figure.p) == (-other.difference, other.p)


def test_what_changed_is_what_the_scores_count(
    shipped: Judged, weaker: Judged, worse: Result
) -> None:
    """Fixed less broken is what errors went down by, for spans and for topics."""

    def errors(judged: Judged) -> tuple[int, int]:
        scored = evaluate(annotated(judged.annotator, DOCUMENTS), judged.annotator.topics.labels)
        spans, topics = Evaluation.micro(scored.spans), Evaluation.micro(scored.topics)
        return spans.wrong + spans.missed, topics.wrong + topics.missed

    old, new = errors(shipped), errors(weaker)
    spans = sum(len(each.fixed) - len(each.broken) for each in worse.changes)
    topics = sum(len(each.topics_fixed) - len(each.topics_broken) for each in worse.changes)
    assert (old[0] - new[0], old[1] - new[1]) == (spans, topics)


@pytest.mark.parametrize(
    ("checked", "spans", "topics"),
    [(("topics",), 0, 1), (("spans",), 2, 0), (("structure",), 0, 0)],
)
def test_what_nobody_checked_is_not_judged(
    checked: tuple[str, ...], spans: int, topics: int, shipped: Judged, weaker: Judged
) -> None:
    documents = [document.model_copy(update={"checked": checked}) for document in DOCUMENTS]
    comparison, changes = compare(shipped, weaker, documents)
    assert [(len(each.broken), len(each.topics_broken)) for each in changes] == (
        [(spans, topics)] * 8 if spans or topics else []
    )
    assert (comparison.spans["micro"].support > 0) == ("spans" in checked)
    assert (comparison.topics["micro"].support > 0) == ("topics" in checked)


def test_models_of_other_topics_are_judged_on_all(shipped: Judged, tmp_path: Path) -> None:
    folder = copy_model(tmp_path / "lamps")
    lamps = [
        document.model_copy(
            update={
                "items": tuple(
                    item.model_copy(update={"topics": ("lamps",) if item.number == "3" else ()})
                    for item in document.items
                )
            }
        )
        for document in DOCUMENTS
    ]
    taxonomy = Topic(name="lamps", title="Lamps", description="Lamps.", terms=("lamp",))
    train_topics(lamps, [taxonomy], "0").save(folder / "topics")
    comparison, _ = compare(shipped, load_judged(folder), DOCUMENTS)
    assert comparison.topics_gained == ("lamps",)
    assert set(comparison.topics_lost) == set(shipped.annotator.topics.labels)
    assert (comparison.topics["funding"].old, comparison.topics["funding"].new) == (1, 0)
    assert comparison.topics["lamps"].support == 0
    assert any("only the new model knows the topics lamps" in w for w in comparison.warnings())
    assert [o.name for o in judge(comparison)][:4] == list(comparison.topics_lost)
    assert comparison.new.topics_sha256 != comparison.old.topics_sha256


def test_nothing_to_compare_on_is_an_error(shipped: Judged) -> None:
    with pytest.raises(CorpusError, match="expected at least one document"):
        compare(shipped, shipped, [])


# What a model was trained on.


def _part(document: LabelledMinutes, numbers: str) -> LabelledMinutes:
    """Return some of a document's items as a document of their own, as an import gives them."""
    ranges = zip(document.items, document.item_ranges(), strict=True)
    text, items = "", []
    for item, (start, end) in ranges:
        if item.number and item.number in numbers:
            items.append({"start": len(text), "number": item.number})
            text += document.text[start:end].replace(" ", "  ")
    return LabelledMinutes.model_validate(
        {
            "id": f"{document.id} {numbers}",
            "group": "elsewhere",
            "format": "md",
            "text": text,
            "spans": [],
            "meeting": {},
            "items": items,
        }
    )


@pytest.mark.parametrize(
    ("document", "seen"),
    [
        (DOCUMENTS[0], True),
        (DOCUMENTS[0].model_copy(update={"id": "x", "spans": (), "format": "md"}), True),
        (DOCUMENTS[3], False),
        (_part(DOCUMENTS[0], "12"), True),  # its items in other words' company
        (_part(DOCUMENTS[3], "12"), False),
    ],
    ids=["itself", "under another id, labelled anew", "another", "part of it", "part of another"],
)
def test_documents_are_known_again_by_their_text(document: LabelledMinutes, seen: bool) -> None:
    assert bool(list(trained_on(DOCUMENTS[:2]).find([document]))) == seen


def test_a_part_that_is_mostly_new_was_not_seen() -> None:
    lamps = trained_on([_part(DOCUMENTS[0], "3")])
    assert list(lamps.find([_part(DOCUMENTS[0], "123")])) == []


def test_what_is_kept_is_digests_alone(tmp_path: Path) -> None:
    write_trained_on(DOCUMENTS, tmp_path)
    held = json.loads((tmp_path / FILE).read_text(encoding="utf-8"))
    assert held.keys() == {"schema", "documents", "items"}
    assert len(held["documents"]) == 8
    for digest in (*held["documents"], *held["items"]):
        assert len(digest) == 16
        assert int(digest, 16) >= 0
    assert read_trained_on(tmp_path) == trained_on(DOCUMENTS[::-1])
    (tmp_path / FILE).write_text("{}", encoding="utf-8")
    with pytest.raises(ModelError, match=FILE):
        read_trained_on(tmp_path)


def test_training_writes_what_was_trained_on(tmp_path: Path) -> None:
    text = (ROOT / "configs" / "pipeline.cfg").read_text(encoding="utf-8")
    config = tmp_path / "quick.cfg"
    config.write_text(
        re.sub(r"(?m)^(max_steps|eval_frequency) = .*$", r"\1 = 2", text), encoding="utf-8"
    )
    topics = tmp_path / "topics.toml"
    topics.write_text(
        '[topics.funding]\ntitle = "Funding"\ndescription = "Money."\nterms = ["grant"]\n',
        encoding="utf-8",
    )
    learnt = [
        document.model_copy(
            update={
                "items": tuple(
                    item.model_copy(update={"topics": ("funding",) if item.number == "1" else ()})
                    for item in document.items
                )
            }
        )
        for document in DOCUMENTS
    ]
    corpus.write(learnt, tmp_path / "corpus.jsonl")
    train_models(
        [tmp_path / "corpus.jsonl"],
        tmp_path / "model",
        config=config,
        topics=topics,
        version="1",
        log=lambda _: None,
    )
    assert read_trained_on(tmp_path / "model") == trained_on(DOCUMENTS)


def test_an_older_model_is_known_by_its_corpus(tmp_path: Path, shipped: Judged) -> None:
    facts = shipped.facts.model_copy(update={"corpus_sha256": corpus_sha256(DOCUMENTS)})
    ids = tuple(document.id for document in DOCUMENTS)
    assert seen_documents(tmp_path, facts, DOCUMENTS) == ids
    assert seen_documents(tmp_path, facts, DOCUMENTS[1:]) is None, "it cannot be told"


# The decision.


def _figure(difference: float, ci95: tuple[float, float] | None, support: int = 9) -> Compared:
    new = 0.8 + difference
    return Compared(old=0.8, new=new, difference=difference, ci95=ci95, p=0.5, support=support)


_SAME = _figure(0.0, (-0.01, 0.01))


def _comparison(**changed: Any) -> Comparison:
    facts = ModelFacts(
        name="kcsp",
        version="1",
        sha256="0",
        corpus_sha256=None,
        config_sha256="0",
        topics_sha256="0",
    )
    spans = {"ORG": changed.pop("org", _SAME), "micro": changed.pop("spans_micro", _SAME)}
    topics = {
        "funding": changed.pop("funding", _SAME),
        "micro": changed.pop("topics_micro", _SAME),
        "macro": changed.pop("macro", _SAME),
    }
    held = {
        "old": facts,
        "new": facts,
        "documents": 8,
        "corpus_sha256": "0",
        "spans": spans,
        "topics": topics,
        "topics_lost": (),
        "topics_gained": (),
        "changed": ChangedItems(better=(), worse=(), mixed=(), records=9),
        "seen_by_old": (),
        "seen_by_new": (),
        "seen_unknown": (),
        "resamples": 1000,
        "seed": 0,
    }
    return Comparison.model_validate({**held, **changed})


@pytest.mark.parametrize(
    ("changed", "against"),
    [
        ({}, []),
        ({"org": _figure(0.2, (0.1, 0.3))}, []),
        # A label may fall by the margin, however sure that is, and by no more, however unsure.
        ({"org": _figure(-0.02, (-0.03, -0.01))}, []),
        ({"org": _figure(-0.0201, (-0.3, 0.3))}, ["spans ORG falls by 0.020, more than 0.02"]),
        ({"funding": _figure(-0.1, None)}, ["topics funding falls by 0.100, more than 0.02"]),
        # Where nothing is labelled there is no figure to fall.
        ({"funding": _figure(-0.8, None, 0)}, []),
        # A whole may fall within noise, but not beyond.
        ({"spans_micro": _figure(-0.01, (-0.02, 0.0))}, []),
        ({"spans_micro": _figure(-0.01, (-0.02, -0.001))}, ["spans micro is worse beyond noise"]),
        ({"macro": _figure(-0.01, (-0.02, -0.001))}, ["topics macro is worse beyond noise"]),
        ({"topics_micro": _figure(-0.05, (-0.2, 0.1))}, ["topics micro falls by 0.050"]),
        ({"topics_micro": _figure(0.0, None)}, ["topics micro cannot be judged: 8 documents"]),
        ({"spans_micro": _figure(0.0, None, 0)}, ["spans micro cannot be judged: nothing of"]),
        ({"topics_lost": ("funding",)}, ["topic funding is known to the old model alone"]),
    ],
)
def test_what_speaks_against_a_model(changed: dict[str, Any], against: list[str]) -> None:
    found = [objection.says for objection in judge(_comparison(**changed))]
    assert len(found) == len(against)
    assert all(says.startswith(start) for says, start in zip(found, against, strict=True))


def test_the_margin_is_what_it_is_said_to_be() -> None:
    comparison = _comparison(org=_figure(-0.05, (-0.1, 0.0)))
    assert judge(comparison, 0.05) == []
    assert [each[:2] for each in judge(comparison, 0.04)] == [("spans", "ORG")]


# The command.


@pytest.fixture
def labelled(tmp_path: Path) -> Path:
    path = tmp_path / "held-out.jsonl"
    corpus.write(DOCUMENTS, path)
    return path


Run = Callable[..., Any]


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, shipped: Judged, weaker: Judged) -> Run:
    """The command, with models that are loaded already."""
    held = {SHIPPED: shipped, weaker.folder: weaker}
    monkeypatch.setattr("kcsp_nlp.versions.comparing.load_judged", lambda path: held[path])

    def run(*arguments: object) -> Any:
        return CliRunner().invoke(app, ["compare", *map(str, arguments)])

    return run


def test_the_command_prints_a_table(run: Run, weaker: Judged, labelled: Path) -> None:
    result = run(SHIPPED, weaker.folder, "--on", labelled)
    assert result.exit_code == 0, result.output
    rows = {line[:24].strip(): line[24:].split() for line in result.stdout.splitlines()}
    assert rows["MONEY"] == ["1.000", "0.000", "-1.000", "-1.000", "-1.000", *rows["MONEY"][5:]]
    assert rows["ROLE"] == ["nothing", "is", "labelled", "0"]
    assert {"spans micro", "topics micro", "topics macro", "funding"} <= rows.keys()
    assert "  worse        8  " in result.stdout
    assert "new model was trained on 2 of these 8 documents" in result.stderr
    assert "v0-quay, v1-quay" in result.stderr
    assert "Mardle" not in result.output, "no text of documents"


def test_the_command_prints_json_and_writes_what_changed(
    run: Run, weaker: Judged, labelled: Path, worse: Result, tmp_path: Path
) -> None:
    out = tmp_path / "changes.jsonl"
    result = run(SHIPPED, weaker.folder, "--on", labelled, "--json", "-o", out)
    assert result.exit_code == 0, result.output
    assert Comparison.model_validate_json(result.stdout) == worse.comparison
    lines = [json.loads(line) for line in out.read_text(encoding="utf-8").splitlines()]
    assert [line["id"] for line in lines] == list(worse.comparison.changed.worse)
    assert lines[0]["broken"][0]["text"] == "£200"


def test_the_command_refuses_to_write_over_the_corpus(
    run: Run, weaker: Judged, labelled: Path
) -> None:
    result = run(SHIPPED, weaker.folder, "--on", labelled.parent, "-o", labelled)
    assert result.exit_code == 2
    assert len(list(corpus.read(labelled))) == 8


def test_a_model_that_is_not_there_is_an_error(tmp_path: Path, labelled: Path) -> None:
    result = CliRunner().invoke(
        app, ["compare", str(tmp_path / "none"), str(SHIPPED), "--on", str(labelled)]
    )
    assert isinstance(result.exception, KcspError)
    assert "none: no model here" in str(result.exception)


def test_few_documents_are_said_to_be_few(shipped: Judged) -> None:
    comparison, _ = compare(shipped, shipped, [minutes(9)])
    assert any("1 documents are too few for intervals" in each for each in comparison.warnings())
    assert {each.name for each in judge(comparison)} == {"micro", "macro"}
