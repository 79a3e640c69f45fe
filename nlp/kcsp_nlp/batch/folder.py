"""The folder of a run beside its output: `OUT.jsonl.run`, which one run at a time holds."""

from __future__ import annotations

import os
import shutil
import sys
import time
import uuid
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING

from kcsp_nlp.batch.journal import FACTS, RECORDS, beside
from kcsp_nlp.errors import KcspError
from kcsp_nlp.locking import LockHeldError, locked
from kcsp_nlp.storage.files import growing_file, names_in, remove
from kcsp_nlp.storage.leases import leased
from kcsp_nlp.storage.places import Place, is_remote

if TYPE_CHECKING:
    from upath import UPath

_SUFFIX = ".run"
_MARK = ".mark"
# How often a run asks whether another one has taken over, in seconds.
_PERIOD = 5.0
# How often the folder is made anew that another run removes as it ends.
_TRIES = 10


class RunFolder:
    """The journals of a run.

    Attributes:
        path: The folder.
        check: Raises `KcspError` where another run has taken the folder over.
        keeps: Whether it stays when the run ends.
    """

    def __init__(self, path: Place, check: Callable[[], None] = lambda: None) -> None:
        """Look what is there.

        Args:
            path: The folder.
            check: Raises `KcspError` where another run has taken the folder over.
        """
        self.path = path
        self.keeps = True
        self.check = check
        self._until = 0.0
        self._held: dict[str, set[int]] = {}
        for mark in self._look():  # of runs that died: what works for them is to end
            remove(mark)

    def stems(self) -> list[Place]:
        """Return the journals, older ones of a shard first."""
        return [stem for key in sorted(self._held) for stem in self.stems_of(key)]

    def stems_of(self, key: str) -> list[Place]:
        """Return the journals of a shard, older ones first."""
        return [self._stem(key, number) for number in sorted(self._held.get(key, ()))]

    def begin(self, key: str) -> tuple[tuple[Place, ...], Place]:
        """Return the journals of a shard, and where a new one goes; see `end`.

        No two runs give the same place, so one that was stopped, or has lost a machine that goes
        on, cannot write over what another has written since.

        Raises:
            KcspError: another run has taken the folder over.
        """
        self._check_at_times()
        older = self.stems_of(key)
        number = max(time.time_ns(), 1 + max(self._held.get(key, ()), default=0))
        self._held.setdefault(key, set()).add(number)
        return tuple(older), self._stem(key, number)

    def end(self, key: str, stem: Place, new: Place) -> None:
        """Have a journal be the only one of its shard, and remove the others.

        Args:
            key: Of the shard.
            stem: The journal.
            new: What `begin` gave; nothing was written there where it is not the journal.

        Raises:
            KcspError: another run has taken the folder over.
        """
        self._check_at_times()
        if stem != new:
            self._held[key].discard(_number(new))
        for other in self.stems_of(key):
            if other != stem:
                self.remove(other)

    def keep_only(self, stems: Iterable[Place]) -> None:
        """Remove all journals but these."""
        self._look()
        for stem in set(self.stems()) - set(stems):
            self.remove(stem)

    def remove(self, stem: Place) -> None:
        """Remove a journal."""
        for suffix in (FACTS, RECORDS):
            remove(beside(stem, suffix))
        self._held[stem.name.rpartition(".")[0]].discard(_number(stem))

    @contextmanager
    def marked(self) -> Iterator[Place]:
        """Have an empty file lie there for the time being.

        By it other machines know the folder, and that the run is under way which they work for.
        """
        mark = self.path / f"{uuid.uuid4().hex}{_MARK}"
        with growing_file(mark):
            pass
        try:
            yield mark
        finally:
            remove(mark)

    def clear(self) -> None:
        """Remove all journals."""
        self.keep_only(())

    def _look(self) -> list[Place]:
        """List the journals that are there now, beside those begun, and return the marks."""
        marks: list[Place] = []
        for name in names_in(self.path):  # one look: it may hold thousands
            if name.endswith(_MARK):
                marks.append(self.path / name)
            stem, _, kind = name.rpartition(".")
            key, _, number = stem.rpartition(".")
            if f".{kind}" in {FACTS, RECORDS} and number.isdigit():
                self._held.setdefault(key, set()).add(int(number))
        return marks

    def _check_at_times(self) -> None:
        if time.monotonic() >= self._until:
            self.check()
            self._until = time.monotonic() + _PERIOD

    def _stem(self, key: str, number: int) -> Place:
        return self.path / f"{key}.{number}"


@contextmanager
def hold_folder(output: Place) -> Iterator[RunFolder]:
    """Hold the folder of a run; no other run on the same output begins meanwhile.

    Args:
        output: Where the records are to go, by whatever path.

    Raises:
        KcspError: another run holds it, or it cannot be written.
    """
    with _hold_remote(output) if is_remote(output) else _hold(output) as folder:
        yield folder


@contextmanager
def _hold_remote(output: UPath) -> Iterator[RunFolder]:
    """Hold a folder of an object store, where nothing gives back what a killed holder held."""
    path = output.with_name(output.name + _SUFFIX)
    with leased(path, output=output) as lease:
        folder = RunFolder(path, lease.check)
        try:
            yield folder
        finally:
            if not folder.keeps:
                folder.clear()


@contextmanager
def _hold(output: Path) -> Iterator[RunFolder]:
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
    raise _held_by_another(output)


@contextmanager
def _locked(lock: Path, output: Path) -> Iterator[None]:
    holding = locked(lock, patience=0)
    try:
        holding.__enter__()
    except (LockHeldError, FileNotFoundError) as error:  # or it is just being removed
        raise _held_by_another(output) from error
    try:
        yield
    finally:
        holding.__exit__(None, None, None)


def _held_by_another(output: Place) -> KcspError:
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


def _number(stem: Place) -> int:
    return int(stem.name.rpartition(".")[2])
