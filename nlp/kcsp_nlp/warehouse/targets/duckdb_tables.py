"""DuckDB as the targets use it: nothing is downloaded, and rows go in fast and exactly.

Rows go in as NumPy arrays of Python's own values, which took a fifth of the time of lists as
parameters and keep every character, an empty text apart from null, and every bit of a number.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager
from itertools import islice
from pathlib import Path

import numpy as np

from kcsp_nlp.errors import KcspError
from kcsp_nlp.warehouse.rows import Row
from kcsp_nlp.warehouse.table import Column

try:
    import duckdb
except ImportError as error:
    raise KcspError(
        f"DuckDB and Parquet files are written with DuckDB, which cannot be imported ({error}); "
        "pip install 'kcsp-nlp[duckdb]'"
    ) from error

Connection = duckdb.DuckDBPyConnection
_BATCH = 5000  # rows that go in at once: more took more memory and no less time
_TYPES = {
    "text": "VARCHAR",
    "integer": "BIGINT",
    "real": "DOUBLE",
    "boolean": "BOOLEAN",
    "date": "DATE",
}
_SETTINGS: dict[str, str | bool | int | float | list[str]] = {
    "autoinstall_known_extensions": "false",
    "autoload_known_extensions": "false",
    "memory_limit": "1GB",  # beyond it, it writes to a folder beside the file
    "threads": "2",
    # Values of arrays are taken as text and cast to the type of their column: no type is guessed.
    "pandas_analyze_sample": "0",
    # What the oldest DuckDB of our extra reads, and no larger than the newest form.
    "storage_compatibility_version": "v1.4.0",
}


@contextmanager
def connect(path: Path, *, read_only: bool = False, files: bool = False) -> Iterator[Connection]:
    """Open a DuckDB file, made where there is none, and close it at the end.

    Args:
        path: The file.
        read_only: Whether nothing may be written, and the file must be there.
        files: Whether statements may read and write other files.

    Raises:
        KcspError: it is no such file, another program has it open, or a statement fails.
    """
    settings = {**_SETTINGS, "enable_external_access": str(files).lower()}
    try:
        with closing(duckdb.connect(path, read_only=read_only, config=settings)) as connection:
            yield connection
    except duckdb.Error as error:
        raise KcspError(
            f"{path}: {_kind(error)}; expected a DuckDB file of `kcsp-nlp export` that no other "
            "program has open, or a place with room where one can be written"
        ) from error


def create(connection: Connection, name: str, columns: Iterable[Column]) -> None:
    """Make a table."""
    written = ", ".join(
        f'"{column.name}" {_TYPES[column.type]}{"" if column.null else " NOT NULL"}'
        for column in columns
    )
    connection.execute(f"CREATE TABLE {name} ({written})")


def insert(
    connection: Connection, name: str, columns: tuple[Column, ...], rows: Iterable[Row]
) -> int:
    """Add rows to a table and return how many they were; holds a few thousand of them at a time."""
    names = ", ".join(f'"{column.name}"' for column in columns)
    # Registered once and filled again and again: what is registered is kept until the transaction
    # ends, every batch of it.
    batch = {column.name: np.empty(_BATCH, dtype=object) for column in columns}
    connection.register("batch", batch)
    remaining = iter(rows)
    count = 0
    while part := list(islice(remaining, _BATCH)):
        for array, values in zip(batch.values(), zip(*part, strict=True), strict=True):
            array[: len(part)] = values
        connection.execute(
            f"INSERT INTO {name} ({names}) SELECT {names} FROM batch LIMIT {len(part)}"
        )
        count += len(part)
    connection.unregister("batch")
    return count


def _kind(error: duckdb.Error) -> str:
    """Return what failed without the words of DuckDB, which may quote a value."""
    if isinstance(error, duckdb.IOException):
        return "cannot be opened, read or written"
    return f"DuckDB says {type(error).__name__}"
