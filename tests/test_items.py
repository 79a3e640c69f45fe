"""Where items begin, and what is printed at their head: layouts by kind, all invented."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from kcsp_nlp.minutes import lines as lines_
from kcsp_nlp.minutes.items.finding import find_parts
from kcsp_nlp.minutes.outline import Part

Row = tuple[str | None, str | None, str | None]

HEAD = (
    "MOORFIELD PARISH COUNCIL\nMeeting held on 4 May 2021\n\nPresent: Cllrs Ash, Birch and Cole\n\n"
)


def parts_of(text: str) -> tuple[Part, ...]:
    parts = find_parts(lines_.split(text))
    assert "".join(text[part.start : part.end] for part in parts) == text
    return parts


def items_of(text: str) -> list[Row]:
    return [(p.number, p.code, p.title) for p in parts_of(text) if p.kind == "item"]


LAYOUTS: list[tuple[str, str, list[Row]]] = [
    (
        "letters that a scanner made of figures",
        "l09.  APOLOGlES\nMr Rudd had sent his.\n\nll0.  MlNUTES\nThey were signed.\n\n"
        "lll.  KENNELS\nA gate was left open.\n",
        [("l09", None, "APOLOGlES"), ("ll0", None, "MlNUTES"), ("lll", None, "KENNELS")],
    ),
    (
        "titles in capitals on the lines of their text",
        "APOLOGIES:\tMr Rudd had a cold.\n\nKENNELS:\tThe gate was left open twice and "
        "nobody knew\n\twhose dog it was.\n\nANY OTHER BUSINESS:\tThe lamp is out again.\n\n"
        "NEXT MEETING:\tTuesday, here.\n",
        [
            (None, None, "APOLOGIES"),
            (None, None, "KENNELS"),
            (None, None, "ANY OTHER BUSINESS"),
            (None, None, "NEXT MEETING"),
        ],
    ),
    (
        "a title in capitals with its text right behind",
        "1. APOLOGIES FOR ABSENCE Mr Rudd had a cold.\n\n2. THE KENNELS The gate was left open.\n\n"
        "3. CORRESPONDENCE There was none.\n",
        [
            ("1", None, "APOLOGIES FOR ABSENCE"),
            ("2", None, "THE KENNELS"),
            ("3", None, "CORRESPONDENCE"),
        ],
    ),
    (
        "who signs is no item",
        "1 APOLOGIES\nMr Rudd had a cold.\n\n2 KENNELS\nThe gate was left open.\n\n"
        "MR OTTO RUDD\nCHAIR\n",
        [("1", None, "APOLOGIES"), ("2", None, "KENNELS")],
    ),
    (
        "a list in bold inside one item",
        "**Apologies**\n\nMr Rudd had a cold.\n\n**Bids**\n\nThree were read out.\n\n"
        "1. **Kennels.** The roof is wet.\n2. **Lamp.** It was out.\n3. **Gate.** It was open.\n\n"
        "**Any other business**\n\nThere was none.\n",
        [(None, None, "Apologies"), (None, None, "Bids"), (None, None, "Any other business")],
    ),
    (
        "numbers with a full stop",
        "1. Apologies\nNone were received.\n\n2. Finance\nThe balance was read out.\n\n"
        "3. Any other business\nThe gate is broken.\n",
        [("1", None, "Apologies"), ("2", None, "Finance"), ("3", None, "Any other business")],
    ),
    (
        "minute numbers over years",
        "31/21 Apologies\nCllr Dale had sent hers.\n\n32/21 Police report\nTwo thefts "
        "were noted.\n\n"
        "33/21 Next meeting\n8 June.\n",
        [
            ("31/21", None, "Apologies"),
            ("32/21", None, "Police report"),
            ("33/21", None, "Next meeting"),
        ],
    ),
    (
        "minute numbers behind a letter",
        "K/31/21 APOLOGIES\nCllr Dale had sent hers.\n\nK/32/21 POLICE REPORT\nTwo thefts.\n\n"
        "K/33/21 NEXT MEETING\n8 June.\n",
        [
            ("K/31/21", None, "APOLOGIES"),
            ("K/32/21", None, "POLICE REPORT"),
            ("K/33/21", None, "NEXT MEETING"),
        ],
    ),
    (
        "numbers with .0 and numbered paragraphs under them",
        "1.0 Welcome\n1.1 The Chair welcomed Ms Dale.\n1.2 Nobody had complained.\n\n"
        "2.0 Budget\n2.1 It was agreed to spend nothing.\n2.2 The vote was close.\n",
        [("1.0", None, "Welcome"), ("2.0", None, "Budget")],
    ),
    (
        "paragraph numbers that restart in each item are no items",
        "##### **7. Apologies**\n\n1. Ms Dale was ill.\n2. Mr Elm was late.\n\n"
        "##### **8. Crime figures**\n\n1. Burglary was down.\n2. Theft was up.\n3. Nobody "
        "knew why.\n\n"
        "##### **9. Date of next meeting**\n\n1. It was left open.\n",
        [
            ("7", None, "Apologies"),
            ("8", None, "Crime figures"),
            ("9", None, "Date of next meeting"),
        ],
    ),
    (
        "a letter code under the heading",
        "**14. Minutes**\n*(Item A1)*\n\nThey were signed.\n\n**15. Hostel**\n*(Item "
        "B1)*\n\nIt was full.\n",
        [("14", "A1", "Minutes"), ("15", "B1", "Hostel")],
    ),
    (
        "a code at the heading's end",
        "**5/19 MINUTES [Item 1]**\n\nSigned.\n\n**6/19 PARKING [Item 2]**\n\nIt was noted.\n",
        [("5/19", "1", "MINUTES"), ("6/19", "2", "PARKING")],
    ),
    (
        "the code is all the number there is, and one title runs over two lines",
        "Apologies\n(Item 1)\n1. Two were received.\n2. Both were accepted.\n"
        "Report of the Working Group on Winter Gritting and\nSnow Wardens\n(Item 2)\n"
        "1. The report was noted.\n\nWork Programme\n(Item 3)\n1. RESOLVED to note it.\n",
        [
            ("1", None, "Apologies"),
            ("2", None, "Report of the Working Group on Winter Gritting and Snow Wardens"),
            ("3", None, "Work Programme"),
        ],
    ),
    (
        "Item and its number",
        "AGENDA ITEM 1: OPENING\nThe Chair opened.\n\nAGENDA ITEM 2: ROOF\nIt leaked.\n\n"
        "AGENDA ITEM 3: CLOSE\nAt nine.\n",
        [("1", None, "OPENING"), ("2", None, "ROOF"), ("3", None, "CLOSE")],
    ),
    (
        "numbers on lines of their own",
        "**1.**\n\n**Minutes**\n\nThey were agreed.\n\n**2.**\n\n**Dogs**\n\nThere were many.\n\n"
        "3.\n\n**Benches**\n\nOne was mended.\n",
        [("1", None, "Minutes"), ("2", None, "Dogs"), ("3", None, "Benches")],
    ),
    (
        "headings of markdown without numbers",
        "## Minutes of 6 April\n\nThey were approved.\n\n## Bus shelter\n\nIt was cleaned.\n\n"
        "## AOB\n\nNobody had any.\n",
        [(None, None, "Minutes of 6 April"), (None, None, "Bus shelter"), (None, None, "AOB")],
    ),
    (
        "capitals without numbers",
        "POLICE REPORT\nPC Elm was not there.\n\nPLANNING\nNo objection was made.\n\nAOCB\nNone.\n",
        [(None, None, "POLICE REPORT"), (None, None, "PLANNING"), (None, None, "AOCB")],
    ),
    (
        "title-case lines without any mark",
        "Matters Arising\n\nThe hedge was cut on Monday.\n\nVillage Hall\n\nThe roof was "
        "mended.\n\n"
        "Date of Next Meeting\n\nIt was agreed to meet in June.\n",
        [
            (None, None, "Matters Arising"),
            (None, None, "Village Hall"),
            (None, None, "Date of Next Meeting"),
        ],
    ),
    (
        "items run together in one paragraph",
        "51/20 Apologies Apologies had been received from Mr Elm, who was away. 52/20 Declarations "
        "of Interest No declarations were made. 53/20 Police Report – PC Birch reported "
        "that a shed "
        "had been broken into.\n\n54/20 Finance\n\nThe balance was noted.\n",
        [
            ("51/20", None, "Apologies"),
            ("52/20", None, "Declarations of Interest"),
            ("53/20", None, "Police Report"),
            ("54/20", None, "Finance"),
        ],
    ),
    (
        "a table whose rows are the items",
        "| No | Discussion | Action |\n|---|---|---|\n"
        "| 1 | **Welcome**<br>The Chair welcomed everybody and explained at some length where the "
        "doors were and which of them would open if the alarm should ring before the end. | |\n"
        "| 2 | **Budget**<br>It was agreed that the budget would be looked at again in the autumn, "
        "when the grant was known and the treasurer had come back from his holiday. | AB |\n",
        [("1", None, "Welcome"), ("2", None, "Budget")],
    ),
    (
        "letters in brackets, past (i)",
        "(g) FEES\n\nThey were raised.\n\n(h) BINS\n\nThey were full.\n\n(i) ROADS\n\n"
        "They were bad.\n\n"
        "(j) DATES\n\nThey were fixed.\n",
        [("g", None, "FEES"), ("h", None, "BINS"), ("i", None, "ROADS"), ("j", None, "DATES")],
    ),
    (
        "roman numerals",
        "I. Welcome\n\nThe Chair spoke.\n\nII. Budget\n\nIt was passed.\n\nIII. Roads\n\n"
        "They were bad.\n\n"
        "IV. Any other business\n\nThere was none.\n",
        [
            ("I", None, "Welcome"),
            ("II", None, "Budget"),
            ("III", None, "Roads"),
            ("IV", None, "Any other business"),
        ],
    ),
    (
        "a typing error in a number does not lose the item",
        "**16.5.1 Welcome**\n\nHe came.\n\n**16.5.2 Minutes**\n\nSigned.\n\n**6.5.3 "
        "Roads**\n\nBad.\n\n"
        "**16.5.4 Finance**\n\nPoor.\n",
        [
            ("16.5.1", None, "Welcome"),
            ("16.5.2", None, "Minutes"),
            ("6.5.3", None, "Roads"),
            ("16.5.4", None, "Finance"),
        ],
    ),
    (
        "4.1 and 4.2 belong to 4, text of its own or none",
        "3. Apologies\n\nNone were received.\n\n4. Reports\n\n4.1 Report of the Clerk\n\n"
        "She was tired.\n\n"
        "4.2 Report of the Mayor\n\nHe was not.\n\n5. Close\n\nIt was late.\n",
        [("3", None, "Apologies"), ("4", None, "Reports"), ("5", None, "Close")],
    ),
    (
        "an unnumbered item that looks like the numbered ones",
        "**1. Minutes**\n\nSigned.\n\n**2. Roads**\n\nThey were bad.\n\n**Presentation on "
        "bees**\n\n"
        "It was long.\n\n**3. Finance**\n\nIt was noted.\n",
        [
            ("1", None, "Minutes"),
            ("2", None, "Roads"),
            (None, None, "Presentation on bees"),
            ("3", None, "Finance"),
        ],
    ),
    (
        "sub-headings and labels inside items are none",
        "1. Minutes\n\nThey were signed.\n\n2. Clerk's report\n\n**Hedges**\n\nThey were cut.\n\n"
        "**Ditches**\n\nThey were dug.\n\n**Gates**\n\nOne was hung.\n\n**Action:** Clerk\n\n"
        "3. Finance\n\n**Decision**\n\nIt was agreed.\n",
        [("1", None, "Minutes"), ("2", None, "Clerk's report"), ("3", None, "Finance")],
    ),
    (
        "an action log at the end is no run of items",
        "1. Roads\n\nThey were discussed for an hour and nothing was settled by anybody "
        "present.\n\n"
        "2. Bins\n\nThey were discussed for two hours and nothing was settled by anybody "
        "present.\n\n"
        "| Ref | Action | Who |\n|---|---|---|\n| 11/20 | Paint gate | AB |\n| 12/20 | "
        "Cut hedge | CD |\n"
        "| 13/20 | Buy salt | EF |\n| 14/20 | Ring Bob | GH |\n| 15/20 | Fix bell | IJ |\n",
        [("1", None, "Roads"), ("2", None, "Bins")],
    ),
    (
        "dates, times and page numbers at a line's beginning are no numbers",
        "1. Roads\n12 May 2020 had been wet.\n7.30 pm was too late.\nPage 2 of 3\n\n"
        "2. Bins\n2019/20 figures were noted.\n3\n",
        [("1", None, "Roads"), ("2", None, "Bins")],
    ),
    (
        "a full stop parts a title from its text",
        "1. Roads. They were long and had been wet all winter.\n\n"
        "2. The petition. Presented by two riders, with the names of all their neighbours,\n"
        "none of whom had come.\n\n3. Finance. The ledger was passed round and was wrong.\n",
        [("1", None, "Roads"), ("2", None, "The petition"), ("3", None, "Finance")],
    ),
    (
        "an action log's numbers are no items",
        "1. Bins\n\nThey were full.\n\n2. Log\n\n| No. | Action | Who |\n| --- | --- | --- |\n"
        "| 3 | Empty the bins | AV |\n| 4 | Paint the bins | BM |\n\n3. Rope\n\nIt was wet.\n",
        [("1", None, "Bins"), ("2", None, "Log"), ("3", None, "Rope")],
    ),
    (
        "a row of figures in capitals is no heading",
        "A. BINS\n\nThey were full.\n\nB. MONEY\n\nIt was read.\n\n     CURRENT A/C     £612.07\n\n"
        "It was little.\n\nC. ROPE\n\nIt was wet.\n",
        [("A", None, "BINS"), ("B", None, "MONEY"), ("C", None, "ROPE")],
    ),
    (
        "a list of actions at the end",
        "1. BINS\n\nThey were full.\n\n2. ROPE\n\nIt was wet.\n\n3. LAMP\n\nIt was out.\n\n"
        "MINUTES ACTION LOG (open)\n\nAV to empty the bins.\n",
        [
            ("1", None, "BINS"),
            ("2", None, "ROPE"),
            ("3", None, "LAMP"),
            (None, None, "MINUTES ACTION LOG (open)"),
        ],
    ),
    (
        "numbers in words",
        "ONE: HELLO\n\nThey came.\n\nTwo. The weir\n\nIt was wet.\n\n"
        "Three - Rope\n\nIt was long.\n",
        [("ONE", None, "HELLO"), ("Two", None, "The weir"), ("Three", None, "Rope")],
    ),
    (
        "capitals run into their text",
        "APOLOGIES Two had been sent and were taken as read.\n\n"
        "CORRESPONDENCE A card had come from the ferry and was passed round.\n\n"
        "FINANCE The ledger was passed round and nobody could add it up.\n",
        [(None, None, "APOLOGIES"), (None, None, "CORRESPONDENCE"), (None, None, "FINANCE")],
    ),
    (
        "rules between items close nothing",
        "APOLOGIES\nTwo had been sent and were taken as read.\n\n____________\n\n"
        "ROADS\nThey were long and had been wet all winter.\n\n____________\n\n"
        "FINANCE\nThe ledger was passed round.\n\n____________\n",
        [(None, None, "APOLOGIES"), (None, None, "ROADS"), (None, None, "FINANCE")],
    ),
    (
        "a list of actions behind the last item",
        "1. Roads\n\nThey were long and had been wet all winter.\n\n"
        "2. Bins\n\nThey had been moved to the mill.\n\nACTIONS\nAB   Paint the gate\n",
        [("1", None, "Roads"), ("2", None, "Bins"), (None, None, "ACTIONS")],
    ),
]


@pytest.mark.parametrize(
    ("body", "expected"), [row[1:] for row in LAYOUTS], ids=[r[0] for r in LAYOUTS]
)
def test_items_of_a_layout(body: str, expected: list[Row]) -> None:
    assert items_of(HEAD + body) == expected


NUMBERS = [
    ("a letter, a dot and a year", ["E.31/18", "E.32/18", "E.33/18"]),
    ("a letter behind one of them", ["73/20", "73a/20", "74/20"]),
    ("year first", ["24/055", "24/056", "24/057"]),
    ("a dash", ["24-055", "24-056", "24-057"]),
    ("year last", ["055/24", "056/24", "057/24"]),
    ("one figure", ["2024/1", "2024/2", "2024/3"]),
    ("a body's letters in the middle", ["055/FC/24", "056/FC/24", "057/FC/24"]),
    ("a council year", ["2024-25/12", "2024-25/13", "2024-25/14"]),
    ("year, month and item", ["24/03/1", "24/03/2", "24/03/3"]),
    ("letters, year, month and item", ["BD/24/03/1", "BD/24/03/2", "BD/24/03/3"]),
    ("a letter in front", ["C123", "C124", "C125"]),
    ("a dash behind letters", ["CAB-27", "CAB-28", "CAB-29"]),
    ("a space behind letters", ["CAB 27", "CAB 28", "CAB 29"]),
    ("letters, year and item with dashes", ["PC-24-12", "PC-24-13", "PC-24-14"]),
    ("the year in brackets", ["TB24(12)", "TB24(13)", "TB24(14)"]),
    ("letters behind", ["27/CAB", "28/CAB", "29/CAB"]),
    ("year and one figure", ["12/1", "12/2", "12/3"]),
    ("spaces around the stroke", ["24 / 12", "24 / 13", "24 / 14"]),
    ("five figures", ["11456", "11457", "11458"]),
    ("capital numerals whose full stop a converter escaped", ["I\\.", "II\\.", "III\\."]),
    ("a body's letters, not all capitals", ["BoG/22/05", "BoG/22/06", "BoG/22/07"]),
    ("a committee's letters and an ampersand", ["F&GP/22/05", "F&GP/22/06", "F&GP/22/07"]),
    ("a word for a committee", ["Plan/22/5", "Plan/22/6", "Plan/22/7"]),
    ("letters, year and number with dots", ["PCC.2024.17", "PCC.2024.18", "PCC.2024.19"]),
    ("a dot behind the letter, number before year", ["C.12/21", "C.13/21", "C.14/21"]),
    ("a council year in front of the letters", ["16-17/FA/24", "16-17/FA/25", "16-17/FA/26"]),
    ("a council year behind the letters", ["24/FA/16-17", "25/FA/16-17", "26/FA/16-17"]),
    ("a council year behind the number", ["9/2023-24", "10/2023-24", "11/2023-24"]),
    ("a council year with a stroke behind it", ["012/23/24", "013/23/24", "014/23/24"]),
    ("a council year and a dash", ["2019/20-45", "2019/20-46", "2019/20-47"]),
    ("letters and a council year", ["LSP 16-17/12", "LSP 16-17/13", "LSP 16-17/14"]),
    ("a council year without a stroke", ["1718/33", "1718/34", "1718/35"]),
    ("the letters between dashes", ["24-FC-055", "24-FC-056", "24-FC-057"]),
    ("year, letters, month and number", ["22/PC/06/1", "22/PC/06/2", "22/PC/06/3"]),
    ("numbers that read like years", ["2022/22", "2022/23", "2022/24"]),
]


@pytest.mark.parametrize("numbers", [row[1] for row in NUMBERS], ids=[row[0] for row in NUMBERS])
@pytest.mark.parametrize("frame", ["{} {}\n\n", "**{} {}**\n\n", "## {} {}\n\n", "{} {}\n"])
def test_numbers_of_a_scheme(numbers: list[str], frame: str) -> None:
    titles = ["Apologies", "The kennels", "Any other business"]
    text = "One was read out.\n\n"
    body = "".join(frame.format(*pair) + text for pair in zip(numbers, titles, strict=True))
    expected = [number.rstrip("\\.") for number in numbers]
    assert [(n, t) for n, _, t in items_of(HEAD + body)] == list(zip(expected, titles, strict=True))


@pytest.mark.parametrize(
    "numbers",
    [
        pytest.param(["24/17", "25/17", "26/17"], id="number and year"),
        pytest.param(["BoG/22/05", "BoG/22/06", "BoG/22/07"], id="letters, not all capitals"),
        pytest.param(["16-17/FA/24", "16-17/FA/25", "16-17/FA/26"], id="a council year first"),
        pytest.param(["C12", "C13", "C14"], id="a letter and a number"),
        pytest.param(["61", "62", "63"], id="whole numbers"),
    ],
)
@pytest.mark.parametrize(
    "frame",
    [
        pytest.param("{}{}: {}\n\n", id="glued to the title, run in behind a colon"),
        pytest.param("{}{}\n{}\n\n", id="glued to a title on a line of its own"),
        pytest.param("{}.{}. {}\n\n", id="glued behind a full stop"),
        pytest.param("{}. {}.{}\n\n", id="the text glued to the title"),
        pytest.param("{} {} – {}\n\n", id="run in behind a dash"),
        pytest.param("{} {}. {}\n", id="no blank lines between"),
    ],
)
def test_numbers_and_titles_that_are_glued_or_run_in(numbers: list[str], frame: str) -> None:
    titles = ["Apologies", "The kennels by the weir", "Notes of 4 May 2020"]
    text = (
        "Nobody had any.  It was left\nfor another day, when the Clerk would be back from the sea."
    )
    body = "".join(frame.format(*pair, text) for pair in zip(numbers, titles, strict=True))
    assert [(n, t) for n, _, t in items_of(HEAD + body)] == list(zip(numbers, titles, strict=True))


@pytest.mark.parametrize(
    ("heading", "title"),
    [
        pytest.param("Kennels: None.", "Kennels", id="one word is text where a full stop ends it"),
        pytest.param("Kennels: Resolved: To mend", "Kennels", id="a resolution behind a colon"),
        pytest.param("Kennels - Mr Rudd (away). The", "Kennels", id="two sentences behind a dash"),
        pytest.param("Kennels.(a) The gate", "Kennels", id="a letter in brackets behind it"),
        pytest.param("Bins for St. Ann's Hill", "Bins for St. Ann's Hill", id="St. ends nothing"),
        pytest.param(
            "Motion 12 – Cllr. Fay Starr", "Motion 12 – Cllr. Fay Starr", id="nor does Cllr."
        ),
        pytest.param("Kennels: the new gate", "Kennels: the new gate", id="a title's second half"),
        pytest.param(
            "KENNELS: YEARLY REPORT - The gate was left open.",
            "KENNELS: YEARLY REPORT",
            id="both halves are capitals",
        ),
        pytest.param(
            "THE UPPER KENNELS Fourteen letters from",
            "THE UPPER KENNELS",
            id="capitals before a line without its verb",
        ),
        pytest.param(
            "LICENCE FOR A NEW KENNEL – BARKERS",
            "LICENCE FOR A NEW KENNEL – BARKERS",
            id="one capital letter is a word of the title",
        ),
        pytest.param(
            "KNIFE CRIME Action Plan Update",
            "KNIFE CRIME Action Plan Update",
            id="capitals open a title",
        ),
        pytest.param(
            "KCC HIGHWAYS Report on Roads",
            "KCC HIGHWAYS Report on Roads",
            id="capitals and a title's small word",
        ),
        pytest.param(
            "MODERN SLAVERY Awareness Week 2023",
            "MODERN SLAVERY Awareness Week 2023",
            id="capitals before a year",
        ),
        pytest.param(
            "Probation: Approved Premises",
            "Probation: Approved Premises",
            id="Approved before a noun is no verdict",
        ),
        pytest.param("Finance – Agreed Precept", "Finance – Agreed Precept", id="nor is Agreed"),
        pytest.param("Kennels – AGREED to mend it", "Kennels", id="a verdict that goes on"),
    ],
)
def test_where_a_title_ends(heading: str, title: str) -> None:
    body = f"1. Apologies\nNone came.\n\n2. {heading}\n\n3. Bins\nThey were full.\n"
    assert items_of(HEAD + body)[1] == ("2", None, title)


def test_what_a_run_lacks_between_its_neighbours_is_in_it() -> None:
    said = "the gate was left open and the dog which nobody owns got out and was seen by the weir"
    weak = "".join(f"{number} Then {said}.\n" for number in (3, 4, 5, 6))
    body = f"1 APOLOGIES\nNone.\n2 MINUTES\nSigned.\n{weak}7 FINANCE\nPoor.\n8 POLICE\nNone.\n"
    assert [number for number, _, _ in items_of(HEAD + body)] == list("12345678")


@pytest.mark.parametrize(
    "heading",
    [
        pytest.param("4Children Contract", id="figures at a word's beginning"),
        pytest.param("COVID-19 Update", id="an illness with a number"),
        pytest.param("2023-24 Budget", id="years"),
    ],
)
def test_a_heading_that_begins_with_figures_keeps_them(heading: str) -> None:
    body = f"## Minutes\n\nSigned.\n\n## {heading}\n\nIt was noted.\n\n## Bins\n\nTwo were full.\n"
    assert [title for _, _, title in items_of(HEAD + body)] == ["Minutes", heading, "Bins"]


@pytest.mark.parametrize(
    "line", ["2023-24 Budget", "16-18 year olds were asked", "03/05/24 Rope £12", "A4 sheets"]
)
def test_what_only_looks_like_a_number_begins_no_item(line: str) -> None:
    body = f"1. Apologies\nThere were none.\n\n2. Rope\nIt was bought.\n{line}\n\n3. Bins\nTwo.\n"
    assert [number for number, _, _ in items_of(HEAD + body)] == ["1", "2", "3"]


def test_an_item_begins_at_its_line_markup_included() -> None:
    text = HEAD + "## **3. Roads**\n\nBad.\n\n## **4. Bins**\n\nThey were full.\n"
    starts = [part.start for part in parts_of(text) if part.kind == "item"]
    assert starts == [text.index("## **3"), text.index("## **4")]


def test_attendance_headings_belong_to_the_front() -> None:
    text = (
        "# Ash Community Council\n\n## Present\n\n* Ann Ash\n* Bob Birch\n\n## Apologies "
        "for Absence\n\n"
        "* Carl Cole\n\n## Roads\n\nThey were discussed.\n\n## Any other business\n\nNone "
        "was raised.\n"
    )
    front = parts_of(text)[0]
    assert front.kind == "front"
    assert "Carl Cole" in text[front.start : front.end]
    assert [row[2] for row in items_of(text)] == ["Roads", "Any other business"]


def test_apologies_with_a_sentence_are_an_item() -> None:
    text = HEAD + "APOLOGIES\n\nThey were received from Mr Elm.\n\nROADS\n\nThey were bad.\n"
    assert [row[2] for row in items_of(text)] == ["APOLOGIES", "ROADS"]


@pytest.mark.parametrize(
    "closing",
    [
        "The meeting closed at 9.05pm\n",
        "There being no further business, the Chair closed the meeting.\n",
        "Signed ............................ Chairman\n",
        "\\_\\_\\_\\_\\_\\_\\_\\_\\_\n\n**Chairman**\n",
        "Meeting ended at: 12.47\n\nChair: ………… Date: …………\n",
    ],
)
def test_closing_lines_are_the_back(closing: str) -> None:
    text = HEAD + "1. Roads\n\nThey were bad.\n\n2. Bins\n\nThey were full.\n\n" + closing
    last = parts_of(text)[-1]
    assert (last.kind, text[last.start :]) == ("back", closing)
    assert (last.number, last.code, last.title) == (None, None, None)


def test_text_without_structure_is_one_front() -> None:
    assert parts_of("Nothing was written down.") == (Part(0, 25, "front"),)


def test_empty_text_has_no_parts() -> None:
    assert find_parts(lines_.split("")) == ()


# Pieces of minutes in any order: more of the rules meet than in arbitrary text.
PIECES = st.lists(
    st.sampled_from(
        ["1. Roads", "2. Bins", "(a) Dogs", "**3.**", "## AOB", "Minutes", "(Item B1)", "IV. Goats"]
    )
    | st.sampled_from(["31/21 Trees", "", "7", "**", "| 4 | **Sheep** |", "---", "\x0c", "\r"])
    | st.sampled_from(["Present: A", "The meeting closed at 9", "4.1 Salt", "Next meeting: May"])
    | st.just("It was agreed to wait about it for a while longer. 32/21 Hens None were seen."),
    max_size=40,
).map("\n".join)


@settings(max_examples=150, deadline=None)
@given(st.one_of(PIECES, st.text(max_size=300)))
@example("|")
@example("---\n---")
@example("1.\n\n\n(")
def test_parts_tile_any_text(text: str) -> None:
    parts = parts_of(text)
    assert all(part.start < part.end for part in parts)
    assert all(before.end == after.start for before, after in pairwise(parts))
    kinds = [part.kind for part in parts]
    assert kinds == sorted(kinds, key=["front", "item", "back"].index)
    assert kinds.count("front") <= 1
    assert kinds.count("back") <= 1


HOSTILE = [
    ("a ", 500_000),
    ("**a ", 300_000),
    ("1.", 500_000),
    ("x. 7/17 A", 100_000),
    ("Thing\n\n", 20_000),
    ("1. Thing\n", 20_000),
    ("_", 1_000_000),
    ("(Item ", 200_000),
    ("| a ", 300_000),
    (".", 1_000_000),
]


@pytest.mark.parametrize(("piece", "times"), HOSTILE, ids=[repr(row[0]) for row in HOSTILE])
def test_parts_tile_hostile_text(piece: str, times: int) -> None:
    text = piece * times
    parts = parts_of(text)
    assert (parts[0].start, parts[-1].end) == (0, len(text))
