"""Paragraphs of minutes, with offsets into the document's text.

Converters wrap paragraphs at a page's width, with or without a blank line after every line, and
write tables; list items carry a marker. A `Page` puts wrapped lines together again, takes the
markers off and gives every table cell a paragraph of its own, once for all finders.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from kcsp_nlp.minutes.lines import Line
from kcsp_nlp.minutes.outline import Part
from kcsp_nlp.minutes.statements.aligned import find_aligned

# A list marker and the white space after it: "(iv) ", "- (1) ", "3.4 ", "a) "; not "2019 was".
_MARKER = re.compile(
    r"\s*(?P<bullet>(?:[-–—*•·▪●→+]|>>)[ \t]+)?"
    r"(?P<mark>\((?:[a-zA-Z]|[ivxIVX]{1,5}|\d{1,2})\)"
    r"|\d{1,2}(?:\.\d{1,2}){1,3}[.)]?(?=[ \t]+\S)(?![ \t]+[a-z])"
    r"|\d{1,2}[.)](?=[ \t])"
    r"|(?:[a-z]|[ivx]{1,5})[.)](?=[ \t])|[A-Z]\)(?=[ \t]))?[ \t]*"
)
# A line that only decorates the page: "---", "Page 2 of 9", "- 3 -"; not "3 votes".
_FURNITURE = re.compile(
    r"[\s\-–—_=*|:>]*(?:page\s*\|?\s*)?\d{0,4}(?:\s+of\s+\d+)?[\s\-–—_=*|:>]*", re.I
)
# A page's foot or head: "Town Council   Page 3"; not "see page 3".
_FOOT = re.compile(
    r"(?:.{0,110}(?:[ \t]{2}|[|–—-])[ \t]*)?(?:Page|PAGE)[ \t|]*\d{1,3}"
    r"(?:[ \t]+of[ \t]+\d{1,3})?[ \t|*]*"
)
# What opens a paragraph even under an unfinished line: "ACTION 3 –", "Action:"; not "Action plans".
_LABEL = re.compile(
    r"\s*(?:[A-Za-z]{4,12}\s*/\s*)?(?:ACTIONS?|Actions?)(?:\s+(?:points?|by|ref|no))?[\s.]*[\w/.]{0,8}\s*[:–—-]"
    r"|\s*ACTIONS?\b|\s*(?:To do|TO DO):"
    r"|\s*(?:AP\s?\d{1,3}|[AD]\d{1,2}\.\d{1,2})[.:)]?\s+[A-Z]|\s*(?:Decision|DECISION|Owner|Outcome|OUTCOME)\b",
)
# Opens a resolution under a table or a short line: "RESOLVED:", "Resolved that"; not "Resolved".
_RESOLUTION = re.compile(
    r"\s*(?:RESOLVED|(?:Resolved|Agreed|AGREED|It\s+was\s+(?:agreed|resolved|AGREED|RESOLVED))"
    r"(?=\s*[:–—-]|\s+(?:that|to)\b))"
)
# Ends a line whose sentence goes on: "it was", "Panel", "and,"; not "£90.00", "last resort.".
_GOES_ON = re.compile(r"[^\W\d_]+,?$")
# "<br>"; not "<b>".
_BREAK_TAG = re.compile(r"<br\s*/?>", re.I)
# Between two cells: "|"; not "\\|".
_BAR = re.compile(r"(?<!\\)\|")
# Ends a line whose sentence must go on: "to nominate for", "of the"; not "looked for.".
_HANGS = re.compile(
    r"\b(?:the|an?|of|for|to|and|with|by|in|at|from|that|Cllr|Councillor|Mrs?|Ms|Dr)$"
)
# Ends a line that names who is to act: "Action: Clerk", "ACTION: Mr Pym/ Bo"; not
# "Action: Clerk to".
_OWNED = re.compile(r"\b(?:ACTION|Action)\s*:\s*(?:[A-Z][\w.'’]{0,20}[\s/&,]*){1,5}$")
# A verdict alone behind a title's dash: "Agreed"; not "Agreed.", "Agreed to write".
_BARE = r"(?:Agreed|AGREED|Approved|APPROVED|Adopted|ADOPTED|Accepted|ACCEPTED)\s*$"
_ENDED = (".", "!", "?", ":", ";", "”", '."', ".'", ".)")
_TYPICAL_SHARE = 0.9
_LONGEST_WRAP = 160
_LONGEST_RULE = 40
_LONGEST_FOOT = 120
_FOOT_ENDS = "0123456789|*"
_LONGEST_OWNED = 80  # of an action label with its owners
_MOST_COLUMNS = 60
_LONGEST_LABEL = 40  # of what stands before a title, marks included
_LONGEST_TITLE = 300
_AROUND_TITLE = " .:–—-"


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph, list item or table cell, without its marker and surrounding white space.

    Attributes:
        start: First code point in the document's text.
        end: One past the last code point; what lies between may hold line ends.
        marker: The list marker as printed ("(a)", "3.4", "-"); empty for none.
        is_heading: Whether the line is a markdown heading or all bold.
        row: Index of the table row's line in the document; None outside tables.
        column: Index of the cell in its row; 0 outside tables.
        is_aligned: Whether spaces and no bars set the cell apart.
    """

    start: int
    end: int
    marker: str = ""
    is_heading: bool = False
    row: int | None = None
    column: int = 0
    is_aligned: bool = False


@dataclass(frozen=True, slots=True)
class Section:
    """One part of a document with its paragraphs in reading order; none crosses its bounds."""

    part: Part
    paragraphs: tuple[Paragraph, ...]


class Page:
    """A document as one text, marks blanked, cut into the paragraphs that finders read.

    Attributes:
        raw: The document's text.
        text: The same with markdown marks blanked; offsets are the same.
        sections: The document's parts with their paragraphs.
    """

    def __init__(self, lines: Sequence[Line], parts: Sequence[Part]) -> None:
        self.raw = "\n".join(line.raw for line in lines)
        self.text = "\n".join(line.text for line in lines)
        self._lines = lines
        self._starts = [line.start for line in lines]
        self._aligned = find_aligned(lines)
        self._width, self._is_spaced = _layout(lines)
        self.sections = tuple(Section(part, tuple(self._paragraphs(part))) for part in parts)

    def _paragraphs(self, part: Part) -> list[Paragraph]:
        found: list[Paragraph] = []
        open_from: tuple[int, int] | None = None  # first and last line of the open paragraph
        gap = False
        first = max(bisect_left(self._starts, part.start + 1) - 1, 0)
        for index in range(first, bisect_left(self._starts, part.end)):
            line = self._lines[index]
            if _is_empty(line):
                gap = gap or open_from is not None
            elif index in self._aligned:
                self._close(open_from, part, found)
                open_from, gap = None, False
                found.extend(self._aligned_cells(index, part))
            elif line.is_table_row and line.raw.count("|") <= _MOST_COLUMNS:
                self._close(open_from, part, found)
                open_from, gap = None, False
                found.extend(self._cells(index, part))
            elif open_from is not None and self._continues(*open_from, index, gap=gap):
                open_from, gap = (open_from[0], index), False
            else:
                self._close(open_from, part, found)
                open_from, gap = (index, index), False
        self._close(open_from, part, found)
        return found

    def _close(self, held: tuple[int, int] | None, part: Part, found: list[Paragraph]) -> None:
        if held is None:
            return
        first, last = self._lines[held[0]], self._lines[held[1]]
        start, end = max(first.start, part.start), min(last.end, part.end)
        marker = _MARKER.match(self.text, start, end)
        mark = ""
        if marker is not None:
            mark = (marker["mark"] or marker["bullet"] or "").strip()
            start = marker.end()
        bounds = self._trimmed(start, end)
        if bounds is not None:
            heading = held[0] == held[1] and (first.heading_level > 0 or first.is_bold)
            for at, stop in self._untitled(bounds, part):
                found.append(Paragraph(at, stop, marker=mark, is_heading=heading))

    def _cells(self, index: int, part: Part) -> Iterator[Paragraph]:
        line = self._lines[index]
        left = line.start
        for column, bar in enumerate([*_BAR.finditer(line.raw), None]):
            right = line.end if bar is None else line.start + bar.start()
            at = left
            for tag in [*_BREAK_TAG.finditer(self.raw, left, right), None]:
                stop = right if tag is None else tag.start()
                bounds = self._trimmed(max(at, part.start), min(stop, part.end))
                for start, end in self._untitled(bounds, part) if bounds else ():
                    yield Paragraph(start, end, row=index, column=column)
                at = right if tag is None else tag.end()
            left = right + 1

    def _untitled(self, bounds: tuple[int, int], part: Part) -> Iterator[tuple[int, int]]:
        """Part the item's title from the text behind it: "**Minutes** Agreed", "Minutes - It"."""
        start, end = bounds
        if part.title is None or start > part.start + _LONGEST_LABEL:
            yield bounds
            return
        run_in = _run_in(part.title).match(self.text, start, end)
        if run_in is not None and run_in.end() < end:
            yield start, start + len(run_in["title"])
            yield run_in.end(), end
            return
        close = self.raw.find("**", start, min(end, start + _LONGEST_TITLE))
        title = " ".join(self.text[start:close].split()).strip(_AROUND_TITLE) if close > 0 else ""
        rest = (
            self._trimmed(close, end)
            if title and title == part.title.strip(_AROUND_TITLE)
            else None
        )
        yield (start, close) if rest else bounds
        if rest:
            yield rest

    def _aligned_cells(self, index: int, part: Part) -> Iterator[Paragraph]:
        for start, end, column in self._aligned[index]:
            if part.start <= start and end <= part.end:
                yield Paragraph(start, end, row=index, column=column, is_aligned=True)

    def _trimmed(self, start: int, end: int) -> tuple[int, int] | None:
        """Return the bounds without white space at either end; None where nothing is left."""
        if end <= start:
            return None
        held = self.text[start:end]
        start += len(held) - len(held.lstrip())
        held = held.strip()
        return (start, start + len(held)) if held else None

    def _continues(self, first: int, before: int, here: int, *, gap: bool) -> bool:
        """Say whether a line goes on with the paragraph that ends in the line `before`."""
        above, line = self._lines[before], self._lines[here]
        last, following = above.stripped, line.stripped
        ended = last.endswith(_ENDED)
        room = len(above.text.rstrip()) + 1 + len(following.split(None, 1)[0])
        full = room > self._width * _TYPICAL_SHARE and len(last) > self._width // 2
        runs_on = full and not ended and self._is_spaced if gap else full
        runs_on = runs_on or (not gap and _HANGS.search(last) is not None)
        if not runs_on and (ended or not following[0].islower()):
            return False
        if line.heading_level or above.heading_level or _begins(line.text, last):
            return False
        if _has_marker(line):
            is_figure = following[0].isdigit() and full and not ended and not gap
            return is_figure and not _has_marker(self._lines[first])
        if following[0].islower() and not ended:
            return True
        return runs_on and not above.is_bold


def _run_in(title: str) -> re.Pattern[str]:
    """Return what finds a title with text behind it: "Accounts - The", not "Minutes - Agreed"."""
    words = r"\s+".join(map(re.escape, title.split()))
    return re.compile(rf"(?P<title>{words})(?:\s+[:–—-]+\s+(?!{_BARE})|[.:]\s+|\s+)(?=[A-Z“‘\"'(])")


def _begins(text: str, above: str) -> bool:
    """Say whether a line begins something of its own: a label, a resolution, text below owners."""
    if _LABEL.match(text) or (_RESOLUTION.match(text) and not _GOES_ON.search(above)):
        return True
    return text.lstrip()[0].isupper() and _OWNED.search(above[-_LONGEST_OWNED:]) is not None


def _is_empty(line: Line) -> bool:
    held = line.stripped
    if not held or (len(held) <= _LONGEST_RULE and _FURNITURE.fullmatch(held) is not None):
        return True
    may_be_foot = len(held) <= _LONGEST_FOOT and not line.is_table_row and held[-1] in _FOOT_ENDS
    return may_be_foot and _FOOT.fullmatch(held) is not None


def _has_marker(line: Line) -> bool:
    marker = _MARKER.match(line.text)
    return marker is not None and bool(marker["mark"] or marker["bullet"])


def _layout(lines: Sequence[Line]) -> tuple[int, bool]:
    """Return the width that lines were wrapped at, and whether a blank line follows each."""
    lengths = sorted(len(line.text.rstrip()) for line in lines if not _is_empty(line))
    width = lengths[int(len(lengths) * 0.9)] if lengths else 0
    gaps = wrapped = 0
    for above, blank, below in zip(lines, lines[1:], lines[2:], strict=False):
        if not blank.stripped and above.stripped and below.stripped:
            gaps += 1
            open_ = not above.stripped.endswith(_ENDED)
            wrapped += open_ and below.stripped[0].islower() and len(above.raw) <= _LONGEST_WRAP
    return width, wrapped >= 3 and wrapped * 8 > gaps  # noqa: PLR2004
