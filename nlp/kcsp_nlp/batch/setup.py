"""What an annotator is made of; travels to the processes that annotate."""

from __future__ import annotations

from contextlib import AbstractContextManager
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, Protocol

from kcsp_nlp.reading.limits import Limits
from kcsp_nlp.registers.user_tables import UserTables

if TYPE_CHECKING:
    from kcsp_nlp.annotator import Annotator
    from kcsp_nlp.reading import Document
    from kcsp_nlp.records import Record


class Annotates(Protocol):
    """What turns a document into records: an `Annotator`."""

    @property
    def is_worn(self) -> bool:
        """Whether a new one, of a new process, would take less memory."""
        ...

    def annotate(self, document: Document, *, explain: bool = False) -> list[Record]:
        """Annotate one document."""
        ...


class Loads(Protocol):
    """What a worker is given: a `Setup`. It must be picklable."""

    @property
    def limits(self) -> Limits:
        """Bounds of reading, which also bound annotating."""
        ...

    def load(self) -> Annotates:
        """Load the annotator."""
        ...


class Setup(NamedTuple):
    """What an annotator is made of.

    Attributes:
        model: A model folder; None for the shipped model.
        tables: A user's own registers; None for none.
        limits: Bounds of reading.
    """

    model: Path | None = None
    tables: UserTables | None = None
    limits: Limits = Limits()

    def load(self) -> Annotator:
        """Load the annotator.

        Raises:
            ModelError: the model cannot be loaded.
        """
        from kcsp_nlp.annotator import Annotator

        annotator = Annotator.load(self.model)
        return annotator.with_registers(self.tables) if self.tables else annotator


def keep_to_one_thread() -> AbstractContextManager[object]:
    """Keep numpy to one thread, at once and until the context ends; call it once it is loaded.

    More bring nothing on an idle machine and wait for each other on a busy one: two processes on
    two cores took three times as long. What is loaded later is not kept.
    """
    from threadpoolctl import threadpool_limits

    limits: AbstractContextManager[object] = threadpool_limits(1)
    return limits
