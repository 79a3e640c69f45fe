"""The lines of a paragraph as one text: what is bold in it, and where pages turn."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from kcsp_nlp.reading.pdf.hyphens import Vocabulary
from kcsp_nlp.reading.pdf.paragraphs import Passage
from kcsp_nlp.reading.pdf.words import Word, text_of


@dataclass(frozen=True)
class Joined:
    """A paragraph as text.

    Attributes:
        text: Its lines joined.
        turns: Where further pages begin in `text`: code point and page.
        strong: Which stretches of `text` are bold.
    """

    text: str
    turns: tuple[tuple[int, int], ...]
    strong: tuple[tuple[int, int], ...]


def join(passage: Passage, vocabulary: Vocabulary, skip: int) -> Joined:
    """Join the lines of a paragraph.

    Args:
        passage: The paragraph.
        vocabulary: The document's words.
        skip: Words of its first line that are its marker.
    """
    text = text_of(passage.first.words[skip:])
    page = passage.first.page
    turns: list[tuple[int, int]] = []
    strong = list(_stretches(passage.first.words[skip:], 0))
    for number, line in enumerate(passage.lines[1:], start=1):
        is_own = number in passage.own
        text = f"{text}\n{line.text}" if is_own else vocabulary.join(text, line.text)
        start = len(text) - len(line.text)
        if line.page != page:
            page = line.page
            turns.append((start, page))
        for begin, end in _stretches(line.words, start):
            if strong and begin - strong[-1][1] <= 1:
                strong[-1] = (strong[-1][0], end)
            else:
                strong.append((begin, end))
    margin = " ".join(line.margin for line in passage.lines if line.margin)
    # As wide as a margin in text: what stands there is no part of the sentence.
    text = f"{text}      {margin}" if margin else text
    return Joined(text, tuple(turns), tuple(strong))


def _stretches(words: Sequence[Word], start: int) -> Iterator[tuple[int, int]]:
    """Yield where words are bold, in a text in which they begin at `start`."""
    for is_bold, group in groupby(range(len(words)), key=lambda index: words[index].bold):
        indices = list(group)
        if is_bold and any(any(map(str.isalnum, words[index].text)) for index in indices):
            begin = len(text_of(words[: indices[0] + 1])) - len(words[indices[0]].text)
            yield start + begin, start + len(text_of(words[: indices[-1] + 1]))
