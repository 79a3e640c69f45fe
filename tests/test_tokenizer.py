import pytest
import spacy
from hypothesis import given
from hypothesis import strategies as st
from spacy.language import Language


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
        ("Court.<br>Next", ["Court.", "<br>", "Next"], "a tag ends a cell's line"),
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
