"""Which Act of a year is meant by a title with a slip in it; never another one."""

from __future__ import annotations

import random

import pytest

from kcsp_nlp.linking.laws.near_titles import near_title
from kcsp_nlp.registers.legislation import statutes, title_key

CASES: list[tuple[str, int, str | None, str]] = [
    ("Crime and Disorer Act", 1998, "ukpga/1998/37", "a letter lost"),
    ("Clean Neighbourhoods and Environrnent Act", 2005, "ukpga/2005/16", "a scanner's rn"),
    ("Adoption Children Act", 2002, "ukpga/2002/38", "a small word lost"),
    ("Domestic Violence and Victims Act", 2004, "ukpga/2004/28", "one word of four left out"),
    ("Offensive Weapon Act", 2019, "ukpga/2019/17", "a plural lost"),
    ("Crime and Disorer Act", 1999, None, "not in that year"),
    ("Criminal Act", 2016, None, "too few words"),
    ("Finances Act", 2017, None, "one word, and it is no slip of Criminal Finances"),
    ("Housing (Scotland) Act", 2004, None, "another nation"),
    ("Gambia Independence Act", 1963, None, "known words are no slips"),
    ("Public Contrcts Regulations", 2015, None, "an instrument has too many of its like"),
    ("Widgets Act", 2004, None, "an Act that does not exist"),
]


@pytest.mark.parametrize(("title", "year", "path", "why"), CASES)
def test_near_titles(title: str, year: int, path: str | None, why: str) -> None:
    act = near_title(title, year)
    assert (act and act.path) == path, why


def test_perturbed_titles_never_mean_another_act() -> None:
    rng = random.Random(3)
    acts = sorted(act for acts in statutes().by_year.values() for act in acts)
    right = 0
    for act in rng.sample(acts, 400):
        words = act.title.split()
        at = rng.randrange(len(words))
        cut = rng.randrange(len(words[at]))
        for one in (words[at][:cut] + words[at][cut + 1 :], ""):
            title = " ".join(filter(None, [*words[:at], one, *words[at + 1 :]]))
            found = None if statutes().named(title, act.year) else near_title(title, act.year)
            assert found is None or title_key(found.title) == title_key(act.title), title
            right += found is not None
    assert right > 100
