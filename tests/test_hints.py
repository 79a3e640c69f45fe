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
        (
            "Present: Ama Oduya (AO), Ben Rao-Hill (BRH) and Bo Rae\n\n"
            "1. Bins\nAO to ask; BR left.\nPlan AO/12 was refused.\n",
            [
                ("Ama Oduya", "PERSON"),
                ("AO", "PERSON"),
                ("Ben Rao-Hill", "PERSON"),
                ("BRH", "PERSON"),
                ("Bo Rae", "PERSON"),
                ("AO", "PERSON"),
            ],
            "initials that the list gives; not others, nor those of a reference",
        ),
        (
            "UPPER WEALD PARISH COUNCIL\n\nPresent: Ama Oduya\n\n1. Bins\n"
            "The Upper Weald Parish Council Planning Committee and "
            "Upper Weald Parish Council met.\n",
            [
                ("UPPER WEALD PARISH COUNCIL", "ORG"),
                ("Ama Oduya", "PERSON"),
                ("Upper Weald Parish Council Planning Committee", "ORG"),
                ("Upper Weald Parish Council", "ORG"),
            ],
            "a part of the body is named with it",
        ),
        (
            "Present: Ama Oduya (AO) and Ali Orr (AO)\n\n1. Bins\nAO to ask.\n",
            [("Ama Oduya", "PERSON"), ("Ali Orr", "PERSON")],
            "initials of two people are nobody's",
        ),
        ("1. Apologies\nNone.\n", [], "no list, no hints"),
    ],
)
def test_hints(text: str, expected: list[tuple[str, str]], why: str) -> None:
    found = [(text[start:end], label) for start, end, label in find_hints(text, parse(text))]
    assert found == expected, why
