"""Join the appearances of one person at the meetings of one body; leave apart what is not certain.

Two clusters are joined only where nobody else fits either of them who is certainly not the other:
"P Hill" beside Peter and Paul Hill stays alone. That rule knows no order, so the result depends on
none. Joining goes on until nothing more is joined: what comes out, read in again, stays as it is.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import combinations, product

from kcsp_nlp.people.agreeing import (
    are_apart,
    contradict,
    is_called,
    may_be_misspelt,
    may_be_one,
    may_both_be_called,
    share_office,
)
from kcsp_nlp.people.appearances import Appearance
from kcsp_nlp.people.bearers import Bearers, Block
from kcsp_nlp.people.clusters import Cluster
from kcsp_nlp.people.dividing import clusters_of, divide
from kcsp_nlp.people.overrides import Rulings

# People of one surname at one body who are compared with each other: where there are more, only
# the records' own identities hold. Keeps the cost linear.
_MOST = 64

Pair = tuple[Cluster, Cluster]


def resolve(appearances: Sequence[Appearance], rulings: Rulings | None = None) -> list[Cluster]:
    """Join appearances into people.

    Args:
        appearances: All there are. Those that an analyst splits off by document get a `member` of
            their own.
        rulings: What an analyst says; None for nothing.

    Returns:
        Everybody, in no particular order.
    """
    rulings = rulings or Rulings()
    clusters = _settle(clusters_of(appearances, rulings))
    if rulings.divisions:
        clusters = _settle(divide(clusters, rulings))
    return clusters


def _settle(clusters: Sequence[Cluster]) -> list[Cluster]:
    """Join clusters until there is nothing to join."""
    bearers = Bearers(clusters)
    steps = (_full_names, _surnames_alone, _misspellings)
    # What each step has to look at: all, and later what has changed since it last did.
    waiting = [set(bearers.blocks()) for _ in steps]
    while (at := next((n for n, blocks in enumerate(waiting) if blocks), None)) is not None:
        blocks, waiting[at] = waiting[at], set()
        touched = _join(bearers, steps[at](bearers, sorted(blocks)))
        for changed in waiting:
            changed.update(touched)
    return bearers.everybody()


def _join(bearers: Bearers, pairs: Iterable[Pair]) -> set[Block]:
    """Join what pairs connect, unless two people would come together over a third.

    Returns:
        The blocks that have changed.
    """
    groups: dict[Cluster, list[Cluster]] = {}
    for one, other in pairs:
        first, second = groups.setdefault(one, [one]), groups.setdefault(other, [other])
        if first is not second:
            first += second
            groups.update(dict.fromkeys(second, first))
    touched: set[Block] = set()
    for group in {id(each): each for each in groups.values()}.values():
        if len(group) <= _MOST and not any(are_apart(*pair) for pair in combinations(group, 2)):
            touched |= bearers.join(group)
    return touched


def _certain(fits: Sequence[Pair]) -> list[Pair]:
    """Return the pairs of which neither fits anybody else who is not the other."""
    beside: dict[Cluster, list[Cluster]] = {}
    for one, other in fits:
        beside.setdefault(one, []).append(other)
        beside.setdefault(other, []).append(one)
    known: dict[tuple[int, int], bool] = {}

    def apart(one: Cluster, other: Cluster) -> bool:
        key = _key((one, other))
        if key not in known:
            known[key] = are_apart(one, other)
        return known[key]

    return [
        (one, other)
        for one, other in fits
        if not apart(one, other)
        and not any(each is not other and apart(each, other) for each in beside[one])
        and not any(each is not one and apart(each, one) for each in beside[other])
    ]


def _full_names(bearers: Bearers, blocks: Sequence[Block]) -> list[Pair]:
    """Join who bears one surname and given names that agree.

    Where several fit, who holds the same office or is of the same body does.
    """
    found: list[Pair] = []
    for block in blocks:
        fits = [pair for pair in combinations(_named(bearers, block), 2) if may_be_one(*pair)]
        found += _certain(fits)
        found += _certain([pair for pair in fits if share_office(*pair)])
    return found


def _surnames_alone(bearers: Bearers, blocks: Sequence[Block]) -> list[Pair]:
    """Join a surname alone to the only one of that surname whom nothing contradicts."""
    found: list[Pair] = []
    for block in blocks:
        people = bearers.of(block)
        if len(people) > _MOST:
            continue
        full = [each for each in people if each.given]
        strangers: list[Cluster] = []
        fits: list[Pair] = []
        for alone in people:
            if alone.given or not alone.addressed or len(alone.surnames) > 1:
                continue
            candidates = [each for each in full if not contradict(alone, each)]
            if not candidates:
                strangers.append(alone)
            elif len(candidates) > 1:
                candidates = [each for each in candidates if share_office(alone, each)]
            if len(candidates) == 1 and is_called(alone, candidates[0]):
                fits.append((alone, candidates[0]))
        fits += [pair for pair in combinations(strangers, 2) if may_both_be_called(*pair)]
        found += _certain(fits)
    return found


def _misspellings(bearers: Bearers, blocks: Sequence[Block]) -> list[Pair]:
    """Join who bears surnames spelt alike, where given names and office agree too."""
    changed = {*blocks, *(like for block in blocks for like in bearers.like(block))}
    near = changed | {like for block in changed for like in bearers.like(block)}
    fits: dict[tuple[int, int], Pair] = {}
    alike: list[tuple[int, int]] = []
    for block in sorted(near):
        same = combinations(_named(bearers, block), 2)
        fits |= {_key(pair): pair for pair in same if may_be_one(*pair)}
        for other in bearers.like(block):
            for pair in product(_named(bearers, block), _named(bearers, other)):
                if pair[0] is not pair[1] and may_be_misspelt(*pair):
                    fits[_key(pair)] = pair
                    alike += [_key(pair)] if block in changed else []
    wanted = set(alike)
    return [pair for pair in _certain(list(fits.values())) if _key(pair) in wanted]


def _named(bearers: Bearers, block: Block) -> list[Cluster]:
    """Return who bears a surname with given names; nobody where there are too many."""
    people = [each for each in bearers.of(block) if each.given]
    return people if len(people) <= _MOST else []


def _key(pair: Pair) -> tuple[int, int]:
    return min(map(id, pair)), max(map(id, pair))
