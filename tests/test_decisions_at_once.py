"""The quick recognizer sets the entities that spaCy's sets, and leaves the rest to it."""

from __future__ import annotations

from functools import cache
from typing import Any, cast

import numpy as np
import pytest
import spacy
from numpy.typing import NDArray
from spacy.language import Language
from spacy.pipeline import EntityRecognizer
from spacy.tokens import Doc, Span
from spacy.training import Example
from thinc.api import NumpyOps, set_current_ops

from kcsp_nlp.pipeline import decisions
from kcsp_nlp.pipeline.decisions import QuickRecognizer, hasten_decisions

WORDS = ["Cllr", "Rao", "of", "Hoxley", "Parish", "Council", "paid", "£", "5", ".", "\n\n", "the"]
LABELS = ("PERSON", "ROLE", "ORG")


def _pipeline(seed: int, *, labels: tuple[str, ...] = LABELS, spread: float = 1.0) -> Language:
    """Return a pipeline whose `ner` has weights at random: it finds entities of every length."""
    set_current_ops(NumpyOps(use_blis=False))
    nlp = spacy.blank("en")
    ner = cast(Any, nlp.add_pipe("ner"))
    for label in labels:
        ner.add_label(label)
    nlp.initialize(lambda: [Example.from_dict(nlp.make_doc("Cllr Rao"), {"entities": []})])
    random = np.random.default_rng(seed)
    for part in ("lower", "upper"):
        node = ner.model.get_ref(part)
        for name in node.param_names:
            shape = node.get_param(name).shape
            node.set_param(name, random.standard_normal(shape, dtype=np.float32) * spread)
    return nlp


@cache
def _quick(seed: int) -> Language:
    nlp = _pipeline(seed)
    hasten_decisions(nlp)
    return nlp


def _doc(nlp: Language, count: int) -> Doc:
    random = np.random.default_rng(count)
    words = [WORDS[at] for at in random.integers(0, len(WORDS), count)]
    return Doc(nlp.vocab, words=words, spaces=random.integers(0, 2, count).astype(bool).tolist())


def _set(doc: Doc) -> NDArray[np.uint64]:
    return cast("NDArray[np.uint64]", doc.to_array(["ENT_IOB", "ENT_TYPE", "ENT_KB_ID", "ENT_ID"]))


def _both(nlp: Language, doc: Doc) -> tuple[Doc, Doc]:
    """Return a document as spaCy's recognizer leaves it, and as the quick one does."""
    ner = cast(Any, nlp.get_pipe("ner"))
    plain, quick = doc.copy(), doc.copy()
    EntityRecognizer.__call__(ner, plain)
    return plain, ner(quick)


@pytest.fixture
def left(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Collect the lengths of documents that were left to spaCy."""
    seen: list[int] = []
    decide = QuickRecognizer._decide

    def watched(self: QuickRecognizer, doc: Doc) -> list[Span] | None:
        found = decide(self, doc)
        if found is None:
            seen.append(len(doc))
        return found

    monkeypatch.setattr(QuickRecognizer, "_decide", watched)
    return seen


@pytest.mark.parametrize("seed", range(3))
def test_entities_are_spacys(seed: int, left: list[int]) -> None:
    nlp = _quick(seed)
    lengths, found = [1, 2, 3, 7, 40, 400], 0
    for count in lengths:
        plain, quick = _both(nlp, _doc(nlp, count))
        assert np.array_equal(_set(plain), _set(quick))
        found += len(quick.ents)
    assert found
    assert len(left) < len(lengths)


def test_weights_at_random_give_every_kind_of_entity() -> None:
    lengths: set[int] = set()
    labels: set[str] = set()
    for seed in range(3):
        nlp = _quick(seed)
        ents = nlp(_doc(nlp, 400)).ents
        lengths |= {len(ent) for ent in ents}
        labels |= {ent.label_ for ent in ents}
    assert {1, 2, 3} <= lengths
    assert labels == set(LABELS)


def _with_entity(doc: Doc) -> None:
    doc.set_ents([Span(doc, 3, 5, label="ORG")], default="missing")


def _with_sentence(doc: Doc) -> None:
    doc[6].is_sent_start = True


@pytest.mark.parametrize(
    "annotate",
    [
        pytest.param(_with_entity, id="entities that were there stay"),
        pytest.param(_with_sentence, id="no entity goes over a sentence's end"),
    ],
)
def test_annotated_documents_are_left_to_spacy(annotate: Any, left: list[int]) -> None:
    nlp = _quick(1)
    doc = _doc(nlp, 40)
    annotate(doc)
    plain, quick = _both(nlp, doc)
    assert left
    assert np.array_equal(_set(plain), _set(quick))


def test_close_moves_are_left_to_spacy(left: list[int]) -> None:
    nlp = _pipeline(1, spread=1e-6)
    hasten_decisions(nlp)
    plain, quick = _both(nlp, _doc(nlp, 40))
    assert left == [40]
    assert np.array_equal(_set(plain), _set(quick))


def test_long_entities_are_left_to_spacy(left: list[int], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(decisions, "_STEPS", 2)
    nlp = _quick(1)
    plain, quick = _both(nlp, _doc(nlp, 400))
    assert left == [400]
    assert max(len(ent) for ent in quick.ents) > 2
    assert np.array_equal(_set(plain), _set(quick))


def test_an_empty_document_stays_empty() -> None:
    nlp = _quick(1)
    assert nlp(Doc(nlp.vocab)).ents == ()


def test_a_beam_is_left_alone() -> None:
    nlp = spacy.blank("en")
    nlp.add_pipe("beam_ner")
    nlp.add_pipe("ner")
    hasten_decisions(nlp)
    assert [type(part) for _, part in nlp.pipeline] == [EntityRecognizer, QuickRecognizer]


def test_it_is_stored_as_before() -> None:
    nlp = _pipeline(1)
    before, config = nlp.to_bytes(), nlp.config.to_str()
    hasten_decisions(nlp)
    assert nlp.to_bytes() == before
    assert nlp.config.to_str() == config


def test_pipes_give_the_same() -> None:
    nlp = _quick(1)
    docs = [_doc(nlp, count) for count in (5, 60)]
    alone = [_set(nlp(doc.copy())) for doc in docs]
    together = [_set(doc) for doc in nlp.pipe(doc.copy() for doc in docs)]
    assert all(np.array_equal(*pair) for pair in zip(alone, together, strict=True))
