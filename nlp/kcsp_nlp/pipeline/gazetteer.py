"""What lists and the whole document say of each token: signs that the network reads beside it.

A network that sees four words to each side cannot know that Wisbech is a place, Adeyemi a surname
and Ongo a housing association, nor that `Members` stands in small letters elsewhere on the page.
Two numbers per token tell it; what they are worth it learns. They prove nothing by themselves.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import NamedTuple, cast

import numpy as np
from numpy.typing import NDArray
from spacy.attrs import SPACY
from spacy.tokens import Doc

from kcsp_nlp.pipeline.texts import texts_of
from kcsp_nlp.registers.bodies import find_in_pieces, register
from kcsp_nlp.registers.name_words import find_places, name_words
from kcsp_nlp.registers.named_bodies import find_named_in
from kcsp_nlp.registers.pieces import split_tokens

# The first number, a set of signs.
CAPITAL, GIVEN, SURNAME, PLACE, PLACE_INSIDE = 1, 2, 4, 8, 16
BODY, BODY_INSIDE, PERHAPS_BODY, NAMED, NAMED_INSIDE = 32, 64, 128, 256, 512

# How often a capitalised word stands in the document: up to so many times, by class.
_COUNTS = (1, 3, 8)

_CONTEXT, _BODIES = "kcsp_context", "kcsp_bodies"


class Context(NamedTuple):
    """What a whole document says of its words.

    Attributes:
        small: Words that stand in small letters somewhere.
        capitals: How often each capitalised word stands in it.
    """

    small: frozenset[str]
    capitals: Mapping[str, int]


def bodies_of(doc: Doc) -> Sequence[tuple[int, int, int]]:
    """Return where bodies stand: first token, token behind the last, and why.

    The reason is `NAMED` (told by the words of its name), `BODY` (a form of the register) or
    `PERHAPS_BODY` (a form that is an ordinary word or a place too). Looked up once per document
    and kept in its user data, as plain numbers, which spaCy can write.
    """
    held = doc.user_data.get(_BODIES)
    if held is None:
        tokens = texts_of(doc)
        pieces = split_tokens(tokens, doc.to_array(SPACY).tolist())
        held = [(start, end, NAMED) for start, end in find_named_in(pieces, tokens)]
        held.extend(
            (found.start, found.end, BODY if found.certain else PERHAPS_BODY)
            for found in find_in_pieces(pieces, register())
        )
        doc.user_data[_BODIES] = held
    return cast(Sequence[tuple[int, int, int]], held)


def find_context(doc: Doc) -> Context:
    """Return what a document says of its words."""
    counts = Counter(texts_of(doc))
    return Context(
        frozenset(text for text in counts if text.islower()),
        {text: count for text, count in counts.items() if text[0].isupper()},
    )


def set_context(doc: Doc, context: Context) -> None:
    """Give a piece of a document the context of the whole one."""
    doc.user_data[_CONTEXT] = context


def signs_of(doc: Doc) -> NDArray[np.uint64]:
    """Return the two numbers of each token, shape (tokens, 2): of the lists, of the document."""
    context = doc.user_data.get(_CONTEXT) or find_context(doc)
    tokens = texts_of(doc)
    low = {text: text.lower() for text in dict.fromkeys(tokens)}
    signs = np.zeros((len(doc), 2), dtype=np.uint64)
    signs[:, 0] = _list_signs(doc, tokens, low)
    said = {text: _document_sign(text, word, context) for text, word in low.items()}
    signs[:, 1] = [said[text] for text in tokens]
    return signs


def _list_signs(doc: Doc, tokens: Sequence[str], low: Mapping[str, str]) -> list[int]:
    lists = name_words()
    given, surnames = lists.given, lists.surnames
    listed = {
        text: CAPITAL | (word in given) * GIVEN | (word in surnames) * SURNAME
        for text, word in low.items()
        if text[0].isupper()
    }
    signs = [listed.get(text, 0) for text in tokens]
    for place in find_places([low[text] for text in tokens], lists.places):
        if signs[place.start]:
            _mark(signs, place, PLACE, PLACE_INSIDE)
    for start, end, why in bodies_of(doc):
        _mark(signs, range(start, end), why, NAMED_INSIDE if why == NAMED else BODY_INSIDE)
    return signs


def _mark(signs: list[int], tokens: range, first: int, inside: int) -> None:
    signs[tokens.start] |= first
    for at in tokens[1:]:
        signs[at] |= inside


def _document_sign(text: str, word: str, context: Context) -> int:
    """Return what a document says of a word, given too in lower case."""
    if not (text[0].isupper() and text.isalpha()):
        return 0
    count = context.capitals.get(text, 0)
    often = sum(count > most for most in _COUNTS)
    return 1 + (word in context.small) + 2 * often
