"""Files and folders into the list of documents to read."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator, Sequence
from pathlib import Path, PurePath, PurePosixPath
from typing import TYPE_CHECKING, TypeVar, cast

from kcsp_nlp.errors import ReadingError
from kcsp_nlp.reading.formats import SUFFIXES, is_readable
from kcsp_nlp.storage.files import real
from kcsp_nlp.storage.listing import find_files, kind_of
from kcsp_nlp.storage.places import Place, is_remote

if TYPE_CHECKING:
    from upath import UPath


Found = TypeVar("Found", bound=Place)


def find_documents(inputs: Sequence[Found]) -> list[Found]:
    """Find the documents that files and folders stand for, each once, in an order that holds.

    A file is taken as it is named, whatever its suffix and even where it is missing: reading it
    says what is wrong with it and does not stop the others. Of a folder all files with a suffix
    that can be read are taken, subfolders and links included, by name; hidden files and folders,
    editors' leftovers and a README are not minutes and are left out.

    Args:
        inputs: Files and folders, of this machine or of an object store, in the order in which
            their documents are wanted.

    Returns:
        Places below the inputs as these were given, without a file that stood before by whatever
        path.

    Raises:
        ReadingError: a folder holds no document that can be read, or cannot be listed.
    """
    found: dict[str, Place] = {}
    for given in inputs:
        documents = _found_remote(given) if is_remote(given) else _found(given)
        if not documents:
            raise ReadingError(
                f"{given}: found a folder without minutes, expected files in one of {SUFFIXES}; "
                "name another folder, or files"
            )
        for document in documents:
            found.setdefault(real(document), document)
    return cast("list[Found]", list(found.values()))


def _found(given: Path) -> Sequence[Place]:
    return list(_walk(given)) if stat.S_ISDIR(_mode(given)) else [given]


def _found_remote(given: UPath) -> Sequence[Place]:
    try:
        if kind_of(given) != "folder":
            return [given]
        return find_files(given, takes=_takes)
    except OSError as error:
        raise ReadingError(
            f"{given}: found a folder that cannot be listed ({error.strerror}), expected one with "
            "minutes; check its address and permissions"
        ) from error


def _takes(path: PurePosixPath) -> bool:
    """Tell whether a file is taken by its path below the folder, as `_walk` would."""
    return is_readable(path.suffix) and all(
        _may_be_minutes(each) for each in (path, *path.parents) if each.name
    )


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


def _may_be_minutes(path: PurePath) -> bool:
    return not path.name.startswith((".", "~")) and path.stem.lower() != "readme"
