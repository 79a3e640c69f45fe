from __future__ import annotations

import json
import re
from collections.abc import Iterator
from importlib import resources
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kcsp_nlp.dashboard.entities.provisions import (
    law_address,
    law_type,
    provision_address,
    provision_order,
    provision_words,
)
from kcsp_nlp.dashboard.pages import laws
from kcsp_nlp.records import Record
from site_making import Site, all_said, facts, make_site, meeting, place, record, said, span

ID = "https://www.legislation.gov.uk/id/"
HOUSING, NIGHT = f"{ID}ukpga/1996/52", f"{ID}uksi/2011/9"
MAY, JUNE = meeting("may", "2023-05-09", "Ashby Forum"), meeting("june", "2024-06-11", "Elm Panel")
JULY = meeting("july", "2024-07-11", "ELM PANEL")


def law(text: str, *provisions: str) -> dict[str, object]:
    """Return a span of the Housing Act."""
    return {
        **span("LEGISLATION", text, HOUSING, canonical="Housing Act 1996"),
        "provision": provisions[0] if provisions else None,
        "provisions": provisions,
    }


RECORDS = (
    record(
        MAY,
        1,
        "The Housing Act 1996 and sections 9 to 10 of it; section 9. The Night Rules 2011 too.",
        title="Homes",
        spans=[
            law("Housing Act 1996"),
            law("sections 9 to 10", "section/9", "section/10"),
            law("section 9.", "section/9"),
            span("LEGISLATION", "Night Rules 2011", NIGHT),
        ],
        topics=["funding"],
        scores={"funding": 0.9},
    ),
    *(
        record(
            of,
            1,
            "Housing Act 1996, Schedule 12A; class Q",
            spans=[
                law("Housing Act 1996, Schedule 12A", "schedule/12A"),
                law("class Q", "class/Q"),
            ],
        )
        for of in (JUNE, JULY)
    ),
)


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Site:
    with pytest.MonkeyPatch.context() as patch:
        return make_site(tmp_path_factory.mktemp("laws"), patch, [laws.pages], RECORDS)


def test_every_figure_of_a_law(site: Site) -> None:
    page = site.of("laws", HOUSING)
    assert said(page.css_first(".kind")) == "UK Public General Act, 1996"
    assert said(page.css_first("h1")) == "Housing Act 1996"
    assert said(page.css_first(".lead")) == (
        "Named 7 times at 3 meetings, 9 May 2023 to 11 July 2024."
    )
    assert facts(page) == {
        "At legislation.gov.uk": HOUSING,
        "Printed as": "Housing Act 1996, Schedule 12A (2), class Q (2), Housing Act 1996 (1), "
        "section 9. (1), sections 9 to 10 (1)",
        "Topics of the items": "Funding 1 item",
    }
    link = page.css_first("dl.facts a")
    assert link is not None
    assert link.attributes["href"] == HOUSING


def test_provisions_are_counted_and_linked_where_their_address_is_known(site: Site) -> None:
    page = site.of("laws", HOUSING)
    rows = [all_said(row, "th, td") for row in page.css("tbody tr")]
    assert rows == [
        ["Class Q", "2", "2"],
        ["Schedule 12A", "2", "2"],
        ["section 9", "2", "1"],
        ["section 10", "1", "1"],
    ]
    assert [link.attributes["href"] for link in page.css("tbody a")] == [
        f"{HOUSING}/schedule/12A",
        f"{HOUSING}/section/9",
        f"{HOUSING}/section/10",
    ]


def test_bodies_are_those_whose_minutes_name_it(site: Site) -> None:
    page = site.of("laws", HOUSING)
    assert all_said(page, ".index li") == ["Elm Panel 2 meetings", "Ashby Forum 1 meeting"]
    assert not site.of("laws", NIGHT).css("tbody")


def test_mentions_lead_to_their_place(site: Site) -> None:
    marked = site.of("laws", HOUSING).css(".met a.tag-legislation")
    newest_first = RECORDS[::-1]
    mentions = [(each, held) for each in newest_first for held in each.spans if held.id == HOUSING]
    assert [(said(link), link.attributes["href"]) for link in marked] == [
        (held.text, place(each, held)) for each, held in mentions
    ]


def test_the_list_has_types(site: Site) -> None:
    assert all_said(site.page("laws.html"), ".section *:is(h2, h3, li)") == [
        "H",
        "Housing Act 1996 UK Public General Act; 7 mentions, 3 meetings, 2023–2024",
        "N",
        "Named once",
        "Night Rules 2011 UK Statutory Instrument; 2023",
    ]


def yearly(years: range, *, undated: int = 0) -> Iterator[Record]:
    """Yield a record of a meeting a year that names the Act, and one in 2010 that does not."""
    yield record(meeting("other", "2010-01-01"), 1, "Nothing.")
    for year in years:
        of = meeting(f"in {year}", f"{year}-02-01")
        yield record(of, 1, "Housing Act 1996", spans=[law("Housing Act 1996")])
    for number in range(undated):
        of = meeting(f"undated {number}", None)
        yield record(of, 1, "Housing Act 1996", spans=[law("Housing Act 1996")])


def test_a_law_of_many_meetings_has_a_chart_with_its_table(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    site = make_site(tmp_path, monkeypatch, [laws.pages], yearly(range(2012, 2021), undated=1))
    page = site.of("laws", HOUSING)
    assert said(page.css_first("figure h2")) == "Meetings that name it, by calendar year"
    rows = [all_said(row, "th, td") for row in page.css("figure tbody tr")]
    assert rows == [
        ["2010", "0", "1"],
        ["2011", "–", "0"],
        *([str(year), "1", "1"] for year in range(2012, 2021)),
    ]
    assert said(page.css_first(".chart-note")) == (
        "More of them may only mean that there are minutes of more meetings. "
        "1 meeting without a known date is left out."
    )
    saved = page.css_first("figure a[download]")
    assert saved is not None
    table = (site.folder / "laws" / str(saved.attributes["href"])).read_text(encoding="utf-8-sig")
    assert table.splitlines()[:3] == [
        "Calendar year,Meetings that name it,Meetings in all",
        "2010,0,1",
        "2011,,0",
    ]


def test_a_law_of_few_meetings_has_no_chart(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    site = make_site(tmp_path, monkeypatch, [laws.pages], yearly(range(2012, 2021)))
    assert not site.of("laws", HOUSING).css("figure")


HOSTILE = [
    pytest.param("javascript:alert(1)", id="a script"),
    pytest.param("http://www.legislation.gov.uk/id/ukpga/1996/52", id="not https"),
    pytest.param("https://www.legislation.gov.uk.evil.example/id/ukpga/1996/52", id="a suffix"),
    pytest.param("https://www.legislation.gov.uk@evil.example/id/ukpga/1996/52", id="a user"),
    pytest.param("https://evil.example/www.legislation.gov.uk/id/ukpga/1/2", id="a path"),
    pytest.param(f"{HOUSING}?x=<b>", id="a query"),
    pytest.param(f"{HOUSING}/../../../x", id="dots"),
    pytest.param(f'{HOUSING}"onmouseover="alert(1)', id="a quotation mark"),
    pytest.param(f"{HOUSING}\n", id="a line break"),
    pytest.param(f"{ID}<script>/1996/<b>", id="tags where type and year stand"),
    pytest.param("", id="nothing"),
]


def test_what_is_no_identifier_is_shown_as_text(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    title = "<b>Act</b>"
    identifiers = [str(case.values[0]) for case in HOSTILE if case.values[0]]
    spans = [
        span("LEGISLATION", title, identifier, nth=place, provision="section/1")
        for place, identifier in enumerate(identifiers)
    ]
    records = [record(MAY, 1, f"Under {title}." * len(identifiers), spans=spans)]
    site = make_site(tmp_path, monkeypatch, [laws.pages], records)
    assert len(site.pages) == 1 + len(identifiers)
    for path in site.pages:
        assert re.fullmatch(r"laws(/[0-9a-f]{16})?\.html", path)
        page = site.page(path)
        assert not page.css("main b, main script, main [onmouseover]")
        assert "Type not known" in said(page.css_first("main"))
        assert all(
            re.match(r"\.\./|index|laws", str(link.attributes["href"]))
            for link in page.css("main a")
        )
    for identifier in identifiers:
        page = site.of("laws", identifier)
        assert said(page.css_first("h1")) == title
        found = facts(page)["At legislation.gov.uk"]
        assert found == f"not known; the record says {identifier}".strip()
        assert all_said(page, "tbody th") == ["section 1"]


@pytest.mark.parametrize("identifier", HOSTILE)
def test_what_is_no_identifier_has_no_address(identifier: str) -> None:
    assert law_address(identifier) is None
    assert law_type(identifier) is None
    assert provision_address(identifier, "section/1") is None


@pytest.mark.parametrize(
    ("provision", "words", "addressed"),
    [
        pytest.param("section/17/1", "section 17(1)", True, id="subsection"),
        pytest.param("section/1/1/ba", "section 1(1)(ba)", True, id="paragraph of one"),
        pytest.param("section/100A/4", "section 100A(4)", True, id="inserted section"),
        pytest.param("section/50/A/4", "section 50(A)(4)", False, id="misread: no subsection A"),
        pytest.param("schedule/12A", "Schedule 12A", True, id="schedule"),
        pytest.param("schedule", "Schedule", True, id="the only schedule"),
        pytest.param("schedule/A1", "Schedule A1", True, id="schedule before the first"),
        pytest.param(
            "schedule/12A/part/I/paragraph/3",
            "Schedule 12A, Part I, paragraph 3",
            True,
            id="paragraph of a part of a schedule",
        ),
        pytest.param("schedule/2/ground/14", "Schedule 2, ground 14", False, id="ground"),
        pytest.param("part/2/chapter/1", "Part 2, Chapter 1", True, id="chapter of a part"),
        pytest.param("regulation/72/1/b", "regulation 72(1)(b)", True, id="regulation"),
        pytest.param("article/4", "article 4", True, id="article"),
        pytest.param("rule/3", "rule 3", True, id="rule"),
        pytest.param("class/Q", "Class Q", False, id="class: the scheme has no such keyword"),
        pytest.param("section", "section", False, id="no number"),
        pytest.param("section/../../x", "section ..(..)(x)", False, id="dots"),
        pytest.param("section/1?x", "section 1?x", False, id="query"),
        pytest.param("section/1\n", "section 1\n", False, id="line break"),
        pytest.param("1/2", "1(2)", False, id="number alone"),
        pytest.param("", "", False, id="nothing"),
    ],
)
def test_provisions(provision: str, words: str, addressed: bool) -> None:
    assert provision_words(provision) == words
    assert provision_address(HOUSING, provision) == (
        f"{HOUSING}/{provision}" if addressed else None
    )


@given(st.text())
def test_any_provision_is_either_of_the_scheme_or_has_no_address(provision: str) -> None:
    found = provision_address(HOUSING, provision)
    assert found is None or re.fullmatch(r"[a-zA-Z0-9/]+", provision)
    assert isinstance(provision_words(provision), str)
    assert provision_order(provision) <= provision_order(f"{provision}/1")


def test_provisions_are_in_the_order_of_their_numbers() -> None:
    provisions = [
        "section/10/10",
        "section/10A",
        "part/4",
        "section/10",
        "section/2",
        "section/10/2",
    ]
    assert sorted(provisions, key=provision_order) == [
        "part/4",
        "section/2",
        "section/10",
        "section/10/2",
        "section/10/10",
        "section/10A",
    ]


@pytest.mark.parametrize(
    ("path", "words"),
    [
        pytest.param("ukpga/Geo6/12-13-14/87", "UK Public General Act", id="regnal year"),
        pytest.param("asp/2001/10", "Act of the Scottish Parliament", id="Scotland"),
        pytest.param("anaw/2015/3", "Act of the National Assembly for Wales", id="Wales to 2020"),
        pytest.param("asc/2021/4", "Act of Senedd Cymru", id="Wales since"),
        pytest.param("nia/2016/15", "Act of the Northern Ireland Assembly", id="Northern Ireland"),
        pytest.param("ssi/2003/1", "Scottish Statutory Instrument", id="Scottish instrument"),
        pytest.param("zzz/2003/1", None, id="no type of the list"),
    ],
)
def test_types(path: str, words: str | None) -> None:
    assert law_type(ID + path) == words
    assert law_address(ID + path) == ID + path


def test_every_type_of_our_own_register_is_known() -> None:
    folder = resources.files("kcsp_nlp") / "data" / "legislation"
    types = json.loads((folder / "types.json").read_text(encoding="utf-8"))
    used = {
        found
        for name in ("acts.tsv", "acts_added.tsv", "common_names.tsv")
        for found in re.findall(
            r"\t([a-z]{2,5})/[A-Za-z0-9-]+/", (folder / name).read_text(encoding="utf-8")
        )
    }
    assert used <= set(types)
    assert len(used) > 8
