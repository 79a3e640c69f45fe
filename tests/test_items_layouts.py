"""Where items begin in whole short minutes, no two laid out alike: all invented."""

from __future__ import annotations

import pytest

from kcsp_nlp.minutes import lines as lines_
from kcsp_nlp.minutes.items.finding import find_parts

Row = tuple[str | None, str]  # number or agenda code, title

LAYOUTS: list[tuple[str, str, list[Row]]] = [
    (
        "questions numbered below one item of several, nothing set off",
        """\
QUARRYBANK LIAISON GROUP
Notes of the meeting on 3 June 2014 in the Sorting Office

There: Ms Ada Pell (Chair), Mr Ilir Hoxha, Miss Fern Lacey

1. Minutes
They were signed once a comma had been taken out.

2. Operator's report
Mr Hoxha spoke to his paper and took questions as he went.
2.1 Blasting
There were four blasts in the quarter, all of them before noon.
2.2 Lorries
Miss Lacey had counted ninety in a week. He made it eighty-eight.
2.3 Dust
The sprays had frozen. New nozzles were fitted on the Friday.
2.4 Newts
They had been moved and had come back.

3. Questions from the floor
3.1 Mrs Orme, Tip Lane
Could the siren be turned towards the hill? It could.
3.2 Mr Beddoes
Who pays for the windows? He was told to write in.
3.3 A lady at the back
She had no question but felt better for coming.

4. Next meeting
In September, if there is still a quarry.
""",
        [
            ("1", "Minutes"),
            ("2", "Operator's report"),
            ("3", "Questions from the floor"),
            ("4", "Next meeting"),
        ],
    ),
    (
        "codes in bold whose letter is the section's",
        """\
# Harbour Users' Panel

**Held on 9 February 2017 in the Net Loft**

**Present:** Cdr Ivo Stokes, Pia Lund, Amos Trevanion

## PART P - PRELIMINARY

**P1  Apologies**

None had been sent, though two people were missing.

**P2  Last time's notes**

They were agreed.

## PART Q - FOR DECISION

**Q1  Mooring fees**

Pia Lund proposed that fees rise by a tenth. It was carried by two votes to one.

**Q2  The crane**

It was condemned in the autumn and has been used since. The Panel agreed to lock it.

**Q3  Byelaws**

Left over.

## PART R - FOR INFORMATION

**R1  Seals**

There are more of them.

**R2  Dates**

The first Thursday of each month but August.
""",
        [
            ("P1", "Apologies"),
            ("P2", "Last time's notes"),
            ("Q1", "Mooring fees"),
            ("Q2", "The crane"),
            ("Q3", "Byelaws"),
            ("R1", "Seals"),
            ("R2", "Dates"),
        ],
    ),
    (
        "letters with a bracket before titles in small letters",
        """\
Tarn Common Graziers
Meeting of 11 November 2008, the Byre

Present: H Airey, J Postlethwaite, Mrs N Braithwaite

A) Matters arising
The cattle grid was mended on the Tuesday after we met.

B) Stints
Mr Airey holds forty and has turned out fifty-two. He was asked to fetch twelve home.
i) The marks were looked at.
ii) Two ewes had none.

C) Bracken
The contractor wants £340 a day. It was agreed to have him for two.

D) Dogs
One was shot. The owner has been told.

E) Date of next meeting
After lambing.
""",
        [
            ("A", "Matters arising"),
            ("B", "Stints"),
            ("C", "Bracken"),
            ("D", "Dogs"),
            ("E", "Date of next meeting"),
        ],
    ),
    (
        "capital numerals over paragraphs that are numbered through",
        """\
BOARD OF THE LIGHT RAILWAY
17 May 2012

In the chair: Dame Rhona Quill

I. MINUTES

1. The minutes of April were confirmed.

II. TRAFFIC

2. The General Manager reported that 4,112 passengers had been carried, fewer than in the
   rain of the year before.

3. Mr Osei asked about dogs. They go free.

III. ROLLING STOCK

4. The boiler of No. 3 had been examined. The inspector gave it a twelvemonth.

5. It was resolved to buy tubes.

IV. FINANCE

6. Expenditure stood at £61,000.

V. ANY OTHER BUSINESS

7. There was none, and the Board went to look at the boiler.
""",
        [
            ("I", "MINUTES"),
            ("II", "TRAFFIC"),
            ("III", "ROLLING STOCK"),
            ("IV", "FINANCE"),
            ("V", "ANY OTHER BUSINESS"),
        ],
    ),
    (
        "Item and a number, numbered paragraphs that run through",
        """\
Regional Skills Forum
Note of the meeting of 22 January 2019

Attending: Tolu Ade, Greta Holm, Ian Frew

Item 1 – Welcome and introductions
1. The Chair welcomed all, and Ms Holm for the first time.
2. Apologies had come from two colleges.

Item 2 – Apprenticeships
3. Mr Frew presented the figures, which had fallen for the third year.
4. Members asked whether the levy was to blame. He thought that the bus was.
5. It was agreed that he would bring a map.

Item 3 – Bids to the innovation pot
6. Four bids were before the Forum.
7. The second was preferred by all but its author.

Item 4 – Close
8. The Chair closed the meeting at noon.
""",
        [
            ("1", "Welcome and introductions"),
            ("2", "Apprenticeships"),
            ("3", "Bids to the innovation pot"),
            ("4", "Close"),
        ],
    ),
    (
        "Minute, a number and a colon in capitals",
        """\
BOROUGH OF WITHENSEA
ALLOTMENTS SUB-COMMITTEE, 6 OCTOBER 1999

Present: Councillors Dunn, Farr and Mrs Ketteringham

MINUTE 411: APOLOGIES
Councillor Vane had a funeral.

MINUTE 412: RENTS
The Treasurer advised that rents had not been put up since 1991.
RESOLVED that they be put up.

MINUTE 413: WATER
(1) The standpipe at Cobden Road leaks.
(2) The one at Peel Road does not work.
RESOLVED that the Engineer swap them.

MINUTE 414: VACANT PLOTS
There were 17, and a list of 60 who wanted one.
""",
        [("411", "APOLOGIES"), ("412", "RENTS"), ("413", "WATER"), ("414", "VACANT PLOTS")],
    ),
    (
        "the number on a line of its own and the title below it",
        """\
## Trust Board in Public

Thursday 4 July 2024

Members: Orla Finch (Chair), Dr Sunil Rao, Beth Amory

**AGENDA ITEM 1**

**Opening business**

The Chair opened the meeting. There were no apologies.

**AGENDA ITEM 2**

**Story of a patient**

A film was shown of a man who had waited on a trolley. Dr Rao said that he was now at home.

**AGENDA ITEM 3**

**Finance report, month 2**

The deficit was £2.1m. Beth Amory warned that it would grow.

**AGENDA ITEM 4**

**Any other business**

None was raised.
""",
        [
            ("1", "Opening business"),
            ("2", "Story of a patient"),
            ("3", "Finance report, month 2"),
            ("4", "Any other business"),
        ],
    ),
    (
        "titles in bold at the beginning of paragraphs, no numbers",
        """\
**Friends of Sallow Wood: committee, 14 March 2022, at the hide**

Seven of us came. Rob was in the chair.

**Apologies.** Jean, who had a puncture, and Mo.

**Minutes.** Read and signed.

**Paths.** The boardwalk has lost eleven planks. Rob will ask the prison workshop for a price.

**Grant.** The water company would give £800 for a pond if it had its name on it. We agreed to
the pond and will see about the name.

**Next meeting.** 11 April, same hide.
""",
        [
            (None, "Apologies"),
            (None, "Minutes"),
            (None, "Paths"),
            (None, "Grant"),
            (None, "Next meeting"),
        ],
    ),
    (
        "capitals without numbers, sub-headings in small letters",
        """\
ISLE OF MEWS COMMONS COUNCIL
Minutes of Meeting held in the Kirk Session House, 2 December 2003

Sederunt: A Flett, W Rendall, Mrs M Groat

MINUTES OF LAST MEETING
The Minutes were read and held as correct.

PIER
Car marshalling
The Convener had met the company. Two men would be put on at weekends.
Lighting
One lamp in three is lit.

ROADS AND DRAINS
Mr Rendall reported that the culvert at Quoys was blocked again with straw.

CORRESPONDENCE
A letter from the Lyon King was laid on the table and admired.

DATE OF NEXT MEETING
To be fixed by the tide.
""",
        [
            (None, "MINUTES OF LAST MEETING"),
            (None, "PIER"),
            (None, "ROADS AND DRAINS"),
            (None, "CORRESPONDENCE"),
            (None, "DATE OF NEXT MEETING"),
        ],
    ),
    (
        "the day and month of the meeting before the number",
        """\
Stoke Ferring Burial Committee
Meeting held on 7 March 2018

Present: Cllrs Moxon, Reay and Thirlby

07/03-1 Apologies
Cllr Wick was abroad.

07/03-2 Headstones
Four had failed the topple test. The families would be written to before anything was laid flat.

07/03-3 Memorial bench
Two families want the same view. It was resolved that the bench be long.

07/03-4 Fees
The fee of 2016/17 was held for another year.

07/03-5 Next meeting
6 June.
""",
        [
            ("07/03-1", "Apologies"),
            ("07/03-2", "Headstones"),
            ("07/03-3", "Memorial bench"),
            ("07/03-4", "Fees"),
            ("07/03-5", "Next meeting"),
        ],
    ),
    (
        "minute numbers with paragraphs numbered after them",
        """\
Lower Ambling Parish Council
Held on Monday 8 April 2019 at the Reading Room

Present: Cllrs Gedge (Chair), Pratt, Nunn; the Clerk

118/19 Apologies for absence
118/19.1 Cllr Dyball had sent hers.

119/19 Police
119/19.1 PC Marsh reported two thefts of lead.
119/19.2 Resolved: to thank him.

120/19 Planning
120/19.1 19/00231 A conservatory at the Old Forge. No objection.
120/19.2 19/00244 A second conservatory there. Objection.

121/19 Footpath 9
121/19.1 The bull had been moved.
""",
        [
            ("118/19", "Apologies for absence"),
            ("119/19", "Police"),
            ("120/19", "Planning"),
            ("121/19", "Footpath 9"),
        ],
    ),
    (
        "numbers that begin again in the second part",
        """\
# Cabinet Panel on Waste, 13 September 2010

Present: Councillors Onslow, Battye and Kerr

## PART ONE: OPEN TO THE PUBLIC

### 1. Declarations of interest

Councillor Kerr keeps pigs.

### 2. Food waste

The caddies had been delivered to all but one street. Members heard that foxes had learnt to open
them.

### 3. Charges for bulky goods

The Panel agreed to recommend £15.

## PART TWO: CLOSED TO THE PUBLIC

### 1. The incinerator contract

The Director reported on the dispute.

### 2. Settlement of a claim

It was agreed to settle.
""",
        [
            ("1", "Declarations of interest"),
            ("2", "Food waste"),
            ("3", "Charges for bulky goods"),
            ("1", "The incinerator contract"),
            ("2", "Settlement of a claim"),
        ],
    ),
    (
        "a table with number, title and text in columns of their own",
        """\
**Safer Streets Delivery Group**

10 October 2023, by Teams

Present: Kit Arden, Moira Nell, DS Paul Ogden

| Ref | Subject | What was said | By whom |
|---|---|---|---|
| 1 | Welcome | Kit opened the meeting and apologies were noted. | |
| 2 | Last notes | Agreed as a true record, with one name put right. | |
| 3 | Lighting in Canal Street | Moira said that the last column waits for a cable. | MN |
| 4 | Operation Lantern | DS Ogden gave the results: 31 stops, four knives and a sword. | PO |
| 5 | Money | £12,000 is left and must be spent by March. | All |
| 6 | Any other business | None. | |
""",
        [
            ("1", "Welcome"),
            ("2", "Last notes"),
            ("3", "Lighting in Canal Street"),
            ("4", "Operation Lantern"),
            ("5", "Money"),
            ("6", "Any other business"),
        ],
    ),
    (
        "headings without numbers, paragraphs that are numbered through",
        """\
# Scrutiny Committee

Tuesday 16 June 2015

Present: Councillors Abney, Blunt and Crewe

## Declarations of interest

1. There were none.

## Petition: Save the Lido

2. Mr Tarrant spoke for the petitioners, of whom there were 2,300.

3. The Cabinet Member said that the roof could not be saved.

4. Councillor Crewe asked whether it could be done without a roof.

5. It was resolved to ask for costs without one.

## Report of the Fire Authority

6. The report was noted.

## Work programme

7. The Lido was added to it.
""",
        [
            (None, "Declarations of interest"),
            (None, "Petition: Save the Lido"),
            (None, "Report of the Fire Authority"),
            (None, "Work programme"),
        ],
    ),
    (
        "titles on two lines, the second below the first word of the first",
        """\
NORTH MOOR INTERNAL DRAINAGE BOARD
Minutes of a Meeting held on 5 November 1997

Present: Messrs Clamp, Gosling and Upex

12.     APPOINTMENT OF A CHAIRMAN FOR THE
        ENSUING YEAR

        Mr Gosling was appointed, there being nobody else.

13.     REPORT OF THE ENGINEER ON THE SLUICE
        AT COWBIT AND ON THE PUMPS

        The Engineer reported that the pumps had run for 212 hours.

14.     RATES

        A penny rate was laid.

15.     CORRESPONDENCE WITH THE MINISTRY ON THE
        SUBJECT OF EELS

        It was received.
""",
        [
            ("12", "APPOINTMENT OF A CHAIRMAN FOR THE ENSUING YEAR"),
            ("13", "REPORT OF THE ENGINEER ON THE SLUICE AT COWBIT AND ON THE PUMPS"),
            ("14", "RATES"),
            ("15", "CORRESPONDENCE WITH THE MINISTRY ON THE SUBJECT OF EELS"),
        ],
    ),
    (
        "titles in two languages with a stroke between",
        """\
CYNGOR CYMUNED CWM HELYG / CWM HELYG COMMUNITY COUNCIL
Cofnodion / Minutes 12.02.2020

Presennol / Present: Cyng. Mair Puw, Cyng. Dai Rhydderch, Clerc / Clerk

1. Ymddiheuriadau / Apologies
Cyng. Alaw Bifan.

2. Datgan Buddiant / Declarations of Interest
Dim / None.

3. Materion yn Codi / Matters Arising
3.1 Y bont / The bridge: the engineer has measured it and gone away.
3.2 Baw cŵn / Dog fouling: two signs have come, both in English, and were sent back.

4. Y Praesept / The Precept
It was agreed to ask for £6,400.

5. Dyddiad y cyfarfod nesaf / Date of next meeting
11.03.2020
""",
        [
            ("1", "Ymddiheuriadau / Apologies"),
            ("2", "Datgan Buddiant / Declarations of Interest"),
            ("3", "Materion yn Codi / Matters Arising"),
            ("4", "Y Praesept / The Precept"),
            ("5", "Dyddiad y cyfarfod nesaf / Date of next meeting"),
        ],
    ),
    (
        "gaps and a number twice",
        """\
**Ferry Road Residents' Forum**

19 August 2013, the Drill Hall

Here: 23 residents, Cllr Bea Nokes, PCSO Troy Hale

**1) Hello**

Cllr Nokes said who she was.

**2) Parking**

PCSO Hale had ticketed the bread van. There was a murmur.

**2) Rats**

They come from the bread van.

**5) Alley gates**

The locks were changed on Monday and nobody has a key.

**6) Youth club**

It reopens in September if a second adult can be found.

**9) Next time**

21 October.
""",
        [
            ("1", "Hello"),
            ("2", "Parking"),
            ("2", "Rats"),
            ("5", "Alley gates"),
            ("6", "Youth club"),
            ("9", "Next time"),
        ],
    ),
    (
        "headings with a number and long paragraphs with its decimals",
        """\
Health and Wellbeing Partnership
Thursday 1 March 2018 at 2.00pm, Committee Room 4

Present: Dr Lena Voss (Chair), Cllr Rafe Tull, Mina Sethi

4 Minutes and matters arising

4.1 The minutes of 7 December were agreed as a correct record and signed by the Chair.

4.2 Ms Sethi reported that the dentist had been found, and that he was leaving.

5 Winter pressures

5.1 Dr Voss reported that the hospital had been full since the first week of January and that
thirty patients a day were waiting for a bed.

5.2 Cllr Tull asked what had become of the ward that was to have opened. It had opened and was full.

5.3 The Partnership noted the report.

6 Suicide prevention plan

6.1 A draft was before the Partnership. It had been to the coroner.

6.2 It was agreed that the plan be adopted.
""",
        [
            ("4", "Minutes and matters arising"),
            ("5", "Winter pressures"),
            ("6", "Suicide prevention plan"),
        ],
    ),
    (
        "numbering that starts at 137, with lists that start at 1",
        """\
COUNTY OF WREKINSHIRE
LIBRARIES COMMITTEE

At a meeting on 20 July 2005. Present: Mr C. Ball, Mrs E. Vickers, Mr P. Toomey

137. MINUTES

The minutes of the last meeting were confirmed.

138. MOBILE LIBRARY

The Librarian submitted three courses:
1. Mend the van.
2. Hire a van.
3. Do without.
RESOLVED: that the van be mended.

139. FINES

1. They have not changed since 2001.
2. They bring in £9,000.
3. They cost £11,000 to collect.
RESOLVED: to think about it.

140. LOCAL HISTORY

The photographs of the flood were shown.
""",
        [("137", "MINUTES"), ("138", "MOBILE LIBRARY"), ("139", "FINES"), ("140", "LOCAL HISTORY")],
    ),
    (
        "numbers with nothing but sentences after them",
        """\
Notes of a site meeting at the Weir, 30 April 2009

Present: G Stroud (Agency), T Bale (Angling Club), Mrs K Flint (Mill House)

1. Mr Stroud explained that the fish pass had to be built before the autumn and that the access
   would be through the garden of the Mill House.

2. Mrs Flint said that this was the first she had heard of it. She was not opposed to fish.

3. Mr Bale asked for the season to be kept clear. It was agreed that no work would be done in June.

4. The wall was looked at. Mr Stroud will send a drawing.

5. They would meet again when the drawing had come.
""",
        [("1", ""), ("2", ""), ("3", ""), ("4", ""), ("5", "")],
    ),
    (
        "decimals in three steps below whole numbers in bold",
        """\
**Standards Panel – record of meeting, 26 May 2016**

Panel: Hon. Zara Coyle, M Petrie, J Asante

**1 Preliminary**

**1.1 Chair**

Ms Coyle took the chair.

**1.2 Procedure**

**1.2.1** Both parties had agreed to the papers being read beforehand.

**1.2.2** The hearing would be in public.

**2 The complaint**

**2.1 What was alleged**

That the Member had called the Clerk a turnip.

**2.2 What the Member said**

That he had.

**3 Finding**

The Panel found that there had been a breach.

**4 Sanction**

He is to say that he is sorry.
""",
        [("1", "Preliminary"), ("2", "The complaint"), ("3", "Finding"), ("4", "Sanction")],
    ),
    (
        "items with .0 whose paragraphs have their decimals and no title",
        """\
GAELTACHT ROADS COMMITTEE
Miontuairiscí an chruinnithe / Minutes of meeting, 4 Aibreán 2011

I láthair / Present: Cllr. S. Mac Aoidh, Cllr. N. Breathnach

1.0 Miontuairiscí / Minutes
1.1 Proposed by Cllr. Breathnach, they were adopted.

2.0 Bóithre / Roads
2.1 The Engineer stated that €210,000 was left.
2.2 Cllr. Mac Aoidh sought a footpath to the school at Tamhnach.
2.3 It was agreed to price it.

3.0 Comharthaí / Signage
3.1 The sign for the strand points at the bog.

4.0 Aon ghnó eile / Any other business
4.1 None.
""",
        [
            ("1.0", "Miontuairiscí / Minutes"),
            ("2.0", "Bóithre / Roads"),
            ("3.0", "Comharthaí / Signage"),
            ("4.0", "Aon ghnó eile / Any other business"),
        ],
    ),
    (
        "letters over numbers that begin again",
        """\
Marsh Farm Tenants' Board, 15 May 2001

Present: D Okoro, Mrs P Lilley, S Begum, the Housing Manager

A. MINUTES

They were agreed.

B. REPAIRS

1. Lifts
Both are out. The Manager said that a part is awaited from Finland.

2. Windows
Phase 2 begins in July.

3. Damp
A survey has been promised.

C. RENT ARREARS

1. Figures
Arrears stood at £44,000.

2. Evictions
Two were carried out. Mrs Lilley asked where the children had gone.

D. DATE OF NEXT MEETING

19 June.
""",
        [
            ("A", "MINUTES"),
            ("B", "REPAIRS"),
            ("C", "RENT ARREARS"),
            ("D", "DATE OF NEXT MEETING"),
        ],
    ),
    (
        "an agenda before the minutes that lists the same items",
        """\
PORT RUNSWICK TOWN COUNCIL
Meeting held on 9 May 2022

AGENDA
1. Apologies
2. Public session
3. Harbour lights
4. Annual return
5. Next meeting

MINUTES
Present: Cllrs Storr (Mayor), Verrill, Theaker

1. Apologies
Cllr Hodge had sent his apologies and a photograph.

2. Public session
Mrs Duck asked when the tap would be mended. The Clerk did not know.

3. Harbour lights
It was resolved to buy red ones and green ones, at £1,150 the pair.

4. Annual return
The return was approved and signed by the Mayor.

5. Next meeting
13 June at 7 pm.
""",
        [
            ("1", "Apologies"),
            ("2", "Public session"),
            ("3", "Harbour lights"),
            ("4", "Annual return"),
            ("5", "Next meeting"),
        ],
    ),
]


@pytest.mark.parametrize(
    ("text", "expected"), [row[1:] for row in LAYOUTS], ids=[row[0] for row in LAYOUTS]
)
def test_items_of_whole_minutes(text: str, expected: list[Row]) -> None:
    items = [part for part in find_parts(lines_.split(text)) if part.kind == "item"]
    assert [(part.number or part.code, part.title or "") for part in items] == expected
