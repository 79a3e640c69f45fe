"""Variants of a labelled text that keep every offset: other line ends, capitals, apostrophes.

Converters wrap lines where they please, clerks capitalise headings as they please; labels must
not depend on either. All edits replace a code point by one code point.
"""

from __future__ import annotations

import random
import re

# A line end inside a sentence. Matches in "was\nagreed" and "Kent\nPolice"; not in "x\n\ny".
_WRAP = re.compile(r"(?<=[^\n])\n(?=[a-z(A-Z])")
# A space between two words, where a line could end. Not beside a table bar.
_SPACE = re.compile(r"(?<=\w) (?=\w)")

_UNWRAPPED, _REWRAPPED = 0.3, 0.6  # cumulative shares of texts
_WIDTHS = (60, 110)
_CAPITAL_LINES = 0.04
_LINE_LENGTHS = range(4, 90)
_OTHER_APOSTROPHES = 0.3


def vary(text: str, rng: random.Random) -> str:
    """Return a variant of `text` of the same length, in which every offset still holds."""
    draw = rng.random()
    if draw < _UNWRAPPED:
        text = _WRAP.sub(" ", text)
    elif draw < _REWRAPPED:
        text = _rewrap(text, rng.randint(*_WIDTHS))
    lines = text.split("\n")
    for index, line in enumerate(lines):
        capitals = line.upper()
        if (
            len(line) in _LINE_LENGTHS
            and len(capitals) == len(line)
            and rng.random() < _CAPITAL_LINES
        ):
            lines[index] = capitals
    text = "\n".join(lines)
    if rng.random() < _OTHER_APOSTROPHES:
        text = text.replace("’", "'") if "’" in text else text.replace("'", "’")
    return text


def _rewrap(text: str, width: int) -> str:
    """Break lines longer than `width` at the next space between two words."""
    out = list(text)
    begin = 0
    for match in _SPACE.finditer(text):
        begin = max(begin, text.rfind("\n", begin, match.start()) + 1)
        if match.start() - begin > width:
            out[match.start()] = "\n"
            begin = match.end()
    return "".join(out)
