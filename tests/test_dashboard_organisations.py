from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kcsp_nlp.dashboard.entities.alphabet import Entry, entry, lists
from kcsp_nlp.dashboard.entities.batches import batches, by_member
from kcsp_nlp.dashboard.entities.register import identity
from kcsp_nlp.dashboard.page import Page
from kcsp_nlp.dashboard.pages import organisations, people
from kcsp_nlp.dashboard.source import Source
from kcsp_nlp.records import Record
from kcsp_nlp.warehouse.sqlite import connect, load
from site_making import Site, all_said, facts, make_site, meeting, place, record, said, span

KENT, ELM = "gss:E10000016", "body:elm-trust"
MAY, JUNE = meeting("may", "2023-05-09"), meeting("june", "2024-06")

RECORDS = (
    record(
        MAY,
        1,
        "KCC gave Elm Trust £1,200 a year and up to £50. Elm Trust to reply.",
        number="3",
        title="Grants",
        spans=[
            span("ORG", "KCC", KENT, canonical="Kent County Council"),
            span("ORG", "Elm Trust", ELM, canonical="Elm Trust"),
            {
                **span("MONEY", "£1,200", amount=1200, currency="GBP", period="year"),
                "purpose": {"start": 9, "end": 18, "text": "Elm Trust", "id": ELM},
            },
            {
                **span("MONEY", "£50", amount=50, currency="GBP", hedge="at_most"),
                "purpose": {"start": 9, "end": 18, "text": "Elm Trust", "id": ELM},
            },
        ],
        topics=["funding"],
        scores={"funding": 0.9, "mental_health": 0.1},
        actions=[
            {
                "text": "Elm Trust to reply.",
                "owners": ["Elm Trust"],
                "owner_ids": [ELM],
                "due": "2023-05-31",
            }
        ],
    ),
    record(
        JUNE,
        0,
        "Ann Lee, Kent County Council",
        kind="front",
        spans=[
            span("PERSON", "Ann Lee", "person:ann"),
            span("ORG", "Kent County Council", KENT, canonical="Kent County Council"),
        ],
        attendance=[
            {
                "name": "Ann Lee",
                "status": "present",
                "person": "person:ann",
                "organisation": "Kent County Council",
                "organisation_id": KENT,
                "role": "Warden",
            }
        ],
    ),
)


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Site:
    with pytest.MonkeyPatch.context() as patch:
        folder = tmp_path_factory.mktemp("organisations")
        return make_site(folder, patch, [people.pages, organisations.pages], RECORDS)


def test_every_figure_of_a_council(site: Site) -> None:
    page = site.of("organisations", KENT)
    assert said(page.css_first("h1")) == "Kent County Council"
    assert said(page.css_first(".lead")) == "Named 2 times at 2 meetings, 9 May 2023 to June 2024."
    assert facts(page) == {
        "Printed as": "KCC (1), Kent County Council (1)",
        "Code": "GSS code of the Office for National Statistics E10000016",
        "Topics of the items": "Funding 1 item",
    }
    assert all_said(page, "h2") == ["People stated to belong to it", "Where the minutes say it"]
    assert all_said(page, ".links li") == ["Ann Lee, Warden June 2024, 1 meeting"]


def test_sums_and_actions_of_a_charity(site: Site) -> None:
    page = site.of("organisations", ELM)
    assert facts(page)["Code"] == "No public code; the program's own is body:elm-trust"
    assert all_said(page, "h2") == [
        "Sums stated to be for it",
        "Actions",
        "Where the minutes say it",
    ]
    assert all_said(page, "td") == [
        "£1,200 (each year)",
        "Elm Trust",
        "9 May 2023, Ashby Forum",
        "£50 (at most)",
        "Elm Trust",
        "9 May 2023, Ashby Forum",
    ]
    assert all_said(page, ".links li") == [
        "Due date passed: 31 May 2023 Elm Trust to reply. Minuted 9 May 2023, Ashby Forum"
    ]
    [sum_link] = {link.attributes["href"] for link in page.css("tr:last-child td a")}
    assert sum_link == place(RECORDS[0], RECORDS[0].spans[3])


def test_mentions_lead_to_their_place(site: Site) -> None:
    marked = site.of("organisations", KENT).css(".met a.tag-org")
    assert [(said(link), link.attributes["href"]) for link in marked] == [
        ("Kent County Council", place(RECORDS[1], RECORDS[1].spans[1])),
        ("KCC", place(RECORDS[0], RECORDS[0].spans[0])),
    ]


def test_a_short_list_is_one_page(site: Site) -> None:
    assert [path for path in site.pages if path.count("/") == 0] == [
        "organisations.html",
        "people.html",
    ]
    assert all_said(site.page("organisations.html"), ".section *:is(h2, h3, li)") == [
        "E",
        "Named once",
        "Elm Trust 2023",
        "K",
        "Kent County Council 2 mentions, 2 meetings, 2023–2024",
    ]


def test_hostile_names_and_identifiers_are_text(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    name, identifier = "<img src=x onerror=alert(1)>", "gss:javascript:alert(1)//</code><b>"
    text = f"{name} met {name} for £5"
    records = [
        record(
            meeting("hostile", "<u>2020</u>", name),
            1,
            text,
            spans=[
                span("ORG", name, identifier),
                {
                    **span("MONEY", "£5", amount=5, currency="GBP"),
                    "purpose": {"start": 0, "end": len(name), "text": name, "id": identifier},
                },
            ],
        )
    ]
    site = make_site(tmp_path, monkeypatch, [organisations.pages], records)
    assert len(site.pages) == 2
    for path in site.pages:
        assert re.fullmatch(r"organisations(/[0-9a-f]{16})?\.html", path)
        assert not site.page(path).css("main img, main b, main u")
    page = site.of("organisations", identifier)
    assert said(page.css_first("h1")) == name
    assert facts(page)["Code"] == f"No public code; the program's own is {identifier}"
    assert not page.css("a[href*=alert]")


@pytest.mark.parametrize(
    ("identifier", "code"),
    [
        pytest.param("gss:S12000033", "S12000033", id="a code of nine characters"),
        pytest.param("gss:Kent", "gss:Kent", id="a word is no code"),
        pytest.param("gss:E10000016\n", "gss:E10000016\n", id="nothing may follow"),
        pytest.param("body:elm", "body:elm", id="the program's own"),
    ],
)
def test_codes(identifier: str, code: str) -> None:
    assert identity(identifier).code == code
    assert identity(identifier).name.startswith("GSS") == (identifier != code)


def many(count: int) -> Iterator[Record]:
    """Yield one record that names `count` organisations, each once but the first two."""
    names = [f"{chr(65 + number % 26)}rm{number} Ltd" for number in range(count)]
    text = " ; ".join([*names, names[0], names[1], names[1]])
    spans = [span("ORG", name, f"body:{name}") for name in names]
    spans += [span("ORG", names[0], f"body:{names[0]}", nth=1)]
    spans += [span("ORG", names[1], f"body:{names[1]}", nth=n) for n in (1, 2)]
    yield record(MAY, 1, text, spans=spans)


def test_a_long_list_is_parted_by_letter(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    site = make_site(tmp_path, monkeypatch, [organisations.pages], many(401))
    letters = sorted(path for path in site.pages if re.search(r"/[a-z]+\.html", path))
    assert letters == [f"organisations/{chr(97 + number)}.html" for number in range(26)]
    first = site.page("organisations.html")
    assert all_said(first, "tbody tr > *")[:6] == ["Brm1 Ltd", "1", "3", "Arm0 Ltd", "1", "2"]
    assert len(first.css("tbody tr")) == 20
    assert not first.css(".index")
    page = site.page("organisations/a.html")
    assert said(page.css_first("h1")) == "A"
    assert said(page.css_first(".lead")).startswith("16 organisations of 401.")
    assert said(page.css_first(".letters [aria-current]")) == "A: 16 organisations"
    assert all_said(page, ".index")[0] == "Arm0 Ltd 2 mentions, 1 meeting, 2023"
    assert len(page.css(".index")[1].css("li")) == 15
    listed = [
        link.attributes["href"] for path in letters for link in site.page(path).css(".index a")
    ]
    assert len(set(listed)) == 401
    assert {str(path) for path in listed} == {
        f"../{path}" for path in site.pages if re.search(r"[0-9a-f]{16}", path)
    }


def test_members_are_read_some_at_a_time(tmp_path: Path) -> None:
    statement = "SELECT {key} AS id, start_offset FROM mentions WHERE {key} BETWEEN ?1 AND ?2"
    with connect(tmp_path / "w.sqlite") as connection:
        load(connection, many(7))
        source = Source(connection)
        read = list(batches(source, "organisation_id", 3))
        assert [len(batch.members) for batch in read] == [3, 3, 1]
        rows = [by_member(source, batch, statement) for batch in read]
    held = [row["organisation_id"] for batch in read for row in batch.members]
    assert held == sorted(held)
    assert [member for each in rows for member in each] == held
    assert sum(len(mentions) for each in rows for mentions in each.values()) == 10


def line(name: str, *, by_last_word: bool) -> Entry:
    with closing(sqlite3.connect(":memory:")) as connection:
        connection.row_factory = sqlite3.Row
        counted = connection.execute(
            "SELECT 2 AS meetings, 3 AS mentions, '2019-01-02' AS first_date, '2019' AS last_date"
        ).fetchone()
    return entry("people", f"id:{name}", name, counted, by_last_word=by_last_word)


@pytest.mark.parametrize(
    ("name", "by_last_word", "letter", "before"),
    [
        pytest.param("Ann Lee", True, "l", "Ann ", id="last word"),
        pytest.param("Ann Lee", False, "a", "", id="first word"),
        pytest.param("Zoë Ávila", True, "a", "Zoë ", id="an accent is no letter of its own"),
        pytest.param("Lars Ødegaard", True, "o", "Lars ", id="a stroke neither"),
        pytest.param("Pat O’Neill", True, "o", "Pat ", id="an apostrophe does not part"),
        pytest.param("Ann Lee (", True, "l", "Ann ", id="a sign is no word"),
        pytest.param("The Elm Trust", False, "e", "", id="a The in front does not count"),
        pytest.param("Theatre Ltd", False, "t", "", id="the begins another word"),
        pytest.param("1st Elm Scouts", False, "other", "", id="a figure"),
        pytest.param("Ольга", True, "other", "", id="another alphabet"),
        pytest.param("?", True, "other", "", id="no letter at all"),
        pytest.param("", True, "other", "", id="nothing"),
    ],
)
def test_where_a_name_stands(name: str, by_last_word: bool, letter: str, before: str) -> None:
    found = line(name, by_last_word=by_last_word)
    assert (found.letter, found.before) == (letter, before)
    assert found.before + found.word == name
    assert found.years == "2019"


@given(st.lists(st.text(max_size=12), unique=True), st.booleans())
def test_a_list_has_everything_once_in_order(names: list[str], by_last_word: bool) -> None:
    entries = [line(name, by_last_word=by_last_word) for name in names]
    [page] = lists("people", entries, {})
    assert isinstance(page, Page)
    shown = page.context["shown"]
    assert isinstance(shown, list)
    listed = [each for letter in shown for each in letter.entries]
    assert sorted(each.name for each in listed) == sorted(names)
    assert [letter.letter for letter in shown if letter.letter != "other"] == sorted(
        {each.letter for each in listed} - {"other"}
    )
    for letter in shown:
        assert [each.order for each in letter.entries] == sorted(
            each.order for each in letter.entries
        )
