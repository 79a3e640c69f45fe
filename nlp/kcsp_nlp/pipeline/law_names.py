"""Find what legislation is called for short: GDPR, LGA 1972, Clare's Law, SI 2006/2525."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from functools import cache
from importlib import resources

from kcsp_nlp.pipeline.act_titles import ActTitle
from kcsp_nlp.registers.legislation import statutes

# matches: SI 2006/2525  S.I. No. 199 of 2024    does not match: SI units
_INSTRUMENT = re.compile(
    r"S(?<![\w.].)(?:\.?I\.?|\.?S\.?I\.?|\.?R\.?|tatutory Instrument)(?:/No\.?|\s?No\.?)?\s?"
    r"(?:(?:19|20)\d\d(?:/|\sNo\.?\s)\d{1,4}(?!\d)|\d{1,4}(?:/|\sof\s)(?:19|20)\d\d(?!\d))"
)
# matches: Regulation (EU) 2016/679  Directive 2012/29/EU    does not match: Directive 5
_EUROPEAN = re.compile(
    r"[RD](?<!\w.)(?:egulation|irective|ecision)\s(?:\((?:EU|EC|EEC)\)\s)?(?:No\.?\s)?"
    r"\d{2,4}/\d{2,4}(?:/(?:EU|EC|EEC))?(?![\d/])"
)
# matches: the "aw" of Clare's Law    does not match: in law, law degree
_LAW = re.compile(r"aw(?<=[s'’]\s[Ll]aw)(?!\w)(?!\s(?:School|Firm|Society|Cent))")
# matches: Max and Keira's Law  Martyns law    does not match: his law
_NAMED_AFTER = re.compile(
    r"(?<![\w'’-])(?:[A-Z][a-z]{1,12}\s(?:and|&)\s)?(?P<who>[A-Z][a-zé]{1,12}?)(?P<s>['’]?s|s['’])\s"
    r"(?P<law>[Ll]aw)$"
)
# matches: LGA  CRoW  RIP(S)A    does not match: Kent  A
_CAPITALS = re.compile(r"[A-Z](?<![\w&.-].)[A-Za-z&()]{0,8}[A-Z](?![A-Za-z_(]|-[A-Z])")
# matches: " 1972"  "1972"    does not match: " 2019/20"
_YEAR = re.compile(r"\s?(?P<year>1[6-9]\d\d|20\d\d)(?![\d/]|-\d)")
# matches: " (“HRA”)"  " (the RIPA)"    does not match: " (No. 2)"
_SHORT = re.compile(
    r"\s{1,3}\((?:(?:hereafter|or|the)\s){0,2}[\"“‘']?(?:the\s)?(?P<short>[A-Z][A-Z&]{2,8})[\"”’']?\)"
)
# matches: "under the "  "breach of "  "s.2(1) "    does not match: "the new "
_WITHIN = re.compile(
    r"(?i)\b(?:(?:under|by|with|of|in|to|both|per|from|and)\s{1,20}(?:the\s{1,20})?"
    r"|s(?:s|ec|ection)?\.?\s?\d{1,4}[A-Z]?(?:\(\w{1,3}\)){0,3}\s)$"
)
# matches: "KEEPING "  " WITH"    does not match: "UK "
_SHOUTED = re.compile(r"[A-Z]{3,}\s$|^\s[A-Z]{3,}")


@dataclass(frozen=True, slots=True)
class _Names:
    short: frozenset[str]
    within: frozenset[str]
    words: frozenset[str]
    long: tuple[tuple[str, re.Pattern[str]], ...]
    people: frozenset[str]
    sayings: frozenset[str]


def find_law_names(text: str) -> list[ActTitle]:
    """Return short and popular names of legislation, and numbers of instruments, in any order."""
    names = _names()
    found = [_named(match) for match in _INSTRUMENT.finditer(text)]
    found += [
        _named(match, _prefixed(text, match.start(), ("EU ", "Council ")))
        for match in _EUROPEAN.finditer(text)
    ]
    for match in _LAW.finditer(text):
        title = _law_at(text, match.end(), names)
        if title:
            found.append(title)
    for match in _CAPITALS.finditer(text):
        title = _capitals_at(text, match, names)
        if title:
            found.append(title)
    for first, pattern in names.long:
        if first in text:
            found += [_named(match) for match in pattern.finditer(text)]
    return found


def find_own_names(text: str, own: re.Pattern[str]) -> list[ActTitle]:
    """Return the names that a user's register adds, each with the year behind it, if one is.

    Args:
        text: The text of the document.
        own: Matches the names, whole words of `text`.
    """
    found = []
    for match in own.finditer(text):
        year = _YEAR.match(text, match.end())
        dated = year if year and year[0][0].isspace() else None
        end = dated.end() if dated else match.end()
        found.append(ActTitle(match.start(), end, match[0], int(dated["year"]) if dated else None))
    return found


def find_given_names(text: str, titles: list[ActTitle]) -> list[ActTitle]:
    """Return the short names that the text itself gives to its Acts: `… Act 1998 (“HRA”)`.

    Args:
        text: The text of the document.
        titles: The titles found in it, in order, not overlapping.
    """
    shorts: dict[str, ActTitle] = {}
    for title in titles:
        given = _SHORT.match(text, title.end)
        if given and _abbreviates(given["short"], title.title):
            shorts.setdefault(given["short"], title)
    if not shorts:
        return []
    pattern = re.compile(rf"(?<![\w-])(?:{'|'.join(map(re.escape, sorted(shorts)))})(?![\w-])")
    inside = iter([*titles, ActTitle(len(text), len(text) + 1, "", None)])
    current = next(inside)
    found = []
    for match in pattern.finditer(text):
        while current.end <= match.start():
            current = next(inside)
        if match.end() <= current.start:
            full = shorts[match[0]]
            found.append(ActTitle(match.start(), match.end(), full.title, full.year))
    return found


def _abbreviates(short: str, title: str) -> bool:
    initials = iter(re.findall(r"(?<![\w'’])\w", title.upper()))
    return all(letter in initials for letter in short if letter != "&")


def _named(match: re.Match[str], start: int | None = None) -> ActTitle:
    return ActTitle(match.start() if start is None else start, match.end(), match[0], None)


def _prefixed(text: str, start: int, prefixes: tuple[str, ...]) -> int:
    for prefix in prefixes:
        if text.endswith(prefix, max(0, start - len(prefix)), start):
            return start - len(prefix)
    return start


def _law_at(text: str, end: int, names: _Names) -> ActTitle | None:
    match = _NAMED_AFTER.search(text, max(0, end - 40), end)
    if not match:
        return None
    certain = match["who"] in names.people
    invented = match["law"] == "Law" and len(match["s"]) > 1 and match["who"] not in names.sayings
    return _named(match) if certain or invented else None


def _capitals_at(text: str, match: re.Match[str], names: _Names) -> ActTitle | None:
    word, start = match[0], match.start()
    year = _YEAR.match(text, match.end())
    if word not in names.short:
        if year and word.endswith("A") and statutes().abbreviated(word, int(year["year"])):
            return ActTitle(start, year.end(), word, int(year["year"]))
        return None
    around = (text[max(0, start - 12) : start], text[match.end() : match.end() + 12])
    if word in names.words and any(_SHOUTED.search(part) for part in around):
        return None
    if word in names.within and not year and not _WITHIN.search(text, max(0, start - 30), start):
        return None
    start = _prefixed(text, start, ("UK ", "EU ")) if word == "GDPR" else start
    end = year.end() if year and year[0][0].isspace() else match.end()
    return ActTitle(start, end, word, int(year["year"]) if year else None)


@cache
def _names() -> _Names:
    source = resources.files("kcsp_nlp").joinpath("data/legislation/names.json")
    data = json.loads(source.read_text(encoding="utf-8"))
    entries = data["names"]
    short = frozenset(entry["name"] for entry in entries if " " not in entry["name"])
    long = [entry["name"] for entry in entries if " " in entry["name"]]
    return _Names(
        short,
        frozenset(entry["name"] for entry in entries if entry.get("within")),
        frozenset(entry["name"] for entry in entries if entry.get("word")),
        tuple(
            (
                name.split()[0],
                re.compile(
                    re.escape(name).replace("\\ ", r"\s{1,20}") + r"(?:\s1[6-9]\d\d)?(?!\w)"
                ),
            )
            for name in long
        ),
        frozenset(entry["of"] for entry in data["laws"]),
        frozenset(data["sayings"]),
    )
