"""Messages of Outlook (.msg) into their attachments, by their MAPI properties.

A message is a compound file: a folder for each attachment and a stream for each property, named by
the property's number and type (MS-OXMSG). As of e-mails, a message's own text is a document only
where nothing is attached that could be read and it is long.
"""

from __future__ import annotations

import contextlib
import io
import struct
from collections.abc import Iterator, Sequence
from pathlib import PurePosixPath

import olefile

from kcsp_nlp.errors import ReadingError
from kcsp_nlp.reading.formats import Member, is_readable
from kcsp_nlp.reading.limits import Limits
from kcsp_nlp.reading.mail import LONG
from kcsp_nlp.reading.naming import Namer, clean
from kcsp_nlp.reading.sniffing import sniff

# What olefile raises on broken files; its own error is an OSError.
_BROKEN = (
    OSError,
    ValueError,
    LookupError,
    TypeError,
    AttributeError,
    AssertionError,
    OverflowError,
    RecursionError,
    struct.error,
)
_ATTACHMENT = "__attach_version1.0_"
_STREAM = "__substg1.0_"
_SUBJECT = "0037"
_BODY = "1000"
_BYTES = "37010102"
_EMBEDDED = "3701000D"
_LONG_NAME = "3707"
_SHORT_NAME = "3704"
_DISPLAY_NAME = "3001"
_PROPERTIES = "__properties_version1.0"
_UNICODE, _ANSI = "001F", "001E"
# Bytes of a name; a longer one is none.
_LONGEST_NAME = 1 << 16
_NO_FORMAT = "of no format that is read"
_OWN_TEXT = "the message's own text"
_OBJECT = "embedded in a message's text"

# Where a message lies in the file: the names of the folders.
_Place = tuple[str, ...]


def members(data: bytes, where: str, limits: Limits) -> Iterator[Member]:
    """Take a message apart.

    Args:
        data: All of the file.
        where: What messages call it.
        limits: Bounds of reading; of these, how deep messages may lie in each other.

    Yields:
        Its attachments in order, those of an attached message behind that one's subject as a
        folder, and each message's own text.

    Raises:
        ReadingError: it is no message, or one that cannot be taken apart.
    """
    try:
        with olefile.OleFileIO(io.BytesIO(data)) as file:
            yield from _Message(file, len(data), limits).members()
    except _BROKEN as error:
        raise ReadingError(
            f"{where}: found an Outlook message that is cut off or broken, expected a whole one; "
            "save it, or its attachments, from Outlook again"
        ) from error


class _Message:
    """A message, and those attached to it."""

    def __init__(self, file: olefile.OleFileIO, size: int, limits: Limits) -> None:
        self._file = file
        self._most = min(size, limits.bytes)
        self._depth = limits.depth
        self._namer = Namer()
        self._entries: dict[_Place, list[str]] = {}
        for *place, name in file.listdir(streams=True, storages=True):
            self._entries.setdefault(tuple(place), []).append(name)

    def members(self) -> Iterator[Member]:
        """Yield the members of the message and of those attached to it."""
        waiting: list[tuple[_Place, str, int]] = [((), "", 1)]
        while waiting:
            place, folder, depth = waiting.pop()
            attachments = [
                (*place, name) for name in self._entries.get(place, ()) if _is(name, _ATTACHMENT)
            ]
            attachments.sort()
            found = False
            inner: list[tuple[_Place, str, int]] = []
            for attachment in attachments:
                message = self._find(attachment, _EMBEDDED)
                if message is None:
                    member = self._attachment(attachment, folder)
                    found |= member.left_out is None
                    yield member
                    continue
                if not any(_is(name, _PROPERTIES) for name in self._entries.get(message, ())):
                    name = self._name(attachment) or "object"
                    yield Member(self._namer.name(folder + name), left_out=_OBJECT)
                    continue
                found = True
                name = self._subject(message) or self._name(attachment) or "message"
                if depth < self._depth:
                    inner.append((message, f"{folder}{clean(name.replace('/', '-'))}/", depth + 1))
                else:
                    yield Member(self._namer.name(folder + name), failure=_too_deep(self._depth))
            yield from self._own_text(place, folder, found=found)
            waiting.extend(reversed(inner))

    def _attachment(self, place: _Place, folder: str) -> Member:
        name = self._namer.name(folder + (self._name(place) or "attachment"))
        stream = self._find(place, _BYTES)
        if stream is None:
            return Member(
                name,
                failure="found only a link to an attachment, expected the attachment; save it from "
                "where the link leads and read it",
            )
        data = self._read(stream, self._most)
        if data is None:
            return Member(
                name,
                failure="found an attachment that is cut off or broken, expected a whole one; save "
                "it from Outlook",
            )
        if name.lower().endswith((".p7m", ".rpmsg")):
            return Member(
                name,
                failure="found a message that is encrypted or sealed, expected an open one; save "
                "its attachments from Outlook",
            )
        if not is_readable(PurePosixPath(name).suffix) and sniff(data)[0] in {"text", "unread"}:
            return Member(name, left_out=_NO_FORMAT, unpacked=len(data))
        return Member(name, data)

    def _own_text(self, place: _Place, folder: str, *, found: bool) -> Iterator[Member]:
        text = self._text(place, _BODY, self._most)
        if not text.strip():
            return
        name = self._namer.name(f"{folder}message.txt")
        if found or len(text) < LONG:
            yield Member(name, left_out=_OWN_TEXT)
        else:
            yield Member(name, text.encode())

    def _subject(self, place: _Place) -> str:
        return clean(self._text(place, _SUBJECT))

    def _name(self, place: _Place) -> str:
        names = (self._text(place, each) for each in (_LONG_NAME, _SHORT_NAME, _DISPLAY_NAME))
        return next(filter(None, map(clean, names)), "")

    def _text(self, place: _Place, number: str, most: int = _LONGEST_NAME) -> str:
        """Return a property that is text, "" where there is none."""
        for kind, codecs in ((_UNICODE, ("utf-16-le",)), (_ANSI, ("utf-8", "cp1252"))):
            stream = self._find(place, number + kind)
            data = self._read(stream, most) if stream is not None else None
            for codec in codecs if data else ():
                with contextlib.suppress(UnicodeDecodeError):
                    return (data or b"").decode(codec).rstrip("\0")
        return ""

    def _find(self, place: _Place, number: str) -> _Place | None:
        """Return the place of a property; programs differ in the case of its name."""
        wanted = f"{_STREAM}{number}".lower()
        for name in self._entries.get(place, ()):
            if name.lower() == wanted:
                return (*place, name)
        return None

    def _read(self, stream: Sequence[str], most: int) -> bytes | None:
        """Return what a stream holds; None where it is cut off, or claims to be larger than `most`.

        Its sectors may form a circle, which would be followed as far as it claims to be long.
        """
        with contextlib.suppress(*_BROKEN):
            size = self._file.get_size(list(stream))
            if size <= most:
                data: bytes = self._file.openstream(list(stream)).read()
                return data if len(data) == size else None
        return None


def _is(name: str, prefix: str) -> bool:
    return name.lower().startswith(prefix)


def _too_deep(depth: int) -> str:
    return (
        f"found messages {depth + 1} deep, expected at most {depth}; save it from Outlook or raise "
        "the limit `depth`"
    )
