"""One run at a time where no system lock reaches: in an object store.

Nothing there gives back what a killed holder held, and no two machines agree on the time. So a
holder shows that it lives, and who wants to take over watches it:

    FOLDER/lock/1            a claim, made where there is none and never written again: who holds
    FOLDER/lock/TOKEN.beat   a counter, written anew every few seconds: that the holder lives

The highest claim holds. Who finds one watches its counter; where that stands still for a whole
lease, the holder is dead or stopped, and the next higher number is claimed. Of several who try,
the store lets one make it. A holder that was only stopped finds a higher claim when it asks
(`Lease.check`), or its own gone, and must not write any more. Claims and counters are apart so
that a late counter cannot bring back a claim that another run has removed.
"""

from __future__ import annotations

import secrets
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from itertools import count
from typing import TYPE_CHECKING, NamedTuple

from kcsp_nlp.errors import KcspError
from kcsp_nlp.storage.failures import told_as_files
from kcsp_nlp.storage.listing import names_in
from kcsp_nlp.storage.objects import create, remove
from kcsp_nlp.storage.places import Place, read_bytes

if TYPE_CHECKING:
    from upath import UPath

# How long a holder must show nothing to be taken for dead, in seconds.
LEASE = 30.0
# How often in that time the counter is written, and looked at.
_BEATS = 10
_LOOKS = 15
_LOCK, _BEAT = "lock", ".beat"
# Bytes of a claim or a counter: a token of 32 digits.
_MOST = 64
# How often others may end while this run waits for them.
_TRIES = 10
# How long the store's answer to a beat is waited for, in seconds; then comes the next. Its library
# would wait, and try again, for minutes.
_ANSWER = 6.0


class _Seen(NamedTuple):
    """The highest claim, as it was seen: equal where nothing has moved."""

    number: int
    token: bytes
    counter: bytes


class _Claim(NamedTuple):
    """A claim of this run."""

    lock: UPath
    number: int
    token: str
    output: Place

    @property
    def place(self) -> UPath:
        return self.lock / str(self.number)

    @property
    def counter(self) -> UPath:
        return self.lock / f"{self.token}{_BEAT}"

    def is_highest(self) -> bool:
        return _numbers(self.lock)[-1:] == [self.number] and self.is_ours()

    def is_ours(self) -> bool:
        return _read(self.place) == self.token.encode()


class Lease:
    """That this run holds a folder."""

    def __init__(self, claim: _Claim) -> None:
        """Note what was claimed; see `leased`."""
        self._claim = claim

    def check(self) -> None:
        """Refuse to go on where another run has taken over; ask this before output is written.

        Raises:
            KcspError: another run has, as this one was stopped for too long.
            OSError: the store does not say.
        """
        if not self._claim.is_highest():
            raise KcspError(
                f"{self._claim.output}: not written, as this run was stopped for so long that "
                "another one has taken over; expected one at a time; wait until that has ended, "
                "and run again with --resume"
            )


@contextmanager
def leased(
    folder: UPath, *, output: Place | None = None, seconds: float = LEASE
) -> Iterator[Lease]:
    """Hold a folder of an object store; no other run begins meanwhile.

    Where a killed run has held it, this takes a whole lease.

    Args:
        folder: The folder. Its `lock/` is this function's.
        output: What messages name; None for the folder.
        seconds: The lease: how long a holder must show nothing to be taken for dead.

    Raises:
        KcspError: another run holds it, or the store cannot make an object only where there is
            none.
        OSError: the store cannot be written.
    """
    claim = _claim(folder / _LOCK, output or folder, seconds)
    lease = Lease(claim)
    beating = _Beating(claim.counter, seconds / _BEATS)
    try:
        _refuse_unable(claim)
        if not claim.is_highest():
            raise _held(claim.output)
        beating.start()
        _clean(claim)
        yield lease
    finally:
        beating.stop()
        _give_back(claim)


def _claim(lock: UPath, output: Place, seconds: float) -> _Claim:
    """Claim the next number, once whoever has the highest is dead."""
    token = secrets.token_hex(16)
    for _ in range(_TRIES):
        seen = _look(lock)
        if seen is not None and not _stands_still(lock, seen, seconds):
            if _look(lock) is not None:
                raise _held(output)
            continue  # it has ended
        claim = _Claim(lock, seen.number + 1 if seen else 1, token, output)
        # A request whose answer was lost is sent again, and finds what it has made itself.
        if create(claim.place, token.encode()) or claim.is_ours():
            return claim
        raise _held(output)
    raise _held(output)


def _look(lock: UPath) -> _Seen | None:
    """Look at the highest claim and its counter; None where there is no claim."""
    numbers = _numbers(lock)
    if not numbers:
        return None
    token = _read(lock / str(numbers[-1]))
    counter = _read(lock / f"{token.decode()}{_BEAT}") if token.isalnum() else b""
    return _Seen(numbers[-1], token, counter)


def _stands_still(lock: UPath, seen: _Seen, seconds: float) -> bool:
    """Watch a claim for a whole lease.

    Looks are counted, not seconds: a clock may go on while a machine sleeps, and its holder beats
    no more than this one looks.
    """
    for _ in range(_LOOKS):
        time.sleep(seconds / _LOOKS)
        if _look(lock) != seen:
            return False
    return True


def _refuse_unable(claim: _Claim) -> None:
    """Refuse a store that makes an object anew where it was asked not to."""
    if create(claim.place, claim.token.encode()):
        raise KcspError(
            f"{claim.output}: found a store that does not refuse to write over an object "
            "(If-None-Match), expected one that does, as two runs could write the same output; "
            "write to a folder of this machine, or to another store"
        )


def _clean(claim: _Claim) -> None:
    """Remove what dead holders left."""
    for name in names_in(claim.lock):
        is_claim = name.isdecimal() and int(name) < claim.number
        is_counter = name.endswith(_BEAT) and name != claim.counter.name
        if is_claim or is_counter:
            remove(claim.lock / name)


def _give_back(claim: _Claim) -> None:
    """Remove the claim; where that fails, the next run waits for a lease."""
    with suppress(OSError):
        remove(claim.counter)
        if claim.is_ours():  # this run may have been stopped while others came and went
            remove(claim.place)


def _numbers(lock: UPath) -> list[int]:
    return sorted(int(name) for name in names_in(lock) if name.isdecimal())


def _read(place: UPath) -> bytes:
    try:
        return read_bytes(place, _MOST)
    except FileNotFoundError:
        return b""


def _held(output: Place) -> KcspError:
    return KcspError(
        f"{output}: another run is writing it, expected one at a time; wait until it has ended, or "
        "give another place with -o"
    )


class _Beating:
    """A thread that shows that this process lives."""

    def __init__(self, counter: UPath, pause: float) -> None:
        self._counter = counter
        self._pause = pause
        self._end = threading.Event()
        self._thread = threading.Thread(target=self._beat, daemon=True)

    def start(self) -> None:
        self._thread.start()

    def stop(self) -> None:
        """End it, and wait for the beat under way."""
        self._end.set()
        if self._thread.ident is not None:
            self._thread.join(2 * _ANSWER)

    def _beat(self) -> None:
        for beat in count(1):
            # A beat that is lost is one of several; `check` finds out what came of it.
            with suppress(OSError), told_as_files(self._counter):
                self._counter.fs.pipe_file(self._counter.path, str(beat).encode(), timeout=_ANSWER)
            if self._end.wait(self._pause):
                return
