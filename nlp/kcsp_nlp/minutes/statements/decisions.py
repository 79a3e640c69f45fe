"""Decisions: what a body resolved, agreed or approved, one by one."""

from __future__ import annotations

import re

from kcsp_nlp.minutes.statements import vocabulary
from kcsp_nlp.minutes.statements.limbs import follows, inline_limbs, opens_list, split_limb
from kcsp_nlp.minutes.statements.margins import before_margin
from kcsp_nlp.minutes.statements.paragraphs import Page, Paragraph, Section
from kcsp_nlp.minutes.statements.resolving import (
    Trigger,
    find_trigger,
    is_assent,
    is_bare,
    is_sign_off,
    is_that_clause,
)
from kcsp_nlp.minutes.statements.sentences import sentences
from kcsp_nlp.records import Decision

_LONGEST = 4000  # of a sentence that is looked at
_LONGEST_HEAD = 200
_FEW = 5  # a head of more words belongs to what it opens
_REACH = 80
# A head without a verb, and a limb that brings it: "The Partnership:", "(i) agreed to the plan".
_BODY_HEAD = re.compile(
    r"(?:the\s+|that\s+the\s+)?(?:[\w'’-]+\s+){0,4}?(?:committee|board|panel|partnership|council|members"
    r"|cabinet|trustees|governors|meeting|group|forum|authority|executive)\s*[:–—-]+\s*$",
    re.IGNORECASE,
)
_DEED = re.compile(
    r"(?:agree[ds]?|note[ds]?|approve[ds]?|endorse[ds]?|resolve[ds]?|support(?:s|ed)?|welcome[ds]?"
    r"|recommend(?:s|ed)?|adopt(?:s|ed)?|authorise[ds]?)\b",
    re.IGNORECASE,
)
# A label that stands for the resolving word: "Decision:", "DECISION 2022/011", "Outcome", "D2.1";
# not "Decision making", "Decisions: 19/00123 approved", which a planning authority took.
_LABEL = re.compile(
    r"(?:D\d{1,2}\.\d{1,2}[.:)]?(?=\s+\S)|(?:DECISIONS?|Decisions?|DECIDED)\b(?!(?<=[Ss]):\s+\w{1,6}/\w*\d)\.?(?:\s+\d[\w/.]*)?\s*"
    r"(?:[:–—-]+|$|(?=\()|(?<=\s\s)(?=[A-Z]))"
    r"|(?:CONCLUSION|Conclusion|OUTCOME|Outcome)\s*(?::|$))"
)
# What may stand between the resolving word and the first limb: "that Cabinet:", "(9 votes to 2):",
# "/-".
_HEAD_REST = re.compile(
    r"(?:\s*\([^()]{0,80}\))?(?:\s+\d[\w/.]*)?(?:\s+unanimously|\s+by\s+\d+\s+votes?\s+to\s+\w+)?"
    r"(?:\s*\([^()]{0,80}\))?[\s:–—./-]*(?:that|to)?(?:\s+[\w'’-]+){0,4}?[\s,]*(?:[:–—-]+|$)",
)
# Makes a limb an account: "Bins had been bought"; not "the report".
_ACCOUNT = re.compile(r"\b(?:was|were|had|would|could|has|have|is|are)\b")
# Ends a head: "agreed as follows:"; not "as follows. The".
_AS_FOLLOWS = re.compile(r"(?:as\s+follows|the\s+following|following)[^.]{0,60}:\s*$", re.I)
# Opens the one paragraph under a head: "That the", "to note"; not "The Chair".
_LIMB_OPENS = re.compile(r"[\"'“‘(]*(?:(?i:that|to)\b|[a-z])")
# Opens a limb among paragraphs that are none: "That the", "To note"; not "Town hall".
_THAT_TO = re.compile(r"(?:That|To)\b")
# "The meeting closed at", below which "approved as a correct record" is the signature's own line;
# not "the gate closed".
_CLOSED = re.compile(
    r"(?:the\s+)?(?:meeting|chair\w*)\s+(?:\w+\s+){0,3}(?:closed|ended|finished|concluded)\b",
    re.IGNORECASE,
)
# Behind a decision: "(Proposed RM, seconded FA.)", "(Vote: 4 to 3)"; not "(Appendix B)".
_MOVERS = re.compile(r"\s*\((?:prop|moved|vot|unanim)[^()]{0,120}\)[.\s]*$", re.IGNORECASE)
# Opens what is no more decision: "Action:", "(ACTION 5a –"; not "Action plans".
_ACTION = re.compile(
    r"\s*[(\[]?(?:[A-Za-z]{4,12}\s*/\s*)?(?:ACTIONS?|Actions?)\b(?:\s+[\w./]{1,8})?\s*[:–—-]"
)
# A sentence behind the decision that says who acts: "KN to write", "Ada Pym to lead"; not
# "Report to go".
_TO_DO = re.compile(r"(?:[A-Z]{2,4}|[A-Z][\w'’.-]+\s[A-Z][\w'’-]+)\s+to\s+[a-z]")
# Nothing but who moved what was just decided: "Proposed KN, seconded Mr Orr, all in favour.";
# not "Proposed KN, seconded Mr Orr that", "Proposed KN, seconded Mr Orr and agreed".
_NAME = r"[A-Z][\w.'’-]{0,20}(?:\s{1,3}[A-Z][\w.'’-]{0,20}){0,3}"
_ONLY_MOVERS = re.compile(
    rf"\(?(?:Proposed|Prop|Moved|PROPOSED)\b(?:\s+by)?[.:]?\s+{_NAME}[,;]?\s+(?:and\s+)?"
    rf"(?i:seconded|sec)\b(?:\s+by)?[.:]?\s+{_NAME}"
    r"(?:[,;(–-]?\s*(?:and\s+)?(?i:all\s+in\s+favour|unanimous(?:ly)?))?[.)\\\s]*$"
)
# Between a label and what it opens: ": ", " – ", ": (a) "; not "(Item".
_LEADING = re.compile(r"[\s:;,–—*-]*(?:\((?:[a-z]|[ivx]{1,4}|\d{1,2})\)\s+)?")
# Puts something to the vote: "Proposed by A, seconded by B: That", "“That this Council"; not
# "He proposed a toast that".
_MOTION = re.compile(
    r"(?:\W*|.{0,100}?[:–—-]\s*[\"“‘]?)That\b|.{0,60}?\b(?:[Pp]roposed|[Mm]oved)\b.{0,80}?\bthat\b",
    re.DOTALL,
)
# The vote on it, a sentence or more behind: "CARRIED 6-1."; not "carried out".
_CARRIED = re.compile(r"(?:CARRIED|Carried)\b(?!\s+(?:out|forward|over)\b)")
_NEXT_TO = 40  # code points between a motion and its vote: the names of its movers
# Ends a limb: "; and", ";", " –"; not "and the".
_TAIL = re.compile(r"(?:[\s;,:]|(?<=[;,.\s])and(?=\s*$)|(?<=\s)[–—-]+$)+$")


def find_decisions(page: Page) -> tuple[Decision, ...]:
    """Find what was resolved or agreed under each agenda item.

    A decision is a sentence that records one ("RESOLVED that …", "It was agreed to …", "The
    Committee approved …"), or one limb of a list that such words open. Reported speech and what
    a single person agreed to are none.

    Args:
        page: The document with its parts and paragraphs.

    Returns:
        Decisions in reading order, not overlapping, none crossing a part's end. Offsets count
        code points of the document's text.
    """
    has_items = any(section.part.kind == "item" for section in page.sections)
    found: list[Decision] = []
    for section in page.sections:
        part = section.part
        if part.kind == "front" and has_items:
            continue
        last = part.start
        for bounds in _Reader(page, section).read():
            start, end = _trimmed(page.text, max(bounds[0], last), bounds[1])
            if start < end:
                found.append(Decision(start=start, end=end, text=page.raw[start:end]))
                last = end
    return tuple(found)


class _Reader:
    """Reads the paragraphs of one part once, from first to last."""

    def __init__(self, page: Page, section: Section) -> None:
        self._text = page.text
        self._paragraphs = section.paragraphs
        self._next = 0
        self._is_closed = False
        self._found: list[tuple[int, int]] = []

    def read(self) -> list[tuple[int, int]]:
        """Return the bounds of every decision, marks and joining words still at their ends."""
        while self._next < len(self._paragraphs):
            paragraph = self._paragraphs[self._next]
            self._next += 1
            self._read_paragraph(paragraph)
        return self._found

    def _read_paragraph(self, paragraph: Paragraph) -> None:
        if self._takes_deeds(paragraph):
            return
        before: tuple[int, int] | None = None
        motion: tuple[int, int] | None = None
        label = self._label(paragraph.start, paragraph.end)
        is_clause = is_that_clause(self._text, paragraph.start, paragraph.end)
        if not (label or is_clause or self._may_decide(paragraph.start, paragraph.end)):
            return
        for start, end in sentences(self._text, paragraph.start, paragraph.end):
            if end - start > _LONGEST or self._is_movers(start, end):
                continue
            label = self._label(start, end)
            opens = is_clause and start == paragraph.start
            trigger = label or self._find_trigger(start, end, is_clause=opens)
            self._is_closed = self._is_closed or _CLOSED.match(self._text, start, end) is not None
            if motion and self._take_vote(motion, start, end):
                before = motion = None
            elif trigger is None or self._signs(trigger):
                before = (start, end)
                motion = before if _MOTION.match(self._text, start, end) else motion
            elif self._opens(trigger, end, paragraph, is_label=label is not None):
                return
            elif trigger.refers_back or (before and is_assent(self._text, start, end)):
                self._take_back(before, start, end)
                before = None
            elif not is_bare(self._text, start, end) or self._text[end - 1] == ".":
                self._found.append((trigger.start, end))
                before = None

    def _signs(self, trigger: Trigger) -> bool:
        """Say whether "approved as a correct record" stands over a signature."""
        return self._is_closed and is_sign_off(self._text, trigger)

    def _find_trigger(self, start: int, end: int, *, is_clause: bool) -> Trigger | None:
        found = find_trigger(self._text, start, end) if self._may_decide(start, end) else None
        return Trigger(start, start) if found is None and is_clause else found

    def _may_decide(self, start: int, end: int) -> bool:
        """Say whether any word that decisions need stands there: most sentences hold none."""
        lowered = self._text[start:end].lower()
        return any(hint in lowered for hint in vocabulary.words("decision_hints"))

    def _is_movers(self, start: int, end: int) -> bool:
        """Say whether a sentence only names the movers of the decision before it."""
        if not self._found or self._text[self._found[-1][1] : start].strip():
            return False
        return _ONLY_MOVERS.match(self._text, start, end) is not None

    def _takes_deeds(self, head: Paragraph) -> bool:
        """Take the limbs under "The Partnership:", each with a verb of its own."""
        if self._text[head.end - 1] not in ":–—-":  # as most
            return False
        if not _BODY_HEAD.match(self._text, head.start, head.end) or not self._opens_deeds():
            return False
        self._take_list(None)
        return True

    def _take_vote(self, motion: tuple[int, int], start: int, end: int) -> bool:
        """Take the motion that "CARRIED 6-1." is said of; False for any other sentence."""
        if not _CARRIED.match(self._text, start, end):
            return False
        self._found.append(motion if start - motion[1] > _NEXT_TO else (motion[0], end))
        return True

    def _opens_deeds(self) -> bool:
        """Say whether the next paragraph is a limb such as "(i) agreed to the plan"."""
        if self._next >= len(self._paragraphs):
            return False
        limb = self._paragraphs[self._next]
        return opens_list(limb.marker) and _DEED.match(self._text, limb.start) is not None

    def _take_back(self, before: tuple[int, int] | None, start: int, end: int) -> None:
        """Join "This was agreed" to the sentence it speaks of."""
        if before is None and self._found and not self._text[self._found[-1][1] : start].strip():
            start = self._found.pop()[0]
        self._found.append((before[0] if before else start, end))

    def _label(self, start: int, end: int) -> Trigger | None:
        label = _LABEL.match(self._text, start, end)
        return Trigger(start, label.end()) if label else None

    def _opens(self, trigger: Trigger, end: int, paragraph: Paragraph, *, is_label: bool) -> bool:
        """Take what a resolving word opens beyond its sentence; False where it opens nothing."""
        limbs = inline_limbs(self._text, trigger.end, paragraph.end)
        if limbs:
            self._found.extend((start, stop) for _, start, stop in limbs)
            self._take_list(limbs[-1][0])
            return True
        if end == paragraph.end and _is_head(self._text, trigger, end):
            return self._take_content(trigger, paragraph, is_label=is_label)
        if is_label:
            self._found.append((trigger.end, self._before_action(trigger.end, paragraph.end)))
        return is_label

    def _take_content(self, trigger: Trigger, paragraph: Paragraph, *, is_label: bool) -> bool:
        """Take the paragraphs that a head ("RESOLVED that:") introduces."""
        if self._next >= len(self._paragraphs):
            return False
        first = self._paragraphs[self._next]
        is_limb = _LIMB_OPENS.match(self._text, first.start) is not None
        if first.is_heading and not first.marker and not is_limb:  # a resolution may be all bold
            return is_label
        if opens_list(first.marker) and not follows(paragraph.marker, first.marker):
            if not self._tells(trigger, first):
                self._take_list(None)
            return True
        if first.marker or not (is_label or is_limb):
            return False
        self._next += 1
        if is_label:
            self._take_labelled(first)
            if paragraph.row is not None:
                self._take_box(paragraph, first)
            return True
        stop = sentences(self._text, first.start, first.end)[0][1]
        has_words = len(self._text[trigger.start : paragraph.end].split()) > _FEW
        self._found.append((trigger.start if has_words else first.start, stop))
        if first.is_heading:
            self._take_bold()
        return True

    def _take_bold(self) -> None:
        """Take further limbs of a resolution that is all bold, a paragraph each."""
        while self._next < len(self._paragraphs):
            limb = self._paragraphs[self._next]
            opens = _THAT_TO.match(self._text, limb.start, limb.end)
            if limb.marker or not limb.is_heading or opens is None:
                return
            self._next += 1
            self._found.append((limb.start, sentences(self._text, limb.start, limb.end)[0][1]))

    def _tells(self, trigger: Trigger, limb: Paragraph) -> bool:
        """Say whether "NOTED" or "The following were noted" stands over an account."""
        held = self._text[trigger.start : trigger.end]
        if held.casefold() == "noted":
            return _ACCOUNT.search(self._text, limb.start, limb.end) is not None
        return held.endswith((" were noted", " was noted"))

    def _take_labelled(self, first: Paragraph) -> None:
        """Take the paragraph under "Decision", unless it is a head itself."""
        if self._takes_deeds(first):
            return
        inner = find_trigger(self._text, first.start, first.end)
        if inner and _is_head(self._text, inner, first.end):
            self._next -= 1
        else:
            self._found.append((first.start, self._before_action(first.start, first.end)))

    def _take_box(self, label: Paragraph, cell: Paragraph) -> None:
        """Take what else stands in a box under or beside its label, row by row."""
        is_beside = cell.row == label.row
        while self._next < len(self._paragraphs):
            following = self._paragraphs[self._next]
            if following.row is None or cell.row is None or following.column != cell.column:
                return
            if following.row - cell.row > (0 if is_beside else 1):
                return
            self._next += 1
            self._found.append((following.start, following.end))
            cell = following

    def _take_list(self, marker: str | None) -> None:
        """Take list items as limbs; `marker` is the limb already taken, None for none."""
        while self._next < len(self._paragraphs):
            limb = self._paragraphs[self._next]
            fits = opens_list(limb.marker) if marker is None else follows(marker, limb.marker)
            if not fits:
                return
            self._next += 1
            for label, start, end in split_limb(self._text, limb.marker, limb.start, limb.end):
                marker = label
                self._found.append((start, self._before_action(start, end)))

    def _before_action(self, start: int, end: int) -> int:
        movers = _MOVERS.search(self._text, max(start, end - 140), end)
        if movers and movers.start() > start:
            end = movers.start()
        for at, stop in sentences(self._text, start, end):
            if at > start and (
                _ACTION.match(self._text, at, stop) or _TO_DO.match(self._text, at, stop)
            ):
                return at
        return end


def _is_head(text: str, trigger: Trigger, end: int) -> bool:
    """Say whether nothing but "that the Panel:" and the like follows the resolving word."""
    rest = text[trigger.end : end].rstrip()
    if text[end - 1] == "." or len(rest) > _LONGEST_HEAD:
        return False
    if _HEAD_REST.fullmatch(rest) or _AS_FOLLOWS.search(rest):
        return True
    return rest.endswith(":") and ". " not in rest


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    """Return the bounds without white space, a joining "; and" and initials in the margin."""
    low = max(start, end - _REACH)
    end = before_margin(text, low, end)
    end = low + len(_TAIL.sub("", text[low:end]))
    leading = _LEADING.match(text, start, max(start, end))
    return (leading.end() if leading else start), end
