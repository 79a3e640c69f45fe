"""What amounts say, in major units and ISO 4217 codes; None where the page does not settle it."""

from __future__ import annotations

import json

import pytest

from kcsp_nlp.values import Money, number_in_words, parse_money

ALONE = [
    ("£730,000", 730_000, "GBP", "thousands"),
    ("£1,234.56", 1234.56, "GBP", "pence"),
    ("£3,000.00", 3000, "GBP", "noughts after the point leave a whole number"),
    ("£ 4,000", 4000, "GBP", "space after the sign"),
    ("£1.2m", 1_200_000, "GBP", "million, exact"),
    ("£19.47m", 19_470_000, "GBP", "no error of binary fractions"),
    ("£50k", 50_000, "GBP", "thousand"),
    ("£1.5bn", 1_500_000_000, "GBP", "billion"),
    ("£2.5tn", 2_500_000_000_000, "GBP", "trillion"),
    ("£15 million", 15_000_000, "GBP", "word"),
    ("£10 thousand", 10_000, "GBP", "word that begins like trillion"),
    ("£1.2million", 1_200_000, "GBP", "word attached"),
    ("£1.2\nmillion", 1_200_000, "GBP", "wrapped"),
    ("£2.4\xa0million", 2_400_000, "GBP", "hard space"),
    ("£300,\n000", 300_000, "GBP", "wrapped inside the figure"),
    ("£45, 000", 45_000, "GBP", "space inside the figure"),
    ("£10 000", 10_000, "GBP", "space as separator"),
    ("£1¼ million", 1_250_000, "GBP", "vulgar fraction"),
    ("£.50", 0.5, "GBP", "no nought"),
    ("£0.001", 0.001, "GBP", "a tenth of a penny"),
    ("-£500", -500, "GBP", "minus before the sign"),
    ("£-500", -500, "GBP", "minus after the sign"),
    ("50p", 0.5, "GBP", "pence"),
    ("182p", 1.82, "GBP", "pence beyond a pound"),
    ("296 pence", 2.96, "GBP", "pence as a word"),
    ("fifty pence", 0.5, "GBP", "pence in words"),
    ("£0.50p", 0.5, "GBP", "a stray p"),
    ("5,000 pounds", 5000, "GBP", "figures and a word"),
    ("361 million pounds", 361_000_000, "GBP", "scale between"),
    ("two million pounds", 2_000_000, "GBP", "words"),
    ("Two Million Pounds", 2_000_000, "GBP", "words in capitals"),
    ("half a million pounds", 500_000, "GBP", "half"),
    ("a quarter of a million pounds", 250_000, "GBP", "quarter"),
    ("one and a half million pounds", 1_500_000, "GBP", "and a half, before"),
    ("a million and a half pounds", 1_500_000, "GBP", "and a half, after"),
    ("two hundred and fifty thousand pounds", 250_000, "GBP", "hundreds of thousands"),
    ("one million, two hundred thousand pounds", 1_200_000, "GBP", "comma"),
    ("three pounds and fifty pence", 3.5, "GBP", "both units"),
    ("GBP 5,000", 5000, "GBP", "code before"),
    ("5,000 GBP", 5000, "GBP", "code after"),
    ("£94.50 GBP", 94.5, "GBP", "sign and code"),
    ("€3.9 million", 3_900_000, "EUR", "euro"),
    ("50€", 50, "EUR", "sign after"),
    ("eighteen euro", 18, "EUR", "euro in words"),
    ("US$ 4.7 billion", 4_700_000_000, "USD", "dollar"),
    ("A$6", 6, "AUD", "another dollar"),
    ("IR£40", 40, "IEP", "Irish pound"),
    ("3 GBP 1 pence", 3.01, "GBP", "code and pence"),
    ("3 pounds 50p", 3.5, "GBP", "both units, the smaller short"),
    ("one pound and one penny", 1.01, "GBP", "both units, one of each"),
    ("3,301.00 £", 3301, "GBP", "sign after, spaced"),
    ("48.5 MGBP", 48_500_000, "GBP", "a million in the code's prefix"),
    ("12kGBP", 12_000, "GBP", "a thousand in the code's prefix"),
    ("a grand", 1000, "GBP", "slang"),
    ("10 grand", 10_000, "GBP", "slang, figures"),
    ("ten grand", 10_000, "GBP", "slang, words"),
    ("2.5 grand", 2500, "GBP", "slang, exact"),
    ("a penny", 0.01, "GBP", "one of the smallest"),
    ("10 000 pounds", 10_000, "GBP", "space as separator, a word as sign"),
]

UNSETTLED = [
    ("£l5,000", "letters from a scanner"),
    ("£2O0", "letters from a scanner"),
    ("£784.l5", "letters from a scanner after the point"),
    ("10k grand", "two scales"),
    ("£1.500", "the point may separate thousands"),
    ("£12,5000", "groups that are not thousands"),
    ("£1,2", "groups that are not thousands"),
    ("£50p", "pounds or pence"),
    ("1.50p", "pounds with a stray p, or pence"),
    ("£250,000m", "a slip for one or the other"),
    ("£" + "9" * 5000, "no sum, and no number that JSON could hold"),
]

IN_CONTEXT = [
    # mention, following, preceding, amount, reason
    ("£60", "-70k", "", 60_000, "the scale at the end counts for both"),
    ("70k", "", "some £60-", 70_000, "the sign at the start counts for both"),
    ("£1", "-2m a year", "", 1_000_000, "millions"),
    ("£25", "-28 million", "", 25_000_000, "a word as scale"),
    ("GBP7", "-10K", "", 7000, "a code as sign"),
    ("£34", "\\-41,000", "", 34_000, "thousands written out at the end; an escaped dash"),
    ("£5", "-10,000", "", 5000, "as close as its double"),
    ("£10", "-50,000", "", None, "too far apart to be sure of either"),
    ("£10", "-£15,000", "", 10, "a sign of its own: no shared scale"),
    ("£500", "-1,000", "", 500, "500 thousand would exceed the end"),
    ("£500", "", "variance (-", -500, "the minus was left outside the mention"),
    ("£500", "", "it was −", -500, "a true minus outside"),
    ("£500", "", "hall hire -", 500, "a dash after a word is no minus"),
    ("thousand pounds", "", "gave a ", 1000, "the article was left outside the mention"),
    ("grand", "", "cost a ", 1000, "slang without its article"),
    ("penny", "", "up a ", 0.01, "a penny without its article"),
    ("£900", "-1.2k", "", 900, "900k would exceed the end"),
    ("£500", "-£1k", "", 500, "500k would exceed the end"),
    ("£500", " to\n£1k", "", 500, "the same across a line"),
    ("£50,000", " to £2m", "", 50_000, "thousands written out"),
    ("£60", "-£70k", "", None, "£60 or £60k: not settled"),
    ("£1", " to £2m", "", None, "£1 or £1m: not settled"),
    ("£5", " and 10k", "between ", 5000, "between … and …"),
    ("£5", " and 10k runners", "", 5, "no range"),
    ("£30", "-40", "", 30, "no scale at all"),
    ("40", "", "£30-", 40, "an end without scale"),
    ("20", "-30p", "", 0.2, "pence at the end count for both"),
    ("£5", ", 100 people", "", None, "£5,100 or £5: not settled"),
    ("£9", " 999", "", None, "£9,999 or £9: not settled"),
    ("£9", " 99 steps", "", 9, "no group of thousands follows"),
    ("£100", ", 25 people", "", 100, "no group of thousands follows"),
    ("£10,000", "-£15,000", "", 10_000, "no scale at all"),
]

NO_MONEY = [
    ("hello", "no number"),
    ("£", "no figure"),
    ("45%", "a share"),
    ("70k", "no sign anywhere"),
    ("two pounds of", "not an amount alone"),
    ("pounds", "no number"),
    ("", "nothing"),
]


@pytest.mark.parametrize(("mention", "amount", "currency", "reason"), ALONE)
def test_reads(mention: str, amount: float, currency: str, reason: str) -> None:
    money = parse_money(mention)
    assert money == Money(amount, currency), reason
    assert type(money.amount) is type(amount), reason


@pytest.mark.parametrize(("mention", "reason"), UNSETTLED)
def test_never_guesses(mention: str, reason: str) -> None:
    money = parse_money(mention)
    assert money == Money(None, "GBP"), reason


@pytest.mark.parametrize(("mention", "following", "preceding", "amount", "reason"), IN_CONTEXT)
def test_reads_ranges(
    mention: str, following: str, preceding: str, amount: float | None, reason: str
) -> None:
    assert parse_money(mention, following, preceding) == Money(amount, "GBP"), reason


@pytest.mark.parametrize(("mention", "reason"), NO_MONEY)
def test_is_no_money(mention: str, reason: str) -> None:
    assert parse_money(mention) is None, reason


@pytest.mark.parametrize(
    ("words", "wanted"),
    [
        ("twenty five", 25),
        ("nineteen hundred", 1900),
        ("two thousand and one", 2001),
        ("zero", 0),
        ("five two", None),
        ("and five", None),
        ("hundred", None),
        ("", None),
    ],
)
def test_number_in_words(words: str, wanted: int | None) -> None:
    assert number_in_words(words.split()) == wanted


def test_amounts_go_into_json() -> None:
    amounts = [money.amount for mention, *_ in ALONE if (money := parse_money(mention))]
    assert json.loads(json.dumps(amounts)) == amounts
