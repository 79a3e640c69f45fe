"""Whether single words are names that the registers hold: given names and surnames."""

from __future__ import annotations

from functools import lru_cache

from kcsp_nlp.minutes.people.words import plain, words
from kcsp_nlp.registers.name_words import is_settlement, name_words


@lru_cache(maxsize=1024)
def is_known_given(word: str) -> bool:
    """Tell whether a word is a given name somewhere and no word of a role or body."""
    bare = plain(word)
    if bare in words().given_names:
        return True
    return not _is_post_word(bare) and all(part in name_words().given for part in bare.split("-"))


@lru_cache(maxsize=1024)
def is_known_surname(word: str) -> bool:
    """Tell whether a word, or a part of a double name, is a surname."""
    return any(part in name_words().surnames for part in plain(word).split("-"))


def names_person(given: str, surname: str) -> bool:
    """Tell whether two words behind a post are a person: both known, or one and no place."""
    if not is_known_given(given):
        return False
    return is_known_surname(surname) or not (is_settlement(given) or is_settlement(surname))


def _is_post_word(bare: str) -> bool:
    lists = words()
    return bare in lists.roles or bare in lists.bodies or bare in lists.functions
