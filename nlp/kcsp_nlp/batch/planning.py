"""Files into shards: what is written, kept and done again as one.

Where a shard ends depends on the names in it alone, so that a file that comes or goes changes one
shard, seldom two, and leaves the others as they are.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from kcsp_nlp.batch.facts import plain
from kcsp_nlp.storage.places import Place

# Files of a shard: by chance, on average, and at most.
_USUAL = 32
_MOST = 128


class Shard(NamedTuple):
    """Some files that follow each other.

    Attributes:
        key: Tells it from every other, by the names of its files.
        places: The files.
    """

    key: str
    places: tuple[Place, ...]


def plan(places: Iterable[Place]) -> Iterator[Shard]:
    """Cut files into shards.

    Args:
        places: The files, in the order in which their records are wanted.

    Yields:
        Shards that hold every file once, in order.
    """
    held: list[Place] = []
    for place in places:
        held.append(place)
        if _ends_shard(place) or len(held) == _MOST:
            yield _shard(held)
            held = []
    if held:
        yield _shard(held)


def _ends_shard(place: Place) -> bool:
    return int.from_bytes(_digest([place])[:4], "big") % _USUAL == 0


def _shard(places: Sequence[Place]) -> Shard:
    return Shard(_digest(places).hex()[:32], tuple(places))


def _digest(places: Sequence[Place]) -> bytes:
    names = "\0".join(plain(str(place)) for place in places)
    return hashlib.sha256(names.encode()).digest()
