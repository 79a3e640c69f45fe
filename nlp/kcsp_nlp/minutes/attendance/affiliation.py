"""What an attendance list says about a person: pieces of description into role and body."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Literal, NamedTuple

from kcsp_nlp.minutes.people.words import is_acronym, plain, words

Kind = Literal["role", "body", "function", "note", "unknown"]


class Piece(NamedTuple):
    """One piece of a description: offsets and whether it stood in brackets."""

    start: int
    end: int
    bracketed: bool


# "for item 4", "from 7.25pm", "minutes", "via Teams" but not "from Solvane" or "Minutes Clerk".
_NOTE = re.compile(
    r"(?:(?:for|from|until|till|to|up to|at|left|arrived|joined|present)\b"
    r"(?!\s(?-i:(?!Item|Minute|Part|Agenda)[A-Z][a-z])).{0,20}?"
    r"(?:\d|\b(?:items?|minutes?|part)\b)"
    r"|(?:items?|minutes?|min|agenda|paras?)\b[\s.]*(?:nos?\.?\s*)?[(A-Z]?\d"
    r"|(?:taking |took )?(?:the )?(?:these )?(?:minutes?|notes?)\b\.?\Z"
    r"|(?:by |via |on |in |through )?(?:remote(?:ly)?|virtual(?:ly)?|online|on-?line|teams|zoom|"
    r"phone|telephone|skype|video|webex|person)\b(?!\s(?-i:[A-Z]))"
    r"|substitut|subst?\b|sub for|deputising"
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
_CHAIRING = re.compile(
    r"(?:(?:was |took )?(?:in )?the chair|in chair|chairing|presiding|presided)\b", re.IGNORECASE
)
# "representing X", "nominated by X", "from X" but not "for item 4".
_OF_BODY = re.compile(
    r"(?:(?:representing|represented|(?:also |and )?nominated by|on behalf of|rep\.? for|"
    r"from|for|of|at|with|also)\s+)(?:the\s+)?(?=\S)",
    re.IGNORECASE,
)
# "Borough of Fell", "City of Dale" but not "Borough Commander".
_PLACE = re.compile(r"(?:London |Royal |Metropolitan )?(?:Borough|City|County|District) of [A-Z]")
# "Lead AHP", "Named GP", "NED", "Harbour Master" but not "CSP" or "Ned".
_LEADING = re.compile(
    r"(?:Associate )?NED\Z|(?:Deputy |Assistant )?Harbour ?[Mm]aster\Z|"
    r"(?:Lead|Named|Deputy|Interim|Designated|Associate) [A-Z][A-Za-z]{1,5}\Z"
)
# " of " in "Head of Leeds NPS": where a role may end and a body begin; not "Headof".
_JOINT = re.compile(r"\s+(?:of|at|for|to|from|with|in)\s+(?:the\s+)?|\s+[–—-]\s+|\s*/\s*(?=NHS)")
# " of ", " (" end the head of a noun phrase: "Head| of Housing", but not "Officer".
_HEAD_END = re.compile(
    r"\s+(?:of|for|to|at|from|in|on|with|the|–|—|-|/|nominated|representing)\s|\s*\(|\s*/\s"
)
# "KCC |Cabinet Member", "OPCC |CFO" but not "MI |Service Manager".
_BODY_FIRST = re.compile(
    r"((?:[A-Z]{1,3}(?:CC|BC|DC|MBC|TC|CSP|SCP|SAB|SCB|CCG|ICB|PSB|YOT|YOS)|CSP|OPCC|OCC|OPFCC|NHS"
    r"|KCC|PSB|Welsh Government))\s+(?=\S)"
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
# "Chair| today", "Clerk| (notes)" but not "Head of Today".
_TODAY = re.compile(r"\s+(?:today|tonight|for (?:this|the) (?:meeting|evening)|as was)\Z")
# "The |Mayor", "as |Clerk" but not "Theatre Manager".
_LEAD = re.compile(r"\A(?:as\s+)?(?:(?:the|an?|our|its)\s+)?(?=\S)", re.IGNORECASE)
# "(SDAS)" after a body's name, but not "(Safer Communities)".
_SHORT_FORM = re.compile(r"\s*\((?:the )?(?:[A-Z][A-Za-z&]{1,8}|[a-z]{2,4})\)\Z")
# "DE nominee", "EA rep" but not "Parent representative".
_NOMINEE = re.compile(r"([A-Z][A-Z0-9&]{1,6}) (?:nominee|rep|representative)\Z")
# "Esk & Wear", "Heritage and Registration": the last of a series.
_LISTED = re.compile(r"\s(?:and|&)\s")
# "the Board", "Parish Council" but not "Fell Council".
# "Co-Chair Fell Subgroup" but not "Chairs Forum".
_OFFICE = re.compile(
    r"(?:(?:Vice|Co|Deputy)-?)?(?:Chair(?:man)?|Convener|Secretary|Treasurer|Clerk)\s",
    re.IGNORECASE,
)
# "S.S.D.C.", "D.C" but not "Ltd." or "J.".
_DOTTED = re.compile(r"(?:[A-Z]\.){1,5}[A-Z]\.?")
_MAX_PIECE = 300
_PLACES = 4
_GENERIC = re.compile(
    r"(?:the\s+)?(?:Parish |Town |City |Joint )?"
    r"(?:Board|Council|Partnership|(?:Sub-?)?Committee|Panel|Trust|Group|Forum|Authority|PCC)\Z"
)


def kind_of(text: str) -> Kind:
    """Tell what a piece of description is.

    Returns:
        `role`; `body`; `function`, what a role is for ("Adult Social Care"); `note`, what says
        nothing of role or body ("for item 4"); or `unknown`.
    """
    bare = " ".join(text[:_MAX_PIECE].split()).strip(" .'\"“”")
    if len(bare) == 1 or not any(c.isalpha() for c in bare) or _NOTE.match(bare):
        return "note"
    if _CHAIRING.match(bare):
        return "role"
    if bare.lower() in words().parties or _PLACE.match(bare):
        return "body"
    led = _OF_BODY.match(bare)
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
    if _LEADING.match(head):
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
    body = next((i for i, t in enumerate(tokens) if t in lists.bodies - lists.functions), None)
    role = next((i for i, t in enumerate(tokens) if t in lists.roles), None)
    if body is not None and (role is None or body < role):
        return "body"
    return "unknown" if role is None or (body is None and _has_acronym(text)) else "role"


def describe(
    text: str, pieces: Sequence[Piece], *, placed: bool = False
) -> tuple[str | None, str | None]:
    """Read role and body from what the list says after a name.

    Args:
        text: What the offsets of `pieces` count in.
        pieces: The description in reading order: bracketed, after commas, in columns.
        placed: Whether the person's body is known, as that of a councillor: then a mere place is
            a ward or a station and no body.

    Returns:
        The role and the body as printed, white space run together; None where there is none.
        Several roles are joined with a comma.
    """
    roles: list[str] = []
    body: str | None = None
    for part, kind in _parts(text, pieces):
        if kind == "role":
            role, own = split_role(part)
            role = _LEAD.sub("", _TODAY.sub("", role))
            if role and role != "Member" and role not in roles:
                roles.append(role)
            body = body or own
        elif kind == "body" and _OFFICE.match(part) and (split := _split_untied(part)):
            roles.append(split[0])
            body = body or split[1]
        elif body is None and _may_be_body(part, kind, placed=placed):
            body = body_name(part)
    if len(roles) > 1:  # a member's title gives way to an office
        roles = [role for role in roles if plain(role) not in words().councillors] or roles
    return (", ".join(roles) or None, body)


def _may_be_body(part: str, kind: Kind, *, placed: bool) -> bool:
    """Whether a piece that is no role names a body: bodies' names hold capitals."""
    if kind != "unknown" or _has_acronym(part):
        return True
    return not placed and any(character.isupper() for character in part)


def _has_acronym(part: str) -> bool:
    return any(is_acronym(token.strip("()")) for token in part.split())


def _parts(text: str, pieces: Sequence[Piece]) -> list[tuple[str, Kind]]:
    """Return the pieces that say something, those that are one phrase with commas joined."""
    found: list[tuple[str, Kind]] = []
    before: Piece | None = None
    for piece in pieces:
        start, end = _trimmed(text, piece.start, piece.end)
        part = _run(text[start:end])
        kind = kind_of(part) if part else "note"
        aside = piece.bracketed and part[:1].islower() and kind == "unknown"
        aside = aside or (piece.bracketed and _is_for_someone(part))
        if kind == "note" or aside or (piece.bracketed and kind == "function" and not found):
            before = None
            continue
        if found and before and before.bracketed == piece.bracketed:
            joined = _joined(found[-1], part, kind, text[before.end : piece.start])
            if joined:
                found[-1] = joined
                before = piece
                continue
        found.append((part, kind))
        before = piece
    return found


def _is_for_someone(part: str) -> bool:
    """Whether "(for Ash)" says whose place it is; "(for KCC)" does not."""
    led, _, rest = part.partition(" ")
    return led.lower() == "for" and " " not in rest and plain(rest) not in words().bodies


def _joined(last: tuple[str, Kind], part: str, kind: Kind, between: str) -> tuple[str, Kind] | None:
    """Join "Tees" with "Esk & Wear Valleys NHS Trust" and "Assistant Director" with "People"."""
    said, said_kind = last
    mark = between.strip()
    if not mark:
        return None
    phrase = f"{said}, {part}" if mark == "," else f"{said} {mark} {part}"
    if said_kind == "role":
        series = kind == "unknown" and _LISTED.search(part) and not _has_acronym(part)
        return (phrase, "role") if kind == "function" or (series and _JOINT.search(said)) else None
    if mark != "," or _LISTED.search(said) or not _LISTED.search(part):
        return None
    places = kind == said_kind == "unknown" and len(phrase.split()) <= _PLACES
    if places or kind in ("body", "function"):  # "Ash, Fell & Dale"
        return phrase, "unknown" if places else "body"
    if kind == "role" and said == "Police":  # "Police, Fire and Crime Commissioner"
        return phrase, "role"
    return (phrase, "role") if kind == "role" and said_kind != "body" else None


def split_role(part: str) -> tuple[str, str | None]:
    """Split "Head of Leeds NPS" into the role and its body; None for no body."""
    if _CHAIRING.match(part):
        return "Chair", None
    nominee = _NOMINEE.match(part)
    if nominee:
        return "", nominee[1]
    first = _BODY_FIRST.match(part)
    trust = _split_trust(part)
    if first and not trust and kind_of(part[first.end() :]) == "role":
        return part[first.end() :], first[1]
    return trust or _split_at_joint(part) or _split_untied(part) or (part, None)


def _split_trust(part: str) -> tuple[str, str | None] | None:
    """Split "NHS Fell Chair", where the body's name is as long as no word of a role stands."""
    lists = words()
    tokens = part.split()
    if len(tokens) < len(("NHS", "Fell", "Chair")) or tokens[0] != "NHS":
        return None
    for at, token in enumerate(tokens[1:], start=1):
        known = plain(token) in lists.roles | lists.functions or token.startswith("Non-")
        if known and token[0].isupper():
            role = " ".join(tokens[at:])
            return (role, " ".join(tokens[:at])) if at > 1 and kind_of(role) == "role" else None
    return None


def _split_at_joint(part: str) -> tuple[str, str | None] | None:
    """Split "Clerk to the Board", "Head of Leeds NPS" where the words between say so."""
    for joint in _JOINT.finditer(part):
        role, rest = part[: joint.start()], part[joint.end() :]
        if kind_of(role) != "role" or (role == "Head" and " " not in rest):
            continue  # "Head of School", not "Head of Leeds NPS"
        led = joint[0].split()[0]
        if _GENERIC.match(rest) and (led == "to" or (led == "of" and not _LISTED.search(role))):
            return role, None
        if _is_body(rest):
            return role, body_name(rest)
    return None


def _split_untied(part: str) -> tuple[str, str | None] | None:
    """Split "Co-Chair Fell Subgroup" and "Chief Executive TDC", where no word stands between."""
    lists = words()
    if _LEADING.match(part):
        return None
    first, _, rest = part.partition(" ")
    if plain(first) in lists.roles and rest and kind_of(rest) == "body" and _is_body(rest):
        return first, body_name(rest)
    last = _BODY_LAST.search(part)
    if last is None or plain(last[1]) in lists.roles | lists.functions:
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
    if any(plain(token) in lists.bodies - lists.functions for token in tokens):
        return True
    return bool(tokens) and is_acronym(tokens[-1]) and plain(tokens[-1]) not in lists.functions


def is_body_alone(text: str) -> bool:
    """Tell whether a piece of description is a body and gives no role besides."""
    return "," not in text and kind_of(text.strip("()")) in ("body", "unknown", "function")


def body_name(text: str) -> str | None:
    """Return the body's name without "representing", its article or its short form."""
    led = _OF_BODY.match(text)
    if led:
        text = text[led.end() :]
    text = _BESIDES.sub("", f" {_run(text)}").strip()
    text = _SHORT_FORM.sub("", text).removeprefix("the ").removeprefix("The ")
    return _run(text).strip(" .,;:-–—'\"“”") or None


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    while start < end and (text[start].isspace() or text[start] in ',;:.–—-|="“”'):
        start += 1
    while end > start and (text[end - 1].isspace() or text[end - 1] in ',;:–—-|="“”'):
        end -= 1
    if end > start and text[end - 1] == "." and not text[max(start, end - 3) : end - 1].isupper():
        end -= 1
    return start, end


def _run(text: str) -> str:
    return " ".join(text.split())
