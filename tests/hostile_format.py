"""A reader that does what its file says: what parsers of hostile files do. For tests alone.

As a program it is the process that reads, with files named `.hostile` given to this reader.
"""

from __future__ import annotations

import multiprocessing
import os
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from kcsp_nlp.errors import ReadingError
from kcsp_nlp.reading import formats
from kcsp_nlp.reading.document import Extracted
from kcsp_nlp.reading.formats import Member
from kcsp_nlp.reading.limits import Limits
from kcsp_nlp.reading.progress import announce_scans

NAME = "hostile_format"
_held: list[bytes] = []


def install(set_item: Callable[[Any, Any, Any], None]) -> None:
    """Have `.hostile` and `.container` files read by this module."""
    set_item(formats._BY_SUFFIX, ".hostile", formats.Format("hostile", NAME))
    set_item(formats._BY_SUFFIX, ".container", formats.Format("box", NAME, is_container=True))
    set_item(sys.modules, f"kcsp_nlp.reading.{NAME}", sys.modules[__name__])


def hang() -> None:
    time.sleep(3_600)


def hang_with_lock() -> None:
    """Hang as C code does that keeps Python's lock: no other thread runs."""
    sys.setswitchinterval(3_600)
    while True:
        pass


def eat() -> None:
    while True:
        _held.append(b"x" * (1 << 24))
        time.sleep(0.01)


def eat_in_child() -> None:
    program = "import time\nheld = []\nwhile True: held.append(b'x' * (1 << 24)); time.sleep(0.01)"
    subprocess.run([sys.executable, "-c", program], check=True)


def keep() -> None:
    """Keep so much that another such file is too much."""
    _held.append(b"x" * (160 << 20))


def abort() -> None:
    os.abort()


def leave() -> None:
    sys.exit(0)


def speak() -> None:
    print("a parser's complaint" * 10_000)  # noqa: T201
    os.write(1, b"\0\0\0\0\0\0\0\x02\0\0\0\0\0\0\0\0{}" * 1_000)
    subprocess.run([sys.executable, "-c", "print('more' * 10_000)"], check=True)


def listen() -> None:
    subprocess.run([sys.executable, "-c", "import sys; sys.stdin.read(100)"], check=True)


def litter() -> None:
    with tempfile.NamedTemporaryFile(delete=False) as stream:
        stream.write(b"x" * 1_000)
    Path("in the working folder").write_bytes(b"x")
    Path(tempfile.mkdtemp(), "deep").write_bytes(b"x")


def remove_folder() -> None:
    Path(tempfile.gettempdir()).rmdir()


def start() -> None:
    subprocess.Popen([sys.executable, "-c", "import time; time.sleep(3_600)"])


def start_and_abort() -> None:
    start()
    os.abort()


def fork_and_hang() -> None:
    """Fork: the copy holds the pipe that answers go to."""
    multiprocessing.get_context("fork").Process(target=hang).start()
    hang()


def start_thread() -> None:
    threading.Thread(target=hang).start()


def fail() -> None:
    raise RuntimeError("the text of the document")


def fail_oddly() -> None:
    class OddError(Exception):
        def __str__(self) -> str:
            raise ValueError

    raise OddError


def interrupt() -> None:
    raise KeyboardInterrupt


def recurse() -> None:
    recurse()


def refuse() -> None:
    raise ReadingError("found nothing, expected something; try again")


def announce() -> None:
    announce_scans(1_000_000)


def close_pipes() -> None:
    os.closerange(0, 100)


def extract(data: bytes, where: str, limits: Limits) -> Sequence[Extracted]:
    """Do what the file says, then read it as text."""
    text = data.decode()
    if text == "surrogate":
        return (Extracted.model_construct(text="\ud800"),)
    if text == "nothing":
        return ()
    if text == "wrong":
        return (Extracted.model_construct(text=None),)
    if text.split()[0] in globals():
        globals()[text.split()[0]]()
    return (Extracted(text=text),)


def members(data: bytes, where: str, limits: Limits) -> Any:
    """Yield a member for each word of the file; a word behind "!" is done between members."""
    for number, word in enumerate(data.decode().split()):
        if word.startswith("!"):
            globals()[word[1:]]()
        else:
            yield Member(f"{number}.hostile", word.encode())


if __name__ == "__main__":
    from kcsp_nlp.reading import child

    install(lambda mapping, key, value: mapping.__setitem__(key, value))
    child._GRACE = 1
    child.main(sys.argv[1])
