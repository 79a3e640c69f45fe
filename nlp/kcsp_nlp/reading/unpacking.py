"""A file's bytes into documents: one for most formats, those of its members for a container."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import PurePosixPath

from kcsp_nlp.errors import ReadingError
from kcsp_nlp.reading.document import Document, Extracted
from kcsp_nlp.reading.events import Begun, Ended, Event, Notice
from kcsp_nlp.reading.formats import (
    SUFFIXES,
    Format,
    Member,
    UnknownFormatError,
    find_format,
    is_readable,
)
from kcsp_nlp.reading.limits import MEGABYTE, Limits

_NO_FORMAT = "of no format that is read"
_NOTHING = "with nothing in it that is read"
# So many names of what was left out, and so much of each, are told; the rest is counted.
_NAMES = 10
_NAME_LENGTH = 80


@dataclass(frozen=True)
class File:
    """A file in memory.

    Attributes:
        data: All of it.
        source: Name without its folder; `-` for standard input.
        suffix: As `Path.suffix` gives it, with its dot.
        where: What messages call it.
    """

    data: bytes
    source: str
    suffix: str
    where: str


class _NothingError(Exception):
    """An archive inside another holds nothing that is read."""


class _Course:
    """How far the reading of a file has come, all archives inside it together."""

    def __init__(self, skip: int) -> None:
        self._left = skip
        self._members = 0
        self._unpacked = 0

    def begin(self) -> bool:
        """Note that a file begins, and tell whether it is to be read."""
        self._left -= 1
        return self._left < 0

    def admit(self, member: Member, where: str, limits: Limits) -> None:
        """Note a member.

        Raises:
            ReadingError: there are too many now, or they are too large together.
        """
        self._members += 1
        self._unpacked += member.unpacked if member.data is None else len(member.data)
        if self._members > limits.members:
            raise ReadingError(
                f"{where}: found more than {limits.members} members, expected fewer; those from "
                "there on were not read: split the archive or raise the limit `members`"
            )
        if self._unpacked > limits.unpacked_megabytes * MEGABYTE:
            raise ReadingError(
                f"{where}: found members of more than {limits.unpacked_megabytes:g} MB unpacked, "
                "expected less; those from there on were not read: split the archive or raise the "
                "limit `unpacked_megabytes`"
            )


@dataclass
class _LeftOut:
    """What was left out of one archive or message: names, by the reason why."""

    names: dict[str, list[str]] = field(default_factory=dict)

    def add(self, reason: str, name: str) -> None:
        self.names.setdefault(reason, []).append(name)

    def told(self) -> str:
        """Return the rest of a sentence: "2 of no format that is read: a.png, b.xlsx"."""
        told = (f"{len(names)} {why}: {_listed(names)}" for why, names in self.names.items())
        return "; ".join(told) or "it is empty"


def _listed(names: list[str]) -> str:
    shown = [
        name if len(name) <= _NAME_LENGTH else f"{name[:_NAME_LENGTH]}…" for name in names[:_NAMES]
    ]
    more = len(names) - len(shown)
    return ", ".join(shown) + (f" and {more} more" if more else "")


def unpack(file: File, limits: Limits, *, skip: int = 0) -> Iterator[Event]:
    """Read a file, and the files inside it where it is an archive or a message.

    Args:
        file: The file.
        limits: Bounds of reading.
        skip: How many files to pass over without reading them: those of an earlier try.

    Yields:
        For each file that is read where it begins, its documents, or why there are none, and where
        it ends; in the order of the archive. What is left out of an archive is told at its end.
    """
    return _unpack(file, limits, _Course(skip), 0)


def _unpack(file: File, limits: Limits, course: _Course, depth: int) -> Iterator[Event]:
    try:
        form, warning = _find(file, limits, depth)
    except UnknownFormatError as error:
        if depth and not is_readable(file.suffix):
            raise  # not minutes that cannot be read, but something else
        yield from _tell(file.where, error, course)
        return
    except ReadingError as error:
        yield from _tell(file.where, error, course)
        return
    if form.is_container:
        yield from _members(file, form, limits, course, depth)
    elif course.begin():
        yield Begun(file.where)
        yield from _documents(file, form, warning, limits)
        yield Ended()


def _tell(where: str, result: ReadingError | Notice, course: _Course) -> Iterator[Event]:
    if course.begin():
        yield Begun(where)
        yield result
        yield Ended()


def _find(file: File, limits: Limits, depth: int) -> tuple[Format, str | None]:
    if len(file.data) > limits.bytes:
        raise ReadingError(
            f"{file.where}: found more than {limits.megabytes:g} MB, expected the minutes of one "
            "meeting; split the file or raise the limit `megabytes`"
        )
    form, warning = find_format(file.suffix, file.data, file.where)
    if form.is_container and depth >= limits.depth:
        raise ReadingError(
            f"{file.where}: found archives {depth + 1} deep, expected at most {limits.depth}; "
            "unpack it or raise the limit `depth`"
        )
    return form, warning


def _documents(
    file: File, form: Format, warning: str | None, limits: Limits
) -> Iterator[Document | ReadingError]:
    try:
        parts = form.extract(file.data, file.where, limits)
        for part in parts:
            _check_size(part, file.where, limits)
        warnings = (warning,) if warning else ()
        documents = [_document(part, file.source, form.name, warnings) for part in parts]
    except ReadingError as error:
        yield error
        return
    except Exception as error:
        yield _broken(file.where, error)
        return
    if not documents:
        yield ReadingError(
            f"{file.where}: found no document in it, expected minutes; open it in the program that "
            "made it and save it anew"
        )
    yield from documents


def _broken(where: str, error: Exception) -> ReadingError:
    """Return the failure for what parsers raise, in ways of their own, on broken files."""
    # No message of the error: it may quote the document.
    return ReadingError(
        f"{where}: found something that cannot be read ({type(error).__name__}), expected a sound "
        "file; open it in the program that made it, save it anew and try again"
    )


def _check_size(part: Extracted, where: str, limits: Limits) -> None:
    for what, length in (
        ("text", len(part.text)),
        ("text set aside", sum(len(aside.text) for aside in part.aside)),
    ):
        if length > limits.characters:
            raise ReadingError(
                f"{where}: found {length} characters of {what}, expected at most "
                f"{limits.characters}; split the file or raise the limit `characters`"
            )


def _document(part: Extracted, source: str, form: str, warnings: tuple[str, ...]) -> Document:
    return Document(
        text=part.text,
        source=f"{source}#{part.part}" if part.part else source,
        sha256=hashlib.sha256(part.text.encode()).hexdigest(),
        format=form,
        encoding=part.encoding,
        warnings=warnings + part.warnings,
        pages=part.pages,
        aside=part.aside,
        doubts=part.doubts,
    )


def _members(
    file: File, form: Format, limits: Limits, course: _Course, depth: int
) -> Iterator[Event]:
    left_out = _LeftOut()
    wanted = 0
    failure: ReadingError | None = None
    try:
        for member in _contained(file, form, limits):
            course.admit(member, file.where, limits)
            where = f"{file.where}/{member.name}"
            if member.left_out is not None:
                left_out.add(member.left_out, member.name)
                continue
            wanted += 1
            if member.data is None:
                yield from _tell(where, ReadingError(f"{where}: {member.failure}"), course)
                continue
            suffix = PurePosixPath(member.name).suffix
            inner = File(member.data, f"{file.source}/{member.name}", suffix, where)
            try:
                yield from _unpack(inner, limits, course, depth + 1)
            except UnknownFormatError:
                wanted -= 1
                left_out.add(_NO_FORMAT, member.name)
            except _NothingError:
                wanted -= 1
                left_out.add(_NOTHING, member.name)
    except ReadingError as error:
        failure = error
    yield from _end(file.where, left_out, failure, course, wanted=bool(wanted), inner=depth > 0)


def _end(
    where: str,
    left_out: _LeftOut,
    failure: ReadingError | None,
    course: _Course,
    *,
    wanted: bool,
    inner: bool,
) -> Iterator[Event]:
    """Tell what was left out, and why reading ended early or found nothing."""
    barren = not wanted and failure is None
    if left_out.names and (inner or not barren):
        yield from _tell(where, Notice(where, f"left out {left_out.told()}"), course)
    if barren and inner:
        raise _NothingError
    if barren:
        failure = ReadingError(
            f"{where}: found nothing in it that is read ({left_out.told()}), expected minutes in "
            f"one of {SUFFIXES}; check that it is the right file"
        )
    if failure is not None:
        yield from _tell(where, failure, course)


def _contained(file: File, form: Format, limits: Limits) -> Iterator[Member]:
    """Yield the members of an archive or message; what its parser raises is a `ReadingError`."""
    try:
        yield from form.members(file.data, file.where, limits)
    except ReadingError:
        raise
    except Exception as error:
        raise _broken(file.where, error) from error
