"""Text inside paragraphs: runs and their look, fields, revisions, prompts of content controls."""

from __future__ import annotations

from collections.abc import Callable
from xml.etree.ElementTree import Element

from kcsp_nlp.reading.document import AsideKind
from kcsp_nlp.reading.word.markup import switch, value
from kcsp_nlp.reading.word.numerals import numeral
from kcsp_nlp.reading.word.paragraphs import Draft, Piece
from kcsp_nlp.reading.word.revisions import REMOVED
from kcsp_nlp.reading.word.styles import Look
from kcsp_nlp.reading.word.symbols import plain, symbol
from kcsp_nlp.reading.word.words import Words

_NOTES = {"footnoteReference": "footnote", "endnoteReference": "endnote"}
_HEX = 16
_LONGEST_CODE = 6  # digits of a character's code


class Inline:
    """Adds text to the paragraph that is read, or sets it aside.

    Args:
        words: What all stories of a document share.
        is_paged: Whether pages are counted.

    Attributes:
        drafts: The open paragraphs, a text box's inside the one it is anchored to.
        removed: Why what is read was removed, outermost first; empty where it was not.
        contents: How many open content controls hold the table of contents.
    """

    def __init__(self, words: Words, *, is_paged: bool) -> None:
        self._words = words
        self._pagination = words.pagination if is_paged else None
        self._looks: list[Look] = []
        self._codes: list[bool] = []  # of open fields: whether their code or their result follows
        self._prompts = 0
        self._marks: dict[str, int] = {}
        self.drafts: list[Draft] = []
        self.removed: list[str] = []
        self.contents = 0

    @property
    def page(self) -> int | None:
        """Page that has been come to; None where there are none."""
        return self._pagination.page if self._pagination else None

    def end_paragraph(self) -> Draft:
        """Close a paragraph."""
        # Codes of fields do not go on in the next; those of broken fields may not hide it.
        self._codes = [False] * len(self._codes)
        return self.drafts.pop()

    def _begin_run(self, element: Element) -> None:
        look = self.drafts[-1].style.look if self.drafts else Look()
        properties = element.find("rPr")
        if properties is not None:
            styled = self._words.styles.character(value(properties, "rStyle"))
            look = Look.of(properties).over(styled.toggled(look) if styled else look)
        self._looks.append(look)

    def _end_run(self, _: Element) -> None:
        self._looks.pop()

    def _add(self, text: str) -> None:
        if not self.drafts or not text or any(self._codes):
            return
        look = self._looks[-1] if self._looks else Look()
        text = plain(text, look.font)
        kind = self._set_aside_as(look)
        if kind is not None:
            self._words.asides.add(kind, text, self.page)
        elif "moved" not in self.removed:
            self.drafts[-1].add(Piece(text, look))

    def _set_aside_as(self, look: Look) -> AsideKind | None:
        if self.removed:
            return None if "moved" in self.removed else "deletion"
        return "hidden" if look.vanish or self._prompts else None

    def _symbol(self, element: Element) -> None:
        code = element.get("char", "")
        if code and len(code) <= _LONGEST_CODE and set(code) <= set("0123456789abcdefABCDEF"):
            self._add(symbol(int(code, _HEX) % 0x10000, element.get("font")))

    def _break(self, element: Element) -> None:
        if self._pagination and self._pagination.turn(element) and self.drafts:
            draft = self.drafts[-1]
            page = self._pagination.page or 1
            if draft.is_blank:
                draft.page = page
            else:
                draft.turns.append((draft.length, page))
        if element.tag != "lastRenderedPageBreak":
            self._add("\n")

    def _note(self, element: Element) -> None:
        kind = _NOTES[element.tag]
        if self._words.read_note is None or not self.drafts or self.removed:
            return
        self._marks[kind] = self._marks.get(kind, 0) + 1
        mark = numeral(self._marks[kind], "lowerRoman" if kind == "endnote" else "decimal")
        self._add(f"[{mark}]")
        self.drafts[-1].notes.append((kind, element.get("id", ""), mark))

    def _field(self, element: Element) -> None:
        kind = element.get("fldCharType")
        if kind == "begin":
            box = element.find("ffData/checkBox")
            if box is not None:
                ticked = switch(box, "checked")
                self._add("☒" if (switch(box, "default") if ticked is None else ticked) else "☐")
            self._codes.append(True)
        elif self._codes and kind == "separate":
            self._codes[-1] = False
        elif self._codes and kind == "end":
            self._codes.pop()

    def _begin_removed(self, element: Element) -> None:
        self.removed.append(REMOVED[element.tag])

    def _end_removed(self, _: Element) -> None:
        self.removed.pop()

    def _begin_control(self, element: Element) -> None:
        prompts, contents = _control(element)
        self._prompts += prompts
        self.contents += contents

    def _end_control(self, element: Element) -> None:
        prompts, contents = _control(element)
        self._prompts -= prompts
        self.contents -= contents

    def _text(self, element: Element) -> None:
        self._add(_TEXTS[element.tag] or element.text or "")


def _control(element: Element) -> tuple[bool, bool]:
    """Return whether a content control shows a prompt, and whether it holds the contents list."""
    properties = element.find("sdtPr")
    part = properties.find("docPartObj") if properties is not None else None
    gallery = value(part, "docPartGallery")
    return bool(switch(properties, "showingPlcHdr")), gallery == "Table of Contents"


# Elements that are text: as written here, or what stands in them.
_TEXTS = {
    "t": "",
    "m-t": "",
    "delText": "",
    "tab": "\t",
    "ptab": "\t",
    "cr": "\n",
    "noBreakHyphen": "-",
}
_Handler = Callable[[Inline, Element], None]
# Elements that are read as a whole, those that begin something, and where it ends.
LEAVES: dict[str, _Handler] = {
    **dict.fromkeys(_TEXTS, Inline._text),
    "sym": Inline._symbol,
    "br": Inline._break,
    "lastRenderedPageBreak": Inline._break,
    "footnoteReference": Inline._note,
    "endnoteReference": Inline._note,
    "fldChar": Inline._field,
}
OPENINGS: dict[str, _Handler] = {
    "r": Inline._begin_run,
    "del": Inline._begin_removed,
    "moveFrom": Inline._begin_removed,
    "sdt": Inline._begin_control,
}
CLOSINGS: dict[str, _Handler] = {
    "r": Inline._end_run,
    "del": Inline._end_removed,
    "moveFrom": Inline._end_removed,
    "sdt": Inline._end_control,
}
