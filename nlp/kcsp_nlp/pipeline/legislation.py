"""Find mentions of legislation: titles, short names, provisions, and the two joined."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise

from kcsp_nlp.pipeline.act_titles import GAP, ActTitle, find_act_titles, words
from kcsp_nlp.pipeline.law_names import find_given_names, find_law_names, find_own_names
from kcsp_nlp.pipeline.provisions import (
    Provision,
    depth,
    find_provisions,
    provision_paths,
)

# What joins a provision to its Act, or to the provision around it.
# matches: " of the "  ", "  " to "    does not match: " for "
_OF = re.compile(rf",?{GAP}?(?:(?:of|to|in){GAP}(?:the{GAP})?|the{GAP})?", re.I)
# matches: " "  ", "    does not match: " and "
_AFTER = re.compile(r",?[ \xa0]|,\n[ \t]{0,20}")
_BESIDE = re.compile(rf"{GAP}(?:and|&|or){GAP}")
_REACH = 40
# More pieces than any citation has.
_MOST = 10
_BARE = frozenset({"section", "schedule", "article", "regulation"})
# matches: " of the 1998 Act"  " to that Act"    does not match: " of the report"
_OF_LAW = re.compile(
    rf"(?:{GAP}\([^()\n]{{1,60}}\))?{GAP}(?:of|to|in){GAP}(?:(?:the|that|this|said|same){GAP}){{1,2}}"
    rf"(?:(?:(?:1[89]|20)\d\d{GAP})?"
    r"(?:(?:[A-Z]\w+\s)?(?:Act|Bill)|Order|Regulations|Measure|Directive)\b"
    r"|[*_\"“‘]{1,3}[A-Z][^.\n]{3,80}\bAct\b)"
)
# matches: " of the report"  " (fees) of our"    does not match: " on"
_ELSEWHERE = re.compile(rf"(?:{GAP}\([^()\n]{{1,60}}\))?{GAP}of{GAP}")
# What a provision is used for, which tells even a small number from a section of a report.
# matches: " notices"  " Direction"    does not match: " of"
_TELLING = re.compile(
    r"(?i)\s(?:(?:direction|inquest|notice|order|agreement|consultation|enquir(?:y|ie)|detention"
    r"|declaration|application|licence|warrant|power|offence|duty|duties|expenditure|donation"
    r"|mon(?:ey|ie))s?|rights)\b"
)
# The two provisions that every Irish council takes for read: planning by the council, and housing.
# matches: Part 8 (before " scheme")    does not match: Part 2 (before " of the agenda")
_IRISH = re.compile(
    r"(?i)(?:8|VIII|V)\s(?:scheme|process|procedure|proposal|planning|application|consultation"
    r"|report|approval|development|housing|agreement|obligation|unit|allocation)"
)
# matches: " Officer"  " above"    does not match: " detentions"
_NOT_LAW = re.compile(
    r"['’]?\s{1,20}(?:(?:Chief\s)?(?:Finance\s)?[Oo]fficer\b|above\b|below\b|overleaf\b"
    r"|on\spage|\(?page\b|payments?\b|cheques?\b)"
)
# matches: " to the draft lease"    does not match: " in the county"
_INSIDE = re.compile(
    r"\s{1,20}(?:in|to)\s(?:the|this|our|their|its)\s(?P<one>\w+)(?:\s(?P<two>\w+))?"
)
# matches: "Financial "  "Payment "    does not match: "under "
_INTERNAL = re.compile(
    r"(?i)(?:financial|contracts?|standing|procedure|payments?|rates?|fees?|pay|accounts|order"
    r"|appendix|annex|form|phase|lot|plot|zone|cross|tender)\s{1,3}$"
)
# What goes before a section whose number is so small that it may be a report's.
# matches: "under "  "contrary to "    does not match: "see "  "reworded "
_RELIED_ON = re.compile(
    r"\b(?:[Uu]nder|[Bb]y|[Pp]er|contrary to|with|(?<=[a-z] )in|virtue of)\s{1,20}(?:the\s)?$"
)
# matches: " (Fees)"  ", Eligibility"    does not match: " (as amended)"
_ASIDE = re.compile(r"\s\([A-Z]|, [A-Z]")
# matches: 17  100A    does not match: 4A  7
_LARGE = re.compile(r"\d\d")
# matches: 2012    does not match: 1122
_A_YEAR = re.compile(r"(?:19|20)\d\d")
# matches: " 2TN" (after S10)    does not match: " 2 TN"
_POSTCODE = re.compile(r"\s\d[A-Z]{2}\b")


Piece = ActTitle | Provision


@dataclass(frozen=True, slots=True)
class Citation:
    """One mention: half-open offsets, the title as written, its year, and the provisions named.

    `title` is None where the Act is understood (`Section 136`); `year` where none is written;
    `provision` is the deepest provision as a path (`section/17/1`), the first of several; `paths`
    are those of all.
    """

    start: int
    end: int
    title: str | None
    year: int | None
    provision: str | None
    provisions: tuple[Provision, ...]
    paths: tuple[str, ...]


def find_legislation(text: str, own: re.Pattern[str] | None = None) -> list[Citation]:
    """Return the mentions of legislation in `text`, sorted and never overlapping.

    Args:
        text: Any text.
        own: Finds names of legislation that a user's register adds; None for none.
    """
    acts = find_act_titles(text)
    names = [
        *find_law_names(text),
        *(find_own_names(text, own) if own else ()),
        *find_given_names(text, acts),
    ]
    titles = _without_overlap([*acts, *names])
    provisions = find_provisions(text)
    found: list[Citation] = []
    pieces: list[Piece] = [*titles, *_outside(provisions, titles)]
    pieces.sort(key=lambda piece: piece.start)
    at = 0
    while at < len(pieces):
        used = _joined(text, pieces, at)
        found.extend(_citations(text, pieces[at:used]))
        at = used
    return _with_understood_parts(text, found)


def _with_understood_parts(text: str, found: list[Citation]) -> list[Citation]:
    """Keep a bare `Part 4` only where the document names an Act for it elsewhere."""
    known = {
        part.numbers
        for citation in found
        if citation.title
        for part in citation.provisions
        if part.kind == "part"
    }
    return [
        citation
        for citation in found
        if citation.title
        or any(part.kind != "part" for part in citation.provisions)
        or citation.provisions[0].numbers in known
        or _IRISH.match(text, citation.provisions[0].start + len("Part "))
    ]


def _without_overlap(titles: list[ActTitle]) -> list[ActTitle]:
    kept: list[ActTitle] = []
    for title in sorted(titles, key=lambda title: (title.start, -title.end)):
        if not kept or title.start >= kept[-1].end:
            kept.append(title)
    return kept


def _outside(provisions: list[Provision], titles: list[ActTitle]) -> list[Provision]:
    """Leave out what only looks like a provision inside a title."""
    kept, at = [], 0
    for provision in provisions:
        while at < len(titles) and titles[at].end <= provision.start:
            at += 1
        if at == len(titles) or provision.end <= titles[at].start:
            kept.append(provision)
    return kept


def _joined(text: str, pieces: list[Piece], at: int) -> int:
    """Return the index after the last piece that belongs to one mention with `pieces[at]`."""
    end = at + 1
    titled = isinstance(pieces[at], ActTitle)
    while end < min(len(pieces), at + _MOST) and _touch(text, pieces[end - 1], pieces[end], titled):
        if titled and _leads_to_title(text, pieces, end):
            break  # `… Act 1972, s.1 Theft Act 1968`
        end += 1
        if isinstance(pieces[end - 1], ActTitle):
            return end  # its provisions stood before it
    # provisions side by side are one mention only where an Act holds them together
    while end - at > 1 and not titled and _gap(text, pieces[end - 2], pieces[end - 1], _BESIDE):
        end -= 1
    return end


def _gap(text: str, left: Piece, right: Piece, pattern: re.Pattern[str]) -> bool:
    near = right.start - left.end <= _REACH
    return near and bool(pattern.fullmatch(text, left.end, right.start))


def _touch(text: str, left: Piece, right: Piece, titled: bool) -> bool:
    """Tell whether two pieces belong to one mention, in which a title may stand already."""
    if titled:
        nested = isinstance(left, Provision) and _gap(text, left, right, _OF)
        return isinstance(right, Provision) and (nested or _gap(text, left, right, _AFTER))
    if isinstance(right, ActTitle):
        return _gap(text, left, right, _OF)
    if _gap(text, left, right, _BESIDE):
        return True
    nested = isinstance(left, Provision) and left.kind != right.kind
    return nested and _gap(text, left, right, _OF)


def _leads_to_title(text: str, pieces: list[Piece], at: int) -> bool:
    for left, right in pairwise(pieces[at : at + _MOST]):
        if isinstance(left, ActTitle) or not _touch(text, left, right, titled=False):
            return False
        if isinstance(right, ActTitle):
            return True
    return False


def _citations(text: str, pieces: list[Piece]) -> list[Citation]:
    title = next((piece for piece in pieces if isinstance(piece, ActTitle)), None)
    parts = tuple(piece for piece in pieces if isinstance(piece, Provision))
    if not title and not _is_law(text, parts):
        return []
    groups: list[list[Provision]] = [[part] for part in parts[:1]]
    for left, right in pairwise(parts):
        if _BESIDE.fullmatch(text[left.end : right.start]):
            groups.append([])
        groups[-1].append(right)
    name, year = (title.title, title.year) if title else (None, None)
    paths = provision_paths(groups)
    first = paths[0] if paths else None
    return [Citation(pieces[0].start, pieces[-1].end, name, year, first, parts, paths)]


def _is_law(text: str, parts: tuple[Provision, ...]) -> bool:
    """Tell a provision of an understood Act from a section of a report or a rule of the house."""
    outer = min(parts, key=depth)
    start, end = parts[0].start, parts[-1].end
    before, after = text[max(0, start - 24) : start], text[end : end + 90]
    if _OF_LAW.match(after):
        return outer.kind in _BARE or outer.kind in ("part", "paragraph")
    if _ELSEWHERE.match(after) or _is_internal(before, after):
        return False
    if outer.kind == "part":
        return len(parts) == 1 and outer.written == "Part"
    if outer.kind not in _BARE or not outer.numbers[0][0].isdigit():
        return False
    return _is_understood(text, outer, before, after)


def _is_internal(before: str, after: str) -> bool:
    """Tell the rules, papers and offices of the body itself (`Section 151 Officer`)."""
    if _NOT_LAW.match(after) or _INTERNAL.search(before):
        return True
    inside = _INSIDE.match(after)
    documents = words("documents")
    return bool(inside) and not documents.isdisjoint(inside.groups() if inside else ())


def _is_understood(text: str, outer: Provision, before: str, after: str) -> bool:
    """Tell whether everybody knows the Act: by the number, or by what the provision is used for."""
    number = outer.numbers[0]
    telling = bool(_TELLING.match(after))
    if outer.written in ("s", "S", "S.", "SS"):  # a school year (S1), a postcode (S10 2TN)
        attached = text[outer.start + len(outer.written)].isdigit()
        large = number[1:2].isdigit()
        return large and (attached or telling) and not _POSTCODE.match(after)
    relied_on = bool(_RELIED_ON.search(before)) and not _ASIDE.match(after)
    if outer.kind in ("schedule", "article") and outer.written.islower():
        return telling
    if telling or outer.written == "s.":
        return True
    if outer.kind == "schedule":
        return relied_on or not number.isdigit()
    return relied_on or bool(_LARGE.match(number) and not _A_YEAR.fullmatch(number))
