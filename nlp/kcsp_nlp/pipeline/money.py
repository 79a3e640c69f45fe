"""Find amounts of money in plain text: the sign or word, the number, the scale; nothing else.

Hedges and periods stay outside, both ends of a range are mentions of their own, and a figure
without a sign is no money unless it ends a range that has one.
"""

from __future__ import annotations

import re

from kcsp_nlp.values import APART, FIGURE, NUMBER_WORDS, SCALE, SIGN, number_in_words

Offsets = tuple[int, int]

# matches: £  the p of 50p  GBP  pounds    does not match: pounding  p5
_TRIGGER = re.compile(
    r"[£€$]|[pP](?:(?<=[0-9]p)(?!\w|\.\s?m\b)|(?<!\w.)(?:ounds?|ence|enny|ennies|OUNDS?|ENCE)(?!\w))"
    r"|[GEU](?<![A-Za-z].)(?:BP|UR|SD)(?<=GBP|EUR|USD)(?![A-Za-z])|[qQ](?<!\w.)uid(?!\w)"
)
# matches: euros  Dollar    does not match: neuro  European
_ABROAD = (
    re.compile(r"uro(?<=[Ee]uro)(?<!\w....)s?(?!\w)"),
    re.compile(r"ollar(?<=[Dd]ollar)(?<!\w.{6})s?(?!\w)"),
)
# matches: £1.2 million  € 65  £-500  £1.20p  £94.50 GBP    does not match: £m  £000s
_SIGNED = re.compile(
    rf"{SIGN}[ \xa0]{{0,2}}(?!000s?\b)-?{FIGURE}(?:(?<=[0-9]){APART})?"
    rf"(?:{SCALE}|p(?![\w/])|[ ]GBP\b)?"
)
# The end of a range whose start has the sign.
# matches: -70k  " to 5m"  -40    does not match: "-2019/20"  " to 2,000"
_SECOND = re.compile(
    rf"(?:[-–—](?P<tight>{FIGURE})(?P<scale>{SCALE}|(?![\w/%.-]|\.\d))"
    rf"|\s{{1,3}}(?P<by>[-–—]|to|and)\s{{1,3}}(?P<loose>{FIGURE}){SCALE})"
)
# matches: 50  1,250.5  (before a p)    does not match: the 30 of 7.30
_FIGURE_BEFORE = re.compile(
    r"(?<![\w.,:/£€$])\d{1,3}(?:,\d{3})*(?:\.\d{1,2})?$|(?<![\w.,:/£€$-])\d+$"
)
# matches: "20-" before 30p    does not match: "2019/20-"
_FIRST = re.compile(r"(?<![\w.,:/£€$-])\d{1,3}(?=[-–]$)")
# matches: two  1,250  5k    does not match: (  ;
_WORD = re.compile(r"(?<![\w.,])\d[\d,]*(?:\.\d+)?(?:[km]|bn)?(?!\w)|[A-Za-z]+|[^\s\w-]|\n\s*\n")
# matches: " of apples"  " per square"  "-bag"    does not match: " of savings" after a million
_WEIGHT = re.compile(r"[\s-]{1,3}(?:of\b|per square|in weight|weight|bags?\b|overweight|lighter)")
# matches: 1080p    does not match: 80p
_SCREEN = re.compile(r"(?:480|720|1080|1440|2160)$")
# matches: "2023 £ 2024"    does not match: "2023 £2024"
_HEADS_COLUMNS = re.compile(r"(?:19|20)\d\d [£€] (?:19|20)\d\d")
# matches: 2023    does not match: 20
_YEAR = re.compile(r"(?:19|20)\d\d")
# matches: US  IR  A    does not match: VISA
_COUNTRY = re.compile(r"(?<![A-Za-z])(?:US|AU|NZ|CA|IR|[AC])$")
# matches: " and " between pounds and pence    does not match: ", "
_AND = re.compile(r"\s(?:and\s)?")
_LARGE = frozenset({"thousand", "million", "billion"})
_WINDOW = 100


def find_money(text: str) -> list[Offsets]:
    """Return where amounts of money stand, as half-open offsets in code points, in order.

    The result is sorted and never overlaps; `kcsp_nlp.values.parse_money` reads the amounts.
    """
    found: list[Offsets] = []
    done = 0
    for trigger in _triggers(text):
        if trigger.start() < done:
            continue
        for start, end in _amounts_at(text, trigger, done):
            if found and _adds_pence(text, found[-1], (start, end)):
                found[-1] = (found[-1][0], end)
            else:
                found.append((start, end))
            done = end
    return found


def _adds_pence(text: str, pounds: Offsets, pence: Offsets) -> bool:
    """Tell whether two amounts are one: three pounds and fifty pence."""
    return (
        text.endswith("pounds", *pounds)
        and text.endswith("pence", *pence)
        and bool(_AND.fullmatch(text, pounds[1], pence[0]))
    )


def _triggers(text: str) -> list[re.Match[str]]:
    found = list(_TRIGGER.finditer(text))
    abroad = [match for pattern in _ABROAD for match in pattern.finditer(text)]
    return sorted([*found, *abroad], key=lambda match: match.start()) if abroad else found


def _amounts_at(text: str, trigger: re.Match[str], done: int) -> list[Offsets]:
    mark = trigger[0]
    if mark in "£€$" or mark in ("GBP", "EUR", "USD"):
        return _signed_at(text, trigger.start(), done) or _before_sign(text, trigger, done)
    if mark == "p":
        return _pence_at(text, trigger, done)
    return _worded_at(text, trigger, done)


def _signed_at(text: str, sign: int, done: int) -> list[Offsets]:
    start = sign - _letters_before(text, sign, done)
    match = _SIGNED.match(text, start)
    if not match or _HEADS_COLUMNS.fullmatch(text, max(done, start - 5), match.end()):
        return []
    spans = [(start - _minus(text, start, done), match.end())]
    second = _SECOND.match(text, match.end())
    if second and _goes_on(text[max(done, start - 9) : start], match[0], second):
        spans.append((second.start("tight" if second["tight"] else "loose"), second.end()))
    return spans


def _letters_before(text: str, sign: int, done: int) -> int:
    """Return how many letters before the sign name its country (US$, IR£, A$)."""
    before = text[max(done, sign - 3) : sign]
    country = _COUNTRY.search(before)
    return len(country[0]) if country and text[sign] in "$£" else 0


def _minus(text: str, start: int, done: int) -> int:
    """Return 1 where a minus belongs to the sign at `start`; a dash after a word is none."""
    if start - 1 < done:
        return 0
    mark, before = text[start - 1], text[max(done, start - 4) : start - 1]
    return int(mark == "−" or (mark == "-" and before.rstrip(" ").endswith(("(", "|", "\t"))))


def _goes_on(before: str, first: str, second: re.Match[str]) -> bool:
    """Tell whether a second figure without a sign ends the range, rather than a date or count."""
    if second["by"] == "and" and not before.endswith("between "):
        return False
    if second["loose"] or second["scale"]:
        return True
    low, high = (re.sub(r"[^\d.]", "", figure) for figure in (first, second["tight"]))
    if re.search(r"[a-zKMB¼½¾]", first + second["tight"]) or not (low and high):
        return False
    return float(low) < float(high) and not re.fullmatch(r"(?:19|20)\d\d", second["tight"])


def _before_sign(text: str, trigger: re.Match[str], done: int) -> list[Offsets]:
    """Find `50€`, `10 €` and `500 USD`: the sign after the figure, where none follows it."""
    start = trigger.start()
    if trigger[0] != "£" and text[start - 1 : start] == " ":
        start -= 1
    figure = _FIGURE_BEFORE.search(text, max(done, start - 16), start)
    if not figure or (start < trigger.start() and _YEAR.fullmatch(figure[0])):
        return []
    return [(figure.start(), trigger.end())]


def _pence_at(text: str, trigger: re.Match[str], done: int) -> list[Offsets]:
    figure = _FIGURE_BEFORE.search(text, max(done, trigger.start() - 12), trigger.start())
    if not figure or _SCREEN.fullmatch(figure[0]):
        return []
    first = _FIRST.search(text, max(done, figure.start() - 6), figure.start())
    spans = [(first.start(), first.end())] if first else []
    return [*spans, (figure.start(), trigger.end())]


def _worded_at(text: str, trigger: re.Match[str], done: int) -> list[Offsets]:
    """Find the number, in figures or words, that a word such as `pounds` ends."""
    start = trigger.start() - (trigger[0][0] in "uo")  # `uro` and `ollar` lack their first letter
    tokens = list(_WORD.finditer(text, max(done, start - _WINDOW), start))
    words = [token[0].lower() for token in tokens]
    first = len(tokens)
    while first and _counts(words, first - 1):
        first -= 1
        if words[first][0].isdigit():
            break
    while first < len(tokens) and not _is_number(words[first:]):
        first += 1
    if first == len(tokens) or _weighs(text, trigger, words[first:]):
        return []
    return [(tokens[first].start(), trigger.end())]


def _counts(words: list[str], at: int) -> bool:
    """Tell whether the word at `at` may be part of a number; a comma only after a thousand."""
    if words[at] == ",":
        return at > 0 and words[at - 1] in _LARGE
    return words[at] in NUMBER_WORDS or words[at][0].isdigit()


def _is_number(words: list[str]) -> bool:
    if words[0][0].isdigit():
        return all(word == "hundred" or word in _LARGE for word in words[1:])
    return words != ["a"] and number_in_words([word for word in words if word != ","]) is not None


def _weighs(text: str, trigger: re.Match[str], words: list[str]) -> bool:
    """Tell a weight (`two pounds of sugar`) from a sum (`two million pounds of savings`)."""
    return not _LARGE.intersection(words) and bool(_WEIGHT.match(text, trigger.end()))
