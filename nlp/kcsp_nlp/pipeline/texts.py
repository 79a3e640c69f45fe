"""The texts of a document's tokens, read once for all components that look through every token."""

from __future__ import annotations

from typing import cast

from spacy.tokens import Doc

_TEXTS = "kcsp_texts"


def texts_of(doc: Doc) -> list[str]:
    """Return the text of each token; kept in the document's user data, not to be changed."""
    held = doc.user_data.get(_TEXTS)
    if held is None or len(held) != len(doc):
        held = doc.user_data[_TEXTS] = [token.text for token in doc]
    return cast("list[str]", held)
