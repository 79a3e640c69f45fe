"""Words that record a decision: "RESOLVED that", "it was agreed", "the Board NOTED".

`find_trigger` looks at one sentence; what becomes of a hit is decided in `minutes.decisions`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

_ADVERB = (
    r"(?:(?:also|then|duly|all|unanimously|therefore|further|furthermore|accordingly|generally"
    r"|subsequently|formally|provisionally|again|both|present|hereby|only|verbally|each|jointly"
    r"|in[ ]principle),?\s+){0,3}"
)
_BODY = (
    r"(?:committees?|sub-?committees?|board|panel|partnership|council|councillors|members"
    r"|member\s+councillors|trustees|governors|directors|cabinet|executive|meeting|group|forum"
    r"|authority|commission|alliance|assembly|partners|attendees|participants|association"
    r"|community\s+council|everyone|everybody|(?<=\bthose\s)present|all|we)"
)
# Opens its sentence: "RESOLVED that", "Agreed: let it", "NOT AGREED."; `_is_adjective` has more.
_OPENING = re.compile(
    r"[\"'“‘(]*(?:Cytunwyd[.\s]*/?\s*|Penderfynwyd\s*/\s*|Otherwise\s+|All\s+|Also\s+|and\s+"
    r"|Unanimously\s+|UNANIMOUSLY\s+|NOT\s+)?"
    r"(?P<verb>RESOLVED|Resolved|AGREED|Agreed|agreed|NOTED|APPROVED|Approved|DECIDED|Decided"
    r"|RECOMMENDED|ENDORSED|Endorsed|ADOPTED|Adopted|CARRIED|Carried|ACCEPTED|Accepted|RATIFIED"
    r"|DETERMINED|(?:DEFERRED|Deferred)(?=\s+(?:to|until|till)\b)|Noted(?=\s+(?:the|that|with)\b)"
    r"|(?<=All\s)noted)\b"
)
# What may follow such a word in mixed case; a noun makes it an adjective ("Agreed actions were").
_AFTER_OPENING = re.compile(
    r"\s*(?:$|[^\w\s]|(?:that|to|by|as|with|without|in|for|on|not|subject|accordingly|unanimously"
    r"|the|a|an|this|these|it|nobody|no|all|both|bar|but|after|once|split|at|up|only|under|and"
    r"|from|next|until|till|we|of)\b|\d)",
    re.IGNORECASE,
)
# Opens a heading and not a decision: "AGREED ACTIONS".
_NOUN = re.compile(r"\s+(?:ACTIONS?|MINUTES|NOTES|PROTOCOL|PLAN|BUDGET)\b")
# "Approved as a correct record" under a signature.
_SIGNED_OFF = re.compile(
    r"\s+as\s+(?:being\s+)?an?\s+(?:true|correct|accurate|fair)\b", re.IGNORECASE
)
# "It was (also) agreed that", "IT WAS\nRESOLVED", "and AGREED: That"; not "it was noted that".
_IT_WAS = re.compile(
    rf"\bit\s+(?:was|is|has\s+been)\s+{_ADVERB}(?:resolved|agreed|decided|recommended)\b"
    r"|\bit\s+(?:was|is|had\s+been|has\s+been)\s+(?-i:(?:also\s+)?(?:RESOLVED|AGREED|NOTED|DECIDED))\b"
    rf"|\b(?:is|was|were|and)\s+{_ADVERB}(?:resolved|agreed|decided)[\s:–—-]+(?:that|to)\b"
    r"|(?-i:\b(?:RESOLVED|AGREED|DECIDED)\b(?=[\s:–—-]+(?:[Tt]hat|[Tt]o)\b))",
    re.IGNORECASE,
)
# "Proposed by A, seconded by B and agreed", "A proposed and B seconded that", in this order.
_PROPOSED = (
    re.compile(r"\b(?:prop(?:osed|osal|osition)?|moved|motion)\b|^seconded", re.IGNORECASE),
    re.compile(r"\bsec(?:onded|onder)?\b", re.IGNORECASE),
    re.compile(
        r"\b(?:agreed|resolved|carried|adopted|approved|confirmed|unanimous(?:ly)?|passed|that)\b",
        re.IGNORECASE,
    ),
)
# "The Partnership agreed to", "Members NOTED the", "the Board, under s.1, resolved"; not
# "Members had agreed", "Channel Panel adopted".
_BODY_DID = re.compile(
    rf"\b(?P<body>{_BODY})\s*(?:present\s*|members\s*)?(?:,\s[^.;]{{3,160}}?,)?\s*\b{_ADVERB}"
    r"(?P<verb>resolved|agrees|agreed|approves|approved|decided|recommended|endorsed|endorses"
    r"|adopted|ratified|accepted|authorised|authorises|supported|supports|voted|noted|notes"
    r"|confirmed|RECEIVED|appointed|were\s+in\s+agreement|was\s+in\s+agreement)\b",
    re.IGNORECASE,
)
# What stands between a clause's beginning and the body: "The Joint Policing", "and the", "".
_SUBJECT = re.compile(
    r"(?:^|[,;:(–—-]\s*|\b(?:and|that|discussion|but|then|so)\s+)[\"'“‘(\s]*"
    r"(?:(?:the|our|this|those|all|full)\s+(?:[\w'’&.-]+\s+){0,6}"
    r"|(?:parish|town|community|city|county|district)?\s*)$",
    re.IGNORECASE,
)
# "The minutes of 6 June were approved", "Notes accepted"; not "in the minutes of".
_MINUTES = re.compile(
    r"(?:with\s+that\s+(?:change|amendment|correction),?\s+)?(?:the\s+|these\s+)?"
    r"(?:draft\s+|previous\s+)?(?:minutes?|notes?)\b(?s:.{0,220}?)"
    r"\b(?P<verb>agreed|approved|confirmed|adopted|accepted|ratified|signed|passed)\b",
    re.IGNORECASE,
)
# "The plan was endorsed", "The following were passed"; not "He said the plan was endorsed".
_PASSIVE = re.compile(
    r"(?P<subject>(?:[^\s,;:.]+\s+){1,12}?)(?:was|were)\s+"
    + _ADVERB
    + r"(?P<verb>resolved|agreed|approved|decided|recommended|endorsed|adopted|ratified|carried"
    r"|authorised|accepted|supported|passed|noted|received|deferred|appointed)\b",
    re.IGNORECASE,
)
_DOUBTFUL_PASSIVES = frozenset(
    {"noted", "received", "passed", "carried", "appointed", "supported", "accepted", "deferred"}
)
# "Business case supported.", "lathe, £480, AGREED"; not "Dr Keane agreed", "officers agreed".
_TELEGRAPHIC = re.compile(
    r"(?:[^\s.]+\s+){0,10}?(?:reports?|minutes|notes?|cases?|polic(?:y|ies)|plans?|strateg(?:y|ies)"
    r"|budgets?|requests?|applications?|grants?|criteria|accounts|motion|precept|model|programme"
    r"|recommendations?|updates?|working|payments?|proposals?|terms|quotes?|quotations?|actions?)\s+"
    r"(?:agreed|approved|endorsed|adopted|supported|accepted|noted|ratified|carried)\b"
    r"(?=[.,;:]|$|\s+(?:unanimously|with|as|by|subject|unamended|for|to|on)\b)"
    r"|[^.]{3,200}?(?-i:,\s+(?:AGREED|APPROVED|REFUSED|DEFERRED)\b)",
    re.IGNORECASE,
)
# "This was agreed", "All in favour": what was agreed stands in the sentence before.
_THIS = re.compile(
    r"(?:this|it|these|that|both|all)(?:\s+proposals?)?\s+(?:was|were)\s+"
    + _ADVERB
    + r"(?:agreed|approved|resolved|carried|accepted)(?:\s+(?:unanimously|by\s+all))?[.\s]*$"
    r"|carried[.\s]*$|all\s+in\s+(?:favour|agreement)[.\s]*$"
    r"|(?:all\s+)?(?:the\s+)?(?:councillors|members|trustees|those)(?:\s+present)?\s+(?:\w+\s+){0,3}"
    r"were\s+(?:content|in\s+favour|in\s+agreement|happy)\b[^.]{0,60}[.\s]*$",
    re.IGNORECASE,
)
# "Agreed." alone.
_BARE = re.compile(
    r"(?:not\s+|all\s+)?(?:agreed|approved|accepted|adopted|resolved)\b[.\s]*$", re.IGNORECASE
)
_REPORTED = re.compile(
    r"\b(?:said|reported|stated|advised|explained|informed|confirmed|recalled|reminded|told|felt"
    r"|thought|asked\s+(?:if|whether|what|why|how)|if|whether|when|until|unless|had|should|could"
    r"|would|once|understood|heard|queried|hoped|wondered|which|who|noted\s+that|since)\b",
    re.IGNORECASE,
)
_RECORD = re.compile(
    r"\b(?:reports?|updates?|position|paper|presentation|contents?|plan|progress|scorecard|letter"
    r"|findings|correspondence|information|payments?|accounts?|timetable|motion|statement|draft"
    r"|following|recommendations?|amendment|application|request|proposal|resolution|budget)\b",
    re.IGNORECASE,
)
_LONG_LEAD = 7


@dataclass(frozen=True, slots=True)
class Trigger:
    """What makes a sentence a decision.

    Attributes:
        start: Where the decision begins in the text that was searched.
        end: Where the resolving word ends.
        refers_back: Whether the sentence only says that what stands before it was agreed.
    """

    start: int
    end: int
    refers_back: bool = False


def find_trigger(text: str, start: int, end: int) -> Trigger | None:
    """Return what records a decision in the sentence `text[start:end]`; None for nothing."""
    if _THIS.match(text, start, end):
        return Trigger(start, end, refers_back=True)
    for find in (
        _find_opening,
        _find_proposed,
        _find_it_was,
        _find_minutes,
        _find_body,
        _find_passive,
        _find_telegraphic,
    ):
        found = find(text, start, end)
        if found is not None:
            return found
    return None


def is_bare(text: str, start: int, end: int) -> bool:
    """Say whether the sentence is nothing but "Agreed."."""
    return _BARE.match(text, start, end) is not None


def is_sign_off(text: str, trigger: Trigger) -> bool:
    """Say whether the words after a trigger are those that stand over a signature."""
    return _SIGNED_OFF.match(text, trigger.end) is not None


def _find_opening(text: str, start: int, end: int) -> Trigger | None:
    opening = _OPENING.match(text, start, end)
    if opening is None or _NOUN.match(text, opening.end(), end):
        return None
    if not opening["verb"].isupper() and not _AFTER_OPENING.match(text, opening.end(), end):
        return None
    return Trigger(start, opening.end())


def _find_proposed(text: str, start: int, end: int) -> Trigger | None:
    at = start
    for step in _PROPOSED:
        hit = step.search(text[start:end], at - start)
        if hit is None:
            return None
        at = start + hit.end()
        if hit[0].lower() == "seconded" and hit.start() == 0:
            at = start
    return Trigger(start, at)


def _find_it_was(text: str, start: int, end: int) -> Trigger | None:
    was = _IT_WAS.search(text, start, end)
    if was is None:
        return None
    return Trigger(_clause_start(text, start, was.start()), was.end())


def _find_minutes(text: str, start: int, end: int) -> Trigger | None:
    minutes = _MINUTES.match(text, start, end)
    if minutes is None or _REPORTED.search(text, start, minutes.start("verb")):
        return None
    return Trigger(start, minutes.end())


def _find_body(text: str, start: int, end: int) -> Trigger | None:
    did = _BODY_DID.search(text, start, end)
    if did is None or _REPORTED.search(text, start, did.start()):
        return None
    if not _SUBJECT.search(text[max(start, did.start() - 80) : did.start()]):
        return None
    verb = did["verb"]
    if verb.lower() in {"noted", "notes", "received", "confirmed"} and not verb.isupper():
        rest = text[did.end() : min(end, did.end() + 60)]
        if verb == "received" or rest.split()[:1] == ["that"] or not _RECORD.search(rest):
            return None
    return Trigger(_clause_start(text, start, did.start()), did.end())


def _find_passive(text: str, start: int, end: int) -> Trigger | None:
    passive = _PASSIVE.match(text, start, end)
    if passive is None or _REPORTED.search(text, start, passive.start("verb")):
        return None
    verb = passive["verb"]
    if verb.lower() in _DOUBTFUL_PASSIVES and not verb.isupper():
        subject = passive["subject"].split()
        if not _RECORD.search(" ".join(subject[:4])):
            return None
    return Trigger(start, passive.end())


def _find_telegraphic(text: str, start: int, end: int) -> Trigger | None:
    hit = _TELEGRAPHIC.match(text, start, end)
    if hit is None or _REPORTED.search(text, start, hit.end()):
        return None
    return Trigger(start, hit.end())


def _clause_start(text: str, start: int, at: int) -> int:
    """Return where the decision's clause begins: the sentence's start unless that is far back."""
    lead = text[start:at]
    if len(lead.split()) < _LONG_LEAD:
        return start
    cut = max(lead.rfind(mark) for mark in (" and ", ", ", ";", " that ", "\n"))
    return start + cut + 1 if cut > 0 else start
