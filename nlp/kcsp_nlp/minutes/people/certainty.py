"""Whether a piece of text surely begins with a person."""

from __future__ import annotations

import re

from kcsp_nlp.minutes.people.known import is_known_given, is_known_surname
from kcsp_nlp.minutes.people.names import PersonName, parse_name
from kcsp_nlp.minutes.people.words import plain, words

# "Ash, Derek", "O'Brien-Cox, T." but not "Ash, Clerk to the Council".
_INVERTED = re.compile(
    r"(?P<surname>[^\W\d_a-z][\w'’-]+), (?P<given>[^\W\d_a-z][\w.-]*)(?: [A-Z]\.?)?"
)
_FULL = 2


def is_inverted(text: str) -> bool:
    """Tell whether a cell is a name with the surname first: "Ash, Derek"."""
    match = _INVERTED.fullmatch(text)
    if match is None:
        return False
    given = match["given"].rstrip(".")
    return len(given) == 1 or is_known_given(given)


def is_person(text: str) -> bool:
    """Tell whether a piece of text surely begins with a person.

    A title, an initial or a common given name says so, or a rarer one with a known surname.
    """
    name = parse_name(text, 0, len(text))
    return name is not None and surely_names(text, name)


def surely_names(text: str, name: PersonName) -> bool:
    """Tell whether a name that was read in `text` is surely one."""
    if name.titled or name.initialled:
        return True
    held = text[name.start : name.end].split()
    if not held:
        return False
    if plain(held[0]) in words().given_names:
        return True
    return len(held) >= _FULL and is_known_given(held[0]) and is_known_surname(held[-1])
