"""A process that annotates, seen from the one that asks: started, watched, stopped."""

from __future__ import annotations

import contextlib
import multiprocessing
import signal
import time
from collections.abc import Iterator

import psutil

from kcsp_nlp.batch.facts import Kind
from kcsp_nlp.batch.messages import Begun, Ended, Message, Ready
from kcsp_nlp.batch.serving import serve
from kcsp_nlp.batch.setup import Loads
from kcsp_nlp.batch.task import Task
from kcsp_nlp.errors import KcspError
from kcsp_nlp.reading.limits import MEGABYTE
from kcsp_nlp.reading.progress import allowed

# What loading the model may take on a busy machine, in seconds.
_START = 300.0
# `Limits.seconds` is what annotating so many characters may take, begun ones counted; it takes some
# 20 seconds on one core.
_CHARACTERS = 1_000_000
# A process that holds more than this share of what a document may take gets no other file.
_SATED = 0.5
# How long an end may take, in seconds.
_END = 5.0


class StoppedError(Exception):
    """The process died or has to be stopped; says why, as the end of a message.

    Attributes:
        kind: Of the failure that it is to the file under way.
    """

    def __init__(self, kind: Kind, why: str) -> None:
        super().__init__(why)
        self.kind: Kind = kind


class Worker:
    """The process, and the file that it works on.

    Attributes:
        task: The file; None for none.
        is_ready: Whether the model is loaded.
    """

    def __init__(self, setup: Loads, *, explain: bool) -> None:
        """Start it.

        Raises:
            KcspError: the system starts no process.
        """
        # Spawned, as Windows and macOS do it: a fork of a process with threads can hang.
        context = multiprocessing.get_context("spawn")
        self.connection, theirs = context.Pipe()
        self._limits = setup.limits
        self._process = context.Process(target=serve, args=(theirs, setup, explain), daemon=True)
        try:
            with _without_interrupts():
                self._process.start()
        except OSError as error:
            raise KcspError(
                f"found no way to start a process that annotates ({error.strerror}), expected one; "
                "close other programs or use fewer --workers"
            ) from error
        finally:
            theirs.close()
        self.task: Task | None = None
        self.is_ready = False
        self._is_worn = False
        self._empty = 0
        self._until = time.monotonic() + _START

    @property
    def is_idle(self) -> bool:
        """Whether it waits for a file."""
        return self.is_ready and self.task is None

    @property
    def is_sated(self) -> bool:
        """Whether it holds so much that a new one takes its place."""
        if self._is_worn:
            return True
        # A next file would be blamed for it.
        held = self._resident() - self._empty
        return held > _SATED * self._limits.memory_megabytes * MEGABYTE

    def give(self, task: Task) -> None:
        """Give it a file."""
        self.task = task
        self._allow(self._limits.seconds)
        with contextlib.suppress(OSError):  # it is gone: `receive` says so
            self.connection.send(task.ask)

    def receive(self) -> None:
        """Take its next message.

        Raises:
            KcspError: the model cannot be loaded.
            StoppedError: it died.
        """
        try:
            message: Message | KcspError = self.connection.recv()
        except (EOFError, OSError) as error:
            raise StoppedError("crash", self._how_it_died()) from error
        if isinstance(message, KcspError):
            raise message
        if isinstance(message, Ready):
            self.is_ready = True
            self._empty = self._resident()
        elif self.task is not None:
            self._note(self.task, message)

    def check(self) -> None:
        """Look at its time and memory.

        Raises:
            StoppedError: it takes more than it may.
        """
        if self.is_idle:
            return
        if time.monotonic() > self._until:
            if not self.is_ready:
                raise StoppedError("crash", f"found no model after {_START:g} seconds")
            raise StoppedError("time", self._late())
        most = self._limits.memory_megabytes
        if self.is_ready and self._resident() - self._empty > most * MEGABYTE:
            raise StoppedError(
                "memory",
                f"found a document that takes more than {most:g} MB of memory to annotate, "
                "expected less; split the file or raise the limit `memory_megabytes`",
            )

    def dismiss(self) -> None:
        """Ask it to end when it has nothing to do; to be stopped all the same."""
        with contextlib.suppress(OSError):
            self.connection.send(None)

    def stop(self, *, at_once: bool = True) -> None:
        """End it: at once, or when it has ended itself or not for too long."""
        if not at_once:
            self._process.join(_END)
        self._process.kill()
        self._process.join(_END)
        self.connection.close()

    def _note(self, task: Task, message: Message) -> None:
        task.take(message)
        if isinstance(message, Begun):
            self._allow(self._limits.seconds * (1 + message.characters // _CHARACTERS))
        else:
            # What reads looks after itself; this is for what escapes it. Twice: it may try again.
            self._allow(2 * allowed(self._limits, self._limits.pages))
        if isinstance(message, Ended):
            self.task = None
            self._is_worn = message.is_worn

    def _allow(self, seconds: float) -> None:
        self._seconds = seconds
        self._until = time.monotonic() + seconds

    def _late(self) -> str:
        doing = "annotate" if self.task and self.task.document else "read"
        return (
            f"found a document that takes more than {self._seconds:g} seconds to {doing}, expected "
            "less; split the file or raise the limit `seconds`"
        )

    def _how_it_died(self) -> str:
        self._process.join(_END)
        code = self._process.exitcode
        how = f"exit code {code}"
        if code is not None and code < 0:
            with contextlib.suppress(ValueError):
                how = signal.Signals(-code).name
        return (
            f"found a document over which the process that annotates died twice ({how}), expected "
            "it to fit into memory; split the file or use fewer --workers"
        )

    def _resident(self) -> int:
        try:
            return int(psutil.Process(self._process.pid).memory_info().rss)
        except psutil.Error:
            return 0


@contextlib.contextmanager
def _without_interrupts() -> Iterator[None]:
    """Start a process that Ctrl-C does not reach: it goes to all processes of a terminal."""
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    older = signal.pthread_sigmask(signal.SIG_BLOCK, [signal.SIGINT])
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, older)
