"""Labels on the lines of an attendance list: where one stands and what it says."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from kcsp_nlp.minutes.attendance.affiliation import kind_of
from kcsp_nlp.minutes.attendance.labels import Group, is_others, read_group, read_label
from kcsp_nlp.minutes.attendance.layout import is_prose, opens_with_person
from kcsp_nlp.minutes.attendance.sentences import is_excused
from kcsp_nlp.minutes.attendance.tables import is_column_head
from kcsp_nlp.minutes.lines import Line
from kcsp_nlp.minutes.names import parse_name
from kcsp_nlp.minutes.people import plain, words
from kcsp_nlp.records import Status

# "Present: " and "PRESENT (ten members): - " but not "at 10:00".
_COLON = re.compile(r"[\s>*•·|-]*+(?P<label>[^:|\n]{2,90}?)\s*+:(?:\s*+[-–—]++)?(?=\s|\Z)\s*+")
# "Apologies – Yvette", "City Council – Councillors" but not "Smith-Jones".
_DASH = re.compile(r"[\s>*•·-]*+(?P<label>[^:|\n]{2,70}?)(?:\s[–—-]|[–—])\s++(?=\S)")
# "Apologies  Cllr Marsh" but not "Apologies Cllr Marsh".
_GAP = re.compile(r"[\s>*•·-]*+(?P<label>[^:|\n]{2,50}?)(?:\t|\s\s)\s*+(?=\S)")
# "3. Apologies Cllr Marsh", where a titled name must follow.
_RUN_IN = re.compile(
    r"\s*+(?:[\d./]{1,9}\s++)?(?P<label>Apolog(?:ies|y)(?: for (?:absence|non-attendance))?|Present"
    r"|In attendance)\s++(?=[A-Z])",
    re.IGNORECASE,
)
# "APOLOGIES Kirsteen Auld" but not "APOLOGIES FOR ABSENCE".
_CAPITALS = re.compile(r"\s*+(?P<label>[A-ZÁÉÍÓÚ][A-ZÁÉÍÓÚ /]{4,40}?)\s++(?=[A-Z][a-z'’.])")
# "Present at the meeting were ", "Also present was " but not "Present: " or "present were".
_WERE = re.compile(
    r"\s*+(?:There were |(?:The )?(?:Those|Members|Councillors|[Ff]ollowing)(?: [a-z]+)? "
    r"(?:were )?)?"
    r"(?P<label>(?:[Aa]lso )?(?:[Pp]resent|[Ii]n attendance|[Aa]ttending))"
    r"(?: (?:at|for) the [Mm]eeting)?"
    r"(?P<verb> (?:were|was))?(?:\s?[:,–-]++)?\s++"
)
# "In attendance:" inside a line; not "present" in running text.
_INSIDE = re.compile(
    r"(?<=[\s.;,)])(?P<label>Also (?:in attendance|present|attending|came)|Attending"
    r"|In [Aa]ttendance|Apologies(?: for absence)?|Not present|Absent|Officers"
    r"|(?:[A-Z][a-z]+ )?(?:Clerk|Secretary)(?: (?:&|and) [A-Z]\w+)?"
    r"|Co-opted [Mm]embers|Minutes|Notes)\s?:(?:\s|\Z)"
)
# "Green (S). Also present" holds more than a label; "Sorry, can't" does not.
_SENTENCE = re.compile(r"[.;)\]]\s+[A-Z]|,\s+[A-Z]")
# "1. ", "(a) ", "24/041 " before a heading's words; not "2nd".
_NUMBER = re.compile(r"\s*+\(?(?:\d[\d./]{0,8}|[a-z])[.)]?\s++")
# "-----", "* * *" but not "- Ann Lee".
_RULE = re.compile(r"\s*+(?:[-=_*][\s\-=_*]*+)\Z")
_MAX_HEADING = 70
_AHEAD = 6
_INITIALS = 3
_NEAR = 200


@dataclass
class Situation:
    """What a reader of attendance lists knows when it comes to a line.

    Attributes:
        status: Of the list the line stands in; None outside of one.
        open: Whether a stretch of that list is being put together.
        listed: Whether people were listed as present before.
        grouped: Whether that list names groups of people.
    """

    status: Status | None = None
    open: bool = False
    listed: bool = False
    grouped: bool = False


def is_rule(line: Line) -> bool:
    """Tell whether a line is drawn across the page: "-----", "* * *"."""
    bare = line.raw.strip()
    return len(bare) >= _INITIALS and bool(_RULE.match(bare))


def following(lines: Sequence[Line], at: int) -> Iterator[Line]:
    """Yield the next few lines that hold text, remarks in brackets left out."""
    for line in lines[at + 1 : at + _AHEAD]:
        if line.stripped and not (line.stripped[0] == "(" and line.stripped[-1] == ")"):
            yield line


def person_follows(lines: Sequence[Line], at: int) -> bool:
    """Tell whether the next line that holds text begins with a person."""
    line = next(following(lines, at), None)
    return line is not None and opens_with_person(line.text)


def find_labels(
    lines: Sequence[Line], at: int, situation: Situation
) -> list[tuple[Group, int, int, int]]:
    """Find the labels of a line.

    Args:
        lines: The lines of the part.
        at: Index of the line.
        situation: Where in a list the line stands.

    Returns:
        For each label what it says, where it begins, and where what it labels begins and ends,
        offsets in the line.
    """
    text = lines[at].text
    lead = _lead(lines, at, situation)
    if lead is None and situation.status is None:
        return []
    found = [(lead[0], 0, lead[1])] if lead else []
    if lead and lead[0].status:
        found += _second_label(text, lead[1], lead[0].status)
    for match in _INSIDE.finditer(text, found[-1][2] if found else 0):
        group = read_label(match["label"], known=situation.status) or read_group(match["label"])
        if group:
            found.append((group, match.start(), match.end()))
    ends = [begin for _, begin, _ in found[1:]] + [len(text)]
    return [(*label, end) for label, end in zip(found, ends, strict=False)]


def _second_label(text: str, start: int, status: Status) -> list[tuple[Group, int, int]]:
    """Return the label in "PRESENT: Chairman: Cllr J Ash" that follows the first one."""
    colon = _COLON.match(text, start)
    if (
        colon is None
        or _SENTENCE.search(colon["label"])
        or not opens_with_person(text[colon.end() :])
    ):
        return []
    group = read_label(colon["label"], known=status) or read_group(colon["label"])
    return [(group, start, colon.end())] if group else []


def _lead(lines: Sequence[Line], at: int, situation: Situation) -> tuple[Group, int] | None:
    """Return the label that a line begins with and where what it labels begins."""
    line = lines[at]
    colon = _COLON.match(line.text)
    if colon:
        label, content = colon["label"], line.text[colon.end() :]
        group = _before_colon(lines, at, label, content, situation)
        if group:
            return group, colon.end()
        if situation.open and content.strip():
            return None
    heading = _heading(lines, at, situation)
    if heading:
        return heading, len(line.text)
    return (
        _told_label(line, situation)
        or _parted_label(line, situation)
        or _run_in_label(line, situation)
        or _body_label(line, situation)
    )


def _told_label(line: Line, situation: Situation) -> tuple[Group, int] | None:
    """Read "Present at the meeting were "."""
    were = _WERE.match(line.text)
    if were is None or not (were["verb"] or were["label"] != were[0].strip()):
        return None
    group = read_label(were["label"], known=situation.status)
    return (group, were.end()) if group and opens_with_person(line.text[were.end() :]) else None


def _parted_label(line: Line, situation: Situation) -> tuple[Group, int] | None:
    """Read a label that a dash, a gap or its capitals part from what it labels."""
    for pattern in (_DASH, _GAP, _CAPITALS):
        match = pattern.match(line.text)
        group = read_label(unnumbered(match["label"]), known=situation.status) if match else None
        if match is None or group is None:
            continue
        if not group.weak or (situation.open and opens_with_person(line.text[match.end() :])):
            return group, match.end()
    return None


def _run_in_label(line: Line, situation: Situation) -> tuple[Group, int] | None:
    """Read "Apologies Cllr Marsh", where nothing but the title tells where the label ends."""
    match = _RUN_IN.match(line.text)
    if match is None:
        return None
    content = line.text[match.end() :]
    if not (_opens_with_title(content) or is_excused(content)):
        return None
    return read_label(match["label"], known=situation.status) or Group(), match.end()


def _body_label(line: Line, situation: Situation) -> tuple[Group, int] | None:
    """Read "City Council – " before a titled person."""
    dash = _DASH.match(line.text)
    if dash and situation.open and _is_body_of(dash["label"], line.text[dash.end() :]):
        return read_group(dash["label"]) or Group(), dash.end()
    return None


def _before_colon(
    lines: Sequence[Line], at: int, label: str, content: str, situation: Situation
) -> Group | None:
    if _SENTENCE.search(label):
        return None
    if not situation.open and _starts_groups(lines, at, label, content, situation):
        group = read_group(label) or Group()
        return Group("present", group.role, group.organisation, named=True)
    if situation.grouped and is_others(label):
        return Group(named=True)
    group = read_label(unnumbered(label), known=situation.status)
    if group:
        sure = situation.status or not group.weak or _list_follows(lines, at, content)
        return group if sure else None
    if situation.open and content.strip():
        return _named_group(label, content)
    heads = situation.open and not is_prose(lines[at].text) and _list_follows(lines, at, "")
    return read_group(label) if heads else None


def _starts_groups(
    lines: Sequence[Line], at: int, label: str, content: str, situation: Situation
) -> bool:
    """Whether a list that no label announces begins: two bodies with their people."""
    if situation.status or situation.listed or not _is_grouped(lines[at]):
        return False
    first, *_ = content.split(maxsplit=1)
    after = next(following(lines, at), None)
    plural = words().councillors.get(plain(first)) is not None and kind_of(label) == "body"
    return plural or (after is not None and _is_grouped(after))


def _is_grouped(line: Line) -> bool:
    """Whether a line reads "Kent Police: Insp. Gill Moss"."""
    match = _COLON.match(line.text)
    if match is None or not match["label"].strip():
        return False
    label = match["label"].strip().removeprefix("For ")
    body = kind_of(label) == "body"
    if (plain(label.split()[0]) in words().not_names and not body) or read_label(
        label, known="present"
    ):
        return False
    group = read_group(label)
    known = group is not None and (group.is_generic or (body and group.organisation is not None))
    return known and opens_with_person(line.text[match.end() :])


def _opens_with_title(text: str) -> bool:
    name = parse_name(text, 0, min(len(text), _NEAR))
    return name is not None and name.titled and not is_prose(text[:_NEAR])


def _is_body_of(label: str, content: str) -> bool:
    """Whether a line reads "City Council – Councillors ...": a body, then a titled person."""
    if len(label.strip()) <= _INITIALS or kind_of(label) != "body":
        return False
    name = parse_name(content, 0, len(content))
    return name is not None and name.titled and name.role is not None


def _named_group(label: str, content: str) -> Group | None:
    if not label.strip():
        return None
    opens = opens_with_person(content)
    if any(character.isdigit() for character in label):
        return Group(named=True) if opens else None
    group = read_group(label)
    first = plain(label.strip().removeprefix("For ").split()[0])
    odd = first in words().not_names and kind_of(label) != "body"
    if group is None or (odd and group.organisation):
        return None
    alone = len(content.split()) == 1 and parse_name(content, 0, len(content)) is not None
    return group if alone or opens else None


def _heading(lines: Sequence[Line], at: int, situation: Situation) -> Group | None:
    """Read a line that is nothing but a label."""
    bare = " ".join(lines[at].stripped.rstrip(" :.-–—").split())
    if len(bare) > _MAX_HEADING:
        return None
    if situation.grouped and is_others(bare):
        return Group(named=True)
    group = read_label(unnumbered(bare), known=situation.status)
    if group is None and not situation.status and "name" in bare.lower() and is_column_head(bare):
        group = Group("present", weak=True)
    if group and group.weak and not _list_follows(lines, at, ""):
        return None
    return group


def _list_follows(lines: Sequence[Line], at: int, content: str) -> bool:
    if content.strip():
        return opens_with_person(content)
    for line in following(lines, at):
        if is_rule(line) or is_column_head(line.stripped):
            continue
        label = line.stripped.rstrip(" :")
        return (
            line.is_table_row
            or opens_with_person(line.text)
            or _is_grouped(line)
            or read_label(label, known="present") is not None
        )
    return False


def unnumbered(label: str) -> str:
    """Return a heading without the number before it."""
    return _NUMBER.sub("", label, count=1) if _NUMBER.match(label) else label
