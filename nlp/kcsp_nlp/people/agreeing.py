"""Whether two clusters may be one person of a body, and what contradicts it.

What is not known of one does not contradict; but it takes more than that to join two.
"""

from __future__ import annotations

from collections.abc import Set as AbstractSet
from itertools import pairwise

from kcsp_nlp.linking.people.identities import LOOSELY, NOT, WELL, given_agree
from kcsp_nlp.people.clusters import Cluster, Days

# Who agrees in an initial alone must be named within one term of office of each other: at most
# five years for councils (Wales, Scotland, Ireland; four in England). Later it may be a successor
# of the same family name.
TERM = 5 * 366
# A surname alone must stand within a year of the person: bodies are made up anew at each annual
# meeting, and whoever came since may bear the same surname.
YEAR = 366
# How well given names agree, best first: names in full, an initial, a middle initial or the name
# in full behind a short form, not at all.
FULL, INITIAL, MIDDLE, NEVER = 3, 2, 1, 0

Given = tuple[str, ...]


def are_apart(one: Cluster, other: Cluster) -> bool:
    """Tell whether two clusters are certainly two people, or an analyst has said so."""
    return one.fixed or other.fixed or contradict(one, other)


def contradict(one: Cluster, other: Cluster) -> bool:
    """Tell whether documents, names, honorifics or offices make two people of two clusters."""
    if _meet(one, other) or one.generations != other.generations:
        return True
    if _differ(one.genders, other.genders) or _differ(one.families, other.families):
        return True
    return given_grade(one.given, other.given) == NEVER


def _meet(one: Cluster, other: Cluster) -> bool:
    """Whether both stand in one document, or one in a document the other is said not to be in."""
    return not (
        one.documents.isdisjoint(other.documents)
        and one.barred.isdisjoint(other.documents)
        and other.barred.isdisjoint(one.documents)
    )


def _differ(one: AbstractSet[str], other: AbstractSet[str]) -> bool:
    return bool(one) and bool(other) and one.isdisjoint(other)


def given_grade(one: AbstractSet[Given], other: AbstractSet[Given]) -> int:
    """Tell how well the given names of two clusters agree: FULL, INITIAL, MIDDLE or NEVER.

    Every form of the one must agree with every form of the other, but for forms that one document
    already knows as the same person's ("Spike" for Peter). No given names agree as initials do.
    """
    best = NEVER if one and other else INITIAL
    for first in one:
        for second in other:
            if first == second:
                fit = WELL
            elif first in other or second in one:
                continue
            else:
                fit = given_agree(first, second)
            if fit == NOT:
                return NEVER
            best = max(best, _grade(first, second, fit))
    return best


def _grade(first: Given, second: Given, fit: int) -> int:
    if fit == LOOSELY:
        return MIDDLE
    return FULL if len(first[0]) > 1 and len(second[0]) > 1 else INITIAL


def may_be_one(one: Cluster, other: Cluster) -> bool:
    """Tell whether two clusters of one surname, both with given names, fit each other.

    Names in full fit at any time. An initial fits within a term, later only who holds the same
    office; never where both are of bodies and no body is common to them. A middle initial used as
    a name needs the same honorific too, or within a term an office or organisation in common.
    """
    if contradict(one, other):
        return False
    grade = given_grade(one.given, other.given)
    if grade == FULL:
        return True
    if _differ(one.organisations, other.organisations):
        return False
    like = grade == INITIAL or not one.genders.isdisjoint(other.genders)
    gap = nearest(one.days, other.days)
    if gap is None or gap > TERM:
        return like and not one.roles.isdisjoint(other.roles)
    return like or share_office(one, other)


def may_be_misspelt(one: Cluster, other: Cluster) -> bool:
    """Tell whether two clusters whose surnames are alike fit: as of one surname, and by office."""
    if not share_office(one, other) or not may_be_one(one, other):
        return False
    return given_grade(one.given, other.given) >= INITIAL


def share_office(one: Cluster, other: Cluster) -> bool:
    """Tell whether both hold one office, or are of one body that is not the one that met."""
    return not (one.roles.isdisjoint(other.roles) and one.outside.isdisjoint(other.outside))


def is_called(alone: Cluster, full: Cluster) -> bool:
    """Tell whether a surname alone fits somebody of that surname: in address, office and time."""
    if contradict(alone, full) or not full.serves or not _addressed_alike(alone, full):
        return False
    if _differ(alone.roles, full.roles) or _differ(alone.organisations, full.organisations):
        return False
    gap = nearest(alone.days, full.days)
    return gap is not None and gap <= YEAR


def may_both_be_called(one: Cluster, other: Cluster) -> bool:
    """Tell whether two surnames alone, which fit nobody else, are one person's: by office."""
    gap = nearest(one.days, other.days)
    return (
        gap is not None
        and gap <= YEAR
        and one.families == other.families
        and share_office(one, other)
        and not contradict(one, other)
    )


def _addressed_alike(alone: Cluster, full: Cluster) -> bool:
    """Whether the kind of office in the address is the person's.

    "PC Hill" is nobody of whom no rank is known, and "Mr Hill" no councillor who is called one.
    "Councillor Hill" may be who attended with nothing said of an office.
    """
    if alone.families == {"councillor"} and not full.families:
        return not (full.roles or full.outside)
    return alone.families == full.families or not alone.families.isdisjoint(full.families)


def nearest(one: AbstractSet[Days], other: AbstractSet[Days]) -> int | None:
    """Return how many days lie at most between the two meetings that are nearest to each other.

    Returns:
        Days; where a date is only a month or year, those of its farther end. None where no date
        of one of them is known.
    """
    if not one or not other:
        return None
    marked = sorted([(*days, True) for days in one] + [(*days, False) for days in other])
    gaps = [
        max(second[1] - first[0], first[1] - second[0])
        for first, second in pairwise(marked)
        if first[2] != second[2]
    ]
    return min(gaps)
