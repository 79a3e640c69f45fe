"""Word's automatic numbers: what Word shows before each paragraph of a list."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kcsp_nlp.reading.word.numerals import numeral
from word_making import concrete, definition, level, numbered, paragraph, run, style, text

OUTLINE = definition(
    0,
    level(0, "decimal", "%1."),
    level(1, "decimal", "%1.%2"),
    level(2, "lowerLetter", "(%3)"),
    level(3, "lowerRoman", "%4)"),
)
STYLE = '<w:pStyle w:val="{}"/>'
NUMBERS = '<w:numPr><w:numId w:val="{}"/></w:numPr>'
LEVEL = '<w:numPr><w:ilvl w:val="{}"/></w:numPr>'


def again(start: int, at: int = 0) -> str:
    return f'<w:lvlOverride w:ilvl="{at}"><w:startOverride w:val="{start}"/></w:lvlOverride>'


@pytest.mark.parametrize(
    ("lists", "items", "markers"),
    [
        pytest.param(
            OUTLINE + concrete(1, 0),
            [(1, 0), (1, 1), (1, 2), (1, 2), (1, 3), (1, 0), (1, 1)],
            ["1.", "1.1", "(a)", "(b)", "i)", "2.", "2.1"],
            id="levels below begin anew",
        ),
        pytest.param(
            OUTLINE + concrete(1, 0),
            [(1, 1), (1, 0), (1, 1)],
            ["1.1", "2.", "2.1"],
            id="a list that begins at a lower level",
        ),
        pytest.param(
            OUTLINE + concrete(1, 0) + concrete(2, 0),
            [(1, 0), (2, 0), (1, 0)],
            ["1.", "2.", "3."],
            id="lists of one definition count on",
        ),
        pytest.param(
            OUTLINE + concrete(1, 0) + concrete(2, 0, again(7)),
            [(1, 0), (2, 0), (2, 0), (1, 0)],
            ["1.", "7.", "8.", "9."],
            id="a list that begins anew, once, with a number of its own",
        ),
        pytest.param(
            definition(0, level(0, "decimal", "%1", start=4), level(1, "decimal", "%1.%2"))
            + concrete(1, 0),
            [(1, 0), (1, 1)],
            ["4", "4.1"],
            id="a first number that is not one",
        ),
        pytest.param(
            definition(
                0,
                level(0, "upperRoman", "Part %1"),
                level(1, "decimal", "%1.%2", "<w:isLgl/>"),
            )
            + concrete(1, 0),
            [(1, 0), (1, 0), (1, 1)],
            ["Part I", "Part II", "2.1"],
            id="legal numbers are in digits, whatever the level above",
        ),
        pytest.param(
            definition(
                0,
                level(0, "decimal", "%1."),
                level(1, "decimal", "%2)", '<w:lvlRestart w:val="0"/>'),
            )
            + concrete(1, 0),
            [(1, 0), (1, 1), (1, 0), (1, 1)],
            ["1.", "1)", "2.", "2)"],
            id="a level that never begins anew",
        ),
        pytest.param(
            definition(
                0,
                level(0, "decimal", "%1."),
                level(1, "decimal", "%1.%2"),
                level(2, "decimal", "%3)", '<w:lvlRestart w:val="1"/>'),
            )
            + concrete(1, 0),
            [(1, 0), (1, 1), (1, 2), (1, 1), (1, 2), (1, 0), (1, 2)],
            ["1.", "1.1", "1)", "1.2", "2)", "2.", "1)"],
            id="a level that begins anew below the first one alone",
        ),
        pytest.param(
            OUTLINE
            + concrete(
                1, 0, f'<w:lvlOverride w:ilvl="0">{level(0, "ordinal", "%1")}</w:lvlOverride>'
            ),
            [(1, 0), (1, 0)],
            ["1st", "2nd"],
            id="a level that a list writes in its own way",
        ),
        pytest.param(
            definition(0, level(0, "bullet", "\uf0b7"), level(1, "bullet", "-")) + concrete(1, 0),
            [(1, 0), (1, 1)],
            ["•", "-"],
            id="bullets",
        ),
        pytest.param(
            definition(0, level(0, "none", "")) + concrete(1, 0), [(1, 0)], [""], id="no number"
        ),
        pytest.param(
            definition(0, level(0, "cardinalText", "Item %1:")) + concrete(1, 0),
            [(1, 0), (1, 0)],
            ["Item One:", "Item Two:"],
            id="numbers in words",
        ),
        pytest.param(
            OUTLINE + concrete(1, 0),
            [(1, 0), (0, 0), (1, 0)],
            ["1.", "", "2."],
            id="a number that was taken away",
        ),
        pytest.param(
            OUTLINE + concrete(1, 0), [(9, 0), (1, 0)], ["", "1."], id="a list that is not defined"
        ),
        pytest.param(OUTLINE + concrete(1, 5), [(1, 0)], [""], id="a definition that is missing"),
        pytest.param(OUTLINE + concrete(1, 0), [(1, 99)], [""], id="a level that no list has"),
    ],
)
def test_markers_are_those_that_word_shows(
    lists: str, items: list[tuple[int, int]], markers: list[str]
) -> None:
    body = paragraph("x").join(numbered("x", *item) for item in items)
    lines = [line.strip() for line in text(body, numbering=lists).split("\n") if line.strip()]
    expected = [f"{marker} x".strip() for marker in markers]
    assert lines == [line for each in expected for line in (each, "x")][:-1]


@pytest.mark.parametrize(
    ("styles", "lists", "body", "expected"),
    [
        pytest.param(
            style("Item", properties=NUMBERS.format(1)),
            OUTLINE + concrete(1, 0),
            paragraph("x", STYLE.format("Item")) * 2,
            ["1. x", "2. x"],
            id="a style's list",
        ),
        pytest.param(
            style("Item", properties=NUMBERS.format(1)) + style("Own", base="Item"),
            OUTLINE + concrete(1, 0),
            paragraph("x", STYLE.format("Own")),
            ["1. x"],
            id="of a style based on it",
        ),
        pytest.param(
            style("Item", properties=NUMBERS.format(1))
            + style("Sub", properties=LEVEL.format(1), base="Item"),
            OUTLINE + concrete(1, 0),
            paragraph("x", STYLE.format("Item")) + paragraph("x", STYLE.format("Sub")),
            ["1. x", "1.1 x"],
            id="a level of the base's list",
        ),
        pytest.param(
            style("Sub", properties=NUMBERS.format(1)),
            definition(
                0,
                level(0, "decimal", "%1."),
                level(1, "decimal", "%1.%2", '<w:pStyle w:val="Sub"/>'),
            )
            + concrete(1, 0),
            paragraph("x", STYLE.format("Sub")),
            ["1.1 x"],
            id="a level that names its style",
        ),
        pytest.param(
            style("Item", properties=NUMBERS.format(1)),
            OUTLINE + concrete(1, 0),
            paragraph("x", STYLE.format("Item") + NUMBERS.format(0)),
            ["x"],
            id="a paragraph taken out of its style's list",
        ),
        pytest.param(
            style("Heading1", "heading 1", NUMBERS.format(1)),
            OUTLINE + concrete(1, 0),
            paragraph("x", STYLE.format("Heading1")),
            ["# 1. x"],
            id="a heading's number is part of it",
        ),
        pytest.param(
            '<w:style w:type="numbering" w:styleId="L"><w:name w:val="L"/><w:pPr>'
            + NUMBERS.format(2)
            + "</w:pPr></w:style>",
            '<w:abstractNum w:abstractNumId="7"><w:numStyleLink w:val="L"/></w:abstractNum>'
            + OUTLINE
            + concrete(1, 7)
            + concrete(2, 0),
            numbered("x", 1),
            ["1. x"],
            id="a list that a style stands for",
        ),
        pytest.param(
            '<w:style w:type="numbering" w:styleId="L"><w:name w:val="L"/><w:pPr>'
            + NUMBERS.format(1)
            + "</w:pPr></w:style>",
            '<w:abstractNum w:abstractNumId="7"><w:numStyleLink w:val="L"/></w:abstractNum>'
            + concrete(1, 7),
            numbered("x", 1),
            ["x"],
            id="a list that stands for itself",
        ),
        pytest.param(
            "",
            OUTLINE + concrete(1, 0),
            paragraph(
                "<w:del><w:r><w:delText>x</w:delText></w:r></w:del>",
                NUMBERS.format(1) + "<w:rPr><w:del/></w:rPr>",
            )
            + numbered("x", 1),
            ["1. x"],
            id="a deleted paragraph is not counted",
        ),
        pytest.param(
            "",
            OUTLINE + concrete(1, 0),
            numbered("", 1) + numbered("x", 1),
            ["1.", "2. x"],
            id="a number alone is shown",
        ),
        pytest.param(
            "",
            OUTLINE + concrete(1, 0),
            paragraph(run(" \tBins", "<w:b/>") + run(" and bags"), NUMBERS.format(1)),
            ["1. **Bins** and bags"],
            id="white space behind a number is the number's",
        ),
    ],
)
def test_lists_of_styles(styles: str, lists: str, body: str, expected: list[str]) -> None:
    read = text(body + "<w:p/>", styles=styles, numbering=lists)
    assert [line.strip() for line in read.split("\n") if line.strip()] == expected


@pytest.mark.parametrize(
    ("count", "form", "written"),
    [
        (28, "lowerLetter", "bb"),
        (1994, "upperRoman", "MCMXCIV"),
        (4, "decimalZero", "04"),
        (7, "001, 002, 003, ...", "007"),
        (11, "ordinal", "11th"),
        (23, "ordinal", "23rd"),
        (21, "cardinalText", "Twenty-one"),
        (21, "ordinalText", "Twenty-first"),
        (20, "ordinalText", "Twentieth"),
        (112, "ordinalText", "One hundred twelfth"),
        (3, "decimalEnclosedCircle", "③"),
        (5, "chicago", "**"),
        (3, "numberInDash", "- 3 -"),
        (3, "aiueo", "3"),
    ],
)
def test_numbers_are_written_as_their_form_says(count: int, form: str, written: str) -> None:
    assert numeral(count, form) == written


@given(
    st.integers(-10, 10**9),
    st.sampled_from(["decimal", "lowerRoman", "upperLetter", "ordinalText", "chicago", "hex", "x"]),
)
def test_every_number_is_written_in_a_few_characters(count: int, form: str) -> None:
    assert 0 < len(numeral(count, form)) <= 60
