"""PostgreSQL as a target, on a real server: the same content, whole or not at all."""

from __future__ import annotations

import os
import random
import signal
import sqlite3
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any

import psycopg
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from psycopg.sql import SQL, Identifier

from kcsp_nlp.errors import CorpusError, KcspError
from kcsp_nlp.records import Record
from kcsp_nlp.warehouse.schema import FACTS, SCHEMA_VERSION, TABLES
from kcsp_nlp.warehouse.sheets import SHEETS
from kcsp_nlp.warehouse.sqlite import connect, load, scratch
from kcsp_nlp.warehouse.targets import postgresql, postgresql_tables
from kcsp_nlp.warehouse.targets.written import Written
from postgresql_server import Server, running

Content = dict[str, list[tuple[Any, ...]]]
TOPICS = ("domestic_abuse", "funding", "mental_health")
# What a database, a driver or a file of rows could take for something else.
HOSTILE = (
    "\\N", "\\.", "\\", "\t", "\n", "\r\n", "'", '"', "''; DROP TABLE items; --", "$1", "%s", "{}",
    "NULL", "", " ", "🚌", "e\u0301", "\u202e", "\ufeff", "\ufffd",
    "\x01", "\x7f", "\u2028", "é" * 999,
)  # fmt: skip


@pytest.fixture(scope="module")
def server() -> Iterator[Server]:
    with running() as each:
        yield each


@pytest.fixture(scope="module")
def database(server: Server) -> str:
    return server.database()


@pytest.fixture
def address(database: str) -> Iterator[str]:
    """An empty database: one is enough for all tests, new ones are slow to make and to remove."""
    yield database
    rows = run(
        database,
        "SELECT oid::regnamespace::text FROM pg_namespace "
        "WHERE nspname !~ '^pg_' AND nspname <> 'information_schema'",
    )
    for (schema,) in rows:
        run(database, f"DROP SCHEMA {schema} CASCADE")
    run(database, "CREATE SCHEMA public")


def make(name: str, *, items: int = 4, word: str = "bus", day: int = 3) -> list[Record]:
    """Return the records of one meeting with something in every table."""
    meeting = {
        "id": name,
        "source": f"{name}.md",
        "sha256": name * 2,
        "body": "Quay Ward Panel",
        "date": f"2024-04-{day:02}",
        "venue": None,
    }
    return [_item(name, meeting, index, word) for index in range(items)]


def _item(name: str, meeting: dict[str, Any], index: int, word: str) -> Record:
    text = f"Ada Quill of Harbour Board paid £4.50 for the {word} under the Quay Act 2003."

    def at(part: str, **more: Any) -> dict[str, Any]:
        start = text.index(part)
        return {"start": start, "end": start + len(part), "text": part, **more}

    person, body, law = (
        f"person:{name}",
        "body:harbour",
        "https://www.legislation.gov.uk/id/a/2003/9",
    )
    given: dict[str, Any] = {
        "schema": "kcsp-nlp/record/1",
        "id": f"{name}:{index}",
        "meeting": meeting,
        "item": {"index": index, "kind": "item", "number": str(index), "code": None, "title": word},
        "offset": index * len(text),
        "text": text,
        "spans": [
            at("Ada Quill", label="PERSON", canonical="A Quill", id=person, score=0.25),
            at("Harbour Board", label="ORG", canonical="Harbour Board", id=body),
            at("£4.50", label="MONEY", amount=4.5, currency="GBP", purpose=at(word, id=body)),
            at("Quay Act 2003", label="LEGISLATION", canonical="Quay Act 2003", id=law),
        ],
        "topics": [TOPICS[index % 3]],
        "scores": {topic: 0.1 * place for place, topic in enumerate(TOPICS)},
        "evidence": {TOPICS[0]: [at("Quay", weight=0.5)]},
        "attendance": [at("Ada Quill", name="Ada Quill", status="present", person=person)],
        "affiliations": [at("Ada Quill", person=person, name="A Quill", organisation_id=body)],
        "decisions": [at("paid")],
        "actions": [at(word, owners=["Ada Quill"], owner_ids=[person], due="2024-06-30")],
        "model": {"name": "kcsp", "version": "0"},
    }
    for each in (*given["attendance"], *given["affiliations"]):
        del each["text"]
    return Record.model_validate(given)


@contextmanager
def warehouse(
    *documents: Sequence[Record], place: Path | None = None
) -> Iterator[sqlite3.Connection]:
    records = [record for document in documents for record in document]
    with connect(place) if place else scratch() as connection:
        load(connection, records)
        yield connection


def write(address: str, *documents: Sequence[Record], schema: str = postgresql.SCHEMA) -> Written:
    with warehouse(*documents) as connection:
        return postgresql.write(connection, address, schema=schema)


def content(address: str, schema: str = postgresql.SCHEMA) -> Content:
    """Return every row of every table and view, as of one moment, the way SQLite has them."""
    with psycopg.connect(address) as connection:
        connection.isolation_level = psycopg.IsolationLevel.REPEATABLE_READ
        return {
            sheet.name: _rows(
                connection.execute(
                    SQL("SELECT {} FROM {}").format(
                        SQL(", ").join(map(Identifier, sheet.names)),
                        Identifier(schema, sheet.name),
                    )
                ).fetchall()
            )
            for sheet in SHEETS
        }


def sqlite_content(connection: sqlite3.Connection) -> Content:
    return {
        sheet.name: _rows(
            connection.execute(
                f"SELECT {', '.join(sheet.names)} FROM {sheet.name}"  # noqa: S608
            ).fetchall()
        )
        for sheet in SHEETS
    }


def _rows(rows: Sequence[tuple[Any, ...]]) -> list[tuple[Any, ...]]:
    plain = (tuple(v.isoformat() if isinstance(v, date) else v for v in row) for row in rows)
    return sorted(plain, key=lambda row: [(v is not None, str(type(v)), v) for v in row])


def run(address: str, statement: str) -> list[tuple[Any, ...]]:
    with psycopg.connect(address, autocommit=True) as connection:
        cursor = connection.execute(statement)
        return cursor.fetchall() if cursor.description else []


def test_content_is_that_of_the_sqlite_warehouse(address: str) -> None:
    with warehouse(make("aa"), make("bb", items=2, day=9)) as connection:
        written = postgresql.write(connection, address)
        expected = sqlite_content(connection)
    found = content(address)
    assert {name: found[name] for name in expected} == expected
    assert all(expected.values()), "every table and view has rows to compare"
    assert written.rows == {table.name: len(expected[table.name]) for table in TABLES}
    assert (written.meetings, written.replaced) == (2, 0)


def test_the_same_records_twice_touch_no_row(address: str) -> None:
    write(address, make("aa"), make("bb"))
    before = content(address), _versions(address)
    written = write(address, make("aa"), make("bb"))
    assert (content(address), _versions(address)) == before
    assert (written.meetings, written.replaced) == (2, 2)


def _versions(address: str) -> dict[str, list[tuple[Any, ...]]]:
    """Return where each row lies and which transaction wrote it."""
    return {
        table.name: run(
            address,
            f"SELECT ctid::text, xmin::text FROM kcsp_nlp.{table.name}",  # noqa: S608
        )
        for table in TABLES
    }


def test_a_document_replaces_its_own_rows_and_no_others(address: str) -> None:
    write(address, make("aa"), make("bb"))
    written = write(address, make("bb", items=2, word="ferry"), make("cc"))
    with warehouse(make("aa"), make("bb", items=2, word="ferry"), make("cc")) as expected:
        assert content(address) == sqlite_content(expected)
    assert (written.meetings, written.replaced) == (2, 1)
    assert written.rows["items"] == 6
    assert written.rows["people"] == 3  # those of what is there now


def test_dates_and_names_that_nobody_refers_to_any_more_go(address: str) -> None:
    late = make("aa")
    late = [
        r.model_copy(update={"meeting": r.meeting.model_copy(update={"date": "2031-01-01"})})
        for r in late
    ]
    write(address, late)
    assert run(address, "SELECT MAX(year) FROM kcsp_nlp.dates") == [(2031,)]
    write(address, make("aa", items=1))
    assert run(address, "SELECT MAX(year) FROM kcsp_nlp.dates") == [(2024,)]


def test_a_document_of_which_nothing_may_be_kept_goes(address: str) -> None:
    write(address, make("aa"), make("bb"))
    secret = {"kind": "exempt", "said_by": "item", "text": "paid"}
    withheld = [
        Record.model_validate({**record.to_json(), "restriction": secret}) for record in make("bb")
    ]
    with scratch() as connection:
        load(connection, withheld, restricted=False)
        written = postgresql.write(connection, address)
    with warehouse(make("aa")) as expected:
        assert content(address) == sqlite_content(expected)
    assert (written.meetings, written.replaced) == (0, 1)


def test_nothing_at_all_is_a_whole_warehouse(address: str) -> None:
    written = write(address)
    assert written.meetings == 0
    assert not any(content(address).values())


def test_schemas_stand_side_by_side(address: str) -> None:
    write(address, make("aa"), schema='Quay "ward"; --')
    write(address, make("bb"), schema="public")
    assert {row[0] for row in content(address, 'Quay "ward"; --')["meetings"]} == {"aa"}
    assert {row[0] for row in content(address, "public")["meetings"]} == {"bb"}


@pytest.mark.parametrize("value", HOSTILE, ids=ascii)
def test_hostile_texts_arrive_as_they_are(database: str, value: str) -> None:
    document = [_hostile(record, value) for record in make("aa", items=1)]
    with warehouse(document) as connection:
        postgresql.write(connection, database, schema="hostile")
        assert content(database, "hostile") == sqlite_content(connection)
    assert run(database, "SELECT title, number FROM hostile.items") == [(value, value)]


@settings(max_examples=15)
@given(value=st.text(st.characters(exclude_categories=["Cs"]), max_size=20))
def test_any_text_arrives(database: str, value: str) -> None:
    document = [_hostile(record, value) for record in make("aa", items=1)]
    with warehouse(document) as connection:
        postgresql.write(connection, database, schema="hostile")
        assert content(database, "hostile") == sqlite_content(connection)


def _hostile(record: Record, value: str) -> Record:
    """Return a record with a value in every field that holds whatever a document says."""
    changed = record.to_json()
    changed["text"] += value
    changed["meeting"] |= {"body": value, "venue": value, "source": value, "date": value}
    changed["item"] |= {"number": value, "code": value, "title": value}
    for each in (*changed["spans"], *changed["affiliations"]):
        each["canonical" if "label" in each else "role"] = value
    changed["spans"][0]["id"] = "person:" + value
    changed["spans"][3]["id"] = f"https://www.legislation.gov.uk/id/{value}/{value}"
    changed["attendance"][0] |= {"name": value, "organisation": value}
    changed["actions"][0]["owners"] = [value, value]
    return Record.model_validate(changed)


def test_u_0000_is_seen_and_not_lost(address: str) -> None:
    document = [
        record.model_copy(update={"item": record.item.model_copy(update={"title": "a\0b"})})
        for record in make("aa", items=1)
    ]
    write(address, document)
    assert run(address, "SELECT title FROM kcsp_nlp.items") == [("a\u2400b",)]


def test_types_keys_and_descriptions_are_there(address: str) -> None:
    write(address, make("aa"))
    types = dict(
        run(
            address,
            "SELECT table_name || '.' || column_name, "
            "data_type || COALESCE(' ' || collation_name, '') "
            "FROM information_schema.columns WHERE table_schema = 'kcsp_nlp'",
        )
    )
    assert types["dates.date_key"] == types["meetings.date_key"] == "date"
    assert types["item_topics.assigned"] == "boolean"
    assert types["money.amount"] == "double precision"
    assert types["people.name"] == "text C"
    assert types["items.position"] == "bigint"
    undescribed = run(
        address,
        "SELECT c.relname, a.attname FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid "
        "WHERE c.relnamespace = 'kcsp_nlp'::regnamespace AND c.relkind IN ('r', 'v') "
        "AND a.attnum >= 0 AND c.relname <> 'warehouse' "
        "AND (col_description(c.oid, a.attnum) IS NULL OR obj_description(c.oid) IS NULL)",
    )
    assert undescribed == []
    references = run(
        address,
        "SELECT conrelid::regclass::text, confrelid::regclass::text, a.attname FROM pg_constraint "
        "JOIN pg_attribute a ON a.attrelid = conrelid AND a.attnum = conkey[1] WHERE contype = 'f'",
    )
    expected = {
        (f"kcsp_nlp.{table.name}", f"kcsp_nlp.{column.references}", column.name)
        for table in TABLES
        for column in table.columns
        if column.references
    }
    assert set(references) == expected
    keys = run(
        address,
        "SELECT COUNT(*) FROM pg_constraint "
        "WHERE contype = 'p' AND connamespace = 'kcsp_nlp'::regnamespace",
    )
    assert keys == [(len(TABLES) + 1,)]


def test_a_reader_sees_whole_loads_only(address: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """At every step of a load another connection reads everything: it is as it was."""
    write(address, make("aa"), make("bb"))
    before = _digest(address)
    seen = []
    for name in ("stage", "merge", "count", "analyze"):
        step = getattr(postgresql_tables, name)

        def watched(*given: Any, step: Callable[..., Any] = step) -> Any:
            result = step(*given)
            seen.append(_digest(address) == before)
            return result

        monkeypatch.setattr(postgresql_tables, name, watched)
    write(address, make("bb", word="tram"), make("cc"))
    assert len(seen) > 2 * len(FACTS)
    assert all(seen)
    assert _digest(address) != before


def _digest(address: str) -> list[tuple[Any, ...]]:
    """Return a digest of all tables, in one statement."""
    digests = (
        f"SELECT '{table.name}', md5(string_agg(t::text, ',' ORDER BY t::text)) "  # noqa: S608
        f"FROM kcsp_nlp.{table.name} t"
        for table in TABLES
    )
    return run(address, " UNION ALL ".join(digests))


def test_two_loads_at_once_wait_for_each_other(
    address: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The second begins when the first, into an empty database, is all but done."""
    failures: list[Exception] = []

    def second() -> None:
        try:
            write(address, make("bb"), make("aa", word="tram"))
        except Exception as error:  # told below, in the thread of the test
            failures.append(error)

    thread = threading.Thread(target=second)
    analyze = postgresql_tables.analyze

    def late(cursor: psycopg.Cursor, schema: str) -> None:
        if not thread.ident:
            thread.start()
            _until(
                address, "SELECT COUNT(*) FROM pg_locks WHERE locktype = 'advisory' AND NOT granted"
            )
        analyze(cursor, schema)

    monkeypatch.setattr(postgresql_tables, "analyze", late)
    write(address, make("aa"), make("cc"))
    thread.join(30)
    assert not failures
    with warehouse(make("aa", word="tram"), make("bb"), make("cc")) as expected:
        assert content(address) == sqlite_content(expected)


def _until(address: str, count: str) -> None:
    for _ in range(600):
        if run(address, count) != [(0,)]:
            return
        time.sleep(0.02)
    raise AssertionError(f"never: {count}")


# Kills itself when the given number of statements and rows have gone to the server.
_KILLED = """
import os, signal, sys
from pathlib import Path
import psycopg
from kcsp_nlp.warehouse import sqlite
from kcsp_nlp.warehouse.targets import postgresql
left = int(sys.argv[3])
def counted(method):
    def call(*given, **more):
        global left
        left -= 1
        if not left:
            os.kill(os.getpid(), signal.SIGKILL)
        return method(*given, **more)
    return call
psycopg.Cursor.execute = counted(psycopg.Cursor.execute)
psycopg.Copy.write_row = counted(psycopg.Copy.write_row)
with sqlite.connect(Path(sys.argv[1])) as warehouse:
    postgresql.write(warehouse, sys.argv[2])
print(-left)
"""


def test_a_client_that_is_killed_leaves_what_was_there(address: str, tmp_path: Path) -> None:
    write(address, make("aa"), make("bb"))
    before = content(address)
    place = tmp_path / "new.sqlite"
    with warehouse(make("bb", word="tram"), make("cc", items=40), place=place) as new:
        rows = sum(sqlite_count(new, table.name) for table in TABLES)
    moments = random.Random(17)
    for moment in (2, *sorted(moments.randrange(3, rows) for _ in range(4))):
        done = _load_and_die(place, address, moment)
        assert done.returncode == -signal.SIGKILL
        assert content(address) == before
    assert _load_and_die(place, address, 0).returncode == 0
    with warehouse(make("aa"), make("bb", word="tram"), make("cc", items=40)) as expected:
        assert content(address) == sqlite_content(expected)


def _load_and_die(place: Path, address: str, moment: int) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        [sys.executable, "-c", _KILLED, place, address, str(moment)],
        check=False,
        capture_output=True,
        timeout=60,
    )


def sqlite_count(connection: sqlite3.Connection, table: str) -> int:
    return int(connection.execute(f"SELECT COUNT(*) FROM {table}").fetchone()[0])  # noqa: S608


@pytest.mark.parametrize("step", ["merge", "analyze"])
def test_a_server_that_falls_has_what_was_there(
    server: Server, address: str, step: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(address, make("aa"), make("bb"))
    before = content(address)
    original = getattr(postgresql_tables, step)
    calls = []

    def fall(*given: Any) -> None:
        calls.append(given)
        if len(calls) == (6 if step == "merge" else 1):
            server.crash()
            server.start()
        original(*given)

    monkeypatch.setattr(postgresql_tables, step, fall)
    with pytest.raises(KcspError, match="as a whole or not at all"):
        write(address, make("bb", word="tram"), make("cc"))
    assert content(address) == before
    monkeypatch.undo()
    write(address, make("bb", word="tram"), make("cc"))
    assert content(address) != before


def test_a_server_that_falls_in_the_first_load_has_nothing(
    server: Server, address: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fall(_: object) -> None:
        server.crash()
        server.start()

    monkeypatch.setattr(postgresql_tables, "constrain", fall)
    with pytest.raises(KcspError, match="as a whole or not at all"):
        write(address, make("aa"))
    assert run(address, "SELECT COUNT(*) FROM pg_namespace WHERE nspname = 'kcsp_nlp'") == [(0,)]


SECRET = "Sesame9"  # noqa: S105


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        pytest.param(f"postgresql://u:{SECRET}@x@localhost/db", "%40", id="@ in a password"),
        pytest.param(f"postgresql://u:{SECRET}/x@localhost/db", "%2F", id="/ in a password"),
        pytest.param(f"postgresql://u:{SECRET}:x@[localhost/db", "not understood", id="bracket"),
        pytest.param(f"host=localhost password={SECRET} and more", "understood", id="space"),
        pytest.param(f"password='{SECRET}", "not understood", id="quote not closed"),
        pytest.param(
            f"postgresql://u:{SECRET}@localhost:p/db", "not understood|reached", id="port"
        ),
        pytest.param(f"{SECRET}", "not understood", id="neither form"),
        pytest.param(f"mysql://u:{SECRET}@localhost/db", "not understood", id="another database"),
        pytest.param(
            f"postgresql://u:{SECRET}@127.0.0.1:1/db", "127.0.0.1.*refused", id="nobody there"
        ),
        pytest.param(
            f"host=/nowhere password={SECRET}", "/nowhere.*No such file", id="no such socket"
        ),
        pytest.param("service=nobody-wrote-this", "nobody-wrote-this", id="no such service"),
    ],
)
def test_a_wrong_address_is_told_without_its_password(
    wrong: str, said: str, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("DEBUG")
    with warehouse() as connection, pytest.raises(KcspError, match=said) as caught:
        postgresql.write(connection, wrong)
    error: BaseException | None = caught.value
    while error is not None:
        assert SECRET not in f"{error!s} {error!r}"
        error = None if error.__suppress_context__ else error.__cause__ or error.__context__
    assert SECRET not in caplog.text


def test_a_wrong_password_is_told_and_not_shown(server: Server, address: str) -> None:
    run(
        address,
        f"CREATE ROLE secretive; CREATE ROLE clerk LOGIN PASSWORD '{SECRET}' IN ROLE secretive",
    )
    run(address, "GRANT CREATE ON DATABASE " + address.split("dbname=")[1] + " TO clerk")
    clerk = address.replace("user=kcsp", "user=clerk")
    with pytest.raises(KcspError, match='authentication failed for user "clerk"') as caught:
        write(f"{clerk} password=open{SECRET}")
    assert SECRET not in str(caught.value)
    assert write(f"{clerk} password={SECRET}", make("aa")).meetings == 1


def test_what_the_environment_says_is_taken(
    server: Server, address: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PGHOST", str(server.folder))
    monkeypatch.setenv("PGUSER", "kcsp")
    monkeypatch.setenv("PGDATABASE", address.split("dbname=")[1])
    assert write("", make("aa")).meetings == 1
    assert write(f"postgresql://kcsp@/{os.environ['PGDATABASE']}", make("aa")).replaced == 1


def test_defaults_of_a_role_do_not_decide_what_a_load_sees(address: str) -> None:
    options = (
        "-cdefault_transaction_isolation=serializable -cdefault_transaction_read_only=on "
        "-csearch_path=pg_catalog -cDateStyle=SQL,DMY"
    )
    assert write(f"{address} options='{options}'", make("aa")).meetings == 1
    with warehouse(make("aa")) as expected:
        assert content(address) == sqlite_content(expected)


@pytest.mark.parametrize(
    ("statement", "said"),
    [
        pytest.param("", "permission denied for database.*GRANT CREATE", id="may make no schema"),
        pytest.param("CREATE SCHEMA kcsp_nlp", "permission denied for schema", id="not its own"),
    ],
)
def test_who_may_not_write_is_told_what_to_grant(address: str, statement: str, said: str) -> None:
    run(address, "DO $$ BEGIN CREATE ROLE guest LOGIN; EXCEPTION WHEN duplicate_object THEN END $$")
    run(address, statement or "SELECT 1")
    with pytest.raises(KcspError, match=said):
        write(address.replace("user=kcsp", "user=guest"), make("aa"))


@pytest.mark.parametrize(
    ("statement", "said"),
    [
        pytest.param("CREATE TABLE kcsp_nlp.items (x int)", "none of ours .items", id="a table"),
        pytest.param("CREATE VIEW kcsp_nlp.v_money AS SELECT 1", "none of ours", id="a view"),
        pytest.param("CREATE TABLE kcsp_nlp.warehouse (x int)", "none of ours", id="our mark"),
        pytest.param(
            "CREATE TABLE kcsp_nlp.warehouse AS SELECT 'schema' AS key, "
            "'kcsp-nlp/warehouse/0' AS value",
            "holds kcsp-nlp/warehouse/0, expected all of kcsp-nlp/warehouse/1",
            id="another version",
        ),
        pytest.param(
            "CREATE TABLE kcsp_nlp.warehouse AS SELECT 'schema' AS key, "
            f"'{SCHEMA_VERSION}' AS value",
            "holds no action_owners, actions, .* expected all of",
            id="tables were dropped",
        ),
    ],
)
def test_what_is_in_the_way_is_left_alone(address: str, statement: str, said: str) -> None:
    run(address, "CREATE SCHEMA kcsp_nlp")
    run(address, statement)
    listed = "SELECT relname FROM pg_class WHERE relnamespace = 'kcsp_nlp'::regnamespace"
    before = run(address, listed)
    with pytest.raises(KcspError, match=said):
        write(address, make("aa"))
    assert run(address, listed) == before


def test_tables_of_others_may_stand_beside_ours(address: str) -> None:
    run(address, "CREATE SCHEMA kcsp_nlp; CREATE TABLE kcsp_nlp.notes (x int)")
    write(address, make("aa"))
    run(address, "CREATE VIEW kcsp_nlp.mine AS SELECT name FROM kcsp_nlp.people")
    write(address, make("bb"))
    assert len(run(address, "SELECT * FROM kcsp_nlp.mine")) == 2


def test_a_database_that_cannot_hold_any_text_is_refused(server: Server) -> None:
    address = server.database("ENCODING 'LATIN1' LOCALE 'C'")
    with pytest.raises(KcspError, match="holds LATIN1, expected UTF8"):
        write(address, make("aa"))


def test_a_key_that_another_document_has_is_an_error_without_details(address: str) -> None:
    write(address, make("aa"))
    with warehouse(make("bb", word="Sesame9")) as connection:
        for table in FACTS:
            if "item_id" in table.names:
                connection.execute(
                    f"UPDATE {table.name} SET item_id = 'aa' || substr(item_id, 3)"  # noqa: S608
                )
        with pytest.raises(CorpusError, match="UniqueViolation in table items") as caught:
            postgresql.write(connection, address)
    assert "Sesame9" not in str(caught.value)


def test_a_value_that_does_not_fit_is_told_without_it(address: str) -> None:
    with warehouse(make("aa")) as connection:
        connection.execute("UPDATE items SET position = 'Sesame9' WHERE item_id = 'aa:1'")
        with pytest.raises(KcspError, match="does not fit its column") as caught:
            postgresql.write(connection, address)
    assert "Sesame9" not in str(caught.value)


def test_without_psycopg_the_extra_is_named() -> None:
    code = (
        "import sys; sys.modules['psycopg'] = None\n"
        "from kcsp_nlp.errors import KcspError\n"
        "try: import kcsp_nlp.warehouse.targets.postgresql\n"
        "except KcspError as error: print(error)\n"
    )
    done = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True)
    assert "pip install 'kcsp-nlp[postgresql]'" in done.stdout
