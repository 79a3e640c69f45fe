from __future__ import annotations

from pathlib import Path

import pytest

from kcsp_nlp.errors import RegisterError
from kcsp_nlp.linking.bodies.identifying import Organisations, identify_organisations
from kcsp_nlp.linking.bodies.names import is_common
from kcsp_nlp.minutes.outline import Front, Outline
from kcsp_nlp.records import Attendee, OrgSpan
from kcsp_nlp.registers.bodies import build_register, extend_register, register
from kcsp_nlp.registers.body_index import index_of
from kcsp_nlp.registers.body_lines import (
    Body,
    Years,
    check_unique,
    format_body,
    load_bodies,
    parse_body,
    slug,
)
from kcsp_nlp.registers.pieces import split_form


def _link(
    marked: str,
    body: str | None = None,
    date: str | None = None,
    seats: tuple[str, ...] = (),
    scope: str = "ham",
    extra: tuple[Body, ...] = (),
) -> tuple[list[str | None], Organisations]:
    """Link the mentions that stand between « and »; return their canonical forms in order."""
    text, spans = "", []
    for index, part in enumerate(marked.replace("»", "«").split("«")):
        if index % 2:
            spans.append(OrgSpan(start=len(text), end=len(text) + len(part), text=part))
        text += part
    attendance = tuple(
        Attendee(start=0, end=1, name="A", status="present", organisation=seat) for seat in seats
    )
    outline = Outline((), Front(body, date), attendance, (), ())
    known = extend_register(register(), extra) if extra else None
    found = identify_organisations(text, outline, spans, scope=scope, known=known)
    links = [found.get((span.start, span.end)) for span in spans]
    return [link.canonical if link else None for link in links], found


_KENT = "Kent Police"
_HSE_GB = "Health and Safety Executive"


@pytest.mark.parametrize(
    ("marked", "expected", "reason"),
    [
        ("«Kent Police»", [_KENT], "as the register has it"),
        ("«KENT POLICE»", [_KENT], "a heading"),
        ("«Kent Police's» figures", [_KENT], "a possessive in the span"),
        ("«Kent\n  Police»", [_KENT], "a wrapped line"),
        ("«the Kent constabulary»", [_KENT], "an article, small letters, another word"),
        ("«Dorset Constabulary»", ["Dorset Police"], "a force by its other word"),
        ("«Maidstone BC»", ["Maidstone Borough Council"], "a tier in short"),
        ("«Croydon LBC»", ["London Borough of Croydon"], "a London borough in short"),
        ("«Tonbridge & Malling BC»", ["Tonbridge and Malling Borough Council"], "an ampersand"),
        ("«Shepway DC»", ["Folkestone and Hythe District Council"], "a former name"),
        ("«Kent Police»/«NHS»", [_KENT, "National Health Service"], "two bodies"),
        ("«Kent Police Training School»", ["Kent Police Training School"], "a longer name"),
        ("«Swale Drama Circle»", ["Swale Drama Circle"], "a body of the document's own"),
        ("«Swale Drama Circle Ltd», «Swale Drama Circle»", ["Swale Drama Circle Ltd"] * 2, "Ltd"),
        ("«St Bede's Hospital», «St Anne's»", ["St Bede's Hospital", "St Anne's"], "saints"),
    ],
)
def test_names(marked: str, expected: list[str | None], reason: str) -> None:
    assert _link(marked)[0] == expected, reason


@pytest.mark.parametrize(
    ("marked", "expected", "reason"),
    [
        ("«Ham Youth Forum» («HYF») met. «HYF»", ["Ham Youth Forum"] * 3, "in brackets"),
        ("«HYF» («Ham Youth Forum»)", ["Ham Youth Forum"] * 2, "the other way round"),
        ("«HYF» – «Ham Youth Forum»", ["Ham Youth Forum"] * 2, "a list of short forms"),
        (
            'the «Ham Joint Board» (hereafter "the JB") met; the «JB» agreed',
            ["Ham Joint Board"] * 2,
            "hereafter",
        ),
        (
            'the «Ham Joint Board» ("Joint Body") met; the «Joint Body» agreed',
            ["Ham Joint Board"] * 2,
            "quoted words",
        ),
        ("«Ham Youth Forum». «HYF»", ["Ham Youth Forum"] * 2, "letters that fit one name"),
        (
            "«Ham Youth Forum», «Hatch Yarn Friends», «HYF»",
            ["Ham Youth Forum", "Hatch Yarn Friends", None],
            "letters that fit two",
        ),
        (
            "«Ham Youth Forum» («HYF»), «Hatch Yarn Friends» («HYF»)",
            ["Ham Youth Forum", None, "Hatch Yarn Friends", None],
            "a document at odds with itself",
        ),
        ("«Ham Tenants» (Chair) met «CH»", ["Ham Tenants", "CH"], "no definition"),
        (
            "«Cobham Play Service» and the «CPS»",
            ["Cobham Play Service", None],
            "the register has another body of these letters",
        ),
        ("«Ham Parish Council», «Ham PC»", ["Ham Parish Council"] * 2, "the tail in short"),
        ("«S.E.P.A.»", ["Scottish Environment Protection Agency"], "full stops"),
        (
            'the «Ham Board» (known as "Ely Panel"), «Ely Panel» (known as "Ham Board")',
            ["Ely Panel"] * 2,
            "definitions in a circle end",
        ),
    ],
)
def test_short_forms(marked: str, expected: list[str | None], reason: str) -> None:
    assert _link(marked)[0] == expected, reason


@pytest.mark.parametrize(
    ("marked", "body", "expected", "reason"),
    [
        (
            "the «CSP»",
            "Ham Community Safety Partnership",
            "Ham Community Safety Partnership",
            "met",
        ),
        ("«Swale CSP». The «CSP»", None, "Swale CSP", "the one that is named"),
        ("«Swale CSP», «Dover CSP». The «CSP»", None, None, "two are named"),
        ("«Swale CSP». The «CSP»", "Ham Community Safety Partnership", None, "met and named"),
        ("the «CSP»", None, "CSP", "none is named: the document's own"),
        (
            "«West Kent PCT». The «Primary Care Trust»",
            None,
            "West Kent Primary Care Trust",
            "a class in words",
        ),
        ("the «JPC»", "Ham Joint Policing Committee", "Ham Joint Policing Committee", "that met"),
        (
            "«Joint Policing Committee»",
            "Ham Joint Policing Committee",
            "Ham Joint Policing Committee",
            "a committee that met",
        ),
        ("the «CPP»", "Corporate Parenting Panel", "Corporate Parenting Panel", "other letters"),
        (
            "«Dover Planning Committee». «Planning Committee»",
            "Ham Council",
            "Planning Committee",
            "own",
        ),
    ],
)
def test_classes(marked: str, body: str | None, expected: str | None, reason: str) -> None:
    assert _link(marked, body)[0][-1] == expected, reason


@pytest.mark.parametrize(
    ("marked", "body", "date", "expected", "reason"),
    [
        ("«DfES»", None, "2005-03-01", "Department for Education and Skills", "of its time"),
        ("«DfE»", None, "2020-03", "Department for Education", "of its time"),
        ("«DfE»", None, "2005-03-01", None, "not yet"),
        ("«DfES»", None, "2020", None, "no more"),
        ("«MHCLG»", None, "2022-05-05", None, "between its two lives"),
        ("«Home Office»", None, "1995-05-05", "Home Office", "no years stated"),
        ("«DfES»", None, None, "Department for Education and Skills", "no date"),
        ("«Buckinghamshire Council»", None, "2023", "Buckinghamshire Council", "the new one"),
        (
            "«Buckinghamshire Council»",
            None,
            "2012",
            "Buckinghamshire County Council",
            "the old one",
        ),
        ("«HSE»", None, None, None, "two share it"),
        ("«HSE»", "Kerry County Council", None, "Health Service Executive", "an Irish meeting"),
        ("«HSE»", "Kent County Council", None, _HSE_GB, "an English meeting"),
        (f"«{_HSE_GB}», «HSE»", None, None, _HSE_GB, "named in full"),
        (
            "«Department of Justice»",
            "Belfast City Council",
            "2015",
            "Department of Justice (Northern Ireland)",
            "departments of one name",
        ),
        ("«SEPA»", "Kent County Council", None, None, "of another nation"),
    ],
)
def test_years_and_nations(
    marked: str, body: str | None, date: str | None, expected: str | None, reason: str
) -> None:
    assert _link(marked, body, date)[0][-1] == expected, reason


@pytest.mark.parametrize(
    ("marked", "body", "expected", "reason"),
    [
        ("«LCC»", None, None, "eight councils"),
        ("«LCC»", "Leeds Youth Board", "Leeds City Council", "its place is the meeting's"),
        ("«Lancashire County Council», «LCC»", None, "Lancashire County Council", "named in full"),
        ("«Leeds City Council», «LCC»", "Lancashire Forum", None, "named and met disagree"),
        ("«GCC»", "Gloucester Forum", None, "the county's letters too"),
        ("«LB Hackney», «LBH»", "Haringey Forum", None, "another borough met"),
        ("«LALC»", None, None, "the place of a short form is not named"),
        ("«LALC» in Lancashire", None, "Lancashire Association of Local Councils", "it is"),
        ("«Mears Group» and «Mears»", None, "Mears", "a surname, the firm in full"),
        ("«Halifax» (the building society)", None, "Halifax", "the kind is named"),
        ("«Ely Mind», «Age UK Dover», «Age UK»", None, None, "the charity or its branch"),
    ],
)
def test_evidence(marked: str, body: str | None, expected: str | None, reason: str) -> None:
    assert _link(marked, body)[0][-1] == expected, reason


def _ids(marked: str, body: str | None = None, scope: str = "ham") -> list[str | None]:
    found = _link(marked, body, scope=scope)[1]
    return [link.id for link in found.values()]


def test_ids() -> None:
    assert _ids("«Kent County Council», «KCC»") == ["gss:E10000016"] * 2
    assert _ids("«Kent Police»") == ["body:kent-police"]
    (local,) = _ids("«Swale Drama Circle»")
    assert local is not None
    assert len(local) == len("body:") + 16
    assert _ids("the «SWALE DRAMA  CIRCLE»") == [local], "folded"
    assert _ids("«Swale Drama Circle»", scope="ely") != [local], "each scope has its own"
    assert _ids("«Refuge»")[0] != "body:refuge", "a word that is a charity too"


def test_the_body_that_met() -> None:
    body = "PLANNING COMMITTEE, HAM TOWN COUNCIL"
    marked = "«Planning Committee» of «Ham Town Council»; «Ham Town Council Staffing Committee»"
    committee, council, other = _ids(marked, body)
    assert len({committee, council, other}) == 3
    assert _ids("«Ham Town Council»", "Ham Town Council") == [council], "in minutes of its own too"
    assert _ids("«Kent Community Safety Partnership»", "Kent Community Safety Partnership") == [
        "body:kent-community-safety-partnership"
    ]
    assert (
        _ids("«Ham Forum», «HAM FORUM»", "Ham Forum")[0] == _ids("«Ham Forum»", "Ham Forum", "x")[0]
    )


def test_names_of_attendance_lists() -> None:
    links, found = _link("«HYF» reported", seats=("Ham Youth Forum", "Kent Police (KP)"))
    assert links == ["Ham Youth Forum"], "a seat is a name of the document"
    police = found.identify_name("Kent Police")
    assert police is not None
    assert police.id == "body:kent-police"
    assert found.identify_name("Kent Police (KP)") == police
    assert found.identify_name("Swale Drama Circle") == found.identify_name("SWALE DRAMA CIRCLE")
    assert found.identify_name(" . ") is None
    assert found.identify_name("KCC/NHS") is None, "two bodies"


def test_canonical_is_the_fullest_form() -> None:
    assert _link("«SWALE DRAMA CIRCLE», «Swale drama circle»")[0] == ["Swale drama circle"] * 2


def test_a_register_of_the_users() -> None:
    mine = Body("Swale Drama Circle", "charity", None, ("SDramaC",), ())
    links, found = _link("«SDramaC»", extra=(mine,))
    assert links == ["Swale Drama Circle"]
    assert [link.id for link in found.values()] == ["body:swale-drama-circle"]


def test_a_hostile_document_is_resolved() -> None:
    marked = " ".join(f"«Ham {n} Forum» («HF{n}») «A{chr(65 + n % 26)} B»" for n in range(3_000))
    links, _ = _link(marked)
    assert len(links) == 9_000


# The register


def test_ids_of_the_register_are_unique() -> None:
    check_unique(register().bodies, ())


def test_the_index_holds_every_body_that_is_no_class() -> None:
    index = index_of(register())
    held = {holder.body.name for holders in index.holders.values() for holder in holders}
    rest = [body for body in register().bodies if body.name not in held]
    assert {body.kind for body in rest} == {"local"}
    assert all(split_form(body.name)[0] in index.classes for body in rest)


@pytest.mark.parametrize(
    "line",
    [
        "Kent Police\tpolice\t\tKent Constabulary\t",
        "Ham Council\tcouncil\tE07000999\t\t\t-2015",
        "Ham\tagency\t\tHa | Hb\tHc\t2018-2021 | 2024-\tbody:ham-agency",
    ],
)
def test_lines_are_read_and_written(line: str) -> None:
    assert format_body(parse_body(line)) == line


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("Ham\tcharity", r"line 2: found 2 columns; expected tab-separated columns: name"),
        ("\tcharity\t\t\t", r"line 2: found the name ''; expected words"),
        ("Ham\tA charity\t\t\t", r"found the kind 'A charity'; expected small letters"),
        ("Ham\tcouncil\tE7\t\t", r"found the GSS code 'E7'; expected a letter"),
        ("Ham\tcharity\t\tA|B\t", r"found the alias 'A\|B'; expected forms parted by"),
        ("Ham\tcharity\t\tA | A\t", r"found a form twice"),
        ("Ham\tcharity\t\t\t\t2015", r"found the years '2015'; expected 2001-2007"),
        ("Ham\tcharity\t\t\t\t2015-2012", r"found the years '2015-2012'"),
        ("Ham\tcharity\t\t\t\t\tham", r"found the id 'ham'; expected body:"),
        ("Ham\tcouncil\tE07000999\t\t\t\tbody:h", r"expected one of them"),
        ("Ely\tcharity\t\t\t", r"line 2: found 'Ely' with the id body:ely, which 'Ely' has"),
    ],
)
def test_load_bodies_says_what_is_wrong(tmp_path: Path, line: str, message: str) -> None:
    path = tmp_path / "mine.tsv"
    path.write_text(f"Ely\tcharity\t\t\t\n{line}\n", encoding="utf-8")
    with pytest.raises(RegisterError, match=message) as raised:
        load_bodies(path)
    assert "mine.tsv" in str(raised.value)


def test_load_bodies(tmp_path: Path) -> None:
    path = tmp_path / "mine.tsv"
    path.write_text("# mine\n\nEly\tcharity\t\t\t\t1999-\n", encoding="utf-8")
    assert load_bodies(path) == (Body("Ely", "charity", None, (), (), (Years(1999, None),)),)
    with pytest.raises(RegisterError, match="cannot be opened"):
        load_bodies(tmp_path / "none.tsv")
    path.write_bytes(b"\xff\xfe\xff")
    with pytest.raises(RegisterError, match="not UTF-8"):
        load_bodies(path)


def test_extend_register() -> None:
    known = build_register([Body("Ely", "charity", None, (), ())])
    more = extend_register(
        known, [Body("Ely", "police", None, (), ()), Body("Ark", "bank", None, (), ())]
    )
    assert [(body.name, body.kind) for body in more.bodies] == [("Ark", "bank"), ("Ely", "police")]
    with pytest.raises(RegisterError, match="same id body:ely"):
        extend_register(known, [Body("ELY", "bank", None, (), ())])


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Kent Police", "kent-police"),
        ("King's Lynn & Ely", "kings-lynn-and-ely"),
        ("An Garda Síochána", "an-garda-siochana"),
    ],
)
def test_slug(name: str, expected: str) -> None:
    assert slug(name) == expected


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        pytest.param(("st", "mary", "s"), True, id="a saint's alone"),
        pytest.param(("queen", "elizabeth", "hospital"), True, id="a queen's hospital"),
        pytest.param(("west", "kent", "mind"), False, id="a name of its own"),
        pytest.param(("s",), True, id="a letter that is nobody's"),
    ],
)
def test_is_common(words: tuple[str, ...], expected: bool) -> None:
    assert is_common(words) is expected
