from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kcsp_nlp.topics.dealing import DealingModel, Hit, mask
from kcsp_nlp.topics.features import Lexicon, Topic, TopicItem
from kcsp_nlp.topics.learnt import Learnt

ROADS = Topic(name="roads", title="Roads", terms=("pothole", "road works"))
DOGS = Topic(name="dogs", title="Dogs", terms=("stray dog",))

DEALT = ["complaints", "about", "TERM", "had", "risen"]
MENTIONED = ["the", "leaflet", "names", "TERM", "OTHER"]


@pytest.fixture(scope="module")
def model() -> DealingModel:
    said = [[[DEALT], []], [[MENTIONED], []]] * 3
    return DealingModel.fit(said, np.array([[True, False], [False, False]] * 3))


@pytest.mark.parametrize(
    ("words", "hits", "expected"),
    [
        pytest.param("the pothole grew", [(1, 2, 0)], "the TERM grew", id="a word"),
        pytest.param("road works end", [(0, 2, 0)], "TERM end", id="a phrase is one word"),
        pytest.param("a stray dog ran", [(1, 3, 1)], "a OTHER ran", id="another topic's"),
        pytest.param("pothole pothole", [(0, 1, 0), (1, 2, 0)], "TERM", id="two in a row are one"),
        pytest.param("stray dog", [(0, 2, 1), (1, 2, 0)], "OTHER TERM", id="its own wins"),
        pytest.param("£ 12 potholes", [(2, 3, 0)], "TERM", id="sums and numbers are left out"),
        pytest.param("", [], "", id="nothing"),
    ],
)
def test_a_term_is_masked(words: str, hits: list[tuple[int, int, int]], expected: str) -> None:
    assert mask(words.split(), [Hit(*hit) for hit in hits], 0) == expected.split()


def test_what_is_learnt_of_one_topic_holds_for_another(model: DealingModel) -> None:
    dealt, mentioned = model.score([[[], [DEALT]], [[], [MENTIONED]]])
    assert dealt[1] > 0 > mentioned[1]
    assert dealt[0] == mentioned[0] == 0, "no term of it, nothing said"


def test_the_sentence_that_deals_most_decides(model: DealingModel) -> None:
    both, alone = model.score([[[MENTIONED, DEALT], []], [[DEALT], []]])
    assert both[0] == alone[0]


def test_the_company_of_other_items_changes_nothing(model: DealingModel) -> None:
    together = model.score([[[DEALT], []], [[], [MENTIONED]]])
    apart = [model.score([each])[0] for each in ([[DEALT], []], [[], [MENTIONED]])]
    assert np.array_equal(together, apart)


@given(st.lists(st.sampled_from(["TERM", "had", "risen", "names", "never-seen"]), max_size=9))
def test_words_are_counted_as_the_vectorizer_counts(model: DealingModel, words: list[str]) -> None:
    counted = model.vectorizer.transform([" ".join(words)]) @ model.coefficients
    assert model.score([[[words], []]])[0][0] == pytest.approx(counted[0] + model.intercept)


@pytest.mark.parametrize(
    ("said", "truth"),
    [
        pytest.param([[[]], [[]]], [[True], [False]], id="no sentence holds a term"),
        pytest.param([[[DEALT]], [[MENTIONED]]], [[True], [True]], id="all items have the topic"),
    ],
)
def test_nothing_to_learn_from_says_nothing(
    said: list[list[list[list[str]]]], truth: list[list[bool]]
) -> None:
    model = DealingModel.fit(said, np.array(truth))
    assert not model.score([[[DEALT]]]).any()


def test_no_items_no_scores(model: DealingModel) -> None:
    assert model.score([]).shape == (0, 0)


def test_both_models_make_features() -> None:
    lexicon = Lexicon([ROADS, DOGS])
    texts = ["Complaints about a pothole had risen.", "The leaflet names stray dogs.", "Tea."]
    said = [lexicon.read(TopicItem(None, text)) for text in texts]
    learnt = Learnt.fit(said, np.array([[True, False], [False, False], [False, False]]))
    rows = learnt.features(said, lexicon.topics)
    assert [{"roads:words", "dogs:words"} <= set(row) for row in rows] == [True] * 3
    assert [key for row in rows for key in row if "dealing" in key] == [
        "roads:dealing",
        "dogs:dealing",
    ]
    again = Learnt.of_parts(learnt.parts())
    assert again.features(said, lexicon.topics) == rows
    assert again.topics == 2


@pytest.mark.parametrize("part", ["coefficients", "dealing_coefficients"])
def test_parts_that_do_not_fit_are_refused(part: str) -> None:
    said = [Lexicon([ROADS]).read(TopicItem(None, text)) for text in ("A pothole.", "Tea.")]
    parts = Learnt.fit(said, np.array([[True], [False]])).parts()
    with pytest.raises(ValueError, match="do not agree"):
        Learnt.of_parts(parts | {part: parts[part][:-1]})
