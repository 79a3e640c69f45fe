"""Pages of the web that are broken or hostile: read or refused, never a crash or a standstill."""

from __future__ import annotations

import pytest

from kcsp_nlp.errors import ReadingError
from kcsp_nlp.reading.document import Extracted
from kcsp_nlp.reading.limits import Limits
from kcsp_nlp.reading.web.extracting import extract

END = "<p>The Committee RESOLVED to note the report.</p>"


def read(page: str) -> Extracted:
    (extracted,) = extract(page.encode(), "may.html", Limits())
    return extracted


@pytest.mark.parametrize(
    "page",
    [
        pytest.param("<div>" * 10_000 + END, id="10,000 divisions in each other"),
        pytest.param("<span>" * 10_000 + END, id="10,000 spans in each other"),
        pytest.param("<table><tr><td>" * 3_000 + END, id="3,000 tables in each other"),
        pytest.param("<ul><li>" * 2_000 + END, id="2,000 lists in each other"),
        pytest.param("<article>" * 5_000 + END, id="5,000 articles in each other"),
        pytest.param("<div class=menu>" * 5_000 + END * 15, id="5,000 menus in each other"),
        pytest.param("<div hidden>" * 5_000 + END * 15, id="5,000 hidden in each other"),
        pytest.param("<div><a href=x>y</a>" * 3_000 + END, id="3,000 with a link beside each"),
        pytest.param("<div id=modgov>" + "<table class=mgItemTable><tr><td>1.<td>" * 3_000 + END,
            id="3,000 tables of items in each other"),
        pytest.param("</p></div></table>" * 5_000 + END, id="ends without beginnings"),
        pytest.param("<b><p>" * 300 + "x" + "</b>" * 300 + END, id="ends that cross"),
        pytest.param("<p>a\0b</p>" * 5_000 + END, id="NUL characters"),
        pytest.param("<style>" + "a{" * 50_000 + "</style>" + END, id="a style without end"),
        pytest.param("<p " + "a=1 " * 1_500 + ">" + END, id="an attribute 1,500 times"),
        pytest.param(f'<p style="{"a:b;" * 50_000}">{END}', id="a long style"),
        pytest.param(f'<img src="data:{"A/" * 100_000}">{END}', id="a picture in the page"),
        pytest.param("<table>" + "<tr><td colspan=100000 rowspan=99999>a<td>b" * 2_000 + END,
            id="2,000 cells over 100,000 columns and rows"),
        pytest.param("<table border=1>" + "".join(f"<tr><td colspan={n % 999}>a<td>b" for n in
            range(3_000)) + END, id="cells that begin in ever other columns"),
        pytest.param("<p>" + "x<br>" * 20_000 + END, id="20,000 line ends"),
        pytest.param("<p>" + "<b>x</b>y" * 20_000 + END, id="20,000 changes to bold"),
    ],
)  # fmt: skip
def test_hostile_pages_are_read(page: str) -> None:
    assert "RESOLVED to note" in read(page).text


@pytest.mark.parametrize(
    ("page", "says"),
    [
        pytest.param("<div>" * 1_000_000 + END, "1000002 tags", id="a million in each other"),
        pytest.param("<div>" * 100_000 + END, "100000 deep", id="100,000 in each other"),
        pytest.param(
            "<div>" + "".join(f"<b a={n}>" for n in range(2_000)) + "</div>" + "<p>x</p>" * 2_000,
            "2001 deep",
            id="formatting that every paragraph opens anew",
        ),
        pytest.param(
            "<p " + " ".join(f"a{n}=1" for n in range(1_000_000)) + ">" + END,
            "1000000 attributes",
            id="a million attributes",
        ),
        pytest.param("<" * 5_000_000, "5000000 tags", id="megabytes of one sign"),
        pytest.param("<" * 100_000, "without text", id="beginnings without ends"),
        pytest.param("<a" * 100_000, "without text", id="tags without ends"),
        pytest.param("<!--" * 100_000, "without text", id="a comment without end"),
        pytest.param('<p title="' + END, "without text", id="a value without end"),
    ],
)
def test_hostile_pages_are_refused(page: str, says: str) -> None:
    with pytest.raises(ReadingError, match=r"^may\.html: found .*, expected .*") as refused:
        read(page)
    assert says in str(refused.value)


def test_comments_and_implied_ends_are_not_taken_for_depth() -> None:
    assert read("<!--" + "<div>" * 200_000 + "-->" + END).text
    assert read("<p>one<li>two" * 20_000).text
    assert read("<div>x</div>" * 20_000).text
