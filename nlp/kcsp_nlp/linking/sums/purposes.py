"""What a sum of money is for: the fund, body or service that it goes to, where that is clear.

A purpose is where the money goes: `£500 to the Air Ambulance`, `moved into the Repairs Fund`. Where
it comes from (`£500 from the Safer Streets Fund`, `the Trust had given £500`), who asks for it to
be paid (`a bill of £500 from`) and what is bought with it is none.
"""

from __future__ import annotations

import re

from kcsp_nlp.linking.sums.named_funds import fund_at, name_at
from kcsp_nlp.linking.sums.recipients import recipient_before
from kcsp_nlp.linking.sums.sentences import Offsets, Sentence

_BEFORE = 120  # characters before a sum that may tell its direction
_STEPS = 6  # phrases between a sum and where it goes, at most

_ARTICLE = r"(?:the\s{1,20})?[*_]{0,3}"
# Where a sum is the size of a fund: `the £1 million Safer Estates Fund`.
# matches: " "  "\n"    does not match: ", "
_SIZE = re.compile(r"\s{1,20}(?=[A-Z])")
# What may stand between a sum and where it goes.
# matches: " a year"  " plus VAT"  " each"  " grant"  " for two years"    does not match: " cost"
_DETAIL = re.compile(
    r"\s{1,3}(?:(?:a|an|per|each|every)\s{1,3}(?:\w+)|each|annually|yearly|monthly|weekly|p\.?a\.?"
    r"|plus\sVAT|more|in\s(?:all|total|cash|20\d\d(?:[/-]\d\d)?)|this\syear"
    r"|(?:for|over)\s(?:(?:a|one|two|three|four|five|\d{1,2})\s(?:further\s)?(?:years?|months?)"
    r"|20\d\d(?:[/-]\d\d)?))(?!\w)"
    r"|\s{1,3}(?:\w+\s)?(?:grant|donation|contribution|award|payment|loan|cheque|funding|gift|bursary"
    r"|subsidy|bequest)(?!\w)|[*_]{1,3}",
    re.IGNORECASE,
)
# matches: " to be paid"  " had been given"  " was then transferred"  " goes"
# does not match: " was made"  " was spent by"
_MOVED = re.compile(
    r"\s{1,3}(?:(?:to|had|has|have|would|will|should|could|may|might|must|shall)\s{1,3}){0,2}"
    r"(?:(?:be|been|is|are|was|were|being)\s{1,3}(?:then\s|now\s|also\s)?"
    r"(?:granted|awarded|given|paid|donated|allocated|transferred|vired|moved|earmarked|committed"
    r"|set\saside|passed|handed|released|sent|carried|added|put|lent)|go|goes|going|went|gone)"
    r"(?=\s)"
)
# matches: " to the "  " towards "  " into the "    does not match: " from the "  " by "
_TO = re.compile(rf"\s{{1,20}}(?P<by>to|for|towards|toward|into)\s{{1,20}}{_ARTICLE}")
# matches: " left in the "  " is held in the "    does not match: " in "
_IN = re.compile(
    r"\s{1,3}(?:(?:is|was|are|were|being)\s)?(?:(?:now|still)\s)?"
    rf"(?:(?:held|left|remaining|remains|remained|put)\s)?in\s{{1,20}}{_ARTICLE}"
)
# A source that may stand before where the sum goes.
# matches: " from the Main Pot"  ", from contingency"    does not match: " by the"
_FROM = re.compile(
    rf",?\s{{1,20}}(?:from|out\sof)\s{{1,20}}{_ARTICLE}(?P<plain>(?:[\w'’&.-]{{1,25}}\s{{1,3}}){{0,5}}?"
    r"[\w'’&.-]{1,25}(?=\s{1,20}(?:to|for|towards|into|be|was|were|had|is)\s))?"
)
# What a name may be followed by when it is itself the purpose and not the first word of one.
# matches: "."  " for outreach"  " and"    does not match: " roof"  "'s"  " budget"
_ENDS = re.compile(
    r"[*_]{0,3}(?:\s{0,20}(?:[.,;:)|]|\Z|[-–—]\s|\()|\s{1,20}(?:for|to|and|in|at|by|from|on|out|of"
    r"|towards|with|over|under|as|which|who|was|is|were|had|has|would|will|but|if|when|while"
    r"|so|because|until|this|last|next|each|or|plus|against|subject|not)\b|\s{1,20}£)"
)
# Money that is owed, lost, saved or charged: what follows `to` does not get it as a gift.
# matches: "loss of "  "cost of "  "rose from £3 "    does not match: "grant of "
_NO_GIFT = re.compile(
    r"\b(?:charg\w+|fine[ds]?|cost\w*|sav(?:ed?|es|ings?)|cuts?|loss\w*|lost|lose|worth|value[ds]?"
    r"|damage|reduc\w+|increas\w+|ris(?:e|es|en|ing)|rose|rais(?:e|es|ing)|f[ae]ll\w*|from|price[sd]?"
    r"|quot\w+|up|down|owe[ds]?|debts?|due|between|sold|refused|reject\w*|declin\w+|not|deficit"
    r"|shortfall|gap)\b",
    re.IGNORECASE,
)
# What goes to somebody instead of the money.
# matches: "a bid for "  "applied for "  "a case for "  "a theft of "    does not match: "gave"
_ASKED = re.compile(
    r"\b(?:bids?|bidding|appl(?:y|ied|ication\w*)|claim\w*|request\w*|ask\w*|invoic\w+|bill\w*|submit\w*"
    r"|case|report|paper|letter|quote|quotation|tender|theft|fraud|stolen|refer(?:red)?)\b",
    re.IGNORECASE,
)
# What a price is led in by: `passes are £570 for`.
# matches: "passes are "  "at "  "fee of "    does not match: "made "
_PRICED = re.compile(
    r"\b(?:is|are|was|were|at|costs?|charg\w+|quot\w+|price[ds]?|fees?|tickets?|rent|hire|paid|pay"
    r"|pays|wants?|asks?)\s(?:of\s)?(?:\w+\s){0,2}\Z",
    re.IGNORECASE,
)


def purpose_of(sentence: Sentence, start: int, end: int) -> Offsets | None:
    """Return where the fund, body or service stands that a sum goes to; None where not clear.

    Args:
        sentence: The sentence of the sum.
        start: Where the sum begins, or the range of which it is an end.
        end: One past its end.

    Returns:
        Half-open offsets into the document's text, within the sentence, without the article.
    """
    size = _SIZE.match(sentence.text, end, sentence.stop)
    fund = fund_at(sentence, size.end()) if size else None
    return fund or _goes_to(sentence, start, end) or recipient_before(sentence, start)


def _goes_to(sentence: Sentence, start: int, end: int) -> Offsets | None:
    """Find `£500 to the Air Ambulance`, `£500 be moved into the Repairs Fund`."""
    text, stop = sentence.text, sentence.stop
    at, moved = end, False
    for _ in range(_STEPS):
        lead = _TO.match(text, at, stop)
        if lead:
            name = name_at(sentence, lead.end())
            if name and _ENDS.match(text, name[1], stop):
                return name if _is_given(sentence, start, lead["by"], moved) else None
        held = _IN.match(text, at, stop)
        if held:
            fund = fund_at(sentence, held.end())
            if fund and _ENDS.match(text, fund[1], stop):
                return fund
        verb = _MOVED.match(text, at, stop)
        following = verb.end() if verb else _past_detail(sentence, at)
        if following is None:
            return None
        at, moved = following, moved or bool(verb)
    return None


def _is_given(sentence: Sentence, start: int, by: str, moved: bool) -> bool:
    """Tell a gift or transfer from a bid, a bill, a price or a loss."""
    before = sentence.before(start, _BEFORE)
    if by == "for":
        return moved or not (_PRICED.search(before) or _NO_GIFT.search(before[-30:]))
    return not _ASKED.search(before[-60:]) and (moved or not _NO_GIFT.search(before[-60:]))


def _past_detail(sentence: Sentence, at: int) -> int | None:
    """Return where a phrase that begins at `at` and does not matter ends; None for none."""
    text, stop = sentence.text, sentence.stop
    detail = _DETAIL.match(text, at, stop)
    if detail:
        return detail.end()
    source = _FROM.match(text, at, stop)
    if not source:
        return None
    if source["plain"]:
        return source.end()
    name = name_at(sentence, source.end())
    return name[1] if name else None
