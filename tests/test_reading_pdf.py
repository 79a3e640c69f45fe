"""PDF pages into paragraphs, lists, tables: what stands where decides what belongs together."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from kcsp_nlp.reading.document import Extracted
from kcsp_nlp.reading.limits import Limits
from kcsp_nlp.reading.pdf import extracting
from kcsp_nlp.reading.pdf.extracting import extract
from kcsp_nlp.reading.pdf.hyphens import Vocabulary
from kcsp_nlp.reading.pdf.letters import clean
from kcsp_nlp.reading.pdf.packs import Bookmark, Found
from kcsp_nlp.reading.pdf.scans import ScannedPage
from kcsp_nlp.reading.pdf.straightening import ScannedWord
from kcsp_nlp.reading.pdf.words import Word
from pdf_making import BOLD, SYMBOL, Page, make_pdf

LONG = [
    "The Chair thanked all who had helped at the summer fair and asked that the",
    "accounts be sent to every member before the next meeting of the committee in",
    "the autumn.",
]


def read(*pages: Page, **options: object) -> Extracted:
    data = make_pdf(pages, **options)  # type: ignore[arg-type]
    return extract(data, "minutes.pdf", Limits())[0]


def text(*pages: Page) -> str:
    return read(*pages).text


JOINED = " ".join(LONG)


@pytest.mark.parametrize(
    ("page", "expected"),
    [
        pytest.param(Page().lines(72, 72, LONG), f"{JOINED}\n", id="full lines are one paragraph"),
        pytest.param(
            Page().lines(72, 72, [*LONG, *LONG]),
            f"{JOINED}\n\n{JOINED}\n",
            id="a short line ends a paragraph",
        ),
        pytest.param(
            Page().lines(72, 72, LONG).lines(72, 131, LONG),
            f"{JOINED}\n\n{JOINED}\n",
            id="a gap ends a paragraph",
        ),
        pytest.param(
            Page().lines(72, 72, ["Ann Lee", "Bo Dale", "Cy Orr"]).lines(72, 150, LONG),
            f"Ann Lee\nBo Dale\nCy Orr\n\n{JOINED}\n",
            id="short lines stay lines",
        ),
        pytest.param(
            Page()
            .text(72, 72, "4.", BOLD)
            .text(100, 72, "Police report", BOLD)
            .lines(100, 86, LONG),
            f"**4. Police report**\n\n{JOINED}\n",
            id="a bold number and title stand alone",
        ),
        pytest.param(
            Page().text(72, 72, "TOWN COUNCIL", size=18).lines(72, 110, LONG),
            f"# TOWN COUNCIL\n\n{JOINED}\n",
            id="larger letters head",
        ),
        pytest.param(
            Page()
            .text(72, 72, "\xb7", SYMBOL)
            .lines(90, 72, LONG)
            .text(72, 111, "\xb7", SYMBOL)
            .text(90, 111, "Noted."),
            f"• {JOINED}\n\n• Noted.\n",
            id="bullets from a font of symbols",
        ),
        pytest.param(
            Page()
            .text(72, 72, "(a)")
            .lines(100, 72, LONG)
            .text(100, 111, "(i)")
            .text(130, 111, "Noted."),
            f"(a) {JOINED}\n\n  (i) Noted.\n",
            id="letters, and a list in the list",
        ),
        pytest.param(
            Page()
            .text(72, 72, "PRESENT:")
            .lines(
                150, 72, ["Councillors Ann Lee in the chair, Bo Dale, Cy Orr, Di Pell, Ed Rudd,"]
            )
            .lines(150, 85, ["Flo Sand and Gus Tye"])
            .text(72, 111, "APOLOGIES:")
            .text(150, 111, "Hal Unwin"),
            "PRESENT:    Councillors Ann Lee in the chair, Bo Dale, Cy Orr, Di Pell, Ed Rudd, Flo "
            "Sand and Gus Tye\n\nAPOLOGIES: Hal Unwin\n",
            id="labels beside their lists",
        ),
        pytest.param(
            Page().lines(72, 72, LONG).text(505, 98, "KC", BOLD),
            f"{JOINED}      KC\n",
            id="initials in the margin",
        ),
        pytest.param(
            Page().text(72, 72, "Heading", BOLD).text(72.3, 72, "Heading", BOLD),
            "**Heading**\n",
            id="words printed twice stand once",
        ),
        pytest.param(
            Page().text(72, 72, "the 6").text(96.6, 68.5, "th", size=7).text(105, 72, "May"),
            "the 6th May\n",
            id="a raised ending belongs to its number",
        ),
        pytest.param(
            Page(rotation=90).turned((0, 1, -1, 0), 100, 742, "Read from the side"),
            "Read from the side\n",
            id="a page that is shown turned",
        ),
        pytest.param(
            Page().turned((0, 1, -1, 0), 100, 742, "Printed on its side"),
            "Printed on its side\n",
            id="a page whose text is turned",
        ),
    ],
)
def test_layout_becomes_text(page: Page, expected: str) -> None:
    assert text(page) == expected


def test_a_justified_paragraph_is_no_table() -> None:
    page = Page().lines(72, 72, LONG[:2])
    page.content.insert(0, b"9 Tw")
    page.lines(72, 98, LONG)
    assert "|" not in text(page)


def test_bold_words_are_known() -> None:
    page = Page().text(72, 72, "Police report:", BOLD).text(155, 72, "nothing was said.")
    assert text(page) == "**Police report:** nothing was said.\n"


PAIRS = [
    ("Name", "Role"),
    ("Ann Lee", "Chair of the Board"),
    ("Bo Dale", "Treasurer"),
    ("Cy Orr", "Head of Community Safety"),
]


def test_columns_that_belong_together_are_a_table() -> None:
    page = Page()
    for number, (name, role) in enumerate(PAIRS):
        page.text(72, 72 + 14 * number, name).text(250, 72 + 14 * number, role)
    assert text(page) == "".join(f"| {name} | {role} |\n" for name, role in PAIRS)


def test_a_ruled_table_keeps_its_cells() -> None:
    page = Page().grid([60, 200, 350, 500], [60, 80, 120])
    page.text(65, 74, "Name").text(205, 74, "Role").text(355, 74, "Body")
    page.text(65, 94, "Ann Lee").lines(205, 94, ["Chair of the", "Board"]).text(355, 94, "Police")
    assert text(page) == "| Name | Role | Body |\n| Ann Lee | Chair of the Board | Police |\n"


def test_a_merged_cell_stands_in_its_first_column() -> None:
    page = Page().rule(60, 60, 500, 60).rule(60, 80, 500, 80).rule(60, 100, 500, 100)
    page.rule(60, 60, 60, 100).rule(500, 60, 500, 100).rule(200, 80, 200, 100)
    page.text(65, 74, "Members of the Board").text(65, 94, "Ann Lee").text(205, 94, "Chair")
    assert text(page) == "| Members of the Board |  |\n| Ann Lee | Chair |\n"


def test_a_frame_around_text_is_no_table() -> None:
    page = Page().grid([60, 540], [60, 130]).lines(72, 80, LONG)
    assert text(page) == f"{JOINED}\n"


def test_a_table_goes_on_over_the_page() -> None:
    first, second = Page(), Page()
    for number in range(8):
        page, y = (first, 600 + 40 * number) if number < 4 else (second, 40 * number - 100)
        page.grid([60, 200, 500], [y - 20, y + 20]).text(65, y, f"DC/{number}/21").text(
            210, y, "Yes"
        )
    rows = [f"| DC/{number}/21 | Yes |" for number in range(8)]
    assert text(first, second) == "\n".join(rows) + "\n"


def test_newspaper_columns_are_read_one_after_the_other() -> None:
    left = [
        f"on the left the story goes on in line {word}"
        for word in ("one", "two", "three", "four", "five", "six")
    ]
    right = [line.replace("left", "right") for line in left]
    page = Page()
    for number, (one, other) in enumerate(zip(left, right, strict=True)):
        page.text(40, 72 + 13 * number, one).text(320, 76 + 13 * number, other)
    found = text(page)
    assert found.index("left the story goes on in line six") < found.index("right the story")


def test_a_paragraph_goes_over_the_page() -> None:
    document = read(Page().lines(72, 730, LONG[:2]), Page().lines(72, 72, LONG[2:]))
    assert document.text == f"{JOINED}\n"
    assert [(page.number, document.text[page.start :][:3]) for page in document.pages] == [
        (1, "The"),
        (2, "the"),
    ]


def furnished(number: int, count: int) -> Page:
    page = Page().text(72, 40, "Board minutes 4 May 2021", size=9)
    page.lines(72, 80, [f"Item {7 * number}{letter} was noted by all." for letter in "abc"], 30)
    return page.text(280, 810, f"Page {number} of {count}", size=9)


@pytest.mark.parametrize("count", [2, 3, 7])
def test_what_every_page_repeats_is_set_aside(count: int) -> None:
    document = read(*(furnished(number, count) for number in range(1, count + 1)))
    assert "Page" not in document.text
    # Said nowhere else: the first page keeps what it is about.
    assert document.text.count("Board minutes") == 1
    kinds = [aside.kind for aside in document.aside]
    assert kinds.count("page_number") == count
    assert kinds.count("header") == count - 1
    assert all(aside.reason and aside.page for aside in document.aside)


def test_the_minutes_own_lines_are_never_set_aside() -> None:
    pages = [Page().text(72, 72, "RESOLVED: agreed").text(72, 300 + n, f"Item {n}") for n in (1, 2)]
    pages[1].text(72, 95, "further lines")
    document = read(*pages, Page().text(72, 120, "RESOLVED: agreed"))
    assert document.text.count("RESOLVED") + len(document.aside) == 3
    assert "Item 1" in document.text


def test_places_to_sign_are_set_aside_but_the_last() -> None:
    line = "Signed ____________________ Dated ____________"
    pages = [Page().lines(72, 72 + 9 * n, LONG).text(72, 780, line) for n in range(3)]
    document = read(*pages)
    assert document.text.count("Signed") == 1
    assert [aside.page for aside in document.aside] == [1, 2]


def test_bookmarks_head() -> None:
    page = Page().text(72, 72, "1. Apologies").lines(72, 100, LONG)
    assert read(page, bookmarks=[("1. Apologies", 1)]).text == f"## 1. Apologies\n\n{JOINED}\n"


def test_notes_and_stamps_stand_aside() -> None:
    note = b"<< /Type /Annot /Subtype /FreeText /Rect [0 0 9 9] /Contents (Check this) >>"
    value = b"<< /Type /Annot /Subtype /Widget /FT /Tx /Rect [0 0 9 9] /V (Ann Lee) >>"
    page = Page().lines(72, 72, LONG).turned((0.7, 0.7, -0.7, 0.7), 200, 600, "DRAFT", size=60)
    page.text(72, 500, "unseen", mode=3).text(900, 500, "outside")
    document = read(page, annotations=[note, value])
    assert document.text == f"{JOINED}\n"
    assert [(aside.kind, aside.text) for aside in document.aside] == [
        ("comment", "Check this"),
        ("comment", "Ann Lee"),
        ("watermark", "DRAFT"),
        ("hidden", "unseen"),
        ("hidden", "outside"),
    ]


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        pytest.param(["the coun-", "cillor"], "the councillor", id="divided, as nothing says no"),
        pytest.param(
            ["co-ordination of", "the co-", "ordination"], "the co-ordination", id="known"
        ),
        pytest.param(["the Smith-", "Jones report"], "the Smith-Jones report", id="two names"),
        pytest.param(["multi-", "agency work"], "multi-agency work", id="a usual prefix"),
        pytest.param(["in 2019-", "2020"], "in 2019-2020", id="numbers"),
        pytest.param(["agreed –", "noted"], "agreed – noted", id="a dash is no hyphen"),
    ],
)
def test_divided_words_are_joined(lines: list[str], expected: str) -> None:
    assert Vocabulary(lines).join(lines[-2], lines[-1]) == expected


@pytest.mark.parametrize(
    ("given", "symbols", "expected"),
    [
        pytest.param("o\ufb03ce", False, "office", id="ligature"),
        pytest.param("coun\u00adcillor", False, "councillor", id="soft hyphen"),
        pytest.param("\uf0b7", False, "•", id="bullet of private use"),
        pytest.param("\uf0fc", True, "✓", id="tick of Wingdings"),
        pytest.param("e\u0301", False, "é", id="accent beside its letter"),
        pytest.param("re\u2011use", False, "re-use", id="hyphen that does not break"),
        pytest.param("\u200b", False, "", id="nothing that is seen"),
        pytest.param("£5½", False, "£5½", id="a fraction stays"),
    ],
)
def test_characters_become_ordinary_ones(given: str, symbols: bool, expected: str) -> None:
    assert clean(given, symbols=symbols) == expected


def test_the_same_bytes_give_the_same_text() -> None:
    data = make_pdf([furnished(number, 3) for number in (1, 2, 3)])
    assert extract(data, "a.pdf", Limits()) == extract(data, "a.pdf", Limits())


def test_a_text_layer_that_is_not_drawn_is_read_where_there_is_no_other() -> None:
    assert text(Page().text(72, 72, "Apologies for absence", mode=3)) == "Apologies for absence\n"


def test_the_minutes_of_a_pack_are_read_and_the_rest_is_set_aside(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def find(pages: Sequence[str], bookmarks: Sequence[Bookmark]) -> Sequence[Found]:
        assert pages == ["Agenda", "Minutes of May", "Report", "Minutes of June"]
        assert bookmarks == [Bookmark("Report", 3, 0)]
        return Found(2, 2, "between reports"), Found(4, 4, "at the end")

    monkeypatch.setattr(extracting, "find_minutes", find)
    pages = ("Agenda", "Minutes of May", "Report", "Minutes of June")
    data = make_pdf([Page().text(72, 72, page) for page in pages], bookmarks=[("Report", 3)])
    may, june = extract(data, "pack.pdf", Limits())
    assert (may.text, may.part, may.pages[0].number) == ("Minutes of May\n", "page=2", 2)
    assert (june.text, june.part) == ("Minutes of June\n", "page=4")
    assert may.warnings == ("of 4 pages only 2 to 2 were read: between reports",)
    assert [(aside.kind, aside.page) for aside in may.aside] == [
        ("not_minutes", 1),
        ("not_minutes", 3),
    ]


def test_recognised_words_stand_in_place_and_doubts_are_noted(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    words = [("Minutes", 72.0, 0.99), ("0f", 120.0, 0.31), ("May", 150.0, 0.9)]
    page = ScannedPage(
        number=1,
        width=595,
        height=842,
        words=tuple(
            ScannedWord(Word(word, x, x + 20, 72, 11), sure, (1, 1, 1)) for word, x, sure in words
        ),
    )
    monkeypatch.setattr(extracting, "needs_recognition", lambda *_: True)
    monkeypatch.setattr(extracting, "read_scans", lambda *_: ((page,), ("one page was scanned",)))
    document = read(Page())
    assert document.text.split() == ["Minutes", "0f", "May"]
    assert document.warnings == ("one page was scanned",)
    doubt = document.doubts[0]
    assert document.text[doubt.start : doubt.end] == "0f"
    assert doubt.confidence == pytest.approx(0.31)
