"""Labels in the middle of a line, lists side by side, lists of initials: three layouts of each."""

from __future__ import annotations

import pytest

from kcsp_nlp.minutes import lines as lines_
from kcsp_nlp.minutes.attendance.finding import find_attendance
from kcsp_nlp.minutes.outline import Part

Row = tuple[str, str, str | None, str | None]


def rows(text: str) -> list[Row]:
    found = find_attendance(lines_.split(text), (Part(0, len(text), "front"),))
    masked = lines_.mask(text)
    for each in found:
        assert "".join(masked[each.start : each.end].split()) == each.name.replace(" ", "")
    return [(each.name, each.status, each.role, each.organisation) for each in found]


LABELS_INSIDE: list[tuple[str, str, list[Row]]] = [
    (
        "a label in bold behind the end of the list before it",
        "**Present:** Cllr Ida Marl (Chair); Cllr Hugh Pell. **On the phone:** Cllr Zoe Tarr.\n"
        "**Also:** Mr Sam Reddy (Lowmoor Trust), Borough Cllr Ann Vickers\n",
        [
            ("Ida Marl", "present", "Chair", None),
            ("Hugh Pell", "present", "Cllr", None),
            ("Zoe Tarr", "present", "Cllr", None),
            ("Sam Reddy", "in_attendance", None, "Lowmoor Trust"),
            ("Ann Vickers", "in_attendance", "Borough Cllr", None),
        ],
    ),
    (
        "three labels on one line, the last of them for who stayed away",
        "In the room: Alan Frith (Chair); Bella Cross (Tenant). By video: Rhys Mann. "
        "Guests: Dr Tom Quill (Marsh University). Could not come: Eve Larch.\n",
        [
            ("Alan Frith", "present", "Chair", None),
            ("Bella Cross", "present", "Tenant", None),
            ("Rhys Mann", "present", None, None),
            ("Tom Quill", "in_attendance", None, "Marsh University"),
            ("Eve Larch", "apologies", None, None),
        ],
    ),
    (
        "a label in two languages behind one of an office, as of 2003",
        "PRESENNOL / PRESENT: Cyng. Mair Puw; Mr D. Rees. YSGRIFENNYDD / SECRETARY: Nia Lewis. "
        "Hefyd / also: Sarjant / Sgt Huw Pugh; Ann Bevan, on secondment.\n",
        [
            ("Mair Puw", "present", "Cyng", None),
            ("D. Rees", "present", None, None),
            ("Nia Lewis", "present", "YSGRIFENNYDD / SECRETARY", None),
            ("Huw Pugh", "in_attendance", "Sarjant / Sgt", None),
            ("Ann Bevan", "in_attendance", None, None),
        ],
    ),
    (
        "a time with a colon and a sentence that ends in one are no labels",
        "Present: Mr J Ash (from 7.30). Mrs B Cole.\nThe Chair said as follows: Mr Ash is right.\n",
        [("J Ash", "present", None, None), ("B Cole", "present", None, None)],
    ),
]

PAIRS: list[tuple[str, str, list[Row]]] = [
    (
        "two people a line behind the label, initials and offices in brackets",
        "Present:   A J Moss (AJM) (Chairman)      Ruth Telford (RT)\n"
        "           Sanjay Rao (SR)                K. Dunn (KD) from item 3\n"
        "           Peter Vale-Hart (PVH)          Olive Munro (OM)\n",
        [
            ("A J Moss", "present", "Chairman", None),
            ("Ruth Telford", "present", None, None),
            ("Sanjay Rao", "present", None, None),
            ("K. Dunn", "present", None, None),
            ("Peter Vale-Hart", "present", None, None),
            ("Olive Munro", "present", None, None),
        ],
    ),
    (
        "a name and a body twice on each line, gaps of two spaces, columns uneven",
        "Attendees:\n\n"
        "Cllr Joan Pike  Fenwold DC             Insp. Mark Tebb  Norland Police\n"
        "Alice Grant  Fenwold Housing Trust       Dr Ravi Sen  NHS Fenwold\n"
        "Gwen Holt  Youth Offending Team       David Orr  Probation Service\n",
        [
            ("Joan Pike", "present", "Cllr", "Fenwold DC"),
            ("Mark Tebb", "present", "Insp", "Norland Police"),
            ("Alice Grant", "present", None, "Fenwold Housing Trust"),
            ("Ravi Sen", "present", None, "NHS Fenwold"),
            ("Gwen Holt", "present", None, "Youth Offending Team"),
            ("David Orr", "present", None, "Probation Service"),
        ],
    ),
    (
        "three people a line under a heading, tabs between them",
        "PRESENT\nMr R Ash\tMrs D Birch\tMr P Cole\nMr T Dale\tMiss F Elm\tMr W Firth\n",
        [
            (name, "present", None, None)
            for name in ("R Ash", "D Birch", "P Cole", "T Dale", "F Elm", "W Firth")
        ],
    ),
    (
        "places first, two people of one of them",
        "MEMBERS\nBurrow and Tarn       N Rourke\nFenwick               Mrs A Berg\n"
        "Larkhill              Jim Bond; Maud Sims\nMarsh End             no word\n"
        "Netherby              Lowrie Fenn (Chairman)\n",
        [
            ("N Rourke", "present", None, "Burrow and Tarn"),
            ("A Berg", "present", None, "Fenwick"),
            ("Jim Bond", "present", None, "Larkhill"),
            ("Maud Sims", "present", None, "Larkhill"),
            ("Lowrie Fenn", "present", "Chairman", "Netherby"),
        ],
    ),
    (
        "a column of bodies whose names look like people's is no second person",
        "Present:\nAnn Lee          Ruth Hayman Trust\nTom Birch        John Lewis Group\n",
        [
            ("Ann Lee", "present", None, "Ruth Hayman Trust"),
            ("Tom Birch", "present", None, "John Lewis Group"),
        ],
    ),
]

BLOCKS: list[tuple[str, str, list[Row]]] = [
    (
        "two lists side by side, further labels in each column",
        "Present                          Apologies\n"
        "Cllr B. Crowe (Chair)            Cllr Mills (ill)\n"
        "Cllr Tom Hale                    Absent\n"
        "Guests                           Cllr Yates\n"
        "Ms Jo Reed, Elder Trust          Staff\n"
        "                                 Una Marsh (Clerk)\n\n"
        "1. Minutes\nThey were agreed.\n",
        [
            ("B. Crowe", "present", "Chair", None),
            ("Mills", "apologies", "Cllr", None),
            ("Tom Hale", "present", "Cllr", None),
            ("Yates", "absent", "Cllr", None),
            ("Jo Reed", "in_attendance", None, "Elder Trust"),
            ("Una Marsh", "in_attendance", "Clerk", None),
        ],
    ),
    (
        "three lists side by side, the last the shortest",
        "ATTENDEES             APOLOGIES            IN ATTENDANCE\n"
        "Mr K Bird             Mrs L Stone          Ms Amy Ford (Clerk)\n"
        "Mrs O Nunn            Mr P Rowe\n"
        "Dr S Hope\n",
        [
            ("K Bird", "present", None, None),
            ("L Stone", "apologies", None, None),
            ("Amy Ford", "in_attendance", "Clerk", None),
            ("O Nunn", "present", None, None),
            ("P Rowe", "apologies", None, None),
            ("S Hope", "present", None, None),
        ],
    ),
    (
        "a blank line inside the columns, and a line across that ends them",
        "Members present:            Apologies for absence:\n\n"
        "Mr F Lowe (Chair)           Mr C Banner\n"
        "Mrs I Kemp                  Ms D Trent\n\n"
        "In attendance: Miss V Holm (Clerk) and two members of the public\n",
        [
            ("F Lowe", "present", "Chair", None),
            ("C Banner", "apologies", None, None),
            ("I Kemp", "present", None, None),
            ("D Trent", "apologies", None, None),
            ("V Holm", "in_attendance", "Clerk", None),
        ],
    ),
]

GROUPS: list[tuple[str, str, list[Row]]] = [
    (
        "labels with :- in capitals, bodies in capitals over their councillors",
        "PRESENT:-\nFENWOLD MBC\nCouncillor Ada Hirst (Chair)\nCouncillor Tim Booth\n"
        "MARSHLAND COUNCIL\nCouncillor Lou Kaye\nINVITED:-\nDr Vera Nash (Medical Director)\n"
        "OFFICERS:-\nGlen Ward (Scrutiny Officer)\n"
        "About 50 members of the public were present.\n",
        [
            ("Ada Hirst", "present", "Chair", "FENWOLD MBC"),
            ("Tim Booth", "present", "Councillor", "FENWOLD MBC"),
            ("Lou Kaye", "present", "Councillor", "MARSHLAND COUNCIL"),
            ("Vera Nash", "in_attendance", "Medical Director", None),
            ("Glen Ward", "in_attendance", "Scrutiny Officer", None),
        ],
    ),
    (
        "VISITORS:- and OBSERVERS:- behind the members",
        "MEMBERS PRESENT:-\nMr H Ash\nMrs J Bell\nVISITORS:-\nMr L Cole (Dale Homes)\n"
        "OBSERVERS:-\nMs N Dene\n",
        [
            ("H Ash", "present", None, None),
            ("J Bell", "present", None, None),
            ("L Cole", "in_attendance", None, "Dale Homes"),
            ("N Dene", "in_attendance", None, None),
        ],
    ),
    (
        "GUESTS – over people and a council's short form over its members",
        "Present:\nWELD DC\nCllr P. Hough\nCllr M. Ives\nTARN CC\nCllr R. Judd\n"
        "GUESTS:-\nInsp. Kit Lomas (Norland Police)\n",
        [
            ("P. Hough", "present", "Cllr", "WELD DC"),
            ("M. Ives", "present", "Cllr", "WELD DC"),
            ("R. Judd", "present", "Cllr", "TARN CC"),
            ("Kit Lomas", "in_attendance", "Insp", "Norland Police"),
        ],
    ),
]

INITIALS: list[tuple[str, str, list[Row]]] = [
    (
        "a key to initials as the list, some of it in attendance",
        "**Key to initials**\n\n- Olga Finn (OF) – Chair\n- Dan Pryor (DP) – Student Trustee\n"
        "- Meg Stow (MS) – Chief Executive, in attendance\n- Ivo Kerr (IK) – Clerk, minutes\n",
        [
            ("Olga Finn", "present", "Chair", None),
            ("Dan Pryor", "present", "Student Trustee", None),
            ("Meg Stow", "in_attendance", "Chief Executive", None),
            ("Ivo Kerr", "in_attendance", "Clerk", None),
        ],
    ),
    (
        "attendees and initials, one a line",
        "Attendees and initials:\nPaul Wyatt (PW), Chair\nRita Shaw (RS), Treasurer\n"
        "Hal Moon (HM), Manager, in attendance\n",
        [
            ("Paul Wyatt", "present", "Chair", None),
            ("Rita Shaw", "present", "Treasurer", None),
            ("Hal Moon", "in_attendance", "Manager", None),
        ],
    ),
    (
        "names and initials, minutes taken by a member who was there",
        "Names and initials:\n\nEdith Cole (EC) - Secretary, minutes\nJim Ford (JF)\n"
        "Ash Patel (AP)\n",
        [
            ("Edith Cole", "present", "Secretary", None),
            ("Jim Ford", "present", None, None),
            ("Ash Patel", "present", None, None),
        ],
    ),
]

EXCUSES: list[tuple[str, str, list[Row]]] = [
    (
        "sorry not to be here, a dignity behind Rev",
        "Those there: Ann Moor (chair), Bob and Sue Lyle.\n\n"
        "Sorry not to be here: Mr Ian Frost (work); the Rev. Archdeacon Hugh Peel, who was away.\n",
        [
            ("Ann Moor", "present", "chair", None),
            ("Bob", "present", None, None),
            ("Sue Lyle", "present", None, None),
            ("Ian Frost", "apologies", None, None),
            ("Hugh Peel", "apologies", None, None),
        ],
    ),
    (
        "sorry not to have come, as a heading",
        "Who came\nMrs A Dunn\nMr B Eden\n\nSorry not to have come\nMr C Ford\n",
        [
            ("A Dunn", "present", None, None),
            ("B Eden", "present", None, None),
            ("C Ford", "apologies", None, None),
        ],
    ),
    (
        "an apology reported for somebody",
        "Present: Mr D Grey and Mrs E Holt.\n\n"
        "An apology for absence was recorded for Councillor Irwin.\n",
        [
            ("D Grey", "present", None, None),
            ("E Holt", "present", None, None),
            ("Irwin", "apologies", "Councillor", None),
        ],
    ),
]

WRAPPED: list[tuple[str, str, list[Row]]] = [
    (
        "a surname wrapped behind 'and', its initial in brackets",
        "Present:\nMark Dale (Chairman), Lena Cork, Rod Pike, Mike Bond and Paul\nHope (P)\n",
        [
            ("Mark Dale", "present", "Chairman", None),
            ("Lena Cork", "present", None, None),
            ("Rod Pike", "present", None, None),
            ("Mike Bond", "present", None, None),
            ("Paul Hope", "present", None, None),
        ],
    ),
    (
        "a role wrapped in a list of semicolons under its label",
        "In attendance:\nTony West (Chairman, Fund Committee); Andy Lunn, Head of Estates\n"
        "Management and Repairs; Jill Day, Solicitor\n\nPresent: Mr A Orr\n",
        [
            ("Tony West", "in_attendance", "Chairman", "Fund Committee"),
            ("Andy Lunn", "in_attendance", "Head of Estates Management and Repairs", None),
            ("Jill Day", "in_attendance", "Solicitor", None),
            ("A Orr", "present", None, None),
        ],
    ),
    (
        "a surname in capitals wrapped behind rank and given name",
        "Present: Mr A Orr\nFor the Police:\nMs P Thorn (Crane Chambers), Sergeant NORA\n"
        "GRANGE, Chief Inspector Dai Wyn\n",
        [
            ("A Orr", "present", None, None),
            ("P Thorn", "present", None, "Crane Chambers"),
            ("NORA GRANGE", "present", "Sergeant", None),
            ("Dai Wyn", "present", "Chief Inspector", None),
        ],
    ),
    (
        "a couple with one surname and one body",
        "Also present: Mary and Joe Slade from Dale Helpers, Kate Flint (Young Fenwold)\n"
        "Present: Mr A Orr\n",
        [
            ("Mary", "in_attendance", None, "Dale Helpers"),
            ("Joe Slade", "in_attendance", None, "Dale Helpers"),
            ("Kate Flint", "in_attendance", None, "Young Fenwold"),
            ("A Orr", "present", None, None),
        ],
    ),
    (
        "who left at a time stays in the list, and those behind him",
        "Present\nCouncillor Ned Hart (UUP)\nCouncillor J Stone (TUV) left 8.10\n"
        "Councillor Sid Tate (DUP) joined at item 4\n",
        [
            ("Ned Hart", "present", "Councillor", "UUP"),
            ("J Stone", "present", "Councillor", "TUV"),
            ("Sid Tate", "present", "Councillor", "DUP"),
        ],
    ),
]

DASHED: list[tuple[str, str, list[Row]]] = [
    (
        "a body, a dash, its people",
        "Present\nIndependent Chair – Alan Webb (AW)\nFell City Council – Sara Hale, Director\n"
        "RWHT – Maggie Lowe\nYOT – Celia Marsh (CM)\n",
        [
            ("Alan Webb", "present", "Independent Chair", None),
            ("Sara Hale", "present", "Director", "Fell City Council"),
            ("Maggie Lowe", "present", None, "RWHT"),
            ("Celia Marsh", "present", None, "YOT"),
        ],
    ),
    (
        "bullets, hyphens, and two people of one body",
        "In attendance:\n* Norland Police - Insp Kay Dunn\n* NSPCC - Hugh Orr and Jo Pine\n"
        "* Dale Homes - Mr Ed Quin\n\nPresent: Mr A Orr\n",
        [
            ("Kay Dunn", "in_attendance", "Insp", "Norland Police"),
            ("Hugh Orr", "in_attendance", None, "NSPCC"),
            ("Jo Pine", "in_attendance", None, "NSPCC"),
            ("Ed Quin", "in_attendance", None, "Dale Homes"),
            ("A Orr", "present", None, None),
        ],
    ),
    (
        "people first and what they are behind the dash: as ever",
        "Present\nAnn Lee – Fell Council\nJohn Ruskin – Dale Trust\nMr Ed Quin – Chair\n",
        [
            ("Ann Lee", "present", None, "Fell Council"),
            ("John Ruskin", "present", None, "Dale Trust"),
            ("Ed Quin", "present", "Chair", None),
        ],
    ),
]

CASES = [
    *LABELS_INSIDE,
    *PAIRS,
    *BLOCKS,
    *GROUPS,
    *INITIALS,
    *EXCUSES,
    *WRAPPED,
    *DASHED,
]


@pytest.mark.parametrize(("text", "expected"), [c[1:] for c in CASES], ids=[c[0] for c in CASES])
def test_layouts(text: str, expected: list[Row]) -> None:
    assert rows(text) == expected
