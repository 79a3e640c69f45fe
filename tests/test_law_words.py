"""The tables of names, understood provisions and added Acts: what they hold, what they refuse."""

from __future__ import annotations

from pathlib import Path

import pytest

from kcsp_nlp.errors import RegisterError
from kcsp_nlp.registers.law_words import (
    common_names,
    load_common_names,
    load_understood,
    understood_provisions,
)
from kcsp_nlp.registers.legislation import load_statutes, statutes
from kcsp_nlp.registers.tables import Days

NAMES = "name\ttitle\tpath\tfrom\tuntil\tnear\tnot_in\treason\n"
PARTS = "provision\ttitle\tpath\tfrom\tuntil\tnear\tunless\tonly_in\treason\n"


def test_a_user_may_add_names(tmp_path: Path) -> None:
    table = tmp_path / "names.tsv"
    row = "Ann's Law\tWidgets Act 2031\tukpga/2031/4\t2031-02-03\t\tgate|lock*\tscotland\twhy\n"
    table.write_text(f"# ours\n\n{NAMES}{row}", encoding="utf-8")
    ((key, (name,)),) = load_common_names(table).items()
    assert (key, name.title, name.path) == ("annslaw", "Widgets Act 2031", "ukpga/2031/4")
    assert name.near is not None
    assert [bool(name.near.search(t)) for t in ("Gates", "locked", "gated", "padlock")] == [
        True,
        True,
        False,
        False,
    ]


BAD_NAMES = [
    ("name\tpath\n", "the head is name, path; expected the columns name, title", "other columns"),
    (NAMES + "GDPR\teur/2016/679\n", "line 2: 2 cells", "too few cells"),
    (NAMES + "X\tX Act 2031\thttps://x\t\t\t\t\t\n", "path is 'https://x'", "no path"),
    (NAMES + "X\t\tukpga/2031/4\t\t\t\t\t\n", "title and path both", "no title"),
    (NAMES + "X\tX\tukpga/2031/4\t3 May\t\t\t\t\n", "from is '3 May'", "no day"),
    (NAMES + "X\tX\tukpga/2031/4\t2031-02-01\t2030-01-01\t\t\t\n", "lies before", "order"),
    (NAMES + "X\tX\tukpga/2031/4\t\t\t\tUtopia\t\n", "not_in is 'Utopia'", "no nation"),
]


@pytest.mark.parametrize(("content", "message", "why"), BAD_NAMES)
def test_bad_names_are_refused(tmp_path: Path, content: str, message: str, why: str) -> None:
    table = tmp_path / "names.tsv"
    table.write_text(content, encoding="utf-8")
    with pytest.raises(RegisterError, match=message) as caught:
        load_common_names(table)
    assert str(table) in str(caught.value), why


@pytest.mark.parametrize(
    ("row", "why"),
    [
        ("s.17\tX Act 2031\tukpga/2031/4\t\t\tgate\t\t\t\n", "no path of a provision"),
        ("section/17\tX Act 2031\tukpga/2031/4\t\t\t\t\t\t\n", "no words to bear it out"),
        ("section/17\t\t\t\t\tgate\t\t\t\n", "no Act"),
    ],
)
def test_bad_provisions_are_refused(tmp_path: Path, row: str, why: str) -> None:
    table = tmp_path / "understood.tsv"
    table.write_text(PARTS + row, encoding="utf-8")
    with pytest.raises(RegisterError, match="expected a provision as section/17"):
        load_understood(table)


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"Widgets Act\t2031\n", "2 cells"),
        (b"Widgets Act\tMMXXXI\tukpga/2031/4\n", "year is 'MMXXXI'"),
        (b"\t2031\tukpga/2031/4\n", "none of them empty"),
        (b"Widgets Act\xff\t2031\tukpga/2031/4\n", "not UTF-8"),
    ],
)
def test_bad_acts_are_refused(tmp_path: Path, content: bytes, message: str) -> None:
    table = tmp_path / "acts.tsv"
    table.write_bytes(content)
    with pytest.raises(RegisterError, match=message):
        load_statutes(table)


def test_a_missing_table_is_named(tmp_path: Path) -> None:
    with pytest.raises(RegisterError, match="cannot be opened"):
        load_statutes(tmp_path / "none.tsv")


def test_a_user_may_add_acts(tmp_path: Path) -> None:
    table = tmp_path / "acts.tsv"
    table.write_text("Widgets (Wales) Act\t2031\tasc/2031/4\n", encoding="utf-8")
    register = load_statutes(table)
    assert [act.path for act in register.nationless("Widgets Act", 2031)] == ["asc/2031/4"]
    assert register.by_path["asc/2031/4"].year == 2031


def test_days_hold_for_what_is_stated() -> None:
    days = Days("2014-10-20", "2020-03-31")
    asked = ["2014", "2014-10", "2014-11", "2015", "2020-03", "2020", "2014-10-20", None]
    assert [days.holds(day) for day in asked] == [0, 0, 1, 1, 1, 0, 1, 1]


def test_shipped_titles_agree_with_the_register() -> None:
    rows = [row for rows in common_names().values() for row in rows]
    rows += [row for rows in understood_provisions().values() for row in rows]  # type: ignore[misc]
    known = [(row, statutes().by_path[row.path]) for row in rows if row.path in statutes().by_path]
    assert len(known) > 100
    assert [row.title for row, act in known] == [f"{act.title} {act.year}" for _, act in known]


def test_shipped_ids_stand_once() -> None:
    named = [(act.title, act.year) for acts in statutes().by_year.values() for act in acts]
    added = load_statutes(
        Path(__file__).parents[1] / "nlp/kcsp_nlp/data/legislation/acts_added.tsv"
    )
    assert all(named.count((act.title, act.year)) == 1 for act in added.by_path.values())
