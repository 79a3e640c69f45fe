"""What stands around a name: honorifics, offices and ranks before it, initials behind it."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import NamedTuple

from kcsp_nlp.linking.people.given_names import Gender
from kcsp_nlp.linking.people.names import fold

# How far before a name its titles are looked for, in code points.
_REACH = 48
# How far behind it something is looked for.
_BEHIND = 40
# Markdown around a name and its title.
_MARKS = str.maketrans({"*": " ", "_": " ", "\\": " ", "#": " "})
_MOST_TITLES = 5  # "The Rt Hon Cllr Mrs"
# Matches a word with what separates it from the next: "Cllr. ", "T/Supt ", "1184 ".
_WORD = re.compile(r"[^\s,;:()\[\]|]+")
# Matches "Mr and Mrs ", "Mr. & Mrs ", "Mr/Mrs ", "both Cllrs ": two people bear the name behind.
# Does not match "Mr Hill and Mrs ".
_TWO = re.compile(
    r"\b(?:(?:Mr|Dr|Cllr|Councillor|Sir|Rev)\.?(?:\s+(?:and|&|\+)\s+|\s?/\s?)"
    r"(?:Mrs|Ms|Miss|Dr|Lady|Cllr)|[Bb]oth\s+(?:Mr|Cllr|Councillor|Messr)s?|the\s+Misses)\.?\s*\Z"
)
# Matches " family", " brothers": not one of them alone. Does not match " Family Centre".
_FAMILY = re.compile(
    r"(?:['’]s?)?\s+(?:family|families|brothers|sisters|household|children|twins)\b"
)
# Matches " (B)", " (S.J.)"; not " (Chair)".
_BRACKET = re.compile(r"\s{0,4}\(([A-Z]\.?(?:\s?[A-Z]\.?)?)\)")
# Matches " (Senior)", " senior", " Jnr"; not " Senior Officer".
_GENERATION = re.compile(
    r",?\s\(?(?P<age>[Ss]enior|[Jj]unior|S(?:nr|en)|J(?:nr|un))\b\.?(?!\s+[A-Z])"
)
# Who is not meant by the name itself. Matches "her son ", "a grandson, also ", "young ", "Sid's ";
# not "reason ", "Father ".
_KIN = re.compile(
    r"\b(?:(?:(?:grand)?(?:son|daughter|mother|father)|nephew|niece|brother|sister|wife|husband|"
    r"cousin|baby|boy|girl|child|twins?|namesake)(?:,?\s+(?:also|called|named|little|baby)|,)*|"
    r"young|dog|called|named|late)\s+\Z|[^\W\d_a-z]\w{1,20}['’]s\s+\Z"
)
# Whose relation somebody is. Matches "his daughter ", "their son, "; not "a grandson, also ".
_RELATION = re.compile(
    r"\b(?:his|her|their)\s+(?:(?P<f>daughter|mother|niece|sister|wife)|"
    r"(?P<m>son|father|nephew|brother|husband)),?\s+\Z"
)
# Who is nobody at the table. Matches "the late Mr ", "baby ", "his namesake Cllr "; not "late. ".
_APART = re.compile(
    r"\b(?:[Ll]ate|LATE|[Bb]aby|namesake|(?:son|daughter|boy|girl|child),?\s+also)"
    r"(?:,?\s+(?:called|named))?"
    r"(?:\s+(?:Mrs?|Ms|Miss|Dr|Sir|Cllr|Councillor|Alderman|Canon|Revd?|Fr)\b\.?){0,3}\s+\Z"
)
# Somebody nobody there knows. Matches "a Mr ", "another Mrs. "; not "a Cllr ".
_CERTAIN = re.compile(r"\b(?:[Aa]|[Aa]nother)\s+(?:Mrs?|Ms|Miss)\.?\s+\Z")
# What makes a given name somebody else's. Matches ", aged 6", " the driver", " (7)"; not " the
# first".
_OTHERS = re.compile(
    r",?\s+(?:aged\b|the\s+(?!first\b|second\b|last\b|latter\b|other\b|same\b)[a-z])|"
    r",?[ ]\(?\d{1,2}[,)]"
)
# Matches " (no relation)", " – no relation", ', Ely ("not the Chairman")'; not " declared no
# relation", " (not present)".
_UNRELATED = re.compile(
    r"\s{0,4}[(,–—-]\s?no\s+relation|(?:,\s[^\W\d_a-z]\w{1,20})?\s?\(?[\"“‘(]not\s+(?:the|our)\b"
)
# Matches "Mill Lane", "Old Forge Road"; not "Mill House", "Road".
_STREET = (
    r"(?:[^\W\d_a-z][\w'’]{1,20}\s){1,3}"
    r"(?:Road|Lane|Street|St|Close|Avenue|Drive|Way|Cottages?|Farm|Terrace|Crescent|Gardens|Row)\b"
)
# Somebody of the public, who lives somewhere. Matches " of 3 Hill Rise", ", Mill Lane,"; not
# ", 3 May", ", Mill Lane allotments".
_RESIDENT = re.compile(
    rf",?\s+(?:of|from|at)\s+(?:(?:No\.?\s?)?\d{{1,4}}[a-z]?,?\s+[^\W\d_a-z]\w|{_STREET})|"
    rf"(?:,|\s\()\s*(?:\d{{1,4}}[a-z]?,?\s+)?{_STREET}"
    r"(?=[,.);]|\s+(?:asked|said|spoke|wrote|reported|complained|objected))|"
    r",?\s+\(?(?:a\s+)?(?:local\s+)?(?:resident|member\s+of\s+the\s+public|parishioner)\b"
)
# Who is the elder or the younger. Matches "young Mr ", "Old Mrs. "; not "old ".
_AGED = re.compile(r"\b(?P<age>[Yy]oung|[Oo]ld)\s+(?:(?:Mr|Mrs|Miss)\.?\s+)?\Z")
_AGES = {"young": "junior", "old": "senior"}
# What stands in brackets behind a name. Matches " (Probation)"; not " said (quietly)".
_REMARK = re.compile(r"\s{0,4}\(([^()\n]{2,36})\)")


@dataclass(frozen=True, slots=True)
class Address:
    """How somebody is addressed at one place.

    Attributes:
        gender: What the honorific says; None where it says nothing.
        classes: Kinds of office or rank that stand before the name: `councillor`, `sergeant`.
        titled: Whether anything stands before the name that only a surname or full name follows.
        plural: The classes that the names behind this one share: those of "Cllrs A, B and C".
        bracketed: Initials in brackets behind the name; empty for none.
        remark: What stands in brackets behind the name; empty for nothing.
        generation: `senior` or `junior`; empty for none.
        two: Whether the name is that of a couple: "Mr and Mrs Dale".
        other: Whether it is said to be somebody's child, wife or the like.
        unrelated: Whether it is said to be nobody else of that name: "(no relation)".
        resident: Whether it is said where the person lives, as of the public it is.
        kin: What a word of kinship says of the gender: "his daughter"; None for no such word.
        apart: Whether it is said to be nobody at the table: the dead, a baby, a namesake.
    """

    gender: Gender | None
    classes: frozenset[str]
    titled: bool
    plural: bool
    bracketed: str
    remark: str
    generation: str
    two: bool
    other: bool
    unrelated: bool
    resident: bool
    kin: Gender | None
    apart: bool


class _Words(NamedTuple):
    """Words of address, folded: the class of each title ("" for an honorific) and some kinds."""

    titles: Mapping[str, str]
    women: frozenset[str]
    men: frozenset[str]
    plurals: frozenset[str]


@cache
def _words() -> _Words:
    data = files("kcsp_nlp") / "data"
    people = json.loads((data / "people.json").read_text(encoding="utf-8"))
    forms = json.loads((data / "forms_of_address.json").read_text(encoding="utf-8"))
    titles = {fold(word): "" for word in people["honorifics"]}
    titles.update((fold(word), "councillor") for word in people["councillors"])
    titles.update(dict.fromkeys(forms["deputies"], "deputy"))
    titles.update(dict.fromkeys(forms["clergy"], "clergy"))
    titles.update(dict.fromkeys(forms["doctors"], "doctor"))
    titles.update((word, rank) for rank, words in forms["ranks"].items() for word in words)
    plurals = {fold(word) for word, single in people["councillors"].items() if single}
    return _Words(
        titles=titles,
        women=frozenset(forms["women"]),
        men=frozenset(forms["men"]),
        plurals=frozenset(plurals | set(forms["plurals"])),
    )


def classes_of(role: str) -> frozenset[str]:
    """Return the kinds of office that a role names: "District Cllr", "T/Supt"; may be empty."""
    words = [fold(word).rsplit("/", 1)[-1] for word in role.split()]
    known = frozenset(_words().titles.get(word, "") for word in words) - {""}
    if "constable" in known and "chief" in words:
        known = known - {"constable"} | {"chief"}
    if len(words) > 1 and "deputy" in words:
        known -= {"deputy"}  # "Deputy Clerk", "Deputy Mayor"
    return known


def split_titles(printed: str) -> tuple[str, str]:
    """Return the titles before a name, as printed with single spaces, and the name itself.

    "Cllr Mrs Hill" is divided into "Cllr Mrs" and "Hill"; titles alone are a name: "Inspector".
    """
    words = printed.split()
    at = 0
    while at < min(len(words) - 1, _MOST_TITLES) and _is_title(words[at]):
        at += 1
    return " ".join(words[:at]), " ".join(words[at:])


def _is_title(word: str) -> bool:
    return fold(word).rsplit("/", 1)[-1] in _words().titles


def read_address(text: str, start: int, end: int) -> Address:
    """Read how the person is addressed whose name stands at `text[start:end]`.

    Args:
        text: The document's text.
        start: Where the name begins, in code points.
        end: One past its last code point.
    """
    before = text[max(0, start - _REACH) : start].translate(_MARKS)
    behind = text[end : end + _BEHIND].translate(_MARKS)
    gender: Gender | None = None
    classes: set[str] = set()
    titled = plural = False
    for word in _before(before):
        kind = _words().titles.get(word.rsplit("/", 1)[-1])
        if kind is None:
            if not _is_number(word):
                if word == "chief" and "constable" in classes:
                    classes = classes - {"constable"} | {"chief"}
                break
            continue
        titled = True
        plural = plural or word in _words().plurals
        classes |= {kind} - {""}
        if gender is None:
            gender = _gender(word)
    relation = _RELATION.search(before)
    apart = bool(_APART.search(before))
    bracket = _BRACKET.match(behind)
    remark = _REMARK.match(behind)
    generation = _GENERATION.match(behind)
    aged = _AGED.search(before)
    age = generation["age"] if generation else _AGES[aged["age"].lower()] if aged else ""
    return Address(
        gender=gender,
        classes=frozenset(classes),
        titled=titled,
        plural=plural,
        bracketed=bracket[1] if bracket else "",
        remark=remark[1] if remark else "",
        generation=age[:1].lower(),
        two=bool(_TWO.search(before) or _FAMILY.match(behind)),
        unrelated=bool(_UNRELATED.match(behind) or _CERTAIN.search(before) or apart),
        resident=bool(_RESIDENT.match(behind)),
        other=bool(_KIN.search(before) or _OTHERS.match(behind)),
        kin=("f" if relation["f"] else "m") if relation else None,
        apart=apart,
    )


def _gender(honorific: str) -> Gender | None:
    if honorific in _words().women:
        return "f"
    return "m" if honorific in _words().men else None


def _before(before: str) -> list[str]:
    """Return the folded words before a name, the nearest first, up to a mark between two."""
    words: list[str] = []
    at = len(before)
    for match in reversed(list(_WORD.finditer(before))):
        gap = before[match.end() : at]
        torn = "\n" in gap and bool(words)  # "Thanet DC\nCllr Dorn" in a column
        torn = torn or (gap.count("\n") > 1 and not match[0].endswith("."))
        if torn or gap.strip(" \t\xa0\n("):
            break
        if (
            match[0].endswith(".")
            and len(match[0]) >= len("Bishop.")
            and match[0].lower() != "messrs."
        ):
            break  # "spoke for the Constable. Hill"
        words.append(match[0] if match[0][-1].isdigit() else fold(match[0]))
        at = match.start()
        if len(words) >= _MOST_TITLES:
            break
    return words


def _is_number(word: str) -> bool:
    return word[-1:].isdigit() and len(word) <= len("412YR88")
