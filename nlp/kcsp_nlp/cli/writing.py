"""Where records go: standard output, or a file that is there whole or not at all."""

from __future__ import annotations

import errno
import os
import sys
import tempfile
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from io import TextIOWrapper
from pathlib import Path
from typing import IO, BinaryIO, cast

from kcsp_nlp.errors import KcspError
from kcsp_nlp.storage.files import new_file
from kcsp_nlp.storage.listing import kind_of
from kcsp_nlp.storage.places import Place, is_remote


def open_output(path: Path | None) -> AbstractContextManager[IO[str]]:
    """Open the output for writing, UTF-8 with newlines on every platform.

    Args:
        path: The file; None for standard output. A file is written beside its place and moved
            there at the end: it is never seen half-written, and an older one stays until then.

    Raises:
        KcspError: the output cannot be written.
    """
    return _stdout() if path is None else _file(path)


@contextmanager
def open_place(place: Place | None) -> Iterator[IO[str]]:
    """Open the output as `open_output` does, also one in an object store.

    Raises:
        KcspError: the output cannot be written.
    """
    if place is None or not is_remote(place):
        with open_output(place) as lines:
            yield lines
        return
    refuse_unwritable(place)
    try:
        with new_file(place) as stream:
            text = TextIOWrapper(cast("BinaryIO", stream), "utf-8", newline="\n")
            try:
                yield text
            finally:
                text.detach()  # closed, it would close the stream, which is not for it to end
    except OSError as error:
        raise _unwritable(place, error) from error


def is_device(place: Place) -> bool:
    """Tell whether something is there that is not to be replaced by a file, as /dev/null."""
    return not is_remote(place) and (place.exists() and not place.is_file() and not place.is_dir())


def refuse_unwritable(path: Place) -> None:
    """Refuse a place for a file before the work whose result it is for, not after.

    Raises:
        KcspError: a file cannot be written there.
    """
    if is_remote(path):
        _refuse_folder(path)
        return
    place = Path(os.path.realpath(path))
    try:
        if place.is_dir():
            raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR))
        if place.is_file() or not place.exists():
            tempfile.TemporaryFile(dir=place.parent).close()
    except OSError as error:
        raise _unwritable(path, error) from error


def _refuse_folder(path: Place) -> None:
    """Refuse an address below which others lie, and a store that does not answer."""
    try:
        is_folder = kind_of(path) == "folder"
    except PermissionError:
        return  # who may write need not be allowed to look
    except OSError as error:
        raise _unwritable(path, error) from error
    if is_folder:
        raise KcspError(
            f"{path}: found a bucket or folder, expected the address of a file; add its name"
        )


@contextmanager
def _stdout() -> Iterator[IO[str]]:
    if sys.stdout is None:  # a shell's `>&-`
        raise KcspError("standard output: it is closed; give a file with -o")
    sys.stdout.reconfigure(encoding="utf-8", newline="\n")  # type: ignore[union-attr]
    try:
        yield sys.stdout
        sys.stdout.flush()
    except OSError as error:
        # Python would complain again when it closes stdout.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        # `| head` has read enough: no error.
        if not isinstance(error, BrokenPipeError):
            raise KcspError(
                f"standard output: cannot be written ({error.strerror}); give a file with -o"
            ) from error


@contextmanager
def _file(path: Path) -> Iterator[IO[str]]:
    place = Path(os.path.realpath(path))  # a link goes on pointing at what is written
    try:
        if place.exists() and not place.is_file():
            # A device or pipe, such as /dev/null, must not be replaced by a file.
            with place.open("w", encoding="utf-8", newline="\n") as stream:
                yield stream
            return
        handle, name = tempfile.mkstemp(
            dir=place.parent, prefix=f".{place.name[:100]}.", suffix=".part"
        )
        part = Path(name)
        try:
            with os.fdopen(handle, "w", encoding="utf-8", newline="\n") as stream:
                yield stream
            part.chmod(_mode(place))
            part.replace(place)
        finally:
            part.unlink(missing_ok=True)
    except OSError as error:
        raise _unwritable(path, error) from error


def _unwritable(path: Place, error: OSError) -> KcspError:
    wanted = (
        "an address in a store that can be reached and written to"
        if is_remote(path)
        else "a file, in a folder that exists and may be written to"
    )
    return KcspError(f"{path}: cannot be written ({error.strerror}); expected {wanted}")


def _mode(place: Path) -> int:
    """Return the permissions of the older file, else those of any new one."""
    if place.exists():
        return place.stat().st_mode & 0o777
    mask = os.umask(0)
    os.umask(mask)
    return 0o666 & ~mask
