"""Attendance told body by body in a sentence: "for Fell Council, Ann Lee; for the PCT, Cy Dale"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from kcsp_nlp.minutes.attendance.stretches import Stretch

# "for the PCT, ", "and, from Fell Council, " before people; not "for item 4".
_FOR = re.compile(
    r"\s*(?:and\b,?\s)?(?:for|from|representing|on behalf of)\s(?:the\s)?(?:[a-z]+\s(?=[A-Z]))?"
    r"(?P<body>[A-Z][^,;:\n]{1,60})[,:]\s"
)
# "as lay member, " before a person; not "as follows: ".
_AS = re.compile(r"\s*(?:and\b,?\s)?as\s(?:the\s|an?\s)?(?P<role>[a-zA-Z][^,;:\n]{2,40}),\s")
# "by telephone until noon, " before a person.
_BY = re.compile(r"\s*(?:by|via|on|over)\s[a-z][^,;:\n]{2,50},\s")


def opens_by_body(text: str) -> bool:
    """Tell whether a list opens with a body and goes on with its people."""
    return _FOR.match(text) is not None


def by_body(stretch: Stretch) -> Iterator[Stretch]:
    """Cut a told list at its semicolons where its pieces name bodies; else yield it whole."""
    pieces = stretch.text.split(";")
    if not any(map(opens_by_body, pieces)):
        yield stretch
        return
    at = 0
    for piece in pieces:
        begin, body, role = 0, None, stretch.role
        for pattern in (_FOR, _BY, _AS):
            match = pattern.match(piece, begin)
            if match:
                begin = match.end()
                body = body or match.groupdict().get("body")
                role = match.groupdict().get("role") or role
        yield replace(
            stretch,
            start=stretch.start + at + begin,
            text=piece[begin:],
            role=role,
            organisation=body or stretch.organisation,
        )
        at += len(piece) + 1
