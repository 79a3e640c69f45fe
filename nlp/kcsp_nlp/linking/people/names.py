"""A person's printed name read into its parts: given names, initials, surname.

Reads "P M Hill", "Mike Hill", "HILL", "Pym, John", "PYM J", "Natalie de Souza", "R. St John Bray",
"Annan-Vetch" and, with what stands in brackets behind it, "Collins (B)".
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files

from kcsp_nlp.linking.people.given_names import given_names

# Letters that do not fall apart into a plain one and an accent, and what scanners misread.
_PLAIN = str.maketrans(
    {"ł": "l", "ø": "o", "ß": "ss", "đ": "d", "1": "l", "0": "o"}
) | dict.fromkeys(map(ord, "'’‘`´\""), None)
# Matches "P", "P.", "P.M.", "PM", "C-A", "Ll."; not "Pam", "PYMS".
_INITIALS = re.compile(r"(?:(?:[^\W\d_a-z]\.?-?){1,3}|(?:Ll|Rh|Th|Ch|Ph|Dd|Ff)\.)\Z")
# Matches "I-H", "R-K": a double surname cut down; not "Ann-Marie".
_CUT_DOWN = re.compile(r"[^\W\d_a-z]\.?-[^\W\d_a-z]\.?\Z")
# Matches " (B)", " (S.J.)" at the end; not " (Chair)".
_BRACKETED = re.compile(r"\s*\(\s*([^\W\d_a-z]\.?(?:\s?[^\W\d_a-z]\.?){0,2})\s*\)?\s*\Z")
# Matches "OBE", "J.P." written as letters after a name.
_LETTERS_AFTER = re.compile(r"(?:OBE|MBE|CBE|BEM|QPM|JP|DL|KC|QC|MP|MSP|MLA|TD|PhD)\Z")
# A double surname at the end of a line. Matches "-\n  " of "Orr-\n  Lund"; not " -\n".
_WRAPPED = re.compile(r"(?<=\w)-[ \t]{0,9}\n\s{0,99}(?=\w)")
# What tells people of one given name apart, where no surname does: "Big Kev".
_EPITHETS = frozenset(["Big", "Little", "Wee"])
# No name is longer; what is longer is read by its last words.
_MOST_WORDS = 8
_CAPITALS = 3  # letters of a surname in capitals: "PYM"


@dataclass(frozen=True, slots=True)
class Name:
    """A name in parts; folded parts are lower case without accents, dots and apostrophes.

    Attributes:
        given: Given names and initials in order, folded; a single letter is an initial.
        surname: Folded, words of it with one space; empty where there is none or it is cut down.
        cut: Initial of a surname that is cut down: "Jan D", "Steve I-H"; empty for none.
        printed_given: As printed, white space as one space.
        printed_surname: As printed, white space as one space.
    """

    given: tuple[str, ...]
    surname: str
    cut: str
    printed_given: str
    printed_surname: str

    @property
    def is_single(self) -> bool:
        """Whether it is one name alone, which may be a surname or a given name."""
        return bool(self.surname) and not self.given

    @property
    def key(self) -> str:
        """The surname without spaces and hyphens: "annanvetch", "desouza"."""
        return surname_key(self.surname)

    @property
    def printed(self) -> str:
        """Given names before the surname, as printed."""
        return f"{self.printed_given} {self.printed_surname}".strip()


@cache
def _particles() -> frozenset[str]:
    """Return the words that a surname begins with, folded."""
    resource = files("kcsp_nlp") / "data" / "forms_of_address.json"
    return frozenset(json.loads(resource.read_text(encoding="utf-8"))["particles"])


def is_particle(folded: str) -> bool:
    """Tell whether a surname may begin with a folded word: "de", "mac"."""
    return folded in _particles()


@lru_cache(maxsize=4096)
def fold(word: str) -> str:
    """Return a word in lower case without accents, apostrophes and dots around it."""
    if not word.isascii():
        word = unicodedata.normalize("NFKD", word)
        word = "".join(char for char in word if not unicodedata.combining(char))
    return word.casefold().translate(_PLAIN).strip(".,;:")


@lru_cache(maxsize=4096)
def surname_key(surname: str) -> str:
    """Return a folded surname without spaces and hyphens."""
    return surname.replace(" ", "").replace("-", "").replace("‑", "").replace("–", "")


@lru_cache(maxsize=4096)
def read_name(printed: str, bracketed: str = "") -> Name:
    """Read a name into its parts.

    Args:
        printed: The name as it stands on the page, without honorific and post-nominals.
        bracketed: Initials that stand in brackets behind it: "B" of "Collins (B)".
    """
    behind = _BRACKETED.search(printed)
    if behind:
        bracketed = bracketed or behind[1]
        printed = printed[: behind.start()]
    before, comma, after = printed.partition(",")
    words = _words(before)
    if comma and _words(after):
        return _name(_words(after), words)
    while len(words) > len(("Ann", "Rao")) and _LETTERS_AFTER.match(words[-1].replace(".", "")):
        words = words[:-1]
    given, surname, cut = _divide_plainly(words) or _divide(words)
    if bracketed and not given:
        return _name(_words(bracketed), surname)
    return _name(given, surname, cut)


def _is_common(word: str) -> bool:
    """Whether a word is a common given name."""
    return fold(word) in given_names().common


def _words(printed: str) -> list[str]:
    """Return the words of a name, "St John" as one."""
    words: list[str] = []
    printed = _WRAPPED.sub("-", printed).replace("\xa0", " ").replace("|", " ")
    for word in printed.split()[-_MOST_WORDS:]:
        bare = word.strip('"“”*,;()[]')
        if not fold(bare) or not any(char.isalpha() for char in bare):
            continue
        if words and words[-1] in ("St", "St.", "ST") and len(bare) > 1:
            words[-1] = f"{words[-1]} {bare}"
        else:
            words.append(bare)
    return words


def _divide_plainly(words: Sequence[str]) -> tuple[Sequence[str], Sequence[str], str] | None:
    """Divide "Big Kev", "DE LA RUE Simon" and "S. DE LA RUE"; None for other names."""
    if len(words) == len(("Big", "Kev")) and words[0] in _EPITHETS and _is_common(words[1]):
        return [], words, ""
    if stop := _capital_particles(words):
        return words[stop:], words[:stop], ""
    if len(words) > 1 and _capital_particles(words[1:]) == len(words) - 1:
        return words[:1], words[1:], ""
    return None


def _divide(words: Sequence[str]) -> tuple[Sequence[str], Sequence[str], str]:
    """Return given names, surname and the initial of a surname that is cut down."""
    if len(words) <= 1:
        return [], words, ""
    first, last = words[0], words[-1]
    if _CUT_DOWN.match(last) and not _is_initials(first.rstrip(".")[:2] or first):
        return words[:-1], [], last[0].casefold()
    if _is_initials(last) and (not _is_initials(first) or _is_capitals(first, last)):
        return _initials_last(words)
    if _is_reversed(first, last):
        stop = 1
        while stop < len(words) - 1 and words[stop].isupper() and len(words[stop]) > 1:
            stop += 1
        return words[stop:], words[:stop], ""
    at = len(words) - 1
    while at > 0 and (
        fold(words[at - 1]) in _particles()
        or words[at - 1].startswith(("St ", "St. ", "ST "))
        or (at > 1 and fold(words[at - 2]) in ("mac", "mhic", "nic", "ua", "ui"))
    ):
        if at == 1 and words[0][1:].islower() and _is_common(words[0]):
            break  # "Di Rowley"
        if _is_initials(words[at - 1]) and words[at - 1] not in ("O", "Ó", "O'"):
            capitals = len(fold(words[at - 1])) > 1 and last.isupper()
            if at == 1 or not capitals or _is_initials(first):
                break  # but "Ann DE SOUZA"
        at -= 1
    return words[:at], words[at:], ""


def _capital_particles(words: Sequence[str]) -> int:
    """Return the length of a surname in capitals that particles begin; 0 for none.

    "DE LA RUE" and "DE SOUZA Ann" have it; "DE SOUZA" may be D. E. Souza.
    """
    at = 0
    while at < len(words) - 1 and fold(words[at]) in _particles() and words[at].isupper():
        at += 1
    sure = at > 1 or (at == 1 and not words[-1].isupper() and _is_common(words[-1]))
    whole = sure and words[at].isupper() and len(words[at]) >= _CAPITALS
    return at + 1 if whole and all(word.isalpha() for word in words[:at]) else 0


def _is_initials(word: str) -> bool:
    return bool(_INITIALS.match(word)) and (word.isascii() or word.isupper())


def _is_capitals(word: str, initials: str) -> bool:
    """Whether a short word in capitals is the surname before initials: "PYM J"."""
    return word.isalpha() and len(word) >= _CAPITALS > len(initials.rstrip("."))


def _initials_last(words: Sequence[str]) -> tuple[Sequence[str], Sequence[str], str]:
    """Divide "PYM J", "Ní Dhúill O.", but "Jan D" into a given name and half a surname."""
    at = len(words) - 1
    while at > 1 and _is_initials(words[at - 1]):
        at -= 1
    short = len(words) == len(("Jan", "D")) and len(fold(words[-1])) == 1
    if short and not words[0].isupper() and fold(words[0]) in given_names().common:
        return words[:1], [], fold(words[-1])
    if len(words[-1].rstrip(".")) >= _CAPITALS and words[-1].isupper() and len(words) > 1:
        return words[:-1], words[-1:], ""  # "Ian FOX", "J MAY"
    return words[at:], words[:at], ""


def _is_reversed(first: str, last: str) -> bool:
    """Whether a surname in capitals stands first: "DEVANE Tunde" but not "JO Smith"."""
    capitals = first.isupper() and len(first.rstrip(".")) >= _CAPITALS and "." not in first
    return capitals and not last.isupper() and fold(last) in given_names().common


def _name(given: Sequence[str], surname: Sequence[str], cut: str = "") -> Name:
    capitals = all(word.isupper() for word in surname)
    folded: list[str] = []
    for word in given:
        folded += _given(word, capitals=capitals)
    return Name(
        given=tuple(folded),
        surname=" ".join(fold(word) for word in surname),
        cut=cut,
        printed_given=" ".join(given),
        printed_surname=" ".join(surname),
    )


def _given(word: str, *, capitals: bool) -> list[str]:
    """Return a given name folded, initials one by one: "P.M." to p and m."""
    if not _is_initials(word):
        return [fold(word)]
    if len(word.rstrip(".")) > 1 and word.isupper() and "." not in word and "-" not in word:
        if capitals and fold(word) in given_names().common:
            return [fold(word)]  # "JO SMITH"
        return [fold(letter) for letter in word]
    if word[1:2].islower():
        return [fold(word[0])]  # "Ll."
    return [fold(letter) for letter in re.split(r"[.\-]", word) if letter]
