"""Numbers of instruments, the nation of a document."""

from __future__ import annotations

import pytest

from kcsp_nlp.linking.laws.instruments import instrument_path
from kcsp_nlp.linking.laws.nations import nation_of

NUMBERS: list[tuple[str, str, str | None, str]] = [
    ("SI 2013/218", "", "uksi/2013/218", "the usual form"),
    ("S.I. 2013 No. 218", "", "uksi/2013/218", "the long form"),
    ("SI 2013/0218", "", "uksi/2013/218", "a nought before it"),
    ("Statutory Instrument 2013 No. 218", "", "uksi/2013/218", "in full"),
    ("SI 2013/218", " (C. 12)", "uksi/2013/218", "a commencement order"),
    ("SI 2015/1234", " (W. 82)", "wsi/2015/1234", "Welsh"),
    ("SI 2015/1234", " (Cy. 82)", "wsi/2015/1234", "Welsh, in Welsh"),
    ("SI 1986/595", " (N.I. 4)", "nisi/1986/595", "an Order in Council for Northern Ireland"),
    ("SSI 2012/162", "", "ssi/2012/162", "Scottish"),
    ("S.S.I. 2012 No. 162", "", "ssi/2012/162", "Scottish, the long form"),
    ("SR 2010/5", "", "nisr/2010/5", "Northern Irish"),
    ("S.I. No. 199 of 2024", "", None, "Irish: the year is last"),
    ("SI No 219/2022", "", None, "Irish, the short form"),
    ("Regulation (EU) 2016/679", "", "eur/2016/679", "European, the year first"),
    ("Regulation (EC) No 561/2006", "", "eur/2006/561", "European, the year last"),
    ("Directive 95/46/EC", "", "eudr/1995/46", "a year of two figures"),
    ("Directive 2012/29/EU", "", "eudr/2012/29", "a directive"),
    ("Regulation 18/19", "", None, "two stages of a local plan"),
    ("Theft Act", "", None, "a title"),
]


@pytest.mark.parametrize(("title", "after", "path", "why"), NUMBERS)
def test_numbers(title: str, after: str, path: str | None, why: str) -> None:
    assert instrument_path(title, after) == path, why


NATIONS = [
    ("The Board met.", "england", "nothing tells"),
    ("A Sheriff Court once.", "england", "one word is too few"),
    ("Police Scotland and the Scottish Government", "scotland", "two words"),
    ("PSNI and the Department, Northern Ireland", "northern-ireland", "two words"),
    ("Garda Lynch and Gardaí", "ireland", "two words"),
    ("Welsh Government, Cyngor Sir", "wales", "two words"),
    ("in Scotland, Wales and Northern Ireland", "england", "all of them"),
]


@pytest.mark.parametrize(("text", "nation", "why"), NATIONS)
def test_nations(text: str, nation: str, why: str) -> None:
    assert nation_of(text) == nation, why
