"""What the columns of a table of people hold: said by their heads, or by their cells."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from kcsp_nlp.minutes.attendance.columns import head_words
from kcsp_nlp.minutes.attendance.kinds import kind_of
from kcsp_nlp.minutes.attendance.labels import Group, read_label
from kcsp_nlp.minutes.attendance.layout import opens_with_person
from kcsp_nlp.minutes.people.certainty import is_inverted, is_person, surely_names
from kcsp_nlp.minutes.people.names import parse_name
from kcsp_nlp.minutes.people.words import is_acronym, words
from kcsp_nlp.records import Status

# "For", "From" over a column of bodies; not "For decision".
BODY_HEAD = re.compile(
    r"(?:for|from|on behalf of|(?:nominated|appointed|elected) by|where from)\Z", re.IGNORECASE
)
# " (from 4)", ", from 4", " Teams" behind a tick and "." after a mark, but not "Apols".
_AFTER_MARK = re.compile(r"\s*+[(,;].*|\.|(?<=[✓✔√])\s.*")
# "Item 8", "items 2-4 only": there for a part of the meeting; not "Items".
_FOR_ITEM = re.compile(r"(?:for )?items? \d", re.IGNORECASE)
# In a column of crosses these say that somebody was not there; so does an empty cell.
_NONE = frozenset(["", "-", "–", "—"])
# "17/5", "17.5.22", "Feb", "4 March" head the columns of meetings; not "May Lee".
_DATE = re.compile(
    r"\d{1,2}[./](?P<month>\d{1,2})(?:[./]\d{2,4})?"
    r"|(?:\d{1,2}(?:st|nd|rd|th)?\s)?(?P<word>jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may"
    r"|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)"
    r"(?:\s\d{2,4})?",
    re.IGNORECASE,
)
_INITIALS = {"initials"}
_MONTHS = "janfebmaraprmayjunjulaugsepoctnovdec"
_YEAR = 12
_FEWEST = 3
_PAIR = 2
_MOST = 0.75
_SURE = 0.4
_HALF = 0.5
_LONG_CELL = 90

Cell = tuple[int, str]


@dataclass(frozen=True)
class Columns:
    """What the columns of a table hold: indexes of its cells.

    Attributes:
        name: The column of names.
        describing: Those that say something of the person, in order.
        role: Of these the one that holds roles and nothing else; None for none.
        body: Of these the one that holds bodies and nothing else; None for none.
        statuses: What a tick in a column means, where its head says so.
        bare: Columns without a head, which may hold further names.
        crossed: Whether a cross in a column of a status says that it holds.
        initials: Columns of initials, which are no marks: "AB" is somebody there.
        dated: Of two columns headed by dates the one of this meeting, where the other follows it.
        sectors: Whether `body` holds what people represent, which may be a sector.
    """

    name: int
    describing: Sequence[int]
    role: int | None = None
    body: int | None = None
    statuses: Mapping[int, Status] = field(default_factory=dict)
    bare: Sequence[int] = ()
    crossed: bool = False
    sectors: bool = False
    dated: int | None = None
    initials: Sequence[int] = ()

    @classmethod
    def headed(cls, header: Sequence[Cell]) -> Columns | None:
        """Read a table's header; None where no column is one of names."""
        lists = words()
        heads = [
            {"organisation"} if BODY_HEAD.match(text) else head_words(text) for _, text in header
        ]
        if any(len(text.split()) > _PAIR and is_person(text) for _, text in header):
            return None
        labels = {
            i: read_label(text.rstrip(" :"), known=None) for i, (_, text) in enumerate(header)
        }
        sure = [i for i, head in enumerate(heads) if head & lists.sure_name_columns]
        names = sure or [i for i, head in enumerate(heads) if head & lists.name_columns]
        if not names and _heads_alone(header, labels[0]):
            names = [0]
        if not names:
            return None
        name = names[0]
        describing = [i for i, head in enumerate(heads) if i != name and head & lists.columns]
        roles = [i for i in describing if not heads[i] & lists.body_columns]
        bodies = [i for i in describing if i not in roles and not heads[i] & lists.role_columns]
        statuses = {i: each.status for i, each in labels.items() if each and each.status}
        legends = [i for i, (_, text) in enumerate(header) if _is_legend(text)]
        statuses |= dict.fromkeys(legends, "present")
        bare = [i for i, head in enumerate(heads) if i > name and not header[i][1]]
        initials = [i for i, head in enumerate(heads) if head == _INITIALS]
        found = cls(
            name, describing, statuses=statuses, bare=bare, dated=_dated(header), initials=initials
        )
        if len(roles) != 1 or len(bodies) != 1:
            return replace(found, body=bodies[0] if bodies and not roles else None)
        sectors = "representing" in heads[bodies[0]]
        return replace(found, role=roles[0], body=bodies[0], sectors=sectors)

    def with_unheaded(self, rows: Sequence[Sequence[Cell]]) -> Columns:
        """Take the columns without a head that say what people are for such."""
        cells = {i: [row[i][1] for row in rows if i < len(row) and row[i][1]] for i in self.bare}
        told = [i for i, held in cells.items() if held and _describe(held)]
        bare = [i for i in self.bare if i not in told]
        return replace(self, describing=sorted([*self.describing, *told]), bare=bare)

    def with_crosses(self, rows: Sequence[Sequence[Cell]]) -> Columns:
        """Tell whether crosses say that what heads their column holds.

        They do where the columns of two statuses or more hold nothing else, and in a column of
        those present where other marks say who was not and no tick says who was.
        """
        marks = {
            bare_mark(row[i][1])
            for row in rows
            for i in self.statuses
            if i < len(row) and i != self.name
        }
        others = {words().marks.get(mark) for mark in marks - {"x"}}
        several = len(self.statuses) > 1 and marks <= {"x", ""}
        alone = set(self.statuses.values()) == {"present"} and "present" not in others
        told = bool(others - {None}) or bool(marks & _NONE)
        return replace(self, crossed="x" in marks and (several or (alone and told)))


def infer_columns(
    table: Sequence[Sequence[Cell]], status: Status | None, *, unmarked: bool = False
) -> tuple[Columns, Sequence[Sequence[Cell]]] | None:
    """Tell from the cells of a table which column names people and what the others say.

    Args:
        table: The rows that hold text.
        status: Of the list the table stands in; None outside of one, where a column of marks
            must say who was there.
        unmarked: Whether bodies or roles beside the people will do as well.

    Returns:
        The columns and the rows below the head, if there is one; None for another table.
    """
    width = max((len(row) for row in table), default=0)
    columns = [[row[i][1] for row in table if i < len(row)] for i in range(width)]
    name = _name_column(columns) if len(table) >= _FEWEST and width >= _PAIR else None
    if name is None:
        return None
    first = [read_label(text.rstrip(" :?"), known=None) for _, text in table[0]]
    headed = name >= len(table[0]) or not opens_with_person(table[0][name][1])
    headed = headed or sum(bool(each and each.status) for each in first) >= _PAIR
    heads = [text for _, text in table[0]] if headed else []
    body = table[1:] if headed else table
    cells = {i: [row[i][1] for row in body if i < len(row) and row[i][1]] for i in range(width)}
    others = {i: cells[i] for i in cells if i != name}
    if _is_other_table(heads, others):
        return None
    marks = [i for i, held in others.items() if _are_marks(held)]
    describing = [i for i, held in others.items() if i not in marks and not _are_initials(held)]
    kinds = {i: _kind_of_column(cells[i]) for i in describing}
    bodies = [i for i in describing if kinds[i] == "body"]
    roles = [i for i in describing if kinds[i] == "role"]
    beside = unmarked and len(body) > _FEWEST and _stand_for(cells, bodies)
    if status is None and not (marks or beside):
        return None
    labels = {i: read_label(heads[i].rstrip(" :?"), known=None) for i in marks if i < len(heads)}
    found = Columns(
        name,
        describing,
        roles[0] if roles and bodies else None,
        bodies[0] if bodies else None,
        {i: each.status for i, each in labels.items() if each and each.status},
    )
    return found, body


def _heads_alone(header: Sequence[Cell], label: Group | None) -> bool:
    """Whether "Also in attendance" is the only head of a table, that of its first column."""
    told = label is not None and label.status is not None
    return told and not any(text for _, text in header[1:])


def _dated(header: Sequence[Cell]) -> int | None:
    """Return the first of two columns headed "17/5" and "Feb", if its date is the later one."""
    months = [(i, _month_of(text)) for i, (_, text) in enumerate(header)]
    found = [(i, month) for i, month in months if month is not None]
    if len(found) != _PAIR:
        return None
    (first, month), (_, other) = found
    return first if 0 < (month - other) % _YEAR <= _YEAR / _PAIR else None


def _month_of(head: str) -> int | None:
    match = _DATE.fullmatch(head.strip())
    if match is None:
        return None
    if match["month"]:
        number = int(match["month"])
        return number if number <= _YEAR else None
    return _MONTHS.index(match["word"][:3].lower()) // 3 + 1


def _is_legend(head: str) -> bool:
    """Whether "✓ / Ap / -" heads a column of these marks."""
    pieces = [piece.strip() for piece in head.split("/")]
    marked = [piece in _NONE or mark_of(piece) is not None for piece in pieces if piece]
    return len(marked) > 1 and all(marked)


def _is_other_table(heads: Sequence[str], others: Mapping[int, Sequence[str]]) -> bool:
    """Whether a table lists actions, votes or texts, or people side by side."""
    if any(head_words(head) & words().other_tables for head in heads):
        return True
    if any(len(text) > _LONG_CELL for held in others.values() for text in held):
        return True
    return any(sum(map(is_person, held)) > _SURE * len(held) for held in others.values())


def _stand_for(cells: Mapping[int, Sequence[str]], bodies: Sequence[int]) -> bool:
    """Whether a column of bodies holds enough that are surely some."""
    named = [kind_of(text) == "body" for i in bodies for text in cells[i]]
    return sum(named) >= max(_FEWEST, _SURE * len(named))


def _name_column(columns: Sequence[Sequence[str]]) -> int | None:
    """Return the column whose cells are people more than those of the others."""
    best: tuple[float, int] | None = None
    for i, column in enumerate(columns):
        cells = [text for text in column if text]
        opening = [text for text in cells if opens_with_person(text)]
        sure = sum(is_person(text) or is_inverted(text) for text in opening)
        if len(opening) < max(_FEWEST, _MOST * (len(cells) - 1)) or sure < _SURE * len(cells):
            continue
        if best is None or sure / len(cells) > best[0]:
            best = (sure / len(cells), i)
    return None if best is None else best[1]


def _are_marks(cells: Sequence[str]) -> bool:
    marked = sum(mark_of(text) is not None for text in cells)
    return bool(cells) and marked >= _MOST * len([text for text in cells if text.strip("–—- ")])


def _describe(cells: Sequence[str]) -> bool:
    """Whether cells are neither marks nor initials nor further people."""
    if _are_marks(cells) or _are_initials(cells):
        return False
    return not any(map(_names_person, cells))


def _names_person(text: str) -> bool:
    """Whether a cell is a person, and no post or body that opens like a name: "Town Clerk"."""
    name = parse_name(text, 0, len(text))
    if name is None or not surely_names(text, name):
        return False
    return name.titled or kind_of(text) == "unknown"


def _are_initials(cells: Sequence[str]) -> bool:
    return bool(cells) and all(text.isupper() and is_acronym(text) for text in cells)


def _kind_of_column(cells: Sequence[str]) -> str:
    """Tell whether a column holds bodies or roles; else "mixed"."""
    kinds = [kind_of(text) for text in cells]
    if not kinds:
        return "mixed"
    if kinds.count("role") > _HALF * len(kinds):
        return "role" if kinds.count("body") <= 1 else "mixed"
    named = [
        kind in ("body", "unknown") and text[:1].isupper()
        for kind, text in zip(kinds, cells, strict=True)
    ]
    return "body" if all(named) and "role" not in kinds else "mixed"


def mark_of(text: str) -> Status | None:
    """Read a cell that says whether somebody was there: "✓", "Yes", "Apols", "item 4 only"."""
    if _FOR_ITEM.match(text):
        return "in_attendance"
    return words().marks.get(_AFTER_MARK.sub("", text).strip().lower())


def bare_mark(text: str) -> str:
    """Return a mark in lower case without what is said behind it."""
    return _AFTER_MARK.sub("", text).strip().lower()
