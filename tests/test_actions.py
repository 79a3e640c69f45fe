"""Actions: action lines, tables, running text, owners, dates, and what any text gives."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kcsp_nlp.minutes.lines import split
from kcsp_nlp.minutes.outline import Part
from kcsp_nlp.minutes.statements.action_labels import read_label
from kcsp_nlp.minutes.statements.actions import find_actions
from kcsp_nlp.minutes.statements.paragraphs import Page
from kcsp_nlp.records import Action, Attendee, Kind

FRONT = "Present: Ada Vane (AV), Bo Moth, Cy Oke\n\n"


def _find(text: str) -> tuple[Action, ...]:
    whole = FRONT + text
    parts = [Part(0, len(FRONT), "front"), Part(len(FRONT), len(whole), "item")]
    return find_actions(Page(split(whole), parts))


def _said(text: str) -> list[tuple[str, tuple[str, ...]]]:
    return [(" ".join(action.text.split()), action.owners) for action in _find(text)]


ROWS: list[tuple[str, str, list[tuple[str, tuple[str, ...]]]]] = [
    (
        "owners in square brackets own the statement before",
        "The weir wants a lamp by Whitsun. [Ada, by 4 May]",
        [("The weir wants a lamp by Whitsun.", ("Ada",))],
    ),
    (
        "owners in round brackets alone in their sentence",
        "That the ledger be bound. (Ada Vane)",
        [("That the ledger be bound.", ("Ada Vane",))],
    ),
    (
        "square brackets that say what is to be done",
        "It is wet. [AV to mend the roof; Bo to carry the slates]",
        [("AV to mend the roof", ("AV",)), ("Bo to carry the slates", ("Bo",))],
    ),
    (
        "square brackets before the next sentence",
        "It is wet. [AV to mend it] The geese are well.",
        [("AV to mend it", ("AV",))],
    ),
    (
        "initials own the task in the paragraph before, not its last sentence",
        "Ada Vane will write to the miller about the weir. The geese are well.\n\nAction: AV",
        [("Ada Vane will write to the miller about the weir.", ("AV",))],
    ),
    (
        "initials of somebody else own the last sentence",
        "Ada Vane will write to the miller about the weir. The rope is to be cut.\n\nAction: BM",
        [
            ("Ada Vane will write to the miller about the weir.", ("Ada Vane",)),
            ("The rope is to be cut.", ("BM",)),
        ],
    ),
    (
        "the same owners in the text and in the margin",
        "The rope has to be cut.\n\nAction: AV\n\nAction: AV",
        [("The rope has to be cut.", ("AV",))],
    ),
    ("brackets that hold no owner", "It is wet. [Paper 4]", []),
    ("brackets that name whose report it is", "(Report of the Clerk)\n\nIt is wet.", []),
    ("brackets in a paragraph of their own", "It is wet.\n\n(Ada Vane)", []),
    (
        "labels in brackets without a colon",
        "The lamp has to be lit (Action AV). The rope has to be cut [Action Bo].",
        [("The lamp has to be lit", ("AV",)), ("The rope has to be cut", ("Bo",))],
    ),
    (
        "owners in brackets behind the items of a list",
        "Actions:\n- Roof to be mended (AV)\n- Letter to the miller [Bo Moth]",
        [
            ("Roof to be mended", ("AV",)),
            ("Letter to the miller", ("Bo Moth",)),
        ],
    ),
    (
        "a remark behind owners",
        "The rope is to be sold. [Action: All; replies to the mill by May]",
        [("The rope is to be sold.", ("All",))],
    ),
    (
        "two owners with initials before their names",
        "ACTION: A. Vane; I. Moth",
        [
            ("A. Vane; I. Moth", ("A. Vane", "I. Moth")),
        ],
    ),
    (
        "a box of actions",
        "It is wet.\n\n| ACTIONS |\n| --- |\n| AV to mend the roof |\n| Bo: slates |\n",
        [("AV to mend the roof", ("AV",)), ("Bo: slates", ("Bo",))],
    ),
    (
        "a label and its action side by side",
        "| **Decision:** | To mend the roof |\n| --- | --- |\n| **Action:** | AV to buy slates |\n",
        [("AV to buy slates", ("AV",))],
    ),
    (
        "owners without a verb in a named column",
        "| Item | Action |\n| --- | --- |\n"
        "| The roof is wet. | AV to mend<br>Bo: slates<br>CO Lamp oil |",
        [("AV to mend", ("AV",)), ("Bo: slates", ("Bo",)), ("CO Lamp oil", ("CO",))],
    ),
    (
        "who asked for what is no action log",
        "| Who | What | Asked |\n| --- | --- | --- |\n| The guild | Two new oars | £90 |\n",
        [],
    ),
    (
        "a page's foot among the rows",
        "ACTIONS\n     AV   Two new oars for the skiff        May\n"
        "     Weir Board                          Page 2 of 3\n",
        [("Two new oars for the skiff", ("AV",))],
    ),
    (
        "a limb under a bullet",
        "RESOLVED that:\n\n- it be noted; and\n- a lamp be brought to the weir by Ada Vane.",
        [("a lamp be brought to the weir by Ada Vane.", ("Ada Vane",))],
    ),
    (
        "any verb will do where owners open the sentence",
        "It rained. AV to walk the weir with Bo.",
        [("AV to walk the weir with Bo.", ("AV",))],
    ),
    ("what is to be done to somebody", "It rained. Ada to be thanked.", []),
    ("the title of a list owns nothing", "It rained.\n\nACTION TABLE\n\nIt ended.", []),
    ("to do", "*To do: Bo Moth to buy rope*", [("Bo Moth to buy rope", ("Bo Moth",))]),
    (
        "a numbered point",
        "It is wet.\nAP4 Bo Moth to buy rope",
        [("Bo Moth to buy rope", ("Bo Moth",))],
    ),
    (
        "owners and dashes in one line",
        "ACTION: Bo – two ropes. Ada – a lamp.",
        [("Bo – two ropes", ("Bo",)), ("Ada – a lamp", ("Ada",))],
    ),
    (
        "columns set with spaces",
        "Ref   Action                 Who     By\n1     Buy rope for the weir  AV      May\n"
        "2     Mend the lamp          BM/CO   June\n",
        [("Buy rope for the weir", ("AV",)), ("Mend the lamp", ("BM", "CO"))],
    ),
    (
        "a log that says it again is one of actions too",
        "Ada Vane to buy rope.\n\n| Who | What |\n| --- | --- |\n| AV | Rope |\n",
        [("Ada Vane to buy rope.", ("Ada Vane",)), ("Rope", ("AV",))],
    ),
    (
        "a list in columns without heads, owners first",
        "9.   ACTIONS\n     AV   Two new oars for the skiff        May\n"
        "     BM   Lamp for the slip, with a bracket   June\n",
        [("Two new oars for the skiff", ("AV",)), ("Lamp for the slip, with a bracket", ("BM",))],
    ),
    (
        "a list in columns without heads, owners behind",
        "ACTIONS\n12/4   Two new oars for the skiff          AV, BM\n"
        "12/6   Lamp for the slip, with a bracket   BM\n",
        [
            ("Two new oars for the skiff", ("AV", "BM")),
            ("Lamp for the slip, with a bracket", ("BM",)),
        ],
    ),
    (
        "columns under any other heading are none",
        "STOCK\nAV   Two new oars for the skiff\nBM   Lamp for the slip, with a bracket\n",
        [],
    ),
    (
        "a label in the right margin, without a colon",
        "Outcome: the slip is to have a lamp.                    Action BM\n",
        [("the slip is to have a lamp.", ("BM",))],
    ),
    (
        "a limb in its sentence ends where the next begins",
        "RESOLVED: (1) that the Clerk order oars; (2) that the lamp be let be.",
        [("the Clerk order oars", ("Clerk",))],
    ),
    (
        "a limb without that",
        "RESOLVED that (i) the lamp be mended; (ii) the Chairman write to the mill.",
        [("the Chairman write to the mill.", ("Chairman",))],
    ),
    (
        "a motion",
        "Proposed by Bo Moth: That the Clerk write to the mill. Carried.",
        [("the Clerk write to the mill.", ("Clerk",))],
    ),
    (
        "what is remitted to somebody",
        "It be remitted to the Rope Store Manager to check the moorings.",
        [
            (
                "It be remitted to the Rope Store Manager to check the moorings.",
                ("Rope Store Manager",),
            ),
        ],
    ),
    (
        "initials behind a comma in a labelled list",
        "Actions outstanding: New oars, AV; Lamp bracket, BM.",
        [("New oars, AV", ("AV",)), ("Lamp bracket, BM", ("BM",))],
    ),
    (
        "a state is nothing to be done",
        "| Aim | State | Lead |\n| --- | --- | --- |\n| Dry boats | Amber | Ada Vane |\n",
        [],
    ),
    (
        "what two are resolved to do",
        "RESOLVED that the bill be noted and the Clerk obtain a copy.",
        [("the Clerk obtain a copy.", ("Clerk",))],
    ),
    (
        "text below owners",
        "It leaks. Action: Clerk\nThe eels are back.",
        [("It leaks.", ("Clerk",))],
    ),
    (
        "label and task",
        "ACTION: Clerk to buy rope.",
        [("Clerk to buy rope", ("Clerk",))],
    ),
    (
        "label with a reference",
        "**Action 19/21:** Bo Moth to buy rope",
        [("Bo Moth to buy rope", ("Bo Moth",))],
    ),
    (
        "owners alone own the statement before",
        "It was agreed that the lamp be mended.\n\n**Action:** Mr Vane/ Ms Oke",
        [("It was agreed that the lamp be mended.", ("Mr Vane", "Ms Oke"))],
    ),
    (
        "owners alone find the task with their name",
        "Mr Vane agreed to ask. RESOLVED to note the tide.\n\nAction: Mr Vane",
        [("Mr Vane agreed to ask.", ("Mr Vane",))],
    ),
    ("owners alone with nothing before", "Action: Ada Vane", [("Ada Vane", ("Ada Vane",))]),
    (
        "two tasks",
        "Action: Ada to draft the letter; Bo to post it",
        [("Ada to draft the letter", ("Ada",)), ("Bo to post it", ("Bo",))],
    ),
    (
        "owner before a dash",
        "ACTION – Bo Moth – rope by Friday",
        [("Bo Moth – rope by Friday", ("Bo Moth",))],
    ),
    (
        "owner behind a dash",
        "Action 2a: Count the eels – Cy Oke",
        [("Count the eels – Cy Oke", ("Cy Oke",))],
    ),
    (
        "arrow",
        "The lamp is out.\n>> AV fill in form\n>> Bo get rope",
        [("AV fill in form", ()), ("Bo get rope", ())],
    ),
    (
        "list under a head",
        "Actions\n\n- Bo to find rope\n\n- Cy to row",
        [("Bo to find rope", ("Bo",)), ("Cy to row", ("Cy",))],
    ),
    ("bare task", "The lamp is out. Clerk to write.", [("Clerk to write.", ("Clerk",))]),
    (
        "two owners",
        "Cllr Vane and Cllr Moth to photograph the weir.",
        [("Cllr Vane and Cllr Moth to photograph the weir.", ("Cllr Vane", "Cllr Moth"))],
    ),
    (
        "offered",
        "Ms Oke offered to bring the figures.",
        [("Ms Oke offered to bring the figures.", ("Ms Oke",))],
    ),
    (
        "far inside a sentence the clause counts",
        "A long tale of the weir and its keeper was told, and Mr Vane agreed to ask him.",
        [("Mr Vane agreed to ask him.", ("Mr Vane",))],
    ),
    (
        "will, by a person of the attendance list",
        "Ada Vane will circulate both lists.",
        [("Ada Vane will circulate both lists.", ("Ada Vane",))],
    ),
    ("she will", "She will ask the Reeve.", [("She will ask the Reeve.", ())]),
    ("she would", "She would ask the Reeve.", [("She would ask the Reeve.", ())]),
    (
        "has offered",
        "Mr Vane has kindly offered to mend it.",
        [("Mr Vane has kindly offered to mend it.", ("Mr Vane",))],
    ),
    (
        "members requested, nobody named",
        "Members requested that the map be circulated.",
        [("Members requested that the map be circulated.", ())],
    ),
    (
        "shared subject",
        "The Chair thanked him and would write to the Reeve.",
        [("The Chair thanked him and would write to the Reeve.", ("Chair",))],
    ),
    (
        "asked somebody to",
        "Members asked the Clerk to mend the gate.",
        [("Members asked the Clerk to mend the gate.", ("Clerk",))],
    ),
    (
        "resolved that somebody do",
        "RESOLVED that the Chair write to the Reeve.",
        [("the Chair write to the Reeve.", ("Chair",))],
    ),
    (
        "capitals in a sentence",
        "Bo Moth TO WRITE to the miller.",
        [("Bo Moth TO WRITE to the miller.", ("Bo Moth",))],
    ),
    ("members", "Members to send ropes.", [("Members to send ropes.", ("Members",))]),
    (
        "written to by",
        "RESOLVED that the millers be written to by the Reeve Warden.",
        [("the millers be written to by the Reeve Warden.", ("Reeve Warden",))],
    ),
    (
        "initials in the margin",
        "One reply will be sent.                     AV/BM",
        [("One reply will be sent.", ("AV", "BM"))],
    ),
    (
        "action log",
        "| Ref | Action | Owner | Due |\n|---|---|---|---|\n"
        "| 1 | Buy rope | Vane / Moth | 3/4/24 |",
        [("Buy rope", ("Vane", "Moth"))],
    ),
    (
        "column of initials",
        "| 4 | The weir leaks. Mr Vane had seen it. | AV |",
        [("Mr Vane had seen it.", ("AV",))],
    ),
    (
        "task in the last column",
        "| 4 | The weir leaks. | AV to ask the Reeve |",
        [("AV to ask the Reeve", ("AV",))],
    ),
    (
        "two people in one sentence",
        "Ada to ask the Reeve, Bo to ring the mill, and Cllr Vane to write.",
        [
            ("Ada to ask the Reeve", ("Ada",)),
            ("Bo to ring the mill", ("Bo",)),
            ("Cllr Vane to write.", ("Cllr Vane",)),
        ],
    ),
    (
        "two resolutions in one sentence",
        "It was agreed that Bo ask the Reeve and that the Chair visit the mill.",
        [("Bo ask the Reeve", ("Bo",)), ("the Chair visit the mill.", ("Chair",))],
    ),
    (
        "two owners of a resolution",
        "Resolved That Ada and Bo write to the Reeve.",
        [("Ada and Bo write to the Reeve.", ("Ada", "Bo"))],
    ),
    (
        "capitals",
        "RESOLVED - THAT THE CLERK WRITE TO THE REEVE.",
        [("THE CLERK WRITE TO THE REEVE.", ("CLERK",))],
    ),
    (
        "a limb",
        "RESOLVED that:\n(a) the Chair write to the Reeve; and\n(b) rope be bought.",
        [("the Chair write to the Reeve; and", ("Chair",))],
    ),
    (
        "by somebody",
        "AGREED that a group on eels be convened by Mr Vane, and that rope be bought.",
        [("a group on eels be convened by Mr Vane", ("Mr Vane",))],
    ),
    ("an acronym in front", "KCB to explain the eels.", [("KCB to explain the eels.", ("KCB",))]),
    (
        "a place before the owner stays out",
        "Next: Town Mill, Ada to book.",
        [("Next: Town Mill, Ada to book.", ("Ada",))],
    ),
    (
        "an office of something",
        "Agreed that the Director of Rivers convene a group.",
        [("the Director of Rivers convene a group.", ("Director of Rivers",))],
    ),
    (
        "a bracket behind the name",
        "Ada Vane (Mill Lane) will draft a notice.",
        [("Ada Vane (Mill Lane) will draft a notice.", ("Ada Vane",))],
    ),
    (
        "initials end a list item",
        "- Draft of the terms - AV & BM\n- The weir leaks.",
        [("Draft of the terms - AV & BM", ("AV", "BM"))],
    ),
    (
        "of the statements before a label the one to be done",
        "The lamp is to be mended. The weir leaked. Eels came.\n\nAction: AV",
        [("The lamp is to be mended.", ("AV",))],
    ),
    (
        "a resolution before a label",
        "The lamp is to be sold. RESOLVED to buy rope.\n\nAction: AV",
        [("RESOLVED to buy rope.", ("AV",))],
    ),
    (
        "a column of actions with their owners",
        "| Item | Notes | Action/Owner |\n|---|---|---|\n| 1 | Weir. | AV / BM – sketch of it |\n"
        "| 2 | Gate. | None |\n| 3 | Lamp. | Bo – oil<br>Cy to row |",
        [("AV / BM – sketch of it", ("AV", "BM")), ("Bo – oil", ("Bo",)), ("Cy to row", ("Cy",))],
    ),
    ("the head of a table", "| Site | Depth | AV |\n|---|---|---|\n| Weir | 4 | 5 |", []),
    ("would, with a verb that says little", "Mr Vane would take the square.", []),
    (
        "an office in the right margin",
        "It rained. The slates are still awaited from the yard.          Clerk",
        [("The slates are still awaited from the yard.", ("Clerk",))],
    ),
    (
        "an honorific and a name in the right margin",
        "The stile has rotted through.   Cllr Vane",
        [("The stile has rotted through.", ("Cllr Vane",))],
    ),
    ("a sentence and no owner in the right margin", "The van comes.       Mondays", []),
    (
        "a place and who offered",
        "Carts stop by St Olave's and Ada offered to have a word.",
        [("Carts stop by St Olave's and Ada offered to have a word.", ("Ada",))],
    ),
    (
        "what somebody undertook behind a long account",
        "The Chair replied to each of the members in turn and undertook to provide the figures.",
        [
            (
                "The Chair replied to each of the members in turn and undertook to provide the "
                "figures.",
                ("Chair",),
            )
        ],
    ),
    ("she will, with a verb that says little", "She will bring her own rope.", []),
    ("told", "Mr Vane explained that the rule would hold and would ask for more.", []),
    ("a body", "Petition to keep the mill open is in the hall.", []),
    ("minutes signed", "RESOLVED that the minutes be signed by the Chair.", []),
    ("a body's plan", "Kettle Rail would give a bench.", []),
    ("an event", "Fireworks to cease at ten.", []),
    ("past", "Mr Vane had been asked to speak.", []),
    ("agreed to a thing", "Mr Vane agreed to the signs.", []),
    ("a month", "It must be out by 31 January to meet the duty.", []),
    ("a question quoted", "“I will ask how many eels there are.”", []),
    ("a title", "ACTION LOG", []),
]


@pytest.mark.parametrize(("text", "expected"), [r[1:] for r in ROWS], ids=[r[0] for r in ROWS])
def test_actions(text: str, expected: list[tuple[str, tuple[str, ...]]]) -> None:
    assert _said(text) == expected


LABELS: list[tuple[str, str, list[tuple[str, tuple[str, ...]]]]] = [
    ("owners in the label", "**Action (AV):** Mend the weir.", [("Mend the weir", ("AV",))]),
    ("several, numbered", "ACTION 3 [AV/BM] - Oil the lamp", [("Oil the lamp", ("AV", "BM"))]),
    (
        "initials and no colon",
        "**Action AV** draft to the miller",
        [("draft to the miller", ("AV",))],
    ),
    (
        "initials with no colon that are to",
        "Action AV is to row home",
        [("is to row home", ("AV",))],
    ),
    ("initials of a thing", "Action NHS funding was discussed.", []),
    ("what actions did", "Actions CCTV installed in May.", []),
    ("several actions own none", "Actions AV write to the miller.", []),
    ("an office", "Action Clerk: obtain two ropes.", [("obtain two ropes", ("Clerk",))]),
    ("for somebody", "Action for Cllr Moth: fetch slates", [("fetch slates", ("Cllr Moth",))]),
    ("for all", "Action for all: read the map", [("read the map", ("all",))]),
    ("a number and no colon", "ACTION 4 Bo Moth to row", [("Bo Moth to row", ("Bo Moth",))]),
    ("by, in capitals", "The lamp is out.\n\nACTION BY: AV", [("The lamp is out.", ("AV",))]),
    ("to action", "The lamp is out.\n\n[To action: AV]", [("The lamp is out.", ("AV",))]),
    ("a plan is no owner", "Action Plan: the weir is safe.", []),
    ("a remark is no owner", "Action (see above) was put off.", []),
    (
        "a whole resolution goes before what is said behind it",
        "Agreed to buy the second rope. The first was wet.     AV",
        [("Agreed to buy the second rope.", ("AV",))],
    ),
    (
        "assent alone is no statement to own",
        "Agreed. The first rope was wet and is gone. Action: AV",
        [("The first rope was wet and is gone.", ("AV",))],
    ),
    (
        "what its owner opens is theirs",
        "Agreed to buy the second rope. AV has a rope to lend. Action: AV",
        [("AV has a rope to lend.", ("AV",))],
    ),
]


@pytest.mark.parametrize(
    ("text", "expected"), [row[1:] for row in LABELS], ids=[row[0] for row in LABELS]
)
def test_labels_note_actions(text: str, expected: list[tuple[str, tuple[str, ...]]]) -> None:
    assert _said(text) == expected


ASKED = [
    pytest.param("Members requested that the Clerk publishes the list.", id="a verb in -sh"),
    pytest.param("Members requested that the Clerk applies for a grant.", id="a verb in -y"),
    pytest.param("The Chair asked the Clerk to publicise the fair.", id="any verb behind to"),
]


@pytest.mark.parametrize("text", ASKED)
def test_what_somebody_is_asked_is_theirs(text: str) -> None:
    assert _said(text) == [(text, ("Clerk",))]


ACCOUNTS = [
    pytest.param("The Chair asked the Clerk to be brief.", id="no deed behind to"),
    pytest.param("The Chair asked Mr Vane to the fair.", id="an invitation"),
    pytest.param("Mr Vane had agreed to write to the Reeve.", id="agreed before the meeting"),
    pytest.param("Ada asked the Wardens present if it was so.", id="who is present is asked"),
    pytest.param("Mr Vane was sorry and would write to the Reeve.", id="an account goes on"),
    pytest.param("The Guild had asked the Clerk to write.", id="asked before the meeting"),
    pytest.param("Bo asked that the Chairman be less loud.", id="no deed is asked for"),
    pytest.param("It may be for the Guild and the Clerk to pay.", id="what is weighed up"),
    pytest.param("The Clerk would be written to by Mr Vane.", id="a passive in reported speech"),
    pytest.param("She will come to the fair.", id="a verb that says little"),
    pytest.param(
        "| Date | Subject | Lead |\n|---|---|---|\n| 4 May | The Weir Review | Bo Moth |",
        id="a plan of coming meetings",
    ),
]


@pytest.mark.parametrize("text", ACCOUNTS)
def test_accounts_are_no_actions(text: str) -> None:
    assert _said(text) == []


def test_what_is_noted_goes_before_what_was_promised() -> None:
    told = "Mr Vane undertook to ask the Reeve. Bo Moth would ask the miller."
    assert [owners for _, owners in _said(told)] == [("Mr Vane",), ("Bo Moth",)]
    assert _said(f"{told}\n\nAction: Mr Vane to write to the Reeve") == [
        ("Mr Vane to write to the Reeve", ("Mr Vane",))
    ]


def test_a_promise_that_a_label_owns_stays() -> None:
    assert _said("Ada Vane undertook to ask the Reeve.\n\nAction: AV") == [
        ("Ada Vane undertook to ask the Reeve.", ("AV",))
    ]


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        pytest.param("Minutes and action log", ["AV to try again"], id="earlier ones by number"),
        pytest.param("Weir", ["shut", "the miller has paid", "AV to try again"], id="new ones"),
    ],
)
def test_numbered_actions_of_an_item_that_looks_back(title: str, expected: list[str]) -> None:
    text = "Action 3: shut. Action 4: the miller has paid. Action 5: AV to try again."
    whole = FRONT + text
    parts = [
        Part(0, len(FRONT), "front"),
        Part(len(FRONT), len(whole), "item", "2", title=title),
    ]
    assert [action.text for action in find_actions(Page(split(whole), parts))] == expected


DUE = [
    ("a whole date", "Action: Clerk to write by 22 December 2024", "2024-12-22"),
    ("no year is no date", "Action: Clerk to write by 22 December", None),
    ("a date of something else", "Action: Clerk to write on the notice of 2 May 2024", None),
    ("column", "| Action | Who | By |\n|---|---|---|\n| Rope | AV | 31/03/23 |", "2023-03-31"),
    ("impossible", "Action: Clerk to write by 45/13/2024", None),
    ("behind owners", "A rope is sought.\n\nAction: Ada Vane by 3 May 2024", "2024-05-03"),
]


@pytest.mark.parametrize(("text", "due"), [row[1:] for row in DUE], ids=[row[0] for row in DUE])
def test_due(text: str, due: str | None) -> None:
    assert [action.due for action in _find(text)] == [due]


DUE_WITHOUT_YEAR = [
    ("the next such day", "Action: Clerk to write by 22 December", "2024-12-22"),
    ("in the new year", "Action: Clerk to write by Friday, 31st January", "2025-01-31"),
    ("as good as gone by", "Action: Clerk to write by 3 September", None),
    ("the next meeting", "Action: Clerk to write by the next meeting", None),
    (
        "a cell in figures",
        "| Action | Who | Due |\n|---|---|---|\n| Rope | AV | 5/11 |",
        "2024-11-05",
    ),
    ("no such day", "Action: Clerk to write by 31 November", None),
]


@pytest.mark.parametrize(
    ("text", "due"), [row[1:] for row in DUE_WITHOUT_YEAR], ids=[row[0] for row in DUE_WITHOUT_YEAR]
)
def test_due_without_a_year_is_the_next_after_the_meeting(text: str, due: str | None) -> None:
    page = Page(split(text), [Part(0, len(text), "item")])
    assert [action.due for action in find_actions(page, met="2024-10-07")] == [due]


def test_an_early_item_called_actions_looks_back() -> None:
    head, back = "1. Actions\n", "- Rope bought.\n- Lamp. Open.\n\n"
    rest = "2. Weir\n" + "The keeper told a long tale of eels. " * 9
    text = head + back + rest
    cut = len(head + back)
    parts = [Part(0, cut, "item"), Part(cut, len(text), "item")]
    assert find_actions(Page(split(text), parts)) == ()


def test_names_of_the_attendance_list_are_people() -> None:
    text = "1. Present\nOona Quill\n\nQuill to buy rope.\n"
    page = Page(split(text), [Part(0, len(text), "item")])
    at = text.index("Oona")
    there = Attendee(name="Oona Quill", status="present", start=at, end=at + len("Oona Quill"))
    assert [a.owners for a in find_actions(page, [there])] == [("Quill",)]


def test_a_table_head_serves_the_parts_its_table_runs_through() -> None:
    rows = [
        "| Item | Notes | Action |",
        "|---|---|---|",
        "| 1 | Weir. | Bo |",
        "| 2 | Gate. | Cy |",
    ]
    text = "\n".join(rows)
    cuts = [0, text.index("| 1"), text.index("| 2"), len(text)]
    kinds: list[Kind] = ["front", "item", "item"]
    parts = [Part(a, b, kind) for a, b, kind in zip(cuts[:-1], cuts[1:], kinds, strict=True)]
    found = find_actions(Page(split(text), parts))
    assert [(a.text, a.owners) for a in found] == [("Weir.", ("Bo",)), ("Gate.", ("Cy",))]


PIECES = st.sampled_from(
    [
        "Action: ", "ACTION – ", "Clerk to write. ", "\n", "\n\n", "Mr Vane ", "agreed to ask ",
        "|", "| Action | Who |\n", "; ", ">> ", "- ", "AV", "    AV\n", "will bring ",
        "Ada Vane/Bo", "RESOLVED that the Chair write ", "by 3 May 2024", "**",
    ]
)  # fmt: skip


@given(st.lists(PIECES | st.text(max_size=8), max_size=40), st.data())
def test_any_text_gives_sorted_actions_inside_parts(pieces: list[str], data: st.DataObject) -> None:
    text = "".join(pieces).replace("\r", "")
    cut = data.draw(st.integers(0, len(text)))
    bounds = [(0, cut), (cut, len(text))]
    parts = [Part(start, end, "item") for start, end in bounds if start < end]
    found = find_actions(Page(split(text), parts))
    last = 0
    for action in found:
        assert action.start >= last
        assert action.text == text[action.start : action.end]
        assert action.text == action.text.strip()
        assert any(p.start <= action.start and action.end <= p.end for p in parts)
        last = action.end


@pytest.mark.parametrize(
    "unit",
    ["a", "word ", "Clerk and Chair, ", "Clerk to ", "A Bcd ", "a.     ", "| a", "("],
)
def test_an_action_behind_five_megabytes_on_one_line_is_found(unit: str) -> None:
    text = unit * (5_000_000 // len(unit)) + "\n\nAction: Bo to buy rope"
    found = find_actions(Page(split(text), [Part(0, len(text), "item")]))
    assert (found[-1].text, found[-1].owners) == ("Bo to buy rope", ("Bo",))


@pytest.mark.parametrize("opening", ["Action", "Action 1", "Action for", "Action AV", "ROPE /"])
def test_blanks_behind_a_label_are_read_once(opening: str) -> None:
    text = f"{opening}{' ' * 200_000}x"
    assert read_label(text, 0, len(text)) is None
