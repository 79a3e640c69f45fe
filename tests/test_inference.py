"""The quick network gives the numbers of thinc's, and leaves the rest to it."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
import spacy
from numpy.typing import NDArray
from spacy.language import Language
from spacy.ml.models.tok2vec import MaxoutWindowEncoder
from spacy.tokens import Doc
from thinc.api import Model, NumpyOps, chain, set_current_ops

from kcsp_nlp.pipeline import inference
from kcsp_nlp.pipeline.embedding import create_embed
from kcsp_nlp.pipeline.inference import hasten

WIDTH = 24
WORDS = ["Cllr", "Rao", "of", "Hoxley", "Parish", "Council", "paid", "£", "5", ".", "\n\n", "the"]


@pytest.fixture(scope="module")
def nlp() -> Language:
    set_current_ops(NumpyOps(use_blis=False))
    nlp = spacy.blank("en")
    random = np.random.default_rng(1)
    for word in WORDS[:8]:  # the others have no vector
        vector: Any = random.standard_normal(10, dtype=np.float32)
        nlp.vocab.set_vector(word, vector)
    return nlp


def _doc(nlp: Language, count: int) -> Doc:
    random = np.random.default_rng(count)
    words = [WORDS[at] for at in random.integers(0, len(WORDS), count)]
    return Doc(nlp.vocab, words=words, spaces=random.integers(0, 2, count).astype(bool).tolist())


def _network(nlp: Language, *, depth: int = 4, signs: int = 8) -> Model[Any, Any]:
    embed = create_embed(
        WIDTH, ["NORM", "PREFIX", "SHAPE"], [50, 20, 20], include_static_vectors=True,
        sign_width=signs,
    )  # fmt: skip
    network: Model[Any, Any] = chain(embed, MaxoutWindowEncoder(WIDTH, 1, 3, depth))
    network.initialize(X=[_doc(nlp, 30)])
    random = np.random.default_rng(2)
    for node in network.walk():
        for name in node.param_names:
            held: Any = node.get_param(name)
            node.set_param(name, held + random.standard_normal(held.shape, dtype=np.float32) / 9)
    return network


def _both(nlp: Language, **options: int) -> tuple[Model[Any, Any], Model[Any, Any]]:
    plain, quick = _network(nlp, **options), _network(nlp, **options)
    quick.from_bytes(plain.to_bytes())
    hasten(quick)
    return plain, quick


def _same(one: NDArray[np.float32], other: NDArray[np.float32]) -> bool:
    # Not to the last bit: that depends on the processor's matrix product.
    return one.shape == other.shape and np.allclose(one, other, rtol=1e-4, atol=1e-5)


@pytest.mark.parametrize(
    "count",
    [
        pytest.param(1, id="a row by itself"),
        pytest.param(11, id="less than a group"),
        pytest.param(12, id="one group"),
        pytest.param(13, id="a group and a row"),
        pytest.param(184, id="a block with its padding"),
        pytest.param(185, id="a row behind a block"),
        pytest.param(401, id="several blocks"),
    ],
)
@pytest.mark.parametrize("depth", [1, 4])
def test_numbers_are_thincs(nlp: Language, count: int, depth: int) -> None:
    plain, quick = _both(nlp, depth=depth)
    doc = _doc(nlp, count)
    assert _same(plain.predict([doc])[0], quick.predict([doc])[0])


def test_every_part_is_replaced(nlp: Language) -> None:
    plain, quick = _both(nlp)
    pairs = zip(plain.layers, quick.layers, strict=True)
    assert not any(one._func is other._func for one, other in pairs)


def test_a_network_of_another_build_stays(nlp: Language) -> None:
    plain, quick = _both(nlp, signs=0)
    assert plain.layers[0]._func is quick.layers[0]._func
    doc = _doc(nlp, 40)
    assert _same(plain.predict([doc])[0], quick.predict([doc])[0])


def test_several_documents_are_left_to_thinc(nlp: Language) -> None:
    plain, quick = _both(nlp)
    docs = [_doc(nlp, 20), _doc(nlp, 7)]
    assert all(
        np.array_equal(*pair) for pair in zip(plain.predict(docs), quick.predict(docs), strict=True)
    )


def test_it_is_stored_and_trained_as_before(nlp: Language) -> None:
    plain, quick = _both(nlp)
    assert quick.to_bytes() == plain.to_bytes()
    doc = _doc(nlp, 20)
    gradients = []
    for network in (plain, quick):
        (found,), backprop = network.begin_update([doc])
        backprop([np.ones_like(found)])
        gradients.append(
            [node.get_grad(name) for node in network.walk() for name in node.grad_names]
        )
    assert gradients[0]
    assert all(np.array_equal(*pair) for pair in zip(*gradients, strict=True))


def test_weights_may_change_afterwards(nlp: Language) -> None:
    plain, quick = _both(nlp)
    doc = _doc(nlp, 20)
    before = quick.predict([doc])[0]
    for network in (plain, quick):
        for node in network.walk():
            for name in node.param_names:
                held: Any = node.get_param(name)
                node.set_param(name, held * np.float32(0.9))
    after = quick.predict([doc])[0]
    assert not _same(before, after)
    assert _same(plain.predict([doc])[0], after)


def test_weights_may_change_in_place_in_training(nlp: Language) -> None:
    plain, quick = _both(nlp)
    doc = _doc(nlp, 20)
    before = quick.predict([doc])[0]
    for network in (plain, quick):
        (found,), backprop = network.begin_update([doc])
        backprop([np.ones_like(found)])
        for node in network.walk():
            for name in node.param_names:
                held: Any = node.get_param(name)
                held *= np.float32(0.9)
    after = quick.predict([doc])[0]
    assert not _same(before, after)
    assert _same(plain.predict([doc])[0], after)


@pytest.mark.parametrize(
    "room",
    [
        pytest.param(3, id="less than one document's words"),
        pytest.param(40, id="less than those of all"),
    ],
)
def test_words_that_are_kept_may_be_too_many(
    nlp: Language, room: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(inference, "_WORDS", room)
    plain, quick = _both(nlp)
    for count in (30, 31, 32, 30):
        doc = _doc(nlp, count)
        assert _same(plain.predict([doc])[0], quick.predict([doc])[0])
