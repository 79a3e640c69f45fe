"""Words that decisions and actions are known by, read from `data/minutes_vocabulary.json`."""

from __future__ import annotations

import json
from functools import cache
from importlib import resources

_SIBILANTS = ("shes", "ches", "sses", "xes", "oes")  # behind these the ending is "es"


@cache
def words(name: str) -> frozenset[str]:
    """Return one list of words, for looking up.

    Raises:
        KeyError: there is no list of this name.
    """
    return frozenset(_lists()[name])


@cache
def either(name: str) -> str:
    """Return one list as a pattern that matches any of its entries, longer ones first.

    Raises:
        KeyError: there is no list of this name.
    """
    return f"(?:{'|'.join(sorted(_lists()[name], key=len, reverse=True))})"


def is_deed(verb: str) -> bool:
    """Say whether a verb, in the third person too, is one that tasks begin with: "applies"."""
    known = words("action_verbs")
    if verb in known or verb.removesuffix("s") in known:
        return True
    if verb.endswith("ies"):
        return f"{verb.removesuffix('ies')}y" in known
    return verb.endswith(_SIBILANTS) and verb.removesuffix("es") in known


@cache
def _lists() -> dict[str, list[str]]:
    file = resources.files("kcsp_nlp") / "data" / "minutes_vocabulary.json"
    lists: dict[str, list[str]] = json.loads(file.read_text(encoding="utf-8"))
    return lists
