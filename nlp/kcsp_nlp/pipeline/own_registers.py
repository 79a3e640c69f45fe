"""A user's own registers, which a doc carries to the rules: nothing outside the doc knows them."""

from __future__ import annotations

from typing import cast

from spacy.tokens import Doc

from kcsp_nlp.registers.extending import Registers

_OWN = "kcsp_registers"


def give_own(doc: Doc, registers: Registers | None) -> None:
    """Give a doc the registers that its rules are to know besides the shipped ones."""
    if registers is not None:
        doc.user_data[_OWN] = registers


def own_of(doc: Doc) -> Registers | None:
    """Return the registers that a doc was given; None where only the shipped ones count."""
    return cast("Registers | None", doc.user_data.get(_OWN))
