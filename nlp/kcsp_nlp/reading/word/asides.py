"""What is no part of the text, collected while it is read."""

from __future__ import annotations

from kcsp_nlp.reading.document import Aside, AsideKind

_REASONS: dict[AsideKind, str] = {
    "header": "stands at the top of each page of a section",
    "footer": "stands at the foot of each page of a section",
    "page_number": "number of the page",
    "watermark": "stands behind the text of each page",
    "comment": "comment in the margin",
    "deletion": "deleted in a tracked change",
    "hidden": "formatted as hidden, or a prompt that nobody filled in",
    "navigation": "table of contents",
}


class Asides:
    """Collects what is set aside; pieces of one paragraph that follow each other are one."""

    def __init__(self) -> None:
        self.found: list[Aside] = []
        self._open: tuple[AsideKind, list[str], int | None] | None = None

    def add(self, kind: AsideKind, text: str, page: int | None = None) -> None:
        """Set a piece of a paragraph aside."""
        if self._open is None or self._open[0] != kind:
            self.end()
            self._open = (kind, [], page)
        self._open[1].append(text)

    def end(self) -> None:
        """Note that a paragraph ends."""
        if self._open is not None:
            kind, pieces, page = self._open
            text = "".join(pieces).strip()
            if text:
                self.found.append(Aside(kind=kind, text=text, page=page, reason=_REASONS[kind]))
        self._open = None
