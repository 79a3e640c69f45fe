"""What lies below an address."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Literal

from kcsp_nlp.errors import KcspError
from kcsp_nlp.storage.failures import told_as_files
from kcsp_nlp.storage.places import Place, is_remote

if TYPE_CHECKING:
    from upath import UPath


def find_files(folder: UPath, *, takes: Callable[[PurePosixPath], bool]) -> list[UPath]:
    """Find the files below a folder of an object store.

    Args:
        folder: The folder.
        takes: Tells whether a file is wanted, by its path below the folder.

    Returns:
        Those wanted, in the order of a walk that takes the children of each folder by name. An
        object whose name ends in a slash stands for a folder and is none of them.

    Raises:
        KcspError: the name of a wanted one cannot be told from an address within an address.
        OSError: it cannot be listed.
    """
    with told_as_files(folder):
        folder.fs.invalidate_cache()
        names: list[str] = folder.fs.find(folder.path)
    top = folder.path.rstrip("/") + "/"
    below = (name.removeprefix(top) for name in names if name.startswith(top))
    wanted = (name for name in below if name and name[-1] != "/" and takes(PurePosixPath(name)))
    in_order = sorted(wanted, key=lambda name: name.split("/"))
    for name in in_order:
        if "::" in name:
            raise KcspError(
                f"{folder}/{name}: found :: in the name of an object, expected none; rename it"
            )
    # Not `folder / name`: a name that begins with a slash, or as an address does, would lead away.
    return [folder.with_segments(top + name) for name in in_order]


def kind_of(place: Place) -> Literal["file", "folder", "missing"]:
    """Tell what lies at a place, now.

    A bucket is a folder, and so is every name below which something lies.

    Raises:
        OSError: it cannot be asked.
    """
    if not is_remote(place):
        return "folder" if place.is_dir() else "file" if place.exists() else "missing"
    try:
        with told_as_files(place):
            place.fs.invalidate_cache()
            kind = place.fs.info(place.path)["type"]
    except FileNotFoundError:
        return "missing"
    return "file" if kind == "file" else "folder"


def names_in(folder: UPath) -> list[str]:
    """Return the names of what lies in a folder, now; none where it is missing.

    Raises:
        OSError: it cannot be listed.
    """
    try:
        with told_as_files(folder):
            folder.fs.invalidate_cache()
            names: list[str] = folder.fs.ls(folder.path, detail=False)
    except FileNotFoundError:
        return []
    top = folder.path.rstrip("/") + "/"
    below = {name.removeprefix(top).rstrip("/") for name in names if name.startswith(top)}
    return sorted(below - {""})
