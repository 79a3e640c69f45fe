"""The register of bodies: names, short forms and codes, and a finder over the tokens of a text."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import NamedTuple

from kcsp_nlp.errors import RegisterError
from kcsp_nlp.registers.body_lines import Body, parse_body
from kcsp_nlp.registers.name_edges import is_half, stands_alone
from kcsp_nlp.registers.pieces import Pieces, Words, split_form, split_tokens

# Kinds whose names longer names are built on: "Folkestone Chamber of Trade".
_GENERAL = frozenset({"local"})
# Kinds that hold the governments of the United Kingdom and its nations.
_WITH_GOVERNMENTS = ("government", "scotland", "wales", "ireland", "northern_ireland")
# Last words of police forces and governments, which are as often written small, by kind of body.
_WRITTEN_SMALL = {
    "police": frozenset({"Police", "Constabulary"}),
    **dict.fromkeys(_WITH_GOVERNMENTS, frozenset({"Government"})),
}


class FoundBody(NamedTuple):
    """A form of the register in a text.

    Attributes:
        start: Index of its first token.
        end: Index behind its last token.
        body: Index in `Register.bodies`; None where several bodies share the form.
        certain: Whether it is a body by itself; else it may be a word, or part of a longer name.
    """

    start: int
    end: int
    body: int | None
    certain: bool


class _Form(NamedTuple):
    """A form as printed.

    `general`: a longer name may be built on it (`Crown Court`); `named`: it is the body's own name.
    """

    printed: Words
    body: int | None
    certain: bool
    general: bool
    named: bool


@dataclass(frozen=True, slots=True, eq=False)
class Register:
    """All bodies, and their forms by first word; each register is equal to itself alone.

    Attributes:
        bodies: Sorted by name.
        lengths: For each first word, how many pieces its forms have, longest first.
        forms: The forms by their folded pieces.
    """

    bodies: tuple[Body, ...]
    lengths: dict[str, tuple[int, ...]]
    forms: dict[Words, tuple[_Form, ...]]


@cache
def register() -> Register:
    """Load the register that ships with the package, once."""
    source = resources.files("kcsp_nlp").joinpath("data/bodies.tsv")
    return build_register(
        parse_body(line) for line in source.read_text(encoding="utf-8").splitlines()
    )


def extend_register(known: Register, added: Iterable[Body]) -> Register:
    """Return a register with further bodies; one whose name is held already takes its place.

    Raises:
        RegisterError: two bodies would have one id; the message names them.
    """
    bodies = {body.name: body for body in known.bodies}
    bodies.update((body.name, body) for body in added)
    ids: dict[str, Body] = {}
    for body in bodies.values():
        other = ids.setdefault(body.id, body)
        if other is not body:
            raise RegisterError(
                f"register of bodies: {body.name!r} and {other.name!r} have the same id {body.id}; "
                "expected one each: give one of them an id of its own in the last column"
            )
    return build_register(bodies[name] for name in sorted(bodies))


def build_register(entries: Iterable[Body]) -> Register:
    """Index bodies by the words of their forms."""
    bodies = tuple(entries)
    drafts: dict[Words, dict[Words, _Form]] = {}
    for index, body in enumerate(bodies):
        for form in (body.name, *body.aliases, *body.ambiguous):
            general = body.kind in _GENERAL and not form.isupper()
            new = (index, form not in body.ambiguous, general, form == body.name)
            for folded, printed in _spellings(form, _WRITTEN_SMALL.get(body.kind, frozenset())):
                held = drafts.setdefault(folded, {})
                known = held.get(printed)
                held[printed] = _Form(printed, *new) if known is None else _either(known, *new)
    lengths: dict[str, set[int]] = {}
    for folded in drafts:
        lengths.setdefault(folded[0], set()).add(len(folded))
    return Register(
        bodies,
        {word: tuple(sorted(counts, reverse=True)) for word, counts in lengths.items()},
        {folded: tuple(held.values()) for folded, held in drafts.items()},
    )


def _either(known: _Form, body: int, certain: bool, general: bool, named: bool) -> _Form:
    """Return a form that two lines of the register give: a body's name beats another's alias."""
    if known.body == body or (known.named and not named):
        return known
    if named and not known.named:
        return known._replace(body=body, certain=certain, general=general, named=True)
    return known._replace(
        body=None, certain=certain and known.certain, general=general or known.general
    )


def _spellings(form: str, small: frozenset[str]) -> Iterator[tuple[Words, Words]]:
    """Yield the pieces of a form, and of what careless typing makes of it.

    Args:
        form: As the register has it.
        small: Last words that are as often written small: "Kent police", "Scottish government".
    """
    yield split_form(form)
    head, _, last = form.rpartition(" ")
    if head and last in small and not head.endswith("Local"):
        yield split_form(f"{head} {last.lower()}")
    if "'" in form:
        if "'s" in form:
            yield split_form(form.replace("'s", "s"))
        if "s' " in form:
            yield split_form(form.replace("s' ", "'s "))
    if ", " in form:
        yield split_form(form.replace(", ", " "))


def find_bodies(tokens: Sequence[str], spaces: Sequence[bool] | None = None) -> Iterator[FoundBody]:
    """Find the forms of the register in a text, longest first, none overlapping.

    Args:
        tokens: Texts of the tokens in order, white-space tokens included.
        spaces: Whether a space follows each token; tells a dash from a hyphen.

    Yields:
        Finds in order; token offsets are half-open.
    """
    yield from find_in_pieces(split_tokens(tokens, spaces), register())


def find_in_pieces(pieces: Pieces, known: Register) -> Iterator[FoundBody]:
    """Find the forms of a register among the pieces of a text, as `find_bodies` does."""
    folded, lengths = pieces.folded, known.lengths
    behind = 0
    for at, word in enumerate(folded):
        counts = lengths.get(word)
        if counts is None or at < behind or not pieces.first[at]:
            continue
        for count in counts:
            form = _form_at(pieces, at, at + count, known.forms)
            if form is None:
                continue
            behind = at + count
            certain = form.certain and stands_alone(pieces, at, behind, general=form.general)
            yield FoundBody(pieces.token[at], pieces.token[behind - 1] + 1, form.body, certain)
            break


def _form_at(
    pieces: Pieces, start: int, end: int, forms: dict[Words, tuple[_Form, ...]]
) -> _Form | None:
    """Return the form that stands there; None where none does, or only the half of a name."""
    held = forms.get(tuple(pieces.folded[start:end]))
    if held is None or end > len(pieces.folded) or not pieces.last[end - 1]:
        return None
    if is_half(pieces, end):
        return None
    printed = pieces.printed[start:end]
    return next((form for form in held if _same_case(form.printed, printed)), None)


def _same_case(form: Sequence[str], printed: Sequence[str]) -> bool:
    """Tell whether capitals stand where the form has them, or everywhere in a long one."""
    if len(form) == 1:
        return form[0] == printed[0]
    if not any(piece.islower() for piece in printed):
        return True
    return all(
        piece == wanted or (not wanted.isupper() and (piece[0].isupper() or wanted.islower()))
        for wanted, piece in zip(form, printed, strict=True)
    )
