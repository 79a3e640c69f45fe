from __future__ import annotations

import pytest

from kcsp_nlp.annotator import Annotator
from kcsp_nlp.linking import link_legislation
from kcsp_nlp.reading import read_bytes
from kcsp_nlp.records import LegislationSpan

UK = "https://www.legislation.gov.uk/id/"
CASES: list[tuple[str, list[tuple[str, str | None, str | None]], str]] = [
    (
        "as the Care Act 2014 wants",
        [("Care Act 2014", "ukpga/2014/23", None)],
        "a title and its year",
    ),
    (
        "under section 17(1) of the Crime & Disorder Act\n1998",
        [("section 17(1) of the Crime & Disorder Act\n1998", "ukpga/1998/37", "section/17/1")],
        "with a provision, another spelling and a line wrap",
    ),
    (
        "The Domestic Abuse Act 2021 came. Since the Domestic Abuse Act came",
        [
            ("Domestic Abuse Act 2021", "ukpga/2021/17", None),
            ("Domestic Abuse Act", "ukpga/2021/17", None),
        ],
        "a title without a year is the one that the document names with it",
    ),
    (
        "The Housing Act 1988 and the Housing Act 1996; the Housing Act says so",
        [
            ("Housing Act 1988", "ukpga/1988/50", None),
            ("Housing Act 1996", "ukpga/1996/52", None),
            ("Housing Act", None, None),
        ],
        "unless it names two",
    ),
    (
        "the Housing Act says so",
        [("Housing Act", None, None)],
        "and none where the document names no year",
    ),
    (
        "the Gate Keeping Act 2013 says so",
        [("Gate Keeping Act 2013", None, None)],
        "an Act that does not exist is null",
    ),
    (
        "under Schedule 12A to the LGA 1972",
        [("Schedule 12A to the LGA 1972", "ukpga/1972/70", "schedule/12A")],
        "initials that one Act of the year has",
    ),
    (
        "detained under Section 136 again",
        [("Section 136", None, "section/136")],
        "a bare provision has no Act, and keeps its path",
    ),
    (
        "the Weald Gates Order (SI 2007/1830)",
        [("SI 2007/1830", "uksi/2007/1830", None)],
        "an instrument by its number",
    ),
]


@pytest.mark.parametrize(("text", "expected", "why"), CASES)
def test_links(text: str, expected: list[tuple[str, str | None, str | None]], why: str) -> None:
    found = [
        (text[start:end], link.id, link.provision)
        for (start, end), link in sorted(link_legislation(text).items())
        if text[start:end] != "Weald Gates Order"
    ]
    assert found == [(held, path and UK + path, part) for held, path, part in expected], why


def test_the_canonical_title_is_the_registers(annotator: Annotator) -> None:
    data = b"1. Duties\nSection 9 of the Domestic Violence, Crime & Victims Act 2004 applies.\n"
    records = annotator.annotate(read_bytes(data, "x.txt", ".txt"))
    (span,) = [each for record in records for each in record.spans]
    assert isinstance(span, LegislationSpan)
    assert span.canonical == "Domestic Violence, Crime and Victims Act 2004"
    assert (span.id, span.provision) == (f"{UK}ukpga/2004/28", "section/9")
