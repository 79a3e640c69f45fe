"""Offsets of a text that was changed, and what a record holds by them."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import TypeVar

from kcsp_nlp.records import Action, Decision, Evidence, Purpose, Ranged, Span
from kcsp_nlp.redaction.finding import Region, replaced

_Said = TypeVar("_Said", Action, Decision, Evidence)


class Moved:
    """A text with regions replaced.

    Attributes:
        text: The new text.

    Args:
        text: The text as it was.
        regions: In order, not overlapping.
    """

    def __init__(self, text: str, regions: Sequence[Region]) -> None:
        self.text = replaced(text, regions)
        self._regions = regions
        self._starts = [region.start for region in regions]
        self._grown = [0]  # code points by which the text grew up to each region
        for start, end, new in regions:
            self._grown.append(self._grown[-1] + len(new) - (end - start))

    def start(self, at: int) -> int:
        """Return where a code point stands now; within a region, where what replaced it begins."""
        index = bisect_right(self._starts, at) - 1
        if index >= 0 and at < self._regions[index].end:
            return self._regions[index].start + self._grown[index]
        return at + self._grown[index + 1]

    def end(self, at: int) -> int:
        """Return where a stretch that ended at `at` ends now; within a region, at its end."""
        index = bisect_right(self._starts, at - 1) - 1
        if index >= 0 and at <= self._regions[index].end:
            return self._regions[index].end + self._grown[index + 1]
        return at + self._grown[index + 1]

    def is_touched(self, held: Ranged) -> bool:
        """Whether something in a stretch was replaced."""
        index = bisect_right(self._starts, held.end - 1) - 1
        return index >= 0 and self._regions[index].end > held.start

    def is_cut(self, held: Ranged) -> bool:
        """Whether a region holds a stretch, or an end of it."""
        return any(
            start <= held.start < end or start < held.end <= end
            if not (held.start <= start and end <= held.end)
            else held.start == start and held.end == end
            for start, end, _ in self._near(held)
        )

    def said(self, found: Iterable[_Said]) -> Iterator[_Said]:
        """Yield statements where they stand now; what nothing is left of is left out."""
        for each in found:
            start, end = self.start(each.start), self.end(each.end)
            yield each.model_copy(update={"start": start, "end": end, "text": self.text[start:end]})

    def spans(self, found: Iterable[Span], clean: Callable[[str], str]) -> Iterator[Span]:
        """Yield mentions of other things than people where they stand now.

        A mention that is partly somebody's name is left out; one that holds a name ("Ada Quill
        Trust") loses what it was resolved to, since that says the name too.

        Args:
            found: Sorted, not overlapping.
            clean: Takes names out of a text.
        """
        for span in found:
            if span.label == "PERSON" or self.is_cut(span):
                continue
            start, end = self.start(span.start), self.end(span.end)
            changed: dict[str, object] = {
                "start": start,
                "end": end,
                "text": self.text[start:end],
                "canonical": clean(span.canonical) if span.canonical else span.canonical,
            }
            if self.is_touched(span) or changed["canonical"] != span.canonical:
                changed |= {"canonical": None, "id": None}
            if span.label == "MONEY" and span.purpose:
                changed["purpose"] = self._purpose(span.purpose)
            yield span.model_copy(update=changed)

    def _purpose(self, purpose: Purpose) -> Purpose:
        start, end = self.start(purpose.start), self.end(purpose.end)
        known = None if self.is_touched(purpose) else purpose.id
        return Purpose(start=start, end=end, text=self.text[start:end], id=known)

    def _near(self, held: Ranged) -> Iterator[Region]:
        index = max(bisect_right(self._starts, held.start) - 1, 0)
        while index < len(self._regions) and self._regions[index].start < held.end:
            if self._regions[index].end > held.start:
                yield self._regions[index]
            index += 1
