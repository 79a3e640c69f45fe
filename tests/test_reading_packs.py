"""Agenda packs: the minutes inside are found, and nothing that is no pack is cut."""

from __future__ import annotations

import random
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kcsp_nlp.labels.corpus import read_all
from kcsp_nlp.reading.pdf.packs import Bookmark, find_minutes

CORPUS = Path(__file__).parents[1] / "corpus"

COVER = """Public Document Pack
Tarnmouth Borough Council
Harbour and Coast Committee
Date: Tuesday, 12 March 2024
Time: 6.30 pm
Venue: The Moot Hall
Membership: Councillors A Hale (Chair), B Orme and C Tully
For further information please contact Sue Reed"""
AGENDA = """A G E N D A
1. Apologies for absence
2. Declarations of interest
3. Minutes (Pages 3 - 6)
To sign the minutes of 13 February 2024 as a correct record
4. Dredging of the inner harbour (Pages 7 - 10)
Report of the Harbour Master
5. Date of next meeting
Page 2"""
SUMMONS = """HURSTLEY PARISH COUNCIL
NOTICE OF MEETING
You are hereby summoned to attend the meeting of the Parish Council to be held on Wednesday
4 May 2022 at 7.30 pm in the Reading Room.
AGENDA
1. Apologies
2. Minutes of the last meeting
3. Finance: to approve the payments listed
Joan Peel, Clerk"""
MINUTES = """Tarnmouth Borough Council
Minutes of a meeting of the Harbour and Coast Committee held in the Moot Hall on
Tuesday, 13 February 2024 at 6.30 pm
PRESENT: Councillor A Hale (Chair), Councillors B Orme and C Tully
In attendance: the Harbour Master
21. APOLOGIES
Apologies were received from Councillor D Fenn.
22. MOORINGS
The Harbour Master reported that nine moorings were free.
RESOLVED that the charges be kept."""
GOING_ON = """23. SEA WALL
Members were advised that the survey was complete. It was agreed to seek prices.
24. LIFEBOAT
A grant of £400 was approved."""
CLOSING = """25. OTHER BUSINESS
The Clerk reported that the gate was mended.
The meeting closed at 8.05 pm.
Chair .................... Date ...................."""
BARE = """HARBOUR AND COAST COMMITTEE - 9 January 2024
PRESENT: Councillors Hale, Orme and Tully
15. WEED
It was reported that weed had been cut. The report was noted.
RESOLVED accordingly."""
STAMPED = f"Agenda Item 3\n{MINUTES}"
BLANK = "This page is intentionally left blank\nPage 6"
DIVIDER = "Agenda Item 4\nPages 7 - 10\nDredging of the inner harbour"
REPORT = """Report to: Harbour and Coast Committee
Date: 12 March 2024
Report of the Harbour Master
Wards affected: Quayside
1. Purpose of report
To seek approval for dredging in the autumn."""
REPORT_ON = (
    "2. Background\nThe harbour was dredged in 2011. The channel has since filled by a metre."
)
APPENDIX = "Appendix A\nSoundings by station\n1 2.4 m\n2 1.9 m"
DECISIONS = """Decision sheet
Harbour and Coast Committee, 13 February 2024
22. Moorings: charges kept
24. Lifeboat: £400"""
NEXT_AGENDA = """HARBOUR AND COAST COMMITTEE
AGENDA
for the meeting to be held on Tuesday 12 March 2024
1. Apologies
2. To approve the minutes"""
ACTIONS = "ACTION LOG\nNo. | Action | Owner | Due\n1 | Seek prices | Clerk | April"
PACK_OF_MINUTES = """DRAFT MINUTES PACK
The following minutes will be received by the Council
1. Harbour and Coast Committee, 13 February 2024
2. Harbour and Coast Committee, 9 January 2024"""


@pytest.mark.parametrize(
    ("pages", "found"),
    [
        pytest.param(
            [COVER, AGENDA, MINUTES, GOING_ON, CLOSING, REPORT, REPORT_ON],
            [(3, 5)],
            id="up to a report",
        ),
        pytest.param(
            [COVER, AGENDA, STAMPED, GOING_ON, GOING_ON, BLANK, DIVIDER, REPORT],
            [(3, 5)],
            id="up to a page that is blank on purpose",
        ),
        pytest.param(
            [COVER, AGENDA, MINUTES, GOING_ON, DIVIDER, REPORT],
            [(3, 4)],
            id="up to the divider of the next item",
        ),
        pytest.param(
            [COVER, AGENDA, STAMPED, GOING_ON, f"Agenda Item 4\n{REPORT_ON}"],
            [(3, 4)],
            id="up to the stamp of the next item",
        ),
        pytest.param([SUMMONS, MINUTES, CLOSING], [(2, 3)], id="a summons, then minutes"),
        pytest.param(
            [SUMMONS, MINUTES, CLOSING, "Bank reconciliation\nBalance 1 April | 1,204.50"],
            [(2, 3)],
            id="up to the close of the meeting, then something with a title",
        ),
        pytest.param(
            [SUMMONS, MINUTES, CLOSING, APPENDIX, REPORT],
            [(2, 4)],
            id="an appendix behind the close belongs to the minutes",
        ),
        pytest.param(
            [SUMMONS, MINUTES, CLOSING, "26. LATE ITEM\nIt was agreed to meet again."],
            [(2, 4)],
            id="numbered items behind the close are minutes",
        ),
        pytest.param(
            [COVER, AGENDA, MINUTES, CLOSING, BARE, GOING_ON, DIVIDER, REPORT],
            [(3, 4), (5, 6)],
            id="two meetings, the second without the word minutes",
        ),
        pytest.param(
            [COVER, AGENDA, REPORT, REPORT_ON, DIVIDER, MINUTES, CLOSING],
            [(6, 7)],
            id="minutes behind the reports",
        ),
        pytest.param(
            [PACK_OF_MINUTES, MINUTES, CLOSING, BARE, GOING_ON],
            [(2, 3), (4, 5)],
            id="a pack of draft minutes, each closed",
        ),
        pytest.param(
            [COVER, AGENDA, MINUTES, "Minutes of the meeting of 9 January\nThese were signed."],
            [(3, 4)],
            id="the item about earlier minutes is no start",
        ),
        pytest.param(
            [AGENDA.replace("A G E N D A", "**AGENDA**"), f"## {MINUTES}", GOING_ON],
            [(2, 3)],
            id="marks of headings and bold",
        ),
    ],
)
def test_minutes_in_packs_are_found(pages: list[str], found: list[tuple[int, int]]) -> None:
    parts = find_minutes(pages, [])
    assert [(part.first, part.last) for part in parts] == found
    assert all(part.reason and part.warning is None for part in parts)


@pytest.mark.parametrize(
    "pages",
    [
        pytest.param([MINUTES, GOING_ON, CLOSING], id="minutes"),
        pytest.param([MINUTES, CLOSING, NEXT_AGENDA], id="the next agenda behind them"),
        pytest.param([MINUTES, CLOSING, DECISIONS], id="the decision sheet behind them"),
        pytest.param([MINUTES, CLOSING, ACTIONS], id="an action log behind them"),
        pytest.param([MINUTES, CLOSING, APPENDIX, REPORT], id="appendices behind them"),
        pytest.param([MINUTES, DIVIDER, GOING_ON], id="a page with the heading of an item alone"),
        pytest.param([BARE, GOING_ON], id="without the word minutes"),
        pytest.param([STAMPED, GOING_ON], id="fetched out of a pack, stamp and all"),
        pytest.param(
            [f"AGENDA\n{MINUTES}\nThe next meeting will be held on 12 March."],
            id="a heading AGENDA over minutes",
        ),
        pytest.param(
            ["Tarnmouth Borough Council\nHarbour and Coast Committee", MINUTES, CLOSING],
            id="a cover",
        ),
        pytest.param(
            [f"DRAFT MINUTES - to be approved at the meeting to be held in May\n{MINUTES}"],
            id="draft minutes",
        ),
        pytest.param([REPORT, REPORT_ON], id="a report"),
        pytest.param(["", " \n"], id="nothing"),
        pytest.param([], id="no pages"),
    ],
)
def test_other_files_are_not_cut(pages: list[str]) -> None:
    assert find_minutes(pages, []) == ()


@pytest.mark.parametrize(
    "pages",
    [
        pytest.param([COVER, AGENDA, REPORT, REPORT_ON], id="agenda and reports"),
        pytest.param([SUMMONS], id="an agenda alone"),
    ],
)
def test_a_pack_without_minutes_is_whole_and_says_so(pages: list[str]) -> None:
    (part,) = find_minutes(pages, [])
    assert (part.first, part.last) == (1, len(pages))
    assert part.warning is not None
    assert "no minutes" in part.warning


def test_bookmarks_bound_minutes() -> None:
    pages = [COVER, AGENDA, MINUTES, GOING_ON, GOING_ON, "Soundings\n1 2.4 m", "2 1.9 m"]
    marks = [
        Bookmark("Agenda", 1),
        Bookmark("3 Minutes", 3),
        Bookmark("Sea wall", 4, level=1),
        Bookmark("4 Dredging of the inner harbour", 6),
    ]
    (part,) = find_minutes(pages, marks)
    assert (part.first, part.last) == (3, 5)
    (unmarked,) = find_minutes(pages, [])
    assert unmarked.last == 7, "without them nothing says where the minutes end"


@pytest.mark.parametrize(
    ("title", "leads"),
    [
        ("Minutes of 9 January 2024", True),
        ("3 Minutes of the Previous Meeting", True),
        ("Cofnodion", True),
        ("4 Matters arising from the minutes", False),
        ("4 Weed", False),
    ],
)
def test_a_bookmark_says_that_minutes_begin(title: str, leads: bool) -> None:
    first = "HARBOUR AND COAST COMMITTEE\n15. WEED\nThe report was noted and the cost was agreed."
    pages = [COVER, AGENDA, first, REPORT]
    (part,) = find_minutes(pages, [Bookmark(title, 3)])
    if leads:
        assert (part.first, part.last, part.warning) == (3, 3, None)
    else:
        assert part.warning is not None


def test_a_bookmark_within_minutes_does_not_divide_them() -> None:
    pages = [COVER, AGENDA, MINUTES, GOING_ON, CLOSING, REPORT]
    marks = [Bookmark("3 Minutes", 3), Bookmark("Minutes of the last meeting", 4, level=1)]
    (part,) = find_minutes(pages, marks)
    assert (part.first, part.last) == (3, 5)


def test_no_labelled_minutes_are_cut() -> None:
    for document in read_all([CORPUS]):
        chance = random.Random(document.id)
        lines = document.text.split("\n")
        pages = []
        while lines:
            count = chance.randint(1, 60)
            pages.append("\n".join(lines[:count]))
            lines = lines[count:]
        assert find_minutes(pages, []) == (), document.id


@given(
    st.lists(
        st.sampled_from(
            [COVER, AGENDA, SUMMONS, MINUTES, GOING_ON, CLOSING, BARE, BLANK, DIVIDER, REPORT, ""]
        ),
        max_size=9,
    ),
    st.lists(st.builds(Bookmark, st.sampled_from(["Minutes", "Report"]), st.integers(-1, 12))),
)
def test_ranges_lie_in_the_file_in_order_apart(pages: list[str], marks: list[Bookmark]) -> None:
    last = 0
    for part in find_minutes(pages, marks):
        assert last < part.first <= part.last <= len(pages)
        last = part.last
