"""The attendance list: one table of layouts, one of sentences about apologies."""

from __future__ import annotations

import pytest

from kcsp_nlp.minutes import lines as lines_
from kcsp_nlp.minutes.attendance.finding import find_attendance
from kcsp_nlp.minutes.outline import Part
from kcsp_nlp.records import Attendee

Row = tuple[str, str, str | None, str | None]


def attendance(text: str, item_at: int | None = None, title: str | None = None) -> list[Attendee]:
    parts: tuple[Part, ...] = (Part(0, len(text), "front"),)
    if item_at is not None:
        item = Part(item_at, len(text), "item", "1", None, title)
        parts = (Part(0, item_at, "front"), item) if item_at else (item,)
    found = find_attendance(lines_.split(text), parts)
    for attendee in found:
        held = lines_.mask(text)[attendee.start : attendee.end]
        assert " ".join(held.split()) == attendee.name
    return list(found)


def rows(text: str) -> list[Row]:
    return [(a.name, a.status, a.role, a.organisation) for a in attendance(text)]


LAYOUTS: list[tuple[str, str, list[Row]]] = [
    (
        "an inline list with bodies in brackets, wrapped within a name",
        "PRESENT: Mr T Oake (Chairman), Mrs Ada Finch, OBE (Harrow Trust), Supt Roy\n"
        "Vane (Norland Police) and Lil Crane (NCC)\n",
        [
            ("T Oake", "present", "Chairman", None),
            ("Ada Finch", "present", None, "Harrow Trust"),
            ("Roy Vane", "present", "Supt", "Norland Police"),
            ("Lil Crane", "present", None, "NCC"),
        ],
    ),
    (
        "bullets with a role in italics; a bracketed body after an honorific",
        "## Present\n\n* Moll Tarn — *Chair*\n* PC Abe Stott\n* Ms J Pyle (Lamp Society)\n\n"
        "## Apologies\n\n* Cllr H Dunn\n\n---\n\nThe minutes were agreed.\n",
        [
            ("Moll Tarn", "present", "Chair", None),
            ("Abe Stott", "present", "PC", None),
            ("J Pyle", "present", None, "Lamp Society"),
            ("H Dunn", "apologies", "Cllr", None),
        ],
    ),
    (
        "a plural title gives its role to each, a stated role goes before it",
        "Present\nCouncillors D Amble (Chair), S Brack, & P Corrie\nClerk J Dow\n"
        "Member of the Public Mr M Eade\nApologies\nCouncillors R Fenn & M Gow\n",
        [
            ("D Amble", "present", "Chair", None),
            ("S Brack", "present", "Councillor", None),
            ("P Corrie", "present", "Councillor", None),
            ("J Dow", "present", "Clerk", None),
            ("M Eade", "present", "Member of the Public", None),
            ("R Fenn", "apologies", "Councillor", None),
            ("M Gow", "apologies", "Councillor", None),
        ],
    ),
    (
        "a markdown table with a section row and a column of initials in the name",
        "| **Present** | **Role** | **Organisation** |\n| --- | --- | --- |\n"
        "| Una Holm (UH) | Head of Safety | Tarn BC |\n| **Apologies** |  |  |\n"
        "| Cllr Ned Irby |  | Tarn BC |\n",
        [
            ("Una Holm", "present", "Head of Safety", "Tarn BC"),
            ("Ned Irby", "apologies", "Cllr", "Tarn BC"),
        ],
    ),
    (
        "marks of attendance in a column, a ward that is no body",
        "| Name | Ward | Attendance |\n|---|---|---|\n| Mr A Jay | Fell | ✓ |\n"
        "| Ms B Kerr | Moss | Apols. |\n| Mr C Lunt | Moss | Absent |\n",
        [
            ("A Jay", "present", None, None),
            ("B Kerr", "apologies", None, None),
            ("C Lunt", "absent", None, None),
        ],
    ),
    (
        "a table whose rows are labels",
        "| Present | Rose Mott (Mayor), Sid Nunn |\n|---|---|\n"
        "| Guests | Sgt Ola Pike (Fell Police) |\n",
        [
            ("Rose Mott", "present", "Mayor", None),
            ("Sid Nunn", "present", None, None),
            ("Ola Pike", "in_attendance", "Sgt", "Fell Police"),
        ],
    ),
    (
        "groups by body, one of them over two lines",
        "Present\nFell District Council: Cllr Quin Rudd (Chair), Tess Shaw\n"
        "Norland Police: Insp Uri Tate,\nPC 1204 Vole\nApologies: Wyn Yeo (Fell NHS Trust)\n",
        [
            ("Quin Rudd", "present", "Chair", "Fell District Council"),
            ("Tess Shaw", "present", None, "Fell District Council"),
            ("Uri Tate", "present", "Insp", "Norland Police"),
            ("Vole", "present", "PC", "Norland Police"),
            ("Wyn Yeo", "apologies", None, "Fell NHS Trust"),
        ],
    ),
    (
        "columns parted by spaces",
        "Present:\nCllr. Amy Bell          Fell Council (Chairman)\n"
        "Bob Crane               Norland Fire Service\n"
        "Di Eames                Housing Manager, FBC\n",
        [
            ("Amy Bell", "present", "Chairman", "Fell Council"),
            ("Bob Crane", "present", None, "Norland Fire Service"),
            ("Di Eames", "present", "Housing Manager", "FBC"),
        ],
    ),
    (
        "columns that a converter set one under the other",
        "Members present:\n\nFay Gunn\nHal Ives\nJo Keel\n\n"
        "Chair\nFell Youth Council\nVice-Chair\n\n1. Minutes\n",
        [
            ("Fay Gunn", "present", "Chair", None),
            ("Hal Ives", "present", None, "Fell Youth Council"),
            ("Jo Keel", "present", "Vice-Chair", None),
        ],
    ),
    (
        "semicolons part people, commas what is said of them",
        "Apologies: Dr Lou Marr, Fell Surgery; Nat Orme, Head of Care, Tarn Council; DI Penn\n",
        [
            ("Lou Marr", "apologies", None, "Fell Surgery"),
            ("Nat Orme", "apologies", "Head of Care", "Tarn Council"),
            ("Penn", "apologies", "DI", None),
        ],
    ),
    (
        "roles before names in brackets",
        "OFFICIALS: Chief Executive (Mr. Q Reid), Director of Services (Ms. S Tull)\n",
        [
            ("Q Reid", "in_attendance", "Chief Executive", None),
            ("S Tull", "in_attendance", "Director of Services", None),
        ],
    ),
    (
        "own initials are neither role nor body; labels inside a line; counts are nobody",
        "PRESENT (two): - Una Vye (UV), Wat Yorke (WY) – Chair. Parish Clerk: Abe Bird "
        "In attendance: four members of the public.\n",
        [
            ("Una Vye", "present", None, None),
            ("Wat Yorke", "present", "Chair", None),
            ("Abe Bird", "present", "Parish Clerk", None),
        ],
    ),
    (
        "who takes the minutes gets the role where the list names them before",
        "Present: Cath Dale, Ed Firth\nMinute taker: Ed Firth\n",
        [("Cath Dale", "present", None, None), ("Ed Firth", "present", "Minute taker", None)],
    ),
    (
        "a couple shares what is said of the second",
        "Present:\n- Gus Hill – Treasurer\n- Ivy and Jed Kirk – Trustee\n- Len Moor (FDC)\n",
        [
            ("Gus Hill", "present", "Treasurer", None),
            ("Ivy", "present", "Trustee", None),
            ("Jed Kirk", "present", "Trustee", None),
            ("Len Moor", "present", None, "FDC"),
        ],
    ),
    (
        "a body with commas in its name is one body",
        "Present: Ann Nye (Fell, Moss and Tarn CCG), Bea Oak (Moss PCT)\n",
        [
            ("Ann Nye", "present", None, "Fell, Moss and Tarn CCG"),
            ("Bea Oak", "present", None, "Moss PCT"),
        ],
    ),
    (
        "who was stood in for sent apologies",
        "PRESENT: Mrs C Pugh (Substitute for Mr D Rand), Ms E Snell\n",
        [
            ("C Pugh", "present", None, None),
            ("D Rand", "apologies", None, None),
            ("E Snell", "present", None, None),
        ],
    ),
    (
        "a surname with its initial behind it; a seat in parliament as role",
        "Present: Cllr Thorne (B), Una Wells MP\n",
        [("Thorne (B)", "present", "Cllr", None), ("Una Wells", "present", "MP", None)],
    ),
    (
        "labels one behind the other; a plural label as everyone's role",
        "PRESENT: Chairman: Cllr J Ash\nCouncillors: A Birch, Mrs C Cole and D Dale\n"
        "Clerk: Mrs F Grey\n",
        [
            ("J Ash", "present", "Chairman", None),
            ("A Birch", "present", "Councillor", None),
            ("C Cole", "present", "Councillor", None),
            ("D Dale", "present", "Councillor", None),
            ("F Grey", "present", "Clerk", None),
        ],
    ),
    (
        "letters that mark who was there",
        "MEMBERS PRESENT\nCllr Hoy     P\nCllr Ince    A\nCllr Jay     P\n",
        [
            ("Hoy", "present", "Cllr", None),
            ("Ince", "apologies", "Cllr", None),
            ("Jay", "present", "Cllr", None),
        ],
    ),
    (
        "running text after the list is not read",
        "Present: Viv Young\n\nThe Chairman welcomed Mr Zeal and said that all was well.\n",
        [("Viv Young", "present", None, None)],
    ),
    ("nobody", "Present: none\nApologies: None received.\nAlso present:\n", []),
    ("an empty text", "", []),
]


@pytest.mark.parametrize(("reason", "text", "expected"), LAYOUTS, ids=[row[0] for row in LAYOUTS])
def test_layouts(reason: str, text: str, expected: list[Row]) -> None:
    assert rows(text) == expected, reason


SENTENCES = [
    (
        "the item's heading, then a sentence",
        "1. Apologies\nApologies were received from Mr R Ash OBE, Ms K Birch and Ms A Cole.\n",
        ["R Ash", "K Birch", "A Cole"],
    ),
    (
        "reasons are no people, the next sentence is not read",
        "1. Apologies\nApologies had been received from Tom Dee (TD) who was away at work. "
        "Mr Elm was thanked by the Chair for the cake he had brought.\n",
        ["Tom Dee"],
    ),
    (
        "the role before the name",
        "1. Apologies\nApologies were received from the Treasurer, Mr Fell, and from Cllr Gill.\n",
        ["Fell", "Gill"],
    ),
    ("no sentence at all", "1. Apologies\nCllrs Hoy, Ince and Mrs Jay.\n", ["Hoy", "Ince", "Jay"]),
    ("none", "1. Apologies\nThere were none.\n", []),
]


@pytest.mark.parametrize(("reason", "text", "names"), SENTENCES, ids=[row[0] for row in SENTENCES])
def test_item_on_apologies(reason: str, text: str, names: list[str]) -> None:
    found = attendance(text, item_at=0, title="Apologies")
    assert [attendee.name for attendee in found] == names, reason
    assert {attendee.status for attendee in found} <= {"apologies"}


def test_list_in_a_numbered_item() -> None:
    text = "FELL COUNCIL\n\n1. Present\nCllr A Kay (Chair)\nCllr B Law\n"
    found = attendance(text, item_at=text.index("1."), title="Present")
    assert [(a.name, a.status) for a in found] == [("A Kay", "present"), ("B Law", "present")]


def test_one_line_with_several_items_is_cut() -> None:
    text = "1 Apologies Apologies were received from Ann Lee. 2 Finance Mr May reported. "
    end = text.index("2 Finance")
    parts = (Part(0, end, "item", "1", None, "Apologies"), Part(end, len(text), "item", "2"))
    found = find_attendance(lines_.split(text), parts)
    assert [attendee.name for attendee in found] == ["Ann Lee"]
