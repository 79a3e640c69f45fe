"""Files and folders into the list of documents to read."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator, Sequence
from pathlib import Path

from kcsp_nlp.errors import ReadingError
from kcsp_nlp.reading.formats import SUFFIXES, is_readable


def find_documents(inputs: Sequence[Path]) -> list[Path]:
    """Find the documents that files and folders stand for, each once, in an order that holds.

    A file is taken as it is named, whatever its suffix and even where it is missing: reading it
    says what is wrong with it and does not stop the others. Of a folder all files with a suffix
    that can be read are taken, subfolders and links included, by name; hidden files and folders,
    editors' leftovers and a README are not minutes and are left out.

    Args:
        inputs: Files and folders, in the order in which their documents are wanted.

    Returns:
        Paths below the inputs as these were given, without a file that stood before by whatever
        path.

    Raises:
        ReadingError: a folder holds no document that can be read, or cannot be listed.
    """
    found: dict[str, Path] = {}
    for given in inputs:
        documents = list(_walk(given)) if stat.S_ISDIR(_mode(given)) else [given]
        if not documents:
            raise ReadingError(
                f"{given}: found a folder without minutes, expected files in one of {SUFFIXES}; "
                "name another folder, or files"
            )
        for document in documents:
            found.setdefault(os.path.realpath(document), document)
    return list(found.values())


def _walk(folder: Path) -> Iterator[Path]:
    """Yield the documents below a folder by name, no folder twice, so that links cannot loop."""
    entered: set[str] = set()
    waiting = [folder]
    while waiting:
        path = waiting.pop()
        mode = _mode(path)
        if stat.S_ISDIR(mode):
            real = os.path.realpath(path)
            if real not in entered:
                entered.add(real)
                waiting.extend(reversed(_children(path)))
        elif stat.S_ISREG(mode) and is_readable(path.suffix):
            yield path


def _mode(path: Path) -> int:
    """Return what kind of file a path is; one that cannot be asked is left for `read` to refuse."""
    try:
        return path.stat().st_mode
    except OSError:
        return stat.S_IFREG


def _children(folder: Path) -> list[Path]:
    try:
        return sorted(path for path in folder.iterdir() if _may_be_minutes(path))
    except OSError as error:
        raise ReadingError(
            f"{folder}: found a folder that cannot be listed ({error.strerror}), expected one with "
            "minutes; check its permissions"
        ) from error


def _may_be_minutes(path: Path) -> bool:
    return not path.name.startswith((".", "~")) and path.stem.lower() != "readme"
