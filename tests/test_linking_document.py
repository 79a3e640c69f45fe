"""What joins mentions: offices and bodies of people, owners of actions, fields of a record."""

from __future__ import annotations

import re
from hashlib import sha256

import pytest

from kcsp_nlp.linking.affiliations import find_affiliations
from kcsp_nlp.linking.bodies.identifying import identify_organisations
from kcsp_nlp.linking.bodies.names import name_key
from kcsp_nlp.linking.document import Linked, link_document
from kcsp_nlp.linking.owners import Owners
from kcsp_nlp.linking.people.identifying import People, Person
from kcsp_nlp.minutes.outline import Front, Outline, Part
from kcsp_nlp.records import (
    Action,
    Attendee,
    LegislationSpan,
    MoneySpan,
    OrgSpan,
    PersonSpan,
    RoleSpan,
    Span,
)

KINDS: dict[str, type[Span]] = {
    "P": PersonSpan,
    "R": RoleSpan,
    "O": OrgSpan,
    "M": MoneySpan,
    "L": LegislationSpan,
}
_TAG = re.compile(r"\[([PROML])\|([^\]]*)\]")


def marked(tagged: str) -> tuple[str, list[Span]]:
    """Return the text of "[P|Ann Rao], [R|Clerk]" and its spans."""
    text, spans, at = "", list[Span](), 0
    for found in _TAG.finditer(tagged):
        text += tagged[at : found.start()]
        end = len(text) + len(found[2])
        spans.append(KINDS[found[1]](start=len(text), end=end, text=found[2]))
        text += found[2]
        at = found.end()
    return text + tagged[at:], spans


def linked(
    tagged: str,
    *,
    body: str | None = "Ely Harbour Board",
    attendance: tuple[tuple[str, str | None, str | None], ...] = (),
    owners: tuple[str, ...] = (),
) -> Linked:
    text, spans = marked(tagged)
    outline = Outline(
        parts=(Part(0, len(text), "item"),),
        front=Front(body=body, date="2021-05-04"),
        attendance=tuple(
            Attendee(
                start=text.index(name),
                end=text.index(name) + len(name),
                name=name,
                status="present",
                role=role,
                organisation=organisation,
            )
            for name, role, organisation in attendance
        ),
        decisions=(),
        actions=(Action(start=0, end=len(text), text=text, owners=owners),) if owners else (),
    )
    return link_document(text, outline, spans, sha256=sha256(text.encode()).hexdigest())


@pytest.mark.parametrize(
    ("tagged", "expected"),
    [
        ("[P|Ann Rao] ([R|Clerk], [O|Kent Police]) said", [("Ann Rao", "Clerk", "Kent Police")]),
        ("[P|Ann Rao], [R|Treasurer] at [O|Ely BC], said", [("Ann Rao", "Treasurer", "Ely BC")]),
        ("[P|Ann Rao] ([O|KCC] [R|Member] and [R|Chair] of the Board)",
         [("Ann Rao", "Member", "KCC"), ("Ann Rao", "Chair", None)]),
        ("[P|Ann Rao] from the [O|Home Office] said", [("Ann Rao", None, "Home Office")]),
        ("[P|Ann Rao] ([O|NHS])", [("Ann Rao", None, "NHS")]),
        ("[P|Ann Rao], [O|Kent Police] and the [O|NHS] met", []),
        ("[R|Chief Constable] [P|Pym] said", [("Pym", "Chief Constable", None)]),
        ("[R|Cllr] Mrs [P|Pym] said", [("Pym", "Cllr", None)]),
        ("* [P|Ann Rao] — *[R|Chair]*\n* [P|Jo Pym] — *[R|Clerk]*\n",
         [("Ann Rao", "Chair", None), ("Jo Pym", "Clerk", None)]),
        ("[P|Ann Rao], [R|Cllr] [P|Pym] and others", [("Pym", "Cllr", None)]),
        ("[P|Ann Rao] asked the [R|Clerk] to write", []),
        ("[P|Ann Rao] and the [R|Clerk] wrote", []),
        ("[P|Ann Rao] OBE, [R|Chair], opened", [("Ann Rao", "Chair", None)]),
        ("[P|Ann Rao] (absent. The [R|Clerk] of [O|Ely BC] wrote", []),
        ("[P|Ann Rao], the new [R|Clerk], and [P|Jo Pym], [R|Warden]",
         [("Ann Rao", "Clerk", None), ("Jo Pym", "Warden", None)]),
        ("[P|Ann Rao]\n\n[R|Clerk] to act", []),
        ("[P|Ann Rao]\n- [R|Clerk]: [P|Jo Pym]", []),
        ("[O|Ham Mill]: [P|Ann Rao], [R|Clerk]\n- [O|Ely BC]: [P|Jo Pym]",
         [("Ann Rao", "Clerk", None)]),
        ("[P|Ann Rao], [R|Clerk]\n**[O|Ely BC]**: [P|Jo Pym]", [("Ann Rao", "Clerk", None)]),
        ("[P|Ann Rao], [R|Clerk],\n   [O|Ely BC]", [("Ann Rao", "Clerk", "Ely BC")]),
        ("[R|Supt]. [P|Pym], [O|Kent Police]\n  [R|Cllr]. [P|Rao]",
         [("Pym", "Supt", None), ("Rao", "Cllr", None)]),
        ("[P|Ann Rao], [R|Clerk]. [P|Pym] left", [("Ann Rao", "Clerk", None)]),
    ],
    ids=[
        "both in brackets", "an apposition with its body", "two offices, one with a body before it",
        "from a body", "a body in brackets", "a list of those who met", "an office before the name",
        "a title between", "a list, line by line", "the office of the next name",
        "an office that is asked", "somebody beside", "letters after the name",
        "a bracket that never closes", "two in a row", "another paragraph",
        "the office of the next entry", "the body of the next entry", "the body of the next line",
        "a wrapped line", "short offices with a full stop", "the end of a sentence",
    ],
)  # fmt: skip
def test_affiliations(tagged: str, expected: list[tuple[str, str | None, str | None]]) -> None:
    text, spans = marked(tagged)
    found = [
        (text[place[0] : place[1]], role, body)
        for place, role, body in find_affiliations(text, spans, [0])
    ]
    assert found == expected


def test_no_statement_reaches_into_the_next_part() -> None:
    text, spans = marked("[P|Ann Rao], [R|Clerk]")
    assert not list(find_affiliations(text, spans, [0, text.index("Clerk")]))


def test_people_bodies_and_offices_are_resolved() -> None:
    held = linked(
        "Present: [P|Ann Rao] ([O|Kent Police]), [R|Cllr] [P|Jo Pym]\n\n"
        "Ms [P|Rao] thanked [P|Jo Pym].",
        attendance=(("Ann Rao", None, "Kent Police"), ("Jo Pym", "Cllr", None)),
    )
    ann, police, cllr, pym, again, once_more = held.spans
    assert ann.id == again.id != pym.id == once_more.id
    assert (ann.canonical, again.canonical) == ("Ann Rao", "Ann Rao")
    assert police.id == "body:kent-police"
    assert (cllr.canonical, cllr.id) == ("Councillor", None)
    assert [each.person for each in held.attendance] == [ann.id, pym.id]
    assert [each.organisation_id for each in held.attendance] == [police.id, None]
    assert [(a.person, a.role, a.organisation_id) for a in held.affiliations] == [
        (ann.id, None, police.id),
        (pym.id, "Councillor", None),
    ]


@pytest.mark.parametrize(
    ("tagged", "owners", "expected"),
    [
        ("[P|Ann Rao] to write", ("Ann Rao",), [True]),
        ("[P|Ann Rao] to write", ("The Clerk",), [False]),
        ("[P|Ann Rao] and [O|Kent Police] to write", ("Ann Rao", "Kent Police"), [True, True]),
        ("[P|Ann Rao] and [P|Jo Pym] to write", ("Everybody", "Jo Pym"), [False, True]),
        ("Cllr Mrs [P|Rao] to write", ("Cllr Mrs Rao",), [True]),
        ("**Mr** [P|Ed Rao] to write", ("Mr Ed Rao",), [True]),
        ("Mr [P|Rao] to write", ("Mrs Rao",), [False]),
        ("The Inspector to write", ("Inspector",), [False]),
    ],
    ids=[
        "a person", "nobody by name", "a person and a body", "one of two", "titles",
        "markdown in titles", "another title", "a title alone",
    ],
)  # fmt: skip
def test_owners_have_identities(tagged: str, owners: tuple[str, ...], expected: list[bool]) -> None:
    held = linked(tagged, owners=owners)
    known = {span.id for span in held.spans if span.id}
    found = held.actions[0].owner_ids
    assert [each is not None for each in found] == expected
    assert {each for each in found if each} <= known


def test_owners_of_one_surname_are_told_by_their_titles() -> None:
    tagged = "Mr [P|Edward Pym], Ms [P|Diana Pym]. ACTION: Ms [P|Pym] to ask Mr [P|Pym]"
    held = linked(tagged, owners=("Ms Pym", "Mr Pym", "Pym"))
    edward, diana, *_ = held.spans
    assert held.actions[0].owner_ids == (diana.id, edward.id, None)


@pytest.mark.parametrize(
    ("between", "expected"), [("\n\nAction: ", True), ("\n\n" + "Nobody came. " * 9, False)]
)
def test_the_owner_of_an_action_may_stand_behind_it(between: str, expected: bool) -> None:
    text, spans = marked(f"A letter to be sent.{between}Ms [P|Rao]")
    done = Action(start=0, end=20, text=text[:20], owners=("Ms Rao",))
    outline = Outline((Part(0, len(text), "item"),), Front(), (), (), (done,))
    (action,) = link_document(text, outline, spans, sha256="0" * 64).actions
    assert (action.owner_ids[0] is not None) == expected


def test_many_actions_of_one_owner() -> None:
    text, spans = marked("Mr [P|Pym] to write.\n" * 3000)
    actions = [
        Action(start=span.start - 3, end=span.end, text="Mr Pym", owners=("Mr Pym", "Pym"))
        for span in spans
    ]
    owners = Owners(
        spans,
        (),
        People({(span.start, span.end): Person("person:0", "Pym") for span in spans}),
        identify_organisations(text, Outline((), Front(), (), (), ()), (), scope="ely"),
    )
    assert all(owners.identify(action) == ("person:0",) * 2 for action in actions)


def test_nothing_is_stated_twice() -> None:
    held = linked(
        "[P|Ann Rao] ([R|Chair], [O|Kent Police])\n\n[R|Chair] [P|Ann Rao] spoke.\n\n"
        "[P|Ann Rao] ([O|Home Office]) left with [P|Ann Rao] ([O|Kent Police]).",
        attendance=(("Ann Rao", "Chair and Treasurer", "Kent Police"),),
    )
    assert [(each.role, each.organisation) for each in held.affiliations] == [
        ("Chair and Treasurer", "Kent Police"),
        ("Chair", "Kent Police"),
        (None, "Home Office"),
    ]


def test_an_owner_may_be_the_one_who_holds_an_office() -> None:
    attendance = (
        ("Ann Rao", "Clerk", None),
        ("Jo Pym", "Warden", None),
        ("Al Ely", "Warden", None),
    )
    text = "[P|Ann Rao], [P|Jo Pym], [P|Al Ely]: the Clerk and the Warden to write"
    held = linked(text, attendance=attendance, owners=("the Clerk", "Warden"))
    assert held.actions[0].owner_ids == (held.spans[0].id, None)


def test_sums_and_laws_say_what_they_are() -> None:
    held = linked(
        "It was agreed to grant about [M|£1.2m] to [O|Kent Police] under "
        "[L|sections 24 to 26 of the Housing Act 1996]."
    )
    money, police, law = held.spans
    assert isinstance(money, MoneySpan)
    assert isinstance(law, LegislationSpan)
    assert (money.amount, money.currency, money.canonical) == (1_200_000, "GBP", "GBP 1200000")
    assert (money.period, money.hedge) == (None, "about")
    assert money.purpose is not None
    assert (money.purpose.text, money.purpose.id) == ("Kent Police", police.id)
    assert law.id == "https://www.legislation.gov.uk/id/ukpga/1996/52"
    assert law.provisions == ("section/24", "section/25", "section/26")


def test_a_purpose_moves_with_its_sum() -> None:
    money = linked("Agreed: [M|£5] to [O|Kent Police].").spans[0]
    assert isinstance(money, MoneySpan)
    assert money.purpose is not None
    moved = money.shifted(-3)
    assert moved.purpose is not None
    assert moved.purpose.start == money.purpose.start - 3


def test_identities_hold_across_documents_of_one_body_and_no_further() -> None:
    one = linked("[P|Ann Rao] spoke.").spans[0]
    same = linked("Then [P|Ann Rao] left.", body="THE ELY HARBOUR BOARD").spans[0]
    other = linked("Then [P|Ann Rao] left.", body="Ham Forum").spans[0]
    unknown = linked("[P|Ann Rao] spoke.", body=None).spans[0]
    assert one.id == same.id
    assert len({one.id, other.id, unknown.id}) == 3


@pytest.mark.parametrize(
    ("body", "key"),
    [
        ("The Ely & Ham\nBoard", "ely and ham board"),
        ("Cyngor Tref Llandŵr", "cyngor tref llandwr"),
        ("", ""),
        (None, ""),
    ],
    ids=["article, sign and wrap", "an accent", "nothing", "not known"],
)
def test_body_keys(body: str | None, key: str) -> None:
    assert name_key(body) == key
