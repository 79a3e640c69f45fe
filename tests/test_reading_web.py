"""Pages of the web: white space, lists, tables, bold text, encodings."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kcsp_nlp.errors import ReadingError
from kcsp_nlp.reading.blocks import Table
from kcsp_nlp.reading.document import Extracted
from kcsp_nlp.reading.limits import Limits
from kcsp_nlp.reading.web.extracting import extract
from kcsp_nlp.reading.web.flow import flow
from kcsp_nlp.reading.web.styles import Sheet
from kcsp_nlp.reading.web.tree import grow, weigh

PROSE = "The Clerk reported that the hedge had been cut back and that the invoice was in order. "


def read(page: str | bytes) -> Extracted:
    data = page if isinstance(page, bytes) else page.encode()
    (extracted,) = extract(data, "may.html", Limits())
    return extracted


def asides(page: str) -> list[tuple[str, str]]:
    return [(aside.kind, aside.text) for aside in read(page).aside]


@pytest.mark.parametrize(
    ("body", "text"),
    [
        pytest.param("<p>It was <b>RE</b>SOLVED</p>", "It was RESOLVED", id="bold within a word"),
        pytest.param("<p>the <i>Clerk</i> <b>wrote</b></p>", "the Clerk **wrote**", id="one space"),
        pytest.param("<p>a <b> b</b> </p>", "a **b**", id="spaces on both sides of a tag are one"),
        pytest.param("<p>\n  one\n\ttwo  </p>", "one two", id="line ends of the source are spaces"),
        pytest.param("<p>one<p>two", "one\n\ntwo", id="ends of paragraphs are implied"),
        pytest.param("one<div>two</div>three", "one\ntwo\nthree", id="blocks without space"),
        pytest.param("<div class=a>one</div>two", "one\n\ntwo", id="a class may give space"),
        pytest.param(
            "<p class=MsoNormal>one</p><p class=MsoNormal>two</p>", "one\ntwo", id="Word's lines"
        ),
        pytest.param(
            "<style>p.MsoNormal{margin:0cm;margin-bottom:8.0pt}</style>"
            "<p class=MsoNormal>one</p><p class=MsoNormal>two</p>",
            "one\n\ntwo",
            id="Word's paragraphs",
        ),
        pytest.param('<p style="margin:0">one<p style="margin:0">two', "one\ntwo", id="no margin"),
        pytest.param("<p>one<br>two</p>", "one\ntwo", id="a line end"),
        pytest.param("<p>one<br><br/>two</p>", "one\n\ntwo", id="two line ends are a paragraph's"),
        pytest.param("<p>one<br>&nbsp;<br>two</p>", "one\n\ntwo", id="an empty line between"),
        pytest.param("<p>one</p><p>&nbsp;</p><p>two</p>", "one\n\ntwo", id="empty paragraph"),
        pytest.param("<p>&pound;5 &amp; &#163;6 &#x2013;</p>", "£5 & £6 –", id="entities"),
        pytest.param(
            "<p>AT&T &pound5 &bogus; &#0;</p>", "AT&T £5 &bogus; \ufffd", id="broken ones"
        ),
        pytest.param("<p>20&nbsp;May</p>", "20 May", id="a no-break space is a space"),
        pytest.param(
            "<p>Chair:<br>&nbsp;&nbsp;&nbsp;&nbsp;A Ash</p>", "Chair:\n    A Ash", id="indented"
        ),
        pytest.param("<p>res&shy;olved a\u200bb\ufeff</p>", "resolved ab", id="nothing wide"),
        pytest.param("<p>1<sup>st</sup> May, CO<sub>2</sub></p>", "1st May, CO2", id="raised"),
        pytest.param("<p>a <ins>new </ins>rule</p>", "a new rule", id="insertions hold"),
        pytest.param("<p>said <q>no</q></p>", "said “no”", id="quotes that a browser adds"),
        pytest.param('<p>a<img alt="Crest">b</p>', "ab", id="images say nothing"),
        pytest.param("<p>co<wbr>operate</p>", "cooperate", id="where a word may break"),
        pytest.param("<p>a<!-- b -->c</p>", "ac", id="comments are nothing"),
        pytest.param("<p>a<script>b</script><style>c</style></p>", "a", id="programs are nothing"),
        pytest.param("<p>a</p><template>b</template>", "a", id="templates are nothing"),
        pytest.param("<p>a</p><noscript>b</noscript>", "a", id="what stands for programs"),
        pytest.param("<pre>a   b\n  c</pre>", "a   b\n  c", id="preformatted"),
        pytest.param("<pre>a\r\n\r\nb</pre>", "a\n\nb", id="a blank line in preformatted text"),
        pytest.param('<p style="white-space: pre-wrap">a\nb</p>', "a\nb", id="kept by its style"),
        pytest.param('<span style="display:block">a</span>b', "a\nb", id="block by its style"),
        pytest.param("<h2>4.&nbsp;&nbsp;<br>Roads</h2>", "## 4. Roads", id="headings are a line"),
        pytest.param('<div role="heading" aria-level="3">a</div>', "### a", id="heading by role"),
        pytest.param("<h3>" + "word " * 80 + "</h3>", "word " * 79 + "word", id="long heading"),
        pytest.param("<p><b>4. Roads</b></p>", "**4. Roads**", id="bold paragraph"),
        pytest.param("<p>4. <strong>Roads</strong></p>", "**4. Roads**", id="but for its number"),
        pytest.param("<p><b>Roads </b>were</p>", "**Roads** were", id="bold in part"),
        pytest.param("<p><b>12/4 ROADS</b> Noted.</p>", "**12/4 ROADS** Noted.", id="bold opening"),
        pytest.param("<p><b>Present:</b> A Ash</p>", "**Present:** A Ash", id="bold label"),
        pytest.param("<b>4. Roads</b><br>Noted.", "**4. Roads**\nNoted.", id="bold line"),
        pytest.param('<b style="font-weight:normal"><p>a</p></b>', "a", id="bold that is not"),
        pytest.param('<p style="font-weight:700">a</p>', "**a**", id="bold by its style"),
        pytest.param(
            "<style>@media print{.a{font-weight:700}}.c1{font-weight:700}</style>"
            '<p class="c1">a</p><p class="a">b</p>',
            "**a**\n\nb",
            id="bold by a style sheet",
        ),
        pytest.param("<dl><dt>Chair<dd>A Ash<dd>B Oak</dl>", "Chair\nA Ash\nB Oak", id="terms"),
        pytest.param("a<hr>b", "a\n\nb", id="a rule ends text"),
        pytest.param("<p>a\0b</p>", "ab", id="NUL characters"),
    ],
)
def test_text_is_what_a_browser_shows(body: str, text: str) -> None:
    assert read(f"<html><body>{body}").text == text + "\n"


@pytest.mark.parametrize(
    ("body", "lines"),
    [
        pytest.param("<ol><li>a<li>b</ol>", ["1. a", "2. b"], id="figures"),
        pytest.param("<ul><li>a<li>b</ul>", ["• a", "• b"], id="bullets"),
        pytest.param('<ol start="7"><li>a<li>b</ol>', ["7. a", "8. b"], id="start"),
        pytest.param('<ol start="x"><li>a</ol>', ["1. a"], id="no number to start from"),
        pytest.param('<ol><li value="4">a<li>b</ol>', ["4. a", "5. b"], id="value"),
        pytest.param("<ol reversed><li>a<li>b</ol>", ["2. a", "1. b"], id="reversed"),
        pytest.param('<ol type="a"><li>a</ol>', ["a. a"], id="letters"),
        pytest.param('<ol type="A" start="28"><li>a</ol>', ["AB. a"], id="behind Z"),
        pytest.param('<ol type="i" start="4"><li>a</ol>', ["iv. a"], id="Roman figures"),
        pytest.param('<ol type="I" start="1999"><li>a</ol>', ["MCMXCIX. a"], id="long Roman"),
        pytest.param('<ol type="I" start="4000"><li>a</ol>', ["4000. a"], id="beyond Roman"),
        pytest.param('<ol type="a" start="0"><li>a</ol>', ["0. a"], id="no letter for 0"),
        pytest.param(
            '<ol style="list-style-type: upper-roman"><li>a</ol>', ["I. a"], id="by its style"
        ),
        pytest.param(
            '<ol style="list-style: decimal-leading-zero"><li>a</ol>', ["01. a"], id="with zero"
        ),
        pytest.param('<ul style="list-style:none"><li>a<li>b</ul>', ["a", "b"], id="no marker"),
        pytest.param(
            "<ol><li>a<ol type=a><li>b</ol><li>c</ol>", ["1. a", "  a. b", "2. c"], id="nested"
        ),
        pytest.param("<ol><li><p>a</p><p>b</p></ol>", ["1. a", "", "b"], id="two paragraphs"),
        pytest.param("<ol><li><b>a</b></ol>", ["1. **a**"], id="bold item"),
        pytest.param("<ol><li><h3>a</h3></ol>", ["### 1. a"], id="a heading keeps its number"),
        pytest.param("<ul><li><h3>a</h3></ul>", ["### a"], id="but no bullet"),
        pytest.param("<ol><li></li><li>b</ol>", ["2. b"], id="an empty item counts"),
        pytest.param("<li>a", ["• a"], id="an item without a list"),
        pytest.param(
            "<style>.lst-kix_a-0>li:before{content:'' }"
            '.lst-kix_a-0>li:before{content:"" counter(lst-ctn-kix_a-0,decimal) ". "}'
            '.lst-kix_a-1>li:before{content:"" counter(lst-ctn-kix_a-0,decimal) "." '
            'counter(lst-ctn-kix_a-1,decimal) " "}'
            '.lst-kix_b-0>li:before{content:"\\0025cf  "}</style>'
            '<ol class="lst-kix_a-0" start="3"><li>a</ol><ol class="lst-kix_a-1"><li>b</ol>'
            '<ul class="lst-kix_b-0"><li>c</ul>',
            ["3. a", "  3.1 b", "• c"],
            id="as Google Docs writes them",
        ),
        pytest.param(
            "<p class=MsoListParagraph style='text-indent:-18.0pt;mso-list:l0 level2 lfo1'>"
            "<![if !supportLists]><span style='mso-list:Ignore'>(a)<span "
            "style='font:7.0pt \"Times New Roman\"'>&nbsp;&nbsp; </span></span><![endif]>pay</p>",
            ["  (a) pay"],
            id="as Word writes them",
        ),
        pytest.param(
            "<p class=MsoListParagraph style='mso-list:l1 level1 lfo2'><span "
            "style='font-family:Symbol'>·<span>&nbsp;&nbsp;</span></span>pay</p>",
            ["• pay"],
            id="Word's bullet",
        ),
        pytest.param("<p class=MsoListParagraph>pay 1. May</p>", ["pay 1. May"], id="no marker"),
    ],
)
def test_lists_have_the_markers_that_a_browser_shows(body: str, lines: list[str]) -> None:
    assert read(f"<body>{body}").text == "\n".join(lines) + "\n"


def laid_out(page: str) -> list[str]:
    """Return what a page is laid out to: cells divided by "|", blocks within them by "/"."""
    body = grow(page).body
    weigh(body)
    lines = []
    for block in flow(body, Sheet()):
        if not isinstance(block, Table):
            lines.append(block.text)
            continue
        for row in block.rows:
            cells = [
                "/".join(each.text for each in cell if not isinstance(each, Table))
                for cell in row.cells
            ]
            lines.append("|".join(cells))
    return lines


@pytest.mark.parametrize(
    ("table", "lines"),
    [
        pytest.param(
            "<table border=1><tr><td>a<td>b<tr><td>c<td>d</table>",
            ["a|b", "c|d"],
            id="cells are not one word",
        ),
        pytest.param(
            "<table><tr><th>No<th>Item<tr><td rowspan=2>1<td>a<tr><td>b</table>",
            ["No|Item", "1|a", "|b"],
            id="a cell over two rows",
        ),
        pytest.param(
            "<table><tr><th colspan=2>All<th>c<tr><td>1<td>2<td>3</table>",
            ["All||c", "1|2|3"],
            id="a cell over two columns",
        ),
        pytest.param(
            "<table><tr><th colspan=100000>All<th>c<tr><td>1<td>2</table>",
            ["All||c", "1|2|"],
            id="columns that nothing begins in are none",
        ),
        pytest.param(
            "<table><tr><td rowspan=0>a<td>b<tr><td>c<tr><td>d</table>",
            ["a|b", "|c", "|d"],
            id="a cell to the end of the table",
        ),
        pytest.param(
            "<table><tfoot><tr><td>x<td>y</tfoot><tr><td>a<td>b</table>",
            ["a|b", "x|y"],
            id="its foot is last",
        ),
        pytest.param(
            "<table><caption>Votes</caption><tr><td>a<td>b</table>",
            ["Votes", "a|b"],
            id="its caption is first",
        ),
        pytest.param(
            "<table border=1><tr><td>1<td>a<br>b<td>A Ash<tr><td>2<td><p>c<p>d<td></table>",
            ["1|a\nb|A Ash", "2|c/d|"],
            id="lines and paragraphs of a cell",
        ),
        pytest.param("<table><tr><td>a<tr><td>b</table>", ["a", "b"], id="one column"),
        pytest.param("<table role=none><tr><td>a<td>b</table>", ["a", "b"], id="says it is none"),
        pytest.param(
            "<table><tr><td>Present:<br>A Ash<br>B Oak<td>Apologies:<br>C Elm<br>D Fir</table>",
            ["Present:\nA Ash\nB Oak", "Apologies:\nC Elm\nD Fir"],
            id="columns of a page",
        ),
        pytest.param(
            "<table><tr><td><table border=1><tr><td>a<td>b<tr><td>c<td>d</table></table>",
            ["a|b", "c|d"],
            id="a table around a table",
        ),
        pytest.param(
            "<table><tr><th>No<th>Item<tr><td>1<td><table><tr><td>a<td>b</table></table>",
            ["No|Item", "1|a/b"],
            id="a table within a table of data",
        ),
        pytest.param(
            "<table border=1><tr><td>a<td>b<tr><td>&nbsp;<td></table>", ["a|b"], id="no text"
        ),
        pytest.param(
            "<table><tr><th>a<th>b<tr><td><ol><li>x</ol><td>y</table>",
            ["a|b", "x|y"],
            id="a list in a cell",
        ),
        pytest.param(
            "<table><tr><td colspan=x rowspan=-1>a<td colspan=0>b<tr><td>c<td>d</table>",
            ["a|b", "c|d"],
            id="spans that are no numbers",
        ),
        pytest.param(
            f"<table><tr><td colspan=2>Anytown<tr><td>Menu<td><p>{PROSE * 8}<p>Noted.</table>",
            ["Anytown", "Menu", (PROSE * 8).strip(), "Noted."],
            id="a table that holds the page",
        ),
        pytest.param(
            "<table><tr><td>a<td>b" + "<tr><td rowspan=9 colspan=600>c" * 3 + "</table>",
            ["a", "b", "c", "c", "c"],
            id="nonsense dissolves",
        ),
    ],
)
def test_tables(table: str, lines: list[str]) -> None:
    assert laid_out(f"<body>{table}") == lines


@pytest.mark.parametrize(
    ("data", "text", "encoding"),
    [
        pytest.param("<p>£5".encode(), "£5", "utf-8", id="UTF-8 without saying so"),
        pytest.param(b"\xef\xbb\xbf<p>\xc2\xa35", "£5", "utf-8-sig", id="mark of UTF-8"),
        pytest.param("<p>£5".encode("utf-16"), "£5", "utf-16", id="mark of UTF-16"),
        pytest.param("<p>£5".encode("utf-16-le"), "£5", "utf-16-le", id="UTF-16 without mark"),
        pytest.param(b"<meta charset=iso-8859-1><p>\x93\xa35\x94", "“£5”", "cp1252", id="Latin 1"),
        pytest.param(
            b"<meta http-equiv=Content-Type content='text/html; charset=macintosh'><p>\xa35",
            "£5",
            "mac-roman",
            id="as Word declares it",
        ),
        pytest.param(
            b'<?xml version="1.0" encoding="ISO-8859-15"?><p>\xa45', "€5", "iso8859-15", id="XML"
        ),
        pytest.param(b"<meta charset=windows-1252><p>\xc2\xa35", "£5", "utf-8", id="says wrongly"),
        pytest.param(b"<meta charset=utf-8><p>\xa35", "£5", "cp1252", id="says UTF-8, is not"),
        pytest.param(b"<meta charset=utf-7><p>+AGE- a", "+AGE- a", "utf-8", id="UTF-7 is not read"),
        pytest.param(b"<meta charset=rot13><p>\xa35", "£5", "cp1252", id="no encoding of pages"),
    ],
)
def test_encodings(data: bytes, text: str, encoding: str) -> None:
    extracted = read(data)
    assert (extracted.text, extracted.encoding) == (text + "\n", encoding)


def test_an_encoding_that_is_not_as_declared_is_said() -> None:
    assert "in UTF-8 and was read so" in read(b"<meta charset=cp1252><p>\xc2\xa35").warnings[0]
    assert "replaced" in read(b"<meta charset=ascii><p>\x81 \xa35").warnings[0]


@pytest.mark.parametrize(
    ("data", "says"),
    [
        pytest.param(b"", "an empty file", id="empty"),
        pytest.param(b" \n", "only white space", id="white space"),
        pytest.param(b"<html><body></body></html>", "without text", id="no text"),
        pytest.param(b"<p>***</p>", "without text", id="no words"),
        pytest.param(b"<html>" + bytes(range(1, 9)) * 90, "binary", id="binary"),
        pytest.param(b"<frameset><frame src=a><frame src=b></frameset>", "2 frame", id="frames"),
        pytest.param(b"<body><iframe src=a></iframe>", "1 frame", id="a frame"),
        pytest.param(
            b"<body><div id=root></div><script src=a></script>", "filled by a program", id="shell"
        ),
        pytest.param(
            b"<body><p>Loading\xe2\x80\xa6</p><script src=a></script>", "program", id="waiting"
        ),
        pytest.param(
            b"<body><p>Please enable JavaScript to run this app.</p>", "program", id="asks for one"
        ),
    ],
)
def test_what_holds_no_minutes_is_refused_with_a_way_out(data: bytes, says: str) -> None:
    with pytest.raises(ReadingError, match=r"^may\.html: found .*, expected .*; ") as refused:
        extract(data, "may.html", Limits())
    assert says in str(refused.value)


WORDS = st.text(alphabet="abc £’", max_size=8)


@given(st.lists(st.tuples(st.sampled_from(["p", "div", "b", "td", "li", "h2", "q"]), WORDS)))
def test_no_word_is_lost_or_made(parts: list[tuple[str, str]]) -> None:
    page = "<p>start</p>" + "".join(f"<{tag}> {text} </{tag}>" for tag, text in parts)
    found = read(page).text.translate(str.maketrans("", "", "*#•|“”"))
    assert found.split() == ["start", *" ".join(text for _, text in parts).split()]


@given(st.text(max_size=200))
def test_any_text_is_read_or_refused(text: str) -> None:
    try:
        extracted = read("<p>" + text.encode("utf-8", "replace").decode())
    except ReadingError:
        return
    assert extracted.text.endswith("\n")
    assert read("<p>" + text.encode("utf-8", "replace").decode()) == extracted
