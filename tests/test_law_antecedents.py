"""Which Act a provision without one is of; what is not certain stays null."""

from __future__ import annotations

import pytest

from kcsp_nlp.linking.laws.legislation import link_legislation

UK = "https://www.legislation.gov.uk/id/"
DAA = "The Domestic Abuse Act 2021 "
CASES: list[tuple[str, str, str | None, str]] = [
    # text, the bare provision, path of its Act, reason
    (
        "the Crime and Disorder Act 1998 stands. Then came Section 39 of the 1998 Act",
        "Section 39",
        "ukpga/1998/37",
        "the year of the one Act named",
    ),
    (
        "Section 39 of the 1998 Act is old; so is the Crime and Disorder Act 1998",
        "Section 39",
        "ukpga/1998/37",
        "named after it, and one of that year",
    ),
    (
        "the Human Rights Act 1998 and the Crime and Disorder Act 1998; Section 39 of the 1998 Act",
        "Section 39",
        None,
        "two Acts of that year",
    ),
    ("Section 39 of the 1998 Act", "Section 39", None, "none of that year"),
    (
        "under Section 100A(4) of the 1972 Act the public be excluded",
        "Section 100A(4)",
        "ukpga/1972/70",
        "understood, and the year agrees",
    ),
    (DAA + "binds us. Section 84 of that Act", "Section 84", "ukpga/2021/17", "that Act"),
    (
        "the Care Act 2014 came. " + DAA + "too; Section 84 of that Act",
        "Section 84",
        None,
        "two Acts are near",
    ),
    (
        "the Gate Keeping Act 2013 binds us. Section 84 of that Act",
        "Section 84",
        None,
        "an Act that nobody knows",
    ),
    (
        "the Care Act 2014 (“the Act”)\n\nthe Theft Act 1968\n\nPart 1\n\nSection 42 of the Act",
        "Section 42",
        "ukpga/2014/23",
        "defined",
    ),
    (
        DAA + "binds us.\n\nThe item closed.\n\nSection 84 of the Act",
        "Section 84",
        "ukpga/2021/17",
        "the one Act of the document",
    ),
    (
        "Section 84 of the Act came first.\n\n" + DAA,
        "Section 84",
        None,
        "named only afterwards",
    ),
    (DAA + "binds us, and section 57 most", "section 57", "ukpga/2021/17", "the paragraph's Act"),
    (DAA + "binds us.\n\nUnder section 57 we act", "section 57", None, "another paragraph"),
    (
        DAA + "binds us, and section 57 most; so does the Care Act 2014",
        "section 57",
        None,
        "the paragraph names another",
    ),
    (DAA + "binds us, and regulation 57 most", "regulation 57", None, "Acts have no regulations"),
    (
        "Section 57 of the Domestic Abuse Act 2021\n\nSection 57 duties",
        "Section 57",
        "ukpga/2021/17",
        "the same provision elsewhere",
    ),
    (
        "Section 5 of the Theft Act 1968\n\nunder Section 5 again",
        "Section 5",
        None,
        "too small a number for that",
    ),
    ("detained under Section 136 in cells", "Section 136", "ukpga/1983/20", "understood"),
    ("a licensed bar and Section 136 police", "Section 136", None, "words that rule it out"),
    ("planning said the Section 106 money", "Section 106", "ukpga/1990/8", "planning"),
    ("Section 106 was read out", "Section 106", None, "nothing bears it out"),
    (
        "Police Scotland asked. The Scottish Government said detained under Section 136",
        "Section 136",
        None,
        "not the law of Scotland",
    ),
    (
        "the Police and Justice Act 2006 widens Section 17 as to crime and disorder",
        "Section 17",
        "ukpga/1998/37",
        "what is understood goes before the paragraph's Act",
    ),
    (
        "Section 17 of the Children Act 1989." + " " * 400 + "Section 17 and crime and disorder",
        "Section 17",
        None,
        "the document means another by it",
    ),
    ("crime: Section 17 of our Plan", "Section 17", None, "a part of a paper"),
    ("detained under Section 135 and 136", "Section 135 and 136", "ukpga/1983/20", "both"),
    ("detained under ss 136 and 512", "ss 136 and 512", None, "one of two is not known"),
]


@pytest.mark.parametrize(("text", "mention", "path", "why"), CASES)
def test_bare_provisions(text: str, mention: str, path: str | None, why: str) -> None:
    links = link_legislation(text)
    found = [link.id for (start, end), link in sorted(links.items()) if text[start:end] == mention]
    assert found[-1:] == [path and UK + path] or (not found and path is None), why


def test_understood_provisions_have_their_days() -> None:
    text = "dispersal under Section 30 again"
    ids = [next(iter(link_legislation(text, day).values())).id for day in ("2010-01-01", "2016")]
    assert ids == [UK + "ukpga/2003/38", None]


def test_no_guess_upon_a_guess() -> None:
    text = "the Human Rights Act binds us; section 6 of that Act"
    assert [link.id for link in link_legislation(text).values()] == [UK + "ukpga/1998/42", None]
    assert all(link.id for link in link_legislation(text, "2015-01-01").values())


HOSTILE = ["Section 136 detained ", "section 17 of the Act. ", "Theft Act 1968. s.12 of that Act. "]
HOSTILE += ["Thift Act 1968 ", "Widgets Order 2030 (SI 2030/12) ", "section 17(1), (2), (3) and "]


@pytest.mark.parametrize("unit", HOSTILE)
def test_hostile_text_ends(unit: str) -> None:
    text = unit * (50_000 // len(unit))
    assert all(0 <= start < end <= len(text) for start, end in link_legislation(text, "2018"))


@pytest.mark.parametrize("reverse", [False, True])
def test_the_fullest_title_of_an_instrument_goes_before_others(reverse: bool) -> None:
    named = ["the Widget Fitting Regulations 2007", "the Widget Fitting (England) Regulations 2007"]
    cited = ". ".join(f"{title} (SI 2007/1830)" for title in sorted(named, reverse=reverse))
    text = f"{cited}.\n\nregulation 55 of the 2007 Regulations"
    *_, last = link_legislation(text).values()
    assert (last.id, last.canonical) == (
        UK + "uksi/2007/1830",
        "Widget Fitting (England) Regulations 2007",
    )
