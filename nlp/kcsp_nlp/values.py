"""What a mention is worth: text to a value, or None where the page does not settle it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

# matches: £  US$  GBP  €:    does not match: GBPS  UK
SIGN = r"(?:(?:US|AU|NZ|CA|[AC])?\$|(?:IR)?£|€|(?<![A-Za-z])(?:GBP|EUR|USD)(?![A-Za-z])):?"
# One space of any kind, an entity left by a converter, or the end of a wrapped line.
# matches: " "  "\n     "    does not match: "\n\n"
GAP = r"(?:&nbsp;|[ \t\xa0\u2009\u202f]{1,3}(?:\n[ \t]{0,20})?|\n[ \t]{0,20})"
# matches: 4,000  1.2  12½  .50  4l2,000 (as scanned)    does not match: ,000  O0  l
FIGURE = (
    r"(?:(?=[lIO,]{0,6}\d)[\dlIO]+(?:,[\dlIO]+)*(?:\.[lIO]?\d[\dlIO]*)?[¼½¾]?"
    r"|\.\d+|[¼½¾])"
)
# A group of thousands that stands apart from its figure.
# matches: ", 971." after 148   ",\n000"   " 000"    does not match: ", 150 people"  " 300"
APART = (
    r"(?:,[ ]\d{3}(?:,\d{3})+(?!\d)"
    rf"|(?:,{GAP}0\d\d(?!\d))+"
    r"|,[ ]\d{3}(?=[.;:)]|\s*$)(?!\.\d)"
    r"|(?:[ \xa0]000)+(?![\d,])"
    r"|(?:[\u2009\u202f]\d{3})+(?!\d))"
)
# matches: m  bn  " million"  "\nmillion"    does not match: mm  " m²"  " M Smith"
SCALE = (
    r"(?:(?:[kKmMbBT]|[mM]n|[bB][nN]|[tT]n|[mM]ill?)(?![\w²³])"
    rf"|{GAP}(?:[km]|[KM](?=[.,;:)\n]|$)|[bm]n|mill?)(?![\w²³])"
    rf"|{GAP}?(?i:thousand|million|billion|trillion)(?![\w]))"
)

_FACTORS = {"k": 3, "thousand": 3, "m": 6, "b": 9, "t": 12}
_FRACTIONS = {"¼": Decimal("0.25"), "½": Decimal("0.5"), "¾": Decimal("0.75")}
_SIGNS = {"£": "GBP", "€": "EUR", "$": "USD", "IR£": "IEP", "US$": "USD"} | {
    "A$": "AUD",
    "AU$": "AUD",
    "C$": "CAD",
    "CA$": "CAD",
    "NZ$": "NZD",
}
_UNITS = {"pound": "GBP", "quid": "GBP", "grand": "GBP", "euro": "EUR", "dollar": "USD"}
_PENCE = ("p", "pence", "penny", "pennies")
_SMALL = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen "
    "sixteen seventeen eighteen nineteen"
)
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety"
_WORDS = {word: value for value, word in enumerate(_SMALL.split())} | {
    word: 10 * value for value, word in enumerate(_TENS.split(), 2)
}
_MULTIPLES = {"thousand": 10**3, "million": 10**6, "billion": 10**9}
_HALVES = {"half": Decimal("0.5"), "quarter": Decimal("0.25")}
_GROUP = 3  # figures between two commas
_THOUSAND = 10**_GROUP
_LONGEST = 20  # characters of the longest figure that is still a sum
_UNSCALABLE = 100_000  # £250,000m is a slip for one or the other
#: Every word of which an amount in words may consist.
NUMBER_WORDS = frozenset({*_WORDS, *_MULTIPLES, "hundred", "a", "and", "half", "quarter", "of"})

# What a minus stands after that belongs to a sum; a dash after a word is none.
# matches: "of "  "("  "| "    does not match: "hire "
BEFORE_MINUS = r"(?:[(|\t]|\b(?:of|is|was|were|at|from|by|to)\s)\s{0,3}"

_VULGAR = str.maketrans({"\xa0": " ", "\u2009": " ", "\u202f": " ", "−": "-"})
# matches: £1.2 million  -£500  £1.20p  GBP 5,000    does not match: £  £m
_SIGNED = re.compile(
    rf"(?P<minus>-?)(?P<sign>{SIGN})[ ]{{0,2}}(?P<under>-?)(?P<figure>{FIGURE}{APART}?)"
    rf"(?P<scale>{SCALE})?(?P<pence>p)?(?:[ ]?GBP)?"
)
# matches: 50p  5,000 pounds  10€  70k  361 million euros  48.5 MGBP  2 grand
# does not match: fifty pence  5 kpounds
_UNSIGNED = re.compile(
    rf"(?P<figure>{FIGURE}{APART}?)(?P<scale>{SCALE}|[ ]?(?-i:[kKM](?=GBP|EUR|USD)))?[ -]?"
    rf"(?P<unit>p|pence|penny|pennies|(?:pound|euro|dollar)s?|quid|grand|GBP|EUR|USD|{SIGN})?",
    re.IGNORECASE,
)
# matches: "-70k"  " to £2m"  "–\n£40k"    does not match: ", £5"
_TO = re.compile(
    rf"\s{{0,3}}(?P<by>\\?[-–—]|to\b|and\b)\s{{0,3}}(?P<sign>{SIGN})?[ ]?"
    rf"(?P<figure>{FIGURE})(?P<scale>{SCALE}|p\b| pence\b)?"
)
# matches: three pounds and fifty pence  3 gbp 1 penny    does not match: three pounds
_BOTH = re.compile(r"(?P<major>.+\b(?:pounds?|gbp)) (?:and )?(?P<minor>.+(?:pence|penny|\dp))")
# A minus that a mention was found without.
# matches: "(-"  "was -"  "−"    does not match: "hire -"
_MINUS = re.compile(rf"(?:−|{BEFORE_MINUS}-)\Z")
# The article that a mention was found without: a | thousand pounds.
# matches: "cost a "    does not match: "a few "
_ARTICLE = re.compile(r"(?<!\w)[Aa]\s{1,3}\Z")
# What leaves open where a figure ends.
# matches: " 999" after £9, ", 250" after £10, 000    does not match: ", 25 people"  " 1,000"
_SUSPENDED = re.compile(r"(?:,[ ]|[ \xa0])\d{3}(?![\d,.])")
# matches: "£60-"  "between £5k and "    does not match: "£60, "
_FROM = re.compile(
    rf"(?P<sign>{SIGN})[ ]{{0,2}}{FIGURE}{SCALE}?\s{{0,3}}(?:\\?[-–—]|to|and)\s{{0,3}}$"
)


@dataclass(frozen=True, slots=True)
class Money:
    """An amount in major units (50p is 0.5) and its ISO 4217 code; None where not certain."""

    amount: int | float | None
    currency: str | None


def parse_money(mention: str, following: str = "", preceding: str = "") -> Money | None:
    """Return what an amount of money says, or None where it is not one.

    In a range the scale of the end counts for the start (`£60-70k`) where nothing else can be
    meant; where more than one reading is possible the amount is None, never a guess.

    Args:
        mention: The amount as it stands on the page, line wraps included.
        following: What follows it directly; some 40 characters are enough.
        preceding: What stands directly before it; some 40 characters are enough.
    """
    plain = re.sub(r"\s+", " ", mention.translate(_VULGAR).replace("&nbsp;", " ")).strip()
    signed = _SIGNED.fullmatch(plain)
    if signed:
        amount = _signed_amount(signed, following, preceding)
        negative = bool(signed["minus"] or signed["under"] or _MINUS.search(preceding[-12:]))
        currency = _SIGNS.get(signed["sign"].rstrip(":"), signed["sign"].rstrip(":"))
        return Money(_exact(-amount if negative and amount else amount), currency)
    unsigned = _UNSIGNED.fullmatch(plain)
    if unsigned:
        return _unsigned_money(unsigned, following, preceding)
    money = _money_in_words(plain.lower())
    if money is None and _ARTICLE.search(preceding[-6:]):
        return _money_in_words(f"a {plain.lower()}")
    return money


def _signed_amount(match: re.Match[str], following: str, preceding: str) -> Decimal | None:
    figure, scale = match["figure"], match["scale"]
    if match["pence"] and (scale or "." not in figure):
        return None  # £50p: pounds or pence
    if scale:
        return _scaled(figure, scale)
    onward = _TO.match(following)
    if not onward or (onward["by"] == "and" and not preceding.rstrip().endswith("between")):
        return None if _SUSPENDED.match(following) else _unscaled(figure)
    return _start_of_range(figure, onward)


def _start_of_range(figure: str, onward: re.Match[str]) -> Decimal | None:
    """Settle an unscaled start by its end: £60-70k is thousands, £900-1.2k and £500-£1k are not.

    £34-41,000 is thousands too; £10-50,000 stays open, its start is too far from its end.
    """
    amount, end, scale = _figure(figure), _figure(onward["figure"]), onward["scale"]
    if amount is None or end is None or (scale or "").strip() in _PENCE:
        return _unscaled(figure)
    if not scale:
        full = amount * _THOUSAND
        if "," not in onward["figure"] or onward["sign"] or not 0 < full < end:
            return _unscaled(figure)
        return full if full * 2 >= end else None
    top = _factor(scale)
    if amount >= _THOUSAND or amount * _THOUSAND >= end * top:
        return _unscaled(figure)
    if onward["sign"] or amount >= end:
        return None
    return amount * top


def _unsigned_money(match: re.Match[str], following: str, preceding: str) -> Money | None:
    unit, figure = (match["unit"] or "").lower(), match["figure"]
    if unit in _PENCE:
        return Money(_exact(_pence(figure, unit)), "GBP")
    amount = _scaled(figure, match["scale"]) if match["scale"] else _unscaled(figure)
    if unit == "grand":
        return Money(None if match["scale"] else _exact(_scaled(figure, "k")), "GBP")
    if unit:
        currency = _UNITS.get(unit.removesuffix("s")) or _SIGNS.get(unit, unit.upper())
        return Money(_exact(amount), currency)
    origin = _FROM.search(preceding[-60:])
    if origin:
        sign = origin["sign"].rstrip(":")
        return Money(_exact(amount), _SIGNS.get(sign, sign))
    onward = _TO.match(following)
    if onward and (onward["scale"] or "").strip() in _PENCE:
        return Money(_exact(_pence(figure, "pence")), "GBP")
    return None


def _pence(figure: str, unit: str) -> Decimal | None:
    """Return pence as pounds; None for `1.50p`, which may be pounds with a stray p."""
    amount = _figure(figure)
    if amount is None or (unit == "p" and re.search(r"\.\d\d", figure)):
        return None
    return amount / 100


def _figure(figure: str) -> Decimal | None:
    """Read a figure; None where it holds a scanner's letters, odd groups, or endless digits."""
    fraction = _FRACTIONS.get(figure[-1], Decimal(0))
    whole, _, decimals = figure.rstrip("¼½¾").partition(".")
    groups = re.split(r",\s*|\s", whole or "0")
    if len(figure) > _LONGEST or not all(
        re.fullmatch(r"[0-9]+", group) for group in (*groups, decimals or "0")
    ):
        return None
    if len(groups) > 1 and (
        len(groups[0]) > _GROUP or any(len(group) != _GROUP for group in groups[1:])
    ):
        return None
    return Decimal(f"{''.join(groups)}.{decimals or 0}") + fraction


def _factor(scale: str) -> int:
    word = scale.replace("&nbsp;", "").strip().lower()
    return int(10 ** _FACTORS[word if word == "thousand" else word[0]])


def _scaled(figure: str, scale: str) -> Decimal | None:
    amount = _figure(figure)
    return None if amount is None or amount >= _UNSCALABLE else amount * _factor(scale)


def _unscaled(figure: str) -> Decimal | None:
    """Read a figure without a scale; None for `1.500`, whose point may separate thousands."""
    amount = _figure(figure)
    _, _, decimals = figure.partition(".")
    return None if amount and amount >= 1 and len(decimals) == _GROUP else amount


def _exact(amount: Decimal | None) -> int | float | None:
    if amount is None:
        return None
    return int(amount) if amount == amount.to_integral_value() else float(amount)


def _money_in_words(text: str) -> Money | None:
    """Read `two million pounds`, `fifty pence`, `three pounds and fifty pence`, `ten grand`."""
    both = _BOTH.fullmatch(text)
    if both:
        major, minor = parse_money(both["major"]), parse_money(both["minor"])
        if not (major and minor) or major.amount is None or minor.amount is None:
            return None
        return Money(_exact(Decimal(str(major.amount)) + Decimal(str(minor.amount))), "GBP")
    *words, unit = re.split(r",? |-", text)
    amount = number_in_words(words)
    if amount is None:
        return None
    if unit in _PENCE:
        return Money(_exact(amount / 100), "GBP")
    if unit == "grand":
        amount *= _THOUSAND
    currency = _UNITS.get(unit.removesuffix("s"))
    return Money(_exact(amount), currency) if currency else None


def number_in_words(words: Sequence[str]) -> Decimal | None:
    """Read a number in lower-case words (`one and a half million`); None where it is none."""
    total, current, multiple = Decimal(0), Decimal(0), 1
    used = False
    for at, word in enumerate(words):
        if word in ("and", "of") or (word == "a" and _counts_none(words, at)):
            if not used and word != "a":
                return None
            continue
        if word in _WORDS or word == "a":
            value = _WORDS.get(word, 1)
            if current % (10 if 0 < value < 10 else 100):  # noqa: PLR2004 - `twenty five`
                return None
            current += value
        elif word in _HALVES:  # of what was counted last: `a million and a half`
            current += _HALVES[word] * (1 if current else multiple)
        elif word == "hundred" and used:
            current *= 100
        elif word in _MULTIPLES and used:
            multiple = _MULTIPLES[word]
            total, current = total + current * multiple, Decimal(0)
        else:
            return None
        used = True
    return total + current if used else None


def _counts_none(words: Sequence[str], at: int) -> bool:
    """Tell whether the article at `at` only leads in a half, or follows one: it adds nothing."""
    after = words[at + 1] if at + 1 < len(words) else ""
    before = words[at - 1] if at else ""
    return after in _HALVES or before in ("half", "of")
