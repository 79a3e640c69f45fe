"""What all stories of a document share: its styles, its lists, what was set aside so far."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from kcsp_nlp.reading.blocks import Block
from kcsp_nlp.reading.word.asides import Asides
from kcsp_nlp.reading.word.numbering import Numbering
from kcsp_nlp.reading.word.pagination import Pagination
from kcsp_nlp.reading.word.styles import Styles

# Called with kind and id of a note and the mark in the text; returns the note's blocks.
ReadNote = Callable[[str, str, str], list[Block]]


@dataclass
class Words:
    """What all stories of a document share.

    Attributes:
        styles: The document's styles.
        numbering: Its lists, with their counts so far.
        asides: What was set aside so far.
        read_note: Gives the text of notes; None where none can be referred to.
        pagination: Counts the pages of its body.
        has_foreign: Whether a document of another format is part of it, which is not read.
    """

    styles: Styles
    numbering: Numbering
    asides: Asides = field(default_factory=Asides)
    read_note: ReadNote | None = None
    pagination: Pagination | None = None
    has_foreign: bool = False
