"""The one Act of a year whose title is nearly as written: slips of the pen, of OCR, of memory.

What may differ: a letter or two inside a long word that is no word of any title, a plural, small
words, commas, and one word left out of a title that keeps three. Words in brackets (a nation, an
amendment, a number) must be the same: they tell one Act from another.
"""

from __future__ import annotations

import re
from collections import Counter
from functools import lru_cache

from rapidfuzz import fuzz
from rapidfuzz.distance import OSA

from kcsp_nlp.registers.legislation import Statute, Statutes, statutes

#: How near a title must be, in hundredths of its letters, and how much nearer than the next.
#: Measured on the 5,589 titles of the register, each perturbed (a letter, a word, a small word, a
#: plural, two of these) and each left out of it: no link to another Act at 60, 70, 80, 90 or 95;
#: at 80 five of some 11,300 right links are lost, at 90 four hundred.
NEAR = 80.0
CLEARER = 5.0

# matches: Victims'  anti  2    does not match: ,
_WORD = re.compile(r"[^\W_]+")
# matches: (Scotland)  (No. 2)    does not match: (
_BRACKETED = re.compile(r"\([^()]{0,80}\)")
_SMALL = frozenset({"a", "an", "and", "by", "etc", "for", "in", "of", "on", "or", "the", "to"})
_SMALL |= {"with", "act", "s"}
# How many letters a word needs to hold one slip, and two.
_LONG, _LONGER = 5, 8
_SLIPS = 2
# How many words must be left where one is left out.
_KEPT = 3
_LEAST = 2
# What is never left out: it tells one Act from another.
_TELLING = frozenset({"scotland", "wales", "england", "northern", "ireland", "amendment", "no"})
_LONGEST = 200


@lru_cache(maxsize=1024)
def near_title(title: str, year: int, known: Statutes | None = None) -> Statute | None:
    """Return the one Act of `year` whose title is near enough; None where none or two are.

    Args:
        title: As written, without its year; no title of the register.
        year: The year that follows it.
        known: The register; None for the one that ships with the package.
    """
    known = known or statutes()
    written = _plain(title)
    if len(title) > _LONGEST or not written.endswith(("act", "measure")):
        return None
    scored = sorted(
        ((fuzz.ratio(written, _plain(act.title)), act) for act in known.by_year.get(year, ())),
        reverse=True,
    )
    if not scored or scored[0][0] < NEAR:
        return None
    best, act = scored[0]
    if any(best - score < CLEARER and other.path != act.path for score, other in scored[1:]):
        return None
    return act if _slipped(title, act, _words_of(known)) else None


def _slipped(title: str, act: Statute, known: Counter[str]) -> bool:
    """Tell whether all that differs between two titles is what a hand or a scanner may lose."""
    if _brackets(title) != _brackets(act.title):
        return False
    written, meant = _words(title), _words(act.title)
    if len(written) + 1 == len(meant):
        left_out = {w for at, w in enumerate(meant) if written == meant[:at] + meant[at + 1 :]}
        return bool(left_out - _TELLING) and len(written) >= _KEPT
    if len(written) != len(meant) or _dangles(title):
        return False
    if len(meant) == 1 and written[0].rstrip("s") == meant[0].rstrip("s"):
        return False  # Finances Act
    differing = [(a, b) for a, b in zip(written, meant, strict=True) if a != b]
    return len(differing) <= _SLIPS and all(_slip(a, b, known) for a, b in differing)


def _dangles(title: str) -> bool:
    """Tell a title that a small word opens or ends (`Fines and Act`): more than it is lost."""
    words = _WORD.findall(title.lower())
    return len(words) < _LEAST or words[0] in _SMALL or words[-2] in _SMALL


def _slip(written: str, meant: str, known: Counter[str]) -> bool:
    if written in (meant + "s", meant.removesuffix("s")):
        return True
    if len(meant) < _LONG or written[0] != meant[0] or known[written]:
        return False
    written, meant = written.replace("rn", "m"), meant.replace("rn", "m")  # scanners confuse them
    return OSA.distance(written, meant) <= (_SLIPS if len(meant) >= _LONGER else 1)


@lru_cache(maxsize=4)
def _words_of(known: Statutes) -> Counter[str]:
    """Return how many Acts have each word: what is a word elsewhere is no slip here."""
    return Counter(
        word
        for acts in known.by_year.values()
        for act in acts
        for word in set(_WORD.findall(act.title.lower()))
    )


@lru_cache(maxsize=8192)
def _plain(title: str) -> str:
    return " ".join(_WORD.findall(title.lower().replace("&", "and")))


def _words(title: str) -> list[str]:
    plain = _BRACKETED.sub(" ", title.lower().replace("&", "and"))
    return [word for word in _WORD.findall(plain) if word not in _SMALL]


def _brackets(title: str) -> list[list[str]]:
    held = (match[0].lower().replace("&", "and") for match in _BRACKETED.finditer(title))
    return sorted([word for word in _WORD.findall(each) if word not in _SMALL] for each in held)
