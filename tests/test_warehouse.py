"""Records in the SQLite warehouse: nothing lost, replaced by document, derived from facts alone."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kcsp_nlp.errors import CorpusError
from kcsp_nlp.records import Record
from kcsp_nlp.warehouse.schema import FACTS, TABLES
from kcsp_nlp.warehouse.sqlite import connect, load
from warehousing import at, documents, loaded, meeting, record, tables

# An example is several files: fewer of them.
some = settings(max_examples=8)
THREE = st.tuples(documents("hall"), documents("barn"), documents("mill"))


@contextmanager
def warehouse(*loads: list[Record]) -> Iterator[sqlite3.Connection]:
    """Open a warehouse that was loaded so many times."""
    with TemporaryDirectory() as folder, connect(Path(folder) / "w.sqlite") as connection:
        connection.execute("PRAGMA synchronous = OFF")
        for records in loads:
            load(connection, records)
        yield connection


def rows(connection: sqlite3.Connection, select: str, *values: Any) -> list[tuple[Any, ...]]:
    return connection.execute(f"SELECT {select}", values).fetchall()


# Nothing lost.


@some
@given(documents())
def test_every_value_of_a_record_stands_in_the_tables(document: list[Record]) -> None:
    with warehouse(document) as held:
        for each in document:
            here = "WHERE item_id = ? ORDER BY"
            assert rows(
                held,
                "position, kind, number, code, title, page, document_offset, restriction, "
                f"restriction_said_by, restriction_text, text FROM items {here} 1",
                each.id,
            ) == [_item(each)]
            assert rows(
                held,
                "start_offset, end_offset, label, text, canonical, "
                "COALESCE(person_id, organisation_id, legislation_id), found_by, score, page, "
                f"provision, provisions FROM mentions {here} 1",
                each.id,
            ) == [_mention(span) for span in each.spans]
            assert rows(
                held,
                "mention_id, text, amount, currency, period, hedge, purpose, organisation_id "
                f"FROM money {here} LENGTH(mention_id), 1",
                each.id,
            ) == [_sum(each, span) for span in each.spans if span.label == "MONEY"]
            assert dict(
                rows(held, f"topic_id, probability FROM item_topics {here} 1", each.id)
            ) == {topic: each.scores.get(topic) for topic in {*each.scores, *each.topics}}
            assert rows(
                held,
                "topic_id FROM item_topics WHERE assigned AND item_id = ? ORDER BY 1",
                each.id,
            ) == [(topic,) for topic in sorted(each.topics)]
            assert rows(
                held,
                f"topic_id, start_offset, end_offset, text, weight FROM evidence {here} position",
                each.id,
            ) == [
                (topic, e.start, e.end, e.text, e.weight)
                for topic, found in (each.evidence or {}).items()
                for e in found
            ]


@some
@given(documents())
def test_every_decision_action_and_name_stands_in_the_tables(document: list[Record]) -> None:
    with warehouse(document) as held:
        for each in document:
            here = "WHERE item_id = ? ORDER BY"
            assert rows(
                held, f"start_offset, end_offset, text, page FROM decisions {here} 1", each.id
            ) == sorted((d.start, d.end, d.text, d.page) for d in each.decisions)
            assert rows(
                held,
                f"start_offset, end_offset, text, page, owners, due FROM actions {here} 1",
                each.id,
            ) == sorted(
                (a.start, a.end, a.text, a.page, "; ".join(a.owners) or None, a.due)
                for a in each.actions
            )
            assert rows(
                held,
                "action_id, owner, COALESCE(person_id, organisation_id) FROM action_owners "
                f"{here} action_id, position",
                each.id,
            ) == sorted(
                [
                    (f"{each.id}:{a.start}", owner, dict(enumerate(a.owner_ids)).get(n))
                    for a in each.actions
                    for n, owner in enumerate(a.owners)
                ],
                key=lambda row: row[0],
            )
            assert rows(
                held,
                "name, status, role, organisation, organisation_id, person_id, start_offset, "
                f"end_offset, page FROM attendance {here} position",
                each.id,
            ) == [
                (
                    w.name,
                    w.status,
                    w.role,
                    w.organisation,
                    w.organisation_id,
                    w.person,
                    w.start,
                    w.end,
                    w.page,
                )
                for w in each.attendance
            ]
            assert rows(
                held,
                "person_id, name, role, organisation, organisation_id, start_offset, end_offset, "
                f"page FROM affiliations {here} position",
                each.id,
            ) == [
                (
                    h.person,
                    h.name,
                    h.role,
                    h.organisation,
                    h.organisation_id,
                    h.start,
                    h.end,
                    h.page,
                )
                for h in each.affiliations
            ]
        first = document[0]
        assert rows(
            held, "body, date, venue, source, sha256, model, model_version FROM meetings"
        ) == [
            (
                first.meeting.body,
                first.meeting.date,
                first.meeting.venue,
                first.meeting.source,
                first.meeting.sha256,
                first.model.name,
                first.model.version,
            )
        ]


def _item(each: Record) -> tuple[Any, ...]:
    item, why = each.item, each.restriction
    said = (why.kind, why.said_by, why.text) if why else (None, None, None)
    place = each.page, each.offset
    return item.index, item.kind, item.number, item.code, item.title, *place, *said, each.text


def _mention(span: Any) -> tuple[Any, ...]:
    law = span.label == "LEGISLATION"
    provisions = (span.provision, " ".join(span.provisions) or None) if law else (None, None)
    said = span.label, span.text, span.canonical, span.id
    return span.start, span.end, *said, span.source, span.score, span.page, *provisions


def _sum(each: Record, span: Any) -> tuple[Any, ...]:
    purpose = (span.purpose.text, span.purpose.id) if span.purpose else (None, None)
    said = span.text, span.amount, span.currency, span.period, span.hedge
    return f"{each.id}:{span.start}", *said, *purpose


@some
@given(THREE)
def test_offsets_lead_to_the_text_and_references_to_a_row(three: tuple[list[Record], ...]) -> None:
    with warehouse([each for document in three for each in document]) as held:
        for table in ("mentions", "decisions", "actions", "evidence"):
            assert not rows(
                held,
                f"1 FROM {table} f JOIN items i ON i.item_id = f.item_id WHERE f.text != "
                "substr(i.text, f.start_offset + 1, f.end_offset - f.start_offset)",
            )
        assert not held.execute("PRAGMA foreign_key_check").fetchall()
        assert held.execute("PRAGMA integrity_check").fetchall() == [("ok",)]


# Loads.


@some
@given(THREE, st.permutations(range(3)))
def test_the_same_records_again_or_in_another_order_are_the_same_warehouse(
    three: tuple[list[Record], ...], order: list[int]
) -> None:
    records = [each for document in three for each in document]
    with warehouse(records) as held:
        first, dump = tables(held), list(held.iterdump())
        assert load(held, records).replaced == 3
        assert list(held.iterdump()) == dump
    shuffled = [each for place in order for each in reversed(three[place])]
    with warehouse(shuffled) as held:
        assert tables(held) == first
    with warehouse(*(three[place] for place in order)) as held:
        assert tables(held) == first


@some
@given(THREE, documents("barn"))
def test_a_document_replaces_its_own_rows_and_no_others(
    three: tuple[list[Record], ...], again: list[Record]
) -> None:
    hall, barn, mill = three
    with (
        warehouse([*hall, *barn, *mill], again) as held,
        warehouse([*hall, *again, *mill]) as other,
    ):
        assert tables(held) == tables(other)


@some
@given(THREE)
def test_records_of_documents_may_be_mixed(three: tuple[list[Record], ...]) -> None:
    longest = max(map(len, three))
    mixed = [document[n] for n in range(longest) for document in three if n < len(document)]
    with warehouse(mixed) as held, warehouse([e for d in three for e in d]) as other:
        assert tables(held) == tables(other)


@some
@given(THREE)
def test_of_a_document_that_stands_twice_the_last_counts(three: tuple[list[Record], ...]) -> None:
    hall, barn, _ = three
    older = [each.model_copy(update={"text": each.text + "."}) for each in hall]
    with warehouse() as held, warehouse([*barn, *hall]) as other:
        done = load(held, [*older, *barn, *hall])
        assert (done.meetings, done.repeated, done.replaced) == (2, 1, 0)
        assert done.records == len(hall) + len(barn)
        assert tables(held) == tables(other)


def test_a_record_that_stands_twice_replaces_itself_alone() -> None:
    hall = [
        record(index=n, text=f"Lamp {n}.", decisions=[at(f"Lamp {n}.", "Lamp")]) for n in range(3)
    ]
    newer = record(index=1, text="Oil.")
    for given_ in ([*hall[:2], newer, hall[2]], [*hall, record(meeting("barn")), newer]):
        with warehouse() as held:
            done = load(held, given_)
            assert (done.repeated, done.records) == (1, len({each.id for each in given_}))
            hall_items = rows(
                held, "text FROM items WHERE meeting_id = ? ORDER BY 1", meeting()["id"]
            )
            assert hall_items == [("Lamp 0.",), ("Lamp 2.",), ("Oil.",)]
            assert rows(held, "COUNT(*) FROM decisions") == [(2,)]


@some
@given(THREE)
def test_without_restricted_items_nothing_of_them_is_there(three: tuple[list[Record], ...]) -> None:
    records = [each for document in three for each in document]
    kept = [each for each in records if each.restriction is None]
    with warehouse(records) as held, warehouse(kept) as other:
        done = load(held, records, restricted=False)
        assert (done.records, done.withheld) == (len(kept), len(records) - len(kept))
        assert tables(held) == tables(other)


def test_what_was_replaced_is_overwritten_in_the_file(tmp_path: Path) -> None:
    path = tmp_path / "w.sqlite"
    secret = record(text="The quetzal tender was let. " * 400, restriction=exempt())
    loaded(path, [secret, record(meeting("barn"))])
    assert b"quetzal" in path.read_bytes()
    with connect(path) as connection:
        load(connection, [secret], restricted=False)
    assert b"quetzal" not in path.read_bytes()


def exempt() -> dict[str, str]:
    return {"kind": "exempt", "said_by": "item", "text": "EXEMPT"}


# Dimensions.


def test_the_commonest_name_stands_and_lists_count_less() -> None:
    text = "Ann Wick, A Wick, Ann Wick, Mrs A. Wick"
    spans = [
        {"start": 0, "end": 8, "text": "Ann Wick"},
        {"start": 10, "end": 16, "text": "A Wick"},
        {"start": 18, "end": 26, "text": "Ann Wick", "canonical": None},
    ]
    spans = [{"label": "PERSON", "id": "person:w", **span} for span in spans]
    owned = {"owners": ["Mrs Ann Catherine Wick"] * 9, "owner_ids": ["person:w"] * 9}
    first = record(text=text, spans=spans, actions=[at(text, "A Wick", **owned)])
    second = record(meeting("barn", date="2020-01"), text=text, spans=spans[1:2])
    with warehouse([first, second]) as held:
        assert rows(held, "* FROM people") == [
            ("person:w", "Ann Wick", 2, 4, "2020-01", "2021-11-18")
        ]


@pytest.mark.parametrize(
    ("uri", "type_", "year"),
    [
        pytest.param("https://www.legislation.gov.uk/id/ukpga/2021/17", "ukpga", 2021, id="act"),
        pytest.param(
            "https://www.legislation.gov.uk/id/ukpga/Geo6/12-13-14/87", "ukpga", None, id="regnal"
        ),
        pytest.param("https://www.legislation.gov.uk/id/uksi/201/5", "uksi", None, id="no-year"),
        pytest.param("bill:1", None, None, id="a-register-of-ones-own"),
    ],
)
def test_type_and_year_of_a_law_are_those_of_its_uri(
    uri: str, type_: str | None, year: int | None
) -> None:
    text = "the Lamps Act 2021"
    law = at(text, "Lamps Act 2021", label="LEGISLATION", id=uri)
    with warehouse([record(text=text, spans=[law])]) as held:
        assert rows(held, "title, type, year, mentions FROM legislation") == [
            ("Lamps Act 2021", type_, year, 1)
        ]


def test_a_body_has_one_row_however_it_is_written() -> None:
    written = ["DUNSBY SAFETY BOARD", "Dunsby Safety Board", "Dunsby Safety Board", None]
    records = [record(meeting(f"m{n}", body=body)) for n, body in enumerate(written)]
    with warehouse(records) as held:
        assert rows(held, "name, meetings FROM bodies") == [("Dunsby Safety Board", 3)]
        assert rows(held, "COUNT(*), COUNT(body_id) FROM meetings") == [(4, 3)]


def test_dates_are_those_of_whole_years() -> None:
    text = "Lamps by 4 April 2023"
    due = at(text, "Lamps", due="2023-04-04")
    with warehouse([record(text=text, actions=[due])]) as held:
        assert rows(held, "COUNT(*), MIN(date_key), MAX(date_key) FROM dates") == [
            (3 * 365, "2021-01-01", "2023-12-31")
        ]
        assert rows(held, "* FROM dates WHERE date_key = '2023-01-01'") == [
            ("2023-01-01", 2023, 1, 1, "January", 1, 7, "Sunday", 2022, 52, "2022/23", 4)
        ]


@pytest.mark.parametrize(
    ("written", "known", "day"),
    [
        pytest.param("2021-11-18", "2021-11-18", "2021-11-18", id="a day"),
        pytest.param("2021-11", "2021-11", None, id="a month is no day"),
        pytest.param("2021", "2021", None, id="a year is no day"),
        pytest.param("2021-02-30", None, None, id="no such day"),
        pytest.param("2021-13", None, None, id="no such month"),
        pytest.param("0000", None, None, id="no such year"),
        pytest.param("0987-01-01", "0987-01-01", None, id="a day that is misread"),
        pytest.param("2021-11-18T10:00", None, None, id="a time"),
        pytest.param("2021-11-18\n", None, None, id="a line break behind it"),
        pytest.param("٢٠٢١-١١-١٨", None, None, id="digits of another script"),
        pytest.param("18 November 2021", None, None, id="not ISO 8601"),
        pytest.param("", None, None, id="nothing"),
        pytest.param(None, None, None, id="not known"),
    ],
)
def test_dates_are_iso_8601_or_not_known(
    written: str | None, known: str | None, day: str | None
) -> None:
    with warehouse([record(meeting(date=written))]) as held:
        assert rows(held, "date, date_key FROM meetings") == [(known, day)]
        assert len(rows(held, "1 FROM dates")) == (365 if day else 0)


# Hostile records.


def test_characters_that_end_a_text_in_sql_are_made_visible() -> None:
    text = "a\0b £5"
    spans = [at(text, "£5", label="MONEY", canonical="\0")]
    held_title = {"title": "a\0b"}
    with warehouse() as held:
        done = load(held, [record(meeting(body="x\0y"), text=text, spans=spans, item=held_title)])
        assert done.changed == 3
        assert rows(held, "text, title, LENGTH(text) FROM items") == [("a␀b £5", "a␀b", 6)]
        assert rows(held, "canonical FROM mentions") == [("␀",)]
        assert rows(held, "body FROM meetings") == [("x␀y",)]


@pytest.mark.parametrize(
    "amount", [10**400, float("inf"), float("nan")], ids=["huge", "infinite", "no number"]
)
def test_a_figure_that_no_database_holds_is_not_known(amount: float) -> None:
    spans = [at("£5", "£5", label="MONEY", amount=amount)]
    with warehouse([record(text="£5", spans=spans)]) as held:
        assert rows(held, "text, amount FROM money") == [("£5", None)]


TWICE = at("Lamps were bought.", "Lamps")


@pytest.mark.parametrize(
    ("more", "said"),
    [
        pytest.param({"decisions": [TWICE, TWICE]}, "UNIQUE", id="two decisions at one place"),
        pytest.param({"actions": [TWICE, TWICE]}, "UNIQUE", id="two actions at one place"),
        pytest.param({"offset": 2**63}, "too large", id="an offset of 65 bits"),
        pytest.param({"page": 10**30}, "too large", id="a page of 100 bits"),
        pytest.param({"index": 2**64}, "too large", id="an index of 65 bits"),
        pytest.param({"text": "\ud800"}, "surrogate", id="half a character in the text"),
        pytest.param({"of": meeting(body="\udfff")}, "surrogate", id="half a character in a body"),
        pytest.param({"topics": ["\ud83d"]}, "surrogate", id="half a character in a topic"),
        pytest.param(
            {"evidence": {"funding": [{**TWICE, "weight": float("inf")}]}},
            "NOT NULL",
            id="an infinite weight",
        ),
        pytest.param({"id": "elsewhere:0"}, "another id", id="an id of another meeting"),
    ],
)
def test_a_record_that_no_table_can_hold_is_refused_with_its_meeting(
    tmp_path: Path, more: dict[str, Any], said: str
) -> None:
    path = tmp_path / "w.sqlite"
    before = loaded(path, [record(meeting("barn"))])
    bad = record(**more)
    with (
        connect(path) as connection,
        pytest.raises(CorpusError, match=said) as raised,
    ):
        load(connection, [record(meeting("mill")), bad, record(meeting("inn"))])
    assert f"meeting {meeting()['id']}" in str(raised.value)
    assert "Lamps" not in str(raised.value)
    assert loaded(path, []) == before


def test_records_of_one_document_agree_about_their_meeting() -> None:
    with warehouse() as held, pytest.raises(CorpusError, match="disagree"):
        load(held, [record(), record(meeting(date="1999"), 1)])


def test_an_exception_of_whoever_gives_records_leaves_the_old_content() -> None:
    def records() -> Iterator[Record]:
        yield record(text="Nothing of this stays.")
        raise KeyboardInterrupt

    with warehouse([record()]) as held:
        before = tables(held)
        with pytest.raises(KeyboardInterrupt):
            load(held, records())
        assert tables(held) == before
        load(held, [record(meeting("barn"))])


# Views.


def test_views_have_a_row_for_each_thing_with_its_item_and_meeting() -> None:
    text = "Ann Wick asked for £5,000 for lamps."
    spans = [
        at(text, "Ann Wick", label="PERSON", id="person:w"),
        at(text, "£5,000", label="MONEY", amount=5000, currency="GBP"),
    ]
    first = record(
        text=text,
        item={"number": "4", "title": "Lamps"},
        spans=spans,
        topics=["funding", "domestic_abuse"],
        scores={"health": 0.1},
        actions=[at(text, "lamps", owners=["Ann Wick", "Clerk"], due="2022-01-31")],
        decisions=[at(text, "asked")],
    )
    with warehouse([first, record(meeting("barn", body=None, date=None))]) as held:
        assert rows(
            held,
            "body, date, item_title, topics, mentions, decisions, actions, money FROM v_items "
            "ORDER BY mentions DESC",
        ) == [
            ("Dunsby Safety Board", "2021-11-18", "Lamps", "Domestic abuse; Funding", 2, 1, 1, 1),
            (None, None, None, None, 0, 0, 0, 0),
        ]
        assert rows(held, "text, label, entity_id, item_number FROM v_mentions ORDER BY 1") == [
            ("Ann Wick", "PERSON", "person:w", "4"),
            ("£5,000", "MONEY", None, "4"),
        ]
        assert rows(held, "text, owners, due, topics FROM v_actions") == [
            ("lamps", "Ann Wick; Clerk", "2022-01-31", "Domestic abuse; Funding")
        ]
        assert rows(held, "amount, financial_year, source FROM v_money") == [
            (5000.0, "2021/22", "hall.md")
        ]


def test_every_fact_says_its_item_and_meeting() -> None:
    for table in FACTS:
        assert "meeting_id" in table.names
        assert table.name == "meetings" or "item_id" in table.names
    assert len({table.name for table in TABLES}) == len(TABLES)
