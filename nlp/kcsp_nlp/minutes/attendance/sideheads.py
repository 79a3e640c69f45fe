"""Side heads: bodies and groups in a margin, each beside a column of its people."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from kcsp_nlp.minutes.attendance.kinds import kind_of
from kcsp_nlp.minutes.attendance.labels import Group, guess_label, read_group, read_label
from kcsp_nlp.minutes.attendance.layout import is_prose, opens_with_person
from kcsp_nlp.minutes.lines import Line
from kcsp_nlp.minutes.people.certainty import is_person
from kcsp_nlp.minutes.people.words import plain, words

# "Fell Council   |Ann Lee", "(CCG)": words of a margin, what stands two spaces off left out.
_HEAD = re.compile(r"\s{0,3}(?P<words>[^\s|](?:[^\s|]|\s(?!\s))*+)(?:\s{2,}(?=\S)|\s*\Z)")
# "Fell and", "PRESENT IN THE" go on in the next line; "Fell Trust" does not.
_GOES_ON = re.compile(
    r"(?:[,&/(–—-]|\b(?:and|of|for|from|the|in|at|by|an?|to|with))\Z", re.IGNORECASE
)
_NARROWEST = 8
_WIDEST = 48
_UNEVEN = 2
_HANGING = 6
_MAX_WORDS = 8
_MOST_LINES = 3
_MAX_LINES = 120
_BLANKS = 2
_PAIR = 2
_FEWEST = 3
_MOST = 0.6


class SideHead(NamedTuple):
    """A label in the margin: what it says, and where in its first line the people begin."""

    group: Group
    content: int


class _Row(NamedTuple):
    """A line: its number, what stands in the margin, where the people begin (its end for none)."""

    number: int
    head: str
    content: int
    apart: bool


def read_sideheads(lines: Sequence[Line], at: int) -> tuple[dict[int, SideHead], dict[int, int]]:
    """Read groups named in the margin, some of them over several lines, beside their people.

    Args:
        lines: The lines of a part.
        at: Index of the line that may hold the first.

    Returns:
        The heads by the index of the line on which they begin; and for each line of the list,
        by its index, where its margin ends. Both empty where no such list begins.
    """
    column = _column(lines, at)
    first = _row(lines, at, column, apart=True) if column else None
    if column is None or first is None or not first.head or is_person(first.head):
        return {}, {}
    before = _row(lines, at - 1, column, apart=False) if at else None
    if before and lines[at - 1].text[before.content :].strip():
        return {}, {}  # inside of columns that are something else
    rows = _rows(lines, column, first)
    heads = _heads(rows)
    if not _holds(lines, rows, heads):
        return {}, {}
    found = {row.number: SideHead(_group(head), row.content) for row, head in heads}
    return found, {row.number: row.content for row in rows}


def _column(lines: Sequence[Line], at: int) -> int | None:
    """Return where the people of a list begin whose first head a line may hold."""
    for line in lines[at : at + _PAIR]:
        head = _HEAD.match(line.text.rstrip())
        if head is None:
            return None
        people = line.text[head.end() :]
        if people.strip():
            beside = opens_with_person(people) and _NARROWEST <= head.end() <= _WIDEST
            return head.end() if beside else None
    return None


def _row(lines: Sequence[Line], at: int, column: int, *, apart: bool) -> _Row | None:
    """Read a line as a row of a list with side heads; None for another line."""
    line = lines[at]
    text = line.text.rstrip()
    indent = len(text) - len(text.lstrip())
    if line.is_table_row or line.heading_level:
        return None
    if indent >= max(_HANGING, column - _UNEVEN):
        return _Row(at, "", indent, apart)
    head = _HEAD.match(text)
    if head is None:
        return None
    alone = head.end() == len(text)
    if not alone and abs(head.end() - column) > _UNEVEN:
        return None
    if alone and (len(text) >= column or (apart and not _is_begun(lines, at, head["words"]))):
        return None
    return _Row(at, head["words"], head.end(), apart)


def _is_begun(lines: Sequence[Line], at: int, words_of_head: str) -> bool:
    """Whether a head that fills its line goes on in the next, which holds people as well."""
    below = _HEAD.match(lines[at + 1].text) if at + 1 < len(lines) else None
    if below is None or below.end() == len(lines[at + 1].text) or words_of_head.endswith(":"):
        return False
    return below["words"][0].islower() or bool(_GOES_ON.search(words_of_head))


def _rows(lines: Sequence[Line], column: int, first: _Row) -> list[_Row]:
    rows = [first]
    at = first.number
    for index in range(at + 1, min(len(lines), at + _MAX_LINES)):
        if not lines[index].stripped:
            continue
        blanks = index - rows[-1].number - 1
        row = _row(lines, index, column, apart=blanks > 0) if blanks <= _BLANKS else None
        if row is None:
            break
        rows.append(row)
    return rows


def _heads(rows: Sequence[_Row]) -> list[tuple[_Row, str]]:
    """Return the heads, each with the row it begins in; those over several lines joined."""
    spaced = _are_spaced(rows)
    found: list[tuple[_Row, str]] = []
    before: _Row | None = None
    for row in rows:
        if row.head and before and before.head and not row.apart and _joins(before, row, spaced):
            begun, head = found[-1]
            found[-1] = (begun, f"{head} {row.head}")
        elif row.head:
            found.append((row, row.head))
        before = row
    return found


def _are_spaced(rows: Sequence[_Row]) -> bool:
    """Whether blank lines part the heads, so that one may fill a few lines between them."""
    runs = [0]
    for row in rows:
        if row.apart or not row.head:
            runs.append(0)
        runs[-1] += bool(row.head)
    apart = sum(row.apart for row in rows if row.head)
    return apart >= _PAIR and max(runs) <= _MOST_LINES


def _joins(before: _Row, row: _Row, spaced: bool) -> bool:
    """Whether what stands in the margin goes on with the head in the line above."""
    if before.head.endswith(":"):
        return False
    begins = row.head[0] == "(" or row.head[0].islower()
    return begins or spaced or row.head.endswith(":") or bool(_GOES_ON.search(before.head))


def _holds(lines: Sequence[Line], rows: Sequence[_Row], heads: Sequence[tuple[_Row, str]]) -> bool:
    """Whether the rows are people beside the heads of their groups."""
    told = [lines[row.number].text[row.content :] for row in rows]
    held = [(row, text) for row, text in zip(rows, told, strict=True) if text.strip()]
    people = [row for row, text in held if opens_with_person(text)]
    begun = {row.number for row, _ in heads}
    beside = sum(row.number not in begun for row in people)
    if len(heads) < _PAIR or len(people) < _FEWEST or not beside:
        return False
    if len(people) < _MOST * len(held) or any(is_prose(text) for text in told):
        return False
    if len(heads) == len({row.number for row in rows if row.head}) and all(
        head.endswith(":") for _, head in heads
    ):
        return False  # labels on one line, which stand alone as well
    return not any(
        len(head.split()) > _MAX_WORDS or (is_person(head) and kind_of(head) != "body")
        for _, head in heads
    )


def _group(head: str) -> Group:
    bare = head.rstrip(" :.–—-")
    label = read_label(bare, known="present")
    if label is None and (head.endswith(":") or bare.isupper()):
        label = guess_label(bare)
    if label is None and plain(bare) in words().group_roles:
        label = read_group(bare)
    return label or read_group(bare) or Group(named=True)
