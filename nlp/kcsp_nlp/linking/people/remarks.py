"""Words that tell people of one name apart: "Donald Mackenzie (Drochaid)"."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence

from kcsp_nlp.linking.people.mentions import Mention
from kcsp_nlp.linking.people.names import fold

# Matches "Drochaid", "Torran", "NHS"; not "of".
_WORD = re.compile(r"[^\W\d_][\w'’]{2,30}")
# How far around a namesake's name the words are looked for that tell who is meant.
_REACH = 70
# Matches ". An", "\n"; not ", an".
_ENDS = re.compile(r"[.!?]\s|\n")
_NAMESAKES = 12  # of one name; more are not told apart
# Surname and given names, folded.
_Written = tuple[str, tuple[str, ...]]
_LITTLE = frozenset(["the", "and", "for", "from", "with"])


def words_of(said: str) -> frozenset[str]:
    """Return the words of a remark, folded, without the little ones."""
    return frozenset(fold(match[0]) for match in _WORD.finditer(said)) - _LITTLE


def mark_namesakes(text: str, mentions: Sequence[Mention]) -> None:
    """Say of each mention of a name that two people of the list bear which of them is meant.

    Two entries of one list that are written alike are two people where each is said to be of
    another place or body, or is addressed otherwise. What nothing tells is nobody's.
    """
    listed = _listed_twice(mentions)
    for mention in mentions if listed else ():
        same = listed.get((mention.name.key, mention.name.given))
        if same:
            mention.tag = _tag(text, mention, same)
            mention.unsure = mention.unsure or not mention.tag


def _listed_twice(mentions: Sequence[Mention]) -> Mapping[_Written, list[Mention]]:
    """Return the entries of those who are in one list under one name and are not one person."""
    entries: dict[tuple[_Written, str], list[Mention]] = defaultdict(list)
    seen: set[int] = set()
    for mention in mentions:
        name, entry = mention.name, mention.attendee
        if entry and name.given and name.key and id(entry) not in seen:
            seen.add(id(entry))  # a name that a line break has torn is one entry
            entries[(name.key, name.given), entry.status].append(mention)
    return {
        written: same
        for (written, _), same in entries.items()
        if 1 < len(same) <= _NAMESAKES and (_all_differ(same, _body) or _all_differ(same, _title))
    }


def _all_differ(same: Sequence[Mention], of: Callable[[Mention], str]) -> bool:
    said = {of(mention) for mention in same}
    return len(said) == len(same) and all(said)


def _body(mention: Mention) -> str:
    return mention.attendee.organisation or "" if mention.attendee else ""


def _title(mention: Mention) -> str:
    """Return what stands before a name: "Dr Kent" is not Councillor Kent; empty for nothing."""
    return " ".join([mention.address.gender or "", *sorted(mention.classes)]).strip()


def _tag(text: str, mention: Mention, same: Sequence[Mention]) -> str:
    """Return what tells who of the namesakes is meant; empty where nothing or too much does."""
    if not _all_differ(same, _body):
        title = _title(mention)
        return title if any(_title(each) == title for each in same) else ""
    if mention.attendee:
        return _body(mention)
    if mention.address.remark:
        around = words_of(mention.address.remark)
    else:
        behind, *_ = _ENDS.split(text[mention.end : mention.end + _REACH], maxsplit=1)
        *_, before = _ENDS.split(text[max(0, mention.start - _REACH) : mention.start])
        around = words_of(f"{before} {behind}")
    remarks = [_body(each) for each in same]
    said = [remark for remark in remarks if words_of(remark) and words_of(remark) <= around]
    return said[0] if len(said) == 1 else ""
