from __future__ import annotations

import pytest

from kcsp_nlp.hints import find_hints
from kcsp_nlp.minutes.parsing import parse


@pytest.mark.parametrize(
    ("text", "expected", "why"),
    [
        (
            "UPPER WEALD PARISH COUNCIL\n\nPresent: Ama Oduya (Clerk, Weald Trust)\n\n"
            "1. Apologies\nThe Upper Weald\nParish Council noted none.\n",
            [
                ("UPPER WEALD PARISH COUNCIL", "ORG"),
                ("Ama Oduya", "PERSON"),
                ("Clerk", "ROLE"),
                ("Weald Trust", "ORG"),
                ("Upper Weald\nParish Council", "ORG"),
            ],
            "names, offices and bodies of the list; the body that met, in any spelling",
        ),
        (
            "UPPER WEALD PARISH COUNCIL\n\nPresent: Ama Oduya (Weald Trust/Weald CSP)\n\n"
            "1. Apologies\nNone.\n",
            [("UPPER WEALD PARISH COUNCIL", "ORG"), ("Ama Oduya", "PERSON")],
            "two bodies in one value are left to the tagger",
        ),
        ("1. Apologies\nNone.\n", [], "no list, no hints"),
    ],
)
def test_hints(text: str, expected: list[tuple[str, str]], why: str) -> None:
    found = [(text[start:end], label) for start, end, label in find_hints(text, parse(text))]
    assert found == expected, why
