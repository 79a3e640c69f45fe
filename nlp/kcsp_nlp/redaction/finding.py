"""Where people are named or can be reached in a text."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Collection, Iterator, Sequence
from typing import NamedTuple

from kcsp_nlp.minutes.people.words import words as person_words
from kcsp_nlp.redaction.known import WORD, KnownNames, fold

NAME = "[name]"
CONTACT = "[contact]"

# What may stand between the words of one name: " ", ". ", "\n", "**"; not ", ", "\n\n".
_GAP = re.compile(r"(?=.)[ \t\xa0.*_\\|’'-]{0,8}\n?[ \t\xa0*_\\|>]{0,40}", re.DOTALL)
_LEAST_WORD = 3  # letters: fewer are initials
_BACK = 4  # words that may precede a surname in one name
_POSSESSIVE = re.compile(r"['’‘`][sS]\Z")
_AFTER = frozenset({"mp", "mbe", "obe", "cbe", "jp", "ms", "msp", "mla", "dl", "qpm", "mep", "ba"})
_OFFICES = frozenset(
    {
        "chair",
        "chairman",
        "chairwoman",
        "chairperson",
        "clerk",
        "mayor",
        "convener",
        "leader",
        "officer",
    }
)
# Honorifics behind which a word in capitals is somebody's name, known or not; not "MS Teams".
_HONORIFICS = frozenset({"Mr", "Mrs", "Ms", "Miss", "Mx", "Dr", "Cllr", "MR", "MRS", "CLLR"})
_DATES = re.compile(
    r"jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?"
    r"|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?|spring|summer|autumn|winter|easter"
)
# matches: ada.quill@board.gov.uk    does not match: @board
_MAIL = re.compile(r"[\w.+'-]{1,64}@[A-Za-z0-9-]{1,63}(?:\.[A-Za-z0-9-]{1,63}){1,6}")
# A telephone number that may be somebody's: 07700 900123, (01622) 555 0100, +44 20 7946 0000; not a
# line for all callers: 0800, 0808, 03.., 101, nor 2023/0123.
_PHONE = re.compile(
    r"(?<![\d/.£€$-])(?:\+44[ ]?(?:\(0\))?[ ]?|\(?0(?!800|808|845|870|3\d\d))"
    r"(?:\d[ )-]{0,2}){8,9}\d(?![\d/])"
)


class Region(NamedTuple):
    """A stretch of a text and what is put in its place."""

    start: int
    end: int
    new: str


class _Token(NamedTuple):
    start: int
    end: int
    text: str
    folded: str


def find_regions(
    text: str,
    known: KnownNames,
    *,
    given: Collection[tuple[int, int]] = (),
    kept: Sequence[tuple[int, int]] = (),
    always: Collection[str] = (),
) -> list[Region]:
    """Find what names or reaches a person.

    Args:
        text: Any text of the document.
        known: The names of its people.
        given: Where people are known to be named; half-open offsets.
        kept: Where other things are named, sorted: a lone word or letters inside are theirs.
        always: Folded names of one word that are people wherever they stand.

    Returns:
        Regions in order, not overlapping; what touches is one.
    """
    found = [Region(start, end, NAME) for start, end in given if start < end <= len(text)]
    found += _Scan(text, known, kept, always).run()
    for pattern in (_MAIL, _PHONE):
        found += [Region(*match.span(), CONTACT) for match in pattern.finditer(text)]
    return _merged(found)


def replaced(text: str, regions: Sequence[Region]) -> str:
    """Return a text with regions replaced."""
    pieces, at = [], 0
    for start, end, new in regions:
        pieces += [text[at:start], new]
        at = end
    return "".join([*pieces, text[at:]])


def _merged(found: list[Region]) -> list[Region]:
    merged: list[Region] = []
    for region in sorted(found):
        if merged and region.start < merged[-1].end:
            last = merged[-1]
            new = CONTACT if CONTACT in (last.new, region.new) else NAME
            merged[-1] = Region(last.start, max(last.end, region.end), new)
        else:
            merged.append(region)
    return merged


class _Scan:
    """One pass over the words of a text."""

    def __init__(
        self,
        text: str,
        known: KnownNames,
        kept: Sequence[tuple[int, int]],
        always: Collection[str],
    ) -> None:
        self._text = text
        self._known = known
        self._kept = kept
        self._starts = [start for start, _ in kept]
        self._always = always
        self._tokens = [_token(match) for match in WORD.finditer(text)]
        lists = person_words()
        self._roles = lists.roles
        self._titles = lists.honorifics | lists.ranks | lists.councillors.keys() | _OFFICES

    def run(self) -> Iterator[Region]:
        """Yield the regions in which people are named, in the order of their last words."""
        at = 0
        while at < len(self._tokens):
            first, stop = self._name(at)
            if first < stop:
                yield Region(self._tokens[first].start, self._tokens[stop - 1].end, NAME)
            at = max(stop, at + 1)

    def _name(self, at: int) -> tuple[int, int]:
        """Return the first word of the name that a word belongs to, and what is behind its last."""
        token = self._tokens[at]
        stop = self._sequence(at)
        if stop > at:
            return at, stop
        if token.text in _HONORIFICS and (behind := self._behind_honorific(at + 1)) > at + 1:
            return at + 1, behind
        first = self._first(at) if token.text[0].isupper() else None
        return (at, at) if first is None else (first, at + 1)

    def _sequence(self, at: int) -> int:
        """Return the index behind the longest known name that begins at a word; `at` for none."""
        best = at
        for name in self._known.sequences.get(self._tokens[at].folded, ()):
            stop = at + len(name)
            if stop > best and self._is_name(at, name):
                best = stop
        return best

    def _is_name(self, at: int, name: tuple[str, ...]) -> bool:
        tokens = self._tokens[at : at + len(name)]
        if len(tokens) < len(name) or not tokens[-1].text[0].isupper():
            return False
        same = all(token.folded == word for token, word in zip(tokens, name, strict=True))
        return same and all(self._joined(place) for place in range(at + 1, at + len(name)))

    def _first(self, at: int) -> int | None:
        """Return the index of the first word of a name that ends at a word; None for none."""
        token = self._tokens[at]
        initials = self._known.surnames.get(token.folded)
        single = token.folded in self._known.singles
        if initials:
            first = at
            while first > 0 and at - first < _BACK and self._is_forename(first - 1, initials):
                first -= 1
                if len(self._tokens[first].text) >= _LEAST_WORD:
                    break
            if first < at or self._is_titled(at):
                return first
        if token.folded in self._always or (single and self._is_titled(at)):
            return at
        if token.text in self._known.initials and not self._is_kept(token):
            return at
        if single and self._is_alone(at):
            return at
        return None

    def _behind_honorific(self, at: int) -> int:
        """Return the index behind the name that begins at a word: initials, one or two words."""
        stop, words = at, 0
        while stop < len(self._tokens) and words < 2 and stop - at < _BACK:  # noqa: PLR2004
            token = self._tokens[stop]
            is_part = token.text[0].isupper() and not self._is_kept(token) and self._joined(stop)
            if not is_part or token.folded in self._titles | self._roles:
                break
            if words and not self._beside(stop):
                break
            words += len(token.text) >= _LEAST_WORD
            stop += 1
        return stop

    def _is_forename(self, at: int, initials: set[str]) -> bool:
        token = self._tokens[at]
        after = self._tokens[at + 1].start
        if not self._joined(at + 1) or "\n" in self._text[token.end : after]:
            return False
        if not token.text[0].isupper() or token.folded in self._titles:
            return False
        return token.folded[0] in initials and not self._is_kept(token)

    def _is_titled(self, at: int) -> bool:
        """Whether an honorific or office stands right before a word."""
        if at == 0 or not self._joined(at):
            return False
        return self._tokens[at - 1].folded in self._titles

    def _is_alone(self, at: int) -> bool:
        """Whether a word stands by itself as a name does: not "Church Hill", not "may"."""
        token = self._tokens[at]
        if (
            _DATES.fullmatch(token.folded)
            or token.folded in self._known.lower
            or self._is_kept(token)
        ):
            return False
        if at and self._beside(at) and self._is_other_name(at - 1):
            return False
        if at + 1 < len(self._tokens) and self._beside(at + 1):
            after = self._tokens[at + 1]
            return not after.text[0].isupper() or after.folded in _AFTER
        return True

    def _is_other_name(self, at: int) -> bool:
        """Whether a word is in capitals and none that a sentence may begin with: "The"."""
        token = self._tokens[at]
        return token.text[0].isupper() and token.folded not in self._known.lower

    def _is_kept(self, token: _Token) -> bool:
        place = bisect_left(self._starts, token.end) - 1
        return place >= 0 and token.start < self._kept[place][1]

    def _joined(self, at: int) -> bool:
        """Whether a word follows the one before it as words of one name do."""
        before, token = self._tokens[at - 1], self._tokens[at]
        return bool(_GAP.fullmatch(self._text, before.end, token.start))

    def _beside(self, at: int) -> bool:
        gap = self._text[self._tokens[at - 1].end : self._tokens[at].start]
        return 0 < len(gap) <= 2 and not gap.strip(" ")  # noqa: PLR2004


def _token(match: re.Match[str]) -> _Token:
    text = match[0]
    bare = _POSSESSIVE.sub("", text) or text
    return _Token(match.start(), match.start() + len(bare), bare, fold(bare))
