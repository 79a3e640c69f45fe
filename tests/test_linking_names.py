"""Names read into parts, given names that are one, and how people are addressed."""

from __future__ import annotations

import pytest

from kcsp_nlp.linking.people.given_names import are_one, given_names, may_be_short_for
from kcsp_nlp.linking.people.honorifics import classes_of, read_address, split_titles
from kcsp_nlp.linking.people.names import read_name
from kcsp_nlp.linking.people.spellings import Spellings

NAMES = [
    # printed, bracketed, given, surname
    ("P M Hill", "", ("p", "m"), "hill"),
    ("P.M. Hill", "", ("p", "m"), "hill"),
    ("PM Hill", "", ("p", "m"), "hill"),
    ("Mike Hill", "", ("mike",), "hill"),
    ("Mike\n   Hill", "", ("mike",), "hill"),
    ("HILL", "", (), "hill"),
    ("MIKE HILL", "", ("mike",), "hill"),
    ("Pym, John", "", ("john",), "pym"),
    ("PYM, J.K.", "", ("j", "k"), "pym"),
    ("PYM J", "", ("j",), "pym"),
    ("Pym-Hart J K", "", ("j", "k"), "pym-hart"),
    ("PYM John", "", ("john",), "pym"),
    ("J MAY", "", ("j",), "may"),
    ("Collins", "B", ("b",), "collins"),
    ("Collins (B)", "", ("b",), "collins"),
    ("Collins", "S.J.", ("s", "j"), "collins"),
    ("Annan-Vetch", "", (), "annan-vetch"),
    ("A-M Dorn", "", ("a", "m"), "dorn"),
    ("Ll. Pugh", "", ("l",), "pugh"),
    ("Inge de Wael", "", ("inge",), "de wael"),
    ("J van der Loo", "", ("j",), "van der loo"),
    ("de Wael", "", (), "de wael"),
    ("R. St John Bray", "", ("r",), "st john bray"),
    ("Niamh O’Dwyer", "", ("niamh",), "odwyer"),
    ("Séamus Ó Briain", "", ("seamus",), "o briain"),
    ("Zoë Łapiński", "", ("zoe",), "lapinski"),
    ("Mike Hill OBE", "", ("mike",), "hill"),
    ("Gi11", "", (), "gill"),
    ("Wai Ming Lau", "", ("wai", "ming"), "lau"),
    ("Di Rowley", "", ("di",), "rowley"),
    ("Aldo Di Marco", "", ("aldo",), "di marco"),
    ("Jo Orr-\n   Lund", "", ("jo",), "orr-lund"),
    ("\uff9e Hill", "", (), "hill"),
]


@pytest.mark.parametrize(("printed", "bracketed", "given", "surname"), NAMES)
def test_names_are_read_into_parts(
    printed: str, bracketed: str, given: tuple[str, ...], surname: str
) -> None:
    name = read_name(printed, bracketed)
    assert (name.given, name.surname) == (given, surname)


@pytest.mark.parametrize(
    ("printed", "given", "cut"),
    [("Jan D", ("jan",), "d"), ("Jan D.", ("jan",), "d"), ("Steve I-H", ("steve",), "i")],
)
def test_a_surname_may_be_cut_down(printed: str, given: tuple[str, ...], cut: str) -> None:
    name = read_name(printed)
    assert (name.given, name.surname, name.cut) == (given, "", cut)


@pytest.mark.parametrize(
    ("printed", "whole"),
    [("Pym, John", "John Pym"), ("PYM J", "J PYM"), ("Mike\n Hill", "Mike Hill")],
)
def test_a_name_is_put_in_order(printed: str, whole: str) -> None:
    assert read_name(printed).printed == whole


def test_a_key_has_no_spaces_or_hyphens() -> None:
    assert read_name("S Annan-Vetch").key == "annanvetch"
    assert read_name("J van der Loo").key == "vanderloo"


@pytest.mark.parametrize("printed", ["", " ", "-", "1", ",", "()", ". .", "a" * 5000, "A " * 5000])
def test_any_text_is_read(printed: str) -> None:
    assert read_name(printed).printed is not None


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("mike", "michael", True),
        ("liz", "elizabeth", True),
        ("bill", "william", True),
        ("m", "mike", True),
        ("sarah", "sarah-jane", True),
        ("mike", "steve", False),
        ("p", "mike", False),
        ("jane", "joan", False),
        ("bill", "bob", False),  # two short forms of other names
    ],
)
def test_forms_of_one_given_name(one: str, other: str, expected: bool) -> None:
    assert are_one(one, other) is expected
    assert are_one(other, one) is expected


def test_an_initial_may_be_that_of_the_name_behind_a_short_form() -> None:
    assert may_be_short_for("w", "bill")
    assert not may_be_short_for("r", "bill")


def test_no_name_is_only_a_womans_and_only_a_mans() -> None:
    names = given_names()
    assert names.genders["michael"] == "m"
    assert names.genders["susan"] == "f"
    assert not {"chris", "sam", "pat", "alex", "kim", "lee"} & set(names.genders)


ADDRESSES = [
    # before the name, behind it, gender, classes
    ("moved by Mr ", " and", "m", set()),
    ("moved by Ms. ", " and", "f", set()),
    ("Cllr Mrs ", " asked", "f", {"councillor"}),
    ("Cllr. Mrs. ", " asked", "f", {"councillor"}),
    ("**Cllr** ", " asked", None, {"councillor"}),
    ("PC 2281 ", " said", None, {"constable"}),
    ("Det. Sgt ", " said", None, {"sergeant"}),
    ("T/Supt ", " said", None, {"superintendent"}),
    ("Chief Constable ", " said", None, {"chief"}),
    ("Canon ", " said", None, {"clergy"}),
    ("Councillor\n", " said", None, {"councillor"}),
    ("Weald DC\nCllr ", " said", None, {"councillor"}),
    ("met the Bishop. ", " said", None, set()),
    ("said Mr Rao, ", " said", None, set()),
    ("the report ", " said", None, set()),
]


@pytest.mark.parametrize(("before", "behind", "gender", "classes"), ADDRESSES)
def test_titles_are_looked_up_before_the_name(
    before: str, behind: str, gender: str | None, classes: set[str]
) -> None:
    address = read_address(f"{before}Dorn{behind}", len(before), len(before) + len("Dorn"))
    assert (address.gender, set(address.classes)) == (gender, classes)


def test_what_stands_behind_a_name() -> None:
    assert read_address("Cllr Dorn (B) said", 5, 9).bracketed == "B"
    assert read_address("Dorn (Chair) said", 0, 4).bracketed == ""
    assert read_address("Mr Dorn senior said", 3, 7).generation == "s"
    assert read_address("Dorn (Jnr) said", 0, 4).generation == "j"
    assert read_address("Dorn Senior Officer", 0, 4).generation == ""
    assert read_address("Mr and Mrs Dorn said", 11, 15).two
    assert read_address("Mr Dorn (no relation)", 3, 7).unrelated
    assert read_address("her son Alfie", 8, 13).other
    assert read_address("Alfie, aged 6", 0, 5).other


def test_an_office_is_read_from_a_role() -> None:
    assert classes_of("District Cllr") == {"councillor"}
    assert classes_of("Town Clerk") == frozenset()


@pytest.mark.parametrize(
    ("one", "other", "like"),
    [
        ("wickens", "wickins", True),  # one letter for another
        ("annanvetch", "annanveitch", True),  # one letter too many
        ("trimble", "trimbel", True),  # two letters the other way round
        ("stephens", "stevens", True),  # one sound
        ("macaskill", "mcaskill", True),
        ("hill", "hall", False),  # too short: other surnames
        ("wood", "woods", True),  # the longer has five; joined only under one full name
        ("marsh", "marshall", False),
        ("collins", "rollins", True),
        ("harris", "morris", False),
    ],
)
def test_surnames_misspelt(one: str, other: str, like: bool) -> None:
    assert (other in Spellings([one, other]).like(one)) is like


@pytest.mark.parametrize(
    ("printed", "titles", "name"),
    [
        ("Cllr  Mrs Hill", "Cllr Mrs", "Hill"),
        ("Det/Sgt Hill", "Det/Sgt", "Hill"),
        ("Ann Hill", "", "Ann Hill"),
        ("Inspector", "", "Inspector"),
        ("", "", ""),
    ],
)
def test_titles_are_divided_from_a_name(printed: str, titles: str, name: str) -> None:
    assert split_titles(printed) == (titles, name)
