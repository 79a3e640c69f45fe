from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest
from selectolax.lexbor import LexborHTMLParser, LexborNode

from counted_minutes import CARE, IDLE, RECORDS
from kcsp_nlp.dashboard.addresses import address, token
from kcsp_nlp.dashboard.pages import overview
from kcsp_nlp.records import Record
from site_making import Site, all_said, make_site, said


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Site:
    with pytest.MonkeyPatch.context() as patch:
        return make_site(tmp_path_factory.mktemp("overview"), patch, [overview.pages], RECORDS)


@pytest.fixture(scope="module")
def page(site: Site) -> LexborHTMLParser:
    return site.page("index.html")


def one(tree: LexborHTMLParser | LexborNode, selector: str) -> LexborNode:
    (node,) = tree.css(selector)
    return node


def table(tree: LexborHTMLParser | LexborNode) -> list[list[str]]:
    """Return the one table of a part: head and rows."""
    return [all_said(row, "th, td") for row in one(tree, "table").css("tr")]


def links(tree: LexborHTMLParser | LexborNode) -> dict[str, str | None]:
    return {said(node): node.attributes["href"] for node in tree.css("a")}


def values(svg: LexborNode) -> list[str]:
    """Return what the columns of a chart stand for, from the first to the last."""
    return all_said(svg, "g > title")


def file(site: Site, name: str) -> list[list[str]]:
    data = (site.folder / "data" / name).read_bytes().decode("utf-8-sig")
    return list(csv.reader(io.StringIO(data, newline="")))


def test_key_figures_and_where_they_lead(page: LexborHTMLParser) -> None:
    assert all_said(page, ".figures > .figure") == [
        "4 meetings",
        "6 agenda items",
        "2 bodies that met",
        "2 people named",
        "1 organisation named",
        "2 laws named",
        "9 mentions of sums of money",
        "3 actions recorded",
    ]
    assert links(one(page, ".figures"))["agenda items"] == "items.html"
    assert said(page.css_first(".lead")).startswith(
        "What the minutes of 4 meetings say, from 2 March 2018 to 1 June 2023."
    )


def test_items_by_topic_over_time(page: LexborHTMLParser, site: Site) -> None:
    figure = one(page, "figure#topics")
    assert said(figure.css_first("h3")) == (
        "Agenda items that the program gave each topic, by calendar year"
    )
    assert all_said(figure, "h4") == ["<b>idle</b>", "Domestic abuse", "Funding"]
    assert [values(svg) for svg in figure.css("svg[role=img]")] == [
        ["2018: 0", "2023: 0"],
        ["2018: 1", "2023: 1"],
        ["2018: 1", "2023: 2"],
    ]
    assert all_said(figure, ".chart-words")[2] == (
        "Most in 2023: 2 agenda items. First, 2018: 1; last, 2023: 2. No dated meetings in 2019 to "
        "2022."
    )
    assert "1 meeting without a known date is left out." in said(figure.css_first(".chart-note"))
    assert table(figure)[:3] == [
        ["Calendar year", "Meetings", "Agenda items", "<b>idle</b>", "Domestic abuse", "Funding"],
        ["2018", "1", "2", "0", "1", "1"],
        ["2019", "0", "–", "–", "–", "–"],
    ]
    assert table(figure)[-1] == ["2023", "2", "3", "0", "1", "2"]
    hrefs = [node.attributes["href"] for node in figure.css("tbody tr:last-child a")]
    assert hrefs[-1] == "items.html#topic=funding&from=2023-01-01&to=2023-12-31"
    assert file(site, "overview-topics.csv")[-1] == ["2023", "2", "3", "0", "1", "2"]
    assert file(site, "overview-topics.csv")[2] == ["2019", "0", "", "", "", ""]


def test_sums_that_are_counted_and_those_that_are_not(page: LexborHTMLParser) -> None:
    section = one(page, "section[aria-labelledby=money-heading]")
    words = said(section.css_first("p"))
    # Under a topic: 500, 1,500, 300m, 1,500 and 10; not the 70 for tea.
    assert words.startswith("5 mentions of a sum in pounds are counted")
    assert (
        "Left out here, though the list of sums has them: 1 at a rate, such as a year or an hour; "
        "1 in another currency; 1 whose figure or currency is not certain." in words
    )
    assert "1 mention of 5 is of £100 million or more and would make up almost all" in words
    summary = all_said(section.css("table")[0], "tbody td, tbody th")
    assert summary == [
        *("<b>idle</b>", "0", "–", "£0", "0", "£0"),
        *("Domestic abuse", "2", "£1,000", "£2,000", "0", "£0"),
        *("Funding", "5", "£1,500", "£3,510", "1", "£300,000,000"),
    ]


def test_money_by_topic_and_year(page: LexborHTMLParser, site: Site) -> None:
    mentions, amounts = one(page, "figure#money-mentions"), one(page, "figure#money-amounts")
    assert [values(svg) for svg in mentions.css("svg[role=img]")][1:] == [
        ["2018: 2", "2023: 0"],
        ["2018: 2", "2023: 2"],
    ]
    assert [values(svg) for svg in amounts.css("svg[role=img]")][1:] == [
        ["2018: £2k", "2023: £0"],
        ["2018: £2k", "2023: £1.5k"],
    ]
    assert all_said(amounts, ".chart-words")[2].startswith(
        "Most in 2018: £2,000. First, 2018: £2,000; last, 2023: £1,500."
    )
    head = ["Mentions", "Below £100m, added up", "£100m or more", "These added up"]
    assert table(amounts) == [
        ["Topic and calendar year", *head],
        ["Domestic abuse, 2018", "2", "£2,000", "0", "£0"],
        ["Funding, 2018", "2", "£2,000", "0", "£0"],
        ["Funding, 2023", "2", "£1,500", "1", "£300,000,000"],
    ]
    assert file(site, "overview-money.csv")[-1] == [
        *("Funding, 2023", "2", "1500.0", "1", "300000000.0")
    ]


def test_actions_by_state(page: LexborHTMLParser, site: Site) -> None:
    states = one(page, "figure#action-states")
    assert said(states.css_first("h3")) == "Actions by due date, as of 15 June 2024"
    assert table(states)[1:] == [
        ["Due date passed", "1"],
        ["Due today or later", "1"],
        ["No due date stated", "1"],
    ]
    assert links(states)["Due date passed"] == "actions.html#state=passed"
    assert "Minutes do not say whether an action was done" in said(states)
    figure = one(page, "figure#actions-over-time")
    assert values(one(figure, "svg[role=img]")) == [
        "2018: due date passed 1, due today or later 0, no due date stated 0",
        "2023: due date passed 0, due today or later 1, no due date stated 1",
    ]
    assert all_said(figure, ".chart-keys li") == [
        "Due date passed",
        "Due today or later",
        "No due date stated",
    ]
    assert file(site, "overview-actions.csv")[-1] == ["2023", "0", "1", "1"]


def test_bodies_and_laws_with_most(page: LexborHTMLParser, site: Site) -> None:
    bodies, laws = one(page, "figure#bodies"), one(page, "figure#laws")
    assert table(bodies) == [
        ["Body", "Meetings", "Agenda items"],
        ["Ashby Forum", "2", "4"],
        ["Kent Board", "1", "1"],
    ]
    assert table(laws) == [
        ["Law", "Mentions", "Meetings"],
        ["Care Act 2014", "3", "2"],
        ["Domestic Abuse Act 2021", "1", "1"],
    ]
    assert links(laws)["Care Act 2014"] == address("laws", CARE)
    assert links(laws)["2"] == f"meetings.html#law={token(CARE)}"
    widths = [node.attributes["width"] for node in laws.css("rect")]
    assert widths == ["100%", "33.333%"]
    assert file(site, "overview-laws.csv")[1] == ["Care Act 2014", "3", "2"]


def test_latest_meetings(page: LexborHTMLParser) -> None:
    section = one(page, "section[aria-labelledby=latest-heading]")
    assert all_said(section, "li") == [
        "Kent Board 1 June 2023: 1 agenda item, 0 decisions, 1 action",
        "Ashby Forum 9 May 2023: 2 agenda items, 0 decisions, 1 action",
        "Ashby Forum 2 March 2018: 2 agenda items, 1 decision, 1 action",
        "Body not known date not known: 1 agenda item, 0 decisions, 0 actions",
    ]


def test_every_chart_has_its_name_its_words_and_its_table(page: LexborHTMLParser) -> None:
    for svg in page.css("svg[role=img]"):
        for name in ("aria-labelledby", "aria-describedby"):
            for anchor in (svg.attributes[name] or "").split():
                assert said(one(page, f"#{anchor}"))
    anchors = [node.attributes["id"] for node in page.css("[id]")]
    assert len(anchors) == len(set(anchors))
    for figure in page.css("figure"):
        if figure.attributes["id"] != "money-mentions":  # its table is that of the amounts
            assert figure.css("table")


def test_topics_are_escaped_wherever_they_stand(site: Site) -> None:
    html = site.html("index.html")
    assert IDLE not in html
    assert "&lt;b&gt;idle&lt;/b&gt;" in html
    assert "items.html#topic=%3Cb%3Eidle%3C/b%3E" not in html  # nothing has it: it leads nowhere


def test_without_people_none_are_counted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    page = make_site(tmp_path, monkeypatch, [overview.pages], RECORDS, people=False)
    assert "people" not in " ".join(all_said(page.page("index.html"), ".figure"))


@pytest.mark.parametrize(
    ("records", "says"),
    [
        pytest.param([], "There are no minutes here yet.", id="nothing at all"),
        pytest.param(RECORDS[-1:], "no date is known", id="one meeting, without a date"),
        pytest.param(
            [RECORDS[0]], "What the minutes of 1 meeting say", id="no item and so no topic"
        ),
    ],
)
def test_little_or_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, records: list[Record], says: str
) -> None:
    page = make_site(tmp_path, monkeypatch, [overview.pages], records).page("index.html")
    assert says in said(page.css_first("main"))
