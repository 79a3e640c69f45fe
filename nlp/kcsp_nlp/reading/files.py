"""A file into a `Document`: the only place that opens documents."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path

from kcsp_nlp.errors import ReadingError
from kcsp_nlp.reading.document import Document
from kcsp_nlp.reading.formats import Format, find_format

MEGABYTE = 1 << 20
# The longest minutes we know are 2 MB of text; 64 MB is a mistake or an attack.
LIMIT = 64 * MEGABYTE


def read(path: Path, *, limit: int = LIMIT) -> Document:
    """Read a file of minutes; its suffix says what it is.

    Args:
        path: The file.
        limit: Most bytes that are read.

    Raises:
        ReadingError: the file cannot be opened, is larger than `limit`, is of a format nobody
            reads, or does not hold what its suffix says.
    """
    where = str(path)
    try:
        with path.open("rb") as stream:
            form = find_format(path.suffix, where)
            data = stream.read(limit + 1)
    except OSError as error:
        raise ReadingError(
            f"{where}: found no file that can be read ({error.strerror}), expected minutes; "
            "check the path and its permissions"
        ) from error
    # A name that is not UTF-8 reaches us with surrogates, which no record can hold.
    source = os.fsencode(path.name).decode("utf-8", errors="replace")
    return _document(data, source, form, where, limit)


def read_bytes(data: bytes, source: str, suffix: str, *, limit: int = LIMIT) -> Document:
    """Read minutes that are in memory already, such as standard input.

    Args:
        data: All of the file.
        source: Name of the file without its folder; `-` for standard input.
        suffix: What the bytes are, as a suffix with its dot: `.txt` for standard input.
        limit: Most bytes that are accepted.

    Raises:
        ReadingError: as `read`.
    """
    return _document(data, source, find_format(suffix, source), source, limit)


def _document(data: bytes, source: str, form: Format, where: str, limit: int) -> Document:
    if len(data) > limit:
        raise ReadingError(
            f"{where}: found more than {limit / MEGABYTE:g} MB, expected the minutes of one "
            "meeting; split the file or raise the limit"
        )
    extracted = form.extract(data, where)
    return Document(
        text=extracted.text,
        source=source,
        sha256=hashlib.sha256(extracted.text.encode()).hexdigest(),
        format=form.name,
        encoding=extracted.encoding,
        warnings=extracted.warnings,
    )
