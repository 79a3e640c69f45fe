"""What is wrong with labelled minutes is said by file and line, before anything is trained."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from kcsp_nlp.cli.main import app
from kcsp_nlp.errors import CorpusError
from kcsp_nlp.training.checking import check_corpus, find_problems, read_placed

ROOT = Path(__file__).parents[1]
TOPICS = ["domestic_abuse", "funding"]
TEXT = (
    "1. Apologies\nKent Police sent theirs.\n2. Grants\nThe Clerk paid £40 to Ash Parish Council.\n"
)


def line(**changed: Any) -> dict[str, Any]:
    """A document that holds, with changes."""
    document = {
        "schema": "kcsp-nlp/labelled/1",
        "id": "a",
        "group": "Ash",
        "format": "txt",
        "text": TEXT,
        "spans": [[13, 24, "ORG"], [63, 66, "MONEY"]],
        "meeting": {"body": None, "date": None, "venue": None, "attendance": []},
        "items": [
            {"start": 0, "number": "1", "topics": []},
            {"start": 38, "number": "2", "topics": ["funding"]},
        ],
    }
    return {**document, **changed}


def written(folder: Path, *lines: object) -> Path:
    path = folder / "own.jsonl"
    texts = [each if isinstance(each, str) else json.dumps(each) for each in lines]
    path.write_text("\n".join(texts) + "\n", encoding="utf-8")
    return path


def found(path: Path) -> list[str]:
    placed, problems = read_placed([path])
    return [str(each).removeprefix(f"{path}:") for each in problems + find_problems(placed, TOPICS)]


def test_what_holds_has_no_problems(tmp_path: Path) -> None:
    assert found(written(tmp_path, line())) == []


ERRORS = [
    ("{", "not a JSON object", "a line that is cut"),
    (line(spans=[[13, 24, "ORG"], [20, 30, "ORG"]]), "overlaps", "spans that overlap"),
    (line(spans=[[13, 24, "PLACE"]]), "'PERSON'", "a label that the guideline does not have"),
    (line(spans=[[13, 2400, "ORG"]]), "outside the text", "a span behind the end"),
    (line(spans=[[12, 24, "ORG"]]), "white space", "a span that begins with a line end"),
    (
        line(items=[{"start": 0, "topics": ["weather"]}]),
        "'weather' is not in the taxonomy",
        "a topic that nobody knows",
    ),
    (line(text=TEXT + " "), "id 'a' stands in", "an id twice"),
    (
        line(id="b", spans=[[13, 24, "ORG"]]),
        "labelled in another way",
        "one text, two opinions",
    ),
]


@pytest.mark.parametrize(
    ("wrong", "says"), [each[:2] for each in ERRORS], ids=[e[2] for e in ERRORS]
)
def test_errors_stop_training_before_it_begins(tmp_path: Path, wrong: Any, says: str) -> None:
    path = written(tmp_path, line(), wrong)
    said: list[str] = []
    with pytest.raises(CorpusError, match=f"own.jsonl, line 2: .*{says}.*nothing was trained"):
        check_corpus([path], TOPICS, said.append)
    assert said[0].startswith(f"{path}:2: error: ")
    assert "Kent" not in " ".join(said), "messages never quote a document"


WARNINGS = [
    (line(id="b", spans=[[13, 16, "ORG"]], text=TEXT.replace("Kent", "Ash")), [], "another text"),
    (line(id="b", spans=[]), ["labelled in another way"], "no span, but a copy"),
    (
        line(id="b", text=TEXT.replace("Kent", "Deal"), spans=[]),
        ["no span at all"],
        "a document that nobody labelled",
    ),
    (
        line(id="b", text=TEXT.replace("Kent", "Deal"), spans=[], checked=["topics"]),
        [],
        "spans that nobody vouches for",
    ),
    (
        line(id="b", text=TEXT.replace("Kent", "Deal"), spans=[[14, 24, "ORG"]]),
        ["1 span(s) begin or end inside a word as the tokenizer cuts it"],
        "a span that cuts a word",
    ),
    (
        line(
            id="b",
            text=TEXT.replace("Kent", "Deal"),
            items=[{"start": 0}, {"start": 15, "topics": ["funding", "funding"]}],
        ),
        [
            "item 1: a topic stands twice",
            "item 1 begins at 15, in the middle of a word",
            "ORG 13-24 crosses the border of item 1",
        ],
        "an item that begins inside a name",
    ),
    (
        line(id="b", text=TEXT.replace("\n", "\n\n", 1), spans=[[14, 25, "ORG"]]),
        ["nearly the text of"],
        "a copy with other white space",
    ),
    (
        line(id="b", text=TEXT.replace("£40", "£50"), group="Deal"),
        ["nearly the text of", "is of another body"],
        "a form letter of two bodies",
    ),
    (
        line(id="b", text=TEXT.replace("Kent", "Deal"), group="The ASH"),
        ["group 'The ASH' is spelt 'Ash' elsewhere"],
        "a body spelt in two ways",
    ),
]


@pytest.mark.parametrize(
    ("other", "says"), [each[:2] for each in WARNINGS], ids=[each[2] for each in WARNINGS]
)
def test_warnings_name_file_and_line(tmp_path: Path, other: Any, says: list[str]) -> None:
    lines = found(written(tmp_path, line(), other))
    assert all(each.startswith("2: ") for each in lines)
    for each in says:
        assert any(each in said for said in lines), lines
    assert bool(lines) == bool(says)


def test_warnings_are_counted_and_do_not_stop(tmp_path: Path) -> None:
    texts = [f"{'x' * at} {TEXT}" for at in range(1, 31)]
    lines = [line(id=each, text=each, spans=[], items=[]) for each in texts]
    said: list[str] = []
    path = written(tmp_path, *lines)
    assert len(check_corpus([path], TOPICS, said.append, listed=20)) == 30
    assert len(said) == 22
    assert said[-2:] == [
        "and 10 further warnings; `kcsp-nlp train --check` lists all",
        "checked: 30 documents, no errors, 30 warning(s)",
    ]


def test_every_bad_line_is_found_at_once(tmp_path: Path) -> None:
    path = written(tmp_path, "{", line(), "[]", line(id="b", spans=[[0, 1, "X"]]))
    assert [each.split(":")[0] for each in found(path)] == ["1", "3", "4"]


@pytest.mark.parametrize("empty", ["folder", "file"])
def test_nothing_to_learn_from_is_an_error(tmp_path: Path, empty: str) -> None:
    path = tmp_path / "own"
    if empty == "folder":
        path.mkdir()
    else:
        path.write_text("", encoding="utf-8")
    with pytest.raises(CorpusError, match=r"own: no (\*\.jsonl|labelled minutes)"):
        check_corpus([path], TOPICS, lambda _: None)


def test_the_command_only_checks(tmp_path: Path) -> None:
    run = CliRunner().invoke(app, ["train", "--corpus", str(written(tmp_path, line())), "--check"])
    assert run.exit_code == 0
    assert "no errors" in run.stderr
    assert [each.name for each in tmp_path.iterdir()] == ["own.jsonl"]


def test_the_command_wants_a_place_for_the_model(tmp_path: Path) -> None:
    run = CliRunner().invoke(app, ["train", "--corpus", str(written(tmp_path, line()))])
    assert run.exit_code == 2
    assert "--check" in run.stderr


def test_the_shipped_corpus_has_no_errors() -> None:
    said: list[str] = []
    topics = ["domestic_abuse", "violence_reduction", "mental_health", "funding"]
    check_corpus([ROOT / "corpus"], topics, said.append)
    assert "no errors" in said[-1]
