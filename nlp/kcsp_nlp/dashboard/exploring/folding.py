"""Words as they are searched. `assets/fold.js` does the same in the browser, word for word.

Case, accents, apostrophes and the commas of numbers do not count; hyphens and all else part words:
`O’Brien-Crane` is `obrien` and `crane`, `£1,250` is `1250`. A word and its plural have one key.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

# matches: "O'Brien", "Élan", "1,250", "17a"    does not match: "_", "-", "'"
_WORD = re.compile(
    r"[0-9]{1,3}(?:,[0-9]{3})+(?![0-9])"
    r"|[^\W_](?:[^\W_]|[\u0300-\u036f]|['\u2019\u02bc](?=[^\W_]))*"
)
# Some letters are a space and a mark, or several words, once they are taken apart.
_MARKS = re.compile("[ \u0300-\u036f]")
_SILENT = re.compile("[,'\u2019\u02bc]")
# Letters that have no accent to take away, as they are written without them.
_LETTERS = str.maketrans(
    {"ß": "ss", "æ": "ae", "œ": "oe", "ø": "o", "đ": "d", "ł": "l", "þ": "th", "ð": "d", "ı": "i"}
)
_LONGEST = 32  # code points of a word that count
_SHORTEST_PLURAL = 4
# matches: "churches", "boxes"    does not match: "offences" (loses the s alone)
_HISSING = re.compile(r"(?:ch|sh|ss|x|z)es\Z")


class Word(NamedTuple):
    """A word of a text, folded, and where it stands."""

    folded: str
    start: int
    end: int


def words(text: str) -> Iterator[Word]:
    """Yield the words of a text in order; a mark of which nothing is left is none."""
    for match in _WORD.finditer(text):
        folded = fold(match[0])
        if folded:
            yield Word(folded, match.start(), match.end())


@lru_cache(maxsize=1 << 16)
def fold(word: str) -> str:
    """Return a word without case, accents and apostrophes, cut where it is very long."""
    plain = _MARKS.sub("", unicodedata.normalize("NFKD", _SILENT.sub("", word)))
    # Character by character: at the end of a word, `Σ` would become another letter.
    lower = "".join(character.lower() for character in plain)
    return _MARKS.sub("", lower.translate(_LETTERS))[:_LONGEST]


@lru_cache(maxsize=1 << 16)
def key(folded: str) -> str:
    """Return what a folded word and its plural share: `policy` and `policies` are `polici`."""
    if len(folded) < _SHORTEST_PLURAL or not folded.isascii() or not folded.isalpha():
        return folded
    if _HISSING.search(folded):
        folded = folded[:-2]
    elif folded.endswith("s") and not folded.endswith(("ss", "us", "is")):
        folded = folded[:-1]
    if folded.endswith("ie"):
        return folded[:-1]
    return f"{folded[:-1]}i" if folded.endswith("y") else folded
