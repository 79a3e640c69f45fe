"""Records as tests of the warehouse need them, and what stands in a warehouse."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from hashlib import sha256
from pathlib import Path
from typing import Any

from hypothesis import strategies as st

from kcsp_nlp.records import LABELS, Record
from kcsp_nlp.warehouse.schema import TABLES
from kcsp_nlp.warehouse.sqlite import connect, load

MODEL = {"name": "kcsp", "version": "1.0.0"}
WORDS = st.text(
    alphabet=st.characters(exclude_categories=["Cs"], exclude_characters="\0"),
    min_size=1,
    max_size=8,
)
MAYBE = st.none() | WORDS
IDS = {"PERSON": "person:", "ORG": "body:", "LEGISLATION": "https://www.legislation.gov.uk/id/"}
DATES = st.sampled_from(["2021-11-18", "2021-11", "2021", "2020-02-29", None])


def meeting(name: str = "hall", **more: Any) -> dict[str, Any]:
    """Return a meeting whose identity is made from a name."""
    digest = sha256(name.encode()).hexdigest()
    held = {"id": digest[:16], "source": f"{name}.md", "sha256": digest}
    return {**held, "body": "Dunsby Safety Board", "date": "2021-11-18", **more}


def record(of: dict[str, Any] | None = None, index: int = 0, **more: Any) -> Record:
    """Return a record, with the fields of the contract that matter to a test."""
    of = of or meeting()
    return Record.model_validate(
        {
            "id": f"{of['id']}:{index}",
            "meeting": of,
            "item": {"index": index, "kind": "item", **more.pop("item", {})},
            "offset": 0,
            "text": "Lamps were bought.",
            "model": MODEL,
            **more,
        }
    )


def at(text: str, words: str, **more: Any) -> dict[str, Any]:
    """Return something that stands where words first stand in a text."""
    start = text.index(words)
    return {"start": start, "end": start + len(words), "text": words, **more}


@st.composite
def documents(draw: st.DrawFn, name: str = "hall") -> list[Record]:
    """Draw the records of one document."""
    held = meeting(name, body=draw(MAYBE), date=draw(DATES), venue=draw(MAYBE))
    count = draw(st.integers(1, 3))
    return [draw(_records(held, index)) for index in range(count)]


@st.composite
def _records(draw: st.DrawFn, held: dict[str, Any], index: int) -> Record:
    text, spans = "", []
    for words, label in draw(st.lists(st.tuples(WORDS, st.none() | st.sampled_from(LABELS)))):
        if label is not None:
            place = {"start": len(text), "end": len(text) + len(words), "text": words}
            spans.append({**place, **draw(_found(label, place))})
        text += words
    if not text:
        text = "x"
    places = {start: draw(st.integers(start + 1, len(text))) for start in _starts(draw, text)}
    parts = [{"start": s, "end": e, "text": text[s:e]} for s, e in places.items()]
    topics = draw(st.lists(st.sampled_from(["funding", "domestic_abuse"]), unique=True))
    return record(
        held,
        index,
        text=text,
        item={"number": draw(MAYBE), "code": draw(MAYBE), "title": draw(MAYBE)},
        offset=draw(st.integers(0, 10**6)),
        page=draw(st.none() | st.integers(1, 900)),
        restriction=draw(
            st.none() | st.just({"kind": "exempt", "said_by": "item", "text": "EXEMPT"})
        ),
        spans=spans,
        topics=topics,
        scores=draw(st.dictionaries(st.sampled_from(["funding", "health"]), st.floats(0, 1))),
        evidence=draw(st.none() | st.just({"funding": [{**p, "weight": 0.5} for p in parts]})),
        decisions=parts,
        actions=[{**part, **draw(_owned())} for part in parts],
        attendance=draw(st.lists(_attendees(), max_size=2)),
        affiliations=draw(st.lists(_affiliations(), max_size=2)),
    )


def _starts(draw: st.DrawFn, text: str) -> list[int]:
    return draw(st.lists(st.integers(0, len(text) - 1), unique=True, max_size=3))


def _found(label: str, place: dict[str, Any]) -> st.SearchStrategy[dict[str, Any]]:
    fields: dict[str, st.SearchStrategy[Any]] = {
        "label": st.just(label),
        "canonical": MAYBE,
        "source": st.sampled_from(["rule", "model", "document", None]),
        "score": st.none() | st.floats(0, 1),
        "page": st.none() | st.integers(1, 900),
    }
    if label in IDS:
        fields["id"] = st.none() | st.sampled_from([f"{IDS[label]}{n}" for n in "abc"])
    if label == "LEGISLATION":
        fields["provision"] = st.none() | st.just("section/17")
        fields["provisions"] = st.sampled_from([[], ["section/17", "section/18"]])
    if label == "MONEY":
        fields["amount"] = st.none() | st.floats(0, 1e12) | st.integers(0, 10**9)
        fields["currency"] = st.sampled_from(["GBP", None])
        fields["period"] = st.sampled_from(["year", None])
        fields["hedge"] = st.sampled_from(["about", None])
        fields["purpose"] = st.none() | st.just({**place, "id": "body:fund"})
    return st.fixed_dictionaries(fields)


def _owned() -> st.SearchStrategy[dict[str, Any]]:
    ids = st.sampled_from(["person:a", "body:b", None])
    return st.fixed_dictionaries(
        {
            "owners": st.lists(WORDS, max_size=2),
            "owner_ids": st.lists(ids, max_size=2),
            "due": DATES,
            "page": st.none() | st.integers(1, 900),
        }
    )


def _attendees() -> st.SearchStrategy[dict[str, Any]]:
    return st.fixed_dictionaries(
        {
            "name": WORDS,
            "status": st.sampled_from(["present", "in_attendance", "apologies", "absent"]),
            "role": MAYBE,
            "organisation": MAYBE,
            "organisation_id": st.sampled_from(["body:a", None]),
            "person": st.sampled_from(["person:a", "person:d", None]),
            "start": st.integers(0, 9),
            "end": st.integers(10, 19),
        }
    )


def _affiliations() -> st.SearchStrategy[dict[str, Any]]:
    return st.fixed_dictionaries(
        {
            "person": st.sampled_from(["person:a", "person:e"]),
            "name": WORDS,
            "role": MAYBE,
            "organisation": MAYBE,
            "organisation_id": st.sampled_from(["body:f", None]),
            "start": st.integers(0, 9),
            "end": st.integers(10, 19),
        }
    )


def tables(connection: sqlite3.Connection) -> dict[str, list[tuple[Any, ...]]]:
    """Return all rows of all tables in an order that loads have no part in."""
    return {
        table.name: sorted(connection.execute(f"SELECT * FROM {table.name}"), key=repr)  # noqa: S608
        for table in TABLES
    }


def loaded(path: Path, records: Iterable[Record]) -> dict[str, list[tuple[Any, ...]]]:
    """Load records into a warehouse, and return all that it holds then."""
    with connect(path) as connection:
        load(connection, records)
        return tables(connection)
