"""The SQLite warehouse in Datasette itself: search, facets, labels, titles, views."""

from __future__ import annotations

import asyncio
import json
from pathlib import Path
from typing import Any

import pytest
from datasette.app import Datasette

from kcsp_nlp.errors import KcspError
from kcsp_nlp.record_lines import write
from kcsp_nlp.records import Record
from kcsp_nlp.warehouse import datasette
from kcsp_nlp.warehouse.exporting import export
from kcsp_nlp.warehouse.sources import find_sources
from warehousing import at, meeting, record

TEXT = "Ann Wick spoke of strategies for lamps, £5,000, under the Lamps Act 2021."


def records() -> list[Record]:
    spans = [
        at(TEXT, "Ann Wick", label="PERSON", canonical="Ann Wick", id="person:w"),
        at(TEXT, "£5,000", label="MONEY", amount=5000, currency="GBP"),
    ]
    item = {"number": "4", "title": "Lamp oil"}
    first = record(text=TEXT, item=item, spans=spans, topics=["funding"], scores={"funding": 0.9})
    second = record(meeting("barn"), text="Nothing.", item={"kind": "front"})
    return [first, second]


def exported(folder: Path, name: str = "minutes.sqlite") -> Path:
    lines = folder / "records.jsonl"
    with lines.open("w", encoding="utf-8") as stream:
        write(records(), stream)
    place = folder / "out" / name
    export(find_sources([lines]), "sqlite", str(place))
    return place


@pytest.fixture(scope="module")
def opened(tmp_path_factory: pytest.TempPathFactory) -> Datasette:
    path = exported(tmp_path_factory.mktemp("datasette"))
    # As `datasette FOLDER` does: the files in it, with the metadata beside them.
    metadata = json.loads((path.parent / "metadata.json").read_text(encoding="utf-8"))
    return Datasette([str(path)], metadata=metadata)


def get(opened: Datasette, address: str) -> Any:
    async def ask() -> Any:
        await opened.invoke_startup()
        return await opened.client.get(address)

    response = asyncio.run(ask())
    assert response.status_code == 200, response.text
    return response.json() if ".json" in address else response.text


def test_search_is_found_by_datasette_itself(opened: Datasette) -> None:
    assert 'name="_search"' in get(opened, "/minutes/items")
    answer = get(opened, "/minutes/items.json?_search=strategy&_shape=objects")
    assert [row["title"] for row in answer["rows"]] == ["Lamp oil"]
    by_title = get(opened, "/minutes/items.json?_search=oil&_shape=objects")
    assert len(by_title["rows"]) == 1
    assert not get(opened, "/minutes/items.json?_search=heron&_shape=objects")["rows"]


def test_facets_are_counted(opened: Datasette) -> None:
    facets = get(opened, "/minutes/items.json")["facet_results"]
    assert {each["value"]: each["count"] for each in facets["kind"]["results"]} == {
        "item": 1,
        "front": 1,
    }
    money = get(opened, "/minutes/v_money.json")["facet_results"]
    assert [each["value"] for each in money["financial_year"]["results"]] == ["2021/22"]


def test_references_show_the_name_of_what_they_refer_to(opened: Datasette) -> None:
    answer = get(opened, "/minutes/mentions.json?_labels=on&_shape=objects&label=PERSON")
    assert answer["rows"][0]["person_id"] == {"value": "person:w", "label": "Ann Wick"}
    assert answer["rows"][0]["item_id"]["label"] == "Lamp oil"
    assert answer["rows"][0]["meeting_id"]["label"] == "hall.md"
    page = get(opened, "/minutes/mentions?label=PERSON")
    assert "Ann Wick</a>" in page


def test_titles_and_meanings_of_columns_are_shown(opened: Datasette) -> None:
    page = get(opened, "/minutes/item_topics")
    assert "Topics of items" in page
    assert "Calibrated probability" in page
    assert "Minutes as tables" in get(opened, "/")


@pytest.mark.parametrize("view", ["v_items", "v_mentions", "v_actions", "v_money"])
def test_views_open(opened: Datasette, view: str) -> None:
    expected = {"v_items": 2, "v_mentions": 2, "v_actions": 0, "v_money": 1}
    answer = get(opened, f"/minutes/{view}.json?_shape=objects")
    assert len(answer["rows"]) == expected[view]


def test_only_tables_of_the_schema_are_shown(opened: Datasette) -> None:
    tables = get(opened, "/minutes.json")["tables"]
    assert {each["name"] for each in tables if not each["hidden"]} == {
        name for name in datasette.describe("m")["databases"]["m"]["tables"] if name[:2] != "v_"
    } - {"warehouse"}


def test_a_row_has_its_page(opened: Datasette) -> None:
    hall = meeting()["id"]
    row = get(opened, f"/minutes/items/{hall}~3A0.json?_shape=objects")
    assert row["rows"][0]["text"] == TEXT


# The file beside it.


def test_everything_that_metadata_names_is_there(tmp_path: Path) -> None:
    path = exported(tmp_path)
    opened = Datasette([str(path)])
    for name, said in datasette.describe("minutes")["databases"]["minutes"]["tables"].items():
        columns = get(opened, f"/minutes/{name}.json?_size=1")["columns"]
        named = {*said.get("columns", {}), *said.get("facets", []), said.get("label_column")}
        assert {*named, said.get("sort_desc")} - {None} <= {*columns}, name
        if not said.get("hidden"):
            assert [*said["columns"]] == columns, name


def test_metadata_of_two_databases_in_a_folder_stand_together(tmp_path: Path) -> None:
    path = exported(tmp_path)
    exported(tmp_path, "other.db")
    beside = path.parent / "metadata.json"
    held = json.loads(beside.read_text(encoding="utf-8"))
    assert [*held["databases"]] == ["minutes", "other"]
    before = beside.read_bytes()
    exported(tmp_path)
    assert beside.read_bytes() == before


@pytest.mark.parametrize(
    ("there", "said"),
    [
        pytest.param("not JSON", "no metadata", id="no JSON"),
        pytest.param("[]", "no metadata", id="no object"),
        pytest.param('{"databases": []}', "no metadata", id="no object of databases"),
        pytest.param(
            '{"databases": {"minutes": {"title": "Ours"}}}', "something else", id="changed by hand"
        ),
    ],
)
def test_what_somebody_wrote_there_stays(tmp_path: Path, there: str, said: str) -> None:
    beside = tmp_path / "metadata.json"
    beside.write_text(there, encoding="utf-8")
    note = datasette.write(tmp_path / "minutes.sqlite")
    assert said in str(note)
    assert beside.read_text(encoding="utf-8") == there


def test_what_somebody_says_of_the_whole_site_stays(tmp_path: Path) -> None:
    beside = tmp_path / "metadata.json"
    beside.write_text('{"title": "Ours", "plugins": {"x": 1}}', encoding="utf-8")
    assert datasette.write(tmp_path / "minutes.sqlite") is None
    held = json.loads(beside.read_text(encoding="utf-8"))
    assert (held["title"], held["plugins"]) == ("Ours", {"x": 1})
    assert [*held["databases"]] == ["minutes"]


def test_a_place_that_cannot_be_read_is_named(tmp_path: Path) -> None:
    (tmp_path / "metadata.json").mkdir()
    with pytest.raises(KcspError, match=r"metadata\.json: cannot be read"):
        datasette.write(tmp_path / "minutes.sqlite")
