"""A person of an attendance list while it is being read."""

from __future__ import annotations

from dataclasses import dataclass, field

from kcsp_nlp.minutes.attendance.affiliation import Piece
from kcsp_nlp.minutes.people.names import PersonName
from kcsp_nlp.minutes.people.words import plain

# Ranks of officers behind whose names lists put the station: "Sgt Orr (Fell Bridge)".
_STATIONED = frozenset(
    ("pc", "wpc", "pcso", "constable", "garda", "gda", "sgt", "sergeant", "insp", "inspector")
).union(("supt", "superintendent"))


@dataclass
class Person:
    """A person of the list and what has been read of them.

    Attributes:
        name: As found.
        pieces: What describes the person.
        role: Said elsewhere than in `pieces`; it goes before what they say.
        organisation: Said of several; what `pieces` say goes before it.
        separator: What stands before the name.
        role_first: Whether the role stood before the name: "Chief Executive (Mr P Ash)".
        dashed: Whether the last piece stood after a dash.
        besides: Whether the list says that the person came besides: "..., with Mr Ash".
    """

    name: PersonName
    pieces: list[Piece] = field(default_factory=list)
    role: str | None = None
    organisation: str | None = None
    separator: str = "hard"
    role_first: bool = False
    dashed: bool = False
    besides: bool = False

    @property
    def described(self) -> bool:
        """Whether the list has said anything about the person yet."""
        return bool(self.pieces) or self.role_first


def are_titled_alike(one: Person, other: Person) -> bool:
    """Tell whether ranks or offices stand before both names, or members' titles before both."""
    titled = one.name.role is not None and other.name.role is not None
    return titled and one.name.is_member == other.name.is_member


def is_stationed(person: Person) -> bool:
    """Tell whether a police rank stands before a name: a mere place behind it is a station."""
    return plain((person.name.role or "").rsplit(" ", 1)[-1]) in _STATIONED


def belong_together(one: Person, other: Person) -> bool:
    """Tell whether two at the end of a list share what is said of the second."""
    if other.name.size == 1:
        return one.name.size == 1 and not other.name.titled
    return all(each.name.role and not each.name.is_member for each in (one, other))
