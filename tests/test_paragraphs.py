"""Paragraphs: what converters wrap, what a marker is, what breaks nothing."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kcsp_nlp.minutes.lines import split
from kcsp_nlp.minutes.outline import Part
from kcsp_nlp.minutes.statements.paragraphs import Page

LONG = "The keeper of the weir told a long tale of eels and of ropes and of the lamp that"
LOWER = "hung there was lit and burned all night until the keeper of the weir had put it"


def _paragraphs(text: str) -> list[tuple[str, str]]:
    page = Page(split(text), [Part(0, len(text), "item")])
    found = page.sections[0].paragraphs
    return [(p.marker, " ".join(page.text[p.start : p.end].split())) for p in found]


PARAGRAPHS = [
    ("wrapped", f"{LONG}\nhung there.\n\nRain.", [("", f"{LONG} hung there."), ("", "Rain.")]),
    (
        "a blank line after every line",
        "\n\n".join([LONG, LOWER, LONG, LOWER, LOWER, LONG, LOWER]),
        [("", " ".join([LONG, LOWER, LONG, LOWER, LOWER, LONG, LOWER]))],
    ),
    (
        "a line cannot end with its preposition",
        "All to bring a rope for\nEel Day.",
        [("", "All to bring a rope for Eel Day.")],
    ),
    (
        "text below owners is another paragraph",
        "It was agreed at some length that the lamp be lit. Action: Vane\nThe eels are back.",
        [
            ("", "It was agreed at some length that the lamp be lit. Action: Vane"),
            ("", "The eels are back."),
        ],
    ),
    ("bullets", "- rope\n- lamp", [("-", "rope"), ("-", "lamp")]),
    (
        "numbered",
        "(1) Rope\n3.4 Lamps\na) Weir",
        [("(1)", "Rope"), ("3.4", "Lamps"), ("a)", "Weir")],
    ),
    ("a date is no marker", "14 July was wet", [("", "14 July was wet")]),
    ("an initial is no marker", "J. Oke", [("", "J. Oke")]),
    ("an action line", f"{LONG}\nAction: Vane", [("", LONG), ("", "Action: Vane")]),
    (
        "a resolution under figures",
        f"{LONG} £5\nRESOLVED: rope",
        [("", f"{LONG} £5"), ("", "RESOLVED: rope")],
    ),
    ("a resolution that a line runs on to", f"{LONG}\nRESOLVED it", [("", f"{LONG} RESOLVED it")]),
    ("cells", "| 1 | Rope<br>Lamp |\n|---|---|", [("", "1"), ("", "Rope"), ("", "Lamp")]),
    (
        "a wide foot with room for a signature breaks nothing",
        f"Rope hung and\n\nMinutes of 9 May{' ' * 40}Signed {'.' * 28}   Page 61\n\nburned.",
        [("", f"Rope hung and Minutes of 9 May Signed {'.' * 28} Page 61 burned.")],
    ),
    (
        "a page's end breaks nothing",
        "Rope hung and\n\nPage 2 of 3\n\nburned.",
        [("", "Rope hung and Page 2 of 3 burned.")],
    ),
]


@pytest.mark.parametrize(
    ("text", "expected"), [row[1:] for row in PARAGRAPHS], ids=[row[0] for row in PARAGRAPHS]
)
def test_paragraphs(text: str, expected: list[tuple[str, str]]) -> None:
    assert _paragraphs(text) == expected


RUN_IN = [
    pytest.param("Weir", "1. Weir - The gate is shut.", ["Weir", "The gate is shut."], id="a dash"),
    pytest.param(
        "WEIR GATE", "1. WEIR GATE\tIt is shut.", ["WEIR GATE", "It is shut."], id="space"
    ),
    pytest.param("Weir", "1. Weir. Shut it.", ["Weir", "Shut it."], id="a full stop"),
    pytest.param("Weir", "1. Weirs were counted.", ["Weirs were counted."], id="a longer word"),
    pytest.param("Weir", "1. Weir gates are shut.", ["Weir gates are shut."], id="goes on"),
    pytest.param("Weir", "1. Weir", ["Weir"], id="nothing behind it"),
    pytest.param("Weir", "1. Weir - Agreed", ["Weir - Agreed"], id="a verdict alone"),
    pytest.param("Weir", "1. Weir - Agreed.", ["Weir", "Agreed."], id="a verdict's sentence"),
]


@pytest.mark.parametrize(("title", "text", "expected"), RUN_IN)
def test_text_behind_a_title_is_a_paragraph(title: str, text: str, expected: list[str]) -> None:
    page = Page(split(text), [Part(0, len(text), "item", "1", title=title)])
    assert [page.text[p.start : p.end] for p in page.sections[0].paragraphs] == expected


@given(st.text(alphabet="ab A.1)(\n-|*>", max_size=80), st.data())
def test_paragraphs_lie_in_their_part_in_order(text: str, data: st.DataObject) -> None:
    cut = data.draw(st.integers(0, len(text)))
    page = Page(split(text), [Part(0, cut, "item"), Part(cut, len(text), "item")])
    for section in page.sections:
        last = section.part.start
        for paragraph in section.paragraphs:
            assert last <= paragraph.start < paragraph.end <= section.part.end
            held = page.text[paragraph.start : paragraph.end]
            assert held == held.strip()
            last = paragraph.end
