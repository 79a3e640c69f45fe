"""Labels that no colon parts from the people they announce."""

from __future__ import annotations

import re
from dataclasses import replace

from kcsp_nlp.minutes.attendance.kinds import kind_of
from kcsp_nlp.minutes.attendance.labels import Group, Situation, guess_label, read_group, read_label
from kcsp_nlp.minutes.attendance.layout import is_prose, opens_with_person
from kcsp_nlp.minutes.attendance.sentences import apologies_from, is_excused
from kcsp_nlp.minutes.lines import Line
from kcsp_nlp.minutes.people.names import parse_name

# "Apologies – Yvette", "City Council – Councillors" but not "Smith-Jones".
_DASH = re.compile(r"[\s>*•·-]*+(?P<label>[^:|\n]{2,70}?)(?:\s[–—-]|[–—])\s++(?=\S)")
# "Apologies  Cllr Marsh" but not "Apologies Cllr Marsh".
_GAP = re.compile(r"[\s>*•·-]*+(?P<label>[^:|\n]{2,50}?)(?:\t|\s\s)\s*+(?=\S)")
# "**Present.** Ann Lee" but not "**Present**".
_BOLD = re.compile(r"\s*+(?:\*\*|__)(?P<label>[A-Z][^*_.\n]{3,40})[.:](?:\*\*|__)\s++")
# "In the Chair, ", "From the Police: " before people.
_ORATIO = re.compile(r"(?:In the [Cc]hair[,:]|From the [^:.\n]{2,30}:)\s")
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
# "1. ", "(a) ", "24/041 " before a heading's words; not "2nd".
_NUMBER = re.compile(r"\s*+\(?(?:\d[\d./]{0,8}|[a-z])[.)]?\s++")
# "Representing the Boroughs", "On behalf of Fell Trust" but not "Representative".
_REPRESENTING = re.compile(r"(?:representing|on behalf of)\s", re.IGNORECASE)
_INITIALS = 3
_SHORTEST = 6
_NEAR = 200
_OPENING = 60


def read_opening(line: Line, situation: Situation) -> tuple[Group, int] | None:
    """Read the label that a line begins with.

    Args:
        line: The line.
        situation: Where in a list it stands.

    Returns:
        What the label says, and where what it labels begins in the line; None for no label.
    """
    reported = apologies_from(line.text)
    if reported is not None and situation.status not in (None, "apologies"):
        return Group("apologies"), reported
    return (
        _bold_label(line, situation)
        or _told_label(line, situation)
        or _parted_label(line, situation)
        or _run_in_label(line, situation)
        or _set_off_group(line, situation)
        or _body_label(line, situation)
    )


def _bold_label(line: Line, situation: Situation) -> tuple[Group, int] | None:
    """Read "Present." in bold before people of the same paragraph."""
    match = _BOLD.match(line.raw)
    if match is None:
        return None
    group = read_label(match["label"], known=situation.status) or guess_label(match["label"])
    opens = opens_with_person(line.text[match.end() :][:_OPENING]) or (
        group is not None and _ORATIO.match(line.text, match.end()) is not None
    )
    return (group, match.end()) if group and opens else None


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
        if match and group is None and pattern is _GAP and situation.open:
            named = _margin_group(match["label"])
            if named and opens_with_person(line.text[match.end() :]):
                return named, match.end()
        if match is None or group is None:
            continue
        if not group.weak or (situation.open and opens_with_person(line.text[match.end() :])):
            return group, match.end()
    return None


def _set_off_group(line: Line, situation: Situation) -> tuple[Group, int] | None:
    """Read "*Elected by parishes* – " before people: set off, a dash behind it."""
    match = _DASH.match(line.text) if situation.open else None
    if match is None or line.raw[: match.start("label")].strip()[-1:] not in ("*", "_"):
        return None
    label = match["label"].strip()
    if opens_with_person(label) or not opens_with_person(line.text[match.end() :]):
        return None
    chosen = label.split()[0].endswith("ed")  # "Appointed by councils"
    group = read_group(label) if kind_of(label) == "body" and not chosen else None
    return group or Group(named=True), match.end()


def _margin_group(label: str) -> Group | None:
    """Read "CO-OPTED", set in capitals beside the people of a list."""
    if not label.isupper() or len(label) < _SHORTEST or opens_with_person(label):
        return None
    return read_group(label)


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
    """Read "City Council – " before a titled person, "Representing the Trust – " before any."""
    dash = _DASH.match(line.text)
    if dash is None or not situation.open:
        return None
    people = line.text[dash.end() :]
    led = _REPRESENTING.match(dash["label"]) is not None and opens_with_person(people)
    if led or _is_body_of(dash["label"], people):
        group = read_group(dash["label"]) or Group()
        return replace(group, own_line=led), dash.end()
    return None


def labels_people(text: str) -> bool:
    """Tell whether a line opens with a few words and, behind a dash, people: "Staff – Di Orr"."""
    match = _DASH.match(text)
    return (
        match is not None and not opens_with_person(text) and opens_with_person(text[match.end() :])
    )


def _opens_with_title(text: str) -> bool:
    name = parse_name(text, 0, min(len(text), _NEAR))
    return name is not None and name.titled and not is_prose(text[:_NEAR])


def _is_body_of(label: str, content: str) -> bool:
    """Whether a line reads "City Council – Councillors ...": a body, then a titled person."""
    if len(label.strip()) <= _INITIALS or kind_of(label) != "body":
        return False
    name = parse_name(content, 0, len(content))
    return name is not None and name.titled and name.role is not None


def unnumbered(label: str) -> str:
    """Return a heading without the number before it."""
    return _NUMBER.sub("", label, count=1) if _NUMBER.match(label) else label
