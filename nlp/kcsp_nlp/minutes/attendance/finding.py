"""Who was there: the people of the attendance list and of the item on apologies."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from kcsp_nlp.minutes.attendance.blocks import Block
from kcsp_nlp.minutes.attendance.cells import cells_of
from kcsp_nlp.minutes.attendance.kinds import kind_of
from kcsp_nlp.minutes.attendance.labels import Group, Situation, read_group, read_label
from kcsp_nlp.minutes.attendance.late import find_late
from kcsp_nlp.minutes.attendance.layout import Layout, opens_with_person
from kcsp_nlp.minutes.attendance.leads import find_labels, is_entry, person_follows
from kcsp_nlp.minutes.attendance.sentences import (
    minutes_taken,
    reported_apologies,
    told_attendance,
)
from kcsp_nlp.minutes.attendance.stars import read_stars
from kcsp_nlp.minutes.attendance.stretches import Stretch, read_stretch
from kcsp_nlp.minutes.lines import Line
from kcsp_nlp.minutes.outline import Part
from kcsp_nlp.minutes.people.words import plain, words
from kcsp_nlp.records import Attendee

# Attendance stands at the beginning: of the minutes, and of an item.
_MAX_PARTS = 16
_MAX_LINES = 250
_MAX_LINE = 8_000
_FIRST_ITEMS = 4
_END = 15
# "Also present:" with which a list begins inside of an item; not "Present position".
_LISTS = re.compile(
    r"[\W_]*(?:\d[\d.]{0,5}\s+)?(?:(?:members|councillors|those|trustees|also|board members) )?"
    r"(?:present|in attendance|attendees|attending|apologies(?: for absence)?)[\s*_]*(?::|$)",
    re.IGNORECASE,
)
# "\\." and "\\)" as converters escape them behind a word; not "\\(", which opens a bracket.
_ESCAPED = re.compile(r"\\[^\w\s(\[]")
# "Cllr Ash", "  * Mr Dale" but not "Ash Council".
_TITLED = re.compile(
    r"[\s*•-]*(?:(?:[A-Z][a-z]+ )?(?:Cllr|Councillor|Clr)|Mr|Mrs|Ms|Miss|Dr|Alderman)s?\b"
)
# ". ", ": ", " - " between a title and what runs on behind it.
_RUNS_ON = re.compile(r"\s{0,4}[.:–—-]{1,2}\s{1,8}(?=\S)")
_HARD_SPACE = "&nbsp;"
_NEAR = 6
_LIST = 3  # fewer people make no list that only "In attendance" heads


@dataclass(frozen=True)
class _Found:
    """An attendee and the number of the stretch that names him."""

    attendee: Attendee
    stretch: int

    def told(self, *, role: str | None = None, organisation: str | None = None) -> _Found:
        """Fill in what is not known yet."""
        update: dict[str, str] = {}
        if role and (not self.attendee.role or (role == "Chair" and self._is_member)):
            update["role"] = role
        if organisation and not self.attendee.organisation:
            update["organisation"] = organisation
        return replace(self, attendee=self.attendee.model_copy(update=update))

    @property
    def _is_member(self) -> bool:
        return plain((self.attendee.role or "").rsplit(" ", 1)[-1]) in words().councillors

    def excused(self) -> _Found:
        """Say that who was not there sent apologies."""
        return replace(self, attendee=self.attendee.model_copy(update={"status": "apologies"}))


def find_attendance(lines: Sequence[Line], parts: Sequence[Part]) -> tuple[Attendee, ...]:
    """Find the people whom the minutes list as present, in attendance, absent or excused.

    Args:
        lines: All lines of the document.
        parts: The document's parts in order. The list is looked for in the front, in items whose
            title speaks of attendance, under labels in the first items and in the back, and in
            sentences that report apologies; who took the minutes also in the last lines.

    Returns:
        Attendees in reading order, nobody twice; offsets are those of the name in the document's
        text, they never overlap and none crosses a part's end.
    """
    found = _read(_stretches(lines, parts))
    if sum(each.attendee.status == "present" for each in found) < _LIST and parts:
        layout, end = Layout.of(lines), parts[0].end
        front = [line for line in lines[:_MAX_LINES] if line.start < end]
        behind = [line for line in lines if line.start >= end]
        unnamed = find_late(front, layout) if parts[0].kind == "front" else []
        found += _read(unnamed or find_late(behind, layout), first=len(found))
    starred = read_stars(lines[:_MAX_LINES], [each.attendee for each in found])
    found = [replace(each, attendee=star) for each, star in zip(found, starred, strict=True)]
    found = [each for each in found if _is_within(each.attendee, parts)]
    listed = _one_list(_settled(found))
    known = {attendee.name.casefold() for attendee in listed}
    after = max([parts[-1].start, *(each.end for each in listed)]) if parts else 0
    closing = [line for line in lines[-_END:] if line.start >= after]
    wrote = [each for taken in minutes_taken(closing) for each in read_stretch(taken)[:1]]
    wrote = [each for each in wrote[:1] if _is_within(each, parts)]
    return (*listed, *(each for each in wrote if each.name.casefold() not in known))


def _is_within(attendee: Attendee, parts: Sequence[Part]) -> bool:
    """Whether a name ends in the part that it begins in: a list is read over several."""
    at = bisect_right(parts, attendee.start, key=lambda part: part.start) - 1
    return at < 0 or attendee.end <= parts[at].end


def _read(stretches: Iterable[Stretch], *, first: int = 0) -> list[_Found]:
    return [
        _Found(attendee, number)
        for number, stretch in enumerate(stretches, start=first)
        for attendee in read_stretch(stretch)
    ]


def _stretches(lines: Sequence[Line], parts: Sequence[Part]) -> Iterator[Stretch]:
    layout = Layout.of(lines)
    starts = [line.start for line in lines]
    under: Group | None = None
    told: Group | None = None
    for number, part in enumerate(parts):
        if number >= _MAX_PARTS and part.kind != "back":
            continue
        own = _lines_of(lines, starts, part)
        carries = told and part.number is None and not _is_label(part.title or "")
        if under and part.number is None and own and opens_with_person(own[0].text):
            yield from Block(own, layout, under).read()  # a name taken for a heading
            continue
        if told and carries and _lists_on(own):
            found = list(Block(own, layout, told).read())  # a part of the list, headed
            yield from found
            told = Group(found[-1].status) if found else None
            continue
        found = list(_stretches_of(part, own, layout, first=number <= _FIRST_ITEMS))
        yield from found
        under = read_label(part.title or "", known=None)
        under = under if under and under.status else None
        told = Group(found[-1].status) if part.kind == "front" and found else None
        if number < _MAX_PARTS:
            yield from reported_apologies(own, layout)


def _is_label(title: str) -> bool:
    group = read_label(title, known="present")
    return group is not None and group.status is not None


def _lists_on(own: Sequence[Line]) -> bool:
    """Whether a part taken for an item goes on with the list: a name, or a group's heading."""
    if not own or not own[0].stripped or is_entry(own[0]):
        return bool(own and own[0].stripped)
    label, colon, content = own[0].text.partition(":")
    group = read_group(label)
    known = group and (group.is_generic or group.role or kind_of(label) == "body")
    if colon and content.strip():
        return bool(known) and opens_with_person(content)
    first, *more = label.split() or [""]
    if known or len(more) >= _LIST or plain(first) in words().not_names:
        return bool(known) and person_follows(own, 0)
    after = [line for line in own[1:_NEAR] if line.stripped][:2]
    return group is not None and len(after) > 1 and all(map(is_entry, after))


def _stretches_of(
    part: Part, own: Sequence[Line], layout: Layout, *, first: bool
) -> Iterator[Stretch]:
    """Yield what a part lists; where two readings begin with one name, the first holds."""
    if not own:
        return
    group = read_label(part.title or "", known=None)
    if part.kind == "front" or _label_runs_in(own):
        yield from told_attendance(own, layout)
        stretches = list(Block(own, layout).read())
        if part.kind == "front" and not any(each.status == "present" for each in stretches):
            yield from Block(own[_unlabelled(own) :], layout, Group("present")).read()
        yield from stretches
    elif group and group.status:
        filled = own[0].is_table_row and sum(bool(text) for _, text in cells_of(own[0])) > 1
        rest = own if filled else _below_title(own, part.title or "")
        yield from told_attendance(rest, layout)
        yield from Block(rest, layout, group).read()
    elif first or part.kind == "back":
        at = next((i for i, line in enumerate(own) if _LISTS.match(line.text)), len(own))
        yield from Block(own[at:], layout).read()


def _below_title(own: Sequence[Line], title: str) -> Sequence[Line]:
    """Return the lines behind a title: "Apologies. Received from Mr Ash" runs on."""
    line = own[0]
    at = line.text.find(title)
    behind = _RUNS_ON.match(line.text, at + len(title)) if at >= 0 else None
    if behind is None:
        return own[1:]
    end = behind.end()
    return [Line(line.start + end, line.raw[end:], line.text[end:]), *own[1:]]


def _unlabelled(own: Sequence[Line]) -> int:
    """Return the index where a list of titled people begins that no label announces."""
    filled = [(i, line) for i, line in enumerate(own) if line.stripped]
    opening = [
        bool(_TITLED.match(line.text)) and opens_with_person(line.text) for _, line in filled
    ]
    for number, (at, _) in enumerate(filled):
        if not opening[number] or sum(opening[number : number + _NEAR]) < _LIST:
            continue
        headed = number > 0 and kind_of(filled[number - 1][1].stripped) == "body"
        return filled[number - 1][0] if headed else at
    return len(own)


def _label_runs_in(own: Sequence[Line]) -> bool:
    """Whether an item begins with a label and people on one line: "1 Apologies: Mr Ash"."""
    labels = find_labels(own, 0, Situation())
    if not any(group.status and not group.weak for group, *_ in labels):
        return False
    _, _, start, end = labels[0]
    return bool(own[0].text[start:end].strip())


def _lines_of(lines: Sequence[Line], starts: Sequence[int], part: Part) -> list[Line]:
    """Return the first lines of a part, cut to it: a line can hold several parts."""
    first = max(0, bisect_right(starts, part.start) - 1)
    own: list[Line] = []
    for line in lines[first : first + _MAX_LINES]:
        if line.start >= part.end:
            break
        begin, end = max(0, part.start - line.start), min(len(line.raw), part.end - line.start)
        end = min(end, begin + _MAX_LINE)
        text = _unescaped(line.raw, line.text)[begin:end]
        if text == line.text:
            own.append(line)
        elif begin < end:
            own.append(Line(line.start + begin, line.raw[begin:end], text))
    return own


def _unescaped(raw: str, text: str) -> str:
    r"""Return a line's text with `Cllr\.` as `Cllr. `, which masking leaves as `Cllr .`."""
    if _HARD_SPACE in raw:
        text = text.replace(_HARD_SPACE, "\t".ljust(len(_HARD_SPACE)))
    if "\\" not in raw:
        return text
    if text.endswith("\\"):  # markdown's hard line break
        text = text[:-1] + " "
    marks = list(text)
    for match in _ESCAPED.finditer(raw):
        at = match.start()
        if text[at] == " " and text[at + 1] == raw[at + 1]:
            marks[at], marks[at + 1] = raw[at + 1], " "
    return "".join(marks)


def _same_person(attendee: Attendee, other: Attendee) -> bool:
    """Whether "A Rao" or "Rao" may be short for "Anjali Rao"."""
    *given, surname = attendee.name.split()
    *full, last = other.name.split()
    if surname != last or len(given) > 1 or not full:
        return False
    if not given:
        return attendee.status == other.status
    initial = given[0].rstrip(".")
    return len(initial) == 1 and len(full[0].rstrip(".")) > 1 and full[0][0] == initial


def _named_before(found: _Found, kept: Iterable[_Found]) -> _Found | None:
    """Return who was listed before, elsewhere and in full; None for nobody or for several."""
    same = [
        other
        for other in kept
        if other.stretch != found.stretch and _same_person(found.attendee, other.attendee)
    ]
    return same[0] if len(same) == 1 else None


def _settled(found: Sequence[_Found]) -> list[Attendee]:
    """Drop repeats and overlaps; a repeat gives the first mention what it lacks."""
    kept: dict[str, _Found] = {}
    end = 0
    for each in sorted(found, key=lambda one: (one.attendee.start, -one.attendee.end)):
        attendee = each.attendee
        if attendee.start < end:
            continue
        before = _named_before(each, kept.values())
        name = (before.attendee if before else attendee).name.casefold()
        first = kept.get(name)
        if before and first:
            kept[name] = first.told(organisation=attendee.organisation)
        elif first is None:
            kept[name] = each
            end = attendee.end
        elif (first.attendee.status, attendee.status) == ("absent", "apologies"):
            kept[name] = first.excused()
        elif first.attendee.organisation and attendee.organisation not in (
            None,
            first.attendee.organisation,
        ):
            kept[f"{name} {attendee.organisation}"] = each  # two of one name
            end = attendee.end
        elif first.attendee.status != "apologies":
            kept[name] = first.told(role=attendee.role)
    return sorted((each.attendee for each in kept.values()), key=lambda one: one.start)


def _one_list(attendees: Sequence[Attendee]) -> Sequence[Attendee]:
    """Read "In attendance" as "Present" where the minutes list nobody else."""
    there = [each for each in attendees if each.status == "in_attendance"]
    if len(there) < _LIST or any(each.status == "present" for each in attendees):
        return attendees
    return [
        each.model_copy(update={"status": "present"}) if each.status == "in_attendance" else each
        for each in attendees
    ]
