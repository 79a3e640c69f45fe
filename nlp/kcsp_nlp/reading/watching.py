"""The process that reads, seen from the one that wants documents: asked, watched, stopped."""

from __future__ import annotations

import contextlib
import os
import queue
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import IO, Any

import psutil

from kcsp_nlp.errors import ReadingError
from kcsp_nlp.reading.document import Document
from kcsp_nlp.reading.events import Begun, Ended, Event, Notice
from kcsp_nlp.reading.frames import receive, send
from kcsp_nlp.reading.limits import MEGABYTE, Limits
from kcsp_nlp.reading.progress import allowed
from kcsp_nlp.reading.unpacking import File

_ROOT = str(Path(__file__).parents[2])
# The folders that this process imports from are handed over: wherever it has the package from, the
# other one finds the same. `-P` keeps the working folder out, which may hold anything.
_PROGRAM = (
    "import sys; folder, *sys.path[:] = sys.argv[1:]; "
    "from kcsp_nlp.reading.child import main; main(folder)"
)
# How often memory and time are looked at, in seconds; and how often those of what the process
# started: finding these looks at every process of the system.
_PERIOD = 0.05
_TREE_PERIOD = 0.5
# What starting may take on a busy machine, in seconds; reading has not begun then.
_START = 60.0
# A process that holds more than this share of what it may hold does not read another file.
_SATED = 0.5
# How long what was killed may take to end, in seconds.
_END = 2.0


class StoppedError(Exception):
    """The process did not answer as it should; says why, as the end of a message.

    Attributes:
        may_be_inherited: Whether what the process did before this file may be why.
    """

    def __init__(self, why: str, *, may_be_inherited: bool = True) -> None:
        super().__init__(why)
        self.may_be_inherited = may_be_inherited


class ReadingProcess:
    """The process, the messages that come from it, and the folder for its files.

    Attributes:
        begun: How many files it has begun to read, members of archives each for itself.
    """

    def __init__(self) -> None:
        """Start it.

        Raises:
            StoppedError: the system starts no process.
        """
        self.begun = 0
        self._ready = False
        self._folder = tempfile.TemporaryDirectory(prefix="kcsp-nlp-", ignore_cleanup_errors=True)
        try:
            self._process = subprocess.Popen(  # noqa: S603 -- our own module, by the running Python
                _command(self._folder.name),
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,  # parsers' complaints may quote the document
                cwd=self._folder.name,
                env={**os.environ, **dict.fromkeys(("TMPDIR", "TMP", "TEMP"), self._folder.name)},
                start_new_session=True,  # what it starts can be ended with it; Windows ignores it
            )
        except OSError as error:
            self._folder.cleanup()
            raise StoppedError(
                f"found no way to start the process that reads it ({error.strerror}), expected "
                "one; close other programs or raise the limits of the system"
            ) from error
        self._frames: queue.Queue[dict[str, Any] | None] = queue.Queue(maxsize=2)
        self._threads = [threading.Thread(target=self._listen, daemon=True)]
        self._threads[0].start()
        self._looked = self._looked_at_tree = time.monotonic()

    def read(self, file: File, limits: Limits, skip: int) -> Iterator[Event]:
        """Read a file.

        Args:
            file: The file.
            limits: Bounds of reading.
            skip: As of `unpack`.

        Raises:
            StoppedError: an answer does not come in time, the process takes too much memory, or it
                died; it is of no more use then.
        """
        self._get_ready(limits)
        # Sent by a thread: should the process not listen, this one does not wait for ever.
        asking = threading.Thread(target=self._ask, args=(file, limits, skip), daemon=True)
        self._threads.append(asking)
        asking.start()
        seconds = limits.seconds
        while "done" not in (frame := self._answer(limits, seconds)):
            # Recognition takes long, and how long is known: so much for each page.
            seconds = allowed(limits, int(frame.get("scanned", 0)))
            if "scanned" not in frame:
                yield self._event(frame)
        asking.join()
        self._threads.remove(asking)

    def _get_ready(self, limits: Limits) -> None:
        if self._ready:
            return
        try:
            self._answer(limits, _START)
        except StoppedError as error:
            raise StoppedError(
                "found no process that starts to read it, expected one; install kcsp-nlp anew, or "
                "close other programs and try again",
                may_be_inherited=False,
            ) from error
        self._ready = True

    def is_fit(self, limits: Limits) -> bool:
        """Tell whether it can read a further file: nothing is left of the last one."""
        tree = self._tree()
        try:
            is_empty = next(Path(self._folder.name).iterdir(), None) is None
        except OSError:  # it was removed
            return False
        held = sum(map(_resident, tree))
        return is_empty and len(tree) == 1 and held < _SATED * limits.memory_megabytes * MEGABYTE

    def stop(self) -> None:
        """End the process and what it started, and remove its files."""
        if self._process.returncode is not None:
            return
        tree = self._tree()
        for process in tree:
            with contextlib.suppress(psutil.Error):
                process.kill()
        if sys.platform != "win32":
            # Also what was started by what has ended. Before `wait`: the number is still its own.
            with contextlib.suppress(OSError):
                os.killpg(self._process.pid, signal.SIGKILL)
        self._process.wait()
        self._wait(lambda: any(map(_lives, tree[1:])))
        if self._end_threads():
            for pipe in (self._process.stdin, self._process.stdout):
                with contextlib.suppress(OSError):
                    _pipe(pipe).close()
        self._folder.cleanup()

    def _end_threads(self) -> bool:
        """Wait for the threads, which end with the process, and tell whether they have ended."""

        def are_alive() -> bool:
            # What listens may be waiting for a place for a last message.
            with contextlib.suppress(queue.Empty):
                self._frames.get_nowait()
            return any(thread.is_alive() for thread in self._threads)

        return self._wait(are_alive)

    @staticmethod
    def _wait(is_on: Callable[[], bool]) -> bool:
        """Wait until something has ended, not for ever, and tell whether it has."""
        end = time.monotonic() + _END
        while is_on():
            if time.monotonic() > end:
                return False
            time.sleep(_PERIOD / 10)
        return True

    def _ask(self, file: File, limits: Limits, skip: int) -> None:
        wanted = {
            "source": file.source,
            "suffix": file.suffix,
            "where": file.where,
            "limits": limits.model_dump(),
            "skip": skip,
        }
        # Should the process be gone, there is no answer either.
        with contextlib.suppress(OSError, ValueError):
            send(_pipe(self._process.stdin), wanted, file.data)

    def _answer(self, limits: Limits, seconds: float) -> dict[str, Any]:
        """Wait for the next message, and look after the process meanwhile."""
        end = time.monotonic() + seconds
        while True:
            self._check(limits)
            with contextlib.suppress(queue.Empty):
                frame = self._frames.get(timeout=_PERIOD)
                if frame is None:
                    raise StoppedError(
                        "found a file that ended the process that read it, expected a sound one; "
                        "open it in the program that made it, save it anew and try again"
                    )
                return frame
            if time.monotonic() > end:
                raise StoppedError(
                    f"found a file that takes more than {seconds:g} seconds to read, expected "
                    "less; raise the limit `seconds` if it is to be trusted",
                    may_be_inherited=False,
                )

    def _check(self, limits: Limits) -> None:
        now = time.monotonic()
        if now < self._looked + _PERIOD:
            return
        self._looked = now
        if now > self._looked_at_tree + _TREE_PERIOD:
            self._looked_at_tree = now
            held = sum(map(_resident, self._tree()))
        else:
            held = _resident(self._process)
        if held > limits.memory_megabytes * MEGABYTE:
            raise StoppedError(
                f"found a file that takes more than {limits.memory_megabytes:g} MB of memory to "
                "read, expected less; raise the limit `memory_megabytes` if it is to be trusted"
            )

    def _event(self, frame: dict[str, Any]) -> Event:
        try:
            match frame:
                case {"begun": where}:
                    self.begun += 1
                    return Begun(str(where))
                case {"ended": _}:
                    return Ended()
                case {"document": document}:
                    return Document.model_validate(document)
                case {"failure": failure}:
                    return ReadingError(str(failure))
                case _:
                    return Notice(str(frame["where"]), str(frame["notice"]))
        except (KeyError, ValueError) as error:
            raise StoppedError(
                "found a file that confused the process that read it, expected a sound one; open "
                "it in the program that made it, save it anew and try again"
            ) from error

    def _tree(self) -> list[psutil.Process]:
        try:
            root = psutil.Process(self._process.pid)
            return [root, *root.children(recursive=True)]
        except psutil.Error:
            return []

    def _listen(self) -> None:
        """Pass on what the process says, in a thread: pipes cannot be waited for on Windows."""
        frame: dict[str, Any] | None
        try:
            while (frame := receive(_pipe(self._process.stdout))[0]) is not None:
                self._frames.put(frame)
        except (OSError, ValueError, MemoryError):
            pass
        finally:
            self._frames.put(None)


def _command(folder: str) -> Sequence[str]:
    """Return the command that starts the process, with the folder for its files."""
    # An empty or relative folder is the working folder, or lies in it.
    found = [path for path in sys.path if Path(path).is_absolute()]
    if _ROOT not in found:
        found.append(_ROOT)
    flag = "-I" if sys.flags.isolated else "-P"
    return [sys.executable, flag, "-c", _PROGRAM, folder, *found]


def _pipe(pipe: IO[bytes] | None) -> IO[bytes]:
    if pipe is None:
        raise RuntimeError("the process was started without pipes")
    return pipe


def _resident(process: psutil.Process | subprocess.Popen[bytes]) -> int:
    try:
        return int(psutil.Process(process.pid).memory_info().rss)
    except psutil.Error:  # it has ended since it was listed
        return 0


def _lives(process: psutil.Process) -> bool:
    """Tell whether a process that was killed has not ended yet."""
    try:
        return bool(process.status() != psutil.STATUS_ZOMBIE)
    except psutil.Error:
        return False
