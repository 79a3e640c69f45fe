"""The warehouse as a SQLite file: what every other target is written from."""

from __future__ import annotations

import sqlite3
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path

from kcsp_nlp.errors import KcspError
from kcsp_nlp.records import Record
from kcsp_nlp.warehouse.loading import Loaded, loading
from kcsp_nlp.warehouse.schema import SCHEMA_VERSION

# Deleted text is overwritten: a file that is published holds nothing that was taken out of it.
# A file may come from anybody: what its views and triggers say runs no function of ours.
_SETTINGS = ("secure_delete = ON", "trusted_schema = OFF", "cache_size = -65536")


@contextmanager
def connect(path: Path, *, read_only: bool = False) -> Iterator[sqlite3.Connection]:
    """Open a warehouse and close it at the end.

    Args:
        path: The file. Where there is none, or an empty one, it is made by the first load.
        read_only: Whether it must be there, and stays as it is.

    Raises:
        KcspError: the file is no warehouse of this version or cannot be opened.
    """
    made = not path.exists()
    try:
        with closing(open_file(path, read_only=read_only)) as connection:
            yield connection
    except sqlite3.DatabaseError as error:
        raise explained(path, error) from error
    finally:
        if made:
            _remove_empty(path)


@contextmanager
def scratch() -> Iterator[sqlite3.Connection]:
    """Open an empty warehouse in a temporary file that nobody else may read, gone at the end."""
    with (
        tempfile.TemporaryDirectory(prefix="kcsp-nlp-") as folder,
        connect(Path(folder) / "scratch.sqlite") as connection,
    ):
        connection.execute("PRAGMA synchronous = OFF")  # it outlives no crash
        yield connection


def open_file(path: Path, *, read_only: bool) -> sqlite3.Connection:
    """Open a warehouse as `connect` does, for a caller who closes it."""
    address = f"{path.absolute().as_uri()}?mode={'ro' if read_only else 'rwc'}"
    try:
        connection = sqlite3.connect(address, isolation_level=None, uri=True)
    except sqlite3.DatabaseError as error:
        raise explained(path, error) from error
    try:
        connection.create_function("split_part", 3, _split_part, deterministic=True)
        for setting in _SETTINGS:
            connection.execute(f"PRAGMA {setting}")
        _refuse_other(connection, path, empty=not read_only)
    except sqlite3.DatabaseError as error:
        connection.close()
        raise explained(path, error) from error
    except BaseException:
        connection.close()
        raise
    return connection


def explained(path: Path, error: sqlite3.DatabaseError) -> KcspError:
    """Return what a user can do about what SQLite says of a file."""
    if getattr(error, "sqlite_errorname", "").startswith("SQLITE_BUSY"):
        return KcspError(
            f"{path}: is in use by another program, expected to be alone for a moment; wait until "
            "that is done, or close it; nothing was changed"
        )
    return KcspError(
        f"{path}: {'is a folder' if path.is_dir() else error}; expected a SQLite file of "
        "`kcsp-nlp export`, or a place where one can be written"
    )


def load(
    connection: sqlite3.Connection, records: Iterable[Record], *, restricted: bool = True
) -> Loaded:
    """Load records in one transaction; what is there of their documents is replaced.

    Args:
        connection: As `connect` opens it.
        records: Those of a document follow each other; read one by one.
        restricted: Whether records with a restriction are kept.

    Returns:
        What was done. Nothing was, where an exception is raised.

    Raises:
        CorpusError: two records, or two things in one, claim the same place, or a value is none
            that a table can hold; the message names the meeting.
    """
    with loading(connection, restricted=restricted) as under_way:
        for record in records:
            under_way.add(record)
    return under_way.loaded


def _refuse_other(connection: sqlite3.Connection, path: Path, *, empty: bool) -> None:
    """Refuse a file that is something else, before anything is written to it."""
    names = {name for (name,) in connection.execute("SELECT name FROM sqlite_master")}
    if empty and not names:
        return
    found = "other tables" if names else "nothing"
    if "warehouse" in names:
        row = connection.execute("SELECT value FROM warehouse WHERE key = 'schema'").fetchone()
        found = str(row[0]) if row else found
    if found != SCHEMA_VERSION:
        raise KcspError(
            f"{path}: holds {found}, expected {SCHEMA_VERSION}; give another file, or export the "
            "records anew"
        )


def _remove_empty(path: Path) -> None:
    """Remove what opening a place for a warehouse left there, when nothing came of it."""
    with suppress(OSError):
        if path.is_file() and not path.stat().st_size:
            path.unlink()


def _split_part(text: str, mark: str, place: int) -> str:
    parts = text.split(mark)
    return parts[place - 1] if place <= len(parts) else ""
