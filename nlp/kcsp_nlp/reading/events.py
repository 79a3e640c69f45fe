"""What reading a file gives, one after the other: documents, failures, notices."""

from __future__ import annotations

from dataclasses import dataclass

from kcsp_nlp.errors import ReadingError
from kcsp_nlp.reading.document import Document


@dataclass(frozen=True)
class Begun:
    """Says that a file, or a member of one, is being read: what follows is about it.

    Attributes:
        where: What messages call it.
    """

    where: str


@dataclass(frozen=True)
class Ended:
    """Says that nothing more follows about the file that was begun last."""


@dataclass(frozen=True)
class Notice:
    """What a user should know of a file that is neither a document nor a failure.

    Attributes:
        where: What messages call it.
        text: How many of its members were left out, why and by what names, in one line.
    """

    where: str
    text: str

    def __str__(self) -> str:
        """Return both as one line."""
        return f"{self.where}: {self.text}"


Result = Document | ReadingError | Notice
Event = Begun | Ended | Result
