"""Who of a document a mention may be: people as sets of mentions that agree with each other."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from kcsp_nlp.linking.people.given_names import Gender, are_one, may_be_short_for
from kcsp_nlp.linking.people.mentions import Mention
from kcsp_nlp.linking.people.remarks import words_of

# Offices that nobody holds beside another of them.
_POLICE = frozenset(["constable", "pcso", "sergeant", "inspector", "superintendent", "chief"])
_EXCLUSIVE = _POLICE | {"councillor", "clergy"}
# How well names agree: as they stand, as a middle name or short form would, not at all.
WELL, LOOSELY, NOT = 2, 1, 0
# Ranks that minutes mix up: "T/Supt" and "Chief Inspector".
_BLURRED = ({"inspector", "superintendent"}, {"superintendent", "chief"})
# Forms of one name that are compared with a new one; who has more is no person.
_MOST_FORMS = 12


@dataclass(slots=True, eq=False)
class Identity:
    """One person of a document.

    Attributes:
        mentions: Where the person is named.
        forms: The given names that stand with the surname, each form once.
        genders: What honorifics and given names say.
        classes: Kinds of office.
        generation: `s` or `j` for senior or junior; empty for none.
        attended: Whether the person is in the list of attendance.
        present: Whether the list does not say that the person is away.
        honorifics: What honorifics before the name say, given names apart.
        tag: Which of several namesakes it is; empty for no namesakes.
        unrelated: Whether it is said to be nobody else of that surname.
        apart: Whether it is said to be nobody at the table.
        words: Of the person's office and body in the list, folded.
        first: Where the first mention begins, in code points.
        became: Who has taken the person's mentions in; None while it stands for itself.
    """

    mentions: list[Mention] = field(default_factory=list)
    forms: list[tuple[str, ...]] = field(default_factory=list)
    genders: set[Gender] = field(default_factory=set)
    classes: set[str] = field(default_factory=set)
    generation: str = ""
    attended: bool = False
    present: bool = True
    honorifics: set[Gender] = field(default_factory=set)
    tag: str = ""
    unrelated: bool = False
    apart: bool = False
    words: set[str] = field(default_factory=set)
    first: int = sys.maxsize
    became: Identity | None = None

    def add(self, mention: Mention) -> None:
        """Take a mention in."""
        self.mentions.append(mention)
        self.first = min(self.first, mention.start)
        given = mention.name.given
        if given and given not in self.forms and len(self.forms) < _MOST_FORMS:
            self.forms.append(given)
        if mention.gender:
            self.genders.add(mention.gender)
        self.classes |= mention.classes
        self.generation = self.generation or mention.address.generation
        self.unrelated = self.unrelated or mention.address.unrelated
        self.apart = self.apart or mention.address.apart
        self.tag = self.tag or mention.tag
        if mention.address.gender:
            self.honorifics.add(mention.address.gender)
        if mention.attendee:
            entry = mention.attendee
            self.attended = True
            self.present = entry.status not in ("apologies", "absent")
            self.words |= words_of(f"{entry.role or ''} {entry.organisation or ''}")

    def take(self, other: Identity) -> None:
        """Take all mentions of another one in, which is this one from now on."""
        self.became, other.became = None, self
        for mention in other.mentions:
            self.add(mention)

    def now(self) -> Identity:
        """Return who this is after all that was joined since it was found."""
        identity = self
        while identity.became is not None:
            identity = identity.became
        return identity


def given_agree(one: Sequence[str], other: Sequence[str]) -> int:
    """Tell how well two rows of given names agree: 2 well, 1 as a middle name would, 0 not."""
    if not one or not other:
        return WELL
    if are_one(one[0], other[0]):
        rest = zip(one[1:], other[1:], strict=False)
        return WELL if all(are_one(first, second) for first, second in rest) else NOT
    if may_be_short_for(one[0], other[0]) or may_be_short_for(other[0], one[0]):
        return LOOSELY
    short, long = sorted((one, other), key=len)
    if len(short) == 1 and any(are_one(short[0], name) for name in long[1:]):
        return LOOSELY
    return NOT


def agreement(mention: Mention, identity: Identity) -> int:
    """Tell how well a mention agrees with what is known of a person: 2, 1 or 0.

    What is not known of either does not disagree.
    """
    if _is_another(mention, identity):
        return NOT
    if not mention.name.given or not identity.forms:
        return WELL
    given = mention.name.given
    initials = all(len(name) == 1 for name in given)
    if given in identity.forms or (initials and any(_begins(given, f) for f in identity.forms)):
        return WELL
    return min(given_agree(given, form) for form in identity.forms)


def _is_another(mention: Mention, identity: Identity) -> bool:
    """Whether honorific, remark, age, death or office say that the mention is not the person's."""
    if mention.gender and identity.genders and mention.gender not in identity.genders:
        return True
    if mention.address.apart and identity.attended:
        return True
    if mention.tag and identity.tag and mention.tag != identity.tag:
        return True
    if mention.address.generation not in ("", identity.generation):
        return True
    return offices_exclude(mention.classes, identity.classes)


def _begins(one: Sequence[str], other: Sequence[str]) -> bool:
    shared = min(len(one), len(other))
    return tuple(one[:shared]) == tuple(other[:shared])


def offices_exclude(one: Iterable[str], other: Iterable[str]) -> bool:
    """Tell whether nobody holds both: a sergeant is no councillor."""
    first, second = _EXCLUSIVE.intersection(one), _EXCLUSIVE.intersection(other)
    if not first or not second or first & second:
        return False
    ranks = (first | second) <= _POLICE
    return not (ranks and first | second in _BLURRED)


def has_office(classes: Iterable[str]) -> bool:
    """Tell whether somebody holds an office that stands before the name in place of "Mr"."""
    return not _EXCLUSIVE.isdisjoint(classes)


def is_police(classes: Iterable[str]) -> bool:
    """Tell whether an office is a rank of the police."""
    return not _POLICE.isdisjoint(classes)


def fullest(identity: Identity) -> Mention:
    """Return the mention whose form of the name says most.

    A surname as the attendance list spells it goes first, then the one spelt most often.
    """
    spelt = Counter(mention.name.key for mention in identity.mentions)
    listed = {mention.name.key for mention in identity.mentions if mention.attendee}

    def fullness(mention: Mention) -> tuple[bool, bool, int, int, int, bool, int]:
        given = mention.name.given
        words = sum(len(name) > 1 for name in given)
        return (
            bool(mention.name.key),
            bool(given) or mention.name.key in listed,
            (mention.name.key in listed) * len(spelt) * 1000 + spelt[mention.name.key],
            words,
            len(given),
            not mention.name.printed_surname.isupper(),
            -mention.start,
        )

    return max(identity.mentions, key=fullness)
