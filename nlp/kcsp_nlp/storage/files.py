"""Files of either kind: read, written whole, removed, listed."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from typing import IO, cast

from kcsp_nlp import replacing
from kcsp_nlp.storage import listing, objects
from kcsp_nlp.storage.places import Place, is_remote, object_size

# Other names of a protocol for the same objects.
_SAME = {"s3a": "s3", "gcs": "gs", "abfs": "az", "abfss": "az"}

# What is read at once, in bytes.
_PIECE = 4 << 20


@contextmanager
def open_file(place: Place) -> Iterator[IO[bytes]]:
    """Open a file for reading.

    Raises:
        OSError: it cannot be read; also inside the `with`.
    """
    if is_remote(place):
        with objects.open_object(place) as stream:
            yield stream
    else:
        with place.open("rb") as stream:
            yield stream


@contextmanager
def new_file(place: Place) -> Iterator[IO[bytes]]:
    """Give a stream for a file that takes the place of an older one at the end of the `with`.

    Where the `with` ends by an exception, what stood there stays as it was.

    Raises:
        KcspError: the place cannot be written.
    """
    if is_remote(place):
        with objects.new_object(place) as stream:
            yield stream
    else:
        with replacing.new_file(place) as path, path.open("wb") as stream:
            yield cast("IO[bytes]", stream)
            stream.flush()
            os.fsync(stream.fileno())


@contextmanager
def growing_file(place: Place) -> Iterator[IO[bytes]]:
    """Open a file for writing that may be seen in part, and stays so where the `with` fails.

    In an object store there are no such files: it is there at the end of the `with`, or not.

    Raises:
        OSError: it cannot be written; also inside the `with`.
    """
    if is_remote(place):
        with objects.new_object(place) as stream:
            yield stream
    else:
        with place.open("wb") as stream:
            yield stream


def read_part(place: Place, begin: int, size: int) -> Iterator[bytes]:
    """Yield a part of a file, piece by piece; less, where the file ends before.

    Args:
        place: The file.
        begin: Where the part begins, in bytes.
        size: How many bytes it has.

    Raises:
        OSError: it cannot be read.
    """
    end = begin + size
    if is_remote(place):
        for at in range(begin, end, _PIECE):
            yield objects.read_range(place, at, min(at + _PIECE, end))
        return
    with place.open("rb") as stream:
        stream.seek(begin)
        while (left := end - stream.tell()) and (piece := stream.read(min(left, _PIECE))):
            yield piece


def size_of(place: Place) -> int:
    """Return the size of a file in bytes.

    Raises:
        OSError: it cannot be asked.
    """
    return object_size(place) if is_remote(place) else place.stat().st_size


def remove(place: Place) -> None:
    """Remove a file where there is one.

    Raises:
        OSError: it stays.
    """
    if is_remote(place):
        objects.remove(place)
    else:
        place.unlink(missing_ok=True)


def names_in(folder: Place) -> list[str]:
    """Return the names of what lies in a folder, as it is now; none where it is missing.

    Raises:
        OSError: it cannot be listed.
    """
    if is_remote(folder):
        return listing.names_in(folder)
    try:
        return [path.name for path in folder.iterdir()]
    except FileNotFoundError:
        return []


def real(place: Place) -> str:
    """Return what tells a file from every other, by whatever path it is named."""
    if not is_remote(place):
        return os.path.realpath(place)
    protocol, _, rest = str(place).partition("://")
    return f"{_SAME.get(protocol, protocol)}://{rest}"
