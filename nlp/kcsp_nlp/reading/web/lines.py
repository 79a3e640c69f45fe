"""The text of one block of a page, line by line, with white space as a browser shows it."""

from __future__ import annotations

import re
from dataclasses import dataclass

# White space that is shown as one space: line ends, tabs; not a no-break space.
_COLLAPSED = re.compile(r"[ \t\n\r\f]+")
# Spaces of other widths are spaces; what has no width is nothing.
_WIDTHS = dict.fromkeys(
    [0xA0, 0x202F, 0x205F, 0x3000, *range(0x2000, 0x200B)], " "
) | dict.fromkeys(
    [0xAD, 0x200B, 0x200C, 0x200D, 0x200E, 0x200F, 0x2060, 0xFEFF, 0xB, 0x1C, 0x1D, 0x1E, 0x85]
)
# Fewer no-break spaces at the beginning of a line are an accident, more are its place in a column.
_INDENT = 3


@dataclass(frozen=True)
class TextLine:
    """A line of a block, up to a line end that its author made.

    Attributes:
        text: Without white space behind it; empty for a blank line.
        bold: Whether every letter in it is bold.
        strong: The bold stretches of `text` where not all of it is, as (start, end).
    """

    text: str
    bold: bool
    strong: tuple[tuple[int, int], ...] = ()


@dataclass(frozen=True)
class Stretch:
    """The lines between two blank ones; attributes as of a paragraph in `blocks`."""

    text: str
    bold: bool
    strong: tuple[tuple[int, int], ...]


class Lines:
    """Collects text into lines."""

    def __init__(self) -> None:
        self._pieces: list[tuple[str, bool]] = []
        self._lines: list[TextLine] = []
        self._spaced = True  # white space that comes now is not shown
        self._kept = False

    def add(self, text: str, *, bold: bool, kept: bool) -> None:
        """Add text.

        Args:
            text: As it stands in the page.
            bold: Whether it is bold.
            kept: Whether its spaces and line ends are shown as they stand, as in `pre`.
        """
        if kept:
            self._add_kept(text.replace("\r\n", "\n").replace("\r", "\n"), bold=bold)
            return
        text = _COLLAPSED.sub(" ", text)
        if self._spaced and text.startswith(" "):
            text = text[1:]
        if text:
            self._spaced = text.endswith(" ")
            self._pieces.append((text.translate(_WIDTHS), bold))

    def _add_kept(self, text: str, *, bold: bool) -> None:
        for number, line in enumerate(text.split("\n")):
            if number:
                self.end_line()
            self._kept = True
            if line:
                self._spaced = False
                self._pieces.append((line.expandtabs().translate(_WIDTHS), bold))

    def end_line(self) -> None:
        """End a line."""
        text = "".join(piece for piece, _ in self._pieces).rstrip()
        indent = len(text) - len(text.lstrip())
        if self._kept or indent >= _INDENT:
            indent = 0
        strong, weak = self._stretches(indent, len(text))
        text = text[indent:]
        bold = bool(strong) and not weak
        whole = () if bold else tuple(each for each in strong if _is_whole(text, *each))
        self._lines.append(TextLine(text, bold, whole))
        self._pieces = []
        self._spaced = True
        self._kept = False

    def _stretches(self, indent: int, end: int) -> tuple[list[tuple[int, int]], bool]:
        """Return the bold stretches of the line, and whether any letter in it is not bold."""
        strong: list[tuple[int, int]] = []
        open_ = weak = False  # whether the last stretch may go on; whether a letter is not bold
        at = -indent
        for piece, bold in self._pieces:
            start, at = at, at + len(piece)
            if not any(map(str.isalnum, piece)):
                continue
            if not bold:
                weak |= any(map(str.isalpha, piece))
            elif open_:
                strong[-1] = (strong[-1][0], min(at, end - indent))
            elif any(map(str.isalpha, piece)):
                strong.append((max(0, start), min(at, end - indent)))
            open_ = bold and bool(strong)
        return strong, weak

    def take(self) -> list[TextLine]:
        """Return the lines of a block that ends here, and begin another."""
        if self._pieces:
            self.end_line()
        lines = self._lines
        self._lines = []
        return lines


def _is_whole(text: str, start: int, end: int) -> bool:
    """Tell whether a stretch begins and ends where words do: not the "RE" of "RESOLVED"."""
    return not any(text[at - 1 : at + 1].isalnum() and 0 < at < len(text) for at in (start, end))


def divide(lines: list[TextLine]) -> list[Stretch]:
    """Divide the lines of a block at blank lines."""
    stretches: list[Stretch] = []
    current: list[TextLine] = []
    for line in [*lines, TextLine("", bold=False)]:
        if line.text:
            current.append(line)
        elif current:
            stretches.append(_join(current))
            current = []
    return stretches


def _join(lines: list[TextLine]) -> Stretch:
    text = "\n".join(line.text for line in lines)
    if all(line.bold for line in lines):
        return Stretch(text, bold=True, strong=())
    strong: list[tuple[int, int]] = []
    start = 0
    for line in lines:
        found = ((0, len(line.text)),) if line.bold else line.strong
        strong.extend((start + first, start + last) for first, last in found)
        start += len(line.text) + 1
    return Stretch(text, bold=False, strong=tuple(strong))
