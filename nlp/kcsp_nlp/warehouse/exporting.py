"""Where records can go: the targets of `kcsp-nlp export`."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Callable, Sequence
from dataclasses import replace
from importlib import import_module
from pathlib import Path
from typing import Literal, NamedTuple, cast

from kcsp_nlp.errors import KcspError
from kcsp_nlp.warehouse import datasette
from kcsp_nlp.warehouse.loading import Loaded
from kcsp_nlp.warehouse.schema import TABLES
from kcsp_nlp.warehouse.selecting import Watch, prepare, selected
from kcsp_nlp.warehouse.sources import Source
from kcsp_nlp.warehouse.sqlite import connect
from kcsp_nlp.warehouse.targets.written import Written

Name = Literal["sqlite", "duckdb", "parquet", "csv", "xlsx", "postgresql"]
# matches: "postgresql://user@host/db", "postgresql:/user@host/db" (as a path writes it)
# does not match: "out/minutes.sqlite", "C:/minutes.xlsx"
_ADDRESS = re.compile(r"[A-Za-z][A-Za-z0-9+.-]+:/")


# The way out of what a target keeps.
_KEPT = (
    "meetings of earlier runs that the target holds stay as they were loaded then; for none of "
    "them, write to a new place"
)


class Target(NamedTuple):
    """One target.

    Attributes:
        module: The module of `targets` whose `write` writes it; None for the warehouse itself.
        suffixes: How names of its files end.
        keeps: Whether documents of earlier runs stay in it.
    """

    module: str | None
    suffixes: tuple[str, ...] = ()
    keeps: bool = False


TARGETS: dict[Name, Target] = {
    "sqlite": Target(None, (".sqlite", ".sqlite3", ".db"), keeps=True),
    "duckdb": Target("duckdb_file", (".duckdb",), keeps=True),
    "parquet": Target("parquet"),
    "csv": Target("csv_files"),
    "xlsx": Target("workbook", (".xlsx",)),
    "postgresql": Target("postgresql", keeps=True),
}


class Exported(NamedTuple):
    """What an export did: what was loaded, and what was written."""

    loaded: Loaded
    written: Written


def target_of(place: str) -> Name | None:
    """Return the target that a place speaks for by its suffix or address; None for none."""
    if _ADDRESS.match(place):
        return "postgresql" if re.match(r"postgres(ql)?:", place) else None
    suffix = Path(place).suffix.lower()
    return next((name for name, each in TARGETS.items() if suffix in each.suffixes), None)


def is_address(place: str) -> bool:
    """Return whether a place is the address of a server, which may hold a password."""
    return _ADDRESS.match(place) is not None


def export(
    sources: Sequence[Source],
    target: Name,
    place: str,
    *,
    people: bool = True,
    restricted: bool = True,
    watch: Watch = iter,
) -> Exported:
    """Write records, or a warehouse, to a target.

    Args:
        sources: As `find_sources` finds them.
        target: What to write.
        place: A file, a folder, or the address of a database.
        people: Whether people are written.
        restricted: Whether restricted items are.
        watch: Passes on the records of each source, and sees them go by.

    Raises:
        CorpusError: records do not hold; the message names file and line, or the meeting.
        KcspError: the place cannot be written, holds something else, or a library is missing.
    """
    if target == "sqlite":
        return _sqlite(sources, Path(place), people=people, restricted=restricted, watch=watch)
    kept = TARGETS[target].keeps and (target == "postgresql" or Path(place).exists())
    noted = kept and not (people and restricted)
    module = import_module(f"kcsp_nlp.warehouse.targets.{TARGETS[target].module}")
    write = cast(Callable[[sqlite3.Connection, Path | str], Written], module.write)
    with selected(sources, people=people, restricted=restricted, watch=watch) as (
        warehouse,
        loaded,
    ):
        written = write(warehouse, place if target == "postgresql" else Path(place))
    return Exported(loaded, _with_note(written, _KEPT) if noted else written)


def _sqlite(
    sources: Sequence[Source], place: Path, *, people: bool, restricted: bool, watch: Watch
) -> Exported:
    try:
        place.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise KcspError(
            f"{place}: cannot be written ({error.strerror}); expected a place that may be"
        ) from error
    with connect(place) as connection:
        loaded = prepare(
            sources, connection, people=people, restricted=restricted, search=True, watch=watch
        )
        written = Written(_rows(connection), loaded.meetings, loaded.replaced)
        if not (people and restricted) and _holds_others(connection):
            written = _with_note(written, _KEPT)
    note = datasette.write(place)
    return Exported(loaded, _with_note(written, note) if note else written)


def _holds_others(connection: sqlite3.Connection) -> bool:
    """Return whether a warehouse holds meetings that this load did not bring."""
    others = "SELECT 1 FROM meetings WHERE meeting_id NOT IN (SELECT meeting_id FROM temp.brought)"
    return connection.execute(others).fetchone() is not None


def _rows(connection: sqlite3.Connection) -> dict[str, int]:
    """Count what was brought of the facts, and what there is of the dimensions."""
    brought = "WHERE meeting_id IN (SELECT meeting_id FROM temp.brought)"
    counts = {}
    for table in TABLES:
        scope = brought if table.kind == "fact" else ""
        found = connection.execute(f"SELECT COUNT(*) FROM {table.name} {scope}").fetchone()
        counts[table.name] = int(found[0])
    return counts


def _with_note(written: Written, note: str) -> Written:
    return replace(written, notes=(*written.notes, note))
