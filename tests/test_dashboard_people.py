from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest

from kcsp_nlp.dashboard.pages import laws, organisations, people
from kcsp_nlp.dashboard.standing import state
from kcsp_nlp.records import Record
from site_making import TODAY, Site, all_said, facts, make_site, meeting, place, record, said, span

ANN, BO, CY, DEE = "person:ann", "person:bo", "person:cy", "person:dee"
FORUM = "body:ashby-forum"
MAY, JUNE = meeting("may", "2023-05-09"), meeting("june", "2024-06-11")
UNDATED = meeting("undated", None, None)


def front(of: dict[str, object], text: str, *listed: tuple[str, str, str, str | None]) -> Record:
    """Return a front whose list has: name, status, id, role."""
    return record(
        of,
        0,
        text,
        kind="front",
        spans=[span("PERSON", name, who, canonical="Ann Lee") for name, _, who, _ in listed],
        attendance=[
            {"name": name, "status": status, "person": who, "role": role}
            for name, status, who, role in listed
        ],
    )


RECORDS = (
    front(
        MAY,
        "Present: Ann Lee (Chair), Bo Day. Apologies: Cy Orr.",
        ("Ann Lee", "present", ANN, "Chair"),
        ("Bo Day", "in_attendance", BO, None),
        ("Cy Orr", "apologies", CY, None),
    ),
    record(
        MAY,
        1,
        "Ms Lee of Ashby Forum reported with Bo Day. Ms Lee to write to Kent by June.",
        number="2",
        title="Street lights",
        spans=[
            span("PERSON", "Lee", ANN, canonical="Ann Lee"),
            span("PERSON", "Lee", ANN, nth=1, canonical="Ann Lee"),
            span("PERSON", "Bo Day", BO, canonical="Bo Day"),
        ],
        topics=["funding"],
        scores={"funding": 0.9, "mental_health": 0.1},
        affiliations=[
            {"person": ANN, "name": "Ann Lee", "at": "Lee", "role": "chair"},
            {
                "person": ANN,
                "name": "Ann Lee",
                "at": "Lee",
                "role": "Director",
                "organisation": "Ashby Forum",
                "organisation_id": FORUM,
            },
        ],
        actions=[
            {
                "text": "Ms Lee to write to Kent by June.",
                "owners": ["Ms Lee"],
                "owner_ids": [ANN],
                "due": "2023-06",
            }
        ],
    ),
    front(JUNE, "Apologies: Ann Lee. Present: Bo Day.", ("Ann Lee", "apologies", ANN, "Chair")),
    record(
        JUNE,
        1,
        "Bo Day thanked Cy Orr and Ann Lee. Ann Lee to report. Ann Lee to call.",
        spans=[
            span("PERSON", "Bo Day", BO),
            span("PERSON", "Cy Orr", CY),
            span("PERSON", "Ann Lee", ANN),
        ],
        topics=["funding", "mental_health"],
        scores={"funding": 0.9, "mental_health": 0.8},
        actions=[
            {
                "text": "Ann Lee to report.",
                "owners": ["Ann Lee"],
                "owner_ids": [ANN],
                "due": "2024-06-15",
            },
            {"text": "Ann Lee to call.", "owners": ["Ann Lee"], "owner_ids": [ANN]},
        ],
    ),
    record(
        UNDATED,
        0,
        "Absent: D Day",
        kind="front",
        attendance=[{"name": "D Day", "status": "absent", "person": DEE}],
    ),
)


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Site:
    with pytest.MonkeyPatch.context() as patch:
        folder = tmp_path_factory.mktemp("people")
        return make_site(folder, patch, [people.pages, organisations.pages, laws.pages], RECORDS)


def test_every_figure_of_a_person(site: Site) -> None:
    page = site.of("people", ANN)
    assert said(page.css_first("h1")) == "Ann Lee"
    assert (
        said(page.css_first(".lead")) == "Named 5 times at 2 meetings, 9 May 2023 to 11 June 2024."
    )
    assert all_said(page, ".figure") == [
        "1 meeting attended",
        "1 apology",
        "5 mentions",
        "3 actions",
    ]
    assert facts(page) == {
        "Printed as": "Ann Lee (3), Lee (2)",
        "Topics of the items": "Funding 2 items Mental health 1 item",
        "Named in the same agenda items": "Bo Day (2 items), Cy Orr (1 item)",
    }


def test_the_page_says_that_a_program_joined_the_mentions(site: Site) -> None:
    assert (
        "A program joined these mentions. Two people of one name may share this page, and one "
        "person may have two pages." in all_said(site.of("people", ANN), ".page-head p")
    )


def test_roles_and_organisations_have_their_first_and_last_meeting(site: Site) -> None:
    section = site.of("people", ANN).css(".section")[0]
    assert said(section.css_first("h2")) == "Roles and organisations"
    assert all_said(section, "li") == [
        # The list and the text say it, one of them as "chair": one role, two meetings.
        "Chair 9 May 2023 to 11 June 2024, 2 meetings",
        "Director, Ashby Forum 9 May 2023, 1 meeting",
    ]


def test_actions_have_a_due_date_and_a_state(site: Site) -> None:
    page = site.of("people", ANN)
    assert all_said(page.css(".section")[1], "li") == [
        "Due today or later: 15 June 2024 Ann Lee to report. Minuted 11 June 2024, Ashby Forum",
        "No due date stated Ann Lee to call. Minuted 11 June 2024, Ashby Forum",
        "Due date passed: June 2023 Ms Lee to write to Kent by June. Minuted 9 May 2023, "
        "Ashby Forum",
    ]
    first = page.css(".section")[1].css_first("li a")
    assert first is not None
    assert str(first.attributes["href"]).endswith(".html#a-1-35")


def test_mentions_stand_by_meeting_newest_first(site: Site) -> None:
    page = site.of("people", ANN)
    assert [all_said(held, "h3, p.quiet, h4, .met-items p") for held in page.css(".met")] == [
        [
            "11 June 2024",
            "Sent apologies",
            "Opening of the minutes",
            "Apologies: Ann Lee. Present: Bo Day.",
            "Item at place 1",
            "Bo Day thanked Cy Orr and Ann Lee. Ann Lee to report. Ann Lee to call.",
        ],
        [
            "9 May 2023",
            "Present",
            "Opening of the minutes",
            "Present: Ann Lee (Chair), Bo Day. Apologies: Cy Orr.",
            "Item 2. Street lights",
            "Ms Lee of Ashby Forum reported with Bo Day. Ms Lee to write to …",
            "Ms Lee of Ashby Forum reported with Bo Day. Ms Lee to write to Kent by June.",
        ],
    ]


def test_mentions_lead_to_their_place(site: Site) -> None:
    marked = site.of("people", ANN).css(".met a.tag-person")
    newest_first = (*RECORDS[2:4], *RECORDS[:2])
    mentions = [(each, held) for each in newest_first for held in each.spans if held.id == ANN]
    assert [(said(link), link.attributes["href"]) for link in marked] == [
        (held.text, place(each, held)) for each, held in mentions
    ]


def test_somebody_who_is_only_listed_has_the_meeting(site: Site) -> None:
    page = site.of("people", DEE)
    assert said(page.css_first("h1")) == "D Day"
    assert said(page.css_first(".lead")) == "At 1 meeting."
    assert all_said(page, ".figure") == [
        "0 meetings attended",
        "0 apologies",
        "1 meeting absent",
        "0 mentions",
        "0 actions",
    ]
    assert all_said(page, ".met *") == [
        "date not known Body not known Absent",
        "date not known",
        "date not known",
        "Body not known",
        "Absent",
        "Only the attendance list has the name.",
        "Only the attendance list has the name.",
    ]


def test_the_list_is_sorted_by_the_last_word_and_sets_apart_what_is_named_once(site: Site) -> None:
    page = site.page("people.html")
    assert "4 people. Sorted by the last word of the name." in all_said(page, "p")
    assert all_said(page, ".section h2, .section h3, .section li") == [
        "D",
        "Bo Day 3 mentions, 2 meetings, 2023–2024",
        "Named once",
        "D Day",
        "L",
        "Ann Lee 5 mentions, 2 meetings, 2023–2024",
        "O",
        "Cy Orr 2 mentions, 2 meetings, 2023–2024",
    ]
    assert [link.attributes["href"] for link in page.css(".letters a")] == [
        "people.html#letter-d",
        "people.html#letter-l",
        "people.html#letter-o",
    ]


def test_pages_of_people_are_not_for_search_engines(site: Site) -> None:
    named = [path for path in site.pages if path.startswith("people")]
    assert len(named) == 5
    for path in named:
        robots = site.page(path).css_first("meta[name=robots]")
        assert robots is not None
        assert robots.attributes["content"] == "noindex"


def test_no_name_is_in_an_address(site: Site) -> None:
    hashed = r"(people|organisations|laws)/[0-9a-f]{16}"
    assert all(
        re.fullmatch(rf"(people|organisations|laws|{hashed})\.html", path) for path in site.pages
    )
    for path in site.pages:
        for link in site.page(path).css("main a"):
            assert not re.search(r"ann|lee|bo|day|orr|ashby", str(link.attributes["href"]))


def test_without_people_nothing_is_made_and_nobody_is_shown(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    kinds = [people.pages, organisations.pages, laws.pages]
    site = make_site(tmp_path, monkeypatch, kinds, RECORDS, people=False)
    assert not [path for path in site.pages if "people" in path]
    for path in site.pages:
        assert "people/" not in site.html(path)
        assert "stated to belong" not in site.html(path)


HOSTILE = "<script>alert(1)</script>"


def test_hostile_names_and_identifiers_are_text(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    identifier = '"><img src=x onerror=alert(2)>../../etc'
    text = f"Then {HOSTILE} spoke & {HOSTILE} left."
    name = span("PERSON", HOSTILE, identifier)
    other = span("PERSON", HOSTILE, "person:other", nth=1)
    title, body = "<b>Title</b>", "<i>Body</i>"
    of = meeting("hostile", "2024-01-02", body)
    action = {"text": HOSTILE, "owners": [HOSTILE], "owner_ids": ["person:other"], "due": HOSTILE}
    held = {"person": identifier, "name": HOSTILE, "role": title, "organisation": body}
    records = [
        record(of, 1, text, title=title, spans=[name, other], actions=[action], affiliations=[held])
    ]
    site = make_site(tmp_path, monkeypatch, [people.pages], records)
    assert len(site.pages) == 3
    for path in site.pages:
        assert re.fullmatch(r"people(/[0-9a-f]{16})?\.html", path)
        page = site.page(path)
        assert not page.css("main script, main img, main i")
        assert said(page.css_first("main")).count(HOSTILE) >= 2
        assert "onerror" not in site.html(path)
    assert said(site.of("people", identifier).css_first("h1")) == HOSTILE


def test_the_same_warehouse_gives_the_same_bytes(
    site: Site, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    kinds = [people.pages, organisations.pages, laws.pages]
    again = make_site(tmp_path, monkeypatch, kinds, RECORDS[::-1])
    assert again.pages == site.pages
    assert all(again.html(path) == site.html(path) for path in site.pages)


@pytest.mark.parametrize(
    ("due", "expected"),
    [
        pytest.param(None, "none", id="nothing stated"),
        pytest.param("2024-06-14", "passed", id="yesterday"),
        pytest.param("2024-06-15", "later", id="today is not past"),
        pytest.param("2024-06-16", "later", id="tomorrow"),
        pytest.param("2024-05", "passed", id="a month that is over"),
        pytest.param("2024-06", "later", id="a month that goes on"),
        pytest.param("2023", "passed", id="a year that is over"),
        pytest.param("2024", "later", id="a year that goes on"),
        pytest.param("soon", "none", id="no date"),
        pytest.param("2024-6-1", "none", id="no ISO date"),
        pytest.param("", "none", id="empty"),
    ],
)
def test_states_of_actions(due: str | None, expected: str) -> None:
    assert state(due, TODAY) == expected
    assert state(due, date(1900, 1, 1)) in {"later", "none"}


def test_somebody_listed_twice_at_a_meeting_counts_once_and_as_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = "Apologies: Ann Lee. Absent: Ann Lee. In attendance: Ann Lee, Ann Lee."
    statuses = ("apologies", "absent", "in_attendance", "in_attendance")
    listed = [
        {"name": "Ann Lee", "status": status, "person": ANN, "nth": nth}
        for nth, status in enumerate(statuses)
    ]
    records = [record(MAY, 0, text, kind="front", attendance=listed)]
    page = make_site(tmp_path, monkeypatch, [people.pages], records).of("people", ANN)
    assert all_said(page, ".figure")[:2] == ["1 meeting attended", "0 apologies"]
    assert all_said(page, ".met-when p.quiet") == ["Sent apologies", "Absent", "In attendance"]
