"""Minutes as converters write them give the structure of the clean document."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import TypeVar

import pytest

from converters import DAMAGES, TABLED, damaged, tabled
from kcsp_nlp.evaluation.scores import Evaluation, score_document
from kcsp_nlp.labels.corpus import LabelledMinutes, read_all
from kcsp_nlp.minutes.conversion.undoing import undo
from kcsp_nlp.minutes.conversion.view import Edit, View
from kcsp_nlp.minutes.outline import Part
from kcsp_nlp.minutes.parsing import parse
from kcsp_nlp.records import Item, Meeting, Model, Ranged, Record

CORPUS = Path(__file__).parents[1] / "corpus"
# Unlike layouts: plain text, bold lines, headings, tables of people and of whole minutes.
DOCUMENTS = {
    *("d1-05-south-holderness-plg", "p1-02-surrey-csb", "p1-04-thanet-exec", "p1-07-safer-essex"),
    *("p2-01-safer-leeds", "p3-03-dyfed-powys-pab", "p3-06-perth-kinross-ijb-audit"),
    *("p4-01-shropshire-dalpb", "p4-06-wakefield-hwb", "p4-09-lewisham-yos"),
    *("p5-09-breckland-scrutiny", "p5-10-market-amberley-town", "p6-11-waterford-lcsp"),
}

Found = TypeVar("Found", bound=Ranged)

MEASURES = ("items", "attendance", "decisions", "actions")
# Points of F1 that a kind of damage may cost on these documents.
MOST = (1.5, 2.5, 2.5, 3.0)
# What costs more, and why.
COSTS: dict[str, tuple[float, float, float, float]] = {
    # a page may end inside a name or behind half a sentence that could be a whole one
    "form_feed": (2, 2.5, 2.5, 5),
    "page_marker": (2.5, 2.5, 2.5, 3),
    "page_picture": (1.5, 4.5, 3, 3),
    "page_number": (1.5, 3, 4, 3),
    # a line to sign on that stands once in a document of two pages ends the minutes
    "running_footer_tight": (5, 2.5, 5, 8),
    # lists of people without marks between them
    "lines_glued": (1.5, 20, 6, 4),
    # what set items off from other lines is gone
    "headings_lost": (3, 2.5, 6, 4.5),
    # cells one below another: nothing says which belong together
    "tables_listed": (4, 8, 2.5, 28),
}


def within(found: Sequence[Found], part: Part) -> tuple[Found, ...]:
    return tuple(
        each.shifted(-part.start)
        for each in found
        if part.start <= each.start and each.end <= part.end
    )


def records(text: str) -> list[Record]:
    """Return what `annotate` would write of the structure alone."""
    outline = parse(text)
    meeting = Meeting(id="-", source="-", sha256="-", **vars(outline.front))

    return [
        Record(
            id="-",
            meeting=meeting,
            item=Item(
                index=index, kind=part.kind, number=part.number, code=part.code, title=part.title
            ),
            offset=part.start,
            text=text[part.start : part.end],
            spans=(),
            topics=(),
            scores={},
            attendance=outline.attendance if index == 0 else (),
            decisions=within(outline.decisions, part),
            actions=within(outline.actions, part),
            model=Model(name="-", version="-"),
        )
        for index, part in enumerate(outline.parts)
    ]


def score(minutes: LabelledMinutes) -> Evaluation:
    return score_document(minutes, records(minutes.text), ())


@cache
def documents() -> tuple[tuple[LabelledMinutes, Evaluation], ...]:
    held = [each for each in read_all([CORPUS]) if each.id in DOCUMENTS]
    return tuple((each, score(each)) for each in held)


def drops(kind: str) -> dict[str, float]:
    """Return how many points of F1 a kind of damage costs, by measure."""
    clean, hurt = [], []
    for minutes, before in documents():
        found = tabled(minutes, kind) if kind in TABLED else damaged(minutes, kind)
        if found:
            clean.append(before)
            hurt.append(score(found.minutes))
    assert clean, "nothing was damaged"
    one, other = Evaluation.of(clean, ()), Evaluation.of(hurt, ())
    return {name: 100 * (one.structure[name].f1 - other.structure[name].f1) for name in MEASURES}


@pytest.mark.parametrize("kind", [*sorted(DAMAGES), *sorted(TABLED)])
def test_structure_outlives_converters(kind: str) -> None:
    most = COSTS.get(kind, MOST)
    for (name, drop), limit in zip(drops(kind).items(), most, strict=True):
        assert drop <= limit, name


def test_offsets_point_into_the_file() -> None:
    text = "Present: Cllr Ann\n\n<!-- page 2 -->\n\nO&#8217;Neill (Chair), Bob Da\xadle\n\n"
    text += "1\\. Budget\n\n"
    text += (
        "**Resolved** to note <u>the</u>\n\n{2}" + "-" * 48 + "\n\nreport.\n\n2\\. Close\n\nNone.\n"
    )
    outline = parse(text)
    assert [each.name for each in outline.attendance] == ["Ann O’Neill", "Bob Dale"]
    cut, soft = outline.attendance
    assert text[cut.start : cut.end].startswith("Ann\n")
    assert text[cut.start : cut.end].endswith("O&#8217;Neill")
    assert text[soft.start : soft.end] == "Bob Da\xadle"
    assert [text[part.start :][:2] for part in outline.parts[1:]] == ["1\\", "2\\"]
    (decision,) = outline.decisions
    assert text[decision.start : decision.end] == decision.text
    assert decision.text.endswith("report.")


@pytest.mark.parametrize(
    ("text", "read"),
    [
        pytest.param("Ash and\n\n\f\nDale met.", "Ash and Dale met.", id="a page ends"),
        pytest.param("one of\n\n3\n\nthem", "one of them", id="a number cuts a sentence"),
        pytest.param("Noted.\n\n3\n\nBins", "Noted.\n\n3\n\nBins", id="a number of an item"),
        pytest.param("Noted.\n\n---\n\nBins", "Noted.\n\n---\n\nBins", id="a rule between items"),
        pytest.param("R&amp;D &pound;5", "R&D £5", id="entities"),
        pytest.param("R&D; a && b", "R&D; a && b", id="no entities"),
        pytest.param("[Ann Lee](mailto:a@b.uk) [sic](a)", "Ann Lee [sic](a)", id="links"),
        pytest.param("14<sup>th</sup> May<sup>1</sup>", "14th May", id="a note and an ordinal"),
        pytest.param("seen[^1]\n\n[^1]: See", "seen\n\n[^1]: See", id="a footnote's mark"),
        pytest.param("com-\nmittee", "committee", id="a parted word"),
        pytest.param("Ash-\nDale", "Ash-Dale", id="a parted name"),
        pytest.param("of\ufb01ce \ufb01", "office \ufb01", id="a ligature in a word"),
        pytest.param("**Cllr** **Ash**", "**Cllr Ash**", id="bold words"),
        pytest.param("**Present:** **Ash**", "**Present:** **Ash**", id="a bold label"),
        pytest.param(
            "<table><tr><th>Name</th></tr><tr><td>Ash</td></tr></table>",
            "| Name |\n| Ash |",
            id="a table in HTML",
        ),
        pytest.param("+---+\n| a |\n+===+\n| b |\n+---+\n", "| a |\n| b |\n", id="a grid"),
        pytest.param(
            "a | b\n--- | ---\nc | d", "| a | b |\n| --- | --- |\n| c | d |", id="no bars"
        ),
        pytest.param("| Robin<br>Prior |", "| Robin Prior |", id="a name broken in its cell"),
        pytest.param(
            "| Ann Lee<br>Bob Dale |", "| Ann Lee<br>Bob Dale |", id="two names in a cell"
        ),
        pytest.param("One\n===\n\nTwo\n---\n", "# One\n\n## Two\n", id="underlined headings"),
        pytest.param("\uf0b7 Ash", "• Ash", id="a symbol font's bullet"),
        pytest.param("§ 4 of the Act", "§ 4 of the Act", id="a section sign"),
    ],
)
def test_damage_is_undone(text: str, read: str) -> None:
    assert undo(text).text == read


SAID = "The Board heard at some length about the summer, the fair and what came of both of them."
TEXT = " ".join([SAID] * 3)
ROWS = [("1", "Welcome", ""), ("2", "Fair", "KN"), ("3", "Bins", "Bo to ring<br>KN: a letter")]


def minutes_rows(head: str, rows: Sequence[tuple[str, str, str]] = ROWS) -> str:
    rule = "|" + " --- |" * head.count(" | ") + " --- |\n"
    body = (f"| {number} | {title}<br>{TEXT} | {margin} |\n" for number, title, margin in rows)
    return f"{head}\n{rule}{''.join(body)}"


@pytest.mark.parametrize(
    "head",
    [
        "| No | Item / Discussion | Action / By whom |",
        "| **Item** | **Notes** | **Who does what** |",
        "| Eitem | Trafodaeth / Discussion | Gweithredu / Action |",
        "|  |  |  |",
        "| Ref | Minute | Lead |",
    ],
)
def test_minutes_in_a_table_are_lines(head: str) -> None:
    read = undo(minutes_rows(head)).text
    assert f"**2. Fair**\n\n{TEXT}\n\nAction: KN\n" in read
    assert "\n\nAction: Bo to ring\n\nAction: KN: a letter\n" in read
    assert "|" not in read


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(minutes_rows("| No | Action | Owner |"), id="an action log"),
        pytest.param(minutes_rows("| No | Name | Organisation |"), id="people"),
        pytest.param(minutes_rows("| No | Description | Amount |"), id="payments"),
        pytest.param(minutes_rows("| Ref | Risk | Score |"), id="risks"),
        pytest.param(minutes_rows("| No | Item | Action |", ROWS[:2]), id="too few rows"),
        pytest.param(
            f"{SAID * 40}\n\n{minutes_rows('| No | Item | Action |')}",
            id="a small part of the text",
        ),
        pytest.param("| No | Item |\n| --- | --- |\n| 1 | Fair |\n" * 9, id="an agenda"),
    ],
)
def test_tables_to_be_looked_up_stay(text: str) -> None:
    assert undo(text).text == text


def test_a_page_break_parts_no_table_of_minutes() -> None:
    head = "| No | Item | Action |"
    rows = [("", "went on about the fair", "Bo"), ("4", "Close", "")]
    read = undo(minutes_rows(head) + "\n" + minutes_rows(head, rows)).text
    assert "**4. Close**" in read
    assert "Item" not in read


def test_what_is_to_be_done_who_and_when_are_one_action() -> None:
    head = "| No | Item | Action | Owner | Due |"
    text = minutes_rows(head).replace("| KN |", "| Send the dates | KN | 3 May 2024 |")
    (action, *_) = parse(f"Present: Kim Nye (KN)\n\n{text}").actions
    assert (action.text, action.owners, action.due) == ("Send the dates", ("KN",), "2024-05-03")


def test_minutes_in_a_table_point_into_the_file() -> None:
    text = "Fair Board\n\n" + minutes_rows("| No | Item | Action |")
    outline = parse(text)
    assert [text[part.start :][:5] for part in outline.parts[1:]] == ["| 1 |", "| 2 |", "| 3 |"]
    assert [(part.number, part.title) for part in outline.parts[1:]] == [
        ("1", "Welcome"),
        ("2", "Fair"),
        ("3", "Bins"),
    ]
    beside, told, _ = outline.actions
    assert (beside.text, beside.owners) == (SAID, ("KN",))
    assert (told.text, told.owners) == ("Bo to ring", ("Bo",))


def test_lines_wrapped_in_a_cell_are_one_sentence() -> None:
    wrapped = "The Board was told that the<br>Fair would be held again in<br>the Park next summer."
    text = minutes_rows("| No | Item | Action |").replace(TEXT, wrapped + 3 * f"<br>{wrapped}")
    assert "told that the Fair would be held again in the Park next summer." in undo(text).text


@pytest.mark.parametrize("text", ["```", "```\n# Minutes\n```", "\xad\n1. Budget\n\nNoted.\n"])
def test_parts_cover_what_is_undone(text: str) -> None:
    parts = parse(text).parts
    assert (parts[0].start, parts[-1].end) == (0, len(text))


def test_a_view_knows_where_everything_stood() -> None:
    view = View("a &amp; b\xad.").edited([Edit(2, 7, "&"), Edit(9, 10)]).edited([Edit(0, 2)])
    assert view.text == "& b."
    assert [(view.start(at), view.end(at + 1)) for at in range(4)] == [
        (2, 7),
        (7, 8),
        (8, 9),
        (10, 11),
    ]
    assert view.end(0) == 0
