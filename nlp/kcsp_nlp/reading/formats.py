"""Which suffix is read by which module; a module is imported when its first file comes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
from typing import cast

from kcsp_nlp.errors import ReadingError
from kcsp_nlp.reading.document import Extracted


@dataclass(frozen=True)
class Format:
    """A format of minutes.

    Attributes:
        name: What `Document.format` says.
        module: Module whose `extract(data, where)` reads it.
    """

    name: str
    module: str

    def extract(self, data: bytes, where: str) -> Extracted:
        """Read a file's bytes with the format's own module.

        Args:
            data: All of the file.
            where: What messages call the file.

        Raises:
            ReadingError: the bytes are not what the format holds.
        """
        extract = cast(Callable[[bytes, str], Extracted], import_module(self.module).extract)
        return extract(data, where)


# Markdown is plain text to a reader: its marks are part of the document's text.
_BY_SUFFIX = {
    ".txt": Format("txt", "kcsp_nlp.reading.plain"),
    ".text": Format("txt", "kcsp_nlp.reading.plain"),
    ".md": Format("md", "kcsp_nlp.reading.plain"),
    ".markdown": Format("md", "kcsp_nlp.reading.plain"),
}

SUFFIXES = ", ".join(sorted(_BY_SUFFIX))


def is_readable(suffix: str) -> bool:
    """Tell whether files with this suffix (`.txt`, in any case) can be read."""
    return suffix.lower() in _BY_SUFFIX


def find_format(suffix: str, where: str) -> Format:
    """Return the format that a suffix stands for.

    Args:
        suffix: As `Path.suffix` gives it, with its dot, in any case.
        where: What messages call the file.

    Raises:
        ReadingError: no reader knows the suffix.
    """
    found = _BY_SUFFIX.get(suffix.lower())
    if found is None:
        raise ReadingError(
            f"{where}: found {f'the suffix {suffix}' if suffix else 'no suffix'}, expected one of "
            f"{SUFFIXES}; save the minutes as text or markdown, or rename the file if it is that"
        )
    return found
