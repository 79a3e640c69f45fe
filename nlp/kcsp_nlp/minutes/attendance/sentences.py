"""Sentences about who was there: "Apologies were received from Mr B Ash and Ms D Cole"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from kcsp_nlp.minutes.attendance.layout import Layout, is_prose, opens_with_person
from kcsp_nlp.minutes.attendance.stretches import Stretch
from kcsp_nlp.minutes.lines import Line
from kcsp_nlp.minutes.people import plain, words

# "Apologies for absence were received from " but not "Apologies: none".
_REPORTED = re.compile(
    r"\b(?:apolog(?:y|ies)|absence|regrets)\b[^.;:()\n]{0,90}?\b(?:from|on behalf of|by)\s"
    r"(?!(?:the )?(?:absence|non|last|previous|meeting)\b)",
    re.IGNORECASE,
)
# "Submitted on behalf of ", "were received from " at the beginning; not "Received with thanks".
_LED = re.compile(
    r"\s*+(?:(?:were |had been |have been )?"
    r"(?:received|submitted|accepted|noted|sent|given|tendered|recorded)\b"
    r"[^.;:\n]{0,40}?\b(?:from|on behalf of|by|for)|from|on behalf of)\s",
    re.IGNORECASE,
)
# ". The", ".  24" end a sentence; "p.m." does not.
_STOP = re.compile(r"[.!?](?=\s+[^\W_a-z])")
# "Mr" at the end of "for Mr", and nothing behind "for ".
_LAST_WORD = re.compile(r"[^\s(]*\Z")
_MAX_SENTENCE = 1500
_MAX_LINE = 4000
_MAX_LINES = 14
_LEAD = 200
_AHEAD = 300
_SHORT = 4


def reported_apologies(lines: Sequence[Line], layout: Layout) -> Iterator[Stretch]:
    """Find apologies that a sentence reports.

    Args:
        lines: The lines of one part.
        layout: Of the document.

    Yields:
        One stretch for each sentence, from the first name to the sentence's end.
    """
    for index, line in enumerate(lines):
        if "apolog" not in line.text[:_MAX_LINE].lower():
            continue
        text = _paragraph(lines[index : index + _MAX_LINES], layout)
        match = _REPORTED.search(text, 0, min(len(line.text), _MAX_LINE) + _LEAD)
        if match and match.start() < len(line.text):
            end = sentence_end(text, match.end(), match.end() + _MAX_SENTENCE)
            yield Stretch(line.start + match.end(), text[match.end() : end], "apologies")


def _paragraph(lines: Sequence[Line], layout: Layout) -> str:
    """Join a line with those of its paragraph behind it, offsets kept."""
    pieces = [lines[0].text]
    end = lines[0].end
    for line in lines[1:]:
        if not line.stripped:
            if layout.double_spaced:
                continue
            break
        pieces.append("\x1f" * (line.start - end) + line.text)
        end = line.end
    return "".join(pieces)


def cut_to_people(text: str, *, sentences: bool) -> Iterator[tuple[int, str]]:
    """Cut a stretch into what lists people: sentences that tell something else are left out.

    Args:
        text: The stretch.
        sentences: Whether every sentence stands alone; else a full stop inside a list is
            taken for an abbreviation unless running text follows it.

    Yields:
        Where each piece begins in `text`, and the piece.
    """
    at = 0
    while at < len(text):
        end = sentence_end(text, at, len(text))
        while not sentences and end < len(text) and not _tells(text[end + 1 : end + _AHEAD]):
            end = sentence_end(text, end + 1, len(text))
        piece = text[at:end]
        led = _REPORTED.search(piece, 0, _LEAD) or _LED.match(piece)
        if led:
            yield at + led.end(), piece[led.end() :]
        elif (at == 0 and not sentences) or _lists(piece, first=at == 0):
            yield at, piece
        at = end + 1


def _lists(piece: str, *, first: bool) -> bool:
    return not _tells(piece) and (first or opens_with_person(piece))


def _tells(piece: str) -> bool:
    return is_prose(piece.strip().split("\n", 1)[0])


def sentence_end(text: str, start: int, limit: int) -> int:
    """Return where the sentence that begins at `start` ends, its full stop left out."""
    for match in _STOP.finditer(text, start, min(limit, len(text))):
        if ends_sentence(text, start, match.start()):
            return match.start()
    return min(limit, len(text))
