"""Decisions in few words: "Business case supported.", ": OBJECT, too tall", "by 4 votes to 2"."""

from __future__ import annotations

import re
from functools import cache

from kcsp_nlp.minutes.statements import vocabulary
from kcsp_nlp.minutes.statements.speech import is_reported

# What a council says of a planning application, or of a bid: ": OBJECT, too tall", ": approved",
# ": AGREED at £90"; not ": objections had come", ": approved by Highways".
_VERDICT = re.compile(
    r"(?:^|(?<=[:/.]\s)|(?<=[–—-]\s))(?P<comment>(?:(?:NO\s+)?OBJECT(?:IONS?)?|SUPPORT(?:ED)?)(?![\w-]|\s*[A-Z])"
    r"|[Oo]bject(?=[.,:;]|\s+(?:on|to|as|because)\b|$))"
    r"|:\s+(?:approved|agreed|adopted|deferred|carried|APPROVED|AGREED|DEFERRED|REFUSED)\b"
    r"(?=[.,;]|$|\s+(?:at|as|subject|until|to|for)\b)"
)
# "He could not come, and this was accepted."; not "this was accepted by Highways".
_AND_THIS = re.compile(
    r"\b(?:and|which)\s+(?:this\s+|that\s+)?was\s+(?:unanimously\s+)?(?:agreed|accepted|approved)"
    r"(?:\s+unanimously)?[.\s]*$"
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
    verdict = _VERDICT.search(text, start, end)
    if verdict is not None and not is_reported(text, start, verdict.start()):
        return verdict.start() if verdict["comment"] else start, verdict.end()
    agreed = _AND_THIS.search(text, start, end)
    if agreed is not None:
        return start, end
    for hit in (_telegraphic().match(text, start, end), _VOTES.search(text, start, end)):
        if hit is not None and not is_reported(text, start, hit.end()):
            return start, hit.end()
    return None


@cache
def _telegraphic() -> re.Pattern[str]:
    # "Business case supported.", "lathe, £480, AGREED"; not "Dr Keane agreed".
    return re.compile(
        rf"(?:[^\s.]+\s+){{0,10}}?{vocabulary.either('matters')}\s+"
        r"(?:agreed|approved|endorsed|adopted|supported|accepted|noted|ratified|carried)\b"
        r"(?=[.,;:]|$|\s+(?:unanimously|with|as|by|subject|unamended|for|to|on)\b)"
        r"|[^.]{3,200}?(?-i:,\s+(?:AGREED|APPROVED|REFUSED|DEFERRED)\b)",
        re.IGNORECASE,
    )
