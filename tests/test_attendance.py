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
        assert "".join(held.split()) == attendee.name.replace(" ", "")
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
        "a table of bodies, several people in a cell with breaks",
        "| Body | Represented by |\n|---|---|\n"
        "| Fell BC | Cllr Ann Birch (Chair)<br>Bob Crane (Wardens Manager) |\n"
        "| TARNS | Cy Dale<br/>Di Eames MBE |\n",
        [
            ("Ann Birch", "present", "Chair", "Fell BC"),
            ("Bob Crane", "present", "Wardens Manager", "Fell BC"),
            ("Cy Dale", "present", None, "TARNS"),
            ("Di Eames", "present", None, "TARNS"),
        ],
    ),
    (
        "a column for each status, ticks in them",
        "| Member | Present | Apologies | Absent |\n|---|---|---|---|\n"
        "| Ms A Jay | ✓ | | |\n| Mr B Kerr | | ✓ | |\n| Mr C Lunt | | | ✓ |\n",
        [
            ("A Jay", "present", None, None),
            ("B Kerr", "apologies", None, None),
            ("C Lunt", "absent", None, None),
        ],
    ),
    (
        "cells that tell how somebody was there, or for which item",
        "| Name | Role | Agency | Here |\n|---|---|---|---|\n"
        "| Fay Gunn (FG) | Deputy Chief Nurse | Tarn CCG | Teams |\n"
        "| Hal Ives | Ward Manager | Tarn CCG | Sorry |\n"
        "| Jo Keel | Analyst | Moss BC | Item 4 |\n",
        [
            ("Fay Gunn", "present", "Deputy Chief Nurse", "Tarn CCG"),
            ("Hal Ives", "apologies", "Ward Manager", "Tarn CCG"),
            ("Jo Keel", "in_attendance", "Analyst", "Moss BC"),
        ],
    ),
    (
        "people in both columns of a table",
        "| Present | |\n|---|---|\n| Cllr A Ash | Cllr B Birch |\n| Cllr C Cole | |\n",
        [
            ("A Ash", "present", "Cllr", None),
            ("B Birch", "present", "Cllr", None),
            ("C Cole", "present", "Cllr", None),
        ],
    ),
    (
        "two columns set one line below the other",
        "Present:\n\nLou Marr\nChair\nNat Orme\nTreasurer\nOla Pike\nHead of Care\n",
        [
            ("Lou Marr", "present", "Chair", None),
            ("Nat Orme", "present", "Treasurer", None),
            ("Ola Pike", "present", "Head of Care", None),
        ],
    ),
    (
        "a sentence that lists, in which 'with' names who came besides",
        "Present were Cllr R Moss in the Chair, Cllrs S Nunn and T Orr, with Borough\n"
        "Councillor Una Pike, PCSO Vi Quill and the Clerk Mrs W Reid.\n",
        [
            ("R Moss", "present", "Chair", None),
            ("S Nunn", "present", "Cllr", None),
            ("T Orr", "present", "Cllr", None),
            ("Una Pike", "in_attendance", "Borough Councillor", None),
            ("Vi Quill", "in_attendance", "PCSO", None),
            ("W Reid", "in_attendance", "Clerk", None),
        ],
    ),
    (
        "sentences that say it behind the names",
        "Councillor X Shaw took the Chair.\n\nMr Y Tull (Treasurer) and Ms Z Udall attended the\n"
        "meeting. Councillor Vane was absent.\n",
        [
            ("X Shaw", "present", "Chair", None),
            ("Y Tull", "in_attendance", "Treasurer", None),
            ("Z Udall", "in_attendance", None, None),
            ("Vane", "absent", "Councillor", None),
        ],
    ),
    (
        "surnames first, in capitals, some of three letters",
        "PRESENT: ASH P (Chair), BYRNE K, PYM J\nAPOLOGIES: LEE T\n",
        [
            ("ASH P", "present", "Chair", None),
            ("BYRNE K", "present", None, None),
            ("PYM J", "present", None, None),
            ("LEE T", "apologies", None, None),
        ],
    ),
    (
        "surnames first with full stops, wrapped between name and initial",
        "IN THE CHAIR:\n\nCathaoirleach, Cllr. Ahern L.\n\nCOUNCILLORS:\n\n"
        "Burke P.J., Coyle J., Daly S., Egan-Foy A., Flood C., Grace D., Hickey\n"
        "\nT. and Joyce K.\n",
        [
            ("Ahern L.", "present", "Cathaoirleach", None),
            ("Burke P.J.", "present", "Councillor", None),
            ("Coyle J.", "present", "Councillor", None),
            ("Daly S.", "present", "Councillor", None),
            ("Egan-Foy A.", "present", "Councillor", None),
            ("Flood C.", "present", "Councillor", None),
            ("Grace D.", "present", "Councillor", None),
            ("Hickey T.", "present", "Councillor", None),
            ("Joyce K.", "present", "Councillor", None),
        ],
    ),
    (
        "full stops part the people, homely labels",
        "WHO CAME\nMoll Tarn, Chairman.  Ned Unwin, Secretary.  Ola and Pat Vine, Bookings.\n"
        "Also came:  Mr Q Wade, till 8.30.\n"
        "Couldn't:  Ray Yeo (lambing).\nDidn't say:  Sid Zeal.\n",
        [
            ("Moll Tarn", "present", "Chairman", None),
            ("Ned Unwin", "present", "Secretary", None),
            ("Ola", "present", None, "Bookings"),
            ("Pat Vine", "present", None, "Bookings"),
            ("Q Wade", "in_attendance", None, None),
            ("Ray Yeo", "apologies", None, None),
            ("Sid Zeal", "absent", None, None),
        ],
    ),
    (
        "roles before dashes, the last with two titles in it",
        "PRESENT\nCllr A Ash\nOFFICERS\nTreasurer - C Lamb, Director of Roads - Mrs D Moor,\n"
        "Solicitor and Monitoring Officer - E Nye\n",
        [
            ("A Ash", "present", "Cllr", None),
            ("C Lamb", "in_attendance", "Treasurer", None),
            ("D Moor", "in_attendance", "Director of Roads", None),
            ("E Nye", "in_attendance", "Solicitor and Monitoring Officer", None),
        ],
    ),
    (
        "two languages, in labels, titles and roles",
        "**Yn bresennol / Present:**\n\n- Cyng./Cllr Mair Amos (Maer / Mayor)\n"
        "- Cyng./Cllr D. Ll. Bebb\n- Cyng./Cllr Siôn Cadno (Siôn Siop)\n\n"
        "**Ymddiheuriadau:** Cyng. Eleri Dew (Bangor) a Sarjant / Sgt Ffion Eynon\n".replace(
            " a Sarjant", ", Sarjant"
        ),
        [
            ("Mair Amos", "present", "Maer / Mayor", None),
            ("D. Ll. Bebb", "present", "Cyng./Cllr", None),
            ("Siôn Cadno", "present", "Cyng./Cllr", None),
            ("Eleri Dew", "apologies", "Cyng", None),
            ("Ffion Eynon", "apologies", "Sarjant / Sgt", None),
        ],
    ),
    (
        "a body's short form before a rank; 'both' is said of two",
        "Present: Mr A Ball, PSNI C/Insp B Carr, Ms C Dunn and Mr D Eccles"
        " (both Fernhill, for 4)\n",
        [
            ("A Ball", "present", None, None),
            ("B Carr", "present", "C/Insp", "PSNI"),
            ("C Dunn", "present", None, "Fernhill"),
            ("D Eccles", "present", None, "Fernhill"),
        ],
    ),
    (
        "a list under a label inside a label: members of a body",
        "ATTENDANCE\n\nMEMBERS OF THE PANEL\n\nMr F Gow (Chairman)\nMs H Ince (substituting for"
        " Mr J Kell)\n\nOTHER MEMBERS IN ATTENDANCE\n\nMr L Moy\n",
        [
            ("F Gow", "present", "Chairman", None),
            ("H Ince", "present", None, None),
            ("J Kell", "apologies", None, None),
            ("L Moy", "in_attendance", None, None),
        ],
    ),
    (
        "'In attendance' above the only list there is",
        "## In attendance\n\n**Office of the Commissioner**\n\n- Kit Lowe – Police, Fire and Crime"
        " Commissioner\n- Lil Marsh – Chief Executive\n- Max Nash – Analyst\n",
        [
            (
                "Kit Lowe",
                "present",
                "Police, Fire and Crime Commissioner",
                "Office of the Commissioner",
            ),
            ("Lil Marsh", "present", "Chief Executive", "Office of the Commissioner"),
            ("Max Nash", "present", "Analyst", "Office of the Commissioner"),
        ],
    ),
    (
        "stars, and a legend for them",
        "Membership\n\n\\* denotes attendance\n\nCllr A Beck\\*\nCllr B Carr\nCllr C Dunn\\*\n",
        [
            ("A Beck", "present", "Cllr", None),
            ("B Carr", "absent", "Cllr", None),
            ("C Dunn", "present", "Cllr", None),
        ],
    ),
    (
        "how somebody took part is no role; who could not, and who said nothing",
        "Those present:\nAnn Ash (via Teams)\nBob Beck – Tarn BC (from item 5)\n"
        "Not present: Cy Cole\nNo apologies: Di Dunn\n",
        [
            ("Ann Ash", "present", None, None),
            ("Bob Beck", "present", None, "Tarn BC"),
            ("Cy Cole", "absent", None, None),
            ("Di Dunn", "absent", None, None),
        ],
    ),
    (
        "who took the minutes stands at the end",
        "Present: Ann Ash, Bob Beck\n\nThe meeting closed.\n\n*Minutes: C. Cole, Clerk, Tarn BC*\n",
        [
            ("Ann Ash", "present", None, None),
            ("Bob Beck", "present", None, None),
            ("C. Cole", "in_attendance", "Clerk", "Tarn BC"),
        ],
    ),
    (
        "a document that lists nobody",
        "Report of the Director\n\nOfficers will report to Members, as Mr Ash had asked.\n\n"
        "Contact officer: Bob Beck\n\nThe work was done with Ms Cole in the summer.\n",
        [],
    ),
    (
        "running text after the list is not read",
        "Present: Viv Young\n\nThe Chairman welcomed Mr Zeal and said that all was well.\n",
        [("Viv Young", "present", None, None)],
    ),
    ("nobody", "Present: none\nApologies: None received.\nAlso present:\n", []),
    ("an empty text", "", []),
    (
        "a label whose words stand on two lines of the margin",
        "Present:        Councillors A. Lee (Chair) and B. Marsh.\n\n"
        "Norland Fire    Area Manager Cy Dale; Station\n"
        "and Rescue:     Manager E. Orr.\n",
        [
            ("A. Lee", "present", "Chair", None),
            ("B. Marsh", "present", "Councillor", None),
            ("Cy Dale", "present", "Area Manager", "Norland Fire and Rescue"),
            ("E. Orr", "present", "Station Manager", "Norland Fire and Rescue"),
        ],
    ),
    (
        "marks that a converter escaped",
        "**Present:** Cllr\\. Ann Lee \\(Chairman\\), Cllr\\. B Marsh\\.\n",
        [("Ann Lee", "present", "Chairman", None), ("B Marsh", "present", "Cllr", None)],
    ),
    (
        "crosses under the heads of statuses say which holds",
        "| Name | Title | Agency | Attended | Apologies |\n|---|---|---|---|---|\n"
        "| Ann Lee (AL) | Chair | | X | |\n| DCI Bob Marsh | Head of Crime | PCC | X | |\n"
        "| Cy Dale | Nurse | Elm Trust | | X |\n",
        [
            ("Ann Lee", "present", "Chair", None),
            ("Bob Marsh", "present", "Head of Crime", "PCC"),
            ("Cy Dale", "apologies", "Nurse", "Elm Trust"),
        ],
    ),
    (
        "a table whose columns are lists",
        "| Present | In attendance | Apologies |\n|---|---|---|\n"
        "| Ann Lee (Chair) | Ron Park, Clerk | Eve Carr |\n| Bob Marsh | | |\n",
        [
            ("Ann Lee", "present", "Chair", None),
            ("Ron Park", "in_attendance", "Clerk", None),
            ("Eve Carr", "apologies", None, None),
            ("Bob Marsh", "present", None, None),
        ],
    ),
    (
        "several people in one cell",
        "| Attendee | Representing |\n|---|---|\n| Ann Lee (Chief Executive), Bob Marsh (Clerk)"
        " | Elm Council |\n| Cy Dale, Eve Orr | Fell Trust |\n",
        [
            ("Ann Lee", "present", "Chief Executive", "Elm Council"),
            ("Bob Marsh", "present", "Clerk", "Elm Council"),
            ("Cy Dale", "present", None, "Fell Trust"),
            ("Eve Orr", "present", None, "Fell Trust"),
        ],
    ),
    (
        "cells one under the other below heads that are so too",
        "Present\nName\nInitials\nTitle\nOrg\nAnn Lee\nAL\nChief Nurse\nElm Trust\n"
        "Bob Marsh\nBM\nAnalyst\nFMBC\n",
        [
            ("Ann Lee", "present", "Chief Nurse", "Elm Trust"),
            ("Bob Marsh", "present", "Analyst", "FMBC"),
        ],
    ),
    (
        "bodies in the first column, a star for who was there",
        "Members:\n(* present)\n\n* Elm & Ash             Cllr Ann Lee (Chairman)\n"
        "  Fell Heath            Cllr Bob Marsh\n* Ashdown               Cllr Eve Orr\n"
        "* Norland County Council Mrs C Dale\n",
        [
            ("Ann Lee", "present", "Chairman", "Elm & Ash"),
            ("Bob Marsh", "absent", "Cllr", "Fell Heath"),
            ("Eve Orr", "present", "Cllr", "Ashdown"),
            ("C Dale", "present", None, "Norland County Council"),
        ],
    ),
    (
        "nothing between a name and what describes it",
        "Attendees:\nAnn Lee Norland Borough Council (Chair)\n"
        "Superintendent Bob Dale Norland Police\n"
        "Jean Orr Head of Community Safety\nMark Poe Pete's Larder\n",
        [
            ("Ann Lee", "present", "Chair", "Norland Borough Council"),
            ("Bob Dale", "present", "Superintendent", "Norland Police"),
            ("Jean Orr", "present", "Head of Community Safety", None),
            ("Mark Poe", "present", None, "Pete's Larder"),
        ],
    ),
    (
        "labels that only a word of theirs tells",
        "**Who's here?** Ann Lee (Chair), Bob Marsh\n**Who couldn't make it?** Eve Orr\n"
        "Grown-ups: PC Cy Dale\nDidn't come or send word: Una Ross\n",
        [
            ("Ann Lee", "present", "Chair", None),
            ("Bob Marsh", "present", None, None),
            ("Eve Orr", "apologies", None, None),
            ("Cy Dale", "in_attendance", "PC", None),
            ("Una Ross", "absent", None, None),
        ],
    ),
    (
        "attendance told in the middle of a paragraph",
        "Held in the Hall. The meeting was chaired by Ann Lee. Also present were "
        "Parish Councillors Bob Marsh and Cy Dale; District Councillor Eve Orr; and PCSO Una Ross "
        "of the Elm Team. All stood.\n",
        [
            ("Ann Lee", "present", "Chair", None),
            ("Bob Marsh", "in_attendance", "Parish Councillor", None),
            ("Cy Dale", "in_attendance", "Parish Councillor", None),
            ("Eve Orr", "in_attendance", "District Councillor", None),
            ("Una Ross", "in_attendance", "PCSO", "Elm Team"),
        ],
    ),
    (
        "a list that no label announces",
        "NORLAND POLICE PANEL\n\nFell Council\nCouncillor A Lee (Chairman)\nCouncillor B Marsh\n"
        "Elm Council\nCouncillor C Dale\n\nOfficers\nE Orr, U Ross\n",
        [
            ("A Lee", "present", "Chairman", None),
            ("B Marsh", "present", "Councillor", None),
            ("C Dale", "present", "Councillor", None),
            ("E Orr", "in_attendance", None, None),
            ("U Ross", "in_attendance", None, None),
        ],
    ),
    (
        "a job takes the place of a rank, the chair stands beside it; asides are no body",
        "Present: Supt Ann Lee (District Commander, Norland Police), Insp Bob Marsh (Chair), "
        "Cy Dale of the Bowls Club until the biscuits, Eve Orr (Covid) "
        "and 14 members of the public\n",
        [
            ("Ann Lee", "present", "District Commander", "Norland Police"),
            ("Bob Marsh", "present", "Insp, Chair", None),
            ("Cy Dale", "present", None, "Bowls Club"),
            ("Eve Orr", "present", None, None),
        ],
    ),
    (
        "surnames in capitals, the taker of notes in the list of those present",
        "Present\nDoreen LAMPSON   Chair\nBob BAPTISTA\nAnn Lee (notes)\n",
        [
            ("Doreen LAMPSON", "present", "Chair", None),
            ("Bob BAPTISTA", "present", None, None),
            ("Ann Lee", "present", None, None),
        ],
    ),
    (
        "columns under heads, the last of which says who came",
        "Name            Initials  Title               4 May\n"
        "Ann Oake        AO        Chair               Present\n"
        "Lil Crane       LC        NED                 Apologies\n"
        "Ned Vane        NV        Chief Nurse         Virtual\n",
        [
            ("Ann Oake", "present", "Chair", None),
            ("Lil Crane", "apologies", "NED", None),
            ("Ned Vane", "present", "Chief Nurse", None),
        ],
    ),
    (
        "columns without heads, the last of which says who came",
        "Attendance:\nAnn Oake      Chair         Present\nLil Crane     Clerk         "
        "In attendance\nNed Vane      Treasurer     Apologies\n",
        [
            ("Ann Oake", "present", "Chair", None),
            ("Lil Crane", "in_attendance", "Clerk", None),
            ("Ned Vane", "apologies", "Treasurer", None),
        ],
    ),
    (
        "places in the first column, untitled people in the second",
        "MEMBERS\nHarrow & Tarn     Ann Oake (Chair)\nNorland           B Crane\n"
        "Fell              no boat\nSkerry            apology, C Vane\n",
        [
            ("Ann Oake", "present", "Chair", "Harrow & Tarn"),
            ("B Crane", "present", None, "Norland"),
            ("C Vane", "apologies", None, "Skerry"),
        ],
    ),
    (
        "each column headed by its council",
        "PRESENT\n\n| | |\n|---|---|\n| Harrow Council | Norland Council |\n"
        "| Mr A Oake | Mrs B Crane (Chair) |\n| **Parish Members** | |\n| Ms C Vane | |\n",
        [
            ("A Oake", "present", None, "Harrow Council"),
            ("B Crane", "present", "Chair", "Norland Council"),
            ("C Vane", "present", "Parish Member", None),
        ],
    ),
    (
        "members and officers side by side",
        "PRESENT\nMembers                  Officers\nCllr A Oake (Chair)      Eve Vane, Clerk\n"
        "Cllr B Crane             Lil Moss, Solicitor\n",
        [
            ("A Oake", "present", "Chair", None),
            ("Eve Vane", "in_attendance", "Clerk", None),
            ("B Crane", "present", "Cllr", None),
            ("Lil Moss", "in_attendance", "Solicitor", None),
        ],
    ),
    (
        "apologies reported on the line after the list, and people who came with the members",
        "PRESENT: Mr A Oake (Chair), Mrs B Crane\ntogether with the Clerk, Mr C Vane.\n"
        "APOLOGIES for absence were received from Mr D Moss.\n",
        [
            ("A Oake", "present", "Chair", None),
            ("B Crane", "present", None, None),
            ("C Vane", "in_attendance", "Clerk", None),
            ("D Moss", "apologies", None, None),
        ],
    ),
    (
        "parties, fire ranks, and a plural title that is no councillor's",
        "Present: Commissioners A Oake, B Crane; Cllr Dee Vane (Liberal Democrats); "
        "GM Ann Moss (Norland Fire Service)\n",
        [
            ("A Oake", "present", "Commissioner", None),
            ("B Crane", "present", "Commissioner", None),
            ("Dee Vane", "present", "Cllr", "Liberal Democrats"),
            ("Ann Moss", "present", "GM", "Norland Fire Service"),
        ],
    ),
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
    (
        "people open the sentence",
        "1. Apologies\nCllr Moy sent his apologies. Ms Nye and Mr Orr were unable to come.\n",
        ["Moy", "Nye", "Orr"],
    ),
    (
        "'of' opens the second half",
        "1. Apologies\nApologies were sent on behalf of Cllr Pye, who was ill, and of Cllr Roe.\n",
        ["Pye", "Roe"],
    ),
    (
        "the heading runs on",
        "1. Apologies Tess Udall (TU) could not join, being ill.\n",
        ["Tess Udall"],
    ),
    (
        "who apologises for something else was there",
        "1. Apologies\nThere were none. Cllr Vye apologised for the cold.\n",
        [],
    ),
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


def test_list_under_an_item_of_another_title() -> None:
    text = "1. Welcome\n\nAll were welcomed.\n\nPresent:\nCllr A Kay (Chair)\nMs B Law, Clerk\n"
    found = attendance(text, item_at=0, title="Welcome")
    assert [(a.name, a.role) for a in found] == [("A Kay", "Chair"), ("B Law", "Clerk")]


def test_items_that_are_lists() -> None:
    text = "1. PRESENT: Cllrs A Kay, B Law.\n2. IN ATTENDANCE: C Moy (Clerk)\n"
    second = text.index("2.")
    parts = (
        Part(0, second, "item", "1", None, "PRESENT: Cllrs A Kay, B Law"),
        Part(second, len(text), "item", "2", None, "IN ATTENDANCE: C Moy (Clerk)"),
    )
    found = find_attendance(lines_.split(text), parts)
    assert [(a.name, a.status) for a in found] == [
        ("A Kay", "present"),
        ("B Law", "present"),
        ("C Moy", "in_attendance"),
    ]


def test_a_name_taken_for_an_item() -> None:
    text = "APOLOGIES\n\nCLLR D FOX\n\nPolice report\n"
    name, after = text.index("CLLR"), text.index("Police")
    parts = (
        Part(0, name, "item", None, None, "APOLOGIES"),
        Part(name, after, "item", None, None, "CLLR D FOX"),
        Part(after, len(text), "item", None, None, "Police report"),
    )
    found = find_attendance(lines_.split(text), parts)
    assert [(a.name, a.status) for a in found] == [("D FOX", "apologies")]


def test_list_at_the_end() -> None:
    text = "1. Minutes\n\nAgreed.\n\nIn attendance:\nCllr A Kay\nMs B Law\nMr C Moy\n"
    back = text.index("In attendance")
    parts = (Part(0, back, "item", "1", None, "Minutes"), Part(back, len(text), "back"))
    found = find_attendance(lines_.split(text), parts)
    assert [(a.name, a.status) for a in found] == [
        ("A Kay", "present"),
        ("B Law", "present"),
        ("C Moy", "present"),
    ]


def test_a_surname_told_again_is_nobody_new() -> None:
    text = "Present: Cllr B Dagg (Chair)\n\n1. Apologies\nApologies were received from Cllr Foy.\n"
    text = text.replace("Present:", "Apologies: Cllr May Foy\nPresent:")
    found = attendance(text, item_at=text.index("1."), title="Apologies")
    assert [a.name for a in found] == ["May Foy", "B Dagg"]
