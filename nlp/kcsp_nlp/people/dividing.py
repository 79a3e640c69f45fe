"""What an analyst has said, put into effect: identities put together, and taken apart."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence

from kcsp_nlp.people.appearances import Appearance
from kcsp_nlp.people.clusters import Cluster
from kcsp_nlp.people.overrides import Division, Rulings


def clusters_of(appearances: Iterable[Appearance], rulings: Rulings) -> list[Cluster]:
    """Return who the records and an analyst's merges say is one, before anything else is joined.

    Whoever an earlier run split off by document, and wrote into the records, stays split off.
    """
    by_id: dict[str, list[Appearance]] = defaultdict(list)
    for appearance in appearances:
        by_id[rulings.merged.get(appearance.member, appearance.member)].append(appearance)
    clusters = [Cluster.of(by_id[key]) for key in sorted(by_id)]
    held = _by_member(clusters)
    for division in rulings.divisions:
        if division.documents:
            _keep_apart(held, division)
    return clusters


def _keep_apart(held: dict[str, Cluster], division: Division) -> None:
    for member in division.members:
        if member in held:
            held[member].fixed = True
            if division.person in held:
                held[division.person].barred |= held[member].documents


def divide(clusters: Sequence[Cluster], rulings: Rulings) -> list[Cluster]:
    """Take apart what an analyst says is not one; what is left of a person stays together.

    Who is split off by document gets a `member` of their own, and nothing more is joined to
    anybody who is split off.
    """
    held = _by_member(clusters)
    everybody = dict.fromkeys(clusters)
    for division in rulings.divisions:
        gone = _split_off(held, division)
        person = held.get(division.person)
        for cluster in {held[part.member]: None for part in gone}:
            rest = _without(cluster, gone)
            del everybody[cluster]
            if rest.parts:
                everybody[rest] = None
            held.update(dict.fromkeys(cluster.members, rest))
            person = rest if cluster is person else person
        if not gone:
            continue
        if division.documents:
            for part in gone:
                if part.member not in division.members:
                    part.member = division.apart
        other = Cluster.of(gone)
        other.fixed = True
        everybody[other] = None
        if division.documents and person is not None:
            person.barred |= other.documents
        held.update(dict.fromkeys(other.members, other))
    return list(everybody)


def _split_off(held: dict[str, Cluster], division: Division) -> list[Appearance]:
    """Return the appearances that a split takes away, from whomever they have been joined to."""
    named = held.get(division.person)
    gone: dict[int, Appearance] = {}
    for cluster in dict.fromkeys(held[each] for each in division.members if each in held):
        gone.update((id(p), p) for p in cluster.parts if p.member in division.members)
    for part in named.parts if named and division.documents else ():
        if not division.documents.isdisjoint((part.document.id, part.document.source)):
            gone[id(part)] = part
    return list(gone.values())


def _without(cluster: Cluster, gone: Iterable[Appearance]) -> Cluster:
    left = {id(part) for part in gone}
    rest = Cluster.of(part for part in cluster.parts if id(part) not in left)
    rest.barred |= cluster.barred
    rest.fixed = cluster.fixed
    return rest


def _by_member(clusters: Iterable[Cluster]) -> dict[str, Cluster]:
    return {member: cluster for cluster in clusters for member in cluster.members}
