"""The whole site: pages of meetings, links that lead somewhere, a folder replaced as a whole."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from urllib.parse import unquote, urldefrag

import pytest
from selectolax.lexbor import LexborHTMLParser

from invented_minutes import PAYLOADS, invented_records
from kcsp_nlp.dashboard import site
from kcsp_nlp.dashboard.page import Options
from kcsp_nlp.records import Record
from kcsp_nlp.warehouse.sqlite import connect, load
from site_making import TODAY, Site, all_said, facts, meeting, record, said, span

ACT = "https://www.legislation.gov.uk/id/ukpga/1999/3"
MAY, JUNE, UNDATED = (
    meeting("may", "2024-05-02"),
    meeting("june", "2024-06-06"),
    meeting("undated", None),
)
LAMPS = (
    "## 4. Lamps\n\nMs Wick, Clerk to Tallow Council, asked for £40 under section 2 of the Lamps "
    "Act 1999.\n\n| Lamp | State |\n| --- | --- |\n| Gate | out, says **Wick** |\n\n"
    "RESOLVED to buy oil.\nACTION: Ms Wick to buy two casks.\n"
)


def records() -> Iterator[Record]:
    yield record(
        MAY,
        0,
        "Present: Ms Wick (Clerk), Mr Snuff\n\n",
        kind="front",
        page=1,
        spans=[span("PERSON", "Wick", "person:wick"), span("PERSON", "Snuff", "person:snuff")],
        attendance=[
            {"name": "Wick", "status": "present", "role": "Clerk", "person": "person:wick"},
            {"name": "Snuff", "status": "apologies", "person": "person:snuff"},
        ],
    )
    yield record(
        MAY,
        1,
        LAMPS,
        number="4",
        title="Lamps",
        page=3,
        spans=[
            span("PERSON", "Wick", "person:wick", canonical="A Wick"),
            span("ROLE", "Clerk"),
            span("ORG", "Tallow Council", "body:tallow"),
            span("MONEY", "£40", amount=40, currency="GBP"),
            span("LEGISLATION", "section 2 of the Lamps Act 1999", ACT, provision="section/2"),
            span("PERSON", "Wick", "person:wick", nth=1),
            span("PERSON", "Wick", "person:wick", nth=2),
        ],
        topics=["light"],
        scores={"light": 0.875, "dark": 0.01},
        evidence={"light": [{"text": "oil", "weight": 2.0, **_where("oil")}]},
        decisions=[{"text": "RESOLVED to buy oil."}],
        actions=[
            {
                "text": "Ms Wick to buy two casks.",
                "owners": ["Ms Wick"],
                "owner_ids": ["person:wick"],
                "due": "2024-07-01",
            }
        ],
    )
    yield record(JUNE, 0, "5. Wax\n\nNoted.\n", number="5", title="Wax")
    yield record(UNDATED, 0, "Nobody knows when.\n", title="When")


def _where(words: str) -> dict[str, int]:
    start = LAMPS.index(words)
    return {"start": start, "end": start + len(words)}


def built(
    folder: Path, found: Iterator[Record], *, people: bool = True, restricted: bool = False
) -> Site:
    folder.mkdir(exist_ok=True)
    with connect(folder / "w.sqlite") as connection:
        loaded = load(connection, found, restricted=restricted)
        options = Options("Minutes", TODAY, people, restricted, loaded.withheld)
        site.build(connection, folder / "site", options)
    return Site(folder / "site")


@pytest.fixture(scope="module")
def minutes(tmp_path_factory: pytest.TempPathFactory) -> Site:
    """A site of small, well-behaved minutes."""
    return built(tmp_path_factory.mktemp("minutes"), records())


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Site:
    """A site of minutes that attack it, with what is not for the public."""
    return built(tmp_path_factory.mktemp("hostile"), invented_records(), restricted=True)


@pytest.fixture(scope="module")
def may(minutes: Site) -> LexborHTMLParser:
    """The page of the meeting in May."""
    return minutes.of("meetings", MAY["id"])


# The page of a meeting.


def test_the_facts_of_a_meeting(may: LexborHTMLParser) -> None:
    found = facts(may)
    assert found["Body"] == "Ashby Forum"
    assert found["Date"] == "2 May 2024"
    assert found["Venue"] == "not known"
    assert found["File"] == "may.md"
    assert found["Agenda"] == "1 item"
    assert found["Decided"] == "1 decision"
    time = may.css_first("dl.facts time")
    assert time is not None
    assert time.attributes["datetime"] == "2024-05-02"


def test_attendance_is_a_table_for_each_status(may: LexborHTMLParser) -> None:
    tables = may.css("section[aria-labelledby=attendance] table")
    assert [said(table.css_first("caption")) for table in tables] == [
        "Present (1)",
        "Apologies for absence (1)",
    ]
    assert all_said(tables[0], "tbody th, tbody td") == ["Wick", "Clerk", ""]


def test_mentions_lead_to_what_they_name(minutes: Site, may: LexborHTMLParser) -> None:
    marked = [
        (said(tag), tag.tag, (tag.attributes["class"] or "").split()[1], tag.attributes["title"])
        for tag in may.css("#item-1 .text .tag")
    ]
    assert marked == [
        ("Wick", "a", "tag-person", "Person: A Wick"),
        ("Clerk", "span", "tag-role", "Role"),
        ("Tallow Council", "a", "tag-org", "Organisation"),
        ("£40", "span", "tag-money", "Money"),
        ("section 2 of the Lamps Act 1999", "a", "tag-legislation", "Law, section 2"),
        ("Wick", "a", "tag-person", "Person"),
        ("Wick", "a", "tag-person", "Person"),
    ]
    for tag in may.css("a.tag"):
        assert (minutes.folder / "meetings" / (tag.attributes["href"] or "")).is_file()


def test_text_keeps_headings_tables_and_bold_words(may: LexborHTMLParser) -> None:
    item = may.css_first("#item-1")
    assert item is not None
    assert said(item.css_first("h3")) == "4. Lamps"
    assert all_said(item, ".text th") == ["Lamp", "State"]
    assert all_said(item, ".text td a.tag-person strong") == ["Wick"]


def test_decisions_and_actions_are_listed_and_lead_to_their_place(may: LexborHTMLParser) -> None:
    for section, words in (
        ("decisions", "RESOLVED to buy oil."),
        ("actions", "Ms Wick to buy two casks."),
    ):
        link = may.css_first(f"section[aria-labelledby={section}] a.quiet")
        assert link is not None
        assert said(may.css_first(link.attributes["href"] or "")) == words
    row = may.css_first("table.actions tbody tr")
    assert row is not None
    assert all_said(row, "td")[1:] == ["Ms Wick", "1 July 2024"]


def test_topics_say_how_sure_they_are_and_why(may: LexborHTMLParser) -> None:
    item = may.css_first("#item-1")
    assert item is not None
    assert all_said(item, ".chip") == ["Light 88%"]
    assert all_said(item, "details tbody th, details tbody td") == [
        *("Light", "88%", "“oil”"),
        *("Dark", "1%", "none listed"),
    ]


def test_pages_of_the_file_are_named(may: LexborHTMLParser) -> None:
    assert all_said(may, ".item-side p") == ["Page 1 of the file", "Page 3 of the file"]


def test_meetings_of_a_body_follow_each_other_and_those_without_a_date_come_last(
    minutes: Site,
) -> None:
    ways = {
        one["source"]: all_said(minutes.of("meetings", one["id"]), ".pager a")
        for one in (MAY, JUNE, UNDATED)
    }
    assert ways == {
        "may.md": ["Next meeting: 6 June 2024"],
        "june.md": ["Previous meeting: 2 May 2024", "Next meeting: date not known"],
        "undated.md": ["Previous meeting: 6 June 2024"],
    }


def test_what_is_not_for_the_public_is_flagged(hostile: Site) -> None:
    flagged = [path for path in hostile.pages if hostile.page(path).css("article .restricted")]
    assert len(flagged) == 1
    notes = all_said(hostile.page(flagged[0]), ".restricted")
    assert notes[0].startswith("1 part of these minutes is marked as not for the public.")
    assert notes[1].startswith("Not for the public: exempt information, as the item itself says")


def test_what_is_not_for_the_public_is_left_out_and_counted(tmp_path: Path) -> None:
    shown = built(tmp_path, invented_records())
    for path in shown.folder.rglob("*"):
        assert not path.is_file() or b"zebrafinch" not in path.read_bytes()
    assert "1 item or other part of minutes was left out" in said(shown.page("about.html").body)


# Every page.


def test_links_lead_to_a_page_and_a_place_in_it(minutes: Site, hostile: Site) -> None:
    for each in (minutes, hostile):
        places: dict[str, set[str]] = {}
        for path in each.pages:
            ids = [node.attributes["id"] or "" for node in each.page(path).css("[id]")]
            assert len(ids) == len(set(ids)), path
            places[path] = set(ids)
        for path in each.pages:
            for link in each.page(path).css("[href], [src]"):
                target = link.attributes.get("href") or link.attributes.get("src") or ""
                if target.startswith(("https://", "http://")):
                    continue
                address, fragment = urldefrag(target)
                to = os.path.normpath(Path(path).parent / unquote(address)) if address else path
                assert (each.folder / to).is_file(), (path, target)
                # Fragments of lists hold filters, not places.
                if fragment and "=" not in fragment and to in places:
                    assert fragment in places[to], (path, target)


def test_no_heading_is_out_of_order(minutes: Site, hostile: Site) -> None:
    for each in (minutes, hostile):
        for path in each.pages:
            levels = [
                int(str(node.tag)[1]) for node in each.page(path).css("h1, h2, h3, h4, h5, h6")
            ]
            assert levels.count(1) == 1, path
            assert levels[0] == 1, path
            assert all(after <= before + 1 for before, after in pairwise(levels)), path


def test_hostile_text_becomes_no_element(hostile: Site) -> None:
    pages = [hostile.page(path) for path in hostile.pages]
    assert any(PAYLOADS[0] in said(page.body) for page in pages)
    for page in pages:
        assert not page.css("style, iframe, img, form[action], base, body svg[onload], [autofocus]")
        assert len(page.css("meta[http-equiv]")) == 1
        for node in page.css("*"):
            assert not any(name.startswith("on") for name in node.attributes)
            assert "style" not in node.attributes
            assert not (node.attributes.get("href") or "").startswith("javascript:")
        for script in page.css("script"):
            assert "src" in script.attributes
            assert not script.text()


def test_addresses_and_files_name_nobody(minutes: Site) -> None:
    for path in minutes.folder.rglob("*"):
        name = path.relative_to(minutes.folder).as_posix().casefold()
        assert "wick" not in name
        assert "snuff" not in name


def test_the_page_that_is_open_is_marked(minutes: Site) -> None:
    def current(path: str) -> list[tuple[str, str | None]]:
        found = minutes.page(path).css(".site-nav [aria-current]")
        return [(said(node), node.attributes["aria-current"]) for node in found]

    assert current("about.html") == [("About", "page")]
    assert current(f"meetings/{_name(minutes, 'meetings')}") == [("Meetings", "true")]


def _name(minutes: Site, kind: str) -> str:
    return next(path for path in minutes.pages if path.startswith(kind + "/")).partition("/")[2]


def test_without_people_there_is_no_page_of_them(tmp_path: Path) -> None:
    shown = built(tmp_path, records(), people=False)
    assert not [path for path in shown.pages if path.startswith("people")]
    for path in shown.pages:
        page = shown.page(path)
        assert "People" not in all_said(page, ".site-nav a")
        hrefs = [link.attributes["href"] or "" for link in page.css("a")]
        assert not [href for href in hrefs if "people" in href]


def test_the_same_records_give_the_same_bytes(minutes: Site, tmp_path: Path) -> None:
    again = built(tmp_path, records())
    assert _bytes(again.folder) == _bytes(minutes.folder)


def _bytes(folder: Path) -> dict[str, bytes]:
    files = (path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in files}


@pytest.mark.skipif(sys.platform == "win32", reason="no SIGKILL on Windows")
def test_a_kill_while_the_site_is_built_leaves_the_old_one(tmp_path: Path) -> None:
    shown = built(tmp_path, records())
    before = _bytes(shown.folder)
    script = (
        "import sys, os, signal; from pathlib import Path; from datetime import date;"
        "from kcsp_nlp.dashboard.site import build; from kcsp_nlp.dashboard.page import Options;"
        "from kcsp_nlp.warehouse.sqlite import connect;"
        "die = lambda pages: pages == 3 and os.kill(os.getpid(), signal.SIGKILL);"
        "held = connect(Path(sys.argv[1]) / 'w.sqlite'); "
        "options = Options('Other', date(2024, 1, 1));"
        "build(held.__enter__(), Path(sys.argv[1]) / 'site', options, die)"
    )
    code = subprocess.run([sys.executable, "-c", script, str(tmp_path)], check=False).returncode
    assert code == -signal.SIGKILL
    assert _bytes(shown.folder) == before
    built(tmp_path, records())
    assert sorted(path.name for path in tmp_path.iterdir()) == ["site", "w.sqlite"]


def test_empty_minutes_make_a_site(tmp_path: Path) -> None:
    nothing = record(meeting("blank", None, None), 0, " \n")
    page = built(tmp_path, iter([nothing])).of("meetings", nothing.meeting.id)
    assert said(page.css_first("h1")) == "Body not known"
