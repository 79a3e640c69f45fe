"""The pipeline over one document: what is tagged in it, wherever converters left their marks.

The pipeline reads a view of the text without entities, tags, links and unseen characters, cut into
stretches that bound memory, and is told what the structure of the document knows.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, cast

from kcsp_nlp.confidence import Found
from kcsp_nlp.hints import find_hints
from kcsp_nlp.minutes.conversion.undoing import unmark
from kcsp_nlp.minutes.conversion.view import View
from kcsp_nlp.minutes.outline import Outline
from kcsp_nlp.pipeline.own_registers import give_own
from kcsp_nlp.pipeline.tokenizer import MinutesTokenizer
from kcsp_nlp.records import Label, Source
from kcsp_nlp.registers.extending import Registers

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

# Longest text that goes through the pipeline at once, in code points: bounds memory. No minutes
# that we know are longer; what document memory learns stays within one stretch.
STRETCH = 100_000

# What no span holds: marks, tags, a blank line. "Ann</b> Lee", "Ann\n\nLee"; not "O&#39;Dowd".
_MARKS = re.compile(r"[*|\\<>]|(?<!&)#|(?<!\w)_|_(?!\w)|\n[^\S\n]*\n")


def find_entities(
    nlp: Language, text: str, outline: Outline, registers: Registers | None
) -> Iterator[Found]:
    """Find what the pipeline tags in a document.

    Args:
        nlp: The pipeline.
        text: The document's text.
        outline: Its structure.
        registers: The shipped registers with a user's entries; None where there are none.

    Yields:
        Entities in order, never overlapping; offsets into `text`.
    """
    view = unmark(text)
    if view.text is text:
        yield from _tagged(nlp, text, outline, registers)
        return
    for found in _tagged(nlp, view.text, _seen(outline, view), registers):
        start, end = view.start(found.start), view.end(found.end)
        if not _MARKS.search(text, start, end):
            yield found._replace(start=start, end=end)


def _seen(outline: Outline, view: View) -> Outline:
    """Return what the pipeline is told of an outline, with offsets into a view."""
    return replace(
        outline,
        parts=tuple(
            replace(part, start=view.placed(part.start), end=view.placed(part.end))
            for part in outline.parts
        ),
        attendance=tuple(
            each.model_copy(update={"start": start, "end": end})
            for each in outline.attendance
            if (start := view.placed(each.start)) < (end := view.placed(each.end))
        ),
    )


def _tagged(
    nlp: Language, text: str, outline: Outline, registers: Registers | None
) -> Iterator[Found]:
    """Yield the entities of a text as the pipeline reads it."""
    if isinstance(nlp.tokenizer, MinutesTokenizer):
        nlp.tokenizer.learn(text[:STRETCH])
    with nlp.memory_zone():
        for begin, doc in _docs(nlp, text, outline, registers):
            for ent in nlp(doc).ents:
                yield Found(
                    begin + ent.start_char,
                    begin + ent.end_char,
                    cast(Label, ent.label_),
                    cast(Source, ent.ent_id_ or "model"),
                )


def _docs(
    nlp: Language, text: str, outline: Outline, registers: Registers | None
) -> Iterator[tuple[int, Doc]]:
    """Yield the stretches of a text as docs that know the outline, with where they begin."""
    hints = find_hints(text, outline)
    for begin, end in stretches(text, [part.start for part in outline.parts]):
        doc = nlp.make_doc(text[begin:end])
        give_own(doc, registers)
        parts = (
            doc.char_span(
                max(part.start, begin) - begin,
                min(part.end, end) - begin,
                alignment_mode="contract",
            )
            for part in outline.parts
            if part.start < end and begin < part.end
        )
        known = (
            doc.char_span(start - begin, stop - begin, label=label, span_id="document")
            for start, stop, label in hints
            if begin <= start and stop <= end
        )
        doc.spans["parts"] = [span for span in parts if span is not None]
        doc.spans["known"] = [span for span in known if span is not None]
        yield begin, doc


def stretches(text: str, starts: Sequence[int]) -> Iterator[tuple[int, int]]:
    """Cut a text into stretches of at most `STRETCH` code points, where it hurts least.

    Args:
        text: Any text.
        starts: Where its parts begin, sorted.

    Yields:
        Half-open offsets that follow each other and cover the text: cut where a part begins, else
        at a blank line, a line end or a space, else in the middle of a word.
    """
    begin = 0
    while len(text) - begin > STRETCH:
        limit = begin + STRETCH
        index = bisect_right(starts, limit) - 1
        cut = starts[index] if index >= 0 else 0
        for mark in ("\n\n", "\n", " "):
            if cut > begin:
                break
            at = text.rfind(mark, begin, limit)
            cut = at + len(mark) if at > begin else 0
        cut = cut if cut > begin else limit
        yield begin, cut
        begin = cut
    if begin < len(text):
        yield begin, len(text)
