"""What is marked in a text, and the elements around it, however the marks lie."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from markupsafe import Markup, escape

from kcsp_nlp.dashboard.text.inline import runs


class Mark(NamedTuple):
    """A stretch of the text that has an element of its own.

    Attributes:
        start: Its first code point.
        end: One past the last.
        element: The element's name: `a`, `span`.
        attributes: Of the element, each with a space before it.
        anchor: The element's `id`; of its first part where lines or other marks divide it.
    """

    start: int
    end: int
    element: str
    attributes: Markup
    anchor: str


_BOLD = Mark(0, 0, "strong", Markup(), "")
_ITALIC = Mark(0, 0, "em", Markup(), "")


class _Layer:
    """The marks of one kind, which are asked for in the order of the text."""

    def __init__(self, marks: Sequence[Mark]) -> None:
        self.marks: list[Mark] = []
        last = 0
        for mark in sorted(marks, key=lambda mark: (mark.start, mark.end)):
            # Marks of a kind do not overlap, in minutes; what another one covers is an anchor.
            start = max(mark.start, last)
            last = max(last, mark.end)
            self.marks.append(mark._replace(start=start, end=max(start, mark.end)))
        self._next = 0
        self.opened = -1  # the last one that was written

    def at(self, place: int, missed: list[str]) -> Mark | None:
        """Return what covers a place; anchors of those that nothing was written of are missed."""
        while self._next < len(self.marks) and self.marks[self._next].end <= place:
            if self._next > self.opened:
                missed.append(self.marks[self._next].anchor)
            self._next += 1
        if self._next == len(self.marks) or self.marks[self._next].start > place:
            return None
        return self.marks[self._next]

    def first(self) -> bool:
        """Say whether what was just returned is returned for the first time."""
        fresh = self._next > self.opened
        self.opened = self._next
        return fresh


class Writer:
    """Writes stretches of a text, in its order, as HTML.

    Args:
        text: The whole text.
        layers: The marks, the outermost kind first: a kind divides those behind it.
        soft: Newlines that are no more than a space.
    """

    def __init__(self, text: str, layers: Sequence[Sequence[Mark]], soft: set[int]) -> None:
        self._text = text
        self._soft = soft
        self._layers = [_Layer(marks) for marks in layers]
        edges = {edge for layer in self._layers for mark in layer.marks for edge in mark[:2]}
        self._edges = sorted(edges)
        self._edge = 0
        self._missed: list[str] = []
        self._open: list[Mark] = []

    def inline(self, start: int, end: int, *, typed: bool = False) -> Markup:
        """Write text[start:end] and the elements in it.

        Args:
            start: Not before the end of what was written before.
            end: Of the stretch.
            typed: Whether the page keeps newlines as they are.
        """
        parts: list[str] = []
        for run in runs(self._text, start, end):
            style = [mark for mark, on in ((_BOLD, run.bold), (_ITALIC, run.italic)) if on]
            at = run.start
            if run.broken:
                parts.append("<br>\n")
            while at < run.end:
                self._turn(at, style, parts)
                upto = min(run.end, self._edge_after(at))
                parts.append(self._written(at, upto, typed))
                at = upto
        self._close(0, parts)
        return Markup("".join(parts))  # noqa: S704 - each part is escaped

    def rest(self) -> Markup:
        """Return the anchors of what was marked where nothing is seen."""
        parts: list[str] = []
        for layer in self._layers:
            layer.at(len(self._text) + max((m.end for m in layer.marks), default=0), self._missed)
        self._anchor(parts)
        return Markup("".join(parts))  # noqa: S704 - each part is escaped

    def _edge_after(self, place: int) -> int:
        while self._edge < len(self._edges) and self._edges[self._edge] <= place:
            self._edge += 1
        return self._edges[self._edge] if self._edge < len(self._edges) else len(self._text)

    def _turn(self, place: int, style: list[Mark], parts: list[str]) -> None:
        """Close and open elements, so that those are open that a place stands in."""
        wanted = [(layer.at(place, self._missed), layer) for layer in self._layers]
        marks = [mark for mark, _ in wanted if mark] + style
        same = 0
        while same < min(len(marks), len(self._open)) and marks[same] is self._open[same]:
            same += 1
        self._close(same, parts)
        self._anchor(parts)
        fresh = {id(mark) for mark, layer in wanted if mark and layer.first()}
        for mark in marks[same:]:
            anchor = f' id="{escape(mark.anchor)}"' if id(mark) in fresh else ""
            parts.append(f"<{mark.element}{mark.attributes}{anchor}>")
            self._open.append(mark)

    def _close(self, keep: int, parts: list[str]) -> None:
        while len(self._open) > keep:
            parts.append(f"</{self._open.pop().element}>")

    def _anchor(self, parts: list[str]) -> None:
        parts.extend(f'<span id="{escape(anchor)}"></span>' for anchor in self._missed)
        self._missed.clear()

    def _written(self, start: int, end: int, typed: bool) -> str:
        said = self._text[start:end]
        if typed or "\n" not in said:
            return str(escape(said))
        parts = []
        for line in said.split("\n")[:-1]:
            start += len(line)
            parts.append(f"{escape(line)}{'' if start in self._soft else '<br>'}\n")
            start += 1
        parts.append(str(escape(said.rpartition("\n")[2])))
        return "".join(parts)
