"""The whole loop, as `docs/learning.md` tells it: label, import, train, compare, promote."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from kcsp_nlp.labels import corpus
from kcsp_nlp.labels.importing import read_versions
from kcsp_nlp.labels.tasks import TOOLS, LabelSpan, Tool, TopicChoice
from kcsp_nlp.topics.model import read_topics
from labelling import answered, make_records
from version_models import DOCUMENTS

ROOT = Path(__file__).parents[1]
TUTORIAL = ROOT / "docs" / "learning.md"
CORPUS = ROOT / "corpus"
# The full and the quick training take minutes: the test trains in a few steps.
STEPS = {"first": 3, "second": 40}
FIRST = ["train", "--corpus", "corpus", "--config", "first.cfg", "-o", "models/kcsp"]


def commands() -> list[list[str]]:
    """Return the commands of the tutorial, each as its words."""
    text = TUTORIAL.read_text(encoding="utf-8")
    return [line.split() for line in re.findall(r"^\$ kcsp-nlp (.+)$", text, re.MULTILINE)]


def run(folder: Path, *arguments: str) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        [sys.executable, "-m", "kcsp_nlp", *arguments],
        cwd=folder,
        capture_output=True,
        check=False,
    )


@pytest.fixture
def desk(tmp_path: Path) -> Path:
    """An analyst's folder: a small corpus, samples, a poor model, minutes that none has seen."""
    (tmp_path / "corpus").mkdir()
    for name in ("p1-kent-and-south-east.jsonl", "p4-safeguarding-and-health.jsonl"):
        shutil.copy(CORPUS / name, tmp_path / "corpus")
    shutil.copytree(CORPUS / "samples", tmp_path / "corpus" / "samples")
    corpus.write(DOCUMENTS, tmp_path / "held-out.jsonl")
    config = (ROOT / "configs" / "pipeline.cfg").read_text(encoding="utf-8")
    for name, steps in STEPS.items():
        changed = re.sub(r"(?m)^max_steps = .*", f"max_steps = {steps}", config)
        changed = re.sub(r"(?m)^eval_frequency = .*", f"eval_frequency = {steps}", changed)
        (tmp_path / f"{name}.cfg").write_text(changed, encoding="utf-8")
    made = run(tmp_path, *FIRST)
    assert made.returncode == 0, made.stderr.decode()
    return tmp_path


def test_the_tutorial_does_the_whole_loop(desk: Path) -> None:
    told = commands()
    assert [words[0] for words in told] == [
        *("annotate", "suggest", "labels", "labels", "train", "train", "compare"),
        *("promote", "rollback", "package"),
    ]
    instead = {"annotate": ["annotate", "--model", "models/kcsp"]}
    instead["--quick"] = ["--config", "second.cfg"]
    for words in told:
        done = run(desk, *(word for each in words for word in instead.get(each, [each])))
        said = done.stderr.decode()
        assert done.returncode == 0, f"{words}: {said}"
        assert "Traceback" not in said
    (own,) = {document.checked for document in corpus.read(desk / "own.jsonl")}
    assert own == ("spans", "topics")
    assert len((desk / "models" / "kcsp.history.jsonl").read_text().splitlines()) == 2
    assert list((desk / "dist").glob("*.whl"))


def gold() -> Iterator[tuple[str, str, list[LabelSpan], list[str]]]:
    """Yield labelled items as an annotator leaves them: kind, text, spans, topics."""
    for document in corpus.read(CORPUS / "e38-diverse.jsonl"):
        for item, (start, end) in zip(document.items, document.item_ranges(), strict=True):
            spans: list[LabelSpan] = [
                (first - start, last - start, label)
                for first, last, label in document.spans
                if start <= first and last <= end
            ]
            yield "item", document.text[start:end], spans, list(item.topics)


@pytest.mark.parametrize("tool", TOOLS)
def test_thirty_items_go_out_and_come_back(tool: Tool, tmp_path: Path) -> None:
    wanted = list(gold())[:30]
    assert len(wanted) == 30
    path = tmp_path / "export"
    taxonomy = read_topics(ROOT / "configs" / "topics.toml")
    topics = [TopicChoice(topic.name, topic.title) for topic in taxonomy]
    path.write_bytes(answered(make_records(wanted), tool, topics=topics))
    reading = read_versions([path], [topic.name for topic in topics])
    assert reading.rejections == []
    versions = [version for (version,) in reading.versions.values()]
    found = [(each.text, list(each.spans), sorted(each.topics)) for each in versions]
    assert found == [(text, spans, sorted(topics)) for _, text, spans, topics in wanted]


def damage(data: bytes) -> bytes:
    """Return an export of Prodigy with a line cut off, an unknown label, line ends of Windows.

    Its marks do not say their words: which line ends they counted nobody can tell.
    """
    lines = data.decode().splitlines()
    cut, labelled, windows = lines[0], json.loads(lines[1]), json.loads(lines[2])
    labelled["spans"].append({"start": 0, "end": 2, "label": "PLACE"})
    for span in windows["spans"]:
        for end in ("start", "end"):
            span[end] += windows["text"].count("\n", 0, span[end])
    windows["text"] = windows["text"].replace("\n", "\r\n")
    damaged = [cut[: len(cut) // 2], json.dumps(labelled), json.dumps(windows), *lines[3:]]
    return "".join(f"{line}\n" for line in damaged).encode()


def test_thirty_items_some_of_them_damaged_teach_a_model(desk: Path) -> None:
    wanted = list(gold())[:30]
    taxonomy = read_topics(ROOT / "configs" / "topics.toml")
    topics = [TopicChoice(topic.name, topic.title) for topic in taxonomy]
    whole = answered(make_records(wanted), "prodigy", topics=topics)
    (desk / "whole.jsonl").write_bytes(whole)
    (desk / "export.jsonl").write_bytes(damage(whole))
    assert run(desk, "labels", "import", "whole.jsonl", "-o", "all.jsonl").returncode == 0
    imported = ["labels", "import", "export.jsonl", "-o", "own.jsonl", "--report"]
    done = run(desk, *imported, "rejected.jsonl")
    assert done.returncode == 1, "what does not hold is told"
    rejected = (desk / "rejected.jsonl").read_text(encoding="utf-8").splitlines()
    assert len(rejected) == 3
    (every,), (kept,) = corpus.read(desk / "all.jsonl"), corpus.read(desk / "own.jsonl")
    assert every.text == "".join(text for _, text, _, _ in wanted)
    assert [item.topics for item in kept.items] == [item.topics for item in every.items[3:]]
    texts = [every.text[start:end] for start, end, _ in every.spans]
    assert [kept.text[start:end] for start, end, _ in kept.spans] == texts[-len(kept.spans) :]
    assert len(kept.items) == 27
    for words in (
        "train --corpus corpus --corpus own.jsonl --config second.cfg -o models/trial",
        "compare models/kcsp models/trial --on held-out.jsonl",
        "promote models/trial --over models/kcsp --on held-out.jsonl",
    ):
        done = run(desk, *words.split())
        assert done.returncode == 0, f"{words}: {done.stderr.decode()}"
    assert run(desk, *FIRST[:3], "--corpus", "rejected.jsonl", "--check").returncode == 1
