"""Which paragraphs are headings: by the file's bookmarks, and by larger letters."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from kcsp_nlp.reading.pdf.paragraphs import Passage
from kcsp_nlp.reading.pdf.words import Line

_LARGER = 1.12  # times the usual height
_LONGEST = 200
_MOST_LINES = 4
_MOST = 0.25  # share of a document's letters: more are no headings
_DEEPEST = 6
_NEAR = 1  # pages
_NOT_WORDS = re.compile(r"[\W_]+")
_LETTER = re.compile(r"[^\W\d_]")


class Headings:
    """Knows the heights of letters of a document, and its bookmarks."""

    def __init__(self, lines: Sequence[Line], bookmarks: Sequence[tuple[int, str, int]]) -> None:
        sizes: Counter[float] = Counter()
        for line in lines:
            sizes[round(line.size * 2) / 2] += len(line.text)
        self._usual = sizes.most_common(1)[0][0] if sizes else 0.0
        larger = sorted((size for size in sizes if size >= _LARGER * self._usual), reverse=True)
        held = sum(sizes[size] for size in larger)
        self._sizes = larger if held <= _MOST * sizes.total() else []
        self._bookmarks: dict[str, list[tuple[int, int]]] = {}
        for level, title, page in bookmarks:
            key = _key(title)
            if key:
                self._bookmarks.setdefault(key, []).append((level, page))

    def level(self, passage: Passage) -> int:
        """Return the level of a heading from 1 to 6; 0 for what is none."""
        text = " ".join(line.text for line in passage.lines)
        if len(text) > _LONGEST or len(passage.lines) > _MOST_LINES or not _LETTER.search(text):
            return 0
        for level, page in self._bookmarks.get(_key(text), ()):
            if abs(page - passage.first.page) <= _NEAR:
                return min(level + 1, _DEEPEST)
        size = round(passage.size * 2) / 2
        if size in self._sizes:
            return min(self._sizes.index(size) + 1, _DEEPEST)
        return 0


def _key(text: str) -> str:
    return _NOT_WORDS.sub("", text.casefold())
