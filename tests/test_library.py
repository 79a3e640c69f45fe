"""The library as others use it: two verbs, and a pipeline that any spaCy program can load."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
import spacy
from spacy.language import Language
from spacy.tokens import Doc

import kcsp_nlp
from kcsp_nlp.annotate import Annotator
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


def test_the_order_of_the_components_is_the_stated_precedence(annotator: Annotator) -> None:
    assert annotator.nlp.pipe_names == [
        "ner",
        "kcsp_names",
        "kcsp_bodies",
        "kcsp_legislation",
        "kcsp_money",
        "kcsp_organisations",
        "kcsp_memory",
        "kcsp_roles",
        "kcsp_boundaries",
    ]


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
