"""Data for scripts: files that are classic scripts, which load from a disk as from a server.

A column of whole numbers is one string: 5 bits a character, lowest first, and a sixth bit that says
that more of the same number follow.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Generic, TypeVar

from kcsp_nlp.dashboard.page import File

_ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
_BITS, _MORE = 5, 32
_Member = TypeVar("_Member")


def data_file(name: str, value: object) -> File:
    """Return the file `data/<name>.js`, which hands a value to the script that asked for it.

    Args:
        name: Letters, digits, `-`, `_` and `/`; no names of people.
        value: What JSON can hold.
    """
    said = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    # `<` could open a comment or close a script; the two separators end lines in older scripts.
    for character in "<\u2028\u2029":
        said = said.replace(character, f"\\u{ord(character):04x}")
    return File(f"data/{name}.js", f'kcsp.data.put("{name}",{said});\n')


def integers(values: Iterable[int]) -> str:
    """Return whole numbers, none below 0, as a string."""
    return "".join(map(_integer, values))


def postings(values: Iterable[int]) -> str:
    """Return whole numbers in rising order as a string: what each adds to the one before."""
    last, parts = 0, []
    for value in values:
        parts.append(_integer(value - last))
        last = value
    return "".join(parts)


def _integer(value: int) -> str:
    parts = []
    while value >= _MORE:
        parts.append(_ALPHABET[value % _MORE + _MORE])
        value >>= _BITS
    parts.append(_ALPHABET[value])
    return "".join(parts)


class Distinct(Generic[_Member]):
    """What is said in many rows, once each, in the order of its first row."""

    def __init__(self) -> None:
        self._places: dict[_Member, int] = {}

    def place(self, member: _Member | None) -> int:
        """Return which one it is, from 1; 0 for None."""
        if member is None:
            return 0
        return self._places.setdefault(member, len(self._places) + 1)

    def members(self) -> list[_Member]:
        """Return them; the first is number 1."""
        return list(self._places)
