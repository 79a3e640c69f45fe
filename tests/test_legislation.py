"""Where legislation is named, and which title and provision a mention holds."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kcsp_nlp.pipeline.legislation import find_legislation
from kcsp_nlp.registers.legislation import statutes, title_key

TITLES = [
    # text, mentions found in it, reason
    ("the Domestic Abuse Act 2021 applies", ["Domestic Abuse Act 2021"], "title and year"),
    ("Under the Care Act 2014 we act.", ["Care Act 2014"], "`Under the` stays outside"),
    ("Compliance with the Equality Act 2010", ["Equality Act 2010"], "only the title"),
    ("obligations in the Domestic Abuse Act", ["Domestic Abuse Act"], "known without a year"),
    ("the Hunting Act and the Roads Act", ["Hunting Act", "Roads Act"], "known, and not known"),
    ("Mental Health Act assessments", ["Mental Health Act"], "an Act used as an adjective"),
    ("the Data\nProtection Act 2018", ["Data\nProtection Act 2018"], "wrapped"),
    ("the Data\n     Protection Act 2018", ["Data\n     Protection Act 2018"], "wrapped, indented"),
    ("the Equality Act\n2010 duties", ["Equality Act\n2010"], "year on the next line"),
    ("the Data\n\nProtection Act 2018", ["Protection Act 2018"], "never across a blank line"),
    ("**Care Act 2014** and _Theft Act 1968_", ["Care Act 2014", "Theft Act 1968"], "markup"),
    ("LICENSING ACT - A REVIEW", ["LICENSING ACT"], "a heading in capitals"),
    ("the Housing Act, 1966", ["Housing Act, 1966"], "Irish comma before the year"),
    ("the Care Act (2014)", ["Care Act (2014)"], "year in brackets"),
    (
        "the Health and Safety at Work etc. Act 1974",
        ["Health and Safety at Work etc. Act 1974"],
        "etc.",
    ),
    ("Police & Criminal Evidence Act 1984", ["Police & Criminal Evidence Act 1984"], "ampersand"),
    (
        "Police and Criminal Evidence Act (PACE) 1984",
        ["Police and Criminal Evidence Act (PACE) 1984"],
        "short name inside",
    ),
    (
        "Anti Social Behaviour, Crime and Policing Act 2014",
        ["Anti Social Behaviour, Crime and Policing Act 2014"],
        "commas",
    ),
    (
        "the Offences Against the Person Act 1861",
        ["Offences Against the Person Act 1861"],
        "`the` inside a known title",
    ),
    ("the licensing act 2003", ["licensing act 2003"], "small letters, known with its year"),
    ("under the Licensing act", ["Licensing act"], "small a after `under the`"),
    (
        "the KCC Care Act lead on the Widgets Act 2031",
        ["Care Act", "Widgets Act 2031"],
        "a body stays outside",
    ),
    ("the Care Act 2014, Theft Act 1968", ["Care Act 2014", "Theft Act 1968"], "two Acts"),
    (
        "Mental Capacity Act (Northern Ireland) 2016",
        ["Mental Capacity Act (Northern Ireland) 2016"],
        "NI Act",
    ),
    ("Public Processions (N.I.) Act 1998", ["Public Processions (N.I.) Act 1998"], "N.I."),
    (
        "Community Empowerment (Scotland) Act 2015",
        ["Community Empowerment (Scotland) Act 2015"],
        "Scottish Act",
    ),
    (
        "the Well-being of Future Generations Act",
        ["Well-being of Future Generations Act"],
        "nation left off",
    ),
    ("Welsh Language (Wales) Measure 2011", ["Welsh Language (Wales) Measure 2011"], "Measure"),
    ("Deddf Tai (Cymru) 2014 yn", ["Deddf Tai (Cymru) 2014"], "Welsh title"),
    ("the Garda Síochána Act 2005", ["Garda Síochána Act 2005"], "Irish Act"),
    ("the Road Traffic Acts 1961-2011", ["Road Traffic Acts 1961-2011"], "several years"),
    (
        "Public Health Acts Amendment Act 1907",
        ["Public Health Acts Amendment Act 1907"],
        "Acts inside",
    ),
    ("the Public Order Act 1986", ["Public Order Act 1986"], "Order inside"),
    (
        "Building Safety Act 2022 (Widgets) Order 2030",
        ["Building Safety Act 2022 (Widgets) Order 2030"],
        "an Act inside an Order",
    ),
    (
        "Accounts and Audit (England) Regulations 2015",
        ["Accounts and Audit (England) Regulations 2015"],
        "Regulations",
    ),
    ("Accounts & Audit Regs 2015", ["Accounts & Audit Regs 2015"], "Regs"),
    (
        "the Regulatory Reform (Fire Safety) Order 2005",
        ["Regulatory Reform (Fire Safety) Order 2005"],
        "Order",
    ),
    ("the draft Renters (Reform) Bill", ["Renters (Reform) Bill"], "Bill"),
    ("The Crime and Policing Bill is back", ["Crime and Policing Bill"], "Bill"),
    ("the Domestic Abuse Bill's second reading", ["Domestic Abuse Bill"], "possessive outside"),
]

SHORT_NAMES = [
    ("a breach of GDPR; UK GDPR applies", ["GDPR", "UK GDPR"], "GDPR"),
    ("PACE clocks; KEEPING PACE WITH DEMAND", ["PACE"], "a word in a line of capitals"),
    ("under FOI; an FOI request", ["FOI"], "law only after such a word"),
    (
        "Clare's Law, Martyn’s Law, Sarahs law",
        ["Clare's Law", "Martyn’s Law", "Sarahs law"],
        "apostrophes",
    ),
    ("calls for Alex's Law", ["Alex's Law"], "any law with a person's name"),
    ("Max and Keira's Law", ["Max and Keira's Law"], "two persons"),
    ("s.137 LGA 1972 and LGA1972", ["s.137 LGA 1972", "LGA1972"], "initials and year"),
    (
        "SI 2013/12, S.I. No. 9 of 2024, SI No 219/2022",
        ["SI 2013/12", "S.I. No. 9 of 2024", "SI No 219/2022"],
        "numbers",
    ),
    (
        "Regulation (EU) 2016/679 and Directive 2012/29/EU",
        ["Regulation (EU) 2016/679", "Directive 2012/29/EU"],
        "EU",
    ),
    ("the Theft Act 1968 (“TA”). The TA", ["Theft Act 1968"], "two letters are too few"),
    (
        "the Modern Slavery Act 2015 (MSA). The MSA is old",
        ["Modern Slavery Act 2015", "MSA", "MSA"],
        "the text says what MSA is",
    ),
]

NOTHING = [
    ("the Act, the Bill, the Regulations, this Order", "anaphora"),
    ("the 1998 Act and the 2011 Regulations", "anaphora with a year"),
    ("Section 4 of the Hiring Agreement", "an internal paper"),
    ("Standing Order 41 and Standing Orders 3 and 4", "rules of the house"),
    ("Financial Regulations 2024 and Financial Regulation 5.3", "rules of the house"),
    ("the Section 151 Officer and the S.151 officer", "a role"),
    ("A Public Spaces Protection Order", "a generic order"),
    ("the Tree Preservation Order 2019", "a local order with a year"),
    ("section 3 of the report; Section 5 (Fees) of our policy", "parts of papers"),
    ("paragraph 5.5 of the report; Section 4.2", "numbered paragraphs"),
    ("see section 4 below; Section 12 above", "parts of this paper"),
    ("Section 2 – Background", "a heading of a paper"),
    ("Section 3 to the lease; Schedule 1 to the Agreement", "parts of papers"),
    ("Schedule of payments; Payment Schedule 12; Schedule 12 payments", "accounts"),
    ("pupils in S1 and S2; Sheffield S10 2TN", "school years and a postcode"),
    ("councillors 12; it's 5 o'clock; Members' s 12", "a letter s that is none"),
    ("Act now before it is too late. ACT NOW", "a verb"),
    ("the Police act quickly; Companies act alike", "a verb after a known title's words"),
    ("a duty to act; Time To Act; the Balancing Act", "no law"),
    ("the Mental Health Act Committee", "a body"),
    ("Gas Bill, Water Bill and Council Tax Bill paid", "invoices"),
    ("Mr Bill Jones, Bill Smith and Uncle Bill", "a person"),
    ("apologies from Cllrs Ash, Lee and from Mr Bill\nCox", "a person, wrapped"),
    ("the One Act Festival and the Riot Act", "the stage, and a saying"),
    ("Murphy's Law; in law; Oak's Law School", "sayings and schools"),
    ("Class A drugs; Part 2 of the agenda; Chapter 8 barriers", "not of an Act"),
    ("SI units; S4C; NFU 1972", "other capitals"),
    ("the Essex County Council (Brentwood) (No Waiting) Order 2021", "made by a council"),
    ("2 Order forms 2019; the Purchase Order 2041", "orders for goods"),
]


@pytest.mark.parametrize(("text", "wanted", "reason"), [*TITLES, *SHORT_NAMES])
def test_finds(text: str, wanted: list[str], reason: str) -> None:
    assert [text[found.start : found.end] for found in find_legislation(text)] == wanted, reason


@pytest.mark.parametrize(("text", "reason"), NOTHING)
def test_leaves(text: str, reason: str) -> None:
    assert [text[found.start : found.end] for found in find_legislation(text)] == [], reason


def test_register_reads_titles_loosely() -> None:
    register = statutes()
    assert [act.path for act in register.named("Local government act", 1972)] == ["ukpga/1972/70"]
    assert [act.path for act in register.abbreviated("LGA", 1972)] == ["ukpga/1972/70"]
    assert register.is_title("Antisocial Behaviour, Crime & Policing Act")
    assert register.is_title("Well-being of Future Generations Act")
    assert not register.is_title("Widgets Act")
    assert title_key("Anti-social  Behaviour & Co’s") == title_key("Anti Social Behaviour and Cos")


PIECES = ["Act", " ", " ", "\n", "Care", "the", "of", "(", ")", "2014", ",", "Section", "s.", "17"]
PIECES += ["Bill", "Order", "Regulations", "Schedule", "12A", "and", "&", "’s Law", "GDPR", "**"]
PIECES += [
    "Theft Act 1968",
    " s.1",
    "Part 1 of ",
    "SI 2012/",
    "LGA",
    "(MSA)",
    "Modern Slavery",
    "act",
]


@given(st.lists(st.sampled_from(PIECES), max_size=30).map("".join))
@settings(max_examples=300, deadline=None)
def test_spans_hold_whatever_the_text(text: str) -> None:
    last = 0
    for found in find_legislation(text):
        mention = text[found.start : found.end]
        assert last <= found.start < found.end <= len(text)
        assert mention == mention.strip()
        assert "\n\n" not in mention
        assert "*" not in mention
        last = found.end


HOSTILE = [
    "Act ",
    "A, B and C Act 2004 (",
    "Act 1988 (X) Order ",
    "Section 1 and ",
    "s.1, ",
    "( Act ",
]
HOSTILE += ["Theft Act 1968, s.1 ", "section 1(1)(1)(1)", "\nAct", "LGA 1972 ", "A's Law ", "("]


@pytest.mark.parametrize("unit", HOSTILE)
def test_hostile_text_ends_and_holds(unit: str) -> None:
    text = unit * (100_000 // len(unit))
    last = 0
    for found in find_legislation(text):
        assert last <= found.start < found.end <= len(text)
        last = found.end
