"""Being told to stop: Ctrl-C, or SIGTERM as service managers send it, end a run in the same way."""

from __future__ import annotations

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

_SIGNALLED = 128  # shells' exit code of what a signal ended, less the signal's number


class Terminated(KeyboardInterrupt):
    """SIGTERM came."""


@contextmanager
def terminable() -> Iterator[None]:
    """Have SIGTERM end what runs as Ctrl-C does."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return

    def end(_: int, __: FrameType | None) -> None:
        raise Terminated

    older = signal.signal(signal.SIGTERM, end)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, older)


def exit_code(error: KeyboardInterrupt) -> int:
    """Return the exit code of a run that was told to stop."""
    number = signal.SIGTERM if isinstance(error, Terminated) else signal.SIGINT
    return _SIGNALLED + int(number)
