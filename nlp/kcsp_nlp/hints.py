"""What the structure of a document tells the tagger: names that need no guessing.

The attendance list says who is a person, in which office and from which body; the front matter
names the body that met. `annotate` hands these to the pipeline as `doc.spans["known"]`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from kcsp_nlp.minutes.outline import Outline
from kcsp_nlp.records import Attendee, Label

Hint = tuple[int, int, Label]

# How far behind a name its role and body may stand, in code points.
_REACH = 250

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
    return sorted(hints)


def _affiliations(text: str, attendee: Attendee, end: int) -> Iterator[Hint]:
    """Yield where an attendee's role and body stand, between the name and the next one."""
    values: tuple[tuple[str | None, Label], ...] = (
        (attendee.role, "ROLE"),
        (attendee.organisation, "ORG"),
    )
    for value, label in values:
        if value is not None and not _SEVERAL.search(value):
            pattern = re.compile(_spelt(value))
            found = pattern.search(text, attendee.end, min(end, attendee.end + _REACH))
            if found:
                yield found.start(), found.end(), label


def _mentions(text: str, body: str | None) -> Iterator[Hint]:
    """Yield every mention of the body that met by its full name; one word is not enough."""
    if body is None or len(body.split()) < len(("Parish", "Council")):
        return
    for found in re.finditer(rf"(?<!\w){_spelt(body)}(?!\w)", text, re.IGNORECASE):
        yield found.start(), found.end(), "ORG"


def _spelt(name: str) -> str:
    """Return a pattern for a name, wherever its lines are broken."""
    return r"\s+".join(re.escape(word) for word in name.split())
