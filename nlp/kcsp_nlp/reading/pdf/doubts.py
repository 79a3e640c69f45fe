"""Words that character recognition was not sure of, followed from the page into the text.

A sign of private use behind such a word says how sure; none stands in the text of a file itself,
where signs of private use are mapped to others.
"""

from __future__ import annotations

import re

from kcsp_nlp.reading.document import Doubt, PageStart
from kcsp_nlp.reading.pdf.scans import DOUBTFUL
from kcsp_nlp.reading.pdf.words import Word

_FIRST = 0xE100
_STEPS = 100
_SIGN = re.compile(f"[{chr(_FIRST)}-{chr(_FIRST + _STEPS)}]")


def mark(word: Word, confidence: float) -> None:
    """Put a sign behind a word that is not sure; a divided word goes without.

    Args:
        word: The word as recognised.
        confidence: 0 to 1.
    """
    word.text = _SIGN.sub("\N{REPLACEMENT CHARACTER}", word.text)
    if confidence < DOUBTFUL and not word.text.endswith("-"):
        word.text += chr(_FIRST + round(_STEPS * max(0.0, confidence)))


def unmark(text: str) -> str:
    """Return a text without signs."""
    return _SIGN.sub("", text)


def take_out(
    text: str, pages: tuple[PageStart, ...]
) -> tuple[str, tuple[PageStart, ...], tuple[Doubt, ...]]:
    """Take the signs out of a text.

    Args:
        text: With signs.
        pages: Where its pages begin, with signs.

    Returns:
        The text without signs, where its pages begin, and the words that were marked.
    """
    signs = [match.start() for match in _SIGN.finditer(text)]
    if not signs:
        return text, pages, ()
    doubts = []
    for number, sign in enumerate(signs):
        start = sign
        while start > 0 and not text[start - 1].isspace() and not _SIGN.match(text[start - 1]):
            start -= 1
        if start < sign:
            sure = (ord(text[sign]) - _FIRST) / _STEPS
            doubts.append(Doubt(start=start - number, end=sign - number, confidence=sure))
    begins = []
    passed = 0
    for page in pages:
        while passed < len(signs) and signs[passed] < page.start:
            passed += 1
        begins.append(PageStart(number=page.number, start=page.start - passed))
    return unmark(text), tuple(begins), tuple(doubts)
