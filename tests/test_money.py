"""Where amounts of money stand: the sign or word, the number, the scale, and nothing else."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kcsp_nlp.pipeline.money import find_money
from kcsp_nlp.values import parse_money

FOUND = [
    # text, amounts found in it, reason
    ("The grant of £730,000 was noted.", ["£730,000"], "sign and thousands"),
    ("It cost £1,234.56 in all.", ["£1,234.56"], "pence after the point"),
    ("The hedge came to £1527.37.", ["£1527.37"], "no commas; the full stop stays outside"),
    ("They gave £5, then more.", ["£5"], "a trailing comma stays outside"),
    ("Rent was £ 4,000 a quarter.", ["£ 4,000"], "a space after the sign"),
    ("Paid £\xa0750 to the mill.", ["£\xa0750"], "a hard space after the sign"),
    ("The pot is £1.2m.", ["£1.2m"], "scale attached"),
    ("A pot of £50k and £50K", ["£50k", "£50K"], "either case of k"),
    ("Some £1.4million was spent", ["£1.4million"], "a word attached"),
    ("Savings of £15 million", ["£15 million"], "scale as a word"),
    ("Up to £2.8 bn at risk", ["£2.8 bn"], "spaced abbreviation"),
    ("A pot of £2.94\nmillion pooled", ["£2.94\nmillion"], "wrapped before the scale"),
    ("A pot of £2.94\n     million pooled", ["£2.94\n     million"], "wrapped and indented"),
    ("Granted £300,\n000 this year", ["£300,\n000"], "wrapped inside the figure"),
    ("It fell to £45, 000 in May", ["£45, 000"], "a space inside the figure"),
    ("Valued at £148, 971.", ["£148, 971"], "a stray space, nothing counted after it"),
    ("We paid £5, 100 people came", ["£5"], "a comma between sum and count"),
    ("Loan of £10 000 agreed", ["£10 000"], "space as separator, noughts"),
    ("| £250 300 |", ["£250"], "two columns, not one figure"),
    ("About £1¼ million", ["£1¼ million"], "vulgar fraction"),
    ("£l5,000 and £2O0 and £1OO", ["£l5,000", "£2O0", "£1OO"], "letters from a scanner"),
    ("Hire at £40/hour", ["£40"], "the period stays outside"),
    ("Paid £10pa and £15 p.a.", ["£10", "£15"], "a year stays outside"),
    ("from £60-70k", ["£60", "70k"], "both ends of a range"),
    ("from £60-£70k", ["£60", "£70k"], "both ends with a sign"),
    ("£1m-£2m or £80,000–£90,000", ["£1m", "£2m", "£80,000", "£90,000"], "two kinds of dash"),
    ("£3 to 4 million", ["£3", "4 million"], "a range in words"),
    ("between £5 and 10k", ["£5", "10k"], "between … and …"),
    ("£5 and 10k runners", ["£5"], "no range without `between`"),
    ("at £30-40 each", ["£30", "40"], "no scale, rising"),
    ("£500-2019 accounts", ["£500"], "a year ends no range"),
    ("£250 - 3 nights", ["£250"], "a spaced dash and a count"),
    ("£5-3 split", ["£5"], "falling: no range"),
    ("(-£500) over", ["-£500"], "a minus in brackets"),
    ("Hall hire -£50", ["£50"], "a dash after words is no minus"),
    ("variance −£500", ["−£500"], "a true minus sign"),
    ("(£13,000)", ["£13,000"], "an accountant's brackets stay outside"),
    ("The fee is 50p.", ["50p"], "pence"),
    ("at 45p a mile, 12.5p at night", ["45p", "12.5p"], "pence with a point"),
    ("20-30p each", ["20", "30p"], "a range of pence"),
    ("£0.50p a go", ["£0.50p"], "a stray p belongs to it"),
    ("£5p/h", ["£5"], "per hour"),
    ("Worth two million pounds.", ["two million pounds"], "words"),
    ("worth three\nmillion pounds", ["three\nmillion pounds"], "words wrapped"),
    ("TWO MILLION POUNDS", ["TWO MILLION POUNDS"], "words in capitals"),
    ("half a million pounds", ["half a million pounds"], "half"),
    ("twenty-five pounds", ["twenty-five pounds"], "hyphen"),
    (
        "one million, two hundred thousand pounds",
        ["one million, two hundred thousand pounds"],
        "a comma after a million",
    ),
    ("three pounds and fifty pence", ["three pounds and fifty pence"], "one amount"),
    ("fifty pence off", ["fifty pence"], "pence in words"),
    ("5,000 pounds and 361 million pounds", ["5,000 pounds", "361 million pounds"], "figures"),
    ("GBP 5,000, 5,000 GBP and GBP5k", ["GBP 5,000", "5,000 GBP", "GBP5k"], "ISO code"),
    ("a €20 note, €3.9 million, 50€", ["€20", "€3.9 million", "50€"], "euro"),
    ("the odd eighteen euro", ["eighteen euro"], "euro has no plural in Ireland"),
    ("US$ 4.7 billion, $5, A$6", ["US$ 4.7 billion", "$5", "A$6"], "dollars"),
    ("IR£40 in 1998", ["IR£40"], "Irish pounds"),
    ("£7.5m/£8m and £20k+", ["£7.5m", "£8m", "£20k"], "marks around"),
    ("**£400** and _£500_", ["£400", "£500"], "markup stays outside"),
    ("quoted at £34\\-41,000 by", ["£34", "41,000"], "an escaped dash"),
    ("PLAN A\n£10 voucher", ["£10"], "a letter on the line above names no country"),
    ("Takings £784.l5", ["£784.l5"], "letters from a scanner after the point"),
    ("3 GBP 1 pence", ["3 GBP 1 pence"], "a code between two figures"),
    (
        "3 pounds 50p and one pound and one penny",
        ["3 pounds 50p", "one pound and one penny"],
        "both",
    ),
    ("| 3,301.00 £ |", ["3,301.00 £"], "sign after a price"),
    ("12 kGBP, 1.5 MGBP", ["12 kGBP", "1.5 MGBP"], "thousands and millions in the code"),
    ("GBP7-10K", ["GBP7", "10K"], "a range with a code"),
    ("10 000 pounds", ["10 000 pounds"], "space as separator"),
    ("It cost a grand.", ["a grand"], "slang"),
    ("raised ten grand in a week, then 2.5 grand", ["ten grand", "2.5 grand"], "slang, numbers"),
    ("Up by a penny each", ["a penny"], "a penny that counts"),
    ("a variance of -£500", ["-£500"], "a minus after a word that needs a number"),
    ("twenty euros of vouchers", ["twenty euros"], "no weight: euros weigh nothing"),
    ("A tonne costs sixty pounds", ["sixty pounds"], "a price by weight"),
    ("Weight limit signs: two hundred pounds", ["two hundred pounds"], "weight, but not its own"),
    ("lost forty pounds from the till", ["forty pounds"], "money is lost more often than weight"),
]

NOTHING = [
    ("This baby is over two pounds.", "a weight at birth"),
    ("It weighed about 25 pounds.", "a weight"),
    ("He hoped to drop 25 pounds by May", "a weight to lose"),
    ("A tonne is equal to 2,204.62 pounds.", "a measure"),
    ("A grand piano, the grand total, 10 grand prix", "grand things"),
    ("It was a grand and fitting day in the Grand", "grand, an adjective and a name"),
    ("Not a penny. He has not charged a penny.", "a figure of speech"),
    ("a penny rate product", "a rate"),
    ("nowhere to spend a penny", "a euphemism"),
    ("5 mGBP", "a thousandth is nobody's sum"),
    ("| 2023 £ | 20 £ |", "heads of columns"),
    ("It rose by 45% to 3,200 cases.", "percentages and counts"),
    ("Balance 2,345.67", "a bare table figure"),
    ("| £000s | £m | (£000) |", "headings of tables"),
    ("at 7.30p.m. and 7p.m.", "times"),
    ("see p5, pp 3-5 and p.12", "pages"),
    ("a 1080p screen", "lines of a screen"),
    ("100 pounds per square inch", "pressure"),
    ("two pounds of sugar", "weight"),
    ("Mr Pound met Ezra Pound; the pound coin", "a name, and no number"),
    ("hundreds of pounds, several hundred pounds", "no number"),
    ("a few thousand pounds", "no number"),
    ("2023 £ 2024 £", "years heading columns"),
    ("£ and £'000", "no figure"),
    ("pence for the poor; poundage", "no number; another word"),
]


@pytest.mark.parametrize(("text", "wanted", "reason"), FOUND)
def test_finds(text: str, wanted: list[str], reason: str) -> None:
    assert [text[start:end] for start, end in find_money(text)] == wanted, reason


@pytest.mark.parametrize(("text", "reason"), NOTHING)
def test_leaves(text: str, reason: str) -> None:
    assert find_money(text) == [], reason


PIECES = ["£", "€", "1", ",", "000", ".", " ", "\n", "k", "m", "million", "-", "to", "p", "pounds"]
PIECES += ["fifty", "a", "half", "and", "GBP", "$", "l", "O", "½", "−", "(", "|", "between"]


@given(st.lists(st.sampled_from(PIECES), max_size=30).map("".join))
@settings(max_examples=300, deadline=None)
def test_spans_hold_whatever_the_text(text: str) -> None:
    last = 0
    for start, end in find_money(text):
        assert last <= start < end <= len(text)
        assert text[start:end] == text[start:end].strip()
        parse_money(text[start:end], text[end : end + 40], text[max(0, start - 40) : start])
        last = end


@pytest.mark.parametrize("unit", ["££", "£1,", "£l", "£1-", "pounds ", "one million ", "1,", "1p"])
def test_hostile_text_ends_and_holds(unit: str) -> None:
    text = unit * (200_000 // len(unit))
    last = 0
    for start, end in find_money(text):
        assert last <= start < end <= len(text)
        last = end
