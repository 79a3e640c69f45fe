"""What a page of an agenda pack is: a call to a meeting, minutes, a report, a divider."""

from __future__ import annotations

import re
from collections.abc import Sequence

# What stands around the words of a line that is a heading, bold or a cell of a table.
_AROUND = " \t#*|_\\\u00a0"
_HEAD = 16  # lines in which a document says what it is
_STAMPED = 3  # lines in which a stamp on a page stands
_TAIL = 12  # lines in which minutes say that the meeting closed
_TITLE_LINES = 8
# Goes on with the minutes: "11. GRANTS", "E.51 LEISURE", "25/097. PLAY AREA", a row of a table.
_NUMBERED = re.compile(r"\(?\w{0,4}[./-]?\d|.*[|\t£]")
_LONGEST_HEADING = 80
_FEW = 6  # words of a heading that is written like a sentence
_SMALL_WORD = 3  # "of", "the", "for": not in capitals in a title
_FEW_WORDS = 25  # on a page that only divides

# "Page 12", "12", "- 12 -"; not "Page 12 of the report".
_NUMBER = re.compile(r"(?:page\s*)?[-–]?\s*\d{1,4}\s*[-–]?", re.IGNORECASE)
# "AGENDA", "A G E N D A", "Agenda – Part 1", "NOTICE OF MEETING", "Public Document Pack";
# not "Agenda item 4", "The agenda was agreed".
_CALLS = re.compile(
    r"(?:public\s+|supplementary\s+|draft\s+)?(?:a\s?g\s?e\s?n\s?d\s?a(?!\s+items?\b|\w)|summons\b|"
    r"notice\s+of\s+(?:a\s+|the\s+)?(?:\w+\s+){0,3}meeting|"
    r"(?:agenda|reports?|documents?|minutes?|meeting|papers)\s+(?:pack|bundle|book)\b)(?P<rest>.*)",
    re.IGNORECASE,
)
_LONGEST_CALL = 60
# "Minutes Pack", "DRAFT MINUTES BUNDLE"; not "Minutes of the meeting".
_MINUTES_PACK = re.compile(r"(?:draft\s+)?minutes?\s+(?:pack|bundle|book)\b", re.IGNORECASE)
# "to be held on", "You are hereby summoned to attend", "will take place"; not "was held on".
_TO_COME = re.compile(
    r"\bto\s+be\s+held\b|\bwill\s+(?:be\s+held|take\s+place|meet)\b|\bnotice\s+is\s+hereby\b|"
    r"\b(?:summoned|invited|requested|required)\s+to\s+attend\b|\bis\s+(?:called|convened)\s+for\b|"
    r"\bto\s+(?:receive|approve|confirm|consider|note|agree)\s+(?:any|the|and|apologies|as)\b",
    re.IGNORECASE,
)
# "(Pages 5 - 14)", "Pages 3 to 6", "(Page 7)"; not "page 3 of the report".
_LISTED = re.compile(
    r"\(\s*pages?\s+\d{1,4}\b|\bpages\s+\d{1,4}\s*(?:-|–|to)\s*\d{1,4}", re.IGNORECASE
)
# "were received", "RESOLVED", "Cllr Hale reported"; not "to be agreed".
_DONE = re.compile(
    r"\b(?:(?:was|were)\s+(?:noted|agreed|approved|received|resolved|elected|reported|proposed|"
    r"seconded|accepted|welcomed|given|made|advised|asked)|had\s+been|RESOLVED|"
    r"(?:reported|advised|explained|thanked|welcomed|stated|queried|asked)\s+"
    r"(?:that|the|on|members|everyone|all|those|if|whether|about))\b"
)
# Alone no sign of minutes: an agenda has motions in the past tense.
_FEWEST_DONE = 2
# "Minutes of the meeting held on", "MINUTE of MEETING", "Board – Action Notes", "COFNODION".
_TITLE = re.compile(
    r"\b(?:minutes|minute\s+of|notes?\s+(?:of|from)|action\s+notes|cofnodion)\b", re.IGNORECASE
)
# What the item of an agenda or of minutes about earlier minutes says: "2. Minutes", "To approve the
# minutes", "Minutes of the last meeting (Pages 3 - 8)"; not "Minutes of the Annual Meeting".
_NO_TITLE = re.compile(
    r"^\d{1,3}[.)]?\d{0,2}\s|^to\b|\bto\s+(?:approve|agree|confirm|sign|receive|note|consider|adopt)\b|"
    r"\b(?:previous|last|matters|accura\w+|correct|true|circulated|arising|were|minutes['’]?\s+silence|"
    r"(?:\d{1,2}|five|ten|fifteen|twenty|thirty|few)\s+minutes)\b",
    re.IGNORECASE,
)
# "3 Minutes", "Minutes of Previous Meeting"; not "Matters arising from the minutes".
_MARK = re.compile(r"\b(?:minutes|cofnodion|notes\s+of)\b", re.IGNORECASE)
_NO_MARK = re.compile(r"\b(?:matters|arising|silence|actions?|tracker|report)\b", re.IGNORECASE)
_LONGEST_TITLE = 200
# "PRESENT:", "Members present", "In attendance – Mr A Hale", "Attendees", "Present Cllr Hale";
# not "present at the meeting", "Attendance at conferences".
_PRESENT = re.compile(
    r"(?:(?:members|councillors|cllrs|also|those|trustees|governors|directors|officers|there\s+were)\s+){0,2}"
    r"(?:present|(?:in\s+)?attendance|attendees|attended(?:\s+by)?|presennol|sederunt|"
    r"(?:who\s+was\s+)?there|who\s+came|in\s+the\s+room|joined|participants)"
    r"(?:\s*[:;(–-].*|\s+(?:cllrs?|councillors?|mr|mrs|ms|miss|dr|apologies|absent|"
    r"the\s+(?:mayor|chair))\b.*|\s*\|.*)?$",
    re.IGNORECASE,
)
# "Tuesday 4 March 2024", "4th March, 2024", "04/03/2024", "May 2024".
_MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|"
    r"sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)"
)
_DATE = re.compile(
    rf"\b\d{{1,2}}(?:st|nd|rd|th)?\s+(?:of\s+)?{_MONTH}\b|\b{_MONTH}\s+\d{{1,2}}|"
    r"\b\d{1,2}[./]\d{1,2}[./]\d{2,4}\b|\b(?:19|20)\d\d\b",
    re.IGNORECASE,
)
# "Agenda Item 5", "Agenda Item No. 5a", "ITEM 7"; not "Agenda Item 5 was deferred".
_STAMP = re.compile(
    r"(?:agenda\s+)?item\s*(?:no\.?|number)?\s*:?\s*(?P<item>[a-z]{0,2}\d{1,3}(?:\.\d{1,2})?[a-z]?)",
    re.IGNORECASE,
)
# "This page is intentionally left blank"; "Page left blank intentionally".
_BLANK = re.compile(
    r"\b(?:intentionally|deliberately)\b.{0,20}\bblank\b|\bblank\s+intentionally", re.I
)
# What heads a report: "Report of the Director", "Wards affected", "Recommendations:";
# not "The report of the Director was noted".
_REPORT = re.compile(
    r"(?:report\s+(?:of|by|to|from|title|author|number|no)\b|(?:joint\s+)?report\s*:|"
    r"wards?(?:\(s\))?\s+affected|(?:lead|contact|case|reporting)\s+(?:officer|member)|"
    r"(?:portfolio|cabinet)\s+(?:holder|member)\s*:|authors?\s*:|recommendations?(?:\(s\))?\s*:?$|"
    r"(?:the\s+)?(?:officer\s+)?recommendations?\b.{0,20}:$|"
    r"(?:\d{1,2}\.?\d?\s+)?(?:purpose(?:\s+of\s+(?:the\s+)?report)?|executive\s+summary|"
    r"reason\s+for\s+(?:the\s+)?report|introduction\s+and\s+background)\s*:?$|"
    r"(?:application|site)\s+(?:no|number|ref|address|location)\w*|(?:key|non-key)\s+decision\b|"
    r"(?:report\s+)?(?:subject|classification|decision\s+type)\s*:)",
    re.IGNORECASE,
)
_FEWEST_OF_REPORT = 2
# "The meeting closed at 9.10 pm", "There being no further business the Chair closed the meeting";
# not "The meeting was closed to the public".
_CLOSED = re.compile(
    r"\bmeeting\s+(?:was\s+)?(?:then\s+)?(?:declared\s+)?(?:closed|ended|concluded|finished|"
    r"terminated|rose)\b(?!\s+to\b)|\bclosed\s+the\s+meeting\b|\bno\s+(?:further|other|more)\s+business\b",
    re.IGNORECASE,
)
# What belongs to the minutes before it: "Appendix 1", "Annex", "Action log", "Decision sheet".
_APPENDED = re.compile(
    r"(?:appendix|annex\w*|schedule|(?:summary\s+of\s+|table\s+of\s+)?(?:actions?|decisions?)\b|"
    r"attendance|signed|chair)",
    re.IGNORECASE,
)


def clean(page: str) -> list[str]:
    """Return the lines of a page that say something, without marks and page numbers."""
    lines = (" ".join(line.strip(_AROUND).split()) for line in page.split("\n"))
    return [line for line in lines if line and not _NUMBER.fullmatch(line)]


def is_call(line: str) -> bool:
    """Tell whether a line heads an agenda, a notice of a meeting or a pack."""
    match = _CALLS.match(line)
    return match is not None and len(match["rest"]) <= _LONGEST_CALL


def calls_meeting(lines: Sequence[str]) -> bool:
    """Tell whether a page speaks of a meeting to come, or lists what is laid before it."""
    text = " ".join(lines)
    return _TO_COME.search(text) is not None or _LISTED.search(text) is not None


def is_cover_of_minutes(lines: Sequence[str]) -> bool:
    """Tell whether a page is the cover of a pack that holds nothing but minutes."""
    return any(_MINUTES_PACK.match(line) for line in lines[:_HEAD])


def is_minutes(lines: Sequence[str]) -> bool:
    """Tell whether a page at the front is of minutes: people were there, things were done."""
    done = _done(lines)
    titled = any(map(is_title, lines[:_HEAD]))
    if done >= _FEWEST_DONE or (titled and done > 0):
        return True
    # Agendas too say who will be there: "In attendance: Director of Nursing".
    called = any(map(is_call, lines)) and calls_meeting(lines)
    return any(map(_is_present, lines)) and (titled or not called)


def is_title(line: str) -> bool:
    """Tell whether a line is the title of minutes."""
    line = line.strip(_AROUND)
    if len(line) > _LONGEST_TITLE or _TITLE.search(line) is None:
        return False
    return _NO_TITLE.search(line) is None and _LISTED.search(line) is None


def names_minutes(bookmark: str) -> bool:
    """Tell whether a bookmark, "3 Minutes of the previous meeting", leads to minutes in a pack."""
    return _MARK.search(bookmark) is not None and _NO_MARK.search(bookmark) is None


def begins_minutes(lines: Sequence[str], *, is_marked: bool, is_inside: bool) -> bool:
    """Tell whether minutes begin on a page: by title and date, who was there, what was done.

    Args:
        lines: Of the page, clean.
        is_marked: Whether a bookmark says that minutes begin there.
        is_inside: Whether other minutes may go on there.
    """
    head = lines[:_HEAD]
    if not head or any(map(is_call, head)) or is_report(lines):
        return False
    here = any(map(_is_present, lines[: 2 * _HEAD]))
    done = _done(lines) >= _FEWEST_DONE
    if is_marked and not is_inside:
        return here or done
    if not any(map(_DATE.search, head)) or (is_inside and not here):
        return False
    past = done or not calls_meeting(lines)
    if any(map(is_title, head[:_TITLE_LINES])):
        return here or past
    # "Committee – 29 October 2024", then PRESENT: as many print them, the word "minutes" nowhere.
    return past and not is_inside and any(map(_is_present, head))


def opens_document(lines: Sequence[str]) -> bool:
    """Tell whether a page behind the end of minutes begins something else: by a title."""
    if not lines or any(map(_APPENDED.match, lines[:_STAMPED])):
        return False
    first = lines[0]
    words = [word for word in first.split() if word[0].isalpha()]
    if not words or len(first) > _LONGEST_HEADING or first[-1] in ".,;:" or _NUMBERED.match(first):
        return False
    long = [word for word in words if len(word) > _SMALL_WORD]
    return first[0].isupper() and (len(words) <= _FEW or all(word[0].isupper() for word in long))


def is_report(lines: Sequence[str]) -> bool:
    """Tell whether a page begins a report; minutes of planning have the same headings."""
    signs = sum(_REPORT.match(line) is not None for line in lines[:_HEAD])
    return signs >= _FEWEST_OF_REPORT and _done(lines) < _FEWEST_DONE


def is_divider(lines: Sequence[str]) -> bool:
    """Tell whether a page only divides: blank on purpose, or the number of an item alone."""
    if sum(len(line.split()) for line in lines) > _FEW_WORDS:
        return False
    return bool(_BLANK.search(" ".join(lines))) or stamp(lines) is not None


def stamp(lines: Sequence[str]) -> str | None:
    """Return the number of the agenda item that a page is stamped with; None for none."""
    for line in lines[:_STAMPED]:
        if match := _STAMP.fullmatch(line):
            return match["item"].lower()
    return None


def closes(lines: Sequence[str]) -> bool:
    """Tell whether a meeting closes at the end of a page."""
    return any(map(_CLOSED.search, lines[-_TAIL:]))


def _is_present(line: str) -> bool:
    return _PRESENT.match(line) is not None


def _done(lines: Sequence[str]) -> int:
    return sum(1 for _ in _DONE.finditer(" ".join(lines)))
