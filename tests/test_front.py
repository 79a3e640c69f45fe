"""The meeting's facts, from heads of minutes that are all invented."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kcsp_nlp.minutes import lines as lines_
from kcsp_nlp.minutes.front.dates import find_dates
from kcsp_nlp.minutes.front.finding import find_front
from kcsp_nlp.minutes.items.finding import find_parts
from kcsp_nlp.minutes.outline import Front

ITEMS = (
    "\n\nPresent: Cllr Ash\n\n1. Apologies\n\nNone were received.\n\n2. Roads\n\nThey were bad.\n"
)


def front_of(head: str, rest: str = ITEMS) -> Front:
    lines = lines_.split(head + rest)
    return find_front(lines, find_parts(lines))


HEADS = [
    (
        "the statement of the meeting, over two lines",
        "ASHWELL PARISH COUNCIL\n\nMINUTES OF THE MEETING HELD IN THE OLD SCHOOL, MILL "
        "LANE, ON MONDAY 5TH\n"
        "NOVEMBER 2018 AT 7.00 PM",
        Front("ASHWELL PARISH COUNCIL", "2018-11-05", "OLD SCHOOL, MILL LANE"),
    ),
    (
        "the committee rather than its council",
        "ASHSHIRE COUNTY COUNCIL\n\nMINUTES of a meeting of the Roads Scrutiny Committee "
        "held in Room 4, "
        "Shire Hall, Ashton on Friday, 7 March 2014.",
        Front("Roads Scrutiny Committee", "2014-03-07", "Room 4, Shire Hall, Ashton"),
    ),
    (
        "a meeting that was convened rather than held",
        "Minutes of a meeting of the Ashton Harbour Board convened in the Net Loft, Ashton on "
        "Friday, 7 March 2014.",
        Front("Ashton Harbour Board", "2014-03-07", "Net Loft, Ashton"),
    ),
    (
        "a sentence of its own says that the meeting was held",
        "A meeting of the Ashton Harbour Board was held in the Net Loft, Ashton on Friday, 7 March "
        "2014.",
        Front("Ashton Harbour Board", "2014-03-07", "Net Loft, Ashton"),
    ),
    (
        "a committee's own line under its authority's: both are the name",
        "ASHSHIRE POLICE AUTHORITY\n\nESTATES COMMITTEE\n\nMinutes of the meeting held at "
        "Shire House on "
        "Thursday 14th February 2008 at 10.30 a.m.",
        Front("ASHSHIRE POLICE AUTHORITY ESTATES COMMITTEE", "2008-02-14", "Shire House"),
    ),
    (
        "a committee named after a place needs no council",
        "FELLBURY BOROUGH COUNCIL\nELMDON AND ASHBY NEIGHBOURHOOD COMMITTEE\n13 May 2007, in "
        "Elmdon on Sunday",
        Front("ELMDON AND ASHBY NEIGHBOURHOOD COMMITTEE", "2007-05-13", None),
    ),
    (
        "a generic line says no more than the council's own line above it",
        "ASHTON PARISH COUNCIL\nMinutes of the Parish Council Meeting held on 3 May 2021",
        Front("ASHTON PARISH COUNCIL", "2021-05-03", None),
    ),
    (
        "a group under its partnership",
        "Ashshire Safeguarding Partnership\nSTRATEGIC MANAGEMENT GROUP\n3 May 2021",
        Front("Ashshire Safeguarding Partnership STRATEGIC MANAGEMENT GROUP", "2021-05-03", None),
    ),
    (
        "a title that names no body's noun",
        "THE ELMDON FIELD CHARITY\nNotes of 3 May 2021",
        Front("ELMDON FIELD CHARITY", "2021-05-03", None),
    ),
    (
        "a committee's own line right under its council's: both are the name",
        "ASHTON TOWN COUNCIL\nParks Committee\n11 October 2022, 6.30pm, The Old Hall, Ashton",
        Front("ASHTON TOWN COUNCIL Parks Committee", "2022-10-11", "Old Hall, Ashton"),
    ),
    (
        "a partnership under the council that hosts it keeps its own name",
        "ASHSHIRE COUNTY COUNCIL\nASHSHIRE SAFETY PARTNERSHIP\nTuesday 11 October 2022",
        Front("ASHSHIRE SAFETY PARTNERSHIP", "2022-10-11"),
    ),
    (
        "a name too general to stand alone belongs to the line above",
        "ASHSHIRE COUNTY COUNCIL\n\nCABINET\n\nMinutes of a meeting of the Cabinet held "
        "at Shire Hall on "
        "1 July 2020",
        Front("ASHSHIRE COUNTY COUNCIL CABINET", "2020-07-01", "Shire Hall"),
    ),
    (
        "a list of facts on one line",
        "**Safer Ashshire Partnership**\n\n**Tuesday, 5 February 2019, Oak Room, Shire "
        "Hall, Ashton - 11.00 am**",
        Front("Safer Ashshire Partnership", "2019-02-05", "Oak Room, Shire Hall, Ashton"),
    ),
    (
        "facts as fields",
        "Body: Ashshire Youth Justice Board\nVenue: Shire Hall, Ashton\nDate: 12/12/2019",
        Front("Ashshire Youth Justice Board", "2019-12-12", "Shire Hall, Ashton"),
    ),
    (
        "name and date on one line, no place",
        "Ashwell Parish Council - 1st March 2016",
        Front("Ashwell Parish Council", "2016-03-01", None),
    ),
    (
        "the meeting's date before the post's",
        '---\ntitle: "Ashwell Parish Council Minutes June"\ndate: "2017-07-12"\n---\n\n'
        "DRAFT MINUTES OF THE ASHWELL PARISH COUNCIL MEETING HELD AT ASHWELL VILLAGE HALL "
        "ON THURSDAY 1 JUNE 2017",
        Front("ASHWELL PARISH COUNCIL", "2017-06-01", "ASHWELL VILLAGE HALL"),
    ),
    (
        "the header's date where the text has none",
        "---\ntitle: Ashwell Parish Council\ndate: 2022-05-04\n---\n\nMinutes of the "
        "Annual Parish Meeting",
        Front("Ashwell Parish Council", "2022-05-04", None),
    ),
    (
        "two languages, the English one",
        "CYNGOR CYMUNED LLANWERN / LLANWERN COMMUNITY COUNCIL\n\nCofnodion / Minutes 12 "
        "Gorffennaf / July 2017",
        Front("LLANWERN COMMUNITY COUNCIL", "2017-07-12", None),
    ),
    (
        "a date of publication is not the meeting's",
        "# Ashford Policing Committee\n\nPublished: 17 December 2025\n\nHeld in City Hall "
        "on 25 November 2025",
        Front("Ashford Policing Committee", "2025-11-25", "City Hall"),
    ),
    ("nothing stated", "Some notes", Front(None, None, None)),
]


@pytest.mark.parametrize(
    ("head", "expected"), [row[1:] for row in HEADS], ids=[r[0] for r in HEADS]
)
def test_facts_of_a_head(head: str, expected: Front) -> None:
    assert front_of(head) == expected


def test_the_body_from_the_text_where_the_head_names_none() -> None:
    rest = ITEMS + "\nThe next Elmham Community Council meeting was fixed.\n"
    assert front_of("*Held in the hall on 3 May 2021*", rest).body == "Elmham Community Council"


def test_a_committee_of_no_place_takes_it_from_the_text() -> None:
    rest = ITEMS + "\nThe annual report of Ashford Joint Policing Committee was noted.\n"
    head = "MINUTES OF MEETING OF THE JOINT POLICING COMMITTEE HELD ON 3 MAY 2021"
    assert front_of(head, rest).body == "Ashford Joint Policing Committee"


def test_no_text_no_facts() -> None:
    assert find_front(lines_.split(""), ()) == Front()


DATES = [
    ("Monday, 26 September 2011", "2011-09-26", "weekday and comma"),
    ("1st March 2016", "2016-03-01", "ordinal"),
    ("12TH\nNOVEMBER 2018", "2018-11-12", "capitals over a line's end"),
    ("2nd  day of May 2019", "2019-05-02", "day of"),
    ("Fri 11 Nov 2011", "2011-11-11", "short forms"),
    ("8  th  June 2022", "2022-06-08", "an ordinal that was superscript"),
    ("13 Mawrth / March 2018", "2018-03-13", "two languages"),
    ("28th February 2OO6", "2006-02-28", "noughts read as letters"),
    ("September 26th, 2011", "2011-09-26", "month first"),
    ("3/12/19", "2019-12-03", "figures, day first"),
    ("03.12.2019", "2019-12-03", "figures with full stops"),
    ("2023-06-02", "2023-06-02", "ISO"),
    ("in March 2024", "2024-03", "as precise as the text"),
]


@pytest.mark.parametrize(("text", "iso", "why"), DATES, ids=[row[2] for row in DATES])
def test_dates_british_minutes_print(text: str, iso: str, why: str) -> None:
    found = find_dates(text)
    assert [dated.iso for dated in found] == [iso], why
    assert text[found[0].start : found[0].end] in text


@pytest.mark.parametrize(
    "text", ["31/13/19", "minute 12/2019", "11th April", "1.2.3.4", "may 2 people"]
)
def test_figures_that_are_no_dates(text: str) -> None:
    assert find_dates(text) == []


@settings(max_examples=100, deadline=None)
@given(st.text(max_size=400))
def test_any_text_has_a_front(text: str) -> None:
    front = front_of(text, "")
    assert all(fact is None or fact.strip() for fact in (front.body, front.date, front.venue))
