"""Where things stand in the file: offsets into a document's text as pages."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from typing import TypeVar

from kcsp_nlp.reading.document import PageStart
from kcsp_nlp.records import Action, Affiliation, Attendee, Decision, Span

_Placed = TypeVar("_Placed", Span, Affiliation, Attendee, Decision, Action)


class Pages:
    """The pages of one document; none for a format without pages.

    Args:
        starts: Where each page begins in the text, in order.
    """

    def __init__(self, starts: Sequence[PageStart]) -> None:
        self._numbers = [page.number for page in starts]
        self._starts = [page.start for page in starts]

    def of(self, offset: int) -> int | None:
        """Return the page that holds a code point of the text; None where there are no pages."""
        if not self._starts:
            return None
        return self._numbers[max(bisect_right(self._starts, offset) - 1, 0)]

    def place(self, found: Iterable[_Placed], by: int = 0) -> tuple[_Placed, ...]:
        """Say of things which page they begin on, and move them.

        Args:
            found: Things with offsets into the document's text.
            by: How many code points to move them on.
        """
        if not self._starts:  # as most: then nothing has a page
            return tuple(each.shifted(by) for each in found)
        return tuple(
            each.model_copy(update={"page": self.of(each.start)}).shifted(by) for each in found
        )
