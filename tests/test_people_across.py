"""Who is joined across the meetings of a body, and who is left apart: tables, each row a reason."""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Iterable, Sequence
from hashlib import sha256
from pathlib import Path
from typing import NamedTuple

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kcsp_nlp.people.agreeing import nearest
from kcsp_nlp.people.appearances import read_appearances
from kcsp_nlp.people.listing import Listing, list_people
from kcsp_nlp.people.overrides import Merge, Overrides, Split, apply_overrides
from kcsp_nlp.people.person import Person
from kcsp_nlp.people.relinking import relink
from kcsp_nlp.people.resolving import resolve
from kcsp_nlp.record_lines import write
from kcsp_nlp.records import Affiliation, Attendee, Item, Meeting, Model, PersonSpan, Record

BODY = "Thorley Marsh Safety Partnership"


class Seen(NamedTuple):
    """Somebody at one meeting: as whom a test expects them, when, and how they are written."""

    who: str
    date: str | None
    name: str
    honorific: str = ""
    role: str | None = None
    organisation: str | None = None
    body: str | None = BODY
    attended: bool = True

    @property
    def id(self) -> str:
        """The identity that one file gives: of the body for a name in full, else of the file."""
        own = self.date if " " not in self.name or self.body is None else ""
        named = f"{self.body}\n{own}\n{self.name}\n{self.honorific if own else ''}"
        return f"person:{sha256(named.encode()).hexdigest()[:16]}"


def record_of(meeting: tuple[str | None, str | None], people: Sequence[Seen]) -> Record:
    """Return the record of a meeting at which some people are named, one on a line."""
    body, date = meeting
    text = ""
    spans, attendance, affiliations = [], [], []
    for each in people:
        text += f"{each.honorific} " if each.honorific else ""
        start, end = len(text), len(text) + len(each.name)
        text += f"{each.name} spoke.\n\n"
        spans.append(
            PersonSpan(start=start, end=end, text=each.name, canonical=each.name, id=each.id)
        )
        stated = Affiliation(
            start=start,
            end=end,
            person=each.id,
            name=each.name,
            role=each.role,
            organisation=each.organisation,
        )
        if each.attended:
            attendance.append(Attendee(**stated.model_dump(), status="present"))
        elif each.role or each.organisation:
            affiliations.append(stated)
    digest = sha256(f"{body} {date} {text}".encode()).hexdigest()
    return Record(
        id=f"{digest[:16]}:0",
        meeting=Meeting(
            id=digest[:16], source=f"{date}.txt", sha256=digest, body=body, date=date, venue=None
        ),
        item=Item(index=0, kind="front"),
        offset=0,
        text=text,
        spans=tuple(spans),
        attendance=tuple(attendance),
        affiliations=tuple(affiliations),
        model=Model(name="test", version="0"),
    )


def records_of(seen: Iterable[Seen]) -> list[Record]:
    meetings: dict[tuple[str | None, str | None], dict[str, Seen]] = defaultdict(dict)
    for each in seen:
        meetings[each.body, each.date].setdefault(each.id, each)
    return [record_of(meeting, list(people.values())) for meeting, people in meetings.items()]


def saved(records: Sequence[Record], folder: Path, name: str = "records.jsonl") -> Path:
    path = folder / name
    with path.open("w", encoding="utf-8", newline="\n") as stream:
        write(records, stream)
    return path


def listed(
    *files: Path, overrides: Overrides | None = None, previous: Sequence[Person] = ()
) -> Listing:
    appearances = read_appearances(files).appearances
    rulings, _ = apply_overrides(
        overrides or Overrides(), {each.id for each in appearances}, previous
    )
    return list_people(resolve(appearances, rulings), rulings.names, previous)


def partition(seen: Sequence[Seen], folder: Path) -> set[frozenset[str]]:
    """Return which of the expected people came out as one."""
    final = listed(saved(records_of(seen), folder)).final
    documents = {record.meeting.date: record.meeting.id for record in records_of(seen)}
    groups: dict[str, set[str]] = defaultdict(set)
    for each in seen:
        groups[final[documents[each.date], each.id]].add(f"{each.who} {each.name} {each.date}")
    return {frozenset(group) for group in groups.values()}


def wanted(seen: Sequence[Seen]) -> set[frozenset[str]]:
    groups: dict[str, set[str]] = defaultdict(set)
    for each in seen:
        groups[each.who].add(f"{each.who} {each.name} {each.date}")
    return {frozenset(group) for group in groups.values()}


CASES = {
    "the same name at two meetings is one person": [
        Seen("a", "2019-01-10", "Peter Hill"),
        Seen("a", "2021-01-10", "Peter Hill"),
    ],
    "an initial fits the only one it can stand for": [
        Seen("a", "2019-01-10", "P Hill"),
        Seen("a", "2019-04-10", "Peter Hill"),
    ],
    "an initial that fits two people is neither": [
        Seen("a", "2019-01-10", "P Hill"),
        Seen("b", "2019-04-10", "Peter Hill"),
        Seen("c", "2019-04-10", "Paul Hill"),
    ],
    "an office decides between two whom an initial fits": [
        Seen("a", "2019-01-10", "P Hill", role="Clerk to the Board"),
        Seen("a", "2019-04-10", "Peter Hill", role="Clerk to the Board"),
        Seen("c", "2019-04-10", "Paul Hill", role="Treasurer"),
    ],
    "an office that both candidates have held decides nothing": [
        Seen("a", "2019-01-10", "P Hill", role="Chairman"),
        Seen("b", "2019-04-10", "Peter Hill", role="Chairman"),
        Seen("c", "2020-04-10", "Paul Hill", role="Chairman"),
    ],
    "an organisation decides between two whom an initial fits": [
        Seen("a", "2019-01-10", "P Hill", organisation="Marsh Fire Service"),
        Seen("a", "2019-04-10", "Peter Hill", organisation="Marsh Fire Service"),
        Seen("c", "2019-04-10", "Paul Hill", organisation="Dune Valley Probation"),
    ],
    "an organisation that both candidates are of decides nothing": [
        Seen("a", "2019-01-10", "P Hill", organisation="Marsh Fire Service"),
        Seen("b", "2019-04-10", "Peter Hill", organisation="Marsh Fire Service"),
        Seen("c", "2019-04-10", "Paul Hill", organisation="Marsh Fire Service"),
    ],
    "councillor is no office that decides: many hold it": [
        Seen("a", "2019-01-10", "P Hill", "Cllr", role="Councillor"),
        Seen("b", "2019-04-10", "Peter Hill", "Cllr", role="Councillor"),
        Seen("c", "2019-04-10", "Paul Hill"),
    ],
    "a middle initial is the name in use, with the same honorific": [
        Seen("a", "2019-01-10", "P M Hill", "Mr"),
        Seen("a", "2019-04-10", "Mike Hill"),
    ],
    "a middle initial alone, nothing else known, is not enough": [
        Seen("a", "2019-01-10", "P M Hill"),
        Seen("b", "2019-04-10", "M Hill"),
    ],
    "a middle initial of a woman is not Mike": [
        Seen("a", "2019-01-10", "P M Hill", "Mrs"),
        Seen("b", "2019-04-10", "Mike Hill"),
    ],
    "a nickname is the name": [
        Seen("a", "2010-01-10", "Michael Rudkin"),
        Seen("a", "2021-04-10", "Mike Rudkin"),
    ],
    "a nickname of two names fits both": [
        Seen("a", "2019-01-10", "Al Rudkin"),
        Seen("b", "2019-04-10", "Alan Rudkin"),
        Seen("c", "2019-07-10", "Albert Rudkin"),
    ],
    "a middle name more or less does not matter": [
        Seen("a", "2019-01-10", "Peter Hill"),
        Seen("a", "2021-04-10", "Peter J Hill"),
    ],
    "two middle initials are two people, and the name without is neither": [
        Seen("a", "2019-01-10", "Peter Hill"),
        Seen("b", "2019-04-10", "Peter J Hill"),
        Seen("c", "2019-07-10", "Peter T Hill"),
    ],
    "two at one table are two, however alike": [
        Seen("a", "2019-01-10", "Peter Hill"),
        Seen("b", "2019-01-10", "P Hill"),
        Seen("a", "2019-04-10", "Peter Hill"),
    ],
    "who fits two of one table is neither": [
        Seen("a", "2019-01-10", "Peter Hill"),
        Seen("b", "2019-01-10", "P Hill"),
        Seen("c", "2019-04-10", "Peter J Hill"),
    ],
    "a chain of forms does not join its ends": [
        Seen("a", "2019-01-10", "Peter Hill"),
        Seen("b", "2019-04-10", "P Hill"),
        Seen("c", "2019-07-10", "Paula Hill"),
    ],
    "Mr and Mrs of one initial are two": [
        Seen("a", "2019-01-10", "P Hill", "Mr"),
        Seen("b", "2019-04-10", "Petra Hill", "Mrs"),
    ],
    "a constable is no councillor": [
        Seen("a", "2019-01-10", "P Hill", "PC"),
        Seen("b", "2019-04-10", "Peter Hill", "Cllr"),
    ],
    "a constable is promoted": [
        Seen("a", "2019-01-10", "Peter Hill", "PC"),
        Seen("a", "2020-04-10", "P Hill", "Sgt"),
    ],
    "an initial a decade later is somebody else's": [
        Seen("a", "2005-01-10", "P Hill"),
        Seen("b", "2019-04-10", "Peter Hill"),
    ],
    "an initial a decade later is joined over the meetings between": [
        Seen("a", "2005-01-10", "P Hill"),
        Seen("a", "2009-04-10", "Peter Hill"),
        Seen("a", "2014-01-10", "Peter Hill"),
    ],
    "an initial a decade later, in the same office": [
        Seen("a", "2005-01-10", "P Hill", role="Town Warden"),
        Seen("a", "2019-04-10", "Peter Hill", role="Town Warden"),
    ],
    "an initial a decade later, of the same large organisation": [
        Seen("a", "2005-01-10", "P Hill", organisation="Marsh Fire Service"),
        Seen("b", "2019-04-10", "Peter Hill", organisation="Marsh Fire Service"),
    ],
    "a middle initial as name a decade later, in the same office": [
        Seen("a", "2005-01-10", "P M Hill", "Mr", role="Chairman"),
        Seen("a", "2019-04-10", "Mike Hill", role="Chairman"),
    ],
    "an initial and no date: only with an office": [
        Seen("a", None, "P Hill"),
        Seen("b", "2019-04-10", "Peter Hill"),
    ],
    "an initial and no date, with an office": [
        Seen("a", None, "P Hill", role="Clerk to the Board"),
        Seen("a", "2019-04-10", "Peter Hill", role="Clerk to the Board"),
    ],
    "an initial of another organisation is another person": [
        Seen("a", "2019-01-10", "P Hill", organisation="Marsh Fire Service"),
        Seen("b", "2019-04-10", "Peter Hill", organisation="Dune Valley Probation"),
    ],
    "a surname alone is the only one of that surname": [
        Seen("a", "2019-01-10", "Hill", "Mr", attended=False),
        Seen("a", "2019-04-10", "Peter Hill", "Mr"),
    ],
    "a surname alone that fits two is neither": [
        Seen("a", "2019-01-10", "Hill", "Mr", attended=False),
        Seen("b", "2019-04-10", "Peter Hill"),
        Seen("c", "2019-07-10", "Paul Hill"),
    ],
    "a surname alone that fits two, one long ago, is neither": [
        Seen("a", "2019-01-10", "Hill", "Mr", attended=False),
        Seen("b", "2019-04-10", "Peter Hill"),
        Seen("c", "2009-07-10", "Paul Hill"),
    ],
    "an honorific leaves one of two": [
        Seen("a", "2019-01-10", "Hill", "Mrs", attended=False),
        Seen("b", "2019-04-10", "Peter Hill"),
        Seen("a", "2019-07-10", "Paula Hill"),
    ],
    "a surname alone two years on is not certain": [
        Seen("a", "2019-01-10", "Hill", "Mr", attended=False),
        Seen("b", "2021-04-10", "Peter Hill"),
    ],
    "a surname alone without a date is not certain": [
        Seen("a", None, "Hill", "Mr", attended=False),
        Seen("b", "2021-04-10", "Peter Hill"),
    ],
    "a disagreeing honorific": [
        Seen("a", "2019-01-10", "Hill", "Mrs", attended=False),
        Seen("b", "2019-04-10", "Peter Hill"),
    ],
    "a disagreeing office": [
        Seen("a", "2019-01-10", "Hill", "Mr", role="Head of Housing", attended=False),
        Seen("b", "2019-04-10", "Peter Hill", role="Town Warden"),
    ],
    "a constable alone is nobody of whom no rank is known": [
        Seen("a", "2019-01-10", "Hill", "PC", attended=False),
        Seen("b", "2019-04-10", "Peter Hill"),
    ],
    "Mr is not said to a councillor": [
        Seen("a", "2019-01-10", "Hill", "Mr", attended=False),
        Seen("b", "2019-04-10", "Peter Hill", "Cllr"),
    ],
    "a councillor may be listed without the title": [
        Seen("a", "2019-01-10", "Hill", "Cllr", attended=False),
        Seen("a", "2019-04-10", "Peter Hill"),
    ],
    "somebody merely mentioned draws no surname": [
        Seen("a", "2019-01-10", "Hill", "Mr", attended=False),
        Seen("b", "2019-04-10", "Peter Hill", "Mr", attended=False),
    ],
    "a surname with nothing before it, in no list, is not addressed": [
        Seen("a", "2019-01-10", "Rudkin", attended=False),
        Seen("b", "2019-04-10", "Peter Rudkin"),
    ],
    "a given name alone is no surname": [
        Seen("a", "2019-01-10", "Grant"),
        Seen("b", "2019-04-10", "Peter Grant"),
    ],
    "two surnames alone, nothing else known": [
        Seen("a", "2019-01-10", "Hill", "Mr", attended=False),
        Seen("b", "2019-04-10", "Hill", "Mr", attended=False),
    ],
    "two surnames alone of one office": [
        Seen("a", "2019-01-10", "Hill", "Mr", role="Town Warden", attended=False),
        Seen("a", "2019-04-10", "Hill", "Mr", role="Town Warden", attended=False),
    ],
    "Mr Hill and Mrs Hill cannot both be P Hill": [
        Seen("a", "2019-01-10", "Hill", "Mr", attended=False),
        Seen("b", "2019-02-10", "Hill", "Mrs", attended=False),
        Seen("c", "2019-04-10", "P Hill"),
    ],
    "a misspelling with the same initial and organisation": [
        Seen("a", "2019-01-10", "N Wickens", organisation="Marsh Fire Service"),
        Seen("a", "2019-04-10", "N Wickins", organisation="Marsh Fire Service"),
    ],
    "a misspelling with the same office, and the name in full": [
        Seen("a", "2019-01-10", "S Annan-Vetch", role="Policy Advisor"),
        Seen("a", "2019-04-10", "Sarah Annan-Veitch", role="Policy Advisor"),
    ],
    "a like surname without an office in common is another surname": [
        Seen("a", "2019-01-10", "N Wickens"),
        Seen("b", "2019-04-10", "N Wickins"),
    ],
    "the body that met is no organisation in common": [
        Seen("a", "2019-01-10", "N Wickens", organisation="Thorley Marsh"),
        Seen("b", "2019-04-10", "N Wickins", organisation="Thorley Marsh"),
    ],
    "look-alikes at one table are two surnames at every table": [
        Seen("a", "2019-01-10", "Jack Sheehan", organisation="Marsh Fire Service"),
        Seen("b", "2019-01-10", "Rose Sheahan", organisation="Marsh Fire Service"),
        Seen("c", "2019-04-10", "J Sheahan", organisation="Marsh Fire Service"),
    ],
    "a misspelling that fits two is neither": [
        Seen("a", "2019-01-10", "N Wickins", organisation="Marsh Fire Service"),
        Seen("b", "2019-04-10", "Neil Wickens", organisation="Marsh Fire Service"),
        Seen("c", "2019-04-10", "Norma Wickens", organisation="Marsh Fire Service"),
    ],
}


@pytest.mark.parametrize("reason", CASES)
def test_who_is_one_and_who_is_not(reason: str, tmp_path: Path) -> None:
    seen = CASES[reason]
    assert partition(seen, tmp_path) == wanted(seen)


def test_two_bodies_never_share_a_person(tmp_path: Path) -> None:
    seen = [
        Seen("a", "2019-01-10", "Peter Hill"),
        Seen("b", "2019-01-11", "Peter Hill", body="Dune Valley Forum"),
        Seen("c", "2019-01-12", "Peter Hill", body=None),
        Seen("d", "2019-01-13", "P Hill", body=None),
    ]
    assert partition(seen, tmp_path) == wanted(seen)


def test_a_body_is_known_by_its_folded_name(tmp_path: Path) -> None:
    seen = [
        Seen("a", "2019-01-10", "P Hill"),
        Seen("a", "2019-04-10", "Peter Hill", body=f"The {BODY.upper()}"),
    ]
    assert partition(seen, tmp_path) == wanted(seen)


@pytest.mark.parametrize(
    ("one", "other", "days", "reason"),
    [
        ({(10, 10)}, {(14, 14)}, 4, "days between two days"),
        ({(14, 14)}, {(10, 10)}, 4, "whichever comes first"),
        ({(10, 10), (90, 90)}, {(100, 100)}, 10, "the nearest meetings count"),
        ({(0, 30)}, {(31, 31)}, 31, "a month may be its first day"),
        ({(0, 365)}, {(0, 365)}, 365, "the same year may be its two ends"),
        (set(), {(1, 1)}, None, "no date is not near"),
    ],
)
def test_how_near_meetings_are(
    one: set[tuple[int, int]], other: set[tuple[int, int]], days: int | None, reason: str
) -> None:
    assert nearest(one, other) == days, reason


def test_a_surname_borne_by_too_many_is_left_alone(tmp_path: Path) -> None:
    names = [f"{one}{other}" for one in "BCDFGHKLMN" for other in ("arnabo", "endrik", "ovindo")]
    seen = [
        Seen(f"{name} {n}", f"20{n:02}-01-10", f"{name} {n * 'X'} Hill".replace("  ", " "))
        for n in range(1, 4)
        for name in names
    ]
    listing = listed(saved(records_of(seen), tmp_path))
    assert len(listing.people) == len(seen)


# Identifiers, names and roles of the list.

PETER = [
    Seen("a", "2019-01-10", "P Hill", "Mr", role="Chairman", organisation="Marsh Fire Service"),
    Seen("a", "2019-04-10", "Peter Hill", "Mr", role="Chairman"),
    Seen("a", "2019-07-10", "Hill", "Mr", attended=False),
]


def test_a_person_of_the_list(tmp_path: Path) -> None:
    (person,) = listed(saved(records_of(PETER), tmp_path)).people
    assert person.id == PETER[0].id, "the identity of the first meeting"
    assert person.name == "Peter Hill"
    assert person.names == ("Hill", "P Hill", "Peter Hill")
    assert person.members == tuple(sorted(each.id for each in PETER))
    assert person.bodies == (BODY,)
    assert (person.meetings, person.mentions) == (3, 3)
    assert (person.first, person.last) == ("2019-01-10", "2019-07-10")
    assert [(role.role, role.organisation, role.first, role.last) for role in person.roles] == [
        ("Chairman", "Marsh Fire Service", "2019-01-10", "2019-01-10"),
        ("Chairman", None, "2019-04-10", "2019-04-10"),
    ]


def test_who_stands_only_in_the_list_of_attendance_counts(tmp_path: Path) -> None:
    (record,) = records_of(PETER[:1])
    path = saved([record.model_copy(update={"spans": ()})], tmp_path)
    (person,) = listed(path).people
    assert (person.name, person.names, person.mentions) == ("P Hill", ("P Hill",), 1)


def test_a_record_that_stands_twice_counts_once(tmp_path: Path) -> None:
    path = saved(records_of(PETER), tmp_path)
    assert read_appearances([path, path]).repeated == len(PETER)
    assert listed(path, path) == listed(path)


def test_the_list_is_sorted_by_body_and_surname(tmp_path: Path) -> None:
    seen = [
        Seen("a", "2019-01-10", "Zoe Abbot"),
        Seen("b", "2019-01-10", "Adam Zell"),
        Seen("c", "2019-01-10", "Bea Moss", body="Alder Forum"),
    ]
    people = listed(saved(records_of(seen), tmp_path)).people
    assert [person.name for person in people] == ["Bea Moss", "Zoe Abbot", "Adam Zell"]


def test_an_earlier_list_keeps_its_identifiers(tmp_path: Path) -> None:
    later = saved(records_of(PETER[1:]), tmp_path, "later.jsonl")
    everything = saved(records_of(PETER), tmp_path)
    previous = listed(later).people
    assert previous[0].id == PETER[1].id
    assert listed(everything).people[0].id == PETER[0].id
    (person,) = listed(everything, previous=previous).people
    assert person.id == PETER[1].id


def test_an_earlier_identifier_goes_to_one_person_only(tmp_path: Path) -> None:
    path = saved(records_of(PETER), tmp_path)
    previous = listed(path).people
    split = Overrides(split=(Split(person=PETER[0].id, members=(PETER[0].id,)),))
    people = listed(path, overrides=split, previous=previous).people
    assert sorted(person.id for person in people) == sorted([PETER[0].id, PETER[1].id])
    assert next(p for p in people if p.id == PETER[0].id).members == (PETER[0].id,)


# What an analyst says.


def test_a_merge_joins_whom_nothing_else_does_even_across_bodies(tmp_path: Path) -> None:
    seen = [
        Seen("a", "2019-01-10", "Peter Hill"),
        Seen("a", "2019-01-11", "Spike Hill", body="Dune Valley Forum"),
    ]
    merge = Merge(people=(seen[0].id, seen[1].id), name="Peter 'Spike' Hill")
    path = saved(records_of(seen), tmp_path)
    (person,) = listed(path, overrides=Overrides(merge=(merge,))).people
    assert person.name == "Peter 'Spike' Hill"
    assert person.bodies == ("Dune Valley Forum", BODY)


def test_members_split_off_are_another_person(tmp_path: Path) -> None:
    path = saved(records_of(PETER), tmp_path)
    split = Split(person=PETER[0].id, members=(PETER[2].id,), name="Wilfred Hill")
    people = listed(path, overrides=Overrides(split=(split,))).people
    assert {person.name: person.members for person in people} == {
        "Peter Hill": tuple(sorted(each.id for each in PETER[:2])),
        "Wilfred Hill": (PETER[2].id,),
    }


@pytest.mark.parametrize("by", ["id", "source"])
def test_documents_split_off_are_another_person(by: str, tmp_path: Path) -> None:
    seen = [Seen("a", f"20{year}-01-10", "Peter Hill") for year in (17, 18, 19)]
    records = records_of(seen)
    document = records[1].meeting.id if by == "id" else "2018-01-10.txt"
    path = saved(records, tmp_path)
    entry = Split(person=seen[0].id, documents=(document,))
    listing = listed(path, overrides=Overrides(split=(entry,)))
    assert sorted(person.meetings for person in listing.people) == [1, 2]
    apart = next(person for person in listing.people if person.meetings == 1)
    assert (apart.id, apart.first) == (entry.apart, "2018-01-10")
    relinked = tmp_path / "relinked.jsonl"
    relinked.write_text("".join(relink([path], listing.final)), encoding="utf-8")
    again = listed(relinked, overrides=Overrides(split=(entry,)))
    assert [person.id for person in again.people] == [person.id for person in listing.people]


def test_nothing_is_joined_to_whom_an_analyst_split_off(tmp_path: Path) -> None:
    new = Seen("b", "2019-10-10", "Peter J Hill", "Mr")
    split = Split(person=PETER[0].id, members=(PETER[1].id,))
    path = saved(records_of([*PETER, new]), tmp_path)
    people = listed(path, overrides=Overrides(split=(split,))).people
    assert (PETER[1].id,) in {person.members for person in people}


def test_an_identity_of_relinked_records_is_found_by_the_earlier_list(tmp_path: Path) -> None:
    path = saved(records_of([*PETER, Seen("b", "2019-01-10", "Ann Moss")]), tmp_path)
    listing = listed(path)
    relinked = tmp_path / "relinked.jsonl"
    relinked.write_text("".join(relink([path], listing.final)), encoding="utf-8")
    known = {each.id for each in read_appearances([relinked]).appearances}
    ann = Seen("b", "2019-01-10", "Ann Moss").id
    merge = Overrides(merge=(Merge(people=(PETER[1].id, ann)),))
    assert apply_overrides(merge, known)[1] == [
        f"[[merge]] 1: nobody in these records is {PETER[1].id}"
    ]
    rulings, warnings = apply_overrides(merge, known, listing.people)
    assert not warnings
    assert set(rulings.merged) == {PETER[0].id, ann}


# What always holds.

NAMES = """Hill, P Hill, Peter Hill, Paul Hill, P M Hill, Mike Hill, Michael Hill, Peter J Hill,
Wickens, N Wickens, N Wickins, Nigel Wickens, Neil Wickins"""

_people = st.builds(
    Seen,
    who=st.just("?"),
    date=st.sampled_from(["2018-02-01", "2018-09", "2019-03-03", "2024-05-05", "2031", None]),
    name=st.sampled_from(NAMES.replace("\n", " ").split(", ")),
    honorific=st.sampled_from(["", "Mr", "Mrs", "Cllr", "PC"]),
    role=st.sampled_from([None, "Clerk", "Treasurer", "Councillor"]),
    organisation=st.sampled_from([None, "Marsh Fire Service", "Dune Valley Probation"]),
    body=st.sampled_from([BODY, "Dune Valley Forum", None]),
    attended=st.booleans(),
)
_seen = st.lists(_people, min_size=1, max_size=14)


@given(_seen)
def test_nobody_of_one_document_and_of_two_bodies_is_joined(
    tmp_path_factory: pytest.TempPathFactory, seen: list[Seen]
) -> None:
    final = listed(saved(records_of(seen), tmp_path_factory.mktemp("r"))).final
    for document in {document for document, _ in final}:
        here = [last for (held, _), last in final.items() if held == document]
        assert len(set(here)) == len(here)
    meetings = [record.meeting for record in records_of(seen)]
    bodies = {meeting.id: meeting.body or meeting.id for meeting in meetings}
    reach: dict[str, set[str]] = defaultdict(set)
    for (document, _), last in final.items():
        reach[last].add(bodies[document])
    assert all(len(held) == 1 for held in reach.values())


@given(_seen, st.randoms(use_true_random=False))
def test_the_order_of_records_does_not_matter(
    tmp_path_factory: pytest.TempPathFactory, seen: list[Seen], chance: random.Random
) -> None:
    folder = tmp_path_factory.mktemp("r")
    records = records_of(seen)
    expected = listed(saved(records, folder))
    chance.shuffle(records)
    at = chance.randint(0, len(records))
    parts = [saved(records[at:], folder, "b.jsonl"), saved(records[:at], folder, "a.jsonl")]
    assert listed(*parts) == expected


@given(_seen)
def test_relinking_twice_is_relinking_once(
    tmp_path_factory: pytest.TempPathFactory, seen: list[Seen]
) -> None:
    folder = tmp_path_factory.mktemp("r")
    path = saved(records_of(seen), folder)
    once = folder / "once.jsonl"
    once.write_text("".join(relink([path], listed(path).final)), encoding="utf-8")
    twice = "".join(relink([once], listed(once).final))
    assert twice == once.read_text(encoding="utf-8")
