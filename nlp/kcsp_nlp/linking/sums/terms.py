"""How often and how exactly: what stands round a sum of money about its period and its hedge."""

from __future__ import annotations

import re

from kcsp_nlp.linking.sums.sentences import Sentence
from kcsp_nlp.records import Hedge, Period

_BEFORE = 70  # characters before a sum that may hold its hedge, or `annual cost of`
_AFTER = 60  # characters after a sum that may hold its period

# matches: " each"  " plus VAT"  " a head"  "**"    does not match: " for"
_BETWEEN = (
    r"(?:\s{1,3}(?:each|or\sso|net|gross)\b|,?\s{0,3}(?:plus|\+|inc\.?|including|ex\.?)\s?VAT\b"
    r"|\s{1,3}(?:a\s(?:head|house(?:hold)?|member|person|plot|dwelling|property|child|team)"
    r"|per\s(?!hour|day|week|month|quarter|year|annum)\w{1,20})\b"
    r"|[*_]{1,3}){0,3}"
)
# matches: " a year"  "/hour"  " (per annum"  " each week"
# does not match: " a year ago"  " a quarter of"  " a month's"  " this year"
_PER = re.compile(
    rf"{_BETWEEN}\s{{0,3}}\(?(?:(?:a|an|per|each|every)\s{{1,3}}(?:calendar\s)?|/\s?)"
    r"(?P<unit>hour|hr|day|week|wk|month|quarter|year|yr|annum)(?![\w'’-])"
    r"(?!\s{1,3}(?:ago|late|later|early|earlier|before|after|behind|end|old)\b|(?<=quarter)\sof\b)",
    re.IGNORECASE,
)
# matches: "pa"  " p.a."  "ph"  " pcm"  " annually"    does not match: " pm"  " Pat"
_SHORT = re.compile(
    rf"{_BETWEEN}\s{{0,3}}\(?(?:(?P<year>p\.?a\b|annually\b|yearly\b)|(?P<month>pcm\b|monthly\b)"
    r"|(?P<week>p\.?w\b|p/w\b|weekly\b)|(?P<hour>p\.?h\b|p/h\b|hourly\b)|(?P<day>daily\b)"
    r"|(?P<quarter>quarterly\b))(?!-)"
)
# matches: " one-off"  " (non-recurrent"  " as a one off"    does not match: " off"
_ONCE_AFTER = re.compile(
    rf"{_BETWEEN},?\s{{0,3}}\(?(?:as\sa\s)?(?:one[-\s]off|non-?\s?recurr(?:ent|ing))\b",
    re.IGNORECASE,
)
# matches: "a one-off grant of "  "lump sum of "    does not match: "one-off events raised "
_ONCE_BEFORE = re.compile(
    r"\b(?:one[-\s]off\s(?:[\w-]+\s){0,3}(?:of|at)|one[-\s]off|a\slump\ssum\sof)\s{1,3}\Z",
    re.IGNORECASE,
)
# matches: "annual cost of "  "weekly rent was "    does not match: "annual accounts show "
_REGULAR = re.compile(
    r"\b(?P<unit>annual|yearly|monthly|weekly|quarterly|hourly|daily)\s{1,3}(?:[\w-]+\s){0,2}"
    r"(?:cost|fee|rent|rate|charge|grant|budget|saving|income|subscription|contribution|payment"
    r"|allowance|salary|donation|sum|levy|premium|retainer|spend)s?"
    r"(?:\s{1,3}(?:of|at|is|was|were|are|being))?[:(]?\s{0,3}\Z",
    re.IGNORECASE,
)
_PERIODS: dict[str, Period] = {
    "hour": "hour",
    "hr": "hour",
    "hourly": "hour",
    "day": "day",
    "daily": "day",
    "week": "week",
    "wk": "week",
    "weekly": "week",
    "month": "month",
    "monthly": "month",
    "quarter": "quarter",
    "quarterly": "quarter",
    "year": "year",
    "yr": "year",
    "annum": "year",
    "annual": "year",
    "yearly": "year",
}

# What may stand between a hedge and the sum it speaks of.
# matches: " "  " a further "  "\n  **"    does not match: " the "
_UP_TO_SUM = (
    r"\s{0,3}(?:(?:a\s(?:further|total\sof)|another|an\sadditional)\s{1,3})?[*_]{0,3}\s{0,20}\Z"
)
# matches: "about "  "c. "  "in the region of "    does not match: "talked about "  "Mr C "
_ABOUT = re.compile(
    r"(?P<held>\w+\s)?(?:\b(?:[Aa]bout|[Aa]round|[Aa]pproximately|[Cc]irca|[Ss]ome|[Rr]oughly|nearer(?:\sto)?"
    r"|close(?:r)?\sto|something\slike|an\sestimated|estimated\sat"
    r"|(?:in|of)\s(?:the\s(?:region|order)|or\saround)\sof)"
    rf"|\b[Aa]pprox\.?|(?<![\w./])(?:c\.?|ca\.)|~){_UP_TO_SUM}",
)
# matches: "up to "  "not exceeding "  "max "  "no more than "    does not match: "went up to "
_AT_MOST = re.compile(
    r"(?P<held>\S+\s{1,3})?\b(?:up\sto|at\s(?:the\s)?most"
    r"|(?:not?|nor)\s(?:more|greater|higher)\sthan|not\s(?:exceeding|to\sexceed|above|over)"
    r"|(?:not|nor|never|cannot)\sexceed|(?:max(?:imum)?)\.?(?:\s\w+)?(?:\s(?:of|is|was))?"
    rf"|capped\sat|limited\sto){_UP_TO_SUM}",
    re.IGNORECASE,
)
# matches: "at least "  "a minimum of "  "not less than "    does not match: "less than "
_AT_LEAST = re.compile(
    r"\b(?:at\s(?:the\svery\s)?least|not?\s(?:less|fewer)\sthan|not\sbelow"
    rf"|min(?:imum)?\.?(?:\s(?:of|is|was))?){_UP_TO_SUM}",
    re.IGNORECASE,
)
# matches: "over "  "more than "  "in excess of "    does not match: "handed over "
_MORE = re.compile(
    r"(?P<held>\S+\s{1,3})?\b(?:over|more\sthan|above|in\sexcess\sof|exceed(?:s|ing|ed)?"
    rf"|upwards\sof){_UP_TO_SUM}",
    re.IGNORECASE,
)
# matches: "nearly "  "just under "  "less than "    does not match: "under the "
_LESS = re.compile(
    rf"\b(?:nearly|almost|under|less\sthan|below|not\squite|just\sshort\sof){_UP_TO_SUM}",
    re.IGNORECASE,
)
# matches: "ought not to fall "  "no bid to "    does not match: "at a cost "
_DENIED = re.compile(r"(?:n['’]t|\b(?:not|no|nor|never|none|neither|cannot))\b[^.;:]{0,40}\Z")
# What makes another verb of `about`, `up to` and `over`.
# matches: asked  queries    does not match: cost
_SPOKE = re.compile(
    r"(?:ask\w*|talk\w*|worr\w*|concern\w*|quer\w*|questions?|complain\w*|told|hear\w*|row|sorry"
    r"|brought|going|come|came|how|news|letter|all)\s\Z",
    re.IGNORECASE,
)
# matches: went  it  £18    does not match: of
_MOVED = re.compile(
    r"(?:go\w*|went|put\w*|top\w*|br(?:ought|ing)|rounded|made|mak\w+|add\w*|moved?|rose|rais\w+"
    r"|ris\w+|came|come|coming|it|them|this|is|was|were|are|now|back|from)\s{1,3}\Z",
    re.IGNORECASE,
)
# matches: handed  fight    does not match: of
_HANDED = re.compile(
    r"(?:hand\w*|carr\w+|turn\w*|left|roll\w*|br(?:ought|ing)|row|dispute|argu\w+|pass\w*|sign\w*"
    r"|gave|give|fight|fought|took|tak\w+|debts?|all|trouble|knife|slashed|oct)\s{1,3}\Z",
    re.IGNORECASE,
)
# matches: "+"  " or more"    does not match: " + VAT"
_OR_MORE = re.compile(
    r"\+(?![\w£])(?!\s?VAT)|\s{1,3}(?:or\s(?:more|over|above)|at\sleast|minimum)\b"
)
# matches: " or less"  " max"    does not match: " less the excess"
_OR_LESS = re.compile(r"\s{1,3}(?:or\s(?:less|under)|at\s(?:the\s)?most|max(?:imum)?)\b")
# matches: " or so"  " approximately"  "-ish"    does not match: " or a"
_OR_SO = re.compile(r"-?ish\b|,?\s{1,3}\(?(?:or\s(?:so|thereabouts)|approx(?:imately|\.)?)(?!\w)")


def period_of(sentence: Sentence, start: int, end: int) -> Period | None:
    """Return how often a sum is paid, where that is stated beside it.

    Args:
        sentence: The sentence of the sum.
        start: Where the sum begins, or the range of which it is an end.
        end: One past its end.
    """
    limit = min(sentence.stop, end + _AFTER)
    per = _PER.match(sentence.text, end, limit)
    if per:
        return _PERIODS[per["unit"].lower()]
    short = _SHORT.match(sentence.text, end, limit)
    if short and short.lastgroup:
        return _PERIODS[short.lastgroup]
    before = sentence.before(start, _BEFORE)
    if _ONCE_AFTER.match(sentence.text, end, limit) or _ONCE_BEFORE.search(before):
        return "one_off"
    regular = _REGULAR.search(before)
    return _PERIODS[regular["unit"].lower()] if regular else None


def hedge_of(sentence: Sentence, start: int, end: int) -> Hedge | None:
    """Return how exact a sum is, where that is stated beside it.

    Args:
        sentence: The sentence of the sum.
        start: Where the sum begins.
        end: One past its end.
    """
    limit = min(sentence.stop, end + _AFTER)
    if _OR_MORE.match(sentence.text, end, limit):
        return "at_least"
    if _OR_LESS.match(sentence.text, end, limit):
        return "at_most"
    before = _hedge_before(sentence.before(start, _BEFORE))
    return before or ("about" if _OR_SO.match(sentence.text, end, limit) else None)


def _hedge_before(before: str) -> Hedge | None:
    """Read the hedge that ends at a sum; the longer phrases go first (`not more than`)."""
    if match := _AT_MOST.search(before):
        return None if _MOVED.match(match["held"] or "") else "at_most"
    if _AT_LEAST.search(before):
        return "at_least"
    if match := _MORE.search(before):
        held = match["held"] or ""
        return None if _HANDED.match(held) or _DENIED.search(before) else "more_than"
    if _LESS.search(before):
        return None if _DENIED.search(before) else "less_than"
    match = _ABOUT.search(before)
    return "about" if match and not _SPOKE.match(match["held"] or "") else None
