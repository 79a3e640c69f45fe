"""What belongs to a heading on the lines below its first: the rest of its title, its code."""

from __future__ import annotations

from collections.abc import Sequence

from kcsp_nlp.minutes.items.numbering import read_code, read_label
from kcsp_nlp.minutes.items.titles import Title, read_title
from kcsp_nlp.minutes.items.wording import has_verb, is_attendance, is_capitals, is_furniture
from kcsp_nlp.minutes.lines import Line

# A heading is read from the first characters of its line only: long paragraphs cost nothing.
REACH = 320
_LONGEST = 300  # of a title on several lines
_WIDE = 55  # a longer line may have been
_WRAPPED = 40  # a shorter line was not wrapped


def join_wrapped(lines: Sequence[Line], index: int, title: Title) -> tuple[str, str | None, int]:
    """Join a title to what its line leaves to the lines below.

    Args:
        lines: All lines of the document.
        index: Line that the title begins on.
        title: As read from that line.

    Returns:
        The whole title, its agenda code (None for none) and the index of the last line of both.
    """
    words, code, last = title.text, title.code, index
    if lines[index].is_table_row:
        return words, code, last
    more: Title | None = title
    while code is None and more and not more.has_text and len(words) < _LONGEST:
        below = _continued_at(lines, last, more)
        more = read_title(lines[below].text[:REACH], "", 0) if below else None
        if below and more:
            words, code, last = f"{words} {more.text}".strip(), more.code, below
    below = code_at(lines, last) if code is None else None
    found = read_code(lines[below].text) if below is not None else None
    if below is not None and found:
        return words, found[0], below
    return words, code, last


def find_text(lines: Sequence[Line], index: int, reach: int) -> int | None:
    """Index of the first line from `index` on that is neither blank nor page furniture.

    Args:
        lines: All lines of the document.
        index: Where to begin.
        reach: How many lines to look at, at most; None is returned where none of them will do.
    """
    for at in range(index, min(index + reach, len(lines))):
        if lines[at].stripped and not is_furniture(lines[at].text):
            return at
    return None


def code_at(lines: Sequence[Line], index: int) -> int | None:
    """Index of the line next below `index` if it holds an agenda code and nothing else."""
    below = find_text(lines, index + 1, 4)
    return below if below is not None and _is_code(lines[below].stripped[:80]) else None


def _is_code(text: str) -> bool:
    if text[:1] not in ("(", "["):
        return False
    found = read_code(text)
    return bool(found and found[1] == 0 and not text[found[2] :].strip(" ."))


def _continued_at(lines: Sequence[Line], index: int, title: Title) -> int | None:
    """Index of the line on which a wrapped title goes on; None where it does not."""
    line = lines[index]
    at = index + 1
    spaced = line.is_bold and len(line.stripped) > _WIDE and at < len(lines)
    if spaced and not lines[at].stripped:
        at += 1  # converters set every line of a bold heading as a paragraph
    if at >= len(lines) or line.heading_level or not _may_go_on(lines[at]):
        return None
    if title.is_open and "**" in lines[at].raw:
        return at
    if line.is_bold or at > index + 1:
        return at if at > index + 1 and lines[at].is_bold else None
    return at if _runs_on(lines, index, title) else None


def _may_go_on(line: Line) -> bool:
    """Whether a line holds nothing that cannot be the rest of a title."""
    text = line.text[:REACH]
    return not (
        not line.stripped
        or line.is_table_row
        or is_furniture(text)
        or _is_code(line.stripped)
        or is_attendance(text)
        or read_label(text)
    )


def _runs_on(lines: Sequence[Line], index: int, title: Title) -> bool:
    """Whether an unmarked title looks cut at its line's end, and the line below as its rest."""
    width, rest = len(lines[index].stripped), lines[index + 1].stripped[:REACH]
    if width <= _WRAPPED or lines[index].stripped[-1] in ".;:" or has_verb(rest.lower()):
        return False
    if is_capitals(title.text):
        return is_capitals(rest)
    if code_at(lines, index + 1) is not None:
        return len(rest) < _LONGEST / 2 and not has_verb(title.text)
    ends = index + 2 >= len(lines) or not lines[index + 2].stripped
    return ends and width > _WIDE and rest[0].islower() and len(rest) < 60  # noqa: PLR2004
