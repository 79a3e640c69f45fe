"""What the structure of a document tells the tagger: names that need no guessing.

The attendance list says who is a person, in which office and from which body; the front matter
names the body that met. `annotate` hands these to the pipeline as `doc.spans["known"]`.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from kcsp_nlp.minutes.outline import Outline
from kcsp_nlp.records import Attendee, Label

Hint = tuple[int, int, Label]

# How far behind a name its role and body may stand, in code points.
_REACH = 250

# How far before a name its initials may stand: "AR - Ann Rao", "| AR | Ann Rao |".
_BEFORE = 9
# How many letters initials have.
_INITIALS = range(2, 5)

# A part of the body named behind it on the same line. Matches " Working Group", " Health Scrutiny
# Panel"; not " and the Panel" or "\nWorking Group".
_PART = re.compile(
    r"(?: (?:[A-Z][\w'’]*|and|&)){0,3} (?:Working |Sub-?)?"
    r"(?:[Gg]roup|Board|[Cc]ommittee|Panel|Team|Unit|Forum)(?![\w-])"
)

# What a converter put inside a name, which no span may cross: "Ann\n\nLee", "Ann<br>Lee".
_CUT = re.compile(r"\n\s*\n|[\f<>]")

# A value with one of these is several names in one: "Leader, Weald Council", "KCC/NHS".
_SEVERAL = re.compile(r"[,/;]|\s(?:and|&)\s")


def find_hints(text: str, outline: Outline) -> list[Hint]:
    """Return where names stand that the outline makes certain, sorted; offsets into `text`.

    Args:
        text: The document's text.
        outline: As `parse` returns it for this text.
    """
    hints: list[Hint] = []
    end = len(text)
    for attendee in reversed(outline.attendance):
        hints.append((attendee.start, attendee.end, "PERSON"))
        hints.extend(_affiliations(text, attendee, end))
        end = attendee.start
    hints.extend(_mentions(text, outline.front.body))
    hints.extend(_initials(text, outline.attendance))
    return sorted({hint for hint in hints if not _CUT.search(text, hint[0], hint[1])})


def _affiliations(text: str, attendee: Attendee, end: int) -> Iterator[Hint]:
    """Yield where an attendee's role and body stand, between the name and the next one."""
    values: tuple[tuple[str | None, Label], ...] = (
        (attendee.role, "ROLE"),
        (attendee.organisation, "ORG"),
    )
    for value, label in values:
        if value is not None and not _SEVERAL.search(value):
            found = _search(value, text, attendee.end, min(end, attendee.end + _REACH))
            if found:
                yield *found, label


def _initials(text: str, attendance: Sequence[Attendee]) -> Iterator[Hint]:
    """Yield where initials stand for an attendee whose entry in the list gives them.

    Initials that two people share are left out, and those that stand nowhere beside the name.
    """
    if not attendance:
        return
    given: Counter[str] = Counter()
    list_end = text.find("\n\n", attendance[-1].end)
    limits = [*(each.start for each in attendance[1:]), list_end if list_end > 0 else len(text)]
    for attendee, limit in zip(attendance, limits, strict=True):
        beside = text[max(0, attendee.start - _BEFORE) : attendee.start]
        behind = text[attendee.end : min(limit, attendee.end + _REACH)]
        given.update(
            {
                letters
                for letters in _initials_of(attendee.name)
                if _stands(letters, behind) or _stands(letters, beside)
            }
        )
    sure = [re.escape(letters) for letters, people in given.items() if people == 1]
    if sure:
        for found in re.finditer(rf"(?<![\w/&'’-])(?:{'|'.join(sure)})(?![\w&'’-]|/\d)", text):
            yield found.start(), found.end(), "PERSON"


def _initials_of(name: str) -> set[str]:
    """Return the initials that a name may be shortened to: "Ann Rao-Hill" to ARH and AR."""
    words = name.split()
    parts = re.split(r"[\s'’-]+", name)
    spelt = {"".join(word[:1] for word in each).upper() for each in (words, parts)}
    return {letters for letters in spelt if len(letters) in _INITIALS}


def _stands(letters: str, text: str) -> bool:
    # Most do not: a pattern of their own is compiled for those that may.
    return letters in text and bool(re.search(rf"(?<!\w){re.escape(letters)}(?!\w)", text))


def _mentions(text: str, body: str | None) -> Iterator[Hint]:
    """Yield every mention of the body that met by its full name; one word is not enough."""
    if body is None or len(body.split()) < len(("Parish", "Council")):
        return
    for found in re.finditer(rf"(?<!\w){_spelt(body)}(?!\w)", text, re.IGNORECASE):
        part = _PART.match(text, found.end())
        yield found.start(), part.end() if part else found.end(), "ORG"


def _search(name: str, text: str, start: int, end: int) -> tuple[int, int] | None:
    """Return where a name first stands as `_spelt` has it, without compiling a pattern."""
    first, *others = name.split() or [""]
    end = min(end, len(text))
    at = text.find(first, start, end)
    while at >= 0:
        behind = at + len(first)
        for word in others:
            following = behind
            while following < end and text[following].isspace():
                following += 1
            if following == behind or not text.startswith(word, following, end):
                break
            behind = following + len(word)
        else:
            return at, behind
        at = text.find(first, at + 1, end)
    return None


def _spelt(name: str) -> str:
    """Return a pattern for a name, wherever its lines are broken."""
    return r"\s+".join(re.escape(word) for word in name.split())
