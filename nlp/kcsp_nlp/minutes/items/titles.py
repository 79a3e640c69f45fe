"""Where a heading's title begins and ends on its line, and the agenda code beside it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import islice

from kcsp_nlp.minutes.items.numbering import read_code
from kcsp_nlp.minutes.items.wording import has_verb, is_capitals, is_prose

# Longer than this, what follows a number is text that begins with a title.
_LONG = 90

# A link a page put beside its heading: '[¶](#h-1 "Permalink")'; not "[Item 3]".
_PERMALINK = re.compile(r"\[[¶#]?\]\([^)]{0,80}\)")

# A dash between a title and the text that follows on its line: "Police – Sgt Ash reported".
_DASH = re.compile(r"[ \t]+[–—-][ \t]+|[ \t]*:[ \t]+")

# What a date may follow in a title: "Date of next meeting"; not "Minutes".
_MEETING = re.compile(r"next|meeting", re.IGNORECASE)

# A date after a dash or colon: "Thursday 6th July", "19 Jan"; not "Month 12".
_DATE = re.compile(
    r"(?:(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*,?[ ]+)?\d{1,2}(?:st|nd|rd|th)?[ ]+"
    r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)|(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*day\b",
    re.IGNORECASE,
)

# Where text can begin after a title with nothing between: "Apologies Two had", "Report a) The".
_TEXT_BEGINS = re.compile(r"(?<=[\w.’'”)?])[ \t]+(?=[A-Z][\w’'-]*|\(?[a-z]\)[ \t])")

# A title in capitals with its text right behind: "DECLARATIONS OF INTEREST There were none",
# "LETTERS (a) From"; not "PSNI Update".
_CAPITALS_RUN = re.compile(
    r"[ \t]*[A-ZÀ-Þ][A-ZÀ-Þ’'&,/()–—-]*(?:[ \t]+[A-ZÀ-Þ&(–—-][A-ZÀ-Þ’'&,/()-]*)*"
    r"(?:[ \t]+NO\.[ ]?\d+)?(?=[ \t.]+[A-ZÀ-Þ](?:['’]?|[ ])[a-zß-ÿ]|[ \t]+\([a-z]{1,3}\)[ \t])"
)

# What the full stop of a sentence stands behind: "sent", "(away)", "2011"; not "St", "Cllr".
_ENDED = (
    r"(?:(?<=[\w)’'\"”]{3})|(?<=\d{2}))(?<!Cllr|Coun|Revd|Supt|Insp|Capt|Prof|Dept|Govt)"
    r"(?<!Cllrs|Assoc)"
)

# A title that a full stop parts from its text: "Petition. Presented by two", "Bins.Two were",
# "Notes of 4 May 2011. Signed"; not "St. Ann", "Cllr. Ann".
_STOPPED = re.compile(
    rf"[ \t]*[A-ZÀ-Þ][^.:;!?]{{3,60}}{_ENDED}\."
    r"(?:[ \t]+(?=\d)|(?<=[a-z]{3}\.)(?=\d)|[ \t]*(?=[\"'“‘(]?[A-ZÀ-Þ£]|\([a-z]{1,3}\)))"
)

# Where one sentence ends and another begins: "was sent. It", "(away). Agreed"; not "St. Ann".
_SENTENCES = re.compile(rf"{_ENDED}\.[ \t]+[A-ZÀ-Þ]")

# What was decided, behind a title: "Bins: Resolved: That", "MINUTES - AGREED"; not "Agreement",
# "Approved Premises".
_RULED = re.compile(
    r"it was (?:resolved|agreed|noted|decided|approved)\b"
    r"|(?:resolved|agreed|noted|decided|approved)\b"
    r"(?=\s*(?:[.:,;]|$)|\s+(?:[–—-]\s|(?:that|to|with|as|by|the|and|unanimously)\b))",
    re.IGNORECASE,
)

# Where a line breaks off inside a sentence, or a lettered text begins: "letters from", "(a) From";
# not "Strategy and Action Plan".
_BROKEN_OFF = re.compile(
    r"\s*\([a-z]{1,3}\)\s|.*\s(?:a|an|the|of|to|from|in|on|at|by|for|with|and|or|that)\s*\Z"
)

_MOST_DASHES = 4
_LEAST_CAPITALS = 6  # letters: fewer may be an acronym
_MANY_CAPITALS = 10  # of two words or more: no acronym


@dataclass(frozen=True)
class Title:
    """A title as read from one line.

    Attributes:
        text: Without markup, code and the text that follows it; white space runs as one space.
        code: Agenda code on the same line; None for none.
        is_bold: Whether the title stands in bold.
        has_text: Whether text follows the title on its line.
        is_field: Whether a colon parts it from that text: "Police: Sgt A".
        is_open: Whether the line ends inside bold: the title goes on on the next line.
    """

    text: str
    code: str | None = None
    is_bold: bool = False
    has_text: bool = False
    is_field: bool = False
    is_open: bool = False


def read_title(text: str, raw: str, position: int) -> Title:
    """Read the title that begins at `position`.

    Args:
        text: A line's text with marks blanked.
        raw: The same line with its marks.
        position: After the number, in both.
    """
    end, is_open = _bold_end(raw, position)
    bold = bool(text[position:end].strip())
    stop = end if bold else len(text)
    segment = _PERMALINK.sub("", text[position:stop])
    rest = text[stop:]
    code = None
    found = read_code(segment) or (read_code(rest[:40]) if bold else None)
    if found:
        code = found[0]
        if read_code(segment):
            rest = segment[found[2] :] + rest
            segment = segment[: found[1]]
        else:
            rest = rest[found[2] :]
    if not bold:
        segment, after = _cut(segment)
        rest = after + rest
    follows = rest.strip(" .:*_")
    # "**Minutes** (by Zoom)", "**Next** – 20 April": remarks on a title, not its text
    has_text = bool(follows) and not (bold and follows[0] in "(–—-[")
    is_field = bool(follows) and (segment.rstrip()[-1:] == ":" or rest.lstrip()[:1] == ":")
    return Title(_tidy(segment), code, bold, has_text, is_field, is_open)


def _tidy(segment: str) -> str:
    title = " ".join(segment.split()).strip(" :–—-|·*")
    if title.endswith(".") and "." not in title[:-1].split(" ")[-1]:
        title = title[:-1].rstrip()
    return title


def _bold_end(raw: str, position: int) -> tuple[int, bool]:
    """Where the bold that covers or opens at `position` ends, and whether it is left open."""
    marks = [match.start() for match in re.finditer(r"\*\*", raw)]
    end = position
    for opening, closing in zip(marks[::2], [*marks[1::2], None], strict=False):
        blank = len(raw[end:]) - len(raw[end:].lstrip())
        if opening > end + blank:
            break
        if closing is None:
            return len(raw), True
        if closing > end:
            end = closing + 2
    return end, False


def _cut(segment: str) -> tuple[str, str]:
    """Part a title from the text that follows it on the same line."""
    stopped = _STOPPED.match(segment)
    if stopped and (has_verb(stopped[0]) or stopped.end() >= len(segment.rstrip())):
        stopped = None
    at = _dashed(segment[: stopped.end()] if stopped else segment)
    if at is not None:
        return segment[:at], segment[at:]
    capitals = _CAPITALS_RUN.match(segment)
    if capitals and _is_apart(capitals[0], segment[capitals.end() :]):
        return capitals[0], segment[capitals.end() :]
    if stopped:
        return segment[: stopped.end()], segment[stopped.end() :]
    if len(segment) > _LONG and has_verb(segment):
        return _cut_running(segment)
    return segment, ""


def _dashed(segment: str) -> int | None:
    """Where a dash or colon parts a title from text; None where it parts nothing or two halves."""
    for dash in islice(_DASH.finditer(segment), _MOST_DASHES):
        before, after = segment[: dash.start()], segment[dash.end() :]
        if dash.start() <= 1 or has_verb(before):
            continue
        if is_capitals(before) and is_capitals(_DASH.split(after)[0]) and not _RULED.match(after):
            continue  # "KNIFE CRIME: REPORT - It"
        date = _DATE.match(after)
        if (date and _MEETING.search(before)) or _is_text(after):
            return dash.start()
        return None
    return None


def _is_text(after: str) -> bool:
    """Whether what follows a colon or dash is text and not the title's second half."""
    if _RULED.match(after) or (len(after) > _LONG // 2 and has_verb(after)):
        return True
    return after.rstrip()[-1:] == "." or _SENTENCES.search(after) is not None


def _is_apart(capitals: str, after: str) -> bool:
    """Whether words in capitals are a whole title, with text behind them."""
    letters = sum(map(str.isalpha, capitals))
    if letters >= _LEAST_CAPITALS and has_verb(after):
        return True
    words = after.split()[:3]
    if len(words) < 3 or is_capitals(" ".join(words)):  # noqa: PLR2004
        return False
    if letters < _MANY_CAPITALS or len(capitals.split()) < 2:  # noqa: PLR2004
        return False
    if is_prose(after) or after.rstrip()[-1:] == "." or _SENTENCES.search(after):
        return True
    return _BROKEN_OFF.match(after) is not None  # "KNIFE CRIME Action Plan Update" is one title


def _cut_running(segment: str) -> tuple[str, str]:
    """Part "Apologies Two had been sent …" before the sentence."""
    verb = len(segment)
    for match in re.finditer(r"[ \t]\w+", segment):
        if has_verb(match[0]):
            verb = match.start()
            break
    cuts = [match for match in _TEXT_BEGINS.finditer(segment, 0, verb) if match.start() > 0]
    if not cuts:
        return segment, ""
    return segment[: cuts[-1].start()], segment[cuts[-1].start() :]
