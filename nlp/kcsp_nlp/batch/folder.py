"""The folder of a run beside its output: `OUT.jsonl.run`, which one run at a time holds."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from kcsp_nlp.batch.journal import FACTS, RECORDS, beside
from kcsp_nlp.errors import KcspError
from kcsp_nlp.locking import locked

_SUFFIX = ".run"
# How often the folder is made anew that another run removes as it ends.
_TRIES = 10


class RunFolder:
    """The journals of a run.

    Attributes:
        path: The folder.
        keeps: Whether it stays when the run ends.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self.keeps = True
        self._held: dict[str, set[int]] = {}  # one look at a folder that may hold thousands
        for file in path.iterdir():
            key, _, number = file.stem.rpartition(".")
            if file.suffix in {FACTS, RECORDS} and number.isdigit():
                self._held.setdefault(key, set()).add(int(number))

    def stems(self) -> list[Path]:
        """Return the journals, older ones of a shard first."""
        return [stem for key in sorted(self._held) for stem in self.stems_of(key)]

    def stems_of(self, key: str) -> list[Path]:
        """Return the journals of a shard, older ones first."""
        return [self._stem(key, number) for number in sorted(self._held.get(key, ()))]

    def new_stem(self, key: str) -> Path:
        """Return where a new journal of a shard goes."""
        numbers = self._held.setdefault(key, set())
        numbers.add(max(numbers, default=0) + 1)
        return self._stem(key, max(numbers))

    def remove(self, stem: Path) -> None:
        """Remove a journal."""
        for suffix in (FACTS, RECORDS):
            beside(stem, suffix).unlink(missing_ok=True)
        key, _, number = stem.name.rpartition(".")
        self._held[key].discard(int(number))

    def clear(self) -> None:
        """Remove all journals."""
        for stem in self.stems():
            self.remove(stem)

    def _stem(self, key: str, number: int) -> Path:
        return self.path / f"{key}.{number}"


@contextmanager
def hold_folder(output: Path) -> Iterator[RunFolder]:
    """Hold the folder of a run; no other run on the same output begins meanwhile.

    Args:
        output: Where the records are to go, by whatever path.

    Raises:
        KcspError: another run holds it, or it cannot be written.
    """
    place = Path(os.path.realpath(output))
    path = place.with_name(place.name + _SUFFIX)
    for _ in range(_TRIES):
        lock = path / "lock"
        try:
            path.mkdir(exist_ok=True)
            lock.touch()
            before = lock.stat().st_ino
        except FileNotFoundError:
            if place.parent.is_dir():
                continue  # another run has just removed it
            raise
        with _locked(lock, output):
            if not _is(lock, before):
                continue
            folder = RunFolder(path)
            try:
                yield folder
            finally:
                if not folder.keeps:
                    shutil.rmtree(path, ignore_errors=True)
        if sys.platform == "win32" and not folder.keeps:  # it keeps what is locked
            with suppress(OSError):
                lock.unlink()
                path.rmdir()
        return
    raise _held(output)


@contextmanager
def _locked(lock: Path, output: Path) -> Iterator[None]:
    holding = locked(lock, patience=0)
    try:
        holding.__enter__()
    except (KcspError, FileNotFoundError) as error:  # or it is just being removed
        raise _held(output) from error
    try:
        yield
    finally:
        holding.__exit__(None, None, None)


def _held(output: Path) -> KcspError:
    return KcspError(
        f"{output}: another run is writing it, expected one at a time; wait until it has ended, or "
        "give another place with -o"
    )


def _is(lock: Path, number: int) -> bool:
    """Tell whether the lock is still the file that was there before it was taken."""
    try:
        return lock.stat().st_ino == number
    except FileNotFoundError:
        return False
