"""Who wins where two components claim the same words.

The pipeline's order states the precedence, the later the stronger:

    ner  <  kcsp_names  <  kcsp_bodies  <  kcsp_legislation  <  kcsp_money

A rule that fires replaces every weaker entity that it touches. What comes after them judges and
completes: `kcsp_organisations` and `kcsp_roles` look at a name's own words, `kcsp_memory` fills
gaps and settles doubts, none of them touches money or legislation; `kcsp_boundaries` only trims.

An entity says where it came from in its `ent_id_`: `RULE`, `DOCUMENT` (what the same document says
elsewhere) or nothing, which is `ner`. One that is shortened or divided keeps it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from operator import attrgetter

from spacy.tokens import Doc, Span

RULE, DOCUMENT = "rule", "document"

# Spans that share no token are in order where their starts are; comparing spans costs more.
_START = attrgetter("start")


def overlay(doc: Doc, stronger: Sequence[Span]) -> None:
    """Set `stronger` as entities of `doc`; weaker entities that share a token with one give way.

    Args:
        doc: The document; its entities are replaced.
        stronger: Spans of `doc`; where two of them overlap, the earlier one in the list wins.
    """
    if not stronger:
        return
    kept = list(without_overlaps(stronger))
    taken = _tokens(kept)
    kept.extend(ent for ent in doc.ents if taken.isdisjoint(range(ent.start, ent.end)))
    doc.set_ents(sorted(kept, key=_START), default="outside")


def underlay(doc: Doc, weaker: Sequence[Span]) -> None:
    """Add those of `weaker` that share no token with an entity of `doc`.

    Args:
        doc: The document; its present entities stay as they are.
        weaker: Spans of `doc`; where two of them overlap, the earlier one in the list wins.
    """
    taken = _tokens(doc.ents)
    free = [span for span in weaker if taken.isdisjoint(range(span.start, span.end))]
    if free:
        doc.set_ents(sorted([*doc.ents, *without_overlaps(free)], key=_START), default="outside")


def without_overlaps(spans: Iterable[Span]) -> Iterable[Span]:
    """Yield the spans that share no token with one yielded before."""
    taken: set[int] = set()
    for span in spans:
        tokens = range(span.start, span.end)
        if taken.isdisjoint(tokens):
            taken.update(tokens)
            yield span


def _tokens(spans: Iterable[Span]) -> set[int]:
    return {token for span in spans for token in range(span.start, span.end)}
