"""Words that record a decision: "RESOLVED that", "it was agreed", "the Board NOTED".

`find_trigger` looks at one sentence; what becomes of a hit is decided in `minutes.decisions`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from kcsp_nlp.minutes.statements import vocabulary
from kcsp_nlp.minutes.statements.speech import is_reported
from kcsp_nlp.minutes.statements.verdicts import find_verdict, is_earlier

# Opens its sentence: "RESOLVED that", "Agreed: let it", "NOT AGREED.", "Received and accepted";
# not "He agreed".
_OPENING = re.compile(
    r"[\"'“‘(]*(?:[A-Z][a-z]{3,14}wyd[.\s]*/?\s*|Otherwise\s+|All\s+|Also\s+|[Aa]nd\s+"
    r"|(?:Received|Read|Considered|Taken\s+as\s+read|Circulated)\s+and\s+(?=[a-z])"
    r"|Unanimously\s+|UNANIMOUSLY\s+|NOT\s+)?"
    r"(?P<verb>RESOLVED|Resolved|AGREED|Agreed|agreed|accepted|approved|adopted|confirmed|NOTED|APPROVED|Approved|DECIDED|Decided"
    r"|RECOMMENDED|ENDORSED|Endorsed|ADOPTED|Adopted|CARRIED|Carried|ACCEPTED|Accepted|RATIFIED"
    r"|DETERMINED|DEFERRED|Deferred(?=[.,;]|\s+(?:to|until|till|for|in)\b|\s*$)|CONFIRMED|SUPPORTED|REFERRED|REMITTED|REFUSED|Noted(?=\s+(?:the|that|with)\b)"
    r"|(?<=All\s)noted|(?<=[Aa]nd\s)resolved)\b"
)
# A whole paragraph under a heading: "That the report be noted"; not "That was the report".
_THAT_BE = re.compile(r"That\s[^.;?]{3,300}?\sbe\s+(?:[a-z-]+ed|put|made|sent|given|taken)\b")
# Opens a heading and not a decision: "AGREED ACTIONS".
_NOUN = re.compile(r"\s+(?:ACTIONS?|MINUTES|NOTES|PROTOCOL|PLAN|BUDGET)\b")
# After "Approved" over a signature: " as a correct record"; not " as set out".
_SIGNED_OFF = re.compile(
    r"\s+as\s+(?:being\s+)?an?\s+(?:true|correct|accurate|fair)\b", re.IGNORECASE
)
# "Proposed by A, seconded by B and agreed", "(prop. A, sec. B) … passed", in this order.
_PROPOSED = (
    re.compile(r"\b(?:prop(?:osed|osal|osition)?|moved|motion)\b|^seconded", re.IGNORECASE),
    re.compile(r"\bsec(?:onded|onder)?\b", re.IGNORECASE),
    re.compile(
        r"\b(?:agreed|resolved|carried|adopted|approved|confirmed|unanimous(?:ly)?|passed"
        r"|in\s+favour)\b",
        re.IGNORECASE,
    ),
)
# What stands between a clause's beginning and the body: "The Joint Policing", "and the", "".
_SUBJECT = re.compile(
    r"(?:^|[,;:(–—-]\s*|\b(?:and|that|discussion|but|then|so)\s+)[\"'“‘(\s]*"
    r"(?:(?:the|our|this|those|all|full)\s+(?:[\w'’&.-]+\s+){0,6}"
    r"|(?:parish|town|community|city|county|district)?\s*)$"
    r"|(?-i:\bThe\s+)(?:[\w'’&.-]+\s+){0,4}$",
    re.IGNORECASE,
)
# "The minutes of 6 June were approved", "Notes accepted"; not "in the minutes of".
_MINUTES = re.compile(
    r"(?:with\s+that\s+(?:change|amendment|correction),?\s+)?(?:the\s+|these\s+)?"
    r"(?:draft\s+|previous\s+)?(?:minutes?|notes?)\b(?s:.{0,220}?)"
    r"\b(?P<verb>agreed|approved|confirmed|adopted|accepted|ratified|signed|passed)\b",
    re.IGNORECASE,
)
# "copies of which had been circulated"; not "which had risen".
_CIRCULATED = re.compile(
    r"(?:which\s+)?(?:had|having)\s+been\s+(?:previously\s+)?(?:circulated|sent|issued|distributed)"
)
_DOUBTFUL_PASSIVES = frozenset(
    {"noted", "passed", "carried", "appointed", "supported", "accepted", "deferred"}
)
# Behind "was deferred": " to the next meeting"; not " by Highways".
_PUT_OFF = re.compile(r"\s+(?:to|until|till)\b")
# Behind "was received": " and adopted", " and duly approved"; not " and noted".
_AND_ADOPTED = re.compile(
    r"\s+and\s+(?:(?:was|were|duly|unanimously)\s+)?(?P<verb>approved|adopted|accepted|agreed)\b",
    re.IGNORECASE,
)
# "Mr Doull moved that" before "and it was agreed"; not "he had moved".
_MOVED_THAT = re.compile(r"\b(?:moved|proposed)\s+that\b")
# "Agreed." alone, "AGREED, all in favour."; not "Agreed to write".
_BARE = re.compile(
    r"(?:not\s+|all\s+)?(?:agreed|approved|accepted|adopted|resolved)\b"
    r"(?:,?\s+(?:all\s+in\s+favour|unanimously|nem\.?\s+con|by\s+all))?[.\s]*$",
    re.IGNORECASE,
)
# Opens a clause behind a heading: "The Chair ", "Cllr A Vane "; not "the chair ".
_SUBJECT_START = re.compile(
    r"\b(?:The|It|Cllr|Councillor|Mr|Mrs|Ms|Dr)\b\.?\s+(?:[\w'’.-]+\s+){0,4}$"
)
# Between two clauses: ", ", " and ", "; "; not "sand ".
_BREAK = re.compile(r"[,;]\s+(?:and\s+)?|\s(?:and|that)\s+")
_LONG_LEAD = 7
# What closes a quotation, by what opens it: "’" in "‘Tidy’:"; not in "Council’s".
_CLOSING = {'"': re.compile('"'), "“": re.compile("”"), "‘": re.compile(r"’(?!\w)")}


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


@cache
def _adverbs() -> str:
    return rf"(?:{vocabulary.either('adverbs')},?\s+){{0,3}}"


@cache
def _after_opening() -> re.Pattern[str]:
    # What may follow "Agreed" in mixed case; a noun makes it an adjective ("Agreed actions").
    return re.compile(
        rf"\s*(?:$|[^\w\s]|{vocabulary.either('after_opening')}\b|\d)",
        re.IGNORECASE,
    )


@cache
def _it_was() -> re.Pattern[str]:
    # "It was (also) agreed that", "IT WAS\nRESOLVED", "and AGREED: That"; not "it was noted that".
    return re.compile(
        rf"\bit\s+(?:was|is|has\s+been)\s+{_adverbs()}(?:resolved|agreed|decided|recommended)\b"
        r"|\bit\s+(?:was|is|had\s+been|has\s+been)\s+(?-i:(?:also\s+)?(?:RESOLVED|AGREED|NOTED"
        r"|DECIDED))\b"
        rf"|\b(?:is|was|were|and)\s+{_adverbs()}(?:resolved|agreed|decided)[\s:–—-]+(?:that|(?:not\s+)?to)\b"
        r"|(?-i:\b(?:RESOLVED|AGREED|DECIDED)\b(?=[\s:–—-]+(?:[Tt]hat|(?:[Nn]ot\s+)?[Tt]o)\b))",
        re.IGNORECASE,
    )


@cache
def _body_did() -> re.Pattern[str]:
    # "The Partnership agreed to", "Members NOTED the", "the Board, under s.1, resolved"; not
    # "Members had agreed", "Channel Panel adopted".
    return re.compile(
        rf"\b(?P<body>{vocabulary.either('deciding_bodies')})\s*(?:present\s*|members\s*)?"
        rf"(?:,\s[^.;]{{3,160}}?,)?\s*\b{_adverbs()}"
        r"(?P<verb>resolved|resolves|agrees|agreed|approves|approved|decided|recommended|(?-i:RECOMMENDS)|endorsed|endorses"
        r"|adopted|ratified|accepted|authorised|authorises|supported|supports|voted|noted|notes"
        r"|confirmed|RECEIVED|appointed|(?:were|was)\s+in\s+(?:agreement|favour))\b",
        re.IGNORECASE,
    )


@cache
def _passive() -> re.Pattern[str]:
    # "The plan was endorsed", "The following were passed", "The motion was put and carried", "A
    # group of Cllrs. Hay and Orr was agreed"; not "He said the plan was endorsed".
    return re.compile(
        r"(?P<subject>(?:(?:[^\s,;:.]+|(?-i:Cllrs?|Messrs|Mrs?|Ms|Dr|St|No)\.)\s+){0,11}?[^\s,;:.]+"
        r"(?:,\s[^,;:.]{3,120},|(?:,\s(?-i:[A-Z])[^,;:.]{2,60}){1,5})?\s+)(?:was|were)\s+"
        r"(?:(?:then\s+)?put(?:\s+to\s+(?:the|a)\s+(?:vote|meeting))?\s+and\s+(?:was\s+)?)?"
        + _adverbs()
        + r"(?P<verb>(?:re-)?elected|resolved"
        r"|agreed|approved|decided|recommended|endorsed|adopted|ratified|carried"
        r"|authorised|accepted|supported|passed|noted|received|deferred|appointed)\b",
        re.IGNORECASE,
    )


@cache
def _elsewhere() -> re.Pattern[str]:
    # Behind "was approved": by somebody else or not at the meeting, " by the Department",
    # " by email"; not " by the Board", " by 6 votes", " by all present",
    # " by show of hands", " by the Chairman's casting vote".
    return re.compile(
        r"\s++by\s++(?!(?:the\s+|all\s+|those\s+|our\s+)?"
        rf"(?:[\w'’&-]+\s+){{0,4}}?{vocabulary.either('deciding_bodies')}\b"
        r"|\d|(?:(?:a|the|an)\s+)?(?:[\w'’-]+\s+){0,2}?(?:majority|show|votes?|poll|ballot)\b"
        r"|(?:(?:a|the|an)\s+)?(?:unanimous|majority|joint)\s+decision|(?:the\s+|all\s+)?cllrs\s+present"
        r"|(?:all\s+)?those\s+(?:voting|attending|there|who|at|in\s+attendance)\b"
        r"|common|general|consensus|resolution|acclaim)",
        re.IGNORECASE,
    )


@cache
def _this() -> re.Pattern[str]:
    # "This was agreed", "All in favour": what was agreed stands in the sentence before.
    return re.compile(
        r"(?:this|it|these|that|both|all)(?:\s+proposals?)?\s+(?:was|were)\s+"
        + _adverbs()
        + r"(?:agreed|approved|resolved|carried|accepted)(?:\s+(?:unanimously|by\s+all))?[.\s]*$"
        r"|carried[.\s]*$|all\s+in\s+(?:favour|agreement)[.\s]*$"
        r"|(?:all\s+)?(?:the\s+)?(?:councillors|members|trustees|those)(?:\s+present)?\s+(?:\w+\s+){0,3}"
        r"were\s+(?:content|in\s+favour|in\s+agreement|happy)\b[^.]{0,60}[.\s]*$",
        re.IGNORECASE,
    )


@cache
def _record() -> re.Pattern[str]:
    # What a body notes as a decision: "the report", "progress"; not "that crime had risen".
    return re.compile(
        rf"\b{vocabulary.either('records')}\b",
        re.IGNORECASE,
    )


def find_trigger(text: str, start: int, end: int) -> Trigger | None:
    """Return what records a decision in the sentence `text[start:end]`; None for nothing."""
    if _this().match(text, start, end):
        return Trigger(start, end, refers_back=True)
    for find in (
        _find_opening,
        _find_proposed,
        _find_it_was,
        _find_minutes,
        _find_body,
        _find_passive,
    ):
        found = find(text, start, end)
        if found is not None:
            return found
    verdict = find_verdict(text, start, end)
    return Trigger(*verdict) if verdict else None


def is_that_clause(text: str, start: int, end: int) -> bool:
    """Say whether the sentence is a resolution without its verb: "That the report be noted"."""
    return _THAT_BE.match(text, start, end) is not None


def is_bare(text: str, start: int, end: int) -> bool:
    """Say whether the sentence is nothing but "Agreed."."""
    return _BARE.match(text, start, end) is not None


def is_assent(text: str, start: int, end: int) -> bool:
    """Say whether the sentence is nothing but "Agreed.", so that what was said before it counts."""
    return is_bare(text, start, end) and "agreed" in text[start:end].lower()


def is_sign_off(text: str, trigger: Trigger) -> bool:
    """Say whether the words after a trigger are those that stand over a signature."""
    return _SIGNED_OFF.match(text, trigger.end) is not None


def _find_opening(text: str, start: int, end: int) -> Trigger | None:
    opening = _OPENING.match(text, start, end)
    if opening is None or _NOUN.match(text, opening.end(), end):
        return None
    if not opening["verb"].isupper() and not _after_opening().match(text, opening.end(), end):
        return None
    return Trigger(start, opening.end())


def _find_proposed(text: str, start: int, end: int) -> Trigger | None:
    at = begin = start
    for step in _PROPOSED:
        hit = step.search(text[start:end], at - start)
        if hit is None:
            return None
        at = start + hit.end()
        if step is _PROPOSED[0]:
            begin = _clause_start(text, start, start + hit.start(), only_subject=True)
            at = start if hit[0].lower() == "seconded" else at
    return Trigger(begin, at)


def _find_it_was(text: str, start: int, end: int) -> Trigger | None:
    was = _it_was().search(text, start, end)
    if was is None:
        return None
    if _MOVED_THAT.search(text, start, was.start()):
        return Trigger(start, was.end())
    return Trigger(_clause_start(text, start, was.start()), was.end())


def _find_minutes(text: str, start: int, end: int) -> Trigger | None:
    minutes = _MINUTES.match(text, start, end)
    if minutes is None:
        return None
    lead = _CIRCULATED.sub("", text[start : minutes.start("verb")])
    if is_reported(lead, 0, len(lead)):
        return None
    return Trigger(start, minutes.end())


def _find_body(text: str, start: int, end: int) -> Trigger | None:
    did = _body_did().search(text, start, end)
    if did is None or _is_quoted(text, start, did.start()) or is_reported(text, start, did.start()):
        return None
    if not _SUBJECT.search(text[max(start, did.start() - 80) : did.start()]):
        return None
    verb = did["verb"]
    if verb.lower() in {"noted", "notes", "received", "confirmed"} and not verb.isupper():
        rest = text[did.end() : min(end, did.end() + 60)]
        if verb == "received" or rest.split()[:1] == ["that"] or not _record().search(rest):
            return None
    return Trigger(_clause_start(text, start, did.start()), did.end())


def _is_quoted(text: str, start: int, at: int) -> bool:
    """Say whether `at` stands in a quotation that opens the sentence: a motion's own words."""
    closing = _CLOSING.get(text[start])
    if closing is None:
        return False
    closed = sum(1 for _ in closing.finditer(text, start + 1, at))
    if text[start] == '"':
        return closed % 2 == 0
    return text.count(text[start], start, at) > closed


def _find_passive(text: str, start: int, end: int) -> Trigger | None:
    passive = _passive().match(text, start, end)
    if passive is None or is_reported(text, start, passive.start("verb")):
        return None
    verb, at = passive["verb"], passive.end()
    if verb.lower() == "received":
        adopted = _AND_ADOPTED.match(text, at, end)
        if adopted is None or passive["subject"].lower().startswith("apologies"):
            return None
        verb, at = adopted["verb"], adopted.end()
    if is_earlier(text, at, end) or _elsewhere().match(text, at, end):
        return None
    is_put_off = verb == "deferred" and _PUT_OFF.match(text, at, end)
    if verb.lower() in _DOUBTFUL_PASSIVES and not verb.isupper() and not is_put_off:
        subject = " ".join(passive["subject"].split()[:4])
        is_apology = verb == "accepted" and subject.startswith("Apologies")
        if not (is_apology or _record().search(subject)):
            return None
    return Trigger(start, at)


def _clause_start(text: str, start: int, at: int, *, only_subject: bool = False) -> int:
    """Return where the decision's clause begins: the sentence's start unless that is far back.

    A capital article or honorific begins it, for a heading may run on into its sentence; other
    breaks count unless `only_subject`.
    """
    lead = text[start:at]
    if len(lead.split()) < _LONG_LEAD and not lead.rstrip().endswith(":"):
        return start
    if lead.rstrip().endswith(":"):
        return at
    subject = _SUBJECT_START.search(lead)
    if subject is not None:
        return start + subject.start()
    breaks = [] if only_subject else [*_BREAK.finditer(lead)]
    return start + breaks[-1].end() if breaks else start
