"""Markings that stand for a whole document: a line of its own, in its front or on every page."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from kcsp_nlp.minutes.lines import Line
from kcsp_nlp.minutes.restrictions.markings import Words

_FRONT_LINES = 40  # in which a marking stands for the whole
_REPEATED = 2  # lines that make a marking one of every page
_LONGEST = 120

_PROTECTIVE = (
    r"(?:restricted|protect|secret|official\s*[-–—:/(]*\s*sensitive\)?|(?:nhs\s+)?confidential"
    r"|commercial(?:ly)?[\s-]+in[\s-]+confidence|in\s+(?:strict\s+)?confidence)"
)
_MARKING = (
    rf"(?:{_PROTECTIVE}|exempt|private\s+and\s+confidential|not\s+for\s+publication|part\s+(?:ii|2|b)\s+private"
    r"|(?:part\s+(?:ii|2|b)\s*[-–—:]?\s*)?(?:exempt|confidential|private|closed|restricted)\s+(?:minutes?|session)"
    r"|not\s+(?:for\s+|to\s+be\s+)?(?:onward\s+)?(?:circulat\w+|disclos\w+|distribut\w+)|minutes?\s*[-–—:]\s*exempt)"
)
# What may stand before a marking: "Protective marking:", "GPMS", "STRICTLY", "BOARD - ".
_LEAD = (
    r"(?:(?:(?:protective\s+)?marking|(?:security\s+)?classification|gpms|gsc|status|document\s+status|handling)\s*[:–—-]?\s*"
    r"|strictly\s+|highly\s+)?"
)
# What may stand behind one: "WHEN COMPLETE", " - 2", "Page 1 of 4", "– not for onward circulation",
# "of the Staffing Committee held on".
_TAIL = (
    r"(?:\s*(?:\(?when\s+(?:complete|completed)\)?|[-–—:/(|,]+\s*(?:(?:page\s*)?\d{1,3}(?:\s*of\s*\d{1,3})?"
    r"|not\s+(?:for|to\s+be)\b.{0,60}|(?:commercial|personal|policy|police|management|investigation|staff|law\s+enforcement"
    r"|partners?|locsen|when)\b.{0,60})\)?|page\s*\d{1,3}(?:\s*of\s*\d{1,3})?|of\s+(?:the|a)\s.{0,80}))*"
)
# matches: RESTRICTED   OFFICIAL - SENSITIVE   RESTRICTED WHEN COMPLETE - not for onward circulation
# does not match: OFFICIAL   CONFIDENTIAL ITEMS REMOVED   UNRESTRICTED   NOT PROTECTIVELY MARKED
_WHOLE_LINE = re.compile(rf"{_LEAD}{_MARKING}{_TAIL}", re.IGNORECASE)
_PAGE_LINE = re.compile(rf"{_LEAD}{_PROTECTIVE}{_TAIL}", re.IGNORECASE)
# Behind the name of the body on the same line, far apart: "Justice Board        RESTRICTED - 2".
_APART = re.compile(rf"(?:^|\s{{3}}|\|)\s*({_LEAD}{_PROTECTIVE}{_TAIL})\s*(?:\||\s{{3}}|$)", re.I)
_EDGES = " \t|*#_-–—:.=~<>()[]"


def find_marking(lines: Sequence[Line], front: int) -> Words | None:
    """Find a marking of the whole document.

    Args:
        lines: All lines of the document.
        front: Where its first agenda item begins; 0 where there is no front.

    Returns:
        Its words, offsets into the document's text; None where there is none.
    """
    for line in lines[:_FRONT_LINES]:
        if line.start >= front:
            break
        words = _in_line(line, _WHOLE_LINE)
        if words:
            return words
    repeated = [words for line in lines if (words := _in_line(line, _PAGE_LINE))]
    return repeated[0] if len(repeated) >= _REPEATED else None


def find_in_margins(margins: Iterable[str]) -> str | None:
    """Return the marking that running headers, footers or watermarks carry; None for none.

    Args:
        margins: Their texts, as readers set them aside.
    """
    for margin in margins:
        for line in margin.splitlines():
            for piece in (line, *line.split("|")):
                if len(piece) <= _LONGEST and _WHOLE_LINE.fullmatch(bare := piece.strip(_EDGES)):
                    return bare
            apart = _APART.search(line[:_LONGEST])
            if apart:
                return line[slice(*apart.span(1))].strip()
    return None


def _in_line(line: Line, pattern: re.Pattern[str]) -> Words | None:
    if len(line.stripped) > _LONGEST:
        return None
    bare = line.stripped.strip(_EDGES)
    if not bare or not pattern.fullmatch(bare):
        return None
    start = line.start + line.text.index(bare)
    return Words(start, start + len(bare))
