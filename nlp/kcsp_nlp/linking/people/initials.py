"""Initials that stand for a person: "PMH", "(KL)", where a document says whose they are."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from kcsp_nlp.linking.people.identities import Identity
from kcsp_nlp.linking.people.mentions import Mention
from kcsp_nlp.linking.people.names import fold

# How far behind a name its initials may stand in the list of attendance, in code points.
_REACH = 120
# How far before it.
_BEFORE = 14
# Matches the end of "left. AR", "left.\n"; not that of "(AR).".
_SENTENCE_END = re.compile(r"[.!?]\s")
# Up to initials in brackets behind a name. Matches " (", " – Manager (also "; not " spoke. (".
_BRACKET = re.compile(r"[^()\n.]{0,60}\((?:also\s)?")
# Matches "PH = ", "PH – Mr " before a name; not "(PH), ".
_BEFORE_NAME = re.compile(
    r"([^\W\d_][\w'’.-]*)[ \t|]*[=:–-]?[ \t|]*(?:(?:Cllr|Mrs?|Ms|Miss|Dr)\.?\s)?\Z"
)
# A word. Matches "PMH", "O'D"; not "12".
_LETTERED = re.compile(r"[^\W\d_][\w'’.-]*")
# How many letters initials have.
_LETTERS = range(2, 6)


class Initials(NamedTuple):
    """Whom initials stand for: everywhere, and where they stand beside a name.

    Attributes:
        of: By the letters as printed.
        at: By where a mention begins; there they may be what elsewhere is two people's.
    """

    of: Mapping[str, Identity]
    at: Mapping[int, Identity]


def find_initials(text: str, people: Sequence[Identity], mentions: Sequence[Mention]) -> Initials:
    """Return whom initials stand for.

    What stands beside a name says it; else the list of attendance does, where only one of its
    people has them. Initials that two people share are nobody's.

    Args:
        text: The document's text.
        people: Who has a name in the document.
        mentions: Mentions that may be initials.
    """
    wanted = {mention.text for mention in mentions}
    listed: dict[str, dict[int, Identity]] = defaultdict(dict)
    for each in people:
        for letters in _initials_of(each):
            listed[letters][id(each)] = each
    stated, at = _stated(text, people, {mention.start: mention for mention in mentions})
    found: dict[str, Identity] = {}
    for letters in sorted(wanted):
        bare = "".join(char for char in letters if char.isalpha()).upper()
        owners = stated.get(letters) or listed.get(bare, {})
        if len(owners) == 1:
            (owner,) = owners.values()
            if letters in stated or owner.attended:
                found[letters] = owner
    return Initials(found, at)


def _stated(
    text: str, people: Sequence[Identity], places: Mapping[int, Mention]
) -> tuple[Mapping[str, Mapping[int, Identity]], Mapping[int, Identity]]:
    """Return whose initials stand beside a name: by the letters, and by their place."""
    wanted = {mention.text for mention in places.values()}
    stated: dict[str, dict[int, Identity]] = defaultdict(dict)
    at: dict[int, Identity] = {}
    starts = sorted(m.start for each in people for m in each.mentions)
    following = dict(zip(starts, [*starts[1:], len(text)], strict=False))
    for each in people:
        for mention in each.mentions:
            if not (mention.name.given and mention.name.key):
                continue
            until = min(following[mention.start], mention.end + _REACH)
            bracket = _BRACKET.match(text, mention.end, until)
            beside = places.get(bracket.end()) if bracket else None
            if beside and _may_stand_for(beside.text, mention):
                at[beside.start] = each
            for letters in _beside(text, mention, until, wanted):
                stated[letters][id(each)] = each
    return stated, at


def _initials_of(identity: Identity) -> set[str]:
    """Return what a person's name may be shortened to: "Ann Rao-Hill" to ARH and AR."""
    found: set[str] = set()
    for mention in identity.mentions[:20]:
        name = mention.name
        if name.given and name.surname:
            given = "".join(part[0] for part in name.given)
            parts = re.split(
                r"[\s'’-]+", fold(name.printed_surname.replace("'", "-").replace("’", "-"))
            )
            ends = {name.surname[0], "".join(part[0] for part in parts if part)}
            found |= {f"{start}{end}".upper() for start in (given, given[0]) for end in ends}
    return {letters for letters in found if len(letters) in _LETTERS}


def _beside(text: str, mention: Mention, until: int, wanted: Iterable[str]) -> Iterable[str]:
    """Yield the initials that stand beside a name and may be its own."""
    before = _BEFORE_NAME.search(text, max(0, mention.start - _BEFORE), mention.start)
    behind, *_ = _SENTENCE_END.split(text[mention.end : until], maxsplit=1)
    words = {*_LETTERED.findall(behind), before[1] if before else ""}
    for letters in words.intersection(wanted):
        if _may_stand_for(letters, mention):
            yield letters


def _may_stand_for(letters: str, mention: Mention) -> bool:
    """Whether letters follow each other in a name and begin its first and its last part."""
    bare = [char for char in letters.casefold() if char.isalpha()]
    name = mention.name
    begins = {part[0] for part in re.split(r"[ -]", name.surname) if part}
    if bare[0] != name.given[0][0] or begins.isdisjoint(bare[1:]):
        return False
    rest = iter("".join(name.given) + name.surname)
    return all(char in rest for char in bare)
