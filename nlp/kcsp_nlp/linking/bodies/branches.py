"""Names of the register to which a document joins a place: branches, and no more than that."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from kcsp_nlp.linking.bodies.names import BodyName
from kcsp_nlp.registers.body_index import BodyIndex
from kcsp_nlp.registers.pieces import Words, split_form
from kcsp_nlp.registers.places import is_place

_LONGEST = 12  # words of a name that are looked at for a place


def find_branches(names: Iterable[BodyName], index: BodyIndex) -> set[Words]:
    """Return names of charities to which the document joins a place: `Mind in Ely`."""
    found = set()
    for name in names:
        printed = name.printed.split(" ")[:_LONGEST]
        for at in range(1, len(printed)):
            for head, rest in ((printed[:at], printed[at:]), (printed[at:], printed[:at])):
                words = split_form(" ".join(head))[0]
                if _is_charity(words, index) and _is_where(rest):
                    found.add(words)
    return found


def _is_charity(words: Words, index: BodyIndex) -> bool:
    return any(each.body.kind == "charity" for each in index.holders.get(words, ()))


def _is_where(words: Sequence[str]) -> bool:
    """Tell whether words are a place, with what joins it to a name or without."""
    return is_place(" ".join(words[1:] if words[0] in ("in", "of") else words).rstrip(","))
