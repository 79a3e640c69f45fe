"""One entry of an attendance list into its people and what it says of them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import zip_longest

from kcsp_nlp.minutes.attendance.affiliation import Piece, describe
from kcsp_nlp.minutes.attendance.fragments import (
    Fragment,
    is_capitals_list,
    is_clean,
    is_initialled_list,
    is_surname_list,
    name_of,
)
from kcsp_nlp.minutes.attendance.kinds import kind_of
from kcsp_nlp.minutes.attendance.merging import merge_posts
from kcsp_nlp.minutes.attendance.person import Person, are_titled_alike, belong_together
from kcsp_nlp.minutes.attendance.posts import split_role
from kcsp_nlp.minutes.people.certainty import surely_names
from kcsp_nlp.minutes.people.names import (
    PersonName,
    is_given_name,
    is_post_nominals,
    parse_name,
    parse_surname,
)
from kcsp_nlp.minutes.people.words import words

# "both Fell Council" is said of the people before it as well; "Bothwell Council" is not.
_SHARED = re.compile(r"(?:both|all|each)(?:\s(?:of|from))?\s", re.IGNORECASE)
# "Substitute for Mr Ash" names one who was not there; "Substitute Teacher" nobody.
_SUBSTITUTED = re.compile(
    r"(?:as\s)?(?:an?\s)?(?:(?:substitut\w*|subst?\.?|reserve|deputy|deputi[sz]ing|cover(?:ing)?"
    r"|standing in|attending)\s(?:for|on behalf of)|in place of|replacing"
    r"|for(?=\s(?:cllr|councillor|mr|mrs|ms|miss|dr)\b))\s(?=[A-Z])",
    re.IGNORECASE,
)
# "PB", "IMP" but not "Chair".
_SHORT = re.compile(r"[A-Z][A-Za-z]{0,2}[A-Z]{0,3}\Z")
# "who was at work" tells something else about the person; "Whoever" does not.
_CLAUSE = re.compile(r"\s*(?:who|whose|for whom|having|as (?:he|she|they)|due to|because|owing)\b")
# "and from the Treasurer, Mr Ash": the role comes first; not "Treasurer".
_LEADING = re.compile(r"(?:(?:and|from|by|also|with|both|together)\s)*the\s")
# ", with County Councillor Ash" names who came besides; "Withers" does not.
_BESIDES = re.compile(r"\s*(?:together )?with\s")
# "11 members of the public", "two residents" end a list; "2nd Lt Ash" does not.
_COUNT = re.compile(r"(?:and\s)?(?:\d{1,3}|two|three|four|five|six|several|some)\s[a-z]")
# "Head of Repairs" and "Team Leader" have an area in brackets; "Governor" has a place.
_OF_AREA = re.compile(r"\b(?:Head|Leader|Director|Engineer)\b")
# "-" and " " part "Ann Lee-Moss"; "é" does not part "Zoé".
_NAME_PARTS = re.compile(r"[\s\-'’.]+")
_QUOTES = frozenset("\"'“‘")
_PAIR = 2


class EntryReader:
    """Reads the fragments of one entry.

    Attributes:
        people: Who was found, in order.
        substituted: Names of those whom someone stood in for.
        of_all: Body that the entry says all of the list belong to; None for none.
    """

    def __init__(
        self, text: str, entry: Sequence[Fragment], *, alone: bool, members: bool = False
    ) -> None:
        self.people: list[Person] = []
        self.substituted: list[PersonName] = []
        self.of_all: str | None = None
        self._text = text
        self._alone = alone
        self._listed = members
        self._members = is_capitals_list(text, entry) or (members and is_surname_list(text, entry))
        self._pair = len(entry) == _PAIR
        self._initials = is_initialled_list(text, entry)
        self._plural: PersonName | None = None
        self._pending: str | None = None
        self._closed = False
        self._roles_first = False
        self._with = False
        self._counted = False
        fragments = merge_posts(text, entry)
        self._after: Fragment | None = None
        for fragment, after in zip_longest(fragments, fragments[1:]):
            self._after = after
            if after and self._is_post_of(fragment, after):
                self._pending = text[fragment.start : fragment.brackets[-1][1] + 1].strip()
            else:
                self._take(fragment)
        self._share()

    def _take(self, fragment: Fragment) -> None:
        """Read one fragment: a new person, or more about the last one."""
        text = " ".join(self._text[fragment.start : fragment.end].split())
        self._closed = self._closed or bool(_CLAUSE.match(text))
        self._with = self._with or fragment.separator == "with"
        self._counted = fragment.separator == "comma" and bool(_COUNT.match(text))
        name = name_of(self._text, fragment)
        if name is None and (self._plural or self._members) and not self._closed:
            name = parse_surname(self._text, fragment.start, fragment.end)
        inner = self._bracketed_name(fragment, name)
        if inner:
            role, body = split_role(self._pending or text)
            person = Person(inner, role=role or None, organisation=body, role_first=True)
            self.people.append(person)
            self._pending = None
        elif name and fragment.separator == "dash" and self._pending:
            self._roles_first = True  # "Treasurer - C Lamb, Clerk - D Ash"
            self._add(fragment, name)
        elif name and self._opens_person(fragment, name):
            self._add(fragment, name)
        elif self.people and fragment.separator != "hard" and not self._is_leading_role(text):
            self._describe(fragment)
        elif text and kind_of(text) == "role":
            role = _LEADING.sub("", text)
            both = self._pending and fragment.separator == "and"
            self._pending = f"{self._pending} and {role}" if both else role

    def _is_post_of(self, fragment: Fragment, after: Fragment) -> bool:
        """Whether "Director (Schools)" stands before the name of who holds the post."""
        if after.separator != "after" or len(fragment.brackets) != 1:
            return False
        if kind_of(self._text[fragment.start : fragment.end]) != "role":
            return False
        name = name_of(self._text, after)
        sure = name is not None and surely_names(self._text, name)
        return sure and name_of(self._text, fragment) is None

    def _bracketed_name(self, fragment: Fragment, name: PersonName | None) -> PersonName | None:
        """Return the name in "Chief Executive (Mr. P. Ash)"."""
        if not fragment.brackets or (name and (name.titled or name.size > 1)):
            return None
        start, end = fragment.brackets[0]
        inner = parse_name(self._text, start, end)
        if inner is None or inner.end > end or not (inner.titled or inner.initialled):
            return None
        return inner if name is None or inner.titled else None

    def _is_leading_role(self, text: str) -> bool:
        if not (self._roles_first or self.people[-1].role_first) and not _LEADING.match(text):
            return False
        return kind_of(_LEADING.sub("", text)) == "role"

    def _opens_person(self, fragment: Fragment, name: PersonName) -> bool:
        if fragment.separator == "hard" or not self.people:
            return True
        self._closed = self._closed and not name.titled
        last = self.people[-1]
        if fragment.separator == "after" and not self._pending:
            sure = surely_names(self._text, name)
            return name.size > 1 and sure and is_clean(self._text, fragment, name)
        if fragment.separator in ("dash", "column"):
            again = name.initialled and last.name.initialled
            single = self._listed and last.name.size == name.size == 1
            single = single and is_clean(self._text, fragment, name)
            return fragment.separator == "column" and (name.titled or again or single)
        if name.titled or ((self._plural or self._members) and not self._closed):
            return True
        if self._closed:
            return "from" in self._text[fragment.start : name.start].split()
        return is_clean(self._text, fragment, name) and self._is_next(fragment, name, last)

    def _is_next(self, fragment: Fragment, name: PersonName, last: Person) -> bool:
        """Whether a bare name after a comma or "and" is a person and no body."""
        posted = self._initials and name.initialled
        if fragment.separator == "and" or posted:
            return posted or self._alone or not last.described or bool(fragment.brackets)
        if self._pair and last.name.titled and name.size > _PAIR:
            return False
        if name.size == 1 and self._is_single(name, last):
            return True
        if last.dashed:
            return bool(fragment.brackets)
        if self._alone or self._is_given_in_full(fragment, name, last):
            return name.size > 1 or last.described or last.name.size == 1
        return name.initialled and last.name.initialled and not last.described

    def _is_given_in_full(self, fragment: Fragment, name: PersonName, last: Person) -> bool:
        """Whether a common given name and one surname follow a person or his bracket."""
        if name.size != _PAIR or not is_given_name(self._text[name.start : name.end].split()[0]):
            return False
        if last.described:
            return bool(last.pieces) and last.pieces[-1].bracketed
        return kind_of(self._text[fragment.start : fragment.end]) == "unknown"

    def _is_single(self, name: PersonName, last: Person) -> bool:
        """Whether one word is a person: a common given name, or one of several single names."""
        singles = all(each.name.size == 1 for each in self.people)
        listed = singles and not (last.described or last.name.titled)
        return listed or is_given_name(self._text[name.start : name.end])

    def _add(self, fragment: Fragment, name: PersonName) -> None:
        if name.plural:
            self._plural = name
        elif self._plural:
            if name.titled and name.role:
                self._plural = None
            elif name.role is None:
                name = replace(name, role=self._plural.role, titled=True)
        if fragment.separator == "and" and not (name.plural or self._resumes(fragment)):
            self._plural = None
        besides = bool(self.people) and (
            self.people[-1].besides
            or fragment.separator == "with"
            or self._with
            or _BESIDES.match(self._text, fragment.start) is not None
        )
        person = Person(name, role=self._pending, separator=fragment.separator, besides=besides)
        self.people.append(person)
        self._pending = None
        self._closed = False
        end = max(name.rest, fragment.end)
        if self._text[name.rest : end].strip(" \t\x1f."):
            person.pieces.append(Piece(name.rest, end, False))
        self._brackets(person, fragment, after=name.rest)

    def _resumes(self, fragment: Fragment) -> bool:
        """Whether "and S Birch (Fell DC), G Dale (Ash DC)" goes on under a plural title."""
        after = self._after
        if after is None or not (after.brackets and fragment.brackets):
            return False
        name = name_of(self._text, after)
        bare = name is not None and name.initialled and not name.titled
        return bare and after.separator in ("comma", "and", "after")

    def _describe(self, fragment: Fragment) -> None:
        person = self.people[-1]
        if self._closed:
            return
        text = self._text[fragment.start : fragment.end]
        shared = _SHARED.match(text.strip())
        if shared:
            start = fragment.start + text.index(shared[0]) + len(shared[0])
            self._say_of_all(start, fragment.end, both=_is_both(shared[0]))
            return
        if not is_post_nominals(text):
            last = person.pieces[-1] if fragment.separator == "and" and person.pieces else None
            if last and not last.bracketed:
                person.pieces[-1] = last._replace(end=fragment.end)
            elif text.strip() and (last is None or kind_of(text) in ("role", "body")):
                person.dashed = fragment.separator == "dash"
                person.pieces.append(Piece(fragment.start, fragment.end, False))
        self._brackets(person, fragment, after=fragment.start)

    def _say_of_all(self, start: int, end: int, *, both: bool) -> None:
        pieces = []
        for part in self._text[start:end].split(","):
            pieces.append(Piece(start, start + len(part), False))
            start += len(part) + 1
        body = describe(self._text, pieces)[1]
        for each in self.people[-_PAIR if both else 0 :]:
            each.organisation = each.organisation or body

    def _brackets(self, person: Person, fragment: Fragment, after: int) -> None:
        for start, end in fragment.brackets:
            inner = self._text[start:end]
            instead = _SUBSTITUTED.match(inner)
            if start < after or self._is_own_initials(person, inner) or inner[:1] in _QUOTES:
                continue
            if instead:
                name = parse_name(self._text, start + instead.end(), end)
                self.substituted += [name] if name else []
            else:
                self._bracket(person, start, end)

    def _bracket(self, person: Person, start: int, end: int) -> None:
        inner = self._text[start:end]
        shared = _SHARED.match(inner)
        if shared:
            self._say_of_all(start + shared.end(), end, both=_is_both(shared[0]))
            self.of_all = self.people[-1].organisation if inner.startswith("all") else None
            return
        shared_role = words().group_roles.get(" ".join(inner.lower().split()))
        if shared_role:  # "Mr Ash and Ms Cole (Co-opted Members)"
            for each in self.people[-_PAIR if person.separator == "and" else -1 :]:
                each.role = each.role or shared_role
            return
        last = person.pieces[-1] if person.pieces else None
        kind = kind_of(inner)
        before = self._text[last.start : last.end] if last else ""
        of_role = kind_of(before) == "role"
        if of_role and _is_short_form(inner, before):
            return
        if last and not last.bracketed and of_role and kind not in ("role", "body"):
            # "Assistant Director (Safer Communities)" is one role, "Governor (Boston)" is not
            of_area = _OF_AREA.search(self._text, last.start, last.end) is not None
            if kind == "function" or (kind == "unknown" and (len(inner.split()) > 1 or of_area)):
                person.pieces[-1] = Piece(last.start, end + 1, False)
            return
        at = start
        for part in inner.replace(";", ",").split(","):
            if not self._is_own_initials(person, part):
                person.pieces.append(Piece(at, at + len(part), True))
            at += len(part) + 1

    def _is_own_initials(self, person: Person, text: str) -> bool:
        text = text.replace("'", "").replace("’", "")
        if not _SHORT.match(text.strip()):
            return False
        name = self._text[person.name.start : person.name.end]
        initials = {part[0].lower() for part in _NAME_PARTS.split(name) if part}
        initials |= {character.lower() for character in name if character.isupper()}
        return all(character.lower() in initials for character in text.strip())

    def _share(self) -> None:
        """Give "Ann and Geoff Paine – Secretary" the role twice."""
        for index in range(len(self.people) - 1, 0, -1):
            person, before = self.people[index], self.people[index - 1]
            if person.separator != "and" or before.described or not person.pieces:
                continue
            last = index == len(self.people) - 1 and not self._counted
            if last and self._alone and not belong_together(before, person):
                continue
            role, organisation = describe(self._text, person.pieces)
            singles = all(each.name.size == 1 for each in self.people[: index + 1])
            ranked = self.people[self._first_ranked(index) : index]
            for each in self.people[:index] if singles else ranked or [before]:
                each.organisation = each.organisation or organisation
                if not each.name.role and not person.name.role:
                    each.role = each.role or role

    def _first_ranked(self, index: int) -> int:
        """Return who begins "Ch Insp Lee, Insp Ash and PC Orr (Kent Police)" before `index`.

        So with "Cllr Lee, Cllr Ash and Cllr Orr (Kent County Council)".
        """
        if any(person.name.plural for person in self.people[: index + 1]):
            return index
        first = index
        while first > 0 and are_titled_alike(self.people[first - 1], self.people[first]):
            if self.people[first - 1].described:
                break
            first -= 1
        return first


def _is_short_form(text: str, of: str) -> bool:
    """Whether "TC" stands for "Town Clerk"."""
    initials = "".join(part[0] for part in _NAME_PARTS.split(of.strip()) if part[:1].isupper())
    return len(text) > 1 and text == initials


def _is_both(word: str) -> bool:
    return word[:1] in "bB"
