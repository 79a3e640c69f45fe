"""A marking as records have it: with the words that say so."""

from __future__ import annotations

from kcsp_nlp.minutes.lines import mask
from kcsp_nlp.minutes.outline import Marking
from kcsp_nlp.minutes.restrictions.markings import kind_of
from kcsp_nlp.records import Restriction


def restriction_of(text: str, marking: Marking | None, margin: str | None) -> Restriction | None:
    """Return why a part is not for the public.

    Args:
        text: The document's text.
        marking: What the part or the document says; offsets into `text`; None for nothing.
        margin: What its running headers say, which stand for the whole document; None for nothing.

    Returns:
        What the part says before what the margin says, words without markup and on one line; None
        where nothing says anything.
    """
    if marking is None:
        said = " ".join((margin or "").split())
        return Restriction(kind=kind_of(said), said_by="document", text=said) if said else None
    printed = text[marking.start : marking.end]
    said = " ".join(mask(printed).split()) or printed
    return Restriction(kind=marking.kind, said_by=marking.said_by, text=said)
