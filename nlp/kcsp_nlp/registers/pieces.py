"""Token texts as the pieces that names are compared by: words, and marks that part them.

Hyphens, apostrophes and full stops inside a token are dropped, so that `St. Giles'` is `st giles`
and `Stockton-on-Tees` is three words however a tokenizer cuts it; `&` reads `and`.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache

Words = tuple[str, ...]

# A piece that no name contains: a blank line, a full stop or a dash that stands alone.
BREAK = "\n"

# matches: "Giles" and "&" of "Giles&"    does not match: the marks that names are written without
_PIECE = re.compile(r"\w+|[^\w\s'’‘`.‐‑-]")
_SAME = {"&": "and", "dept": "department"}
_GLUE = frozenset("'’‘`-‐‑")

# What stands before a piece: nothing or a space; the end of a full line, where a paragraph runs
# on; the end of a short line, a tab or a column.
JOINED, WRAPPED, APART = 0, 1, 2

# One more space than stands between two words of a running text.
_COLUMN = 2
# Letters, figures and marks in a line that a paragraph has filled: some 65 columns.
_FULL_LINE = 52


@dataclass(slots=True)
class Pieces:
    """Parallel lists, one entry per piece.

    Attributes:
        folded: In lower case, `&` as `and`.
        printed: As they stand.
        token: Index of the token that holds the piece.
        first: Whether the piece begins its token.
        last: Whether the piece ends its token.
        gap: What stands before the piece: `JOINED`, `WRAPPED` or `APART`.
    """

    folded: list[str] = field(default_factory=list)
    printed: list[str] = field(default_factory=list)
    token: list[int] = field(default_factory=list)
    first: list[bool] = field(default_factory=list)
    last: list[bool] = field(default_factory=list)
    gap: list[int] = field(default_factory=list)


def split_form(form: str) -> tuple[Words, Words]:
    """Return the pieces of a name, folded and as printed."""
    printed = tuple(_PIECE.findall(form))
    # Piece by piece: folding a letter such as "İ" makes two characters that would be cut apart.
    folded = tuple(piece.casefold() for piece in printed)
    if not _SAME.keys().isdisjoint(folded):
        folded = tuple(_SAME.get(piece, piece) for piece in folded)
    return folded, printed


_split_token = lru_cache(maxsize=20_000)(split_form)


def split_tokens(tokens: Sequence[str], spaces: Sequence[bool] | None = None) -> Pieces:
    """Cut token texts into pieces; white space and hyphens and apostrophes that join are none.

    Args:
        tokens: Texts of the tokens, white-space tokens included.
        spaces: Whether a space follows each token; without them a lone dash counts as a hyphen.
    """
    pieces = Pieces()
    folded, printed, token, gaps = pieces.folded, pieces.printed, pieces.token, pieces.gap
    first, last = pieces.first, pieces.last
    gap, width = APART, 0
    low: Words
    high: Words
    for index, text in enumerate(tokens):
        if text.isspace():
            gap = max(gap, _gap_of(text, width))
            width = 0 if "\n" in text else width
            if text.count("\n") < 2:  # noqa: PLR2004
                continue
            low = high = (BREAK,)
            following = APART
        else:
            width += len(text)
            if text in _GLUE and gap == JOINED and not (spaces and index and spaces[index - 1]):
                continue
            low, high = _split_token(text)
            if not low:
                low = high = (BREAK,)
            following = JOINED
        count = len(low)
        folded += low
        printed += high
        if count == 1:  # as most
            token.append(index)
            first.append(True)
            last.append(True)
            gaps.append(gap)
        else:
            token += [index] * count
            first += [True, *[False] * (count - 1)]
            last += [*[False] * (count - 1), True]
            gaps += [gap, *[JOINED] * (count - 1)]
        gap = following
    return pieces


def _gap_of(space: str, width: int) -> int:
    """Tell what a white-space token is, after `width` characters of its line."""
    if "\n" in space:
        return WRAPPED if width >= _FULL_LINE and space.count("\n") == 1 else APART
    return APART if "\t" in space or len(space) >= _COLUMN else JOINED
