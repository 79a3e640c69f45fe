"""`annotate --explain`: what speaks for the topics of a record."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator
from typer.testing import CliRunner

from kcsp_nlp.annotator import Annotator
from kcsp_nlp.cli.main import app
from kcsp_nlp.reading import read
from kcsp_nlp.records import json_schema

MINUTES = """Hobley Parish Council

Minutes of the meeting held on 4 March 2019

1. Apologies
There were none.

2. Grants
A grant of £250 was awarded to the refuge at Hobley, which helps survivors of domestic abuse.
"""


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("minutes") / "hobley.txt"
    path.write_text(MINUTES, encoding="utf-8")
    return path


@pytest.fixture(scope="module")
def annotator() -> Annotator:
    return Annotator.load()


def test_evidence_stands_where_it_says(annotator: Annotator, path: Path) -> None:
    validator = Draft202012Validator(json_schema())
    held = {}
    for record in annotator.annotate(read(path), explain=True):
        assert record.evidence is not None
        validator.validate(record.to_json())
        for mentions in record.evidence.values():
            assert all(record.text[m.start : m.end] == m.text for m in mentions)
        if record.item.kind != "item":
            assert record.evidence == {}
        held[record.item.title] = {
            topic: [m.text for m in mentions] for topic, mentions in record.evidence.items()
        }
    assert "refuge" in held["Grants"]["domestic_abuse"]
    assert "£250" in held["Grants"]["funding"]


def test_evidence_is_left_out_where_nobody_asked(annotator: Annotator, path: Path) -> None:
    plain = [record.to_json() for record in annotator.annotate(read(path))]
    explained = [record.to_json() for record in annotator.annotate(read(path), explain=True)]
    assert not any("evidence" in record for record in plain)
    for record in explained:
        del record["evidence"]
    assert explained == plain


def test_the_command_explains(path: Path) -> None:
    result = CliRunner().invoke(app, ["annotate", str(path), "--explain", "--quiet"])
    assert result.exit_code == 0
    records = [json.loads(line) for line in result.stdout.splitlines()]
    assert any(record["evidence"] for record in records)
