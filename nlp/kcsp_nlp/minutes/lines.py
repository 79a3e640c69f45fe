"""Lines of a document with markdown marks blanked out, character for character.

Every finder looks at `Line.text`, in which marks are spaces: a match at `i` in it stands at
`line.start + i` in the document, whatever the converter put around it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property

# Blanked: heading hashes, emphasis runs, escapes, hard breaks, quote marks at a line's beginning.
# "## **26. Frequency**" -> "     26. Frequency  "; "snake_case" and "5 * 4" keep theirs.
_MARKS = re.compile(
    r"^[ \t]{0,3}(?:>[ \t]?)*#{1,6}(?=[ \t])"  # heading
    r"|^[ \t]{0,3}>(?=[ \t])"  # quotation
    r"|\*{1,3}(?=\S)|(?<=\S)\*{1,3}"  # emphasis with asterisks
    r"|(?<![\w])_{1,3}(?=[^\W_])|(?<=[^\W_.!?,;:)])_{1,3}(?![\w])"  # emphasis with underscores
    r"|\\(?=[\\`*_{}\[\]()#+.!|>~&<-])"  # escape
    r"|\\(?=[ \t]*$)"  # hard line break
    r"|</?(?:b|i|u|em|strong|sup|sub|br|p)\s*/?>",  # what converters leave of HTML
    re.MULTILINE | re.IGNORECASE,
)
# Without any of these a line has no marks: "*", "#"; not "1. Apologies".
_MARKED = re.compile(r"[*_\\#<>]")
# Opens a markdown heading: "## 4."; not "#4".
_HEADING = re.compile(r"[ \t]{0,3}(#{1,6})[ \t]")
# What may stand before bold text: "", "### "; not "- ".
_HASHES = re.compile(r"^[ \t]*#{0,6}[ \t]*")


@dataclass(frozen=True)
class Line:
    """One line of a document, without its line end.

    Attributes:
        start: Where the line begins in the document's text, in code points.
        raw: The line as it stands.
        text: The line with markdown marks blanked; as long as `raw`.
    """

    start: int
    raw: str
    text: str

    @property
    def end(self) -> int:
        """One past the last code point of the line, the line end not counted."""
        return self.start + len(self.raw)

    @cached_property
    def stripped(self) -> str:
        """The line's text without marks and surrounding white space; empty for a blank line."""
        return self.text.strip()

    @property
    def heading_level(self) -> int:
        """Number of `#` that open the line; 0 where it is not a markdown heading."""
        match = _HEADING.match(self.raw)
        return len(match[1]) if match else 0

    @property
    def is_bold(self) -> bool:
        """Whether all of the line stands in `**`: converters write headings so."""
        if not self.raw.rstrip().endswith("**"):  # as most lines
            return False
        bare = _HASHES.sub("", self.raw).strip()
        return len(bare) > len("****") and bare.startswith("**")

    @property
    def is_table_row(self) -> bool:
        """Whether the line is a row of a markdown table."""
        return self.raw.lstrip().startswith("|")


def mask(text: str) -> str:
    """Return `text` with markdown marks replaced by as many spaces: offsets stay."""
    return "\n".join(_mask_line(line) for line in text.split("\n"))


def _mask_line(raw: str) -> str:
    if not _MARKED.search(raw):  # as most
        return raw
    return _MARKS.sub(lambda match: " " * len(match[0]), raw)


def split(text: str) -> list[Line]:
    """Return the lines of a document in order; `start` counts from the start of `text`."""
    lines: list[Line] = []
    start = 0
    for raw in text.split("\n"):
        lines.append(Line(start, raw, _mask_line(raw)))
        start += len(raw) + 1
    return lines
