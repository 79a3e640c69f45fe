"""Heads of bodies' names: words that bodies alone have at the end or beginning of their names."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Literal, NamedTuple

from kcsp_nlp.registers.pieces import APART, Pieces, Words, split_form

Kind = Literal["place", "function", "proper", "begins"]

_KINDS: tuple[Kind, ...] = ("function", "proper", "place", "begins")
# Written small inside a head or as one: "University of", "Police and Crime Panel", "plc".
_SMALL = frozenset({"and", "of", "in", "s", "plc"})


class Head(NamedTuple):
    """A head: its folded words, and what kind of name it makes.

    `place`: of a body known by its places (`Town Council`); `function`: by what it does (`Scrutiny
    Panel`); `proper`: by a name of its own (`Primary School`); `begins`: it begins the name.
    """

    words: Words
    kind: Kind


@dataclass(frozen=True, slots=True)
class Heads:
    """Heads by first word, longest first.

    Attributes:
        ends: Heads that end a name.
        begins: Heads that begin one.
    """

    ends: Mapping[str, tuple[Head, ...]]
    begins: Mapping[str, tuple[Head, ...]]


@cache
def heads() -> Heads:
    """Return the heads; they are read at the first call."""
    source = resources.files("kcsp_nlp").joinpath("data/body_heads.json")
    lists: dict[Kind, list[str]] = json.loads(source.read_text(encoding="utf-8"))
    ends = {words: kind for kind in _KINDS[:-1] for words in _spelt(lists[kind])}
    return Heads(_by_first(ends), _by_first(dict.fromkeys(_spelt(lists["begins"]), "begins")))


def _spelt(forms: list[str]) -> list[Words]:
    return [
        split_form(spelling)[0]
        for form in forms
        for spelling in (form, form.replace("'s", "s"), form.replace("s' ", "'s "))
    ]


def _by_first(kinds: Mapping[Words, Kind]) -> dict[str, tuple[Head, ...]]:
    index: dict[str, list[Head]] = {}
    for words in sorted(kinds, key=len, reverse=True):
        index.setdefault(words[0], []).append(Head(words, kinds[words]))
    return {word: tuple(found) for word, found in index.items()}


def match_head(pieces: Pieces, at: int, forms: tuple[Head, ...]) -> Head | None:
    """Return the longest head that stands at `at` in capitals; None for none."""
    for head in forms:
        end = at + len(head.words)
        if (
            tuple(pieces.folded[at:end]) == head.words
            and pieces.last[end - 1]
            and APART not in pieces.gap[at + 1 : end]
            and all(
                piece[0].isupper() or not piece.isalpha() or piece.casefold() in _SMALL
                for piece in pieces.printed[at:end]
            )
        ):
            return head
    return None
