from __future__ import annotations

import pytest

from kcsp_nlp.annotator import Annotator
from kcsp_nlp.linking.laws.legislation import link_legislation
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
        "as Section 136 says",
        [("Section 136", None, "section/136")],
        "a bare provision that nothing explains has no Act, and keeps its path",
    ),
    (
        "the Town and Contry Planning Act 1990",
        [("Town and Contry Planning Act 1990", "ukpga/1990/8", None)],
        "a slip, in the same year",
    ),
    (
        "the Well-being of Future Generations Act 2015",
        [("Well-being of Future Generations Act 2015", "anaw/2015/2", None)],
        "its nation left off, where no Act has the bare title",
    ),
    (
        "the Mental Health Act 2015",
        [("Mental Health Act 2015", None, None)],
        "but not where one has, of another year",
    ),
    (
        "s.9 DVCV Act 2004 and PCSC Act 2022",
        [
            ("s.9 DVCV Act 2004", "ukpga/2004/28", "section/9"),
            ("PCSC Act 2022", "ukpga/2022/32", None),
        ],
        "initials before the word Act",
    ),
    (
        "PACE 1984, and PACE 2003",
        [("PACE 1984", "ukpga/1984/60", None), ("PACE 2003", None, None)],
        "a short form that is no initials, with its own year alone",
    ),
    (
        "the Domestic Abuse Act 2021 (“the DAA”). The DAA asks",
        [
            ("Domestic Abuse Act 2021", "ukpga/2021/17", None),
            ("DAA", "ukpga/2021/17", None),
            ("DAA", "ukpga/2021/17", None),
        ],
        "an acronym that the document gives",
    ),
    (
        "the Widgets Regulations 2013 (SI 2013/218). The Widgets Regulations 2013 hold",
        [
            ("Widgets Regulations 2013", "uksi/2013/218", None),
            ("SI 2013/218", "uksi/2013/218", None),
            ("Widgets Regulations 2013", "uksi/2013/218", None),
        ],
        "a number in brackets is the title's too, here and elsewhere",
    ),
    (
        "the Widgets Regulations 2012 (SI 2013/9)",
        [("Widgets Regulations 2012", None, None), ("SI 2013/9", "uksi/2013/9", None)],
        "unless it is of another year",
    ),
    (
        "the Widgets Regulations 2031 (SI 2031/9), the Widgets Regulations 2031 (SI 2031/8)",
        [
            ("Widgets Regulations 2031", None, None),
            ("SI 2031/9", "uksi/2031/9", None),
            ("Widgets Regulations 2031", None, None),
            ("SI 2031/8", "uksi/2031/8", None),
        ],
        "or has two numbers",
    ),
    (
        "the Garda chief asked. Gardaí rely on the Housing Act 1988 and S.I. No. 9 of 2024",
        [("Housing Act 1988", None, None), ("S.I. No. 9 of 2024", None, None)],
        "Ireland's Acts and instruments are not the United Kingdom's",
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


DATED: list[tuple[str, str | None, str | None, str]] = [
    ("the Care Act", "2016-01-04", "ukpga/2014/23", "one Act has the title"),
    ("the Care Act", None, "ukpga/2014/23", "which needs no date"),
    ("the Care Act", "2012-05-01", None, "unless it is of later years"),
    ("the Serious Crime Act", "2010", "ukpga/2007/27", "one of two was there"),
    ("the Serious Crime Act", "2019-02-01", None, "both were"),
    ("the Serious Crime Act", None, None, "no date, two Acts"),
    ("the Housing Act", "2010-06-07", None, "several in force together"),
    ("the Data Protection Act", "2012-06", "ukpga/1998/29", "the one in force"),
    ("the Data Protection Act", "2018-05-25", "ukpga/2018/12", "from its first day"),
    ("the Data Protection Act", "2018", None, "a year in which both were"),
    ("the Data Protection Act", None, None, "no date, two Acts in turn"),
    ("the Equality Act", "2014-01-01", "ukpga/2010/15", "the later replaced the earlier"),
    ("a breach of GDPR", "2019-01-01", "eur/2016/679", "a European regulation"),
    ("a breach of GDPR", "2014-01-01", None, "which was none yet"),
    ("Martyn’s Law is near", "2024-01-10", None, "a proposal then"),
    ("Martyn's Law is here", "2025-06-01", "ukpga/2025/10", "an Act since"),
    ("asked under Clare's Law", "2022-02-02", None, "a scheme, not an Act"),
    ("and Seni's Law", "2019", "ukpga/2018/27", "an Act"),
    ("and Alex's Law", "2019", None, "nobody knows which"),
    ("the Domestic Abuse Bill", "2022", None, "a Bill is no Act"),
    ("under the MHA the patient was detained", "2015", "ukpga/1983/20", "borne out by the words"),
    ("under the MHA we met", "2015", None, "borne out by nothing"),
    ("under the HRA rents rose", "2015", None, "the Housing Revenue Account"),
    ("Police Scotland and the Scottish Government on PACE", "2015", None, "not in Scotland"),
    ("the Scottish Government and Police Scotland on the Licensing Act", "2015", None, "nor that"),
    ("the Roads Act", None, None, "the register is not complete so far back"),
]


@pytest.mark.parametrize(("text", "date", "path", "why"), DATED)
def test_without_a_year_the_date_decides(
    text: str, date: str | None, path: str | None, why: str
) -> None:
    (link,) = link_legislation(text, date).values()
    assert link.id == (path and UK + path), why


def test_every_provision_is_kept() -> None:
    (link,) = link_legislation("ss 9 and 10 of the Theft Act 1968").values()
    assert (link.provision, link.provisions) == ("section/9", ("section/9", "section/10"))


def test_an_instrument_takes_the_title_that_stands_before_its_number() -> None:
    links = link_legislation("the Widgets\nRegulations 2031 (SI 2031/9)")
    assert {link.canonical for link in links.values()} == {"Widgets Regulations 2031"}


def test_the_canonical_title_is_the_registers(annotator: Annotator) -> None:
    data = b"1. Duties\nSection 9 of the Domestic Violence, Crime & Victims Act 2004 applies.\n"
    records = annotator.annotate(read_bytes(data, "x.txt", ".txt"))
    (span,) = [each for record in records for each in record.spans]
    assert isinstance(span, LegislationSpan)
    assert span.canonical == "Domestic Violence, Crime and Victims Act 2004"
    assert (span.id, span.provision) == (f"{UK}ukpga/2004/28", "section/9")
