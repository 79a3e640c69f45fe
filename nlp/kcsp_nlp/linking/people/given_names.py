"""Given names: which are forms of one another, and which are only a woman's or only a man's."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Literal

Gender = Literal["f", "m"]


@dataclass(frozen=True)
class GivenNames:
    """What is known of given names; all are folded: lower case without accents.

    Attributes:
        variants: For each name the names that one and the same person may use for it.
        genders: Names that only women or only men bear; those of both are left out.
        common: The names common in the British Isles.
    """

    variants: Mapping[str, frozenset[str]]
    genders: Mapping[str, Gender]
    common: frozenset[str]


@cache
def given_names() -> GivenNames:
    """Return the given names of the data files."""
    data = files("kcsp_nlp") / "data"
    lists = json.loads((data / "nicknames.json").read_text(encoding="utf-8"))
    people = json.loads((data / "people.json").read_text(encoding="utf-8"))
    variants: dict[str, set[str]] = defaultdict(set)
    for full, *short in lists["variants"]:
        variants[full].update(short)
        for name in short:
            variants[name].add(full)
    genders: dict[str, Gender] = dict.fromkeys(lists["female"], "f")
    genders.update(dict.fromkeys(lists["male"], "m"))
    return GivenNames(
        variants={name: frozenset(others) for name, others in variants.items()},
        genders=genders,
        common=frozenset(people["given_names"]) | frozenset(genders),
    )


def are_one(first: str, second: str) -> bool:
    """Tell whether two folded given names may be one person's: "mike" and "michael", "m".

    An initial may stand for any name that begins with it.
    """
    if first == second:
        return True
    if len(first) == 1 or len(second) == 1:
        return first[0] == second[0]
    if second in given_names().variants.get(first, ()):
        return True
    one, other = first.split("-"), second.split("-")
    return one[0] == other[0] and (len(one) == 1 or len(other) == 1)


def may_be_short_for(initial: str, name: str) -> bool:
    """Tell whether an initial is that of the name in full behind a short form: "w" and "bill"."""
    variants = given_names().variants.get(name, ())
    return len(initial) == 1 and any(full.startswith(initial) for full in variants)
