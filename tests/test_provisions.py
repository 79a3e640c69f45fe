"""Which provision a mention holds, and with which Act it is joined."""

from __future__ import annotations

import pytest

from kcsp_nlp.pipeline.legislation import find_legislation

CASES = [
    # text, mention, provision, Act and year (None: understood), reason
    (
        "Section 9 of the Theft Act 1968",
        "Section 9 of the Theft Act 1968",
        "section/9",
        ("Theft Act", 1968),
        "before",
    ),
    (
        "s.17 Crime and Disorder Act 1998",
        "s.17 Crime and Disorder Act 1998",
        "section/17",
        ("Crime and Disorder Act", 1998),
        "no `of`",
    ),
    (
        "section 76, Serious Crime Act 2015",
        "section 76, Serious Crime Act 2015",
        "section/76",
        ("Serious Crime Act", 2015),
        "comma",
    ),
    (
        "Licensing Act 2003 s.51 review",
        "Licensing Act 2003 s.51",
        "section/51",
        ("Licensing Act", 2003),
        "after",
    ),
    (
        "Licensing Act 2003, Sch 1, para 20",
        "Licensing Act 2003, Sch 1, para 20",
        "schedule/1/paragraph/20",
        ("Licensing Act", 2003),
        "two after",
    ),
    (
        "section\n47 of the Children\nAct 1989",
        "section\n47 of the Children\nAct 1989",
        "section/47",
        ("Children Act", 1989),
        "wrapped",
    ),
    (
        "Sections 24 to 26 of the Theft Act 1968",
        "Sections 24 to 26 of the Theft Act 1968",
        "section/24",
        ("Theft Act", 1968),
        "range",
    ),
    (
        "Section 1 and 4 of the Theft Act 1968",
        "Section 1 and 4 of the Theft Act 1968",
        "section/1",
        ("Theft Act", 1968),
        "list",
    ),
    (
        "s.2(7A) Extradition Act 2003",
        "s.2(7A) Extradition Act 2003",
        "section/2/7A",
        ("Extradition Act", 2003),
        "subsection",
    ),
    (
        "Part VII of the Housing Act 1996",
        "Part VII of the Housing Act 1996",
        "part/VII",
        ("Housing Act", 1996),
        "Roman",
    ),
    (
        "Chapter 1 of Part 2 of the Localism Act 2011",
        "Chapter 1 of Part 2 of the Localism Act 2011",
        "part/2/chapter/1",
        ("Localism Act", 2011),
        "nested",
    ),
    (
        "paragraphs 1 and 2 of Part 1 of Schedule 12A of the Local Government Act 1972",
        "paragraphs 1 and 2 of Part 1 of Schedule 12A of the Local Government Act 1972",
        "schedule/12A/part/1/paragraph/1",
        ("Local Government Act", 1972),
        "deep",
    ),
    (
        "Schedule A1 to the Mental Capacity Act 2005",
        "Schedule A1 to the Mental Capacity Act 2005",
        "schedule/A1",
        ("Mental Capacity Act", 2005),
        "letter first",
    ),
    (
        "Class Q of the Widgets (England) Order 2015",
        "Class Q of the Widgets (England) Order 2015",
        "class/Q",
        ("Widgets (England) Order", 2015),
        "class",
    ),
    ("held under Section 136 overnight", "Section 136", "section/136", None, "Act understood"),
    ("three s136 cases", "s136", "section/136", None, "short form"),
    ("S106 monies", "S106", "section/106", None, "capital"),
    ("a Section 106 agreement", "Section 106", "section/106", None, "the agreement is none"),
    ("charged under ss 76 and 80 today", "ss 76 and 80", "section/76", None, "ss"),
    ("Sections 135/136 training", "Sections 135/136", "section/135", None, "stroke"),
    ("exempt under Schedule 12A", "Schedule 12A", "schedule/12A", None, "Schedule"),
    (
        "as defined in paragraph 3 of Part 1 of Schedule 12A to the Act",
        "paragraph 3 of Part 1 of Schedule 12A",
        "schedule/12A/part/1/paragraph/3",
        None,
        "to the Act: outside",
    ),
    ("Section 17 of the 1998 Act", "Section 17", "section/17", None, "the 1998 Act: outside"),
    ("(see section 1(1) of that Act)", "section 1(1)", "section/1/1", None, "that Act: outside"),
    ("a Section 8 notice", "Section 8", "section/8", None, "small, told by the notice"),
    ("in force under section 3 today", "section 3", "section/3", None, "small, relied on"),
    ("an Article 4 Direction", "Article 4", "article/4", None, "article"),
    ("the Part 8 scheme for Main Street", "Part 8", "part/8", None, "Irish planning"),
    ("Regulation 28 report", "Regulation 28", "regulation/28", None, "regulation"),
    ("Section 135 & 136 work", "Section 135 & 136", "section/135", None, "ampersand"),
    ("s.2 MHA patients", "s.2 MHA", "section/2", ("MHA", None), "a short name after it"),
    (
        "Land Reform (Scotland) Act 2016, paragraph 9 of Part 1 of Schedule 7",
        "Land Reform (Scotland) Act 2016, paragraph 9 of Part 1 of Schedule 7",
        "schedule/7/part/1/paragraph/9",
        ("Land Reform (Scotland) Act", 2016),
        "nested, after",
    ),
]


@pytest.mark.parametrize(("text", "mention", "provision", "act", "reason"), CASES)
def test_finds_provisions(
    text: str, mention: str, provision: str, act: tuple[str, int] | None, reason: str
) -> None:
    (found,) = find_legislation(text)
    assert text[found.start : found.end] == mention, reason
    assert found.provision == provision, reason
    assert (found.title, found.year) == (act or (None, None)), reason


def test_a_bare_part_counts_where_its_act_is_named() -> None:
    text = "Part 4 of the Housing Act 2004 is live. The Part 4 duty grows. Part 3 is lunch."
    found = [text[found.start : found.end] for found in find_legislation(text)]
    assert found == ["Part 4 of the Housing Act 2004", "Part 4"]


def test_each_provision_stays_with_its_own_act() -> None:
    text = "s.222 Local Government Act 1972, s.1 Theft Act 1968 and s.130 Highways Act 1980"
    found = [(text[c.start : c.end], c.provision) for c in find_legislation(text)]
    assert found == [
        ("s.222 Local Government Act 1972", "section/222"),
        ("s.1 Theft Act 1968", "section/1"),
        ("s.130 Highways Act 1980", "section/130"),
    ]


def test_markup_between_a_provision_and_its_act_parts_them() -> None:
    text = "Section 17 of the *Theft Act 1968* applies"
    assert [text[c.start : c.end] for c in find_legislation(text)] == [
        "Section 17",
        "Theft Act 1968",
    ]


def test_an_act_takes_provisions_on_one_side_only() -> None:
    text = "S.50A of the Local Government (Scotland) Act 1973, paragraph 9 of Part 1 of Schedule 7A"
    found = [text[c.start : c.end] for c in find_legislation(text)]
    assert found == [
        "S.50A of the Local Government (Scotland) Act 1973",
        "paragraph 9 of Part 1 of Schedule 7A",
    ]


PATHS: list[tuple[str, tuple[str, ...], str]] = [
    ("ss 9 and 10 of the Theft Act 1968", ("section/9", "section/10"), "two"),
    (
        "Sections 24 to 26 of the Theft Act 1968",
        ("section/24", "section/25", "section/26"),
        "a range, what lies inside too",
    ),
    ("ss 12, 24–26 and 30", tuple(f"section/{n}" for n in (12, 24, 25, 26, 30)), "one in a list"),
    ("sections 24A to 26 of the Theft Act 1968", ("section/24A", "section/26"), "letters: ends"),
    ("sections 26 to 24 of the Theft Act 1968", ("section/26", "section/24"), "backwards: ends"),
    ("sections 1 to 900 of the Theft Act 1968", ("section/1", "section/900"), "too wide: ends"),
    (
        "sections 1, 2, 3(1) and 4A of the Theft Act 1968",
        ("section/1", "section/2", "section/3/1", "section/4A"),
        "a list",
    ),
    (
        "section 17(1) and (2) of the Theft Act 1968",
        ("section/17/1", "section/17/2"),
        "subsections",
    ),
    (
        "s.2(1), (2) and (3) of the Theft Act 1968",
        ("section/2/1", "section/2/2", "section/2/3"),
        "three subsections",
    ),
    ("under section 17(1), (b) that", ("section/17/1",), "the next point of a resolution"),
    (
        "paragraphs 9 and 10 of Schedule 1 to the Theft Act 1968",
        ("schedule/1/paragraph/9", "schedule/1/paragraph/10"),
        "both in the schedule",
    ),
    (
        "paragraph 1 and paragraph 2 of Schedule 3 to the Theft Act 1968",
        ("schedule/3/paragraph/1", "schedule/3/paragraph/2"),
        "the first shares the schedule of the second",
    ),
    (
        "section 1 or section 2(3)(a) of the Theft Act 1968",
        ("section/1", "section/2/3/a"),
        "side by side",
    ),
    ("Schedule 12A, paragraph 3", ("schedule/12A/paragraph/3",), "nested"),
    ("the Theft Act 1968", (), "none"),
]


@pytest.mark.parametrize(("text", "paths", "why"), PATHS)
def test_every_provision_has_its_path(text: str, paths: tuple[str, ...], why: str) -> None:
    (found,) = find_legislation(text)
    assert found.paths == paths, why
    assert found.provision == (paths[0] if paths else None), why
