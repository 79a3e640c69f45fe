"""The names of a document's people, as its records know them, in the forms that stand on pages."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from kcsp_nlp.records import Record

#: A word of a name: "Quill", "O’Neill", "Annan-Veitch", "P"; the "s" of "Quill's" is no part of it.
WORD = re.compile(r"[^\W\d_]+(?:['’‘`-][^\W\d_]+)*")
_POSSESSIVE = re.compile(r"['’‘`][sS]\Z")
_LETTERS = range(2, 5)  # of initials that stand for a person
_SHORTEST = 3  # letters of a surname that is looked for by itself


@dataclass
class KnownNames:
    """What is looked for in the texts of one document; words are folded.

    Attributes:
        sequences: Names of several words, by their first word.
        surnames: Last words of names, with the initials of those who bear them.
        singles: Names that stand alone somewhere: "Hill", "Bev".
        initials: Letters that stand for a person, in capitals as printed: "PL".
        lower: Words that the document prints in small letters: what they are is no sure name.
    """

    sequences: dict[str, list[tuple[str, ...]]] = field(default_factory=lambda: defaultdict(list))
    surnames: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    singles: set[str] = field(default_factory=set)
    initials: set[str] = field(default_factory=set)
    lower: set[str] = field(default_factory=set)

    def add(self, name: str) -> None:
        """Add a name as it is printed or as it was resolved."""
        bare = "".join(char for char in name if char.isalpha())
        if bare.isupper() and len(bare) in _LETTERS:
            self.initials.add(bare)
        words = folded_words(name)
        if not words:
            return
        if len(words) > 1:
            if tuple(words) not in self.sequences[words[0]]:
                self.sequences[words[0]].append(tuple(words))
            if len(words[-1]) >= _SHORTEST:
                self.surnames[words[-1]].update(word[0] for word in words[:-1])
        elif bare not in self.initials and len(words[0]) >= _SHORTEST:
            self.singles.add(words[0])


def fold(word: str) -> str:
    """Return a word of a name in the form that words are compared in."""
    return _POSSESSIVE.sub("", word).casefold().replace("’", "'").replace("‘", "'")


def folded_words(name: str) -> list[str]:
    """Return the words of a name, folded."""
    return [fold(word) for word in WORD.findall(name)]


def know_names(records: Sequence[Record]) -> KnownNames:
    """Return the names of all people that the records of one document know."""
    known = KnownNames()
    for name in _names(records):
        known.add(name)
    for record in records:
        for word in set(WORD.findall(record.text)):
            if word[0].islower():
                known.lower.add(fold(word))
    return known


def _names(records: Sequence[Record]) -> Iterable[str]:
    for record in records:
        for span in record.spans:
            if span.label == "PERSON":
                yield span.text
                yield span.canonical or ""
        yield from (each.name for each in record.attendance)
        yield from (each.name for each in record.affiliations)
