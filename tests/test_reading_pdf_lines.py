"""Where lines of a PDF end: with their sentence, by hand, at a gutter, beside a label."""

from __future__ import annotations

import pytest

from kcsp_nlp.reading.limits import Limits
from kcsp_nlp.reading.pdf.extracting import extract
from kcsp_nlp.reading.pdf.markers import length_of_number
from pdf_making import BOLD, Page, make_pdf


def text(*pages: Page) -> str:
    return extract(make_pdf(pages), "minutes.pdf", Limits())[0].text


# Reaches further to the right than anything else on its page.
WIDE = "Minutes of the meeting of the Community Safety Partnership that was held at the Town Hall"
# Broken by hand: the next word would have fitted on most of these lines.
BROKEN = [
    "The Chair said that the figures for the summer had been sent to the",
    "members of the board and that nobody had asked for anything from the",
    "officers of the partnership. Mr Lee had heard from Tees Valley NHS",
    "Foundation Trust that the two beds would be open until the",
    "spring, and he thanked the ward for that.",
]


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        pytest.param(BROKEN, " ".join(BROKEN), id="lines that all end early go on"),
        pytest.param(
            [BROKEN[0], "members of the board.", "The Clerk spoke about it and was thanked."],
            f"{BROKEN[0]} members of the board.\nThe Clerk spoke about it and was thanked.",
            id="a sentence that ends early ends its line",
        ),
        pytest.param(
            ["Present were Ann Lee, Bo Dale, Cy Orr and Mr", "Di Pell from the Council"],
            "Present were Ann Lee, Bo Dale, Cy Orr and Mr Di Pell from the Council",
            id="a title waits for its name",
        ),
        pytest.param(
            ["Ann Lee (Chief Executive and Monitoring", "Officer of the Board), Bo Dale"],
            "Ann Lee (Chief Executive and Monitoring Officer of the Board), Bo Dale",
            id="a bracket waits for its end",
        ),
        pytest.param(
            ["Councillor Ann Lee (Chair)", "Councillor Bo Dale (Kent County Council)", "Cy Orr"],
            "Councillor Ann Lee (Chair)\nCouncillor Bo Dale (Kent County Council)\nCy Orr",
            id="one name on each line",
        ),
        pytest.param(
            ["Town Hall", "High Street", "Tonbridge"],
            "Town Hall\nHigh Street\nTonbridge",
            id="lines of an address",
        ),
    ],
)
def test_lines_end_where_the_text_ends_them(lines: list[str], expected: str) -> None:
    page = Page().text(40, 72, WIDE, size=13).lines(40, 110, BROKEN).lines(40, 250, lines)
    assert text(page).split("\n\n", 2)[-1] == f"{expected}\n"


def test_no_blank_line_stands_in_a_sentence() -> None:
    # Two capitals, and the line ends much before the others: nobody knows what that is.
    lines = [*BROKEN[:2], "officers of the partnership in Tonbridge and Malling", BROKEN[3]]
    found = text(Page().text(40, 72, WIDE, size=13).lines(40, 110, lines))
    assert "Malling\nFoundation" in found or "Malling Foundation" in found


def test_a_sentence_goes_over_the_page_from_a_line_that_ends_early() -> None:
    page = Page().text(40, 40, WIDE, size=13).lines(40, 700, BROKEN[:2])
    assert "from the officers of" in text(page, Page().lines(40, 72, BROKEN[2:]))


def test_a_year_in_spread_letters_is_no_marker() -> None:
    page = Page().lines(
        40, 72, ["The orders of the new Domestic Violence Act", "2018 would be in force"]
    )
    page.content.insert(0, b"5 Tw")
    assert "Act 2018" in text(page)


def test_a_bold_line_below_a_sentence_begins_anew() -> None:
    above = "The Clerk will write to the Council about the gate at the end of the lane, and so on."
    page = Page().text(40, 72, above).text(40, 85, "PCSP040/20 Correspondence", BOLD)
    assert text(page) == f"{above}\n\n**PCSP040/20 Correspondence**\n"


@pytest.mark.parametrize("labels", [("Also in", "attendance:"), ("ALSO IN", "ATTENDANCE:")])
def test_a_label_over_two_lines_stands_before_its_text(labels: tuple[str, str]) -> None:
    page = Page().text(40, 72, "Present:").text(140, 72, "Ann Lee, Bo Dale and Cy Orr")
    page.text(40, 98, labels[0]).text(40, 111, labels[1])
    page.lines(140, 98, ["Di Pell (Commissioner), Ed Rudd (Chief", "Executive and Clerk)"])
    page.text(40, 137, "Apologies:").text(140, 137, "Flo Sand")
    joined = "Di Pell (Commissioner), Ed Rudd (Chief Executive and Clerk)"
    assert f"{' '.join(labels)}    {joined}\n" in text(page)


def test_labels_of_their_own_stay_apart() -> None:
    page = Page()
    for number, (label, name) in enumerate([("ABSENT", "Ann Lee"), ("OFFICERS:", "Bo Dale")] * 2):
        page.text(40, 72 + 13 * number, label).text(140, 72 + 13 * number, name)
    assert "ABSENT OFFICERS" not in text(page)


def test_names_in_columns_stand_behind_their_label() -> None:
    page = Page()
    for label, y in (("PRESENT:", 72), ("APOLOGIES:", 137)):
        page.text(40, y, label)
        page.lines(130, y, ["Cllr Ann Lee (Chair)", "Cllr Bo Dale"])
        page.lines(330, y, ["Cllr Cy Orr", "Cllr Di Pell (from 7.50pm)"])
    names = "| Cllr Ann Lee (Chair) | Cllr Cy Orr |\n| Cllr Bo Dale | Cllr Di Pell (from 7.50pm) |"
    assert text(page) == f"PRESENT:\n\n{names}\n\nAPOLOGIES:\n\n{names}\n"


STORY = [
    "The partnership heard that the",
    "wardens had walked through the",
    "market on every Friday, and that",
    "shops had asked for more of it.",
]


def columns(left: list[str], right: list[str], shift: float = 0.0) -> Page:
    return Page().lines(40, 72, left).lines(320, 72 + shift, right)


@pytest.mark.parametrize("shift", [0.0, 4.0])
def test_two_columns_are_read_one_after_the_other(shift: float) -> None:
    left = [*STORY, "Left one", "Left two", *STORY, "Left three", *STORY]
    right = [*STORY, *STORY, "Right one", "Right two", *STORY]
    found = text(columns(left, right, shift))
    assert "|" not in found
    assert found.index("Left three") < found.index("Right one")


def test_two_columns_of_boxes_are_read_one_after_the_other() -> None:
    page = columns([*STORY, *STORY, *STORY], [*STORY, *STORY, *STORY], 4.0)
    page.grid([40, 120, 240], [300, 320]).text(45, 314, "Ann").text(125, 314, "Left box")
    page.grid([320, 400, 520], [300, 320]).text(325, 314, "Bo").text(405, 314, "Right box")
    assert "of it.\n\n| Ann | Left box |\n\nThe partnership" in text(page)


def test_rows_that_pair_up_stay_rows() -> None:
    names = [f"Councillor {letter}. Hatch" for letter in "ABCDEFGHIJKLMN"]
    found = text(columns(names, [f"Ward of {name[11]}" for name in names]))
    assert found.startswith("| Councillor A. Hatch | Ward of A |\n| Councillor B. Hatch |")


def test_a_single_row_in_the_columns_of_the_page_before() -> None:
    first, second = Page(), Page().text(72, 72, "Cy Orr").text(250, 72, "Clerk")
    second.lines(72, 130, [WIDE])
    for number, (name, role) in enumerate([("Ann Lee", "Chair"), ("Bo Dale", "Treasurer")]):
        first.text(72, 700 + 14 * number, name).text(250, 700 + 14 * number, role)
    assert "| Bo Dale | Treasurer |\n| Cy Orr | Clerk |\n" in text(first, second)


@pytest.mark.parametrize(
    ("word", "length"),
    [
        pytest.param("23/045Apologies", 6, id="year and number"),
        pytest.param("4.Finance", 2, id="number and full stop"),
        pytest.param("PCSP031/20Apologies", 10, id="with letters before it"),
        pytest.param("PCC-12Minutes", 6, id="with a hyphen"),
        pytest.param("(a)Balances", 3, id="a letter in brackets"),
        pytest.param("7.30pm", 0, id="a time"),
        pytest.param("10.00AM", 0, id="a time in capitals"),
        pytest.param("12/17B", 0, id="a number that ends in a letter"),
        pytest.param("3G", 0, id="a name"),
        pytest.param("2020", 0, id="a year"),
    ],
)
def test_a_number_before_its_title_is_known(word: str, length: int) -> None:
    assert length_of_number(word) == length


def test_a_tab_without_width_is_a_space() -> None:
    assert text(Page().text(72, 72, "23/045Apologies for Absence")) == (
        "23/045 Apologies for Absence\n"
    )
