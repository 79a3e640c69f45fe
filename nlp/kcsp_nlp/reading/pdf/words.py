"""Words as they stand on a page: what every later step of reading a PDF looks at.

Places are in points, from the upper left corner of the page as it is shown: `x` to the right,
`y` downwards.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

# As columns stand apart in plain text.
_APART = "    "


@dataclass(slots=True)
class Word:
    """Characters that stand together.

    Attributes:
        text: The characters, at least one, none of them white space.
        x0: Left edge, where the pen starts.
        x1: Right edge, where the pen goes on.
        base: Line the characters stand on.
        size: Height of the font.
        bold: Whether its font is a bold one.
        font: Number of its font in the document.
        is_hidden: Whether it is not drawn: the text layer under a scan.
        gap: Space before it in its line; 0 for the first.
        is_apart: Whether that space is as wide as between columns.
        is_spaced: Whether a space stands before it in the file.
    """

    text: str
    x0: float
    x1: float
    base: float
    size: float
    bold: bool = False
    font: int = 0
    is_hidden: bool = False
    gap: float = 0.0
    is_apart: bool = False
    is_spaced: bool = True


def text_of(words: Sequence[Word]) -> str:
    """Return words as text: one space between them, more where they stand far apart."""
    text = words[0].text
    for word in words[1:]:
        text += (_APART if word.is_apart else " ") + word.text
    return text


@dataclass(slots=True)
class Line:
    """Words that stand on one line of a column, from left to right.

    Attributes:
        words: The words, at least one.
        page: Page it stands on, from 1.
        left: Left edge of its column.
        right: Right edge of its column.
        hang: Where text goes on behind a marker or label that opens it; None for none.
        margin: What stands beside it in the right margin, such as the initials of an owner.
    """

    words: list[Word]
    page: int
    left: float = 0.0
    right: float = 0.0
    hang: float | None = None
    margin: str = ""
    x0: float = field(init=False)
    x1: float = field(init=False)
    base: float = field(init=False)
    size: float = field(init=False)
    bold: bool = field(init=False)
    text: str = field(init=False)

    def __post_init__(self) -> None:
        """Measure the line by its words."""
        words = self.words
        self.x0 = words[0].x0
        self.x1 = max(word.x1 for word in words)
        longest = max(words, key=lambda word: len(word.text))
        self.base = longest.base
        self.size = longest.size
        # A bullet or a full stop from another font makes no difference.
        self.bold = all(word.bold for word in words if any(map(str.isalnum, word.text))) and any(
            word.bold for word in words
        )
        self.text = text_of(words)

    @property
    def top(self) -> float:
        """Upper edge of its letters."""
        return self.base - 0.75 * self.size

    @property
    def bottom(self) -> float:
        """Lower edge of its letters."""
        return self.base + 0.25 * self.size


@dataclass(frozen=True, slots=True)
class Rule:
    """A straight line that is drawn on the page, along or across.

    Attributes:
        is_level: Whether it goes from left to right.
        at: Its place across its direction: y of a level one.
        start: Where it begins along its direction.
        end: Where it ends.
    """

    is_level: bool
    at: float
    start: float
    end: float


@dataclass(slots=True)
class Sheet:
    """A page of the file.

    Attributes:
        number: From 1.
        width: In points, as shown.
        height: In points, as shown.
        words: Upright words inside the page, in the order of the file.
        rules: Lines drawn on it.
        astray: Text that does not stand upright, each piece with the reason: watermarks, stamps.
        image: Share of the page that pictures cover, 0 to 1.
    """

    number: int
    width: float
    height: float
    words: list[Word]
    rules: list[Rule]
    astray: list[tuple[str, str]]
    image: float = 0.0


@dataclass(slots=True)
class Cells:
    """A table as it stands on one page.

    Attributes:
        rows: For each row and column the lines in it.
        page: Page it stands on, from 1.
        is_ruled: Whether lines are drawn between its cells.
        gaps: Where nothing stands between its columns, from and to; empty for a ruled table.
    """

    rows: list[list[list[Line]]]
    page: int
    is_ruled: bool
    gaps: tuple[tuple[float, float], ...] = ()
