"""Bodies that no register holds, told by the words of their names: `Ayton Town Council`, `HMP Ely`.

A name is a run of capitalised words with small words between them. It ends in a head that bodies
alone have (`Town Council`), or begins with one (`University of`). Where it is in doubt how far the
run belongs to the name, nothing is found.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from kcsp_nlp.registers.bodies import register
from kcsp_nlp.registers.name_edges import body_words, is_half, stands_right
from kcsp_nlp.registers.name_heads import Head, heads, match_head
from kcsp_nlp.registers.name_starts import LONGEST, find_start, is_name_word
from kcsp_nlp.registers.pieces import APART, JOINED, Pieces, split_tokens

# Small words inside a name that its head begins: "Friends of St Mary's", "NHS Isle of Wight".
_INSIDE = frozenset({"s", "of", "upon"})
# Small words across which such a name may go on, in English, Irish or Welsh.
_ACROSS = frozenset({"na", "an", "y", "yr", "(", "/"})


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
    yield from find_named_in(split_tokens(tokens, spaces), tokens)


def find_named_in(pieces: Pieces, tokens: Sequence[str]) -> Iterator[tuple[int, int]]:
    """Find such names among the pieces of a text, as `find_named` does, with its tokens."""
    ends, begins = heads().ends, heads().begins
    behind = 0
    for at, word in enumerate(pieces.folded):
        if at < behind:
            continue
        found = _ending(pieces, at, ends[word], behind) if word in ends else None
        if found is None and word in begins:
            found = _headed(pieces, at, begins[word])
        if found is not None:
            start, behind = found
            # A tokenizer that leaves the full stop on the last word gives no exact name.
            if not tokens[pieces.token[behind - 1]].endswith("."):
                yield pieces.token[start], pieces.token[behind - 1] + 1


def _ending(
    pieces: Pieces, at: int, forms: tuple[Head, ...], behind: int
) -> tuple[int, int] | None:
    """Return the name whose head begins at `at`; None for a bare head or a doubtful name."""
    head = match_head(pieces, at, forms)
    if head is None:
        return None
    end = at + len(head.words)
    if is_half(pieces, end) or not stands_right(pieces, end, general=head.kind == "function"):
        return None
    start = find_start(pieces, at, max(behind, at - LONGEST), head.kind)
    if start is None or start == at or not pieces.first[start]:
        return None
    known = _known_from(pieces, start, at, end)
    return None if known is None or _is_bare(pieces.folded[known:at]) else (known, end)


def _is_bare(folded: Sequence[str]) -> bool:
    """Tell whether none of the words tells one body from another of its class."""
    words = body_words()
    return all(word in words.generic or word in words.bodies for word in folded)


def _known_from(pieces: Pieces, start: int, head: int, end: int) -> int | None:
    """Return where the name begins, given that its end may be a body that the register knows.

    `Thanet and Dover District Council` is Dover's; of `Jane Hill Dover District Council` it is in
    doubt what belongs to it: None.
    """
    forms = register().forms
    for at in range(start, head):
        if any(not form.general for form in forms.get(tuple(pieces.folded[at:end]), ())):
            return at if at == start or pieces.folded[at - 1] in ("and", ",") else None
    return start


def _headed(pieces: Pieces, at: int, forms: tuple[Head, ...]) -> tuple[int, int] | None:
    """Return the name that begins with a head; None for a bare head or a doubtful name."""
    head = match_head(pieces, at, forms)
    if head is None or not pieces.first[at] or _follows_name(pieces, at):
        return None
    begin = at + len(head.words)
    if pieces.folded[begin : begin + 1] == ["the"]:
        begin += 1
    stop = begin
    limit = min(len(pieces.folded), begin + LONGEST)
    while stop < limit and pieces.gap[stop] == JOINED and _goes_on(pieces, stop, begin):
        stop += 1
    if stop in (begin, begin + LONGEST) or not pieces.last[stop - 1] or _runs_on(pieces, stop):
        return None
    return None if _is_bare(pieces.folded[begin:stop]) else (at, stop)


def _follows_name(pieces: Pieces, at: int) -> bool:
    """Tell whether a name's words stand before `at`: `League of` Friends of Ely."""
    if at == 0 or pieces.gap[at] != JOINED:
        return False
    if pieces.folded[at - 1] in ("of", "/"):
        return at > 1 and is_name_word(pieces, at - 2)
    return is_name_word(pieces, at - 1)


def _goes_on(pieces: Pieces, at: int, begin: int) -> bool:
    """Tell whether the piece at `at` belongs to the name whose own words begin at `begin`."""
    word = pieces.folded[at]
    if word in _INSIDE and at > begin:
        if word == "s":
            return True
        follows = at + 1 < len(pieces.folded) and pieces.gap[at + 1] == JOINED
        return follows and is_name_word(pieces, at + 1)
    return word not in body_words().after and is_name_word(pieces, at)


def _runs_on(pieces: Pieces, at: int) -> bool:
    """Tell whether the words from `at` on may belong to the name before them."""
    folded = pieces.folded
    if at + 1 >= len(folded) or pieces.gap[at] == APART:
        return False
    if folded[at] in ("and", "of"):
        return pieces.printed[at + 1][0].isupper() and folded[at + 1] not in heads().begins
    if folded[at] == ",":
        return "and" in folded[at + 2 : at + 6] and pieces.printed[at + 1][0].isupper()
    return folded[at] in _ACROSS or (pieces.gap[at] != JOINED and pieces.printed[at][0].isupper())
