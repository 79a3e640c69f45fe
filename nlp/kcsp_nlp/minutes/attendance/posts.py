"""A post into the role and the body: "Head of Leeds NPS", "Fell DC Clerk", "DE nominee"."""

from __future__ import annotations

import re

from kcsp_nlp.minutes.attendance.kinds import CHAIRING, LEADING, OF_BODY, kind_of
from kcsp_nlp.minutes.people.words import is_acronym, plain, words

# " of " in "Head of Leeds NPS": where a role may end and a body begin; not "Headof".
JOINT = re.compile(r"\s+(?:of|at|for|to|from|with|in)\s+(?:the\s+)?|\s+[–—-]\s+|\s*/\s*(?=NHS)")
# "KCC |Cabinet Member", "OPCC |CFO" but not "MI |Service Manager".
_BODY_FIRST = re.compile(
    r"((?:[A-Z]{1,3}(?:CC|BC|DC|MBC|TC|CSP|SCP|SAB|SCB|CCG|ICB|PSB|YOT|YOS)|CSP|NHS"
    r"|PSB|Welsh Government))\s+(?=\S)"
)
# "Chief Executive| TDC" but not "Clerk & RFO".
_BODY_LAST = re.compile(r"(?<=[a-z])\s+([A-Z]{3,6})\Z")
# What a list says behind a body: "| took these minutes", "| until item 4", "| and 14 members of
# the public"; not "Tillage Forum".
_BESIDES = re.compile(
    r"\s+(?:took|taking|until|till|also|today|tonight|joined|left|was|were|had|has|observing|via"
    r"|by (?:phone|telephone|video)|(?:on|for) (?:work experience|items?|minutes?)|as was)\b.*\Z"
    r"|\s+(?:and|&|plus)\s+(?:\d+|an?|one|two|three|four|five|six|seven|eight|nine|ten|eleven|"
    r"twelve|some(?:body|one)?|several|members?|others?|the\s(?:press|public)|(?:these\s)?(?:notes|minutes))"
    r"\b.*\Z"
)
# "(SDAS)" after a body's name, but not "(Safer Communities)".
_SHORT_FORM = re.compile(r"\s*\((?:the )?(?:[A-Z][A-Za-z&]{1,8}|[a-z]{2,4})\)\Z")
# "DE nominee", "EA rep" but not "Parent representative".
_NOMINEE = re.compile(r"([A-Z][A-Z0-9&]{1,6}) (?:nominee|rep|representative)\Z")
# "Esk & Wear", "Heritage and Registration": the last of a series.
LISTED = re.compile(r"\s(?:and|&)\s")
# With a role before them these open a body's name: "Volunteer Centre Fell".
_HOUSES = frozenset({"centre", "hub", "forum", "alliance", "network"})
# "the Board", "Parish Council" but not "Fell Council".
_GENERIC = re.compile(
    r"(?:the\s+)?(?:Parish |Town |City |Joint )?"
    r"(?:Board|Council|Partnership|(?:Sub-?)?Committee|Panel|Trust|Group|Forum|Authority|PCC)\Z"
)


def split_role(part: str) -> tuple[str, str | None]:
    """Split "Head of Leeds NPS" into the role and its body; None for no body."""
    if CHAIRING.match(part):
        return "Chair", None
    nominee = _NOMINEE.match(part)
    if nominee:
        return "", nominee[1]
    first = _BODY_FIRST.match(part)
    trust = _split_trust(part)
    if first and not trust and kind_of(part[first.end() :]) == "role":
        return part[first.end() :], first[1]
    return trust or _split_at_joint(part) or split_untied(part) or (part, None)


def _split_trust(part: str) -> tuple[str, str | None] | None:
    """Split "NHS Fell Chair", where the body's name is as long as no word of a role stands."""
    tokens = part.split()
    if len(tokens) < len(("NHS", "Fell", "Chair")) or tokens[0] != "NHS":
        return None
    for at, token in enumerate(tokens[1:], start=1):
        known = _opens_role(plain(token)) or token.startswith("Non-")
        if known and token[0].isupper():
            role = " ".join(tokens[at:])
            return (role, " ".join(tokens[:at])) if at > 1 and kind_of(role) == "role" else None
    return None


def _opens_role(word: str) -> bool:
    """Whether a word stands in the names of roles and of what they are for, not of bodies."""
    return word in words().roles or word in words().functions


def _split_at_joint(part: str) -> tuple[str, str | None] | None:
    """Split "Clerk to the Board", "Head of Leeds NPS" where the words between say so."""
    for joint in JOINT.finditer(part):
        role, rest = part[: joint.start()], part[joint.end() :]
        if kind_of(role) != "role" or (role == "Head" and " " not in rest):
            continue  # "Head of School", not "Head of Leeds NPS"
        led = joint[0].split()[0]
        if _GENERIC.match(rest) and (led == "to" or (led == "of" and not LISTED.search(role))):
            return role, None
        if _is_body(rest):
            return role, body_name(rest)
    return None


def split_untied(part: str) -> tuple[str, str | None] | None:
    """Split "Co-Chair Fell Subgroup" and "Chief Executive TDC", where no word stands between.

    Returns:
        The role and the body; None for another post.
    """
    lists = words()
    if LEADING.match(part):
        return None
    first, _, rest = part.partition(" ")
    if plain(first) in lists.roles and plain(rest.partition(" ")[0]) in _HOUSES and " " in rest:
        return "", body_name(part)
    if plain(first) in lists.roles and rest and kind_of(rest) == "body" and _is_body(rest):
        return first, body_name(rest)
    last = _BODY_LAST.search(part)
    if last is None or _opens_role(plain(last[1])):
        return None
    role = part[: last.start()]
    if role.endswith((" of", " for")):
        return None  # "Head of MIS"
    return (role, last[1]) if kind_of(role) == "role" else None


def _is_body(text: str) -> bool:
    """Whether what follows "of" is a named body and no function: its first or last word says."""
    if _GENERIC.match(text) or not text[:1].isupper():
        return False
    lists = words()
    tokens = text.split("(", 1)[0].split()
    if any(plain(token) in lists.sure_bodies for token in tokens):
        return True
    return bool(tokens) and is_acronym(tokens[-1]) and plain(tokens[-1]) not in lists.functions


def body_name(text: str) -> str | None:
    """Return the body's name without "representing", its article or its short form."""
    led = OF_BODY.match(text)
    if led:
        text = text[led.end() :]
    text = _BESIDES.sub("", " " + " ".join(text.split())).strip()
    text = _SHORT_FORM.sub("", text).removeprefix("the ").removeprefix("The ")
    return " ".join(text.split()).strip(" .,;:-–—'\"“”") or None
