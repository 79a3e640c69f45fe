"""Which parts a resolution means by the numbers that it names."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from kcsp_nlp.minutes.outline import Part
from kcsp_nlp.minutes.restrictions.resolutions import Exclusion

_MOST = 60  # items that a range of numbers may span


def named_parts(found: Exclusion, parts: Sequence[Part], at: int) -> list[int]:
    """Return the indexes of the parts that a resolution names, in order.

    An agenda's number is looked for among the numbers and codes that are printed; where none of
    them is, it counts the items (agenda item 9 is the ninth), and where that leads back before the
    resolution, as many items as it names follow it.

    Args:
        found: A resolution with numbers.
        parts: All parts of the document.
        at: Index of the part that holds it.
    """
    named = {each for pair in found.numbers for each in _between(*pair, parts)} - {at}
    if named or found.is_annex:
        return sorted(named)
    items = [index for index, part in enumerate(parts) if part.kind == "item"]
    counts = [
        int(number) for pair in found.numbers for number in _spelled(*pair) if number.isdigit()
    ]
    ordinals = [items[count - 1] for count in counts if 0 < count <= len(items)]
    if ordinals and len(ordinals) == len(counts) and min(ordinals) > at:
        return sorted(ordinals)
    return [index for index in items if index > at][: max(len(counts), 1)]


def _between(first: str, last: str, parts: Sequence[Part]) -> Iterator[int]:
    low, high = list(_matching(first, parts)), list(_matching(last, parts))
    if low and high and first != last and 0 <= high[-1] - low[0] <= _MOST:
        yield from range(low[0], high[-1] + 1)
    else:
        yield from low
        yield from high


def _matching(number: str, parts: Sequence[Part]) -> Iterator[int]:
    """Yield the parts of a number or code, and those below it: 12, 12.1, 12a."""
    wanted = _plain(number)
    by_code = [i for i, part in enumerate(parts) if part.code and _plain(part.code) == wanted]
    for index, part in enumerate(parts):
        if part.kind != "item" or not part.number:
            continue
        printed = _plain(part.number)
        if printed == wanted or printed.startswith(f"{wanted}."):
            yield index
    yield from by_code


def _spelled(first: str, last: str) -> list[str]:
    """Return each number of a range of whole numbers; the ends where it is none."""
    if first == last:
        return [first]
    if first.isdigit() and last.isdigit() and 0 < int(last) - int(first) <= _MOST:
        return [str(number) for number in range(int(first), int(last) + 1)]
    return [first, last]


def _plain(number: str) -> str:
    return number.casefold().strip(" .()").lstrip("0")
