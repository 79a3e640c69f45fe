"""An attendance list cut into entries, and entries into the pieces between separators."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from kcsp_nlp.minutes.attendance.kinds import kind_of
from kcsp_nlp.minutes.attendance.stops import ends_sentence
from kcsp_nlp.minutes.people.names import PersonName, parse_name

# What stands between two pieces of a list, outside brackets.
# ", " ";" " and " " – " and four spaces; not the hyphen of "Finch-Moss", not "Ash & Sons".
_SEPARATOR = re.compile(
    r"(?P<hard>[;\n]|\s[*•·|~]+(?=\s))"
    r"|(?P<stop>\.(?=[\s\x1f]+[^\W\d_a-z]))"
    r"|(?P<open>[(\[])"
    r"|(?P<comma>,)"
    r"|(?P<dash>(?<!\s)\s+[-–—=]+(?=\s)|[–—])"
    r"|(?P<column>\t|[ ]{3,})"
    r"|(?P<with>\s(?:together\s)?with\s(?=(?:the|Mr|Mrs|Ms|Miss|Dr|Cllr|Councillor)\s))"
    r"|(?P<and>\s(?:and|&|agus)(?=\s)"
    r"(?!\s(?:Sons?|Daughters?|Co|Company|Partners|Associates|Bro(?:ther)?s)\b))"
)
# "Dot| and Ernie May" but not "Dot, Bookings".
_AND = re.compile(r"\s+(?:and|&)\s+(?=[^\W\d_a-z])")
_BLANK = " \t\x1f"
_MAX_BRACKET = 240
_COMMA_LIST = 3
_MOSTLY = 0.6
# "DAVIES C", "BUTLER-REES", "O'DOWD" but not "KCC" or "DAVIES and".
_CAPITALS = re.compile(r"([A-Z]{2,}(?:['’-][A-Z]{2,})?|[A-Z]['’][A-Z]{2,})(?: [A-Z]{1,2}){0,2}")
_ACRONYM = 4
_SURNAMES = 4
_INITIALLED = 2
_HALF = 0.5


@dataclass
class Fragment:
    """What stands between two separators.

    Attributes:
        start: First code point, counted in the text that was cut.
        end: One past the last, brackets left out.
        separator: What stands before it: `hard` (a line's end, a semicolon), `comma`, `and`,
            `with`, `dash`, `column`, or `after` where a bracket ends without a separator.
        brackets: What stands in brackets behind it, the brackets themselves left out.
    """

    start: int
    end: int
    separator: str
    brackets: list[tuple[int, int]] = field(default_factory=list)


def entries_of(text: str) -> Iterator[list[Fragment]]:
    """Yield the entries of a list, each as its fragments in order."""
    entry: list[Fragment] = []
    for fragment in _fragments(text):
        if fragment.separator == "hard" and entry:
            yield entry
            entry = []
        if text[fragment.start : fragment.end].strip() or fragment.brackets:
            entry.append(fragment)
    if entry:
        yield entry


def _fragments(text: str) -> Iterator[Fragment]:
    current = Fragment(0, 0, "hard")
    at = 0
    while match := _SEPARATOR.search(text, at):
        at = match.end()
        if match.lastgroup == "stop":
            if not _parts_entries(text, current.start, match.start()):
                continue
            yield _ended(current, match.start())
            current = Fragment(at, at, "hard")
            continue
        if match.lastgroup != "open":
            yield _ended(current, match.start())
            current = Fragment(at, at, match.lastgroup or "hard")
            continue
        close = _closing(text, match.start())
        if close is None:
            continue
        current = _ended(current, match.start())
        current.brackets.append((match.end(), close))
        at = close + 1
        if text[at : at + 1].isspace() and not _SEPARATOR.match(text, _past_blank(text, at)):
            yield current
            current = Fragment(at, at, "after")
    yield _ended(current, len(text))


def _parts_entries(text: str, start: int, stop: int) -> bool:
    """Whether a full stop ends an entry: a person follows, and it ends no abbreviation."""
    if not ends_sentence(text, start, stop):
        return False
    name = parse_name(text, stop + 1, min(len(text), stop + _MAX_BRACKET))
    if name is None or name.titled or name.size > 1:
        return name is not None
    second = _AND.match(text, name.rest)
    return second is not None and parse_name(text, second.end(), len(text)) is not None


def _ended(fragment: Fragment, end: int) -> Fragment:
    if not fragment.brackets:
        fragment.end = end
    return fragment


def _past_blank(text: str, at: int) -> int:
    """Return where the text goes on, short of a space that opens a separator."""
    start = at
    while at < len(text) and text[at] in _BLANK:
        at += 1
    return at if text[at : at + 1] in ("(", "[", ",", ";", "\n", "–", "—") else start


def _closing(text: str, at: int) -> int | None:
    """Return where the bracket opened at `at` closes; None where it does not nearby."""
    limit = min(len(text), at + _MAX_BRACKET)
    if text.find(")", at, limit) < 0 and text.find("]", at, limit) < 0:
        return None
    depth = 0
    for index in range(at, limit):
        if text[index] in "([":
            depth += 1
        elif text[index] in ")]":
            depth -= 1
            if depth == 0:
                return index
        elif text[index] == "\n":
            return None
    return None


def name_of(text: str, fragment: Fragment) -> PersonName | None:
    """Return the name a fragment begins with; "Collins (B)" takes its bracket in."""
    end = fragment.brackets[0][1] + 1 if fragment.brackets else fragment.end
    name = parse_name(text, fragment.start, end)
    return name if name and name.start < fragment.end else None


def is_clean(text: str, fragment: Fragment, name: PersonName) -> bool:
    """Tell whether the name is all of the fragment: else it is rather a body's."""
    rest = text[name.rest : max(name.rest, fragment.end)].strip(" \t\x1f.")
    tokens = rest.split()
    return not tokens or tokens[0].islower() or kind_of(rest) == "note"


def is_comma_list(text: str, entry: Sequence[Fragment]) -> bool:
    """Tell whether most pieces of an entry are names: then its commas part people."""
    names = 0
    for fragment in entry:
        if fragment.separator == "dash":
            continue
        name = name_of(text, fragment)
        names += bool(name and (name.titled or (name.size > 1 and is_clean(text, fragment, name))))
    return names >= _COMMA_LIST and names >= _MOSTLY * len(entry)


def is_surname_list(text: str, entry: Sequence[Fragment]) -> bool:
    """Tell whether most pieces of an entry are single names, some of which may be other words."""
    if len(entry) < _SURNAMES or any(fragment.separator == "dash" for fragment in entry):
        return False
    single = 0
    for fragment in entry:
        name = name_of(text, fragment)
        single += bool(name and name.size == 1 and is_clean(text, fragment, name))
    return single >= _HALF * len(entry)


def is_initialled_list(text: str, entry: Sequence[Fragment]) -> bool:
    """Tell whether posts stand between people with initials: "A Ash, Clerk, B Lee, Treasurer"."""
    names: list[bool] = []  # for each name whether a post follows it
    for fragment in entry:
        name = name_of(text, fragment)
        if name is not None and name.initialled and is_clean(text, fragment, name):
            names.append(False)
        elif names and kind_of(text[fragment.start : fragment.end]) == "role":
            names[-1] = True
    return len(names) >= _INITIALLED and all(names)


def is_capitals_list(text: str, entry: Sequence[Fragment]) -> bool:
    """Tell whether an entry lists surnames in capitals: "AXTON (Chair), DAVIES C, LAMB"."""
    if len(entry) < _COMMA_LIST:
        return False
    pieces = [text[fragment.start : fragment.end] for fragment in entry]
    return names_in_capitals(pieces)


def names_in_capitals(pieces: Sequence[str]) -> bool:
    """Tell whether pieces of a list are surnames in capitals, and not short forms of bodies."""
    words = [match[1] for piece in pieces if (match := _CAPITALS.fullmatch(piece.strip()))]
    long = sum(len(word) > _ACRONYM for word in words)
    return len(words) == len(pieces) >= _COMMA_LIST and long >= _HALF * len(pieces)


def is_bare_word(text: str, entry: Sequence[Fragment]) -> bool:
    """Tell whether an entry is a single word, which may be anything."""
    if len(entry) > 1 or entry[0].brackets:
        return False
    return len(text[entry[0].start : entry[0].end].split()) == 1
