"""Numbers glued to titles and titles run into their text, in short minutes: all invented."""

from __future__ import annotations

import pytest

from kcsp_nlp.minutes import lines as lines_
from kcsp_nlp.minutes.items.finding import find_parts

Row = tuple[str | None, str | None]  # number or agenda code, title

LAYOUTS = [
    pytest.param(
        """\
Coastwatch and Harbour Forums, joint meeting of 2 March 2011
Present: Ivo Stokes, Pia Lund and Amos Trevanion
SECTION A: BOTH FORUMS
A1.Apologies. Received from the coxswain, who had put to sea at noon and was not looked for before
the evening.
A2.Radio. Pia Lund said that channel 12 is full of fishermen and that nobody on it listens to
anyone, the Coastguard least of all.
A3.Lookout hut. The door has gone. Noted.
SECTION B: COASTWATCH
B1.Notes of 4 May 2010. Signed.
B2.Rota. Ivo Stokes has Tuesdays until the autumn and then nobody has them, unless somebody moves
here who can tell a buoy from a seal.
SECTION C: HARBOUR
C1.Fees. Up by a tenth from April, against the votes of everyone who pays them and with the thanks
of everyone who does not.
C2.Dates. 4 June.
""",
        [
            ("A1", "Apologies"),
            ("A2", "Radio"),
            ("A3", "Lookout hut"),
            ("B1", "Notes of 4 May 2010"),
            ("B2", "Rota"),
            ("C1", "Fees"),
            ("C2", "Dates"),
        ],
        id="codes of sections glued to titles that run into their text",
    ),
    pytest.param(
        """\
WEALD AND MARSH RESCUE AUTHORITY
MINUTES OF MEETING HELD ON 3 MARCH 2016

Present:       Councillors Hoad, Tester and Botting

15-16/RA/61    Apologies

61.1   None were received.

15-16/RA/62    Pumps

62.1   The Chief reported that two of the five leak.

62.2   RESOLVED:
       1.  That both be mended.
       2.  That a sixth be hired.

15-16/RA/63    Hydrants

63.1   Further to Minute 15-16/RA/40, the lid was found.

15-16/RA/64    Date of Next Meeting

64.1   5 May.
""",
        [
            ("15-16/RA/61", "Apologies"),
            ("15-16/RA/62", "Pumps"),
            ("15-16/RA/63", "Hydrants"),
            ("15-16/RA/64", "Date of Next Meeting"),
        ],
        id="paragraphs numbered by the last part of the minute number are no items",
    ),
    pytest.param(
        """\
Quoyness Council
Minute of Meeting of the Safety Sub-Committee, 12 May 2021

Present: Councillors Orr, Reid and Shaw

Apologies

Councillor Muir.

Filming of Meeting

The Convener said that the meeting would be filmed and the film kept for a year.

Declarations of Interest

There were none.

1. Ferries
The report was noted.

2. Beacons
One had been stolen.

3. Otters
They were counted.

4. Grants
Two were given.
""",
        [
            (None, "Filming of Meeting"),
            (None, "Declarations of Interest"),
            ("1", "Ferries"),
            ("2", "Beacons"),
            ("3", "Otters"),
            ("4", "Grants"),
        ],
        id="titles in small letters before the first number, one of them usual",
    ),
    pytest.param(
        """\
Quoyness Council
12 May 2021

Present: Councillors Orr, Reid and Shaw

Matter Reason

The fence was wet.

1. Ferries
The report was noted.

2. Beacons
One had been stolen.
""",
        [("1", "Ferries"), ("2", "Beacons")],
        id="a line in small letters before the first number is none where no title is usual",
    ),
    pytest.param(
        """\
BALLYMOYLE DISTRICT
Meeting of 4 September 2019

Present: Cllrs Joyce, Keane and Lally

MINUTES
They were confirmed on the proposal of Cllr Keane.
VOTES OF SYMPATHY
They were passed to the Burke and Daly families.
KILMOYLE C OF I HALL
The roof was discussed.
ROADS
Cllr Lally asked about the bend.
NEXT MEETING
2 October.
""",
        [
            (None, "MINUTES"),
            (None, "VOTES OF SYMPATHY"),
            (None, "KILMOYLE C OF I HALL"),
            (None, "ROADS"),
            (None, "NEXT MEETING"),
        ],
        id="capitals with one letter for a word, and votes that are a title",
    ),
    pytest.param(
        """\
Notes of the Pilots' Panel, 5 May 2020

Present: Ann Ash, Bob Birch

PiP/20/31 APOLOGIES None had been sent, but two were away. PiP/20/32 MINUTES They were read and
signed, see PiP/20/14 for what was put right. PiP/20/33 LIGHTS Bob Birch said that all were out.

PiP/20/34 Next meeting

In June.
""",
        [
            ("PiP/20/31", "APOLOGIES"),
            ("PiP/20/32", "MINUTES"),
            ("PiP/20/33", "LIGHTS"),
            ("PiP/20/34", "Next meeting"),
        ],
        id="numbers with letters inside a paragraph",
    ),
    pytest.param(
        """\
Millbrook Residents
Notes 3 July 2016

Here: Jo Lake, Sam Hill

1 Hello. Jo said hello and counted 12 people in the room, fewer than in May, when there were
15 and a dog.
2 Burglaries. Sam read out the figures from the police, 4 in May and 6 in June. A woman of
70 was pushed over in her hall and two lads have been charged.
3 Money. The tin holds what it held, and nobody could say what the stamps had been bought for.
4 Lamps. The one by the weir is out again and the county says that it belongs to the river.
""",
        [("1", "Hello"), ("2", "Burglaries"), ("3", "Money"), ("4", "Lamps")],
        id="numbers at the beginning of wrapped lines break no run",
    ),
    pytest.param(
        """\
Thornby Parish, 5 May 2023

Present: Cllrs Ox, Fox

012/2023-24 Apologies
Cllr Cox had sent hers.

013/2023-24 Payments
03/05/23 Clerk £400
04/05/23 Kennels £20
05/05/23 Bins £12

014/2023-24 Next meeting
2 June.
""",
        [
            ("012/2023-24", "Apologies"),
            ("013/2023-24", "Payments"),
            ("014/2023-24", "Next meeting"),
        ],
        id="dates of payments are none where the council year ends the numbers",
    ),
]


@pytest.mark.parametrize(("text", "expected"), LAYOUTS)
def test_items_of_whole_minutes(text: str, expected: list[Row]) -> None:
    items = [part for part in find_parts(lines_.split(text)) if part.kind == "item"]
    assert [(part.number or part.code, part.title) for part in items] == expected
