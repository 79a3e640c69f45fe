"""Lines that could be headings, with what they look like.

A candidate is a guess about one line alone. Which of them are agenda items is decided over
the whole document in `minutes.schemes`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from kcsp_nlp.minutes.lines import Line
from kcsp_nlp.minutes.numbering import Label, read_code, read_label
from kcsp_nlp.minutes.titles import Title, read_title
from kcsp_nlp.minutes.wording import (
    has_verb,
    is_attendance,
    is_capitals,
    is_closing,
    is_furniture,
    is_next_meeting,
    is_prose,
    is_usual,
)

# A heading is read from the first characters of its line only: long paragraphs cost nothing.
_REACH = 320
_ROW = 160  # a shorter table row holds no discussion
_LONGEST = 150  # of an unnumbered heading

# A bullet: "* LAST TIME", "- (1) This"; not "-3 degrees".
_BULLET = re.compile(r"[ \t]*[*•◦▪·-][ \t]+(?=\S)")

# A minute number inside a paragraph: "received. 71/17 Declaration"; not "see 71/17 above".
_INLINE = re.compile(r"(?<=[.!?)”’\"])[ \t]+(?=\d{1,4}/\d{2,4}[A-Z]?[ \t]+(?:[-–—][ \t]+)?[A-Z])")


@dataclass(frozen=True)
class Heading:
    """A line that could be a heading.

    Attributes:
        line: Index of the line that begins it.
        last: Index of the line that ends it.
        start: Where it begins in the document's text, markup included.
        label: The number before the title; None for none.
        title: As in `Part.title`; empty where there is none.
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
        return self.is_alone and self.label is not None and not self.label.is_closed

    @property
    def weight(self) -> float:
        """How much the line alone looks like an item's heading; below 0 where it does not."""
        weight = 2.5 if self.level else 2.0 if self.is_bold else 1.2 if self.is_caps else 0.0
        weight += 1.5 * (self.code is not None) + 1.2 * is_usual(self.title)
        weight += 0.4 * self.is_spaced + 0.8 * self.has_cells
        if self.label:
            weight += _OF_KIND[self.label.kind] + 2.0 * self.label.has_word
            weight += 0.8 * (self.label.kind == "roman" and self.label.number.isupper())
            weight -= 0.6 * (not self.label.is_closed and self.label.kind == "int")
        if not self.title or not (self.title[0].isupper() or not self.title[0].isalpha()):
            weight -= 1.5
        elif self.has_text or len(self.title) > _LONGEST:
            weight -= 0.6
        elif self.title[-1] in ".;," or has_verb(self.title):
            weight -= 1.5
        else:
            weight += 0.6
        return weight - 0.6 * self.is_alone


_OF_KIND = {
    "coded": 1.2,
    "slash": 1.2,
    "dotted": 0.0,
    "zero": 0.8,
    "int": 0.0,
    "roman": -0.8,
    "letter": -0.6,
}


def find_headings(lines: Sequence[Line]) -> list[Heading]:
    """Find every line that could be a heading, in reading order."""
    found: list[Heading] = []
    index = _front_matter_end(lines)
    while index < len(lines):
        heading = _read(lines, index)
        if heading:
            found.append(heading)
            # what seems a number alone may be a page's, and the line below a heading of its own
            index = index if heading.is_alone else heading.last
        found.extend(_read_inline(lines, index))
        index += 1
    return found


def _front_matter_end(lines: Sequence[Line]) -> int:
    """Index of the line after YAML front matter; 0 where there is none."""
    if lines and lines[0].stripped == "---":
        for index, line in enumerate(lines[1:60], start=1):
            if line.stripped == "---":
                return index + 1
    return 0


def _read(lines: Sequence[Line], index: int) -> Heading | None:
    line = lines[index]
    text = line.text[:_REACH]
    if not text.strip() or (is_furniture(text) and len(text.strip()) > 4):  # noqa: PLR2004
        return None
    if line.is_table_row:
        return _read_row(lines, index)
    bullet = _BULLET.match(text)
    position = bullet.end() if bullet else 0
    label = read_label(text, position)
    if label is None:
        return _read_unnumbered(lines, index, position)
    title = read_title(text, line.raw[:_REACH], label.end)
    if title.text:
        return _finish(lines, index, index, label, title, bool(bullet))
    below = _next_text(lines, index + 1, 4)
    if below is None or lines[below].is_table_row:
        return None
    under = lines[below].text[:_REACH]
    if read_label(under) or has_verb(under) or len(under.strip()) > _LONGEST:
        return None
    title = read_title(under, lines[below].raw[:_REACH], 0)
    return _finish(lines, index, below, label, title, bool(bullet)) if title.text else None


def _read_row(lines: Sequence[Line], index: int) -> Heading | None:
    """Read a table row that opens with a number, alone in its cell or before a title."""
    line = lines[index]
    raw, text = line.raw[:_REACH], line.text[:_REACH]
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
    return _finish(lines, index, index, label, title, False)


def _read_unnumbered(lines: Sequence[Line], index: int, position: int) -> Heading | None:
    line = lines[index]
    raw, text = line.raw[:_REACH], line.text[:_REACH]
    if len(text.strip()) > _LONGEST and not line.heading_level and "**" not in raw[: position + 4]:
        return None
    title = read_title(text, raw, position)
    if not title.text or is_attendance(title.text) or is_closing(text) or title.text[0] in "([|":
        return None
    marked = line.heading_level or title.is_bold or _is_capital_title(title.text)
    marked = marked or (is_next_meeting(title.text) and not has_verb(title.text))
    if not marked and (position or not _is_plain(lines, index, title)):
        return None
    return _finish(lines, index, index, None, title, position > 0)


def _is_plain(lines: Sequence[Line], index: int, title: Title) -> bool:
    """Whether a line without any mark could be a heading: short, set off, no sentence."""
    text = lines[index].stripped
    if text[-1] in ".,;:" or not text[0].isupper() or title.has_text or has_verb(text):
        return False
    if _code_below(lines, index) is not None:
        return True
    if _code_below(lines, index + 1) is not None and lines[index + 1].stripped:
        return len(text) > 40  # noqa: PLR2004
    if index == 0 or len(text) > 80:  # noqa: PLR2004
        return False
    above = lines[index - 1].stripped
    return not above or (above[-1] in ".!?" and _is_before_prose(lines, index) and len(text) < 60)  # noqa: PLR2004


def _finish(
    lines: Sequence[Line], index: int, last: int, label: Label | None, title: Title, bulleted: bool
) -> Heading:
    """Join what a title's line leaves to the lines below it: its second half, its code."""
    words, code, is_row = title.text, title.code, lines[index].is_table_row
    alone = last > index
    more: Title | None = title
    while not is_row and code is None and more and not more.has_text and len(words) < 2 * _LONGEST:
        below = _continued_at(lines, last, more)
        more = read_title(lines[below].text[:_REACH], "", 0) if below else None
        if below and more:
            last = below
            words = f"{words} {more.text}".strip()
            code = more.code
    below = _code_below(lines, last) if code is None and not is_row else None
    if below is not None:
        found = read_code(lines[below].text)
        code = found[0] if found else None
        last = below
    return Heading(
        line=index,
        last=last,
        start=lines[index].start,
        label=label,
        title=words,
        code=code,
        level=lines[index].heading_level,
        is_bold=title.is_bold,
        is_caps=_is_capital_title(words),
        is_row=is_row,
        has_cells=is_row and (title.is_bold or len(lines[index].raw) > _ROW),
        is_bulleted=bulleted,
        is_spaced=index == 0 or not lines[index - 1].stripped.strip("-=_*"),
        is_alone=alone,
        has_text=title.has_text,
        is_field=title.is_field,
        is_before_prose=_is_before_prose(lines, last),
    )


def _is_capital_title(title: str) -> bool:
    """Whether a title is in capitals, a remark in brackets at its end apart."""
    return is_capitals(re.sub(r" \([^()]*\)$", "", title))


def _is_before_prose(lines: Sequence[Line], index: int) -> bool:
    below = [line.stripped for line in lines[index + 1 : index + 6] if line.stripped]
    return is_prose(" ".join(below[:2])[:_REACH])


def _continued_at(lines: Sequence[Line], index: int, title: Title) -> int | None:
    """Index of the line on which a wrapped title goes on; None where it does not."""
    line = lines[index]
    at = index + 1
    if line.is_bold and len(line.stripped) > 60 and at < len(lines) and not lines[at].stripped:  # noqa: PLR2004
        at += 1  # converters set every line of a bold heading as a paragraph
        if at >= len(lines) or not lines[at].is_bold:
            return None
    if at >= len(lines) or line.heading_level:
        return None
    below = lines[at]
    text = below.text[:_REACH]
    if not text.strip() or below.is_table_row or read_label(text) or is_furniture(text):
        return None
    if _is_code(text) or is_attendance(text):
        return None
    if title.is_open and "**" in below.raw:
        return at
    if line.is_bold:
        return at if at > index + 1 else None
    return at if _runs_on(lines, index, title, text) else None


def _runs_on(lines: Sequence[Line], index: int, title: Title, below: str) -> bool:
    """Whether an unmarked title looks cut at its line's end, and the text below as its rest."""
    width, rest = len(lines[index].stripped), below.strip()
    if lines[index].stripped[-1] in ".;:" or has_verb(rest.lower()):
        return False
    if is_capitals(title.text):
        return width > 40 and is_capitals(rest)  # noqa: PLR2004
    ends = index + 2 >= len(lines) or not lines[index + 2].stripped
    if _code_below(lines, index + 1) is not None:
        return width > 40 and len(rest) < _LONGEST and not has_verb(title.text)  # noqa: PLR2004
    return ends and width > 55 and rest[0].islower() and len(rest) < 60  # noqa: PLR2004


def _next_text(lines: Sequence[Line], index: int, reach: int) -> int | None:
    """Index of the next line that is not blank or page furniture, at most `reach` lines on."""
    for at in range(index, min(index + reach, len(lines))):
        if lines[at].stripped and not is_furniture(lines[at].text):
            return at
    return None


def _code_below(lines: Sequence[Line], index: int) -> int | None:
    """Index of the line below that holds an agenda code and nothing else."""
    below = _next_text(lines, index + 1, 4)
    if below is None:
        return None
    return below if _is_code(lines[below].text[:80]) else None


def _is_code(text: str) -> bool:
    """Whether a line holds an agenda code and nothing else."""
    found = read_code(text)
    return bool(found and not text[: found[1]].strip() and not text[found[2] :].strip(" ."))


def _read_inline(lines: Sequence[Line], index: int) -> Iterator[Heading]:
    """Find minute numbers inside a paragraph: converters run items together."""
    line = lines[index]
    if len(line.text) < 60 or line.is_table_row:  # noqa: PLR2004
        return
    for match in _INLINE.finditer(line.text):
        piece = slice(match.end(), match.end() + _REACH)
        label = read_label(line.text[piece])
        if label and label.kind == "slash":
            title = read_title(line.text[piece], line.raw[piece], label.end)
            if title.text:
                yield Heading(
                    index,
                    index,
                    line.start + match.end(),
                    label,
                    title.text,
                    title.code,
                    has_text=True,
                )
