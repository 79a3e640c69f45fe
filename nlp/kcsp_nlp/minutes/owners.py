"""Who is to do something: names, initials and offices as they stand before a verb or after a label."""

from __future__ import annotations

import re

_NAME = r"[A-ZÀ-Þ][\w'’.-]*"
_MORE = rf"(?:\s+(?:(?:of|for|the)\s+){{0,2}}(?:{_NAME}|\([\w ]{{1,12}}\))){{0,6}}"
_OFFICE = (
    r"(?:clerk|chair|chairman|chairwoman|chairperson|vice[ -]chair(?:man)?|secretary|treasurer|mayor"
    r"|warden|caretaker|convener|commissioner|superintendent|inspector|sergeant|director|officer"
    r"|manager|administrator|analyst|constable|commander|engineer|surveyor|solicitor|leader"
    r"|councillor|coordinator|co-ordinator|rfo|pcso)"
)
_ONE = (
    rf"(?:(?:[Tt]he|[Oo]ur)\s+)?(?:{_NAME}{_MORE}"
    rf"|(?:(?:parish|town|deputy|assistant|minute|locum|vice|lead)\s+){{0,2}}{_OFFICE}s?|all(?:\s+[a-z]+)?)"
)
_JOIN = r"(?:\s*(?:&amp;|[/&+,])\s*(?:(?:and|with)\s+)?|\s+(?:and|with)\s+)"
_LIST = rf"{_ONE}(?:{_JOIN}{_ONE}){{0,5}}"
# Stands right before a verb: "…, the Clerk", "Cllr Wood and Cllr Green", "DL/TA", "she".
_BEFORE = re.compile(rf"(?<![\w'’.-])(?P<who>{_LIST}|[Hh]e|[Ss]he|[Tt]hey)\s*(?:,[^,]{{2,40}},)?$")
# Opens a sentence whose verb follows: "The Chair thanked".
_FIRST = re.compile(rf"(?P<who>{_LIST}|He|She)\s+[a-z]")
# Nothing but owners: "Mr Pym/ Ms Yıldız", "JK; Gail", "the Clerk, jointly", "Steve Pound by 20 May".
_ALONE = re.compile(
    rf"(?P<who>{_ONE}(?:(?:{_JOIN}|\s*;\s*){_ONE}){{0,7}})"
    r"(?:,?\s+(?:jointly|both|to\s+action)|,\s+(?:all|with|cleared)\b[^.]{0,40}|\s+\([^()]{1,30}\)?)?"
    r"(?:,?\s+(?:by|before|asap|ASAP)\b[^.;]{0,30})?[\s.)\]*]*$"
)
_SPLIT = re.compile(
    r"\s*&amp;\s*|\s*[/&+;]\s*|\s*,\s*(?:and\s+|with\s+)?|\s+(?:and|with)\s+|\s+\\?\+\s+"
)
_INITIALS = re.compile(r"[A-Z]{2,4}$")
_PRONOUN = re.compile(r"(?:he|she|they)$", re.IGNORECASE)
_TITLE = re.compile(
    r"(?:the\s+)?(?:Mr|Mrs|Ms|Miss|Mx|Dr|Prof|Professor|Sir|Dame|Rev|Revd|Fr|Canon|Cllrs?|Councillors?"
    r"|Alderman|Deputy|Senator|PC|PCSO|Sgt|Sergeant|Insp|Inspector|Ch|Chief|Supt|Superintendent"
    r"|DCI|DI|DS|DC|ACC|T/ACC|A/Supt|PS|Lady|Lord)\b\.?\s+[A-Z]"
)
_OFFICE_END = re.compile(rf"\b(?:{_OFFICE}s?)$", re.IGNORECASE)
_BODY = re.compile(
    r"\b(?:Council|Police|Trust|Team|Board|Group|Services?|Department|Committee|Partnership|NHS|Panel"
    r"|Association|Authority|Society|Agency|Government|Company|Ltd|School|Church|Club|Forum|Members"
    r"|Residents|Councillors|Partners|Officers|Governors|Trustees)\b"
)
_NOBODY = re.compile(
    r"\b(?:RESOLVED|Resolved|AGREED|Agreed|NOTED|Noted|APPROVED|DECISION|Decision|Cytunwyd|Nothing"
    r"|There|This|It|That|These|Those|AGM|LOG|PLAN|TRACKER|POINTS|Item|ITEM|What|Letters?|Apologies)\b"
)
_REACH = 100
_ARTICLE = re.compile(r"^(?:the|The|our|Our)\s+")


def before(text: str, start: int, at: int) -> tuple[int, str] | None:
    """Return where the owners that end at `at` begin, and their text; None for none."""
    low = max(start, at - _REACH)
    found = _BEFORE.search(text[low:at])
    if found is None or _NOBODY.search(found["who"]):
        return None
    return low + found.start("who"), found["who"]


def first(text: str, start: int, end: int) -> str | None:
    """Return who opens the sentence as its subject; None where nobody does."""
    found = _FIRST.match(text, start, min(end, start + _REACH))
    return None if found is None or _NOBODY.search(found["who"]) else found["who"]


def alone(text: str) -> tuple[str, ...]:
    """Return the owners where `text` names owners and nothing else; empty otherwise."""
    found = _ALONE.match(text) if len(text) <= 2 * _REACH else None
    return () if found is None or _NOBODY.search(found["who"]) else names(found["who"])


def names(text: str) -> tuple[str, ...]:
    """Cut a list of owners into its names, as printed, without articles."""
    cut = (_ARTICLE.sub("", " ".join(piece.split())) for piece in _SPLIT.split(text))
    return tuple(dict.fromkeys(name.rstrip(".") for name in cut if name.strip(". ")))


def is_pronoun(text: str) -> bool:
    """Say whether the owner is "he", "she" or "they"."""
    return _PRONOUN.match(text) is not None


def is_personal(text: str, known: frozenset[str]) -> bool:
    """Say whether the owner reads like a person or office and not like a body.

    Args:
        text: The owners as printed.
        known: What `known_names` found in the document's front matter.
    """
    first = _ARTICLE.sub("", text)
    if is_pronoun(text) or _TITLE.match(first) or _OFFICE_END.search(first):
        return True
    words = [word.rstrip(".,") for word in re.split(r"[\s/&,+]+|\band\b", first)]
    words = [word for word in words if word[:1].isupper()]
    if words and all(_INITIALS.match(word) for word in words):
        return all(len(word) == 2 or word in known for word in words)  # noqa: PLR2004
    if not words or _BODY.search(first):
        return False
    return all(word in known or len(word) == 1 for word in words)


# "Gemma Lutterodt", "Mary-Jane O’Neill".
_RUN = re.compile(r"[A-ZÀ-Þ][\w'’]*(?:[ -][A-ZÀ-Þ][\w'’-]*){0,4}")
# Initials given with a name: "Gemma Lutterodt GL", "(GL)".
_PRINTED = re.compile(r"(?<=[a-z] )[A-Z]{2,4}\b(?=[,;\n]|$)|(?<=\()[A-Z]{2,4}(?=\))")
_LOWER = re.compile(r"\b[a-z]{3,}")
_CALENDAR = frozenset(
    "January February March April May June July August September October November December".split()
)


def known_names(front: str, text: str) -> frozenset[str]:
    """Return words that are names in a document's front matter, and the initials they make.

    Args:
        front: The text before the first item, with the attendance list.
        text: The whole document's text; what it also writes in lower case is no name.
    """
    common = set(_LOWER.findall(text))
    found: set[str] = set(_PRINTED.findall(front))
    for run in _RUN.findall(front):
        words = [word for word in re.split(r"[\s-]+", run) if word[:1].isupper()]
        for length in (2, 3, 4):
            for at in range(len(words) - length + 1):
                found.add("".join(word[0] for word in words[at : at + length]))
        for word in (*words, *run.split()):
            if not word.isupper() and not _BODY.search(word) and word.lower() not in common:
                found.add(word)
    return frozenset(found - _CALENDAR)
