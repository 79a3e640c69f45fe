"""The journal of a shard: records, and beside them what became of each file, as they come.

Both files only grow. A line of facts is written after the records that it is about and holds their
digest, so what a kill, a full disk or a power cut leaves is told apart from what is whole, file by
file. `KEY.N.facts` and `KEY.N.jsonl` are one try of a shard; the next has a higher number.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, nullcontext, suppress
from itertools import islice
from types import TracebackType
from typing import IO, Literal, NamedTuple, Self

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from kcsp_nlp.batch.facts import FileFacts
from kcsp_nlp.errors import KcspError
from kcsp_nlp.storage.files import growing_file, open_file, read_part
from kcsp_nlp.storage.places import Place, is_remote

FACTS, RECORDS = ".facts", ".jsonl"
# Journals of an object store that are read at the same time.
_AT_ONCE = 8


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
    records: Place
    begin: int

    @property
    def stem(self) -> Place:
        """The journal."""
        return self.records.with_suffix("")

    def chunks(self) -> Iterator[bytes]:
        """Yield its records, as they lie there.

        Raises:
            KcspError: they are not what was written; the last chunk was yielded before.
            OSError: they cannot be read.
        """
        digest = hashlib.sha256()
        for chunk in read_part(self.records, self.begin, self.facts.size):
            digest.update(chunk)
            yield chunk
        if digest.hexdigest() != self.facts.digest:
            raise changed(self.stem)

    def is_whole(self) -> bool:
        """Tell whether its records are what was written."""
        try:
            for _ in self.chunks():
                pass
        except (OSError, KcspError):
            return False
        return True


def changed(stem: Place) -> KcspError:
    """Return the error that a journal is not what was written."""
    return KcspError(
        f"{stem}: was changed by another program, expected it as it was written; run again with "
        "--resume"
    )


class Journal:
    """A journal that is written; close it, or use it in a `with` statement."""

    def __init__(self, stem: Place, setup: str) -> None:
        """Begin it.

        Args:
            stem: Path of its files without their suffix.
            setup: Digest of what the records depend on besides the files.

        Raises:
            OSError: it cannot be written.
        """
        self._is_remote = is_remote(stem)
        with ExitStack() as opened:
            # Closed in the other order: in an object store a file appears when it is closed.
            self._facts = opened.enter_context(growing_file(beside(stem, FACTS)))
            self._lines = opened.enter_context(growing_file(beside(stem, RECORDS)))
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
            self._opened.close()  # in an object store, too, what is there so far is kept

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
        if self._is_remote:
            return  # it is there for good once it is there
        for stream in (self._lines, self._facts):
            stream.flush()
            os.fsync(stream.fileno())

    def _write_facts(self, facts: BaseModel) -> None:
        self._facts.write(facts.model_dump_json(by_alias=True).encode() + b"\n")
        self._facts.flush()


def read_journal(stem: Place, setup: str | None) -> list[Entry]:
    """Read what a journal holds, as far as it goes.

    Args:
        stem: Path of its files without their suffix.
        setup: As it must have been written with; None for any.

    Returns:
        Its entries, whose records may still be damaged; none where it is missing or of another
        setup.

    Raises:
        OSError: it is there and cannot be read.
    """
    entries: list[Entry] = []
    records = beside(stem, RECORDS)
    begin = 0
    try:
        with open_file(beside(stem, FACTS)) as stream:
            head = _Head.model_validate_json(stream.readline())
            if setup not in {None, head.setup}:
                return []
            for line in stream:
                facts = FileFacts.model_validate_json(line)
                entries.append(Entry(facts, records, begin))
                begin += facts.size
    except (FileNotFoundError, ValidationError):
        pass  # its end was not written any more
    return entries


def read_journals(stems: Iterable[Place], setup: str | None) -> Iterator[tuple[Place, list[Entry]]]:
    """Read journals, in order; those of an object store some at once, as each takes a request.

    Args:
        stems: Paths of their files without their suffix.
        setup: As of `read_journal`.

    Yields:
        The stem and the entries of each.

    Raises:
        OSError: one is there and cannot be read.
    """
    with ThreadPoolExecutor(_AT_ONCE) as threads:
        left = iter(stems)
        while some := tuple(islice(left, _AT_ONCE * 4)):
            read = threads.map if is_remote(some[0]) else map
            yield from zip(some, read(lambda stem: read_journal(stem, setup), some), strict=True)


def beside(stem: Place, suffix: str) -> Place:
    """Return the path of one of the files of a journal."""
    return stem.with_name(stem.name + suffix)
