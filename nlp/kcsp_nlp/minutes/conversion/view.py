"""A text as finders should see it, and where its code points stand in the document."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable
from typing import NamedTuple, Self


class Edit(NamedTuple):
    """One stretch of a text and what stands for it in the view.

    Attributes:
        start: First code point of the stretch.
        end: One past its last code point; `start` for an insertion.
        new: What stands for it; empty for nothing.
    """

    start: int
    end: int
    new: str = ""


class View:
    """A text with edits made, which knows where everything stood.

    Attributes:
        text: The text that finders read.
    """

    def __init__(self, text: str, under: View | None = None) -> None:
        self.text = text
        self._under = under
        # Stretches in order: where each begins in the view, where it begins and ends below, and
        # whether it was copied code point for code point.
        self._views: list[int] = [0]
        self._begins: list[int] = [0]
        self._ends: list[int] = [len(text)]
        self._copied: list[bool] = [True]

    def edited(self, edits: Iterable[Edit]) -> View:
        """Return a view of this one with edits made; one that overlaps an earlier one is left out.

        Args:
            edits: Offsets into this view's text, in any order.
        """
        made = sorted(edits)
        if not made:
            return self
        view = View("", under=self)
        view._make(self.text, made)
        return view

    def translated(self, table: dict[int, str]) -> Self:
        """Put other code points for some, one for one, and return the view itself."""
        self.text = self.text.translate(table)
        return self

    def _make(self, text: str, edits: list[Edit]) -> None:
        pieces: list[str] = []
        self._views, self._begins, self._ends, self._copied = [], [], [], []
        at = length = 0
        for start, end, new in [*edits, Edit(len(text), len(text))]:
            if start < at:
                continue
            if start > at:
                self._add(length, at, start, copied=True)
                pieces.append(text[at:start])
                length += start - at
            if new:
                self._add(length, start, end, copied=False)
                pieces.append(new)
                length += len(new)
            at = end
        self.text = "".join(pieces)

    def _add(self, view: int, begin: int, end: int, *, copied: bool) -> None:
        self._views.append(view)
        self._begins.append(begin)
        self._ends.append(end)
        self._copied.append(copied)

    def start(self, at: int) -> int:
        """Return where the code point at `at` begins in the document."""
        below = self._below(at)[0]
        return self._under.start(below) if self._under else below

    def end(self, at: int) -> int:
        """Return where the code point before `at` ends in the document; 0 for 0."""
        if at == 0:
            return 0
        below = self._below(at - 1)[1]
        return self._under.end(below) if self._under else below

    def placed(self, at: int) -> int:
        """Return where a code point of the document stands in the view, or what follows it."""
        below = self._under.placed(at) if self._under else at
        index = bisect_right(self._begins, below) - 1
        if index < 0:
            return 0
        begin, end = self._begins[index], self._ends[index]
        if self._copied[index]:
            return self._views[index] + min(below, end) - begin
        following = [*self._views[index + 1 : index + 2], len(self.text)][0]
        return following if below >= end else self._views[index]

    def _below(self, at: int) -> tuple[int, int]:
        index = bisect_right(self._views, at) - 1
        if index < 0:
            return at, at
        begin = self._begins[index]
        if not self._copied[index]:
            return begin, self._ends[index]
        begin += at - self._views[index]
        return begin, begin + 1
