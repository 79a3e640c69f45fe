"""What a document itself says about names: another name of somebody, a spelling put right."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from kcsp_nlp.linking.people.given_names import are_one
from kcsp_nlp.linking.people.mentions import Mention
from kcsp_nlp.linking.people.spellings import are_near, sound_alike

# The widest gap between somebody's two names, in code points: an office may stand there.
_WIDEST = 90
# Matches ' ("', " (", " – Team Manager, Probation (" up to a bracket that opens at the end.
_OPENS = re.compile(r"(?P<between>[^()\n]{0,80})\([\"“‘']?(?:(?:also|aka|or)\s+)?[\"“‘']?\Z")
# Matches '")', ")" behind the name in brackets; not " to act)".
_CLOSES = re.compile(r"[\"”’']?(?:,[^()\n]{0,20})?\)")
# Matches ", known as ", " (formerly ", ", now Mrs "; not ", now ", " also ".
_KNOWN_AS = re.compile(
    r"\s*,?\s*\(?(?:who\s+is\s+)?(?:(?:(?:also|better|now)\s+)?(?:known|called)\s+as\s+|"
    r"formerly\s+|now\s+(?=Mrs)|aka\s+|a\.k\.a\.\s+|n[ée]e\s+)(?:Mrs?\s+|Ms\s+)?[\"“‘']?\Z"
)
# A nickname in quotation marks before the surname: '" ' behind "Brains".
_QUOTE_ENDS = re.compile(r"[\"”’']\s\Z")
_QUOTES = "\"“‘'"
# What puts one spelling in the place of another. Matches '" should read "', " to be amended to ".
_CORRECTED = re.compile(
    r"[^\n]{0,70}?\b(?:should\s+(?:read|say|be)|ought\s+to\s+(?:read|be)|"
    r"(?:changed|amended|corrected|altered|spelt|change|amend|correct)(?:\s+to)(?:\s+read)?|"
    r"replaced\s+(?:by|with))\b[^\n.]{0,20}\Z"
)
# What is put right. Matches 'For "Mrs ', "for '"; not "for ".
_FOR = re.compile(r"\b[Ff]or\s+[\"“‘'](?:(?:Mrs?|Ms|Miss|Dr|Cllr)\.?\s+)?\Z")
# By what. Matches '" read "', ' took part" read "Mrs '; not '" was read. "'.
_READ = re.compile(
    r"[^\n.\"”]{0,40}[\"”’'],?\s+(?:please\s+)?read\s+[\"“‘'](?:(?:Mrs?|Ms|Miss|Dr|Cllr)\.?\s+)?\Z"
)


class Alias(NamedTuple):
    """Two mentions that the document says are one person's: the name, and the other name."""

    name: Mention
    other: Mention


def find_aliases(text: str, mentions: Sequence[Mention]) -> list[Alias]:
    """Return whose other name stands beside a name: 'Ron Warren ("Bunny")', "Mo Ali (Mohammed)".

    Args:
        text: The document's text.
        mentions: Its mentions, sorted.
    """
    found: list[Alias] = []
    for one, other in _neighbours(mentions):
        gap = text[one.end : other.start]
        if _QUOTE_ENDS.fullmatch(gap) and text[one.start - 1 : one.start] in _QUOTES:
            if one.name.is_single and one.start and not other.address.titled:
                found.append(Alias(other, one))
        elif _KNOWN_AS.fullmatch(gap):
            if one.name.given and not _is_letters(other) and _share_given(one, other):
                found.append(Alias(one, other))
        elif (opening := _OPENS.fullmatch(gap)) and _CLOSES.match(text, other.end):
            quoted = gap[-1:] in _QUOTES
            if _may_be_another_name(one, other, quoted, beside=not opening["between"].strip()):
                found.append(Alias(one, other))
    return found


def find_corrections(text: str, mentions: Sequence[Mention]) -> list[Alias]:
    """Return which spellings are put right: '"Ms Zang" should read Ms Zhang'."""
    return [
        Alias(right, wrong)
        for wrong, right in _neighbours(mentions)
        if _may_be_misprint(wrong, right) and _is_put_right(text, wrong, right)
    ]


def _may_be_misprint(wrong: Mention, right: Mention) -> bool:
    """Whether one of surname and given name is like the other's, and the other one the same."""
    if wrong.name.key != right.name.key:
        return are_near(wrong.name.key, right.name.key)
    given, other = wrong.name.given, right.name.given
    if len(given) != 1 or len(other) != 1 or given == other:
        return False
    return min(len(given[0]), len(other[0])) > 1 and given[0][0] == other[0][0]


def _is_put_right(text: str, wrong: Mention, right: Mention) -> bool:
    gap = text[wrong.end : right.start]
    if _CORRECTED.fullmatch(gap):
        return True
    return bool(_READ.fullmatch(gap) and _FOR.search(text, max(0, wrong.start - 24), wrong.start))


def _neighbours(mentions: Sequence[Mention]) -> Iterator[tuple[Mention, Mention]]:
    """Yield mentions that follow each other closely."""
    for one, other in pairwise(mentions):
        if one.end < other.start <= one.end + _WIDEST:
            yield one, other


def _is_letters(mention: Mention) -> bool:
    """Whether a mention may be initials."""
    return len(mention.text) < len("O'DAB") and mention.text.isupper()


def _share_given(one: Mention, other: Mention) -> bool:
    return not other.name.given or are_one(one.name.given[0], other.name.given[0])


def _may_be_another_name(one: Mention, other: Mention, quoted: bool, *, beside: bool) -> bool:
    """Whether what stands in brackets is another name of who stands before, no substitute."""
    given, name = one.name.given, other.name
    if not given or other.address.titled or other.classes:
        return False
    if quoted and name.is_single:
        return beside
    if _is_letters(other):
        return False
    if name.is_single:
        short = name.surname
        return len(short) > 1 and (
            are_one(given[0], short) or (len(given[0]) > len(short) and given[0].startswith(short))
        )
    if not name.given or min(len(given[0]), len(name.given[0])) == 1:
        return False
    alike = are_one(given[0], name.given[0]) or sound_alike(given[0], name.given[0])
    return beside and alike
