"""The forms of the body that met: its name, the name without its council's, its council."""

from __future__ import annotations

import re
from typing import NamedTuple

from kcsp_nlp.linking.bodies.names import BodyName, read_name
from kcsp_nlp.registers.body_index import BodyIndex
from kcsp_nlp.registers.pieces import split_form

# matches: "Planning Committee, Ham Town Council", "Audit Panel of Ham Council"
_PARTED = re.compile(r"\s{0,2}(?:[,–—:]|\s-)\s|\sof\s(?:the\s)?")
# matches: "Ham Town Council" of "Ham Town Council Planning Committee"
_COUNCIL = re.compile(r".{1,80}?\b(?i:council)(?=\s[^\s,])")
_TWO = 2


class MeetingBody(NamedTuple):
    """The body that met.

    Attributes:
        name: As the document's head gives it.
        part: Its name without its council's: `Planning Committee`; None where they are not apart.
        council: The council that it belongs to; None where it names none.
    """

    name: BodyName
    part: BodyName | None = None
    council: BodyName | None = None


def read_meeting_body(printed: str | None, index: BodyIndex) -> MeetingBody | None:
    """Read the name of the body that met; None where there is none."""
    name = read_name(printed) if printed else None
    if name is None:
        return None
    sides = _PARTED.split(name.printed)
    if len(sides) == _TWO:
        for council, part in (sides, sides[::-1]):
            if split_form(council)[0][-1:] == ("council",) or index.find(split_form(council)[0]):
                return _parted(name, part, council)
    match = _COUNCIL.match(name.printed)
    if match:
        return _parted(name, name.printed[match.end() :], match[0])
    return MeetingBody(name)


def _parted(name: BodyName, part: str, council: str) -> MeetingBody:
    inner, outer = read_name(part), read_name(council)
    if inner is None or outer is None or len(inner.words) < _TWO or len(outer.words) < _TWO:
        return MeetingBody(name)
    return MeetingBody(name, inner, outer)
