from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kcsp_nlp.dashboard.entities.snippets import Snippet, snippet

WORDS = [f"w{number}" for number in range(40)]
LONG = " ".join(WORDS)


@pytest.mark.parametrize(
    ("text", "mention", "expected"),
    [
        pytest.param(
            "Ann Lee spoke.", "Ann Lee", Snippet("", "Ann Lee", " spoke.", False, False), id="whole"
        ),
        pytest.param(
            LONG,
            "w20",
            Snippet(f"{' '.join(WORDS[8:20])} ", "w20", f" {' '.join(WORDS[21:33])}", True, True),
            id="twelve words on each side",
        ),
        pytest.param(
            "## Report\n\nThe chair, Ann\nLee, spoke.\n\nNext item",
            "Ann\nLee",
            Snippet("The chair, ", "Ann Lee", ", spoke.", False, False),
            id="the paragraph ends it, and a line break is a space",
        ),
        pytest.param(
            "Present:\n\nAnn Lee\n \nBo Day",
            "Ann Lee",
            Snippet("Present: ", "Ann Lee", " Bo Day", False, False),
            id="a paragraph of its own: those around it",
        ),
        pytest.param("Lee", "Lee", Snippet("", "Lee", "", False, False), id="nothing around"),
        pytest.param(
            f"{'x' * 500}Lee{'y' * 500}",
            "Lee",
            Snippet("x" * 160, "Lee", "y" * 160, True, True),
            id="a word without an end is cut",
        ),
        pytest.param(
            f"{'x' * 500} at Lee in {'y' * 500}",
            "Lee",
            Snippet("at ", "Lee", " in", True, True),
            id="a word that is out of reach is left out",
        ),
        pytest.param(
            f"{'x' * 500} Lee {'y' * 500}",
            "Lee",
            Snippet("", "Lee", "", True, True),
            id="and where there is no other, none is left",
        ),
        pytest.param(
            "a" * 157 + " b Lee c " + "d" * 157,
            "Lee",
            Snippet(f"{'a' * 157} b ", "Lee", f" c {'d' * 157}", False, False),
            id="a word at the very edge is whole",
        ),
    ],
)
def test_words_around(text: str, mention: str, expected: Snippet) -> None:
    start = text.index(mention)
    assert snippet(text, start, start + len(mention)) == expected


@given(
    st.lists(st.sampled_from(["a", "béé", "\n", " ", "\n\n", "\t", "\x1f", "x" * 170, "…", "<b>"])),
    st.text(min_size=1).filter(str.strip),
    st.lists(st.sampled_from(["a", "ccc", "\n", " ", "\n \n", "\x85", "y" * 170, "&", "\u2028"])),
)
def test_a_snippet_stands_in_the_text(before: list[str], mention: str, after: list[str]) -> None:
    start = len("".join(before))
    text = "".join([*before, mention, *after])
    found = snippet(text, start, start + len(mention))
    assert found.mention == " ".join(mention.split())
    bare = "".join(text.split())
    assert "".join((found.before + found.mention + found.after).split()) in bare
    assert "".join(text[:start].split()).endswith("".join(found.before.split()))
    assert "".join(text[start + len(mention) :].split()).startswith("".join(found.after.split()))
    assert len(found.before.split()) <= 12
    assert len(found.after.split()) <= 12
    assert len(found.before) <= 161
    if not found.more_before and "\n" not in text[:start]:
        assert found.before.split() == text[:start].split()
    # Cut between words: what it begins and ends with are words of the text.
    if len(found.before.split()) > 1:
        assert found.before.split()[0] in text[:start].split()
    if len(found.after.split()) > 1:
        assert found.after.split()[-1] in text[start + len(mention) :].split()
