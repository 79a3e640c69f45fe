"""What a paragraph holds while it is read, and the block that it becomes."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import TypeVar

from kcsp_nlp.reading.blocks import Block, Heading, ListItem, Paragraph
from kcsp_nlp.reading.word.numbering import Marker
from kcsp_nlp.reading.word.styles import Look, Spacing, Style

# Authors give whole paragraphs a heading's style for its number: those are no headings.
_LONGEST_HEADING = 200
# Authors underline headings; what is longer is text.
_LONGEST_UNDERLINED = 120
# A number of several levels, whose depth needs no indent: "3.1", "12.4.2"; not "3.".
_SEVERAL_LEVELS = re.compile(r"\d+\.\d+")
# White space at a line's end, and what is invisible: a soft hyphen, zero width spaces.
_LINE_ENDS = re.compile(r"[ \t\xa0]+(?=\n|\Z)")
_INVISIBLE = str.maketrans("", "", "\xad\u200b\u2060\ufeff")
_T = TypeVar("_T")
_FEWEST_STRONG = 2  # letters of a stretch worth a mark


@dataclass(frozen=True)
class Piece:
    """A stretch of a paragraph's text of one look."""

    text: str
    look: Look


@dataclass
class Draft:
    """A paragraph while it is read.

    Attributes:
        style: Of the paragraph.
        level: Level of a heading; None for none.
        marker: Its automatic number or bullet; None for none.
        spacing: White space around it.
        pieces: Its text so far.
        page: Page it begins on; None where the file has no pages.
        turns: Where further pages begin, as (offset in the text as collected, page).
        boxes: What stands in text boxes anchored to it.
        notes: Notes that it refers to, as (kind, id, mark).
        is_joined: Whether the end of the paragraph was deleted: the next one goes on with it.
        length: Code points collected so far.
        is_blank: Whether nothing but white space was collected.
    """

    style: Style
    level: int | None = None
    marker: Marker | None = None
    spacing: Spacing = field(default_factory=Spacing)
    pieces: list[Piece] = field(default_factory=list)
    page: int | None = None
    turns: list[tuple[int, int]] = field(default_factory=list)
    boxes: list[Block] = field(default_factory=list)
    notes: list[tuple[str, str, str]] = field(default_factory=list)
    is_joined: bool = False

    length: int = 0
    is_blank: bool = True

    def add(self, piece: Piece) -> None:
        """Add a stretch of text."""
        self.pieces.append(piece)
        self.length += len(piece.text)
        self.is_blank = self.is_blank and not piece.text.strip()

    def continue_with(self, other: Draft) -> None:
        """Put what another draft holds before this one: its end was deleted."""
        turns = ((offset + other.length, page) for offset, page in self.turns)
        self.pieces, self.turns = _joined(other.pieces, self.pieces), _joined(other.turns, turns)
        self.boxes, self.notes = _joined(other.boxes, self.boxes), _joined(other.notes, self.notes)
        self.length += other.length
        self.is_blank = self.is_blank and other.is_blank
        self.page = other.page


def _joined(first: list[_T], second: Iterable[_T]) -> list[_T]:
    """Put one list behind another, in place: a file may join any number of paragraphs."""
    first.extend(second)
    return first


def finish(draft: Draft, *, close: bool) -> Block | None:
    """Make a block of a paragraph.

    Args:
        draft: The paragraph.
        close: Whether no white space parts it from the one before.

    Returns:
        The block; None where the paragraph says nothing.
    """
    text, offsets = _clean(draft.pieces)
    shown = draft.marker.text if draft.marker else ""
    if not text.strip():
        # A number alone is said by Word, not written: cells of a column "No." are such.
        alone = bool(draft.marker and draft.marker.is_number and shown)
        return Paragraph(shown, page=draft.page) if alone else None
    if shown:  # the marker sets it apart
        lead = len(text) - len(text.lstrip())
        text, offsets = text[lead:], [max(at - lead, 0) for at in offsets]
    is_short = len(text) <= _LONGEST_HEADING
    if draft.level is not None and is_short:
        number = f"{shown} " if draft.marker and draft.marker.is_number and shown else ""
        return Heading(number + " ".join(text.split()), draft.level, draft.page)
    turns = tuple((_moved(offset, offsets), page) for offset, page in draft.turns)
    bold = _is_emphasised(draft.pieces, short=len(text) <= _LONGEST_UNDERLINED)
    strong = () if bold else _strong(draft.pieces, offsets)
    if draft.marker and shown:
        depth = 0 if _SEVERAL_LEVELS.match(shown) else draft.marker.level
        return ListItem(text, shown, depth, bold, draft.page, turns, strong, close)
    return Paragraph(text, bold, draft.page, turns, strong, close)


def _clean(pieces: Sequence[Piece]) -> tuple[str, list[int]]:
    """Return the text as it is kept, and where each collected code point stands in it."""
    raw = "".join(piece.text for piece in pieces)
    kept = [True] * len(raw)
    for match in _LINE_ENDS.finditer(raw):
        kept[match.start() : match.end()] = [False] * (match.end() - match.start())
    for at, letter in enumerate(raw):
        if ord(letter) in _INVISIBLE:
            kept[at] = False
    bare = raw.strip()
    if not bare:
        return "", [0] * (len(raw) + 1)
    # White space before the first word sets columns and lists apart; an empty line does not.
    first = raw.rfind("\n", 0, raw.index(bare)) + 1
    last = len(raw.rstrip())
    offsets: list[int] = []
    letters: list[str] = []
    for at, letter in enumerate(raw):
        offsets.append(len(letters))
        if first <= at < last and kept[at]:
            letters.append(letter)
    offsets.append(len(letters))
    return "".join(letters), offsets


def _moved(offset: int, offsets: Sequence[int]) -> int:
    return offsets[min(offset, len(offsets) - 1)]


def _is_emphasised(pieces: Sequence[Piece], *, short: bool) -> bool:
    """Whether all of a paragraph is bold, or it is short and all underlined."""
    said = [piece.look for piece in pieces if piece.text.strip()]
    return all(look.bold for look in said) or (short and all(look.underline for look in said))


def _strong(pieces: Sequence[Piece], offsets: Sequence[int]) -> tuple[tuple[int, int], ...]:
    """Return which stretches of the kept text are bold, as (start, end)."""
    found: list[tuple[int, int]] = []
    at = 0
    for piece in pieces:
        end = at + len(piece.text)
        start, stop = _moved(at, offsets), _moved(end, offsets)
        blank = not piece.text.strip()
        if stop > start and (piece.look.bold or (blank and found and found[-1][1] == start)):
            if found and found[-1][1] == start:
                found[-1] = (found[-1][0], stop)
            elif piece.look.bold:
                found.append((start, stop))
        at = end
    return tuple((start, end) for start, end in found if end - start >= _FEWEST_STRONG)
