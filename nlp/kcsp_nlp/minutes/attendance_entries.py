"""Stretches of an attendance list into people."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from kcsp_nlp.minutes.affiliation import Piece, describe, kind_of
from kcsp_nlp.minutes.names import PersonName, parse_name
from kcsp_nlp.minutes.people import plain, words
from kcsp_nlp.records import Attendee, Status

# What stands between two pieces of a list, outside brackets.
# ", " ";" " and " " – " and four spaces; not the hyphen of "Annan-Veitch".
_SEPARATOR = re.compile(
    r"(?P<hard>[;\n]|\s[*•·|]+(?=\s))"
    r"|(?P<open>[(\[])"
    r"|(?P<comma>,)"
    r"|(?P<dash>\s+[-–—=]+(?=\s)|[–—])"
    r"|(?P<column>\t|[ ]{3,})"
    r"|(?P<and>\s(?:and|&|agus)(?=\s))"
)
# "both Worcestershire County Council" is said of the people before it as well.
_SHARED = re.compile(r"(?:both|all|each)(?:\s+(?:of|from))?\s+", re.IGNORECASE)
# "Substitute for Mr F G Brattle" names one who was not there.
_SUBSTITUTED = re.compile(
    r"(?:substitut\w*|subst?\.?|deputi[sz]ing|cover(?:ing)?)\s+for\s+", re.IGNORECASE
)
# "(PB)", "[IMP]" but not "(Chair)".
_OWN_INITIALS = re.compile(r"[\s(\[]*[A-Z][A-Za-z]{0,2}[A-Z]{0,3}[\s)\]]*\Z")
# A clause about the person: ", who was at work".
_CLAUSE = re.compile(r"\s*(?:who|whose|for whom|having|as (?:he|she|they)|due to|because|owing)\b")
# "and from the Treasurer, Mr Nunn": the role comes first.
_LEADING = re.compile(r"(?:(?:and|from|by|also|with|both)\s+)*the\s+")
# "(notes)", "taking the minutes"
_MINUTES = re.compile(
    r"(?:\A|\b(?:taking|took)\s)(?:the\s|these\s)?(?:minutes|notes)\b", re.IGNORECASE
)
_MAX_BRACKET = 240
_COMMA_LIST = 3
_PAIR = 2


@dataclass
class _Person:
    name: PersonName
    pieces: list[Piece] = field(default_factory=list)
    described: bool = False
    role: str | None = None
    organisation: str | None = None
    separator: str = "hard"
    complete: bool = False
    dashed: bool = False


@dataclass
class _Fragment:
    """What stands between two separators, with the brackets behind it."""

    start: int
    end: int
    separator: str
    brackets: list[tuple[int, int]] = field(default_factory=list)


@dataclass(frozen=True)
class Stretch:
    """A stretch of an attendance list in which status, role and body hold throughout.

    Attributes:
        start: Where `text` begins in the document.
        text: As long as it is in the document; line ends that end an entry are `\\n`,
            all others and markdown marks are white space.
        status: Of everyone in it.
        role: Of everyone whose entry gives none; None for none.
        organisation: Of everyone whose entry gives none; None for none.
        row: Whether it is the row of a table: one person, what follows describes.
    """

    start: int
    text: str
    status: Status
    role: str | None = None
    organisation: str | None = None
    row: bool = False


def read_stretch(stretch: Stretch) -> list[Attendee]:
    """Return the people of a stretch in reading order, offsets in the document."""
    entries = list(_entries(stretch.text))
    people: list[_Person] = []
    found: list[Attendee] = []
    for entry in entries:
        alone = not stretch.row and (len(entries) == 1 or _is_comma_list(stretch.text, entry))
        if not alone and _is_bare_word(stretch.text, entry):
            continue
        reader = _EntryReader(stretch.text, alone=alone, pair=len(entry) == _PAIR)
        for fragment in entry:
            reader.take(fragment)
        reader.share()
        if reader.of_all:
            for person in people:
                person.organisation = person.organisation or reader.of_all
        people += reader.people
        found += [
            _attendee(_Person(name), stretch, status="apologies") for name in reader.substituted
        ]
    found += [_attendee(person, stretch) for person in people]
    return sorted(found, key=lambda attendee: attendee.start)


def _attendee(person: _Person, stretch: Stretch, status: Status | None = None) -> Attendee:
    name = person.name
    member = _is_member(name)
    role, organisation = describe(stretch.text, person.pieces, member=member)
    role = person.role or role
    if role and name.role and name.titled and not member and not person.complete:
        role = f"{name.role}, {role}"
    if status is None and (member or not name.role):
        role = role or stretch.role
    role = role or name.role
    if status is None:
        organisation = organisation or person.organisation or stretch.organisation
    status = status or _status(person, stretch, role)
    return Attendee(
        start=stretch.start + name.start,
        end=stretch.start + name.end,
        name=" ".join(stretch.text[name.start : name.end].split()),
        status=status,
        role=role,
        organisation=organisation,
    )


def _status(person: _Person, stretch: Stretch, role: str | None) -> Status:
    """Return the stretch's status; who is there for the minutes alone is in attendance."""
    said = (stretch.text[piece.start : piece.end].strip() for piece in person.pieces)
    listed = stretch.status == "present" and not stretch.row
    if listed and not role and any(_MINUTES.search(text) for text in said):
        return "in_attendance"
    return stretch.status


def _entries(text: str) -> Iterator[list[_Fragment]]:
    entry: list[_Fragment] = []
    for fragment in _fragments(text):
        if fragment.separator == "hard" and entry:
            yield entry
            entry = []
        if text[fragment.start : fragment.end].strip() or fragment.brackets:
            entry.append(fragment)
    if entry:
        yield entry


def _fragments(text: str) -> Iterator[_Fragment]:
    current = _Fragment(0, 0, "hard")
    at = 0
    while match := _SEPARATOR.search(text, at):
        at = match.end()
        if match.lastgroup == "open":
            close = _closing(text, match.start())
            if close is None:
                continue
            if not current.brackets:
                current.end = match.start()
            current.brackets.append((match.end(), close))
            at = close + 1
            following = _SEPARATOR.match(text, _past_space(text, at))
            if not following and text[at : at + 1].isspace():
                yield current
                current = _Fragment(at, at, "after")
            continue
        if not current.brackets:
            current.end = match.start()
        yield current
        current = _Fragment(at, at, match.lastgroup or "hard")
    if not current.brackets:
        current.end = len(text)
    yield current


def _past_space(text: str, at: int) -> int:
    while at < len(text) and text[at] in " \x1f":
        at += 1
    return at


def _closing(text: str, at: int) -> int | None:
    """Return where the bracket opened at `at` closes; None where it does not nearby."""
    depth = 0
    for index in range(at, min(len(text), at + _MAX_BRACKET)):
        if text[index] in "([":
            depth += 1
        elif text[index] in ")]":
            depth -= 1
            if depth == 0:
                return index
        elif text[index] == "\n":
            return None
    return None


def _name_of(text: str, fragment: _Fragment) -> PersonName | None:
    end = fragment.brackets[0][1] + 1 if fragment.brackets else fragment.end
    name = parse_name(text, fragment.start, end)
    return name if name and name.start < fragment.end else None


def _is_clean(text: str, fragment: _Fragment, name: PersonName) -> bool:
    """Whether the name is all of the fragment: else it is rather a body."""
    rest = text[name.rest : max(name.rest, fragment.end)].strip(" \t\x1f.")
    return not rest or kind_of(rest) == "note" or rest.split()[0].islower()


def _is_comma_list(text: str, entry: list[_Fragment]) -> bool:
    """Whether most pieces of an entry are names: then its commas part people."""
    names = 0
    for fragment in entry:
        name = _name_of(text, fragment)
        if name and (name.titled or (name.size > 1 and _is_clean(text, fragment, name))):
            names += fragment.separator != "dash"
    return names >= _COMMA_LIST and names * 5 >= len(entry) * 3


def _is_bare_word(text: str, entry: list[_Fragment]) -> bool:
    """Whether an entry is a single word, which may be anything."""
    if len(entry) > 1 or entry[0].brackets:
        return False
    return len(text[entry[0].start : entry[0].end].split()) == 1


class _EntryReader:
    """Reads the fragments of one entry in order; keeps who was found and what is open."""

    def __init__(self, text: str, *, alone: bool, pair: bool) -> None:
        self._text = text
        self._alone = alone
        self._pair = pair
        self._plural: PersonName | None = None
        self._pending: str | None = None
        self.people: list[_Person] = []
        self.substituted: list[PersonName] = []
        self.of_all: str | None = None
        self._closed = False

    def take(self, fragment: _Fragment) -> None:
        """Read one fragment: a new person, or more about the last one."""
        text = self._text[fragment.start : fragment.end]
        if _CLAUSE.match(text):
            self._closed = True
        name = _name_of(self._text, fragment)
        inner = self._bracketed_name(fragment) if name is None or name.size == 1 else None
        if inner and name and (name.titled or not inner.titled):
            inner = None
        if name and inner is None and self._opens_person(fragment, name):
            self._add(fragment, name)
        elif inner:
            role = " ".join(text.split()) or None
            self.people.append(
                _Person(inner, role=self._pending or role, described=True, complete=True)
            )
            self._pending = None
        elif self.people and fragment.separator != "hard" and not self._is_pending(text):
            self._describe(fragment)
        elif text.strip() and kind_of(text) == "role":
            self._pending = _LEADING.sub("", " ".join(text.split()))

    def _is_pending(self, text: str) -> bool:
        if not self.people[-1].complete and not _LEADING.match(text.strip()):
            return False
        return kind_of(_LEADING.sub("", text.strip())) == "role"

    def _opens_person(self, fragment: _Fragment, name: PersonName) -> bool:
        separator = fragment.separator
        if separator == "hard" or not self.people:
            return True
        self._closed = self._closed and not name.titled
        last = self.people[-1]
        if separator == "after":
            return name.size > 1 and _is_clean(self._text, fragment, name)
        if separator in ("dash", "column"):
            again = name.initialled and last.name.initialled
            return separator == "column" and (name.titled or again)
        if name.titled or (self._plural and not self._closed):
            return True
        lead = self._text[fragment.start : name.start].split()
        if self._closed:
            return "from" in lead
        if self._pair and last.name.titled and separator == "comma" and name.size > _PAIR:
            return False
        clean = _is_clean(self._text, fragment, name)
        if separator == "and":
            return clean and (self._alone or not last.described or bool(fragment.brackets))
        if not clean:
            return False
        singles = all(each.name.size == 1 for each in self.people)
        if name.size == 1 and singles and not (last.described or last.name.titled):
            return True
        if last.dashed:
            return any(
                self._is_own_initials(_Person(name), self._text[a:b]) for a, b in fragment.brackets
            )
        if self._alone:
            return name.size > 1 or last.described or last.name.size == 1
        return name.initialled and last.name.initialled and not last.described

    def _add(self, fragment: _Fragment, name: PersonName) -> None:
        person = _Person(name, role=self._pending, separator=fragment.separator)
        self._pending = None
        if name.plural:
            self._plural = name
        elif name.titled and name.role:
            self._plural = None
        if self._plural and person.role is None and name.role is None and not name.plural:
            person.role = None
            person.name = _with_role(name, self._plural.role)
        if self._plural and fragment.separator == "and" and not name.plural:
            self._plural = None
        self.people.append(person)
        self._closed = False
        rest = (name.rest, max(name.rest, fragment.end))
        if self._text[rest[0] : rest[1]].strip(" \t\x1f."):
            self._append(person, Piece(*rest, False))
        self._brackets(person, fragment, after=name.rest)

    def _describe(self, fragment: _Fragment) -> None:
        person = self.people[-1]
        if self._closed:
            return
        text = self._text[fragment.start : fragment.end]
        if self._is_post_nominal(text):
            self._brackets(person, fragment, after=fragment.start)
            return
        shared = _SHARED.match(text.strip())
        if shared:
            start = fragment.start + text.index(shared[0]) + len(shared[0])
            for each in self.people:
                if each.organisation is None and not describe(self._text, each.pieces)[1]:
                    each.organisation = describe(self._text, [Piece(start, fragment.end, False)])[1]
            return
        if fragment.separator == "and" and person.pieces and person.described:
            last = person.pieces[-1]
            person.pieces[-1] = Piece(last.start, fragment.end, last.bracketed)
        elif text.strip():
            person.dashed = fragment.separator == "dash"
            self._append(person, Piece(fragment.start, fragment.end, False))
        self._brackets(person, fragment, after=fragment.start)

    def _brackets(self, person: _Person, fragment: _Fragment, after: int) -> None:
        for start, end in fragment.brackets:
            if start < after:
                continue
            inner = self._text[start:end]
            instead = _SUBSTITUTED.match(inner.strip())
            if instead:
                name = parse_name(self._text, start + inner.index(instead[0]) + instead.end(), end)
                self.substituted += [name] if name else []
            elif self._is_own_initials(person, inner):
                continue
            else:
                self._bracket(person, start, end)

    def _bracket(self, person: _Person, start: int, end: int) -> None:
        inner = self._text[start:end]
        shared = _SHARED.match(inner)
        if shared:
            body = describe(self._text, [Piece(start + shared.end(), end, True)])[1]
            for each in self.people[:-1]:
                each.organisation = each.organisation or body
            if inner.startswith("all"):
                self.of_all = body
            start += shared.end()
        last = person.pieces[-1] if person.pieces else None
        text = self._text[last.start : last.end] if last else ""
        kind = kind_of(inner)
        if last and not last.bracketed and kind_of(text) == "role" and kind not in ("role", "body"):
            if kind == "function" or (kind == "unknown" and len(inner.split()) > 1):
                person.pieces[-1] = Piece(last.start, end + 1, False)
            return
        offset = start
        for part in re.split(r"[;,]", self._text[start:end]):
            if not self._is_own_initials(person, part):
                self._append(person, Piece(offset, offset + len(part), True))
            offset += len(part) + 1

    def _append(self, person: _Person, piece: Piece) -> None:
        person.pieces.append(piece)
        person.described = True

    def _is_own_initials(self, person: _Person, text: str) -> bool:
        if not _OWN_INITIALS.match(text):
            return False
        name = self._text[person.name.start : person.name.end]
        initials = {token[0].lower() for token in re.split(r"[\s\-'’.]+", name) if token}
        initials |= {c.lower() for c in name if c.isupper()}
        return all(c.lower() in initials for c in text if c.isalpha())

    def _is_post_nominal(self, text: str) -> bool:
        lists = words()
        tokens = [plain(token).replace(".", "") for token in text.split()]
        return bool(tokens) and all(
            token in lists.post_nominals or token in lists.legislators for token in tokens
        )

    def _bracketed_name(self, fragment: _Fragment) -> PersonName | None:
        """Return the name in "Chief Executive (Mr. P. Daly)"."""
        for start, end in fragment.brackets[:1]:
            name = parse_name(self._text, start, end)
            if name and (name.titled or name.initialled) and name.end <= end:
                return name
        return None

    def share(self) -> None:
        """Give "Ann and Geoff Paine – Secretary" the role twice."""
        for index in range(len(self.people) - 1, 0, -1):
            person, before = self.people[index], self.people[index - 1]
            if person.separator != "and" or before.described or not person.described:
                continue
            last = index == len(self.people) - 1
            if last and self._alone and not self._belong_together(before, person):
                continue
            role, organisation = describe(self._text, person.pieces)
            singles = all(each.name.size == 1 for each in self.people[: index + 1])
            for each in self.people[:index] if singles else [before]:
                each.organisation = each.organisation or organisation
                if not each.name.role and not person.name.role:
                    each.role = each.role or role

    def _belong_together(self, one: _Person, other: _Person) -> bool:
        """Whether two at the end of a list share what is said of the second."""
        if other.name.size == 1:
            return one.name.size == 1 and not other.name.titled
        ranks = [each.name.role and not _is_member(each.name) for each in (one, other)]
        return all(ranks)


def _is_member(name: PersonName) -> bool:
    return bool(name.role) and plain((name.role or "").split()[-1]) in words().councillors


def _with_role(name: PersonName, role: str | None) -> PersonName:
    return PersonName(
        name.start, name.end, name.rest, role, False, True, name.size, name.initialled
    )
