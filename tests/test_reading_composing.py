"""Blocks into text: marks, blank lines, tables that are none, and where pages begin."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kcsp_nlp.reading.blocks import Block, Heading, ListItem, Paragraph, Row, Table
from kcsp_nlp.reading.composing import compose

LONG = "The Chair thanked the officers for the report and asked for another in the autumn. " * 3


def cells(*held: str | tuple[Block, ...], page: int | None = None) -> Row:
    """Return a row; a text stands for one paragraph, an empty one for an empty cell."""
    each = (
        ((Paragraph(cell),) if cell else ()) if isinstance(cell, str) else cell for cell in held
    )
    return Row(tuple(each), page)


def lines(*texts: str) -> tuple[Block, ...]:
    return tuple(Paragraph(text) for text in texts)


@pytest.mark.parametrize(
    ("blocks", "text"),
    [
        pytest.param([], "", id="nothing"),
        pytest.param(
            [Heading("Minutes", 1), Paragraph("Noted.")], "# Minutes\n\nNoted.\n", id="heading"
        ),
        pytest.param([Paragraph("Agreed", bold=True)], "**Agreed**\n", id="bold paragraph"),
        pytest.param(
            [Paragraph("Ash Council\n\nMinutes", bold=True)],
            "**Ash Council**\n\n**Minutes**\n",
            id="marks of bold text do not reach over line ends",
        ),
        pytest.param(
            [Paragraph("Agreed: to note", strong=((0, 8),))],
            "**Agreed:** to note\n",
            id="a bold beginning, without the space at its end",
        ),
        pytest.param(
            [Paragraph("a - b", strong=((1, 4),))], "a - b\n", id="a bold dash says nothing"
        ),
        pytest.param(
            [Paragraph("A"), Paragraph("B", close=True), Paragraph("C")],
            "A\nB\n\nC\n",
            id="lines that stand close",
        ),
        pytest.param(
            [Paragraph(LONG), Paragraph("B", close=True)],
            f"{LONG}\n\nB\n",
            id="the end of a long paragraph is to be seen",
        ),
        pytest.param(
            [Paragraph("Present", bold=True), Paragraph("Ann", close=True)],
            "**Present**\n\nAnn\n",
            id="what is bold stands apart",
        ),
        pytest.param(
            [ListItem("one", "•"), ListItem("two", "(a)", depth=1), Paragraph("three")],
            "• one\n  (a) two\n\nthree\n",
            id="lists",
        ),
        pytest.param(
            [ListItem(LONG, "1."), ListItem(LONG, "2.")],
            f"1. {LONG}\n\n2. {LONG}\n",
            id="numbered paragraphs",
        ),
        pytest.param(
            [ListItem("Apologies", "1.", bold=True), ListItem("Minutes", "2.", bold=True)],
            "1. **Apologies**\n\n2. **Minutes**\n",
            id="numbered headings",
        ),
        pytest.param(
            [ListItem("Bins", "•", bold=True), ListItem("Parks", "•", bold=True)],
            "• **Bins**\n• **Parks**\n",
            id="a list of something bold",
        ),
    ],
)
def test_blocks_are_marked(blocks: list[Block], text: str) -> None:
    assert compose(blocks)[0] == text


@pytest.mark.parametrize(
    ("table", "text"),
    [
        pytest.param(
            Table((cells("Name", "Role"), cells("Ann", ""))),
            "| Name | Role |\n| Ann |  |\n",
            id="a table to be looked up",
        ),
        pytest.param(
            Table((cells("Ann", lines("Chair", "Fell Council")), cells("Bo", "Clerk"))),
            "| Ann | Chair\tFell Council |\n| Bo | Clerk |\n",
            id="two lines of a cell",
        ),
        pytest.param(
            Table((cells((Heading("1. Bins", 2),), (Paragraph("x", bold=True),)),)),
            "| **1. Bins** | **x** |\n",
            id="bold cells and headings in cells",
        ),
        pytest.param(
            Table((cells((ListItem("one", "•"),), "a|b"),)),
            "| • one | a\\|b |\n",
            id="items and bars",
        ),
        pytest.param(
            Table((cells(lines("A box", "of text")),)), "A box\n\nof text\n", id="a box is unpacked"
        ),
        pytest.param(
            Table((cells((Table((cells("a", "b"),)),)),)), "| a | b |\n", id="a table in a box"
        ),
        pytest.param(
            Table((cells("Present", "Apologies"), cells(lines("Ann", "Bo"), "Cy"))),
            "Present\n\nAnn\n\nBo\n\nApologies\n\nCy\n",
            id="lists side by side go one after another",
        ),
        pytest.param(
            Table(
                (
                    cells("No", "Discussion", "Action"),
                    cells("1.", (Paragraph("Bins", bold=True), *lines("Said.", "More.")), "KN"),
                    cells("2.", (Heading("Parks", 2), *lines("Said.")), ""),
                )
            ),
            "| No | Discussion | Action |\n\n**1. Bins**\n\nSaid.\n\nMore.\n\nAction: KN\n\n"
            "## 2. Parks\n\nSaid.\n",
            id="minutes in three columns",
        ),
        pytest.param(
            Table(
                (
                    cells("Item", "Minute", "By whom:"),
                    cells("Welcome", lines("One.", "Two.", "Three."), lines("KN", "Bo to ring")),
                    cells("Bins", lines("Four."), ""),
                )
            ),
            "| Item | Minute | By whom: |\n\nWelcome\n\nOne.\n\nTwo.\n\nThree.\n\nBy whom: KN\n\n"
            "By whom: Bo to ring\n\nBins\n\nFour.\n",
            id="a title in the margin, and several to act",
        ),
        pytest.param(
            Table((cells("4.", lines("One.", "Two.", "Three.")), cells("5.", ""))),
            "4. One.\n\nTwo.\n\nThree.\n\n5.\n",
            id="no heads",
        ),
        pytest.param(
            Table(
                (
                    cells("No", "Action", "Owner"),
                    cells("1", LONG, "KN"),
                    cells("2", LONG, "Bo"),
                )
            ),
            f"| No | Action | Owner |\n| 1 | {LONG.strip()} | KN |\n| 2 | {LONG.strip()} | Bo |\n",
            id="an action log stays a table",
        ),
        pytest.param(
            Table(
                (
                    *(cells(name, "Member") for name in ("Name", "An", "Bo", "Cy", "Di")),
                    cells("Ed", lines("Chair", "Fell Council", "till 9")),
                )
            ),
            "| Name | Member |\n| An | Member |\n| Bo | Member |\n| Cy | Member |\n"
            "| Di | Member |\n| Ed | Chair\tFell Council\ttill 9 |\n",
            id="one tall cell does not make a table a page",
        ),
        pytest.param(
            Table((cells("a", lines("b", "c", "d")), cells("e"), cells("f", "g", "h"))),
            "a\n\nb\n\nc\n\nd\n\ne\n\nf\n\ng\n\nh\n",
            id="rows of different lengths",
        ),
    ],
)
def test_tables_that_place_text_are_told_from_tables(table: Table, text: str) -> None:
    assert compose([table])[0] == text


def test_pages_begin_where_their_text_does() -> None:
    text, pages = compose(
        [
            Heading("Minutes", 1, page=2),
            Paragraph("bold over", bold=True, page=2, turns=((5, 3),)),
            Table((cells("a", "b", page=4), cells("c", "d", page=5))),
            Paragraph("last", page=4),
        ]
    )
    assert [(each.number, text[each.start :][:4]) for each in pages] == [
        (2, "# Mi"),
        (3, "over"),
        (4, "| a "),
        (5, "\n| c"),
    ]


def test_blocks_without_pages_give_none() -> None:
    assert compose([Paragraph("a")])[1] == ()


@pytest.mark.parametrize("beside", [(), lines("a")], ids=["boxes", "columns"])
def test_tables_inside_each_other_to_any_depth(beside: tuple[Block, ...]) -> None:
    block: Block = Paragraph("deep")
    for _ in range(20_000):
        block = Table((Row(((block,), beside) if beside else ((block,),)),))
    assert "deep" in compose([block])[0]


WORDS = st.text("ab |#*\t.", max_size=12).map(str.strip)
PARAGRAPHS: st.SearchStrategy[Block] = st.builds(
    Paragraph, WORDS, st.booleans(), close=st.booleans()
) | st.builds(ListItem, WORDS, st.sampled_from(["1.", "•"]))
CELLS = st.lists(PARAGRAPHS, max_size=4).map(tuple)
TABLES = st.integers(1, 4).flatmap(
    lambda width: st.lists(
        st.lists(CELLS, min_size=width, max_size=width).map(lambda row: Row(tuple(row))), max_size=4
    ).map(lambda rows: Table(tuple(rows)))
)


@given(st.lists(PARAGRAPHS | TABLES, max_size=6))
def test_no_letter_is_lost_and_none_but_column_heads_is_added(blocks: list[Block]) -> None:
    text = compose(blocks)[0]
    said = [block for block in blocks if isinstance(block, Paragraph | ListItem)]
    said += [
        each
        for block in blocks
        if isinstance(block, Table)
        for row in block.rows
        for cell in row.cells
        for each in cell
        if isinstance(each, Paragraph | ListItem)
    ]
    for letter in "ab":
        held = sum(block.text.count(letter) for block in said)
        assert text.count(letter) >= held
        if not any(isinstance(block, Table) for block in blocks):
            assert text.count(letter) == held
