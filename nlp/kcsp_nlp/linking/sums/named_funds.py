"""Named funds, services and bodies that a sum of money may be for: where they stand."""

from __future__ import annotations

import re

from kcsp_nlp.linking.sums.sentences import Offsets, Sentence

_LONGEST_NAME = 80
_NAMES_BEFORE = 2  # mentions before a sum that may be who gets it

# matches: Repairs Fund  Youth Offending Service  Reserve for Elections    does not match: the fund
_NAMED = re.compile(
    r"(?:[A-Z][\w'’&.-]{0,24}\s{1,3}(?:(?:and|of|&)\s{1,3})?){1,6}"
    r"(?P<head>Fund|Reserves?|Appeal|Services?|Scheme|Programme|Project|Initiative|Hub|Helpline"
    r"|Refuge|Centre|Pathway|Partnership|Forum|Trust)(?![\w-])"
)
# Words that begin a sentence, not a name.
# matches: "The Capital Fund"    does not match: "Thetford Capital Fund"
_NO_NAME = re.compile(
    r"(?:The|This|That|Our|Their|His|Her|All|Any|Each|An?|Its|From|In|For|To|If|When|Of|Under)\s"
)


def name_at(sentence: Sentence, at: int) -> Offsets | None:
    """Return the body, fund or service whose name begins at `at`; None where none does."""
    index = sentence.index(at)
    span = sentence.spans[index] if index < len(sentence.spans) else None
    ends = []
    if span and span.start == at and span.label == "ORG" and span.end <= sentence.stop:
        ends.append(span.end)
    named = _NAMED.match(sentence.text, at, min(sentence.stop, at + _LONGEST_NAME))
    if named and not _NO_NAME.match(named[0]):
        ends.append(named.end())
    return (at, max(ends)) if ends else None


def fund_at(sentence: Sentence, at: int) -> Offsets | None:
    """Return the named fund or reserve that begins at `at`; None where none does."""
    named = _NAMED.match(sentence.text, at, min(sentence.stop, at + _LONGEST_NAME))
    if not named or _NO_NAME.match(named[0]):
        return None
    return named.span() if named["head"] in ("Fund", "Reserve", "Appeal") else None


def bodies_before(sentence: Sentence, at: int) -> list[Offsets]:
    """Return the bodies among the last mentions before `at`, nearest first."""
    index = sentence.index(at)
    return [
        (span.start, span.end)
        for span in reversed(sentence.spans[max(0, index - _NAMES_BEFORE) : index])
        if span.label == "ORG" and sentence.begin <= span.start and span.end <= at
    ]


def fund_before(sentence: Sentence, at: int, reach: int) -> Offsets | None:
    """Return the last named fund or service within `reach` characters before `at`."""
    found = None
    for match in _NAMED.finditer(sentence.text, max(sentence.begin, at - reach), at):
        lead = _NO_NAME.match(match[0])
        name = match[0][lead.end() :] if lead else match[0]
        found = (match.end() - len(name), match.end()) if name != match["head"] else None
    return found
