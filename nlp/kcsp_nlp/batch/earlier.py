"""What earlier runs have done: found by name, taken where nothing has changed."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from functools import lru_cache

from kcsp_nlp.batch.facts import plain
from kcsp_nlp.batch.folder import RunFolder
from kcsp_nlp.batch.journal import Entry, read_journal, read_journals
from kcsp_nlp.batch.messages import Ask
from kcsp_nlp.storage.files import open_file, size_of
from kcsp_nlp.storage.places import Place

_CHUNK = 1 << 20


class Earlier:
    """The documents of earlier runs, in bounded memory: where each lies, not what it holds."""

    def __init__(self, folder: RunFolder, setup: str) -> None:
        """Look through the journals.

        Args:
            folder: Of the run.
            setup: Digest of what records depend on besides the files.
        """
        self._stems: list[Place] = []
        self._where: dict[bytes, tuple[int, int]] = {}
        self._read = lru_cache(maxsize=8)(lambda stem: read_journal(stem, setup))
        for stem, entries in read_journals(folder.stems(), setup):
            for index, entry in enumerate(entries):
                if not entry.facts.has_failed:
                    self._where[_key(entry.facts.name)] = (len(self._stems), index)
            self._stems.append(stem)

    def find(self, place: Place) -> Entry | None:
        """Return what was done with a file of that name; None for nothing, or a failure.

        Whether it holds still is not said: see `taken_over`.
        """
        where = self._where.get(_key(plain(str(place))))
        if where is None:
            return None
        stem, index = where
        entries = self._read(self._stems[stem])
        return entries[index] if index < len(entries) else None


def taken_over(place: Place, entry: Entry | None) -> Entry | Ask:
    """Return what was done with a file where that holds still, else ask for the file.

    It holds where the content of the file is as it was and the records are what was written.

    Args:
        place: The file.
        entry: What an earlier run has done with it; None for nothing.
    """
    if entry is None or entry.facts.sha256 is None:
        return Ask(place)
    same = entry.facts.sha256 == digest_of(place)
    return entry if same and entry.is_whole() else Ask(place)


def holds_work(folder: RunFolder) -> bool:
    """Tell whether anything lies there that would have to be done again, of whatever setup.

    Raises:
        OSError: a journal cannot be read, so that nobody knows.
    """
    return any(
        not entry.facts.has_failed
        for _, entries in read_journals(folder.stems(), None)
        for entry in entries
    )


def covers(entries: Sequence[Entry], stem: Place, setup: str) -> bool:
    """Tell whether a journal holds the entries of a shard, all of them and nothing else."""
    held = read_journal(stem, setup)
    if [*entries] != held or not held:
        return False
    last = held[-1]
    return size_of(last.records) == last.begin + last.facts.size


def digest_of(place: Place) -> str | None:
    """Return the SHA-256 of a file, in hexadecimal digits; None where it cannot be read."""
    try:
        with open_file(place) as stream:
            digest = hashlib.sha256()
            while chunk := stream.read(_CHUNK):
                digest.update(chunk)
            return digest.hexdigest()
    except OSError:
        return None


def _key(name: str) -> bytes:
    return hashlib.sha256(name.encode()).digest()[:16]
