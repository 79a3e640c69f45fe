"""The lines of one part into stretches of an attendance list, each of one status."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from kcsp_nlp.minutes.attendance.beside import is_column_beside, read_blocks, read_pairs
from kcsp_nlp.minutes.attendance.columns import is_column_head, read_columns
from kcsp_nlp.minutes.attendance.dashed import read_dashed
from kcsp_nlp.minutes.attendance.grids import Cell
from kcsp_nlp.minutes.attendance.labels import Group, Situation, read_group, read_label
from kcsp_nlp.minutes.attendance.layout import (
    Held,
    Layout,
    before_name,
    in_columns,
    is_prose,
    opens_with_person,
)
from kcsp_nlp.minutes.attendance.leads import (
    find_labels,
    following,
    is_rule,
    person_follows,
)
from kcsp_nlp.minutes.attendance.margins import read_margins
from kcsp_nlp.minutes.attendance.members import lists_members
from kcsp_nlp.minutes.attendance.nested import read_nested
from kcsp_nlp.minutes.attendance.prose import by_body
from kcsp_nlp.minutes.attendance.rows import of_pair, read_rows
from kcsp_nlp.minutes.attendance.sentences import cut_to_people
from kcsp_nlp.minutes.attendance.spaced import (
    GAP,
    are_beside,
    heads_people,
    read_grouped,
    read_headed,
    split_line,
)
from kcsp_nlp.minutes.attendance.stars import read_legend
from kcsp_nlp.minutes.attendance.stretches import Stretch
from kcsp_nlp.minutes.attendance.tables import read_cells, read_groups, read_table
from kcsp_nlp.minutes.attendance.ticks import is_ticked, read_ticked
from kcsp_nlp.minutes.lines import Line
from kcsp_nlp.minutes.people.certainty import is_person
from kcsp_nlp.records import Status

# "1. ", "(a) ", "24/041 " open a heading or a paragraph; "2nd Lt" does not.
_NUMBERED = re.compile(
    r"\s*+(?:\(?\d{1,4}[.)/:]|\(?[a-z][.)]\s|\d+\s|[A-Z]{1,5}\.?\d|item\b)", re.IGNORECASE
)
_MAX_HEADING = 70
_HEADS = 2
_NEAR = 3
_MAX_TEXT = 30_000


@dataclass
class _Open:
    """A stretch being put together; `inline` where it began on the line of its label."""

    group: Group
    lines: list[Held] = field(default_factory=list)
    inline: bool = False


class Block:
    """Reads consecutive lines of one part.

    Args:
        lines: The lines.
        layout: Of the document.
        group: Of the list the lines begin in; None where they begin outside of one.
    """

    def __init__(self, lines: Sequence[Line], layout: Layout, group: Group | None = None) -> None:
        self._lines, self._margins = read_margins(lines)
        self._layout = layout
        self._situation = Situation(group.status if group else None, open=group is not None)
        self._open = _Open(group or Group())
        self._blank = False

    def read(self) -> Iterator[Stretch]:
        """Yield the stretches in reading order."""
        at = 0
        while at < len(self._lines):
            line = self._lines[at]
            if line.is_table_row:
                rows = self._table_from(at)
                yield from self._flush()
                new = not self._situation.listed and self._situation.status is None
                yield from self._table(read_table(rows, self._situation.status, unmarked=new))
                at += len(rows)
                continue
            beside, end = read_blocks(self._lines, at) if in_columns(line) else ([], at)
            if beside:
                yield from self._beside(beside)
                at = end
                continue
            grouped, end = self._grouped_from(at)
            if grouped:
                yield from self._flush()
                yield from grouped
                self._situation.listed = True
                self._open = _Open(self._open.group, inline=True)
                at = end
                continue
            cells, end = self._spaced_from(at)
            if cells:
                yield from self._flush()
                goes_on = self._situation.open or self._situation.status is None
                yield from self._table(self._read_spaced(cells, at))
                self._situation.open = goes_on
                at = end
                continue
            if not line.stripped:
                self._blank = True
            elif is_rule(line):
                yield from self._flush()
                if not person_follows(self._lines, at):
                    self._close()
            else:
                yield from self._line(at, line)
                self._blank = False
            at += 1
        yield from self._flush()

    def _table_from(self, at: int) -> list[Line]:
        rows: list[Line] = []
        for line in self._lines[at:]:
            if not line.is_table_row:
                break
            rows.append(line)
        return rows

    def _grouped_from(self, at: int) -> tuple[list[Stretch], int]:
        """Return the people of lines that name a body and below it, or behind a dash, people."""
        status = self._situation.status
        if self._lines[at].stripped:
            rows, end = read_nested(self._lines, at, status or self._weakly_said(at))
            if rows:
                return rows, end
        if status is None or not self._situation.open or self._open.group.organisation:
            return [], at
        return read_dashed(self._lines, at, status)

    def _weakly_said(self, at: int) -> Status | None:
        """Return what "ATTENDANCE" right above a line says, which is no label by itself."""
        above = next(
            (line for line in reversed(self._lines[max(0, at - _NEAR) : at]) if line.stripped), None
        )
        bare = above.stripped.rstrip(" :") if above else ""
        group = read_label(bare, known=None) if 0 < len(bare) <= _MAX_HEADING else None
        return group.status if group else None

    def _spaced_from(self, at: int) -> tuple[list[list[Cell]], int]:
        """Return the rows of a table set with white space that begins at a line; else none."""
        line = self._lines[at]
        if not in_columns(line):
            return [], at
        rows, end = read_headed(self._lines, at)
        weakly = not self._situation.open and self._weakly_said(at) == "present"
        if not rows and (self._situation.open or (weakly and heads_people(self._lines, at))):
            return read_grouped(self._lines, at)
        return rows, end

    def _read_spaced(self, cells: Sequence[Sequence[Cell]], at: int) -> list[Stretch]:
        """Read the rows of a table set with white space: columns of groups, or of one list."""
        status = self._situation.status
        groups = read_groups(cells, status or self._weakly_said(at))
        rows = read_cells(cells, status)
        return groups if len(groups) > len(rows) else rows

    def _beside(self, blocks: Sequence[Sequence[Line]]) -> Iterator[Stretch]:
        """Read lists that stand side by side one after another."""
        yield from self._flush()
        for lines in blocks:
            yield from Block(lines, self._layout).read()
        self._close()
        self._situation.listed = True

    def _table(self, people: Sequence[Stretch]) -> Iterator[Stretch]:
        yield from people
        if people:
            self._situation.status = people[-1].status
            self._situation.listed = True
        self._situation.open = False

    def _line(self, at: int, line: Line) -> Iterator[Stretch]:
        margin = self._margins.get(at)
        known = self._situation.status or (self._weakly_said(at) if margin else None)
        if margin and (known or margin.group.status):
            yield from self._flush()
            self._situation.status = known
            self._begin(margin.group, Held(line, margin.content, len(line.text)), inside=False)
            return
        labels = find_labels(self._lines, at, self._situation)
        if not labels or self._describes(at, labels[0][0]):
            if self._situation.open:
                yield from self._content(at, line)
            return
        if self._situation.open and labels[0][1] > 0:
            self._open.lines.append(Held(line, 0, labels[0][1]))
        for group, at_label, start, end in labels:
            yield from self._flush()
            inside = at_label > 0
            first = not (self._situation.status or self._situation.listed or inside)
            if first and lists_members(self._lines, at, group, self._layout):
                group = replace(group, status="present")  # noqa: PLW2901
            self._begin(group, Held(line, start, end), inside=inside)

    def _describes(self, at: int, group: Group) -> bool:
        """Whether a line that reads "Chair" says what the person above it is, as others do."""
        if not (group.weak and group.role and self._open.lines) or self._blank:
            return False
        after = [line.text for line in following(self._lines, at)][:2]
        others = len(after) > 1 and opens_with_person(after[0]) and not opens_with_person(after[1])
        return others and opens_with_person(self._open.lines[-1].line.text)

    def _begin(self, group: Group, held: Held, *, inside: bool) -> None:
        situation = self._situation
        situation.grouped = group.named or (situation.grouped and not group.status)
        situation.status = group.status or situation.status
        situation.listed = situation.listed or group.status == "present"
        situation.open = True
        role = group.role
        content = held.text.strip(" .")
        inner = read_label(content, known=situation.status) if content else None
        if inner and inner.weak and (inner.role or inner.status in (None, situation.status)):
            role, content = inner.role, ""  # "PRESENT:    Chair"
        elif is_column_head(content) or is_column_beside(content):
            content = ""
        run_on = bool(content) or inside
        told = Group(situation.status, role, group.organisation, own_line=group.own_line)
        self._open = _Open(told, inline=run_on)
        if content:
            self._open.lines.append(held)

    def _close(self) -> None:
        self._situation.open = False
        self._situation.status = None
        self._open = _Open(Group())

    def _content(self, at: int, line: Line) -> Iterator[Stretch]:
        opened = self._open
        joins = bool(opened.lines) and self._layout.joins(
            opened.lines[-1], line, blank=self._blank, inline=opened.inline
        )
        if not joins and self._ends(at, line):
            yield from self._flush()
            self._close()
            return
        group = None if joins else self._group_heading(at, line)
        if group:
            yield from self._flush()
            self._situation.grouped = True
            self._open = _Open(Group(self._situation.status, group.role, group.organisation))
            return
        if opened.group.own_line and opened.lines and not joins:
            yield from self._flush()
            self._open = opened = _Open(Group(self._situation.status))
        if read_legend(line) is None:
            opened.lines.append(Held.whole(line))

    def _ends(self, at: int, line: Line) -> bool:
        """Whether the list has come to its end before a line."""
        opened = self._open
        if opened.group.status == "apologies" and not opened.lines:
            return False
        if is_prose(line.stripped):
            return True
        if opens_with_person(line.text):
            return False
        if line.heading_level:
            return not person_follows(self._lines, at)
        if _NUMBERED.match(line.text) and not in_columns(line):
            return True
        apart = opened.inline and self._blank and not self._layout.double_spaced
        return apart and not _names_group(line.stripped)

    def _group_heading(self, at: int, line: Line) -> Group | None:
        """Read a line that heads a group of people inside the list."""
        text = line.stripped.rstrip(" :")
        if len(text) > _MAX_HEADING or is_column_head(text) or self._in_cells():
            return None
        group = read_group(text)
        if group is None or (group.is_generic and len(text) > 1):
            return group
        if opens_with_person(line.text) or not person_follows(self._lines, at):
            return None
        if any(is_person(cell) for _, cell in split_line(line)[1:]):
            return None
        apart = self._blank or line.is_bold or line.heading_level > 0 or text.isupper()
        return group if apart else None

    def _in_cells(self) -> bool:
        """Whether the lines are the cells of a table: the first two head columns."""
        heads = self._open.lines[:_HEADS]
        return len(heads) == _HEADS and all(is_column_head(held.line.stripped) for held in heads)

    def _flush(self) -> Iterator[Stretch]:
        """Yield what has been put together and begin anew under the same label."""
        opened = self._open
        self._open = _Open(opened.group)
        group = opened.group
        if not opened.lines or group.status is None:
            return
        ticked = any(is_ticked(held.line.text) for held in opened.lines)
        held_lines = [held.line for held in opened.lines]
        spaced = [of_pair(cells, group, group.status) for cells in read_pairs(opened.lines)]
        if not (spaced or opened.inline):
            spaced = self._ticked(opened) or read_rows(held_lines, group, group.status)
        if spaced:
            yield from spaced
            return
        columns = [] if opened.inline else read_columns(held_lines)
        if columns:
            for row in columns:
                yield self._row(row, group, ticked=ticked)
            return
        if ticked:
            opened.lines = [held for held in opened.lines if is_ticked(held.line.text)]
        start, text = self._layout.joined(opened.lines, inline=opened.inline)
        if are_beside([held.cut() for held in opened.lines]):
            text = GAP.sub(lambda gap: "\n" * len(gap[0]), text)
        for at, piece in cut_to_people(text[:_MAX_TEXT], sentences=group.status == "apologies"):
            told = Stretch(start + at, piece, group.status, group.role, group.organisation)
            yield from by_body(told)

    def _ticked(self, opened: _Open) -> list[Stretch]:
        """Read lines with marks before the names, ticks and others."""
        found: list[Stretch] = []
        for status, own in read_ticked(opened.lines):
            start, text = self._layout.joined(own, inline=False)
            group = opened.group
            found.append(Stretch(start, text, status, group.role, group.organisation))
        return found

    def _row(self, row: Sequence[Line], group: Group, *, ticked: bool) -> Stretch:
        begin = before_name(row[0].text)
        text = "\t".join([row[0].text[begin:].rstrip(), *(line.stripped for line in row[1:])])
        status = group.status or "present"
        if ticked and not is_ticked(row[0].text):
            status = "absent"
        return Stretch(row[0].start + begin, text, status, group.role, group.organisation, row=True)


def _names_group(text: str) -> bool:
    """Whether a line says nothing but that people of a kind follow: "Invited Participants"."""
    group = read_group(text) if len(text) <= _MAX_HEADING else None
    return group is not None and group.is_generic
