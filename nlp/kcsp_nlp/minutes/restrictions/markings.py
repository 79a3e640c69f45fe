"""Words that say of one item, or of what stands below them, that it is not for the public."""

from __future__ import annotations

import re
from typing import NamedTuple

from kcsp_nlp.records import RestrictionKind

# The part of an agenda that the public does not see: "Part II", "part B"; not "Part 1", "Part 20".
_PART_TWO = r"part\s+(?:ii|2|two|b)\b(?!\s+of\b)(?![./]\d)"
# Not "reserved matters", which planning has, nor "exempt from VAT".
_STRONG = (
    r"(?:exempt|confidential|restricted)\b(?!\s+(?:from\s+(?!publication|disclosure)|helpline|line\b"
    r"|parking|byway|zone|growth|access|waste|service|hours|accommodation|charit))"
)
_CLOSED = r"(?:exempt|confidential|restricted|private|closed)"
# What such a word may be said of and be a marking: "exempt item"; not "exempt accommodation".
_HELD = (
    r"(?:items?|business|matters?|reports?|session|part|section|agenda|information|meeting"
    r"|staff(?:ing)?|personnel|discussion)"
)
_AFTER_CLOSED = r"(?!\s+(?:polic|strateg|procedure|protocol|statement|sharing|line\b|removed))"
_LAID_OUT = (
    rf"(?:{_CLOSED}\s+{_HELD}\b{_AFTER_CLOSED}|reserved\s+(?:business|items?|agenda|session|section)\b"
    rf"|{_PART_TWO}\s+(?:items?|matters|business|agenda|session|private|exempt|confidential)\b)"
)
_LONE = rf"(?:{_STRONG}|private\b|{_PART_TWO})"
_SESSION = (
    r"(?:in\s+)?(?:private|closed|confidential|exempt|restricted)\s+session|in\s+private\b"
    r"|in\s+camera\b|in[ -]committee\b(?!\s+room)|below\s+the\s+line\b|pink\s+(?:papers?|pages?)\b"
    r"|not\s+for\s+(?:publication|website|the\s+public)|commercial(?:ly)?[\s-]+(?:in[\s-]+confidence"
    r"|confidential)|official[\s:/–-]+sensitive|private\s+and\s+confidential"
)

# A remark on a title, from its first word: "(Exempt, Schedule 12A)", "[CONFIDENTIAL]",
# "(Part Two - Not for Publication"; not "(Confidential Annex held by", "(numbers only; exempt".
_REMARK = re.compile(
    rf"[(\[{{]\s*(?:strictly\s+|now\s+)?(?:{_STRONG}(?!\s+(?:annex|appendix|copy|until))|{_PART_TWO}"
    rf"|private(?=\s*[)\],;:–—-])|{_LAID_OUT}|{_SESSION}|considered\s+in\s+(?:private|{_CLOSED})"
    r"|pink\b)[^()\[\]]{0,200}[)\]]?",
    re.IGNORECASE,
)
# Behind a dash or colon: "DRIVER – EXEMPT", "Suicide cluster - restricted (recording off)"; not
# "Action 4 – closed".
_BEHIND = re.compile(
    rf"(?:\s[-–—]|:)\s*(?:strictly\s+)?"
    rf"(?:{_LONE}(?=[ .]*$|\s*[(\[])|{_SESSION}|{_LAID_OUT})",
    re.IGNORECASE,
)
# Before one: "CONFIDENTIAL – Staffing", "Part II: Land"; not "Exempt accommodation".
_BEFORE = re.compile(
    rf"(?:strictly\s+)?{_LONE}\s*(?:[-–—:(]|$)|{_LAID_OUT}|{_SESSION}", re.IGNORECASE
)
# Says that there is something that follows: "Exempt items", "PART II"; not "Exempt item: Land".
_OVER_ITEMS = re.compile(
    rf"(?:(?:{_CLOSED}|reserved|{_PART_TWO})\s+(?:items|business|matters|session|part|section|agenda|reports)\b|{_PART_TWO}"
    r"|in\s+(?:camera|committee|private)|below\s+the\s+line)\W*$",
    re.IGNORECASE,
)
# The approval of minutes held in private is public: "Exempt minutes of 3 May".
_MINUTES = re.compile(rf"{_CLOSED}\s+(?:minutes?|notes?)\b", re.IGNORECASE)

# A line over the items that follow it.
# matches: EXEMPT ITEMS   PART II – PRIVATE   CONFIDENTIAL PART (not for publication)
# does not match: CONFIDENTIAL ITEMS REMOVED   UNRESTRICTED ITEMS   Part 2 of the Act
_SECTION = re.compile(
    rf"(?:(?:agenda\s+)?(?:{_PART_TWO}|section\s+(?:ii|2|b)\b)\W{{0,5}}(?:{_CLOSED}|not\s+(?:for|open)\b"
    rf"|in\s+private|items?\b.{{0,60}}(?:{_CLOSED}|absence|exclu)).{{0,100}}"
    rf"|{_CLOSED}\s+(?:items?|business|matters?|reports?|session|part|section|agenda)"
    r"(?:\s*[-–—:(\[/].{0,100})?"
    rf"|(?:items?|business|matters?|reports?)\s.{{0,60}}(?:in\s+(?:private|closed\s+session|camera"
    r"|committee)|in\s+the\s+absence\s+of\s.{0,30}public|public\s.{0,30}excluded|not\s+open\s+to\s.{0,20}public)"
    r"|(?:strictly\s+)?(?:confidential|exempt|restricted)|private\s+and\s+confidential"
    r"|(?:the\s+)?(?:private|closed|confidential)\s+(?:session|part)|in\s+(?:camera|committee)"
    r"|not\s+for\s+publication(?:\s.{0,80})?|below\s+the\s+line|pink\s+(?:papers|pages)(?:\s.{0,40})?)",
    re.IGNORECASE,
)
_BARE_PART = re.compile(rf"(?:agenda\s+)?{_PART_TWO}", re.IGNORECASE)
# A line over items that are open again: "UNRESTRICTED ITEMS", "PART I – PUBLIC", "Open session".
_OPEN_SECTION = re.compile(
    r"(?:part|section)\s+(?:i|1|one|a)\b.{0,120}|unrestricted\b.{0,60}"
    r"|(?:open|public)\s+(?:session|items?|business|part|meeting|agenda)(?:\W.{0,60})?"
    r"|.{0,60}\bopen\s+access\b.{0,60}",
    re.IGNORECASE,
)
_NO_SECTION = re.compile(
    r"\b(?:removed|none|nil|no|not\s+included|see\s+separate)\b", re.IGNORECASE
)
_EDGES = " \t|*#_-–—:.=~<>"
_LONGEST_LINE = 200

# Said of the item in its text.
# matches: This item was considered in private   (Exempt, Schedule 12A   NOT FOR PUBLICATION by
# does not match: a confidential helpline   will meet in private on 19 October
_STATEMENT = re.compile(
    r"\bthis\s+(?:item|matter|minute|report|section|paper|business|part|discussion|case|application)\s+"
    r"(?:was|is|were|has\s+been)\s+(?:\w+\s+){0,4}?(?:in\s+(?:private|camera|committee|confidence"
    r"|closed\s+session|confidential\s+session|part\s+(?:ii|2|two|b)\b)|(?:an?\s+)?(?:exempt|confidential"
    r"|restricted)\b(?!\s+(?:from\s+(?!publication|disclosure)|to\b)))"
    r"|\b(?:this|the)\s+(?:item|minute|report|paper|appendix)\s+(?:contains?|contained|disclose[sd]|includes?)"
    r"\s+(?:exempt|confidential)\s+information"
    r"|\bthe\s+(?:item|minute)\s+(?:was|is)\s+(?:\w+\s+){0,2}?(?:in\s+(?:private|camera|closed\s+session)"
    r"|exempt\b(?!\s+from\s+(?!publication|disclosure))|confidential\b)"
    r"|\bexempt\s+from\s+publication\b"
    r"|\bnot\s+for\s+publication\b|\bnot\s+to\s+be\s+published\b"
    r"|\b(?:is|are)\s+restricted\s+in\s+accordance\s+with\s+(?:part|schedule|paragraph)\b"
    r"|\bwith\s+(?:the\s+)?(?:press\s+and\s+public|public\s+and\s+press|public|press)\s+(?:out\b|excluded)"
    r"|\bin\s+the\s+absence\s+of\s+(?:the\s+)?(?:press|public)\b",
    re.IGNORECASE,
)
# Opens a sentence: "Considered in private.", "Discussion in Private"; not "It was considered in".
_OPENING = re.compile(
    r"(?:^|[.\n|(\[])[ \t]*(?:considered|discussed|taken|heard|held|discussion|reported)\s+in\s+"
    r"(?:private|camera|closed\s+session|confidence)\b",
    re.IGNORECASE,
)
# Opens a line: "Exempt", "[Exempt item - not for publication]", "(Exempt, Schedule 12A"; not
# "Channel (Exempt)", "Confidential shredding".
_LINE_OPENING = re.compile(
    rf"^[ \t|]*[(\[]?[ \t]*(?:(?:strictly[ \t]+)?{_LONE}"
    r"(?:[ \t]+(?:item|matter|report|minute|business|session))?[ \t]*"
    r"(?:[,;)\]:]|[-–—][ \t]|\.?[ \t]*$)|by[ \t]+virtue[ \t]+of[ \t]+paragraph)",
    re.IGNORECASE | re.MULTILINE,
)
_OPENING_REACH = 240  # code points of an item's text in which it is marked by a word alone

_EXEMPT = re.compile(
    r"exempt|schedule\s+(?:12|7|6)|\b100\s*\(?A\)?(?!\s*\(2\))|\b50\s*\(?A\b|part\s+(?:ii|2|two|b)\b"
    r"|paragraph\s+\d|\bpink\b|not\s+for\s+publication\s+by",
    re.IGNORECASE,
)
_GROUND = re.compile(
    r"\bexempt\s+information|\bexempt\s+by\s+virtue|schedule\s+(?:12|7)\s*\(?A\b|\b100\s*\(?A\)?\s*\(4\)",
    re.IGNORECASE,
)
_RESTRICTED = re.compile(r"restrict|official|\bprotect\b|secret", re.IGNORECASE)


class Words(NamedTuple):
    """Words that say something about access; half-open offsets into the text they stand in."""

    start: int
    end: int


def kind_of(said: str) -> RestrictionKind:
    """Return what kind of restriction words speak of; `confidential` where they leave it open."""
    if _EXEMPT.search(said):
        return "exempt"
    return "restricted" if _RESTRICTED.search(said) else "confidential"


def gives_ground(said: str) -> bool:
    """Whether words give a ground of exemption: "Schedule 12A", "exempt information"."""
    return bool(_GROUND.search(said))


def find_in_title(title: str) -> Words | None:
    """Find what marks an item in its title; offsets into `title`, None for nothing."""
    remark = _REMARK.search(title)
    if remark:
        return Words(*remark.span())
    if _MINUTES.match(title):
        return None
    before = _BEFORE.match(title)
    if before:
        return Words(0, len(title) if before.end() == len(title) else before.end())
    behind = _BEHIND.search(title)
    return Words(*behind.span()) if behind else None


def is_over_items(title: str) -> bool:
    """Whether a title speaks of the items that follow: "EXEMPT ITEMS", "Part II"."""
    return bool(_OVER_ITEMS.match(title.strip()))


def find_in_text(text: str, start: int, end: int) -> Words | None:
    """Find what an item's text says of the item itself.

    Args:
        text: Of the document, marks blanked.
        start: Behind the item's title.
        end: Where the item ends.
    """
    first = start + len(text[start:end]) - len(text[start:end].lstrip(" \t\n|*_-–—:."))
    until = min(end, start + _OPENING_REACH)
    matches = (
        _REMARK.match(text, first, end),
        _LINE_OPENING.search(text, start, until),
        _OPENING.search(text, start, end),
        _STATEMENT.search(text, start, end),
    )
    found = min((match for match in matches if match), key=lambda m: m.start(), default=None)
    return Words(*found.span()) if found else None


def is_section(line: str, following: str) -> bool:
    """Whether a line stands over items that are not for the public.

    Args:
        line: Without marks.
        following: What stands below it; a bare "PART II" says too little by itself.
    """
    bare = line.strip(_EDGES)
    if not bare or len(bare) > _LONGEST_LINE or _OPEN_SECTION.fullmatch(bare):
        return False
    if _BARE_PART.fullmatch(bare):
        return bool(_EXEMPT.search(following) or re.search(_CLOSED, following, re.IGNORECASE))
    return bool(_SECTION.fullmatch(bare)) and not _NO_SECTION.search(bare)


def is_open_section(line: str) -> bool:
    """Whether a line stands over items that are for the public: "UNRESTRICTED ITEMS"."""
    bare = line.strip(_EDGES)
    return 0 < len(bare) <= _LONGEST_LINE and bool(_OPEN_SECTION.fullmatch(bare))
