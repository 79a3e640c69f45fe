"""Where a meeting was held, as the head of its minutes states it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from kcsp_nlp.minutes.front.dates import find_dates

# "held in the Reading Room, Chapel Drove on", "at Elder Hall"; not "held on 3 May".
_HELD = re.compile(
    r"\b(?:held|convened|meeting|took[ ]place)\b(?P<between>[^.;]{0,90}?)[ ,]"
    r"(?:in|at|via|by|over)[ ]"
    r"(?:the[ ])?(?P<venue>(?!\d|public\b|private\b|the[ ]chair\b)[^;|]{3,140})",
    re.IGNORECASE,
)

# "Venue: Village Hall", "| Place | The Hall |"; not "Placement".
_FIELD = re.compile(
    r"(?:^|\|)[ \t]*(?:venue|place|where|location|held[ ](?:in|at))(?:[ \t]*[:|][ \t|]*|[ \t]+)"
    r"(?:the[ ])?(?P<venue>[^|]{3,140})",
    re.IGNORECASE,
)

# A time: "7.30pm", "10:00–12:15", "at 2 p.m.", "0930", "10.00 hours".
_TIME = re.compile(
    r"(?:\b(?:at|from|to|until|commencing(?:[ ]at)?|starting[ ]at)[ ]+|[@(–-][ ]*)?\b(?<!room[ ])"
    r"(?:\d{1,2}(?:[.:]\d{2})?[ ]?(?:a\.?m\b\.?|p\.?m\b\.?|hrs\b|hours\b|noon\b)|\d{1,2}[.:]\d{2}\b"
    r"(?:[ ]?(?:hrs|hours)\b)?|[01]\d[0-5]\d(?:[ ]?hrs)?\b)|\b12[ ]noon\b|\bmidday\b",
    re.IGNORECASE,
)

# What ends a venue: " on Monday", " commencing", ". The".
_ENDS = re.compile(
    r"[ ,(–-]+(?:on[ ,]+)?(?:mon|tues|wednes|thurs|fri|satur|sun)day\b|[ ]on[ ]\d|[ ]on$"
    r"|[ ,]+(?:commencing|starting|beginning)\b|[.](?:[ ]|$)|[ ]with[ ]|[ ]when[ ]",
    re.IGNORECASE,
)

# What leads to a place: "held in the", "(via", "at"; not "Attlee Room", "Online".
_LEAD = re.compile(r"\(?(?:held\b ?)?(?:(?:in|at|via|by|on)\b ?)?(?:the )?", re.IGNORECASE)

# What is no place after "at" or "in": "7 pm", "a hurry"; not "Ash Hall".
_NO_PLACE = re.compile(r"\d|(?:a|an|this|which)\b", re.IGNORECASE)

# What parts facts on one line: "7pm, Ash Hall", "3 May | Ash Hall"; not "Ash-on-Sea".
_BREAK = re.compile(r"([,|@]| [–-] )")

# What is left where a time or date was cut off: "Ash Hall at"; not "Ash Hallon".
_JOINING = re.compile(r"[ ,]+(?:at|on|from)$", re.IGNORECASE)

# Pieces of a line that are no place: "Minutes", "Ash Town Council"; not "Council Chamber".
_OTHER = re.compile(r"minute|notes|meeting|council$|:", re.IGNORECASE)

# A place to meet: "Village Hall", "Committee Room 2", "Zoom"; not "Housing".
_PLACE = re.compile(
    r"\b(?:rooms?|hall|house|centre|center|chambers?|offices?|suite|school|church|pavilion|club|"
    r"library|theatre|museum|station|campus|complex|college|teams|zoom|webex|online|hq|"
    r"headquarters|building|hotel|inn|institute|chapel|lounge)\b",
    re.IGNORECASE,
)


def find_venue(head: Sequence[str]) -> str | None:
    """Find where the meeting was held.

    Args:
        head: Lines above the attendance list, without markup, none of them blank.

    Returns:
        The place as printed, without a leading article; None where none is stated.
    """
    for line in head:
        field = _FIELD.search(line)
        if field:
            return _trim(field["venue"])
    for match in _HELD.finditer(" ".join(head)[:2000]):
        venue = _trim(match["venue"])
        if venue and not _NO_PLACE.match(venue):
            return venue
    return next((venue for venue in map(_in_list, head[:6]) if venue), None)


def _in_list(line: str) -> str | None:
    """A place in a line of facts: "Tuesday 5 March 2019, 7pm, Village Hall, Ash"."""
    for dated in find_dates(line)[:1]:
        line = line[: dated.start] + "|" + line[dated.end :]
    pieces = [piece.strip() for piece in _BREAK.split(_TIME.sub("|", line))]
    for at in range(0, len(pieces), 2):
        if _PLACE.search(pieces[at]) and not _OTHER.search(pieces[at]):
            held = pieces[at]
            for mark, piece in zip(pieces[at + 1 :: 2], pieces[at + 2 :: 2], strict=True):
                if mark != "," or not piece:
                    break
                held = f"{held}, {piece}"
            return _trim(_LEAD.sub("", held, count=1))
    return None


def _trim(venue: str) -> str | None:
    for end in (_TIME.search(venue), _ENDS.search(venue)):
        if end and end.start() < len(venue):
            venue = venue[: end.start()]
    for dated in find_dates(venue)[:1]:
        venue = venue[: dated.start]
    venue = _JOINING.sub("", venue.strip(" ,.:;–—-|*"))
    venue = venue.strip(" ,.:;–—-|*")
    return venue if len(venue) > 2 else None  # noqa: PLR2004
