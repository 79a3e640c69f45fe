"""Words that are people's names: given names and surnames, and the names of places.

They prove nothing by themselves ("May", "Young", "Reading"): the tagger's network takes them as one
sign among others.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from importlib.resources import files
from typing import NamedTuple

from kcsp_nlp.registers.pieces import split_form

Words = tuple[str, ...]


class NameWords(NamedTuple):
    """The lists, in lower case.

    Attributes:
        given: Given names.
        surnames: Surnames, by the single word.
        places: For each first word of a place's name, the names' words, longest first.
    """

    given: frozenset[str]
    surnames: frozenset[str]
    places: dict[str, tuple[Words, ...]]


@cache
def name_words() -> NameWords:
    """Return the lists that ship with the package; they are read at the first call."""
    return NameWords(
        frozenset(_lines("given_names.txt")),
        frozenset(_lines("surnames.txt")),
        _by_first(split_form(name)[0] for name in _lines("places.txt")),
    )


def is_settlement(name: str) -> bool:
    """Tell whether a name as printed is that of a town, a village, a city or a country."""
    words = split_form(name)[0]
    return bool(words) and name[0].isupper() and words in name_words().places.get(words[0], ())


def find_places(tokens: Sequence[str], places: dict[str, tuple[Words, ...]]) -> Iterator[range]:
    """Find the names of places in a text, longest first, none overlapping.

    Args:
        tokens: The tokens' texts in lower case; hyphens may be tokens of their own.
        places: As in `NameWords`.

    Yields:
        The tokens of each name, in order.
    """
    behind = 0
    for at, word in enumerate(tokens):
        if at < behind:
            continue
        for name in places.get(word, ()):
            end = _match(tokens, at, name)
            if end is not None:
                yield range(at, end)
                behind = end
                break


def _match(tokens: Sequence[str], at: int, name: Words) -> int | None:
    """Return where a name that begins at `at` ends; None where it does not stand there."""
    for index, word in enumerate(name):
        if index and at < len(tokens) and tokens[at] == "-":
            at += 1
        if at >= len(tokens) or tokens[at] != word:
            return None
        at += 1
    return at


def _lines(name: str) -> list[str]:
    return (files("kcsp_nlp") / "data" / name).read_text(encoding="utf-8").splitlines()


def _by_first(names: Iterable[Words]) -> dict[str, tuple[Words, ...]]:
    held: dict[str, list[Words]] = {}
    for name in names:
        held.setdefault(name[0], []).append(name)
    return {word: tuple(sorted(each, key=len, reverse=True)) for word, each in held.items()}
