"""One file under way: what is known of it so far, over several tries where it takes them."""

from __future__ import annotations

import hashlib
import shutil
import tempfile
from collections.abc import Iterator
from typing import IO

from kcsp_nlp.batch.facts import DocumentFacts, Failure, FileFacts, Kind, plain
from kcsp_nlp.batch.messages import Answered, Ask, Begun, Ended, Message, Opened
from kcsp_nlp.storage.places import Place

# Records of a file that are kept in memory until its turn comes; more of them go to a file.
_IN_MEMORY = 1 << 20
# How often a document is tried, and how many of one file may fail so before the rest is given up.
_TRIES = 2
_MOST_STOPS = 10


class Task:
    """A file, and what became of its documents so far.

    Attributes:
        place: The file.
        is_done: Whether nothing more is to come.
        document: The document that is being annotated; None between two.
    """

    def __init__(self, place: Place) -> None:
        self.place = place
        self.is_done = False
        self.document: Begun | None = None
        self._sha256: str | None = None
        self._is_open = False
        self._documents: list[DocumentFacts] = []
        self._size = 0
        self._digest = hashlib.sha256()
        self._tries = 0
        self._stops = 0
        self._lines: IO[bytes] = tempfile.SpooledTemporaryFile(max_size=_IN_MEMORY)  # noqa: SIM115

    @property
    def ask(self) -> Ask:
        """What is still wanted of the file."""
        self._is_open = False
        return Ask(self.place, len(self._documents))

    @property
    def is_open(self) -> bool:
        """Whether the file is in memory, in this try."""
        return self._is_open

    @property
    def facts(self) -> FileFacts:
        """What became of the file."""
        return FileFacts(
            name=plain(str(self.place)),
            sha256=self._sha256,
            size=self._size,
            digest=self._digest.hexdigest(),
            documents=tuple(self._documents),
        )

    def take(self, message: Message) -> None:
        """Note what the process says."""
        if self.is_done:
            return
        match message:
            case Opened(sha256):
                self._open(sha256)
            case Begun():
                self.document = message
            case Answered(facts, lines):
                self._add(facts, lines)
            case Ended():
                self.is_done = True

    def stop(self, kind: Kind, why: str) -> bool:
        """Note that the process died or had to be stopped over this file.

        Args:
            kind: Of the failure.
            why: What was found, what was expected, the way out.

        Returns:
            Whether the file is to be tried again, or gone on with behind the document.
        """
        at, self.document = self.document, None
        self._tries += 1
        if self._tries < _TRIES:
            return True
        if at is None:
            self.give_up(kind, why)
            return False
        self._fail(at.source, kind, f"{at.source}: {why}")
        self._stops += 1
        if self._stops >= _MOST_STOPS:
            reason = (
                f"{self.place}: found {self._stops} documents that had to be stopped, expected "
                "sound ones; those behind them were not annotated: unpack it and give them one "
                "by one"
            )
            self._fail(str(self.place), kind, reason)
            self.is_done = True
        return not self.is_done

    def give_up(self, kind: Kind, why: str) -> None:
        """Note that nothing more is to come of this file, as of `stop`."""
        self._fail(str(self.place), kind, f"{self.place}: {why}")
        self.is_done = True

    def write_to(self, stream: IO[bytes]) -> None:
        """Write its records."""
        self._lines.seek(0)
        shutil.copyfileobj(self._lines, stream)

    def lines(self) -> Iterator[bytes]:
        """Yield its records, each a line."""
        self._lines.seek(0)
        yield from self._lines

    def close(self) -> None:
        """Let go of its records."""
        self._lines.close()

    def _open(self, sha256: str | None) -> None:
        self._is_open = True
        if self._documents and sha256 != self._sha256:
            # It was changed between two tries: what was said is about another file.
            self._documents.clear()
            self._lines.seek(0)
            self._lines.truncate()
            self._size, self._digest = 0, hashlib.sha256()
            reason = (
                f"{self.place}: was changed while it was annotated, expected a file that stays; "
                "run again with --resume"
            )
            self._fail(str(self.place), "reading", reason)
            self.is_done = True
        self._sha256 = sha256

    def _add(self, facts: DocumentFacts, lines: bytes) -> None:
        self.document = None
        self._tries = 0
        self._documents.append(facts)
        self._lines.write(lines)
        self._size += len(lines)
        self._digest.update(lines)

    def _fail(self, source: str, kind: Kind, reason: str) -> None:
        failure = Failure(kind=kind, reason=plain(reason))
        self._add(DocumentFacts(source=plain(source), failure=failure), b"")
