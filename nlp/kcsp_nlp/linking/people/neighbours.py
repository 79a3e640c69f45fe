"""Names read by what stands beside them: lists, couples, names torn by a page break."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import pairwise

from kcsp_nlp.linking.people.given_names import are_one, given_names
from kcsp_nlp.linking.people.mentions import Mention
from kcsp_nlp.linking.people.names import Name, fold, is_particle, read_name

# Between two names of one list. Matches ", ", " (from 7pm) and Mrs ", " BEM, "; not " asked ".
_LISTED = re.compile(
    r"(?:\s*\([^()]{0,40}\))?(?:\s+[A-Z]{2,4})?\s*(?:,\s*and\b|,|;|\band\b|&)\s*"
    r"(?:(?:Mrs?|Ms|Miss|Dr|Sir|Rev)\.?\s+)?"
)
# Between the given names of a couple: "Ken & Rita Hembrow".
_AND = re.compile(r"\s+(?:and|&|\+)\s+")
# Between the pieces of a name that a page break has torn apart.
_TORN = re.compile(r"\.?\s*\n\s*")
# The end of a sentence or paragraph. Matches ". ", "\n\n"; not ", ".
_STOPS = re.compile(r"[.!?;]\s|\n\s*\n")
# Between two of a family. Matches " is a cousin of ", ", brother of Cllr "; not ", wife of the ".
_FAMILY = re.compile(
    r"(?:,|\s+is|\s+was)\s+(?:(?:an?|the)\s+)?(?:(?:grand)?(?:son|daughter|father|mother)|nephew|"
    r"niece|brother|sister|wife|husband|widow|cousin|aunt|uncle)\s+(?:of|to)\s+"
    r"(?:(?:Mrs?|Ms|Miss|Dr|Cllr|Councillor)\.?\s+)?"
)
# Between two who are said to be two. Matches " is not Cllr ", ", not to be confused with "; not
# ' is not "'.
_IS_NOT = re.compile(
    r"(?:\s+(?:is|was)\s+not|,?\s+not\s+to\s+be\s+confused\s+with)\s+"
    r"(?:(?:Mrs?|Ms|Miss|Dr|Cllr|Councillor)\.?\s+)?"
)
# What stands around a nickname: 'Tommy "Slater" Benn'. Matches ' "'; not ', "'.
_OPENS_QUOTE = re.compile(r"\s+[\"“‘']")
# Matches '" '; not '", '.
_CLOSES_QUOTE = re.compile(r"[\"”’']\s+")
# The widest gap between two names of a list, in code points: it may hold an indented line break.
_WIDEST = 80


def read_neighbours(text: str, found: Sequence[Mention]) -> None:
    """Read names again where others of the document say more than they do themselves.

    Args:
        text: The document's text.
        found: Its mentions, sorted.
    """
    _read_particles(found)
    _read_double_given(found)
    _share_plurals(text, found)
    _join_pieces(text, found)
    _join_around_nicknames(text, found)
    _read_couples(text, found)


def _share_plurals(text: str, found: Sequence[Mention]) -> None:
    """Give the title of "Cllrs A, B and C" to all of them."""
    for before, mention in pairwise(found):
        gap = text[before.end : mention.start]
        if len(gap) <= _WIDEST and _are_family(mention, gap):
            mention.kin_of = before
        if len(gap) <= _WIDEST and _IS_NOT.fullmatch(gap):
            mention.address = replace(mention.address, unrelated=True)
        if len(gap) <= _WIDEST and _LISTED.fullmatch(gap):
            mention.after = before
        if not before.address.plural or mention.address.classes or len(gap) > _WIDEST:
            continue
        if mention.after:
            shared = before.address.classes
            mention.classes |= shared
            mention.address = replace(
                mention.address,
                classes=mention.address.classes | shared,
                titled=True,
                plural=True,
            )


def _are_family(mention: Mention, gap: str) -> bool:
    """Whether the mention before a gap is said to be that of a relation."""
    if mention.address.kin:
        return not _STOPS.search(gap)
    return bool(_FAMILY.fullmatch(gap))


def _join_pieces(text: str, found: Sequence[Mention]) -> None:
    """Read "Joel" and "Marsh" around a page break as Joel Marsh where the document has him."""
    full = _surnames(found)
    for mention, after in pairwise(found):
        if mention.name.given or not _TORN.fullmatch(text[mention.end : after.start][:_WIDEST]):
            continue
        if mention.name.is_single and _is_torn(text, mention, after, full):
            name = read_name(f"{mention.text} {after.text}")
            mention.name = after.name = name
            continue
        if not (_is_alone(mention) and after.name.is_single):
            continue
        first, *_ = mention.name.given or (mention.name.surname,)
        if any(are_one(first, given[0]) for given in full.get(after.name.key, ())):
            name = read_name(f"{mention.text} {after.text}")
            mention.name = after.name = name


def _join_around_nicknames(text: str, found: Sequence[Mention]) -> None:
    """Read "Tommy" and "Benn" around a nickname in quotation marks as Tommy Benn."""
    for mention, nickname, after in zip(found, found[1:], found[2:], strict=False):
        if not (mention.name.is_single and after.name.is_single):
            continue
        opens = _OPENS_QUOTE.fullmatch(text[mention.end : nickname.start][:_WIDEST])
        if opens and _CLOSES_QUOTE.fullmatch(text[nickname.end : after.start][:_WIDEST]):
            mention.name = after.name = read_name(f"{mention.text} {after.text}")


def _is_torn(
    text: str, mention: Mention, after: Mention, full: Mapping[str, list[tuple[str, ...]]]
) -> bool:
    """Whether two names around a page break are one, which the document need not have elsewhere.

    "Mhic" and "Giolla Rua" are where Mhic Giolla Rua sits at the table, "Tony" in the midst of a
    sentence and "McLough-Kerr" are.
    """
    whole = read_name(f"{mention.text} {after.text}")
    if not whole.given:
        return whole.key in full
    before = text[max(0, mention.start - len("of that matter, Mr ")) : mention.start]
    inside = "\n" not in before and len(before) > 1 and not mention.attendee
    last = after.name.is_single and not after.attendee and not after.address.titled
    common = mention.name.surname in given_names().common
    return inside and last and common and "-" in after.name.surname


def _read_particles(found: Sequence[Mention]) -> None:
    """Read "DE SOUZA" as a surname, not as D. E. Souza, where the document has a de Souza."""
    known = {mention.name.key for mention in found if mention.name.given}
    for mention in found:
        name = mention.name
        first = fold(name.printed_given)
        if name.given and is_particle(first) and name.printed_given.isalpha():
            surname = f"{first} {name.surname}"
            if len(first) > 1 and f"{first}{name.key}" in known:
                mention.name = Name((), surname, "", "", mention.text)


def _read_double_given(found: Sequence[Mention]) -> None:
    """Read "Pat Joe" as given names where Pat Joe Wynne is somebody and nobody is a Joe."""
    double = {m.name.given for m in found if m.name.key and len(m.name.given) > 1}
    surnames = {m.name.key for m in found if m.attendee or m.address.titled}
    for mention in found:
        name = mention.name
        given = (*name.given, name.surname)
        if name.given and given in double and name.key not in surnames:
            mention.name = Name((), " ".join(given), "", "", mention.text)


def _read_couples(text: str, found: Sequence[Mention]) -> None:
    """Give the surname of "Ken & Rita Hembrow" to both."""
    surnames: dict[str, set[str]] = defaultdict(set)
    for mention in found:
        if mention.name.given and mention.name.key:
            surnames[mention.name.given[0]].add(mention.name.key)
    for index, (mention, after) in enumerate(pairwise(found)):
        if not (_is_alone(mention) and after.name.given and after.name.key):
            continue
        if not _AND.fullmatch(text[mention.end : after.start][:_WIDEST]):
            continue
        if (
            index
            and found[index - 1].name.is_single
            and _LISTED.fullmatch(text[found[index - 1].end : mention.start][:_WIDEST])
        ):
            continue  # "Ola, Poppy and Summer Wade"
        first = mention.name.surname
        if (len(first) == 1) != (len(after.name.given[0]) == 1):
            continue
        if surnames[first] - {after.name.key} and not after.attendee:
            mention.unsure = True  # "Sue and Derek Rudkin" where Sue Lane sits at the table
        else:
            name = after.name
            mention.name = Name((first,), name.surname, "", mention.text, name.printed_surname)


def _surnames(found: Sequence[Mention]) -> Mapping[str, list[tuple[str, ...]]]:
    """Return the given names that stand with each surname, at most a few."""
    full: dict[str, list[tuple[str, ...]]] = defaultdict(list)
    for mention in found:
        held = full[mention.name.key]
        if mention.name.given and mention.name.given not in held[:20]:
            held.append(mention.name.given)
    return {key: given[:20] for key, given in full.items()}


def _is_alone(mention: Mention) -> bool:
    """Whether a mention is one given name or an initial."""
    if not mention.name.is_single:
        return False
    name = mention.name.surname
    return len(name) == 1 or name.split("-")[0] in given_names().common
