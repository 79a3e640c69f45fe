"""Whose meeting it was: the body's name in the head of its minutes."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise

from kcsp_nlp.minutes.front.dates import find_dates

_SHORTEST = 4
_TOP = 5  # lines in which a heading names the body

# A noun that makes a name a body's: "Council", "Sub-Committee", "Cabinet"; not "Council Chamber",
# "Committee Room 2", "Chief Executive".
_NOUN = (
    r"(?i:councils?(?![ ](?:chamber|office|house))|(?:sub-?[ ]?)?committee(?![ ]room)"
    r"|board(?![ ]?room)|partnership|panel|forum|authority|group|trust|cabinet|commission"
    r"|association|governors|(?<!chief[ ])executive(?![ ](?:member|director|head|officer))"
    r"|municipal[ ]district|alliance|assembly|federation|society|network|consortium|trustees)"
)
_HAS_NOUN = re.compile(rf"\b{_NOUN}\b")

# "Minutes of a meeting of the X held", "NOTES OF MEETING of X on"; not "minutes of the last one".
_OF_MEETING = re.compile(
    r"(?i:meeting)[ ](?i:of)[ ](?:(?i:the)[ ])?(?P<name>[^.;:]{3,140}?)"
    r"(?:[ ](?i:meeting))?[ ,(–-]{1,4}(?:(?i:was|were)[ ])?"
    r"(?i:held|convened|called|which|on|at|took|took[ ]place|via|by)\b"
)

# "MINUTES OF THE X MEETING HELD", "Minutes of X Committee – 3 May"; not "Minutes of 3 May".
_OF_BODY = re.compile(
    r"(?i:minutes?|notes?|record)[ ](?i:of)[ ](?i:the[ ])?"
    r"(?:(?i:ordinary|annual|monthly|quarterly|public|extraordinary|full|inaugural|special)[ ])*"
    r"(?P<name>[^.;:]{3,140}?)[ ,(–-]{1,4}"
    r"(?i:meeting|held|convened|called|on|at|(?:mon|tues|wednes|thurs|fri|satur|sun)day|\d)"
)

# "Body: X", "| **Committee** | X |"; not "Meeting started: 7pm".
_FIELD = re.compile(
    r"[|\s]*(?i:body|committee|board|panel|name[ ]of[ ](?:body|committee|meeting)|meeting|group)"
    r"[ \t]*[:|][ \t|]*(?P<name>[^|]{3,140})"
)

# What follows a body's name on its line: "– minutes, 3 May", "MINUTES", ": ACTION NOTES".
_TAIL = re.compile(
    r"(?:[ ,:;–—-]+"
    r"(?i:draft|action|unconfirmed|approved|virtual|ordinary|annual|public|general)?[ ]*"
    r"(?i:minutes?|notes?|meeting|record|agenda)\b.*|[ ]\(.*)$"
)

# What precedes it: "DRAFT", "Minutes of the", "MINUTE OF MEETING OF THE".
_LEAD = re.compile(
    r"(?:(?i:draft|unconfirmed|approved|confirmed)[ :–-]+){0,3}"
    r"(?:(?i:minutes?|notes?)[ ](?i:of)[ ](?i:the[ ])?)?"
    r"(?i:(?:proceedings[ ])?(?:at[ ])?(?:a[ ]|the[ ])?meeting[ ]of[ ](?:the[ ])?)?"
)

# A name that many bodies have and that names none: "Full Council", "Strategic Oversight Board".
_GENERIC = re.compile(
    r"(?i:(?:the|of|full|town|parish|city|county|community|board|trustees|council|meeting|cabinet"
    r"|committee|executive|governors|group|panel|forum|strategic|oversight|trust|partnership"
    r"|management|directors)\b[ .,'’]{0,2}){1,9}$"
)

# A weekday, or a joining word, that is left where a date was cut off: ", on Monday".
_DAY = re.compile(
    r"(?i:[ ,–—-]+(?:on[ ])?(?:(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?s?)?)"
    r"[ ,]*$"
)

# Lines that name no body though a body's noun stands in them: "Time: 7pm, Board Room".
_OTHER_LINE = re.compile(
    r"(?i)\bheld\b|\d:\d|:|^(?:time|date|venue|place|present|meeting|at a)\b|^\W"
)

# The councils whose minutes often leave their own name to the page around them.
_LOCAL = re.compile(r"(?:Parish|Town|Community) Council$")

# A body that an authority named above it may have: "Estates Committee"; not "Sports Group".
_COMMITTEE = re.compile(r"\b(?:committee|panel|cabinet|forum)\b", re.IGNORECASE)

# What a council has of its own: "Plans Committee", "Parenting Board"; not "Safety Partnership".
_OF_COUNCIL = re.compile(
    r"(?<!finish )\b(?:committee|panel|cabinet|board|sub-?committee|group|executive)(?: \d)?$",
    re.IGNORECASE,
)

# The line of an authority, its name and nothing else: "Fell Borough Council"; not "Town Council".
_COUNCIL = re.compile(
    r"^(?!(?:(?:The|Parish|Town|City|County|Full) )*Council$)[^\W\d_][\w'’&. -]{2,60} Council$",
    re.IGNORECASE,
)

# A standing body that may have groups of its own: "Ash Safety Partnership"; not "Kent Police".
_HOST = re.compile(r"\b(?:partnership|authority|group|trust|board|panel)$", re.IGNORECASE)

# A word before a name in running text that is no part of it: "The Ash Forum"; not "Thetford Forum".
_ARTICLE = re.compile(r"^(?:The|Next|This) ")

# "THE ASH FEDERATION" stands for "Ash Federation"; not "Thetford Board".
_THE = re.compile(r"^The ", re.IGNORECASE)

# What parts a name from what else its line says: "Safer Ash – Delivery Group"; not "Ash-on-Sea".
_BREAK = re.compile(r" (?:[–—|-]|//) ")

# Words that begin no body's full name: "Joint Policing Committee" is somewhere's.
_NEEDS_PLACE = frozenset(("joint", "community", "parish", "town", "city", "county", "local"))

# A body named in running text: "Elmham Community Council"; not "the council".
_IN_TEXT = re.compile(
    r"\b(?:[A-Z][\w’'-]+[ ](?:(?:and|of|the|&|on|with|in)[ ])?){1,6}"
    r"(?:Council|Committee|Board|Partnership|Panel|Forum|Authority|Group|Trust|Commission)\b"
)


def find_body(head: Sequence[str], text: str) -> str | None:
    """Find the name of the body that met.

    Args:
        head: Lines above the attendance list, without markup, none of them blank.
        text: The document's text, searched where the head names no body.

    Returns:
        The name as printed, a committee's behind that of the council above it; None for none.
    """
    for line in head:
        field = _FIELD.match(line)
        if field and _is_name(_trim(field["name"])) and not _is_generic(_trim(field["name"])):
            return _trim(field["name"])
    name = _from_head(head)
    name = _under(head, name, text) if name else None
    if name:
        return _THE.sub("", _with_place(name, text))
    return _commonest(text) or _title_line(head)


def _title_line(head: Sequence[str]) -> str | None:
    """The first line, where it is set as a title and holds no date: "ASH HALL CHARITY"."""
    line = _THE.sub("", _trim(head[0])) if head else ""
    titled = line.isupper() and 1 < len(line.split()) < 10  # noqa: PLR2004
    return line if titled and not find_dates(head[0]) and not _OTHER_LINE.search(line) else None


def _from_head(head: Sequence[str]) -> str | None:
    """The body as the statement of the meeting and the heading lines name it."""
    stated = _stated(" ".join(head))
    named = _named(head)
    if stated and not _is_generic(stated):
        longer = [name for name in named if name.casefold().endswith(stated.casefold())]
        return max(longer, key=len, default=stated)
    if named:
        lesser = [name for name in named if not name.casefold().endswith("council")]
        return _of_two(lesser) if lesser else named[-1]
    if stated and not find_dates(head[0]) and len(head[0].split()) < 8:  # noqa: PLR2004
        return head[0]
    return None


def _of_two(names: list[str]) -> str:
    """Of an authority and the committee of it that is named below, the committee."""
    second = names[1] if len(names) > 1 else ""
    return second if _COMMITTEE.search(second) or _OF_COUNCIL.search(second) else names[0]


def _under(head: Sequence[str], name: str, text: str) -> str:
    """Put the council before the name of its committee that the next heading line gives.

    A partnership under the council that hosts it keeps its own name, as does a committee that
    is named after a place.
    """
    if not _OF_COUNCIL.search(name) or _has_place(name, text):
        return name
    for above, line in pairwise(head[:_TOP]):
        host = _COUNCIL.search(above) or (_HOST.search(above) and _is_name(above))
        if _trim(line) != name or not host or _trim(above) != above.strip():
            continue
        if above.split()[0].casefold() in name.casefold().split():
            return name  # "Kent County Council" over "Kent Safety Executive Group"
        # "Weald Parish Council" over "Parish Council": the first line says it all.
        named = name.casefold() in above.casefold()
        return above.strip() if named else f"{above.strip()} {name}"
    return name


def _has_place(name: str, text: str) -> bool:
    """Whether a word of the name is a place: capital wherever it stands, and said to be one."""
    for word in name.split():
        proper = word.strip(",()").capitalize()
        if len(proper) < _SHORTEST or not proper.isalpha() or f" {proper.lower()}" in text:
            continue
        if re.search(rf"\b(?:in|at|from|near) {proper}\b(?! [A-Z])", text):
            return True
    return False


def _with_place(name: str, text: str) -> str:
    """Put the place before a name that is none without it, where the text has both together."""
    if name.split(maxsplit=1)[0].casefold() not in _NEEDS_PLACE:
        return name
    place = r"(?!(?i:of|the|at|a|next|this|meeting|minutes)\b)[A-Z][\w’'-]{1,30} "
    longer = Counter(re.findall(rf"\b((?:{place}){{1,3}}(?i:{re.escape(name)}))\b", text))
    return longer.most_common(1)[0][0] if longer else name


def _commonest(text: str) -> str | None:
    """The body that the text names most often."""
    found = (_ARTICLE.sub("", match[0]) for match in _IN_TEXT.finditer(text))
    counts = Counter(name for name in found if not _is_generic(name))
    local = [name for name, _ in counts.most_common() if _LOCAL.search(name)]
    common = [name for name, count in counts.most_common(1) if count > 1]
    return next(iter(local + common), None)


def _stated(head: str) -> str | None:
    """The body that "Minutes of the meeting of …" names."""
    for pattern in (_OF_MEETING, _OF_BODY):
        for match in pattern.finditer(head):
            name = _trim(match["name"])
            if _is_name(name):
                return name
    return None


def _named(head: Sequence[str]) -> list[str]:
    """The bodies that heading lines name; a line such as "CABINET" belongs to the one above."""
    names: list[str] = []
    for above, line in zip(["", *head], head[:_TOP], strict=False):
        name = _trim(line)
        if not _is_name(name) or len(name.split()) > 16:  # noqa: PLR2004
            continue
        if not _is_generic(name):
            names.append(name)
        elif above and len(above.split()) < 9 and not find_dates(above) and _trim(above) == above:  # noqa: PLR2004
            joined = above if _says(above, name) else f"{above} {name}"
            names = [*(other for other in names if other != above), joined]
    return names


def _says(above: str, name: str) -> bool:
    """Whether a line holds a generic name's noun: "Ash Parish Council" over "Full Council"."""
    nouns = {match[0].casefold() for match in _HAS_NOUN.finditer(name)}
    return bool(nouns & {match[0].casefold() for match in _HAS_NOUN.finditer(above)})


def _is_generic(name: str) -> bool:
    return bool(_GENERIC.match(name))


def _is_name(name: str) -> bool:
    return name[:1].isupper() and bool(_HAS_NOUN.search(name)) and not _OTHER_LINE.search(name)


def _trim(line: str) -> str:
    """Cut a line down to the name: no date, no "Minutes", one of two languages."""
    name = _LEAD.sub("", line.strip(" |*_–—-:"), count=1)
    for dated in find_dates(name)[:1]:
        name = name[: dated.start]
    name = _TAIL.sub("", _DAY.sub("", name))
    if " / " in name:
        parts = [part for part in name.split(" / ") if _HAS_NOUN.search(part)]
        name = parts[-1] if parts else name
    first, *rest = _BREAK.split(name)
    if len(rest) == 1 and not _HAS_NOUN.search(first) and _HAS_NOUN.search(rest[0]):
        first = f"{first} {rest[0]}"
    return first.strip(" ,.:;–—-|")
