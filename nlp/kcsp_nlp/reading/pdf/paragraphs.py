"""Lines into paragraphs and items of lists: where one ends and the next begins."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from statistics import median

from kcsp_nlp.reading.pdf.markers import is_bullet, is_marker, is_sure
from kcsp_nlp.reading.pdf.words import Line
from kcsp_nlp.reading.pdf.wrapping import (
    END,
    Edge,
    ends_sentence,
    find_edges,
    goes_on,
    is_early,
    is_open,
)

_SAME_SIZE = 0.1
_LOOSE = 1.3  # times the usual leading: a gap between paragraphs
_INDENT = 0.8  # of the height
_SAME = 0.45  # of the height: edges that are meant to be one
_LEADING = 1.15  # of the height, where a document does not show it
_FULL_PAGES = 0.55
_CENTRED = 0.5
_HEAD_ROOM = 3  # heights that a bold line above plain text leaves free
_DIGITS = re.compile(r"\d")
_LONG_NUMBER = 4
# Ends a line that is to be filled in: "Dated ____", "Signed .....".
_FORM = re.compile(r"(?:_{3,}|\.{4,}|…{2,}\.*)\Z")
# Opens a list of people: "PRESENT:", "In attendance:"; not "Present were".
_LIST = re.compile(
    r"(?:also |those )?(?:present|in attendance|apologies(?: for absence)?|absent)\s?:",
    re.IGNORECASE,
)
_LABEL = 5  # words of a label
_NEARLY = 0.75  # share of its block that a line fills whose sentence is not done
_HALF = 0.5  # the same where lines are broken by hand
_TAB = 0.55  # of the height: more than a space
_WIDER = 1.4  # times the other spaces of its line: a tab


@dataclass
class Passage:
    """Lines that make one paragraph.

    Attributes:
        lines: The lines, at least one.
        is_close: Whether it stands no further below the one before than a line of its own would.
        own: Which of the lines begin a line of the text, too.
    """

    lines: list[Line] = field(default_factory=list)
    is_close: bool = False
    own: set[int] = field(default_factory=set)

    @property
    def first(self) -> Line:
        """The line it begins with."""
        return self.lines[0]

    @property
    def bold(self) -> bool:
        """Whether all of it is bold."""
        return all(line.bold for line in self.lines)

    @property
    def size(self) -> float:
        """Height of most of its letters."""
        return median(line.size for line in self.lines)


class Leadings:
    """How far lines of one paragraph stand apart in a document, for each height of letters."""

    def __init__(self, lines: Sequence[Line]) -> None:
        steps: dict[int, Counter[float]] = {}
        for one, other in pairwise(lines):
            step = other.base - one.base
            if one.page == other.page and 0 < step < 3 * one.size:
                counts = steps.setdefault(round(one.size), Counter())
                counts[round(step / one.size, 2)] += 1
        self._usual = {size: _lowest_common(counts) for size, counts in steps.items()}

    def usual(self, size: float) -> float:
        """Return the usual step from line to line, in points."""
        return self._usual.get(round(size), _LEADING) * size


def _lowest_common(counts: Counter[float]) -> float:
    """Return the smallest of the frequent steps: larger ones stand between paragraphs."""
    total = counts.total()
    seen = 0
    for step in sorted(counts):
        seen += counts[step]
        if seen >= 0.25 * total and step > 0.8:  # noqa: PLR2004
            return step
    return _LEADING


def find_passages(lines: Sequence[Line], leadings: Leadings) -> list[Passage]:
    """Join lines of one flow of text to paragraphs.

    Args:
        lines: In reading order, of one page or several.
        leadings: As the document has them.

    Returns:
        Paragraphs in order.
    """
    passages: list[Passage] = []
    edges = find_edges(_blocks(lines, leadings))
    for index, line in enumerate(lines):
        is_close = index > 0 and _is_near(lines[index - 1], line, leadings)
        if passages and _goes_on(passages[-1], line, edges[index - 1], leadings):
            passages[-1].lines.append(line)
        elif is_close and _stands_with(passages[-1], line, edges[index - 1]):
            passages[-1].own.add(len(passages[-1].lines))
            passages[-1].lines.append(line)
        else:
            passages.append(Passage([line], is_close))
    return passages


def _blocks(lines: Sequence[Line], leadings: Leadings) -> Iterator[list[Line]]:
    """Yield lines that follow each other without a gap."""
    block: list[Line] = []
    for line in lines:
        if block and not _is_near(block[-1], line, leadings):
            yield block
            block = []
        block.append(line)
    if block:
        yield block


def _is_near(above: Line, line: Line, leadings: Leadings) -> bool:
    if above.page != line.page or abs(above.size - line.size) > _SAME_SIZE * above.size:
        return False
    return 0 < line.base - above.base <= _LOOSE * leadings.usual(max(above.size, line.size))


def _goes_on(passage: Passage, line: Line, edge: Edge, leadings: Leadings) -> bool:
    """Tell whether a line goes on in the paragraph above it."""
    above = passage.lines[-1]
    is_other = abs(above.size - line.size) > _SAME_SIZE * max(above.size, line.size)
    if is_other or opens_item(line, above, edge.at):
        return False
    if above.page != line.page or line.base < above.base - line.size:
        return _goes_over(passage, line, edge)
    if not _is_near(above, line, leadings):
        return False
    if _is_centred(passage, line):
        return not passage.bold or line.bold
    if _turns_bold(passage, line, edge) or not _is_aligned(passage, line):
        return False
    return goes_on(above, line, edge)


def _turns_bold(passage: Passage, line: Line, edge: Edge) -> bool:
    """Tell whether a bold line begins below plain text, or plain text below a bold line."""
    above = passage.lines[-1]
    if END.search(above.text):
        return line.bold and not above.words[-1].bold
    is_head = passage.bold and not line.bold
    return is_head and edge.at - above.x1 > _HEAD_ROOM * line.size


def _stands_with(passage: Passage, line: Line, edge: Edge) -> bool:
    """Tell whether a line begins no paragraph, though it is a line of its own.

    The sentence above it is not done, and nothing but the line's end parts them.
    """
    above = passage.lines[-1]
    least = _HALF if edge.is_hard else _NEARLY
    is_text = above.x1 - above.x0 >= least * (edge.far - above.x0)
    if not is_text or passage.bold or line.bold or line.text.isupper():
        return False
    if ends_sentence(above.text) or opens_item(line, above, edge.at):
        return False
    return _is_aligned(passage, line)


def opens_item(line: Line, above: Line, edge: float) -> bool:
    """Tell whether a line opens an item of a list, or a numbered paragraph.

    Args:
        line: The line.
        above: The line before it.
        edge: How far that line might have reached.
    """
    word = line.words[0]
    if _opens_label(line, above):
        return True
    if not is_marker(word.text) or (len(line.words) == 1 and not is_sure(word.text)):
        return _is_alike(above.words[0].text, word.text) and END.search(above.text) is not None
    if _is_tab(line):
        return True
    if not is_sure(word.text):
        return False
    if line.bold and not above.bold:
        return True
    # "… on the 12th. 4. Matters arising": within a paragraph the line above is full.
    hangs = above.hang is not None and word.x0 < above.hang - _SAME * line.size
    return hangs or END.search(above.text) is not None or edge - above.x1 > 2 * line.size


def _is_tab(line: Line) -> bool:
    """Tell whether more than a space stands behind the first word of a line."""
    gaps = [word.gap for word in line.words[1:]]
    if not gaps or gaps[0] <= _TAB * line.size:
        return False
    # Spaces are wide in typewriters' letters, and in lines that are spread.
    return len(gaps) == 1 or gaps[0] > _WIDER * median(gaps[1:])


def _opens_label(line: Line, above: Line) -> bool:
    """Tell whether a line opens with a label: a bold one under plain text, or that of a list."""
    if _LIST.match(line.text):
        return True
    label = next((n for n, word in enumerate(line.words[:_LABEL]) if word.text.endswith(":")), None)
    if label is None or above.words[-1].bold:
        return False
    return all(word.bold for word in line.words[: label + 1])


def _is_alike(one: str, other: str) -> bool:
    """Tell whether two words are references of the same kind: "DC/2018/0554", "DC/2019/0012"."""
    shape = _DIGITS.sub("0", other)
    return shape.count("0") >= _LONG_NUMBER and shape == _DIGITS.sub("0", one)


def _goes_over(passage: Passage, line: Line, edge: Edge) -> bool:
    """Tell whether a paragraph goes on at the top of the next page or column."""
    above = passage.lines[-1]
    if END.search(above.text) or _FORM.search(above.text):
        return False
    if (line.bold and not above.bold) or (passage.bold and not line.bold):
        return False
    if is_early(above, line, edge.at) and not is_open(above, line, edge.far):
        return False
    return _is_aligned(passage, line) or line.text[:1].islower()


def _is_centred(passage: Passage, line: Line) -> bool:
    """Tell whether a line stands centred under a full one that is centred, too."""
    above = passage.lines[-1]
    middle = (line.left + line.right) / 2
    near = _CENTRED * line.size
    return (
        abs((above.x0 + above.x1) / 2 - middle) < 2 * near
        and abs((above.x0 + above.x1) / 2 - (line.x0 + line.x1) / 2) < near
        and above.x1 - above.x0 > _FULL_PAGES * (line.right - line.left)
        and line.x0 - above.x0 > line.size
        and not END.search(above.text)
    )


def _is_aligned(passage: Passage, line: Line) -> bool:
    """Tell whether a line stands where the lines of a paragraph go on."""
    same = _SAME * line.size
    first = passage.first
    if len(passage.lines) > 1:
        return abs(line.x0 - passage.lines[-1].x0) <= same or _is_over(passage, line)
    if first.hang is not None and abs(line.x0 - first.hang) <= 2 * same:
        return True
    # The first line of a paragraph may be indented, or hang; more than that is another one.
    if first.hang is not None:
        return line.x0 <= first.hang + same
    return -4 * line.size <= line.x0 - first.x0 <= same or is_bullet(first.words[0].text)


def _is_over(passage: Passage, line: Line) -> bool:
    """Tell whether a line stands on a page with other margins than the lines above it."""
    return passage.lines[-1].page != line.page
