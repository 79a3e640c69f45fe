"""Which mentions of a document are one person, and who that is.

Only what is certain is joined: a mention that may be two people of the document is nobody's.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from hashlib import sha256
from typing import NamedTuple

from kcsp_nlp.linking.people.gathering import Gathering
from kcsp_nlp.linking.people.identities import Identity, fullest
from kcsp_nlp.linking.people.mentions import Mention, Offsets, collect_mentions
from kcsp_nlp.linking.people.names import fold
from kcsp_nlp.linking.people.neighbours import read_neighbours
from kcsp_nlp.linking.people.remarks import mark_namesakes
from kcsp_nlp.linking.people.resolving import Resolving
from kcsp_nlp.linking.people.telling_apart import Places
from kcsp_nlp.minutes.outline import Outline
from kcsp_nlp.records import Span

_DIGITS = 16  # of the digest in an id


class Person(NamedTuple):
    """Somebody named in a document: identifier, and the name in its fullest form there."""

    id: str
    canonical: str


class People(NamedTuple):
    """Who stands where: by half-open offsets of mentions and of attendance entries.

    A place whose person is not certain is not in it.
    """

    by_place: Mapping[Offsets, Person]


def identify_people(text: str, outline: Outline, spans: Sequence[Span], *, scope: str) -> People:
    """Resolve the mentions of people in a document to the people they are.

    Args:
        text: The document's text.
        outline: Its outline; offsets into `text`.
        spans: Its spans, sorted; offsets into `text`.
        scope: What identifiers are unique in: the folded name of the body that met, else the
            document's sha256.

    Returns:
        For each mention and attendance entry whose person is certain, who that is. A person whom
        only a bare surname or given name tells from others has an identifier of this document's
        own.
    """
    mentions = collect_mentions(text, outline, spans)
    read_neighbours(text, mentions.found)
    mark_namesakes(text, mentions.found)
    places = Places(text, [part.start for part in outline.parts])
    gathering = Gathering(text, mentions.found)
    Resolving(text, gathering, places).resolve(mentions.found)
    people = _name(text, scope, gathering.everybody())
    by_place: dict[Offsets, Person] = {}
    for mention in mentions.found:
        identity = gathering.of.get(mention.start)
        if identity is not None:
            by_place[mention.start, mention.end] = people[id(identity)]
    for place, mention in mentions.attendees.items():
        identity = gathering.of.get(mention.start)
        if identity is not None:
            by_place[place] = people[id(identity)]
    return People(by_place)


def _name(text: str, scope: str, everybody: Sequence[Identity]) -> dict[int, Person]:
    """Return the person of each identity, by its `id()`."""
    own = ""
    people: dict[int, Person] = {}
    taken: set[str] = set()
    alike: Counter[tuple[str, str]] = Counter()  # people of one key before
    for identity in everybody:
        best = fullest(identity)
        canonical = best.name.printed
        key = " ".join(fold(word) for word in canonical.split())
        within = scope
        if not _is_known(identity, best):
            own = own or sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
            within = own
        if not best.name.given:
            key = " ".join([key, *sorted(identity.genders), *sorted(identity.classes)])
        if identity.generation:
            key = f"{key} {identity.generation}"
        identifier = _identifier(within, key)
        while identifier in taken:
            alike[within, key] += 1
            identifier = _identifier(within, f"{key} {alike[within, key] + 1}")
        taken.add(identifier)
        people[id(identity)] = Person(identifier, canonical)
    return people


def _is_known(identity: Identity, best: Mention) -> bool:
    """Whether the name tells the person from others of the same body at other meetings."""
    return bool(best.name.given and best.name.surname) or (
        identity.attended and bool(identity.classes or identity.genders)
    )


def _identifier(scope: str, key: str) -> str:
    digest = sha256(f"{scope}\n{key}".encode("utf-8", "surrogatepass")).hexdigest()
    return f"person:{digest[:_DIGITS]}"
