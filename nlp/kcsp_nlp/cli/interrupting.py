"""Being told to stop: Ctrl-C, or SIGTERM as service managers send it, end a run in the same way."""

from __future__ import annotations

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

_SIGNALLED = 128  # shells' exit code of what a signal ended, less the signal's number


class Interruption:
    """Which signal told a run to stop; Ctrl-C, where none was seen."""

    def __init__(self) -> None:
        self._signal: int = signal.SIGINT

    @property
    def exit_code(self) -> int:
        """Exit code of a run that was told to stop."""
        return _SIGNALLED + self._signal

    def end(self, number: int, _: FrameType | None) -> None:
        """Handle a signal as Ctrl-C is handled; libraries may raise that anew."""
        self._signal = number
        raise KeyboardInterrupt


@contextmanager
def terminable() -> Iterator[Interruption]:
    """Have SIGTERM end what runs as Ctrl-C does: by `KeyboardInterrupt`."""
    interruption = Interruption()
    if threading.current_thread() is not threading.main_thread():
        yield interruption
        return
    older = signal.signal(signal.SIGTERM, interruption.end)
    try:
        yield interruption
    finally:
        signal.signal(signal.SIGTERM, older)
