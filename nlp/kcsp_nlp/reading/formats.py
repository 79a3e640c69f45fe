"""Which format is read by which module; a module is imported when its first file comes."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from importlib import import_module
from types import ModuleType
from typing import cast

from kcsp_nlp.errors import ReadingError
from kcsp_nlp.reading.document import Extracted
from kcsp_nlp.reading.limits import Limits
from kcsp_nlp.reading.sniffing import sniff


class UnknownFormatError(ReadingError):
    """No reader takes the file: a failure where it was named, left out where it is a member."""


@dataclass(frozen=True)
class Member:
    """A file inside an archive or a message: its bytes, or one of two reasons why there are none.

    Attributes:
        name: As the container names it, made printable; folders divided by "/".
        data: All of the file; None where it cannot be had or is not wanted.
        failure: Why it cannot be had, as the end of a message; None where it can.
        left_out: Why it is not wanted, in a few words ("a symbolic link"); None where it is.
        unpacked: Bytes that were unpacked to find that out where `data` is None.
    """

    name: str
    data: bytes | None = None
    failure: str | None = None
    left_out: str | None = None
    unpacked: int = 0


@dataclass(frozen=True)
class Format:
    """A format of minutes, or of what minutes come in.

    Attributes:
        name: What `Document.format` says.
        module: Module whose `extract(data, where, limits)` reads it, or whose
            `members(data, where, limits)` unpacks it.
        is_container: Whether files of this format hold files instead of text.
        is_plain: Whether bytes are only decoded: no parser that a hostile file could mislead,
            so that no process of its own is needed.
    """

    name: str
    module: str
    is_container: bool = False
    is_plain: bool = False

    def extract(self, data: bytes, where: str, limits: Limits) -> Sequence[Extracted]:
        """Read a file's bytes with the format's own module; usually one document.

        Args:
            data: All of the file.
            where: What messages call the file.
            limits: Bounds of reading.

        Raises:
            ReadingError: the bytes are not what the format holds.
        """
        extract = cast(Callable[..., Sequence[Extracted]], self._load().extract)
        return extract(data, where, limits)

    def members(self, data: bytes, where: str, limits: Limits) -> Iterator[Member]:
        """Unpack a file's bytes with the format's own module; arguments as of `extract`.

        Raises:
            ReadingError: the bytes are not what the format holds, or too much.
        """
        members = cast(Callable[..., Iterator[Member]], self._load().members)
        return members(data, where, limits)

    def _load(self) -> ModuleType:
        return import_module(f"kcsp_nlp.reading.{self.module}")


# Markdown is plain text to a reader: its marks are part of the document's text.
_BY_SUFFIX = {
    ".txt": Format("txt", "plain", is_plain=True),
    ".text": Format("txt", "plain", is_plain=True),
    ".md": Format("md", "plain", is_plain=True),
    ".markdown": Format("md", "plain", is_plain=True),
    ".pdf": Format("pdf", "pdf.extracting"),
    ".docx": Format("docx", "word.extracting"),
    ".docm": Format("docx", "word.extracting"),
    ".doc": Format("doc", "office"),
    ".rtf": Format("rtf", "office"),
    ".odt": Format("odt", "office"),
    ".html": Format("html", "web.extracting"),
    ".htm": Format("html", "web.extracting"),
    ".zip": Format("zip", "archives", is_container=True),
    ".eml": Format("eml", "mail", is_container=True),
    ".msg": Format("msg", "outlook", is_container=True),
}

SUFFIXES = ", ".join(sorted(_BY_SUFFIX))


def is_readable(suffix: str) -> bool:
    """Tell whether files with this suffix (`.txt`, in any case) can be read."""
    return suffix.lower() in _BY_SUFFIX


def find_format(suffix: str, data: bytes, where: str) -> tuple[Format, str | None]:
    """Return the format of a file: what its bytes say, else what its suffix stands for.

    Args:
        suffix: As `Path.suffix` gives it, with its dot, in any case.
        data: All of the file.
        where: What messages call the file.

    Returns:
        The format, and a warning where the suffix says otherwise; None where it does not.

    Raises:
        UnknownFormatError: no reader knows what the file is.
    """
    named = _BY_SUFFIX.get(suffix.lower())
    kind, called = sniff(data)
    if kind == "unread":
        raise UnknownFormatError(f"{where}: found {called}, expected minutes in one of {SUFFIXES}")
    if kind == "text":
        if named is None:
            raise UnknownFormatError(
                f"{where}: found {f'the suffix {suffix}' if suffix else 'no suffix'}, expected one "
                f"of {SUFFIXES}; save the minutes as one of them, or rename the file if it is that"
            )
        return named, None
    found = _BY_SUFFIX[f".{kind}"]
    if named is None or named.name == found.name:
        return found, None
    return found, f"the suffix {suffix} says otherwise, but the file is {called} and was read so"
