"""Labels that note an action: "Action:", "ACTION 3 –", "Action (KN):", "To do:", "AP4"."""

from __future__ import annotations

import re
from dataclasses import dataclass

from kcsp_nlp.minutes.statements import owners, vocabulary

# "ACTION 3 –", "Action 19/21:", "CAMAU / ACTION –", "(Action: ", "ACTION Tina", "ACTION 4 Tina",
# "To do:", "For action:", "AP4 ", "A2.3 "; not "ACTION LOG", "Action plans", "To do so".
_LABEL = re.compile(
    r"[(\[\s]*+(?:[A-Za-z]{4,12}\s*+/\s*+)?"
    r"(?:(?:ACTIONS?|Actions?)(?:\s+(?:[Pp]oints?|POINTS?|[Bb]y|BY|[Rr]ef|REF|[Nn]o|NO|outstanding))?"
    r"\.?(?:\s++[A-Z]{0,4}\d[\w/.]*)?\s*+(?:[:–—]|-(?=\s))\s*+"
    r"|ACTION\s+(?:\d{1,3}\s+)?(?!LOG|PLAN|POINTS?|TRACKER|NOTES|ITEMS?|SUMMARY|TABLE|SHEET|LIST|REGISTER)(?=[A-Z])|Owner\s+(?=[A-Z])"
    r"|(?:To\s+do|TO\s+DO|(?:To|For)\s+action)\s*[:–—]\s*"
    r"|(?:AP\s?\d{1,3}|A\d{1,2}\.\d{1,2})[.:)]?\s+(?=[A-Z]))"
)
# The same with its owners: "Action (KN): ", "ACTION 3 [Clerk] – ", "Action for KN: ",
# "Action Clerk: ", "Action KN write"; not "Action (see above)", "Action plan: ", "ACTION BY: ",
# "Actions KN write".
_OWNED = re.compile(
    r"[(\[\s]*+(?:ACTION|Action)(?P<plural>[Ss])?(?:\s+[A-Z]{0,4}\d[\w/.]*)?"
    r"(?:\s*+[(\[](?P<bracketed>[^()\[\]\n]{2,60})[)\]]\s*+(?:[:–—-]\s*+|(?=[A-Z]))"
    r"|\s++(?!(?i:by|no|ref|log|officers?|owners?|leads?|managers?)\s*+[:–—])(?:"
    r"(?P<for>(?:for|by)\s++)?(?P<named>(?:(?:Cllr|Mr|Mrs|Ms|Dr)\.\s)?(?!\s)[^:;.\n–—]{2,60}?)"
    r"\s*+[:–—]\s*+"
    r"|(?(plural)(?!))(?P<initials>[A-Z]{2,4}(?:\s?[/,&]\s?[A-Z]{2,4}){0,3})\s++"
    r"(?=(?P<verb>[a-z-]+))(?!(?:and|to|with)\b)"
    r"))(?=\S)"
)
# Behind initials: "is to", "are to"; not "is ill".
_IS_TO = re.compile(r"(?:is|are)\s+to\b")


@dataclass(frozen=True, slots=True)
class Label:
    """What notes an action.

    Attributes:
        end: One past the label's last code point, in the text that was searched.
        owners: Who is to act where the label itself says so; empty otherwise.
    """

    end: int
    owners: tuple[str, ...] = ()


def read_label(text: str, start: int, end: int) -> Label | None:
    """Return the label that opens `text[start:end]`; None where none does."""
    owned = _OWNED.match(text, start, end)
    if owned is not None and _opens_deed(text, owned, end):
        held = owned["bracketed"] or owned["named"] or owned["initials"]
        who = owners.alone(held)
        is_sure = owned["for"] or not owned["named"]
        if who and (is_sure or owners.is_personal(held, frozenset())):
            return Label(owned.end(), who)
    label = _LABEL.match(text, start, end)
    return Label(label.end()) if label is not None else None


def _opens_deed(text: str, owned: re.Match[str], end: int) -> bool:
    """Say whether initials without a colon stand before what is to be done: not "NHS funding"."""
    if not owned["initials"]:
        return True
    return vocabulary.is_deed(owned["verb"]) or _IS_TO.match(text, owned.end(), end) is not None
