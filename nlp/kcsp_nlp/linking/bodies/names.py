"""A body's printed name as links compare it, and how a short form fits a name."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from kcsp_nlp.registers.pieces import Words, split_form

# matches: the article of "the Kent constabulary"    does not match: "Theatre Royal"
_ARTICLE = re.compile(r"(?:the|The|THE) (?=\S)")
# matches: " (KCC)" of "Kent County Council (KCC)"    does not match: "Friends (Ely) Trust"
_BRACKET = re.compile(r" \((?P<short>[^()]{1,40})\)\Z")
# matches: "C.C.C.", "K.C.C"    does not match: "St. Giles", "KCC"
_DOTTED = re.compile(r"(?:[A-Z]\.){1,9}[A-Z]?")
# matches: "KCC", "SECAmb", "YPAGs", "RD&E"    does not match: "Kent", "K9", "B4RN"
_ACRONYM = re.compile(r"[A-Z][A-Za-z&]{1,11}")
_MARKS = " \t\n\"“”‘’'.,;:*_"
_SMALL = frozenset(["of", "and", "the", "for", "in", "to", "on", "at", "with", "a", "s"])
_FIRMS = frozenset({"ltd", "limited", "llp", "plc", "cic", "inc"})
_SAINTS = frozenset({"st", "saint"})
_PATRONS = _SAINTS | {"queen", "king", "prince", "princess", "victoria", "general", "royal"}
_HOUSES = frozenset({"hospital", "infirmary", "hospice", "church", "school", "college", "house"})
_LONGEST = 160  # characters; what is longer is a sentence and no name


@dataclass(frozen=True, slots=True)
class BodyName:
    """A name as printed and as it is compared.

    Attributes:
        printed: White space as one space, without article, quotes and final punctuation.
        words: Its folded pieces.
        letters: Capitals of a short form (`KCC`, `SECA` of `SECAmb`); empty for a name in words.
    """

    printed: str
    words: Words
    letters: str


@lru_cache(maxsize=4096)
def read_name(text: str) -> BodyName | None:
    """Read a name; None where nothing that can be one is left, or it is too long for one."""
    if len(text) > _LONGEST:
        return None
    printed = " ".join(text.split()).strip(_MARKS)
    printed = _ARTICLE.sub("", printed, count=1) if _ARTICLE.match(printed) else printed
    words = split_form(printed)[0]
    if _DOTTED.fullmatch(printed):
        words = ("".join(words),)
    return BodyName(printed, words, _letters(printed)) if words else None


def _letters(printed: str) -> str:
    """Return the capitals of a short form; empty where it is none."""
    plain = printed.replace(".", "") if _DOTTED.fullmatch(printed) else printed
    plain = plain.removesuffix("s") if len(plain) > 3 else plain  # noqa: PLR2004 - "VRUs"
    if not _ACRONYM.fullmatch(plain):
        return ""
    capitals = [each for each in plain if each.isupper()]
    return "".join(capitals) if len(capitals) >= max(2, len(plain.replace("&", "")) / 2) else ""


def split_bracket(name: BodyName) -> tuple[str, str] | None:
    """Return a name and the short form in brackets behind it; None where none stands there."""
    match = _BRACKET.search(name.printed)
    return (name.printed[: match.start()], match["short"]) if match and match.start() else None


def bare(words: Words) -> Words:
    """Return a folded name without a possessive and without what only firms have: `ltd`."""
    if len(words) > 1 and words[-1] == "s":
        words = words[:-1]
    while len(words) > 1 and words[-1] in _FIRMS:
        words = words[:-1]
    return words


def is_common(words: Words) -> bool:
    """Tell whether a folded name is borne in many places: `St Mary's`, `Queen Elizabeth Hospital`.

    A saint's alone is that of churches and schools; hospitals are named after saints and queens.
    """
    plain = [word for word in words if word != "s"]
    if not plain:  # an "s" alone
        return True
    if plain[0] in _SAINTS and len(plain) == 2:  # noqa: PLR2004
        return True
    return plain[-1] in _HOUSES and plain[0] in _PATRONS and len(plain) <= 4  # noqa: PLR2004


def initials(words: Words) -> Iterator[str]:
    """Yield the short forms, in capitals, that all words of a name make, small ones or not."""
    first = [word[0] for word in words if word[0].isalnum() and word != "s"]
    large = [word[0] for word in words if word[0].isalnum() and word not in _SMALL]
    yield "".join(large).upper()
    if len(first) != len(large):
        yield "".join(first).upper()
        some = [word[0] for word in words if word[0].isalnum() and word not in _SMALL - {"and"}]
        yield "".join(some).upper()


def may_stand_for(letters: str, words: Words) -> bool:
    """Tell whether a short form that is put beside a name may be made of its letters in order."""
    if not letters or len(words) < 2:  # noqa: PLR2004 - one word is not shortened
        return False
    rest = iter("".join(words).upper())
    starts = {word[0].upper() for word in words}
    return (
        letters[0] == words[0][0].upper()
        and letters[-1] in starts
        and all(letter in rest for letter in letters)
    )


def name_key(printed: str | None) -> str:
    """Return what all ways of writing the name of a body or office have in common; empty for None.

    Case, accents, punctuation, white space and a leading article make no difference.
    """
    plain = unicodedata.normalize("NFKD", printed or "").casefold().replace("&", " and ")
    words = re.findall(r"[^\W_]+", "".join(c for c in plain if not unicodedata.combining(c)))
    return " ".join(words[1:] if words[:1] == ["the"] else words)
