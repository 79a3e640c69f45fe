"""How the lines of an attendance list hang together: wrapped text, or one person a line."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from kcsp_nlp.minutes.lines import Line
from kcsp_nlp.minutes.names import parse_name
from kcsp_nlp.minutes.people import plain, words

# A line that ends so goes on in the next: "Head of", "(Chair),"
_GOES_ON = re.compile(r"(?:[,&/(]|\b(?:and|of|for|the|in|at|to|with|on)|\s[–—-])\Z", re.IGNORECASE)
# "* ", "- ", "• ", "1. " before an entry.
_BULLET = re.compile(r"\s*(?:[-*•·+]|\(?\d{1,2}[.)])\s+")
# "✓   ", "JB      ", "GM – " before a name.
_BEFORE_NAME = re.compile(
    r"\s*(?:[-*•·+>✓✔√]+\s+|\(?\d{1,2}[.)]\s+)*(?:[A-Z][A-Za-z]?[A-Z]{1,2}(?:\s[–—-]\s+|\t|\s{2,})(?=[A-Z]))?"
)
# "Ayesha Rahman \* Caz Delaney": an escaped star between two entries.
_STAR = re.compile(r"(?<=\s)\\\*(?=\s)")
# "...; Abdirahman" ends in half a name.
_CUT_NAME = re.compile(r"[,;]\s+[^\W\d_a-z][^\W\d_]+\Z")
# "(Ms. A. Magner), Senior Intelligence" ends in half a role, its holder to come in brackets.
_CUT_ROLE = re.compile(r"\),\s[^,()]{3,60}\Z")
_TICK = re.compile(r"\s*[✓✔√]")
_VERB = re.compile(
    r"\b(?:was|were|is|are|had|has|have|welcomed|reported|agreed|opened|explained|informed|advised|"
    r"thanked|resolved|will|would|declared|noted|stated|asked|apologised|received|submitted|"
    r"joined|left|took|gave|accepted|came|wrote|attended)\b"
)
_BRACKETED = re.compile(r"\([^()]{0,200}\)")
_ROLE_THEN_NAME = re.compile(r"\((?:Mr|Mrs|Ms|Miss|Dr|Sgt|Insp|Cllr)\b")
_WRAP_LIMIT = 150
_PROSE_LENGTH = 30
_INLINE_ROOM = 0.8


def before_name(text: str, start: int = 0) -> int:
    """Return where a name can begin: after a bullet, a tick or a column of initials."""
    match = _BEFORE_NAME.match(text, start)
    assert match is not None
    return match.end()


def opens_with_person(text: str) -> bool:
    """Tell whether a line begins with a person as lists write them."""
    text = text.strip()
    name = parse_name(text, before_name(text), min(len(text), 300))
    if name is None:
        return bool(_ROLE_THEN_NAME.search(text[:120])) and text[:1].isupper()
    if name.titled or name.size > 1:
        return not is_prose(text)
    if text[name.end - 1] == ")":
        return True
    rest = text[name.rest :].strip()
    return rest[:1] in ("(", ",", "–", "-", "—", ";") or rest.startswith(("and ", "from ", "&"))


def is_prose(text: str) -> bool:
    """Tell whether a line is running text and no entry of a list."""
    bare = _BRACKETED.sub(" ", text[:600])
    if len(bare) < _PROSE_LENGTH:
        return False
    verb = _VERB.search(bare)
    return bool(verb) and not re.search(r",\s+(?:who|which)\s", bare[: verb.end()] if verb else "")


@dataclass(frozen=True)
class Layout:
    """How a document sets its lines.

    Attributes:
        width: Where its text wraps, in code points; 0 where it does not.
        double_spaced: Whether a blank line stands between almost all lines.
    """

    width: int
    double_spaced: bool

    @classmethod
    def of(cls, lines: Sequence[Line]) -> Layout:
        """Measure a document by its first lines."""
        head = lines[:400]
        lengths = sorted(
            len(line.raw.rstrip()) for line in head if line.stripped and not line.is_table_row
        )
        if not lengths:
            return cls(0, False)
        longest = lengths[int(len(lengths) * 0.98)]
        pairs = [
            not after.stripped
            for line, after in zip(head, head[1:], strict=False)
            if line.stripped and len(line.stripped) > 50
        ]
        doubled = bool(pairs) and sum(pairs) > 0.9 * len(pairs) and longest <= _WRAP_LIMIT
        return cls(longest if longest <= _WRAP_LIMIT else 0, doubled)

    def in_columns(self, line: Line) -> bool:
        """Whether a line is set in columns."""
        return bool(re.search(r"\S(?:\t|\s{3,})\S", line.raw))

    def joins(self, before: Line, line: Line, start: int, *, blank: bool, inline: bool) -> bool:
        """Tell whether `line` goes on with the entry at the end of `before`.

        Args:
            before: The line before.
            line: The line in question.
            start: Where in `before` the list begins.
            blank: Whether blank lines stand between the two.
            inline: Whether the list begins on the line of its label and so runs on.
        """
        if _BULLET.match(line.raw):
            return False
        text = before.text[start:].rstrip()
        if text.count("(") > text.count(")"):
            return True
        if self.in_columns(before) and self.in_columns(line) and not start:
            return False
        if blank and not self.double_spaced:
            return text.endswith((",", "(", "&", " and")) and not line.heading_level
        first = line.stripped.split()[0]
        if _GOES_ON.search(text) or line.stripped[0] == "(" or _ends_with_title(text):
            return True
        if first[0].islower() and plain(first) not in words().particles:
            return True
        held = before_name(before.text) if _TICK.match(before.raw) else _indent(before)
        indent = _indent(line) - (start or held)
        if start == 0 and indent >= 3:
            return True
        if text.endswith(";") or not self.width:
            return False
        if _ROLE_THEN_NAME.search(line.text[:120]) and _CUT_ROLE.search(text):
            return True
        if inline and _CUT_NAME.search(text):
            return True
        name = parse_name(line.stripped, 0, min(len(line.stripped), 300))
        if name and (name.size > 1 or name.titled) and opens_with_person(line.text):
            return False
        room = self.width * (_INLINE_ROOM if inline else 1)
        return len(before.raw.rstrip()) + 1 + len(first) > room

    def joined(self, lines: Sequence[tuple[Line, int, int]], *, inline: bool) -> tuple[int, str]:
        """Join lines into one text, `\\n` only where an entry ends.

        Args:
            lines: Each line with where in it the list begins and ends.
            inline: Whether the list begins on the line of its label.

        Returns:
            Where the text begins in the document, and the text.
        """
        first, begin, stop = lines[0]
        begin = before_name(first.text, begin)
        pieces = [_filled(first)[begin:stop]]
        for (before, start, stop), (line, _, last) in zip(lines, lines[1:], strict=False):
            blank = line.start - before.end > 1
            soft = self.joins(before, line, start, blank=blank, inline=inline)
            gap = line.start - before.start - stop
            lead = before_name(line.text)
            pieces.append(("\x1f" if soft else "\n") * gap)
            pieces.append("\x1f" * lead + _filled(line)[lead:last])
        return first.start + begin, "".join(pieces)


def _ends_with_title(text: str) -> bool:
    tokens = text[-40:].split()
    last = plain(tokens[-1]) if tokens else ""
    lists = words()
    return last in lists.honorifics or last in lists.councillors or last in lists.ranks


def _indent(line: Line) -> int:
    return len(line.raw) - len(line.raw.lstrip())


def _filled(line: Line) -> str:
    """Return the line's text with markdown marks as a white space that sets no columns."""
    if line.raw == line.text:
        return line.text
    filled = "".join(
        "\x1f" if new == " " and old != " " else new
        for old, new in zip(line.raw, line.text, strict=True)
    )
    for match in _STAR.finditer(line.raw):
        filled = filled[: match.start()] + " •" + filled[match.end() :]
    return filled
