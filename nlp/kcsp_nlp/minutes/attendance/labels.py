"""Labels of attendance lists ("Also present:", "Apologies", "Kent Police:") and what they say."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from kcsp_nlp.minutes.attendance.kinds import kind_of
from kcsp_nlp.minutes.attendance.posts import body_name
from kcsp_nlp.minutes.people.words import plain, words
from kcsp_nlp.records import Status


@dataclass(frozen=True)
class Group:
    """What a label says of the people under it.

    Attributes:
        status: None where the label gives none: the one before it goes on.
        role: None for none.
        organisation: None for none.
        weak: Whether the label means attendance only where a list follows or one went before.
        named: Whether the label names a group inside a list.
        own_line: Whether it says so of the people on its own line alone.
    """

    status: Status | None = None
    role: str | None = None
    organisation: str | None = None
    weak: bool = False
    named: bool = False
    own_line: bool = False

    @property
    def is_generic(self) -> bool:
        """Whether the label says nothing but that people follow."""
        return not (self.status or self.role or self.organisation)


@dataclass
class Situation:
    """What a reader of attendance lists knows when it comes to a line.

    Attributes:
        status: Of the list the line stands in; None outside of one.
        open: Whether a stretch of that list is being put together.
        listed: Whether people were listed as present before.
        grouped: Whether that list names groups of people.
    """

    status: Status | None = None
    open: bool = False
    listed: bool = False
    grouped: bool = False


# All match the label in lower case, words joined by single spaces, brackets left out.
# "no apology", "absent without apology", "not present" but not "present".
_ABSENT = re.compile(
    r"(?:members |also )?absent(?: members)?(?: without apolog(?:y|ies))?|no apolog(?:y|ies)"
    r"|not present(?: no apolog(?:y|ies))?|did not attend|(?:absence|absent) without .{0,20}"
    r"|did(?: not|n't) (?:come|say|reply)(?: or (?:send|say|reply)\b.{0,15})?"
    r"|(?:no (?:word|reply|response|show|apologies received)|not heard)(?: from)?"
    r"|without apolog(?:y|ies)|unexplained absences?"
)
# "apologies for absence", "named substitutes and apologies", "sorry not here"; not "apology noted".
_APOLOGIES = re.compile(
    r"(?:[\w']+ ){0,6}?(?:apolog(?:y|ies)|apols?|leithscéalta|ymddiheuriadau)(?: (?:"
    r"for|of|from|and|absence|absences|absentees|non|attendance|substitut\w*|named|members|reserve|"
    r"received|accepted|given|inability|attend|meeting|this|apologies|sent|welcome|introductions?|were|had|been|the|chair|to|"
    r"declarations?|interests?|announcements?|housekeeping|protocol|in|nominations?|receive|"
    r"note|consider|any|changes|membership|quorum|introduction|conflicts?|acceptance|reasons?))*"
    r"|sorry\b.{0,25}|(?:could|can|not able|unable|couldn't|can't|were unable)\b.{0,22}"
    r"|sent (?:their )?apologies|excused|unavoidably absent|leave of absence"
    r"|not (?:there|here|on|in attendance|attending)|(?:sent )?regrets|absent with apolog(?:y|ies)"
    r"|(?:sent |with )?apols|.{0,20}cann?ot (?:come|attend|make).{0,15}"
)
# "also in attendance", "officers of the authority", "guests"; not "in the room".
_IN_ATTENDANCE = re.compile(
    r"(?:[\w'&]+ ){0,5}?(?:in attendance|also (?:present|attend(?:ed|ing)|there|here|came|"
    r"taking part)|other members (?:present|attending))"
    r"(?: (?:for|from|were|at|by|part|all|or|of|the|meeting|invitation|members|observers?"
    r"|officers|items?|\d{1,3}|only|as|follows|also|remotely|online|virtually))*"
    r"|(?:also|others?|other attendees|guests?|visitors?|observers?|staff|officials?|secretariat|"
    r"(?:by )?invit(?:ation|ed|ees)|(?:guest )?speakers?|presenters?|(?:in )?support|advis[eo]rs"
    r"|serving|supporting|assisting|advising)"
    r"|(?:[\w']+ ){0,2}officers(?: (?:present|attending|of|the|in|support|\w+)){0,4}"
    r"|(?:others? )?who came as well|by invitation|those in support|public gallery|observing"
    r"|came along(?: too| as well)?|grown ups|employees|(?:together )?with|with (?:us|them)"
    r"|oifigigh|feidhmeannaigh|foireann|swyddogion|(?:supporting )?adults|youth workers"
    r"|(?:[\w']+ ){1,3}officials"
    r"|reserves?(?: members?)?|attending for all or part|(?:officials?|staff|others?) present"
)
# "members in attendance" but not "also in attendance".
_MEMBERS_THERE = re.compile(
    r"(?:(?:board|committee|panel|voting|elected|core) )?"
    r"(?:members|councillors|trustees|governors|directors|commissioners)"
    r" (?:in attendance|attending|who attended)"
)
# "councillors| present"
_THERE = re.compile(r" (?:present|in attendance|attending)\Z")
# "present also", said after who presided alone; not "also present".
_PRESENT_TOO = re.compile(r"present also")
# "✓ indicates present at meeting" but not "indicates absent".
_TICKED = re.compile(r"(?:indicates?|denotes?|means) (?:present|attendance|in attendance)\b.*")
# "members present", "who was there", "attendance register"; not "present position".
_PRESENT = re.compile(
    r"(?:(?:[\w'-]+ ){0,4}?(?:present|attendees?|i láthair|(?:yn b|p)resennol|sederunt)"
    r"(?: (?:were|in person|online|remotely|virtually|also|on|teams|were as follows|at the meeting"
    r"|in the room|and voting|members?|trustees|councillors?|name|for the council))*)"
    r"|(?:who was |those )?(?:there|here|present|(?:in the (?:room|chamber)))|(?:who was )?"
    r"on (?:the )?(?:call|line|screen|teams|zoom|tele ?phone|phone|video(?: link)?)|"
    r"(?:those |members |persons |people )?(?:attending|in person|taking part)"
    r"|by (?:tele ?phone|phone|video|zoom)"
    r"|(?:those )?who (?:came|attended|joined|took part)|took part|came|joined|roll call"
    r"|(?:other )?members of the (?:[\w'&]+ ){0,4}(?:board|committee|council|panel|authority|group|"
    r"forum|partnership|trust|cabinet|sub committee|governing body)"
    r"|(?:record of |members |list of )?attendance(?: (?:register|list|record))?|membership"
    r"|(?:[\w'&]+ ){0,4}?(?:members|councillors|governors|trustees|directors|reps|representatives"
    r"|people) (?:here|there|who (?:came|attended|joined|were (?:here|there)))"
    r"|(?:those |members )?present (?:in|via|by|through|at|from) (?:the |a )?(?:[\w']+ ){0,2}"
    r"(?:chamber|room|hall|building|centre|offices?|locations?|venue|person|conference|link|zoom|means)"
    r"|baill|comhaltaí|aelodau|members|participants|joining (?:online|remotely)"
    r"|via (?:teams|zoom)|online|remotely|virtual"
    r"|(?:committee|cttee)(?: members?)?|(?:board|panel) members?|elected members"
    r"|(?:parish |town )?councillors|trustees|(?:school )?governors|directors|commissioners"
    r"|(?:co opted|independent|political|voting|lay|statutory|core) members|those present|attended"
    r"|initials used.*"
    r"|(?:key(?: to)?|list of)(?: the)? initials"
    r"|(?:attendees|those present|names|people)(?: and)?(?: their)? initials"
)
# "present in the chair", "presided", "cathaoirleach", "town mayor" but not "chair's report".
_CHAIR = re.compile(
    r"(?P<chair>chair(?:man|woman|person)?)|(?:present |sitting )?in the chair(?:man|person)?"
    r"|presided|presiding|was in the chair|(?:presided over|chaired) by"
    r"|(?P<office>cathaoirleach|cadeirydd|convener|convenor|(?:town |lord |city )?mayor|provost"
    r"|praeses|president)"
)
# "notes", "minutes by", "minute taker" but not "minutes of the last meeting".
_MINUTES = re.compile(
    r"(?:minutes?|notes?)[ -]?(?:by|taken by|taker)?|taking (?:the )?(?:minutes|notes)"
)
# "members", "staff", "here": labels only where people follow; not "members present".
_WEAK = re.compile(
    r"members|(?:school )?governors|directors|commissioners|reserves?|councillors"
    r"|baill|comhaltaí|aelodau|oifigigh|feidhmeannaigh|foireann|swyddogion"
    r"|(?:supporting )?adults|youth workers"
    r"|trustees|staff|officers?|others?|also|online|virtual|support|visitors?|"
    r"guests?|speakers?|there|here|attended|attending|attendance|(?:committee|cttee)(?: members?)?"
    r"|joined|observing|grown ups|employees|with|came along|(?:board|panel) members?|presenters?"
    r"|remotely|in the (?:room|chamber)|participants"
    r"|(?:elected|co opted|independent|political|voting|lay|statutory|core) members|membership"
    r"|observers?"
    r"|officials?|in person|came|took part|roll call|(?:other )?members of the .{2,60}"
)
# "(six Councillors)" but not "six Councillors".
_BRACKETS = re.compile(r"[(\[][^()\[\]]{0,80}[)\]]")
# "(KCC unless shown)" but not "(by Zoom)".
_OF_ALL = re.compile(
    r"\((?P<body>[A-Z][\w&' ]{1,40}?),? unless "
    r"(?:shown|stated|noted|marked|indicated|otherwise)\b[^()]{0,20}\)"
)
# "For ", "Representing the " before a body; not "Forum".
_FOR = re.compile(
    r"\A(?:(?:for|from|on behalf of|representing)\s+(?:the\s+)?|the\s+)", re.IGNORECASE
)
# ", " and "-" but not "'".
_NOT_WORD = re.compile(r"[^\w'&]+")
_KINDS_OF_PEOPLE = frozenset(
    {"nominations", "nominees", "representatives", "members", "officers", "staff", "officials"}
)
# With "members", these say what its people are; "elected" and "independent" do not.
_MEMBERS_OF = frozenset(["parish", "magistrate", "cabinet", "associate", "ward", "appointed"])
_MAX_WORDS = 9
_PREFIXED = 3
# With people listed before them, these name those who came besides.
_LATER = frozenset({"attending", "attended", "attendance", "others"})
_PATTERNS: tuple[tuple[Status, re.Pattern[str]], ...] = (
    ("absent", _ABSENT),
    ("apologies", _APOLOGIES),
    ("present", _PRESENT_TOO),
    ("in_attendance", _IN_ATTENDANCE),
    ("present", _PRESENT),
    ("present", _TICKED),
)
# Words that tell what a label means whatever stands around them; not "officers".
_TELLING: tuple[tuple[Status, re.Pattern[str]], ...] = (
    ("absent", re.compile(r"\b(?:absent|absentees|no word|no show|missing|as láthair)\b")),
    (
        "apologies",
        re.compile(
            r"\b(?:apolog\w+|sorry|regrets|unable|couldn't|could not|can't|cannot|away"
            r"|not with us|leithsc[ée]al\w*|ymddiheur\w*)\b"
        ),
    ),
    (
        "in_attendance",
        re.compile(
            r"\b(?:also|guests?|visitors?|observ\w+|invit\w+|attendance|attending|speakers?"
            r"|officials|joined by|hefyd|freisin)\b"
        ),
    ),
    (
        "present",
        re.compile(
            r"\b(?:present|attend\w*|who (?:was|were|came|is)|came|joined|turned up|here"
            r"|round the table|in the (?:room|hall)|on the (?:call|line)|[nbp]?resennol"
            r"|láthair)\b"
        ),
    ),
)
_FEW_WORDS = 6


def guess_label(label: str) -> Group | None:
    """Read the label of a list that no pattern knows by its telling word, where people follow.

    Returns:
        None where it names a body or tells nothing.
    """
    normal = _NOT_WORD.sub(" ", _BRACKETS.sub(" ", label).replace("’", "'").lower()).strip()
    if not 0 < len(normal.split()) <= _FEW_WORDS:
        return None
    found = next((status for status, word in _TELLING if word.search(normal)), None)
    if found is None or kind_of(label) in ("body", "role"):
        return None
    return Group(found, weak=True)


def read_label(label: str, *, known: Status | None) -> Group | None:
    """Tell what a label of an attendance list says.

    Args:
        label: The label as printed, without its colon.
        known: Status of the list the label stands in; None outside of one.

    Returns:
        None for what is no such label.
    """
    bare = _BRACKETS.sub(" ", label)
    for part in (bare, *bare.split("/")):
        normal = _NOT_WORD.sub(" ", part.replace("’", "'").lower()).strip()
        if 0 < len(normal.split()) <= _MAX_WORDS:
            group = _status_group(normal, known)
            if group:
                shared = _OF_ALL.search(label)
                return replace(group, organisation=shared["body"]) if shared else group
    return None


def opens_other_list(label: str) -> bool:
    """Tell whether a label in a list of those present opens a list of others."""
    group = read_label(label, known="present")
    return group is not None and group.status not in (None, "present")


# A document asks for one label several times.
@lru_cache(maxsize=1_024)
def _status_group(normal: str, known: Status | None) -> Group | None:
    weak = bool(_WEAK.fullmatch(normal))
    chair = _CHAIR.fullmatch(normal)
    if chair and not (known and chair["office"]):  # inside of a list "Mayor" may say of whom
        role = chair["office"] or chair["chair"] or "chair"
        return Group(known or "present", role=role.title(), weak=True)
    lists = words()
    shared = lists.group_roles.get(normal.replace("co opted", "co-opted"))
    there = _THERE.sub("", normal)
    shared = shared or _councillors(there.split())
    if shared:
        given: Status | None = None if known and there == normal else "present"
        return Group(given, role=shared, weak=there == normal, named=True)
    status = _status(normal, known)
    return Group(status, weak=weak) if status else None


def _councillors(heading: Sequence[str]) -> str | None:
    """Return "Parish Councillor" for "PARISH COUNCILLORS"; None for another heading."""
    councillors = words().councillors
    single = councillors.get(plain(heading[-1])) if heading else None
    if len(heading) == _PREFIXED and plain(heading[-1]) == "members":
        heading = heading[:-1]  # "County Councillor Members"
        single = "Councillor" if plain(heading[-1]) in councillors else None
    if single is None or len(heading) > _PREFIXED:
        return None
    return " ".join([*(word.capitalize() for word in heading[:-1]), single])


def _members(heading: Sequence[str]) -> str | None:
    """Return "Parish Member" for "Parish Members"; None for "Elected Members"."""
    if len(heading) != len(("Parish", "Members")) or plain(heading[-1]) != "members":
        return None
    kind = plain(heading[0])
    if kind not in words().councillor_prefixes | _MEMBERS_OF:
        return None
    return f"{heading[0].capitalize()} Member"


def _status(normal: str, known: Status | None) -> Status | None:
    if known is None and _MEMBERS_THERE.fullmatch(normal):
        return "present"
    if known and normal in _LATER:
        return "in_attendance"
    for status, pattern in _PATTERNS:
        if pattern.fullmatch(normal):
            return status
    return None


def is_others(label: str) -> bool:
    """Tell whether a label says "Others": a group like those before it."""
    return plain(label) in ("other", "others")


def read_group(label: str) -> Group | None:
    """Tell what a label inside an attendance list says: a body, a role, or just a group.

    Returns:
        None for what cannot be the label of a group.
    """
    bare = _FOR.sub("", label.strip(), count=1).strip()
    unbracketed = _BRACKETS.sub(" ", bare).split()
    tokens = [plain(token) for token in unbracketed or bare.split()]
    if not 0 < len(tokens) <= _MAX_WORDS:
        return None
    if not bare[0].isupper():  # "Representing the voluntary sector"
        led = label.strip()[0].isupper() and all(t in words().generic_groups for t in tokens)
        return Group(named=True) if led else None
    if _MINUTES.fullmatch(bare.lower()):
        return Group("in_attendance", role=bare if tokens[-1].endswith("taker") else None)
    lists = words()
    role = lists.group_roles.get(" ".join(tokens))
    role = role or _councillors(bare.split()) or _members(bare.split())
    if role or all(token in lists.generic_groups or not token for token in tokens):
        inner = _BRACKETS.search(bare)
        body = body_name(inner[0].strip("()[]").split(",")[0]) if inner else None
        return Group(None, role, body if kind_of(body or "") == "body" else None, named=True)
    return _role_or_body(bare, tokens[-1])


def _role_or_body(bare: str, last: str) -> Group:
    body = _BRACKETS.sub(" ", bare).split()
    kind = kind_of(bare)
    if kind == "role" and last not in _KINDS_OF_PEOPLE:
        return Group(role=" ".join(body), named=True)
    if kind in ("role", "function"):
        return Group(named=True)
    while len(body) > 1 and plain(body[-1]) in _KINDS_OF_PEOPLE:
        body.pop()  # "PSNI Officers"
    return Group(organisation=" ".join(body), named=True)
