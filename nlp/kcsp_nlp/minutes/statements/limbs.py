"""Limbs of a resolution: "(i) that …; (ii) that …", on lines of their own or in one sentence."""

from __future__ import annotations

import re

from kcsp_nlp.minutes.statements.sentences import sentences

_ROMAN = ("i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii", "xiii", "xiv")
_FIRST = frozenset({"1", "a", "i"})
# What may stand between the resolving word and the first limb: " that ", " – ", " in principle: ".
_LEAD = re.compile(
    r"[\s:–—-]*(?:(?:that|to)\b[\s:,–—-]*)?(?:[A-Za-z]+[\s:,–—-]+){0,3}?(?=\(\w|1\.\s)"
)
# "(a)", "(iv)", "(2)", " 2. "; not "2.5".
_INLINE = re.compile(
    r"\((?P<bracketed>[a-z]|[ivx]{1,5}|\d{1,2})\)|(?<=\s)(?P<dotted>\d{1,2})\.(?=\s)"
)
# Parts a limb from the next: "; ", ";\n", ", and "; not "Grounds ".
_SEPARATED = re.compile(r"[;,.]\s*(?:and\s*)?\Z")


def opens_list(marker: str) -> bool:
    """Say whether a marker may be the first of a list: a bullet, "(a)", "1.", "3.4"."""
    label = _label(marker)
    return bool(marker) and (not label or label in _FIRST or "." in label)


def follows(before: str, marker: str) -> bool:
    """Say whether `marker` is the next of the same list: "(b)" after "(a)", "-" after "-"."""
    if re.sub(r"\w+", "", before) != re.sub(r"\w+", "", marker):
        return False
    old, new = _label(before), _label(marker)
    if not old or not new:
        return old == new
    if "." in old and "." in new:
        left, right = old.rsplit(".", 1), new.rsplit(".", 1)
        return left[0] == right[0] and int(right[1]) == int(left[1]) + 1
    if old.isdigit() and new.isdigit():
        return int(new) == int(old) + 1
    if old in _ROMAN and new in _ROMAN and _ROMAN.index(new) == _ROMAN.index(old) + 1:
        return True
    return len(old) == len(new) == 1 and ord(new) == ord(old) + 1


def inline_limbs(text: str, at: int, end: int) -> list[tuple[str, int, int]]:
    """Return the limbs that follow a resolving word in its own paragraph.

    Args:
        text: The document's text.
        at: Where the resolving word ends.
        end: Where the paragraph ends.

    Returns:
        Marker, start and end of each limb; empty unless the first follows at once.
    """
    lead = _LEAD.match(text, at, end)
    if lead is None:
        return []
    marks: list[re.Match[str]] = []
    for mark in _INLINE.finditer(text, lead.end(), end):
        if (not marks and mark.start() == lead.end() and opens_list(mark[0])) or (
            marks and follows(marks[-1][0], mark[0])
        ):
            marks.append(mark)
        elif not marks:
            return []
    if not marks:
        return []
    bounds = [*(mark.start() for mark in marks[1:]), end]
    limbs = [(mark[0], mark.end(), bound) for mark, bound in zip(marks, bounds, strict=True)]
    marker, start, bound = limbs[-1]
    start += len(text[start:bound]) - len(text[start:bound].lstrip())
    closing = sentences(text, start, bound)
    limbs[-1] = (marker, start, closing[0][1] if closing else bound)
    is_enumeration = any(len(text[first:last].split()) < 2 for _, first, last in limbs)  # noqa: PLR2004
    return [] if is_enumeration else limbs


def split_limb(text: str, marker: str, start: int, end: int) -> list[tuple[str, int, int]]:
    """Cut a list item that holds the next limbs too: "(b) that …; (c) that …".

    Args:
        text: The document's text.
        marker: The item's own marker.
        start: Where the item begins, behind its marker.
        end: Where it ends.

    Returns:
        Marker, start and end of each limb; the item as it is where it holds no other.
    """
    found: list[tuple[str, int, int]] = []
    for mark in _INLINE.finditer(text, start, end):
        if _SEPARATED.search(text, max(start, mark.start() - 8), mark.start()) and follows(
            marker, mark[0]
        ):
            found.append((marker, start, mark.start()))
            marker, start = mark[0], mark.end()
    return [*found, (marker, start, end)]


def _label(marker: str) -> str:
    return marker.strip(" \t().").lower() if re.search(r"\w", marker) else ""
