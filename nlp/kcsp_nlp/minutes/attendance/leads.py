"""Labels on the lines of an attendance list: where one stands and what it says."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from kcsp_nlp.minutes.attendance.columns import is_column_head
from kcsp_nlp.minutes.attendance.fragments import names_in_capitals
from kcsp_nlp.minutes.attendance.kinds import kind_of
from kcsp_nlp.minutes.attendance.labels import (
    Group,
    Situation,
    guess_label,
    is_others,
    read_group,
    read_label,
)
from kcsp_nlp.minutes.attendance.layout import before_name, is_prose, opens_with_person
from kcsp_nlp.minutes.attendance.openings import labels_people, read_opening, unnumbered
from kcsp_nlp.minutes.attendance.prose import opens_by_body
from kcsp_nlp.minutes.lines import Line
from kcsp_nlp.minutes.people.names import is_given_name, parse_name
from kcsp_nlp.minutes.people.words import plain, words
from kcsp_nlp.records import Status

# "Present: ", "Who was here? " and "PRESENT (ten members): - " but not "at 10:00".
_COLON = re.compile(r"[\s>*•·|-]*+(?P<label>[^:?|\n]{2,90}?)\s*+[:?](?:\s*+[-–—]++)?(?=\s|\Z)\s*+")
# "In attendance:" inside a line; not "present" in running text.
_INSIDE = re.compile(
    r"(?<=[\s.;,)])(?P<label>Also (?:in attendance|present|attending|came)|Attending"
    r"|In [Aa]ttendance|Apologies(?: for absence)?|Not present|Absent|Officers"
    r"|(?:[A-Z][a-z]+ )?(?:Clerk|Secretary)(?: (?:&|and) [A-Z]\w+)?"
    r"|Co-opted [Mm]embers|Minutes|Notes)\s?:(?:\s|\Z)"
)
# "Dale. Clerk: Mr Ash", "Moss (KCC); Online: Di Orr" but not "at 7.30: ".
_AFTER_STOP = re.compile(r"[.;)]\s{1,8}(?P<label>[^\W\d_a-z][^:.;,()\n]{1,44}?)\s?:\s++(?=\S)")
# "Green (S). Also present" holds more than a label; "Sorry, can't" does not.
_SENTENCE = re.compile(r"[.;)\]]\s+[A-Z]|,\s+[A-Z]")
# "-----", "* * *" but not "- Ann Lee".
_RULE = re.compile(r"\s*+(?:[-=_*][\s\-=_*]*+)\Z")
# "Ann Lee, Dale Council - apologies" is no label; "Members present" is.
_DESCRIBED = re.compile(r"\w,\s|\s[–—-]\s|\S\s{3,}\S|\w\s\(")
# Where the first piece of a list ends.
_PIECE_END = re.compile(r"[,;]")
# "From the Council" but not "From".
_FROM = re.compile(r"From the \w")
# "(Chair)" behind a name, at the end of a piece.
_BRACKET = re.compile(r"\s*\([^()]{0,60}\)")
_MAX_HEADING = 70
_HEAD = 120
_FEW_WORDS = 4
_AHEAD = 6
_SHORTEST_RULE = 3


def is_rule(line: Line) -> bool:
    """Tell whether a line is drawn across the page: "-----", "* * *"."""
    bare = line.raw.strip()
    return len(bare) >= _SHORTEST_RULE and bool(_RULE.match(bare))


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
    found += _inside(text, found[-1][2] if found else 0, situation.status)
    ends = [begin for _, begin, _ in found[1:]] + [len(text)]
    return [(*label, end) for label, end in zip(found, ends, strict=False)]


def _inside(text: str, start: int, status: Status | None) -> list[tuple[Group, int, int]]:
    """Return the labels inside a line, each behind the end of what goes before it."""
    found: list[tuple[Group, int, int]] = []
    for match in _INSIDE.finditer(text, start):
        group = read_label(match["label"], known=status) or read_group(match["label"])
        if group:
            found.append((group, match.start(), match.end()))
    known = [begin for _, begin, _ in found]
    for match in _AFTER_STOP.finditer(text, start):
        begin = match.start("label")
        first = _PIECE_END.split(text[match.end() : match.end() + _HEAD], maxsplit=1)[0]
        if begin in known or not opens_with_person(first):
            continue
        group = _from_group(match["label"], [text[begin:end] for _, begin, end in found])
        group = group or read_label(match["label"], known=status or "present")
        group = group or _office(match["label"]) or _telling(match["label"])
        if group:
            found.append((group, begin, match.end()))
    return sorted(found, key=lambda label: label[1])


def _from_group(label: str, before: Sequence[str]) -> Group | None:
    """Read "From the Council" inside of a line, and "Others" behind such a label."""
    if _FROM.match(label) or (is_others(label) and any(map(_FROM.match, before))):
        return Group(named=True) if is_others(label) else read_group(label)
    return None


def _office(label: str) -> Group | None:
    """Read "Clerc / Clerk" as the office of the one behind it."""
    if not any(kind_of(part) == "role" for part in label.split("/")):
        return None
    return Group(role=" ".join(label.split()), named=True)


def _telling(label: str) -> Group | None:
    return guess_label(label) if kind_of(label) == "unknown" else None


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
            opening = read_opening(line, situation)
            return opening if opening and opening[0].status else None
    heading = _heading(lines, at, situation)
    if heading and not is_entry(line):
        return heading, len(line.text)
    return read_opening(line, situation)


def is_entry(line: Line) -> bool:
    """Tell whether a line opens with a person, so that it is no label.

    His name is in full, or something is said of him.
    """
    text = line.text[:_HEAD]
    if text.isupper() or not text.strip():
        return False
    if _DESCRIBED.search(text) and opens_with_person(line.text):
        return True
    name = parse_name(text, before_name(text), len(text))
    if name is None or name.plural or name.size == 1:
        return False
    first = text[name.start : name.end].split()[0]
    return name.titled or name.initialled or is_given_name(first)


def _before_colon(
    lines: Sequence[Line], at: int, label: str, content: str, situation: Situation
) -> Group | None:
    if _SENTENCE.search(unnumbered(label)):
        return None
    if not situation.open and _starts_groups(lines, at, label, content, situation):
        first = read_group(label) or Group()
        return Group("present", first.role, first.organisation, named=True)
    if situation.grouped and is_others(label):
        return Group(named=True)
    group = read_label(unnumbered(label), known=situation.status)
    if group:
        sure = situation.status or not group.weak or _list_follows(lines, at, content)
        return group if sure else None
    return _guessed(lines, at, label, content, situation)


def _guessed(
    lines: Sequence[Line], at: int, label: str, content: str, situation: Situation
) -> Group | None:
    """Read a label that no pattern knows, by a telling word or as the name of a group."""
    guessed = guess_label(unnumbered(label))
    if guessed and _list_follows(lines, at, content):
        return guessed
    if situation.open and content.strip():
        if opens_by_body(content):
            return read_group(label)  # "Agencies: for the PCT, Ann Lee; for Fell Council, ..."
        named = _named_group(label, content)
        led = label.strip().startswith("From the") and len(label.split()) <= _FEW_WORDS
        return named or (Group(named=True) if led and opens_with_person(content) else None)
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
    if _is_odd(label) or read_label(label, known="present"):
        return False
    group = read_group(label)
    if group is None:
        return False
    known = group.is_generic or (group.organisation is not None and kind_of(label) == "body")
    return known and opens_with_person(line.text[match.end() :])


def _is_odd(label: str) -> bool:
    """Whether a label opens as no name of a body does, and is none: "Members for"."""
    first = plain(label.removeprefix("For ").split()[0])
    return first in words().not_names and kind_of(label) != "body"


def _named_group(label: str, content: str) -> Group | None:
    if not label.strip():
        return None
    opens = opens_with_person(content)
    if any(character.isdigit() for character in label):
        return Group(named=True) if opens else None
    group = read_group(label)
    if group is None or (group.organisation and _is_odd(label.strip())):
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
    if group is None and (guessed := guess_label(unnumbered(bare))):
        group = guessed if _heads_people(lines, at) else None
    if group is None and not situation.status and "name" in bare.lower() and is_column_head(bare):
        group = Group("present", weak=True)
    if group and group.weak and not _list_follows(lines, at, ""):
        return None
    return group


def _labels_others(line: Line) -> bool:
    """Whether a line reads "Members: Cllr Ash", a list within what a label above it announces."""
    match = _COLON.match(line.text)
    if match is None or not opens_with_person(line.text[match.end() :]):
        return False
    group = read_label(match["label"], known="present")
    return group is not None and group.status is not None


def _pieces(text: str) -> list[str]:
    return text[: 2 * _HEAD].rsplit(",", 1)[0].split(",")


def _heads_people(lines: Sequence[Line], at: int) -> bool:
    """Whether a line stands out and a person follows it, none in it."""
    line = lines[at]
    apart = line.heading_level or line.is_bold or line.stripped.isupper()
    if not apart or line.is_table_row or opens_with_person(line.text):
        return False
    return person_follows(lines, at)


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
            or labels_people(line.text)
            or _labels_others(line)
            or names_in_capitals([_BRACKET.sub("", each) for each in _pieces(line.text)])
            or read_label(label, known="present") is not None
        )
    return False
