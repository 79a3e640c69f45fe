"""Places: paths of this machine, and addresses of object stores."""

from __future__ import annotations

import errno
import os
import re
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

from kcsp_nlp.errors import KcspError
from kcsp_nlp.storage.failures import told_as_files

if TYPE_CHECKING:
    from typing_extensions import TypeIs
    from upath import UPath

Place: TypeAlias = "Path | UPath"

# s3://bucket/minutes, file:///srv/minutes; not C:\minutes nor C:/minutes
_ADDRESS = re.compile(r"([A-Za-z][A-Za-z0-9+.-]+)://(.*)", re.DOTALL)
# zip://minutes.zip::s3://bucket; not a file named a::b.txt
_CHAINED = re.compile(r"[A-Za-z0-9+.-]+::.*://", re.DOTALL)
_PERCENT = re.compile(rb"%([0-9A-Fa-f]{2})")
# key:secret@bucket; not container@account.dfs.core.windows.net
_SECRET = re.compile(r"[^/@]*:[^/@]*@")

# What installs the library of each store.
_EXTRAS = {
    "memory": "s3",
    "s3": "s3",
    "s3a": "s3",
    "gs": "gs",
    "gcs": "gs",
    "az": "azure",
    "abfs": "azure",
    "abfss": "azure",
}
_NO_BUCKET = {"memory"}


def parse_place(text: str) -> Place:
    """Return the place that a path or an address stands for.

    Args:
        text: A path; `file://…`, whose escapes are resolved; or `s3://bucket/…` and the like, whose
            names stand as they are.

    Raises:
        KcspError: the address is of another kind, or what opens it is not installed.
    """
    address = _ADDRESS.fullmatch(text)
    protocol, rest = (address[1].lower(), address[2]) if address else ("", text)
    if protocol == "file":
        return _local(rest, text)
    if _CHAINED.match(text) or (protocol and "::" in rest):
        raise KcspError(
            f"{_named(text)}: found an address within an address (::), expected one file or "
            "folder; unpack it first, or give the archive itself: ZIP files are read as folders"
        )
    if not protocol:
        return Path(text)
    if protocol not in _EXTRAS:
        raise KcspError(
            f"{_named(text)}: found an address that begins with {protocol}://, expected a path or "
            f"one of file, {', '.join(sorted(_EXTRAS))}; copy it to one of these"
        )
    if _SECRET.match(rest):
        raise KcspError(
            f"{protocol}://…: found a key in the address, expected none; give it to the library "
            "of the store by its environment variables"
        )
    if protocol not in _NO_BUCKET and not rest.partition("/")[0]:
        raise KcspError(
            f"{_named(text)}: found an address without a bucket, expected {protocol}://bucket/name"
        )
    if "//" in rest:
        raise KcspError(
            f"{_named(text)}: found two slashes behind each other, expected one: libraries of "
            "stores do not agree on what they mean"
        )
    return _remote(protocol, rest)


def is_remote(place: Place) -> TypeIs[UPath]:
    """Tell whether a place lies in an object store."""
    return not isinstance(place, Path)


def read_bytes(place: Place, most: int) -> bytes:
    """Read a file from its beginning.

    Args:
        place: The file.
        most: How many bytes of it at most.

    Raises:
        OSError: it cannot be read.
    """
    if not is_remote(place):
        with place.open("rb") as stream:
            return stream.read(most)
    try:
        with told_as_files(place):
            data: bytes = place.fs.cat_file(place.path, start=0, end=most)
    except OSError as error:
        # Stores refuse to give a part of nothing, each in its own way.
        if error.errno not in {errno.EINVAL, errno.EIO} or object_size(place):
            raise
        return b""
    return data[:most]


def object_size(place: UPath) -> int:
    """Return the size of an object in bytes.

    Raises:
        OSError: it cannot be asked.
    """
    with told_as_files(place):
        return int(place.fs.info(place.path)["size"])


def _local(rest: str, text: str) -> Path:
    host, slash, path = rest.partition("/")
    if host not in {"", "localhost"} or not slash:
        raise KcspError(
            f"{_named(text)}: found an address of another machine's file, expected "
            "file:///folder/file; give its path"
        )
    path = os.fsdecode(_PERCENT.sub(lambda found: bytes([int(found[1], 16)]), path.encode()))
    has_drive = os.name == "nt" and path[1:2] in {":", "|"}
    return Path(path[0] + ":" + path[2:] if has_drive else "/" + path)


def _remote(protocol: str, rest: str) -> UPath:
    extra = _EXTRAS[protocol]
    try:
        from fsspec import get_filesystem_class
        from upath import UPath

        get_filesystem_class(protocol)
    except ImportError as error:
        raise KcspError(
            f"{protocol}://: found no library for such addresses, expected one; "
            f"pip install 'kcsp-nlp[{extra}]'"
        ) from error
    # Listings are not kept: another run's work would not be seen.
    return UPath(f"{protocol}://{rest}", use_listings_cache=False)


def _named(text: str) -> str:
    """Return an address without what may be a key: a part before "@", a query."""
    return re.sub(r"(?<=//)[^/@]*@|\?.*", "…", text, flags=re.DOTALL)
