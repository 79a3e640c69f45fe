"""Reads documents in a process of their own, which can be stopped: a file harms itself alone.

The process is started as a program, not forked or spawned from this one, so that a script needs no
guard around it. It lives as long as the `Reader`, and is replaced when it had to be stopped or a
file has left something behind in it.
"""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterator
from pathlib import Path
from types import TracebackType
from typing import Self

from kcsp_nlp.errors import ReadingError
from kcsp_nlp.reading.events import Begun, Ended, Result
from kcsp_nlp.reading.formats import find_format
from kcsp_nlp.reading.limits import Limits
from kcsp_nlp.reading.unpacking import File, unpack
from kcsp_nlp.reading.watching import ReadingProcess, StoppedError

# Members of one archive that may stop the process before the rest is given up.
_MOST_STOPS = 10
_PACKAGE = b"PK\x03\x04"


class _Course:
    """How far reading a file has come: what it takes to go on behind what had to be stopped.

    Attributes:
        begun: Files that were begun, in earlier processes too.
        where: The one that is being read; None between two.
        answered: Whether anything was said about that one.
    """

    def __init__(self) -> None:
        self.begun = 0
        self.where: str | None = None
        self.answered = False

    def note(self, event: Begun | Ended) -> None:
        """Note that a file begins or ends."""
        self.answered = False
        self.where = None
        if isinstance(event, Begun):
            self.begun += 1
            self.where = event.where

    def is_suspect(self, process: ReadingProcess) -> bool:
        """Tell whether what the process read before may be to blame for what happened to it."""
        others = process.begun - (self.where is not None)
        return others > 0 and not self.answered

    def go_back(self) -> None:
        """Forget the file that is being read."""
        if self.where is not None:
            self.begun -= 1
            self.where = None


class Reader:
    """Reads files, each into its documents; close it, or use it in a `with` statement.

    Attributes:
        limits: Bounds of reading.
    """

    def __init__(self, limits: Limits | None = None) -> None:
        self.limits = limits or Limits()
        self._idle: list[ReadingProcess] = []
        self._busy: list[ReadingProcess] = []

    def read(self, path: Path) -> Iterator[Result]:
        """Read a file: one document, or several where it is an archive, a message or a pack.

        Args:
            path: The file; its bytes, then its suffix say what it is.

        Yields:
            Documents, why what could not be read could not, and notices of what was left out of an
            archive or message, in the order of the file.
        """
        where = str(path)
        try:
            with path.open("rb") as stream:
                data = stream.read(self.limits.bytes + 1)
        except OSError as error:
            yield ReadingError(
                f"{where}: found no file that can be read ({error.strerror}), expected minutes; "
                "check the path and its permissions"
            )
            return
        # A name that is not UTF-8 reaches us with surrogates, which no record can hold.
        source = os.fsencode(path.name).decode("utf-8", errors="replace")
        yield from self.read_file(File(data, source, path.suffix, where))

    def read_file(self, file: File) -> Iterator[Result]:
        """Read a file that is in memory already; yields as `read`."""
        if self._needs_process(file):
            yield from self._isolated(file)
            return
        for event in unpack(file, self.limits):
            if not isinstance(event, Begun | Ended):
                yield event

    def close(self) -> None:
        """Stop the process, also where a file is still being read."""
        for processes in (self._idle, self._busy):
            while processes:
                processes.pop().stop()

    def __enter__(self) -> Self:
        """Return the reader itself."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Stop the process."""
        self.close()

    def _needs_process(self, file: File) -> bool:
        if len(file.data) > self.limits.bytes:
            return False  # it is refused without being looked at
        if file.data.startswith(_PACKAGE):
            return True  # to tell what it is its directory is read, which may be a bomb's
        try:
            return not find_format(file.suffix, file.data, file.where)[0].is_plain
        except ReadingError:
            return False  # it is refused without being parsed

    def _isolated(self, file: File) -> Iterator[Result]:
        """Read in the process; where it has to be stopped, go on behind the file that was why."""
        course = _Course()
        stops = 0
        while stops < _MOST_STOPS:
            process = None
            try:
                process = self._take()
                yield from self._follow(process, file, course)
                return
            except StoppedError as stopped:
                if process and stopped.may_be_inherited and course.is_suspect(process):
                    course.go_back()  # the same again, alone
                    continue
                yield ReadingError(f"{course.where or file.where}: {stopped}")
                if course.where in {None, file.where}:
                    return
                course.where = None
                stops += 1
        yield ReadingError(
            f"{file.where}: found {stops} members that had to be stopped, expected sound ones; "
            "those behind them were not read: unpack it and read them one by one"
        )

    def _follow(self, process: ReadingProcess, file: File, course: _Course) -> Iterator[Result]:
        is_fit = False
        try:
            for event in process.read(file, self.limits, course.begun):
                if isinstance(event, Begun | Ended):
                    course.note(event)
                else:
                    course.answered = True
                    yield event
            is_fit = process.is_fit(self.limits)
        finally:
            # Also where nobody wants the rest: what is still to come belongs to no other file.
            with contextlib.suppress(ValueError):  # the reader was closed meanwhile
                self._busy.remove(process)
                if is_fit:
                    self._idle.append(process)
            if process not in self._idle:
                process.stop()

    def _take(self) -> ReadingProcess:
        """Return a process that reads nothing else.

        Raises:
            StoppedError: the system starts none.
        """
        process = self._idle.pop() if self._idle else ReadingProcess()
        self._busy.append(process)
        return process
