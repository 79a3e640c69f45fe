"""Replace a file or folder as a whole: the old one is there or the new one, never a part.

No system replaces a folder that holds something in one step, so it takes two. Beside `site`
lies `.site.….part` while it is written, which holds

- `lock`: held by whoever writes; a killed process gives it back;
- `new`: the new folder;
- `old`: the old one, while the new one is moved in.

A kill while both are there leaves no folder: the next run puts the old one back before it begins,
and throws away what killed runs left.
"""

from __future__ import annotations

import os
import shutil
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from kcsp_nlp.errors import KcspError
from kcsp_nlp.locking import LockHeldError, locked

_SUFFIX = ".part"
# Windows refuses to rename a folder while any file in it is open, be it by a scanner of viruses;
# how long it is tried again, in seconds.
_WAITS = (0.05, 0.2, 0.5, 1.0, 0.0)


@contextmanager
def new_folder(output: Path, *, mark: str, what: str) -> Iterator[Path]:
    """Give a folder to write to, which takes the place of an older one at the end of the `with`.

    Where the `with` ends by an exception, what stood there stays as it was. The folder that holds
    the new one until then is the caller's too, for what is not to stay.

    Args:
        output: Where the folder is to be.
        mark: Name of the empty file that says whose the folder is: one without it is not replaced.
        what: What such folders are, for the message: `site of kcsp-nlp dashboard`.

    Raises:
        KcspError: the place holds something else, or cannot be written.
    """
    place = Path(os.path.realpath(output))  # a link goes on pointing at what is written
    with _beside(place, output) as beside:
        _recover(place, mark)
        _refuse_other(place, output, mark, what)
        new = beside / "new"
        new.mkdir()
        (new / mark).touch()
        yield new
        if place.exists():
            shutil.copymode(place, new)
        _swap(place, new, beside / "old")


@contextmanager
def new_file(output: Path) -> Iterator[Path]:
    """Give a path for a file that takes the place of an older one at the end of the `with`.

    Where the `with` ends by an exception, what stood there stays as it was. The folder of the path
    is the caller's too, for what is not to stay.

    Raises:
        KcspError: the place cannot be written.
    """
    place = Path(os.path.realpath(output))
    with _beside(place, output) as beside:
        _recover(place)
        new = beside / "new"
        yield new
        if place.exists():
            shutil.copymode(place, new)
        new.replace(place)


@contextmanager
def _beside(place: Path, output: Path) -> Iterator[Path]:
    """Make a folder that is gone at the end, on the same file system as the place."""
    try:
        place.parent.mkdir(parents=True, exist_ok=True)
        with (
            tempfile.TemporaryDirectory(
                dir=place.parent, prefix=f".{place.name}.", suffix=_SUFFIX
            ) as name,
            locked(Path(name) / "lock", patience=0),
        ):
            yield Path(name)
    except OSError as error:
        raise KcspError(
            f"{output}: cannot be written ({error.strerror}); expected a place with room that may "
            "be written and that no other program has open; end what uses it or give another "
            "place with -o"
        ) from error


def _refuse_other(place: Path, output: Path, mark: str, what: str) -> None:
    if not place.exists() or _is_ours(place, mark) or _is_empty(place):
        return
    raise KcspError(
        f"{output}: holds something that is no {what}, expected one or a new folder; give another "
        "place with -o"
    )


def _is_ours(folder: Path, mark: str) -> bool:
    return folder.is_dir() and (folder / mark).is_file()


def _is_empty(folder: Path) -> bool:
    return folder.is_dir() and not any(folder.iterdir())


def _swap(place: Path, new: Path, old: Path) -> None:
    if place.exists():
        _rename(place, old)
    try:
        _rename(new, place)
    except OSError:
        if old.exists():
            _rename(old, place)
        raise


def _rename(source: Path, target: Path) -> None:
    for wait in _WAITS:
        try:
            source.rename(target)
            return
        except PermissionError:
            if not wait:
                raise
            time.sleep(wait)


def _recover(place: Path, mark: str | None = None) -> None:
    """Put back a folder that a killed run had moved away, and remove what such runs left.

    Args:
        place: Where the file or folder is to be.
        mark: That of a folder; None for a file, which is moved in one step.
    """
    for left in sorted(place.parent.glob(f".{_literal(place.name)}.*{_SUFFIX}")):
        try:
            with locked(left / "lock", patience=0):
                # Without `new` the swap was done, and the old folder is being removed.
                gone = mark is not None and not place.exists() and (left / "new").is_dir()
                if gone and _is_ours(left / "old", mark or ""):
                    (left / "old").rename(place)
        except LockHeldError:
            continue  # of a run that is under way, such as this one
        shutil.rmtree(left)


def _literal(name: str) -> str:
    return "".join(f"[{letter}]" if letter in "*?[" else letter for letter in name)
