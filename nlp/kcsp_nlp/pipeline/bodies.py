"""The component `kcsp_bodies`: bodies that a register knows, or whose words leave no doubt.

"Medway Council", "NHS England", "St Anne's Primary School": the network is not asked. Where it
found a longer organisation around such a name ("Friends of Medway Council"), the longer one stays.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from spacy.language import Language
from spacy.tokens import Doc, Span

from kcsp_nlp.pipeline.gazetteer import PERHAPS_BODY, bodies_of
from kcsp_nlp.pipeline.organisations import words
from kcsp_nlp.pipeline.own_registers import own_of
from kcsp_nlp.pipeline.precedence import RULE, overlay
from kcsp_nlp.registers.bodies import Register, find_in_pieces
from kcsp_nlp.registers.pieces import split_tokens


@Language.component("kcsp_bodies", requires=["doc.ents"], assigns=["doc.ents"])
def tag_bodies(doc: Doc) -> Doc:
    """Tag bodies of the register and bodies named by their kind."""
    places = list(_find(doc))
    own = own_of(doc)
    if own is not None:
        # A user's name may hold one of the register's, or stand inside one: the longest is meant.
        places = [*places, *_find_own(doc, own.own_bodies)]
        places.sort(key=lambda place: (place[0] - place[1], place[0]))
    found = [Span(doc, start, end, label="ORG", span_id=RULE) for start, end in places]
    longer = [
        ent
        for ent in doc.ents
        if ent.label_ == "ORG"
        and any(
            ent.start <= each.start and each.end <= ent.end and _holds(ent, each) for each in found
        )
    ]
    overlay(doc, [*longer, *found])
    return doc


def _holds(longer: Span, body: Span) -> bool:
    """Tell whether what a longer name adds to a body's is a name too.

    "Friends of Medway Council" and "Medway Council Youth Team" are; "Therefore Medway Council",
    "Closure of Medway Council" and "Medway Council's" are not.
    """
    before, after = longer.doc[longer.start : body.start], longer.doc[body.end : longer.end]
    opens = not before or _opens([token.lower_ for token in before])
    closes = not after or after[-1].lower_ in words().bodies
    return opens and closes and len(longer) > len(body)


def _opens(before: Sequence[str]) -> bool:
    """Tell whether words lead from one body to another: "friends of", "youth panel of the"."""
    known = words()
    return any(
        link == "of" and (word in known.openings or word in known.bodies or word in known.parts)
        for word, link in pairwise(before[-3:])
    )


def _find(doc: Doc) -> Iterator[tuple[int, int]]:
    """Yield where bodies certainly stand, those named by their kind first: they are longer."""
    for start, end, why in bodies_of(doc):
        if why != PERHAPS_BODY:
            yield start, end


def _find_own(doc: Doc, known: Register) -> Iterator[tuple[int, int]]:
    """Yield where the bodies of a user's register certainly stand."""
    tokens = [token.text for token in doc]
    pieces = split_tokens(tokens, [bool(token.whitespace_) for token in doc])
    for found in find_in_pieces(pieces, known):
        if found.certain:
            yield found.start, found.end
