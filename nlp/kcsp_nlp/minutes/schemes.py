"""Which of the candidate headings are a document's agenda items.

A line cannot be judged alone: "1. The Chair said" opens an item in one document and a paragraph
in the next. So candidates are taken together: the numbers of one family that ascend through the
document and look like headings win; where no numbers do, the look that most headings share.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import pairwise

from kcsp_nlp.minutes.headings import Heading
from kcsp_nlp.minutes.wording import has_verb, is_next_meeting, is_not_title, is_usual

_STEP = 0.5  # what a number earns that follows its predecessor by one
_LEAST = 2.0  # score below which a run of numbers is not a document's items
_LOOK_BACK = 8  # ranks a run may skip
_DENSE = 100  # code points from one row of a list or table to the next, if not more
_OFTEN = 3  # times that a running header or a recurring sub-heading stands, at least
_MOST = 0.7  # share of items that makes a look the document's


def choose_items(headings: Sequence[Heading], body: range) -> list[Heading]:
    """Choose the headings that begin agenda items.

    Args:
        headings: Candidates in reading order.
        body: Lines between the head of the minutes and their closing lines: outside them only
            a number makes an item.

    Returns:
        Headings in reading order, none of them starting where another does.
    """
    families = _families(headings)
    often = Counter(heading.title for heading in headings if heading.label is None)
    unnumbered = [
        heading
        for heading in headings
        if _may_stand_alone(heading, body) and often[heading.title] < _OFTEN
    ]
    score, family, chain = _best_family(families, body)
    covered = _lines_of(heading for heading in chain if not heading.may_be_page)
    coded = [h for h in unnumbered if h.code and h.line not in covered]
    if len(coded) > max(1, len(chain) // 2) and len(coded) * 2.5 > score:
        return coded
    plain = _best_look([h for h in unnumbered if h.line not in covered], body)
    if len(chain) < 2 or score < _LEAST or _beats(plain, chain, score):  # noqa: PLR2004
        if len(chain) > 2 and plain and plain[0].is_marked and _common_look(chain) == plain[0].look:  # noqa: PLR2004
            plain = sorted([*plain, *chain], key=lambda heading: heading.start)
        return _with_last(unnumbered, plain, numbered=False)
    items = _with_strays(families[family], chain)
    items = _with_children(families, items)
    return _with_last(unnumbered, _with_unnumbered(unnumbered, items), numbered=True)


def _families(headings: Iterable[Heading]) -> dict[str, list[Heading]]:
    """Group numbered headings by numbering scheme; "(i)" may follow "(h)" or be a numeral."""
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


def _may_stand_alone(heading: Heading, body: range) -> bool:
    """Whether a heading without a number could be an item where it stands."""
    if heading.label or is_not_title(heading.title) or heading.line < body.start:
        return False
    return heading.line < body.stop or is_next_meeting(heading.title)


def _best_family(
    families: dict[str, list[Heading]], body: range
) -> tuple[float, str, list[Heading]]:
    best: tuple[float, str, list[Heading]] = (0.0, "", [])
    for family, members in families.items():
        score, chain = _best_chain(members)
        score *= _spread(chain, body)
        if score > best[0]:
            best = (score, family, chain)
    return best


def _spread(chain: Sequence[Heading], body: range) -> float:
    """How far headings reach over a document, 0 to 1: an action log fills only its end."""
    if len(chain) < 2:  # noqa: PLR2004
        return 1.0
    covered = (body.stop - chain[0].line) / max(1, len(body))
    gaps = sorted(after.start - before.start for before, after in pairwise(chain))
    dense = gaps[len(gaps) // 2] < _DENSE
    return min(1.0, max(0.0, covered) / 0.6) * (0.4 if dense else 1.0)


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


def _lines_of(items: Iterable[Heading]) -> set[int]:
    return {line for heading in items for line in range(heading.line, heading.last + 1)}


def _common_look(items: Sequence[Heading]) -> tuple[int, bool, bool, bool]:
    return Counter(heading.look for heading in items).most_common(1)[0][0]


def _are_caps(items: Sequence[Heading]) -> bool:
    return sum(heading.is_caps for heading in items) > _MOST * len(items)


def _with_strays(members: Sequence[Heading], chain: list[Heading]) -> list[Heading]:
    """Add numbered headings that break the order but look like the rest: typing errors."""
    if len(chain) < 3:  # noqa: PLR2004
        return chain
    look, caps = _common_look(chain), _are_caps(chain)
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
    """Whether a number's last part is what its place calls for: 6.3.14 after 16.3.13."""
    earlier = [heading for heading in chain if heading.start < stray.start]
    later = [heading for heading in chain if heading.start > stray.start]
    if not (earlier and later and stray.label and earlier[-1].label and later[0].label):
        return False
    value = stray.label.value[-2]
    return earlier[-1].label.value[-2] < value < later[0].label.value[-2]


def _with_children(families: dict[str, list[Heading]], items: list[Heading]) -> list[Heading]:
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


def _with_unnumbered(unnumbered: Sequence[Heading], items: list[Heading]) -> list[Heading]:
    """Add headings without a number that look like the numbered ones, if they are few."""
    look, caps = _common_look(items), _are_caps(items)
    if not (look[0] or look[1] or caps):
        first = items[0].line
        opening = [h for h in unnumbered if h.line < first and h.is_caps and _is_opening(h)]
        return [*opening, *items]
    taken = _lines_of(items)
    more = [
        heading
        for heading in unnumbered
        if heading.line not in taken
        and heading.look == look
        and (heading.is_caps or not caps)
        and len(heading.title) > 6  # noqa: PLR2004
        and not heading.has_text
        and (heading.is_before_prose if heading.line < items[0].line else heading.is_spaced)
    ]
    inside = [heading for heading in more if heading.line > items[0].line]
    if look[0] == 0 and len(inside) > max(1, len(items) // 6):
        repeated = Counter(heading.title for heading in inside)
        more = [
            heading
            for heading in more
            if (is_usual(heading.title) and repeated[heading.title] == 1)
            or heading.line < items[0].line
        ]
    return sorted([*items, *more], key=lambda heading: heading.start)


def _is_opening(heading: Heading) -> bool:
    """Whether a heading before the first number is an item: "OPEN FORUM" and what was said."""
    return (
        heading.is_spaced
        and heading.is_before_prose
        and is_usual(heading.title)
        and not heading.has_text
    )


def _with_last(
    unnumbered: Sequence[Heading], items: list[Heading], *, numbered: bool
) -> list[Heading]:
    """Add the date of the next meeting, which often stands without number or mark at the end."""
    if not items or any(is_next_meeting(heading.title) for heading in items):
        return items
    for heading in unnumbered:
        if heading.line > items[-1].last and heading.is_spaced and is_next_meeting(heading.title):
            if heading.is_caps or heading.title.casefold().startswith("date") or not numbered:
                return [*items, heading]
    return items


def _beats(plain: Sequence[Heading], chain: Sequence[Heading], score: float) -> bool:
    """Whether headings without numbers make better items than a run of numbers.

    Sub-headings often outnumber numbered items; titles that agendas have tell them apart.
    """
    usual = sum(is_usual(heading.title) for heading in plain)
    numbered = sum(is_usual(heading.title) for heading in chain)
    return _weight(plain) > score * (0.8 if usual > numbered else 4.0)


def _best_look(headings: Sequence[Heading], body: range) -> list[Heading]:
    """Find the look that most headings without a number share, usual titles counting most."""
    groups: dict[tuple[object, ...], list[Heading]] = defaultdict(list)
    for heading in headings:
        if (heading.has_text or heading.is_field) and not is_next_meeting(heading.title):
            continue
        if (
            heading.is_marked
            or heading.is_caps
            or heading.is_before_prose
            or is_usual(heading.title)
        ):
            groups[(heading.look, False)].append(heading)
            if heading.is_caps:
                groups[(heading.look, True)].append(heading)
    scored = [(_weight(members) * _spread(members, body), members) for members in groups.values()]
    best = max(scored, key=lambda pair: pair[0], default=(0.0, []))[1]
    while best and not (is_usual(best[0].title) or best[0].is_before_prose):
        best = best[1:]
    return best


def _weight(members: Sequence[Heading]) -> float:
    """How much headings of one look look like items; lines without a mark hardly count."""
    return sum(
        heading.weight if heading.is_marked or heading.is_caps or is_usual(heading.title) else 0.3
        for heading in members
    )
