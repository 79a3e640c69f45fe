"""Surnames that may be one another misspelt: one edit, a transposition, or the same sound."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from functools import lru_cache

# A misspelling of a shorter surname is another surname: "Wood" and "Woods", "Hale" and "Hall".
SHORTEST = 5
# No surname is longer; in hostile text words are.
_LONGEST = 30
# Surnames that share a form; where there are more, no spelling is certain.
_MOST = 8
# How letters are written for one sound, in the order in which they are read.
_SOUNDS = (
    (re.compile("^mac"), "mc"),
    (re.compile("ph|v"), "f"),
    (re.compile("ck|q|c(?![hei])"), "k"),
    (re.compile("c(?=[ei])|z"), "s"),
    (re.compile("ght|gh"), "t"),
    (re.compile("ey$|ie$|ee$|y"), "i"),
    (re.compile("[aeiou]+"), "a"),
    (re.compile(r"(.)\1+"), r"\1"),
    (re.compile("(?<=[^a])a$"), ""),
)


class Spellings:
    """Surnames of a document by what they may be misspelt as."""

    def __init__(self, surnames: Iterable[str]) -> None:
        self._by_form: dict[str, list[str]] = defaultdict(list)
        for surname in surnames:
            for form in _forms(surname):
                self._by_form[form].append(surname)

    def like(self, surname: str) -> list[str]:
        """Return the other surnames that this one may be a misspelling of, sorted."""
        found = {
            other
            for form in _forms(surname)
            if len(near := self._by_form.get(form, ())) <= _MOST
            for other in near
        }
        return sorted(other for other in found if other != surname and are_near(surname, other))


@lru_cache(maxsize=1024)
def _forms(surname: str) -> frozenset[str]:
    if not SHORTEST - 1 <= len(surname) <= _LONGEST:
        return frozenset()
    forms = {surname[:at] + surname[at + 1 :] for at in range(len(surname))}
    return frozenset(forms | {surname, f"~{_sound(surname)}"})


def sound_alike(one: str, other: str) -> bool:
    """Tell whether two folded words begin and sound alike: "mairtin" and "martin"."""
    return one[:1] == other[:1] and _sound(one) == _sound(other)


def are_near(one: str, other: str) -> bool:
    """Tell whether two folded words are one edit or transposition apart or sound alike."""
    short, long = sorted((one, other), key=len)
    if len(long) < SHORTEST or len(long) - len(short) > len("gh"):
        return False
    if sound_alike(one, other):
        return True
    start = 0
    while start < len(short) and short[start] == long[start]:
        start += 1
    if len(short) == len(long):
        swapped = short[:start] + short[start : start + 2][::-1] + short[start + 2 :]
        return short[start + 1 :] == long[start + 1 :] or swapped == long
    return short[start:] == long[start + 1 :]


@lru_cache(maxsize=1024)
def _sound(word: str) -> str:
    first, rest = word[:1], word
    for pattern, sound in _SOUNDS:
        rest = pattern.sub(sound, rest)
    return first + rest
