"""Which page of a document something stands on, as far as the file says so."""

from __future__ import annotations

from xml.etree.ElementTree import Element

from kcsp_nlp.reading.word.markup import switch, value

_SAME_PAGE = frozenset({"continuous", "nextColumn"})


class Pagination:
    """Counts pages: those that Word laid out last, else those that the author began.

    Args:
        body: Of the document.
    """

    def __init__(self, body: Element) -> None:
        self._is_rendered = next(body.iter("lastRenderedPageBreak"), None) is not None
        breaks = (_is_break(each) for each in body.iter("br"))
        before = (switch(each, "pageBreakBefore") for each in body.iter("pPr"))
        self.is_guess = not self._is_rendered and (any(breaks) or any(before))
        self.page: int | None = 1 if self._is_rendered or self.is_guess else None

    def turn(self, element: Element) -> bool:
        """Tell whether an element begins a page, and count it."""
        if element.tag == "lastRenderedPageBreak":
            turns = self._is_rendered
        else:
            turns = self.is_guess and _is_break(element)
        return self._next() if turns else False

    def turn_before(self, properties: Element | None) -> None:
        """Count the page that a paragraph begins by its properties."""
        if self.is_guess and switch(properties, "pageBreakBefore") and self.page != 1:
            self._next()

    def turn_after(self, properties: Element | None) -> None:
        """Count the page that begins behind a paragraph that ends a section."""
        section = properties.find("sectPr") if properties is not None else None
        if self.is_guess and section is not None and value(section, "type") not in _SAME_PAGE:
            self._next()

    def _next(self) -> bool:
        if self.page is None:
            return False
        self.page += 1
        return True


def _is_break(element: Element) -> bool:
    return element.tag == "br" and element.get("type") == "page"
