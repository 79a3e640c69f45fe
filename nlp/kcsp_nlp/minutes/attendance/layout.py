"""How the lines of an attendance list hang together: wrapped text, or one person a line."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from kcsp_nlp.minutes.attendance.kinds import kind_of
from kcsp_nlp.minutes.lines import Line
from kcsp_nlp.minutes.people.names import is_given_name, parse_name
from kcsp_nlp.minutes.people.words import plain, words

# A line that ends so goes on in the next: "Head of", "(Chair),", "and M."; not "Secretary".
_GOES_ON = re.compile(
    r"(?:[,&/(]|\b(?:and|of|for|from|the|in|at|to|with|on|by|via)|\s[–—-]|\s(?-i:[A-Z])\.)\Z",
    re.IGNORECASE,
)
# "* ", "- ", "• ", "1. " before an entry; not "-based".
_BULLET = re.compile(r"\s*+(?:[-*•·+]|\(?\d{1,2}[.)])\s")
# "✓   ", "JB      ", "SO'R   ", "GM – " before a name; not "DI Kent".
_BEFORE_NAME = re.compile(
    r"\s*+(?:[-*•·+>✓✔√]++\s++|\(?\d{1,2}[.)]\s++){0,3}"
    r"(?:[A-Z][A-Za-z]?['’]?[A-Z]{1,2}(?:\s[–—-]\s++|\t\s*+|\s\s++)(?=[A-Z]))?"
)
# "welcomed", "will", "left the room" but not "Will March", "Wasley" or "left 8.10".
_VERB = re.compile(
    r"\b(?:was|were|is|are|had|has|have|welcomed|reported|agreed|opened|explained|informed|advised|"
    r"thanked|resolved|will|would|declared|noted|stated|asked|apologised|received|submitted|"
    r"took|gave|accepted|came|wrote|attended"
    r"|(?:joined|left)(?!\s(?:at\s|from\s|about\s|after\s)?(?:\d|items?\b|noon\b)))\b"
)
# ", who was away" but not "who was there".
_RELATIVE = re.compile(r",\s(?:who|which|(?:for|of|with)\swhom|whose)\s")
# "(Chair)" but not "Chair".
_BRACKETED = re.compile(r"\([^()]{0,200}\)")
# "Chief Executive (Mr. P. Ash)" but not "Chief Executive (Acting)".
_ROLE_THEN_NAME = re.compile(r"\((?:Mr|Mrs|Ms|Miss|Dr|Sgt|Insp|Cllr)\b")
# What stands between a role and the name of who holds it; not the hyphen of "Vice-Chair".
_AFTER_ROLE = re.compile(r",\s|\s[–—-]\s")
# "Ada Moss \* Cy Dale": an escaped star between two entries; not "\*\*".
_STAR = re.compile(r"(?<=\s)\\\*(?=\s)")
# "...; Abdirahman" ends in half a name; "..., Jean Auld" does not.
_CUT_NAME = re.compile(
    r"[,;]\s(?:(?:Sergeant|Sgt|Inspector|Insp|Cllr|Mrs?|Ms|Miss|Dr|PC)\.?\s)?"
    r"[^\W\d_a-z][^\W\d_]+\Z"
)
# "..., and the Rev Christine" ends in half a name where the other half follows, and nothing else.
_CUT_LAST = re.compile(r"[\w.)],?\s(?:and|&)\s(?:the\s)?(?:[A-Z][a-z]{1,4}\.?\s)?[A-Z][a-z]+\Z")
# ", for whom Iftikhar" ends inside of what it tells; ", for whom Ann Lee came" need not.
_CUT_CLAUSE = re.compile(r"\b(?:for|of|by|with) whom(?:\s[\w.'’-]{1,20}){0,2}\Z")
# "T. and", "P.J.;" go on with a surname; "T. Byrne" does not.
_INITIALS = re.compile(r"(?:[A-Z]\.){1,3}(?:[,;]|\s(?:and|&)\s|\Z)")
# "Postle.", "Lee (Chair)," go on with half a name; "Postle Crane" is a name of its own.
_OTHER_HALF = re.compile(r"[^\W\d_a-z][\w'’-]+(?:[.,;]|\s\(|\Z)")
# "Ann Lee, Clerk" begins an entry; "Lee, Cy Dale" need not.
_DESCRIBED = re.compile(r"[^\W\d_]+ [^\s,]+(?: [^\s,]+)?(?:, | \(|\s[–-] )")
# "(Ms. A. Moss), Senior Traffic" ends in half a role, its holder to come in brackets.
_CUT_ROLE = re.compile(r"\),\s[^,()]{3,60}\Z")
# "✓   Ann Lee" but not "Ann Lee ✓".
_TICK = re.compile(r"\s*+[✓✔√]")
# "Ann Lee    Clerk" but not "    Ann Lee".
_COLUMNS = re.compile(r"\S(?:\t|[ ]{3})")
# Short forms of councils that are ranks as well.
_COUNCILS = frozenset({"dc", "cc"})
_AFTER_SINGLE_NAME = ("(", ",", "–", "-", "—", ";", "&", "and ", "from ")
_WRAP_LIMIT = 150
_RUNS_ON = 2
_PROSE_LENGTH = 30
_LONG = 50
_HEAD = 400
_START = 300
_NEARLY_ALL = 0.9
_INLINE_ROOM = 0.8
_HANGING = 3


def before_name(text: str, start: int = 0) -> int:
    """Return where a name can begin: after a bullet, a tick or a column of initials."""
    match = _BEFORE_NAME.match(text, start)
    return match.end() if match else start


@lru_cache(maxsize=256)  # the readers of a line and of its neighbours all ask
def opens_with_person(text: str) -> bool:
    """Tell whether a line begins with a person as lists write them."""
    text = text[: 2 * _START].strip()
    name = parse_name(text, before_name(text), min(len(text), _START))
    if name is None:
        role_first = _ROLE_THEN_NAME.search(text[:_WRAP_LIMIT]) or _opens_with_role(text)
        return bool(role_first) and text[:1].isupper()
    if name.titled or name.size > 1:
        return not is_prose(text)
    return text[name.end - 1] == ")" or text[name.rest :].strip().startswith(_AFTER_SINGLE_NAME)


def _opens_with_role(text: str) -> bool:
    """Whether a line reads "Chairman, Cllr Ash" or "Treasurer - Mr Dale"."""
    match = _AFTER_ROLE.search(text[:_WRAP_LIMIT])
    if match is None or kind_of(text[: match.start()]) != "role" or is_prose(text):
        return False
    name = parse_name(text, match.end(), min(len(text), _START))
    return name is not None and (name.titled or name.initialled)


def is_prose(text: str) -> bool:
    """Tell whether a line is running text and no entry of a list."""
    bare = _BRACKETED.sub(" ", text[: 2 * _START])
    verb = _VERB.search(bare) if len(bare) >= _PROSE_LENGTH else None
    return verb is not None and not _RELATIVE.search(bare, 0, verb.end())


def in_columns(line: Line) -> bool:
    """Tell whether a line is set in columns."""
    return bool(_COLUMNS.search(line.raw.rstrip()))


@dataclass(frozen=True)
class Held:
    """A line of a list, and the part of it that belongs to the list."""

    line: Line
    start: int
    end: int

    @classmethod
    def whole(cls, line: Line) -> Held:
        """Take all of a line."""
        return cls(line, 0, len(line.text))

    def cut(self) -> Line:
        """Return the part that belongs to the list as a line."""
        line = self.line
        return Line(line.start + self.start, line.raw[self.start : self.end], self.text)

    @property
    def text(self) -> str:
        """The part that belongs to the list."""
        return self.line.text[self.start : self.end]


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
        head = lines[:_HEAD]
        full = [line for line in head if line.stripped and not line.is_table_row]
        lengths = sorted(len(line.raw.rstrip()) for line in full)
        if not lengths:
            return cls(0, False)
        longest = lengths[int(len(lengths) * 0.98)]
        doubled = [
            not after.stripped for line, after in pairwise(head) if len(line.stripped) > _LONG
        ]
        double = bool(doubled) and sum(doubled) > _NEARLY_ALL * len(doubled)
        wraps = longest <= _WRAP_LIMIT
        return cls(longest if wraps else 0, double and wraps)

    def joins(self, before: Held, line: Line, *, blank: bool, inline: bool) -> bool:
        """Tell whether `line` goes on with the entry at the end of `before`.

        Args:
            before: The line before.
            line: The line in question; not blank.
            blank: Whether blank lines stand between the two.
            inline: Whether the list begins on the line of its label and so runs on.
        """
        text = before.text.rstrip()
        cut = text.count("(") > text.count(")")
        columns = in_columns(before.line) and in_columns(line) and not before.start
        if cut or _BULLET.match(line.raw) or columns:
            return cut and not _BULLET.match(line.raw)
        if blank and not self.double_spaced:
            return text.endswith((",", "(", "&", " and")) and not line.heading_level
        if _goes_on(text, line) or (not before.start and _hangs(before.line, line)):
            return True
        if text.endswith(";") or not (self.width or inline):
            return False
        return self._wraps(before, line, text, inline=inline)

    def _wraps(self, before: Held, line: Line, text: str, *, inline: bool) -> bool:
        """Whether there was no room for the next word, or half a name stands at the end."""
        if _ROLE_THEN_NAME.search(line.text[:_WRAP_LIMIT]) and _CUT_ROLE.search(text):
            return True
        name = parse_name(line.stripped, 0, min(len(line.stripped), _START))
        if name and name.titled and opens_with_person(line.text):
            return False
        inline = (
            inline
            or text.count(";") + line.text.count(";") >= _RUNS_ON
            or text.count(",") > _RUNS_ON + 1
        )
        width = self.width or _WRAP_LIMIT  # a wrapped list in a text that does not wrap
        room = width * _INLINE_ROOM / (1 if self.width else 2) if inline else width
        filled = len(before.line.raw.rstrip()) + 1 + len(line.stripped.split()[0]) > room
        if not filled and _opens_entry(line):
            return False
        if _is_cut(text, line, inline=inline):
            return True
        if name and name.size > 1 and opens_with_person(line.text):
            return False
        return filled

    def joined(self, lines: Sequence[Held], *, inline: bool) -> tuple[int, str]:
        r"""Join lines into one text, `\n` only where an entry ends.

        Args:
            lines: The lines, at least one.
            inline: Whether the list begins on the line of its label.

        Returns:
            Where the text begins in the document, and the text, as long as it is there.
        """
        first = lines[0]
        begin = min(before_name(first.line.text, first.start), first.end)
        pieces = [_filled(first.line)[begin : first.end]]
        for before, held in pairwise(lines):
            stop = before.line.start + before.end
            blank = held.line.start - before.line.end > 1
            lead = min(before_name(held.line.text), held.end)
            labelled = any(character.isalnum() for character in held.line.text[:lead])
            soft = not labelled and self.joins(before, held.line, blank=blank, inline=inline)
            pieces.append(("\x1f" if soft else "\n") * (held.line.start - stop))
            pieces.append("\x1f" * lead + _filled(held.line)[lead : held.end])
        return first.line.start + begin, "".join(pieces)


def _opens_entry(line: Line) -> bool:
    """Whether a line opens with a person in full and something said of him."""
    if not _DESCRIBED.match(line.stripped) or not is_given_name(line.stripped.split()[0]):
        return False
    return opens_with_person(line.text)


def _is_cut(text: str, line: Line, *, inline: bool) -> bool:
    """Whether a line ends in half a name of which the next one holds the other half."""
    half = _CUT_NAME.search(text)
    if half and kind_of(half[0].lstrip(",; ")) == "role":
        return False  # "..., Chairperson"
    if half and (inline or _INITIALS.match(line.stripped)):
        return True
    return bool((_CUT_LAST.search(text) or half) and _OTHER_HALF.match(line.stripped))


def _goes_on(text: str, line: Line) -> bool:
    """Whether what stands around the line's end says that it is no end."""
    first = line.stripped.split()[0]
    if _GOES_ON.search(text) or _CUT_CLAUSE.search(text[-_LONG:]):
        return True
    if first[0] == "(" or _ends_with_title(text, plain(first)):
        return True
    return first[0].islower() and plain(first) not in words().particles


def _hangs(before: Line, line: Line) -> bool:
    """Whether a line is set in further than the one before, a column of ticks left out."""
    held = before_name(before.text) if _TICK.match(before.raw) else _indent(before)
    return _indent(line) - held >= _HANGING


def _ends_with_title(text: str, first: str) -> bool:
    """Whether a title ends a line, or one that goes on in the next: "Borough", "Councillor"."""
    tokens = text[-40:].split()
    last = plain(tokens[-1]) if tokens else ""
    lists = words()
    if _ends_post(tokens, last, first):
        return False
    if last in lists.councillor_prefixes and first in lists.councillors:
        return True
    if last in lists.services and first in lists.service_heads:
        return True
    if last in lists.rank_prefixes - lists.bodies and first in lists.ranks:
        return True
    return last in lists.honorifics or last in lists.councillors or last in lists.ranks


def _ends_post(tokens: Sequence[str], last: str, first: str) -> bool:
    """Whether a title ends a post or a body, and what follows is another person."""
    lists = words()
    if first in lists.honorifics and last in lists.ranks:
        return True  # "Mr A Ash, Chief Constable", and under it "Mr B Birch"
    if first in lists.ranks and last in lists.councillors:
        return True  # "Ann Lee, District Councillor", and under it "PC Birch"
    return last in _COUNCILS and len(tokens) > 1 and tokens[-2][-1] not in ",.;"  # "Fell DC"


def _indent(line: Line) -> int:
    return len(line.raw) - len(line.raw.lstrip())


def _filled(line: Line) -> str:
    """Return the line's text with markdown marks as a white space that sets no columns."""
    if line.raw == line.text:
        return line.text
    filled = [
        "\x1f" if new == " " and old != " " else new
        for old, new in zip(line.raw, line.text, strict=True)
    ]
    for star in _STAR.finditer(line.raw):
        filled[star.end() - 1] = "•"
    return "".join(filled)
