"""The component `kcsp_boundaries`: what every entity must be, whoever found it.

An entity lies within one part of the document, has no blank line and no markup in it, and begins
and ends with what belongs to the name: no article, honorific, possessive, quote or full stop.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from spacy.language import Language
from spacy.tokens import Doc, Span

from kcsp_nlp.pipeline.precedence import without_overlaps
from kcsp_nlp.pipeline.texts import text_of

# Where an entity is cut in two: a blank line, the gap between columns, emphasis marks, a table
# bar, a tag.
# Matches in "Kent\n\nPolice" and "Kent** Police"; not in "Kent\nPolice", "snake_case" or "A & B".
_CUT = re.compile(
    r"\n\s*\n|(?<=\S)[ \t]{3,}(?=\S)|[*|#~`\\]+|_{2,}|</?[a-z]{1,6}\s?/?>|&nbsp;|(?<!\w)_|_(?!\w)"
)

# What is shaved off the front: marks, and words that only point. "the Home Office", "our Chair";
# not the initial of "A Farmer", nor the Irish article of "An Post".
_MARKS_BEFORE = re.compile(r"[\s'\"‘’“”«»(\[{<.,;:/–—•·&+-]+")
_POINTING = re.compile(r"(?:[Tt]he|THE|an?|[Oo]ur|[Tt]heir|[Hh]is|[Hh]er|[Tt]his|[Tt]hat)\s+(?=\S)")

# What is shaved off the end. "Kent Police's", "Hill,", "KCC”"; brackets only where unpaired.
_MARKS_AFTER = re.compile(r"(?:[\s'\"‘’“”«»(\[{<>,;:/.–—•·&+-])+$")
_POSSESSIVE = re.compile(r"[’']s$", re.IGNORECASE)

# An honorific is outside its person. "Mr Hill", "Dr. A Rao"; not "Drake" or "Sirius Ltd".
_HONORIFIC = re.compile(r"(?:(?:mr|mrs|ms|miss|mx|dr|sir|dame|rev|revd)\b\.?\s+)+", re.IGNORECASE)

# So is the number of an action, or a place in a race. "AP5 Ash", "2nd Kazemi"; not "A5 Ltd".
_BEFORE_PERSON = re.compile(r"(?:[A-Z]{1,3}\d+|\d+(?:st|nd|rd|th)?)\s+")

# So is what tells two of a name apart, and what follows a dash. "Collins (B)", "Hill - Chair".
_AFTER_PERSON = re.compile(r"\s+\((?:[A-Z]\.?\s?){1,2}\)?$|\s+[-–—]\s.*$", re.DOTALL)

# What closes a bracket that an entity left open: "Head of Service (Children" + "'s)".
_CLOSING = re.compile(r"[^()\n|]{0,40}\)")

_PAIRS = {")": "(", "]": "["}


@Language.component("kcsp_boundaries", requires=["doc.ents"], assigns=["doc.ents"])
def set_boundaries(doc: Doc) -> Doc:
    """Trim, cut or drop entities so that each is one name within one part.

    Args:
        doc: A document; where `doc.spans["parts"]` is set, no entity crosses an end of a part.

    Returns:
        The same document. Entities that shrink to nothing, or to part of a token, are dropped.
    """
    if not doc.ents:
        return doc
    text = text_of(doc)
    ends = sorted({span.end_char for span in doc.spans["parts"]}) if "parts" in doc.spans else []
    kept: list[Span] = []
    nexts = [ent.start_char for ent in doc.ents[1:]] + [len(text)]
    for ent, limit in zip(doc.ents, nexts, strict=True):
        end = _close_bracket(text, ent.start_char, ent.end_char, limit)
        pieces = list(_pieces(text, ent.start_char, end, ent.label_, ends))
        if pieces == [(ent.start_char, ent.end_char)]:
            kept.append(ent)
            continue
        for start, end in pieces:
            span = doc.char_span(start, end, label=ent.label_, span_id=ent.ent_id_)
            if span is not None and (not kept or kept[-1].end <= span.start):
                kept.append(span)
    doc.set_ents(list(without_overlaps(kept)), default="outside")
    return doc


def _close_bracket(text: str, start: int, end: int, limit: int) -> int:
    """Return where an entity ends if a bracket that it opens, and leaves open, belongs to it.

    A bracket that closes at or after `limit`, where the next entity begins, does not.
    """
    if "(" not in text[start:end] or ")" in text[start:end]:
        return end
    closing = _CLOSING.match(text, end, limit)
    return closing.end() if closing else end


def _pieces(
    text: str, start: int, end: int, label: str, ends: list[int]
) -> Iterator[tuple[int, int]]:
    """Yield what is left of an entity: offsets of its pieces, trimmed, none of them empty."""
    held = text[start:end]
    cuts = [match.span() for match in _CUT.finditer(held)]
    cuts.extend((at - start, at - start) for at in ends if start < at < end)
    at = 0
    for cut, resume in [*sorted(cuts), (len(held), len(held))]:
        piece = trim(held[at:cut], label)
        if piece is not None:
            yield start + at + piece[0], start + at + piece[1]
        at = max(at, resume)


def trim(held: str, label: str) -> tuple[int, int] | None:
    """Return where the name begins and ends within `held`; None where nothing of it is a name."""
    start, end = 0, len(held)
    if (front := _MARKS_BEFORE.match(held)) and not _POSSESSIVE.match(held):
        start = front.end()
    if label == "PERSON":
        for outside in (_BEFORE_PERSON, _HONORIFIC):
            if before := outside.match(held, start):
                start = before.end()
        if after := _AFTER_PERSON.search(held, start):
            end = after.start()
    elif pointing := _POINTING.match(held, start):
        start = pointing.end()
    end = _shave(held, start, end, possessive=label != "ORG")
    if not any(char.isalnum() for char in held[start:end]):
        return None
    return start, end


def _shave(held: str, start: int, end: int, *, possessive: bool) -> int:
    """Return where `held` ends without closing marks and unpaired brackets.

    A possessive goes too where `possessive` says so: shops, churches and schools are called after
    people, and `ner` tells "St Mary's" from "the Council's".
    """
    while True:
        before = end
        if marks := _MARKS_AFTER.search(held[start:end]):
            end = start + marks.start()
        if possessive and (mark := _POSSESSIVE.search(held[start:end])):
            end = start + mark.start()
        if end > start and _PAIRS.get(held[end - 1], " ") not in held[start:end] + " ":
            end -= 1
        if end == before:
            return end
