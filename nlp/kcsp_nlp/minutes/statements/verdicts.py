"""Decisions in few words: "Business case supported.", ": OBJECT, too tall", "by 4 votes to 2"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from kcsp_nlp.minutes.statements import vocabulary
from kcsp_nlp.minutes.statements.speech import is_reported

# What a council says of a planning application, or of a bid: ": OBJECT, too tall", ": approved",
# ": AGREED at £90", "freezer, £90 – agreed (KN left)", "Accounts - Agreed";
# not ": objections had come", ": approved by Highways".
_VERDICT = re.compile(
    r"(?:^|(?<=[:/.]\s)|(?<=[–—-]\s))(?P<comment>(?:(?:NO\s+)?OBJECT(?:IONS?)?|SUPPORT(?:ED)?)(?![\w-]|\s*[A-Z])"
    r"|[Oo]bject(?=[.,:;]|\s+(?:on|to|as|because)\b|$))"
    r"|(?::|\s[–—-])\s+(?:approved|agreed|adopted|deferred|carried|APPROVED|AGREED|DEFERRED|REFUSED)\b"
    r"(?=[.,;]|$|\s+\(|\s+(?:at|as|subject|until|to|for|unanimously)\b)"
    r"|\s[–—-]\s+(?:Agreed|Approved|Adopted|Accepted|ADOPTED|ACCEPTED)$"
)
# "He could not come, and this was accepted."; not "this was accepted by Highways".
_AND_THIS = re.compile(
    r"\b(?:and|which)\s+(?:this\s+|that\s+)?was\s+(?:unanimously\s+)?(?:agreed|accepted|approved)"
    r"(?:\s+unanimously)?[.\s]*$"
)
# Opens what another body decided: "Decisions of the district: "; not "Decision making was".
_NOTIFIED = re.compile(r"(?:[Pp]lanning\s+)?[Dd]ecisions\b[^.:]{0,60}:")
# Behind a deciding word, of what was decided before: " by the Board in May 2015", " at the last
# meeting"; not " by the Board", " for 2015".
_EARLIER = re.compile(
    r"\s+(?:by\s[^.;]{2,60}?\s)?(?:in|on|at)\s+(?:(?:the|its|our|their)\s+(?:last|previous|earlier)\b"
    r"|(?:\d{1,2}\w{0,2}\s+)?(?:[A-Z]\w{2,8}\s+)?(?:19|20)\d\d\b)"
)
# "by four votes to two"; not "by 2 to 4 weeks".
_VOTES = re.compile(
    r"(?<!it\swas\s)\bby\s+(?:a\s+majority\s+of\s+)?(?:\d{1,3}|[a-z]{3,8})\s+votes?\s+to\s+(?:\d{1,3}|[a-z]{2,8})\b"
)


def find_verdict(text: str, start: int, end: int) -> tuple[int, int] | None:
    """Return where the decision in a sentence begins and its last deciding word ends.

    Args:
        text: The document's text.
        start: Where the sentence begins.
        end: Where it ends.

    Returns:
        Offsets into `text`; None where the sentence holds no such decision.
    """
    if _NOTIFIED.match(text, start, end):
        return None
    verdict = _VERDICT.search(text, start, end)
    if verdict is not None and not is_reported(text, start, verdict.start()):
        return verdict.start() if verdict["comment"] else start, verdict.end()
    agreed = _AND_THIS.search(text, start, end)
    if agreed is not None:
        return start, end
    for hit in _short_hits(text, start, end):
        if not is_reported(text, start, hit.end()) and not is_earlier(text, hit.end(), end):
            return start, hit.end()
    return None


def is_earlier(text: str, at: int, end: int) -> bool:
    """Say whether a deciding word that ends at `at` speaks of an earlier meeting."""
    return _EARLIER.match(text, at, end) is not None


def _short_hits(text: str, start: int, end: int) -> Iterator[re.Match[str]]:
    for hit in (_telegraphic().match(text, start, end), _VOTES.search(text, start, end)):
        if hit is not None:
            yield hit


@cache
def _telegraphic() -> re.Pattern[str]:
    # "Business case supported.", "lathe, £480, AGREED"; not "Dr Keane agreed".
    return re.compile(
        rf"(?:[^\s.]+\s+){{0,10}}?{vocabulary.either('matters')}\s+"
        r"(?:agreed|approved|endorsed|adopted|supported|accepted|noted|ratified|carried"
        r"|passed(?=[.,;:]|$|\s+unan))\b"
        r"(?=[.,;:]|$|\s+(?:unanimously|with|as|by|subject|unamended|for|to|on)\b)"
        r"|[^.]{3,200}?(?-i:,\s+(?:AGREED|APPROVED|REFUSED|DEFERRED)\b)",
        re.IGNORECASE,
    )
