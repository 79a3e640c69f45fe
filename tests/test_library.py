"""The library as others use it: two verbs, and a pipeline that any spaCy program can load."""

from __future__ import annotations

import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

import pytest
import spacy
from spacy.language import Language
from spacy.tokens import Doc
from spacy.util import load_config

import kcsp_nlp
from kcsp_nlp.annotator import Annotator
from kcsp_nlp.errors import ModelError, ReadingError
from kcsp_nlp.shipped import shipped

ROOT = Path(__file__).parents[1]
SAMPLE = ROOT / "corpus" / "samples" / "hadlow-pc_2019-05-13.txt"
TEXT = (
    "Cllr Ama Oduya reported that £40,000 had come from the Home Office under the Domestic Abuse "
    "Act 2021. DCI Splitz of Kent Police thanked her."
)


def python(code: str) -> str:
    return subprocess.run(
        [sys.executable, "-c", code], check=True, capture_output=True, encoding="utf-8"
    ).stdout.strip()


def test_importing_imports_nothing_heavy() -> None:
    code = "import sys, kcsp_nlp; print(*sorted({'spacy', 'sklearn', 'numpy'} & set(sys.modules)))"
    assert python(code) == ""


def test_annotate_takes_a_path_and_a_loaded_model(annotator: Annotator) -> None:
    records = kcsp_nlp.annotate(SAMPLE, annotator)
    assert records == kcsp_nlp.annotate(str(SAMPLE), annotator)
    assert records[0].meeting.source == SAMPLE.name
    assert [record.item.kind for record in records][:2] == ["front", "item"]


def test_no_module_hides_a_verb() -> None:
    # Importing a module `kcsp_nlp.annotate` would put it where the function stands.
    for verb in kcsp_nlp.__all__:
        assert find_spec(f"kcsp_nlp.{verb}") is None
        assert callable(getattr(kcsp_nlp, verb))


def test_both_verbs_in_a_fresh_process(annotator: Annotator) -> None:
    code = (
        "import kcsp_nlp; annotator = kcsp_nlp.load();"
        f"records = kcsp_nlp.annotate({str(SAMPLE)!r}, annotator);"
        "print(len(records), sum(len(record.spans) for record in records))"
    )
    records = kcsp_nlp.annotate(SAMPLE, annotator)
    assert python(code) == f"{len(records)} {sum(len(record.spans) for record in records)}"


def test_without_a_model_the_shipped_one_is_loaded(
    annotator: Annotator, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(kcsp_nlp, "load", lambda: annotator)
    assert kcsp_nlp.annotate(SAMPLE) == kcsp_nlp.annotate(SAMPLE, annotator)


@pytest.mark.parametrize(
    ("files", "said"),
    [
        ({}, "no model here"),
        ({"config.cfg": "[nlp"}, "the pipeline cannot be loaded"),
        ({"config.cfg": '[nlp]\nlang = "en"\n'}, "the pipeline cannot be loaded"),
    ],
)
def test_a_folder_that_holds_no_model_is_named(
    tmp_path: Path, files: dict[str, str], said: str
) -> None:
    for name, text in files.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    with pytest.raises(ModelError) as caught:
        kcsp_nlp.load(tmp_path)
    assert str(caught.value).startswith(f"{tmp_path}: {said}")


def test_a_model_without_topics_is_named(annotator: Annotator, tmp_path: Path) -> None:
    annotator.nlp.to_disk(tmp_path)
    with pytest.raises(ModelError, match="topics"):
        kcsp_nlp.load(tmp_path)


def test_a_file_that_is_no_minutes_is_an_error_of_ours(annotator: Annotator) -> None:
    with pytest.raises(ReadingError, match=r"gone\.md"):
        kcsp_nlp.annotate("gone.md", annotator)


def test_any_spacy_program_can_load_the_pipeline() -> None:
    code = (
        f"import spacy; nlp = spacy.load({str(shipped('models/kcsp'))!r});"
        f"print(*((ent.label_, ent.text) for ent in nlp({TEXT!r}).ents), sep='|')"
    )
    found = python(code).split("|")
    assert "('MONEY', '£40,000')" in found
    assert "('LEGISLATION', 'Domestic Abuse Act 2021')" in found
    assert "('ORG', 'Home Office')" in found
    assert "('PERSON', 'Splitz')" in found


def test_the_order_of_the_components_is_the_configured_precedence(annotator: Annotator) -> None:
    config = load_config(shipped("configs/pipeline.cfg"), interpolate=False)
    assert annotator.nlp.pipe_names == config["nlp"]["pipeline"]
    order = annotator.nlp.pipe_names
    stated = ["ner", "kcsp_names", "kcsp_legislation", "kcsp_money", "kcsp_memory"]
    assert [name for name in order if name in stated] == stated
    assert order[-1] == "kcsp_boundaries"


def test_many_texts_at_once_are_tagged_as_one_by_one(annotator: Annotator) -> None:
    texts = [TEXT, "", "No names here.", TEXT.upper(), TEXT]
    alone = [[(ent.text, ent.label_) for ent in annotator.nlp(text).ents] for text in texts]
    piped = annotator.nlp.pipe(texts, batch_size=2)
    assert [[(ent.text, ent.label_) for ent in doc.ents] for doc in piped] == alone


def test_the_pipeline_can_be_extended_saved_and_loaded(tmp_path: Path) -> None:
    nlp = spacy.load(shipped("models/kcsp"))
    before = [(ent.start, ent.end, ent.label_) for ent in nlp(TEXT).ents]
    ruler = nlp.add_pipe("span_ruler", config={"annotate_ents": True, "overwrite": False})
    ruler.add_patterns([{"label": "THANKS", "pattern": "thanked her"}])  # type: ignore[attr-defined]
    docs: list[Doc] = list(nlp.pipe([TEXT, TEXT]))
    assert [ent.label_ for ent in docs[1].ents].count("THANKS") == 1
    nlp.remove_pipe("span_ruler")
    nlp.to_disk(tmp_path / "copy")
    again: Language = spacy.load(tmp_path / "copy")
    assert [(ent.start, ent.end, ent.label_) for ent in again(TEXT).ents] == before


@pytest.mark.parametrize("disabled", ["kcsp_memory", "kcsp_money", "ner"])
def test_each_component_can_be_switched_off(annotator: Annotator, disabled: str) -> None:
    with annotator.nlp.select_pipes(disable=disabled):
        labels = {ent.label_ for ent in annotator.nlp(TEXT).ents}
    assert ("MONEY" in labels) == (disabled != "kcsp_money")
