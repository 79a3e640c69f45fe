"""What a SQLite warehouse is made of: tables, indexes and views."""

from __future__ import annotations

import sqlite3

from kcsp_nlp.warehouse.schema import BY_NAME, SCHEMA_VERSION, TABLES
from kcsp_nlp.warehouse.table import Column, Table
from kcsp_nlp.warehouse.views import views

_TYPES = {
    "text": "TEXT",
    "integer": "INTEGER",
    "real": "REAL",
    "boolean": "INTEGER",
    "date": "TEXT",
}


def create_tables(connection: sqlite3.Connection) -> None:
    """Make the tables and views where there are none, and say of which version they are."""
    for table in TABLES:
        connection.execute(_table_sql(table))
    for name, select in views("group_concat").items():
        connection.execute(f"CREATE VIEW IF NOT EXISTS {name} AS {select}")
    connection.execute("CREATE TABLE IF NOT EXISTS warehouse (key TEXT PRIMARY KEY, value TEXT)")
    connection.execute("INSERT OR IGNORE INTO warehouse VALUES ('schema', ?)", (SCHEMA_VERSION,))


def create_indexes(connection: sqlite3.Connection) -> None:
    """Index every reference, where there is no index yet."""
    for table in TABLES:
        for column in table.columns:
            if column.references and column.name not in table.key[:1]:
                connection.execute(_index_sql(table, column))


def empty(connection: sqlite3.Connection) -> bool:
    """Return whether a warehouse holds no meeting; True where it has no tables."""
    named = "SELECT 1 FROM sqlite_master WHERE name = 'meetings'"
    if connection.execute(named).fetchone() is None:
        return True
    return connection.execute("SELECT 1 FROM meetings LIMIT 1").fetchone() is None


def _table_sql(table: Table) -> str:
    columns = [_column_sql(column) for column in table.columns]
    columns.append(f"PRIMARY KEY ({', '.join(table.key)})")
    return f"CREATE TABLE IF NOT EXISTS {table.name} ({', '.join(columns)})"


def _column_sql(column: Column) -> str:
    parts = [column.name, _TYPES[column.type], "" if column.null else "NOT NULL"]
    if column.references:
        # Datasette follows no reference that leaves the column to be guessed.
        (key,) = BY_NAME[column.references].key
        parts.append(f"REFERENCES {column.references} ({key})")
    return " ".join(filter(None, parts))


def _index_sql(table: Table, column: Column) -> str:
    # Most references that may be null are: a comparison never looks for those.
    some = f" WHERE {column.name} IS NOT NULL" if column.null else ""
    return (
        f"CREATE INDEX IF NOT EXISTS {table.name}_{column.name} "
        f"ON {table.name} ({column.name}){some}"
    )
