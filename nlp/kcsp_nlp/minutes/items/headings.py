"""Lines that could be headings, with what they look like.

A candidate is a guess about one line alone. Which of them are agenda items is decided over
the whole document in `minutes.schemes`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import islice

from kcsp_nlp.minutes.items.logs import log_rows
from kcsp_nlp.minutes.items.numbering import Label, read_label
from kcsp_nlp.minutes.items.titles import Title, read_title
from kcsp_nlp.minutes.items.wording import (
    has_verb,
    is_attendance,
    is_capitals,
    is_closing,
    is_furniture,
    is_next_meeting,
    is_not_title,
    is_prose,
    is_usual,
)
from kcsp_nlp.minutes.items.wrapping import REACH, code_at, find_text, join_wrapped
from kcsp_nlp.minutes.items.years import numbers_like_years
from kcsp_nlp.minutes.lines import Line

_PAGE = 4  # code points: a shorter line may be a number alone, a page's or an item's
_ROW = 160  # a shorter table row holds no discussion
_WRAPPED = 40  # a shorter line was not wrapped
_INLINE_MOST = 500  # minute numbers in one paragraph
_LONGEST = 150  # of an unnumbered heading

# A bullet: "* LAST TIME", "- (1) This"; not "-3 degrees".
_BULLET = re.compile(r"[ \t]*[*•◦▪·-][ \t]+(?=\S)")

# A remark at a title's end: "CORRESPONDENCE (by title only)"; not "(a) Dogs".
_REMARK = re.compile(r" \([^()]*\)$")

# A title in capitals before its text: "PARKS: The gate", "PUBLIC FORUM\tTwo came", "APOLOGIES Two
# had"; not "NB: the", "KCC Officers", "ASH C OF E SCHOOL".
_RUN_IN = re.compile(
    r"(?=[A-Z’'&,/() -]{5})[A-Z][A-Z’'&,/() -]{3,60}(?:(?::|\.|[ \t]+[–—-])[ \t]+(?=\S+[ \t]+\S)"
    r"|(?<=[A-Z]{4})[ \t]+(?=[A-Z](?:['’]?|[ ])[a-z]))"
)

# Columns that end in a figure: "CURRENT A/C     £612.07"; not "ROOM 12".
_FIGURES = re.compile(r"\S(?:[ ]{2,}|[ ]*\t)[ \t]*[£€(-]{0,2}\d[\d,.]*[)%]?(?:[ ]\(|[ \t]*$)")

# A minute number inside a paragraph: "were sent. 52/20 Declarations", "read. CoG/19/31 Bins"; not
# "see 52/20 above".
_INLINE = re.compile(
    r"(?<=[.!?)”’\"])[ \t]{1,4}"
    r"(?=(?:[A-Z][A-Za-z&]{0,5}/)?\d{1,4}/\d{2,4}[A-Z]?[ \t]{1,4}(?:[-–—][ \t])?[A-Z])"
)

# What a kind of number alone says: minute numbers stand in headings, letters in lists.
_OF_KIND = {
    "coded": 1.2,
    "dated": 1.2,
    "prefixed": -0.6,
    "section": -0.6,
    "slash": 1.2,
    "dotted": 0.0,
    "zero": 0.8,
    "int": 0.0,
    "roman": -0.8,
    "letter": -0.6,
    "spelled": 0.8,
}


@dataclass(frozen=True)
class Heading:
    """A line that could be a heading.

    Attributes:
        line: Index of the line that begins it.
        last: Index of the line that ends it.
        start: Where it begins in the document's text, markup included.
        label: The number before the title; None for none.
        title: As in `Part.title`; empty only where sentences take the place of titles.
        code: Agenda code in or below it; None for none.
        level: Number of `#`.
        is_bold: Whether the title is bold.
        is_caps: Whether the title is in capitals.
        is_row: Whether it opens a table row.
        has_cells: Whether that row holds an item's text too, or is bold.
        is_bulleted: Whether a bullet precedes it.
        is_spaced: Whether a blank line precedes it.
        is_alone: Whether the number has a line to itself.
        has_text: Whether text follows the title on its line.
        is_field: Whether a colon parts the title from that text.
        is_before_prose: Whether one of the two lines of text below it is a sentence.
    """

    line: int
    last: int
    start: int
    label: Label | None
    title: str
    code: str | None = None
    level: int = 0
    is_bold: bool = False
    is_caps: bool = False
    is_row: bool = False
    has_cells: bool = False
    is_bulleted: bool = False
    is_spaced: bool = False
    is_alone: bool = False
    has_text: bool = False
    is_field: bool = False
    is_before_prose: bool = False

    @property
    def look(self) -> tuple[int, bool, bool, bool]:
        """What the items of one document share: level, bold, in a table, bulleted."""
        return (self.level, self.is_bold, self.is_row, self.is_bulleted)

    @property
    def is_marked(self) -> bool:
        """Whether markup sets it off."""
        return self.level > 0 or self.is_bold

    @property
    def may_be_page(self) -> bool:
        """Whether its number could be a page's: alone on its line and with nothing after it."""
        label = self.label
        return self.is_alone and label is not None and label.kind == "int" and not label.is_closed

    @cached_property
    def is_usual(self) -> bool:
        """Whether agendas of most bodies have an item of this title."""
        return is_usual(self.title)

    @cached_property
    def weight(self) -> float:
        """How much the line alone looks like an item's heading; below 0 where it does not."""
        weight = 2.5 if self.level else 2.0 if self.is_bold else 1.2 if self.is_caps else 0.0
        weight += 1.5 * (self.code is not None) + 1.2 * self.is_usual
        weight += 0.4 * self.is_spaced + 0.8 * self.has_cells - 0.6 * self.is_alone
        if self.label:
            weight += _OF_KIND[self.label.kind] + 2.0 * self.label.has_word
            weight += 0.8 * (self.label.kind == "roman" and self.label.number.isupper())
            weight -= 0.6 * (not self.label.is_closed and self.label.kind == "int")
            weight += 0.6 * (self.label.is_closed and self.label.kind in ("prefixed", "section"))
            weight -= 1.0 * is_not_title(self.title)
        if self.title[0].islower():
            return weight - 1.5
        if self.has_text or len(self.title) > _LONGEST:
            return weight - (0.2 if self.has_text else 0.6)
        return weight + (-1.5 if self.title[-1] in ".;," or has_verb(self.title) else 0.6)


def find_headings(lines: Sequence[Line]) -> list[Heading]:
    """Find every line that could be a heading, in reading order."""
    found: list[Heading] = []
    logged = log_rows(lines)
    years = numbers_like_years(lines)
    index = _front_matter_end(lines)
    while index < len(lines):
        heading = _read(lines, index, index in years) if index not in logged else None
        if heading:
            found.append(heading)
            # what seems a number alone may be a page's, and the line below a heading of its own
            index = index if heading.may_be_page else heading.last
        found.extend(_read_inline(lines[index], index))
        index += 1
    return found


def _front_matter_end(lines: Sequence[Line]) -> int:
    """Index of the line after YAML front matter; 0 where there is none."""
    if lines and lines[0].stripped == "---":
        for index, line in enumerate(lines[1:60], start=1):
            if line.stripped == "---":
                return index + 1
    return 0


def _read(lines: Sequence[Line], index: int, is_numbered: bool) -> Heading | None:
    line = lines[index]
    text = line.text[:REACH]
    if not line.stripped or (len(line.stripped) > _PAGE and is_furniture(text)):
        return None
    if line.is_table_row:
        return _read_row(lines, index)
    bullet = _BULLET.match(text)
    position = bullet.end() if bullet else 0
    label = read_label(text, position, may_be_years=not is_numbered)
    if label is None:
        return _read_unnumbered(lines, index, position)
    title = read_title(text, line.raw[:REACH], label.end)
    if title.text:
        return _finish(lines, index, index, label, title)
    return _read_alone(lines, index, label)


def _read_alone(lines: Sequence[Line], index: int, label: Label) -> Heading | None:
    """Read a heading whose number has a line to itself: its title is the next line of text."""
    below = find_text(lines, index + 1, 4)
    if below is None or lines[below].is_table_row:
        return None
    under = lines[below].text[:REACH]
    if read_label(under) or has_verb(under) or len(under.strip()) > _LONGEST:
        return None
    title = read_title(under, lines[below].raw[:REACH], 0)
    return _finish(lines, index, below, label, title) if title.text else None


def _read_row(lines: Sequence[Line], index: int) -> Heading | None:
    """Read a table row that opens with a number, alone in its cell or before a title, or bold."""
    line = lines[index]
    raw, text = line.raw[:REACH], line.text[:REACH]
    first = raw.index("|") + 1
    bar = raw.find("|", first)
    label = read_label(text, first)
    position = label.end if label else first
    if not text[position : bar if bar > 0 else len(text)].strip():
        position = bar + 1
    stops = [stop for stop in (raw.find("|", position), raw.find("<br", position)) if stop > 0]
    stop = min(stops, default=len(raw))
    title = read_title(text[:stop], raw[:stop], position)
    if not title.text or (label is None and (not title.is_bold or is_attendance(title.text))):
        return None
    return _finish(lines, index, index, label, title)


def _read_unnumbered(lines: Sequence[Line], index: int, position: int) -> Heading | None:
    line = lines[index]
    raw, text = line.raw[:REACH], line.text[:REACH]
    marked = line.heading_level > 0 or "**" in raw[: position + 4]
    if not marked and not position and (run_in := _RUN_IN.match(text)):
        words = run_in[0].strip(" \t:.–—-")
        title = Title(words, has_text=True, is_field=True)
        return None if is_attendance(words) else _finish(lines, index, index, None, title)
    if not marked and _is_no_title(line):
        return None
    bare = not (marked or is_next_meeting(text) or is_capitals(_bare(line.stripped)))
    if bare and (position or not _is_plain(lines, index)):
        return None
    title = read_title(text, raw, position)
    if not title.text or title.text[0] in "([|" or (bare and title.has_text):
        return None
    if is_attendance(title.text) or is_closing(text):
        return None
    return _finish(lines, index, index, None, title)


def _is_no_title(line: Line) -> bool:
    """Whether a line without any mark is too long for a title, a remark, or a row of figures."""
    text = line.stripped
    return len(text) > _LONGEST or text[0] in "([|" or _FIGURES.search(text) is not None


def _is_plain(lines: Sequence[Line], index: int) -> bool:
    """Whether a line without any mark could be a heading: short, set off, no sentence."""
    text = lines[index].stripped
    if text[-1] in ".,;:" or not text[0].isupper() or has_verb(text):
        return False
    if code_at(lines, index) is not None:
        return True
    wrapped = index + 1 < len(lines) and lines[index + 1].stripped and len(text) > _WRAPPED
    if wrapped and code_at(lines, index + 1) is not None:
        return True
    if index == 0 or len(text) > 80:  # noqa: PLR2004
        return False
    above = lines[index - 1].stripped
    if not above:
        return True
    return above[-1] in ".!?" and len(text) < 60 and _is_before_prose(lines, index)  # noqa: PLR2004


def _finish(
    lines: Sequence[Line], index: int, last: int, label: Label | None, title: Title
) -> Heading:
    line = lines[index]
    words, code, end = join_wrapped(lines, last, title)
    return Heading(
        line=index,
        last=end,
        start=line.start,
        label=label,
        title=words,
        code=code,
        level=line.heading_level,
        is_bold=title.is_bold,
        is_caps=is_capitals(_bare(words)),
        is_row=line.is_table_row,
        has_cells=line.is_table_row and (title.is_bold or len(line.raw) > _ROW),
        is_bulleted=bool(_BULLET.match(line.text[:REACH])),
        is_spaced=index == 0 or not lines[index - 1].stripped.strip("-=_*"),
        is_alone=last > index,
        has_text=title.has_text,
        is_field=title.is_field,
        is_before_prose=_is_before_prose(lines, end),
    )


def _bare(title: str) -> str:
    """A title without the remark in brackets at its end: "CORRESPONDENCE (by title only)"."""
    return _REMARK.sub("", title)


def _is_before_prose(lines: Sequence[Line], index: int) -> bool:
    below = [line.stripped for line in lines[index + 1 : index + 6] if line.stripped]
    return is_prose(" ".join(below[:2])[:REACH])


def _read_inline(line: Line, index: int) -> Iterator[Heading]:
    """Find minute numbers inside a paragraph: converters run items together."""
    if len(line.text) < 60 or line.is_table_row:  # noqa: PLR2004
        return
    for match in islice(_INLINE.finditer(line.text), _INLINE_MOST):
        piece = slice(match.end(), match.end() + REACH)
        label = read_label(line.text[piece])
        title = read_title(line.text[piece], line.raw[piece], label.end) if label else None
        if title and title.text:
            start = line.start + match.end()
            yield Heading(index, index, start, label, title.text, title.code, has_text=True)
