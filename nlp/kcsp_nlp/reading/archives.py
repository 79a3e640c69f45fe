"""ZIP archives into their members, in memory and in the archive's order.

Nothing that an archive says of itself is believed: sizes are counted while unpacking, checksums are
compared, and members that share bytes of the archive, which no program writes, are refused. What
is wrong with one member is said of that one; the others are read.
"""

from __future__ import annotations

import io
import stat
import struct
import zipfile
import zlib
from collections.abc import Collection, Iterator
from pathlib import PurePosixPath

from kcsp_nlp.errors import ReadingError
from kcsp_nlp.reading.formats import Member, is_readable
from kcsp_nlp.reading.limits import Limits
from kcsp_nlp.reading.naming import Namer
from kcsp_nlp.reading.sniffing import sniff

# What `zipfile` and the decompressors raise on broken archives.
_BROKEN = (
    zipfile.BadZipFile,
    zlib.error,
    struct.error,
    EOFError,
    OSError,
    ValueError,
    KeyError,
    IndexError,
    OverflowError,
)
_ENTRY = b"PK\x01\x02"
# Entries of an archive's directory, each some hundred bytes in memory. Stored archives inside it
# count here too, so that it is many times the usual limit of members.
_MOST_ENTRIES = 100_000
_ENCRYPTED = 0x1
_UTF8 = 0x800
_LOCAL_HEADER = 30
# Of the others zipfile unpacks as much at a time as a bomb wants.
_METHODS = {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}
_CHUNK = 1 << 16
# What tells whether a member without a known suffix is read: the first bytes.
_HEAD = 1 << 10
_NO_FORMAT = "of no format that is read"
_LEFT_BY_SYSTEMS = "of the system that packed it"
_SYSTEM_FOLDERS = {"__MACOSX"}
_SYSTEM_FILES = {".DS_Store", "Thumbs.db", "desktop.ini"}


def members(data: bytes, where: str, limits: Limits) -> Iterator[Member]:
    """Unpack a ZIP archive.

    Args:
        data: All of the archive.
        where: What messages call it.
        limits: Bounds of reading; how many members there may be, and how large together, is
            for the caller to count.

    Yields:
        Its members but for folders, in the order of its directory; those of no format that is
        read, symbolic links and what packing systems add without their bytes.

    Raises:
        ReadingError: it has no directory, or one that cannot be read.
    """
    if data.count(_ENTRY) > _MOST_ENTRIES:
        raise ReadingError(
            f"{where}: found a ZIP archive with more than {_MOST_ENTRIES} entries, expected fewer; "
            "split it"
        )
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
    except (*_BROKEN, NotImplementedError) as error:
        raise ReadingError(
            f"{where}: found a ZIP archive that is cut off or broken, expected a whole one (Word "
            "and OpenDocument files are such archives, too); download or pack it again"
        ) from error
    with archive:
        entries = archive.infolist()
        sharing = _sharing(entries)
        namer = Namer()
        for number, entry in enumerate(entries):
            raw = _decoded(entry)
            if raw.endswith(("/", "\\")) and not entry.file_size:
                continue  # a folder
            yield _member(archive, entry, namer.name(raw), limits, is_sharing=number in sharing)


def _decoded(entry: zipfile.ZipInfo) -> str:
    """Return an entry's name; many programs write UTF-8 without saying so."""
    raw = entry.orig_filename
    if entry.flag_bits & _UTF8:
        return raw
    try:
        return raw.encode("cp437").decode("utf-8")
    except ValueError:
        return raw


def _sharing(entries: list[zipfile.ZipInfo]) -> Collection[int]:
    """Return the numbers of the entries whose bytes another one uses, too: a bomb's layers."""
    found = set()
    reached, by = -1, -1
    for number, entry in sorted(enumerate(entries), key=lambda pair: pair[1].header_offset):
        start = entry.header_offset
        if start < reached:
            found |= {number, by}
        # The name here may differ from the one there; none is shorter than nothing.
        end = start + _LOCAL_HEADER + entry.compress_size
        if end > reached:
            reached, by = end, number
    return found


def _member(
    archive: zipfile.ZipFile,
    entry: zipfile.ZipInfo,
    name: str,
    limits: Limits,
    *,
    is_sharing: bool,
) -> Member:
    path = PurePosixPath(name)
    if stat.S_ISLNK(entry.external_attr >> 16):
        return Member(name, left_out="symbolic link")
    if _SYSTEM_FOLDERS & set(path.parts) or path.name in _SYSTEM_FILES:
        return Member(name, left_out=_LEFT_BY_SYSTEMS)
    refusal = _refusal(entry, is_sharing=is_sharing)
    if not is_readable(path.suffix):
        # A film is not unpacked to find that nobody reads it.
        head = b"" if refusal else _unpack(archive, entry, _HEAD, limits)[0]
        if sniff(head)[0] in {"text", "unread"}:
            return Member(name, left_out=_NO_FORMAT, unpacked=len(head))
    if refusal:
        return Member(name, failure=refusal)
    data, failure = _unpack(archive, entry, limits.bytes + 1, limits)
    if failure:
        return Member(name, failure=failure, unpacked=len(data))
    return Member(name, data)


def _refusal(entry: zipfile.ZipInfo, *, is_sharing: bool) -> str | None:
    """Return why a member is not unpacked, as the end of a message; None where it is."""
    if is_sharing:
        return (
            "found a member that shares its bytes with another, expected each to have its own; it "
            "is a bomb, or broken: pack it again"
        )
    if entry.flag_bits & _ENCRYPTED:
        return (
            "found a member that needs a password, expected one that opens without; unpack the "
            "archive with its password and read the files"
        )
    if entry.compress_type not in _METHODS:
        return (
            "found a member packed in a way that is not known here, expected deflate; pack the "
            "archive again as an ordinary ZIP archive"
        )
    return None


def _unpack(
    archive: zipfile.ZipFile, entry: zipfile.ZipInfo, most: int, limits: Limits
) -> tuple[bytes, str | None]:
    """Unpack up to so many bytes of a member, and say what is wrong with it.

    Its checksum is compared when all of it is unpacked.
    """
    chunks = []
    size = 0
    failure = None
    try:
        with archive.open(entry) as stream:
            while size < most and (chunk := stream.read(min(_CHUNK, most - size))):
                chunks.append(chunk)
                size += len(chunk)
    except (*_BROKEN, NotImplementedError, RuntimeError):
        failure = (
            "found a member that is cut off or broken, expected a whole one; download or pack the "
            "archive again"
        )
    if size > limits.bytes:
        failure = (
            f"found a member of more than {limits.megabytes:g} MB, expected the minutes of one "
            "meeting; split it or raise the limit `megabytes`"
        )
    return b"".join(chunks), failure
