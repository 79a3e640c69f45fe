"""Files into shards: what is written, kept and done again as one.

Where a shard ends depends on the names in it alone, so that a file that comes or goes changes one
shard, seldom two, and leaves the others as they are.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from kcsp_nlp.batch.facts import plain

# Files of a shard: by chance, on average, and at most.
_USUAL = 32
_MOST = 128


class Shard(NamedTuple):
    """Some files that follow each other.

    Attributes:
        key: Tells it from every other, by the names of its files.
        paths: The files.
    """

    key: str
    paths: tuple[Path, ...]


def plan(paths: Iterable[Path]) -> Iterator[Shard]:
    """Cut files into shards.

    Args:
        paths: The files, in the order in which their records are wanted.

    Yields:
        Shards that hold every file once, in order.
    """
    held: list[Path] = []
    for path in paths:
        held.append(path)
        if _ends_shard(path) or len(held) == _MOST:
            yield _shard(held)
            held = []
    if held:
        yield _shard(held)


def _ends_shard(path: Path) -> bool:
    return int.from_bytes(_digest([path])[:4], "big") % _USUAL == 0


def _shard(paths: Sequence[Path]) -> Shard:
    return Shard(_digest(paths).hex()[:32], tuple(paths))


def _digest(paths: Sequence[Path]) -> bytes:
    names = "\0".join(plain(str(path)) for path in paths)
    return hashlib.sha256(names.encode()).digest()
