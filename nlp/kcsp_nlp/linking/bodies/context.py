"""What a meeting settles about the bodies that it names: its year, its nation, its place."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Set
from dataclasses import dataclass

from kcsp_nlp.registers.body_index import BodyIndex, Holder
from kcsp_nlp.registers.body_lines import Body
from kcsp_nlp.registers.pieces import Words, split_form
from kcsp_nlp.registers.places import is_place

_NATIONS = {
    "scotland": "S",
    "wales": "W",
    "northern_ireland": "N",
    "ireland": "I",
    "irish_council": "I",
    "icb": "E",
}
# Kinds that each nation has of its own; firms and charities work in several.
_PUBLIC = frozenset(
    [
        "government",
        "agency",
        "inspectorate",
        "nhs",
        "icb",
        "ambulance",
        "fire",
        "police",
        "policing",
        "justice",
        "council",
    ]
)
# matches: "Garda Inspectorate", "Irish Rail"    does not match: "Northern Ireland Office"
_IRISH = re.compile(r"\bGarda\b|\bIrish\b|\bDublin\b|(?<!Northern )\bIreland\b")
# matches: "Belfast Harbour Police", "Police Service of Northern Ireland"
_NORTHERN = re.compile(r"\bNorthern Ireland\b|\bUlster\b|\bBelfast\b")
_SCOTTISH = re.compile(r"\bScottish\b|\bScotland\b")
_BRITISH = frozenset("ESW")
_DIRECTIONS = frozenset(
    ["North", "East", "South", "West", "Mid", "Central", "and", "of", "upon", "City", "Greater"]
)
_LONGEST_PLACE = 5  # words
_MET = 3  # votes of the place of the body that met
_ENOUGH = 2  # votes that settle a nation


@dataclass(frozen=True, slots=True)
class Context:
    """Facts of the meeting.

    Attributes:
        year: Of the meeting; None where it is not known.
        nation: `E`, `S`, `W`, `N` or `I` for the Republic; None where it is not known.
        runs: Every run of words in the folded name of the body that met.
    """

    year: int | None
    nation: str | None
    runs: Set[Words]

    def admits(self, holder: Holder) -> bool:
        """Tell whether a body may be meant, a form being shared or too short to be sure."""
        nation = nation_of(holder.body)
        if self.nation is None:
            return True
        if nation is None:
            return self.nation in _BRITISH or holder.body.kind not in _PUBLIC
        return nation == self.nation

    def alive(self, holders: Iterable[Holder]) -> tuple[Holder, ...]:
        """Return the bodies that bore their names in the year of the meeting."""
        return tuple(each for each in holders if each.body.existed(self.year))

    def is_here(self, body: Body, index: BodyIndex) -> bool:
        """Tell whether a council's place is that of the body that met."""
        place = index.places.get(body.id)
        return place is not None and place in self.runs


def read_year(date: str | None) -> int | None:
    """Return the year of an ISO 8601 date."""
    return int(date[:4]) if date and date[:4].isdecimal() else None


def nation_of(body: Body) -> str | None:
    """Return the nation of a body; None for one of Great Britain or of the United Kingdom."""
    if body.code:
        return body.code[0]
    nation = _NATIONS.get(body.kind)
    if nation or body.kind not in _PUBLIC:
        return nation
    if _NORTHERN.search(body.name):
        return "N"
    if _IRISH.search(body.name):
        return "I"
    return "S" if _SCOTTISH.search(body.name) else None


def is_public(body: Body) -> bool:
    """Tell whether a body is one of the state: a force, a trust, a council."""
    return body.kind in _PUBLIC


def find_nation(runs: Set[Words], named: Iterable[Body], index: BodyIndex) -> str | None:
    """Return the nation of the meeting by its place and by the bodies it names; None in doubt."""
    votes: Counter[str] = Counter()
    here = {nation_of(body) for run in runs for body in index.councils.get(run, ())} - {None}
    votes.update({nation: _MET for nation in here if nation and len(here) == 1})
    votes.update(filter(None, (nation_of(body) for body in named)))
    ranked = votes.most_common(2)
    if not ranked or ranked[0][1] < _ENOUGH:
        return None
    return None if len(ranked) > 1 and ranked[1][1] * 2 > ranked[0][1] else ranked[0][0]


def place_words(name: str, index: BodyIndex) -> tuple[str, ...]:
    """Return the telling words of the place that a body's name begins with; none for no place."""
    printed = name.removeprefix("NHS ").split()
    folded = split_form(" ".join(printed))[0]
    for length in range(_LONGEST_PLACE, 0, -1):
        if folded[:length] in index.councils or is_place(" ".join(printed[:length])):
            return tuple(word for word in printed[:length] if word not in _DIRECTIONS)
    return ()


def runs_of(words: Words) -> frozenset[Words]:
    """Return every run of up to six words."""
    return frozenset(words[at : at + n] for at in range(len(words)) for n in range(1, 7))


# Words beside a name that say of which kind the body is.
_SAYING = {
    "bank": "bank|building society",
    "housing": "housing association|social landlord|housing provider",
    "charity": "national charity",
    "union": "trade union|union",
    "insurer": "insurer|insurance company",
    "water": "water company",
    "telecom": "telecoms? company|broadband provider",
    "transport": "bus company|bus operator|train operator",
    "energy": "energy supplier|energy company",
}
# matches: " (the building society", ", a bank" behind a name    does not match: " bank"
_BEHIND = {
    kind: re.compile(rf"\s{{0,2}}[,(–—-]\s?(?:(?:the|a|an|its|our)\s)?(?:{words})\b")
    for kind, words in _SAYING.items()
}
# matches: "the housing association " before a name    does not match: "housing "
_AHEAD = {
    kind: re.compile(rf"\b(?:the|a|an|its|our)\s(?:{words}),?\s\Z")
    for kind, words in _SAYING.items()
}


def says_kind(kind: str, before: str, after: str) -> bool:
    """Tell whether the text beside a name says its kind: `Halifax (the building society)`.

    Args:
        kind: Kind of the register.
        before: What stands before the mention; some 40 characters.
        after: What stands behind it.
    """
    if kind not in _SAYING:
        return False
    return bool(_BEHIND[kind].match(after) or _AHEAD[kind].search(before))
