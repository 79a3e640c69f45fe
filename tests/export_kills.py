"""Write a warehouse to a DuckDB file, to be killed meanwhile; run as a program by tests.

python export_kills.py WAREHOUSE.sqlite PLACE.duckdb     says when it begins, and when it is done
"""

from __future__ import annotations

import sys
from pathlib import Path

from kcsp_nlp.warehouse import sqlite
from kcsp_nlp.warehouse.targets import duckdb_file


def main(warehouse: Path, place: Path) -> None:
    """Write, between two lines on standard output."""
    with sqlite.connect(warehouse, read_only=True) as connection:
        sys.stdout.write("begun\n")
        sys.stdout.flush()
        duckdb_file.write(connection, place)
        sys.stdout.write("done\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:]))
