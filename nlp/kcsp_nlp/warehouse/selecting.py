"""A warehouse of what may be shown: without people, or without restricted items, where asked."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from itertools import chain

from pydantic import ValidationError

from kcsp_nlp.errors import CorpusError, KcspError
from kcsp_nlp.records import Record
from kcsp_nlp.warehouse.loading import Loaded, Loading, loading
from kcsp_nlp.warehouse.sources import Source, open_warehouse, read_records
from kcsp_nlp.warehouse.sqlite import connect, scratch

Watch = Callable[[Iterable[Record]], Iterable[Record]]


@contextmanager
def selected(
    sources: Sequence[Source],
    *,
    people: bool = True,
    restricted: bool = True,
    watch: Watch = iter,
) -> Iterator[tuple[sqlite3.Connection, Loaded]]:
    """Open a warehouse of what sources hold, to be read; what was made for it is gone at the end.

    Args:
        sources: As `find_sources` finds them.
        people: Whether it holds people.
        restricted: Whether it holds restricted items.
        watch: Passes on the records of each source, and sees them go by.

    Yields:
        The warehouse, and what was loaded into it. The temporary table `brought` holds the meetings
        that sources hold, those among them of which nothing may be shown.

    Raises:
        CorpusError: records do not hold; the message names file and line, or the meeting.
        KcspError: a source cannot be opened, or is a warehouse and people are to be left out.
    """
    if people and restricted and [source.kind for source in sources] == ["sqlite"]:
        with connect(sources[0].path, read_only=True) as connection:
            yield connection, _as_it_is(connection)
        return
    with scratch() as connection:
        yield (
            connection,
            prepare(sources, connection, people=people, restricted=restricted, watch=watch),
        )


def prepare(
    sources: Sequence[Source],
    connection: sqlite3.Connection,
    *,
    people: bool = True,
    restricted: bool = True,
    search: bool = False,
    watch: Watch = iter,
) -> Loaded:
    """Load what sources hold into a warehouse, in one transaction.

    Args:
        sources: As `find_sources` finds them.
        connection: As `sqlite.connect` opens it. What it holds of other documents stays.
        people: Whether people are loaded.
        restricted: Whether restricted items are.
        search: Whether to make an index for search.
        watch: Passes on the records of each source, and sees them go by.

    Returns:
        What was done. Nothing was, where an exception is raised.

    Raises:
        CorpusError: as `selected`.
        KcspError: as `selected`.
    """
    if not people:
        _refuse_warehouses(sources)
    with loading(connection, restricted=restricted, search=search) as under_way:
        if people:
            for source in sources:
                _load(source, under_way, watch)
        else:
            read = chain.from_iterable(watch(read_records(source.path)) for source in sources)
            for record in _without_people(read):
                under_way.add(record)
    return under_way.loaded


def _load(source: Source, under_way: Loading, watch: Watch) -> None:
    if source.kind == "records":
        for record in watch(read_records(source.path)):
            under_way.add(record)
    else:
        with open_warehouse(source) as warehouse:
            under_way.copy(warehouse)


def _without_people(records: Iterable[Record]) -> Iterator[Record]:
    """Leave people out of whole documents: what one item calls a person, another may only name.

    Raises:
        CorpusError: records of a document do not follow each other, or do not fit together.
    """
    from kcsp_nlp.redaction import without_people

    for document in _documents(records):
        try:
            yield from without_people(document)
        except ValidationError as error:
            raise CorpusError(
                f"meeting {document[0].meeting.id}: its records do not fit together, expected "
                "offsets that go on from one to the next; annotate the document again"
            ) from error


def _documents(records: Iterable[Record]) -> Iterator[list[Record]]:
    """Yield the records of one document after the other, in order; of what is repeated the last.

    Raises:
        CorpusError: records of a document do not follow each other.
    """
    begun: dict[str, int] = {}
    document: dict[int, Record] = {}
    meeting = None
    for record in records:
        known, index = record.meeting.id == meeting, record.item.index
        if document and not (known and index != begun[record.meeting.id]):
            yield _in_order(document)
            document = {}
        if not document and begun.setdefault(record.meeting.id, index) != index:
            raise CorpusError(
                f"meeting {record.meeting.id}: its records do not follow each other, expected "
                "those of a document together, since who is a person is known of the whole; "
                "give the records as `kcsp-nlp annotate` writes them"
            )
        meeting = record.meeting.id
        document[index] = record
    if document:
        yield _in_order(document)


def _in_order(document: Mapping[int, Record]) -> list[Record]:
    return [document[index] for index in sorted(document)]


def _refuse_warehouses(sources: Sequence[Source]) -> None:
    for source in sources:
        if source.kind != "records":
            raise KcspError(
                f"{source.path}: is a warehouse, of which people cannot be left out any more; "
                "expected records; give those that it was exported from"
            )


def _as_it_is(connection: sqlite3.Connection) -> Loaded:
    """Say of a whole warehouse what `loading` says of a load."""
    connection.execute("CREATE TEMP TABLE brought AS SELECT meeting_id FROM meetings")
    counts = "SELECT (SELECT COUNT(*) FROM meetings), (SELECT COUNT(*) FROM items)"
    meetings, records = connection.execute(counts).fetchone()
    return Loaded(meetings=meetings, records=records)
