"""Tables of other dialects as tables with bars; cells that hold nothing but a converter's word."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from kcsp_nlp.minutes.conversion.halves import is_half_name
from kcsp_nlp.minutes.conversion.view import Edit

# Between the rows of a grid: "+-----+====+"; not "+ 3".
_GRID = re.compile(r"(?m)^[ \t]*\+(?:[-=:]{2,400}\+){1,60}[ \t]*\n?")
# Under the heads of a simple table: "  ----  ------"; not "-----".
_SIMPLE = re.compile(r"(?m)^[ ]{0,8}-{2,400}(?:[ ]{1,8}-{2,400}){1,30}[ ]*$")
_DASHES = re.compile(r"-+")
# Under the heads of a table without outer bars: "--- | ---"; not "|---|".
_BARLESS = re.compile(r"(?m)^[ ]{0,3}:?-{2,400}:?(?:[ ]{0,40}\|[ ]{0,40}:?-{2,400}:?){1,30}[ ]*$")
# What pandas and its users call a head that is none: "Unnamed: 3"; not "Unnamed road".
_UNNAMED = re.compile(
    r"(?m)^\|(?:[ ]{0,40}(?:Unnamed: \d{1,3}(?:_level_\d)?|Col(?:umn)?\d{1,3})[ ]{0,40}\|){1,60}"
    r"[ ]*\n"
)
# A cell without a value: "| NaN |"; not "| Nan Ash |".
_NAN = re.compile(r"(?<=\|)[ ]{0,40}(?:NaN|nan|None)[ ]{0,40}(?=\|)")
# A line of a cell that goes on below: "Head of<br>Service", "Clerk<br>to"; not "Ash<br>Dale",
# "Works<br>(a) Roads".
_WRAPPED = re.compile(
    r"(?<=[\w,’'&-])<br[ ]?/?>(?=[a-z&]|\((?![a-z\d]{1,4}\)))"
    r"|(?:(?<=\b(?:of|to|in|by|on|at))|(?<=\b(?:and|for|the))|(?<=\b(?:with|from))|(?<=\s[&–-]))"
    r"<br[ ]?/?>(?=\w)"
)
# "<br>" and what else parts the pieces of a cell: "|", ";"; not "<b>".
_BREAK = re.compile(r"<br[ ]?/?>")
_PIECE = re.compile(r"\||<br[ ]?/?>|[,;]")
# What begins no row of cells: "|", "-\tAsh", "Ash:\tyes"; not "- Ash\tClerk".
_NO_ROW = re.compile(r"[|\t]|[-•*o]\t|[^\t]*[:–-][ ]?\t[^\t]*\Z")
# A number or letter before a tab: "(a)\tAsh", "1.\tAsh"; not "Ash\tLeader".
_LABEL = re.compile(r"\W*[\da-zA-Z]{0,4}[.):]?[*_]*\t")
# A rule of a table with bars: "|---|:--:|"; not "| a |".
_RULE = re.compile(r"[\s|:=-]+\Z")
_MOST_CELLS = 60
_MOST_ROWS = 400
_LONGEST_ROW = 2_000
_NAME = 80


def find_tables(text: str) -> Iterator[Edit]:
    """Yield edits that put tables into rows with bars; offsets into `text`."""
    if "+--" in text or "+==" in text:
        for match in _GRID.finditer(text):
            yield Edit(*match.span())
    if "--" in text:
        for match in _SIMPLE.finditer(text):
            yield from _simple(text, match)
        for match in _BARLESS.finditer(text):
            yield from _barless(text, match)
    if "\t" in text:
        yield from _tabbed(text)
    if "|" in text:
        yield from _cells(text)


def _cells(text: str) -> Iterator[Edit]:
    """Yield what is no text of the cells of tables with bars."""
    for pattern in (_UNNAMED, _NAN):
        for match in pattern.finditer(text):
            yield Edit(*match.span())
    rows: list[tuple[int, str]] = []
    at = 0
    for line in text.split("\n"):
        if line.startswith("|"):
            yield from _broken(at, line)
        if line.startswith("|") and len(rows) < _MOST_ROWS:
            rows.append((at, line))
        else:
            yield from _emptied(rows)
            rows = []
        at += len(line) + 1
    yield from _emptied(rows)


def _broken(at: int, line: str) -> Iterator[Edit]:
    """Yield the breaks inside of phrases and names in one row: "Head of<br>Service"."""
    if "<br" not in line:
        return
    for match in _WRAPPED.finditer(line):
        yield Edit(at + match.start(), at + match.end(), " ")
    for match in _BREAK.finditer(line):
        above = _PIECE.split(line[max(0, match.start() - _NAME) : match.start()])[-1]
        if is_half_name(above, line[match.end() : match.end() + _NAME]):
            yield Edit(at + match.start(), at + match.end(), " ")


def _tabbed(text: str) -> Iterator[Edit]:
    """Yield edits that put bars for the tabs of lines that have as many of them each."""
    held: list[tuple[int, str]] = []
    at = 0
    for line in [*text.split("\n"), ""]:
        may_be = len(line) <= _LONGEST_ROW and not _NO_ROW.match(line)
        count = line.count("\t") if may_be else 0
        if not count or (held and held[0][1].count("\t") != count):
            yield from _barred(held)
            held = []
        if count:
            held.append((at, line))
        at += len(line) + 1


def _barred(rows: Sequence[tuple[int, str]]) -> Iterator[Edit]:
    labelled = sum(_LABEL.match(line) is not None for _, line in rows)
    one = bool(rows) and rows[0][1].count("\t") == 1
    if len(rows) < 3 or (one and labelled > len(rows) / 4):  # noqa: PLR2004
        return
    for start, line in rows:
        yield Edit(start, start, "| ")
        for index, code_point in enumerate(line):
            if code_point == "\t":
                yield Edit(start + index, start + index + 1, " | ")
        yield Edit(start + len(line), start + len(line), " |")


def _line(text: str, at: int) -> tuple[int, int]:
    """Return where the line that holds `at` begins and ends."""
    end = text.find("\n", at)
    return text.rfind("\n", 0, at) + 1, end if end >= 0 else len(text)


def _around(text: str, rule: re.Match[str]) -> Iterator[tuple[int, int]]:
    """Yield the bounds of the lines of the table of a rule: one above, all below."""
    if rule.start() > 1:
        yield _line(text, rule.start() - 1)
    at = rule.end() + 1
    for _ in range(_MOST_ROWS):
        if at >= len(text):
            return
        begin, end = _line(text, at)
        if not text[begin:end].strip(" -|:"):
            return
        yield begin, end
        at = end + 1


def _simple(text: str, rule: re.Match[str]) -> Iterator[Edit]:
    columns = [dashes.start() for dashes in _DASHES.finditer(rule[0])]
    rows = [bounds for bounds in _around(text, rule) if _fits(text, bounds, columns)]
    if len(rows) < 2:  # noqa: PLR2004 - a head and a row
        return
    yield Edit(rule.start(), min(rule.end() + 1, len(text)))
    for begin, end in rows:
        yield Edit(begin, begin, "| ")
        for column in columns[1:]:
            if begin + column <= end:
                yield Edit(begin + column, begin + column, "| ")
        yield Edit(end, end, " |")


def _fits(text: str, bounds: tuple[int, int], columns: Sequence[int]) -> bool:
    """Whether a line leaves a space before every column."""
    line = text[slice(*bounds)]
    if not line.strip() or "|" in line or _SIMPLE.match(line):
        return False
    return all(column >= len(line) or line[column - 1] == " " for column in columns[1:])


def _barless(text: str, rule: re.Match[str]) -> Iterator[Edit]:
    count = rule[0].count("|")
    rows = [
        (begin, end)
        for begin, end in _around(text, rule)
        if text.count("|", begin, end) in (count, count + 1, count + 2)
    ]
    if rows and not any(text.startswith("|", begin) for begin, _ in rows):
        for begin, end in [*rows, rule.span()]:
            yield Edit(begin, begin, "| ")
            yield Edit(end, end, " |")


def _emptied(rows: Sequence[tuple[int, str]]) -> Iterator[Edit]:
    """Yield the columns of a table in which no row has anything."""
    if len(rows) < 3 or not any(_RULE.match(line) for _, line in rows[:2]):  # noqa: PLR2004
        return
    cut = [line.split("|") for _, line in rows]
    width = len(cut[0])
    if width > _MOST_CELLS or any(len(cells) != width for cells in cut):
        return
    filled = [cells for cells, (_, line) in zip(cut, rows, strict=True) if not _RULE.match(line)]
    bare = [i for i in range(1, width - 1) if not any(cells[i].strip() for cells in filled)]
    if not bare or len(bare) == width - 2:
        return
    for (start, _), cells in zip(rows, cut, strict=True):
        for index in bare:
            left = start + sum(len(cell) + 1 for cell in cells[:index])
            yield Edit(left, left + len(cells[index]) + 1)
