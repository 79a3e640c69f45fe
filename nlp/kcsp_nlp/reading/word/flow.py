"""A run of paragraphs and tables, one after another: of a body, a cell or a text box."""

from __future__ import annotations

from collections.abc import Sequence

from kcsp_nlp.reading.blocks import Block, Heading, ListItem, Paragraph, Table
from kcsp_nlp.reading.word.asides import Asides
from kcsp_nlp.reading.word.paragraphs import Draft, finish

# Twentieths of a point between two paragraphs, above which a reader sees them apart.
_APART = 80


class Flow:
    """Puts blocks one after another.

    Args:
        asides: Takes what is no part of the text.
    """

    def __init__(self, asides: Asides) -> None:
        self._asides = asides
        self._blocks: list[Block] = []
        self._above: Draft | None = None  # the paragraph right above, no blank one between
        self._open: Draft | None = None  # one whose end was deleted

    def add(self, draft: Draft, *, is_contents: bool = False) -> None:
        """Add a paragraph."""
        self._asides.end()
        if self._open is not None:
            draft.continue_with(self._open)
            self._open = None
        if draft.is_joined:
            self._open = draft
            return
        block = finish(draft, close=self._is_close(draft))
        if is_contents and block is not None:
            self._asides.add("navigation", _said(block), draft.page)
            self._asides.end()
        elif block is not None:
            self._blocks.append(block)
        self._above = draft if block is not None else None
        if draft.boxes:
            self.extend(draft.boxes)

    def extend(self, blocks: Sequence[Block]) -> None:
        """Add blocks that are no paragraphs of this flow."""
        self._blocks.extend(blocks)
        self._above = None

    def finish(self) -> list[Block]:
        """Return all blocks."""
        if self._open is not None:
            self._open.is_joined = False
            self.add(Draft(self._open.style))
        return self._blocks

    def _is_close(self, draft: Draft) -> bool:
        above = self._above
        if above is None or not self._blocks:
            return False
        alike = above.style == draft.style
        after = 0 if above.spacing.contextual and alike else above.spacing.after or 0
        before = 0 if draft.spacing.contextual and alike else draft.spacing.before or 0
        return max(after, before) <= _APART


def _said(block: Block) -> str:
    match block:
        case Heading() | Paragraph():
            return block.text
        case ListItem():
            return f"{block.marker} {block.text}"
        case Table():
            return ""
