"""`kcsp-nlp labels` as a user runs it, and what is scored of documents checked in part."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from kcsp_nlp.cli.main import app
from kcsp_nlp.errors import KcspError
from kcsp_nlp.evaluation import evaluate
from kcsp_nlp.evaluation.calibration import calibrate_topics
from kcsp_nlp.evaluation.mistakes import find_mistakes
from kcsp_nlp.evaluation.span_scores import fit_confidence
from kcsp_nlp.labels.corpus import CHECKED, LabelledMinutes, read
from kcsp_nlp.labels.exporting import make_export, write_folder
from kcsp_nlp.labels.tasks import TOOLS, Tool
from kcsp_nlp.record_lines import write
from labelling import MINUTES, TOPICS, accept_all, answered, dump, exported, make_records

runner = CliRunner()


@pytest.fixture
def records(tmp_path: Path) -> Path:
    path = tmp_path / "records.jsonl"
    with path.open("w", encoding="utf-8", newline="\n") as stream:
        write(make_records(), stream)
    return path


def accepted(folder: Path) -> Path:
    tasks = json.loads((folder / "tasks.json").read_text(encoding="utf-8"))
    path = folder / "export.json"
    path.write_bytes(dump(accept_all(tasks)))
    return path


@pytest.mark.parametrize("tool", TOOLS)
def test_out_gives_a_folder_with_a_page_of_how_to(
    tool: Tool, records: Path, tmp_path: Path
) -> None:
    folder = tmp_path / "to label" / tool
    result = runner.invoke(app, ["labels", "export", str(records), "--to", tool, "-o", str(folder)])
    assert result.exit_code == 0, result.output
    page = (folder / "how-to.md").read_text(encoding="utf-8")
    assert f"{len(MINUTES)} tasks of 1 documents" in page
    assert "{" not in page.replace("{{", ""), "no place is left unfilled"
    assert "kcsp-nlp labels import" in page
    assert [each.name for each in folder.parent.iterdir()] == [tool], "nothing else is left"
    again = runner.invoke(app, ["labels", "export", str(records), "--to", tool, "-o", str(folder)])
    assert isinstance(again.exception, KcspError)
    assert "not empty" in str(again.exception)


def test_out_and_back_in(records: Path, tmp_path: Path) -> None:
    folder, corpus = tmp_path / "ls", tmp_path / "new.jsonl"
    arguments = ["labels", "export", str(records), "--to", "label-studio", "-o", str(folder)]
    assert runner.invoke(app, arguments).exit_code == 0
    export = accepted(folder)
    result = runner.invoke(app, ["labels", "import", str(export), "-o", str(corpus)])
    assert result.exit_code == 0, result.output
    assert "1 documents, 4 tasks, 10 spans in " in result.output
    (document,) = read(corpus)
    assert document.checked == ("spans", "topics")
    again = runner.invoke(app, ["labels", "import", str(export), "-o", str(corpus)])
    assert again.exit_code == 2
    other = tmp_path / "other.jsonl"
    result = runner.invoke(app, ["labels", "import", str(export), "-o", str(other)])
    assert "stands in" in result.output
    assert next(read(other)).id == f"{document.id}-2"


def test_what_is_rejected_is_listed_and_the_rest_is_written(records: Path, tmp_path: Path) -> None:
    folder = tmp_path / "ls"
    arguments = ["labels", "export", str(records), "--to", "label-studio", "-o", str(folder)]
    runner.invoke(app, arguments)
    export = accepted(folder)
    tasks = json.loads(export.read_text(encoding="utf-8"))
    tasks[1]["annotations"][0]["result"][0]["value"]["labels"] = ["PLACE"]
    export.write_bytes(dump(tasks))
    report, corpus = tmp_path / "report.jsonl", tmp_path / "new.jsonl"
    arguments = ["labels", "import", str(export), "-o", str(corpus), "--report", str(report)]
    result = runner.invoke(app, arguments)
    assert result.exit_code == 1
    assert f"rejected {export}, task 2, {make_records()[1].id}: label 'PLACE'" in result.output
    (line,) = [json.loads(line) for line in report.read_text(encoding="utf-8").splitlines()]
    assert sorted(line) == ["file", "place", "task", "why"]
    assert [item.title for item in next(read(corpus)).items] == ["2. Lights"]


def test_agreement_is_shown_and_disagreements_are_lines(tmp_path: Path) -> None:
    tasks = json.loads(exported(make_records(), "label-studio"))
    other = json.loads(json.dumps(tasks))
    other[1]["predictions"][0]["result"].pop()
    for name, held in (("ann.json", tasks), ("ben.json", other)):
        (tmp_path / name).write_bytes(dump(accept_all(held, user=len(name + str(held)))))
    files = [str(tmp_path / name) for name in ("ann.json", "ben.json")]
    taxonomy = tmp_path / "topics.toml"
    taxonomy.write_text(
        "\n".join(f'[topics.{t.name}]\ntitle = "{t.title}"\nterms = ["x"]' for t in TOPICS),
        encoding="utf-8",
    )
    result = runner.invoke(
        app, ["labels", "import", "--agreement", *files, "--topics", str(taxonomy)]
    )
    assert result.exit_code == 0, result.output
    assert "label PERSON               F1 1.000" in result.stderr
    assert "topic funding              F1 0.000  kappa 0.000  both 0, one alone 1" in result.stderr
    (line,) = [json.loads(line) for line in result.stdout.splitlines()]
    assert (line["kind"], line["topic"]) == ("topic", "funding")


def test_an_input_is_not_written_over(tmp_path: Path) -> None:
    path = tmp_path / "export.json"
    path.write_bytes(b"[]")
    for option in ("-o", "--report"):
        result = runner.invoke(app, ["labels", "import", str(path), option, str(path)])
        assert result.exit_code == 2
    assert path.read_bytes() == b"[]"


def test_a_folder_is_there_whole_or_not_at_all(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x", encoding="utf-8")
    for place in (tmp_path / "file", tmp_path / "file" / "below"):
        with pytest.raises(KcspError):
            write_folder({"a": b"1"}, place)
    write_folder({"a": b"1"}, tmp_path / "new")
    assert sorted(each.name for each in tmp_path.iterdir()) == ["file", "new"]


def test_nothing_to_label_is_said() -> None:
    with pytest.raises(KcspError, match="no records with any words"):
        make_export([], "conll", topics=TOPICS)


def labelled(**fields: object) -> LabelledMinutes:
    spans = []
    at = 0
    items = []
    for kind, text, held, topics in MINUTES:
        spans += [(at + start, at + end, label) for start, end, label in held]
        if kind == "item":
            items.append({"start": at, "topics": topics})
        at += len(text)
    return LabelledMinutes.model_validate(
        {
            "id": "quay",
            "group": "quay",
            "format": "txt",
            "text": "".join(text for _, text, _, _ in MINUTES),
            "spans": spans,
            "meeting": {"attendance": [{"name": "Ada Quill", "status": "present"}]},
            "items": items,
            **fields,
        }
    )


def test_what_is_checked_is_written_only_where_it_is_not_all() -> None:
    assert "checked" not in labelled().model_dump(mode="json", by_alias=True)
    assert labelled().checked == CHECKED
    some = labelled(checked=["topics", "spans"])
    assert some.model_dump(mode="json")["checked"] == ["spans", "topics"]
    for wrong in ([], ["names"]):
        with pytest.raises(ValueError, match="checked"):
            labelled(checked=wrong)


@pytest.mark.parametrize(
    ("checked", "spans", "topics", "structure"),
    [
        (["spans"], 10, 0, 0),
        (["topics"], 0, 1, 0),
        (["structure"], 0, 0, 1),
        (["spans", "topics"], 10, 1, 0),
        (list(CHECKED), 10, 1, 1),
    ],
)
def test_only_what_is_checked_is_scored(
    checked: list[str], spans: int, topics: int, structure: int
) -> None:
    gold = labelled(checked=checked)
    scores = {"funding": 0.9, "mental_health": 0.1}
    records = [record.model_copy(update={"scores": scores}) for record in make_records()]
    found = evaluate([(gold, records)], ("funding", "mental_health"))
    assert found.micro(found.spans).support == spans
    assert found.micro(found.topics).support == topics
    assert found.structure["attendance"].support == structure
    assert (found.structure["items"].support > 0) == bool(structure)
    assert bool(calibrate_topics([(gold, records)], ("funding",))) == bool(topics)
    bare = [record.model_copy(update={"spans": ()}) for record in records]
    assert len(list(find_mistakes(gold, bare))) == spans
    assert bool(fit_confidence([(gold, records)]).weights) == bool(spans)


def test_other_lines_beside_the_output_do_no_harm(tmp_path: Path) -> None:
    (tmp_path / "old.jsonl").write_text('{}\n{"schema": \n[1]\n', encoding="utf-8")
    path = tmp_path / "export"
    path.write_bytes(answered(make_records(), "conll"))
    output = tmp_path / "new.jsonl"
    result = runner.invoke(app, ["labels", "import", str(path), "-o", str(output)])
    assert result.exit_code == 0, result.output
    assert len(list(read(output))) == 1
