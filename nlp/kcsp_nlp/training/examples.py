"""Labelled minutes as spaCy training examples: the corpus reader `kcsp.LabelledMinutes.v1`."""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from spacy.language import Language
from spacy.training import Example
from spacy.util import registry

from kcsp_nlp.labels.corpus import LabelledMinutes, read_all
from kcsp_nlp.pipeline.gazetteer import find_context, set_context

LabelSpan = tuple[int, int, str]

# Code points per token in minutes, white space counted: turns a size in tokens into one in text.
_PER_TOKEN = 5.2

_LINE_ENDS = re.compile(r"\n+")


@registry.readers("kcsp.LabelledMinutes.v1")
def read_examples(
    paths: Sequence[str],
    labels: Sequence[str],
    *,
    tokens: int,
    seed: int,
    limit: int = 0,
) -> Callable[[Language], Iterator[Example]]:
    """Return the function that gives spaCy one epoch of examples each time it is called.

    Args:
        paths: Corpus files and folders.
        labels: The labels to learn; spans with others are left out.
        tokens: About how many tokens an example has; documents are cut at line ends.
        seed: For cutting and shuffling.
        limit: At most so many examples; 0 for all.
    """
    documents: list[LabelledMinutes] = []
    rng = random.Random(seed)  # noqa: S311 -- reproducible training, no secret

    def examples(nlp: Language) -> Iterator[Example]:
        if not documents:
            documents.extend(read_all([Path(path) for path in paths]))
        cut: list[Example] = []
        for document in documents:
            spans = [span for span in document.spans if span[2] in labels]
            context = find_context(nlp.make_doc(document.text))
            for piece, held in pieces(document.text, spans, tokens, rng):
                example = make_example(nlp, piece, held)
                set_context(example.predicted, context)
                cut.append(example)
        rng.shuffle(cut)
        yield from cut[: limit or None]

    return examples


def pieces(
    text: str, spans: Sequence[LabelSpan], tokens: int, rng: random.Random
) -> Iterator[tuple[str, list[LabelSpan]]]:
    """Cut a text at line ends into pieces of about `tokens` tokens, no span in two.

    Yields:
        The piece, and its spans with offsets into the piece.
    """
    begin = 0
    wanted = rng.uniform(0.5, 1.5) * tokens * _PER_TOKEN
    for cut in [*(match.end() for match in _LINE_ENDS.finditer(text)), len(text)]:
        last = cut == len(text)
        if not last and (cut - begin < wanted or any(s < cut < e for s, e, _ in spans)):
            continue
        if text[begin:cut].strip():
            held = [(s - begin, e - begin, n) for s, e, n in spans if begin <= s and e <= cut]
            yield text[begin:cut], held
        begin = cut
        wanted = rng.uniform(0.5, 1.5) * tokens * _PER_TOKEN


def make_example(nlp: Language, text: str, spans: Sequence[LabelSpan]) -> Example:
    """Return a text with its labelled entities; a span that cuts a token in two is left out."""
    reference = nlp.make_doc(text)
    found = (reference.char_span(start, end, label=label) for start, end, label in spans)
    reference.set_ents([span for span in found if span is not None], default="outside")
    return Example(nlp.make_doc(text), reference)
