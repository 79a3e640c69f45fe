"""One story of a document, its body, a header or a note: elements into blocks, in order.

Elements are gone through with a stack of our own: how deep they are nested is the file's choice.
Revisions are read as accepted.
"""

from __future__ import annotations

from collections.abc import Callable
from xml.etree.ElementTree import Element

from kcsp_nlp.reading.blocks import Block
from kcsp_nlp.reading.word.flow import Flow
from kcsp_nlp.reading.word.inline import CLOSINGS, LEAVES, OPENINGS, Inline
from kcsp_nlp.reading.word.markup import number, switch, value
from kcsp_nlp.reading.word.paragraphs import Draft
from kcsp_nlp.reading.word.revisions import is_deleted_cell, is_deleted_row, is_end_deleted
from kcsp_nlp.reading.word.styles import Spacing, outline_level
from kcsp_nlp.reading.word.tables import Cell, TableDraft
from kcsp_nlp.reading.word.words import Words

# Elements whose inside is no text, besides all properties ("pPr").
_SKIPPED = frozenset(
    {"instrText", "delInstrText", "fldData", "tblGrid", "rt", "mc-Fallback", "binData"}
)


class Story:
    """Reads one story.

    Args:
        words: What it shares with the other stories of its document.
        is_paged: Whether its pages are counted.
    """

    def __init__(self, words: Words, *, is_paged: bool = False) -> None:
        self._words = words
        self._pagination = words.pagination if is_paged else None
        self._inline = Inline(words, is_paged=is_paged)
        self._flows: list[Flow] = []
        self._tables: list[TableDraft] = []

    def read(self, root: Element) -> list[Block]:
        """Read all below an element."""
        self._flows.append(Flow(self._words.asides))
        stack = [(root, iter(root))]
        while stack:
            element, rest = stack[-1]
            child = next(rest, None)
            if child is not None:
                inner = self._begin(child)
                if inner is not None:
                    stack.append((child, iter(inner)))
                continue
            stack.pop()
            if stack:
                self._end(element)
        return self._flows.pop().finish()

    def _begin(self, element: Element) -> Element | None:
        """Begin an element; return what to go through below it, None for nothing."""
        tag = element.tag
        if leaf := LEAVES.get(tag):
            leaf(self._inline, element)
            return None
        if opening := OPENINGS.get(tag):
            opening(self._inline, element)
            return element
        if begin := _BEGINS.get(tag):
            return begin(self, element)
        return None if tag in _SKIPPED or tag.endswith("Pr") else element

    def _end(self, element: Element) -> None:
        if closing := CLOSINGS.get(element.tag):
            closing(self._inline, element)
        elif end := _ENDS.get(element.tag):
            end(self, element)

    # Paragraphs

    def _begin_paragraph(self, element: Element) -> Element:
        properties = element.find("pPr")
        style = self._words.styles.paragraph(value(properties, "pStyle"))
        own = outline_level(properties)
        if self._pagination:
            self._pagination.turn_before(properties)
        draft = Draft(
            style=style,
            level=style.level if own is None else own or None,
            spacing=Spacing.of(properties).over(style.spacing),
            page=self._inline.page,
            is_joined=is_end_deleted(element),
        )
        self._inline.drafts.append(draft)
        return element

    def _end_paragraph(self, element: Element) -> None:
        draft = self._inline.end_paragraph()
        properties = element.find("pPr")
        flow = self._flows[-1]
        is_gone = bool(self._inline.removed) or _is_hidden(properties, draft)
        if not (draft.is_joined or is_gone):
            numbers = properties.find("numPr") if properties is not None else None
            level = number(value(numbers, "ilvl"))
            list_id = value(numbers, "numId")
            if list_id is None:
                list_id = draft.style.list_id
                level = draft.style.list_level if level is None else level
            elif level is None:
                level = draft.style.list_level
            draft.marker = self._words.numbering.mark(list_id, level, draft.style.lineage)
        flow.add(draft, is_contents=self._inline.contents > 0 or draft.style.is_contents)
        if self._words.read_note:
            for note in draft.notes:
                flow.extend(self._words.read_note(*note))
        if self._pagination:
            self._pagination.turn_after(properties)

    def _alternatives(self, element: Element) -> Element | None:
        """Choose one of several forms of the same: the first, as newer programs do."""
        for choice in element.findall("mc-Choice"):
            if next(choice.iter("txbxContent"), None) is not None:
                return choice
        fallback = element.find("mc-Fallback")
        return fallback if fallback is not None else element.find("mc-Choice")

    def _begin_box(self, element: Element) -> Element:
        self._flows.append(Flow(self._words.asides))
        return element

    def _end_box(self, _: Element) -> None:
        blocks = self._flows.pop().finish()
        if self._inline.drafts:
            self._inline.drafts[-1].boxes.extend(blocks)
        else:
            self._flows[-1].extend(blocks)

    def _watermark(self, element: Element) -> None:
        self._words.asides.end()
        self._words.asides.add("watermark", element.get("string", ""), self._inline.page)
        self._words.asides.end()

    def _foreign(self, _: Element) -> None:
        self._words.has_foreign = True

    # Tables

    def _begin_table(self, element: Element) -> Element:
        self._tables.append(TableDraft())
        return element

    def _end_table(self, _: Element) -> None:
        table = self._tables.pop().finish()
        if table is not None:
            self._flows[-1].extend([table])

    def _begin_row(self, element: Element) -> Element | None:
        if not self._tables:
            return element
        if is_deleted_row(element):
            self._inline.removed.append("deletion")
        before = number(value(element.find("trPr"), "gridBefore")) or 0
        self._tables[-1].begin_row(before, self._inline.page)
        return element

    def _end_row(self, element: Element) -> None:
        if self._tables and is_deleted_row(element):
            self._inline.removed.pop()

    def _begin_cell(self, element: Element) -> Element:
        if is_deleted_cell(element):
            self._inline.removed.append("deletion")
        self._flows.append(Flow(self._words.asides))
        return element

    def _end_cell(self, element: Element) -> None:
        blocks = self._flows.pop().finish()
        if is_deleted_cell(element):
            self._inline.removed.pop()
        if not self._tables:
            self._flows[-1].extend(blocks)
            return
        span = number(value(element.find("tcPr"), "gridSpan")) or 1
        self._tables[-1].add(Cell(max(span, 1), blocks))


def _is_hidden(properties: Element | None, draft: Draft) -> bool:
    mark = properties.find("rPr") if properties is not None else None
    return draft.is_blank and bool(switch(mark, "vanish"))


_BEGINS: dict[str, Callable[[Story, Element], Element | None]] = {
    "p": Story._begin_paragraph,
    "mc-AlternateContent": Story._alternatives,
    "txbxContent": Story._begin_box,
    "v-textpath": Story._watermark,
    "altChunk": Story._foreign,
    "tbl": Story._begin_table,
    "tr": Story._begin_row,
    "tc": Story._begin_cell,
}
_ENDS: dict[str, Callable[[Story, Element], None]] = {
    "p": Story._end_paragraph,
    "txbxContent": Story._end_box,
    "tbl": Story._end_table,
    "tr": Story._end_row,
    "tc": Story._end_cell,
}
