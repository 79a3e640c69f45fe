"""What the structure stage returns: the parts of a document and what was found in them."""

from __future__ import annotations

from dataclasses import dataclass

from kcsp_nlp.records import (
    Action,
    Attendee,
    Decision,
    Kind,
    RestrictionKind,
    RestrictionPlace,
)


@dataclass(frozen=True)
class Marking:
    """Words that say that a part is not for the public.

    Attributes:
        kind: What they call it.
        said_by: Whether the part itself says so, an earlier one, or the whole document.
        start: First code point of the words in the document's text.
        end: One past the last code point.
    """

    kind: RestrictionKind
    said_by: RestrictionPlace
    start: int
    end: int


@dataclass(frozen=True)
class Part:
    """One stretch of a document; the parts of a document follow each other without a gap.

    Attributes:
        start: First code point in the document's text.
        end: One past the last code point; the next part's `start`.
        kind: `front`, `item` or `back`.
        number: As printed, without punctuation around it ("42", "2.1", "12/17"); None for none.
        code: Agenda code ("B1"); None where none is printed.
        title: Heading without markup, white space runs as one space; None where there is none.
        marking: Why it is not for the public; None where nothing says so.
    """

    start: int
    end: int
    kind: Kind
    number: str | None = None
    code: str | None = None
    title: str | None = None
    marking: Marking | None = None


@dataclass(frozen=True)
class Front:
    """The meeting's facts; None where the document does not state one.

    Attributes:
        body: The body whose meeting it was, as printed.
        date: ISO 8601, as precise as the document is ("2024-03" stays so).
        venue: Where it met, as printed.
    """

    body: str | None = None
    date: str | None = None
    venue: str | None = None


@dataclass(frozen=True)
class Outline:
    """Everything the rules find in one document; all offsets point into the document's text."""

    parts: tuple[Part, ...]
    front: Front
    attendance: tuple[Attendee, ...]
    decisions: tuple[Decision, ...]
    actions: tuple[Action, ...]
