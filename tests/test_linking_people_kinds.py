"""The kinds of names that a careful reader resolves, and those left to nobody."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import cast

import pytest

from kcsp_nlp.linking.people.identifying import identify_people
from kcsp_nlp.linking.people.names import read_name
from kcsp_nlp.minutes.outline import Front, Outline, Part
from kcsp_nlp.records import Attendee, PersonSpan, Span, Status

# "[Mike Hill]" is a mention; "{Mike Hill|Clerk|Ely TC|apologies}" one in the list of attendance,
# with role, body and status where they are given.
_MARKED = re.compile(r"\[([^\]]+)\]|\{([^}]+)\}")


def identify(marked: str) -> str:
    """Return who stands at each mark in order: "1", "2" in order of appearance, "-" for nobody."""
    text, spans, attendance = "", list[Span](), list[Attendee]()
    at = 0
    for match in _MARKED.finditer(marked):
        text += marked[at : match.start()]
        at = match.end()
        written = str(match[1] or match[2])
        name, role, body, status = (*written.split("|"), "", "", "")[:4]
        start, end = len(text), len(text) + len(name)
        text += name
        spans.append(PersonSpan(start=start, end=end, text=name))
        if match[2]:
            attendance.append(
                Attendee(
                    start=start,
                    end=end,
                    name=name,
                    status=cast("Status", status or "present"),
                    role=role or None,
                    organisation=body or None,
                )
            )
    text += marked[at:]
    starts = [0, *(found.start() for found in re.finditer(r"(?<=\n\n)\d\. ", text)), len(text)]
    kinds = pairwise(sorted(set(starts)))
    parts = tuple(Part(start, end, "item" if start else "front") for start, end in kinds)
    outline = Outline(parts, Front(), tuple(attendance), (), ())
    people = identify_people(text, outline, spans, scope="dunholme parish council").by_place
    numbers: dict[str, str] = {}
    found = [people.get((span.start, span.end)) for span in spans]
    return "".join(
        numbers.setdefault(person.id, str(len(numbers) + 1)) if person else "-" for person in found
    )


COUPLES = [
    ("Cllr {P Tew}. Mr and Mrs [Tew] wrote.", "1-", "a couple is no one of them"),
    ("Cllr {P Tew}. Mr/Mrs [Tew] wrote.", "1-", "with a stroke"),
    ("Cllr {P Tew}. Mr and Mrs [Tew] wrote. Mrs [Tew] rang.", "1-2", "nor a spouse the member"),
    ("Mrs {P Tew}. Mr and Mrs [Tew] came. Mrs [Tew] spoke.", "1-1", "she is Mrs in the list"),
    ("{Orla Tew}. Sympathy to the [Tew] family.", "1-", "a family"),
    ("{A Wood}, {B Wood}. Both Cllrs [Wood] left.", "12-", "both"),
    ("{Bill} + {Jean ROSE}. [ROSE] (B) spoke.", "121", "a couple in the list, with a plus"),
    ("{Brian Rose}. [Rose] ([Sid]'s [Rose]) came.", "112-", "somebody's wife"),
    ("{Maud Hill}, {Brian Rose}. Tea: [Maud] and [Rose].", "121-", "given names in a row"),
]  # fmt: skip
ANTECEDENTS = [
    ("Cllr {P Hill}, Cllr {M Hill}.\n\n1. Roads. Cllr [M Hill] asked. Cllr [Hill] left.", "1222",
     "named before in the item"),
    ("Cllr {P Hill}, Cllr {M Hill}.\n\n1. Cllr [M Hill] asked.\n\n2. Cllr [Hill] left.", "122-",
     "named before in another item"),
    ("Cllr {P Hill}, Cllr {M Hill}.\n\n1. Cllrs [P Hill] and [M Hill]. Cllr [Hill]", "1212-",
     "both named before"),
    ("Cllr {Bríd Ely}, Sgt {B Ely}, Ms {L Ely}. Ms [Ely] spoke.", "1233", "who is Ms in the list"),
    ("Cllr {Ely}, {Bob Ely} and {Eve Ely}. Mr [Ely] spoke.", "1232", "a member is Cllr, not Mr"),
    ("{Priya Nair}, {Priya Menon|||apologies}. [Priya] asked why.", "121", "the absent do not ask"),
    ("{Priya Nair}, {Priya Menon|||apologies}. A card to [Priya].", "12-", "but may get cards"),
    ("THE LATE MR [RUDD]. [Les Rudd]'s sister, [Josie Rudd], came.", "112", "a heading before"),
    ("Mr {B. Futter}.\n\n1. Chair. Mr [Futter] left. We thanked [Brian].", "111",
     "a given name of which the list has the initial"),
    ("Mr {B. Futter}.\n\n1. Chair. We thanked [Brian].", "12", "nobody of it was named there"),
    ("{Noel Ely|Deputy}, {N. Ely|Councillor}. Deputy [Ely]. Cllr [Ely].", "1212", "a deputy"),
    ("Cllr {Tom Hall}. PC {Hall}. Cllr [Hall] (no relation) spoke.", "121", "said of the member"),
]  # fmt: skip
NAMESAKES = [
    ("{Ian Bain||Drochaid}, {Ian Bain||Torran}. [Ian Bain] (Torran) rose.", "122", "the bracket"),
    ("{Ian Bain||Drochaid}, {Ian Bain||Torran}. The [Ian Bain] who rose was Torran.", "122",
     "the sentence"),
    ("{Ian Bain||Drochaid}, {Ian Bain||Torran}. [Ian Bain] spoke.", "12-", "nothing tells"),
    ("{Ian Bain||Ely TC}. Apologies: {Ian Bain||Ely TC|apologies}.", "11", "one listed twice"),
    ("Supt {Mohammed Iqbal|Supt|Police}, {Mohammad Iqbal|Manager|Probation} ([Mo]). [M Iqbal] "
     "(Probation), Supt [M Iqbal], [Mo Iqbal], [M Iqbal]", "122212-",
     "spellings of one name"),
    ("Mr {R Dorn} (Senior), Mr {R Dorn} (Junior). Mr [Dorn] senior.\n\n2. Mr [Dorn]", "121-",
     "the age"),
    ("{Bob Dorn Snr}, {Bob Dorn Jnr}. [Bob Dorn] Jnr spoke.", "122", "the age in the name"),
    ("Dr {P Kent}, Cllr {P Kent}. Dr [P Kent], Cllr [P Kent], [P Kent].", "1212-", "the title"),
    ("Cllr Mrs {J Dorn}, Cllr {J Dorn}. Cllr Mrs [J Dorn] left.", "121", "the honorific"),
    ("Cllr {A Dorn}. Old Mr [Dorn] came.", "12", "the elder"),
]  # fmt: skip
STRANGERS = [
    ("Cllr {J Dorn}.\n\n1. Public. Mr [John Dorn], Mill Lane, objected. Mr [Dorn] left.", "122",
     "a resident"),
    ("{Ann Dorn}.\n\n1. Mrs [Dorn] of 3 Hill Street asked.", "12", "with a number"),
    ("Clerk: Mrs [H Dorn], Mill Lane, Ely. Present: Mrs {Hazel Dorn}.", "11", "the clerk's own"),
    ("Cllr {M. Ely} (Chair). Mr [M. Ely], Upton (\"not the Chairman\"), wrote.", "12", "not the"),
    ("Cllr {J Dorn}. [John Dorn] signed.", "11", "in full, when nobody else has the initial"),
    ("Cllr {J Dorn}. [John Dorn] and [Jane Dorn] wrote.", "123", "two may have it"),
]  # fmt: skip
HALVES = [
    ("Cllr {St John-Wood}, Cllr {A Hill}. Cllr [Wood] asked. [Wood] left.", "1211", "half a name"),
    ("Cllr {R Orr-Wood}, Cllr {A Wood}. Cllr [Wood] asked.", "122", "another has it"),
    ("Cllr {R Orr-Wood}. Mr [Wood] asked.", "12", "another title"),
    ("{Katarzyna Orr}. [K. Orr-Lund] and Mrs [Orr-Lund] spoke.", "111", "since a marriage"),
    ("{Ann Orr}. [B. Orr-Lund] spoke.", "12", "another initial"),
    ("{Una Mhic Rua}.\n\nNot voting: [Mhic]\n\n[Rua].", "111", "torn by a page break"),
    ("We thank the alliance and Deputy [Tony]\n\n[Mac-Kerr].", "11", "torn, and nowhere else"),
    ("{Maxine DE SOUZA}. [DE SOUZA] spoke.", "11", "a particle in capitals"),
    ("{Pat Joe Wynne}, {Pat Dunn}. [Pat Joe] spoke.", "121", "two given names"),
]  # fmt: skip
OTHER_NAMES = [
    ('{Ron Warren} ("[Bunny]"). [Bunny] spoke.', "111", "in quotation marks"),
    ('Quiz by "[Brains]" [Hobday].', "11", "before the surname"),
    ("{Máirtín Ó Sé} ([Martin Shea]). Cllr [Ó Sé] spoke.", "111", "in another language"),
    ("Cllr {Ed Hill} ([Ann Dale]). [Dale] spoke.", "122", "a substitute in brackets"),
    ("Chair: {Sue Hill} (formerly [Bob Dale]).", "12", "who held the office before"),
    ("{Sue Hill}, formerly [Sue Dale]. [Dale] spoke.", "111", "a former name"),
    ('{X Zhang}. "Ms [Zang]" in minute 9 should read Ms [Zhang].', "111", "put right"),
    ('{Olu Banks}. "[Olly Banks]" should read [Olu Banks]. [Oliver] spoke.', "1111",
     "by what the name put right is short for"),
    ('{X Shaw}, {Y Show}. "Ms [Show]" should read Ms [Shaw].', "1221", "whose name it also is"),
    ("{Kay Wright} ([KW]), {Kim Wills} (also [KW]). Action: [KW]", "1122-", "initials of two"),
    ("{Ann Dorn} (AD), {Alan Dale} (AGD). Action: [AD].", "121", "a key behind each name"),
    ("{Ann Dorn}, {Alan Dale}. AD = [Ann Dorn]. Action: [AD].", "1211", "a key before the name"),
]  # fmt: skip
FAMILIES = [
    ("{Bill Tew}. Thanks to [Bill] and [Peg Tew] on a grandson, also [Bill].", "112-",
     "a grandson of the same name"),
    ("{Bill Tew}. A minute's silence for the late [Bill Tew]. Mr [Tew] asked. Mr [Tew]", "121-",
     "the dead"),
    ("Cllr {A Tew}. The late Cllr Mrs [Tew] gave the bench.", "12", "dead, of the same office"),
    ("{Ann Tew}. Flowers for Sue and baby [Ann].", "1-", "a baby"),
    ("{Ed Tew}. [Ed Tew] and his son [Ed Tew] came.", "11-", "a son named in full"),
    ("{Ed Tew}. A letter from a Mr [Tew] was read.", "12", "a certain Mr"),
    ("Miss [Slee] is a cousin of [Lorna]. [Lorna Slee] spoke.", "--1", "before the name in full"),
    ("{Lorna Slee}. Miss [Slee] is a cousin of [Lorna].", "1--", "a cousin of the one Slee"),
    (f"[Ken Tew] sent his daughter [Kelly]. {'All rose. ' * 20}\n\n1. [Kelly Tew] paid.\n\n"
     "2. [Kelly] read. Mr [Tew] left.", "12221", "her gender from her kinship"),
    ("[Ken Tew] wrote.\n\n1. [Kelly Tew] paid. Mr [Tew] left.", "12-", "who may be neither"),
    ("[Ken Tew] wrote.\n\n1. [Sue Tew] paid. Mr [Tew] left.", "121", "who is no woman"),
    ("{George Tew} (Snr), {George Tew} (Jnr). Young [George] left.", "122", "the younger"),
    ("Mr {L Tew}. Young [Tew] has a tractor.", "12", "somebody younger"),
    ("{Dominic Tew}. Father [Dominic] asked. Sister [Agnes] left.", "112", "clergy are no family"),
    ("{Theresa Orr} ([TO]). [TO] is not [T Orr-Lund], her cousin.", "1112", "said to be another"),
    ("{X Nair}. Dr [Nair] is not \"Dr [Nairn]\".", "111", "said to be a misprint"),
    ("{Jean Tew}. [Will] took the middle, [Jean] the first.", "121", "the first of several"),
]  # fmt: skip
PARTICLES = [
    ("PCSO {Rue}, {DE LA RUE Simon}. [De La Rue] rose. [DE LA RUE], [S. de la Rue]. PCSO [Rue].",
     "122221", "a word of another surname"),
    ("{Jan VAN DER BERG}, {A. Berg}. Mr [van der Berg] and Mr [Berg].", "1212", "two particles"),
    ("{DE SOUZA Ann}. Mrs [de Souza]", "11", "one particle"),
]  # fmt: skip
WRITTEN = [
    ("Insp. (Mr. {J}.\n{Grennan})", "12", "two entries"),
    ("{Tommy} \"[Slater]\" [Benn]. [Slater] and [Tommy] left.", "11111", "around a nickname"),
    ("{Big Kev Nelson}, {Little Kev}. [Big Kev] left. [Little Kev] stayed.", "1212", "an epithet"),
    ("[Maud] has a brush.\n\n1. [Cyril] and [Maud Tew] wrote. [Maud] left.", "1211",
     "named in full later and so called again"),
    ("[Maud] has a brush.\n\n1. Mr and Mrs [Tew], or [Maud Tew], wrote.", "1-2", "but not again"),
    ("{Jo Lamb}, {STAN WALTER}. [STAN] hung it.", "122", "a given name in capitals"),
    ("Present: [LAMB].\n\n1. Cllr [Lamb] spoke.", "11", "a surname in capitals"),
    ('{Sevgi Yilmaz}. Item 6, for "[Sergei Yilmaz]" read "[Sevgi Yilmaz]".', "111", "put right"),
    ('{Sevgi Yilmaz}. [Sam Yilmaz] left. For "[Sam Yilmaz]" read "[Sevgi Yilmaz]".', "1221",
     "put right, but somebody"),
    ('{BERRYMAN Joan}, {BERRIMAN Jon}. For "Mrs [Berriman] rose" read "Mrs [Berryman]". '
     'Mr [Berriman] left. A letter to Mr [J Berryman].', "121122", "whose names are alike"),
]  # fmt: skip
KINDS = [*COUPLES, *ANTECEDENTS, *NAMESAKES, *STRANGERS, *HALVES, *OTHER_NAMES]
KINDS += [*FAMILIES, *PARTICLES, *WRITTEN]


@pytest.mark.parametrize(
    ("marked", "who", "why"), KINDS, ids=[f"{m[:25]}: {w}" for m, _, w in KINDS]
)
def test_kinds(marked: str, who: str, why: str) -> None:
    assert identify(marked) == who, why


NAMES = [
    ("Gearóid Ó Sé", ("gearoid",), "o se", "a short surname with an accent is no initials"),
    ("O. Fane-Gladwin", ("o",), "fane-gladwin", "an initial with its dot is no particle"),
    ("Ann DE SOUZA", ("ann",), "de souza", "a particle in capitals behind a given name"),
    ("DE Hill", ("d", "e"), "hill", "initials"),
]


@pytest.mark.parametrize(("printed", "given", "surname", "why"), NAMES, ids=[n[-1] for n in NAMES])
def test_names(printed: str, given: tuple[str, ...], surname: str, why: str) -> None:
    name = read_name(printed)
    assert (name.given, name.surname) == (given, surname), why


@pytest.mark.parametrize(
    "unit",
    [
        '{Ron Dorn|x|A} ("[Bunny]") (',
        "{Ron Dorn|x|Place%d}, ",
        '"[Dorn%d]" should read [Dorm%d]. ',
        "[Ann Dorn] (also known as [Ann Pym]) ",
        "{Ann Orr-Dorn%d} [Orr] ",
        "[Mill Lane], Mill Lane Lane Lane Lane ",
    ],
)
def test_hostile_documents_are_resolved(unit: str) -> None:
    marked = "".join(unit.replace("%d", chr(97 + i % 26) * (i % 7)) for i in range(4000))
    assert len(identify(marked)) >= len(_MARKED.findall(marked))
