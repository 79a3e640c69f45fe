"""Where records go: standard output, or a file that is there whole or not at all."""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from kcsp_nlp.errors import KcspError


@contextmanager
def open_output(path: Path | None) -> Iterator[IO[str]]:
    """Open the output for writing, UTF-8 with newlines on every platform.

    Args:
        path: The file; None for standard output. A file is written beside its place and moved
            there at the end: it is never seen half-written, and an older one stays until then.

    Raises:
        KcspError: the file cannot be written there.
    """
    if path is None:
        sys.stdout.reconfigure(encoding="utf-8", newline="\n")  # type: ignore[union-attr]
        try:
            yield sys.stdout
            sys.stdout.flush()
        except BrokenPipeError:
            # `| head` has read enough; Python would complain again when it closes stdout.
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return
    if path.exists() and not path.is_file():
        # A pipe or a device such as /dev/null is written to, never replaced.
        with _opened(path) as stream:
            yield stream
        return
    path = path.resolve()  # through a link, so that the link stays
    try:
        handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.", suffix=".part")
    except OSError as error:
        raise KcspError(
            f"{path}: cannot be written ({error.strerror}); expected a place in a folder that "
            "exists and may be written to"
        ) from error
    part = Path(name)
    try:
        with os.fdopen(handle, "w", encoding="utf-8", newline="\n") as stream:
            yield stream
        part.chmod(0o666 & ~_umask())
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)


def _opened(path: Path) -> IO[str]:
    try:
        return path.open("w", encoding="utf-8", newline="\n")
    except OSError as error:
        raise KcspError(
            f"{path}: cannot be written ({error.strerror}); expected a file, a pipe or a device"
        ) from error


def _umask() -> int:
    """Return the process's umask: a temporary file is private, the finished one is as any other."""
    mask = os.umask(0)
    os.umask(mask)
    return mask
