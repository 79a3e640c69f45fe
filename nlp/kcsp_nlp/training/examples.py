"""Labelled minutes as spaCy training examples: the corpus reader `kcsp.LabelledMinutes.v1`."""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any, Self

from spacy.language import Language
from spacy.training import Example
from spacy.util import registry

from kcsp_nlp.labels.corpus import LabelledMinutes, read_all
from kcsp_nlp.pipeline.gazetteer import Context, find_context, set_context

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
    """Return what gives spaCy one epoch of examples each time it is called.

    Args:
        paths: Corpus files and folders.
        labels: The labels to learn; spans with others are left out.
        tokens: About how many tokens an example has; documents are cut at line ends.
        seed: For cutting and shuffling.
        limit: At most so many examples; 0 for all.
    """
    return Examples(paths, labels, tokens=tokens, seed=seed, limit=limit)


class Examples:
    """Gives one epoch of examples each time it is called, cut and shuffled anew; see above."""

    def __init__(
        self, paths: Sequence[str], labels: Sequence[str], *, tokens: int, seed: int, limit: int
    ) -> None:
        self._paths, self._labels = paths, labels
        self._tokens, self._seed, self._limit = tokens, seed, limit
        self._documents: list[LabelledMinutes] | None = None
        self._contexts: dict[str, Context] = {}
        self._wanted: Callable[[str], bool] | None = None
        self._rng = random.Random(seed)  # noqa: S311 -- reproducible training, no secret

    def where(self, wanted: Callable[[str], bool], *, limit: int | None = None) -> Self:
        """Return a reader of the same documents, less those of groups that are not wanted.

        Args:
            wanted: Tells by its group whether a document is.
            limit: At most so many examples; 0 for all, None for as many as here.
        """
        other = type(self)(
            self._paths,
            self._labels,
            tokens=self._tokens,
            seed=self._seed,
            limit=self._limit if limit is None else limit,
        )
        other._wanted = wanted
        return other

    @property
    def chance(self) -> Any:
        """State of the chance that cuts and shuffles; JSON keeps it."""
        return self._rng.getstate()

    @chance.setter
    def chance(self, state: Any) -> None:
        version, words, gauss = state
        self._rng.setstate((version, tuple(words), gauss))

    def __call__(self, nlp: Language) -> Iterator[Example]:
        """Yield one epoch of examples."""
        cut: list[Example] = []
        for document in self._read():
            spans = [span for span in document.spans if span[2] in self._labels]
            if (context := self._contexts.get(document.id)) is None:
                context = find_context(nlp.make_doc(document.text))
                self._contexts[document.id] = context
            for piece, held in pieces(document.text, spans, self._tokens, self._rng):
                example = make_example(nlp, piece, held)
                set_context(example.predicted, context)
                cut.append(example)
        self._rng.shuffle(cut)
        yield from cut[: self._limit or None]

    def _read(self) -> list[LabelledMinutes]:
        """Return the documents whose spans somebody has vouched for."""
        if self._documents is None:
            self._documents = [
                document
                for document in read_all([Path(path) for path in self._paths])
                if "spans" in document.checked
                and (self._wanted is None or self._wanted(document.group))
            ]
        return self._documents


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
