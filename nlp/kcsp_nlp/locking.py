"""One process at a time: a lock that its holder's death gives back, however that came about.

It is the operating system's own lock on an open file, so nobody has to tell a dead holder from a
slow one. The file itself says nothing and stays where it is: a lock file that is removed could be
held by two.
"""

from __future__ import annotations

import errno
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from kcsp_nlp.errors import KcspError

# How long a lock is waited for, and how often it is asked for, in seconds. What is done under it
# takes a second or two; only a stopped process holds it for longer.
PATIENCE = 60.0
_PAUSE = 0.05
# What systems say of a lock that another holds; whatever else they say, waiting does not help.
_HELD = {errno.EWOULDBLOCK, errno.EAGAIN, errno.EACCES, errno.EDEADLK}


class LockHeldError(KcspError):
    """Another process holds the lock."""


if sys.platform == "win32":
    import msvcrt

    def _take(stream: IO[bytes]) -> None:
        stream.seek(0)
        msvcrt.locking(stream.fileno(), msvcrt.LK_NBLCK, 1)

    def _give_back(stream: IO[bytes]) -> None:
        stream.seek(0)
        msvcrt.locking(stream.fileno(), msvcrt.LK_UNLCK, 1)

else:
    import fcntl

    def _take(stream: IO[bytes]) -> None:
        fcntl.flock(stream, fcntl.LOCK_EX | fcntl.LOCK_NB)

    def _give_back(stream: IO[bytes]) -> None:
        fcntl.flock(stream, fcntl.LOCK_UN)


@contextmanager
def locked(path: Path, *, patience: float = PATIENCE) -> Iterator[None]:
    """Hold a lock; other processes, and other holders in this one, wait.

    Args:
        path: The lock's file, made where it is missing; its folder is there.
        patience: Seconds for which another holder is waited for.

    Raises:
        LockHeldError: another process held it for longer.
        KcspError: its file system knows no locks.
        OSError: the file cannot be opened for writing.
    """
    with path.open("ab") as stream:
        until = time.monotonic() + patience
        while True:
            try:
                _take(stream)
                break
            except OSError as error:
                if error.errno not in _HELD:
                    raise KcspError(
                        f"{path}: found a file system without locks ({error.strerror}), expected "
                        "one that lets one process at a time write; give a place on another file "
                        "system, or in an object store where the command takes one"
                    ) from error
                if time.monotonic() >= until:
                    raise LockHeldError(
                        f"{path}: held by another process for {patience:.0f} seconds, expected "
                        "it to be free; wait until the other command has ended and try again"
                    ) from error
            time.sleep(_PAUSE)
        try:
            yield
        finally:
            _give_back(stream)
