"""The text of minutes as HTML: nothing lost, every place exact, nothing of it is markup of ours."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markupsafe import Markup
from selectolax.lexbor import LexborHTMLParser

from kcsp_nlp.dashboard.text.inline import seen
from kcsp_nlp.dashboard.text.marks import Mark
from kcsp_nlp.dashboard.text.rendering import Rendered, render

# What minutes and files converted to text are made of, each of them more than likely.
PIECES = (
    *("#", "##### ", "**", "*", "***", "| ", " | ", "|", "| --- | --- |\n", "- ", "• ", "1. "),
    *("(a) ", "\\", "\\.", "\\|", "<br>", "<b>", "</p>", "<script>", "&amp;", "&", '"', "'", "<"),
    *("\n", "\n\n", "\n", " ", "   ", "\t", "____", "---\n", "\u202e", "\u200f", "é", "😀", "\r"),
    *("Ann", "Lee", "£40", "RESOLVED", "word", "7.1 ", "a", "B", "12", "\x00", "\u2028", "]]>"),
)
TEXTS = st.lists(st.sampled_from(PIECES), max_size=60).map("".join)
MARKUP = re.compile(r"<br ?/?>|[\s#*|\\:•▪◦·_-]")
VOID = {"br", "hr"}
ELEMENTS = {
    *("h4", "p", "ul", "li", "div", "table", "thead", "tbody", "tr", "th", "td"),
    *("strong", "em", "span", "a", "br", "hr"),
}


class Parsed(HTMLParser):
    """HTML as a strict reader sees it: what is in which element, and which anchors there are."""

    def __init__(self, rendered: Rendered) -> None:
        super().__init__()
        self.said = ""
        self.within: dict[str, str] = defaultdict(str)
        self.anchors: list[str] = []
        self._open: list[tuple[str, str | None]] = []
        for part in (rendered.title, rendered.body):
            self.feed(str(part or ""))
            self.close()
            assert not self._open

    def handle_starttag(self, tag: str, attrs: Sequence[tuple[str, str | None]]) -> None:
        assert tag in ELEMENTS
        known = dict(attrs)
        assert set(known) <= {"id", "class", "role", "aria-label", "tabindex", "scope", "data-n"}
        if known.get("id"):
            self.anchors.append(str(known["id"]))
        if tag not in VOID:
            self._open.append((tag, known.get("data-n")))

    def handle_endtag(self, tag: str) -> None:
        assert self._open.pop()[0] == tag

    def handle_data(self, data: str) -> None:
        self.said += data
        for _, name in self._open:
            if name is not None:
                self.within[name] += data

    def handle_comment(self, data: str) -> None:
        raise AssertionError("a comment")

    def handle_decl(self, decl: str) -> None:
        raise AssertionError("a declaration")

    def handle_pi(self, data: str) -> None:
        raise AssertionError("a processing instruction")


def mark(start: int, end: int, name: str) -> Mark:
    return Mark(start, end, "span", Markup(' data-n="{}"').format(name), name)


def bare(text: str) -> str:
    """Return the characters of a text that are no markup, whatever stands around them."""
    return MARKUP.sub("", text)


def html(text: str, title: str | None = None) -> str:
    return str(render(text, (), title=title).body).replace("\n", "")


@st.composite
def marked(draw: st.DrawFn) -> tuple[str, list[list[Mark]]]:
    """A text with three layers of marks, which overlap each other and themselves."""
    text = draw(TEXTS.filter(bool))
    layers = []
    for layer in range(3):
        starts = draw(st.lists(st.integers(0, len(text) - 1), max_size=6, unique=True))
        layers.append(
            [
                mark(start, min(len(text), start + draw(st.integers(1, 25))), f"m-{layer}-{start}")
                for start in starts
            ]
        )
    return text, layers


@given(TEXTS)
def test_the_same_characters_are_read_but_for_markup(text: str) -> None:
    assert bare(Parsed(render(text, ())).said) == bare(text)


@given(st.text(st.characters(exclude_characters="#*|\\:•▪◦·_-<\r"), max_size=300))
def test_a_text_without_markup_is_read_word_for_word(text: str) -> None:
    parsed = Parsed(render(text, ()))
    # Blocks end where lines did: only white space may differ.
    assert parsed.said.split() == text.split()


@given(marked())
def test_every_anchor_is_there_once(case: tuple[str, list[list[Mark]]]) -> None:
    text, layers = case
    parsed = Parsed(render(text, layers))
    assert sorted(parsed.anchors) == sorted(each.anchor for layer in layers for each in layer)


@given(marked(), st.booleans())
def test_every_mark_is_around_its_words(case: tuple[str, list[list[Mark]]], titled: bool) -> None:
    text, layers = case
    first = next((line for line in text.split("\n") if line.strip()), None)
    parsed = Parsed(render(text, layers, title=first if titled else None))
    assert bare(parsed.said) == bare(text)
    for layer in layers:
        covered = 0
        for each in sorted(layer):
            # Marks of one kind do not overlap in records; where they do, the first has the words.
            words = text[max(each.start, covered) : each.end]
            covered = max(covered, each.end)
            assert bare(parsed.within[each.anchor]) in {bare(words), _cut(text, each, words)}


def _cut(text: str, each: Mark, words: str) -> str:
    """Return what is left of words whose edge cuts through a `<br>`, which is markup as a whole."""
    start = each.end - len(words)
    hidden = [m.span() for m in re.finditer("<br ?/?>", text)]
    kept = (
        text[at]
        for at in range(start, each.end)
        if not any(left <= at < right for left, right in hidden)
    )
    return bare("".join(kept))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("One.\n\nTwo.", "<p>One.</p><p>Two.</p>", id="paragraphs"),
        pytest.param("## Notes ##\nSaid.", "<h4>Notes</h4><p>Said.</p>", id="a heading"),
        pytest.param("#5 bus", "<p>#5 bus</p>", id="no heading: no space behind the mark"),
        pytest.param("##", "<p>##</p>", id="no heading without words: screen readers stop there"),
        pytest.param(
            "**RESOLVED:** *nem con*",
            "<p><strong>RESOLVED:</strong> <em>nem con</em></p>",
            id="bold and italic",
        ),
        pytest.param("2 * 3 * 4", "<p>2 * 3 * 4</p>", id="asterisks that multiply"),
        pytest.param("a*b*c", "<p>a*b*c</p>", id="asterisks inside a word"),
        pytest.param("**never closed", "<p>**never closed</p>", id="asterisks that open nothing"),
        pytest.param(
            "at 7\\.15 Mr O\\*Hara",
            "<p>at 7.15 Mr O*Hara</p>",
            id="a backslash takes a mark's meaning",
        ),
        pytest.param("C:\\path", "<p>C:\\path</p>", id="a backslash that is one"),
        pytest.param(
            "- one\n- two\n\n- three",
            "<ul><li>one</li><li>two</li><li>three</li></ul>",
            id="a list with space between",
        ),
        pytest.param(
            "(a) one\n(b) two",
            '<ul class="numbered" role="list"><li>(a) one</li><li>(b) two</li></ul>',
            id="numbers stay as they are typed",
        ),
        pytest.param("one\ntwo", "<p>one<br>two</p>", id="short lines are broken on purpose"),
        pytest.param(
            f"{'word ' * 15}tail\nmore of it",
            f"<p>{'word ' * 15}tailmore of it</p>",
            id="a full line goes on in the next one",
        ),
        pytest.param(
            "Present:     Ann\n             Lee",
            '<p class="typed">Present:     Ann             Lee</p>',
            id="columns made with spaces",
        ),
        pytest.param("a\n\n---\n\nb", "<p>a</p><hr><p>b</p>", id="a rule"),
        pytest.param(
            "A & B <i>x</i>", "<p>A &amp; B &lt;i&gt;x&lt;/i&gt;</p>", id="escaped as it stands"
        ),
    ],
)
def test_shapes(text: str, expected: str) -> None:
    assert html(text) == expected


@pytest.mark.parametrize(
    ("text", "heads", "rows"),
    [
        pytest.param(
            "| Who | What |\n| --- | :-: |\n| Ann | Lamps |",
            ["Who", "What"],
            [["Ann", "Lamps"]],
            id="a first row over a rule names the columns",
        ),
        pytest.param(
            "| 1 | Lamps |\n| 2 | Oil |",
            [],
            [["1", "Lamps"], ["2", "Oil"]],
            id="without a rule nothing is a heading",
        ),
        pytest.param(
            "| a | b | c |\n|---|---|---|\n| 1 |",
            ["a", "b", "c"],
            [["1", "", ""]],
            id="a short row is filled",
        ),
        pytest.param(
            "| | Now |\n| - | - |\n| Lamps | 2 |",
            ["Now"],
            [["Lamps", "2"]],
            id="a column without a name has no heading",
        ),
        pytest.param(
            "| a \\| b | c |\n| **d**<br>e | f |",
            [],
            [["a | b", "c"], ["d\ne", "f"]],
            id="an escaped bar, and lines within a cell",
        ),
        pytest.param(
            "Fund\tSum\nLamps\t£40", [], [["Fund", "Sum"], ["Lamps", "£40"]], id="set with tabs"
        ),
    ],
)
def test_tables(text: str, heads: list[str], rows: list[list[str]]) -> None:
    tree = LexborHTMLParser(str(render(text, ()).body))
    assert [node.text() for node in tree.css("th[scope=col]")] == heads
    assert [[cell.text() for cell in row.css("td")] for row in tree.css("tbody tr")] == rows
    region = tree.css_first("div.table[role=region][tabindex='0']")
    assert region is not None
    assert region.attributes["aria-label"] == "Table 1 of the minutes"


@pytest.mark.parametrize(
    ("text", "title", "heading"),
    [
        pytest.param("## 4. Lamps\n\nText", "Lamps", "4. Lamps", id="with its number"),
        pytest.param("**12/4**\n**LAMPS**\nText", "Lamps", "12/4\nLAMPS", id="over two lines"),
        pytest.param("4. Lamps. Mrs Wick asked for oil.", "Lamps", None, id="prose on its line"),
        pytest.param("| 4. Lamps | Text |", "Lamps", None, id="a cell is no heading"),
        pytest.param("Text", "Lamps", None, id="another title"),
        pytest.param("Text", None, None, id="no title"),
    ],
)
def test_the_heading_of_an_item_is_found_in_its_text(
    text: str, title: str | None, heading: str | None
) -> None:
    found = render(text, (), title=title).title
    said = None if found is None else re.sub("<[^>]+>", "", str(found))
    assert said == heading


def test_marks_lie_in_each_other_and_over_lines() -> None:
    text = "Said **Ann\nLee** did."
    decision, person = mark(5, 16, "d"), mark(7, 14, "p")
    assert str(render(text, ((decision,), (person,))).body) == (
        '<p>Said <span data-n="d" id="d"><span data-n="p" id="p"><strong>Ann<br>\nLee</strong>'
        "</span></span> did.</p>\n"
    )


def test_a_mark_where_nothing_is_seen_has_its_anchor() -> None:
    text = "| a | b |\n| --- | --- |\n| c | d |"
    parsed = Parsed(render(text, ([mark(12, 15, "rule"), mark(len(text) - 1, len(text), "bar")],)))
    assert parsed.anchors == ["rule", "bar"]


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("a" * 1_000_000, id="a line of a million characters"),
        pytest.param("<" * 50_000 + "*" * 50_000 + "\\" * 50_000, id="nothing but marks"),
        pytest.param("**a " * 20_000, id="twenty thousand openings"),
        pytest.param("*a* " * 10_000, id="ten thousand italic words"),
        pytest.param("|" + " x |" * 10_000, id="ten thousand cells in a row"),
        pytest.param("| x | y |\n" * 5_000, id="ten thousand cells in rows"),
        pytest.param("|" + " x |" * 10_000 + "\n| y |" * 500, id="no square of a long row"),
        pytest.param("- - - - " * 10_000 + "x", id="all but a rule"),
        pytest.param("#" * 100_000, id="all but a heading"),
        pytest.param("- a\n\n" * 10_000, id="a long list"),
        pytest.param(" " * 100_000 + "x" + "\n" * 50_000, id="white space"),
    ],
)
def test_size_is_no_weapon(text: str) -> None:
    marks = [mark(start, start + 1, f"m-{start}") for start in range(0, len(text), 997)]
    rendered = render(text, (marks,), title="Lamps")
    assert len(rendered.body) < 40 * len(text) + 1000
    assert len(Parsed(rendered).anchors) == len(marks)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("**RESOLVED:**\n to  note", "RESOLVED: to note", id="on one line"),
        pytest.param("7\\.1 Lamps<br>Oil", "7.1 Lamps Oil", id="without marks"),
        pytest.param("", "", id="nothing"),
    ],
)
def test_short_texts_in_lists(text: str, expected: str) -> None:
    assert seen(text) == expected
