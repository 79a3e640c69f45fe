"""Full-text search over the items of a SQLite warehouse, in the form that Datasette finds."""

from __future__ import annotations

import sqlite3

# Datasette looks for `content="items"`. English stems: "strategies" finds "strategy".
_TABLE = (
    "CREATE VIRTUAL TABLE items_fts USING fts5 "
    '(title, text, content="items", tokenize="porter unicode61 remove_diacritics 2")'
)


def searchable(connection: sqlite3.Connection) -> bool:
    """Return whether a warehouse has an index for search."""
    found = connection.execute("SELECT 1 FROM sqlite_master WHERE name = 'items_fts'").fetchone()
    return found is not None


def index_items(connection: sqlite3.Connection) -> None:
    """Index title and text of all items anew.

    Anew, not what changed alone: an index that is changed keeps words of what was deleted.
    """
    if not searchable(connection):
        connection.execute(_TABLE)
    connection.execute("INSERT INTO items_fts (items_fts) VALUES ('rebuild')")
