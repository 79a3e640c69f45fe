"""The warehouse in PostgreSQL: a schema of its own that each load adds to, in one transaction.

Whoever reads sees the tables as they were or as they are after the load, never between; whatever
is killed on the way leaves them as they were.
"""

from __future__ import annotations

import re
import sqlite3
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import contextmanager

from kcsp_nlp.errors import CorpusError, KcspError
from kcsp_nlp.warehouse.calendar import days
from kcsp_nlp.warehouse.derived import REACH, STATEMENTS
from kcsp_nlp.warehouse.rows import Row
from kcsp_nlp.warehouse.schema import BY_NAME, DIMENSIONS, FACTS, TABLES
from kcsp_nlp.warehouse.table import Table
from kcsp_nlp.warehouse.targets.written import Written

try:
    import psycopg
    from psycopg.conninfo import conninfo_to_dict

    from kcsp_nlp.warehouse.targets import postgresql_tables as tables
except ImportError as error:
    raise KcspError(
        f"PostgreSQL is written with psycopg, which cannot be imported ({error}); "
        "pip install 'kcsp-nlp[postgresql]'"
    ) from error

SCHEMA = "kcsp_nlp"

# What a password must not hold as it is: libpq would read on elsewhere, and its message would show
# what it read. matches: "postgresql://u:a@b@host/d", "postgresql://u:a/b@host"
# does not match: "postgresql://u:a%40b@host/d"
_MISREAD = re.compile(r"postgres(?:ql)?://(?:[^@]*@.*@|[^@]*/[^@]*@)", re.DOTALL)
_FORMS = (
    "expected postgresql://USER@HOST:PORT/DATABASE, or 'host=HOST dbname=DATABASE user=USER', or "
    "'service=NAME'; in the first form signs like @ / : # of a password are written %40 %2F %3A "
    "%23; a password is best left to ~/.pgpass or PGPASSWORD"
)


def write(warehouse: sqlite3.Connection, address: str, *, schema: str = SCHEMA) -> Written:
    """Write a warehouse to a schema of a PostgreSQL database; documents that it has are replaced.

    Documents that are there and not in `warehouse` stay. Rows that are as they were are not
    touched. Two loads at once follow each other.

    Args:
        warehouse: As `sqlite.connect` opens it.
        address: As libpq takes it: a URI, or keywords; what it leaves out is taken from PGHOST and
            its like, ~/.pgpass and ~/.pg_service.conf.
        schema: Where the tables are; made where there is none.

    Returns:
        The rows that `warehouse` holds of each fact, and those of each dimension afterwards.

    Raises:
        CorpusError: two things claim the same key.
        KcspError: the database cannot be reached, holds something else there, or refuses.
    """
    with (
        _connected(address) as connection,
        _explained(schema),
        connection.transaction(),
        connection.cursor() as cursor,
        _snapshot(warehouse),
    ):
        return _Load(cursor, warehouse, schema).run()


class _Load:
    """A load under way, inside its transaction."""

    def __init__(self, cursor: psycopg.Cursor, warehouse: sqlite3.Connection, schema: str) -> None:
        self.cursor = cursor
        self.warehouse = warehouse
        self.schema = schema
        self.rows: Counter[str] = Counter()

    def run(self) -> Written:
        self._begin()
        replaced = 0
        if tables.found(self.cursor, self.schema):
            replaced = self._merge()
        else:
            self._fill()
        tables.analyze(self.cursor, self.schema)
        counted = {table.name: self.rows[table.name] for table in TABLES}
        return Written(rows=counted, meetings=counted["meetings"], replaced=replaced)

    def _begin(self) -> None:
        encoding = self.cursor.connection.info.parameter_status("server_encoding")
        if encoding != "UTF8":
            raise KcspError(
                f"the database holds {encoding}, expected UTF8, since minutes hold any character; "
                "make one with CREATE DATABASE … ENCODING 'UTF8' TEMPLATE template0"
            )
        self.cursor.execute(
            "SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [f"kcsp-nlp {self.schema}"]
        )

    def _fill(self) -> None:
        """Make the tables and fill them; keys and references come last, when all is there."""
        tables.create(self.cursor, self.schema)
        for table in FACTS:
            self.rows[table.name] = self._copy(table.name, table.names, self._facts(table))
        self._derive()
        tables.constrain(self.cursor)
        for table in DIMENSIONS:
            self.rows[table.name] = tables.count(self.cursor, table.name)

    def _merge(self) -> int:
        """Bring tables that are there up to date; return how many documents they had already."""
        coming = tables.stage_meetings(self.cursor)
        self._copy(coming, ("meeting_id",), self._meetings())
        replaced = tables.known_meetings(self.cursor, self.schema)
        for table in FACTS:
            staged = tables.stage(self.cursor, self.schema, table, f"incoming_{table.name}")
            self.rows[table.name] = self._copy(staged, table.names, self._facts(table))
            tables.merge(self.cursor, self.schema, table, staged)
        # The statements name their tables only: temporary ones stand before those of the schema.
        for table in DIMENSIONS:
            tables.stage(self.cursor, self.schema, table, table.name)
        tables.look_in(self.cursor, "pg_temp", self.schema)
        self._derive()
        for table in DIMENSIONS:
            self.rows[table.name] = tables.count(self.cursor, table.name)
            tables.merge(self.cursor, self.schema, table, table.name)
        return replaced

    def _derive(self) -> None:
        for statement in STATEMENTS:
            self.cursor.execute(statement)
        first, last = self.cursor.execute(REACH).fetchone() or (None, None)
        if first:
            self._copy("dates", BY_NAME["dates"].names, days(first.year, last.year))

    def _meetings(self) -> Iterator[Row]:
        """Yield the documents that come, those among them of which nothing may be kept."""
        select = "SELECT meeting_id FROM meetings"
        named = "SELECT 1 FROM sqlite_temp_master WHERE name = 'brought'"
        if self.warehouse.execute(named).fetchone():
            select += " UNION SELECT meeting_id FROM temp.brought"
        return self.warehouse.execute(select)

    def _facts(self, table: Table) -> Iterator[Row]:
        return self.warehouse.execute(f"SELECT {', '.join(table.names)} FROM {table.name}")

    def _copy(self, target: str, columns: Iterable[str], rows: Iterable[Row]) -> int:
        count = 0
        with self.cursor.copy(f"COPY {target} ({', '.join(columns)}) FROM STDIN") as copy:
            for row in rows:
                copy.write_row(row)
                count += 1
        return count


@contextmanager
def _connected(address: str) -> Iterator[psycopg.Connection]:
    misread = KcspError(f"the address of the database is not understood; {_FORMS}")
    if _MISREAD.match(address):
        raise misread
    try:
        parts = conninfo_to_dict(address)
    except psycopg.Error:
        raise misread from None  # its message shows the address
    try:
        connection = psycopg.connect(
            address,
            client_encoding="utf8",
            fallback_application_name="kcsp-nlp",
            prepare_threshold=None,  # poolers do not keep prepared statements
        )
    except psycopg.Error as error:
        said = " ".join(str(error).split())
        if any(str(parts[name]) in said for name in ("password", "sslpassword") if parts.get(name)):
            said = "the connection failed"
        raise KcspError(
            f"PostgreSQL cannot be reached: {said}; check host, port, database, user and password; "
            f"{_FORMS}"
        ) from None
    with connection:
        # A default of role or database must not decide what a load sees while it waits.
        connection.isolation_level = psycopg.IsolationLevel.READ_COMMITTED
        connection.read_only = False
        yield connection


@contextmanager
def _snapshot(warehouse: sqlite3.Connection) -> Iterator[None]:
    """Read all tables of a SQLite warehouse as of one moment."""
    own = not warehouse.in_transaction
    if own:
        warehouse.execute("BEGIN")
    try:
        yield
    finally:
        if own:
            warehouse.rollback()


@contextmanager
def _explained(schema: str) -> Iterator[None]:
    try:
        yield
    except psycopg.Error as error:
        raise _explanation(error, schema) from error


def _explanation(error: psycopg.Error, schema: str) -> KcspError:
    """Return what a user can do; details of the error quote rows, so they are left out."""
    where = f"PostgreSQL, schema {schema}"
    kind = type(error).__name__
    table = error.diag.table_name
    if isinstance(error, psycopg.IntegrityError):
        return CorpusError(
            f"{where}: {kind} in table {table}; expected one thing of a kind at one place, and all "
            "that is referred to; nothing was changed; annotate the documents again, or drop the "
            "schema and load all records anew"
        )
    if isinstance(error, psycopg.errors.InsufficientPrivilege):
        return KcspError(
            f"{where}: {error.diag.message_primary}; nothing was changed; expected a role that may "
            "create the schema (GRANT CREATE ON DATABASE) or owns it (CREATE SCHEMA … "
            "AUTHORIZATION), and may make temporary tables"
        )
    if isinstance(error, psycopg.DataError):
        return KcspError(
            f"{where}: a value does not fit its column ({kind}, {error.sqlstate}); nothing was "
            "changed; annotate the documents again"
        )
    said = error.diag.message_primary or "the connection was lost"
    return KcspError(
        f"{where}: {said} ({kind}); a load is there as a whole or not at all: mend this and run "
        "the same command again"
    )
