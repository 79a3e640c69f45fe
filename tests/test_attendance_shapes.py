"""Attendance lists told by their shape: nests, grids, prose, and lists behind the text."""

from __future__ import annotations

import pytest

from kcsp_nlp.minutes.outline import Outline
from kcsp_nlp.minutes.parsing import parse

Row = tuple[str, str, str | None, str | None]

ITEMS = "1. Welcome\nThe Chair opened the meeting.\n\n2. Roads\nMr Orr spoke of gritting.\n"


def rows(outline: Outline) -> list[Row]:
    return [(each.name, each.status, each.role, each.organisation) for each in outline.attendance]


NESTS: list[tuple[str, str, list[Row]]] = [
    (
        "people set in below their bodies, no word of presence",
        "FELL SAFETY FORUM\n\nFell Borough Council\n   Cllr Ida Marl (Chair)\n"
        "   Hugh Pell, Housing Manager\nDale Police\n   Insp Zoe Tarr\nLowmoor Trust\n"
        "   Sam Reddy\n   Ann Vickers, Director\n\n" + ITEMS,
        [
            ("Ida Marl", "present", "Chair", "Fell Borough Council"),
            ("Hugh Pell", "present", "Housing Manager", "Fell Borough Council"),
            ("Zoe Tarr", "present", "Insp", "Dale Police"),
            ("Sam Reddy", "present", None, "Lowmoor Trust"),
            ("Ann Vickers", "present", "Director", "Lowmoor Trust"),
        ],
    ),
    (
        "two on a line, their initials behind them",
        "ATTENDANCE\n\n  Fell Borough Council\n     Cllr Ida Marl IM        Cllr Hugh Pell HP\n"
        "  Dale Police\n     Supt Tom Quill TQ\n  Apologies: Mr Ed Quin\n\n" + ITEMS,
        [
            ("Ida Marl", "present", "Cllr", "Fell Borough Council"),
            ("Hugh Pell", "present", "Cllr", "Fell Borough Council"),
            ("Tom Quill", "present", "Supt", "Dale Police"),
            ("Ed Quin", "apologies", None, None),
        ],
    ),
    (
        "indented notes under headings are no people",
        "FELL SAFETY FORUM\n\nTravel\n   Bus 40 stops outside\nParking\n   Ring the bell\n"
        "Lunch\n   Bring your own\n\n" + ITEMS,
        [],
    ),
]

GRIDS: list[tuple[str, str, list[Row]]] = [
    (
        "heads that nobody knows: the cells tell names, bodies and marks",
        "Fell Traders\n\n| Director | Firm | Short | In? |\n|---|---|---|---|\n"
        "| Ida Marl (Chair) | Marl & Son | IM | Yes |\n| Hugh Pell | Fell Books | HP | Yes |\n"
        "| Tom Quill | Quill Ltd | TQ | Apologies |\n| Ann Vickers | Dale Homes | AV | No |\n\n"
        + ITEMS,
        [
            ("Ida Marl", "present", "Chair", "Marl & Son"),
            ("Hugh Pell", "present", None, "Fell Books"),
            ("Tom Quill", "apologies", None, "Quill Ltd"),
            ("Ann Vickers", "absent", None, "Dale Homes"),
        ],
    ),
    (
        "of two columns of marks the last is this meeting's",
        "| Name | Role | May | July |\n|---|---|---|---|\n| Ida Marl | Chair | A | ✓ |\n"
        "| Hugh Pell | Clerk | ✓ | ✓ |\n| Tom Quill | Warden | ✓ | A |\n\n" + ITEMS,
        [
            ("Ida Marl", "present", "Chair", None),
            ("Hugh Pell", "present", "Clerk", None),
            ("Tom Quill", "apologies", "Warden", None),
        ],
    ),
    (
        "bodies before their people, a row of apologies at the end",
        "Dale Forum\n\n| | |\n|---|---|\n| Fell Borough Council | Cllr Ida Marl |\n"
        "| Dale Police | Insp Zoe Tarr; Sgt Ed Quin |\n| Fell Housing Trust | Tom Quill |\n"
        "| Lowmoor School | Ann Vickers |\n| Apologies | Hugh Pell |\n\n" + ITEMS,
        [
            ("Ida Marl", "present", "Cllr", "Fell Borough Council"),
            ("Zoe Tarr", "present", "Insp", "Dale Police"),
            ("Ed Quin", "present", "Sgt", "Dale Police"),
            ("Tom Quill", "present", None, "Fell Housing Trust"),
            ("Ann Vickers", "present", None, "Lowmoor School"),
            ("Hugh Pell", "apologies", None, None),
        ],
    ),
    (
        "columns under heads that name groups, one pair of heads below the other",
        "ATTENDANCE\n\nElected Members              Agencies\n"
        "   Cllr Ida Marl                Supt Zoe Tarr, Dale Police\n"
        "   Cllr Hugh Pell               Emma Quill, Fell Trust\n\n"
        "Community                    Trade\n"
        "   Ann Vickers, Chair           Sam Reddy\n\n" + ITEMS,
        [
            ("Ida Marl", "present", "Cllr", None),
            ("Zoe Tarr", "present", "Supt", "Dale Police"),
            ("Hugh Pell", "present", "Cllr", None),
            ("Emma Quill", "present", None, "Fell Trust"),
            ("Ann Vickers", "present", "Chair", None),
            ("Sam Reddy", "present", None, None),
        ],
    ),
    (
        "actions with owners and a column of yes and no are no attendance",
        "Dale Forum\n\n| Owner | Action | Done |\n|---|---|---|\n| Ida Marl | Ring | Yes |\n"
        "| Hugh Pell | Write | No |\n| Tom Quill | Pay | Yes |\n\n" + ITEMS,
        [],
    ),
    (
        "offices before their holders, all of one body unless it is said",
        "In attendance (FBC unless shown):\n   Director of Works           Ida Marl\n"
        "   Head of Adult Education     Hugh Pell\n   Chief Executive, Dale Trust   Tom Quill\n\n"
        "Present: Cllr Zoe Tarr\n\n" + ITEMS,
        [
            ("Ida Marl", "in_attendance", "Director of Works", "FBC"),
            ("Hugh Pell", "in_attendance", "Head of Adult Education", "FBC"),
            ("Tom Quill", "in_attendance", "Chief Executive", "Dale Trust"),
            ("Zoe Tarr", "present", "Cllr", None),
        ],
    ),
]

LATE: list[tuple[str, str, list[Row]]] = [
    (
        "a list at the foot under a word of its own",
        "FELL HARBOUR TRUST\n\n" + ITEMS + "\nSEDERUNT\nMrs Ida Marl       Convener\n"
        "Mr Hugh Pell       Treasurer\nCaptain Tom Quill  Trustee\nRegrets: Mr Ed Quin\n",
        [
            ("Ida Marl", "present", "Convener", None),
            ("Hugh Pell", "present", "Treasurer", None),
            ("Tom Quill", "present", "Trustee", None),
            ("Ed Quin", "apologies", None, None),
        ],
    ),
    (
        "those who signed the book, under a label that no list knows",
        "Fell Tenants\n\n" + ITEMS + "\nSigned the Book: Ida Marl (Chair), Hugh Pell, "
        "Tom Quill, Ann Vickers\nSorry: Ed Quin\n",
        [
            ("Ida Marl", "present", "Chair", None),
            ("Hugh Pell", "present", None, None),
            ("Tom Quill", "present", None, None),
            ("Ann Vickers", "present", None, None),
            ("Ed Quin", "apologies", None, None),
        ],
    ),
    (
        "surnames first, crosses in a column for each status",
        "Fell Traders\n\n" + ITEMS + "\nBACK PAGE                    HERE    SORRY\n"
        "Marl, Ida        Chair        x\nPell, Hugh       Treasurer    x\n"
        "Quill, Tom       Warden               x\nVickers, Ann     Clerk        x\n",
        [
            ("Marl, Ida", "present", "Chair", None),
            ("Pell, Hugh", "present", "Treasurer", None),
            ("Quill, Tom", "apologies", "Warden", None),
            ("Vickers, Ann", "present", "Clerk", None),
        ],
    ),
    (
        "ticks and crosses before the names",
        "Fell Almshouse\n\n" + ITEMS + "\n**Trustees attending:** ✓ Ida Marl · ✓ Hugh Pell · "
        "✓ Dr Tom Quill · ✗ Ann Vickers (apologies) · ✗ Ed Quin (nothing heard)\n",
        [
            ("Ida Marl", "present", None, None),
            ("Hugh Pell", "present", None, None),
            ("Tom Quill", "present", None, None),
            ("Ann Vickers", "apologies", None, None),
            ("Ed Quin", "absent", None, None),
        ],
    ),
    (
        "whom copies go to is no attendance",
        "Fell Forum\n\n" + ITEMS + "\nDistribution: Ida Marl, Hugh Pell, Tom Quill, Ann Vickers\n",
        [],
    ),
    (
        "a list before the items leaves what stands behind them alone",
        "Present: Ida Marl, Hugh Pell, Tom Quill\n\n"
        + ITEMS
        + "\nPresent in the gallery: Ann Vickers, Ed Quin, Zoe Tarr\n",
        [
            ("Ida Marl", "present", None, None),
            ("Hugh Pell", "present", None, None),
            ("Tom Quill", "present", None, None),
        ],
    ),
]

PROSE: list[tuple[str, str, list[Row]]] = [
    (
        "a sentence, body by body, offices before names",
        "Fell Board\n\nCllr Ida Marl was in the chair. There attended, for Fell Borough Council, "
        "Head of Housing Hugh Pell and Policy Officer Tom Quill; for Dale Police, Sergeant Zoe "
        "Tarr; and, as lay member, Mrs Ann Vickers. Clerk Ed Quin wrote these notes.\n\n" + ITEMS,
        [
            ("Ida Marl", "present", "Chair", None),
            ("Hugh Pell", "present", "Head of Housing", "Fell Borough Council"),
            ("Tom Quill", "present", "Policy Officer", "Fell Borough Council"),
            ("Zoe Tarr", "present", "Sergeant", "Dale Police"),
            ("Ann Vickers", "present", "lay member", None),
            ("Ed Quin", "in_attendance", "Clerk", None),
        ],
    ),
    (
        "posts and names with nothing between them, an area in brackets",
        "**Present**: Portfolio Holder for Health and Wellbeing Ida Marl (Fell Council), "
        "Corporate Director (Communities) Hugh Pell, Head of Adult Social Care Tessa Quill "
        "and Ann Vickers (Dale Trust)\n\n" + ITEMS,
        [
            ("Ida Marl", "present", "Portfolio Holder for Health and Wellbeing", "Fell Council"),
            ("Hugh Pell", "present", "Corporate Director (Communities)", None),
            ("Tessa Quill", "present", "Head of Adult Social Care", None),
            ("Ann Vickers", "present", None, "Dale Trust"),
        ],
    ),
]

TABLES: list[tuple[str, str, list[Row]]] = [
    (
        "the first column heads the rows below it, Staff being a group of those present",
        "| | | |\n| --- | --- | --- |\n| **Public** | Ida Marl | Lead Governor |\n"
        "| | Hugh Pell | |\n| **Staff** | Tom Quill | |\n"
        "| **In attendance** | Ann Vickers | Director of Finance |\n| | Sam Reddy | |\n"
        "| **Apologies** | Zoe Tarr | |\n\n" + ITEMS,
        [
            ("Ida Marl", "present", "Lead Governor", None),
            ("Hugh Pell", "present", None, None),
            ("Tom Quill", "present", None, None),
            ("Ann Vickers", "in_attendance", "Director of Finance", None),
            ("Sam Reddy", "in_attendance", None, None),
            ("Zoe Tarr", "apologies", None, None),
        ],
    ),
    (
        "people in every cell, one of them behind a label",
        "## Members present\n\n| | |\n| --- | --- |\n| Ida Marl (Chair) | Hugh Pell |\n"
        "| Tom Quill – until 12.30 | *Apology:* Dr Sam Reddy |\n\n" + ITEMS,
        [
            ("Ida Marl", "present", "Chair", None),
            ("Hugh Pell", "present", None, None),
            ("Tom Quill", "present", None, None),
            ("Sam Reddy", "apologies", None, None),
        ],
    ),
    (
        "crosses for those here where other marks say who was not, two cells under one head",
        "WHO                  FROM                        HERE\n"
        "Ida Marl             FBC  Warden                   x\n"
        "Hugh Pell            Dale Police                   x (till 10)\n"
        "Tom Quill            Lowmoor Trust                 -\n"
        "Sam Reddy            Ferry House                   apols\n\n" + ITEMS,
        [
            ("Ida Marl", "present", "Warden", "FBC"),
            ("Hugh Pell", "present", None, "Dale Police"),
            ("Tom Quill", "absent", None, "Lowmoor Trust"),
            ("Sam Reddy", "apologies", None, "Ferry House"),
        ],
    ),
    (
        "the marks of the column are its head",
        "Member               Nominated by                ✓ / Ap / -\n\n"
        "Ida Marl (Chair)     Fell Borough Council          ✓\n"
        "Hugh Pell            Dale Council                  Ap\n"
        "Tom Quill            Lowmoor Trust                 -\n\n" + ITEMS,
        [
            ("Ida Marl", "present", "Chair", "Fell Borough Council"),
            ("Hugh Pell", "apologies", None, "Dale Council"),
            ("Tom Quill", "absent", None, "Lowmoor Trust"),
        ],
    ),
    (
        "the earlier meeting's marks stand behind this one's, a tick runs up to a cell",
        "Who               Initials   For                      17/5   Feb\n"
        "Ida Marl (Chair)  IM         Fell Council             ✓      A\n"
        "Hugh Pell         HP         Dale Council             A      ✓\n"
        "Tom Quill         TQ         Lowmoor Residents Trust ✓      A\n\n" + ITEMS,
        [
            ("Ida Marl", "present", "Chair", "Fell Council"),
            ("Hugh Pell", "apologies", None, "Dale Council"),
            ("Tom Quill", "present", None, "Lowmoor Residents Trust"),
        ],
    ),
    (
        "the head of the minutes' own table ends that of the people",
        "Name              Title                  Attendance\n"
        "Ida Marl          Chair                  Present\n"
        "Hugh Pell         Chief Executive        Apologies\n\n"
        "Min. ref                                 Action\n\n" + ITEMS,
        [
            ("Ida Marl", "present", "Chair", None),
            ("Hugh Pell", "apologies", "Chief Executive", None),
        ],
    ),
]

RUNS: list[tuple[str, str, list[Row]]] = [
    (
        "surnames that are other words, listed under a plural title",
        "Present: Councillors: Marl (Chairman), Pell, Church, Quill and Reddy\n\n" + ITEMS,
        [
            ("Marl", "present", "Chairman", None),
            ("Pell", "present", "Councillor", None),
            ("Church", "present", "Councillor", None),
            ("Quill", "present", "Councillor", None),
            ("Reddy", "present", "Councillor", None),
        ],
    ),
    (
        "surnames in capitals",
        "**Present:**\n\nCOUNCILLORS –\n\nAXWELL (Chairman), BUTLER-MARL, PELL C, QUILLER\n\n"
        "In attendance: NEVISON (Leader), QUINN-DALE (Clerk), KINGSLEY\n\n" + ITEMS,
        [
            ("AXWELL", "present", "Chairman", None),
            ("BUTLER-MARL", "present", "Councillor", None),
            ("PELL C", "present", "Councillor", None),
            ("QUILLER", "present", "Councillor", None),
            ("NEVISON", "in_attendance", "Leader", None),
            ("QUINN-DALE", "in_attendance", "Clerk", None),
            ("KINGSLEY", "in_attendance", None, None),
        ],
    ),
    (
        "surnames first, one a line, a party behind them",
        "MINUTES OF THE MEETING OF THE FELL DISTRICT POLICING PARTNERSHIP\n\n"
        "Present:\nMcMarl, Ida (SDLP)\nPell, H (UUP), Chairperson\nQuill, T (DUP)\n\n" + ITEMS,
        [
            ("McMarl, Ida", "present", None, "SDLP"),
            ("Pell, H", "present", "Chairperson", "UUP"),
            ("Quill, T", "present", None, "DUP"),
        ],
    ),
    (
        "posts before initials, an and in a post and in a firm",
        "Present: Head of Fleet and Environmental Services S Pell; Director of Roads T. Marl; "
        "Hugh Reddy, Quill & Sons\n\n" + ITEMS,
        [
            ("S Pell", "present", "Head of Fleet and Environmental Services", None),
            ("T. Marl", "present", "Director of Roads", None),
            ("Hugh Reddy", "present", None, "Quill & Sons"),
        ],
    ),
    (
        "one person a line, a body of one word before the next",
        "Present: Cllr Ida Orr\n\n"
        "In attendance: Tom Quill, Group Manager, Lowmoor Fire Service\n"
        "Lorna Marl, Chief Executive, Ferryhouse\nCaroline Pell, Clerk\n\n" + ITEMS,
        [
            ("Ida Orr", "present", "Cllr", None),
            ("Tom Quill", "in_attendance", "Group Manager", "Lowmoor Fire Service"),
            ("Lorna Marl", "in_attendance", "Chief Executive", "Ferryhouse"),
            ("Caroline Pell", "in_attendance", "Clerk", None),
        ],
    ),
    (
        "labels in bold that end with a stop, bodies inside of the paragraph",
        "**Present.** Ida Marl (Chair). From the Police: Insp Hugh Pell and PC Tom Quill. "
        "From the Council: Sam Reddy (Clerk).\n\n**Not with us.** Zoe Tarr (Fell Trust)\n\n"
        + ITEMS,
        [
            ("Ida Marl", "present", "Chair", None),
            ("Hugh Pell", "present", "Insp", None),
            ("Tom Quill", "present", "PC", None),
            ("Sam Reddy", "present", "Clerk", None),
            ("Zoe Tarr", "apologies", None, "Fell Trust"),
        ],
    ),
    (
        "who took the chair and who sat around the table",
        "In the chair was Ida Marl and around the table were Cllrs Hugh Pell (Vice Chairman) "
        "and Tom Quill.\n\n" + ITEMS,
        [
            ("Ida Marl", "present", "Chair", None),
            ("Hugh Pell", "present", "Vice Chairman", None),
            ("Tom Quill", "present", "Cllr", None),
        ],
    ),
    (
        "bodies behind a label of their own",
        "In the chair: Ida Marl\nDesignated Bodies: for Dale Police, Supt Hugh Pell; for the "
        "Lowmoor Trust, Tom Quill\n\n" + ITEMS,
        [
            ("Ida Marl", "present", "Chair", None),
            ("Hugh Pell", "present", "Supt", "Dale Police"),
            ("Tom Quill", "present", None, "Lowmoor Trust"),
        ],
    ),
    (
        "an annex of those who came, a list of others before it",
        "Task group: Dale, Church, Orr (Chair)\n\n" + ITEMS + "\n**ANNEX: ATTENDANCE**\n\n"
        "| Name | From |\n| --- | --- |\n| Ida Marl | Fell Council |\n| Hugh Pell | Dale "
        "Council |\n| Tom Quill | Lowmoor Trust |\n",
        [
            ("Ida Marl", "present", None, "Fell Council"),
            ("Hugh Pell", "present", None, "Dale Council"),
            ("Tom Quill", "present", None, "Lowmoor Trust"),
        ],
    ),
    (
        "a space that converters spell out",
        "Officers:\n\nIda Marl &nbsp; Chief Executive\nHugh Pell &nbsp; Head of Housing\n\n"
        "Present: Tom Quill\n\n" + ITEMS,
        [
            ("Ida Marl", "in_attendance", "Chief Executive", None),
            ("Hugh Pell", "in_attendance", "Head of Housing", None),
            ("Tom Quill", "present", None, None),
        ],
    ),
]

CASES = [*NESTS, *GRIDS, *LATE, *PROSE, *TABLES, *RUNS]


@pytest.mark.parametrize(("text", "expected"), [c[1:] for c in CASES], ids=[c[0] for c in CASES])
def test_shapes(text: str, expected: list[Row]) -> None:
    outline = parse(text)
    assert rows(outline) == expected
    assert all(
        text[each.start : each.end].split(maxsplit=1)[0] == each.name.split()[0]
        for each in outline.attendance
    )


@pytest.mark.parametrize(
    "text",
    [
        "Present: Ann Lee\n" * 20_000,
        "Fell Council\n   Ann\n" * 10_000,
        "1. A\n" + "HERE  SORRY\nLee, Ann  x\n" * 10_000,
        "Head of " * 50_000,
        "Present:\n" + "Lee, A\n" * 20_000,
        "Present: " + "AXTON, " * 50_000,
        "**Present.** " + "From the Police: PC Ann Lee. " * 20_000,
        "Present:\n" + "| Staff | Ann Lee |\n| | Cy Dale |\n" * 10_000,
    ],
    ids=["labels", "nests", "heads", "posts", "inverted", "capitals", "groups", "sections"],
)
def test_hostile_text_is_read(text: str) -> None:
    assert parse(text).parts[-1].end == len(text)
