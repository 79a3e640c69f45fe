"""Find who is meant by less than a full name: a surname, a given name, initials.

Surnames first, then misspellings, given names and initials: each step only sees who is certain by
then.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence

from kcsp_nlp.linking.people.aliases import find_aliases, find_corrections
from kcsp_nlp.linking.people.fitting import (
    MOST,
    divide_letters,
    is_addressed,
    is_announced,
    is_given,
)
from kcsp_nlp.linking.people.gathering import Gathering
from kcsp_nlp.linking.people.given_names import given_names
from kcsp_nlp.linking.people.identities import Identity, agreement
from kcsp_nlp.linking.people.initials import find_initials
from kcsp_nlp.linking.people.mentions import Mention
from kcsp_nlp.linking.people.names import is_particle
from kcsp_nlp.linking.people.telling_apart import Places, tell_apart

# How far from a relation's name nobody else of that name is, in code points.
_BESIDE = 150


class Resolving:
    """The mentions of one document that hold less than a full name."""

    def __init__(self, text: str, gathering: Gathering, places: Places) -> None:
        self._text = text
        self._gathering = gathering
        self._places = places
        self._couples: set[str] = set()
        self._halves = _halves(gathering.everybody())
        self._by_initial = _by_initial(gathering.everybody())

    def resolve(self, mentions: Sequence[Mention]) -> None:
        """Find who is meant by each mention, as far as that is certain.

        Args:
            mentions: All of the document, sorted.
        """
        sure = [mention for mention in mentions if not mention.unsure]
        self._couples = {mention.name.key for mention in mentions if mention.address.two}
        letters, words = divide_letters(m for m in sure if m.name.is_single)
        self._resolve_cut([m for m in sure if m.name.cut])
        self._name_again(sure)
        unknown = [m for m in words if not m.attendee and not self._resolve_single(m)]
        self._gather_unknown([m for m in unknown if not is_given(m)])
        self._gathering.join_misspelt()
        self._gathering.correct(find_corrections(self._text, sure))
        self._resolve_given([m for m in unknown if is_given(m)])
        self._resolve_letters(letters)
        self._part_families(sure)

    def _part_families(self, mentions: Iterable[Mention]) -> None:
        """Take back whose relation would be nobody else: "Miss Slee is a cousin of Lorna"."""
        of = self._gathering.of
        for mention in mentions:
            relative = mention.kin_of
            if relative is None or of.get(mention.start) is not of.get(relative.start):
                continue
            doubted = [each for each in (relative, mention) if each.name.is_single]
            for each in doubted or [mention]:
                of.pop(each.start, None)

    def _name_again(self, mentions: Sequence[Mention]) -> None:
        """Take in nicknames: 'Ron Warren ("Bunny")'."""
        for name, other in find_aliases(self._text, mentions):
            identity = self._gathering.of.get(name.start)
            if identity is None and name.name.is_single and not name.attendee:
                identity = self._gathering.found(name)
            if identity is None or not other.name.is_single or other.start in self._gathering.of:
                continue
            self._gathering.put(other, identity)
            known = self._gathering.by_given[other.name.surname]
            if not any(each is identity for each in known):
                known.append(identity)

    def _resolve_single(self, mention: Mention) -> bool:
        """Find who is meant by one name alone; returns whether that is settled."""
        if mention.start in self._gathering.of:
            return True
        people = self._gathering.people.get(mention.name.key, [])
        fits = self._fitting(mention, people[:MOST])
        if not people and mention.address.titled:
            halves = self._fitting(mention, self._halves.get(mention.name.key, [])[:MOST])
            fits = [each for each in halves if _is_called_alike(mention, each)]
            if len(fits) == 1:
                self._gathering.people[mention.name.key].append(fits[0])
        by_given: list[Identity] = []
        aged = mention.address.generation and not mention.address.titled
        if aged or not mention.address.other:
            given = self._gathering.by_given.get(mention.name.surname, [])
            by_given = self._fitting(mention, given[:MOST])
        elif is_given(mention) and fits:
            return True  # "Sid's Rose" where Brian Rose sits at the table
        alike = {id(each) for each in fits} == {id(each) for each in by_given}
        if fits and by_given and not (mention.address.titled or alike):
            return True  # "Lynn" where Owen Lynn and Lynn Rivers sit at the table
        if fits and not by_given and is_given(mention) and self._follows_given(mention):
            return True  # "Maud and Rose" where Maud Hill and Brian Rose do
        found = fits or by_given or self._relations(mention)
        if not found:
            return False
        who = found[0] if len(found) == 1 else tell_apart(mention, found, self._places)
        if who is not None:
            self._gathering.put(mention, who)
        return True

    def _relations(self, mention: Mention) -> list[Identity]:
        """Return who of the family is meant: "Ken Gibbs sent his daughter Kelly", Kelly Gibbs.

        Nobody at the table is introduced like that, nor somebody named beside: the grandson of
        Bill and Peg Hill may be another Bill.
        """
        relative = self._gathering.of.get(mention.kin_of.start) if mention.kin_of else None
        if relative is None:
            return []
        keys = {each.name.key for each in relative.mentions[:MOST] if each.name.given}
        return [
            each
            for each in self._gathering.by_given.get(mention.name.surname, [])[:MOST]
            if each is not relative
            and not each.attended
            and agreement(mention, each)
            and any(m.name.key in keys for m in each.mentions[:MOST])
            and all(abs(m.start - mention.start) > _BESIDE for m in each.mentions[:MOST])
        ]

    def _follows_given(self, mention: Mention) -> bool:
        """Whether the name before it in a list is that of somebody by the given name alone."""
        before = mention.after
        if before is None or not before.name.is_single:
            return False
        identity = self._gathering.of.get(before.start)
        return identity is not None and any(before.name.surname in form for form in identity.forms)

    def _fitting(self, mention: Mention, people: Sequence[Identity]) -> list[Identity]:
        """Return who of a surname or given name may be meant, if introduced by then."""
        fits = [each for each in people if agreement(mention, each) and is_addressed(mention, each)]
        if mention.address.unrelated:
            fits = [e for e in fits if not e.attended or mention.classes & e.classes]
        if mention.name.key in self._couples and mention.address.gender and not mention.classes:
            fits = [e for e in fits if mention.address.gender in e.honorifics]
        known = [each for each in fits if each.attended or each.first < mention.start]
        if known:
            return known
        titled = mention.address.titled
        return [
            each
            for each in fits
            if is_announced(mention, each) or (titled and self._places.is_near(mention, each))
        ]

    def _gather_unknown(self, mentions: Iterable[Mention]) -> None:
        """Take in surnames that nobody with a given name bears."""
        for mention in mentions:
            people = self._gathering.people.get(mention.name.key, [])
            fits = self._fitting(mention, people[:MOST])
            if len(fits) == 1:
                self._gathering.put(mention, fits[0])
            elif not fits and len(mention.name.key) > 1:
                self._gathering.found(mention)

    def _resolve_given(self, mentions: Iterable[Mention]) -> None:
        """Find who is meant by a given name alone that nobody bears as it stands."""
        strangers: dict[str, list[Mention]] = defaultdict(list)
        for mention in mentions:
            if mention.address.other:
                continue
            name = mention.name.surname
            people = {
                id(each): each
                for variant in sorted(given_names().variants.get(name, ()))
                for each in self._gathering.by_given.get(variant, ())[:MOST]
            }
            fits = self._fitting(mention, list(people.values()))
            if not fits:
                fits = self._by_letter(mention)
            if len(fits) == 1:
                self._gathering.put(mention, fits[0])
            elif not fits:
                strangers[name].append(mention)
        for name, same in strangers.items():
            later = self._gathering.by_given.get(name, [])
            if len(later) == 1 and all(_is_called_later(mention, later[0]) for mention in same):
                identity = later[0]
                self._gathering.put(same[0], identity)
            else:
                identity = self._gathering.found(same[0])
            for mention in same[1:]:
                self._gathering.put(mention, identity)

    def _by_letter(self, mention: Mention) -> list[Identity]:
        """Return who may be meant by a given name of which only the initial is in the list.

        Only who is named before in the same part is: "She thanked Brian" behind "Mr B. Futter".
        """
        known = self._by_initial.get(mention.name.surname[0], [])
        gender = given_names().genders.get(mention.name.surname.split("-")[0])
        fits = [each for each in known[:MOST] if not gender or each.genders <= {gender}]
        if len(fits) == 1 and self._places.is_before(mention, fits[0]):
            return fits
        return []

    def _resolve_cut(self, mentions: Iterable[Mention]) -> None:
        """Find who is meant by a given name and the initial of a surname: "Jan D"."""
        strangers: dict[tuple[tuple[str, ...], str], Identity] = {}
        for mention in mentions:
            name = mention.name
            reversed_ = self._gathering.people.get(name.given[0], [])
            people = [
                each
                for each in self._gathering.by_given.get(name.given[0], [])[:MOST]
                if any(m.name.key.startswith(name.cut) for m in each.mentions[:MOST])
            ]
            people += [e for e in reversed_ if any(form[0] == name.cut for form in e.forms)]
            if len(people) == 1:
                self._gathering.put(mention, people[0])
            elif not people:
                key = name.given, name.cut
                if key in strangers:
                    self._gathering.put(mention, strangers[key])
                else:
                    strangers[key] = self._gathering.found(mention)
        for (names, _), identity in strangers.items():
            self._gathering.by_given[names[0]].append(identity)

    def _resolve_letters(self, mentions: Sequence[Mention]) -> None:
        """Find who is meant by initials: what a key says, else the list of attendance."""
        if not mentions:
            return
        everybody = self._gathering.everybody()
        initials = find_initials(self._text, everybody, mentions)
        for mention in mentions:
            if mention.start in self._gathering.of:
                continue
            identity = initials.at.get(mention.start) or initials.of.get(mention.text)
            fits: list[Identity] = []
            if identity is None:
                fits = self._in_capitals(mention)
                if len(fits) == 1:
                    (identity,) = fits
                elif fits:
                    identity = tell_apart(mention, fits, self._places)
            if identity is None and not fits and len(mention.name.key) > len("CRS"):
                identity = self._gathering.found(mention)
            elif identity is not None:
                self._gathering.put(mention, identity)

    def _in_capitals(self, mention: Mention) -> list[Identity]:
        """Return who bears a surname or given name in capitals: "LAMB" of a list, "STAN"."""
        people = self._gathering.people.get(mention.name.key, [])[:MOST]
        fits = self._fitting(mention, people)
        if fits or len(mention.name.key) <= len("CRS"):
            return fits
        if people:
            return [each for each in people if agreement(mention, each) and not each.unrelated]
        return self._fitting(mention, self._gathering.by_given.get(mention.name.surname, [])[:MOST])


def _halves(people: Iterable[Identity]) -> dict[str, list[Identity]]:
    """Return who of the list bears a double surname, by each half: "Wood" of "St John-Wood"."""
    halves: dict[str, list[Identity]] = defaultdict(list)
    for each in people:
        if not each.attended:
            continue
        surnames = {mention.name.surname for mention in each.mentions[:MOST]}
        parts = {
            part
            for surname in surnames
            if "-" in surname
            for part in surname.split("-")
            if not is_particle(part)
        }
        for part in sorted(parts):
            halves[part].append(each)
    return halves


def _by_initial(people: Iterable[Identity]) -> dict[str, list[Identity]]:
    """Return who of the list is there by initials only, by the first of them."""
    found: dict[str, list[Identity]] = defaultdict(list)
    for each in people:
        if each.attended and each.forms and all(len(form[0]) == 1 for form in each.forms):
            for letter in sorted({form[0] for form in each.forms}):
                found[letter].append(each)
    return found


def _is_called_later(mention: Mention, identity: Identity) -> bool:
    """Whether a given name alone is that of whom the document names in full only later.

    Who is called by it behind the full name too is known by it.
    """
    if identity.unrelated or not agreement(mention, identity):
        return False
    return any(each.name.surname == mention.name.surname for each in identity.mentions[:MOST])


def _is_called_alike(mention: Mention, identity: Identity) -> bool:
    """Whether the office or honorific before half a surname is that before the whole."""
    if mention.classes:
        return bool(mention.classes & identity.classes)
    return mention.address.gender in identity.honorifics
