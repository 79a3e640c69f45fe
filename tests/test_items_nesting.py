"""Numbers within numbers, sections and lists in whole short minutes: all invented."""

from __future__ import annotations

import pytest

from kcsp_nlp.minutes import lines as lines_
from kcsp_nlp.minutes.items.finding import find_parts

Row = tuple[str | None, str]  # number or agenda code, title

LAYOUTS: list[tuple[str, str, list[Row]]] = [
    (
        "sub-items in bold below items without a mark",
        """\
CASTLE WARD ASSEMBLY
Monday 7 October 2019, Scout Hut

Present: Cllr Dee Marsh (Chair), Cllr Noor Aziz, 14 residents

1 WELCOME

The Chair welcomed everyone.

2 REPORTS

**2.1 Police**

Sergeant Lowe reported nine burglaries.

**2.2 Cleansing**

The sweeper comes on Wednesdays now.

**2.3 Youth club**

It has eleven members and a drum kit.

3 WARD FUND

£4,000 was left. It was agreed to mend the swing.

4 CLOSE

At eight.
""",
        [("1", "WELCOME"), ("2", "REPORTS"), ("3", "WARD FUND"), ("4", "CLOSE")],
    ),
    (
        "numbers that begin again below a section's heading, nothing set off",
        """\
EASTFEN JOINT COMMITTEE
Minutes of the meeting held on 3 March 2011

Present: Councillors Amble, Birk and Cawood

SECTION ONE - PUBLIC

1. Apologies
Councillor Dobbs was in hospital.

2. Minutes of last meeting
They were agreed.

3. Bridge tolls
Members noted that the toll had been doubled and the traffic halved.

4. Lighting of the causeway
The lamps had been stolen.

SECTION TWO - EXEMPT

1. Tender for lamps
Three were opened.

2. Sale of the toll house
It was resolved to sell.
""",
        [
            ("1", "Apologies"),
            ("2", "Minutes of last meeting"),
            ("3", "Bridge tolls"),
            ("4", "Lighting of the causeway"),
            ("1", "Tender for lamps"),
            ("2", "Sale of the toll house"),
        ],
    ),
    (
        "the second language on a line of its own",
        """\
COMHAIRLE CONTAE AN CHLÁIR THUAIDH
Minutes of the Municipal District meeting of 14 May 2018

I Láthair: Cllr. P. Hynes, Cllr. B. Talty, Cllr. M. Slattery

1.  Miontuairiscí
    Minutes
It was proposed by Cllr. Talty and agreed that the minutes be adopted.

2.  Bóithre
    Roads
The Engineer stated that the L1148 had been surfaced.

3.  Tithíocht
    Housing
Eleven houses were allocated.

4.  Comhfhreagras
    Correspondence
There was none.
""",
        [("1", "Miontuairiscí"), ("2", "Bóithre"), ("3", "Tithíocht"), ("4", "Comhfhreagras")],
    ),
    (
        "decimals one level below whole numbers",
        """\
# Digital Board

*27 June 2023*

**Members present:** Ruth Cable, Enzo Marr, Liv Strand

## 7 Matters arising

### 7.1 Laptops

They were sent out on Friday.

### 7.2 Passwords

Enzo Marr asked that they be longer.

## 8 Roadmap

### 8.1 Payments

The new page is live.

### 8.2 Maps

The map has the wrong county on it. It was agreed to take it down.

## 9 Risks

Two were closed.
""",
        [("7", "Matters arising"), ("8", "Roadmap"), ("9", "Risks")],
    ),
    (
        "rows and sub-rows of a table",
        """\
**Carers' Partnership Board – 12 December 2016**

| Item | Notes | Action |
|---|---|---|
| 1. | **Welcome and apologies**<br>Names were given round the table. Apologies from Jo Penn. | |
| 2. | **Notes of last meeting**<br>Agreed. | |
| 2.1 | **Matters arising: respite beds**<br>Two have been kept. | SW |
| 2.2 | **Matters arising: newsletter**<br>It is late. | RT |
| 3. | **Strategy**<br>Sam Wix went through the draft and asked for comments by New Year. | All |
| 4. | **Any other business**<br>There was none. | |
""",
        [
            ("1", "Welcome and apologies"),
            ("2", "Notes of last meeting"),
            ("3", "Strategy"),
            ("4", "Any other business"),
        ],
    ),
    (
        "underlined titles",
        """\
Allotment Society
=================

Meeting of 2 April 2017 in the shed

There were nine of us and a dog.

Apologies
---------

Bert, whose knee is bad.

Water
-----

The butts were filled on Sunday. The council has not answered.

Theft of leeks
--------------

Fourteen were taken. Mavis suspects the vicar.

Next meeting
------------

7 May.
""",
        [(None, "Apologies"), (None, "Water"), (None, "Theft of leeks"), (None, "Next meeting")],
    ),
    (
        "titles in italics",
        """\
*Harbour Chapel Trustees, 8 July 2015*

Present were Mr Eady, Mrs Nance and the minister.

*Minutes of the last meeting*

They were read and signed.

*Roof*

The minister reported that the lead had gone again. It was agreed to use something else.

*Accounts*

There was £312 in the bank and £40 in the tin.

*Date of next meeting*

To be given out on Sunday.
""",
        [
            (None, "Minutes of the last meeting"),
            (None, "Roof"),
            (None, "Accounts"),
            (None, "Date of next meeting"),
        ],
    ),
    (
        "small numerals",
        """\
Ferry Users' Group, notes 11/9/14

Came: Iona Bain, Colin Strachan, Purser Ewan Tait

i. Apologies
None.

ii. Timetable
The 0715 would be the 0725 from October. Mr Strachan said that he would miss his train.

iii. Dogs on deck
It was agreed that they might sit but not lie.

iv. Fares
Up by three per cent.

v. AOB
The vending machine takes no coins.
""",
        [
            ("i", "Apologies"),
            ("ii", "Timetable"),
            ("iii", "Dogs on deck"),
            ("iv", "Fares"),
            ("v", "AOB"),
        ],
    ),
    (
        "letters below year and number",
        """\
Upper Slaugham Parish Council
12 January 2021 by Zoom

Present: Cllrs Hoad, Tester, Botting

21/1 APOLOGIES
None.

21/2 FINANCE
(a) The accounts were agreed.
(b) The precept was set at £21,400.
(c) Grants: £100 to the Scouts.

21/3 HIGHWAYS
(a) Potholes had been reported.
(b) The gritting bin is empty.

21/4 DATE OF NEXT MEETING
9 February.
""",
        [
            ("21/1", "APOLOGIES"),
            ("21/2", "FINANCE"),
            ("21/3", "HIGHWAYS"),
            ("21/4", "DATE OF NEXT MEETING"),
        ],
    ),
    (
        "Minute No. and the year",
        """\
AUDIT AND RISK COMMITTEE
HELD ON 30 NOVEMBER 2020

Present: Mr G Moor (Chair), Ms T Ashdown

Minute No. 2020/45 Apologies
There were none.

Minute No. 2020/46 Internal audit
Ms Ashdown asked why three reports were late. Two auditors had left.

Minute No. 2020/47 Risk register
Flood was moved from amber to red.

Minute No. 2020/48 Any other business
Nothing was raised.
""",
        [
            ("2020/45", "Apologies"),
            ("2020/46", "Internal audit"),
            ("2020/47", "Risk register"),
            ("2020/48", "Any other business"),
        ],
    ),
    (
        "codes with a dot, begun again for each section",
        """\
Joint Commissioning Executive
Meeting of 5 June 2018

Present: Dr Hal Venn, Petra Stone, Guy Ollis

A.1 Apologies
Two had been received.

A.2 Minutes
They were agreed.

B.1 Better Care Fund
Petra Stone presented the plan for £31m. It was approved.

B.2 Continence service
The contract ends in March. Guy Ollis would write to the provider.

B.3 Wheelchairs
People wait too long for them.

C.1 Forward plan
It was noted.
""",
        [
            ("A.1", "Apologies"),
            ("A.2", "Minutes"),
            ("B.1", "Better Care Fund"),
            ("B.2", "Continence service"),
            ("B.3", "Wheelchairs"),
            ("C.1", "Forward plan"),
        ],
    ),
    (
        "number and title in bold each, paragraphs numbered in bold",
        """\
**NETHERBY PATIENT COUNCIL**

**25 May 2022**

Members: Uma Rao, Dick Fells, Hetty Moss

**11.** **Minutes**

The minutes were agreed.

**12.** **Chief nurse's report**

**12.1** Falls had gone down.

**12.2** Complaints had gone up, chiefly about parking.

**12.3** Members asked for the figures by ward.

**13.** **Food**

**13.1** Hetty Moss had eaten the pie and could not recommend it.

**14.** **Next meeting**

27 July.
""",
        [("11", "Minutes"), ("12", "Chief nurse's report"), ("13", "Food"), ("14", "Next meeting")],
    ),
    (
        "a table of contents with pages",
        """\
DOWNLAND CONSERVATION BOARD

CONTENTS
1. Apologies ........ 1
2. Declarations ..... 1
3. Grazing .......... 2
4. Fire breaks ...... 3

MINUTES of the meeting of 9 September 2021
Present: Col. Jim Harker, Sue Pelham

1. Apologies for absence
Mr Weald had sent his.

2. Declarations of interest
Col. Harker owns the sheep.

3. Grazing
It was resolved to move the sheep to the north side.

4. Fire breaks
Two had been cut. The third would be cut when the larks had gone.
""",
        [
            ("1", "Apologies for absence"),
            ("2", "Declarations of interest"),
            ("3", "Grazing"),
            ("4", "Fire breaks"),
        ],
    ),
    (
        "recommendations numbered and in bold like the items",
        """\
# OVERVIEW COMMITTEE

12 February 2014

Present: Councillors Lunt, Mabey and Orr

**31. MINUTES**

The minutes were approved.

**32. TREES**

The officer reported on ash dieback.

**RECOMMENDED:**

**1. That the survey be funded.**

**2. That no ash be planted.**

**33. BUSES**

The operator did not attend.

**RECOMMENDED:**

**1. That the operator be written to.**

**2. That it be written to again.**

**3. That the minister be told.**

**34. WORK PROGRAMME**

It was agreed.
""",
        [("31", "MINUTES"), ("32", "TREES"), ("33", "BUSES"), ("34", "WORK PROGRAMME")],
    ),
    (
        "questions numbered through below titles in capitals",
        """\
POLICE ACCOUNTABILITY FORUM
QUESTION TIME, 21 JUNE 2012

PANEL: Commander Tessa Wynn, Assistant Commissioner Bode Cole

WELCOME

The Commander opened the evening.

QUESTIONS ON BURGLARY

1. How many were solved?
One in nine, the Commander said.

2. Why so few?
There were few witnesses.

QUESTIONS ON STOP AND SEARCH

3. Who is stopped?
Mr Cole gave the figures.

4. Are the slips given out?
They are.

CLOSE

At nine.
""",
        [
            (None, "WELCOME"),
            (None, "QUESTIONS ON BURGLARY"),
            (None, "QUESTIONS ON STOP AND SEARCH"),
            (None, "CLOSE"),
        ],
    ),
    (
        "sub-headings that count from 1 and look like the items",
        """\
RURAL DISTRICT OF HOLME
HOUSING COMMITTEE 4 JUNE 1993

Present: Mrs Ives, Mr Jolley, Mr Kemp

56. MINUTES

They were taken as read.

57. ESTATES

1. LABURNUM CLOSE

The drains were reported to be blocked.

2. CHERRY CLOSE

The tenants had complained of the bonfire.

58. SALES

Four houses had been sold.

59. STAFF

1. WARDEN

Mrs Tring had resigned.

2. PLUMBER

There is none.

60. NEXT MEETING

2 July.
""",
        [
            ("56", "MINUTES"),
            ("57", "ESTATES"),
            ("58", "SALES"),
            ("59", "STAFF"),
            ("60", "NEXT MEETING"),
        ],
    ),
    (
        "bullets with a title in bold",
        """\
### Warden Team catch-up – 3 Aug 2020

Who: Ali, Bex, Cam

- **Welcome** – Bex back from leave.
- **Litter** – bins by the beach overflow by noon. Cam to ask for two more.
- **Barbecues** – eleven put out, one with a bucket. Agreed to put up a sign.
- **Rota** – Ali does Sundays.
- **AOB** – none.
""",
        [(None, "Welcome"), (None, "Litter"), (None, "Barbecues"), (None, "Rota"), (None, "AOB")],
    ),
    (
        "numbers that a converter escaped",
        """\
## SAFEGUARDING EXECUTIVE

**Date: 16 January 2020**

**Present:** Nia Rhys, Tom Bale

1\\. **Apologies**

None were received.

2\\. **Neglect strategy**

Nia Rhys introduced it. It was signed off.

3\\. **Training**

2\\.1 of the plan had been met.

4\\. **Any other business**

None.
""",
        [
            ("1", "Apologies"),
            ("2", "Neglect strategy"),
            ("3", "Training"),
            ("4", "Any other business"),
        ],
    ),
]


@pytest.mark.parametrize(
    ("text", "expected"), [row[1:] for row in LAYOUTS], ids=[row[0] for row in LAYOUTS]
)
def test_items_of_whole_minutes(text: str, expected: list[Row]) -> None:
    items = [part for part in find_parts(lines_.split(text)) if part.kind == "item"]
    assert [(part.number or part.code, part.title or "") for part in items] == expected


def test_codes_of_sections_are_no_numbers() -> None:
    text = "K1 Apologies\nNone.\n\nK2 Minutes\nSigned.\n\nL1 Rope\nWet.\n\nL2 Tar\nDry.\n"
    items = [part for part in find_parts(lines_.split(text)) if part.kind == "item"]
    assert [(part.number, part.code) for part in items] == [
        (None, "K1"),
        (None, "K2"),
        (None, "L1"),
        (None, "L2"),
    ]


@pytest.mark.parametrize(
    "list_of_one_item",
    [
        "**1. Rope**\n\nWet.\n\n**2. Tar**\n\nDry.\n",
        "1. ROPE\n\nWet.\n\n2. TAR\n\nDry.\n",
        "1.1 Rope\nWet.\n1.2 Tar\nDry.\n",
        "A1 Rope\nB1 Tar\n",
    ],
)
def test_what_counts_within_an_item_is_none(list_of_one_item: str) -> None:
    text = (
        "31. MINUTES\n\nThey were signed.\n\n32. STORES\n\nThe mate reported.\n\n"
        f"{list_of_one_item}\n33. PILOTS\n\nThree were late.\n\n34. LAMPS\n\nAll were lit.\n"
    )
    items = [part for part in find_parts(lines_.split(text)) if part.kind == "item"]
    assert [part.number for part in items] == ["31", "32", "33", "34"]


def test_a_number_before_the_year_is_no_parent_of_minute_numbers() -> None:
    text = (
        "14 of us came.\n\n14.87 Apologies\n\nOne.\n\n14.88 Tar\n\nIt was dry.\n\n"
        "14.89 Any other business\n\nNone.\n"
    )
    items = [part for part in find_parts(lines_.split(text)) if part.kind == "item"]
    assert [part.number for part in items] == ["14.87", "14.88", "14.89"]
