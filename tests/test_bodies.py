from __future__ import annotations

import csv
from pathlib import Path

import pytest
import spacy
from spacy.tokens import Doc

from kcsp_nlp.errors import CorpusError
from kcsp_nlp.pipeline.tokenizer import create_tokenizer
from kcsp_nlp.registers.bodies import build_register, find_bodies, find_in_pieces, register
from kcsp_nlp.registers.body_lines import Body
from kcsp_nlp.registers.build_bodies import build, councils, merge
from kcsp_nlp.registers.named_bodies import find_named
from kcsp_nlp.registers.pieces import split_tokens

_UNDATED = {"start": "", "end": ""}
_NLP = spacy.blank("en")
_NLP.tokenizer = create_tokenizer()(_NLP)


def _doc(text: str) -> tuple[Doc, list[str], list[bool]]:
    doc = _NLP.make_doc(text)
    return doc, [token.text for token in doc], [bool(token.whitespace_) for token in doc]


def _found(text: str) -> list[tuple[str, bool]]:
    doc, tokens, spaces = _doc(text)
    return [(doc[f.start : f.end].text, f.certain) for f in find_bodies(tokens, spaces)]


def _named(text: str) -> list[str]:
    doc, tokens, spaces = _doc(text)
    return [doc[start:end].text for start, end in find_named(tokens, spaces)]


@pytest.mark.parametrize(
    ("text", "expected", "reason"),
    [
        ("Sgt Okoro of Kent Police spoke.", [("Kent Police", True)], "a name in prose"),
        ("Kent Police's figures fell.", [("Kent Police", True)], "a possessive stays outside"),
        ("KENT COUNTY COUNCIL", [("KENT COUNTY COUNCIL", True)], "a heading in capitals"),
        (
            "the Kent constabulary and Kent police",
            [("Kent constabulary", True), ("Kent police", True)],
            "a force in small letters",
        ),
        (
            "the Scottish government and the British Government",
            [("Scottish government", True), ("British Government", True)],
            "a government in small letters",
        ),
        ("what local government needs", [], "but no tier of it"),
        ("asked Kent County\nCouncil for it", [("Kent County\nCouncil", True)], "a wrapped line"),
        ("Kent\n\nPolice", [], "a blank line parts names"),
        ("Devon & Cornwall Police", [("Devon & Cornwall Police", True)], "& for and"),
        (
            "the Department for Levelling Up, Housing and Communities wrote",
            [("Department for Levelling Up, Housing and Communities", True)],
            "commas inside",
        ),
        ("from St. Giles’ Trust", [("St. Giles’ Trust", True)], "full stop and apostrophe"),
        (
            "asked Barnardos and Barnardo’s",
            [("Barnardos", True), ("Barnardo’s", True)],
            "a lost apostrophe",
        ),
        ("KCC/NHS staff", [("KCC", True), ("NHS", True)], "a slash parts bodies"),
        ("Stockton-on-Tees BC met", [("Stockton-on-Tees BC", True)], "hyphens are tokens"),
        ("Stockton on Tees BC met", [("Stockton on Tees BC", True)], "hyphens left off"),
        ("LB of Bexley replied", [("LB of Bexley", True)], "a London borough, short"),
        ("B&M and L&Q wrote", [("B&M", True), ("L&Q", True)], "an ampersand inside a word"),
        ("KCC Cabinet Member", [("KCC", True)], "an office follows"),
        ("Chief Inspector Kent Police", [("Kent Police", True)], "a rank before"),
        ("the Kent Police and Crime Commissioner", [], "half of an office"),
        (
            "the Ham Police and Crime Panel",
            [("Police and Crime Panel", False)],
            "a general name inside a longer one",
        ),
        ("the Kent Police and Crime Panel", [("Kent Police and Crime Panel", True)], "known"),
        (
            "Kent Police and Medway Council",
            [("Kent Police", True), ("Medway Council", True)],
            "two bodies",
        ),
        ("Essex Police Training Centre", [("Essex Police", False)], "a longer name follows"),
        ("the Home Office Quality Panel", [("Home Office", False)], "a panel of its own"),
        ("under the LGA 1972", [("LGA", False)], "a year follows: an Act"),
        (
            "under the National Health Service Act 2006",
            [("National Health Service", False)],
            "an Act follows",
        ),
        ("East Kent Police", [("Kent Police", False)], "a capitalised word before"),
        ("The Refuge was full.", [("Refuge", False)], "an ordinary word"),
        ("we seek refuge", [], "small letters"),
        ("asked a Crown Court to sit", [("Crown Court", False)], "any court"),
        ("Head of Public Health", [("Public Health", False)], "part of an office"),
        ("a Health and Wellbeing Board", [("Health and Wellbeing Board", False)], "a class"),
        ("the Health and Wellbeing Board", [("Health and Wellbeing Board", True)], "this one"),
        ("Maidstone and Dover were quiet", [], "places alone"),
        ("Nhs and kcc", [], "short forms keep their capitals"),
        ("", [], "nothing"),
    ],
)
def test_find_bodies(text: str, expected: list[tuple[str, bool]], reason: str) -> None:
    assert _found(text) == expected, reason


@pytest.mark.parametrize(
    ("text", "expected", "reason"),
    [
        ("Clerk to Little Wenham Parish Council", ["Little Wenham Parish Council"], "a parish"),
        ("Chair of Bramley Town Council", ["Bramley Town Council"], "a role stays outside"),
        ("The Bramley Town Council met", ["Bramley Town Council"], "the article outside"),
        (
            "at Wells, Street and Frome Town Council",
            ["Wells, Street and Frome Town Council"],
            "places in a list",
        ),
        ("Cllr Ann Lowe, Street and Frome Town Council", [], "a person or a place?"),
        (
            "at Houghton on the Hill Parish Council",
            ["Houghton on the Hill Parish Council"],
            "small words in a place's name",
        ),
        (
            "MINUTES OF THE MEETING OF BRAMLEY PARISH COUNCIL",
            ["BRAMLEY PARISH COUNCIL"],
            "a heading in capitals",
        ),
        ("the Parish Council agreed", [], "a bare head"),
        ("Parish and Town Councils", [], "a class"),
        ("The Town Council and District Council", [], "tiers alone"),
        ("Kent Police and Bramley Town Council", ["Bramley Town Council"], "another body before"),
        ("Thanet and Dover District Council", ["Dover District Council"], "a known one after and"),
        ("Jane Hill Dover District Council", [], "who belongs to the name is in doubt"),
        ("a Bramley Community Safety Partnership", [], "one that is not yet"),
        (
            "Bramley Community Safety Partnership Manager Jo Bell",
            ["Bramley Community Safety Partnership"],
            "an office follows a place's body",
        ),
        ("Domestic Abuse Team Manager", [], "a team inside an office"),
        ("the Audit and Standards Committee noted", ["Audit and Standards Committee"], "and"),
        (
            "the Grants, Parks and Events Committee noted",
            ["Grants, Parks and Events Committee"],
            "duties in a list",
        ),
        ("London’s Road Crime Unit", [], "a possessive in doubt"),
        ("the Children's Partnership Board", ["Children's Partnership Board"], "whom it is for"),
        ("on the Notice Board", [], "a thing"),
        ("St Luke’s Primary School", ["St Luke’s Primary School"], "a school"),
        ("Oak Hall and St Luke’s Primary School", [], "one name or two"),
        (
            "North and Mid Wessex NHS Foundation Trust",
            ["North and Mid Wessex NHS Foundation Trust"],
            "a trust of two places",
        ),
        ("NHS Wessex, Ham and Frome CCG", ["NHS Wessex, Ham and Frome CCG"], "a list behind NHS"),
        ("a talk by the University of Ham.", ["University of Ham"], "a head that begins"),
        ("Friends of St Luke's Park", ["Friends of St Luke's Park"], "of a place"),
        ("League of Friends of Ham", [], "part of a longer name"),
        ("sent to HMP Standhill in May", ["HMP Standhill"], "a prison"),
        ("HMP Standhill and HMP Ham", ["HMP Standhill", "HMP Ham"], "two prisons"),
        ("University of Ham and Frome", [], "one university or two"),
        ("paid Dunn & Sons £40", ["Dunn & Sons"], "a firm"),
        ("1st Bramley Scouts", ["1st Bramley Scouts"], "a number in the name"),
    ],
)
def test_find_named(text: str, expected: list[str], reason: str) -> None:
    assert _named(text) == expected, reason


@pytest.mark.parametrize(
    ("text", "spaces", "expected", "reason"),
    [
        ("Jo Bell - Kent Police", True, [("Kent Police", True)], "a dash parts"),
        ("Age - UK", True, [], "no name runs across a dash"),
        ("Age - UK", False, [("Age - UK", True)], "without spaces a dash counts as a hyphen"),
    ],
)
def test_spaces(text: str, spaces: bool, expected: list[tuple[str, bool]], reason: str) -> None:
    doc, tokens, known = _doc(text)
    found = find_bodies(tokens, known if spaces else None)
    assert [(doc[f.start : f.end].text, f.certain) for f in found] == expected, reason


def test_shared_form_names_no_body() -> None:
    bodies = (
        Body("Ham District Council", "council", "E1", ("HDC",), ()),
        Body("Hove District Council", "council", "E2", ("HDC",), ()),
        Body("Ham Council", "council", "E3", (), ()),
        Body("Ham Town Council", "council", "E4", ("Ham Council",), ()),
    )
    known = build_register(bodies)

    def link(*tokens: str) -> list[int | None]:
        return [found.body for found in find_in_pieces(split_tokens(tokens), known)]

    assert link("HDC") == [None], "two bodies share it"
    assert link("Ham", "Council") == [2], "a body's own name beats another's alias"
    assert link("Hove", "District", "Council") == [1], "one body"


def test_the_register_holds() -> None:
    known = register()
    names = [body.name for body in known.bodies]
    assert names == sorted(set(names)), "one line per body, sorted"
    others = [body for body in known.bodies if body.kind != "council"]
    forms = {form for body in others for form in (body.name, *body.aliases, *body.ambiguous)}
    assert len(forms) >= 1500
    councils_known = [body for body in known.bodies if body.kind == "council"]
    assert len(councils_known) >= 470
    for body in councils_known:
        for form in body.aliases:
            assert len(form.split()) > 1 or form.isupper() or form in ("CWaC",), form


def test_hostile_input_ends() -> None:
    for word in ("Kent", "and", "Council", "NHS", "of", ",", "Police", "'s"):
        tokens = [word] * 40_000
        assert all(found.end <= len(tokens) for found in find_bodies(tokens)), word
        assert all(end <= len(tokens) for _, end in find_named(tokens)), word


def _table(folder: Path, rows: list[tuple[str, str, str, str]]) -> Path:
    with (folder / "uk_councils.csv").open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream)
        writer.writerow(("name", "gss_code", "nation", "alternative_names", "start", "end"))
        writer.writerows((*row, "", "") for row in rows)
    return folder


@pytest.mark.parametrize(
    ("name", "forms", "reason"),
    [
        ("Ham Borough Council", {"Ham BC", "Ham Council"}, "a borough"),
        (
            "Ham Metropolitan Borough Council",
            {"Ham MBC", "Ham BC", "Ham Borough Council", "Ham Council", "HMBC"},
            "metropolitan",
        ),
        (
            "London Borough of Ham",
            {
                "LB Ham",
                "LB of Ham",
                "Ham Council",
                "Ham Borough Council",
                "Ham London Borough Council",
            },
            "a London borough",
        ),
        ("City of Ham Council", {"Ham Council", "Ham City Council"}, "a city"),
        ("The Ham Council", set(), "no article, nothing to shorten"),
    ],
)
def test_council_forms(name: str, forms: set[str], reason: str) -> None:
    fact = {
        "name": name,
        "gss_code": "",
        "nation": "England",
        "alternative_names": "Ham",
    } | _UNDATED
    (body,) = councils([fact])
    assert set(body.aliases) == forms, reason
    assert "Ham" not in (*body.aliases, *body.ambiguous), "a place alone is no form"
    assert not body.name.startswith("The ")


def test_build_keeps_what_was_written_by_hand(tmp_path: Path) -> None:
    target = tmp_path / "bodies.tsv"
    target.write_text(
        "Ham Borough Council\tcouncil\tE07000998\tHammers | HBC\tHam BC\nOxfam\tcharity\t\t\t\n",
        encoding="utf-8",
    )
    folder = _table(tmp_path, [("Ham Borough Council", "E07000999", "England", "Ham")])
    assert build(folder, target) == 2
    once = target.read_text(encoding="utf-8")
    assert once == (
        "Ham Borough Council\tcouncil\tE07000999\tHammers | HBC | Ham Council\tHam BC\n"
        "Oxfam\tcharity\t\t\t\n"
    )
    build(folder, target)
    assert target.read_text(encoding="utf-8") == once, "building twice changes nothing"


def test_merge_sorts() -> None:
    bodies = merge(
        [Body("Zoo", "charity", None, (), ())], [Body("Ark", "council", "E07000999", (), ())]
    )
    assert [body.name for body in bodies] == ["Ark", "Zoo"]


def test_build_says_what_is_wrong(tmp_path: Path) -> None:
    with pytest.raises(CorpusError, match=r"uk_councils\.csv: not a table of councils"):
        build(tmp_path, tmp_path / "bodies.tsv")
    (tmp_path / "bodies.tsv").write_text("Ham\n", encoding="utf-8")
    _table(tmp_path, [])
    with pytest.raises(CorpusError, match=r"bodies\.tsv: damaged"):
        build(tmp_path, tmp_path / "bodies.tsv")


def test_letters_that_fold_to_two_are_one_piece() -> None:
    assert list(find_bodies(["İ", "Kent", "Police"])) == list(find_bodies(["X", "Kent", "Police"]))
