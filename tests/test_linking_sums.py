"""What is said of a sum beside it: how often, how exactly, what it is for; null where unclear."""

from __future__ import annotations

import re
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kcsp_nlp.linking.sums.describing import Sum, describe_sums
from kcsp_nlp.minutes.outline import Front, Outline, Part
from kcsp_nlp.pipeline.money import find_money
from kcsp_nlp.records import MoneySpan, OrgSpan, PersonSpan, Span

# Mentions of the tables below stand in braces: a body, or a person where a `!` begins it.
_MARKED = re.compile(r"\{(!?)([^{}]+)\}")


def read(marked: str) -> tuple[str, list[Span]]:
    """Return the text without braces and its mentions: those in braces, and the money found."""
    text, spans, at = "", list[Span](), 0
    for match in _MARKED.finditer(marked):
        text += marked[at : match.start()]
        kind = PersonSpan if match[1] else OrgSpan
        spans.append(kind(start=len(text), end=len(text) + len(match[2]), text=match[2]))
        text += match[2]
        at = match.end()
    text += marked[at:]
    money = [MoneySpan(start=s, end=e, text=text[s:e]) for s, e in find_money(text)]
    return text, sorted([*spans, *money], key=lambda span: span.start)


def described(marked: str) -> list[tuple[str, Sum]]:
    text, spans = read(marked)
    return [
        (text[start:end], said)
        for (start, end), said in describe_sums(text, outline(0, len(text)), spans).items()
    ]


PERIODS = [
    # text, period of every sum in it, reason
    ("Rent is £475 per month.", ["month"], "per month"),
    ("Worth £186,400 a\nyear to us", ["year"], "over a line's end"),
    ("A grant of £18,500 p.a. ends.", ["year"], "abbreviated"),
    ("Marshals cost £22/hour.", ["hour"], "a stroke"),
    ("Rooms at £9ph", ["hour"], "attached"),
    ("A lease (£300 per annum)", ["year"], "in brackets"),
    ("A lease of £300 (per annum)", ["year"], "brackets of its own"),
    ("It takes £1,500 or so a year.", ["year"], "a hedge between"),
    ("£2 a head a year", ["year"], "who pays stands between"),
    ("£700 plus VAT per quarter", ["quarter"], "tax between"),
    ("£5,000 per megawatt per year", ["year"], "what is counted stands between"),
    ("paid £60 weekly", ["week"], "an adverb"),
    ("£40 each week", ["week"], "each"),
    ("the annual grant of £630", ["year"], "before the sum"),
    ("Hourly rate £21.50", ["hour"], "before the sum, without a verb"),
    ("£10 to £15 a week", ["week", "week"], "both ends of a range"),
    ("between £900 and £1.4k a year", ["year", "year"], "both ends in words"),
    ("a one-off payment of £800k", ["one_off"], "once"),
    ("£40,000 one-off from reserves", ["one_off"], "once, after"),
    ("£12k (non-recurrent)", ["one_off"], "the health service's word for it"),
    ("a lump sum of £282", ["one_off"], "at once"),
    ("Cost put at £3.1m a year ago.", [None], "a date"),
    ("It was £500 a quarter of which", [None], "a fraction"),
    ("arrears up £41,000 in a quarter", [None], "a span of time, no rate"),
    ("£18 a night", [None], "nights are none of the periods"),
    ("£500 this year", [None], "no rate"),
    ("£5 and £6 a week", [None, "week"], "no range: the first is not said to be weekly"),
    ("£90 a month's rent", [None], "a possessive"),
    ("annual accounts show £900", [None], "annual accounts are no annual sum"),
    ("Paid £500. Per annum that is nothing.", [None], "another sentence"),
]

HEDGES = [
    # text, hedge of every sum in it, reason
    ("about £54k", ["about"], "about"),
    ("About £54k", ["about"], "at the start"),
    ("approx. £5", ["about"], "abbreviated"),
    ("lend c. £2.8 bn", ["about"], "circa"),
    ("in the region of £1.9m", ["about"], "in words"),
    ("some £9k of it", ["about"], "some"),
    ("around £110-125k", ["about", "about"], "both ends of a range"),
    ("£1,500 or so a year", ["about"], "after the sum"),
    ("up to £5,000", ["at_most"], "up to"),
    ("up to a further £5,000", ["at_most"], "a further"),
    ("at no more\nthan £2.55", ["at_most"], "over a line's end"),
    ("not exceeding £1,500", ["at_most"], "not exceeding"),
    ("not to exceed £1,500", ["at_most"], "not to exceed"),
    ("bids, maximum £5,000", ["at_most"], "maximum"),
    ("£5k max each", ["at_most"], "after the sum"),
    ("at least £60", ["at_least"], "at least"),
    ("not less than £60k", ["at_least"], "not less than"),
    ("£3,000 or more", ["at_least"], "after the sum"),
    ("£20k+ lost", ["at_least"], "a plus"),
    ("over £300,000", ["more_than"], "over"),
    ("upwards of £12,000", ["more_than"], "upwards of"),
    ("thought to exceed £3bn", ["more_than"], "exceed"),
    ("just under £2.2m", ["less_than"], "under"),
    ("nearly £6,500", ["less_than"], "nearly"),
    ("less than 40p a week", ["less_than"], "less than"),
    ("She asked about £500 owed", [None], "asked about"),
    ("The fee goes up to £118", [None], "a rise, not a ceiling"),
    ("Add it up to £18", [None], "a sum"),
    ("They handed over £500", [None], "handed over"),
    ("a fight over £15", [None], "a quarrel"),
    ("overspent by £385", [None], "no hedge in a longer word"),
    ("Current A/c £6,118", [None], "an account's c is no circa"),
    ("ought not to fall below £5m", [None], "denied: neither less nor more is said"),
    ("no bid to exceed £250,000", [None], "denied by its noun"),
    ("£5 plus VAT", [None], "tax"),
    ("£5 + VAT", [None], "tax"),
    ("costs £5,000", [None], "nothing said"),
    ("They talked about. £5 was paid", [None], "another sentence"),
]

PURPOSES = [
    # text, what its first sum is for, reason
    ("gave £5,000 to {Ely Women's Aid} for outreach", "Ely Women's Aid", "given to"),
    ("£250 be given to {Mind} for the dinners", "Mind", "passive"),
    ("£3,900 go to {Savana} out of the surplus", "Savana", "go to"),
    ("The supper made £312 for {Fenside Hospice}.", "Fenside Hospice", "raised for"),
    ("£400 a year for two years to {Young Devon}.", "Young Devon", "period and term between"),
    ("a £500 grant to the {Scouts}", "Scouts", "the noun between, the article outside"),
    ("£4,200 from the {Ilex Fund} be given to {DDVS}.", "DDVS", "a source between"),
    ("£4,500 from the Ward Pot to {Street Pastors}.", "Street Pastors", "a plain source between"),
    ("£10,000 be moved into the Hardship Fund.", "Hardship Fund", "a fund it goes into"),
    ("transfer of £500,000 to the Capital Fund", "Capital Fund", "a fund"),
    ("£6,000 was left in the Repairs Reserve.", "Repairs Reserve", "a fund it is in"),
    ("the £1m Riverside Renewal Fund", "Riverside Renewal Fund", "the size of a fund"),
    ("The Moot Hall Appeal stands at £38,212.", "Moot Hall Appeal", "what a fund holds"),
    ("£96,000 for the Community Warden Service", "Community Warden Service", "a service"),
    ("£5,000 to £7,000 for {Mind}.", "Mind", "a range: the purpose follows its end"),
    ("RESOLVED to give {Ely Lions} £250.", "Ely Lions", "recipient before the sum"),
    ("to award the {Lions} up to £250", "Lions", "a hedge between"),
    ("{Carefree} had been given £25,000", "Carefree", "passive, recipient first"),
    ("{Carefree} received £25,000.", "Carefree", "received"),
    ("A grant to {Carefree} of £300 was paid.", "Carefree", "grant to"),
    ("Request by {Newhaven Gala} for £200", "Newhaven Gala", "who asks for it would get it"),
    ("The {Warden Team}'s revenue budget was £41,000.", "Warden Team", "a budget"),
    ("Donations under s.137: {Alder RFC} £150; {Mind} £9", "Alder RFC", "a list's first entry"),
    ("Grants agreed: {Feed} (van) £90", "Feed", "a list with a note"),
    ("£250 to the {Lions}, who", "Lions", "a comma follows"),
    # not clear, not given, or not for it
    ("£730,000 from the Safer Streets Fund", None, "a source"),
    ("{Tesco} gave £500", None, "a giver"),
    ("The {Ilex Trust} had awarded £500", None, "active: a giver"),
    ("A bid for £12m has gone to the Housing Fund", None, "the bid goes, not the money"),
    ("a bid of £9,000 to {Sport England}", None, "asked of it"),
    ("an invoice of £500 to {Mind}", None, "billed"),
    ("at a cost of £5,000 to {Kent Police}", None, "lost by it"),
    ("a loss of £5,000 to {Kent Police}", None, "lost by it"),
    ("Passes are £570 a year for {Hills}.", None, "a price"),
    ("£500 for the {Kent Police} stand", None, "the name is only part of what it is for"),
    ("£500 for the roof", None, "nothing named"),
    ("£500 to {!Ann Pugh}", None, "a person is no fund, body or service"),
    ("£500 left. To {Mind} went a card.", None, "another sentence"),
    ("£500\n\nto {Mind}", None, "another paragraph"),
    ("| £500 | to {Mind} |", None, "another cell"),
    ("{Tesco} (£500)", None, "no direction stated"),
    ("Balances: {Lloyds} £9,204", None, "a bank"),
    ("Donations received: {Tesco} £500", None, "givers"),
    ("Grants: {Ilex Trust} £1,000 offered", None, "a list that may be of givers"),
    ("the manager of {Mind} was paid £30", None, "not the body itself"),
    ("a lower contribution to {Mind} (£900)", None, "the sum is what is saved"),
    ("The Service's net budget was £4m.", None, "no name"),
    ("rose from £3 to £5 to {Mind} members", None, "a rise"),
]


@pytest.mark.parametrize(("text", "expected", "reason"), PERIODS)
def test_period(text: str, expected: list[str | None], reason: str) -> None:
    assert [said.period for _, said in described(text)] == expected, reason


@pytest.mark.parametrize(("text", "expected", "reason"), HEDGES)
def test_hedge(text: str, expected: list[str | None], reason: str) -> None:
    assert [said.hedge for _, said in described(text)] == expected, reason


@pytest.mark.parametrize(("marked", "expected", "reason"), PURPOSES)
def test_purpose(marked: str, expected: str | None, reason: str) -> None:
    text, _ = read(marked)
    _, said = described(marked)[0]
    assert (said.purpose and text[slice(*said.purpose)]) == expected, reason


def test_a_purpose_stands_in_the_part_of_its_sum() -> None:
    text, spans = read("Gave £500 to {Mind}.")
    cut = text.index("Mind")
    whole, parted = outline(0, len(text)), outline(0, cut + 2, len(text))
    assert describe_sums(text, whole, spans)[5, 9].purpose == (cut, cut + 4)
    assert describe_sums(text, parted, spans)[5, 9].purpose is None


def outline(*bounds: int) -> Outline:
    parts = tuple(Part(start, end, "item") for start, end in pairwise(bounds))
    return Outline(parts, Front(), (), (), ())


def test_a_document_is_described_as_its_sums_are() -> None:
    marked = (
        "1. Gave £500 a year to {Mind}.\n\n2. About £5 to £6 went to the {Lions}, £9 to {!Al Bo}.\n"
    )
    text, spans = read(marked)
    cut = text.index("2.")
    found = describe_sums(text, outline(0, cut, len(text)), spans)
    assert [text[slice(*at)] for at in found] == ["£500", "£5", "£6", "£9"]
    assert [said.period for said in found.values()] == ["year", None, None, None]
    assert [said.hedge for said in found.values()] == [None, "about", "about", None]
    purposes = [said.purpose and text[slice(*said.purpose)] for said in found.values()]
    assert purposes == ["Mind", "Lions", "Lions", None]


def test_a_document_without_sums_has_nothing_to_describe() -> None:
    assert describe_sums("", outline(0, 0), []) == {}


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.sampled_from(
            [
                "£5 ",
                "£6k",
                " to ",
                "{Mind}",
                " up to ",
                " a year",
                ". ",
                "\n\n",
                "Hardship Fund ",
                "-",
                "given ",
                "|",
                " for the ",
                "Grants agreed: ",
                "; ",
                " from ",
            ]
        ),
        max_size=25,
    )
)
def test_purposes_stay_in_bounds_and_off_the_sums(pieces: list[str]) -> None:
    text, spans = read("".join(pieces))
    half = len(text) // 2
    inside = [span for span in spans if span.end <= half or span.start >= half]
    parts = outline(0, half, len(text)) if half else outline(0, len(text) + 1)
    for (begin, stop), said in describe_sums(text, parts, inside).items():
        if said.purpose:
            start, end = said.purpose
            assert (begin < half) == (end <= half)
            assert end <= begin or start >= stop
            assert text[start:end].strip() == text[start:end]


@pytest.mark.parametrize(
    "unit",
    ["£5 ", "up to £5 a year for the Aa ", "Grants: X £5, ", "Aa Bb Cc Dd Ee £5 to ", "£5 of £6-"],
)
def test_hostile_text_is_described(unit: str) -> None:
    text, spans = read(unit * (40_000 // len(unit)))
    sums = [span for span in spans if span.label == "MONEY"]
    assert len(describe_sums(text, outline(0, len(text)), spans)) == len(sums)
