"""Bodies that no register holds, told by the words of their names: `Ayton Town Council`, `HMP Ely`.

A name is a run of capitalised words with small words between them. It ends in a head that bodies
alone have (`Town Council`), or begins with one (`University of`). Where it is in doubt how far the
run belongs to the name, nothing is found.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources

from kcsp_nlp.registers.bodies import register
from kcsp_nlp.registers.name_edges import body_words, is_half, stands_right
from kcsp_nlp.registers.pieces import APART, BREAK, JOINED, Pieces, split_form, split_tokens

# Small words inside place names: "Stow cum Quy", "Sutton-on-Sea", "Blackburn with Darwen".
_INSIDE = frozenset({"and", "with", "upon", "on", "in", "under", "by", "next", "cum", "le", "de", "en"})
_THE_AFTER = frozenset({"on", "in", "under", "by", "upon"})
_LONGEST = 10

Words = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Heads:
    """Heads of names, by the word that they are looked up by, longest first.

    Attributes:
        ends: Heads that end a name (`Town Council`), by first word.
        begins: Heads that begin one (`University of`), by first word.
    """

    ends: Mapping[str, tuple[Words, ...]]
    begins: Mapping[str, tuple[Words, ...]]


@cache
def heads() -> Heads:
    """Return the heads; they are read at the first call."""
    source = resources.files("kcsp_nlp").joinpath("data/body_heads.json")
    lists = json.loads(source.read_text(encoding="utf-8"))
    return Heads(_by_first(lists["ends"]), _by_first(lists["begins"]))


def _by_first(forms: Sequence[str]) -> dict[str, tuple[Words, ...]]:
    index: dict[str, set[Words]] = {}
    for form in forms:
        for spelling in (form, form.replace("'s", "s"), form.replace("s' ", "'s ")):
            words = split_form(spelling)[0]
            index.setdefault(words[0], set()).add(words)
    return {word: tuple(sorted(found, key=len, reverse=True)) for word, found in index.items()}


def find_named(
    tokens: Sequence[str], spaces: Sequence[bool] | None = None
) -> Iterator[tuple[int, int]]:
    """Find names that their own words show to be those of bodies.

    Args:
        tokens: Texts of the tokens in order, white-space tokens included.
        spaces: Whether a space follows each token; tells a dash from a hyphen.

    Yields:
        Half-open token offsets, in order, none overlapping.
    """
    pieces = split_tokens(tokens, spaces)
    ends, begins = heads().ends, heads().begins
    behind = 0
    for at, word in enumerate(pieces.folded):
        if at < behind:
            continue
        found = None
        if word in begins:
            found = _headed(pieces, at, begins[word])
        if found is None and word in ends:
            found = _ending(pieces, at, ends[word], behind)
        if found is not None:
            start, behind = found
            yield pieces.token[start], pieces.token[behind - 1] + 1


def _match(pieces: Pieces, at: int, forms: tuple[Words, ...]) -> int | None:
    """Return the piece behind the longest head that stands at `at`, capitalised; None for none."""
    for words in forms:
        end = at + len(words)
        if tuple(pieces.folded[at:end]) != words or not pieces.last[end - 1]:
            continue
        if APART in pieces.gap[at + 1 : end]:
            continue
        if all(_is_capital(pieces, i) or pieces.folded[i] in ("and", "of", "s", ",") for i in range(at, end)):
            return end
    return None


def _is_capital(pieces: Pieces, at: int) -> bool:
    return pieces.printed[at][0].isupper()


def _ending(
    pieces: Pieces, at: int, forms: tuple[Words, ...], behind: int
) -> tuple[int, int] | None:
    """Return the name whose head begins at `at`; None for a bare head or a doubtful name."""
    end = _match(pieces, at, forms)
    if end is None or is_half(pieces, end) or not stands_right(pieces, end):
        return None
    start = _scan_left(pieces, at, max(behind, at - _LONGEST))
    if start is None or start == at or not pieces.first[start]:
        return None
    start = _cut_known(pieces, start, at, end)
    generic = body_words().generic
    if start is None or all(word in generic for word in pieces.folded[start:at]):
        return None
    return start, end


def _scan_left(pieces: Pieces, at: int, limit: int) -> int | None:
    """Return where the name before `at` begins; None where that is in doubt."""
    start, listed = at, False
    while start > limit and pieces.gap[start] != APART:
        step = _step_left(pieces, start - 1, listed=listed)
        if step == 0:
            break
        listed = listed or pieces.folded[start - 1] == "and"
        start -= step
    if start <= limit and start > 0 and limit == at - _LONGEST:
        return None
    if pieces.gap[start] != APART and start > 0 and pieces.folded[start - 1] in ("of", "and", ",") and (
        _doubtful(pieces, start)
    ):
        return None
    return start


def _doubtful(pieces: Pieces, start: int) -> bool:
    """Tell whether what stands before `of`, `and` or a comma may belong to the name."""
    before = start - 2
    if before < 0 or pieces.folded[start - 1] != "of":
        return False
    return _is_capital(pieces, before) and pieces.folded[before] in body_words().bodies


def _step_left(pieces: Pieces, at: int, *, listed: bool) -> int:
    """Return how many pieces up to `at` belong to the name behind them: 0 for none."""
    word = pieces.folded[at]
    if word == "s":
        return 2 if at and _is_name_word(pieces, at - 1) and not pieces.first[at] or _possessive(pieces, at) else 0
    if _is_capital(pieces, at) and word not in _INSIDE:
        return int(_is_name_word(pieces, at))
    if at == 0 or pieces.gap[at] == APART or not _is_name_word(pieces, at - 1):
        if word == "the" and at > 1 and pieces.folded[at - 1] in _THE_AFTER and _is_name_word(pieces, at - 2):
            return 3
        return 0
    words = body_words()
    before = pieces.folded[at - 1]
    if word == "of":
        return 2 if before in words.place_heads else 0
    if word == ",":
        return 2 if listed and before not in words.bodies else 0
    if word == "and":
        return 0 if before in words.bodies or _is_initials(pieces, at - 1) else 2
    return 2 if word in _INSIDE else 0


def _possessive(pieces: Pieces, at: int) -> bool:
    return at > 0 and pieces.gap[at] == JOINED and _is_name_word(pieces, at - 1)


def _is_initials(pieces: Pieces, at: int) -> bool:
    """Tell whether a short form stands there, the words around it being in small letters."""
    return pieces.printed[at].isupper() and not all(
        word.isupper() for word in pieces.printed[at + 1 : at + 4] if word.isalpha()
    )


def _is_name_word(pieces: Pieces, at: int) -> bool:
    """Tell whether a capitalised word may be part of a name: no office, no opening word."""
    word, printed = pieces.folded[at], pieces.printed[at]
    if not printed[0].isupper() or word == "the":
        return False
    words = body_words()
    if word in words.roles:
        return False
    if word not in words.openers:
        return True
    if word == "new":
        return True
    opens = at == 0 or pieces.gap[at] == APART or pieces.folded[at - 1] in (BREAK, ".", ":", ";", "*")
    shouted = len(printed) > 1 and printed.isupper()
    return not (opens or shouted)


def _cut_known(pieces: Pieces, start: int, head: int, end: int) -> int | None:
    """Return where the name begins, given that its end may be a body that the register knows.

    `Thanet and Dover District Council` is Dover's; of `Jane Hill Dover District Council` it is in
    doubt what belongs to it: None.
    """
    forms = register().forms
    for at in range(start, head):
        if any(not form.general for form in forms.get(tuple(pieces.folded[at:end]), ())):
            if at == start:
                return at
            return at if pieces.folded[at - 1] in ("and", ",") else None
    return start


def _headed(pieces: Pieces, at: int, forms: tuple[Words, ...]) -> tuple[int, int] | None:
    """Return the name that begins with a head; None for a bare head or a doubtful name."""
    end = _match(pieces, at, forms)
    if end is None or not pieces.first[at]:
        return None
    stop = end
    if stop < len(pieces.folded) and pieces.folded[stop] == "the" and pieces.gap[stop] == JOINED:
        stop += 1
    begin = stop
    while stop < min(len(pieces.folded), end + _LONGEST) and pieces.gap[stop] != APART:
        word = pieces.folded[stop]
        if _is_name_word(pieces, stop) and pieces.printed[stop][0].isupper():
            stop += 1
        elif stop > begin and word == "s" and pieces.gap[stop] == JOINED:
            stop += 1
        elif (
            stop > begin and word in ("and", "of", "in", "on", "upon") and stop + 1 < len(pieces.folded)
            and _is_capital(pieces, stop + 1) and pieces.gap[stop + 1] != APART and _is_name_word(pieces, stop + 1)
        ):
            stop += 2
        else:
            break
    if stop == begin or not pieces.last[stop - 1]:
        return None
    return at, stop
