"""Runs of numbers that ascend through a document, whatever their form."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace

from kcsp_nlp.minutes.items.headings import Heading
from kcsp_nlp.minutes.items.looks import are_capitals, common_look, spread
from kcsp_nlp.minutes.items.wording import has_verb

_STEP = 0.5  # what a number earns that follows its predecessor by one
_LOOK_BACK = 8  # ranks a run may skip


def group(headings: Iterable[Heading]) -> dict[str, list[Heading]]:
    """Group numbered headings by numbering scheme; "(i)" may follow "(h)" or be a numeral.

    Args:
        headings: Candidates in reading order; those without a number are left out.

    Returns:
        Headings in reading order, by the family of their label.
    """
    families: dict[str, list[Heading]] = defaultdict(list)
    for heading in headings:
        label = heading.label
        if label is None:
            continue
        families[label.family].append(heading)
        if label.kind == "roman" and len(label.number) == 1:
            family = label.family.replace("roman", "letter")
            as_letter = replace(label, kind="letter", family=family)
            families[family].append(replace(heading, label=as_letter))
    return families


def best_family(
    families: dict[str, list[Heading]], body: range
) -> tuple[float, str, list[Heading]]:
    """Find the numbering scheme whose ascending run looks most like a document's items.

    Args:
        families: Numbered headings by scheme.
        body: Lines between the head of the minutes and their closing lines.

    Returns:
        The run's score, its scheme and its headings; 0, "" and none where nothing is numbered.
    """
    best: tuple[float, str, list[Heading]] = (0.0, "", [])
    for family, members in families.items():
        score, chain = _best_chain(members)
        score *= spread(chain, body)
        if score > best[0]:
            best = (score, family, chain)
    return best


def _order(members: Sequence[Heading]) -> list[tuple[int, ...]]:
    """Values for comparison, the part that changes least first: 118/18 by 18, 24/041 by 24."""
    values = [heading.label.value for heading in members if heading.label]
    if not all(len(value) == 3 for value in values):  # noqa: PLR2004
        return values
    kinds = {heading.label.kind for heading in members if heading.label}
    if kinds <= {"slash", "coded"} and len({v[0] for v in values}) > len({v[1] for v in values}):
        return [(value[1], value[0], value[2]) for value in values]
    return values


def _best_chain(members: Sequence[Heading]) -> tuple[float, list[Heading]]:
    """Find the ascending run of numbers with the highest score, and that score."""
    values = _order(members)
    ranks = {value: rank for rank, value in enumerate(sorted(set(values)))}
    ends: dict[int, int] = {}  # rank -> the member that ends the best run there
    scores: list[float] = []
    before: list[int | None] = []
    for index, (heading, value) in enumerate(zip(members, values, strict=True)):
        rank = ranks[value]
        score, previous = 0.0, None
        for back in range(_LOOK_BACK + 1):
            other = ends.get(rank - back)
            if other is not None:
                through = scores[other] + _step(values[other], value)
                if through > score:
                    score, previous = through, other
        scores.append(score + heading.weight)
        before.append(previous)
        if rank not in ends or scores[ends[rank]] < scores[index]:
            ends[rank] = index
    at: int | None = max(range(len(scores)), key=scores.__getitem__, default=None)
    total = scores[at] if at is not None else 0.0
    chain: list[Heading] = []
    while at is not None:
        chain.append(members[at])
        at = before[at]
    chain.reverse()
    taken = {heading.start for heading in chain}
    looks = {heading.look for heading in chain}
    rivals = sum(h.start not in taken and h.look in looks and h.weight > 0 for h in members)
    return total - 0.4 * rivals, chain


def _step(before: tuple[int, ...], after: tuple[int, ...]) -> float:
    """What it is worth that one number follows another."""
    if before == after:
        return -1.0
    if before[:-2] != after[:-2]:
        return 0.0
    gap = after[-2] - before[-2]
    return _STEP if gap <= 1 else -0.2 * min(gap, 8)


def with_strays(members: Sequence[Heading], chain: list[Heading]) -> list[Heading]:
    """Add numbered headings that break the order but look like the rest: typing errors."""
    if len(chain) < 3:  # noqa: PLR2004
        return chain
    look, caps = common_look(chain), are_capitals(chain)
    strong = look[0] > 0 or look[1]
    taken = {heading.start for heading in chain}
    strays = [
        heading
        for heading in members
        if heading.start not in taken
        and heading.look == look
        and (strong or not caps or heading.is_caps)
        and heading.weight >= (1.2 if strong else 0.5 if _fits(heading, chain) else 1.9)
    ]
    return sorted([*chain, *strays], key=lambda heading: heading.start)


def _fits(stray: Heading, chain: Sequence[Heading]) -> bool:
    """Whether a number's last part is what its place calls for: 6.5.3 after 16.5.2."""
    earlier = [heading for heading in chain if heading.start < stray.start]
    later = [heading for heading in chain if heading.start > stray.start]
    if not (earlier and later and stray.label and earlier[-1].label and later[0].label):
        return False
    value = stray.label.value[-2]
    return earlier[-1].label.value[-2] < value < later[0].label.value[-2]


def with_children(families: dict[str, list[Heading]], items: list[Heading]) -> list[Heading]:
    """Add 4.1, 4.2 under a 4 that has no text of its own, where they are headings too."""
    first = items[0].label
    if first is None or first.kind not in ("int", "zero"):
        return items
    dotted = families.get("dotted1" + ("w" if first.has_word else ""), [])
    added: list[Heading] = []
    for heading, following in zip(items, [*items[1:], None], strict=True):
        stop = following.start if following else float("inf")
        under = [child for child in dotted if heading.start < child.start < stop]
        if len(under) > 1 and under[0].line <= heading.last + 3 and all(map(_is_head, under)):
            added.extend(under)
    return sorted([*items, *added], key=lambda heading: heading.start)


def _is_head(child: Heading) -> bool:
    """Whether a numbered paragraph is a heading: short, set off, no sentence."""
    title = child.title
    return (
        child.is_spaced
        and not child.has_text
        and not has_verb(title)
        and len(title) < 70  # noqa: PLR2004
        and title[0].isupper()
        and title[-1] not in ".,;:"
    )
