"""Whether a stretch of minutes holds business, or only words around a resolution."""

from __future__ import annotations

import re

from kcsp_nlp.minutes.items.wording import has_verb, is_closing
from kcsp_nlp.minutes.statements.sentences import sentences

# What is said around a resolution: grounds, who left, markings, what closes a meeting.
_AROUND = re.compile(
    r"\b(?:press|public|exempt|schedule\s+\d|paragraphs?\s+\d|section\s+\d|disclos\w+|confidential|restricted|reporters?"
    r"|left|leav(?:e|es|ing)|withdr[ae]w\w*|recording|stream\w*|webcast|exclu\w+|(?:re-?)?admi\w+|(?:re-?)?joined"
    r"|meeting\s+(?:was\s+)?(?:closed|ended|concluded|finished)|chair(?:man|person)?\s+(?:closed|thanked|declared)"
    r"|terminated|next\s+meeting|session|in\s+private|proposed|seconded|signed|carried|no\s+further\s+business)\b",
    re.IGNORECASE,
)
# Decides or says something, in whatever letters: "RESOLVED - That Heads of Terms be approved".
_DEED = re.compile(r"\b(?:resolved|agreed|noted|approved|decided)\b", re.IGNORECASE)
_WORD = re.compile(r"[^\W\d_]{2,}")
_FEWEST = 3  # words of a sentence that says something: "It was noted"
_LONGEST = 20_000  # code points that are looked at: more of them is business


def holds_business(text: str, start: int, end: int) -> bool:
    """Whether something was reported or decided in a stretch of text.

    Args:
        text: Of the document, marks blanked.
        start: First code point of the stretch.
        end: One past the last; no code points are no business.
    """
    if end - start > _LONGEST:
        return True
    for paragraph in re.finditer(r"[^\n]+(?:\n[ \t]*[^\s][^\n]*)*", text[start:end]):
        if is_closing(paragraph[0]):
            return False
        low = start + paragraph.start()
        if any(_says(text[a:b]) for a, b in sentences(text, low, start + paragraph.end())):
            return True
    return False


def _says(sentence: str) -> bool:
    if _AROUND.search(sentence):
        return False
    return len(_WORD.findall(sentence)) >= _FEWEST and bool(
        _DEED.search(sentence) or has_verb(sentence)
    )
