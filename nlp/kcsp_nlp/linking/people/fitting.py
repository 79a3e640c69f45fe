"""Whether what is known of a person lets a mention be that person's: office, honorific, list."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from kcsp_nlp.linking.people.given_names import given_names
from kcsp_nlp.linking.people.identities import WELL, Identity, agreement, is_police, offices_exclude
from kcsp_nlp.linking.people.mentions import Mention
from kcsp_nlp.linking.people.spellings import SHORTEST

# People of one surname in one document; beyond that only equal names are joined.
MOST = 40
# Who is called by rank, never "Mr".
_CALLED_BY_RANK = frozenset(["constable", "pcso", "sergeant"])
# What the name of a police force holds.
_FORCES = ("police", "constabulary", "garda", "psni")


def fullness(same: Sequence[Mention]) -> tuple[int, int, bool, int]:
    """Return what sorts names that say most first."""
    given = same[0].name.given
    words = sum(len(name) > 1 for name in given)
    return -words, -len(given), not any(each.attendee for each in same), same[0].start


def both_listed(mention: Mention, identity: Identity, listed: bool) -> bool:
    """Tell whether two entries of the list would be one although they are written differently."""
    return listed and identity.attended and mention.name.given not in identity.forms


def is_same_name(mention: Mention, identity: Identity) -> bool:
    """Tell whether a name is the person's word for word, and more than one initial of it."""
    given = mention.name.given
    return given in identity.forms and (len(given) > 1 or len(given[0]) > 1)


def is_changed(mention: Mention, identity: Identity) -> bool:
    """Tell whether a double surname may be that of somebody of the list since a marriage.

    "K. Orr-Lund" is Katherine Orr, "B. Ash-Orr" is not.
    """
    first, hyphen, _ = mention.name.surname.partition("-")
    if not hyphen or not identity.attended or not identity.forms or not mention.name.given:
        return False
    if mention.address.unrelated:
        return False
    shared = any(each.name.surname == first for each in identity.mentions[:MOST])
    return shared and agreement(mention, identity) == WELL


def names_alone(identity: Identity) -> bool:
    """Tell whether nothing but a surname is known of a person."""
    return not identity.forms


def is_given(mention: Mention) -> bool:
    """Tell whether a name alone is rather a given name: common, with nothing before it."""
    return not mention.address.titled and mention.name.surname.split("-")[0] in given_names().common


def is_addressed(mention: Mention, identity: Identity) -> bool:
    """Tell whether a name alone is addressed as the person may be.

    "Dr Kent" is not Councillor Kent, nor "Mr Kent" the constable, unless called so elsewhere.
    """
    if mention.classes:
        if not identity.classes:
            return may_become(mention, identity)
        return bool(mention.classes & identity.classes)
    if mention.address.gender and is_police(identity.classes):
        senior = identity.attended and identity.classes.isdisjoint(_CALLED_BY_RANK)
        return senior or any(
            each.address.gender or not each.classes for each in identity.mentions[:MOST]
        )
    return True


def may_become(mention: Mention, identity: Identity) -> bool:
    """Tell whether an office may be that of a person of whom none is known.

    An entry of the list with a job or a body of another kind is nobody of the police.
    """
    entries = [m.attendee for m in identity.mentions[:MOST] if m.attendee]
    if is_police(mention.classes):
        bodies = [entry.organisation.casefold() for entry in entries if entry.organisation]
        police = all(any(word in body for word in _FORCES) for body in bodies)
        return bool(entries) and police and not any(entry.role for entry in entries)
    if "councillor" in mention.classes:
        return not any("clerk" in (entry.role or "").casefold() for entry in entries)
    return not any(each.address.gender for each in identity.mentions[:MOST])


def is_announced(mention: Mention, identity: Identity) -> bool:
    """Tell whether a person named in full only later is addressed with the same honorific there."""
    gender = mention.address.gender
    return gender is not None and any(
        each.address.gender == gender for each in identity.mentions[:MOST] if each.name.given
    )


def is_stranger(same: Sequence[Mention], identity: Identity) -> bool:
    """Tell whether one is a listed councillor by initials, the other untitled and in full."""
    sides = (same, identity.mentions[:MOST])
    for listed, other in (sides, sides[::-1]):
        initials = all(len(m.name.given[0]) == 1 for m in listed if m.name.given)
        council = any(m.attendee and "councillor" in m.classes for m in listed)
        plain = not any(m.attendee or m.address.titled or len(m.name.given[0]) == 1 for m in other)
        if initials and council and plain:
            return True
    return False


def is_misspelt(each: Identity, other: Identity, length: int) -> bool:
    """Tell whether one person's surname is the other's misspelt, by all that is known of both.

    Args:
        each: Who is in no list.
        other: Whose surname is like it.
        length: Letters of the former surname.
    """
    if offices_exclude(each.classes, other.classes):
        return False
    if each.genders and other.genders and not each.genders & other.genders:
        return False
    if each.forms and other.forms:
        agree = all(agreement(m, other) == WELL for m in each.mentions if m.name.given)
        full = any(len(form[0]) > 1 and form in other.forms for form in each.forms)
        return agree and (full or length >= SHORTEST)
    shared = bool(each.classes & other.classes)
    untitled = other.attended and not each.classes and not other.classes
    return length >= SHORTEST and (shared or untitled)


def divide_letters(mentions: Iterable[Mention]) -> tuple[list[Mention], list[Mention]]:
    """Return the mentions that may be initials, and the others."""
    letters: list[Mention] = []
    words: list[Mention] = []
    for mention in mentions:
        capitals = sum(char.isupper() for char in mention.text)
        short = len(mention.text) <= len("O'DAB") and capitals > 1 and not mention.attendee
        (letters if short and not mention.address.titled else words).append(mention)
    return letters, words
