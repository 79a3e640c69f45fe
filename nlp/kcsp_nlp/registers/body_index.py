"""The register of bodies by the names that stand for them, shared names with all their holders."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Set
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from kcsp_nlp.registers.bodies import Register
from kcsp_nlp.registers.body_lines import Body
from kcsp_nlp.registers.pieces import Words, split_form

# matches: "London Borough of Brent", "City of York Council"    does not match: "Brent Council"
_TIER_FIRST = re.compile(
    r"(?P<tier>London Borough|Royal Borough|City and County|City) of (?P<place>.+?)(?: Council)?"
)
# matches: "Kent County Council", "Medway Council"    does not match: "Greater London Authority"
_TIER_LAST = re.compile(
    r"(?P<place>.+?) (?P<tier>(?:(?:Metropolitan|County|City and) )?"
    r"(?:Borough|District|City|County)(?: and District)? )?Council"
)
# What stands behind a council's place, folded, and the word that its tier must hold.
_TIERS = {
    "council": "",
    "bc": "borough",
    "mbc": "borough",
    "lbc": "london",
    "cbc": "borough",
    "rbc": "borough",
    "dc": "district",
    "mdc": "district",
    "cc": "",
    "borough council": "borough",
    "metropolitan borough council": "borough",
    "london borough": "london",
    "district council": "district",
    "city council": "city",
    "county council": "county",
}
_FORCES = {"police": "constabulary", "constabulary": "police"}
_COUNCILS = frozenset({"council", "irish_council"})
#: Kinds whose names are those of a class, one body of it in each place: `Planning Committee`.
CLASSES = frozenset({"local"})


class Holder(NamedTuple):
    """A body that a form stands for.

    Attributes:
        body: The body.
        printed: The pieces of the form as the register prints them.
        certain: Whether the form stands for bodies alone, not for words or places.
    """

    body: Body
    printed: Words
    certain: bool


@dataclass(frozen=True, slots=True)
class BodyIndex:
    """The bodies of a register by their folded forms.

    Attributes:
        holders: All bodies that a form stands for.
        classes: Forms that name a class of bodies, and the name of the class, folded.
        councils: Councils by their folded place.
        places: The folded place of each council's id.
    """

    holders: dict[Words, tuple[Holder, ...]]
    classes: dict[Words, Words]
    councils: dict[Words, tuple[Body, ...]]
    places: dict[str, Words]

    def find(self, name: Words) -> tuple[Holder, ...]:
        """Return the bodies that a folded name stands for, tiers and forces by any of their words.

        `maidstone bc` finds Maidstone Borough Council, `dorset constabulary` Dorset Police.
        """
        held = self.holders.get(name)
        if held:
            return held
        if name and name[-1] in _FORCES:
            other = self.holders.get((*name[:-1], _FORCES[name[-1]]), ())
            return tuple(each for each in other if each.body.kind == "police")
        return tuple(Holder(body, name, True) for body in self._councils(name))

    def _councils(self, name: Words) -> tuple[Body, ...]:
        for length in (1, 2, 3):
            tier = _TIERS.get(" ".join(name[-length:]))
            if tier is None:
                continue
            found = self.councils.get(name[:-length], ())
            return tuple(each for each in found if tier in each.name.casefold())
        if name[:1] == ("lb",):
            found = self.councils.get(name[2:] if name[1:2] == ("of",) else name[1:], ())
            return tuple(each for each in found if each.name.startswith("London"))
        return ()


@lru_cache(maxsize=4)
def index_of(known: Register) -> BodyIndex:
    """Index a register, once for each."""
    holders: dict[Words, dict[str, Holder]] = defaultdict(dict)
    classes: dict[Words, Words] = {}
    councils: dict[Words, list[Body]] = defaultdict(list)
    places: dict[str, Words] = {}
    kinds = {split_form(body.name)[0] for body in known.bodies if body.kind in CLASSES}
    for body in known.bodies:
        if body.kind in CLASSES and not _is_particular(body, kinds):
            name = split_form(body.name)[0]
            classes.update((split_form(form)[0], name) for form in _forms(body))
            continue
        if body.kind in _COUNCILS:
            place = council_place(body.name)
            councils[place].append(body)
            places[body.id] = place
        for form in _forms(body):
            for folded, printed in _spellings(form):
                holder = Holder(body, printed, form not in body.ambiguous)
                holders[folded].setdefault(body.id, holder)
    return BodyIndex(
        {form: _named_first(form, held) for form, held in holders.items()},
        classes,
        {place: tuple(held) for place, held in councils.items()},
        places,
    )


def _forms(body: Body) -> tuple[str, ...]:
    return (body.name, *body.aliases, *body.ambiguous)


def _spellings(form: str) -> Iterator[tuple[Words, Words]]:
    yield split_form(form)
    if "'s" in form:
        yield split_form(form.replace("'s", "s"))
    if ", " in form:
        yield split_form(form.replace(", ", " "))


def _named_first(form: Words, held: dict[str, Holder]) -> tuple[Holder, ...]:
    """Return all holders of a form, those first whose own name it is."""
    if len(held) == 1:
        return tuple(held.values())
    return tuple(sorted(held.values(), key=lambda each: split_form(each.body.name)[0] != form))


def _is_particular(body: Body, classes: Set[Words]) -> bool:
    """Tell whether a body is one of a class: a place and the name of the class."""
    words = split_form(body.name)[0]
    return any(words[at:] in classes for at in range(1, len(words)))


def council_place(name: str) -> Words:
    """Return the folded place of a council's name: `kent` of `Kent County Council`."""
    match = _TIER_FIRST.fullmatch(name) or _TIER_LAST.fullmatch(name)
    return split_form(match["place"] if match else name)[0]
