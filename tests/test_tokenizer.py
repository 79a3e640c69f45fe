import pytest
import spacy
from hypothesis import given
from hypothesis import strategies as st
from spacy.language import Language

from kcsp_nlp.pipeline.tokenizer import MinutesTokenizer


@pytest.fixture(scope="module")
def nlp() -> Language:
    return spacy.blank("en", config={"nlp": {"tokenizer": {"@tokenizers": "kcsp.Tokenizer.v1"}}})


@pytest.mark.parametrize(
    ("text", "tokens", "why"),
    [
        ("KCC/NHS", ["KCC", "/", "NHS"], "a slash parts two bodies"),
        ("Jo Parr/ Ann Swann", ["Jo", "Parr", "/", "Ann", "Swann"], "a slash parts two people"),
        ("**Action:** Rao", ["**", "Action", ":", "**", "Rao"], "emphasis marks stand alone"),
        ("_Item B1_", ["_", "Item", "B1", "_"], "so do underscores"),
        ("| Chair |KCC|", ["|", "Chair", "|", "KCC", "|"], "and table bars"),
        ("it cost £2m.", ["it", "cost", "£", "2", "m", "."], "a scale does not swallow the stop"),
        ("£60-£70k", ["£", "60", "-", "£", "70", "k"], "both ends of a range are tokens"),
        ("s.141A.", ["s.141A", "."], "nor does a provision"),
        ("from B&M.", ["from", "B&M", "."], "nor does a name with an ampersand"),
        ("Court.<br>Next", ["Court", ".<br>", "Next"], "a tag ends a cell's line"),
        ("told the DfE.", ["told", "the", "DfE", "."], "a stop after an acronym of mixed case"),
        ("7.Clerk", ["7", ".", "Clerk"], "a number glued to its title"),
        ("24/17Clerk", ["24", "/", "17", "Clerk"], "a minute number glued to its title"),
        ("4Children", ["4Children"], "but a name may begin with a figure"),
        ("Comh./Cllr. Ní", ["Comh", "./", "Cllr", ".", "Ní"], "titles in two languages"),
        ("[Panel](/p)", ["[", "Panel", "](", "/p", ")"], "a link ends a name"),
        ("Ms Ede-Rao", ["Ms", "Ede", "-", "Rao"], "hyphens part words as in English"),
        ("Kent\nPolice", ["Kent", "\n", "Police"], "a line wrap is a token of its own"),
    ],
)
def test_tokens(nlp: Language, text: str, tokens: list[str], why: str) -> None:
    assert [token.text for token in nlp.make_doc(text)] == tokens, why


@given(text=st.text())
def test_nothing_is_lost(nlp: Language, text: str) -> None:
    assert nlp.make_doc(text).text == text


@pytest.mark.parametrize("piece", ["(", "£", "“", "a(", "Kent", "*", "😀", "’s"])
def test_endless_runs_end_and_lose_nothing(nlp: Language, piece: str) -> None:
    text = f"Mr Hill  paid {piece * 20_000} to\n\nKent Police {piece * 500}"
    doc = nlp.make_doc(text)
    assert doc.text == text
    assert [token.text for token in doc[:3]] == ["Mr", "Hill", " "]
    assert max(len(token) for token in doc) <= 100


@pytest.fixture(scope="module")
def fresh(nlp: Language) -> Language:
    return spacy.blank("en", config=nlp.config)


WORDS = st.lists(
    st.sampled_from(
        ["(Kent", "Kent", "don't", "**Action:**", "£2m.", "a/b", "e.g.", " ", "  ", "\n", "\n\n",
         " \n", "\t", "x" * 60, "http://a.uk/b.", "Rao’s", "’s", "1.2.", "\xa0"]
    )
)  # fmt: skip


@given(first=WORDS, second=WORDS, between=st.sampled_from([" ", ""]))
def test_what_was_learnt_changes_no_token(
    nlp: Language, fresh: Language, first: list[str], second: list[str], between: str
) -> None:
    for words in (first, second):
        text = between.join(words)
        assert isinstance(nlp.tokenizer, MinutesTokenizer)
        nlp.tokenizer.learn(text)
        with nlp.memory_zone():
            learnt = nlp.make_doc(text)
            plain = [(token.text, token.whitespace_, token.norm_) for token in fresh.make_doc(text)]
            assert [(token.text, token.whitespace_, token.norm_) for token in learnt] == plain


def test_words_are_kept_from_one_document_to_the_next(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kcsp_nlp.pipeline.tokenizer._KEPT", 3)
    nlp = spacy.blank("en", config={"nlp": {"tokenizer": {"@tokenizers": "kcsp.Tokenizer.v1"}}})
    tokenizer = nlp.tokenizer
    assert isinstance(tokenizer, MinutesTokenizer)
    tokenizer.learn("Hoxley " + "y" * 100)
    held = len(nlp.vocab.strings)
    assert "Hoxley" in nlp.vocab.strings
    assert "y" * 100 not in nlp.vocab.strings, "no word is as long"
    tokenizer.learn("Ash Dale Elm Rowan")
    tokenizer.learn("Beech Alder Hazel")
    new = {"Ash", "Dale", "Elm", "Rowan", "Beech", "Alder", "Hazel"}
    assert len(new & set(nlp.vocab.strings)) == 2, "there is room for three"
    assert len(nlp.vocab.strings) > held
