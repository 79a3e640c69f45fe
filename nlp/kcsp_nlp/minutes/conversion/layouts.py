"""Tables that hold the minutes themselves: "No | Item / Discussion | Action", row after row.

Tables that are looked up by row and column (who was there, what was paid, what is still to be
done) are none of them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import Enum, auto

# Parts two cells: "|"; not "\\|".
_BAR = re.compile(r"(?<!\\)\|")
# Under the heads: "|---|:--:|"; not "| a |".
_RULE = re.compile(r"[\s|:=-]+")
# Parts the lines of a cell, in files and in what our own readers write: "<br>", a tab; not "<b>".
LINE_END = re.compile(r"[ ]*(?:(?:<br[ ]?/?>[ ]*){1,9}|\t[ \t]*)")
# An item's or a paragraph's number in a cell of its own: "1", "**2.1**", "12/17.", "Item 4", "(b)",
# "TB 43/21"; not "2 August".
_NUMBER = re.compile(
    r"(?:(?:item|eitem|agenda item|min(?:ute)?|[A-Z]{1,6})[ .:-]{0,2})?"
    r"[(\[]?\d{1,4}(?:[./-]\d{1,4}){0,3}[a-z]?[.):\]]{0,2}|[(]?[A-Z][.)]?",
    re.IGNORECASE,
)
# The same before a title: "**3. Minutes**", "4 Any other business"; not "3 people".
_NUMBERED = re.compile(r"(?:item[ ])?\d{1,3}(?:[./]\d{1,4}){0,2}[.):]?\s+[A-Z“\"']", re.IGNORECASE)

# Heads. "Action", "Actions/Owner", "Action by", "Action required", "Gweithredu / Action"; not
# "Action plan".
_ACTION = re.compile(
    r"(?:gweithredu\W{1,3})?(?:agreed |key )?actions?(?:\W{1,3}s\W)?"
    r"(?: (?:points?|required|needed|agreed|items?|arising|taken))?"
    r"(?:\W{1,3}(?:owners?|leads?|who|when|by|due|by whom|by when|responsib\w+|deadline|timescale"
    r"|decisions?|outcome))*"
    r"|to do|gweithredu|next steps|decisions?\W{1,5}actions?|outcomes?\W{1,5}actions?"
)
# "By whom", "Who does what", "Lead", "Owner", "Action by", "Initials", "Responsible officer"; not
# "Organisation".
_OWNER = re.compile(
    r"(?:for )?(?:action(?:ed)? by(?: \w+)?|(?:to be )?(?:progressed |taken )?by(?: whom| who)?"
    r"|who(?: does what| will)?|initials?|(?:action |task )?owners?|(?:action )?leads?"
    r"(?: officer| person)?|(?:lead |responsible )officers?|(?:person |officer |persons )?"
    r"responsib\w+(?: \w+)?|assigned(?: to)?|for action|pwy)"
    r"(?:\W{1,3}(?:when|by when|due|deadline))?"
)
# "By when", "Deadline"; not "Date of birth".
_DUE = re.compile(
    r"(?:due|when|by when|deadline|timescale|target|due by|complete by)(?: date)?|date"
)
# "Decision", "Outcome"; not "Decision maker".
_DECISION = re.compile(
    r"(?:decisions?|outcomes?|resolutions?|recommendations? agreed)(?: made| taken)?"
)
# "No.", "Ref", "#", "Item no", "Agenda item number", "Min"; not "Name".
_NUMBERS = re.compile(
    r"(?:agenda |minute |min |item |para(?:graph)? )?"
    r"(?:no|nos|number|ref|reference|item|eitem|rhif|agenda|min|minute|para|#|id)?"
)
# What the minutes stand under: "Item / Discussion", "Notes", "Minute", "Summary of discussion".
_TEXT = re.compile(
    r"\b(?:items?|eitem|agenda|discuss\w*|trafodaeth|notes?|minutes?|summary|subject|topic|title|said|points?|detail"
    r"|description|comments?|narrative|business|matters?|content|headline|record|issues?|proceedings)\b"
)
# Heads of tables that are looked up: "Payee", "RAG", "Name"; not "Notes".
_LOOKED_UP = re.compile(
    r"\b(?:names?|payee|amount|cost|net|gross|vat|budget|total|rag|status|risks?|score|rating"
    r"|likelihood|impact|organi[sz]ation|agency|present|attend\w*|apologies|role|job title|position"
    r"|progress|priority|indicator|measure|kpi|baseline|target|application|applicant|location|ward"
    r"|supplier|power)\b|[£%]"
)
# Says who is to act: "KN", "KN/TA", "KN to write"; not "Noted".
_TOLD = re.compile(r"[A-Z]{2,4}(?:\W{1,3}[A-Z]{2,4}){0,4}\W*\Z|[A-Z][^.;:]{1,40}?\bto [a-z]")
_MOST_COLUMNS = 7
_LONGEST_HEAD = 45
_WORDS = 12  # of a cell of the column that is read like a page
_FEW_WORDS = 6  # of one that goes on with the table of the page before
_LEAST_ROWS = 3
_LEAST = 600  # code points that the minutes have
_MOST = 0.5  # share of a table that stands in the column that is read like a page
_SHARE = 0.35  # of the document's text that stands in tables of one layout
_FEW = 0.3
_PAIR = 2


class Kind(Enum):
    """What a column holds."""

    NUMBER = auto()
    TITLE = auto()
    TEXT = auto()
    DECISION = auto()
    ACTION = auto()
    OWNER = auto()
    DUE = auto()


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a table.

    Attributes:
        start: Where its line begins in the text.
        end: One past the line's last code point.
        cells: Bounds of every cell without the white space around it.
        is_rule: Whether the line parts the heads from the rest.
    """

    start: int
    end: int
    cells: tuple[tuple[int, int], ...]
    is_rule: bool


@dataclass(frozen=True, slots=True)
class Layout:
    """A table that holds minutes.

    Attributes:
        rows: Its rows, with those of heads and rules.
        heads: Indices of the rows that hold no minutes.
        kinds: What each column holds.
    """

    rows: tuple[Row, ...]
    heads: frozenset[int]
    kinds: tuple[Kind, ...]


def find_layouts(text: str) -> Iterator[Layout]:
    """Yield the tables of a text that hold its minutes, in order; offsets into `text`."""
    if text.count("\n|") <= _PAIR:
        return
    found: list[Layout] = []
    known = ""
    for rows in _tables(text):
        if len(rows[0].cells) not in range(_PAIR, _MOST_COLUMNS + 1):
            continue
        head = _heads(text, rows)
        kinds = _kinds(text, rows, head)
        if kinds is None and found and head in ("", known):
            kinds = _as_before(text, rows, found[-1].kinds)
        if kinds is not None:
            known = head or known
            found.append(Layout(rows, _heading_rows(text, rows, known), kinds))
    held = sum(layout.rows[-1].end - layout.rows[0].start for layout in found)
    if held >= max(_LEAST, _SHARE * len(text)):
        yield from found


def _tables(text: str) -> Iterator[tuple[Row, ...]]:
    rows: list[Row] = []
    at = 0
    for line in [*text.split("\n"), ""]:
        row = _row(line, at) if line.startswith("|") else None
        if rows and (row is None or len(row.cells) != len(rows[0].cells)):
            yield tuple(rows)
            rows = []
        if row is not None:
            rows.append(row)
        at += len(line) + 1


def _row(line: str, at: int) -> Row:
    held = line.rstrip()
    bars = [bar.start() for bar in _BAR.finditer(held)]
    ends = [*bars[1:], len(held)] if bars[-1] < len(held) - 1 else bars[1:]
    cells: list[tuple[int, int]] = []
    left = 1
    for right in ends:
        inner = held[left:right]
        start = at + left + len(inner) - len(inner.lstrip())
        cells.append((start, max(start, at + left + len(inner.rstrip()))))
        left = right + 1
    return Row(at, at + len(line), tuple(cells), _RULE.fullmatch(line) is not None)


def _bare(text: str, cell: tuple[int, int]) -> str:
    return text[slice(*cell)].strip(" *_#:.\t").casefold()


def _heads(text: str, rows: Sequence[Row]) -> str:
    """Return the heads of a table as one text; empty where its first row is of the minutes."""
    filled = [_bare(text, cell) for cell in rows[0].cells]
    if any(len(head) > _LONGEST_HEAD for head in filled):
        return ""
    named = sum(bool(_kind_of(head)) for head in filled if head)
    return "|".join(filled) if named * _PAIR > sum(map(bool, filled)) else ""


def _kind_of(head: str) -> Kind | None:
    """Return what a column under a head holds; None for a head that tells nothing."""
    kinds = {_ACTION: Kind.ACTION, _OWNER: Kind.OWNER, _DUE: Kind.DUE, _DECISION: Kind.DECISION}
    for pattern, kind in kinds.items():
        if pattern.fullmatch(head):
            return kind
    if head and _NUMBERS.fullmatch(head):
        return Kind.NUMBER
    return Kind.TEXT if _TEXT.search(head) and not _LOOKED_UP.search(head) else None


def _heading_rows(text: str, rows: Sequence[Row], head: str) -> frozenset[int]:
    """Return the rows that repeat the heads, are rules, or hold nothing."""
    return frozenset(
        index
        for index, row in enumerate(rows)
        if row.is_rule
        or not any(start < end for start, end in row.cells)
        or (head and "|".join(_bare(text, cell) for cell in row.cells) == head)
    )


def _kinds(text: str, rows: Sequence[Row], head: str) -> tuple[Kind, ...] | None:
    """Return what the columns of a table that holds minutes hold; None for any other table."""
    body = _body(text, rows, head)
    if len(body) < _LEAST_ROWS or _is_looked_up(text, rows[0]):
        return None
    width = len(rows[0].cells)
    sizes = [sum(row.cells[at][1] - row.cells[at][0] for row in body) for at in range(width)]
    main = sizes.index(max(sizes))
    heads = head.split("|") if head else [""] * width
    if sizes[main] < _MOST * sum(sizes) or not _is_read(text, body, main, _WORDS):
        return None
    if not _may_hold_minutes(text, body, heads, main):
        return None
    return tuple(_kind(text, body, heads[at], at, main) for at in range(width))


def _as_before(text: str, rows: Sequence[Row], kinds: tuple[Kind, ...]) -> tuple[Kind, ...] | None:
    """Return the columns of the table before, where this one goes on with it on the next page."""
    if len(rows[0].cells) != len(kinds) or _is_looked_up(text, rows[0]):
        return None
    body = _body(text, rows, _heads(text, rows))
    return kinds if body and _is_read(text, body, kinds.index(Kind.TEXT), _FEW_WORDS) else None


def _body(text: str, rows: Sequence[Row], head: str) -> list[Row]:
    heads = _heading_rows(text, rows, head)
    return [row for index, row in enumerate(rows) if index not in heads]


def _is_looked_up(text: str, row: Row) -> bool:
    """Whether a first row holds the heads of a table of people, sums or risks."""
    heads = [_bare(text, cell) for cell in row.cells]
    if any(len(head) > _LONGEST_HEAD for head in heads):
        return False
    return any(_LOOKED_UP.search(head) and _kind_of(head) is None for head in heads)


def _is_read(text: str, body: Sequence[Row], main: int, least: int) -> bool:
    """Whether a column is read like a page: most of it stands in cells of many words."""
    cells = [
        text[slice(*row.cells[main])] for row in body if row.cells[main][0] < row.cells[main][1]
    ]
    read = sum(len(cell) for cell in cells if cell.count(" ") + 1 >= least)
    return len(cells) * _PAIR >= len(body) and read >= _MOST * sum(map(len, cells))


def _may_hold_minutes(text: str, body: Sequence[Row], heads: Sequence[str], main: int) -> bool:
    """Whether the heads are those of minutes, or there are none and the rows are numbered."""
    kinds = [_kind_of(head) for head in heads]
    if kinds[main] in (Kind.ACTION, Kind.OWNER, Kind.DUE) or Kind.ACTION in kinds[:main]:
        return False  # a log of actions
    numbered = sum(_is_numbered(text, row, main) for row in body) >= _FEW * len(body)
    has_margin = Kind.ACTION in kinds[main:] or Kind.OWNER in kinds[main:]
    is_text = kinds[main] in (Kind.TEXT, Kind.NUMBER, Kind.DECISION)
    return numbered or (has_margin and is_text)


def _is_numbered(text: str, row: Row, main: int) -> bool:
    for cell in row.cells[: main + 1]:
        if cell[0] < cell[1]:
            held = text[slice(*cell)].lstrip("*_# ")
            return is_number(held) or _NUMBERED.match(held) is not None
    return False


def is_number(held: str) -> bool:
    """Whether a cell holds the number of an item or a paragraph and nothing else."""
    return _NUMBER.fullmatch(held.strip(" *_#")) is not None


def _kind(text: str, body: Sequence[Row], head: str, at: int, main: int) -> Kind:
    """Return what a column before or behind the one with the minutes holds."""
    if at <= main:
        return Kind.TEXT if at == main else Kind.TITLE
    kind = _kind_of(head)
    if kind in (Kind.DECISION, Kind.ACTION, Kind.OWNER, Kind.DUE):
        return kind
    held = [text[slice(*row.cells[at])] for row in body if row.cells[at][0] < row.cells[at][1]]
    told = sum(_TOLD.match(cell.strip("*_ ")) is not None for cell in held)
    return Kind.ACTION if held and told >= _MOST * len(held) else Kind.TEXT
