"""Any number of documents like those of the corpus, with names, words, sums and days of their own.

A text of the corpus is told anew: its people, bodies and places and some of its ordinary words
become invented ones, each the same wherever it stands in the text; sums and days become others. The
same seed and number give the same text everywhere.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from random import Random

from kcsp_nlp.labels.corpus import LabelledMinutes

# How many of a text's distinct ordinary words become invented ones, and the shortest of them.
_NEW_WORDS = 0.04
_SHORTEST = 5
# Two of three documents end before the item behind so many characters.
_SHORT = (3_000, 8_000)

# Matches "Hadlow", "O" and "Brien" of "O'Brien"; not "21", "7".
_WORD = re.compile(r"[^\W\d_]+")
# Matches "12 May 2019", "3rd of June, 2021"; not "May 2019".
_DATE = re.compile(
    r"\b\d{1,2}(?:st|nd|rd|th)?(?P<month>\s+(?:of\s+)?(?:January|February|March|April|May|June|July|"
    r"August|September|October|November|December),?\s+)(?:19|20)\d\d\b"
)
# Matches "1,250" of "£1,250.50"; not "1,250 people".
_SUM = re.compile(r"(?<=[£€])\d[\d,]*")
_DAYS = 28  # of every month

# Sounds that invented words are made of.
_FIRST = ("b", "br", "c", "ch", "d", "dr", "f", "g", "gr", "h", "k", "l", "m", "n", "p", "pr", "r",
          "s", "sh", "st", "t", "th", "tr", "v", "w")  # fmt: skip
_MIDDLE = ("a", "e", "i", "o", "u", "ea", "ou", "ai", "oa")
_LAST = ("", "l", "n", "r", "s", "nd", "m", "ck", "rt", "th", "ll")


class Inventing:
    """Tells texts of a corpus anew."""

    def __init__(self, documents: Sequence[LabelledMinutes], seed: int = 0) -> None:
        """Look through the corpus for words that are no names: those written small somewhere."""
        self._documents = documents
        self._seed = seed
        words = (word for document in documents for word in _WORD.findall(document.text))
        self._plain = frozenset(word for word in words if word.islower())

    def document(self, number: int) -> str:
        """Return a document: two of three are cut short before an item."""
        document = self._documents[number % len(self._documents)]
        end = len(document.text)
        if number % 3:
            least = _chance(f"{self._seed} {number} length").randint(*_SHORT)
            end = min((i.start for i in document.items if i.start >= least), default=end)
        return self.retell(document, 0, end, number)

    def retell(self, document: LabelledMinutes, start: int, end: int, number: int) -> str:
        """Return a part of a document, with names and words that belong to this number."""
        key = f"{self._seed} {number}"
        text = document.text[start:end]
        random = _chance(key)
        words = set(_WORD.findall(text))
        plain = sorted(word for word in words if word.islower() and len(word) >= _SHORTEST)
        chosen = random.sample(plain, round(_NEW_WORDS * len(plain)))
        names = {word.lower() for word in self._names(document) & words}
        become = {word: _invent(_chance(f"{key} {word}"), len(word)) for word in (*names, *chosen)}
        text = _SUM.sub(lambda held: _other_digits(held[0], random), text)
        text = _DATE.sub(lambda held: _other_day(held, random), text)
        return _WORD.sub(lambda held: _instead(held[0], become), text)

    def _names(self, document: LabelledMinutes) -> set[str]:
        """Return the words that are part of names and stand nowhere as ordinary words."""
        return {
            word
            for start, end, label in document.spans
            if label in ("PERSON", "ORG")
            for word in _WORD.findall(document.text, start, end)
            if len(word) > len("Mrs") and word.lower() not in self._plain
        }


def _chance(key: str) -> Random:
    return Random(key)  # noqa: S311 -- no secret


def _invent(random: Random, length: int) -> str:
    """Return a word that can be spoken, of about so many letters."""
    word = ""
    while len(word) < max(length, _SHORTEST):
        word += random.choice(_FIRST) + random.choice(_MIDDLE)
    return word + random.choice(_LAST)


def _instead(word: str, become: Mapping[str, str]) -> str:
    other = become.get(word.lower())
    if other is None:
        return word
    if word.isupper():
        return other.upper()
    return other if word.islower() else other.capitalize()


def _other_digits(digits: str, random: Random) -> str:
    return "".join(each if each == "," else str(random.randint(1, 9)) for each in digits)


def _other_day(held: re.Match[str], random: Random) -> str:
    return f"{random.randint(1, _DAYS)}{held['month']}{random.randint(1995, 2025)}"
