"""Sentences about who was there: "Apologies were received from Mr B Ash and Ms D Cole"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from kcsp_nlp.minutes.attendance_entries import Stretch
from kcsp_nlp.minutes.attendance_layout import Layout, is_prose, opens_with_person
from kcsp_nlp.minutes.lines import Line
from kcsp_nlp.minutes.people import plain, words

# "Apologies for absence were received from " but not "Apologies: none".
_REPORTED = re.compile(
    r"\b(?:apolog(?:y|ies)|absence|regrets)\b[^.;:()\n]{0,90}?\b(?:from|on behalf of|by)\s+"
    r"(?!(?:the )?(?:absence|non|last|previous|meeting)\b)",
    re.IGNORECASE,
)
# "Submitted on behalf of ", "Received from " at the beginning.
_LED = re.compile(
    r"\s*(?:(?:were |had been |have been )?(?:received|submitted|accepted|noted|sent|given|tendered|recorded)\b"
    r"[^.;:\n]{0,40}?\b(?:from|on behalf of|by|for)|from|on behalf of)\s+",
    re.IGNORECASE,
)
_STOP = re.compile(r"[.!?](?=[\s\x1f]+[^\W_a-z])")
_MAX_SENTENCE = 1500


def reported_apologies(lines: Sequence[Line], layout: Layout) -> Iterator[Stretch]:
    """Find apologies that a sentence reports.

    Args:
        lines: The lines of one part.
        layout: Of the document.

    Yields:
        One stretch for each sentence, from the first name to the sentence's end.
    """
    for index, line in enumerate(lines):
        lowered = line.text[:4000].lower()
        if "apolog" not in lowered:
            continue
        match = _REPORTED.search(line.text, 0, 4000)
        own = [(line, 0)]
        for before, after in zip(lines[index:], lines[index + 1 : index + 14], strict=False):
            if not after.stripped and not layout.double_spaced:
                break
            if after.stripped:
                own.append((after, 0))
        text = line.text + "".join(
            "\x1f" * (b.start - a.end) + b.text
            for (a, _), (b, _) in zip(own, own[1:], strict=False)
        )
        match = _REPORTED.search(text, 0, len(line.text[:4000]) + 120)
        if match and match.start() < len(line.text):
            end = sentence_end(text, match.end(), match.end() + _MAX_SENTENCE)
            yield Stretch(line.start + match.end(), text[match.end() : end], "apologies")


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
        while not sentences and end < len(text) and not is_prose(text[end + 1 : end + 300].strip()):
            end = sentence_end(text, end + 1, len(text))
        piece = text[at:end]
        led = _REPORTED.search(piece[:200]) or _LED.match(piece)
        if led:
            yield at + led.end(), piece[led.end() :]
        elif not is_prose(piece.strip().split("\n", 1)[0]) and (
            at == 0 or opens_with_person(piece)
        ):
            yield at, piece
        at = end + 1


def sentence_end(text: str, start: int, limit: int) -> int:
    """Return where the sentence that begins at `start` ends, its full stop left out."""
    lists = words()
    for match in _STOP.finditer(text, start, limit):
        before = re.search(r"[^\s\x1f(]*\Z", text[max(start, match.start() - 20) : match.start()])
        token = before[0] if before else ""
        short = len(token) <= 2 or token.isupper() or "." in token
        known = plain(token) in lists.honorifics or plain(token) in lists.ranks
        known = known or plain(token) in lists.councillors or plain(token) in lists.rank_prefixes
        if not (known or (short and len(token) < 4)):
            return match.start()
    return min(limit, len(text))
