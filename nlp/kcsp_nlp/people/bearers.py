"""Who bears which surname at which body: the index that clusters are compared along."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence

from kcsp_nlp.linking.people.spellings import Spellings
from kcsp_nlp.people.clusters import Cluster

# The folded name of a body, and the key of a surname.
Block = tuple[str, str]


class Bearers:
    """Clusters by body and surname."""

    def __init__(self, clusters: Sequence[Cluster]) -> None:
        self._blocks: dict[Block, list[Cluster]] = defaultdict(list)
        self._everybody = dict.fromkeys(clusters)
        for cluster in clusters:
            for block in _blocks_of(cluster):
                self._blocks[block].append(cluster)
        self._like = _find_alike(clusters, self._blocks)

    def everybody(self) -> list[Cluster]:
        """Return all clusters."""
        return list(self._everybody)

    def blocks(self) -> Iterable[Block]:
        """Return the bodies and surnames that there are."""
        return self._blocks

    def of(self, block: Block) -> list[Cluster]:
        """Return who bears a surname at a body."""
        return self._blocks.get(block, [])

    def like(self, block: Block) -> list[Block]:
        """Return the surnames of a body that one may be a misspelling of, or they of it.

        Two surnames that different people bear at one meeting of the body are two surnames.
        """
        return self._like.get(block, [])

    def join(self, group: Sequence[Cluster]) -> set[Block]:
        """Make one cluster of several.

        Returns:
            The blocks that have changed.
        """
        first, *others = group
        touched = {block for each in group for block in _blocks_of(each)}
        gone = set(others)
        for other in others:
            first.take(other)
            del self._everybody[other]
        for block in touched:
            rest = [each for each in self._blocks[block] if each not in gone]
            self._blocks[block] = rest if first in rest else [*rest, first]
        return touched


def _blocks_of(cluster: Cluster) -> list[Block]:
    return [
        (scope, surname) for scope in sorted(cluster.scopes) for surname in sorted(cluster.surnames)
    ]


def _find_alike(clusters: Iterable[Cluster], blocks: Iterable[Block]) -> dict[Block, list[Block]]:
    # For each body and surname who bears it in which document.
    borne: dict[Block, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    for part in (part for cluster in clusters for part in cluster.parts):
        for name in part.names:
            borne[part.document.scope, name.key][part.document.id].add(part.member)
    surnames: dict[str, list[str]] = defaultdict(list)
    for scope, surname in blocks:
        surnames[scope].append(surname)
    alike: dict[Block, list[Block]] = {}
    for scope, held in surnames.items():
        spellings = Spellings(held)
        for surname in held:
            one = borne[scope, surname]
            found = [
                (scope, other)
                for other in spellings.like(surname)
                if not _meet(one, borne[scope, other])
            ]
            if found:
                alike[scope, surname] = found
    return alike


def _meet(one: dict[str, set[str]], other: dict[str, set[str]]) -> bool:
    """Whether two people of one document bear the one surname and the other."""
    return any(len(one[document] | other[document]) > 1 for document in one.keys() & other.keys())
