"""Words that tell an agenda item's heading from other short lines of minutes."""

from __future__ import annotations

import json
import re
from functools import cache
from importlib import resources

# Page furniture: "Page 2 of 4", "- 3 -", "| Page 2", "1" alone; not "Page Green car park".
_FURNITURE = re.compile(
    r"[ \t|*–—-]*(?:(?:page|tudalen|p\.)[ \t|*–—-]*\d{1,3}(?:[ \t]*(?:of|o|/)[ \t]*\d{1,3})?"
    r"|\d{1,3}(?:[ \t]+of[ \t]+\d{1,3})?)[ \t|*–—-]*$"
    r"|.{0,80}\bpage[ \t|]*\d{1,3}(?:[ \t]+of[ \t]+\d{1,3})?[ \t*|]*$",
    re.IGNORECASE,
)

# A verb in the past: "opened", "varied"; not "red".
_PAST = re.compile(r"\b[a-z]{3,}(?:ed|ied)\b")

# Small letters that no line in capitals has: "meeting"; not "14th".
_LOWER = re.compile(r"[a-zà-ÿ]{4}")

# Lines that end minutes: "The meeting closed at 9.22pm", "Signed ....", "_____"; not "Closed door".
_CLOSING = re.compile(
    r"[\W_]*(?:(?:signed|signature)[ ]*(?::|[._…]{2}|(?:_[ ]?){3}|$)"
    r"|(?:the[ ])?(?:meeting|business|session)[ ](?:was[ ])?(?:then[ ])?"
    r"(?:closed|ended|concluded|finished|rose|terminated|declared[ ]closed)\b"
    r"|(?:end|close)[ ]of[ ](?:the[ ])?meeting\b|meeting[ ]close|closed?[ ](?:at[ ])?\d"
    r"|(?:there|this)[ ](?:being|having[ ]been)[ ]no[ ](?:further|other|more)[ ]|this[ ]conclude"
    r"|(?:the[ ])?chair(?:man|person)?[ ](?:closed|declared|thanked[ ]every)"
    r")|[ \t]*_{3,}[ \t]*$",
    re.IGNORECASE,
)
# Where somebody signs: "Chair ......", "_ _ _ _ _"; not "and so on...".
_DOTTED = re.compile(r"[\W_]*.{0,40}(?:(?:_[ ]?){5}|\.{6}|…{2})")
_DOTS = ("......", "……", "__", "_ _")

# "Date of next meeting", "NEXT MEETING", "Dates and venues for next meetings"; not "Next steps".
_NEXT_MEETING = re.compile(
    r"[\W_]*(?:dates?|time|venue)\b.{0,24}\b(?:next|future)\b"
    r"|[\W_]*(?:dates? of )?next (?:\w+ )?meeting",
    re.IGNORECASE,
)

# "ACTIONS", "Action log (open)", "MINUTES ACTION LOG", "Summary of actions"; not "Action plan",
# "Action: Clerk".
_LOG = re.compile(
    r"(?:(?:summary|list|table|schedule|record)[ ]of[ ])?"
    r"(?:(?:the|meeting|minutes?|agreed|outstanding|open)[ ]){0,2}"
    r"actions?(?:[ ](?:log|list|summary|points|table|tracker|register|agreed|arising))?"
    r"(?:[ ]\([^()]{1,40}\))?",
    re.IGNORECASE,
)

# A line with which an attendance list begins: "Present:", "MEMBERS PRESENT"; not "Presentation".
_ATTENDANCE = re.compile(
    r"[\W_]*(?:(?:councillors|members|trustees|board members|committee members|those|also) )?"
    r"(?:present|in attendance|attendance|attendees|attending|members|there|here|who was"
    r"|in the (?:chair|room)|on the call|councillors|membership|elected members)\b"
    r"(?: *[:;.,|*–-]| *$| \()",
    re.IGNORECASE,
)


@cache
def _words(name: str) -> str:
    """One of the lists of `data/agenda.json`, as alternatives of a pattern."""
    data = resources.files("kcsp_nlp").joinpath("data/agenda.json").read_text(encoding="utf-8")
    return "|".join(json.loads(data)[name])


@cache
def _opening(name: str) -> re.Pattern[str]:
    return re.compile(rf"[\W_]*(?:{_words(name)})", re.IGNORECASE)


@cache
def _verb() -> re.Pattern[str]:
    return re.compile(rf"\b(?:{_words('verbs')})\b")


def is_usual(title: str) -> bool:
    """Whether a title is one that agendas of most bodies have: "Apologies", "AOB"."""
    return bool(_opening("titles").match(title))


def is_attendance(title: str) -> bool:
    """Whether a line heads a list of people: "Present:", "IN ATTENDANCE"."""
    match = _opening("attendance").match(title)
    if match is None:
        return False
    return not title[match.end() :].split(":", maxsplit=1)[0].strip(" .-–—()*")


def is_not_title(title: str) -> bool:
    """Whether a line that looks like a heading is part of an item: "Action:", "Decision"."""
    return bool(_opening("not_titles").match(title))


def is_furniture(text: str) -> bool:
    """Whether a line is a page number or a running header that carries one."""
    short = text.rstrip(" \t|*–—-")
    return short[-1:].isdigit() and len(short) <= 120 and bool(_FURNITURE.match(text))  # noqa: PLR2004


def is_next_meeting(title: str) -> bool:
    """Whether a title announces the next meeting."""
    return bool(_NEXT_MEETING.match(title[:80]))


def is_log(title: str) -> bool:
    """Whether a title is that of a list of actions: "ACTIONS", "Summary of Actions"."""
    return bool(_LOG.fullmatch(title))


def opens_attendance(text: str) -> bool:
    """Whether an attendance list begins on a line: "Present: Cllr A", "IN ATTENDANCE"."""
    return bool(_ATTENDANCE.match(text[:80]))


def is_closing(text: str) -> bool:
    """Whether a line ends minutes: "The meeting closed at 9.22pm", a line to sign on."""
    held = text[:120]
    if _CLOSING.match(held):
        return True
    return any(dots in held for dots in _DOTS) and bool(_DOTTED.match(held))


def has_verb(text: str) -> bool:
    """Whether a finite verb makes a sentence of a short text."""
    return bool(_verb().search(text))


def is_prose(text: str) -> bool:
    """Whether a text holds a sentence rather than names or a title."""
    return has_verb(text) or bool(_PAST.search(text))


def is_capitals(text: str) -> bool:
    """Whether nearly all letters are capitals, and there are at least three of them."""
    if _LOWER.search(text):
        return False
    letters = [character for character in text if character.isalpha()]
    upper = sum(character.isupper() for character in letters)
    return len(letters) >= 3 and upper >= 0.85 * len(letters)  # noqa: PLR2004
