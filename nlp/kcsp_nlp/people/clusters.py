"""Appearances that are taken for one person, with what is known of that person by then."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from kcsp_nlp.linking.bodies.names import name_key
from kcsp_nlp.linking.people.given_names import Gender
from kcsp_nlp.people.appearances import Appearance, Document, Post

# Forms of one given name that are compared; who has more is no person.
_MOST_FORMS = 12
# Offices that many hold: to share one says nothing.
_GENERIC = frozenset(["councillor", "cllr", "member", "members", "officer", "observer"])
_FAMILIES = {
    **dict.fromkeys(
        ["constable", "pcso", "sergeant", "inspector", "superintendent", "chief"], "police"
    ),
    "councillor": "councillor",
    "clergy": "clergy",
}

Days = tuple[int, int]


@dataclass(slots=True, eq=False)
class Cluster:
    """One person, as far as joined.

    Attributes:
        parts: The appearances.
        documents: Identifiers of their documents.
        barred: Documents that an analyst says the person is not in.
        scopes: Folded names of the bodies.
        surnames: Keys of the surname as it is spelt; none where it is not certain.
        given: Given names in the forms that stand before a surname.
        genders: What honorifics and given names say.
        families: Kinds of office nobody changes between: police, councillor, clergy.
        generations: `s` or `j`.
        roles: Folded offices, without those that many hold.
        organisations: Folded names and identifiers of bodies that the person is of.
        outside: Those of them that are not of the body that met.
        days: First and last day that each meeting may have been on, as ordinals.
        addressed: Whether an honorific or office stands before the name somewhere, or the person
            attended.
        serves: Whether the person attended or is stated to be something.
        fixed: Whether an analyst split the person off: nothing else joins.
    """

    parts: list[Appearance] = field(default_factory=list)
    documents: set[str] = field(default_factory=set)
    barred: frozenset[str] = frozenset()
    scopes: frozenset[str] = frozenset()
    surnames: frozenset[str] = frozenset()
    given: frozenset[tuple[str, ...]] = frozenset()
    genders: frozenset[Gender] = frozenset()
    families: frozenset[str] = frozenset()
    generations: frozenset[str] = frozenset()
    roles: frozenset[str] = frozenset()
    organisations: frozenset[str] = frozenset()
    outside: frozenset[str] = frozenset()
    days: set[Days] = field(default_factory=set)
    addressed: bool = False
    serves: bool = False
    fixed: bool = False

    @classmethod
    def of(cls, appearances: Iterable[Appearance]) -> Cluster:
        """Return the cluster of some appearances."""
        cluster = cls()
        for appearance in appearances:
            cluster.add(appearance)
        return cluster

    @property
    def members(self) -> set[str]:
        """The identities that stand for this person in records."""
        return {part.member for part in self.parts}

    def add(self, appearance: Appearance) -> None:
        """Take one appearance in."""
        self.parts.append(appearance)
        self.documents.add(appearance.document.id)
        self.scopes |= {appearance.document.scope}
        self.surnames |= {name.key for name in appearance.names}
        given = self.given.union(name.given for name in appearance.names if name.given)
        self.given = given if len(given) <= _MOST_FORMS else frozenset(sorted(given)[:_MOST_FORMS])
        self.genders |= appearance.genders
        self.families |= {_FAMILIES[kind] for kind in appearance.classes if kind in _FAMILIES}
        self.generations |= appearance.generations
        for post in appearance.posts:
            self._add_post(post, appearance.document)
        if appearance.document.date:
            self.days.update(_days(appearance.document.date))
        self.addressed |= appearance.titled or appearance.attended
        self.serves |= appearance.attended or bool(appearance.posts)

    def _add_post(self, post: Post, document: Document) -> None:
        role = name_key(post.role) if post.role else ""
        if role and role not in _GENERIC:
            self.roles |= {role}
        if not post.organisation:
            return
        folded = name_key(post.organisation)
        keys = {folded, post.organisation_id or folded}
        self.organisations |= keys
        if not set(folded.split()) <= set(document.scope.split()):
            self.outside |= keys

    def take(self, other: Cluster) -> None:
        """Take all of another one in."""
        for part in other.parts:
            self.add(part)
        self.barred |= other.barred
        self.fixed |= other.fixed


def _days(printed: str) -> set[Days]:
    """Return the first and last day of an ISO date, month or year; none where it is no date."""
    try:
        first = date.fromisoformat(printed + "0000-01-01"[len(printed) :]).toordinal()
    except ValueError:
        return set()
    return {(first, first + {len("2021"): 365, len("2021-05"): 30}.get(len(printed), 0))}
