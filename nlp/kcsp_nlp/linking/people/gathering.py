"""Gather the mentions of one document into people, surname by surname.

Names in full first, then who is in the list by one name, other names that the document states,
and misspellings. Every step looks people up by a key; nothing compares all with all.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence

from kcsp_nlp.linking.people.aliases import Alias, find_aliases
from kcsp_nlp.linking.people.fitting import (
    MOST,
    both_listed,
    fullness,
    is_changed,
    is_given,
    is_misspelt,
    is_same_name,
    is_stranger,
    names_alone,
)
from kcsp_nlp.linking.people.given_names import are_one
from kcsp_nlp.linking.people.identities import LOOSELY, WELL, Identity, agreement
from kcsp_nlp.linking.people.mentions import Mention
from kcsp_nlp.linking.people.names import surname_key
from kcsp_nlp.linking.people.spellings import Spellings
from kcsp_nlp.linking.people.telling_apart import tell_apart


class Gathering:
    """The people of one document, as far as they are known.

    Attributes:
        of: Who each mention is, by where it begins; mentions of nobody certain are not in it.
        people: Everybody, by the key of the surname.
        by_given: Who bears each given name, or is in the list by it alone.
    """

    def __init__(self, text: str, mentions: Sequence[Mention]) -> None:
        self.of: dict[int, Identity] = {}
        self.people: dict[str, list[Identity]] = defaultdict(list)
        sure = [mention for mention in mentions if not mention.unsure]
        aliases = find_aliases(text, sure)
        self._nicknames = {
            alias.name.start: alias.other.name.surname
            for alias in aliases
            if alias.other.name.is_single and alias.name.name.given
        }
        self._gather_full([m for m in sure if m.name.given and m.name.key])
        self._gather_surnames([m for m in sure if m.name.is_single and m.attendee])
        self._join(aliases)
        self.join_misspelt()
        self._join_changed()
        self.by_given = self._index_given()

    def everybody(self) -> list[Identity]:
        """Return the people in order of their first mention."""
        everybody = {id(each): each for people in self.people.values() for each in people}
        return sorted(everybody.values(), key=lambda each: each.first)

    def put(self, mention: Mention, identity: Identity) -> None:
        """Take a mention to be a person's, or of whom it was joined with since."""
        identity = identity.now()
        identity.add(mention)
        self.of[mention.start] = identity
        nickname = self._nicknames.get(mention.start)
        if nickname and are_one(nickname, mention.name.given[0]):
            identity.forms.append((nickname,))

    def found(self, mention: Mention) -> Identity:
        """Take a mention to be that of somebody new; returns who that is."""
        identity = Identity()
        self.people[mention.name.key].append(identity)
        self.put(mention, identity)
        return identity

    def _gather_full(self, mentions: Iterable[Mention]) -> None:
        forms: dict[tuple[object, ...], list[Mention]] = defaultdict(list)
        for mention in mentions:
            name, address = mention.name, mention.address
            office = frozenset(mention.classes)
            marks = (address.generation, address.unrelated, address.apart, mention.tag)
            sort = (address.gender, office, *marks)
            forms[name.key, name.given, *sort].append(mention)
        order = sorted(forms.values(), key=fullness)
        for same in order:
            identity = self._match_full(same)
            if identity is None:
                if shared := self._sharing(same):
                    self._tell_apart(same, shared)
                    continue
                identity = self.found(same[0])
            for mention in same:
                if mention.start not in self.of:
                    self.put(mention, identity)

    def _match_full(self, same: Sequence[Mention]) -> Identity | None:
        mention = same[0]
        people = self.people.get(mention.name.key, [])
        if len(people) > MOST:
            return None
        listed = any(each.attendee for each in same)
        fits = [(agreement(mention, each), each) for each in people]
        well = [
            each for fit, each in fits if fit == WELL and not both_listed(mention, each, listed)
        ]
        well = [e for e in well if not e.unrelated or is_same_name(mention, e)]
        if mention.address.unrelated:
            well = [each for each in well if is_same_name(mention, each)]
            return well[0] if len(well) == 1 else None
        if len(well) == 1:
            return well[0]
        if well:
            full = any(len(name) > 1 for name in mention.name.given)
            exact = [each for each in well if full and mention.name.given in each.forms]
            return exact[0] if len(exact) == 1 else None
        if len(people) == 1 and fits[0][0] == LOOSELY and not is_stranger(same, people[0]):
            return None if both_listed(mention, people[0], listed) else people[0]
        return None

    def _sharing(self, same: Sequence[Mention]) -> list[Identity]:
        """Return the several people that a form fits which is in no list of its own."""
        if any(each.attendee or each.address.unrelated for each in same):
            return []
        people = self.people.get(same[0].name.key, [])
        if len(people) > MOST:
            return []
        fits = [each for each in people if agreement(same[0], each) == WELL]
        return fits if len(fits) > 1 else []

    def _tell_apart(self, same: Iterable[Mention], people: Sequence[Identity]) -> None:
        for mention in same:
            chosen = tell_apart(mention, people, None)
            if chosen is not None:
                self.put(mention, chosen)

    def _gather_surnames(self, mentions: Iterable[Mention]) -> None:
        """Take in who is in the list by one name only."""
        for mention in mentions:
            people = self.people.get(mention.name.key, [])
            fits = [each for each in people[:MOST] if agreement(mention, each)]
            listed = [each for each in fits if each.attended]
            if not listed and len(fits) == 1 and len(people) == 1:
                self.put(mention, fits[0])
            elif len(listed) == 1 and names_alone(listed[0]):
                self.put(mention, listed[0])
            else:
                self.found(mention)

    def _index_given(self) -> dict[str, list[Identity]]:
        """Return who bears each given name, or is in the list by it alone."""
        given: dict[str, list[Identity]] = defaultdict(list)
        for each in self.everybody():
            names = {name for form in each.forms for name in form[:1] if len(name) > 1}
            names |= {" ".join(form) for form in each.forms if len(form) > 1}
            if not each.forms:
                names = {m.name.surname for m in each.mentions if is_given(m)}
            for name in names:
                given[name].append(each)
        return given

    def join_misspelt(self) -> None:
        """Join people whose surnames are one spelt in two ways."""
        spellings = Spellings(self.people)
        for surname in sorted(self.people):
            strangers = [each for each in self.people[surname] if not each.attended]
            others = [o for key in spellings.like(surname) for o in self.people[key][:MOST]]
            for each in strangers[:MOST] if others else []:
                near = [other for other in others if is_misspelt(each, other, len(surname))]
                if len(near) == 1 and near[0] is not each:
                    near[0].take(each)
                    left = [other for other in self.people[surname] if other is not each]
                    # Who is called by the misspelling alone, unless it is somebody's name.
                    self.people[surname] = left or [near[0]]
                    self.of.update((mention.start, near[0]) for mention in each.mentions)

    def _join(self, aliases: Iterable[Alias]) -> None:
        """Join people whom the document says to be one."""
        for name, other in aliases:
            one, two = self.of.get(name.start), self.of.get(other.start)
            if one is None or two is None or one is two or two.attended:
                continue
            self._merge(one, two, other.name.key)

    def correct(self, corrections: Iterable[Alias]) -> None:
        """Give a misspelling that the document puts right to who is meant.

        A wrong given name is somebody else's where it stands elsewhere too.
        """
        for alias in corrections:
            wrong = self.of.get(alias.other.start)
            same = alias.name.name.key == alias.other.name.key
            if not same or (wrong is not None and len(wrong.mentions) == 1):
                self._join([alias])

    def _merge(self, one: Identity, two: Identity, surname: str) -> None:
        """Make two people one who is known by the surnames of both."""
        if len(self.people[surname]) > MOST:
            return
        others = (each for each in self.people[surname] if each is not one and each is not two)
        self.people[surname] = [one, *others]
        one.take(two)
        self.of.update((mention.start, one) for mention in two.mentions)

    def _join_changed(self) -> None:
        """Join who is in the list by the first half of a double surname."""
        for surname in sorted(self.people):
            for each in [each for each in self.people[surname][:MOST] if not each.attended]:
                mention = each.mentions[0]
                first = surname_key(mention.name.surname.partition("-")[0])
                near = [o for o in self.people.get(first, [])[:MOST] if is_changed(mention, o)]
                if len(near) == 1 and near[0] is not each:
                    self._merge(near[0], each, surname)
