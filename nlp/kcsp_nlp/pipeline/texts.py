"""The text of a document and of its tokens, read once for all components that look through it."""

from __future__ import annotations

from typing import cast

from spacy.attrs import IDX, LENGTH
from spacy.tokens import Doc

_TEXT, _TEXTS = "kcsp_text", "kcsp_texts"


def keep_text(doc: Doc, text: str) -> None:
    """Keep the text that a document was made of: spaCy puts it together from tokens each time."""
    doc.user_data[_TEXT] = text


def text_of(doc: Doc) -> str:
    """Return `doc.text`; kept in the document's user data."""
    held = doc.user_data.get(_TEXT)
    if held is None:
        held = doc.user_data[_TEXT] = doc.text
    return cast(str, held)


def texts_of(doc: Doc) -> list[str]:
    """Return the text of each token; kept in the document's user data, not to be changed."""
    held = doc.user_data.get(_TEXTS)
    if held is None or len(held) != len(doc):
        text = text_of(doc)
        starts, lengths = (doc.to_array(each).tolist() for each in (IDX, LENGTH))
        held = doc.user_data[_TEXTS] = [
            text[start : start + length] for start, length in zip(starts, lengths, strict=True)
        ]
    return cast("list[str]", held)
