"""What a piece of description is: a role, a body, what a role is for, or a note."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Literal

from kcsp_nlp.minutes.people.words import is_acronym, plain, words

Kind = Literal["role", "body", "function", "note", "unknown"]
# "for item 4", "from 7.25pm", "minutes", "via Teams", "Mr" of "Mr and Mrs Ash"; not "from
# Solvane" or "Minutes Clerk".
_NOTE = re.compile(
    r"(?:(?:for|from|until|till|to|up to|at|left|arrived|joined|present)\b"
    r"(?!\s(?-i:(?!Item|Minute|Part|Agenda)[A-Z][a-z])).{0,20}?"
    r"(?:\d|\b(?:items?|minutes?|part)\b)"
    r"|(?:items?|minutes?|min|agenda|paras?)\b[\s.]*(?:nos?\.?\s*)?[(A-Z]?\d"
    r"|(?:taking |took )?(?:the )?(?:these )?(?:minutes?|notes?)\b\.?\Z"
    r"|(?:by |via |on |in |through )?(?:remote(?:ly)?|virtual(?:ly)?|online|on-?line|teams|zoom|"
    r"phone|telephone|skype|video|webex|person)\b(?!\s(?-i:[A-Z]))"
    r"|substitut|subst?\b|sub for|deputising"
    r"|(?:mr|mrs|ms|miss|dr)\Z"
    r"|(?:on behalf of|for|vice)\s+(?:mr|mrs|ms|miss|dr|cllr|councillor)\b|"
    r".{0,60}\bsubstituting\Z|observing|leave\b|ill\b|"
    r".{0,40}\b(?:ward|electoral area)\Z|(?:both |all )?co-opted\Z|surname withheld|part\b|\d"
    r"|(?:and\s)?(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|some(?:body|one)?|several"
    r"|(?-i:an?))\s|(?:\S+\s){0,3}members\sof\sthe\spublic\b"
    r"|(?:covid|holidays?|work|illness|unwell|sick(?:ness)?|family|jury service|bereavement|leave"
    r"|annual leave|hospital|travel|surname|first name)\b[^A-Z]{0,30}\Z)",
    re.IGNORECASE,
)
# "in the Chair", "chairing", "presiding" but not "Chair of Trustees".
CHAIRING = re.compile(
    r"(?:(?:was |took )?(?:in )?the chair|in chair|chairing|presiding|presided)\b", re.IGNORECASE
)
# "representing X", "nominated by X", "from X" but not "for item 4".
OF_BODY = re.compile(
    r"(?:(?:representing|represented|(?:also |and )?nominated by|on behalf of|rep\.? for|"
    r"from|for|of|at|with|also)\s+)(?:the\s+)?(?=\S)",
    re.IGNORECASE,
)
# "Borough of Fell", "City of Dale" but not "Borough Commander".
_PLACE = re.compile(r"(?:London |Royal |Metropolitan )?(?:Borough|City|County|District) of [A-Z]")
# "Housing Executive", "Health and Safety Executive" but not "Chief Executive".
_EXECUTIVE = re.compile(
    r"(?:Housing|Health (?:and|&) Safety|Health Services?|Transport) Executive\Z", re.IGNORECASE
)
# "Lead AHP", "Named GP", "NED", "Harbour Master" but not "CSP" or "Ned".
LEADING = re.compile(
    r"(?:Associate )?NED\Z|(?:Deputy |Assistant )?Harbour ?[Mm]aster\Z|"
    r"(?:Lead|Named|Deputy|Interim|Designated|Associate) [A-Z][A-Za-z]{1,5}\Z"
)
# " of ", " (" end the head of a noun phrase: "Head| of Housing", but not "Officer".
_HEAD_END = re.compile(
    r"\s+(?:of|for|to|at|from|in|on|with|the|–|—|-|/|nominated|representing)\s|\s*\(|\s*/\s"
)
# "S.S.D.C.", "D.C" but not "Ltd." or "J.".
_DOTTED = re.compile(r"(?:[A-Z]\.){1,5}[A-Z]\.?")
_MAX_PIECE = 300


@lru_cache(maxsize=1_024)  # a document asks for one piece several times
def kind_of(text: str) -> Kind:
    """Tell what a piece of description is.

    Returns:
        `role`; `body`; `function`, what a role is for ("Adult Social Care"); `note`, what says
        nothing of role or body ("for item 4"); or `unknown`.
    """
    bare = " ".join(text[:_MAX_PIECE].split()).strip(" .'\"“”")
    if len(bare) == 1 or not any(c.isalpha() for c in bare) or _NOTE.match(bare):
        return "note"
    if CHAIRING.match(bare):
        return "role"
    if bare.lower() in words().parties or _PLACE.match(bare) or _EXECUTIVE.search(bare):
        return "body"
    led = OF_BODY.match(bare)
    if led:
        return "body" if _names_body(bare[led.end() :], led[0]) else "note"
    cut = _HEAD_END.search(bare)
    head = bare[: cut.start()] if cut else bare
    kind = _kind_of_head(head)
    if kind != "unknown":
        return kind
    return _kind_by_words(bare)


def _names_body(text: str, led: str) -> bool:
    """Whether what "from" leads is a body; "for" leads people and their jobs as well."""
    if not text[0].isupper() or not led.lower().startswith("for "):
        return text[0].isupper()
    return _kind_of_head(_HEAD_END.split(text, maxsplit=1)[0]) != "role"


def _kind_of_head(head: str) -> Kind:
    lists = words()
    tokens = [t for t in head.split() if plain(t)]
    if not tokens:
        return "unknown"
    if LEADING.match(head):
        return "role"
    last = plain(tokens[-1].rsplit("/", 1)[-1])
    if last.endswith(("'s", "s'")) and len(tokens) > 1:
        return "unknown"
    if last in lists.roles:
        return "role"
    known = last in lists.bodies or (len(tokens) == 1 and is_acronym(tokens[0]))
    if (known and last not in lists.functions) or _DOTTED.fullmatch(tokens[-1]):
        return "body"
    return "unknown"


def _kind_by_words(text: str) -> Kind:
    lists = words()
    tokens = [token for token in (plain(t) for t in text.split()) if token]
    if tokens and all(token in lists.functions for token in tokens):
        return "function"
    body = next((i for i, t in enumerate(tokens) if t in lists.sure_bodies), None)
    role = next((i for i, t in enumerate(tokens) if t in lists.roles), None)
    if body is not None and (role is None or body < role):
        return "body"
    return "unknown" if role is None or (body is None and has_acronym(text)) else "role"


def has_acronym(part: str) -> bool:
    """Tell whether a word of a description is written like a short form of a body."""
    return any(is_acronym(token.strip("()")) for token in part.split())


def is_body_alone(text: str) -> bool:
    """Tell whether a piece of description is a body and gives no role besides."""
    return "," not in text and kind_of(text.strip("()")) in ("body", "unknown", "function")
