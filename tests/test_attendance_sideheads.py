"""Groups named in a margin beside their people, and what else such lists say of them."""

from __future__ import annotations

import pytest

from kcsp_nlp.minutes import lines as lines_
from kcsp_nlp.minutes.attendance.finding import find_attendance
from kcsp_nlp.minutes.attendance.kinds import kind_of
from kcsp_nlp.minutes.outline import Part

Row = tuple[str, str, str | None, str | None]


def rows(text: str) -> list[Row]:
    found = find_attendance(lines_.split(text), (Part(0, len(text), "front"),))
    for each in found:
        assert "".join(text[each.start : each.end].split()) == each.name.replace(" ", "")
    return [(each.name, each.status, each.role, each.organisation) for each in found]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param(
            "PRESENT\n\n"
            "Thorne Borough           Councillor Alan Rigby (in the Chair)\n"
            "Council                  Councillor Moira Tait\n"
            "                         Jane Sewell, Director of Adult Services\n\n"
            "Vale CCG                 Dr Peter Lomas\n"
            "                         Susan Whittle (Accountable Officer)\n\n"
            "Healthwatch Vale         Nora Bright\n\n"
            "Apologies                Helen Moss (NHS England)\n",
            [
                ("Alan Rigby", "present", "Chair", "Thorne Borough Council"),
                ("Moira Tait", "present", "Councillor", "Thorne Borough Council"),
                (
                    "Jane Sewell",
                    "present",
                    "Director of Adult Services",
                    "Thorne Borough Council",
                ),
                ("Peter Lomas", "present", None, "Vale CCG"),
                ("Susan Whittle", "present", "Accountable Officer", "Vale CCG"),
                ("Nora Bright", "present", None, "Healthwatch Vale"),
                ("Helen Moss", "apologies", None, "NHS England"),
            ],
            id="a body over two lines between blank ones is one; a label of status ends the list",
        ),
        pytest.param(
            "PRESENT:\n\n"
            "Fell Trust                 Dr Ann Lee\n"
            "(FT)                       Cy Dale\n\n"
            "NHS Dale                  Di Orr\n",
            [
                ("Ann Lee", "present", None, "Fell Trust"),
                ("Cy Dale", "present", None, "Fell Trust"),
                ("Di Orr", "present", None, "NHS Dale"),
            ],
            id="a column one space off loses no letter",
        ),
        pytest.param(
            "MEMBERS PRESENT IN      Alderman P Kane (Chairperson)\n"
            "THE CHAMBER:            Councillors T Doran, S Magee and J Orr\n\n"
            "MEMBERS PRESENT         Councillors L McBride and\n"
            "REMOTELY:               R Gault\n\n"
            "OFFICERS IN             Director of Leisure (Mr D Quinn)\n"
            "ATTENDANCE:             PCSP Officer (Ms K Lavery)\n\n"
            "APOLOGIES:              Councillor N Steen\n",
            [
                ("P Kane", "present", "Chairperson", None),
                ("T Doran", "present", "Councillor", None),
                ("S Magee", "present", "Councillor", None),
                ("J Orr", "present", "Councillor", None),
                ("L McBride", "present", "Councillor", None),
                ("R Gault", "present", "Councillor", None),
                ("D Quinn", "in_attendance", "Director of Leisure", None),
                ("K Lavery", "in_attendance", "Officer", "PCSP"),
                ("N Steen", "apologies", "Councillor", None),
            ],
            id="labels of a hybrid meeting over two lines, a post's body before who holds it",
        ),
        pytest.param(
            "Attending:\n\n"
            "Fell Primary\n"
            "and Infants         Clare Hobbs, Governor\n"
            "                    Peter Rudge, Headteacher\n\n"
            "Dale Academy        Usha Patel\n",
            [
                ("Clare Hobbs", "present", "Governor", "Fell Primary and Infants"),
                ("Peter Rudge", "present", "Headteacher", "Fell Primary and Infants"),
                ("Usha Patel", "present", None, "Dale Academy"),
            ],
            id="the first half of a head stands alone, below a word that may be no label",
        ),
        pytest.param(
            "Present\n\n"
            "Ashby           Councillors D. Pollok and I. Rooney.\n"
            "North Fell      Councillors Lunny and Cullen.\n"
            "South Fell      Councillor E. Barr.\n",
            [
                ("D. Pollok", "present", "Councillor", "Ashby"),
                ("I. Rooney", "present", "Councillor", "Ashby"),
                ("Lunny", "present", "Councillor", "North Fell"),
                ("Cullen", "present", "Councillor", "North Fell"),
                ("E. Barr", "present", "Councillor", "South Fell"),
            ],
            id="a body on every line is no head over several lines",
        ),
    ],
)
def test_side_heads(text: str, expected: list[Row]) -> None:
    assert rows(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param(
            "Present: Ann Lee, Di Orr, Cy Dale\n"
            "In attendance: Cllr Iain Moffat, Cllr Sheila Keir and Cllr Tom Reid (Fell Council), "
            "Ailsa Rennie and Jack Duff (Aird School), 9 residents\n",
            [
                ("Iain Moffat", "in_attendance", "Cllr", "Fell Council"),
                ("Sheila Keir", "in_attendance", "Cllr", "Fell Council"),
                ("Tom Reid", "in_attendance", "Cllr", "Fell Council"),
                ("Ailsa Rennie", "in_attendance", None, "Aird School"),
                ("Jack Duff", "in_attendance", None, "Aird School"),
            ],
            id="three members share a body; so do two before a count of residents",
        ),
        pytest.param(
            "SITTING IN THE CHAIR: Cllr. Aoife Naughton\n"
            "MEMBERS PRESENT: Cllr. D. Fahy, Cllr. M. Lally\n"
            "GARDA: Superintendent Niall Garvey (Salthill)\n",
            [
                ("Aoife Naughton", "present", "Chair", None),
                ("D. Fahy", "present", "Cllr", None),
                ("M. Lally", "present", "Cllr", None),
                ("Niall Garvey", "present", "Superintendent", "GARDA"),
            ],
            id="who sits in the chair; a station is no body",
        ),
        pytest.param(
            "Present: Ann Lee, Insp Yusuf Khan (Milltown), PC Jo Ash (Dale Police)\n",
            [
                ("Ann Lee", "present", None, None),
                ("Yusuf Khan", "present", "Insp", None),
                ("Jo Ash", "present", "PC", "Dale Police"),
            ],
            id="behind a police rank a place is a station, a force is a body",
        ),
        pytest.param(
            "Present: Ann Lee, Di Orr, Cy Dale\n\n"
            "Apologies were received from Lin Moss and Vic Shep (Age UK Fell), for whom Iftikhar\n"
            "Lorne substituted.\n",
            [
                ("Lin Moss", "apologies", None, None),
                ("Vic Shep", "apologies", None, "Age UK Fell"),
            ],
            id="half the name of who stood in opens no entry",
        ),
        pytest.param(
            "| Present | Initials | Agency |\n|---|---|---|\n"
            "| Aidan Barr | AB | Fell Council |\n| Ann Poole | AP | Dale Homes |\n"
            "| Nina Ashe (for Colin Webb) | NA | Vale Trust |\n",
            [
                ("Aidan Barr", "present", None, "Fell Council"),
                ("Ann Poole", "present", None, "Dale Homes"),
                ("Nina Ashe", "present", None, "Vale Trust"),
            ],
            id="initials are no marks, and who was stood in for is no body",
        ),
    ],
)
def test_what_lists_say(text: str, expected: list[Row]) -> None:
    found = rows(text)
    assert [row for row in found if row[0] in {name for name, *_ in expected}] == expected
    assert {"Lorne", "Colin Webb"}.isdisjoint(name for name, *_ in found)


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        pytest.param("Northern Ireland Housing Executive", "body", id="a body's name"),
        pytest.param("Health and Safety Executive", "body", id="a regulator"),
        pytest.param("Chief Executive", "role", id="an office"),
    ],
)
def test_executives(text: str, kind: str) -> None:
    assert kind_of(text) == kind
