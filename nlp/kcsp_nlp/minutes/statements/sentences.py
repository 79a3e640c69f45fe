"""Sentences of minutes, with offsets into the document's text."""

from __future__ import annotations

import re

from kcsp_nlp.minutes.statements import vocabulary

# Where a sentence may end: ". The", "?” He"; not "p.m. by".
_STOP = re.compile(r"(?<![.!?])[.!?]+[\"'”’)\]]*\s+(?=[\"'“‘(\[]*(?:[A-Z0-9£€>→•▪●À-Þ]|[a-z]\)\s))")
# Right before a full stop: "Cllr", "p.m"; not "Cllr ".
_LAST_WORD = re.compile(r"[\w.]+$")


def sentences(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """Cut `text[start:end]` into sentences; white space between them belongs to none.

    Full stops after honorifics, initials, `No.` before a figure and the like end nothing.
    """
    found: list[tuple[int, int]] = []
    at = start
    for stop in _STOP.finditer(text, start, end):
        if not _is_abbreviation(text, at, stop):
            found.append((at, at + len(text[at : stop.end()].rstrip())))
            at = stop.end()
    if at < end:
        found.append((at, end))
    return found


def _is_abbreviation(text: str, start: int, stop: re.Match[str]) -> bool:
    if text[stop.start()] != ".":
        return False
    word = _LAST_WORD.search(text, max(start, stop.start() - 12), stop.start())
    if word is None:
        return False
    last = word[0].rsplit(".", 1)[-1]
    if len(last) == 1 and last.isupper() and stop[0].strip() == ".":
        return True
    if last in {"No", "Nos", "no", "nos", "p", "pp"}:
        return text[stop.end()].isdigit()
    return last.lower() in vocabulary.words("abbreviations")
