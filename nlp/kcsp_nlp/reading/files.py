"""A file that holds one document into that document."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from kcsp_nlp.errors import ReadingError
from kcsp_nlp.reading.document import Document
from kcsp_nlp.reading.events import Notice, Result
from kcsp_nlp.reading.isolation import Reader
from kcsp_nlp.reading.limits import Limits
from kcsp_nlp.reading.unpacking import File


def read(path: Path, *, limits: Limits | None = None) -> Document:
    """Read a file of minutes; its bytes, then its suffix say what it is.

    For many files, and for archives, messages and packs that hold several documents, use `Reader`.

    Args:
        path: The file.
        limits: Bounds of reading; None for the usual ones.

    Raises:
        ReadingError: the file cannot be opened, goes beyond the limits, is of a format nobody
            reads, does not hold what its suffix says, or holds several documents.
    """
    with Reader(limits) as reader:
        return _only(reader.read(path), str(path))


def read_bytes(data: bytes, source: str, suffix: str, *, limits: Limits | None = None) -> Document:
    """Read minutes that are in memory already, such as standard input.

    Args:
        data: All of the file.
        source: Name of the file without its folder; `-` for standard input.
        suffix: What the bytes are where they do not say it, as a suffix with its dot: `.txt`.
        limits: Bounds of reading; None for the usual ones.

    Raises:
        ReadingError: as `read`.
    """
    with Reader(limits) as reader:
        return _only(reader.read_file(File(data, source, suffix, source)), source)


def _only(found: Iterable[Result], where: str) -> Document:
    documents, notices = [], []
    for each in found:
        if isinstance(each, ReadingError):
            raise each
        if isinstance(each, Notice):
            notices.append(str(each))
        else:
            documents.append(each)
    if len(documents) != 1:
        raise ReadingError(
            f"{where}: found {len(documents)} documents, expected one; read them with "
            "`kcsp_nlp.reading.Reader`, or `kcsp-nlp annotate`"
        )
    (document,) = documents
    return document.model_copy(update={"warnings": (*document.warnings, *notices)})
