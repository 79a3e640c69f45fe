"""What earlier runs have done: found by name, taken where nothing has changed."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path

from kcsp_nlp.batch.facts import plain
from kcsp_nlp.batch.folder import RunFolder
from kcsp_nlp.batch.journal import Entry, read_journal


class Earlier:
    """The documents of earlier runs, in bounded memory: where each lies, not what it holds."""

    def __init__(self, folder: RunFolder, setup: str) -> None:
        """Look through the journals.

        Args:
            folder: Of the run.
            setup: Digest of what records depend on besides the files.
        """
        self._stems: list[Path] = []
        self._where: dict[bytes, tuple[int, int]] = {}
        self._read = lru_cache(maxsize=8)(lambda stem: read_journal(stem, setup))
        for stem in folder.stems():
            for index, entry in enumerate(read_journal(stem, setup)):
                if not entry.facts.has_failed:
                    self._where[_key(entry.facts.name)] = (len(self._stems), index)
            self._stems.append(stem)

    def find(self, path: Path) -> Entry | None:
        """Return what was done with a file; None where it is to be done (again).

        It is as it was by its content; what failed is to be done again.
        """
        where = self._where.get(_key(plain(str(path))))
        if where is None:
            return None
        stem, index = where
        entry: Entry = self._read(self._stems[stem])[index]
        same = entry.facts.sha256 is not None and entry.facts.sha256 == _sha256(path)
        return entry if same and entry.is_whole() else None


def holds_work(folder: RunFolder) -> bool:
    """Tell whether anything lies there that would have to be done again, of whatever setup."""
    return any(
        not entry.facts.has_failed for stem in folder.stems() for entry in read_journal(stem, None)
    )


def covers(entries: Sequence[Entry | None], stem: Path, setup: str) -> bool:
    """Tell whether a journal holds the entries of a shard, all of them and nothing else."""
    held = read_journal(stem, setup)
    if [*entries] != held or not held:
        return False
    last = held[-1]
    return last.records.stat().st_size == last.begin + last.facts.size


def _key(name: str) -> bytes:
    return hashlib.sha256(name.encode()).digest()[:16]


def _sha256(path: Path) -> str | None:
    try:
        with path.open("rb") as stream:
            return hashlib.file_digest(stream, "sha256").hexdigest()
    except OSError:
        return None
