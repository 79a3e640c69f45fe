"""Clusters as people with final identifiers, names and roles."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from kcsp_nlp.linking.bodies.names import name_key
from kcsp_nlp.linking.people.names import read_name
from kcsp_nlp.people.appearances import Document, Post
from kcsp_nlp.people.clusters import Cluster
from kcsp_nlp.people.person import Person, Role

_NEVER = "~"  # sorts behind every date


class Listing(NamedTuple):
    """The people, sorted by body and surname, and who each identity of a document finally is."""

    people: list[Person]
    final: Mapping[tuple[str, str], str]


def list_people(
    clusters: Sequence[Cluster], names: Mapping[str, str], previous: Iterable[Person] = ()
) -> Listing:
    """Make people of clusters.

    Args:
        clusters: Everybody.
        names: Names that an analyst gives, by identity.
        previous: An earlier list, whose identifiers are kept.

    Returns:
        The people; and by identifier of the document and identity in its records the final one.
    """
    kept = _kept(clusters, previous)
    rows: list[tuple[tuple[str, ...], Person]] = []
    final: dict[tuple[str, str], str] = {}
    for cluster in clusters:
        identifier = kept.get(cluster) or min(_members_by_age(cluster))[1]
        person = _person(cluster, identifier, names)
        body = min(cluster.scopes)
        rows.append(((body, read_name(person.name).key, person.name, identifier), person))
        final.update({(part.document.id, part.id): identifier for part in cluster.parts})
    return Listing([person for _, person in sorted(rows, key=lambda row: row[0])], final)


def _members_by_age(cluster: Cluster) -> list[tuple[str, str]]:
    """Return the date of the first meeting and the identity of each member."""
    first: dict[str, str] = {}
    for part in cluster.parts:
        date = part.document.date or _NEVER
        first[part.member] = min(first.get(part.member, _NEVER), date)
    return [(date, member) for member, date in first.items()]


def _kept(clusters: Sequence[Cluster], previous: Iterable[Person]) -> dict[Cluster, str]:
    """Return the identifiers that clusters keep from an earlier list.

    An identifier stays with who has it in the records, else with most of those it stood for. Of
    several that came together the smallest by first meeting is kept.
    """
    held = {member: cluster for cluster in clusters for member in cluster.members}
    claims: dict[Cluster, list[tuple[str, str]]] = defaultdict(list)
    for person in previous:
        found = Counter(held[each] for each in person.members if each in held)
        if person.id in held:
            heir = held[person.id]
        elif found:
            heir = max(found, key=lambda each: (found[each], _reverse(min(_members_by_age(each)))))
        else:
            continue
        claims[heir].append((person.first or _NEVER, person.id))
    return {cluster: min(found)[1] for cluster, found in claims.items()}


def _reverse(key: tuple[str, str]) -> tuple[int, ...]:
    """Return what sorts the other way round."""
    return tuple(-ord(char) for char in "\n".join(key))


def _person(cluster: Cluster, identifier: str, names: Mapping[str, str]) -> Person:
    parts = sorted(cluster.parts, key=lambda part: (part.document.id, part.id))
    printed: Counter[str] = sum((part.printed for part in parts), Counter())
    given = [names[member] for member in sorted(cluster.members) if member in names]
    documents = {part.document.id: part.document for part in parts}
    first, last = _reach(documents.values())
    return Person(
        id=identifier,
        name=given[0] if given else _fullest(cluster),
        names=tuple(sorted(printed, key=lambda form: (-printed[form], form))),
        members=tuple(sorted(cluster.members)),
        bodies=tuple(_bodies(documents.values())),
        roles=tuple(_roles(cluster)),
        meetings=len(documents),
        mentions=sum(part.mentions for part in parts),
        first=first,
        last=last,
    )


def _reach(documents: Iterable[Document]) -> tuple[str | None, str | None]:
    dates = sorted(each.date for each in documents if each.date)
    return (dates[0], dates[-1]) if dates else (None, None)


def _bodies(documents: Iterable[Document]) -> list[str]:
    """Return the bodies as most often printed, each once, sorted."""
    printed: dict[str, Counter[str]] = defaultdict(Counter)
    for document in documents:
        if document.body:
            printed[document.scope][document.body] += 1
    return sorted(max(sorted(forms), key=lambda form: forms[form]) for forms in printed.values())


def _fullest(cluster: Cluster) -> str:
    """Return the form of the name that says most; of several the one of most documents."""
    forms = Counter(part.canonical for part in cluster.parts)

    def fullness(form: str) -> tuple[bool, int, int, bool, int, str]:
        name = read_name(form)
        words = sum(len(each) > 1 for each in name.given)
        return bool(name.key), words, len(name.given), not form.isupper(), forms[form], form

    return max(forms, key=fullness)


def _roles(cluster: Cluster) -> list[Role]:
    """Return what somebody was, each once, in order of the first meeting."""
    stated: dict[tuple[str, str], list[tuple[str, Post]]] = defaultdict(list)
    ids = _organisation_ids(cluster)
    for part in cluster.parts:
        for post in part.posts:
            role, organisation = name_key(post.role or ""), name_key(post.organisation or "")
            key = role, ids.get(organisation, organisation)
            stated[key].append((part.document.date or "", post))
    roles = []
    for (_, organisation), posts in stated.items():
        _, latest = max(posts, key=lambda held: (held[0], [each or "" for each in held[1]]))
        dates = sorted(date for date, _ in posts if date)
        roles.append(
            Role(
                role=latest.role,
                organisation=latest.organisation,
                organisation_id=organisation if organisation in ids.values() else None,
                first=dates[0] if dates else None,
                last=dates[-1] if dates else None,
            )
        )
    return sorted(
        roles, key=lambda each: (each.first or _NEVER, each.role or "", each.organisation or "")
    )


def _organisation_ids(cluster: Cluster) -> dict[str, str]:
    """Return the identifiers of organisations by folded name, where each has only one."""
    found: dict[str, set[str]] = defaultdict(set)
    for post in (post for part in cluster.parts for post in part.posts):
        if post.organisation and post.organisation_id:
            found[name_key(post.organisation)].add(post.organisation_id)
    return {name: min(ids) for name, ids in found.items() if len(ids) == 1}
