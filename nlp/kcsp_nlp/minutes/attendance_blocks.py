"""Where a document lists who was there: its lines into stretches of one status each."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from kcsp_nlp.minutes.attendance_entries import Stretch
from kcsp_nlp.minutes.attendance_labels import Group, read_group, read_label
from kcsp_nlp.minutes.attendance_layout import Layout, before_name, is_prose, opens_with_person
from kcsp_nlp.minutes.attendance_tables import is_column_head, read_columns, read_table
from kcsp_nlp.minutes.attendance_sentences import cut_to_people, reported_apologies
from kcsp_nlp.minutes.lines import Line
from kcsp_nlp.minutes.outline import Part
from kcsp_nlp.minutes.affiliation import kind_of
from kcsp_nlp.minutes.names import parse_name
from kcsp_nlp.minutes.people import plain, words

# "Present: " and "PRESENT (ten members): - " but not "at 10:00".
_COLON = re.compile(r"[\s>*•·|-]*(?P<label>[^:|\n]{2,90}?)\s*:(?:\s*[-–—]+)?(?=\s|$)\s*")
# "Apologies – ", "Apologies  ", "APOLOGIES Kirsteen"
_DASH = re.compile(r"[\s>*•·-]*(?P<label>[^:|\n]{2,70}?)\s*(?:\s[–—-]|[–—])\s+(?=\S)")
_GAP = re.compile(r"[\s>*•·-]*(?P<label>[^:|\n]{2,50}?)(?:\t|\s{2,})\s*(?=\S)")
_CAPITALS = re.compile(r"\s*(?P<label>[A-ZÁÉÍÓÚ][A-ZÁÉÍÓÚ /]{4,40})\s+(?=[A-Z][a-z'’.])")
# "In attendance:" inside a line; not "present" in running text.
_INSIDE = re.compile(
    r"(?<=[\s.;,)])(?P<label>Also (?:in attendance|present|attending)|Attending|In [Aa]ttendance"
    r"|Apologies(?: for absence)?|Not present|Absent|Officers|(?:[A-Z][a-z]+ )?(?:Clerk|Secretary)"
    r"|Co-opted [Mm]embers|Minutes|Notes)\s*:\s"
)
# "1. ", "(a) ", "24/041 " before a heading.
_NUMBERED = re.compile(
    r"\s*(?:\(?\d{1,4}[.)/:]|\(?[a-z][.)]\s|\d+\s|[A-Z]{1,5}\d|item\b)", re.IGNORECASE
)
# "----", "===", "* * *"
_RULE = re.compile(r"\s*(?:[-=_*]\s*){3,}\Z")
# "✓   Farida Chowdhury": a tick for who was there.
_TICK = re.compile(r"\s*[✓✔√]\s*\w")
# "Green (S). Also present" holds more than a label.
_SENTENCE = re.compile(r"[.;)\]]\s+[A-Z]|,\s+[A-Z]")
_MAX_PARTS = 16
_INITIALS = 3
_MAX_LINES = 250
_MAX_LINE = 20_000


@dataclass
class _Open:
    """A stretch being put together: its lines from where on they count."""

    group: Group
    lines: list[tuple[Line, int, int]]
    inline: bool
    misses: int = 0


def find_stretches(lines: Sequence[Line], parts: Sequence[Part]) -> Iterator[Stretch]:
    """Find the stretches of a document that list people.

    Args:
        lines: All lines of the document.
        parts: Its parts in order.

    Yields:
        Stretches, none of them crossing a part's end.
    """
    layout = Layout.of(lines)
    starts = [line.start for line in lines]
    for index, part in enumerate(parts[:_MAX_PARTS]):
        own = _lines_of(lines, starts, part)
        if part.kind == "front":
            yield from read_block(own, layout)
        elif part.title and index:
            group = read_label(part.title, known_status=None)
            if group and group.status:
                yield from read_block(own[1:], layout, group)
        yield from reported_apologies(own, layout)


def _lines_of(lines: Sequence[Line], starts: Sequence[int], part: Part) -> list[Line]:
    """Return the first lines of a part, cut to it: a line can hold several parts."""
    first = max(0, bisect_right(starts, part.start) - 1)
    own: list[Line] = []
    for line in lines[first : first + _MAX_LINES]:
        if line.start >= part.end:
            break
        begin, end = max(0, part.start - line.start), min(len(line.raw), part.end - line.start)
        end = min(end, begin + _MAX_LINE)
        text = line.text[begin:end]
        if text.endswith("\\"):  # markdown's hard line break
            text = text[:-1] + " "
        if text == line.text:
            own.append(line)
        elif begin < end:
            own.append(Line(line.start + begin, line.raw[begin:end], text))
    return own


def read_block(
    lines: Sequence[Line], layout: Layout, group: Group | None = None
) -> Iterator[Stretch]:
    """Read consecutive lines of one part.

    Args:
        lines: The lines.
        layout: Of the document.
        group: Of the list the lines begin in; None where they begin outside of one.

    Yields:
        Stretches in reading order.
    """
    yield from _Block(lines, layout, group).read()


class _Block:
    def __init__(self, lines: Sequence[Line], layout: Layout, group: Group | None) -> None:
        self._lines = lines
        self._layout = layout
        self._status = group.status if group else None
        self._open: _Open | None = _Open(group, [], False) if group else None
        self._blank = False
        self._listed = False
        self._grouped = False

    def read(self) -> Iterator[Stretch]:
        at = 0
        while at < len(self._lines):
            line = self._lines[at]
            if line.is_table_row:
                rows = self._table_from(at)
                yield from self._flush()
                people = read_table(rows, self._status)
                yield from people
                if people:
                    self._status = people[-1].status
                    self._listed = True
                at += len(rows)
                self._open = None
                continue
            yield from self._line(at, line)
            at += 1
        yield from self._flush()

    def _table_from(self, at: int) -> list[Line]:
        rows = []
        while at < len(self._lines) and self._lines[at].is_table_row:
            rows.append(self._lines[at])
            at += 1
        return rows

    def _line(self, at: int, line: Line) -> Iterator[Stretch]:
        if not line.stripped:
            self._blank = True
            return
        if _RULE.match(line.raw):
            yield from self._flush()
            self._close(at)
            return
        labelled = list(self._labels(at, line))
        if labelled:
            for group, start, stop in labelled:
                yield from self._flush()
                self._begin(group, line, start, stop)
        elif self._open:
            yield from self._content(at, line)
        self._blank = False

    def _close(self, at: int) -> None:
        following = self._following(at)
        if self._open and (following is None or not opens_with_person(following.text)):
            self._open = None
            self._status = None

    def _begin(self, group: Group, line: Line, start: int, stop: int) -> None:
        if group.status:
            self._status = group.status
            self._grouped = False
            self._listed = self._listed or group.status == "present"
        full = Group(self._status, group.role, group.organisation)
        content = line.text[start:stop].strip(" .")
        if is_column_head(content) and read_label(content, known_status=self._status) is None:
            content = ""
        inner = read_label(content, known_status=self._status) if content else None
        if (
            inner
            and inner.weak
            and (inner.role or not inner.status or inner.status == self._status)
        ):
            full, content = Group(self._status, inner.role, group.organisation), ""
        self._open = _Open(full, [(line, start, stop)] if content else [], bool(content))

    def _labels(self, at: int, line: Line) -> list[tuple[Group, int, int]]:
        """Return the line's labels: what each says, where what it labels begins and ends."""
        first = self._lead_label(at, line)
        if first is None and self._status is None:
            return []
        found: list[tuple[int, Group, int]] = [(0, *first)] if first else []
        for match in _INSIDE.finditer(line.text, first[1] if first else 0):
            label = match["label"]
            group = read_label(label, known_status=self._status) or read_group(label)
            if group:
                found.append((match.start(), group, match.end()))
        if found and not first and self._open:
            self._open.lines.append((line, 0, found[0][0]))
        if not found:
            return []
        ends = [at for at, _, _ in found[1:]] + [len(line.text)]
        return [(group, start, end) for (_, group, start), end in zip(found, ends, strict=True)]

    def _lead_label(self, at: int, line: Line) -> tuple[Group, int] | None:
        text = line.text
        colon = _COLON.match(text)
        if colon and self._open is None and self._starts_groups(at, line):
            group = read_group(colon["label"]) or Group()
            self._grouped = True
            return Group("present", group.role, group.organisation), colon.end()
        if colon:
            label = _unnumbered(colon["label"])
            group = None
            if not _SENTENCE.search(label):
                group = read_label(label, known_status=self._status)
            if self._grouped and plain(colon["label"]) == "others":
                return Group(), colon.end()
            if group and (
                self._status or not group.weak or self._list_follows(at, text[colon.end() :])
            ):
                return group, colon.end()
            if group is None and self._open and not text[colon.end() :].strip():
                named = read_group(colon["label"])
                if named and not is_prose(text) and self._list_follows(at, ""):
                    self._grouped = True
                    return named, colon.end()
            if group is None and self._open and text[colon.end() :].strip():
                named = self._named_group(colon["label"], text[colon.end() :])
                self._grouped = self._grouped or bool(named)
                return (named, colon.end()) if named else None
        heading = self._heading_label(at, line)
        if heading:
            return heading, len(text)
        for pattern in (_DASH, _GAP, _CAPITALS):
            match = pattern.match(text)
            if not match:
                continue
            group = read_label(match["label"], known_status=self._status)
            if group and not group.weak:
                return group, match.end()
            if (
                pattern is _DASH
                and self._open
                and self._is_body_of_list(match["label"], text[match.end() :])
            ):
                return read_group(match["label"]) or Group(), match.end()
        return None

    def _starts_groups(self, at: int, line: Line) -> bool:
        """Whether a list that no label announces begins: two bodies with their people."""
        following = self._following(at)
        if self._status or self._listed or not _is_grouped(line):
            return False
        content = line.text.split(":", 1)[1].split()
        members = words().councillors.get(plain(content[0])) if content else None
        return bool(members) or (following is not None and _is_grouped(following))

    def _is_body_of_list(self, label: str, content: str) -> bool:
        name = parse_name(content, 0, len(content))
        initials = len(label.strip()) <= _INITIALS
        return (
            bool(name and name.titled and name.role and not initials) and kind_of(label) == "body"
        )

    def _named_group(self, label: str, content: str) -> Group | None:
        group = read_group(label)
        if _SENTENCE.search(label):
            return None
        if any(character.isdigit() for character in label):
            return Group() if opens_with_person(content) else None
        first = plain(label.removeprefix("For ").split()[0])
        unknown = kind_of(label) != "body"
        if group is None or (first in words().not_names and group.organisation and unknown):
            return None
        alone = parse_name(content, 0, len(content)) and len(content.split()) == 1
        return group if alone or opens_with_person(content) else None

    def _heading_label(self, at: int, line: Line) -> Group | None:
        bare = " ".join(line.stripped.rstrip(" :.-–—").split())
        if len(bare) > 70:
            return None
        group = read_label(_unnumbered(bare), known_status=self._status)
        if self._grouped and plain(bare) == "others":
            return Group()
        if group is None:
            if (
                not self._status
                and "name" in line.stripped.lower()
                and is_column_head(line.stripped)
                and self._list_follows(at, "")
            ):
                return Group("present")
            return None
        if group.weak and not self._list_follows(at, ""):
            return None
        return group

    def _list_follows(self, at: int, content: str) -> bool:
        if content.strip():
            return opens_with_person(content)
        following = self._following(at)
        while following and (_RULE.match(following.raw) or is_column_head(following.stripped)):
            following = self._following(self._lines.index(following, at))
        if following is None:
            return False
        return (
            following.is_table_row
            or opens_with_person(following.text)
            or _is_grouped(following)
            or read_label(following.stripped.rstrip(" :"), known_status="present") is not None
        )

    def _following(self, at: int) -> Line | None:
        return next(
            (
                line
                for line in self._lines[at + 1 : at + 6]
                if line.stripped and not (line.stripped[0] == "(" and line.stripped[-1] == ")")
            ),
            None,
        )

    def _content(self, at: int, line: Line) -> Iterator[Stretch]:
        opened = self._open
        assert opened is not None
        if opened.lines and self._goes_on(opened, line):
            opened.lines.append((line, 0, len(line.text)))
            return
        if self._ends(at, line, opened):
            yield from self._flush()
            self._open = None
            self._status = None
            return
        group = self._group_heading(at, line)
        if group:
            yield from self._flush()
            self._grouped = True
            self._open = _Open(Group(self._status, group.role, group.organisation), [], False)
            return
        person = opens_with_person(line.text)
        opened.misses = 0 if person else opened.misses + 1
        opened.lines.append((line, 0, len(line.text)))

    def _goes_on(self, opened: _Open, line: Line) -> bool:
        before, start, _ = opened.lines[-1]
        return self._layout.joins(before, line, start, blank=self._blank, inline=opened.inline)

    def _ends(self, at: int, line: Line, opened: _Open) -> bool:
        person = opens_with_person(line.text)
        sentence = opened.group.status == "apologies" and not opened.lines
        if sentence:
            return False
        if is_prose(line.stripped):
            return True
        if line.heading_level and not person:
            following = self._following(at)
            return following is None or not opens_with_person(following.text)
        if person:
            return False
        if _NUMBERED.match(line.text) and not self._layout.in_columns(line):
            return True
        if opened.inline and self._blank and not self._layout.double_spaced:
            return True
        return False

    def _group_heading(self, at: int, line: Line) -> Group | None:
        text = line.stripped.rstrip(" :")
        group = read_group(text)
        if group == Group() and len(text) > 1 and not is_column_head(text):
            return group
        if opens_with_person(line.text) or len(text) > 70 or is_prose(text):
            return None
        following = self._following(at)
        if following is None or not opens_with_person(following.text):
            return None
        if not (self._blank or line.is_bold or line.heading_level or text.isupper()):
            generic = read_group(text)
            return generic if generic == Group() else None
        return read_group(text)

    def _flush(self) -> Iterator[Stretch]:
        opened = self._open
        if opened is None or not opened.lines or opened.group.status is None:
            return
        group = opened.group
        lines = [line for line, _, _ in opened.lines]
        columns = [] if opened.inline else read_columns(lines)
        ticked = any(_TICK.match(line.text) for line in lines)
        if columns:
            for row in columns:
                text = "\t".join([row[0].text.rstrip(), *(line.stripped for line in row[1:])])
                begin = before_name(text)
                status = "absent" if ticked and not _TICK.match(text) else group.status
                yield Stretch(
                    row[0].start + begin, text[begin:], status, group.role, group.organisation, True
                )
        else:
            if ticked:
                opened.lines = [held for held in opened.lines if _TICK.match(held[0].text)]
            start, text = self._layout.joined(opened.lines, inline=opened.inline)
            for at, piece in cut_to_people(text, sentences=group.status == "apologies"):
                yield Stretch(start + at, piece, group.status, group.role, group.organisation)
        self._open = _Open(group, [], False)


def _is_grouped(line: Line) -> bool:
    """Whether a line reads "Kent Police: Insp. Gill Routledge"."""
    match = _COLON.match(line.text)
    if match is None:
        return False
    label = match["label"].removeprefix("For ")
    if plain(label.split()[0]) in words().not_names and kind_of(label) != "body":
        return False
    if read_label(label, known_status="present"):
        return False
    group = read_group(label)
    known = group == Group() or (group and group.organisation and kind_of(label) == "body")
    return bool(known) and opens_with_person(line.text[match.end() :])


def _unnumbered(label: str) -> str:
    return re.sub(r"^\s*(?:\(?(?:\d[\d./]{0,8}|[a-z])[.)]?)\s+", "", label)
