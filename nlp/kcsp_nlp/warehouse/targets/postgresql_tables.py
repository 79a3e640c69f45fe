"""The tables in PostgreSQL: made, recognised, described, and brought up to date."""

from __future__ import annotations

import psycopg
from psycopg.sql import SQL, Composable, Identifier, Literal

from kcsp_nlp.errors import KcspError
from kcsp_nlp.warehouse.schema import SCHEMA_VERSION, TABLES
from kcsp_nlp.warehouse.sheets import SHEETS
from kcsp_nlp.warehouse.table import Column, Table
from kcsp_nlp.warehouse.views import views

# Names sort by code point, as in every other target: what is commonest must be chosen alike.
_TYPES = {
    "text": 'text COLLATE "C"',
    "integer": "bigint",
    "real": "double precision",
    "boolean": "boolean",
    "date": "date",
}
_VERSION = "warehouse"
_INCOMING = "incoming"  # the documents of a load


def found(cursor: psycopg.Cursor, schema: str) -> bool:
    """Return whether a schema holds the tables; a schema that holds none of their names may.

    Raises:
        KcspError: there is something else, or a warehouse of another version.
    """
    names = [*(sheet.name for sheet in SHEETS), _VERSION]
    cursor.execute(
        "SELECT c.relname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace "
        "WHERE n.nspname = %s AND c.relname = ANY(%s) ORDER BY c.relname",
        [schema, names],
    )
    present = [name for (name,) in cursor.fetchall()]
    if not present:
        return False
    version = _version(cursor, schema) if _VERSION in present else None
    if version == SCHEMA_VERSION and len(present) == len(names):
        return True
    if version is None:
        holds = f"tables of these names that are none of ours ({', '.join(present)})"
    elif version == SCHEMA_VERSION:
        holds = f"no {', '.join(sorted({*names} - {*present}))}"
    else:
        holds = version
    raise KcspError(
        f"PostgreSQL, schema {schema}: holds {holds}, expected all of {SCHEMA_VERSION} or none; "
        "nothing was changed; give another schema, or drop this one and load all records anew"
    )


def _version(cursor: psycopg.Cursor, schema: str) -> str | None:
    try:
        with cursor.connection.transaction():
            cursor.execute(
                SQL("SELECT value FROM {} WHERE key = 'schema'").format(
                    Identifier(schema, _VERSION)
                )
            )
            row = cursor.fetchone()
    except (psycopg.errors.UndefinedColumn, psycopg.errors.WrongObjectType):
        return None
    return str(row[0]) if row else None


def create(cursor: psycopg.Cursor, schema: str) -> None:
    """Make the tables without keys, and the views, and describe them; look there from now on."""
    cursor.execute("SELECT 1 FROM pg_namespace WHERE nspname = %s", [schema])
    if cursor.fetchone() is None:
        cursor.execute(SQL("CREATE SCHEMA {}").format(Identifier(schema)))
    look_in(cursor, schema, "pg_temp")
    for table in TABLES:
        columns = ", ".join(_column(column) for column in table.columns)
        cursor.execute(f"CREATE TABLE {table.name} ({columns})")
    for name, select in views("string_agg").items():
        cursor.execute(f"CREATE VIEW {name} AS {select}")
    for sheet in SHEETS:
        kind = "VIEW" if sheet.kind == "view" else "TABLE"
        _describe(cursor, kind, Identifier(sheet.name), sheet.description)
        for column in sheet.columns:
            _describe(cursor, "COLUMN", Identifier(sheet.name, column.name), column.description)
    cursor.execute(f"CREATE TABLE {_VERSION} (key text PRIMARY KEY, value text)")
    cursor.execute(f"INSERT INTO {_VERSION} VALUES ('schema', %s)", [SCHEMA_VERSION])
    _describe(cursor, "TABLE", Identifier(_VERSION), "Which version of the tables these are.")


def constrain(cursor: psycopg.Cursor) -> None:
    """Add keys, indexes and references to tables that are filled: many rows at once are quicker."""
    for table in TABLES:
        cursor.execute(f"ALTER TABLE {table.name} ADD PRIMARY KEY ({', '.join(table.key)})")
    for table in TABLES:
        for column in table.columns:
            if not column.references:
                continue
            if column.name not in table.key[:1]:
                some = f" WHERE {column.name} IS NOT NULL" if column.null else ""
                cursor.execute(f"CREATE INDEX ON {table.name} ({column.name}){some}")
            # Deferred: what a fact refers to is derived from the facts, so it comes after them.
            cursor.execute(
                f"ALTER TABLE {table.name} ADD FOREIGN KEY ({column.name}) "
                f"REFERENCES {column.references} DEFERRABLE INITIALLY DEFERRED"
            )


def look_in(cursor: psycopg.Cursor, *schemas: str) -> None:
    """Let names of tables stand for those of these schemas, in order, in this transaction."""
    places = SQL(", ").join(Identifier(schema) for schema in schemas)
    cursor.execute(SQL("SET LOCAL search_path TO {}").format(places))


def stage(cursor: psycopg.Cursor, schema: str, table: Table, name: str) -> str:
    """Make an empty temporary table like one of the schema, gone at the end; return its name."""
    cursor.execute(
        SQL("CREATE TEMPORARY TABLE {} (LIKE {}) ON COMMIT DROP").format(
            Identifier(name), Identifier(schema, table.name)
        )
    )
    return name


def stage_meetings(cursor: psycopg.Cursor) -> str:
    """Make an empty temporary table of the documents that come; return its name."""
    cursor.execute(
        f"CREATE TEMPORARY TABLE {_INCOMING} (meeting_id {_TYPES['text']} PRIMARY KEY) "
        "ON COMMIT DROP"
    )
    return _INCOMING


def known_meetings(cursor: psycopg.Cursor, schema: str) -> int:
    """Return how many of the documents that come are there already."""
    cursor.execute(
        SQL(f"SELECT COUNT(*) FROM pg_temp.{_INCOMING} JOIN {{}} USING (meeting_id)").format(
            Identifier(schema, "meetings")
        )
    )
    return _number(cursor)


def merge(cursor: psycopg.Cursor, schema: str, table: Table, staged: str) -> None:
    """Make rows of a table what a temporary one holds; those that are alike are not touched.

    Of a fact these are the rows of the documents that come, of a dimension all rows.
    """
    cursor.execute(SQL("ANALYZE {}").format(Identifier("pg_temp", staged)))
    same = [f"o.{key} = n.{key}" for key in table.key]
    scope = "TRUE"
    if table.kind == "fact":
        scope = f"o.meeting_id IN (SELECT meeting_id FROM pg_temp.{_INCOMING})"
        # A key that another document has must fail, not pass for one that is there already.
        same.append("o.meeting_id = n.meeting_id")
    names = {"old": Identifier(schema, table.name), "new": Identifier("pg_temp", staged)}
    cursor.execute(
        SQL(
            f"DELETE FROM {{old}} AS o WHERE {scope} AND NOT EXISTS (SELECT FROM {{new}} AS n "
            f"WHERE {' AND '.join(same)} AND ROW(o.*) IS NOT DISTINCT FROM ROW(n.*))"
        ).format(**names)
    )
    columns = ", ".join(table.names)
    cursor.execute(
        SQL(
            f"INSERT INTO {{old}} ({columns}) SELECT {columns} FROM {{new}} AS n WHERE NOT EXISTS "
            f"(SELECT FROM {{old}} AS o WHERE {' AND '.join(same)})"
        ).format(**names)
    )


def count(cursor: psycopg.Cursor, table: str) -> int:
    """Return how many rows a table has, where names are looked for."""
    cursor.execute(f"SELECT COUNT(*) FROM {table}")
    return _number(cursor)


def analyze(cursor: psycopg.Cursor, schema: str) -> None:
    """Let the planner know what is there now: the first dashboard asks at once."""
    for table in TABLES:
        cursor.execute(SQL("ANALYZE {}").format(Identifier(schema, table.name)))


def _column(column: Column) -> str:
    return f"{column.name} {_TYPES[column.type]}{'' if column.null else ' NOT NULL'}"


def _describe(cursor: psycopg.Cursor, kind: str, what: Composable, description: str) -> None:
    cursor.execute(SQL(f"COMMENT ON {kind} {{}} IS {{}}").format(what, Literal(description)))


def _number(cursor: psycopg.Cursor) -> int:
    row = cursor.fetchone()
    return int(row[0]) if row else 0
