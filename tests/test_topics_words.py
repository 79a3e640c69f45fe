from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kcsp_nlp.topics.words import Sentences, WordModel, passages

WET = [["the", "culvert", "flooded"], ["sandbag", "ran", "out"]]
DRY = [["the", "clerk", "ordered", "a", "notice", "board"]]


@pytest.fixture(scope="module")
def model() -> WordModel:
    return WordModel.fit([WET, DRY, WET, DRY], np.array([[True], [False]] * 2))


@pytest.mark.parametrize(
    ("sentences", "expected", "reason"),
    [
        ([], [[]], "nothing is one empty passage"),
        ([["a", "b"], ["c"]], [["a", "b", "c"]], "short items are one passage"),
        ([["a", "£", "136"]], [["a"]], "sums and numbers are left out"),
        (
            [["a"] * 50, ["b"] * 20, ["c"] * 50],
            [["a"] * 50 + ["b"] * 20, ["b"] * 20 + ["c"] * 50],
            "the next one begins with the last sentence",
        ),
        ([["a"] * 80, ["b"] * 80], [["a"] * 80, ["b"] * 80], "a long sentence stands alone"),
    ],
)
def test_passages(sentences: Sentences, expected: list[list[str]], reason: str) -> None:
    assert [passage.words for passage in passages(sentences)] == expected, reason


@given(st.lists(st.lists(st.sampled_from(["a", "£", "12", "bc"]), max_size=90), max_size=8))
def test_passages_hold_every_word_where_it_stands(sentences: list[list[str]]) -> None:
    held = set()
    for passage in passages(sentences):
        assert len(passage.words) == len(passage.places) <= 160
        assert [sentences[at][token] for at, token in passage.places] == passage.words
        held |= set(passage.places)
    words = {
        (at, token)
        for at, sentence in enumerate(sentences)
        for token, word in enumerate(sentence)
        if word[0].isalpha()
    }
    assert held == words


def test_a_long_item_scores_as_its_best_passage(model: WordModel) -> None:
    bus = [["the", "bus", "was", "late"]] * 60
    short, long = model.score([WET, WET + bus])
    assert long[0] > model.score([bus])[0][0]
    assert long[0] > 0.5 * short[0] > 0


def test_the_company_of_other_items_changes_nothing(model: WordModel) -> None:
    together = model.score([WET, DRY, []])
    apart = np.concatenate([model.score([each]) for each in (WET, DRY, [])])
    assert np.array_equal(together, apart)


def test_no_items_no_scores(model: WordModel) -> None:
    assert model.score([]).shape == (0, 1)


def test_what_speaks_stands_where_it_says(model: WordModel) -> None:
    found = {WET[at][token]: share for at, token, share in model.speaking(WET, 0)}
    assert found["culvert"] > 0
    assert "the" not in found or found["the"] < found["culvert"]
    assert list(model.speaking(DRY, 0)) == []


@pytest.mark.parametrize("holds", [True, False])
def test_a_topic_without_contrast_has_no_coefficients(holds: bool) -> None:
    model = WordModel.fit([WET, DRY], np.array([[holds], [holds]]))
    assert model.score([WET, DRY]).tolist() == [[0.0], [0.0]]
