from __future__ import annotations

import csv
import io
import tomllib
from pathlib import Path

import pytest
from selectolax.lexbor import LexborHTMLParser, LexborNode

from counted_minutes import (
    ABUSE,
    ANN,
    BO,
    CARE,
    FUNDING,
    IDLE,
    NEW,
    OLD,
    POLICE,
    RECORDS,
    VICTIMS,
)
from kcsp_nlp.dashboard.addresses import address, token
from kcsp_nlp.dashboard.pages import bodies, topics
from kcsp_nlp.warehouse.rows import meeting_row
from site_making import Site, all_said, make_site, record, said

CONFIG = Path(__file__).parents[1] / "configs" / "topics.toml"
FORUM, BOARD = str(meeting_row(RECORDS[0])[1]), str(meeting_row(RECORDS[6])[1])


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Site:
    with pytest.MonkeyPatch.context() as patch:
        folder = tmp_path_factory.mktemp("topics")
        return make_site(folder, patch, [topics.pages, bodies.pages], RECORDS)


@pytest.fixture(scope="module")
def funding(site: Site) -> LexborHTMLParser:
    return site.of("topics", FUNDING)


@pytest.fixture(scope="module")
def abuse(site: Site) -> LexborHTMLParser:
    return site.of("topics", ABUSE)


@pytest.fixture(scope="module")
def forum(site: Site) -> LexborHTMLParser:
    return site.of("bodies", FORUM)


def tables(page: LexborHTMLParser | LexborNode) -> dict[str, list[list[str]]]:
    """Return the rows of every table by the name of its first column."""
    found = {}
    for table in page.css("table"):
        rows = [all_said(row, "th, td") for row in table.css("tr")]
        found[rows[0][0]] = rows[1:]
    return found


def hrefs(page: LexborHTMLParser) -> dict[str, str | None]:
    return {said(node): node.attributes["href"] for node in page.css("main a")}


def file(site: Site, name: str) -> list[list[str]]:
    data = (site.folder / "data" / name).read_bytes().decode("utf-8-sig")
    return list(csv.reader(io.StringIO(data, newline="")))


def test_the_list_of_topics(site: Site) -> None:
    page = site.page("topics.html")
    assert all_said(page, ".card h2") == ["<b>idle</b>", "Domestic abuse", "Funding"]
    assert all_said(page, ".card strong") == ["0 agenda items", "2 agenda items", "4 agenda items"]
    told = [node.attributes["aria-label"] for node in page.css("svg[role=img]")]
    assert told == [
        "Agenda items by calendar year: none",
        "Agenda items by calendar year: 2018: 1; 2023: 1",
        "Agenda items by calendar year: 2018: 1; 2023: 2",
    ]
    assert said(page.css_first(".chart-ends")) == "2018 2023"
    assert IDLE not in site.html("topics.html")


def test_what_a_topic_is(abuse: LexborHTMLParser, funding: LexborHTMLParser) -> None:
    assert said(abuse.css_first("h1")) == "Domestic abuse"
    assert said(abuse.css_first(".lead")).startswith("Domestic abuse and violence, its strategies")
    head = said(funding.css_first(".page-head"))
    assert "gave this topic to 4 agenda items of 4 meetings" in head
    assert hrefs(funding)["4 agenda items"] == "../items.html#topic=funding"


def test_descriptions_are_those_of_the_shipped_taxonomy(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shipped = tomllib.loads(CONFIG.read_text(encoding="utf-8"))["topics"]
    known = dict.fromkeys(shipped, 0.1)
    site = make_site(tmp_path, monkeypatch, [topics.pages], [record(OLD, 1, "x", scores=known)])
    for topic, held in shipped.items():
        assert said(site.of("topics", topic).css_first(".lead")) == held["description"]


def test_items_of_a_topic_over_time(funding: LexborHTMLParser, site: Site) -> None:
    figure = funding.css_first("figure#items")
    assert figure is not None
    assert all_said(figure, "g > title") == ["2018: 1", "2023: 2"]
    assert said(figure.css_first("figcaption p")).startswith("Most in 2023: 2 agenda items.")
    rows = tables(figure)["Calendar year"]
    assert rows[0] == ["2018", "1", "2", "1"]
    assert rows[-1] == ["2023", "2", "3", "2"]
    assert file(site, f"topic-{token(FUNDING)}-items.csv")[-1] == ["2023", "2", "3", "2"]


def test_who_and_what_a_topic_names(abuse: LexborHTMLParser, funding: LexborHTMLParser) -> None:
    found = tables(abuse)
    assert found["Body"] == [["Ashby Forum", "2", "2"]]
    assert found["Organisation"] == [["Kent Police", "2", "3"]]
    assert found["Person"] == [["Ann Lee", "1", "1"]]
    assert found["Law"] == [["Care Act 2014", "2", "3"], ["Domestic Abuse Act 2021", "1", "1"]]
    assert tables(funding)["Body"] == [["Ashby Forum", "2", "2"], ["Kent Board", "1", "1"]]
    assert "Person" not in tables(funding)
    assert tables(funding)["Law"] == [["Care Act 2014", "1", "1"]]
    assert hrefs(abuse)["Ann Lee"] == f"../{address('people', ANN)}"
    assert hrefs(abuse)["Domestic Abuse Act 2021"] == f"../{address('laws', VICTIMS)}"
    html = abuse.html or ""
    assert f"items.html#topic=domestic_abuse&amp;organisation={token(POLICE)}" in html
    assert f"items.html#topic=domestic_abuse&amp;law={token(CARE)}" in html
    assert f"items.html#topic=funding&amp;body={token(BOARD)}" in (funding.html or "")


def test_sums_of_a_topic(funding: LexborHTMLParser) -> None:
    text = said(funding.css_first("main"))
    # 10, 500, 1,500, 1,500 and 300 million: the third is the median.
    assert "a sum in pounds in 5 places; half of them are of £1,500 or less" in text
    assert "Left out here, though the list of sums has them: 1 at a rate" in text
    rows = tables(funding)["Sum"]
    assert [row[0] for row in rows] == ["£300,000,000", "£1,500", "£1,500", "£500", "£10"]
    assert rows[0] == ["£300,000,000", "Costs", "Ashby Forum, 9 May 2023"]
    start = RECORDS[4].text.index("£300 million")
    assert hrefs(funding)["£300,000,000"] == f"../{address('meetings', NEW['id'])}#m-1-{start}"


def test_actions_of_a_topic(abuse: LexborHTMLParser) -> None:
    assert tables(abuse)["Due date"] == [
        ["Due date passed", "0"],
        ["Due today or later", "1"],
        ["No due date stated", "0"],
    ]
    title = "Actions of these items by due date, as of 15 June 2024"
    assert title in all_said(abuse, "figcaption")
    wanted = "../actions.html#state=later&topic=domestic_abuse"
    assert hrefs(abuse)["Due today or later"] == wanted


def test_evidence_is_ranked_by_what_it_added(
    funding: LexborHTMLParser, abuse: LexborHTMLParser
) -> None:
    # "grant" stands in two items, with 2 and 1; "£500" in one, with a half.
    assert all_said(funding, ".chart-evidence li") == ["grant 2", "£500 1"]
    assert not abuse.css(".chart-evidence")


def test_newest_items_lead_to_their_place(abuse: LexborHTMLParser) -> None:
    assert all_said(abuse, "ul.links > li") == [
        "2. Police <script>alert(1)</script> Ashby Forum, 9 May 2023; probability 60%",
        "2. Refuge Ashby Forum, 2 March 2018; probability 95%",
    ]
    assert hrefs(abuse)["2. Refuge"] == f"../{address('meetings', OLD['id'])}#item-1"
    assert "<script>alert" not in (abuse.html or "")
    assert said(abuse.css("h2")[-1]) == "The agenda items"


def test_a_topic_that_nothing_has(site: Site) -> None:
    page = site.of("topics", IDLE)
    assert "The program gave this topic to no agenda item." in said(page.css_first("main"))
    assert list(tables(page)) == ["Calendar year"]


def test_of_many_items_the_newest_fifty_are_listed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    many = [record(NEW, place, "x", title="T", topics=[FUNDING]) for place in range(53)]
    page = make_site(tmp_path, monkeypatch, [topics.pages], many).of("topics", FUNDING)
    assert said(page.css("h2")[-1]) == "The newest 50 agenda items"
    assert len(page.css("ul.links > li")) == 50
    assert "53 agenda items of 1 meeting" in said(page.css_first(".page-head"))
    assert hrefs(page)["All agenda items with this topic"] == "../items.html#topic=funding"


def test_the_list_of_bodies(site: Site) -> None:
    page = site.page("bodies.html")
    assert said(page.css_first(".lead")) == "2 bodies whose minutes are here, from A to Z."
    rows = [all_said(row, "th, td") for row in page.css("tbody tr")]
    assert rows == [["A"], ["Ashby Forum", "2", "4", ""], ["K"], ["Kent Board", "1", "1", ""]]
    told = [node.attributes["aria-label"] for node in page.css("svg[role=img]")]
    assert told == [
        "Meetings by calendar year: 2018: 1; 2023: 1",
        "Meetings by calendar year: 2023: 1",
    ]
    for letter in page.css("nav.chart-letters a"):
        assert page.css(letter.attributes["href"] or "")


def test_key_figures_of_a_body(forum: LexborHTMLParser) -> None:
    assert said(forum.css_first("h1")) == "Ashby Forum"
    assert said(forum.css_first(".lead")) == "2 meetings, from 2 March 2018 to 9 May 2023"
    # Sums whatever the topic: 500, 1,500, 70 and 300 million.
    assert all_said(forum, ".figure") == [
        "2 meetings",
        "4 agenda items",
        "1 decision recorded",
        "2 actions recorded",
        "4 mentions of sums in pounds",
    ]
    assert hrefs(forum)["agenda items"] == f"../items.html#body={token(FORUM)}"


def test_meetings_and_topics_of_a_body(forum: LexborHTMLParser, site: Site) -> None:
    figure = forum.css_first("figure#meetings-over-time")
    assert figure is not None
    assert all_said(figure, "g > title") == ["2018: 1", "2023: 1"]
    assert said(figure.css_first("figcaption p")) == (
        "Most in 2018 and 2023: 1 meeting. First, 2018: 1; last, 2023: 1. No dated meetings in "
        "2019 to 2022."
    )
    found = tables(forum)
    assert found["Calendar year"][-1] == ["2023", "1", "2"]
    assert found["Topic"] == [["<b>idle</b>", "0"], ["Domestic abuse", "2"], ["Funding", "2"]]
    # Date, items, the three topics, decisions and actions.
    assert found["Date"] == [
        ["9 May 2023", "2", "0", "1", "1", "0", "1"],
        ["2 March 2018", "2", "0", "1", "1", "1", "1"],
    ]
    assert file(site, f"body-{token(FORUM)}-topics.csv")[-1] == ["Funding", "2"]
    assert file(site, f"body-{token(FORUM)}-meetings.csv")[-1] == ["2023", "1", "2"]


def test_who_attended_most(forum: LexborHTMLParser) -> None:
    assert tables(forum)["Person"] == [["Ann Lee", "2", "0"], ["Bo Day", "1", "1"]]
    assert hrefs(forum)["Bo Day"] == f"../{address('people', BO)}"


def test_what_a_body_names(forum: LexborHTMLParser) -> None:
    found = tables(forum)
    assert found["Organisation"] == [["Kent Police", "3", "2"]]
    assert found["Law"] == [["Care Act 2014", "3", "2"], ["Domestic Abuse Act 2021", "1", "1"]]
    assert [row[0] for row in found["Sum"]] == ["£300,000,000", "£1,500", "£500", "£70"]
    # The median of 70, 500, 1,500 and 300 million lies between the two in the middle.
    assert "half of them are of £1,000 or less" in said(forum.css_first("main"))
    assert f"meetings.html#body={token(FORUM)}&amp;law={token(CARE)}" in (forum.html or "")


def test_actions_of_a_body(forum: LexborHTMLParser, site: Site) -> None:
    text = said(forum.css_first("main"))
    assert (
        "As of 15 June 2024, 1 with a due date that has passed, 1 due today or later, 0 without a "
        "stated date." in text
    )
    assert all_said(forum, "ul.links > li") == [
        "Due date passed: May 2018 Ann Lee to write by May. Ann Lee, meeting of 2 March 2018",
        "Due today or later: 1 July 2024 Kent Police are to report by July. Kent Police, meeting "
        "of 9 May 2023",
    ]
    start = RECORDS[2].text.index("Ann Lee")
    place = f"../{address('meetings', OLD['id'])}#a-2-{start}"
    assert hrefs(forum)["Ann Lee to write by May."] == place
    board = site.of("bodies", BOARD)
    assert "No due date stated Somebody is to ask. meeting of 1 June 2023" in said(
        board.css_first("main")
    )


def test_without_people_no_page_names_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    kinds = [topics.pages, bodies.pages]
    site = make_site(tmp_path, monkeypatch, kinds, RECORDS, people=False)
    for path in site.pages:
        assert "Person" not in tables(site.page(path))
        assert "people/" not in site.html(path)


def test_every_file_that_is_offered_is_there(site: Site) -> None:
    for path in site.pages:
        for link in site.page(path).css("a[download]"):
            place = (site.folder / path).parent / (link.attributes["href"] or "")
            assert place.is_file()
