"""The target Parquet: a folder with a file per table and flat view, packed with Zstandard."""

from __future__ import annotations

import sqlite3
from pathlib import Path

from kcsp_nlp.replacing import new_folder
from kcsp_nlp.warehouse.schema import SCHEMA_VERSION
from kcsp_nlp.warehouse.sheets import SHEETS, TABLE_SHEETS
from kcsp_nlp.warehouse.targets.duckdb_tables import connect, create, insert
from kcsp_nlp.warehouse.targets.written import Written

MARK = ".kcsp-nlp-parquet"  # in every such folder: what is not ours is never replaced


def write(warehouse: sqlite3.Connection, place: Path) -> Written:
    """Write a warehouse as Parquet files.

    Args:
        warehouse: As `sqlite.connect` opens it.
        place: The folder; an older one of this target is replaced when the new one is whole.

    Raises:
        KcspError: the place holds something else, or cannot be written.
    """
    counts: dict[str, int] = {}
    with (
        new_folder(place, mark=MARK, what="folder of Parquet files of `kcsp-nlp export`") as folder,
        connect(folder.with_name("rows.duckdb"), files=True) as rows,
    ):
        for sheet in SHEETS:
            create(rows, sheet.name, sheet.columns)
            counts[sheet.name] = insert(rows, sheet.name, sheet.columns, sheet.rows(warehouse))
            file = str(folder / f"{sheet.name}.parquet").replace("'", "''")
            rows.execute(
                f"COPY {sheet.name} TO '{file}' (FORMAT parquet, COMPRESSION zstd, "
                f"KV_METADATA {{schema: '{SCHEMA_VERSION}'}})"
            )
            rows.execute(f"DROP TABLE {sheet.name}")
    return Written(
        rows={sheet.name: counts[sheet.name] for sheet in TABLE_SHEETS},
        meetings=counts["meetings"],
    )
