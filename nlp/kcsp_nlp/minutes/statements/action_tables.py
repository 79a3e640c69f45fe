"""Actions in tables: an action log with its owners, or minutes with a column of initials."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from kcsp_nlp.minutes.statements import owners
from kcsp_nlp.minutes.statements.aligned import guess_heads
from kcsp_nlp.minutes.statements.column_heads import Heads, read_heads
from kcsp_nlp.minutes.statements.paragraphs import Paragraph
from kcsp_nlp.minutes.statements.sentences import sentences

# "KN to circulate the draft"; not "Noted".
_TO_DO = re.compile(r"(?P<who>[^.;:]{2,60}?)\s+to\s+[a-z]")
# "KN – returns", "Bo: letter", "JA Knife Bin"; not "Noted".
_OWNED = re.compile(
    r"(?P<who>[^.;:–—]{2,60}?)(?:\s[–—-]\s|:\s)\s*\S|(?P<initials>[A-Z]{2,4})\s+[A-Z][a-z]"
)
# "KN"; not "Kate".
_INITIALS = re.compile(r"[A-Z]{2,4}")
# In an action column where there is none: "None", "N/A", "–", "Noted."; not "None to attend".
_NOTHING = re.compile(
    r"(?:none|nil|n/?a|noted|for\s+(?:info\w*|noting)|no\s+action\w*)?\W*", re.IGNORECASE
)
# Labels a box: "ACTIONS", "Action:", "ACTION 2"; not "Action log".
_BOX = re.compile(r"(?:ACTIONS?|Actions?)(?:\s+\d[\w/.]*)?\s*:?")
_FEWEST_WORDS = 3  # of what an owner in the margin is to do: "Amber" is nothing to be done
_MOST_GAP = 2  # lines between two rows of one table


@dataclass(frozen=True, slots=True)
class Row:
    """One thing to do in a table.

    Attributes:
        start: First code point of what is to be done.
        end: One past its last.
        owners: Who is to do it, as printed; None where the text itself may say so.
        due: The text of the cell that says by when; empty for none.
    """

    start: int
    end: int
    owners: tuple[str, ...] | None
    due: str = ""


class Tables:
    """Reads a document's table rows in order; a head serves all parts its table runs through."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._head = Heads()
        self._last_row = -2
        self._in_box = False

    def read(self, paragraphs: Sequence[Paragraph]) -> list[Row]:
        """Return what is to be done in the rows among the paragraphs of one part."""
        found: list[Row] = []
        rows = list(_rows(paragraphs))
        for at, ((row, cells), (following, _)) in enumerate(pairwise([*rows, (-1, [])])):
            begins = row > self._last_row + _MOST_GAP
            if begins:
                self._head = self._guess(rows, at) if cells[0].is_aligned else Heads()
            self._last_row = row
            if self._is_box(cells, begins=begins):
                found.extend(Row(cell.start, cell.end, None) for cell in self._boxed(cells))
                continue
            head = self._read_head(cells)
            if head is not None:
                self._head = head
            elif self._head.owner is not None and self._head.action is not None:
                found.extend(self._log_row(cells))
            elif not (self._head.is_plan or (begins and following == row + _MOST_GAP)):
                # no plan of coming meetings, and no unread head with a rule below it
                found.extend(self._margin_row(cells))
        return found

    def _is_box(self, cells: Sequence[Paragraph], *, begins: bool) -> bool:
        """Say whether a row belongs to a box: "| ACTION |", or "| Action: | KN to sign |"."""
        is_label = _BOX.fullmatch(self._text, cells[0].start, cells[0].end) is not None
        is_one = cells[0].column == cells[-1].column
        if begins or not is_one:
            self._in_box = is_label and is_one
        return self._in_box or (is_label and len(self._boxed(cells)) > 0 and self._is_told(cells))

    def _boxed(self, cells: Sequence[Paragraph]) -> list[Paragraph]:
        is_label = _BOX.fullmatch(self._text, cells[0].start, cells[0].end) is not None
        held = cells[1:] if is_label else cells
        return [cell for cell in held if self._says(cell)]

    def _is_told(self, cells: Sequence[Paragraph]) -> bool:
        """Say whether a row of two cells says what is to be done beside "Action:"."""
        words = self._text[cells[1].start : cells[1].end].split()
        return cells[1].column == cells[-1].column and (
            len(words) >= _FEWEST_WORDS or self._text[cells[0].end - 1] == ":"
        )

    def _guess(self, rows: Sequence[tuple[int, Sequence[Paragraph]]], at: int) -> Heads:
        """Guess the heads of the table that begins with row `at`."""
        held: list[list[tuple[int, str]]] = []
        last = rows[at][0]
        for index in range(at, len(rows)):
            row, cells = rows[index]
            if row > last + _MOST_GAP or not cells[0].is_aligned:
                break
            held.append([(cell.column, self._text[cell.start : cell.end]) for cell in cells])
            last = row
        return guess_heads(held)

    def _read_head(self, cells: Sequence[Paragraph]) -> Heads | None:
        held = ((cell.column, self._text[cell.start : cell.end]) for cell in cells)
        heads = read_heads(held)
        return heads if heads.action is not None or heads.owner is not None else None

    def _log_row(self, cells: Sequence[Paragraph]) -> Iterator[Row]:
        what = [cell for cell in cells if cell.column == self._head.action]
        who = [cell for cell in cells if cell.column == self._head.owner]
        due = [cell for cell in cells if cell.column == self._head.due]
        if what:
            held = " / ".join(self._text[cell.start : cell.end] for cell in who)
            yield Row(
                what[0].start,
                what[-1].end,
                owners.names(held),
                " ".join(self._text[cell.start : cell.end] for cell in due),
            )

    def _margin_row(self, cells: Sequence[Paragraph]) -> Iterator[Row]:
        if cells[0].column == cells[-1].column:
            return
        column = cells[-1].column
        margin = [cell for cell in cells if cell.column == column]
        body = [cell for cell in cells if cell.column == column - 1]
        held = self._text[margin[0].start : margin[-1].end]
        if _NOTHING.fullmatch(held):
            return
        told = list(self._told(margin, is_named=column in (self._head.owner, self._head.action)))
        if told and told[0].start == margin[0].start:
            yield from told
        elif body and (who := owners.alone(held)) and self._is_margin(held, column):
            last = body[-1]
            start, end = sentences(self._text, last.start, last.end)[-1]
            said = self._text[start:end]
            if said.endswith(".") or len(said.split()) >= _FEWEST_WORDS:
                yield Row(start, end, who)
        elif column == self._head.action:
            yield from (Row(cell.start, cell.end, None) for cell in margin if self._says(cell))

    def _told(self, cells: Sequence[Paragraph], *, is_named: bool) -> Iterator[Row]:
        """Read "KN to write", "Bo to ring": the rest goes with the one before it."""
        opened: list[tuple[int, tuple[str, ...]]] = []
        for cell in cells:
            to_do = _TO_DO.match(self._text, cell.start, cell.end)
            owned = _OWNED.match(self._text, cell.start, cell.end) if is_named else None
            if to_do is not None and owners.alone(to_do["who"]):
                opened.append((cell.start, owners.names(to_do["who"])))
            elif owned is not None and (who := owners.alone(owned["who"] or owned["initials"])):
                opened.append((cell.start, who))
        for (start, who), (stop, _) in pairwise([*opened, (cells[-1].end + 1, ())]):
            yield Row(start, max(cell.end for cell in cells if start < cell.end < stop), who)

    def _says(self, cell: Paragraph) -> bool:
        return _NOTHING.fullmatch(self._text, cell.start, cell.end) is None

    def _is_margin(self, held: str, column: int) -> bool:
        named = column in (self._head.owner, self._head.action)
        return named or all(_INITIALS.fullmatch(name) for name in owners.names(held))


def _rows(paragraphs: Sequence[Paragraph]) -> Iterator[tuple[int, list[Paragraph]]]:
    cells: list[Paragraph] = []
    for paragraph in paragraphs:
        if cells and paragraph.row != cells[0].row:
            yield cells[0].row or 0, cells
            cells = []
        if paragraph.row is not None:
            cells.append(paragraph)
    if cells:
        yield cells[0].row or 0, cells
