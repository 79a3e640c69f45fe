"""The words of a name as minutes print it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from kcsp_nlp.minutes.people.words import plain, words

# "Finch-Moss", "P.", "T/Supt" but not "," or "(PB)".
_TOKEN = re.compile(r"\s*([^\s,;:()\[\]|]+)")
# Three spaces or a tab part columns; two spaces are only careless.
_COLUMN = re.compile(r"[ ]{3}|[ ]?[ ]?\t")
# "P", "P.", "J.J.", "C-A", "Ll." but not "Pam" or "Ng.".
_INITIALS = re.compile(r"(?:(?:[^\W\d_a-z]\.?-?){1,3}|(?:Ll|Rh|Th|Ch|Ph|Dd|Ff)\.)\Z")
# "Wm.", "Rh.", "St." but not "Bloom." or "J.".
_SHORT = re.compile(r"[^\W\d_a-z][^\W\d_]{1,2}\.\Z")
# "O’Dowd", "St.", "J.J.", "ul-Haq" but not "3VA" or "a/b".
_WORD = re.compile(r"[^\W\d_][^\W\d_'’‘`.\-]*(?:['’‘`.\-][^\W\d_'’‘`.\-]*)*\Z")
_MAX_TOKENS = 14
_MIXED_CASE = frozenset({"phd", "bsc", "msc", "esq", "retd", "ret'd"})


@dataclass(frozen=True)
class Token:
    """A word: its offsets, as printed, and in lower case without punctuation around it."""

    start: int
    end: int
    text: str
    plain: str

    @property
    def is_word(self) -> bool:
        """Whether it is written like a word of a name: "O'Dowd", "St."."""
        return bool(_WORD.match(self.text))

    @property
    def is_initials(self) -> bool:
        """Whether it is written like an initial or several: "P", "J.J."."""
        return bool(_INITIALS.match(self.text))

    @property
    def is_short(self) -> bool:
        """Whether it is written like a given name cut short: "Wm."."""
        return bool(_SHORT.match(self.text))

    @property
    def is_capital(self) -> bool:
        """Whether it begins with a capital."""
        return self.text[0].isupper()

    @property
    def is_post_nominal(self) -> bool:
        """Whether letters after a name are written so: "OBE", "T.D.", "PhD"."""
        bare, known = self.plain.replace(".", ""), self.text.replace(".", "")
        lists = words()
        if bare not in lists.post_nominals and bare not in lists.legislators:
            return False
        return known.isupper() or bare in _MIXED_CASE or known[1:].isupper()


def tokens_of(text: str, start: int, end: int) -> Iterator[Token]:
    """Yield the words of `text[start:end]` up to the first mark of punctuation between two."""
    at = start
    for _ in range(_MAX_TOKENS):
        match = _TOKEN.match(text, at, end)
        if match is None or (at > start and _COLUMN.match(text, at, end)):
            return
        yield Token(match.start(1), match.end(1), match[1], plain(match[1]))
        at = match.end()


def repeats_initials(name: Sequence[Token]) -> bool:
    """Tell whether the last word is the name's own initials: "Ed Firth EF"."""
    if len(name) <= len("EF"):
        return False
    initials = "".join(token.text[0] for token in name[:-1])
    return name[-1].text == initials.upper()
