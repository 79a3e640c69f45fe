"""Lists in which each line says whom a person stands for: "Fell Trust – Ann Lee, Manager"."""

from __future__ import annotations

import re
from collections.abc import Sequence

from kcsp_nlp.minutes.attendance.kinds import kind_of
from kcsp_nlp.minutes.attendance.labels import Group, opens_other_list, read_group
from kcsp_nlp.minutes.attendance.posts import body_name
from kcsp_nlp.minutes.attendance.spaced import is_sure
from kcsp_nlp.minutes.attendance.stretches import Stretch
from kcsp_nlp.minutes.lines import Line
from kcsp_nlp.minutes.people.words import words
from kcsp_nlp.records import Status

# "Fell Trust – Ann Lee" but not "Vice-Chair".
_DASH = re.compile(r"[\s>*•·]*+(?:-\s)?(?P<body>[^\W_][^|\n]{1,70}?)\s[–—-]\s++(?=\S)")
_MAX_LINES = 80
_FEWEST = 3
_HALF = 0.5
_INITIALS = 3
_START = 40


def read_dashed(lines: Sequence[Line], at: int, status: Status) -> tuple[list[Stretch], int]:
    """Read lines that name a body, or a role, and behind a dash its people.

    Args:
        lines: The lines of a part.
        at: Index of the line that may be the first.
        status: Of the list.

    Returns:
        One stretch for each line, and the index of the line behind them; none where fewer than
        three lines are written so, or where people stand first.
    """
    rows: list[Stretch] = []
    sure = bodies = 0
    end = at
    for line in lines[at : at + _MAX_LINES]:
        match = _DASH.match(line.text)
        if match is None or is_sure(match["body"]) or opens_other_list(match["body"]):
            break
        text = line.text[match.end() :].rstrip()
        if _are_initials(match["body"], text):
            break
        group = read_group(match["body"]) or Group()
        sure += is_sure(text)
        bodies += kind_of(match["body"]) == "body"
        role = None if group.organisation or _is_plural(match["body"]) else group.role
        body = body_name(group.organisation) if group.organisation else None
        rows.append(Stretch(line.start + match.end(), text, status, role, body, row=True))
        end += 1
    if len(rows) < _FEWEST or sure < _HALF * len(rows) or not bodies:
        return [], at
    return rows, end


def _are_initials(label: str, text: str) -> bool:
    """Whether "JB" stands before "Supt Jo Bell"."""
    capitals = [character for character in text[:_START] if character.isupper()]
    return len(label) <= _INITIALS and all(letter in capitals for letter in label)


def _is_plural(role: str) -> bool:
    """Whether "Secondary Heads" names those whom a person stands for, and no office."""
    return role.rstrip().endswith("s") and role.strip().lower() not in words().group_roles
