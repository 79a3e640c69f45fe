"""Sentences about who was there: "Apologies were received from Mr B Ash and Ms D Cole"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from kcsp_nlp.minutes.attendance.layout import (
    Layout,
    before_name,
    is_prose,
    opens_with_person,
)
from kcsp_nlp.minutes.attendance.prose import by_body, opens_by_body
from kcsp_nlp.minutes.attendance.stops import sentence_end
from kcsp_nlp.minutes.attendance.stretches import Stretch
from kcsp_nlp.minutes.lines import Line
from kcsp_nlp.minutes.people.names import parse_name
from kcsp_nlp.records import Status

# "Apologies for absence were received from " but not "Apologies: none".
_REPORTED = re.compile(
    r"\b(?:apolog(?:y|ies)|absence|regrets)\b[^.;:()\n]{0,90}?\b(?:from|on behalf of|by"
    r"|(?:reported|recorded|noted|received|intimated) for)\s"
    r"(?!(?:the )?(?:absence|non|last|previous|meeting)\b)",
    re.IGNORECASE,
)
# "Submitted on behalf of ", "were received from " at the beginning; not "Received with thanks".
_LED = re.compile(
    r"\s*+(?:(?:were |had been |have been )?"
    r"(?:received|submitted|accepted|noted|sent|given|tendered|recorded)\b"
    r"[^.;:\n]{0,40}?\b(?:from|on behalf of|by|for)|from|on behalf of"
    r"|(?:these|they|apologies)\s(?:had|have)\s[^.;:\n]{0,30}?\bfrom)\s",
    re.IGNORECASE,
)
# "had sent his apologies", "could not join" behind who did; not "apologised for being late".
_EXCUSED = re.compile(
    r"[\s,](?:ha(?:d|ve|s)\s)?(?:also\s)?(?:(?:sent|gave|given|tendered|submitted|offered|conveyed)"
    r"\s(?:his\s|her\s|their\s|in\s)?(?:apolog|regrets)|could(?:\snot|n't)\s(?:attend|join|be|come|make)"
    r"|(?:was|were|is|are)\s(?:unable|not\sable)\sto|cannot\s(?:attend|join|be|come|make)"
    r"|apologised\sfor\s(?:his\s|her\s|their\s)?(?:absence|not|non))"
)
# "took the chair", "in the Chair" at the end of a sentence; not "Chair of Governors".
_CHAIRED = re.compile(
    r"[\s,](?:(?:was\s|presided\s)?in\sthe\schair|took\sthe\schair|presided)(?=\sat\sthe|[\s.]*\Z)",
    re.IGNORECASE,
)
# "Also present were ", "In attendance was " before people; not "present were".
_WERE = re.compile(
    r"\s*(?:There (?:were|was) )?(?:(?P<also>[Aa]lso (?:present|in attendance|there|attending)"
    r"|[Ii]n attendance|[Pp]resent also|Also(?=\s[A-Z]))|(?:Those )?[Pp]resent)"
    r"(?: at the meeting)?(?P<verb>(?: were| was)(?: also)?)?:?\s"
)
# "There attended, " before people or their bodies; not "There attended a crowd".
_ATTENDED = re.compile(r"\s*There (?:also )?(?:attended|came|met)(?:[,:]|(?=\s[A-Z]))\s?")
# "Notes by ", "Minutes taken by " before a name; not "Minutes of".
_TAKEN_BY = re.compile(r"\s*(?:[Mm]inutes|[Nn]otes)(?: were)?(?: taken| written| kept)? by:?\s")
# "there were present: " inside a sentence; not "there were presents".
_THERE_WERE = re.compile(r"\b(?:there|at which) (?:were|was) present[:,]?\s")
# "In the chair was " and "around the table were " before people; not "the table was laid".
_CHAIR_WAS = re.compile(r"\s*In the [Cc]hair (?:was|were)[:,]?\s")
_ROUND = re.compile(r"[,\s](?:and,?\s)?(?:a?round|at) the table (?:were|was)[:,]?\s")
# "chaired by " before who took the chair; not "chaired by rotation".
_CHAIRED_BY = re.compile(r"\b(?:chaired|presided over) by\s(?:the\s)?(?=[A-Z])")
# "attended the meeting", "were absent" behind who it is said of; not "attended the fête".
_TOLD: tuple[tuple[Status, re.Pattern[str]], ...] = (
    (
        "absent",
        re.compile(
            r"[\s,](?:was|were)\s(?:also\s)?(?:not\s(?:present|in\sattendance|there)|absent)\b"
        ),
    ),
    ("apologies", _EXCUSED),
    (
        "in_attendance",
        re.compile(
            r"[\s,](?:(?:was|were)\s(?:also\s(?:present|in\sattendance)|in\sattendance)"
            r"|(?:also\s)?attended"
            r"(?=\s+(?:the|this)\s(?:\w+\s)?meeting|\s+(?:for|as|by|until|remotely)\b|[\s.]*\Z))"
        ),
    ),
    ("present", re.compile(r"[\s,](?:was|were)\spresent\b")),
    (
        "in_attendance",
        re.compile(
            r"[\s,](?:took|wrote|kept|typed)\s(?:up\s)?(?:the\s|these\s)?(?:notes|minutes)\b"
        ),
    ),
)
# "Minutes: ", "Minutes taken by " at a line's beginning; not "Minutes of" or "Minutes - 4 May".
_TAKEN = re.compile(
    r"\W*(?:minutes|notes)(?: were)?(?::| (?:taken|recorded|prepared|produced|written) by:?)\s",
    re.IGNORECASE,
)
# "Officers: ", "Who could not come? " open another paragraph; "at 7.30: " does not.
_LABEL = re.compile(r"\W*[A-Z][^.,;:?\n]{2,40}[:?](?:[\s–—-]|\Z)")
# "Ann Lee (Lamp Trust)" ends an entry; "Ann Lee (Chair)," does not.
_ENTRY_END = re.compile(r"\)\s*\Z")
# "Accepted on the proposal of Cllr Ash" but not "Acland".
_DEALT_WITH = re.compile(r"\s*(?:Accepted|Received|Noted|Approved|Agreed|Recorded|Given)\b")
_MAX_SENTENCE = 1500
_MAX_LINE = 4000
_MAX_LINES = 14
_LEAD = 200
_AHEAD = 300


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


def told_attendance(lines: Sequence[Line], layout: Layout) -> Iterator[Stretch]:
    """Find sentences that open with people and then say that they were there, or not.

    Args:
        lines: The lines of one part.
        layout: Of the document.

    Yields:
        One stretch for each sentence, up to what it says: "Mr Ash and Ms Cole| also attended".
    """
    after = 0
    for index, line in enumerate(lines):
        if line.start < after or not line.stripped or line.is_table_row:
            continue
        text = _paragraph(lines[index : index + _MAX_LINES], layout)[:_MAX_LINE]
        after = line.start + len(text)
        at = 0
        while at < len(text):
            end = sentence_end(text, at, len(text))
            inside = at > 0 and "polog" not in text[:at].lower()
            told = list(_chaired(text[at:end], line.start + at))
            stretch = _told(text[at:end], line.start + at, inside=inside)
            if stretch and not told:
                yield from by_body(stretch)
            yield from told
            at = end + 1


def _chaired(sentence: str, start: int) -> Iterator[Stretch]:
    """Read "In the chair was Mr Ash and around the table were Ms Cole and Cllr Orr"."""
    chair = _CHAIR_WAS.match(sentence)
    if (
        chair is None
        or len(sentence) > _MAX_SENTENCE
        or not _opens_with_name(sentence[chair.end() :])
    ):
        return
    others = _ROUND.search(sentence, chair.end())
    end = others.start() if others else len(sentence)
    yield Stretch(start + chair.end(), sentence[chair.end() : end], "present", "Chair")
    if others and _opens_list(sentence[others.end() :]):
        yield Stretch(start + others.end(), sentence[others.end() :], "present")


def _told(sentence: str, start: int, *, inside: bool) -> Stretch | None:
    """Return the people of "Mr Ash and Ms Cole were also present"; None for none."""
    if len(sentence) > _MAX_SENTENCE:
        return None
    announced = _announced(sentence, start, inside=inside)
    if announced or not _opens_with_name(sentence):
        return announced
    chaired = _CHAIRED.search(sentence)
    if chaired and not is_prose(sentence[: chaired.start()].strip()):
        return Stretch(start, sentence[: chaired.start()], "present", "Chair")
    for status, pattern in _TOLD:
        match = pattern.search(sentence)
        people = sentence[: match.start()] if match else ""
        if people and not is_prose(people.strip()):
            return Stretch(start, people, status)
    return None


def _announced(sentence: str, start: int, *, inside: bool) -> Stretch | None:
    """Return the people of "Also present were Mr Ash" and of "chaired by Mr Ash"."""
    spaced = sentence.replace("\x1f", " ")
    attended = _ATTENDED.match(spaced)
    if attended:
        people = sentence[attended.end() :]
        if opens_by_body(spaced[attended.end() :]) or _opens_list(people):
            return Stretch(start + attended.end(), people, "present")
    taken = _TAKEN_BY.match(spaced)
    if taken and _opens_with_name(sentence[taken.end() :]):
        return Stretch(start + taken.end(), sentence[taken.end() :][:_AHEAD], "in_attendance")
    were = _WERE.match(spaced)
    if were and (were["verb"] or inside) and _opens_list(sentence[were.end() :]):
        status: Status = "in_attendance" if were["also"] else "present"
        return Stretch(start + were.end(), sentence[were.end() :], status)
    there = _THERE_WERE.search(spaced)
    if there and _opens_with_name(sentence[there.end() :]):
        return Stretch(start + there.end(), sentence[there.end() :], "present")
    by = _CHAIRED_BY.search(spaced)
    name = parse_name(sentence, by.end(), min(len(sentence), by.end() + _LEAD)) if by else None
    if by and name and name.size > 1:
        return Stretch(start + by.end(), sentence[by.end() : name.end], "present", "Chair")
    return None


def minutes_taken(lines: Sequence[Line]) -> Iterator[Stretch]:
    """Find who took the minutes, where lines like "Minutes: Ann Lee, Clerk" say so."""
    for line in lines:
        match = _TAKEN.match(line.text)
        text = line.text[match.end() :][:_AHEAD] if match else ""
        if match and _opens_with_name(text) and not is_prose(text):
            yield Stretch(line.start + match.end(), text, "in_attendance")


def apologies_from(text: str) -> int | None:
    """Return where those begin whose apologies a line opens by reporting; None for none."""
    match = _REPORTED.search(text, 0, _LEAD)
    if match is None or len(text[: match.start()].split()) > 1:
        return None
    return match.end() if _opens_with_name(text[match.end() :]) else None


def is_excused(text: str) -> bool:
    """Tell whether a sentence opens with a person and then says that he could not come."""
    return _opens_with_name(text[:_MAX_SENTENCE]) and bool(_EXCUSED.search(text, 0, _AHEAD))


def _opens_with_name(sentence: str) -> bool:
    name = parse_name(sentence, before_name(sentence), min(len(sentence), _AHEAD))
    return name is not None and (name.titled or name.size > 1)


def _opens_list(sentence: str) -> bool:
    """Whether a sentence goes on with people: "Mr Ash", "the Chairman (Mr Ash)"."""
    bare = sentence.lstrip().removeprefix("the ")
    return _opens_with_name(sentence) or opens_with_person(bare)


def _paragraph(lines: Sequence[Line], layout: Layout) -> str:
    """Join a line with those of its paragraph behind it, offsets kept."""
    pieces = [lines[0].text]
    end = lines[0].end
    for line in lines[1:]:
        if not line.stripped:
            if layout.double_spaced:
                continue
            break
        were = _WERE.match(line.text)
        if _LABEL.match(line.text) or (were and were["verb"]):
            break
        if _ENTRY_END.search(pieces[-1]) and line.stripped[0].isupper():
            break  # one person a line is a list
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
        excused = _EXCUSED.search(piece) if sentences and not led else None
        if led and (at == 0 or sentences):
            yield at + led.end(), piece[led.end() :]
        elif excused and _opens_with_name(piece):
            yield at, piece[: excused.start()]
        elif led:
            pass  # apologies, which `reported_apologies` finds
        elif (at == 0 and not sentences) or _lists(piece, first=at == 0):
            yield at, piece
        at = end + 1


def _lists(piece: str, *, first: bool) -> bool:
    if _DEALT_WITH.match(piece):
        return False
    return not _tells(piece) and (first or opens_with_person(piece))


def _tells(piece: str) -> bool:
    return is_prose(piece.strip().split("\n", 1)[0])
