from __future__ import annotations

import random
from pathlib import Path

import pytest
import spacy

from kcsp_nlp.annotator import Annotator
from kcsp_nlp.confidence import Confidence
from kcsp_nlp.errors import CorpusError, KcspError
from kcsp_nlp.labels import corpus
from kcsp_nlp.reading import read_bytes
from kcsp_nlp.training.examples import make_example, pieces
from kcsp_nlp.training.models import corpus_sha256, train_models

ROOT = Path(__file__).parents[1]
CORPUS = ROOT / "corpus" / "p1-kent-and-south-east.jsonl"
TOPICS = ROOT / "configs" / "topics.toml"


def test_pieces_cover_the_text_and_cut_no_span() -> None:
    document = next(corpus.read(CORPUS))
    cut = list(pieces(document.text, document.spans, 40, random.Random(0)))
    assert len(cut) > 3
    assert "".join(text for text, _ in cut).split() == document.text.split()
    held = [text[start:end] for text, spans in cut for start, end, _ in spans]
    assert held == [document.text[start:end] for start, end, _ in document.spans]


def test_a_span_that_cuts_a_token_is_left_out() -> None:
    nlp = spacy.blank("en")
    example = make_example(nlp, "Kent Police met", [(0, 4, "ORG"), (5, 8, "ORG")])
    assert [ent.text for ent in example.reference.ents] == ["Kent"]


@pytest.fixture(scope="module")
def quick(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The shipped config, stopped after a few steps."""
    text = (ROOT / "configs" / "pipeline.cfg").read_text(encoding="utf-8")
    lines = [
        "max_steps = 4"
        if line.startswith("max_steps")
        else "eval_frequency = 2"
        if line.startswith("eval_frequency")
        else line
        for line in text.splitlines()
    ]
    path = tmp_path_factory.mktemp("config") / "quick.cfg"
    path.write_text("\n".join(lines), encoding="utf-8")
    return path


def test_training_writes_a_model_that_annotates(quick: Path, tmp_path: Path) -> None:
    output = tmp_path / "model"
    output.mkdir()
    (output / "old").write_text("an older model", encoding="utf-8")
    (output / "config.cfg").touch()
    said: list[str] = []
    train_models(
        [CORPUS],
        output,
        config=quick,
        topics=TOPICS,
        version="9.9.9",
        log=said.append,
        confidence=Confidence({"MONEY": {"bias": 2.0}}),
    )
    assert any(line.startswith("corpus: 12 documents") for line in said)
    assert not (output / "old").exists(), "the older model is replaced as a whole"
    assert [path.name for path in tmp_path.iterdir()] == ["model"], "nothing else is left behind"
    records = Annotator.load(output).annotate(
        read_bytes(b"1. Apologies\nNone.\n2. Grants\nThe Clerk paid \xc2\xa340.\n", "x.txt", ".txt")
    )
    assert records[0].model.version == "9.9.9"
    assert [span.text for record in records for span in record.spans if span.label == "MONEY"] == [
        "£40"
    ]
    (money,) = (span for record in records for span in record.spans if span.label == "MONEY")
    assert (money.source, money.score) == ("rule", 0.881), "scores go with the model"
    config = (output / "config.cfg").read_text(encoding="utf-8")
    assert str(ROOT) not in config, "no path of this machine is shipped"


def test_the_same_corpus_gives_the_same_bytes(quick: Path, tmp_path: Path) -> None:
    for name in ("one", "other"):
        train_models(
            [CORPUS],
            tmp_path / name,
            config=quick,
            topics=TOPICS,
            version="1",
            log=lambda _: None,
        )
    files = [path for path in sorted((tmp_path / "one").rglob("*")) if path.is_file()]
    assert len(files) > 8
    for path in files:
        other = tmp_path / "other" / path.relative_to(tmp_path / "one")
        assert path.read_bytes() == other.read_bytes(), path.name


@pytest.mark.parametrize(
    ("documents", "config", "error", "says"),
    [
        ("missing.jsonl", None, CorpusError, "missing.jsonl"),
        (None, "missing.cfg", KcspError, "missing.cfg"),
    ],
)
def test_what_is_missing_is_named(
    documents: str | None,
    config: str | None,
    error: type[KcspError],
    says: str,
    quick: Path,
    tmp_path: Path,
) -> None:
    with pytest.raises(error, match=says):
        train_models(
            [tmp_path / documents if documents else CORPUS],
            tmp_path / "model",
            config=tmp_path / config if config else quick,
            topics=TOPICS,
            version="1",
            log=lambda _: None,
        )
    assert not (tmp_path / "model").exists()


def test_the_digest_depends_on_the_documents_alone() -> None:
    documents = list(corpus.read(CORPUS))
    assert corpus_sha256(documents) == corpus_sha256(documents[::-1])
    assert corpus_sha256(documents) != corpus_sha256(documents[1:])
