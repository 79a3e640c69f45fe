"""Numbers and codes that open a heading: "23.", "118/18", "1.0", "(a)", "ITEM 4:", "(Item B1)".

A label says nothing about whether its line is an agenda item: the numbered paragraphs inside
an item open in the same way. `minutes.schemes` decides that over the whole document.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

_WORD = (
    r"(?i:(?P<word>(?:(?:agenda[ \t]+)?e?item|agenda(?:[ \t]+point)?|minute|min|cofnod|topic"
    r"|no(?=\.)|n[°º])(?:\b|(?<=[°º]))[.:]?[ \t]*"
    r"(?:(?:no|number|ref)\b[.:]?[ \t]*)?|[#§][ \t]?(?=\d)))?"
)

# Numbers in words: "ONE:", "Item Two."; their place is their value.
_SPELLED = (
    *("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"),
    *("eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen"),
    *("eighteen", "nineteen", "twenty"),
)

# The letters of a body: "PC", "CoG", "F&GP"; not "Covid", "Year".
_BODY = r"(?:[A-Z]{2,6}|[A-Z][a-z]{1,2}[A-Z][A-Za-z]{0,3}|[A-Z]{1,3}[&+][A-Z]{1,3})"

# Minute numbers with letters, by where these stand; the first that fits counts.
_CODED = "|".join(
    (
        rf"(?:[A-Z]|{_BODY})(?:[-/.]\d{{1,4}}){{2,3}}",  # "CoG/19/31", "C.12/21", "FRA-12-19"
        r"[A-Z][a-z]{1,5}(?:/\d{1,4}){2}",  # "Gov/22/3"
        rf"(?!COVID-19){_BODY}[-/.]\d{{1,4}}",  # "PH.21", "CAB-27"
        r"[A-Z]\.\d{1,4}",  # "A.1"
        rf"(?:[A-Z]|{_BODY})\d{{1,4}}(?:[-/.]\d{{1,4}}){{1,2}}[a-z]?",  # "M23/114"
        # "F&GP 12/24", "PC 12/2023-24", "FRA 16-17/24"
        rf"{_BODY}[ ](?:\d{{2,4}}-\d{{2,4}}/\d{{1,4}}|\d{{1,4}}/\d{{1,4}}(?:[-/]\d{{1,4}})?)",
        r"(?:[A-Z]{2,3}|[A-Z]{1,3}[&+][A-Z]{1,3})[ ]\d{1,4}(?![.]\d)",  # "CAB 27"
        # "16-17/FA/24", "24-FC-055", "24/FA/16-17", "055/FC24", "27/CAB"
        rf"\d{{1,4}}(?:[-/]\d{{2,4}})?[-/]{_BODY}(?:[-/]\d{{1,4}}){{1,2}}",
        r"\d{1,4}/[A-Z]{2,4}(?:\d{1,4})?",
        r"[A-Z]{0,6}\d{1,4}\(\d{1,4}\)",  # "TB24(12)"
        r"[A-Z]{1,4}\(\d{1,4}\)\d{1,4}",  # "TB(19)045"
    )
)

# A number with its letters, slashes and dots; the first that fits counts.
_NUMBER = (
    rf"(?P<coded>{_CODED})(?!/?\d)"
    r"|(?P<dated>\d{2,4}[/-]\d{2,4}[/-]\d{1,3}|\d/(?:20)?\d\d[/-]\d\d)(?![/\d-])"
    r"|(?P<slash>\d[\dlIO]{0,5}[a-z]?(?:/|[ ]/[ ])\d{1,4}[A-Za-z]?|\d{2,4}-\d{1,4})(?![/\d-])"
    r"|(?P<dotted>\d{1,6}(?:\.\d{1,3}){1,3})(?![.]?\d)"
    r"|(?P<prefixed>[A-Z]{1,3}\d{1,4})(?![\d/])"
    # with letters for digits where a scanner misread them: "l09", "lll"
    r"|(?P<int>\d{1,5}[A-Za-z]?|(?=[lIO]{0,3}\d|l{2,3}\.)[\dlIO]{2,4}[A-Z]?)(?![\d/])"
    r"|(?P<roman>[ivx]{1,5}(?=[ ]?[.):])|[IVX]{1,5}(?=[ ]?[.):]|[ ]{2}|\t)"
    r"|[IVX]{2,5}(?=[ ][A-Z]))"
    r"|(?P<letter>[A-Za-z])(?=[ ]?[.):])"
    rf"|(?P<spelled>(?i:{'|'.join(_SPELLED)}))(?=[ ]?[.):]|[ ][-–—])"
)

# Matches "23. Apologies", "(a) COSTS", "AGENDA ITEM 3: BUDGET", "PH.21 MINUTES", "12.",
# "24-055 Bins", "C123. Bins", "2024-25/12 Bins", "A1.Bins", "24/17Bins"; not "the 3rd item",
# "7.30pm start", "118/18, as treasurer", "20MPH zone".
LABEL = re.compile(
    rf"[ \t]*{_WORD}(?P<open>[(\[]?)(?:{_NUMBER})(?P<close>(?:[ ]?[.)\]:]{{1,2}})?)"
    r"(?P<dash>[ \t]*[-–—|·:](?=[ \t]|$))?"
    r"(?=[ \t]|$|(?<=[.)\]:])[A-ZÀ-Þ‘“\"']|(?<=\d)(?:[A-ZÀ-Þ][a-zß-ÿ]{2}|[A-ZÀ-Þ]{4}|AOB))",
    re.MULTILINE,
)

# What every label begins with, cheaper to see: "2", "(a", "PC.", "CAB 2", "Item"; not "The 2nd".
_BEGINS = re.compile(
    r"[ \t]*(?:[\d(\[#§]|[A-Za-z]{1,6}[-./\d()\]:]|[A-Za-z]{1,6}[ ][.)\]:\d]|[A-Z]{1,6}[ \t]"
    r"|[A-Z]{1,3}[&+][A-Z]"
    rf"|(?i:agenda|e?item|minute|min|cofnod|topic|no|{'|'.join(_SPELLED)})\b|[nN][°º])"
)

# What a number at a line's beginning must not be followed by: "12 November", "7.30 pm", "5%".
_NOT_A_LABEL = re.compile(
    r"[ \t]*(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?"
    r"|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\b[ \t,.]*(?:\d|$)"
    r"|[ \t]*(?:a\.?m|p\.?m|hrs|hours|noon|per[ \t]cent)\b|[ \t]*%",
    re.IGNORECASE,
)

# An agenda code in brackets: "(Item B1)", "[Item 3]", "(AI 4)", "(Agenda Item A1)", "(ltem B2)",
# "(YOS/11/27)", "(A1)", "[SN/26/01]", "(Paper 2)"; not "(15 minutes)", "(oral)", "(VRU)".
CODE = re.compile(
    r"[(\[][ \t]*(?:(?P<ai>AI[ \t]?\d{1,3})|(?P<paper>(?:paper|report|appendix)[ \t][A-Z\d]{1,3})"
    r"|(?:agenda[ \t]+)?[il]tem(?:[ \t]+no\.?)?[ \t]*(?P<item>[A-Z]{0,3}\d{1,3}[a-z]?)"
    r"|(?P<ref>[A-Z]{1,5}(?:/\d{2,4}){1,2}|[A-E]\d{1,2}[a-z]?))[ \t]*[)\]]",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Label:
    """A number at the beginning of a heading.

    Attributes:
        kind: `coded`, `dated` ("24/03/1"), `slash`, `dotted`, `zero` ("1.0"), `prefixed` ("C123"),
            `section` ("A1" among others of B and C), `int`, `roman`, `letter` or `spelled` ("ONE").
        number: As printed, without brackets and closing punctuation.
        family: Labels of one numbering scheme share it.
        end: Where the label and its punctuation end, in the text it was read from.
        start: Where it begins, a word such as "Item" included.
        has_word: Whether "Item" or "Minute" stands before the number.
        is_closed: Whether a full stop, bracket, colon or dash follows the number.
        is_glued: Whether a word follows it with nothing between: "24/17Bins", "4Children".
    """

    kind: str
    number: str
    family: str
    start: int
    end: int
    has_word: bool
    is_closed: bool
    is_glued: bool = False

    @property
    def value(self) -> tuple[int, ...]:
        """The number's parts for comparison within its family; a letter's place in the alphabet."""
        if self.kind == "letter":
            return (ord(self.number.lower()) - ord("a") + 1, 0)
        if self.kind == "spelled":
            return (_SPELLED.index(self.number.lower()), 0)
        if self.kind == "section":
            return (ord(self.number[0]), int(self.number[1:].lstrip(".")), 0)
        if self.kind == "roman":
            return (_roman(self.number), 0)
        plain = self.number.translate(_MISREAD) if self.kind in ("int", "slash") else self.number
        digits = [int(run) for run in re.findall(r"\d+", plain)]
        if self.kind == "zero":
            digits = digits[:1]
        suffix = plain[-1]
        if self.kind == "slash" and (letter := _BEHIND.match(plain)):
            suffix = letter[1]
        return (*digits, ord(suffix.upper()) - 64) if suffix.isalpha() else (*digits, 0)


# A letter behind the first figures: "73a/20"; not "73/20A".
_BEHIND = re.compile(r"\d+([A-Za-z])")

# A council year behind the number: "12/2023-24", "012/23/24"; not "24/03/04", a year and a month.
_YEARS_LAST = re.compile(r"\d{1,4}/(?:20(?=0\d|1[0-2])|(?:20)?(?=1[3-9]|[2-9]\d))(\d\d)[/-](\d\d)")

# What a scanner makes of 1 and 0.
_MISREAD = str.maketrans("lIO", "110")


def _roman(numeral: str) -> int:
    values = [{"i": 1, "v": 5, "x": 10}[letter] for letter in numeral.lower()]
    total = 0
    for value, following in zip(values, [*values[1:], 0], strict=True):
        total += -value if value < following else value
    return total


def read_label(text: str, position: int = 0, *, may_be_years: bool = True) -> Label | None:
    """Read the number that stands at `position` (white space before it allowed); None for none.

    Args:
        text: A line's text with marks blanked.
        position: Where to read.
        may_be_years: Whether "2022/23" is taken for years, which are no number.
    """
    match = LABEL.match(text, position) if _BEGINS.match(text, position) else None
    if not match or not match.lastgroup:
        return None
    kind = next(name for name in _KINDS if match[name])
    number = match[kind]
    if _NOT_A_LABEL.match(text, match.end()):
        return None
    if may_be_years and _is_range(kind, number, text, match.end()):
        return None
    if kind == "dotted" and re.fullmatch(r"\d+\.0", number):
        kind = "zero"
    family = _family(kind, number)
    if kind in ("int", "roman", "letter"):
        family += match["open"] + (")" if ")" in match["close"] else "")
    if match["word"]:
        family += "w"
    start = match.end() - len(match[0].lstrip())
    closed = bool(match["close"] or match["dash"] or match["open"])
    glued = not closed and text[match.end() : match.end() + 1].isalpha()
    return Label(kind, number, family, start, match.end(), bool(match["word"]), closed, glued)


_KINDS = ("coded", "dated", "slash", "dotted", "prefixed", "int", "roman", "letter", "spelled")


def _family(kind: str, number: str) -> str:
    """Name the scheme that a number belongs to, as far as the number alone tells it."""
    if kind in ("dotted", "zero"):
        return f"{kind}{number.count('.')}"
    if kind == "coded":
        return kind + re.sub(r"\d+", "0", number)[:4]
    if kind == "prefixed":
        return kind + number.rstrip("0123456789")
    if kind == "dated":  # one meeting has one year; the dates in a list of payments differ
        years = _YEARS_LAST.fullmatch(number)
        if years and int(years[2]) == int(years[1]) + 1:
            return kind + number[years.start(1) :]
        return kind + re.sub(r"\d+$", "", number)
    return kind + "-" * (kind == "slash" and "-" in number)


def _is_range(kind: str, number: str, text: str, end: int) -> bool:
    """Whether "2018/19", "2018-2019" or "16-18 year olds" stands there, and not an item."""
    if kind != "slash" or not re.fullmatch(r"\d+[/-]\d+", number):
        return False
    first, second = re.split("[/-]", number)
    if "-" in number and text[end : end + 1].islower():
        return True
    return len(first) == len("2018") and (int(first) + 1) % 100 == int(second) % 100


def read_code(text: str) -> tuple[str, int, int] | None:
    """Find an agenda code in brackets: the code, and where its brackets begin and end."""
    match = CODE.search(text)
    if not match:
        return None
    code = match["item"] or match["ref"] or match["ai"] or match["paper"]
    return code, match.start(), match.end()
