"""The rule components `kcsp_money` and `kcsp_legislation`: finders over the text, as entities.

The finders know nothing of tokens; here their offsets become spans, which replace whatever a
weaker component found at the same place (see `kcsp_nlp.pipeline.precedence`).
"""

from __future__ import annotations

from collections.abc import Iterable

from spacy.language import Language
from spacy.tokens import Doc, Span

from kcsp_nlp.pipeline.legislation import find_legislation
from kcsp_nlp.pipeline.money import find_money
from kcsp_nlp.pipeline.own_registers import own_of
from kcsp_nlp.pipeline.precedence import RULE, overlay
from kcsp_nlp.pipeline.texts import text_of


@Language.component("kcsp_money", assigns=["doc.ents"])
def tag_money(doc: Doc) -> Doc:
    """Tag amounts of money; they win over every entity that they touch."""
    overlay(doc, _spans(doc, find_money(text_of(doc)), "MONEY"))
    return doc


@Language.component("kcsp_legislation", assigns=["doc.ents"])
def tag_legislation(doc: Doc) -> Doc:
    """Tag Acts, instruments and their provisions; they win over what `ner` found there."""
    own = own_of(doc)
    citations = find_legislation(text_of(doc), own.laws.own_names if own else None)
    offsets = ((found.start, found.end) for found in citations)
    overlay(doc, _spans(doc, offsets, "LEGISLATION"))
    return doc


def _spans(doc: Doc, offsets: Iterable[tuple[int, int]], label: str) -> list[Span]:
    """Turn offsets into spans; one that begins or ends within a token takes the whole token."""
    found = (
        doc.char_span(start, end, label=label, alignment_mode="expand", span_id=RULE)
        for start, end in offsets
    )
    return [span for span in found if span is not None]
