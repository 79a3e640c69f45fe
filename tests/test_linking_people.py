"""Which mentions of a document are one person."""

from __future__ import annotations

import re
from itertools import pairwise

import pytest

from kcsp_nlp.linking.people.identifying import People, identify_people
from kcsp_nlp.minutes.outline import Front, Outline, Part
from kcsp_nlp.records import Attendee, PersonSpan, Span

# "[Mike Hill]" is a mention, "{Mike Hill}" one in the list of attendance; "{Cllr:Mike Hill}" has a
# role there.
_MARKED = re.compile(r"\[([^\]]+)\]|\{(?:([^:}]+):)?([^}]+)\}")


def identify(
    marked: str, scope: str = "dunholme parish council"
) -> tuple[list[str | None], People]:
    """Return who stands at each mark in order, as ids, and everybody by place."""
    text, spans, attendance = "", list[Span](), list[Attendee]()
    at = 0
    for match in _MARKED.finditer(marked):
        text += marked[at : match.start()]
        at = match.end()
        name = match[1] or match[3]
        start, end = len(text), len(text) + len(name)
        text += name
        spans.append(PersonSpan(start=start, end=end, text=name))
        if match[3]:
            attendance.append(
                Attendee(start=start, end=end, name=name, status="present", role=match[2])
            )
    text += marked[at:]
    starts = [0, *(found.start() for found in re.finditer(r"(?<=\n\n)\d\. ", text)), len(text)]
    parts = tuple(Part(start, end, "item") for start, end in pairwise(starts) if end > start)
    outline = Outline(parts, Front(), tuple(attendance), (), ())
    people = identify_people(text, outline, spans, scope=scope)
    found = [people.by_place.get((span.start, span.end)) for span in spans]
    return [person.id if person else None for person in found], people


ONE = [
    ("Present: Mr {P M Hill}, OBE. [Mike Hill] spoke. Mr [Hill] left. [Hill] and [PMH] wrote.",
     "every way to write it, the one Hill at the table"),
    ("Present: Ms {S Annan-Vetch}. Ms [Annan-Veitch] spoke.", "misspelt by one letter"),
    ("Present: Mr {N Wickens}. Mr [Wickins] spoke.", "misspelt by one letter"),
    ("Present: Dr {Ana Trimble}. Dr [Trimbel] spoke.", "two letters the other way round"),
    ("Present: Cllr {Jo Stephens}. Cllr [Stevens] spoke.", "of one sound"),
    ("Present: {Sue Dorn}. [Sue] spoke.", "the one Sue there"),
    ("Present: {Elizabeth Dorn}. [Liz] spoke and [Liz Dorn] wrote.", "short for the name"),
    ("Present: Cllr {Dorn} (B). Cllr [B Dorn] spoke. Cllr [Dorn] (B) left.", "initial in brackets"),
    ("Present: {Cllr:DORN J}. Cllr [Dorn] spoke. Signed: [Jane Dorn]", "surname first"),
    ("Present: {Dorn, Jane}. Cllr [J. Dorn] spoke.", "surname first, with a comma"),
    ("{Jane Orr-Dorn} (JOD). Action: [JOD]. [JOD] left.", "initials from brackets"),
    ("Present: {Jane Dorn}, {Ed Pym}. [Dorn] spoke.".replace(", {Ed Pym}", ""), "surname alone"),
    ("Mr [Dorn] of Mill Lane spoke. Mr [Dorn] left.", "in no list"),
    ("Present: Mr {Aldo Di Marco}. Mr [Di Marco] spoke.", "Di is a given name too"),
    ("Present: {Di Rowley}. Mrs [Rowley] spoke.", "Di is a given name here"),
    ("Present: Insp. {Jane Dorn}. Inspector [Dorn] spoke.", "the rank in two ways"),
    ("Present: Mr {B Quell}. DCI [Quell] spoke.", "a rank that the list leaves out"),
    ("Present: {Town Mayor:Jane Dorn}. Cllr [Dorn] spoke.", "a councillor by another office"),
    ("Present: Mr {T Dorn} (Head of Care). [Tom Dorn] spoke.", "initial and given name"),
    ("Present: {Jane Dorn}.\n\n[Jane]\n\n[Dorn] spoke.", "torn by a page break"),
    ("Present: Mr. {Kieran P}. Mr. [Kieran] spoke.", "behind an honorific it is a surname"),
    ("[Jan D] spoke. [Jan] left.", "a surname cut down"),
    ("Present: {Inge de Wael}. Ms [de Wael] spoke.", "a particle"),
]  # fmt: skip


@pytest.mark.parametrize(("marked", "why"), ONE, ids=[why for _, why in ONE])
def test_one_person_however_written(marked: str, why: str) -> None:
    found, _ = identify(marked)
    assert None not in found, why
    assert len(set(found)) == 1, why


TWO = [
    ("{Jane Collins}, {Bob Collins}", "other given names"),
    ("{J Collins}, {B Collins}", "other initials"),
    ("Councillor {Collins} (B). Ms {L. Collins}", "bracketed and before"),
    ("Mr {Collins}, Mrs {Collins}", "other honorifics"),
    ("Cllr {Sheehan}, Cllr {Sheahan}", "look-alikes, both at the table"),
    ("Mr {N Wickens}. Mrs [Wickins]", "a misspelling with another honorific"),
    ("Cllr {N Wickens}. PC [Wickins]", "a misspelling with another office"),
    ("Mr {N Wickens}. [T Wickins]", "a misspelling with other initials"),
    ("{Ed Hale}. Mr [Hall]", "too short to be a misspelling"),
    ("{Housing Officer:Amy Dorn}. PC [Dorn]", "an officer of another body is no constable"),
    ("PCSO {Joel Dorn}. Sgt [Will Dorn]", "other ranks"),
    ("Cllr {P Dorn}. Inspector [Dorn]", "no councillor is an inspector"),
    ("Cllr {Mike Dorn}. Mrs [Dorn]", "a man's name and Mrs"),
    ("Cllr {A J Dorn}. Mr [Dorn] senior", "the elder"),
    ("Cllr {Pat Dorn}. Mr [Dorn] (no relation)", "said to be another"),
    ("[Ken] & [Rita Hembrow]", "a couple"),
    ("Mrs {P Lane}. PC [Ayesha Lane]", "other given names and offices"),
]


@pytest.mark.parametrize(("marked", "why"), TWO, ids=[why for _, why in TWO])
def test_two_people_are_never_merged(marked: str, why: str) -> None:
    found, _ = identify(marked)
    assert None not in found, why
    assert len(set(found)) == 2, why


NOBODY = [
    ("{Jane Collins}, {Bob Collins}. [Collins] spoke.", "either may be meant"),
    ("Mr {J Collins}, Mr {B Collins}. Mr [Collins] spoke.", "the honorific does not tell"),
    ("{Sue Dorn}, {Sue Pym}. [Sue] spoke.", "two of the name"),
    ("{Owen Lynn}, {Lynn Rivers}. [Lynn] spoke.", "one's surname, another's given name"),
    ("{Ann Rao}, {Ali Reed}. [AR] spoke.", "initials of two"),
    ("{Jane Dorn}. A letter from Mr and Mrs [Dale].", "a couple's one surname"),
    ("{Archie Dorn}. Her son [Archie] came.", "a child"),
    ("{Jane Dorn}. [XQ] spoke.", "initials of nobody"),
    ("{Sue Dorn}. Thanks to [Sue] and [Derek Rudkin].", "Sue Dorn or Sue Rudkin"),
]


@pytest.mark.parametrize(("marked", "why"), NOBODY, ids=[why for _, why in NOBODY])
def test_what_is_not_certain_is_nobodys(marked: str, why: str) -> None:
    found, _ = identify(marked)
    assert None in found, why


TOLD_APART = [
    ("Cllr {J Collins}, PC {B Collins}. PC [Collins] spoke.", 1, "the office"),
    ("Mr {J Collins}, Mrs {B Collins}. Mrs [Collins] spoke.", 1, "the honorific"),
    ("{Jane Collins}, {Bob Collins}. Mr [Collins] spoke.", 1, "the given name"),
    ("{Jane Collins}, {Bob Collins}. [Collins] (J) spoke.", 0, "the bracketed initial"),
    ("{Jane Collins}. Sympathy on the death of [Ted Collins].\n\n2. Roads. [Collins] spoke.", 0,
     "the other one is not at the table"),
]  # fmt: skip


@pytest.mark.parametrize(("marked", "who", "why"), TOLD_APART, ids=[why for *_, why in TOLD_APART])
def test_a_shared_surname_is_told_apart(marked: str, who: int, why: str) -> None:
    found, _ = identify(marked)
    assert found[-1] == found[who], why
    assert found[0] != found[1]


def test_plurals_give_their_title_to_all() -> None:
    found, _ = identify("PC {J Dorn}, Cllr {A Dorn}. Cllrs [Pym] and [Dorn] objected.")
    assert found[3] == found[1]


def test_the_canonical_name_is_the_fullest_form_as_the_list_spells_it() -> None:
    _, people = identify("Present: Mr {P M Hill}, OBE. [Mike Hill] spoke. Mr [Hill] left.")
    assert {person.canonical for person in people.by_place.values()} == {"Mike Hill"}
    _, people = identify("Present: Mr {N Wickens}. [Nick Wickins] and Mr [Wickens] spoke.")
    assert {person.canonical for person in people.by_place.values()} == {"N Wickens"}
    _, people = identify("[Ken] & [Rita Hembrow] wrote.")
    assert sorted(person.canonical for person in people.by_place.values()) == [
        "Ken Hembrow",
        "Rita Hembrow",
    ]


def test_documents_of_one_body_share_the_id_of_one_name() -> None:
    (one, *_), _ = identify("Present: {Jane Dorn}. [Dorn] spoke.")
    (other, *_), _ = identify("Apologies: {Jane  Dorn}")
    (elsewhere, *_), _ = identify("Present: {Jane Dorn}", scope="weald council")
    assert one == other
    assert one != elsewhere
    assert re.fullmatch(r"person:[0-9a-f]{16}", one or "")


def test_a_stranger_by_surname_alone_is_of_the_document_only() -> None:
    (one,), _ = identify("Mr [Dorn] asked about bins.")
    (other,), _ = identify("Mr [Dorn] asked about trees.")
    assert one != other


def test_an_entry_that_is_no_span_of_its_own_is_in_the_mapping() -> None:
    text = "Present: Cllr Dorn (B), Jane Pym. Cllr Dorn left."
    attendance = (
        Attendee(start=14, end=22, name="Dorn (B)", status="present", role="Cllr"),
        Attendee(start=24, end=32, name="Jane Pym", status="present"),
    )
    spans = [PersonSpan(start=s, end=s + 4, text="Dorn") for s in (14, 39)]
    outline = Outline((Part(0, len(text), "front"),), Front(), attendance, (), ())
    people = identify_people(text, outline, spans, scope="x").by_place
    assert people[14, 22] == people[14, 18] == people[39, 43]
    assert people[24, 32].canonical == "Jane Pym"
    assert people[14, 22].canonical == "B Dorn"


def test_nothing_in_nothing_out() -> None:
    found, people = identify("Nobody came.")
    assert found == []
    assert people.by_place == {}


@pytest.mark.parametrize(
    "name",
    [
        lambda i: f"{chr(65 + i % 26)} {chr(65 + i // 26 % 26)} {chr(65 + i // 676 % 26)} Dorn",
        lambda i: f"Jane Dorn{chr(97 + i % 26)}{chr(97 + i // 26 % 26)}{chr(97 + i // 676 % 26)}",
        lambda i: "Dorn",
        lambda i: f"{chr(65 + i % 26)}{chr(65 + i // 26 % 26)}{chr(65 + i // 676 % 26)}",
    ],
    ids=["one surname", "surnames alike", "one name", "initials"],
)
def test_hostile_documents_are_resolved(name: object) -> None:
    assert callable(name)
    marked = " ".join(f"[{name(index)}] spoke." for index in range(8000))
    found, _ = identify(marked)
    assert len(found) == 8000


def test_one_name_that_many_bear_is_nobodys_twice() -> None:
    marked = "Present: Mr {Dorn}, Mrs {Dorn}, " + "{Dorn}, " * 4000
    found, _ = identify(marked)
    assert len(set(found)) == len(found)


def test_the_same_in_is_the_same_out() -> None:
    marked = " ".join(text for text, *_ in (*ONE, *TWO, *NOBODY))
    assert identify(marked) == identify(marked)
