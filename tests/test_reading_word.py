"""Word documents: text in order, structure, and what is set aside."""

from __future__ import annotations

import io

import docx
import pytest

from kcsp_nlp.reading import Limits
from kcsp_nlp.reading.word.extracting import extract
from word_making import (
    OPEN,
    cell,
    concrete,
    definition,
    document_parts,
    extracted,
    level,
    numbered,
    package,
    paragraph,
    row,
    run,
    style,
    table,
    text,
)

STYLE = '<w:pStyle w:val="{}"/>'
BOX = (
    '<w:r><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing><wps:txbx><w:txbxContent>'
    f"{paragraph('Boxed')}</w:txbxContent></wps:txbx></w:drawing></mc:Choice><mc:Fallback><w:pict>"
    f"<v:textbox><w:txbxContent>{paragraph('Boxed')}</w:txbxContent></v:textbox></w:pict>"
    "</mc:Fallback></mc:AlternateContent></w:r>"
)
FIELD = (
    '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>HYPERLINK "x"</w:instrText>'
    '</w:r>{}<w:r><w:fldChar w:fldCharType="separate"/></w:r>' + run("shown") + "{}"
)
FIELD_END = '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
TIGHT = '<w:spacing w:before="0" w:after="0"/>'
APART = '<w:spacing w:before="0" w:after="200"/>'


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        pytest.param(
            paragraph("One", APART) + paragraph("Two"), "One\n\nTwo", id="white space after"
        ),
        pytest.param(
            paragraph("One", TIGHT) + paragraph("Two"), "One\nTwo", id="lines right below others"
        ),
        pytest.param(
            paragraph("One", TIGHT) + paragraph() + paragraph("Two"),
            "One\n\nTwo",
            id="an empty paragraph parts",
        ),
        pytest.param(
            f"<w:sdt><w:sdtPr/><w:sdtContent>{paragraph('Held')}</w:sdtContent></w:sdt>",
            "Held",
            id="content control around paragraphs",
        ),
        pytest.param(
            paragraph(
                f"<w:hyperlink r:id='x'>{run('a link')}</w:hyperlink><w:smartTag>{run(' and')}"
                f"</w:smartTag><w:sdt><w:sdtContent>{run(' more')}</w:sdtContent></w:sdt>"
            ),
            "a link and more",
            id="links, smart tags and content controls inside",
        ),
        pytest.param(paragraph(run("Anchor") + BOX), "Anchor\n\nBoxed", id="a text box once"),
        pytest.param(
            paragraph(run("See ") + FIELD.format("", FIELD_END) + run(".")),
            "See shown.",
            id="a field's result, not its code",
        ),
        pytest.param(
            paragraph(FIELD.format(FIELD.format("", FIELD_END), FIELD_END)),
            "shown",
            id="a field inside the code of a field",
        ),
        pytest.param(
            paragraph('<w:r><w:fldChar w:fldCharType="begin"/></w:r>' + run("lost"))
            + paragraph("kept"),
            "kept",
            id="a field that never ends hides one paragraph at most",
        ),
        pytest.param(
            paragraph(
                "<w:r><w:t>Present:</w:t><w:tab/><w:t>Ann Rao</w:t><w:br/><w:t>Bo</w:t></w:r>"
            ),
            "Present:\tAnn Rao\nBo",
            id="tabs and line breaks",
        ),
        pytest.param(
            paragraph(
                "<w:r><w:t>co</w:t><w:noBreakHyphen/><w:t>opted mem</w:t><w:softHyphen/><w:t>ber"
                " so\u00adon</w:t></w:r>"
            ),
            "co-opted member soon",
            id="hyphens that do not break, and those that are not seen",
        ),
        pytest.param(
            paragraph('<w:r><w:sym w:font="Wingdings" w:char="F0FC"/></w:r>' + run(" here")),
            "✓ here",
            id="a tick of a font of symbols",
        ),
        pytest.param(
            paragraph(run("û", '<w:rFonts w:ascii="Wingdings"/>') + run(" not here")),
            "✗ not here",
            id="a letter that is a symbol by its font",
        ),
        pytest.param(
            paragraph('<w:r><w:sym w:font="Odd" w:char="zz"/></w:r>' + run("a")),
            "a",
            id="a symbol without a code",
        ),
        pytest.param(
            "<w:customXml>" + paragraph("In XML of its own") + "</w:customXml>",
            "In XML of its own",
            id="custom XML around paragraphs",
        ),
        pytest.param(
            paragraph(
                "<w:r><w:ruby><w:rt>"
                + run("gloss")
                + "</w:rt><w:rubyBase>"
                + run("base")
                + "</w:rubyBase></w:ruby></w:r>"
            ),
            "base",
            id="text under a gloss",
        ),
    ],
)
def test_text_stands_in_reading_order(body: str, expected: str) -> None:
    assert text(body) == expected


@pytest.mark.parametrize(
    ("styles", "body", "expected"),
    [
        pytest.param(
            style("Heading2", "heading 2"),
            paragraph("Budget", STYLE.format("Heading2")),
            "## Budget",
            id="a built-in style",
        ),
        pytest.param(
            style("X1", "Heading 1"),
            paragraph("Budget", STYLE.format("X1")),
            "# Budget",
            id="a built-in style by its name",
        ),
        pytest.param(
            style("Heading3", "heading 3") + style("Item", base="Heading3"),
            paragraph("Budget", STYLE.format("Item")),
            "### Budget",
            id="a style based on one",
        ),
        pytest.param(
            style("Item", properties='<w:outlineLvl w:val="1"/>'),
            paragraph("Budget", STYLE.format("Item")),
            "## Budget",
            id="an outline level of a style",
        ),
        pytest.param(
            "", paragraph("Budget", '<w:outlineLvl w:val="0"/>'), "# Budget", id="of a paragraph"
        ),
        pytest.param(
            style("Heading1", "heading 1"),
            paragraph("Budget", STYLE.format("Heading1") + '<w:outlineLvl w:val="9"/>'),
            "Budget",
            id="a heading that is none",
        ),
        pytest.param(
            style("Title"), paragraph("Minutes", STYLE.format("Title")), "# Minutes", id="a title"
        ),
        pytest.param(
            style("Heading1", "heading 1"),
            paragraph("The Chair said a word. " * 20, STYLE.format("Heading1")),
            "The Chair said a word. " * 19 + "The Chair said a word.",
            id="a whole paragraph in a heading's style is no heading",
        ),
        pytest.param(
            style("A", base="B") + style("B", base="A"),
            paragraph("Round", STYLE.format("A")),
            "Round",
            id="styles based on each other",
        ),
        pytest.param("", paragraph("All", look="<w:b/>"), "**All**", id="all bold"),
        pytest.param(
            "", paragraph("All", look='<w:b w:val="0"/>'), "All", id="bold that is switched off"
        ),
        pytest.param(
            style("Strong", look="<w:b/>"),
            paragraph("All", STYLE.format("Strong")),
            "**All**",
            id="bold by style",
        ),
        pytest.param(
            "", paragraph("Item", look='<w:u w:val="single"/>'), "**Item**", id="underlined"
        ),
        pytest.param(
            "",
            paragraph(run("Agreed: ", "<w:b/>") + run("to note it.")),
            "**Agreed:** to note it.",
            id="a bold beginning, its last space outside the mark",
        ),
        pytest.param(
            "", paragraph(run("one") + run(" ", "<w:b/>") + run("two")), "one two", id="bold space"
        ),
    ],
)
def test_structure_is_marked(styles: str, body: str, expected: str) -> None:
    assert text(body, styles=styles) == expected


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        pytest.param(
            table(row("Name", "Role"), row("Ann Rao", "Chair")),
            "| Name | Role |\n| Ann Rao | Chair |",
            id="rows and columns",
        ),
        pytest.param(
            table(
                row("a", "b", "c"), row(cell("wide", '<w:gridSpan w:val="2"/>'), "d"), row("e", "f")
            ),
            "| a | b | c |\n| wide |  | d |\n| e | f |  |",
            id="cells across columns, and a short row",
        ),
        pytest.param(
            table(
                row(cell("Board", '<w:vMerge w:val="restart"/>'), "Ann"),
                row(cell("<w:p/>", "<w:vMerge/>"), "Bo"),
            ),
            "| Board | Ann |\n|  | Bo |",
            id="a cell across rows stands in its first",
        ),
        pytest.param(
            table(
                row(cell("Title", '<w:gridSpan w:val="9"/>')),
                row("a", cell("b", '<w:gridSpan w:val="3"/>')),
            ),
            "| Title |  |\n| a | b |",
            id="columns of a grid that nothing stands in",
        ),
        pytest.param(
            table(row("a", cell(table(row("b", "c")) + "<w:p/>"))),
            "| a | b\tc |",
            id="a table in a cell",
        ),
        pytest.param(table(row("A box of text")), "A box of text", id="a box is no table"),
        pytest.param(table(row("<w:p/>", "<w:p/>")), "", id="an empty table says nothing"),
        pytest.param(
            table(row("gone", "too", properties="<w:del/>"), row("kept", "as well")),
            "| kept | as well |",
            id="a deleted row",
        ),
        pytest.param(
            table(row("a|b", "c")), "| a\\|b | c |", id="a bar in a cell is told from a column's"
        ),
        pytest.param(
            table(f"<w:sdt><w:sdtContent>{row('a', 'b')}</w:sdtContent></w:sdt>"),
            "| a | b |",
            id="rows in a content control",
        ),
    ],
)
def test_tables(body: str, expected: str) -> None:
    assert text(body + paragraph("End")).removesuffix("End").rstrip() == expected


@pytest.mark.parametrize(
    ("body", "expected", "aside"),
    [
        pytest.param(
            paragraph(run("Noted") + f"<w:ins>{run(' and agreed')}</w:ins>"),
            "Noted and agreed",
            [],
            id="an insertion is accepted",
        ),
        pytest.param(
            paragraph(
                run("Noted")
                + "<w:del><w:r><w:delText> not</w:delText></w:r><w:r><w:delText> agreed"
                "</w:delText></w:r></w:del>"
            ),
            "Noted",
            [("deletion", "not agreed")],
            id="a deletion is set aside in one piece",
        ),
        pytest.param(
            paragraph(f"<w:moveFrom>{run('Moved')}</w:moveFrom>")
            + paragraph("First")
            + paragraph(f"<w:moveTo>{run('Moved')}</w:moveTo>"),
            "First\nMoved",
            [],
            id="what was moved stands once",
        ),
        pytest.param(
            paragraph("One ", "<w:rPr><w:del/></w:rPr>") + paragraph("line"),
            "One line",
            [],
            id="a deleted end of a paragraph joins it to the next",
        ),
        pytest.param(
            paragraph("Last", "<w:rPr><w:del/></w:rPr>"),
            "Last",
            [],
            id="a deleted end of the last paragraph",
        ),
        pytest.param(
            paragraph(run("Seen ") + run("unseen", "<w:vanish/>")),
            "Seen",
            [("hidden", "unseen")],
            id="hidden text",
        ),
        pytest.param(
            paragraph("Seen")
            + "<w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent>"
            + paragraph("Click here to enter text.")
            + "</w:sdtContent></w:sdt>",
            "Seen",
            [("hidden", "Click here to enter text.")],
            id="a prompt nobody filled in",
        ),
        pytest.param(
            "<w:sdt><w:sdtPr><w:docPartObj><w:docPartGallery w:val='Table of Contents'/>"
            "</w:docPartObj></w:sdtPr><w:sdtContent>"
            + paragraph("1. Welcome\t2")
            + "</w:sdtContent></w:sdt>"
            + paragraph("Seen"),
            "Seen",
            [("navigation", "1. Welcome\t2")],
            id="a table of contents",
        ),
    ],
)
def test_revisions_are_accepted_and_hidden_text_is_set_aside(
    body: str, expected: str, aside: list[tuple[str, str]]
) -> None:
    read = extracted(body)
    assert read.text == f"{expected}\n"
    assert [(each.kind, each.text) for each in read.aside] == aside


def test_headers_footers_and_comments_are_set_aside_once() -> None:
    section = (
        '<w:sectPr><w:headerReference w:type="{}" r:id="{}"/>'
        '<w:footerReference w:type="default" r:id="footer1"/></w:sectPr>'
    )
    watermark = '<w:r><w:pict><v:shape><v:textpath string="DRAFT"/></v:shape></w:pict></w:r>'
    read = extracted(
        paragraph("First", section.format("first", "header1"))
        + paragraph("Second")
        + section.format("default", "header2"),
        header1=paragraph(run("Ash Council") + watermark),
        header2=paragraph("Ash Council"),
        footer1=paragraph(
            run("Page ") + "<w:fldSimple w:instr='PAGE'>" + run("2") + "</w:fldSimple>"
        ),
        comments=f'<w:comment w:id="0">{paragraph("Check this")}</w:comment>',
    )
    assert read.text == "First\nSecond\n"
    assert [(each.kind, each.text) for each in read.aside] == [
        ("watermark", "DRAFT"),
        ("header", "Ash Council"),
        ("page_number", "Page 2"),
        ("comment", "Check this"),
    ]


def test_notes_stand_behind_the_paragraph_that_refers_to_them() -> None:
    body = paragraph(
        run("Agreed") + '<w:r><w:footnoteReference w:id="2"/></w:r>' + run(".")
    ) + paragraph(run("Noted") + '<w:r><w:endnoteReference w:id="5"/></w:r>')
    line = '<w:footnote w:type="separator" w:id="-1"><w:p/></w:footnote>'
    read = text(
        body,
        footnotes=f'{line}<w:footnote w:id="2">{paragraph("By six to two.")}</w:footnote>',
        endnotes=f'<w:endnote w:id="5">{paragraph("In private.")}</w:endnote>',
    )
    assert read == "Agreed[1].\n\n[1] By six to two.\n\nNoted[i]\n\n[i] In private."


def test_pages_are_those_that_word_laid_out() -> None:
    turn = "<w:r><w:lastRenderedPageBreak/></w:r>"
    read = extracted(
        paragraph("One") + paragraph(run("Two ") + turn + run("three")) + paragraph(turn + run("4"))
    )
    assert read.text == "One\nTwo three\n4\n"
    assert [(page.number, page.start) for page in read.pages] == [(1, 0), (2, 8), (3, 14)]
    assert not read.warnings


def test_pages_that_only_the_author_set_are_told_with_a_warning() -> None:
    turn = '<w:r><w:br w:type="page"/></w:r>'
    read = extracted(
        paragraph("One")
        + paragraph(turn)
        + paragraph("Two")
        + paragraph("3", "<w:pageBreakBefore/>")
    )
    assert [page.number for page in read.pages] == [1, 2, 3]
    assert "page breaks" in read.warnings[0]


def test_a_file_without_page_breaks_has_no_pages() -> None:
    read = extracted(paragraph("One"))
    assert read.pages == ()
    assert read.warnings == ()


def test_a_document_of_another_format_inside_is_warned_of() -> None:
    assert "another format" in extracted(paragraph("One") + '<w:altChunk r:id="x"/>').warnings[0]


def test_numbers_in_a_column_of_their_own_stand_before_the_titles() -> None:
    lists = definition(0, level(0, "decimal", "%1.")) + concrete(1, 0)
    rows = [
        row(numbered("", 1), paragraph(title, look="<w:b/>") + paragraph("Said.") * 3, "KN")
        for title in ("Welcome", "Minutes")
    ]
    head = row("No", "Item", "Action")
    assert text(table(head, *rows), numbering=lists).startswith(
        "| No | Item | Action |\n\n**1. Welcome**\n\nSaid."
    )
    assert "Action: KN\n\n**2. Minutes**" in text(table(head, *rows), numbering=lists)


def test_strict_documents_read_as_all_others() -> None:
    body = paragraph("Budget", '<w:outlineLvl w:val="0"/>') + paragraph("Noted.")
    parts = document_parts(body, footnotes="")
    spaces = {
        f"{OPEN}wordprocessingml/2006/main": "http://purl.oclc.org/ooxml/wordprocessingml/main",
        f"{OPEN}officeDocument/2006": "http://purl.oclc.org/ooxml/officeDocument",
    }
    for name, part in parts.items():
        held = str(part)
        for open_, strict in spaces.items():
            held = held.replace(open_, strict)
        parts[name] = held
    assert extract(package(parts), "", Limits())[0].text == "# Budget\n\nNoted.\n"


def test_what_python_docx_makes_is_read() -> None:
    made = docx.Document()
    made.add_heading("Minutes", 0)
    made.add_heading("1. Apologies", 1)
    made.add_paragraph("Cllr Ash sent apologies.")
    made.add_paragraph("To write to the county", style="List Number")
    made.add_paragraph("To ask again", style="List Number")
    made.add_paragraph("A point", style="List Bullet")
    stream = io.BytesIO()
    made.save(stream)
    read = extract(stream.getvalue(), "", Limits())[0]
    assert read.text == (
        "# Minutes\n\n# 1. Apologies\n\nCllr Ash sent apologies.\n\n"
        "1. To write to the county\n2. To ask again\n• A point\n"
    )
