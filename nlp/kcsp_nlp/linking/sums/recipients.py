"""Who gets a sum of money, where that stands before it: `give the Lions £50`, lists of grants."""

from __future__ import annotations

import re

from kcsp_nlp.linking.sums.named_funds import bodies_before, fund_before
from kcsp_nlp.linking.sums.sentences import Offsets, Sentence

_REACH = 160  # characters between such a name and its sum, at most
_LEAD = 60  # characters before the name that tell the direction

_ARTICLE = r"(?:the\s{1,20})?[*_]{0,3}"
_HEDGES = (
    r"(?:(?:up\sto|about|around|some|over|under|nearly|just|at\sleast|approximately|a\sfurther"
    r"|another|the|a\s(?:grant|donation|sum|loan)\sof)\s{1,20}){0,2}"
)
# matches: "a grant to "  "donations for the "  "payment towards "    does not match: "a bid to "
_GIFT_TO = re.compile(
    r"(?P<less>lower|reduced|smaller|cut\sin\sthe)?\s?\b(?:grant|donation|contribution|payment|award"
    r"|cheque|loan|gift|allocation|transfer|funding|subsidy|subscription|donate|honorarium)s?"
    rf"\s{{1,20}}(?:to|for|towards)\s{{1,20}}{_ARTICLE}\Z",
    re.IGNORECASE,
)
# matches: "an application from the "  "request by "    does not match: "a letter from "
_REQUEST_BY = re.compile(
    rf"\b(?:request|application|bid)s?\s{{1,20}}(?:by|from)\s{{1,20}}{_ARTICLE}\Z", re.IGNORECASE
)
# matches: " for "  " for a grant of "    does not match: " for the roof of "
_FOR = re.compile(rf"[*_]{{0,3}}\s{{1,20}}(?:for|of)\s{{1,20}}{_HEDGES}\Z", re.IGNORECASE)
# What leads from such a name to its sum.
# matches: " of "  " ("  " was up to "    does not match: " from Sport England of "
_AMOUNTS_TO = re.compile(
    r"[*_]{0,3}\s{0,20}(?:of|at|was|is|:|\(|had\sbeen|has\sbeen|would\sbe|,)?\s{0,20}"
    rf"{_HEDGES}\Z",
    re.IGNORECASE,
)
# matches: " "  " up to "  " a grant of "    does not match: ", "
_DIRECTLY = re.compile(rf"[*_]{{0,3}}\s{{1,20}}{_HEDGES}\Z", re.IGNORECASE)
# matches: "to give "  "had awarded the "  "RESOLVED to pay "    does not match: "was given "
_GIVING = re.compile(
    r"\b(?:gave|giv(?:e|es|ing)|grant(?:s|ed|ing)?|award(?:s|ed|ing)?|pa(?:y|ys|id|ying)"
    r"|donat(?:e|es|ed|ing)|allocat(?:e|es|ed|ing)|offer(?:s|ed|ing)?|lend|lent|send|sent)"
    rf"\s{{1,20}}{_ARTICLE}\Z",
    re.IGNORECASE,
)
# matches: " had been granted "  " was to be given a grant of "  " received "
# does not match: " had granted "
_RECEIVED = re.compile(
    r"[*_]{0,3}(?:(?:\s{1,20}(?:had|has|have|would|will|should|to|each|also|now)){0,3}"
    r"\s{1,20}(?:was|were|is|are|be|been|being)(?:\s{1,20}(?:to\sbe|each|also|now))?"
    r"\s{1,20}(?:granted|awarded|given|allocated|offered|paid|promised|lent)"
    r"|(?:\s{1,20}(?:had|has|have|would|will|to|is|was)){0,3}\s{1,20}receiv(?:e|es|ed|ing)"
    rf"|\s{{1,20}}(?:(?:had|has|have)\s{{1,20}})?(?:applied|bid)\sfor)\s{{1,20}}{_HEDGES}\Z"
)
# matches: "from "  "the manager of the "    does not match: "that "
_GOVERNED = re.compile(
    r"\b(?:by|from|of|at|for|with|to|in|under|on|and|or|via|through|when)\s{1,20}(?:the\s{1,20})?\Z",
    re.IGNORECASE,
)
# matches: "Stands at"  "now stood at"    does not match: "stood"
_STANDS = re.compile(
    rf"[*_]{{0,3}}\s{{1,20}}(?:now\s)?(?:stands|stood|standing)\s(?:now\s)?at\s{{1,20}}{_HEDGES}\Z"
)
# matches: " budget of "  "'s revenue budget was "    does not match: " budget fell by "
_BUDGET = re.compile(
    r"(?:['’]s)?\s{1,20}(?:(?:net|gross|revenue|capital|annual)\s{1,3}){0,2}budget\s{1,3}"
    rf"(?:of|is|was|at|stood\sat|stands\sat)\s{{1,20}}{_HEDGES}\Z"
)
# The head of a list of those who get something.
# matches: "Donations under s.137: "  "GRANTS agreed: "  "Payments: "  "Agreed to pay: "
# does not match: "Donations received: "  "Grants from: "
_LIST = re.compile(
    r"\b(?:donations?|grants?|awards?|(?P<sure>payments?|cheques?"
    r"|(?:resolved|agreed)\sto\s(?:pay|donate|give|grant)))\b"
    r"(?:(?!\b(?:receiv\w+|from|income|in|requested|sought|appl\w+|refused|for)\b)[^:;£€]){0,90}:",
    re.IGNORECASE,
)
# What tells that grants are given here, not got.
# matches: s.137  agreed  awarded    does not match: offered
_DECIDED = re.compile(
    r"\bs\.?\s?137|\bsection\s137|\b(?:agreed|resolved|awarded|approved|decided|granted|made|paid)\b",
    re.IGNORECASE,
)
# What may stand between a name of the list and its sum.
# matches: " "  " (4 cuts, Common) "  ", for the hostel, "    does not match: " from Tesco "
_ENTRY = re.compile(
    r"[*_]{0,3}\s{0,20}(?:\([^()£€]{0,60}\)|,?\s(?:for|towards)\s[^;£€.]{0,60})?[,:–—-]{0,1}"
    r"\s{0,20}\Z"
)
# What ends one entry of a list and begins the next.
# matches: "; "  ": "  ", "  " and "    does not match: " from "
_OPENS = re.compile(r"(?:[:;,•]|\band|\))[*_]{0,3}\s{0,20}[*_]{0,3}\Z")


def recipient_before(sentence: Sentence, start: int) -> Offsets | None:
    """Return who or what gets the sum that begins at `start`, where a name before it says so.

    Args:
        sentence: The sentence of the sum.
        start: Where the sum begins.
    """
    for name in bodies_before(sentence, start):
        if start - name[1] <= _REACH and _gets(sentence, name, start):
            return name
        if sentence.text.find("£", name[1], start) >= 0:
            return None
    fund = fund_before(sentence, start, _REACH)
    return (
        fund if fund and (_gets(sentence, fund, start) or _holds(sentence, fund, start)) else None
    )


def _gets(sentence: Sentence, name: Offsets, start: int) -> bool:
    before, between = sentence.before(name[0], _LEAD), sentence.text[name[1] : start]
    gift = _GIFT_TO.search(before)
    if gift and not gift["less"] and _AMOUNTS_TO.match(between):
        return True
    if _GIVING.search(before) and _DIRECTLY.match(between):
        return True
    if _REQUEST_BY.search(before) and _FOR.match(between):
        return True
    if _RECEIVED.match(between) or _BUDGET.match(between):
        return not _GOVERNED.search(before)
    return bool(_ENTRY.match(between)) and _is_listed(sentence, name)


def _holds(sentence: Sentence, fund: Offsets, start: int) -> bool:
    """Tell whether the sum is what a named fund amounts to."""
    return bool(
        _STANDS.match(sentence.text[fund[1] : start])
        and not _GOVERNED.search(sentence.before(fund[0], _LEAD))
    )


def _is_listed(sentence: Sentence, name: Offsets) -> bool:
    """Tell whether a name opens an entry of a list of grants, donations or payments."""
    if not _OPENS.search(sentence.before(name[0], _LEAD)):
        return False
    head = _LIST.search(sentence.text, sentence.begin, name[0])
    if not head:
        return False
    return bool(head["sure"] or _DECIDED.search(sentence.text, sentence.begin, sentence.stop))
