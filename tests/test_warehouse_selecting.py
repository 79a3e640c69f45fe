"""Warehouses of what may be shown, from records and from other warehouses."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest

from kcsp_nlp.errors import CorpusError, KcspError
from kcsp_nlp.record_lines import write
from kcsp_nlp.records import Record
from kcsp_nlp.warehouse.exporting import Name, export
from kcsp_nlp.warehouse.selecting import prepare, selected
from kcsp_nlp.warehouse.sources import Source, find_sources
from kcsp_nlp.warehouse.sqlite import connect
from warehousing import at, loaded, meeting, record, tables

TEXT = "Ann Wick reported. Mrs Wick asked for £5,000. "
EXEMPT = {"kind": "exempt", "said_by": "item", "text": "EXEMPT"}


def document(name: str, *restricted: int) -> list[Record]:
    """Return three records; the first has who attended and its last names a person once more."""
    held = meeting(name)
    listed = {**at(TEXT, "Ann Wick"), "name": "Ann Wick", "status": "present", "person": "person:w"}
    del listed["text"]
    who = at(TEXT, "Ann Wick", label="PERSON", id="person:w")
    sum_ = at(TEXT, "£5,000", label="MONEY", amount=5000)
    act = at(TEXT, "reported", owners=["Ann Wick"], owner_ids=["person:w"], due="2022-01-01")
    return [
        record(
            held,
            index,
            text=TEXT,
            offset=index * len(TEXT),
            spans=[who, sum_],
            actions=[act],
            attendance=[listed] if index == 0 else [],
            restriction=EXEMPT if index in restricted else None,
        )
        for index in range(3)
    ]


DOCUMENTS = [*document("hall", 1), *document("barn", 0, 1, 2), *document("mill")]


def lines(path: Path, records: Sequence[Record]) -> Path:
    with path.open("w", encoding="utf-8") as stream:
        write(records, stream)
    return path


@pytest.fixture
def source(tmp_path: Path, request: pytest.FixtureRequest) -> list[Source]:
    """The same documents as records, as a SQLite warehouse or as a DuckDB one."""
    path = lines(tmp_path / "records.jsonl", DOCUMENTS)
    if request.param == "records":
        return find_sources([path])
    place = tmp_path / f"w.{request.param}"
    export(find_sources([path]), request.param, str(place))
    return find_sources([place])


everything = pytest.mark.parametrize("source", ["records", "sqlite", "duckdb"], indirect=True)


@everything
def test_all_of_it_is_the_same_from_every_source(source: list[Source], tmp_path: Path) -> None:
    expected = loaded(tmp_path / "expected.sqlite", DOCUMENTS)
    with selected(source) as (connection, done):
        assert tables(connection) == expected
        assert (done.meetings, done.records, done.withheld) == (3, 9, 0)
        brought = connection.execute("SELECT COUNT(*) FROM temp.brought").fetchone()
        assert brought == (3,)


@everything
def test_restricted_items_are_left_out_of_every_table(source: list[Source], tmp_path: Path) -> None:
    kept = [each for each in DOCUMENTS if each.restriction is None]
    expected = loaded(tmp_path / "expected.sqlite", kept)
    with selected(source, restricted=False) as (connection, done):
        assert tables(connection) == expected
        assert (done.meetings, done.records, done.withheld) == (3, 5, 4)
        # A meeting of which nothing may be shown is among those that a target must replace.
        brought = {row[0] for row in connection.execute("SELECT meeting_id FROM temp.brought")}
        assert meeting("barn")["id"] in brought
        assert meeting("barn")["id"] not in str(tables(connection))


@pytest.mark.parametrize("target", ["sqlite", "duckdb"])
@pytest.mark.parametrize("again", ["records", "sqlite"])
def test_what_was_public_goes_when_it_no_longer_is(
    tmp_path: Path, target: Name, again: str
) -> None:
    opened = [each.model_copy(update={"restriction": None}) for each in DOCUMENTS]
    place = tmp_path / f"out.{target}"
    export(find_sources([lines(tmp_path / "old.jsonl", opened)]), target, str(place))
    new = find_sources([lines(tmp_path / "new.jsonl", DOCUMENTS)])
    if again == "sqlite":
        export(new, "sqlite", str(tmp_path / "new.sqlite"))
        new = find_sources([tmp_path / "new.sqlite"])
    export(new, target, str(place), restricted=False)
    kept = [each for each in DOCUMENTS if each.restriction is None]
    with selected(find_sources([place])) as (connection, _):
        assert tables(connection) == loaded(tmp_path / "expected.sqlite", kept)


def test_a_warehouse_that_is_only_read_is_read_where_it_is(tmp_path: Path) -> None:
    path = tmp_path / "w.sqlite"
    loaded(path, DOCUMENTS)
    path.chmod(0o444)
    with selected(find_sources([path])) as (connection, _):
        names = [row[2] for row in connection.execute("PRAGMA database_list")]
        assert str(path) in names


def test_several_sources_are_one_warehouse_and_the_last_counts(tmp_path: Path) -> None:
    older = [each.model_copy(update={"page": 7}) for each in document("mill")]
    loaded(tmp_path / "old.sqlite", [*document("hall", 1), *older])
    newer = lines(tmp_path / "new.jsonl", DOCUMENTS[3:])
    with selected(find_sources([tmp_path / "old.sqlite", newer])) as (connection, done):
        assert tables(connection) == loaded(tmp_path / "expected.sqlite", DOCUMENTS)
        assert (done.meetings, done.repeated) == (3, 1)


# People.


def test_people_are_left_out_of_whole_documents(tmp_path: Path) -> None:
    path = lines(tmp_path / "records.jsonl", DOCUMENTS)
    with selected(find_sources([path]), people=False) as (connection, done):
        assert (done.meetings, done.records) == (3, 9)
        held = tables(connection)
        assert not held["people"]
        assert not held["attendance"]
        assert "Wick" not in str(held)
        assert "person:w" not in str(held)
        assert len(held["money"]) == 9


def test_what_restricted_items_teach_of_people_is_known_before_they_go(tmp_path: Path) -> None:
    path = lines(tmp_path / "records.jsonl", document("hall", 0))
    with selected(find_sources([path]), people=False, restricted=False) as (connection, _):
        assert len(tables(connection)["items"]) == 2
        assert "Wick" not in str(tables(connection))


def test_a_document_in_parts_is_refused_where_people_go(tmp_path: Path) -> None:
    hall, barn = document("hall"), document("barn")
    mixed = lines(tmp_path / "mixed.jsonl", [*hall[:1], *barn, *hall[1:]])
    parts = [
        lines(tmp_path / "a.jsonl", [*hall[:1], *barn]),
        lines(tmp_path / "b.jsonl", hall[1:]),
    ]
    for given in ([mixed], parts):
        with (
            pytest.raises(CorpusError, match=f"meeting {meeting()['id']}.*follow each other"),
            selected(find_sources(given), people=False),
        ):
            pass
        with selected(find_sources(given)) as (_, done):
            assert done.records == 6


def test_the_same_document_twice_is_no_document_in_parts(tmp_path: Path) -> None:
    path = lines(tmp_path / "records.jsonl", [*document("hall"), *document("hall")])
    with selected(find_sources([path]), people=False) as (_, done):
        assert (done.meetings, done.repeated, done.records) == (1, 1, 3)


def test_records_may_come_in_any_order_within_their_document(tmp_path: Path) -> None:
    hall = document("hall")
    held = []
    for order in (hall, hall[::-1], [hall[1], hall[0], hall[2], hall[0]]):
        path = lines(tmp_path / "records.jsonl", order)
        with selected(find_sources([path]), people=False) as (connection, _):
            held.append(tables(connection))
    assert held[0] == held[1] == held[2]


def test_records_that_do_not_fit_together_are_refused_where_people_go(tmp_path: Path) -> None:
    shorter = {"offset": 0, "text": TEXT.replace("Mrs Wick", "Ann Wick")}
    hall = [each.model_copy(update=shorter) for each in document("hall")]
    path = lines(tmp_path / "records.jsonl", hall)
    with (
        pytest.raises(CorpusError, match=f"meeting {meeting()['id']}.*offsets"),
        selected(find_sources([path]), people=False),
    ):
        pass


def test_people_cannot_be_left_out_of_a_warehouse(tmp_path: Path) -> None:
    loaded(tmp_path / "w.sqlite", DOCUMENTS)
    with (
        pytest.raises(KcspError, match="expected records") as raised,
        selected(find_sources([tmp_path / "w.sqlite"]), people=False),
    ):
        pass
    assert "w.sqlite" in str(raised.value)


# Sources.


def test_sources_are_told_by_what_they_hold(tmp_path: Path) -> None:
    loaded(tmp_path / "w.jsonl", DOCUMENTS)
    lines(tmp_path / "r.sqlite", DOCUMENTS)
    (tmp_path / "empty.sqlite").touch()
    export(find_sources([tmp_path / "w.jsonl"]), "duckdb", str(tmp_path / "d"))
    names = ["w.jsonl", "r.sqlite", "empty.sqlite", "d", "missing.duckdb", "missing.jsonl"]
    found = find_sources([tmp_path / name for name in names])
    assert [each.kind for each in found] == [
        "sqlite",
        "records",
        "sqlite",
        "duckdb",
        "duckdb",
        "records",
    ]


def test_a_folder_stands_for_its_records_files(tmp_path: Path) -> None:
    for name in ("b.jsonl", "a.jsonl", "notes.txt"):
        lines(tmp_path / name, [])
    assert [each.path.name for each in find_sources([tmp_path])] == ["a.jsonl", "b.jsonl"]
    (tmp_path / "empty").mkdir()
    with pytest.raises(CorpusError, match=r"empty: no \*\.jsonl"):
        find_sources([tmp_path / "empty"])


def test_a_damaged_warehouse_is_named_and_nothing_changes(tmp_path: Path) -> None:
    damaged = tmp_path / "damaged.sqlite"
    loaded(damaged, [record(text="Lamps. " * 5000)])
    data = damaged.read_bytes()
    damaged.write_bytes(data[: len(data) - 30_000])  # within the pages of its text
    target = tmp_path / "w.sqlite"
    before = loaded(target, document("mill"))
    with (
        pytest.raises(KcspError, match=r"damaged\.sqlite"),
        connect(target) as connection,
    ):
        prepare(find_sources([damaged]), connection)
    assert loaded(target, []) == before
