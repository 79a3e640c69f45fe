"""Attendance lists as ordinary clerks lay them out: columns, marks, offices and groups."""

from __future__ import annotations

import pytest

from kcsp_nlp.minutes.parsing import parse

Row = tuple[str, str, str | None, str | None]

ITEMS = "\n1. Welcome\nThe Chair opened the meeting.\n\n2. Roads\nMr Orr spoke of gritting.\n"

TABLES = [
    pytest.param(
        "# Fell Parish Council\n\n| PRESENT | WARD |\n| --- | --- |\n"
        "| Town Mayor: Cllr Mrs I. Marl | Quay |\n"
        "| Cllrs H. Pell, Tom Quill & A. Vickers | Pier |\n"
        "| **IN ATTENDANCE** | |\n| Zoe Tarr, Town Clerk | |\n" + ITEMS,
        [
            ("I. Marl", "present", "Town Mayor", None),
            ("H. Pell", "present", "Cllr", None),
            ("Tom Quill", "present", "Cllr", None),
            ("A. Vickers", "present", "Cllr", None),
            ("Zoe Tarr", "in_attendance", "Town Clerk", None),
        ],
        id="an office before a colon and a plural title in the cells below PRESENT",
    ),
    pytest.param(
        "# Fell Homes\n\n| Name | | Attended |\n| --- | --- | --- |\n"
        "| Ida Marl | Chair | In person |\n| Hugh Pell | Board Member | Teams |\n"
        "| Tom Quill | Board Member | Apologies |\n| **Officers** | | |\n"
        "| Ann Vickers | Chief Executive | In person |\n| Zoe Tarr | Clerk | Minutes |\n" + ITEMS,
        [
            ("Ida Marl", "present", "Chair", None),
            ("Hugh Pell", "present", "Board Member", None),
            ("Tom Quill", "apologies", "Board Member", None),
            ("Ann Vickers", "in_attendance", "Chief Executive", None),
            ("Zoe Tarr", "in_attendance", "Clerk", None),
        ],
        id="roles in a column without a head; a section of officers outweighs its ticks",
    ),
    pytest.param(
        "# Fell Panel\n\n| Name | Title | Representing |\n| --- | --- | --- |\n"
        "| **Independent Members** | | |\n| Ida Marl | Chair | |\n"
        "| **Designated Organisations** | | |\n| Hugh Pell | Inspector | PSNI |\n" + ITEMS,
        [
            ("Ida Marl", "present", "Chair", None),
            ("Hugh Pell", "present", "Inspector", "PSNI"),
        ],
        id="a row that names a kind of people is nobody",
    ),
    pytest.param(
        "# Fell Parish Council\n\n| | |\n|---|---|\n| **Present** | Ida Marl – Chairman |\n"
        "| | Hugh Pell – Vice Chairman |\n| | Tom Quill, A Vickers and Zoe Tarr |\n"
        "| **Attending** | Sam Reddy – Clerk |\n" + ITEMS,
        [
            ("Ida Marl", "present", "Chairman", None),
            ("Hugh Pell", "present", "Vice Chairman", None),
            ("Tom Quill", "present", None, None),
            ("A Vickers", "present", None, None),
            ("Zoe Tarr", "present", None, None),
            ("Sam Reddy", "in_attendance", "Clerk", None),
        ],
        id="several people in one cell of a table of sections",
    ),
    pytest.param(
        "# Fell Council\n\nPresent: Cllr Ida Marl\n\n| Also in attendance | |\n| --- | --- |\n"
        "| Hugh Pell | Town Clerk |\n| Inspector Zoe Tarr | Dale Police |\n" + ITEMS,
        [
            ("Ida Marl", "present", "Cllr", None),
            ("Hugh Pell", "in_attendance", "Town Clerk", None),
            ("Zoe Tarr", "in_attendance", "Inspector", "Dale Police"),
        ],
        id="a label is the only head of a table",
    ),
    pytest.param(
        "# Fell Trust\n\n| | Name | Role |\n|---|---|---|\n| **Trustees** | Ida Marl | Chair |\n"
        "| | Hugh Pell | Trustee |\n| | Tom Quill | Trustee |\n"
        "| **In attendance** | Zoe Tarr | Head |\n| | Ann Vickers | Clerk |\n" + ITEMS,
        [
            ("Ida Marl", "present", "Chair", None),
            ("Hugh Pell", "present", "Trustee", None),
            ("Tom Quill", "present", "Trustee", None),
            ("Zoe Tarr", "in_attendance", "Head", None),
            ("Ann Vickers", "in_attendance", "Clerk", None),
        ],
        id="sections beside columns that have heads",
    ),
]

LABELS = [
    pytest.param(
        "Fell Forum\n\nPresent:\nMr Hugh Pell\nOn behalf of Fell Trust - Ida Marl,\n"
        "Tom Quill and Ann Vickers\n"
        "Ms Zoe Tarr\n" + ITEMS,
        [
            ("Hugh Pell", "present", None, None),
            ("Ida Marl", "present", None, "Fell Trust"),
            ("Tom Quill", "present", None, "Fell Trust"),
            ("Ann Vickers", "present", None, "Fell Trust"),
            ("Zoe Tarr", "present", None, None),
        ],
        id="a body before a dash is that of its own line and what goes on with it",
    ),
    pytest.param(
        "COMHAIRLE NA BEINNE\nMinutes of the May meeting\n\nCATHAOIRLEACH: Cllr. I. Marl\n\n"
        "I LÁTHAIR FREISIN:\nBaill:     Cllr. H. Pell, Cllr. T. Quill\n\n"
        "Oifigigh:  Ms. Ann Vickers, Director of Services\n           Mr. Sam Reddy, Engineer\n"
        + ITEMS,
        [
            ("I. Marl", "present", "Cathaoirleach", None),
            ("H. Pell", "present", "Cllr", None),
            ("T. Quill", "present", "Cllr", None),
            ("Ann Vickers", "in_attendance", "Director of Services", None),
            ("Sam Reddy", "in_attendance", "Engineer", None),
        ],
        id="Irish labels, the one who presides before the list",
    ),
    pytest.param(
        "FELL PARISH COUNCIL\n\nIn Attendance:   Cllr. Ida Marl (Chair)        Cllr. Hugh Pell\n"
        "                 Cllr. Tom Quill (Vice Chair) Cllr. Ann Vickers\n"
        "                 Cllr. Zoe Tarr               Cllr. C. Dale\n"
        "Also:            Sam Reddy, District Councillor\n"
        "                 PCSO Ed Quin, Fell NPT\n" + ITEMS,
        [
            ("Ida Marl", "present", "Chair", None),
            ("Hugh Pell", "present", "Cllr", None),
            ("Tom Quill", "present", "Vice Chair", None),
            ("Ann Vickers", "present", "Cllr", None),
            ("Zoe Tarr", "present", "Cllr", None),
            ("C. Dale", "present", "Cllr", None),
            ("Sam Reddy", "in_attendance", "District Councillor", None),
            ("Ed Quin", "in_attendance", "PCSO", "Fell NPT"),
        ],
        id="In attendance heads the members where Also opens the list behind it",
    ),
    pytest.param(
        "Fell Council\n\nCllrs Marl, Pell and Tarr were present.\n\nIn attendance:\n"
        "Ann Vickers, Clerk\nEd Quin, Fell Police\n\nAlso: two residents\n" + ITEMS,
        [
            ("Marl", "present", "Cllr", None),
            ("Pell", "present", "Cllr", None),
            ("Tarr", "present", "Cllr", None),
            ("Ann Vickers", "in_attendance", "Clerk", None),
            ("Ed Quin", "in_attendance", None, "Fell Police"),
        ],
        id="In attendance heads no members where a sentence told them",
    ),
    pytest.param(
        "# Fell Youth Cabinet\n\n**Cabinet members here**\n\n- Ida Marl (Chair), Dale Academy\n"
        "- Hugh Pell, Lowmoor College\n\n"
        "**Adults**\n\n- Ann Vickers, Youth Worker, Fell Council\n\n"
        "**Sorry they couldn't make it:** Tom Quill, Zoe Tarr\n" + ITEMS,
        [
            ("Ida Marl", "present", "Chair", "Dale Academy"),
            ("Hugh Pell", "present", None, "Lowmoor College"),
            ("Ann Vickers", "in_attendance", "Youth Worker", "Fell Council"),
            ("Tom Quill", "apologies", None, None),
            ("Zoe Tarr", "apologies", None, None),
        ],
        id="labels in plain words",
    ),
    pytest.param(
        "FELL BOARD\n\nPresent:\n"
        "Representing Fell District Council - Councillor Ida Marl; Hugh Pell\n"
        "Representing the voluntary sector - Ann Vickers, Dale Trust\n" + ITEMS,
        [
            ("Ida Marl", "present", "Councillor", "Fell District Council"),
            ("Hugh Pell", "present", None, "Fell District Council"),
            ("Ann Vickers", "present", None, "Dale Trust"),
        ],
        id="Representing is no part of a body; a sector is none",
    ),
    pytest.param(
        "# Fell Board\n\n**Statutory Members**\nFell County Council: Cllr Ida Marl, Leader\n"
        "Dale Fire Service: Hugh Pell, Area Manager\n\n**Invited Participants**\n"
        "Dale Police: Superintendent Zoe Tarr\n\n**Apologies**\nTom Quill (Dale Trust)\n" + ITEMS,
        [
            ("Ida Marl", "present", "Leader", "Fell County Council"),
            ("Hugh Pell", "present", "Area Manager", "Dale Fire Service"),
            ("Zoe Tarr", "present", "Superintendent", "Dale Police"),
            ("Tom Quill", "apologies", None, "Dale Trust"),
        ],
        id="groups of bodies, each with its people behind a colon",
    ),
    pytest.param(
        "PARISH OF FELL\nAnnual Meeting held on 4 May 2010\n"
        "Top table: Ida Marl, Chairman of the Council; Mrs Ann Vickers, Vice-Chairman;\n"
        "T. Quill, Parish Clerk; Hugh Pell, Treasurer.\n" + ITEMS,
        [
            ("Ida Marl", "present", "Chairman", None),
            ("Ann Vickers", "present", "Vice-Chairman", None),
            ("T. Quill", "present", "Parish Clerk", None),
            ("Hugh Pell", "present", "Treasurer", None),
        ],
        id="a list before the items under words that nobody knows",
    ),
    pytest.param(
        "FELL BOARD\n\nPresent: Cllr Ida Marl, Cllr Hugh Pell, Cllr Zoe Tarr\n\n"
        "A1.Apologies. Received from Councillor Tom Quill (Dale Council) and Ann Vickers.\n"
        "A2.Roads. The road was gritted.\nA3.Rivers. The river was low.\n",
        [
            ("Ida Marl", "present", "Cllr", None),
            ("Hugh Pell", "present", "Cllr", None),
            ("Zoe Tarr", "present", "Cllr", None),
            ("Tom Quill", "apologies", "Councillor", "Dale Council"),
            ("Ann Vickers", "apologies", None, None),
        ],
        id="what runs on behind the title of an item on apologies",
    ),
]

ENTRIES = [
    pytest.param(
        "# Fell Committee\n\n**Members** (✓ present, A apologies, – absent)\n\n"
        "- ✓ Cllr Ida Marl (Chair)\n- ✓ Cllr Hugh Pell\n- A Cllr Tom Quill\n- – Cllr Zoe Tarr\n\n"
        "**Officers:** Ann Vickers (Clerk)\n" + ITEMS,
        [
            ("Ida Marl", "present", "Chair", None),
            ("Hugh Pell", "present", "Cllr", None),
            ("Tom Quill", "apologies", "Cllr", None),
            ("Zoe Tarr", "absent", "Cllr", None),
            ("Ann Vickers", "in_attendance", "Clerk", None),
        ],
        id="a mark before each name",
    ),
    pytest.param(
        "Fell Board\n\nPresent: Councillors I Marl and H Pell\n\nIn Attendance: T Quill, Housing & "
        "Repairs Manager, A Vickers, Solicitor and Z Tarr, Committee Officer (all Dale Council)\n"
        + ITEMS,
        [
            ("I Marl", "present", "Councillor", None),
            ("H Pell", "present", "Councillor", None),
            ("T Quill", "in_attendance", "Housing & Repairs Manager", "Dale Council"),
            ("A Vickers", "in_attendance", "Solicitor", "Dale Council"),
            ("Z Tarr", "in_attendance", "Committee Officer", "Dale Council"),
        ],
        id="initials and posts in turn, commas between all",
    ),
    pytest.param(
        "Fell Panel\n\nPresent: Councillors I Marl (Dale DC), H Pell and T Quill (Lowmoor DC), "
        "A Vickers (Ash DC) and C L Young (Birch DC)\n" + ITEMS,
        [
            ("I Marl", "present", "Councillor", "Dale DC"),
            ("H Pell", "present", "Councillor", "Lowmoor DC"),
            ("T Quill", "present", "Councillor", "Lowmoor DC"),
            ("A Vickers", "present", "Councillor", "Ash DC"),
            ("C L Young", "present", "Councillor", "Birch DC"),
        ],
        id="a plural title goes on behind a pair of one body",
    ),
    pytest.param(
        "Fell Group\n\nPresent:\n   Cllr Mrs Ida Marl, Dale DC\n   County Cllr Hugh Pell, FCC\n"
        "   Sqn Ldr T Quill, RAF Lowmoor\n   Zoe Tarr, Parish Councillor\n"
        "   PC Ed Quin, Fell Police\n"
        "   Sam “Nobby” Reddy\n" + ITEMS,
        [
            ("Ida Marl", "present", "Cllr", "Dale DC"),
            ("Hugh Pell", "present", "County Cllr", "FCC"),
            ("T Quill", "present", "Sqn Ldr", "RAF Lowmoor"),
            ("Zoe Tarr", "present", "Parish Councillor", None),
            ("Ed Quin", "present", "PC", "Fell Police"),
            ("Sam “Nobby” Reddy", "present", None, None),
        ],
        id="DC and Councillor end an entry before a title; a rank of two words; a nickname",
    ),
    pytest.param(
        "Fell NHS Trust\n\nPRESENT\nIda Marl               Chair\n"
        "Hugh Pell              Lead Governor, Public – Dale and Ash\n"
        "Tom Quill              Staff: Nursing\nCllr Zoe Tarr          Fell Council\n" + ITEMS,
        [
            ("Ida Marl", "present", "Chair", None),
            ("Hugh Pell", "present", "Lead Governor", None),
            ("Tom Quill", "present", None, None),
            ("Zoe Tarr", "present", "Cllr", "Fell Council"),
        ],
        id="who elected a governor is no body",
    ),
    pytest.param(
        "Fell Board\n\nPresent:\nIda Marl (Staff), Fell College\nHugh Pell (Public), Fell Trust\n"
        "Zoe Tarr, Public – Dale and Ash\n" + ITEMS,
        [
            ("Ida Marl", "present", None, "Fell College"),
            ("Hugh Pell", "present", None, "Fell Trust"),
            ("Zoe Tarr", "present", None, None),
        ],
        id="a body behind who elected a governor",
    ),
    pytest.param(
        "Fell Council\n\nPresent: Cllr Ida Marl, Cllr Hugh Pell\n\n"
        "Apologies: Tom Quill (lambing), Mr and Mrs Vickers\n" + ITEMS,
        [
            ("Ida Marl", "present", "Cllr", None),
            ("Hugh Pell", "present", "Cllr", None),
            ("Tom Quill", "apologies", None, None),
            ("Vickers", "apologies", None, None),
        ],
        id="Mr without a name is no body",
    ),
]


@pytest.mark.parametrize(("text", "expected"), [*TABLES, *LABELS, *ENTRIES])
def test_ordinary_lists(text: str, expected: list[Row]) -> None:
    found = parse(text).attendance
    assert [(one.name, one.status, one.role, one.organisation) for one in found] == expected
    assert [text[one.start : one.end] for one in found] == [one.name for one in found]


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("Present:\n" + "- ✓ Ann Lee\n- A Cy Dale\n" * 10_000, id="marks"),
        pytest.param("Present: " + "A Ash, Clerk and B Lee (Fell DC), " * 20_000, id="initials"),
        pytest.param("In attendance:\n" * 20_000 + "Also:\nAnn Lee\n", id="labels"),
        pytest.param("Top table: Ann Lee;\n" * 20_000, id="unknown labels"),
        pytest.param("| Name | |\n" + "| A; B, C and D | Chair |\n" * 20_000, id="cells"),
    ],
)
def test_hostile_lists_are_read(text: str) -> None:
    assert parse(text).parts[-1].end == len(text)
