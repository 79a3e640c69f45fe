"""The journal of a shard: records, and beside them what became of each file, as they come.

Both files only grow. A line of facts is written after the records that it is about and holds their
digest, so what a kill, a full disk or a power cut leaves is told apart from what is whole, file by
file. `KEY.1.facts` and `KEY.1.jsonl` are the first try of a shard, `KEY.2.…` the next.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator
from contextlib import ExitStack, nullcontext, suppress
from pathlib import Path
from types import TracebackType
from typing import IO, Literal, NamedTuple, Self

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from kcsp_nlp.batch.facts import FileFacts

FACTS, RECORDS = ".facts", ".jsonl"
_CHUNK = 1 << 20


class _Head(BaseModel):
    """The first line of the facts."""

    model_config = ConfigDict(frozen=True, extra="forbid", validate_by_name=True)

    schema_: Literal["kcsp-nlp/shard/1"] = Field(default="kcsp-nlp/shard/1", alias="schema")
    setup: str


class Entry(NamedTuple):
    """What a journal holds of one file.

    Attributes:
        facts: What became of it.
        records: The file that its records are in.
        begin: Where in it they begin, in bytes.
    """

    facts: FileFacts
    records: Path
    begin: int

    def chunks(self) -> Iterator[bytes]:
        """Yield its records, as they lie there.

        Raises:
            OSError: they cannot be read.
        """
        left = self.facts.size
        with self.records.open("rb") as stream:
            stream.seek(self.begin)
            while left and (chunk := stream.read(min(left, _CHUNK))):
                left -= len(chunk)
                yield chunk

    def is_whole(self) -> bool:
        """Tell whether its records are what was written."""
        digest = hashlib.sha256()
        try:
            for chunk in self.chunks():
                digest.update(chunk)
        except OSError:
            return False
        return digest.hexdigest() == self.facts.digest


class Journal:
    """A journal that is written; close it, or use it in a `with` statement."""

    def __init__(self, stem: Path, setup: str) -> None:
        """Begin it.

        Args:
            stem: Path of its files without their suffix.
            setup: Digest of what the records depend on besides the files.

        Raises:
            OSError: it cannot be written.
        """
        self.records = beside(stem, RECORDS)
        with ExitStack() as opened:
            self._lines: IO[bytes] = opened.enter_context(self.records.open("wb"))
            self._facts: IO[bytes] = opened.enter_context(beside(stem, FACTS).open("wb"))
            self._write_facts(_Head(setup=setup))
            self._opened = opened.pop_all()

    def __enter__(self) -> Self:
        """Return the journal itself."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Close it; on a full disk that fails, too, after what has failed before."""
        with suppress(OSError) if error is not None else nullcontext():
            self._opened.close()

    @property
    def lines(self) -> IO[bytes]:
        """Where the records of the next file go."""
        return self._lines

    def note(self, facts: FileFacts) -> None:
        """Note what became of a file whose records were written.

        Raises:
            OSError: it cannot be written.
        """
        self._lines.flush()
        self._write_facts(facts)

    def sync(self) -> None:
        """Have the system put all of it on the disk.

        Raises:
            OSError: it cannot.
        """
        for stream in (self._lines, self._facts):
            stream.flush()
            os.fsync(stream.fileno())

    def _write_facts(self, facts: BaseModel) -> None:
        self._facts.write(facts.model_dump_json(by_alias=True).encode() + b"\n")
        self._facts.flush()


def read_journal(stem: Path, setup: str | None) -> list[Entry]:
    """Read what a journal holds, as far as it goes.

    Args:
        stem: Path of its files without their suffix.
        setup: As it must have been written with; None for any.

    Returns:
        Its entries, whose records may still be damaged; none where it is of another setup.
    """
    entries: list[Entry] = []
    records = beside(stem, RECORDS)
    begin = 0
    try:
        with beside(stem, FACTS).open("rb") as stream:
            head = _Head.model_validate_json(stream.readline())
            if setup not in {None, head.setup}:
                return []
            for line in stream:
                facts = FileFacts.model_validate_json(line)
                entries.append(Entry(facts, records, begin))
                begin += facts.size
    except (OSError, ValidationError):
        pass  # its end was not written any more
    return entries


def beside(stem: Path, suffix: str) -> Path:
    """Return the path of one of the files of a journal."""
    return stem.with_name(stem.name + suffix)
