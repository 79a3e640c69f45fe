"""What an attendance list says about a person: pieces of description into role and body."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from kcsp_nlp.minutes.attendance.kinds import Kind, has_acronym, kind_of
from kcsp_nlp.minutes.attendance.posts import JOINT, LISTED, body_name, split_role, split_untied
from kcsp_nlp.minutes.people.certainty import is_person
from kcsp_nlp.minutes.people.words import plain, words

# "Chair| today", "Clerk| (notes)" but not "Head of Today".
_TODAY = re.compile(r"\s+(?:today|tonight|for (?:this|the) (?:meeting|evening)|as was)\Z")
# "The |Mayor", "as |Clerk" but not "Theatre Manager".
_LEAD = re.compile(r"\A(?:as\s+)?(?:(?:the|an?|our|its)\s+)?(?=\S)", re.IGNORECASE)
# "Co-Chair Fell Subgroup" but not "Chairs Forum".
_OFFICE = re.compile(
    r"(?:(?:Vice|Co|Deputy)-?)?(?:Chair(?:man)?|Convener|Secretary|Treasurer|Clerk)\s",
    re.IGNORECASE,
)
# "Public", "Staff: Nursing" say who elected a governor; not "Public Health".
_VOTERS = re.compile(
    r"(?:public|staff|patients?|service users?|carers?)(?P<place>\s*[:/]\s.*|\s\(.*)?",
    re.IGNORECASE,
)
_PLACES = 4


class Piece(NamedTuple):
    """One piece of a description: offsets and whether it stood in brackets."""

    start: int
    end: int
    bracketed: bool


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
        elif kind == "body" and _OFFICE.match(part) and (split := split_untied(part)):
            roles.append(split[0])
            body = body or split[1]
        elif body is None and _may_be_body(part, kind, placed=placed):
            body = body_name(part)
    if len(roles) > 1:  # a member's title gives way to an office
        roles = [role for role in roles if plain(role) not in words().councillors] or roles
    return (", ".join(roles) or None, body)


def _may_be_body(part: str, kind: Kind, *, placed: bool) -> bool:
    """Whether a piece that is no role names a body: bodies' names hold capitals."""
    if kind != "unknown" or has_acronym(part):
        return True
    return not placed and any(character.isupper() for character in part)


def _parts(text: str, pieces: Sequence[Piece]) -> list[tuple[str, Kind]]:
    """Return the pieces that say something, those that are one phrase with commas joined."""
    found: list[tuple[str, Kind]] = []
    before: Piece | None = None
    placed = False
    for piece in pieces:
        start, end = _trimmed(text, piece.start, piece.end)
        part = " ".join(text[start:end].split())
        kind = kind_of(part) if part else "note"
        own = kind == "body" and _mark_before(text, piece) == ","
        if placed and kind in ("unknown", "body", "function") and not own:
            placed = False  # "Public – Crewe and Nantwich": where a governor's voters live
            continue
        voters = _VOTERS.fullmatch(part)
        placed = voters is not None and not voters["place"]
        if voters:
            continue
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


def _mark_before(text: str, piece: Piece) -> str:
    """Return the mark that parts a piece from what stands before it."""
    return text[max(0, piece.start - _PLACES) : piece.start].rstrip()[-1:]


def _is_for_someone(part: str) -> bool:
    """Whether "(for Ash)", "(for Ann Ash)" says whose place it is; "(for KCC)" does not."""
    led, _, rest = part.partition(" ")
    if led.lower() != "for" or plain(rest) in words().bodies:
        return False
    return " " not in rest or (kind_of(rest) == "unknown" and is_person(rest))


def _joined(last: tuple[str, Kind], part: str, kind: Kind, between: str) -> tuple[str, Kind] | None:
    """Join "Tees" with "Esk & Wear Valleys NHS Trust" and "Assistant Director" with "People"."""
    said, said_kind = last
    mark = between.strip()
    if not mark:
        return None
    phrase = f"{said}, {part}" if mark == "," else f"{said} {mark} {part}"
    if said_kind == "role":
        series = kind == "unknown" and LISTED.search(part) and not has_acronym(part)
        return (phrase, "role") if kind == "function" or (series and JOINT.search(said)) else None
    if mark != "," or LISTED.search(said) or not LISTED.search(part):
        return None
    places = kind == said_kind == "unknown" and len(phrase.split()) <= _PLACES
    if places or kind in ("body", "function"):  # "Ash, Fell & Dale"
        return phrase, "unknown" if places else "body"
    if kind == "role" and said == "Police":  # "Police, Fire and Crime Commissioner"
        return phrase, "role"
    return (phrase, "role") if kind == "role" and said_kind != "body" else None


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    while start < end and (text[start].isspace() or text[start] in ',;:.–—-|="“”'):
        start += 1
    while end > start and (text[end - 1].isspace() or text[end - 1] in ',;:–—-|="“”'):
        end -= 1
    if end > start and text[end - 1] == "." and not text[max(start, end - 3) : end - 1].isupper():
        end -= 1
    return start, end
