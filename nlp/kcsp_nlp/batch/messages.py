"""What a process that annotates says of a file, one after the other."""

from __future__ import annotations

from dataclasses import dataclass

from kcsp_nlp.batch.facts import DocumentFacts
from kcsp_nlp.storage.places import Place


@dataclass(frozen=True)
class Ask:
    """Asks for a file.

    Attributes:
        place: The file.
        skip: How many of its documents to pass over: those that an earlier try has answered.
    """

    place: Place
    skip: int = 0


@dataclass(frozen=True)
class Ready:
    """The model is loaded."""


@dataclass(frozen=True)
class Opened:
    """The file is in memory.

    Attributes:
        sha256: Of its bytes; None where it cannot be opened.
    """

    sha256: str | None


@dataclass(frozen=True)
class Begun:
    """A document has been read and is being annotated.

    Attributes:
        source: What messages call it.
        characters: Length of its text.
    """

    source: str
    characters: int


@dataclass(frozen=True)
class Answered:
    """What became of a document.

    Attributes:
        facts: All but its records.
        lines: Its records as JSON Lines.
    """

    facts: DocumentFacts
    lines: bytes


@dataclass(frozen=True)
class Ended:
    """Nothing more follows of this file.

    Attributes:
        is_worn: Whether a new process would take less memory.
    """

    is_worn: bool = False


Message = Ready | Opened | Begun | Answered | Ended
