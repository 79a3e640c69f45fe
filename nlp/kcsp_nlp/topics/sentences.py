"""A text as sentences of words that are compared: what the lexicon searches.

Case, possessives and plurals make no difference; any sum of money is one token. Offsets count code
points of the text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

# The token that any sum of money is.
MONEY = "£"
_STOPS = frozenset(".!?")
_LONGEST_SENTENCE = 80
_SHORTEST_PLURAL = 4
# A sum, a word, a number, the end of a sentence or of a line.
# "£1.20 to Women's Aid. 639" -> "£1.20" "to" "Women's" "Aid" "." "639"; not "_ _ |"
_TOKEN = re.compile(
    r"[£€$] ?\d{1,12}(?:,\d{3}){0,4}(?:\.\d{1,4})?|\d{1,3}p\b"
    r"|[^\W\d_][\w'’]{0,60}|\d{1,20}|[.!?](?=\s|$)|\n\s*"
)
# What opens a list, a table row or a heading.
_OPENS_LINE = frozenset("-*•|#")
# What joins the last members of a list.
_JOINING = (["and"], ["or"], ["&"])


class Sentence(NamedTuple):
    """A sentence as words to be compared, and what only its printed form tells.

    Attributes:
        tokens: Its words, normalised.
        parted: For each word whether a comma follows it.
    """

    tokens: list[str]
    parted: list[bool]

    def lists(self, start: int, end: int) -> bool:
        """Tell whether words stand as one of a list: "low mood" in "drink, low mood and gangs".

        Args:
            start: Index of the first word.
            end: One past the last.
        """
        before, after = self.tokens[start - 1 : start], self.tokens[end : end + 1]
        comma_before, comma_after = self.parted[start - 1] if start else False, self.parted[end - 1]
        listed = (comma_before or before in _JOINING) and (comma_after or after in _JOINING)
        return listed and (comma_before or comma_after)


@lru_cache(maxsize=1 << 16)
def normalise(token: str) -> str:
    """Return the form in which words are compared: lower case, no possessive, no plural s."""
    first = token[0]
    if first in "£€$" or (first.isdigit() and token.endswith("p")):
        return MONEY
    if first.isdigit():
        return token
    word = token.lower().replace("’", "'").strip("'_").removesuffix("'s")
    if len(word) < _SHORTEST_PLURAL:
        return word
    if word.endswith("ies"):
        return word[:-3] + "y"
    # "grants", "refuges"; not "abuss", "crisis", "status"
    return word[:-1] if word.endswith("s") and word[-2] not in "siu" else word


def sentences(text: str) -> Iterator[list[str]]:
    """Cut a text into sentences of normalised tokens; a sum of money is the token "£"."""
    for held in located(text):
        yield [normalise(found[0]) for found in held]


def located(text: str) -> Iterator[list[re.Match[str]]]:
    """Cut a text into sentences of tokens as they stand, with where they stand."""
    held: list[re.Match[str]] = []
    for match in _TOKEN.finditer(text):
        found = match[0]
        if found[0] == "\n":
            # After a blank line that a converter put there the sentence goes on in lower case.
            following = text[match.end() : match.end() + 1]
            ends = following in _OPENS_LINE or (found.count("\n") > 1 and not following.islower())
        elif found in _STOPS:
            ends = True
        else:
            held.append(match)
            ends = len(held) >= _LONGEST_SENTENCE
        if ends and held:
            yield held
            held = []
    if held:
        yield held


def read_sentence(text: str, found: Sequence[re.Match[str]]) -> Sentence:
    """Return a sentence, given where its words stand in a text."""
    return Sentence(
        tokens=[normalise(word[0]) for word in found],
        parted=[text[word.end() : word.end() + 1] in {",", ";"} for word in found],
    )


def words_of(phrase: str) -> list[str]:
    """Return the words and figures of a phrase of the taxonomy, as they stand."""
    return [found for found in _TOKEN.findall(phrase) if found not in _STOPS]
