from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kcsp_nlp.topics.features import (
    TEXT_LIMIT,
    Lexicon,
    Topic,
    TopicItem,
    readable,
    without_money,
)
from kcsp_nlp.topics.sentences import normalise, sentences

GARDENS = Topic(
    name="gardens",
    title="Gardens",
    terms=("allotment", "flower bed", "women's garden"),
    hints=("spade", "hose"),
    against=("allotment of shares", "hosepipe ban"),
)
MONEY = Topic(name="money", title="Money", terms=("grant",), hints=("cost",), money=True)
MONEY_AGAINST = MONEY.model_copy(update={"against": ("fine",)})


@pytest.mark.parametrize(
    ("token", "expected", "reason"),
    [
        ("Refuges", "refuge", "plural s and case"),
        ("IDVA's", "idva", "possessive"),
        ("women’s", "women", "typographic apostrophe"),
        ("Studies", "study", "plural of y"),
        ("crisis", "crisis", "no plural"),
        ("status", "status", "no plural"),
        ("abuss", "abuss", "double s is no plural"),
        ("gas", "gas", "too short for a plural"),
        ("£1,200", "£", "any sum is the same"),
        ("€5", "£", "whatever the currency"),
        ("50p", "£", "pence"),
        ("136", "136", "a number stays: Section 136"),
    ],
)
def test_normalise(token: str, expected: str, reason: str) -> None:
    assert normalise(token) == expected, reason


@pytest.mark.parametrize(
    ("text", "expected", "reason"),
    [
        ("", [], "nothing"),
        ("One two. Three", [["one", "two"], ["three"]], "a full stop ends a sentence"),
        ("one\n\ntwo", [["one", "two"]], "a blank line in the middle of a sentence"),
        ("One\n\nTwo", [["one"], ["two"]], "a blank line before a capital"),
        ("one\nTwo", [["one", "two"]], "a line end is no sentence end"),
        ("one\n- two\n| three", [["one"], ["two"], ["three"]], "lists and tables"),
        ("£2.50 at 9.30 am", [["£", "at", "9", "30", "am"]], "points inside figures"),
        ("It cost £20. It rained.", [["it", "cost", "£"], ["it", "rained"]], "sum at the end"),
    ],
)
def test_sentences(text: str, expected: list[list[str]], reason: str) -> None:
    assert list(sentences(text)) == expected, reason


@pytest.mark.parametrize(
    ("text", "found", "reason"),
    [
        ("The allotments flooded.", {"allotment"}, "plural"),
        ("Two flower-beds were dug.", {"flower bed"}, "hyphen and plural in a phrase"),
        ("The Women’s Garden opened.", {"women's garden"}, "apostrophe and case"),
        ("An allotment of shares was made.", set(), "the longer phrase takes the words"),
        ("A bed for a flower.", set(), "words in another order"),
    ],
)
def test_terms(text: str, found: set[str], reason: str) -> None:
    features = Lexicon([GARDENS]).features(TopicItem(None, text))
    assert {key.partition("=")[2] for key in features if "term=" in key} == found, reason


def test_the_same_phrase_may_speak_for_one_topic_and_against_another() -> None:
    other = Topic(name="shares", title="Shares", terms=("allotment of shares",))
    features = Lexicon([GARDENS, other]).features(TopicItem(None, "An allotment of shares."))
    assert "shares:any" in features
    assert "gardens:any" not in features


@pytest.mark.parametrize(
    ("text", "expected", "reason"),
    [
        ("A grant of £50 was paid.", "money_term", "sum and term in one sentence"),
        ("It will cost £50.", "money_hint", "sum and hint"),
        ("A fine of £50 for the grant.", "money_against", "a fine is not funding"),
        ("It will cost £50.\n\nNobody spoke of a grant.", "money_hint", "term elsewhere"),
    ],
)
def test_money_is_read_with_its_sentence(text: str, expected: str, reason: str) -> None:
    features = Lexicon([MONEY_AGAINST]).features(TopicItem(None, text))
    kinds = ("money_term", "money_hint", "money_against")
    assert [kind for kind in kinds if f"money:{kind}" in features] == [expected], reason


def test_a_topic_without_money_does_not_look_at_sums() -> None:
    features = Lexicon([GARDENS]).features(TopicItem(None, "The allotments cost £500."))
    assert not [key for key in features if "money" in key]


def test_sums_in_words_count_where_a_span_says_so() -> None:
    text = "It will cost two hundred pounds."
    at = text.index("two")
    item = TopicItem(None, text, [(at, at + len("two hundred pounds"), "MONEY")])
    lexicon = Lexicon([MONEY])
    assert "money:money_hint" in lexicon.features(item)
    assert "money:money_hint" not in lexicon.features(TopicItem(None, text))


def test_a_person_called_grant_is_not_a_grant() -> None:
    text = "Cllr Grant spoke."
    item = TopicItem(None, text, [(5, 10, "PERSON")])
    assert "money:any" not in Lexicon([MONEY]).features(item)


def test_offsets_stay_where_mentions_are_rewritten() -> None:
    text = "Cllr Grant gave two hundred pounds, then 5 p."
    at = text.index("two")
    item = TopicItem(None, text, [(5, 10, "PERSON"), (at, at + len("two hundred pounds"), "MONEY")])
    assert len(readable(item)) == len(text)
    assert readable(item)[at : at + 3] == "£1 "
    assert readable(item)[5:10] == "     "


def test_sentences_with_a_term_are_kept_without_it() -> None:
    said = Lexicon([GARDENS, MONEY]).read(
        TopicItem("Report", "The flower bed had a grant of £50. The hose leaked. Allotments, 12.")
    )
    gardens = [["the", "TERM", "had", "a", "OTHER", "of"], ["TERM"]]
    assert said.masked == [gardens, []], "sums decide what is said of money"


def test_without_money_keeps_everything_else() -> None:
    features = Lexicon([MONEY]).features(TopicItem("Grants", "A grant of £50 was paid."))
    hidden = without_money(features, MONEY)
    assert "money:any" in hidden
    assert not [key for key in hidden if key.startswith("money:money")]
    assert set(hidden) < set(features)


def test_a_procedural_title_is_seen() -> None:
    lexicon = Lexicon([MONEY])
    assert "money:procedural" in lexicon.features(TopicItem("Date of next meeting", ""))
    assert "money:procedural" not in lexicon.features(TopicItem("Grants", ""))


def test_a_long_item_is_judged_by_its_best_sentence() -> None:
    lexicon = Lexicon([GARDENS])
    short = lexicon.features(TopicItem(None, "A spade and a hose."))
    long = lexicon.features(TopicItem(None, "A spade and a hose." + " The bus was late." * 500))
    assert short["gardens:densest_hints"] == long["gardens:densest_hints"]


@pytest.mark.parametrize("piece", ["a", "1,", "£1 ", "\n", "grant ", "£", "a'", ". ", "|\n"])
def test_a_hostile_item_has_features(piece: str) -> None:
    text = piece * (5_000_000 // len(piece))
    features = Lexicon([GARDENS, MONEY_AGAINST]).features(TopicItem(text, text))
    assert all(math.isfinite(value) for value in features.values())


def test_text_beyond_the_limit_is_not_looked_at() -> None:
    text = "x " * (TEXT_LIMIT // 2) + "grant"
    assert Lexicon([MONEY]).features(TopicItem(None, text)).get("money:any") is None


@given(st.text(), st.text())
def test_any_text_gives_finite_features_named_after_a_topic(title: str, text: str) -> None:
    features = Lexicon([GARDENS, MONEY_AGAINST]).features(TopicItem(title, text))
    assert all(key.startswith(("gardens:", "money:")) for key in features)
    assert all(0 <= value < 100 for value in features.values())
