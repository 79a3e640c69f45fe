"""Find amounts of money in plain text: the sign or word, the number, the scale; nothing else.

Hedges and periods stay outside, both ends of a range are mentions of their own, and a figure
without a sign is no money unless it ends a range that has one.
"""

from __future__ import annotations

import re

from kcsp_nlp.values import APART, BEFORE_MINUS, FIGURE, NUMBER_WORDS, SCALE, SIGN, number_in_words

Offsets = tuple[int, int]

# matches: £  the p of 50p  GBP  the GBP of 5 MGBP  pounds    does not match: pounding  p5
_TRIGGER = re.compile(
    r"[£€$]|[pP](?:(?<=[0-9]p)(?!\w|\.\s?m\b)|(?<!\w.)(?:ounds?|ence|enny|ennies|OUNDS?|ENCE)(?!\w))"
    r"|[GEU](?:(?<![A-Za-z].)|(?<=[\d ][kKM].))(?:BP|UR|SD)(?<=GBP|EUR|USD)(?![A-Za-z])"
    r"|[qQ](?<!\w.)uid(?!\w)"
)
# Patterns of their own because their first letters are common ones.
# matches: euros  Dollar  grand    does not match: neuro  European  Grand Hotel
_RARE = (
    re.compile(r"uro(?<=[Ee]uro)(?<!\w....)s?(?!\w)"),
    re.compile(r"ollar(?<=[Dd]ollar)(?<!\w.{6})s?(?!\w)"),
    re.compile(r"grand(?<!\w.{5})(?!\w)"),
)
# matches: £1.2 million  € 65  £-500  £1.20p  £94.50 GBP    does not match: £m  £000s
_SIGNED = re.compile(
    rf"{SIGN}[ \xa0]{{0,2}}(?!000s?\b)-?{FIGURE}(?:(?<=[0-9]){APART})?"
    rf"(?:{SCALE}|p(?![\w/])|[ ]GBP\b)?"
)
# The end of a range whose start has the sign.
# matches: -70k  " to 5m"  -40  \-40 (markdown)    does not match: "-2019/20"  " to 2,000"
_SECOND = re.compile(
    rf"(?:\\?[-–—](?P<tight>{FIGURE})(?P<scale>{SCALE}|(?![\w/%.-]|\.\d))"
    rf"|\s{{1,3}}(?P<by>[-–—]|to|and)\s{{1,3}}(?P<loose>{FIGURE}){SCALE})"
)
# matches: 50  1,250.5  (before a p)    does not match: the 30 of 7.30
_FIGURE_BEFORE = re.compile(
    r"(?<![\w.,:/£€$])\d{1,3}(?:,\d{3})*(?:\.\d{1,2})?$|(?<![\w.,:/£€$-])\d+$"
)
# matches: "20-" before 30p    does not match: "2019/20-"
_FIRST = re.compile(r"(?<![\w.,:/£€$-])\d{1,3}(?=[-–]$)")
# matches: two  1,250  10 000  5k    does not match: (  ;
_WORD = re.compile(
    r"(?<![\w.,])\d[\d,]*(?:[ \xa0]000(?!\d))*(?:\.\d+)?(?:[km]|bn)?(?!\w)"
    r"|[A-Za-z]+|[^\s\w-]|\n\s*\n"
)
# matches: " of apples"  " per square"  "-bag"    does not match: " of savings" after a million
_WEIGHT = re.compile(r"[\s-]{1,3}(?:of\b|per square|in weight|weight|bags?\b|overweight|lighter)")
# matches: "weighed about"  "a baby of"  "a tonne is equal to"  "to shed"
# does not match: "the weight limit signs cost"  "lost"
_WEIGHED = re.compile(
    r"\b(?:weigh(?:s|ed|ing)?|weight(?:\s(?:is|was))?\sof|bab(?:y|ies)\b(?:\s(?:is|was|of)){1,2}"
    r"|(?:tons?|tonnes?|kilos?|kilograms?|kg)\b[^.;:£]{0,20}\bequal(?:s|\sto)"
    r"|shed|drop(?:ped|ping)?)\s(?:(?:in\sat|about|around|over|under|nearly|almost|some)\s)?$",
    re.IGNORECASE,
)
# What may follow a thousand pounds, and no piano, prix or total.
# matches: "."  " for the roof"  " a year"    does not match: " piano"  " and fitting"
_AFTER_A_GRAND = re.compile(
    r"\s{0,2}(?:[.;:!?)]|$|(?:a\s(?:week|month|year)|each|per|for|from|towards|off|short|left)\b)"
)
# matches: ", "  " and"  " in"    does not match: " prix"  " pianos"
_AFTER_GRAND = re.compile(r"\s{0,2}(?:[.,;:!?)'\"’”]|$|(?:and|in|on|to|or|of|by|was|is|more)\b)")
# matches: "."  " each"    does not match: " farthing"  " rate"  " is to go"
_AFTER_A_PENNY = re.compile(r"\s{0,2}(?:[.,;:!?)]|$|(?:each|extra|less|more|off|per)\b)")
# matches: "has not promised "  "to spend "    does not match: "put up by "
_NO_SUM = re.compile(
    r"(?:n['’]t|\b(?:not|nor|no|never|without|hardly|spend|spent|every))\b[^.;:!?]{0,40}$",
    re.IGNORECASE,
)
# matches: 1080p    does not match: 80p
_SCREEN = re.compile(r"(?:480|720|1080|1440|2160)$")
# matches: "2023 £ 2024"    does not match: "2023 £2024"
_HEADS_COLUMNS = re.compile(r"(?:19|20)\d\d [£€] (?:19|20)\d\d")
# matches: 2023    does not match: 20
_YEAR = re.compile(r"(?:19|20)\d\d")
# matches: US  IR  A    does not match: VISA
_COUNTRY = re.compile(r"(?<![A-Za-z])(?:US|AU|NZ|CA|IR|[AC])\Z")
# matches: " and " between pounds and pence    does not match: ", "
_AND = re.compile(r"\s(?:and\s)?")
_ALONE = ("penny", "grand")  # may stand after a mere `a`
_LARGE = frozenset({"thousand", "million", "billion"})
_WINDOW = 100
_PREFIX = 50  # characters before a number that tell what it counts
_CODES = ("GBP", "EUR", "USD")
_BEFORE_MINUS = re.compile(rf"{BEFORE_MINUS}\Z")
# matches: 3,301.00  850.50    does not match: 20  3.2
_AS_PRICE = re.compile(r"\d,\d{3}|\d\.\d\d\Z")


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
        text.endswith(("pounds", "pound", "GBP"), *pounds)
        and text.endswith(("pence", "penny", "p"), *pence)
        and bool(_AND.fullmatch(text, pounds[1], pence[0]))
    )


def _triggers(text: str) -> list[re.Match[str]]:
    found = list(_TRIGGER.finditer(text))
    rare = [match for pattern in _RARE for match in pattern.finditer(text)]
    return sorted([*found, *rare], key=lambda match: match.start()) if rare else found


def _amounts_at(text: str, trigger: re.Match[str], done: int) -> list[Offsets]:
    mark = trigger[0]
    if mark in "£€$" or mark in _CODES:
        signed = _signed_at(text, trigger.start(), done)
        if signed and not text.startswith((" pence", " penny"), signed[-1][1]):
            return signed
        return _before_sign(text, trigger, done) or signed  # 3 GBP 1 pence
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
    country = _COUNTRY.search(text[max(done, sign - 3) : sign])
    if not country or text[sign] not in "$£" or (text[sign] == "£" and country[0] != "IR"):
        return 0
    return len(country[0])


def _minus(text: str, start: int, done: int) -> int:
    """Return 1 where a minus belongs to the sign at `start`; a dash after a word is none."""
    if start - 1 < done:
        return 0
    mark, before = text[start - 1], text[max(done, start - 8) : start - 1]
    return int(mark == "−" or (mark == "-" and bool(_BEFORE_MINUS.search(before))))


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
    """Find `50€`, `10 €`, `5 MGBP`, `3,301.00 £`: the sign after the figure, where none follows."""
    sign = trigger.start()
    if trigger[0] in _CODES and text[sign - 1 : sign] in ("k", "K", "M"):
        sign -= 1
    start = sign - (text[sign - 1 : sign] == " ")
    figure = _FIGURE_BEFORE.search(text, max(done, start - 16), start)
    if not figure:
        return []
    if start < sign and (
        _YEAR.fullmatch(figure[0]) or (trigger[0] == "£" and not _AS_PRICE.search(figure[0]))
    ):
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
    unit = trigger[0].lower()
    start = trigger.start() - (unit[0] in "uo")  # `uro` and `ollar` lack their first letter
    tokens = list(_WORD.finditer(text, max(done, start - _WINDOW), start))
    words = [token[0].lower() for token in tokens]
    first = len(tokens)
    while first and _counts(words, first - 1):
        first -= 1
        if words[first][0].isdigit():
            break
    while first < len(tokens) and not _is_number(words[first:]):
        first += 1
    if words[first:] == [] and words[-1:] == ["a"] and unit in _ALONE:
        first -= 1
    if first == len(tokens) or not _is_sum(text, tokens[first].start(), trigger, words[first:]):
        return []
    return [(tokens[first].start(), trigger.end())]


def _is_sum(text: str, start: int, unit: re.Match[str], words: list[str]) -> bool:
    """Tell whether a number with a word for money is an amount: no weight, no figure of speech."""
    before = text[max(0, start - _PREFIX) : start]
    if unit[0] == "grand":
        after = _AFTER_A_GRAND.match(text, unit.end())
        return bool(after or (words != ["a"] and _AFTER_GRAND.match(text, unit.end())))
    if words == ["a"]:
        return bool(_AFTER_A_PENNY.match(text, unit.end())) and not _NO_SUM.search(before)
    if not unit[0].lower().startswith("pound"):
        return True
    return bool(_LARGE.intersection(words)) or not (
        _WEIGHT.match(text, unit.end()) or _WEIGHED.search(before)
    )


def _counts(words: list[str], at: int) -> bool:
    """Tell whether the word at `at` may be part of a number; a comma only after a thousand."""
    if words[at] == ",":
        return at > 0 and words[at - 1] in _LARGE
    return words[at] in NUMBER_WORDS or words[at][0].isdigit()


def _is_number(words: list[str]) -> bool:
    if words[0][0].isdigit():
        return all(word == "hundred" or word in _LARGE for word in words[1:])
    return words != ["a"] and number_in_words([word for word in words if word != ","]) is not None
