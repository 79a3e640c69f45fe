"""Objects of a store: read, written whole or not at all, made once, removed."""

from __future__ import annotations

import io
import threading
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext, suppress
from typing import IO, TYPE_CHECKING, Any

from kcsp_nlp.storage.failures import code_of, told_as_files

if TYPE_CHECKING:
    from typing_extensions import Buffer
    from upath import UPath

# What is read at once, in bytes: a store answers in some 30 ms whatever is asked for.
_PIECE = 4 << 20
# What is sent at once, in bytes; less goes in one request. S3 takes at most 10,000 parts.
_PART = 16 << 20
# What stores say of two that make an object at the same time, so that none knows who is first.
_CONFLICTS = {"ConditionalRequestConflict", "OperationAborted"}
_TRIES = 5

# `memory://` looks and then makes; it is of one process only.
_making = threading.Lock()


@contextmanager
def open_object(place: UPath) -> Iterator[IO[bytes]]:
    """Open an object for reading; it can be sought in.

    Raises:
        OSError: it cannot be read, or is replaced meanwhile; also inside the `with`.
    """
    with _Download(place) as download, io.BufferedReader(download, _PIECE) as stream:
        yield stream


def read_range(place: UPath, begin: int, end: int) -> bytes:
    """Read a part of an object, and nothing beside it.

    Args:
        place: The object.
        begin: Where the part begins, in bytes.
        end: Behind its last byte; it may be behind that of the object.

    Raises:
        OSError: it cannot be read.
    """
    with told_as_files(place):
        data: bytes = place.fs.cat_file(place.path, start=begin, end=end)
    return data


@contextmanager
def new_object(place: UPath) -> Iterator[IO[bytes]]:
    """Give a stream for an object that takes the place of an older one at the end of the `with`.

    Where the `with` ends by an exception, what stood there stays as it was. A process that is
    killed leaves the parts it has sent: the store keeps them, where nobody sees them, until its
    rules for unfinished uploads remove them.

    Raises:
        OSError: it cannot be written; also inside the `with`.
    """
    upload = _Upload(place)
    stream = io.BufferedWriter(upload, 1 << 20)
    try:
        yield stream
        stream.close()
        upload.finish()
    except BaseException:
        upload.give_up()
        raise
    finally:
        stream.close()


def create(place: UPath, data: bytes) -> bool:
    """Make an object where there is none, in one step.

    Args:
        place: The object.
        data: All of it.

    Returns:
        Whether it was made; not, where there is one.

    Raises:
        OSError: it cannot be written, or the store knows no such step.
    """
    for _ in range(_TRIES - 1):
        try:
            return _create(place, data)
        except OSError as error:
            if code_of(error.__cause__ or error) not in _CONFLICTS:
                raise
    return _create(place, data)


def remove(place: UPath) -> None:
    """Remove an object where there is one.

    Raises:
        OSError: it stays.
    """
    with suppress(FileNotFoundError), told_as_files(place):
        place.fs.rm_file(place.path)


def _create(place: UPath, data: bytes) -> bool:
    try:
        with told_as_files(place), _making if place.protocol == "memory" else nullcontext():
            place.fs.pipe_file(place.path, data, mode="create")
    except FileExistsError:
        return False
    except OSError as error:
        if code_of(error.__cause__ or error) == "PreconditionFailed":
            return False
        raise
    return True


class _Download(io.RawIOBase):
    """An object that is read piece by piece."""

    def __init__(self, place: UPath) -> None:
        self._place = place
        with told_as_files(place):
            if place.protocol == "memory":
                # Its files have one position for all who read.
                self._object: Any = io.BytesIO(place.fs.cat_file(place.path))
            else:
                self._object = place.fs.open(place.path, "rb", _PIECE, cache_type="none")

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def readinto(self, buffer: Buffer) -> int:
        target = memoryview(buffer).cast("B")
        with told_as_files(self._place):
            data = self._object.read(len(target))
        target[: len(data)] = data
        return len(data)

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        with told_as_files(self._place):
            return int(self._object.seek(offset, whence))

    def tell(self) -> int:
        return int(self._object.tell())

    def close(self) -> None:
        if not self.closed:
            self._object.close()
        super().close()


class _Upload(io.RawIOBase):
    """An object that is sent part by part, and appears when it is finished."""

    def __init__(self, place: UPath) -> None:
        self._place = place
        self._held = bytearray()
        self._parts: Any = None  # fsspec's file, once there is more than goes in one request
        self._is_given_up = False

    def writable(self) -> bool:
        return True

    def write(self, data: Buffer) -> int:
        view = memoryview(data).cast("B")
        if self._is_given_up:
            return len(view)  # what a buffer still held
        self._held += view
        # `memory://` shows a file while it is written.
        if len(self._held) >= _PART and self._place.protocol != "memory":
            self._send()
        return len(view)

    def finish(self) -> None:
        """Have the object appear."""
        if self._parts is None:
            with told_as_files(self._place):
                self._place.fs.pipe_file(self._place.path, bytes(self._held))
            return
        self._send()
        with told_as_files(self._place):
            self._parts.close()
            self._parts.commit()

    def give_up(self) -> None:
        """Have nothing appear."""
        self._is_given_up = True
        self._held.clear()
        if self._parts is None:
            return
        with suppress(OSError), told_as_files(self._place):
            self._parts.discard()
        # Else it would be completed when it is collected.
        self._parts.closed = True

    def _send(self) -> None:
        with told_as_files(self._place):
            if self._parts is None:
                path = self._place.path
                self._parts = self._place.fs.open(path, "wb", _PART, autocommit=False)
            self._parts.write(bytes(self._held))
        self._held.clear()
