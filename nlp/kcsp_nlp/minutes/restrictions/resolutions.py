"""Resolutions to exclude press and public: what they say, of which items, and when they end."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

Reach = Literal["own", "next", "rest", "end", "open"]

_PUBLIC = r"(?:press|public|media|reporters?|observers)"
_INTO = (
    r"(?:private(?=\s+session|\s+(?:for|to|at|until|whil|with|and)\b|\W*$|\s*[.,;:)])|(?:a\s+)?(?:closed|confidential"
    r"|exempt|restricted|private)\s+(?:session|part|business|meeting)|camera\b|part\s+(?:ii|2|two|b)\b)"
)
# matches: press and public be excluded   exclude the public   asked the press and public to leave
# does not match: excluded from school   two members of the public left at 8.15
_EXCLUSION = re.compile(
    rf"\b(?:exclud(?:e[ds]?|ing)|exclusion\s+of)\s+(?:\w+\s+){{0,5}}?{_PUBLIC}\b"
    rf"|\b{_PUBLIC}\b[^.;]{{0,80}}?\b(?:excluded?|withdraw|withdrew|withdrawn)\b"
    rf"|\b(?:press\s+and\s+(?:the\s+)?public|public\s+and\s+(?:the\s+)?press)\s+(?:\w+\s+){{0,3}}?(?:leaves?|left)\b"
    rf"|\b(?:resolved|agreed|moved|proposed)\b[^.;]{{0,100}}?\b{_PUBLIC}\b[^.;]{{0,30}}?\b(?:leaves?|left)\b"
    rf"|\b{_PUBLIC}\b[^.;]{{0,40}}?\b(?:asked|requested|required|invited)\s+to\s+(?:leave|withdraw)\b"
    rf"|\b(?:asked|requested|invited)\s+(?:\w+\s+){{0,5}}?{_PUBLIC}\s+(?:\w+\s+)?to\s+(?:leave|withdraw)\b"
    rf"|\b(?:go|goes|going|went|move[sd]?|moving|adjourn(?:ed)?|retired?|pass(?:ed)?|enter(?:ed|ing)?)\s+"
    rf"(?:in(?:to)?\s+|to\s+)?(?:the\s+)?{_INTO}"
    r"|\b(?:go|goes|going|went|move[sd]?|moving|sit|sat|resolved?)\s+(?:itself\s+)?[\"'“‘]?in(?:to)?\s+[\"'“‘]?(?:in\s+)?"
    r"committee\b(?!\s+room)"
    rf"|\bitems?\s+[\w\s,.&/–-]{{1,60}}?\b(?:in\s+(?:private|camera|closed\s+session|committee\b(?!\s+room))"
    r"|(?:treated|taken|considered)\s+(?:as|in)\s+(?:confidential|exempt|confidence|part\s+(?:ii|2|two|b)))\b",
    re.IGNORECASE,
)
# Said of what was done, not of what is to be: what follows was said behind closed doors.
_DONE = re.compile(
    r"having\s+(?:been\s+)?(?:excluded|withdrawn|left)|being\s+excluded|(?:was|were)\s+(?:then\s+|duly\s+)?excluded",
    re.IGNORECASE,
)
_RESOLVED = re.compile(
    r"\b(?:resolved?|agreed?|carried|approved|moved|proposed|seconded|passed|accordingly|decided|cytunwyd"
    r"|under\s+(?:section|the\s+public\s+bodies)|in\s+accordance|having|withdrew|was|were|went|moved|moves|adjourned|sat|section|act)\b",
    re.IGNORECASE,
)
_FORMAL = re.compile(r"\b(?:resolved|agreed|carried|decided|passed|approved)\b", re.IGNORECASE)
# matches: be not excluded   there being none   no exempt items   The motion was lost
# does not match: not for publication   no abstentions   none against
_DENIED = re.compile(
    r"\bnot\s+(?:to\s+)?(?:be\s+)?(?:exclud\w+|withdraw|necessary|required|needed|moved|carried|asked|leave|go\b)"
    r"|\bno\s+(?:need|reason|requirement|exclusion|(?:\w+\s+){0,3}?(?:items?|business|matters?|resolutions?|reports?)\b)"
    r"|\bthere\s+(?:was|were|being|are|is)\s+(?:none|nothing)\b|\bwithout\s+excluding\b"
    r"|\b(?:motion|vote|proposal|resolution|this|which|it)\s+(?:\w+\s+){0,2}?(?:lost|defeated|fell|rejected|not\s+carried)\b"
    r"|\b(?:lost|defeated)\s*(?:[.)]|$)|\bdeferred\b|\bn/a\b|\bnot\s+applicable\b|\bnil\b",
    re.IGNORECASE,
)
_NONE = re.compile(r"\W*(?:none|nothing|no\b|nil|n/a)", re.IGNORECASE)
# Explains what may happen: "whether to exclude", "may be excluded", "if necessary".
_MAYBE = re.compile(
    r"\b(?:whether|if|may|might|could|can|should|would|able|right|power|when)\b", re.IGNORECASE
)
_IN_CASE = re.compile(
    r"\bif\s+(?:it\s+(?:is|was|becomes?)\s+)?(?:necessary|required|needed)\b|\bshould\s+(?:it|they|the\s+need|any)\b"
    r"|\b(?:any|those)\s+items?\s+(?:which|that|where|of\s+business\s+(?:which|that|where)|so\s+marked|marked)\b"
    r"|\bin\s+the\s+event\b|\bas\s+and\s+when\b",
    re.IGNORECASE,
)
# Another meeting's: "the public had been excluded from the Planning Committee".
_ELSEWHERE = re.compile(
    r"\b(?:had|has|have|will|would)\s+(?:\w+\s+)?(?:been\s+|be\s+)?(?:excluded|meet|met|leave|left|withdrawn)\b"
    r"|\bexcluded\s+from\s+(?!the\s+(?:meeting|room|chamber|following|remain|next|rest|discussion)|this"
    r"|items?|the\s+(?:consideration|item)|discussion|consideration)"
    r"|\bwas\s+it\s+right\b|\bcomplain|\bobjected\s+to\b|\bpublic\s+(?:highway|transport|realm|house|health|footpath)",
    re.IGNORECASE,
)
_OWN = re.compile(
    r"\b(?:during|for|while|whilst|when|throughout|in)\s+(?:the\s+|part\s+of\s+)?(?:(?:consideration|discussion|duration)"
    r"\s+of\s+)?(?:this|the\s+(?!(?:following|next|remain|rest|below|item\s+below))(?:\w+\s+){0,2}?)"
    r"(?:item|matter|report|business|part|appendix|annex|minute|discussion|application|debate|deliberation)\b(?!\s+\d)"
    r"|\bfor\s+(?:\w+\s+)?minutes\b",
    re.IGNORECASE,
)
_NEXT = re.compile(
    r"\b(?:next|following)\s+(?:agenda\s+)?(?:item|matter|report|paper)\b(?!\s*\(s\)|/s|\s*s\b)",
    re.IGNORECASE,
)
_END = re.compile(r"\bremain(?:der|ing)\b|\brest\s+of\s+the\b", re.IGNORECASE)
_REST = re.compile(
    r"\b(?:following|next|subsequent|final|last)\s+(?:\w+\s+){0,2}?"
    r"(?:items?(?:\s*\(s\)|/s)?|business|matters?|reports?)\b|\bfollowing\s*:",
    re.IGNORECASE,
)
# matches: items 12 and 13   Minute 172   agenda item nos. 8 to 10   item C1
# does not match: paragraph 3   item on the agenda
_NUMBER = r"(?:[A-Za-z]{1,4}[./-]?)?\d{1,4}(?:[./]\d{1,4})*(?:[a-h]\b)?"
_NUMBERED = re.compile(
    rf"\b(?:items?|minutes?|min\.?)(?:\s*\(s\))?\s+(?:of\s+business\s+)?(?:nos?\.?\s*|numbers?\s+|numbered\s+)?"
    rf"({_NUMBER}(?:\s*(?:,|;|&|and|to|or|[-–—])\s*(?:(?:and|items?|minutes?)\s+)?{_NUMBER}){{0,20}})",
    re.IGNORECASE,
)
_PIECE = re.compile(
    rf"\s*(to|[-–—])?[\s,;&]*(?:and\s+|items?\s+|minutes?\s+|or\s+)*({_NUMBER})", re.IGNORECASE
)
_ANNEX = re.compile(r"\b(?:appendi(?:x|ces)|annex(?:e|es)?)\b[^.;]{0,60}$", re.IGNORECASE)

# matches: The public were readmitted   returned to Open Session   came out of committee
_READMISSION = re.compile(
    rf"\b{_PUBLIC}\b[^.;]{{0,80}}?\b(?:re-?admitted|re-?joined|returned|re-?entered|invited\s+back|allowed\s+back"
    r"|let\s+back|came\s+back|back\s+in)\b"
    rf"|\bre-?admi(?:ssion|t(?:ted|ting)?)\s+(?:of\s+)?(?:\w+\s+){{0,3}}?{_PUBLIC}\b"
    r"|\b(?:return(?:ed|ing|s)?|re-?convened?|resumed?|reverted|moved?|came|went|go|back)\s+(?:back\s+)?(?:in(?:to)?|to|as)\s+"
    r"(?:an?\s+|the\s+)?(?:open|public)(?:\s+(?:session|meeting|business|part|forum)|\b(?=\s*[.,;]))"
    r"|\b(?:open|public)\s+(?:session|meeting|business)\s+(?:was\s+|then\s+)?(?:resumed|re-?opened|re-?convened|recommenced)"
    r"|\bre-?opened\s+(?:\w+\s+)?to\s+(?:the\s+)?(?:press|public)\b|\b(?:out\s+of|rose\s+from|left)\s+[\"'“‘]?(?:in\s+)?committee\b(?!\s+room)"
    r"|\b(?:closed|private|confidential|exempt|restricted)\s+(?:session|part|business)\s+(?:was\s+|then\s+)?(?:ended|concluded|closed|finished)"
    r"|\bend\s+of\s+(?:the\s+)?(?:closed|private|confidential|exempt|restricted)\s+(?:session|part|business|items?)",
    re.IGNORECASE,
)
_TITLE = re.compile(
    rf"\bmov(?:e|ed|ing)\s+(?:in)?to\s+(?:a\s+)?(?:closed|private|confidential)\s+session"
    rf"|\bexclu(?:sion|de|ding)\b.{{0,60}}\b{_PUBLIC}\b|\b{_PUBLIC}\b.{{0,40}}\bexclu(?:sion|ded)|\badmission\s+to\s+meetings"
    r"|\b(?:items?|business)\s+(?:to\s+be\s+)?(?:taken\s+)?in\s+private|\btak(?:e|ing)\s+(?:\w+\s+){0,3}in\s+private"
    r"|\bconsider\s+(?:\w+\s+){0,2}in\s+private|\baccess\s+to\s+information|\bresolution\s+to\s+exclude"
    r"|\bwithdrawal\s+of\s+(?:the\s+)?(?:press|public)",
    re.IGNORECASE,
)

# Where a sentence ends, or a paragraph: ". The", "\n\n"; not "s.100A", "No. 3".
_STOP = re.compile(
    r"[.!?][)\]\"'”’]*\s+(?=[A-Z(\[])|\n[ \t]*\n(?![ \t]*(?:that|to)\b)", re.IGNORECASE
)
_BACK = 400
_AHEAD = 700


@dataclass(frozen=True)
class Exclusion:
    """A resolution to exclude press and public, or the statement that they were excluded.

    Attributes:
        start: First code point of the sentence in the text.
        end: One past its last.
        reach: Which items it is for: its own, the next one, those that follow, all to the end of
            the meeting, or not said.
        count: How many items `next` is for.
        numbers: Numbers or codes of items that it names, each as a range from one to another (the
            same for one alone); empty where it names none.
        is_annex: Whether it is for an annex of these items alone.
        is_done: Whether it says that it was done: what follows it was said in private.
    """

    start: int
    end: int
    reach: Reach
    count: int = 1
    numbers: tuple[tuple[str, str], ...] = ()
    is_annex: bool = False
    is_done: bool = False


def is_about_exclusion(title: str) -> bool:
    """Whether a title is that of the resolution itself: "Exclusion of the press and public"."""
    return bool(_TITLE.search(title))


def says_none(body: str) -> bool:
    """Whether the text below a title says that there is nothing: "None", "no exempt items"."""
    return bool(_NONE.match(body) or _DENIED.search(body[:_AHEAD]))


def find_exclusions(text: str, start: int, end: int, *, is_titled: bool) -> Iterator[Exclusion]:
    """Yield the resolutions of one item, in order.

    Args:
        text: Of the document, marks blanked.
        start: Behind the item's title.
        end: Where the item ends.
        is_titled: Whether the item's title is that of such a resolution.
    """
    at = start
    found = False
    for match in _EXCLUSION.finditer(text, start, end):
        if match.start() < at:
            continue
        low, at = _sentence(text, match.start(), match.end(), start, end)
        sentence = text[low:at]
        if _is_none(sentence, match.start() - low, is_titled) or _is_lost(text, at, end):
            continue
        exclusion = _read(text, low, at, end)
        if (
            match[0][:4].casefold() == "item"
            and not exclusion.numbers
            and exclusion.reach == "open"
        ):
            continue  # "that one item be taken in private", some other time
        found = True
        yield exclusion
    if is_titled and not found:
        yield from _titled(text, start, end)


def find_readmissions(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Yield where a text says that the public was let in again; half-open offsets, in order."""
    for match in _READMISSION.finditer(text, start, end):
        yield match.span()


def _titled(text: str, start: int, end: int) -> Iterator[Exclusion]:
    """Yield the resolution of an item whose title says what it is: "RESOLVED under the Act"."""
    body = text[start : min(end, start + _AHEAD)]
    first = len(body) - len(body.lstrip(" \t\n:.-–—|*"))
    if (
        _NONE.match(body)
        or _DENIED.search(body)
        or not _FORMAL.search(body)
        or _IN_CASE.search(body)
    ):
        return
    low, high = _sentence(text, start + first, start + first, start + first, end)
    if low < high:
        yield _read(text, low, high, end)


def _is_none(sentence: str, at: int, is_titled: bool) -> bool:
    if _DENIED.search(sentence) or _IN_CASE.search(sentence):
        return True
    if _FORMAL.search(sentence):
        return False
    if _ELSEWHERE.search(sentence) and not re.search(r"\bhaving\b", sentence):
        return True
    return bool(_MAYBE.search(sentence[:at])) or not (is_titled or _RESOLVED.search(sentence))


def _is_lost(text: str, at: int, end: int) -> bool:
    low, high = _sentence(text, at, at, at, end)
    return bool(
        re.search(r"\b(?:lost|defeated|fell|not\s+carried)\b", text[low:high], re.IGNORECASE)
    )


def _read(text: str, start: int, end: int, limit: int) -> Exclusion:
    sentence = text[start:end]
    listed = text[start : min(limit, end + _AHEAD)] if sentence.rstrip()[-1:] == ":" else sentence
    numbers, is_annex = _numbers(listed)
    count = 1
    reach: Reach = "open"
    if _NEXT.search(sentence):
        reach = "next"
    elif _END.search(sentence):
        reach = "end"
    elif _REST.search(sentence):
        reach = "rest"
    elif _OWN.search(sentence):
        reach = "own"
    words = re.search(r"\bnext\s+(two|three|four|2|3|4)\s+items\b", sentence, re.IGNORECASE)
    if words:
        reach = "next"
        count = {"two": 2, "2": 2, "three": 3, "3": 3}.get(words[1].lower(), 4)
    return Exclusion(start, end, reach, count, numbers, is_annex, bool(_DONE.search(sentence)))


def _numbers(sentence: str) -> tuple[tuple[tuple[str, str], ...], bool]:
    """Return the numbers of items that a sentence names, as ranges, and whether of annexes only."""
    found: list[tuple[str, str]] = []
    annexes = []
    for match in _NUMBERED.finditer(sentence):
        annexes.append(bool(_ANNEX.search(sentence[: match.start()][-80:])))
        for joined, number in _PIECE.findall(match[1]):
            if joined and found:
                found[-1] = (found[-1][0], number)
            else:
                found.append((number, number))
    return tuple(found), bool(annexes) and all(annexes)


def _sentence(text: str, at: int, behind: int, start: int, end: int) -> tuple[int, int]:
    """Return the bounds of the sentence around a place, not more than some hundred code points."""
    low = max(start, at - _BACK)
    for stop in _STOP.finditer(text, low, at):
        low = stop.end()
    stop_ahead = _STOP.search(text, behind, min(end, behind + _AHEAD))
    high = stop_ahead.start() + 1 if stop_ahead else min(end, behind + _AHEAD)
    held = text[low:high]
    low += len(held) - len(held.lstrip())
    return low, max(low, low + len(held.strip()))
