"""The process that reads documents for a `Reader`; what starts it is in `watching`.

Messages come on standard input and go to standard output. It ends with its input, whatever it is
doing then: when the process that asked is killed nobody else ends it, or removes its files.
"""

from __future__ import annotations

import contextlib
import faulthandler
import os
import queue
import shutil
import signal
import sys
import threading
from typing import IO, Any

from kcsp_nlp.errors import ReadingError
from kcsp_nlp.reading.document import Document
from kcsp_nlp.reading.events import Begun, Ended, Event
from kcsp_nlp.reading.frames import receive, send
from kcsp_nlp.reading.limits import Limits
from kcsp_nlp.reading.progress import allowed, announce_to
from kcsp_nlp.reading.unpacking import File, unpack

# The process that asked stops this one in time; should it be gone, this one stops itself, so many
# seconds later.
_GRACE = 30
# What the clocks of all systems can hold, in seconds: more than a week.
_LONGEST = 1_000_000


def main(folder: str) -> None:
    """Read what is asked for until nothing more is.

    Args:
        folder: For this process's files; removed at its end.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the process that asked decides when to end
    _forbid_core_dumps()
    questions, stream = _take_pipes()
    asked: queue.SimpleQueue[tuple[dict[str, Any], bytes]] = queue.SimpleQueue()
    threading.Thread(target=_listen, args=(questions, asked, folder), daemon=True).start()
    answers = _Answers(stream)
    announce_to(answers.say_scanned)
    try:
        answers.say({"ready": True})
        while True:
            _answer(*asked.get(), answers)
    finally:
        _end(folder)


def _take_pipes() -> tuple[IO[bytes], IO[bytes]]:
    """Return the pipes, and leave parsers and programs that they start a standard input and output.

    What they print must not be taken for an answer, nor may they take a question.
    """
    pipes = os.fdopen(os.dup(0), "rb"), os.fdopen(os.dup(1), "wb")
    nothing = os.open(os.devnull, os.O_RDWR)
    os.dup2(nothing, 0)
    os.dup2(nothing, 1)
    return pipes


def _listen(
    questions: IO[bytes], asked: queue.SimpleQueue[tuple[dict[str, Any], bytes]], folder: str
) -> None:
    """Pass on questions, and end the process with them."""
    try:
        while True:
            wanted, data = receive(questions)
            if wanted is None:
                break
            asked.put((wanted, data))
    finally:
        _end(folder)


def _end(folder: str) -> None:
    """End this process at once, with what parsers started and wrote."""
    import psutil

    for process in psutil.Process().children(recursive=True):
        with contextlib.suppress(psutil.Error):
            process.kill()
    os.chdir(os.path.dirname(folder))  # noqa: PTH120 -- Windows removes no folder that is in use
    shutil.rmtree(folder, ignore_errors=True)
    os._exit(0)


def _forbid_core_dumps() -> None:
    """Have a parser that crashes leave no image of the document on the disk."""
    if sys.platform != "win32":
        import resource

        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


class _Answers:
    """Where answers go, and the time until the next one must be there."""

    def __init__(self, stream: IO[bytes]) -> None:
        self._stream = stream
        self.limits = Limits()

    def say(self, message: dict[str, Any], seconds: float = 0) -> None:
        """Send an answer; the next takes no longer than `seconds`, 0 for as long as it takes."""
        # Sending waits until the other side wants more, however long that is.
        faulthandler.cancel_dump_traceback_later()
        send(self._stream, message)
        self.expect(seconds)

    def say_scanned(self, pages: int) -> None:
        """Tell that so many scanned pages are about to be read."""
        self.say({"scanned": pages}, allowed(self.limits, pages))

    def expect(self, seconds: float) -> None:
        """Have this process end where no answer comes in time, even if it hangs in a parser."""
        if seconds:
            timeout = min(seconds + _GRACE, _LONGEST)
            faulthandler.dump_traceback_later(timeout, exit=True)


def _answer(wanted: dict[str, Any], data: bytes, answers: _Answers) -> None:
    file = File(data, wanted["source"], wanted["suffix"], wanted["where"])
    limits = answers.limits = Limits(**wanted["limits"])
    answers.expect(limits.seconds)
    for event in unpack(file, limits, skip=wanted["skip"]):
        answers.say(_message(event), limits.seconds)
    answers.say({"done": True})


def _message(event: Event) -> dict[str, Any]:
    match event:
        case Begun():
            return {"begun": event.where}
        case Ended():
            return {"ended": True}
        case Document():
            return {"document": event.model_dump(mode="json")}
        case ReadingError():
            return {"failure": str(event)}
        case _:
            return {"notice": event.text, "where": event.where}
