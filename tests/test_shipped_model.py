"""The shipped model is the one that the shipped corpus and configs give."""

from __future__ import annotations

import json
from pathlib import Path

from spacy.util import load_config

from kcsp_nlp.labels.corpus import read_all
from kcsp_nlp.topics.model import read_topics
from kcsp_nlp.training.models import corpus_sha256

ROOT = Path(__file__).parents[1]
MODEL = ROOT / "models" / "kcsp"


def test_it_was_trained_on_this_corpus() -> None:
    sha256 = corpus_sha256(read_all([ROOT / "corpus"]))
    card = json.loads((MODEL / "topics" / "card.json").read_text(encoding="utf-8"))
    meta = json.loads((MODEL / "meta.json").read_text(encoding="utf-8"))
    assert card["corpus_sha256"] == meta["corpus_sha256"] == sha256


def test_it_was_not_trained_on_what_is_held_out() -> None:
    held_out = read_all([ROOT / "corpus" / "held-out"])
    learnt = read_all([ROOT / "corpus"])
    assert held_out
    assert {each.group for each in held_out}.isdisjoint(each.group for each in learnt)


def test_it_was_trained_with_these_configs() -> None:
    ours = load_config(ROOT / "configs" / "pipeline.cfg", interpolate=False)
    theirs = load_config(MODEL / "config.cfg", interpolate=False)
    assert theirs["nlp"]["pipeline"] == ours["nlp"]["pipeline"]
    assert theirs["training"]["max_steps"] == ours["training"]["max_steps"]
    assert theirs["components"]["ner"]["model"] == ours["components"]["ner"]["model"]
    topics = read_topics(ROOT / "configs" / "topics.toml")
    card = json.loads((MODEL / "topics" / "card.json").read_text(encoding="utf-8"))
    assert card["labels"] == [topic.name for topic in topics]
    assert card["topics"] == [topic.model_dump(mode="json") for topic in topics]
